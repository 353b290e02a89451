//! Text to [`Document`]: one pass, no recursion, every node with its span.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::decode::decode;
use super::escape::{plain_bytes, unescape};
use super::place::{Place, Unreadable};
use super::tree::{Document, Found, Kind, Node, NodeId};
use crate::pointer::{Pointer, Segment};

/// How deep lists and objects may nest: what serde_json takes too. Jackson before 2.15 has no limit.
pub const MAX_DEPTH: usize = 127;

/// Parses a payload as it came: strips a UTF-8 byte order mark, refuses every encoding but UTF-8.
///
/// # Errors
///
/// The encoding, or what [`parse_text`] refuses.
pub fn parse(bytes: &[u8]) -> Result<Document<'_>, Unreadable> {
    let (text, bom) = decode(bytes)?;
    parse_behind(text, bom)
}

/// Parses the object or list with which a payload begins, whatever stands after it, as a Jackson 2 reader does: the
/// document's text ends where its value does.
///
/// # Errors
///
/// As [`parse()`], of the text up to there; a scalar, which Jackson ends at white space only.
pub fn parse_first(bytes: &[u8]) -> Result<Document<'_>, Unreadable> {
    let (text, bom) = decode(bytes)?;
    let mut parser = Parser::new(text);
    let end = match parser.value_alone() {
        Ok(()) => parser.at,
        Err(message) => return Err(unreadable(parser, message)),
    };
    if !matches!(parser.nodes[0].kind, Kind::Object | Kind::Array) {
        return Err(unreadable(parser, "expected an object or a list, found a scalar".to_owned()));
    }
    parse_behind(&text[..end], bom)
}

/// Parses a text.
///
/// # Errors
///
/// What RFC 8259 does not allow, nesting beyond [`MAX_DEPTH`], lone surrogates, and texts of 4 GiB and more.
pub fn parse_text(text: &str) -> Result<Document<'_>, Unreadable> {
    parse_behind(text, false)
}

/// The same of a text that a byte order mark stood before, or none.
fn parse_behind(text: &str, bom: bool) -> Result<Document<'_>, Unreadable> {
    if u32::try_from(text.len()).is_err() {
        let place = Place { pointer: Pointer::ROOT, span: 0..0 };
        return Err(Unreadable { message: "expected less than 4 GiB".to_owned(), place, stricter: true });
    }
    let mut parser = Parser::new(text);
    match parser.document() {
        Ok(()) => {
            // An inner object ends before the one that holds it.
            parser.repeated.sort_unstable();
            let found = Found {
                nodes: parser.nodes,
                bom,
                repeated: parser.repeated,
                long: OnceLock::new(),
                by_name: OnceLock::new(),
            };
            Ok(Document { text, found: Arc::new(found) })
        }
        Err(message) => Err(unreadable(parser, message)),
    }
}

/// A list or object that has not ended yet.
struct Open {
    node: NodeId,
    /// Items begun, for a list.
    count: usize,
    /// The key of the member at hand, for an object.
    key: Option<NodeId>,
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    open: Vec<Open>,
    repeated: Vec<NodeId>,
    /// Whether what is refused is so by dtogate alone.
    stricter: bool,
}

