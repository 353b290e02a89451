//! A payload as text: its JSON value, and where everything stands in it.
//!
//! [`Document`] is the only thing in the crate that parses JSON. It keeps the text, because values alone lose
//! line numbers, repeated keys, the spelling of numbers and the layout, which is where the incident of
//! December 2023 hid. It accepts what RFC 8259 accepts, with two limits: nesting ends at [`MAX_DEPTH`], and
//! lone surrogates are refused.

mod decode;
mod escape;
mod json;
mod number;
mod parse;
mod place;
mod tree;
mod write;

pub use decode::{has_no_lines, packed};
pub(crate) use escape::plain_bytes;
pub use json::Json;
pub use number::same_number;
pub use parse::{MAX_DEPTH, parse, parse_first, parse_text};
pub use place::{Place, Unreadable, join};
pub use tree::{Document, Kind, NodeId};
pub use write::{Lines, Order, Style, write};

/// JSON's white space. What else counts as white space in texts, such as a vertical tab, is content here.
pub const WHITE_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

#[cfg(test)]
mod tests;
