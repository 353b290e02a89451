//! A table as a file: `fixtures/<mapping>/table.json`, what a person reviewed.
//!
//! It is the document that `dtogate explain <mapping> --format json` writes: one row a line, so that a lost field is one
//! removed line. A field is never renamed or given another meaning within a version; new fields may appear.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, Serializer};

use super::Table;
use crate::finding::Text;

/// The version of the document. 1 had the numbers of probes too, which change when dtogate does.
pub const TABLE_VERSION: u32 = 2;

/// The document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableDocument {
    /// The version of this format; 2.
    pub version: u32,
    /// The mapping.
    pub mapping: String,
    /// What the answer has, in the order of its schema.
    pub rows: Vec<DocumentRow>,
    /// What is dropped.
    pub dropped: Vec<Reasoned>,
    /// What is lost without a declaration; with `*` for every index.
    pub lost: Vec<String>,
    /// Of what nothing can be said; with `*` for every index.
    pub unknown: Vec<String>,
    /// The branches that hide others.
    pub guards: Vec<OpenedBy>,
}

/// A part of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Its pointer; `*` for indexes that its sources share.
    pub target: String,
    /// What feeds it: pointers, with `<input>:` in front for one of a further input.
    pub sources: Vec<String>,
    /// The date forms on both sides, `LocalDate -> LocalDate as array`; null where no date is concerned.
    pub dates: Option<String>,
    /// What is declared of it; null where nothing is.
    pub declared: Option<DeclaredAs>,
}

/// What is declared, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredAs {
    /// `added`, `constant`, `converted` or `generated`.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// A value, and why it is dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasoned {
    /// Its pointer.
    pub pointer: String,
    /// Why.
    pub reason: String,
}

/// What opens a branch, and why it is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedBy {
    /// `/pointer = value`, several with commas between.
    pub open: String,
    /// Why.
    pub reason: String,
}

impl TableDocument {
    /// The document of an observed table.
    pub fn new(mapping: &str, table: &Table) -> Self {
        let Table { rows, dropped, lost, unknown, guards, probes: _, refused: _, refused_bases: _ } = table;
        let declared = |&(what, reason): &(&str, &str)| DeclaredAs { what: what.to_owned(), reason: reason.to_owned() };
        let row = |row: &super::Row| DocumentRow {
            target: row.target.clone(),
            sources: row.sources.clone(),
            dates: row.forms.clone(),
            declared: row.declared.as_ref().map(declared),
        };
        let reasoned =
            |&(pointer, reason): &(&str, &str)| Reasoned { pointer: pointer.to_owned(), reason: reason.to_owned() };
        let opened = |(open, reason): &(String, &str)| OpenedBy { open: open.clone(), reason: (*reason).to_owned() };
        TableDocument {
            version: TABLE_VERSION,
            mapping: mapping.to_owned(),
            rows: rows.iter().map(row).collect(),
            dropped: dropped.iter().map(reasoned).collect(),
            lost: lost.clone(),
            unknown: unknown.clone(),
            guards: guards.iter().map(opened).collect(),
        }
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// What is no such document, or is one of another version or mapping, as a lower-case fragment.
    pub fn parse(mapping: &str, text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let found: Versioned = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if found.version != TABLE_VERSION {
            return Err(format!("expected version {TABLE_VERSION}, found version {}", found.version));
        }
        let document: TableDocument = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if document.mapping != mapping {
            return Err(format!("expected the table of {mapping}, found that of {:?}", document.mapping));
        }
        Ok(document)
    }

    /// What feeds each part of the answer.
    pub fn expected(&self) -> BTreeMap<String, BTreeSet<String>> {
        let fed = self.rows.iter().filter(|row| !row.sources.is_empty());
        fed.map(|row| (row.target.clone(), row.sources.iter().cloned().collect())).collect()
    }

    /// The text of the file, a row a line; ends with a line break.
    pub fn text(&self) -> String {
        let TableDocument { version, mapping, rows, dropped, lost, unknown, guards } = self;
        let parts = [
            ("version", on_one_line(version)),
            ("mapping", on_one_line(mapping)),
            ("rows", on_lines(rows)),
            ("dropped", on_lines(dropped)),
            ("lost", on_lines(lost)),
            ("unknown", on_lines(unknown)),
            ("guards", on_lines(guards)),
        ];
        let parts = parts.map(|(name, value)| format!("  \"{name}\": {value}"));
        format!("{{\n{}\n}}\n", parts.join(",\n"))
    }
}

/// The lines of two texts that differ: those that go beside those that come, in their order.
pub fn differing_lines(before: &str, after: &str) -> Vec<(Option<String>, Option<String>)> {
    let only = |text: &str, other: &str| -> Vec<String> {
        let other: Vec<&str> = other.lines().map(plain).collect();
        text.lines().map(plain).filter(|line| !other.contains(line)).map(str::to_owned).collect()
    };
    let (gone, new) = (only(before, after), only(after, before));
    (0..gone.len().max(new.len())).map(|at| (gone.get(at).cloned(), new.get(at).cloned())).collect()
}

/// A line without its comma: the last of a list has none.
fn plain(line: &str) -> &str {
    line.trim().trim_end_matches(',')
}

fn on_lines<T: Serialize>(items: &[T]) -> String {
    let lines: Vec<String> = items.iter().map(|item| format!("    {}", on_one_line(item))).collect();
    if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) }
}

