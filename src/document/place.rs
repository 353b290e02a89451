//! Where something stands in a payload.

use std::fmt;
use std::ops::Range;

use crate::pointer::{Pointer, Segment};

/// A place in a payload: which value, and which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where in the document; the root for the whole of it.
    pub pointer: Pointer,
    /// The bytes of it, counted after a byte order mark.
    pub span: Range<usize>,
}

/// A payload that is not JSON, or not JSON that dtogate reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Lower-case fragment: what was expected and what was found.
    pub message: String,
    /// Where reading stopped; the pointer names the innermost value that had begun.
    pub place: Place,
    /// Whether dtogate alone refuses it: Jackson would read on.
    pub stricter: bool,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Unreadable {}

/// A written JSON Pointer, longer by a key or index.
pub fn join(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", Segment::Key(segment.into()))
}
