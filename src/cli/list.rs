//! `dtogate list`

use clap::{Args, ValueEnum};

use crate::mapping::Catalogue;
use crate::rule::RULES;
use crate::spelling::SPELLINGS;

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Mappings, with their wires
    Mappings,
    /// Definitions, SERVICE.TYPE
    Definitions,
    /// Mapper configurations, the part of a wire after the @
    Configurations,
    /// Rules
    Rules,
    /// Spellings that are equal as JSON
    Spellings,
    /// What else `probe` sends
    #[cfg(unix)]
    Variations,
}

/// The arguments of `list`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Which list; all of them by default
    #[arg(value_enum)]
    pub what: Option<What>,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue) -> String {
    let lists = match arguments.what {
        Some(what) => vec![what],
        None => What::value_variants().to_vec(),
    };
    let text = |what: What| -> String {
        match what {
            What::Mappings => {
                let mut text = "Mappings\n".to_owned();
                for mapping in catalogue.mappings {
                    text.push_str(&format!("  {}\n    {}\n", mapping.id, mapping.summary));
                    text.push_str(&format!("    {} -> {}\n", mapping.producer.name(), mapping.target.name()));
                }
                text
            }
            What::Definitions => {
                let rows: Vec<(&str, &str)> =
                    catalogue.dtos.iter().map(|dto| (dto.name(), &*dto.class.source)).collect();
                table("Definitions", &rows)
            }
            What::Configurations => {
                let rows: Vec<(&str, &str)> =
                    catalogue.configs.iter().map(|config| (config.name, config.summary)).collect();
                table("Configurations", &rows)
            }
            What::Rules => {
                let rows: Vec<(&str, &str)> = RULES.iter().map(|rule| (rule.id, rule.summary)).collect();
                #[cfg_attr(not(feature = "sources"), expect(unused_mut, reason = "only sources have more"))]
                let mut text = table("Rules", &rows);
                #[cfg(feature = "sources")]
                {
                    let rules = crate::source::rule::RULES.iter();
                    let rows: Vec<(&str, &str)> = rules.map(|rule| (rule.id, rule.summary)).collect();
                    text.push_str(&table("Rules of diff and drift", &rows));
                }
                text
            }
            What::Spellings => {
                let rows: Vec<(&str, &str)> =
                    SPELLINGS.iter().map(|spelling| (spelling.id, spelling.summary)).collect();
                table("Spellings", &rows)
            }
            #[cfg(unix)]
            What::Variations => {
                let variations = crate::probe::variation::VARIATIONS.iter();
                let rows: Vec<(&str, &str)> = variations.map(|variation| (variation.id, variation.summary)).collect();
                table("Variations", &rows)
            }
        }
    };
    lists.into_iter().map(text).collect::<Vec<_>>().join("\n")
}

fn table(title: &str, rows: &[(&str, &str)]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let lines: String = rows.iter().map(|(name, summary)| format!("  {name:width$}  {summary}\n")).collect();
    format!("{title}\n{lines}")
}
