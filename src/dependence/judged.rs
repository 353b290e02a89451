//! A mapping as the rules see it, and where they point.

use std::cell::OnceCell;

use super::{Dependence, TableFile};
use crate::counterexample::Bases;
use crate::finding::{Finding, Location, Severity};
use crate::pointer::Pointer;

/// What was observed of a mapping, and what its table says.
pub struct Judged<'j> {
    /// What was observed.
    pub dependence: &'j Dependence,
    /// The table; none where the fixtures have none.
    pub table: Option<TableFile>,
    bases: OnceCell<Bases>,
}

impl<'j> Judged<'j> {
    /// Of an observation.
    pub fn new(dependence: &'j Dependence, table: Option<TableFile>) -> Self {
        Judged { dependence, table, bases: OnceCell::new() }
    }

    /// Payloads that the mapping takes, to be tried with other values: made once for all rules.
    pub fn bases(&self) -> &Bases {
        self.bases.get_or_init(|| Bases::new(self.dependence.mapping, self.dependence.seed))
    }

    /// A finding about a value of the mapping; the caller fills in what it knows better.
    ///
    /// It points at the value's line of the table, or where there is none at the folder of the fixtures: no file of a
    /// checkout holds the mapping itself but the sources of dtogate.
    pub fn finding(&self, rule: &'static str, severity: Severity, pointer: &str) -> Finding {
        let mapping = self.dependence.mapping;
        let pattern = match self.dependence.source_pattern(pointer) {
            same if same == pointer => self.dependence.target_pattern(pointer),
            pattern => pattern,
        };
        let location = match &self.table {
            None => Location::file(format!("fixtures/{}", mapping.id)).with_pointer(pointer, pattern),
            Some(TableFile { path, text, .. }) => {
                let span = line(text, pattern).unwrap_or(0..0);
                Location::in_text(path, &Pointer::ROOT, text, span).with_pointer(pointer, pattern)
            }
        };
        Finding::new(rule, severity, location).mapping(mapping.id)
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

/// The first line of a table that names a pointer.
fn line(text: &str, pointer: &str) -> Option<std::ops::Range<usize>> {
    let quoted = serde_json::Value::from(pointer).to_string();
    let at = text.find(&quoted).filter(|_| !pointer.is_empty())?;
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    Some(start + indent..start + line.trim_end().trim_end_matches(',').len())
}
