//! A difference that waits for a person: what caused it, what it changes, and whether it may pass lightly.

use std::collections::BTreeSet;

use super::journal::Change;
use super::manifest::{self, Manifest, Row};
use super::moved::{self, Moved};
use super::versions::{self, Step};
use crate::error::Error;

/// Where reasons are kept that no row of the manifest can keep, relative to the root.
pub const REASONS: &str = "fixtures/reasons.jsonl";

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A mapping names a key that is no more.
    Declaration,
    /// Keys of a class have another name, came or went.
    Keys,
    /// An accepted finding is about a key that is gone.
    Acceptance,
    /// A golden is new, changed or gone.
    Golden,
    /// An expectation no longer fits.
    Expectation,
    /// A line of a table.
    Table,
    /// Our own output: a snapshot, or what the README prints.
    Output,
}

impl Kind {
    /// The word before the cause.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Declaration => "declaration",
            Kind::Keys => "keys",
            Kind::Acceptance => "acceptance",
            Kind::Golden => "golden",
            Kind::Expectation => "expectation",
            Kind::Table => "table",
            Kind::Output => "output",
        }
    }
}

/// One place of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: String,
    /// The JSON Pointer in it; empty for the whole.
    pub pointer: String,
    /// What is there now; none where nothing is.
    pub before: Option<String>,
    /// What will be there.
    pub after: Option<String>,
}

/// What happens to a row of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowEdit {
    /// The row is written; where the change is guarded, the reason is added to its note.
    Set(Row),
    /// The row goes with its file.
    Remove(String),
}

/// Differences of one cause, accepted or rejected as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What differs.
    pub kind: Kind,
    /// The cause: `sku -> article`.
    pub cause: String,
    /// The cases that are concerned: `<mapping>/<kind>/<case>`.
    pub cases: BTreeSet<String>,
    /// Where something changes.
    pub places: Vec<Place>,
    /// Who reads it.
    pub readers: BTreeSet<String>,
    /// The files that are written, save for the manifest, the acceptances and the versions.
    pub changes: Vec<Change>,
    /// The rows of the manifest.
    pub rows: Vec<RowEdit>,
    /// Values that have another pointer: the entries of `fixtures/accepted.toml` about them follow.
    pub moved: Vec<Moved>,
    /// What has changed in classes, for `fixtures/versions.jsonl`.
    pub steps: Vec<Step>,
    /// Readers that still have the old name of a key; guards too, and to be edited first.
    pub left: BTreeSet<String>,
    /// What else a reader should know.
    pub notes: BTreeSet<String>,
    /// Why it needs a reason; none where it may pass.
    pub guards: BTreeSet<String>,
    /// Why it cannot be accepted at all: somebody has to mend something.
    pub blocked: Option<String>,
}

impl Question {
    /// A question about nothing yet.
    pub fn new(kind: Kind, cause: impl Into<String>) -> Self {
        Question {
            kind,
            cause: cause.into(),
            cases: BTreeSet::new(),
            places: Vec::new(),
            readers: BTreeSet::new(),
            changes: Vec::new(),
            rows: Vec::new(),
            moved: Vec::new(),
            steps: Vec::new(),
            left: BTreeSet::new(),
            notes: BTreeSet::new(),
            guards: BTreeSet::new(),
            blocked: None,
        }
    }

    /// What it is called: the same question has the same name in the next run.
    pub fn name(&self) -> String {
        format!("{}: {}", self.kind.name(), self.cause)
    }

    /// The name, with how much it stands for.
    pub fn title(&self) -> String {
        let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let places = count(self.places.len(), "place");
        let files: BTreeSet<&str> = self.places.iter().map(|place| place.path.as_str()).collect();
        match self.cases.len() {
            0 => format!("{}: {places} in {}", self.name(), count(files.len(), "file")),
            cases => format!("{}: {places} in {}", self.name(), count(cases, "case")),
        }
    }

    /// Whether a filter names it: part of its name, of a case or of a file.
    pub fn matches(&self, filter: &str) -> bool {
        self.name().contains(filter)
            || self.cases.iter().any(|case| case.contains(filter))
            || self.changes.iter().any(|change| change.path.contains(filter))
    }

