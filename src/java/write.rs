//! A definition into a payload: the bytes that Jackson writes under a configuration.

use std::fmt;
use std::io;

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use super::config::{Escape, Include, Layout, MapperConfig, Naming, with_dates};
use super::naming::snake_case;
use crate::document::{Style, parse_text, write};

/// Why a configuration cannot write a value; in Java an `InvalidDefinitionException`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError(pub String);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}

/// Writes a value as Jackson does under a configuration, byte for byte.
///
/// # Errors
///
/// A date that is not null under a mapper without `JavaTimeModule`.
pub fn emit<T: Serialize>(config: &MapperConfig, value: &T) -> Result<String, WriteError> {
    if config.include == Include::Always && config.naming == Naming::Field {
        return serialize(config, value);
    }
    let plain = serialize(&MapperConfig { layout: Layout::Compact, ..*config }, value)?;
    let document = parse_text(&plain).map_err(|error| WriteError(error.to_string()))?;
    let key: Option<fn(&str, &mut String)> = match config.naming {
        Naming::Field => None,
        Naming::Snake => Some(|field, out| out.push_str(&snake_case(field))),
    };
    let style = Style { key, without_nulls: config.include == Include::NonNull, ..layout_style(config.layout) };
    Ok(write(&document, &style))
}

/// The style of a layout.
pub(crate) fn layout_style(layout: Layout) -> Style<'static> {
    match layout {
        Layout::Compact => Style::COMPACT,
        Layout::Indented => Style::JACKSON_INDENTED,
    }
}

/// How a configuration spells the content of a text.
pub(crate) const fn spell(escape: Escape) -> fn(&str, &mut String) {
    match escape {
        Escape::Bytes => |content, out| spell_content(content, Escape::Bytes, out),
        Escape::Text => |content, out| spell_content(content, Escape::Text, out),
        Escape::NonAscii => |content, out| spell_content(content, Escape::NonAscii, out),
    }
}

fn spell_content(content: &str, escape: Escape, out: &mut String) {
    for character in content.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{C}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1F}' => push_escape(character, out),
            _ if is_escaped(character, escape) => push_escape(character, out),
            _ => out.push(character),
        }
    }
}

fn is_escaped(character: char, escape: Escape) -> bool {
    match escape {
        Escape::Bytes => character > '\u{FFFF}',
        Escape::Text => false,
        Escape::NonAscii => !character.is_ascii(),
    }
}

/// `\uXXXX` for each UTF-16 code unit, in capitals.
pub(crate) fn push_escape(character: char, out: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        out.push_str("\\u");
        for shift in [12, 8, 4, 0] {
            let digit = u32::from(*unit >> shift & 0xF);
            out.push(char::from_digit(digit, 16).unwrap_or('0').to_ascii_uppercase());
        }
    }
}

fn serialize<T: Serialize>(config: &MapperConfig, value: &T) -> Result<String, WriteError> {
    // A page has kilobytes; growing there from nothing would copy it several times.
    let mut out = Vec::with_capacity(4_096);
    let formatter = Jackson { layout: config.layout, escape: config.escape, level: 0, has_members: false };
    with_dates(config.dates, || value.serialize(&mut Serializer::with_formatter(&mut out, formatter)))
        .map_err(|error| WriteError(error.to_string()))?;
    String::from_utf8(out).map_err(|error| WriteError(error.to_string()))
}

/// serde_json's tokens with Jackson's white space and escapes.
struct Jackson {
    layout: Layout,
    escape: Escape,
    level: usize,
    has_members: bool,
}

impl Jackson {
    fn line<W: ?Sized + io::Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.level).try_for_each(|_| writer.write_all(b"  "))
    }

    fn indented(&self) -> bool {
        self.layout == Layout::Indented
    }
}

impl Formatter for Jackson {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.indented() { writer.write_all(b" ") } else { Ok(()) }
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.indented() { b" ]" } else { b"]" })
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.level += 1;
        self.has_members = false;
        writer.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.indented() { self.line(writer) } else { Ok(()) }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(if self.indented() { b" : " } else { b":" })
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_members = true;
        Ok(())
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.level -= 1;
        if self.indented() {
            if self.has_members {
                self.line(writer)?;
            } else {
                writer.write_all(b" ")?;
            }
        }
        self.has_members = true;
        writer.write_all(b"}")
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Characters beyond U+FFFF begin with a byte of 0xF0 or more.
        let is_plain = match self.escape {
            Escape::Bytes => fragment.is_ascii() || fragment.bytes().all(|byte| byte < 0xF0),
            Escape::Text => true,
            Escape::NonAscii => fragment.is_ascii(),
        };
        if is_plain {
            return writer.write_all(fragment.as_bytes());
        }
        let mut spelled = String::with_capacity(fragment.len() * 2);
        spell_content(fragment, self.escape, &mut spelled);
        writer.write_all(spelled.as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        let spelled: &[u8] = match escape {
            CharEscape::Quote => b"\\\"",
            CharEscape::ReverseSolidus => b"\\\\",
            CharEscape::Solidus => b"/",
            CharEscape::Backspace => b"\\b",
            CharEscape::FormFeed => b"\\f",
            CharEscape::LineFeed => b"\\n",
            CharEscape::CarriageReturn => b"\\r",
            CharEscape::Tab => b"\\t",
            CharEscape::AsciiControl(byte) => return write!(writer, "\\u{byte:04X}"),
        };
        writer.write_all(spelled)
    }
}
