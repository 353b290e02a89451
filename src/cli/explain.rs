//! `dtogate explain`

use clap::{Args, ValueEnum};

use crate::dependence::{Dependence, SEED, Table, TableDocument};
use crate::document::parse;
use crate::error::Error;
use crate::explanation::{self, wrap};
use crate::glossary;
use crate::mapping::{Catalogue, Mapping};
use crate::report::escape::seen;
use crate::report::text::cut_middle;
use crate::rule::RULES;
use crate::spelling::{SPELLINGS, Spelling};

/// The arguments of `explain`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// A rule, a mapping, a spelling or a variation of `dtogate probe`, as `dtogate list` names them; or a word of the
    /// glossary, such as leg
    #[arg(value_name = "NAME")]
    pub name: String,
    /// How a mapping is explained; everything else has the first format only
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// How a mapping is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: everything that is declared, and the table of what feeds what
    Human,
    /// The table alone, for a pull request
    Markdown,
    /// The table alone, for programs: one versioned JSON document, as in fixtures/MAPPING/table.json
    Json,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue) -> Result<String, Error> {
    let name = arguments.name.as_str();
    if let Some(rule) = explanation::of(name) {
        if arguments.format != Format::Human {
            return Err(Error::Usage(format!("expected a mapping with --format, found the rule {name}")));
        }
        return Ok(rule.page());
    }
    if let Some(mapping) = catalogue.mapping(name) {
        let table = Table::new(&Dependence::observe(mapping, SEED));
        return Ok(match arguments.format {
            Format::Human => explain_mapping(mapping, &table),
            Format::Markdown => table.markdown(),
            Format::Json => TableDocument::new(mapping.id, &table).text(),
        });
    }
    if let Some(spelling) = SPELLINGS.iter().find(|spelling| spelling.id == name) {
        if arguments.format != Format::Human {
            return Err(Error::Usage(format!("expected a mapping with --format, found the spelling {name}")));
        }
        return Ok(explain_spelling(spelling, catalogue));
    }
    #[cfg(unix)]
    if let Some(variation) = crate::probe::variation::find(name) {
        if arguments.format != Format::Human {
            return Err(Error::Usage(format!("expected a mapping with --format, found the variation {name}")));
        }
        return Ok(variation.page(catalogue));
    }
    if let Some(page) = glossary::explain(name) {
        if arguments.format != Format::Human {
            return Err(Error::Usage(format!("expected a mapping with --format, found the word {name}")));
        }
        return Ok(page);
    }
    if <super::Cli as clap::CommandFactory>::command().find_subcommand(name).is_some() {
        return Err(Error::Usage(format!("{name} is a verb: `dtogate help {name}` explains it")));
    }
    let mappings = catalogue.mappings.iter().map(|mapping| mapping.id.to_owned());
    let spellings = SPELLINGS.iter().map(|spelling| spelling.id.to_owned());
    let known = RULES.iter().map(|rule| rule.id.to_owned()).chain(mappings).chain(spellings);
    let mut known: Vec<String> = known.collect();
    #[cfg(feature = "sources")]
    known.extend(crate::source::rule::RULES.iter().map(|rule| rule.id.to_owned()));
    #[cfg(unix)]
    known.extend(crate::probe::variation::VARIATIONS.iter().map(|variation| variation.id.to_owned()));
    known.extend(glossary::words().map(|(word, _)| word.to_owned()));
    Err(Error::Unknown { kind: "rule, mapping, spelling, variation or word", name: name.to_owned(), known })
}

fn explain_spelling(spelling: &Spelling, catalogue: &Catalogue) -> String {
    let Spelling { id, summary, severity, .. } = spelling;
    let mut page = format!(
        "{id} (a spelling)\n{summary}\n\nWhat must come out\nWhat comes out for the same JSON in any other spelling. A mapping that is misled by \
         it: {severity}.\n"
    );
    let goldens = catalogue.goldens.iter().filter_map(|golden| Some((golden, parse(golden.bytes).ok()?)));
    if let Some((golden, document)) = goldens.min_by_key(|(golden, _)| golden.bytes.len()) {
        page.push_str(&format!("\nExample: {} of {}\n", golden.name, golden.mapping));
        let text = spelling.spell(&document);
        // Every line end is seen, also one that a terminal would not show as one.
        let shown = cut_middle(&seen(&text), 400);
        page.push_str(&format!("  | {shown}\n"));
    }
    page
}

/// What the table's words mean.
const LEGEND: &[&str] = &[
    "answer <- payload: the first changes when the second does; of several each is a value, or decides which is taken",
    "*: every row alike; a row with another line has its index",
    "added, generated, constant, dropped, converted: declared, with the reason; lost, nothing feeds it: not declared",
    "probes: one value each replaced by another; refused: the mapping gave no answer, so nothing is known of that one",
    "guard: observed only where the payload has that value, since it opens the branch",
];

fn explain_mapping(mapping: &Mapping, table: &Table) -> String {
    let mut text = format!("{}\n{}\n\n", mapping.id, wrap(mapping.summary));
    let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:9} {value}\n"));
    row("producer", &mapping.producer.name());
    row("reader", &format!("{} ({})", mapping.reader.name(), mapping.reader_name));
    for input in mapping.inputs {
        let key = if input.keyed { "-<key>" } else { "" };
        row("input", &format!("{}{key}: {}, read as {}", input.name, input.wire.name(), input.reader.name()));
    }
    row("answer", &mapping.target.name());
    if let Some(consumer) = &mapping.consumer {
        row("consumer", &format!("{} ({})", consumer.wire.name(), consumer.name));
    }
    row("source", mapping.source);
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{title}\n"));
            lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
    };
    section(&format!("What feeds what ({})", table.evidence()), table.lines());
    section("How to read it", LEGEND.iter().map(|line| (*line).to_owned()).collect());
    section("Renames", mapping.renames.iter().map(|(from, to)| format!("{from} -> {to}")).collect());
    let declared = mapping.declarations.iter();
    section("Declared", declared.map(|row| format!("{} {}: {}", row.what.name(), row.pointer, row.reason)).collect());
    if let Some(consumer) = &mapping.consumer {
        section(
            "Required by the consumer",
            consumer.required.iter().map(|row| format!("{}: {}", row.pointer, row.reason)).collect(),
        );
        section(
            "Dropped by the consumer",
            consumer.dropped.iter().map(|row| format!("{}: {}", row.pointer, row.reason)).collect(),
        );
    }
    section("Readers of the bytes", vec![mapping.byte_readers.to_string()]);
    text
}
