//! Bytes to text: UTF-8 and nothing else, with a hint at what they may be.

use super::place::{Place, Unreadable};
use crate::pointer::Pointer;

/// The text of a payload, and whether a UTF-8 byte order mark stands before it.
pub(super) fn decode(bytes: &[u8]) -> Result<(&str, bool), Unreadable> {
    let (bytes, bom) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let unreadable = |message: String, at: usize, stricter: bool| {
        let end = (at + 1).min(bytes.len());
        Err(Unreadable { message, place: Place { pointer: Pointer::ROOT, span: at..end.max(at) }, stricter })
    };
    let refuse = |message: String, at: usize| unreadable(message, at, false);
    // Jackson finds out by itself that a text is in UTF-16 or UTF-32.
    let refuse_wide = |message: &str, at: usize| unreadable(message.to_owned(), at, true);
    if let Some(packed) = packed(bytes) {
        return refuse(format!("expected JSON, found {packed} data: unpack it first"), 0);
    }
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return refuse_wide("expected UTF-8, found a UTF-32 byte order mark", 0);
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            return refuse_wide("expected UTF-8, found a UTF-16 byte order mark", 0);
        }
        [0, _, ..] | [_, 0, ..] => {
            let at = bytes.iter().position(|&byte| byte == 0).unwrap_or(0);
            return refuse_wide("expected UTF-8, found a zero byte as UTF-16 and UTF-32 write them", at);
        }
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text, bom)),
        Err(error) => refuse(not_utf8(bytes, error), error.valid_up_to()),
    }
}

/// What packed data begins with.
const PACKED: &[(&[u8], &str)] = &[
    (b"\x1F\x8B", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
];

/// What a body or file is packed with, by its first bytes; no JSON text begins like that.
pub fn packed(bytes: &[u8]) -> Option<&'static str> {
    PACKED.iter().find(|(begin, _)| bytes.starts_with(begin)).map(|&(_, name)| name)
}

/// Whether bytes are a text in UTF-16 or UTF-32, or packed: then a line feed among them ends no line.
pub fn has_no_lines(bytes: &[u8]) -> bool {
    let is_wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..]);
    is_wide || packed(bytes).is_some()
}

/// What stands where UTF-8 does not: a hint at another encoding only where the whole text could be in it.
fn not_utf8(bytes: &[u8], error: std::str::Utf8Error) -> String {
    let at = error.valid_up_to();
    if error.error_len().is_none() {
        return "expected UTF-8, found the end within a character: is the text cut off?".to_owned();
    }
    // In Latin-1 these are letters and signs; below them stand control characters, which no JSON has.
    let is_latin = |&byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xA0..);
    // Where a character of UTF-8 stands before it, the text is a mixture.
    let hint = if bytes[..at].is_ascii() && bytes.iter().all(is_latin) { " (Latin-1?)" } else { "" };
    format!("expected UTF-8, found the byte 0x{:02X}{hint}", bytes[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One byte is pointed at, and none where the text ends.
    #[test]
    fn what_is_refused_is_pointed_at() {
        let span = |bytes: &[u8]| decode(bytes).unwrap_err().place.span;
        assert_eq!(span(b"{\"a\":\"\xE9\"}"), 6..7);
        assert_eq!(span(b"{\0}\0"), 1..2);
        assert_eq!(span(b"\xFF\xFE{\0"), 0..1);
        assert_eq!(span(b"\xEF\xBB\xBF{\"a\":\"\xE9\"}"), 6..7, "counted behind a byte order mark");
    }
}