type Step<T = ()> = Result<T, String>;

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Parser {
            text,
            bytes: text.as_bytes(),
            at: 0,
            // Compact pages have a node for every twelve bytes or so.
            nodes: Vec::with_capacity(text.len() / 10 + 1),
            open: Vec::new(),
            repeated: Vec::new(),
            stricter: false,
        }
    }

    fn document(&mut self) -> Step {
        self.value_alone()?;
        self.white_space();
        if self.at < self.bytes.len() {
            return Err(self.expected("the end of the document"));
        }
        Ok(())
    }

    /// The value with which the text begins, whatever stands after it.
    fn value_alone(&mut self) -> Step {
        self.white_space();
        if self.at == self.bytes.len() {
            return Err("expected a JSON value, found an empty document".to_owned());
        }
        self.value()?;
        while let Some(open) = self.open.last() {
            let node = open.node;
            let is_array = self.nodes[node].kind == Kind::Array;
            let begun = self.nodes.len() > node + 1;
            self.white_space();
            let close = if is_array { b']' } else { b'}' };
            match self.bytes.get(self.at) {
                Some(&byte) if byte == close => {
                    self.at += 1;
                    self.close(node);
                    continue;
                }
                Some(b',') if begun => {
                    self.at += 1;
                    self.white_space();
                }
                Some(_) if !begun => {}
                _ => {
                    let expected = if is_array { "`,` or `]`" } else { "`,` or `}`" };
                    return Err(self.expected(expected));
                }
            }
            if !is_array {
                self.key()?;
            }
            if let Some(open) = self.open.last_mut() {
                open.count += 1;
            }
            self.value()?;
        }
        Ok(())
    }

    fn key(&mut self) -> Step {
        if self.bytes.get(self.at) != Some(&b'"') {
            if let Some(open) = self.open.last_mut() {
                open.key = None;
            }
            return Err(self.expected("a key in double quotes"));
        }
        let key = self.nodes.len();
        self.string()?;
        if let Some(open) = self.open.last_mut() {
            open.key = Some(key);
        }
        self.white_space();
        if self.bytes.get(self.at) != Some(&b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        self.white_space();
        Ok(())
    }

    fn value(&mut self) -> Step {
        match self.bytes.get(self.at) {
            Some(b'"') => self.string(),
            Some(b'{') => self.begin(Kind::Object),
            Some(b'[') => self.begin(Kind::Array),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'n') => self.word("null", Kind::Null),
            Some(b't') => self.word("true", Kind::Bool(true)),
            Some(b'f') => self.word("false", Kind::Bool(false)),
            _ => Err(self.expected("a JSON value")),
        }
    }

    fn begin(&mut self, kind: Kind) -> Step {
        if self.open.len() == MAX_DEPTH {
            self.stricter = true;
            return Err(format!("expected at most {MAX_DEPTH} levels of lists and objects, found more"));
        }
        self.open.push(Open { node: self.nodes.len(), count: 0, key: None });
        let start = self.at;
        self.at += 1;
        self.push(start, kind);
        Ok(())
    }

    fn close(&mut self, node: NodeId) {
        self.nodes[node].end = self.at as u32;
        self.nodes[node].next = self.nodes.len() as u32;
        self.open.pop();
        if self.nodes[node].kind == Kind::Object {
            self.note_repeated_keys(node);
        }
    }

    fn word(&mut self, word: &str, kind: Kind) -> Step {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.expected("a JSON value"));
        }
        let start = self.at;
        self.at += word.len();
        self.push(start, kind);
        Ok(())
    }

    fn number(&mut self) -> Step {
        let start = self.at;
        let mut kind = Kind::Integer;
        self.skip(b"-");
        match self.bytes.get(self.at) {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits()?,
            _ => return Err(self.expected("a digit")),
        }
        if self.skip(b".") {
            kind = Kind::Float;
            self.digits()?;
        }
        if self.skip(b"eE") {
            kind = Kind::Float;
            self.skip(b"+-");
            self.digits()?;
        }
        self.push(start, kind);
        Ok(())
    }

    fn digits(&mut self) -> Step {
        if !self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            return Err(self.expected("a digit"));
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        Ok(())
    }

    fn skip(&mut self, any_of: &[u8]) -> bool {
        let found = self.bytes.get(self.at).is_some_and(|byte| any_of.contains(byte));
        self.at += usize::from(found);
        found
    }

    fn string(&mut self) -> Step {
        let start = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            self.at += plain_bytes(&self.bytes[self.at..]);
            match self.bytes.get(self.at) {
                None => return Err(self.expected("`\"`")),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.expected("`\"`, or the control character escaped")),
            }
        }
        self.at += 1;
        self.push(start, Kind::Text { escaped });
        Ok(())
    }

    fn escape(&mut self) -> Step {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let start = self.at;
                let unit = self.unit()?;
                let half = match unit {
                    0xD800..0xDC00 if self.text[self.at..].starts_with("\\u") => {
                        !matches!(self.unit()?, 0xDC00..0xE000)
                    }
                    0xD800..0xE000 => true,
                    _ => false,
                };
                if half {
                    self.at = start;
                    self.stricter = true;
                    return Err(format!("expected a pair of surrogates, found the half \\u{unit:04X} alone"));
                }
            }
            Some(_) => return Err(self.expected("an escape that JSON has")),
            None => {
                self.at = self.bytes.len();
                return Err(self.expected("an escape"));
            }
        }
        Ok(())
    }

    /// The code unit of the `\uXXXX` at hand.
    fn unit(&mut self) -> Step<u32> {
        let digits = self.bytes.get(self.at + 2..self.at + 6).unwrap_or_default();
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        if digits.len() != 4 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(self.expected("four hexadecimal digits after `\\u`"));
        }
        self.at += 6;
        u32::from_str_radix(digits, 16).map_err(|error| error.to_string())
    }

    fn white_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    fn push(&mut self, start: usize, kind: Kind) {
        // Both fit: `parse_text` refuses texts of 4 GiB, and every node takes a byte at least.
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { start: start as u32, end: self.at as u32, next, kind });
    }

    fn note_repeated_keys(&mut self, object: NodeId) {
        const SMALL: usize = 32;
        // Small objects are the rule; comparing spellings needs no hashing, no unescaping and no memory.
        let (mut keys, mut marks) = ([0_u32; SMALL], [0_u64; SMALL]);
        let mut count = 0;
        let begin = self.repeated.len();
        let mut key = object + 1;
        while key < self.nodes.len() {
            if count == SMALL || self.nodes[key].kind != (Kind::Text { escaped: false }) {
                self.repeated.truncate(begin);
                return self.note_repeated_names(object);
            }
            let name = self.raw(key);
            let mark = mark(name);
            if marks[..count].contains(&mark) {
                let same = |&earlier: &u32| self.raw(earlier as usize) == name;
                if keys[..count].iter().any(same) {
                    self.repeated.push(key);
                }
            }
            (keys[count], marks[count]) = (key as u32, mark);
            count += 1;
            key = self.nodes[key + 1].next as usize;
        }
    }

    /// The same for objects of any size and keys with escapes.
    fn note_repeated_names(&mut self, object: NodeId) {
        let mut seen = std::collections::HashSet::new();
        let mut key = object + 1;
        while key < self.nodes.len() {
            let Node { start, end, kind, .. } = self.nodes[key];
            let name = &self.text[start as usize + 1..end as usize - 1];
            let escaped = kind == Kind::Text { escaped: true };
            if !seen.insert(if escaped { Cow::Owned(unescape(name)) } else { Cow::Borrowed(name) }) {
                self.repeated.push(key);
            }
            key = self.nodes[key + 1].next as usize;
        }
    }

    fn raw(&self, node: NodeId) -> &'t [u8] {
        &self.bytes[self.nodes[node].start as usize..self.nodes[node].end as usize]
    }

    fn expected(&self, what: &str) -> String {
        match self.text[self.at..].chars().next() {
            None => format!("expected {what}, found the end of the text"),
            Some(found) if found.is_control() || found.is_whitespace() => {
                format!("expected {what}, found the character U+{:04X}", u32::from(found))
            }
            Some(found) => format!("expected {what}, found `{found}`"),
        }
    }
}

