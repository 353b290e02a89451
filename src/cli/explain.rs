//! `dtogate explain`

use clap::{Args, ValueEnum};

use crate::dependence::{Dependence, SEED, Table, TableDocument};
use crate::document::parse;
use crate::error::Error;
use crate::mapping::{Catalogue, Mapping};
use crate::report::escape::seen;
use crate::report::text::cut_middle;
use crate::rule::{Example, ExampleFile, RULES, Rule};
use crate::spelling::{SPELLINGS, Spelling};

/// The arguments of `explain`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// A rule, a mapping, a spelling or a variation of `dtogate probe`, as `dtogate list` names them
    #[arg(value_name = "NAME")]
    pub name: String,
    /// How a mapping is explained; a rule has the first only
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
    /// The table alone, for programs: one JSON document, versioned; that of fixtures/MAPPING/table.json
    Json,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue) -> Result<String, Error> {
    let name = arguments.name.as_str();
    if let Some(rule) = RULES.iter().find(|rule| rule.id == name) {
        if arguments.format != Format::Human {
            return Err(Error::Usage(format!("expected a mapping with --format, found the rule {name}")));
        }
        return Ok(explain_rule(rule));
    }
    #[cfg(feature = "sources")]
    if let Some(rule) = crate::source::rule::RULES.iter().find(|rule| rule.id == name) {
        if arguments.format != Format::Human {
            return Err(Error::Usage(format!("expected a mapping with --format, found the rule {name}")));
        }
        let crate::source::rule::Rule { id, severity, summary, what, why, example, check: _ } = rule;
        return Ok(rule_page((id, *severity), [summary, what, why], example, "src/source/rule/examples"));
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
    let mappings = catalogue.mappings.iter().map(|mapping| mapping.id.to_owned());
    let spellings = SPELLINGS.iter().map(|spelling| spelling.id.to_owned());
    let known = RULES.iter().map(|rule| rule.id.to_owned()).chain(mappings).chain(spellings);
    #[cfg_attr(not(any(unix, feature = "sources")), expect(unused_mut, reason = "only the others have more"))]
    let mut known: Vec<String> = known.collect();
    #[cfg(feature = "sources")]
    known.extend(crate::source::rule::RULES.iter().map(|rule| rule.id.to_owned()));
    #[cfg(unix)]
    known.extend(crate::probe::variation::VARIATIONS.iter().map(|variation| variation.id.to_owned()));
    Err(Error::Unknown { kind: "rule, mapping, spelling or variation", name: name.to_owned(), known })
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

fn explain_rule(rule: &Rule) -> String {
    rule_page((rule.id, rule.severity), [rule.summary, rule.what, rule.why], rule.example, "src/rule/examples")
}

/// The page of a rule: of a check, or of a comparison of sources.
fn rule_page(
    (id, severity): (&str, crate::finding::Severity),
    [summary, what, why]: [&str; 3],
    example: &'static str,
    folder: &str,
) -> String {
    let example = Example::parse(example);
    let files = |title: &str, files: &[ExampleFile]| {
        let mut text = format!("{title}\n");
        for file in files {
            text.push_str(&format!("\n  {}\n", file.path));
            text.extend(file.text.lines().map(|line| format!("    | {line}\n")));
        }
        text
    };
    format!(
        "{} ({})\n{}\n\nWhat\n{}\n\nWhy it is bad\n{}\n\n{}\n{}\nThe example's files are the rule's must-fire and must-not-fire \
         cases too:\n{folder}/{id}.txt\n",
        id,
        severity,
        wrap(summary),
        wrap(what),
        wrap(why),
        files(&format!("Fails\n{}", wrap(example.comment)), &example.failing),
        files("Passes", &example.fixed),
    )
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

/// A paragraph in lines of at most 100 columns, two blanks in.
fn wrap(paragraph: &str) -> String {
    const WIDTH: usize = 98;
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let line =
            lines.last_mut().filter(|line| line.is_empty() || line.chars().count() + 1 + word.chars().count() <= WIDTH);
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
