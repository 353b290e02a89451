//! Where something stands in a payload.

use std::fmt;
use std::ops::Range;

/// A place in a payload: which value, and which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// JSON Pointer (RFC 6901); empty for the whole document.
    pub pointer: String,
    /// The bytes of it, counted behind a byte order mark.
    pub span: Range<usize>,
}

/// A payload that is not JSON, or not JSON that dtogate reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Lower-case fragment: what was expected and what was found.
    pub message: String,
    /// Where reading stopped; the pointer names the innermost value that had begun.
    pub place: Place,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Unreadable {}

/// A JSON Pointer one segment longer.
pub fn join(pointer: &str, segment: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + segment.len() + 1);
    longer.push_str(pointer);
    push_segment(&mut longer, segment);
    longer
}

/// Makes a JSON Pointer one segment longer.
pub fn push_segment(pointer: &mut String, segment: &str) {
    pointer.push('/');
    if segment.contains(['~', '/']) {
        pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(segment);
    }
}
