//! Pointers to values (RFC 6901) whose segments know what they are: a key, an index, or any index.
//!
//! Whether a segment made of digits is a key or an index only the document knows, so pointers are made there, segment
//! by segment. Text is for the edges: reports, `accepted.toml`, and the patterns that mappings declare. `~0` and `~1`
//! are written and read here alone.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::iter::Peekable;
use std::str::Split;

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Into the member of an object.
    Key(Box<str>),
    /// Into the item of a list, counted from 0.
    Index(usize),
    /// Into every item of a list.
    Any,
}

impl Segment {
    /// The key or index as it is, without escapes; `*` for any.
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Segment::Key(name) => Cow::Borrowed(name),
            Segment::Index(index) => Cow::Owned(index.to_string()),
            Segment::Any => Cow::Borrowed("*"),
        }
    }

    /// Whether it goes into a list.
    pub fn is_item(&self) -> bool {
        !matches!(self, Segment::Key(_))
    }

    /// Whether a segment of a pattern, as it is written, names this one: `*` is any index, digits are what the
    /// document makes of them.
    fn is_named(&self, written: &str) -> bool {
        match self {
            Segment::Key(name) => is_key(written, name),
            Segment::Index(index) => written == "*" || is_index(written, *index),
            Segment::Any => written == "*",
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Key(name) if name.contains(['~', '/']) => {
                for character in name.chars() {
                    match character {
                        '~' => f.write_str("~0")?,
                        '/' => f.write_str("~1")?,
                        other => f.write_char(other)?,
                    }
                }
                Ok(())
            }
            Segment::Key(name) => f.write_str(name),
            Segment::Index(index) => write!(f, "{index}"),
            Segment::Any => f.write_str("*"),
        }
    }
}

/// A segment as it is written, without its escapes.
pub fn unescape(written: &str) -> Cow<'_, str> {
    if written.contains('~') { written.replace("~1", "/").replace("~0", "~").into() } else { written.into() }
}

fn is_key(written: &str, name: &str) -> bool {
    if written.contains('~') { unescape(written) == name } else { written == name }
}

fn is_index(written: &str, index: usize) -> bool {
    written.parse() == Ok(index) && (index == 0 || !written.starts_with('0')) && !written.starts_with('+')
}

/// A path from the root of a document to a value; empty for the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Vec<Segment>);

impl Pointer {
    /// The whole document.
    pub const ROOT: Pointer = Pointer(Vec::new());

