//! Where something was found. Lines are counted when they are asked for, from an index that is made once for a text.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use crate::pointer::Pointer;

/// Bytes between two entries of the index: what is counted again for each place.
const STEP: usize = 1024;

/// A text that findings point into: shared by all of them, with one index of its lines.
#[derive(Clone, Default)]
pub struct Text(Arc<Indexed>);

#[derive(Default)]
struct Indexed {
    text: Arc<str>,
    /// Line and column, from 0, at every [`STEP`]th byte.
    index: OnceLock<Vec<(usize, usize)>>,
}

impl Text {
    /// The text itself, for others to share.
    pub fn shared(&self) -> Arc<str> {
        self.0.text.clone()
    }

    /// The line and column of a byte, both counted from 1; columns are characters.
    ///
    /// Constant time after the first call, also in a text that is one line of megabytes.
    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let bytes = self.as_bytes();
        let index = self.0.index.get_or_init(|| {
            let mut place = (0, 0);
            let entry = |step: &[u8]| {
                let next = advanced(place, step);
                std::mem::replace(&mut place, next)
            };
            bytes.chunks(STEP).map(entry).collect()
        });
        let step = (at / STEP).min(index.len().saturating_sub(1));
        let (line, column) =
            advanced(index.get(step).copied().unwrap_or_default(), &bytes[step * STEP..at.min(bytes.len())]);
        (line + 1, column + 1)
    }
}

/// Line and column, from 0, after more bytes.
fn advanced((line, column): (usize, usize), bytes: &[u8]) -> (usize, usize) {
    // Continuation bytes begin no character.
    let characters = |bytes: &[u8]| bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    match bytes.iter().rposition(|&byte| byte == b'\n') {
        None => (line, column + characters(bytes)),
        Some(last) => {
            (line + bytes[..=last].iter().filter(|&&byte| byte == b'\n').count(), characters(&bytes[last + 1..]))
        }
    }
}

impl<T: Into<Arc<str>>> From<T> for Text {
    fn from(text: T) -> Self {
        Text(Arc::new(Indexed { text: text.into(), index: OnceLock::new() }))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.text
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for Text {}

/// A text and the part of it that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The whole text, without a byte order mark.
    pub text: Text,
    /// The bytes of it to point at.
    pub span: Range<usize>,
}

/// Where something was found: a file, a value in it, and a place in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as the user would type it; with `/` on every system.
    pub path: String,
    /// JSON Pointer (RFC 6901) of the value; empty for the whole document.
    pub pointer: String,
    pattern: String,
    spot: Spot,
}

/// What of a file is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Spot {
    File,
    Text(Excerpt),
    /// Of a file that is not text, the text is not kept.
    Byte {
        at: usize,
        line: usize,
        column: usize,
    },
}

impl Location {
    /// A whole file.
    pub fn file(path: impl Into<String>) -> Self {
        Location { path: path.into(), pointer: String::new(), pattern: String::new(), spot: Spot::File }
    }

    /// A value in a text; `span` is cut to the text.
    pub fn in_text(path: impl Into<String>, pointer: &Pointer, text: &Text, span: Range<usize>) -> Self {
        let start = floor(text, span.start);
        let span = start..floor(text, span.end).max(start);
        Location {
            path: path.into(),
            pointer: pointer.to_string(),
            pattern: pointer.pattern().to_string(),
            spot: Spot::Text(Excerpt { text: text.clone(), span }),
        }
    }

    /// A byte of a file that is not text.
    pub fn in_bytes(path: impl Into<String>, bytes: &[u8], at: usize) -> Self {
        let at = at.min(bytes.len());
        let (line, column) = advanced((0, 0), &bytes[..at]);
        Location {
            path: path.into(),
            pointer: String::new(),
            pattern: String::new(),
            spot: Spot::Byte { at, line: line + 1, column: column + 1 },
        }
    }

    /// The same place of another value: its pointer as it is written, and with `*` for every index. For a value that no
    /// document has, but a mapping.
    pub fn with_pointer(self, pointer: &str, pattern: &str) -> Self {
        Location { pointer: pointer.to_owned(), pattern: pattern.to_owned(), ..self }
    }

    /// [`Location::pointer`] with `*` for every index. Which segments are indexes, the pointer knew that it was made of.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The text and the bytes of it to show; none for a file that is not text or not there.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        match &self.spot {
            Spot::Text(excerpt) => Some(excerpt),
            Spot::File | Spot::Byte { .. } => None,
        }
    }

    /// The first byte of the place, from 0: what findings of one file are sorted by.
    pub fn offset(&self) -> usize {
        match &self.spot {
            Spot::File => 0,
            Spot::Text(excerpt) => excerpt.span.start,
            Spot::Byte { at, .. } => *at,
        }
    }

    /// Line, and column in characters, both counted from 1; 1 and 1 for a whole file.
    pub fn line_and_column(&self) -> (usize, usize) {
        match &self.spot {
            Spot::File => (1, 1),
            Spot::Text(excerpt) => excerpt.text.line_and_column(excerpt.span.start),
            Spot::Byte { line, column, .. } => (*line, *column),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_and_column();
        write!(f, "{}:{line}:{column}", self.path)
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let text = Text::from("{\n \"é\": 1}");
        let at = text.find('1').unwrap();
        let location = Location::in_text("a.json", &Pointer::ROOT.key("é"), &text, at..at + 1);
        assert_eq!(location.line_and_column(), (2, 7));
        assert_eq!(location.to_string(), "a.json:2:7");
        let beyond = Location::in_text("a.json", &Pointer::ROOT, &text, 900..901);
        assert_eq!(beyond.excerpt().unwrap().span, text.len()..text.len());
        assert_eq!(Location::in_bytes("b", b"\xFF\xFE", 9).line_and_column(), (1, 3));
    }

    /// Texts of one line and of many, with characters that stand across the steps of the index.
    #[test]
    fn the_index_says_what_counting_from_the_start_says() {
        let texts =
            [String::new(), "é".repeat(2 * STEP), "ab🦀\n".repeat(STEP), "\n".repeat(3 * STEP), "a".repeat(STEP)];
        for text in texts.map(Text::from) {
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                let before = &text[..at];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
                if at % 7 < 2 || at % STEP < 8 || at + 8 > text.len() {
                    assert_eq!(text.line_and_column(at), (line, column), "{at} of {}", text.len());
                }
            }
        }
    }
}
