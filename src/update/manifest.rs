//! `fixtures/manifest.jsonl`: one row per captured or derived file, sorted by file.
//!
//! A row that is not touched keeps its bytes; of one that is, only the values that change do. Keys that this version
//! does not know are kept.

use std::fmt;

use super::journal::digest;
use crate::document::{Document, Kind, parse_text};

/// Where the manifest is, relative to the root.
pub const PATH: &str = "fixtures/manifest.jsonl";

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file, relative to `fixtures/`.
    pub file: String,
    /// Which collection it belongs to: a letter of the captures, `derived` or `added`.
    pub part: String,
    /// What was written; none for a table of rows.
    pub dto: Option<String>,
    /// What it was written with; none for a table of rows.
    pub config: Option<String>,
    /// The case of the collection.
    pub case: Option<String>,
    /// How long the file is.
    pub bytes: u64,
    /// Its digest: SHA-256 in small hexadecimal digits.
    pub sha256: String,
    /// Where it comes from.
    pub note: String,
}

impl Row {
    /// Takes the length and the digest of a file's bytes.
    pub fn measure(&mut self, bytes: &[u8]) {
        self.bytes = bytes.len() as u64;
        self.sha256 = digest(bytes);
    }

    /// Whether the row is that of these bytes.
    pub fn fits(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes.len() as u64 && self.sha256 == digest(bytes)
    }

    /// The values, in the order of the keys, as JSON.
    fn values(&self) -> [(&'static str, String); 8] {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let optional = |value: &Option<String>| value.as_deref().map_or("null".to_owned(), text);
        [
            ("file", text(&self.file)),
            ("part", text(&self.part)),
            ("dto", optional(&self.dto)),
            ("config", optional(&self.config)),
            ("case", optional(&self.case)),
            ("bytes", self.bytes.to_string()),
            ("sha256", text(&self.sha256)),
            ("note", text(&self.note)),
        ]
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values: Vec<String> = self.values().iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
        write!(f, "{{{}}}", values.join(", "))
    }
}

/// The rows, with their lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// The row's text, without its line end.
    text: String,
    /// `\n` or `\r\n`; nothing after a last line that has none.
    end: String,
    row: Row,
}

impl Manifest {
    /// Reads the rows.
    ///
    /// # Errors
    ///
    /// The line that is no row, counted from 1, and why.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut lines = Vec::new();
        for (at, whole) in text.split_inclusive('\n').enumerate() {
            let text = whole.trim_end_matches(['\r', '\n']);
            let row = parse_row(text).map_err(|message| (at + 1, message))?;
            lines.push(Line { text: text.to_owned(), end: whole[text.len()..].to_owned(), row });
        }
        Ok(Manifest { lines })
    }

    /// The rows, in their order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.lines.iter().map(|line| &line.row)
    }

    /// The row of a file, relative to `fixtures/`.
    pub fn row(&self, file: &str) -> Option<&Row> {
        self.rows().find(|row| row.file == file)
    }

    /// Adds a row, or puts it in the place of the file's own; the place of a new one is by file.
    pub fn set(&mut self, row: Row) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.row.file == row.file) {
            line.text = spliced(&line.text, &line.row, &row).unwrap_or_else(|| row.to_string());
            line.row = row;
            return;
        }
        // Where people have left the rows unsorted, the rows before the place are those that sort before it.
        let at = self.lines.iter().rposition(|line| line.row.file < row.file).map_or(0, |before| before + 1);
        let end = self.lines.first().map_or("\n", |line| line.end.as_str());
        let end = if end.is_empty() { "\n".to_owned() } else { end.to_owned() };
        if let Some(before) = at.checked_sub(1).map(|before| &mut self.lines[before])
            && before.end.is_empty()
        {
            before.end.clone_from(&end);
        }
        self.lines.insert(at, Line { text: row.to_string(), end, row });
    }

    /// Takes out the row of a file; whether there was one.
    pub fn remove(&mut self, file: &str) -> bool {
        let before = self.lines.len();
        self.lines.retain(|line| line.row.file != file);
        self.lines.len() < before
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| write!(f, "{}{}", line.text, line.end))
    }
}

