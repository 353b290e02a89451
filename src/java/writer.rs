//! A payload in the making: the bytes that Jackson writes under a configuration.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use super::config::{Escape, Include, Layout, LineEnds, MapperConfig, Naming};
use super::naming::snake_case;
use crate::document::{Style, plain_bytes};

/// Why a configuration cannot write a value; in Java an `InvalidDefinitionException`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError(pub String);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}

/// What the fields of a definition are written to.
#[derive(Debug)]
pub struct Writer<'c> {
    config: &'c MapperConfig,
    out: String,
    level: usize,
}

impl<'c> Writer<'c> {
    /// An empty payload of a mapper.
    pub fn new(config: &'c MapperConfig) -> Self {
        // A page has kilobytes; growing there from nothing would copy it several times.
        Writer { config, out: String::with_capacity(4_096), level: 0 }
    }

    /// The mapper that writes.
    pub fn config(&self) -> &'c MapperConfig {
        self.config
    }

    /// The payload.
    pub fn finish(self) -> String {
        self.out
    }

    /// `null`.
    pub fn null(&mut self) {
        self.out.push_str("null");
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    /// A number, as it prints itself.
    pub fn number(&mut self, number: impl fmt::Display) {
        // Writing to a String does not fail.
        let _ = write!(self.out, "{number}");
    }

    /// A text, with the escapes of the configuration.
    pub fn text(&mut self, text: &str) {
        let escape = self.config.escape;
        // Nearly every text is plain, so that is seen eight bytes at a time.
        let is_plain = plain_bytes(text.as_bytes()) == text.len()
            && match escape {
                Escape::Text => true,
                Escape::NonAscii => text.is_ascii(),
                // Characters beyond U+FFFF begin with a byte of 0xF0 or more.
                Escape::Bytes => text.is_ascii() || text.bytes().all(|byte| byte < 0xF0),
            };
        self.out.push('"');
        if is_plain {
            self.out.push_str(text);
        } else {
            spell_content(text, escape, &mut self.out);
        }
        self.out.push('"');
    }

    /// A value that is written already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.out.push_str(json);
    }

    /// A list of numbers.
    pub fn numbers(&mut self, numbers: &[i32]) {
        let mut list = self.list();
        for number in numbers {
            list.item().number(number);
        }
        list.end();
    }

    /// A list; [`List::end`] closes it.
    pub fn list(&mut self) -> List<'_, 'c> {
        self.out.push('[');
        List { writer: self, is_empty: true }
    }

    /// An object; [`Object::end`] closes it.
    pub fn object(&mut self) -> Object<'_, 'c> {
        self.out.push('{');
        self.level += 1;
        Object { writer: self, is_empty: true }
    }

    fn is_indented(&self) -> bool {
        self.config.layout != Layout::Compact
    }

    fn line(&mut self) {
        self.out.push_str(line_end(self.config.line_ends));
        (0..self.level).for_each(|_| self.out.push_str("  "));
    }
}

/// A list that is being written.
#[derive(Debug)]
pub struct List<'w, 'c> {
    writer: &'w mut Writer<'c>,
    is_empty: bool,
}

impl<'c> List<'_, 'c> {
    /// Where the next item is written.
    pub fn item(&mut self) -> &mut Writer<'c> {
        if !std::mem::take(&mut self.is_empty) {
            self.writer.out.push(',');
        }
        if self.writer.is_indented() {
            self.writer.out.push(' ');
        }
        self.writer
    }

    /// Closes the list.
    pub fn end(self) {
        self.writer.out.push_str(if self.writer.is_indented() { " ]" } else { "]" });
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct Object<'w, 'c> {
    writer: &'w mut Writer<'c>,
    is_empty: bool,
}

impl<'c> Object<'_, 'c> {
    /// Where the value of a key is written; `explicit` is a name that no naming strategy changes.
    pub fn member(&mut self, name: &str, explicit: bool) -> &mut Writer<'c> {
        if !std::mem::take(&mut self.is_empty) {
            self.writer.out.push(',');
        }
        if self.writer.is_indented() {
            self.writer.line();
        }
        self.writer.text(&wire_name(self.writer.config.naming, name, explicit));
        self.writer.out.push_str(match self.writer.config.layout {
            Layout::Indented => " : ",
            Layout::Compact | Layout::IndentedNoSpaces => ":",
        });
        self.writer
    }

    /// Whether a null is written, where key and class can have a say in it.
    pub(crate) fn takes_null(&self, of_key: Option<Include>) -> bool {
        of_key.unwrap_or(self.writer.config.include) == Include::Always
    }

    /// Closes the object.
    pub fn end(self) {
        self.writer.level -= 1;
        if self.writer.is_indented() {
            if self.is_empty {
                self.writer.out.push(' ');
            } else {
                self.writer.line();
            }
        }
        self.writer.out.push('}');
    }
}

/// The key of a field under a naming strategy, which leaves a name alone that the source spells.
pub(super) fn wire_name(naming: Naming, name: &str, explicit: bool) -> Cow<'_, str> {
    match naming {
        Naming::Snake if !explicit => Cow::Owned(snake_case(name)),
        Naming::Field | Naming::Snake => Cow::Borrowed(name),
    }
}

const fn line_end(ends: LineEnds) -> &'static str {
    match ends {
        LineEnds::Lf => "\n",
        LineEnds::CrLf => "\r\n",
    }
}

/// The style of a layout, its lines ended by a line feed.
pub(crate) fn layout_style(layout: Layout) -> Style<'static> {
    match layout {
        Layout::Compact => Style::COMPACT,
        Layout::Indented => Style::JACKSON_INDENTED,
        Layout::IndentedNoSpaces => Style { before_colon: "", after_colon: "", ..Style::JACKSON_INDENTED },
    }
}

/// The style of a mapper's white space.
pub(crate) fn config_style(config: &MapperConfig) -> Style<'static> {
    Style { line_end: line_end(config.line_ends), ..layout_style(config.layout) }
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
