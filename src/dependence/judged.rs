//! A mapping as the rules see it, and where they point.

use std::sync::Arc;

use super::Dependence;
use crate::finding::{Finding, Location, Severity, pattern};

/// The table that was reviewed last: `snapshots/tables/<mapping>.snap`.
#[derive(Clone, Debug)]
pub struct TableFile {
    /// Its path, as reports show it.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
}

/// What was observed of a mapping, and what its table says.
pub struct Judged<'j> {
    /// What was observed.
    pub dependence: &'j Dependence,
    /// The table; none outside of a repository that has one.
    pub table: Option<TableFile>,
    /// Whether the repository has reviewed tables, so that one of every mapping should be there.
    pub has_tables: bool,
}

impl Judged<'_> {
    /// A finding about a value of the mapping; the caller fills in what it knows better.
    ///
    /// It points at the value's line of the table, or where there is none at the folder of the fixtures: no file of a
    /// checkout holds the mapping itself but the sources of dtogate.
    pub fn finding(&self, rule: &'static str, severity: Severity, pointer: &str) -> Finding {
        let mapping = self.dependence.mapping;
        let location = match &self.table {
            None => Location { pointer: pointer.to_owned(), ..Location::file(format!("fixtures/{}", mapping.id)) },
            Some(TableFile { path, text }) => {
                Location::in_text(path, pointer.to_owned(), text, line(text, &pattern(pointer)).unwrap_or(0..0))
            }
        };
        Finding {
            rule,
            severity,
            stage: None,
            mapping: mapping.id.to_owned(),
            case: String::new(),
            pattern: pattern(pointer),
            location,
            places: 1,
            message: String::new(),
            before: None,
            after: None,
            breaks: String::new(),
            fix: String::new(),
            accepted: None,
        }
    }

    /// The place of a finding: for grouping.
    pub fn path(&self) -> String {
        match &self.table {
            Some(table) => table.path.clone(),
            None => format!("fixtures/{}", self.dependence.mapping.id),
        }
    }

    /// Who gets the answer, for a message.
    pub fn taker(&self) -> &'static str {
        let mapping = self.dependence.mapping;
        mapping.consumer.as_ref().map_or(mapping.reader_name, |consumer| consumer.name)
    }
}

/// Where a table names a pointer.
fn line(text: &str, pointer: &str) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut words = line.split([' ', ',', ';', '\n', '\r']);
        let names = words.any(|word| word.strip_suffix(':').unwrap_or(word) == pointer);
        if names && !pointer.is_empty() {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}