fn parse_row(text: &str) -> Result<Row, String> {
    let document = parse_text(text).map_err(|error| error.to_string())?;
    if document.kind(0) != Kind::Object {
        return Err("expected an object".to_owned());
    }
    let optional = |key: &str| {
        let node = document.member(0, key)?;
        matches!(document.kind(node), Kind::Text { .. }).then(|| document.content(node).into_owned())
    };
    let required = |key: &str| optional(key).ok_or_else(|| format!("expected a text {key:?}"));
    let bytes = document.member(0, "bytes").and_then(|node| document.raw(node).parse().ok());
    Ok(Row {
        file: required("file")?,
        part: required("part")?,
        dto: optional("dto"),
        config: optional("config"),
        case: optional("case"),
        bytes: bytes.ok_or("expected a count \"bytes\"")?,
        sha256: required("sha256")?,
        note: required("note")?,
    })
}

/// The line with the values that differ replaced; nothing where one of them has no key there.
fn spliced(line: &str, before: &Row, after: &Row) -> Option<String> {
    let document: Document<'_> = parse_text(line).ok()?;
    let mut edits = Vec::new();
    for ((key, old), (_, new)) in before.values().into_iter().zip(after.values()) {
        if old != new {
            edits.push((document.span(document.member(0, key)?), new));
        }
    }
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = line.to_owned();
    for (span, value) in edits {
        text.replace_range(span, &value);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = concat!(
        r#"{"file": "order/valid/a.json", "part": "A", "dto": "shop.Order", "config": "plain", "case": "a", "bytes": 2, "sha256": "x", "note": "captured: a"}"#,
        "\n",
        r#"{"file":"order/valid/c.json","part":"derived","dto":null,"config":null,"case":null,"bytes":2,"sha256":"y","note":"d\u0065rived","more":1}"#,
        "\n",
    );

    fn row(file: &str) -> Row {
        let mut row = Row {
            file: file.to_owned(),
            part: "added".to_owned(),
            dto: None,
            config: None,
            case: None,
            bytes: 0,
            sha256: String::new(),
            note: "a \"b\" é".to_owned(),
        };
        row.measure(b"{}");
        row
    }

    #[test]
    fn rows_that_are_not_touched_keep_their_bytes() {
        let mut manifest = Manifest::parse(TWO).unwrap();
        assert_eq!(manifest.to_string(), TWO);
        manifest.set(row("order/valid/b.json"));
        let text = manifest.to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!([lines[0], lines[2]], [TWO.lines().next().unwrap(), TWO.lines().nth(1).unwrap()]);
        assert_eq!(
            lines[1],
            "{\"file\": \"order/valid/b.json\", \"part\": \"added\", \"dto\": null, \"config\": null, \"case\": null, \
             \"bytes\": 2, \"sha256\": \"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\", \
             \"note\": \"a \\\"b\\\" é\"}"
        );
        assert_eq!(Manifest::parse(&text).unwrap().row("order/valid/b.json"), Some(&row("order/valid/b.json")));
        assert!(manifest.remove("order/valid/b.json") && !manifest.remove("order/valid/b.json"));
        assert_eq!(manifest.to_string(), TWO);
    }

    #[test]
    fn of_a_touched_row_only_what_differs_changes() {
        let mut manifest = Manifest::parse(TWO).unwrap();
        let mut touched = manifest.row("order/valid/c.json").unwrap().clone();
        touched.measure(b"{}");
        manifest.set(touched);
        let digest = digest(b"{}");
        assert_eq!(manifest.to_string(), TWO.replace("\"y\"", &format!("\"{digest}\"")));
    }

    #[test]
    fn the_first_the_last_and_windows_line_ends() {
        let windows = TWO.replace('\n', "\r\n");
        let mut manifest = Manifest::parse(&windows).unwrap();
        manifest.set(row("a.json"));
        manifest.set(row("z.json"));
        let text = manifest.to_string();
        assert!(text.starts_with("{\"file\": \"a.json\"") && text.matches("\r\n").count() == 4);
        assert!(text.lines().last().unwrap().starts_with("{\"file\": \"z.json\""));
        let mut open = Manifest::parse(TWO.trim_end()).unwrap();
        open.set(row("z.json"));
        assert_eq!(open.to_string().lines().count(), 3);
        let mut empty = Manifest::parse("").unwrap();
        empty.set(row("z.json"));
        assert_eq!(empty.to_string(), format!("{}\n", row("z.json")));
    }

    #[test]
    fn what_is_no_row_is_told_with_its_line() {
        let refused = |line: &str| Manifest::parse(&format!("{TWO}{line}\n")).unwrap_err();
        assert_eq!(refused("[]"), (3, "expected an object".to_owned()));
        assert_eq!(refused("{\"file\": \"x\"}"), (3, "expected a text \"part\"".to_owned()));
        assert_eq!(refused("").0, 3);
    }
}