fn on_one_line<T: Serialize>(value: &T) -> String {
    let mut line = Vec::new();
    // Texts, numbers and lists into memory: that cannot fail, nor be other than UTF-8.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut line, Spaced));
    String::from_utf8(line).unwrap_or_default()
}

/// JSON on one line, with a space after commas and colons.
struct Spaced;

impl Spaced {
    fn comma<W: ?Sized + io::Write>(writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }
}

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        Self::comma(writer, first)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        Self::comma(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

/// The table that was reviewed last.
#[derive(Clone, Debug)]
pub struct TableFile {
    /// Its path, as reports show it.
    pub path: String,
    /// Its text.
    pub text: Text,
    /// What it says; or why that cannot be read.
    pub document: Result<TableDocument, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> TableDocument {
        let row = |target: &str, sources: &[&str]| DocumentRow {
            target: target.to_owned(),
            sources: sources.iter().map(|&source| source.to_owned()).collect(),
            dates: None,
            declared: None,
        };
        let declared = Some(DeclaredAs { what: "generated".to_owned(), reason: "a \"new\" one\neach".to_owned() });
        TableDocument {
            version: TABLE_VERSION,
            mapping: "orders".to_owned(),
            rows: vec![row("/total", &["/sum", "rates:/*/rate"]), DocumentRow { declared, ..row("/id", &[]) }],
            dropped: vec![],
            lost: vec!["/note".to_owned()],
            unknown: vec![],
            guards: vec![OpenedBy { open: "/kind = A".to_owned(), reason: "hides the rest".to_owned() }],
        }
    }

    #[test]
    fn a_table_is_a_row_a_line_and_reads_back() {
        let text = document().text();
        assert_eq!(TableDocument::parse("orders", &text), Ok(document()));
        let line =
            r#"    {"target": "/total", "sources": ["/sum", "rates:/*/rate"], "dates": null, "declared": null},"#;
        assert_eq!(text.lines().nth(4), Some(line), "{text}");
        assert_eq!(document().expected().len(), 1, "nothing feeds the other");
    }

    #[test]
    fn another_table_is_refused_with_what_was_expected() {
        let refused = |text: &str| TableDocument::parse("orders", text).unwrap_err();
        assert!(refused("garbage").starts_with("expected value at line 1"));
        assert_eq!(refused(r#"{"version": 1, "rows": 7}"#), "expected version 2, found version 1");
        assert!(refused(r#"{"version": 2, "mapping": "orders"}"#).starts_with("missing field `rows`"));
        let other = TableDocument { mapping: "bills".to_owned(), ..document() };
        assert_eq!(refused(&other.text()), "expected the table of orders, found that of \"bills\"");
    }
}
