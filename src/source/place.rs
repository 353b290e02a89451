//! Where something stands in a source file.

use std::fmt;
use std::sync::Arc;

/// A stretch of one text. A file that is parsed once may have several paths, so the path is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Byte of its first character.
    pub start: usize,
    /// Byte behind its last character.
    pub end: usize,
    /// Line of its first character, from 1.
    pub line: usize,
    /// Column of its first character, from 1, in characters.
    pub column: usize,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, from the root of its tree.
    pub path: Arc<str>,
    /// Where in it.
    pub span: Span,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.span.line, self.span.column)
    }
}

/// Something that the sources say and this reader does not understand. It is listed, never guessed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// Lower-case fragment: what is not understood.
    pub what: String,
}