    /// The segments, from the root down.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether it is the whole document.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Goes one segment down.
    pub fn push(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    /// Goes one segment up.
    pub fn pop(&mut self) -> Option<Segment> {
        self.0.pop()
    }

    /// The pointer of a member.
    #[must_use]
    pub fn key(&self, name: &str) -> Pointer {
        self.with(Segment::Key(name.into()))
    }

    /// The pointer of an item.
    #[must_use]
    pub fn index(&self, index: usize) -> Pointer {
        self.with(Segment::Index(index))
    }

    fn with(&self, segment: Segment) -> Pointer {
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        segments.extend_from_slice(&self.0);
        segments.push(segment);
        Pointer(segments)
    }

    /// The last segment; none for the whole document.
    pub fn last(&self) -> Option<&Segment> {
        self.0.last()
    }

    /// Of what holds it; none for the whole document.
    pub fn parent(&self) -> Option<Pointer> {
        let (_, above) = self.0.split_last()?;
        Some(Pointer(above.to_vec()))
    }

    /// Whether it names a member, not an item nor the whole document.
    pub fn is_member(&self) -> bool {
        matches!(self.0.last(), Some(Segment::Key(_)))
    }

    /// The segments from another pointer's value down, where it names that value or something in it.
    pub fn within(&self, outer: &Pointer) -> Option<&[Segment]> {
        self.0.strip_prefix(&outer.0[..])
    }

    /// With `*` for every index: for display, and to accept findings by.
    #[must_use]
    pub fn pattern(&self) -> Pointer {
        let any = |segment: &Segment| if segment.is_item() { Segment::Any } else { segment.clone() };
        Pointer(self.0.iter().map(any).collect())
    }

    /// Whether a written pattern (`*` for every index) names this pointer.
    pub fn matches(&self, pattern: &str) -> bool {
        matches!(self.strip(pattern), Some([]))
    }

    /// Whether a written pattern names this pointer, or what holds it.
    pub fn is_in(&self, pattern: &str) -> bool {
        self.strip(pattern).is_some()
    }

    /// The segments below what a written pattern names, where that is this or holds it.
    fn strip(&self, pattern: &str) -> Option<&[Segment]> {
        let mut rest = &self.0[..];
        for written in written_segments(pattern) {
            let (segment, below) = rest.split_first()?;
            if !segment.is_named(written) {
                return None;
            }
            rest = below;
        }
        Some(rest)
    }

    /// The pointer with the beginning that a written pattern names replaced by another; the indexes that a `*` stood
    /// for are carried over, in their order, and digits are an index where they were one before. None where the pattern
    /// does not name this or what holds it.
    pub fn moved(&self, from: &str, to: &str) -> Option<Pointer> {
        let rest = self.strip(from)?;
        let begin = &self.0[..self.0.len() - rest.len()];
        let mut starred = written_segments(from).zip(begin).filter(|(written, _)| *written == "*");
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        for written in written_segments(to) {
            segments.push(match written {
                "*" => starred.next().map_or(Segment::Any, |(_, segment)| segment.clone()),
                _ => {
                    let before = written_segments(from).zip(begin).find(|(before, _)| *before == written);
                    let key = || Segment::Key(unescape(written).into());
                    before.map_or_else(key, |(_, segment)| segment.clone())
                }
            });
        }
        segments.extend_from_slice(rest);
        Some(Pointer(segments))
    }

    /// The pointer under the longest of the names (from, to) that fits it; itself where none does.
    #[must_use]
    pub fn renamed<'n>(&self, names: impl Iterator<Item = (&'n str, &'n str)>) -> Pointer {
        let fitting = names.filter_map(|(from, to)| Some((from.len(), self.moved(from, to)?)));
        fitting.max_by_key(|(length, _)| *length).map_or_else(|| self.clone(), |(_, moved)| moved)
    }

    /// Reads a written pointer without its document: `*` is any index, what an index looks like is one.
    ///
    /// Only for what is written in terms of a definition; a document says better what its segments are.
    pub fn read(written: &str) -> Pointer {
        Pointer(written_segments(written).map(read_segment).collect())
    }
}

fn read_segment(written: &str) -> Segment {
    match written.parse() {
        _ if written == "*" => Segment::Any,
        Ok(index) if is_index(written, index) => Segment::Index(index),
        _ => Segment::Key(unescape(written).into()),
    }
}

/// The segments of a written pointer, with their escapes.
pub fn written_segments(written: &str) -> Peekable<Split<'_, char>> {
    let mut segments = written.split('/').peekable();
    // Before the first slash stands nothing; or the name of a further input and a colon, which is taken for a key.
    segments.next_if(|segment| segment.is_empty());
    segments
}

impl From<Vec<Segment>> for Pointer {
    fn from(segments: Vec<Segment>) -> Self {
        Pointer(segments)
    }
}

impl From<&Pointer> for Pointer {
    fn from(pointer: &Pointer) -> Self {
        pointer.clone()
    }
}

impl From<&str> for Pointer {
    /// As [`Pointer::read`].
    fn from(written: &str) -> Self {
        Pointer::read(written)
    }
}

impl From<&String> for Pointer {
    /// As [`Pointer::read`].
    fn from(written: &String) -> Self {
        Pointer::read(written)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| write!(f, "/{segment}"))
    }
}