/// Where a parser stopped, and why.
fn unreadable(parser: Parser<'_>, message: String) -> Unreadable {
    let Parser { text, at, nodes, open, stricter, .. } = parser;
    let document = Document {
        text,
        found: Arc::new(Found {
            nodes,
            bom: false,
            repeated: Vec::new(),
            long: OnceLock::new(),
            by_name: OnceLock::new(),
        }),
    };
    let mut pointer = Pointer::ROOT;
    for open in &open {
        match (open.key, open.count) {
            (Some(key), _) => pointer.push(Segment::Key(document.content(key).into())),
            (None, count) if count > 0 && document.kind(open.node) == Kind::Array => {
                pointer.push(Segment::Index(count - 1));
            }
            (None, _) => {}
        }
    }
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    Unreadable { message, place: Place { pointer, span: at..at + width }, stricter }
}

/// A number that tells nearly all names apart: the length, the beginning and the end.
fn mark(name: &[u8]) -> u64 {
    let ends = name.first_chunk::<4>().zip(name.last_chunk::<4>());
    // The last byte is the quote.
    let (begin, end) =
        ends.map_or((0, 0), |(&begin, &[a, b, c, _])| (u32::from_le_bytes(begin), u32::from_le_bytes([a, b, c, 0])));
    u64::from(begin) << 32 | u64::from(end) << 8 | name.len() as u64 & 0xFF
}