    /// Where a reason is kept that no row of the manifest can keep: `fixtures/reasons.jsonl`, a line per acceptance.
    pub fn kept(&self, reasons: Option<&str>, reason: Option<&str>) -> Option<Change> {
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty())?;
        if self.guards.is_empty() || self.rows.iter().any(|row| matches!(row, RowEdit::Set(_))) {
            return None;
        }
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let list = |texts: &BTreeSet<String>| texts.iter().map(|item| text(item)).collect::<Vec<_>>().join(", ");
        let line = format!(
            "{{\"accepted\": {}, \"cases\": [{}], \"because\": [{}], \"reason\": {}}}\n",
            text(&self.name()),
            list(&self.cases),
            list(&self.guards),
            text(reason)
        );
        let before = reasons.map(|reasons| reasons.as_bytes().to_vec());
        let after = Some([reasons.unwrap_or_default(), &line].concat().into_bytes());
        Some(Change { path: REASONS.to_owned(), before, after })
    }

    /// What follows in files that several questions write; `read` gives the text of one as it is.
    ///
    /// # Errors
    ///
    /// What `read` says, and a record that cannot be read.
    pub fn followed(&self, read: impl Fn(&str) -> Result<Option<String>, Error>) -> Result<Vec<Change>, Error> {
        let mut changes = Vec::new();
        if !self.moved.is_empty() {
            changes.extend(read(moved::PATH)?.and_then(|text| moved::change(&text, &self.moved)));
        }
        if !self.steps.is_empty() {
            let text = read(versions::PATH)?;
            changes.extend(versions::with_steps(text.as_deref(), &self.steps).map_err(Error::Usage)?);
        }
        Ok(changes)
    }

    /// Everything that accepting it writes, the manifest included.
    ///
    /// # Errors
    ///
    /// That it is blocked, that it needs a reason, and that the manifest cannot be read.
    pub fn accepted(&self, manifest: Option<&str>, reason: Option<&str>) -> Result<Vec<Change>, String> {
        if let Some(blocked) = &self.blocked {
            return Err(blocked.clone());
        }
        let guards: Vec<&str> = self.guards.iter().map(String::as_str).collect();
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        if !guards.is_empty() && reason.is_none() {
            return Err(format!("{}; accept it with --reason TEXT", guards.join("; ")));
        }
        let mut changes = self.changes.clone();
        let Some(text) = manifest.filter(|_| !self.rows.is_empty()) else { return Ok(changes) };
        let mut rows = Manifest::parse(text)
            .map_err(|(line, message)| format!("cannot read {}:{line}: {message}", manifest::PATH))?;
        for edit in &self.rows {
            match edit {
                RowEdit::Remove(file) => {
                    rows.remove(file);
                }
                RowEdit::Set(row) => {
                    let mut row = row.clone();
                    if let Some(reason) = reason.filter(|_| !guards.is_empty()) {
                        row.note =
                            if row.note.is_empty() { reason.to_owned() } else { format!("{}; {reason}", row.note) };
                    }
                    rows.set(row);
                }
            }
        }
        let after = rows.to_string();
        if after != text {
            let (before, after) = (text.as_bytes().to_vec(), after.into_bytes());
            changes.push(Change { path: manifest::PATH.to_owned(), before: Some(before), after: Some(after) });
        }
        Ok(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        let place = |pointer: &str| Place {
            path: "fixtures/orders/valid/a.json".to_owned(),
            pointer: pointer.to_owned(),
            before: Some("\"a\"".to_owned()),
            after: Some("\"b\"".to_owned()),
        };
        Question {
            cases: BTreeSet::from(["orders/valid/a".to_owned()]),
            places: vec![place("/0/a"), place("/1/a")],
            ..Question::new(Kind::Keys, "a -> b")
        }
    }

    #[test]
    fn one_cause_is_one_title() {
        assert_eq!(question().title(), "keys: a -> b: 2 places in 1 case");
        let table = Question { cases: BTreeSet::new(), kind: Kind::Table, ..question() };
        assert_eq!(table.title(), "table: a -> b: 2 places in 1 file");
        assert!(question().matches("orders/valid") && question().matches("a -> b") && !question().matches("invalid"));
    }

    #[test]
    fn what_is_guarded_needs_a_reason_and_the_row_says_it() {
        let row = Row {
            file: "orders/valid/a.json".to_owned(),
            part: "derived".to_owned(),
            dto: None,
            config: None,
            case: None,
            bytes: 1,
            sha256: "x".to_owned(),
            note: "captured: a".to_owned(),
        };
        let guards = BTreeSet::from(["bytes that no capture wrote".to_owned()]);
        let guarded = Question { rows: vec![RowEdit::Set(row.clone())], guards, ..question() };
        let refused = guarded.accepted(Some(""), Some("  ")).unwrap_err();
        assert_eq!(refused, "bytes that no capture wrote; accept it with --reason TEXT");
        let changes = guarded.accepted(Some(""), Some("seen in production")).unwrap();
        let text = String::from_utf8(changes[0].after.clone().unwrap()).unwrap();
        assert!(text.contains("\"note\": \"captured: a; seen in production\"}"), "{text}");
        let free = Question { guards: BTreeSet::new(), ..guarded.clone() };
        let changes = free.accepted(Some(""), Some("not needed")).unwrap();
        assert_eq!(changes[0].after.clone().unwrap(), format!("{row}\n").into_bytes());
        let blocked = Question { blocked: Some("mend it".to_owned()), ..guarded };
        assert_eq!(blocked.accepted(Some(""), Some("x")), Err("mend it".to_owned()));
        assert_eq!(question().accepted(None, None), Ok(vec![]));
    }
}
