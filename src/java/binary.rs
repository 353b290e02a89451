//! Java types that Jackson writes as text of another kind: `byte[]`, `UUID`, `Month`.

use proptest::prelude::*;
use schemars::json_schema;

use super::enumeration::Names;
use super::leaf::{Leaf, Refusal, Token};
use super::token::trim;
use super::writer::{WriteError, Writer};
use crate::model::domain::{Domain, Str, Words};
use crate::model::leaf_type::LeafType;

/// The characters of Base64 by their value.
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `byte[]`.
pub static BYTES: LeafType = LeafType {
    name: "byte[]",
    java: "byte[]",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| {
        json_schema!({
            "type": ["string", "null"],
            "contentEncoding": "base64",
            "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
        })
    },
    values: |_| {
        let bytes = proptest::collection::vec(any::<u8>(), 0..24);
        prop_oneof![1 => Just(Token::Null), 4 => bytes.prop_map(|bytes| Token::text(encode(&bytes)))].boxed()
    },
};

/// `byte[]`: Base64 without line ends; read with white space between its groups, and from a list of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Option<Vec<u8>>);

impl Leaf for Bytes {
    const TYPE: &'static LeafType = &BYTES;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Refusal::expected("Base64", token);
        let bytes = match token {
            Token::Null => return Ok(Bytes(None)),
            Token::Text(text) => decode(text).ok_or_else(refuse)?,
            Token::Array(items) => items.iter().map(byte).collect::<Option<_>>().ok_or_else(refuse)?,
            Token::Bool(_) | Token::Integer(_) | Token::Float(_) | Token::Object(_) => return Err(refuse()),
        };
        Ok(Bytes(Some(bytes)))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.text(&encode(self.0.as_deref().unwrap_or_default()));
        Ok(())
    }
}

/// A byte in a list: of either sign, as Jackson takes it; null is 0.
fn byte(token: &Token<'_>) -> Option<u8> {
    match token {
        Token::Null => Some(0),
        Token::Integer(digits) => digits.parse().ok().filter(|byte| (-128..=255).contains(byte)).map(|byte: i16| {
            let [_, low] = byte.to_be_bytes();
            low
        }),
        _ => None,
    }
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let value = (bits >> (18 - 6 * place) & 63) as usize;
            text.push(if place <= group.len() { char::from(BASE64[value]) } else { '=' });
        }
    }
    text
}

/// `MIME-NO-LINEFEEDS`: padding is needed, white space stands only between groups of four.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut rest = text.trim_start_matches(|character| character <= ' ');
    while !rest.is_empty() {
        let (group, after) = rest.split_at_checked(4)?;
        let digits = group.trim_end_matches('=');
        let count = digits.len();
        let mut bits = 0_u32;
        for digit in digits.bytes() {
            bits = bits << 6 | u32::try_from(BASE64.iter().position(|&known| known == digit)?).ok()?;
        }
        let [_, group @ ..] = (bits << (6 * (4 - count))).to_be_bytes();
        bytes.extend(group.get(..count.checked_sub(1).filter(|&count| count > 0)?)?);
        rest = after.trim_start_matches(|character| character <= ' ');
    }
    Some(bytes)
}

/// `java.util.UUID`.
pub static UUID: LeafType = LeafType {
    name: "UUID",
    java: "java.util.UUID",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| {
        json_schema!({
            "type": ["string", "null"],
            "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
        })
    },
    values: |_| {
        let uuid = any::<u128>().prop_map(|bits| Token::text(hyphenated(bits)));
        prop_oneof![1 => Just(Token::Null), 4 => uuid].boxed()
    },
};

/// `java.util.UUID`: 32 hexadecimal digits of either case with hyphens, or 24 characters of Base64; written in lower case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uuid(pub Option<u128>);

impl Leaf for Uuid {
    const TYPE: &'static LeafType = &UUID;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Refusal::expected("a UUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301", token);
        match token {
            Token::Null => Ok(Uuid(None)),
            Token::Text(text) => match trim(text) {
                "" => Ok(Uuid(None)),
                text => parse_uuid(text).map(|bits| Uuid(Some(bits))).ok_or_else(refuse),
            },
            Token::Bool(_) | Token::Integer(_) | Token::Float(_) | Token::Array(_) | Token::Object(_) => Err(refuse()),
        }
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.text(&hyphenated(self.0.unwrap_or_default()));
        Ok(())
    }
}

fn parse_uuid(text: &str) -> Option<u128> {
    if text.len() == 24 {
        return decode(text)?.try_into().ok().map(u128::from_be_bytes);
    }
    let is_hyphen = |place: usize| matches!(place, 8 | 13 | 18 | 23);
    let is_uuid = text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match is_hyphen(place) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        });
    if is_uuid { u128::from_str_radix(&text.replace('-', ""), 16).ok() } else { None }
}

fn hyphenated(bits: u128) -> String {
    let digits = format!("{bits:032x}");
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

/// `java.time.Month`: an enum like any other, `Enumeration<Month>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Month;

/// The names of `java.time.Month`.
pub static MONTH: Domain = Domain::names(
    Str::Borrowed("Month"),
    Words::Static(&[
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ]),
);

impl Names for Month {
    const DOMAIN: &'static Domain = &MONTH;
}