impl PartialEq<str> for Pointer {
    /// Whether it is written so.
    fn eq(&self, written: &str) -> bool {
        let mut segments = written_segments(written);
        let is = |segment: &Segment| match (segment, segments.next()) {
            (_, None) => false,
            (Segment::Key(name), Some(written)) => is_key(written, name),
            (Segment::Index(index), Some(written)) => is_index(written, *index),
            (Segment::Any, Some(written)) => written == "*",
        };
        self.0.iter().all(is) && segments.next().is_none()
    }
}

impl PartialEq<&str> for Pointer {
    fn eq(&self, written: &&str) -> bool {
        *self == **written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_of_digits_is_a_key() {
        let key = Pointer::ROOT.key("1234567").key("notes").index(0);
        assert_eq!(key.to_string(), "/1234567/notes/0");
        assert_eq!(key.pattern().to_string(), "/1234567/notes/*");
        assert!(key.matches("/1234567/notes/*") && key.matches("/1234567/notes/0") && key == "/1234567/notes/0");
        assert!(!key.matches("/*/notes/*") && !key.matches("/1234567/notes"));
        assert!(key.is_in("/1234567") && key.is_in("") && !key.is_in("/1234567/notes/0/x"));
        assert_ne!(Pointer::ROOT.key("0"), Pointer::ROOT.index(0));
        assert_eq!(Pointer::ROOT.key("0").moved("/*", "/a/*"), None);
    }

    #[test]
    fn escapes_are_written_and_read_here() {
        let key = Pointer::ROOT.key("a/b~1").key("~");
        assert_eq!(key.to_string(), "/a~1b~01/~0");
        assert!(key.matches("/a~1b~01/~0") && key == "/a~1b~01/~0");
        assert_eq!(key.moved("/a~1b~01", "/x~1y").unwrap().to_string(), "/x~1y/~0");
        assert_eq!(Pointer::read("/a~1b~01/~0"), key);
    }

    #[test]
    fn the_longest_name_wins_and_indexes_are_carried_over() {
        let names = [("/old", "/new"), ("/old/*/id", "/new/*/number"), ("/old/0/name", "/name")];
        let renamed = |pointer| Pointer::read(pointer).renamed(names.into_iter()).to_string();
        assert_eq!(renamed("/old"), "/new");
        assert_eq!(renamed("/old/3/text"), "/new/3/text");
        assert_eq!(renamed("/old/3/id"), "/new/3/number");
        assert_eq!(renamed("/old/*/id"), "/new/*/number");
        assert_eq!(renamed("/old/0/name/x"), "/name/x");
        assert_eq!(renamed("/old/1/name"), "/new/1/name");
        assert_eq!(renamed("/older"), "/older");
        assert_eq!(renamed(""), "");
    }

    #[test]
    fn within_and_above() {
        let inner = Pointer::ROOT.key("a").index(1).key("b");
        assert_eq!(inner.within(&Pointer::ROOT.key("a")).map(<[_]>::len), Some(2));
        assert_eq!(inner.within(&Pointer::ROOT.key("a").index(10)), None);
        assert_eq!(inner.parent().unwrap().to_string(), "/a/1");
        assert!(inner.is_member() && !Pointer::ROOT.is_member() && Pointer::ROOT.parent().is_none());
    }

    fn segment() -> impl Strategy<Value = Segment> {
        prop_oneof![
            "[a-z~/]{1,4}".prop_map(|key| Segment::Key(key.into())),
            (0_usize..200).prop_map(Segment::Index),
            Just(Segment::Any),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_matches_itself(segments in proptest::collection::vec(segment(), 0..5)) {
            let pointer = Pointer::from(segments);
            let written = pointer.to_string();
            prop_assert_eq!(&Pointer::read(&written), &pointer);
            prop_assert!(pointer.matches(&written) && pointer == *written && pointer.is_in(&written));
            prop_assert!(pointer.matches(&pointer.pattern().to_string()));
            prop_assert_eq!(pointer.moved(&written, &written), Some(pointer.clone()));
        }
    }
}
