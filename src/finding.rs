//! What a rule found, and where.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How much a finding weighs. The order is the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; harmless as far as known.
    Note,
    /// Harmless today, a defect waiting for a change.
    Warning,
    /// Something does not arrive, or will not.
    Error,
}

impl Severity {
    /// The word in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a payload was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// As sent: not JSON, not what the wire promises, or not what its reader takes.
    Read,
    /// Between: the mapping itself refused, or its answer is not the expected one.
    Map,
    /// Behind: the consumer of the mapping's answer.
    Consumer,
}

impl Stage {
    /// The word in an expectation of `invalid/`.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Map => "map",
            Stage::Consumer => "consumer",
        }
    }
}

/// Where something was found: a file, a value in it, and a place in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as the user would type it; with `/` on every system.
    pub path: String,
    /// JSON Pointer (RFC 6901) of the value; empty for the whole document.
    pub pointer: String,
    /// Line, counted from 1; 1 for an empty file.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The text and the bytes of it to show; none for a file that is not text or not there.
    pub excerpt: Option<Excerpt>,
}

/// A text and the part of it that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The whole text, without a byte order mark.
    pub text: Arc<str>,
    /// The bytes of it to point at.
    pub span: Range<usize>,
}

impl Location {
    /// A whole file.
    pub fn file(path: impl Into<String>) -> Self {
        Location { path: path.into(), pointer: String::new(), line: 1, column: 1, excerpt: None }
    }

    /// A value in a text; `span` is cut to the text.
    pub fn in_text(path: impl Into<String>, pointer: String, text: &Arc<str>, span: Range<usize>) -> Self {
        let start = floor(text, span.start);
        let (line, column) = line_and_column(text.as_bytes(), start);
        let span = start..floor(text, span.end).max(start);
        Location { path: path.into(), pointer, line, column, excerpt: Some(Excerpt { text: text.clone(), span }) }
    }

    /// A byte of a file that is not text.
    pub fn in_bytes(path: impl Into<String>, bytes: &[u8], at: usize) -> Self {
        let (line, column) = line_and_column(bytes, at.min(bytes.len()));
        Location { path: path.into(), pointer: String::new(), line, column, excerpt: None }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn line_and_column(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    // Continuation bytes begin no character.
    let column = before[line_start..].iter().filter(|&&byte| byte & 0xC0 != 0x80).count() + 1;
    (line, column)
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it weighs; a rule may say less than its usual severity.
    pub severity: Severity,
    /// Where on its way the payload was when the rule fired; none where no payload is concerned.
    pub stage: Option<Stage>,
    /// The mapping, empty where none is concerned.
    pub mapping: String,
    /// The case, empty where none is concerned.
    pub case: String,
    /// The first place.
    pub location: Location,
    /// [`Location::pointer`] with `*` for every index: what an accepted finding is matched by.
    pub pattern: String,
    /// How many places this finding stands for; they differ in indexes only.
    pub places: usize,
    /// Lower-case sentence without a full stop: what is wrong.
    pub message: String,
    /// What was promised, sent or expected; shown above `after`.
    pub before: Option<String>,
    /// What is there instead.
    pub after: Option<String>,
    /// Who breaks, and how.
    pub breaks: String,
    /// One thing to do.
    pub fix: String,
    /// The reason, where `fixtures/accepted.toml` accepts it.
    pub accepted: Option<String>,
}

impl Finding {
    /// The entry for `fixtures/accepted.toml` that accepts exactly this finding.
    pub fn acceptance(&self) -> String {
        let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
        let mut entry = format!("[[accepted]]\nrule = {}\nmapping = {}\n", text(self.rule), text(&self.mapping));
        if !self.case.is_empty() {
            entry.push_str(&format!("case = {}\n", text(&self.case)));
        }
        entry.push_str(&format!("pointer = {}\nreason = \"\" # why it may stay, with evidence\n", text(&self.pattern)));
        entry
    }
}

/// A JSON Pointer with `*` for every segment that is an index.
pub fn pattern(pointer: &str) -> String {
    let is_index = |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
    pointer.split('/').map(|segment| if is_index(segment) { "*" } else { segment }).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let text: Arc<str> = Arc::from("{\n \"é\": 1}");
        let at = text.find('1').unwrap();
        let location = Location::in_text("a.json", "/é".to_owned(), &text, at..at + 1);
        assert_eq!((location.line, location.column), (2, 7));
        assert_eq!(location.to_string(), "a.json:2:7");
        let beyond = Location::in_text("a.json", String::new(), &text, 900..901);
        assert_eq!(beyond.excerpt.unwrap().span, text.len()..text.len());
        assert_eq!(Location::in_bytes("b", b"\xFF\xFE", 9).column, 3);
    }

    #[test]
    fn a_pattern_stands_for_every_index() {
        assert_eq!(pattern("/traineeInfo/12/admin"), "/traineeInfo/*/admin");
        assert_eq!(pattern("/a1/x"), "/a1/x");
        assert_eq!(pattern(""), "");
    }
}
