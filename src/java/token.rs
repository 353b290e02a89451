//! One value of a payload as Jackson's token stream shows it, and why a type does not take it.

use std::borrow::Cow;
use std::fmt;

use crate::document::{Document, Kind, NodeId};

/// A JSON value as a leaf type sees it: numbers and texts keep their spelling.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without fraction and exponent, in the payload's own digits.
    Integer(Cow<'a, str>),
    /// A number with a fraction or an exponent, in the payload's own characters.
    Float(Cow<'a, str>),
    /// A text, unescaped.
    Text(Cow<'a, str>),
    /// A list.
    Array(Vec<Token<'a>>),
    /// An object's members, repeated keys included: `{"$date": ...}` is a date to some readers.
    Object(Vec<(Cow<'a, str>, Token<'a>)>),
}

impl<'a> Token<'a> {
    /// The value at a node of a document.
    pub fn of(document: &Document<'a>, node: NodeId) -> Self {
        match document.kind(node) {
            Kind::Null => Token::Null,
            Kind::Bool(value) => Token::Bool(value),
            Kind::Integer => Token::Integer(document.raw(node).into()),
            Kind::Float => Token::Float(document.raw(node).into()),
            Kind::Text { .. } => Token::Text(document.content(node)),
            Kind::Array => Token::Array(document.items(node).map(|item| Token::of(document, item)).collect()),
            Kind::Object => {
                let member = |(key, value)| (document.content(key), Token::of(document, value));
                Token::Object(document.members(node).map(member).collect())
            }
        }
    }

    /// A text of its own.
    pub fn text(text: impl Into<String>) -> Token<'static> {
        Token::Text(Cow::Owned(text.into()))
    }

    /// An integer.
    pub fn integer(number: impl Into<i128>) -> Token<'static> {
        Token::Integer(Cow::Owned(number.into().to_string()))
    }

    /// What a message calls it: `text "x"`, `number 1`, `a list`, `an object`.
    pub fn describe(&self) -> String {
        match self {
            Token::Null => "null".to_owned(),
            Token::Bool(value) => value.to_string(),
            Token::Integer(digits) | Token::Float(digits) => format!("number {}", brief(digits)),
            Token::Text(text) => format!("text {:?}", brief(text)),
            Token::Array(_) => "a list".to_owned(),
            Token::Object(_) => "an object".to_owned(),
        }
    }
}

/// A value as a message shows it: cut where it is long.
fn brief(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

/// `String.trim`: Java counts every character up to the space as white space, and no other.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|character| character <= ' ')
}

/// The zeros of the scripts whose digits `Character.digit` takes (Java 17), beside ASCII's. Characters beyond U+FFFF are
/// two to `Integer.parseInt`, and so no digits.
const ZEROS: [u32; 36] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];

/// A text with the digits of every script as ASCII's: `Integer.parseInt`, `Long.parseLong` and `BigDecimal` take them,
/// `Double.parseDouble` does not.
pub(crate) fn ascii_digits(text: &str) -> Cow<'_, str> {
    let ascii = |character: char| {
        let digit = ZEROS.iter().find_map(|zero| u32::from(character).checked_sub(*zero).filter(|&digit| digit < 10));
        digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(character)
    };
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.chars().map(ascii).collect()) }
}

/// Why a leaf type does not take a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Jackson refuses it too. Lower-case fragment: what was expected and what was found.
    Jackson(String),
    /// Jackson reads it, we do not; the reasons are listed in the crate documentation.
    Stricter(String),
}

impl Refusal {
    /// Jackson's refusal of a value where something else was expected: `a list`, `a 64-bit integer`.
    pub fn expected(what: &str, found: &Token<'_>) -> Self {
        Refusal::Jackson(format!("expected {what}, found {}", found.describe()))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Jackson(message) | Refusal::Stricter(message) => f.write_str(message),
        }
    }
}
