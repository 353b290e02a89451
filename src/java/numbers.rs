//! Numbers of Java beside `long`: `int`, `double` and `boolean`, which cannot be null, `Double`, and `BigDecimal`.

use std::fmt;

use proptest::prelude::*;
use schemars::json_schema;

use super::boxed::{integers, is_null, read_int};
use super::leaf::{Leaf, Refusal, Token};
use super::token::{ascii_digits, trim};
use super::types::Flag;
use super::writer::{WriteError, Writer};
use crate::model::leaf_type::LeafType;

/// The primitive `int`.
pub static INT: LeafType = LeafType {
    name: "int",
    java: "int",
    nullable: false,
    initial: "0",
    date: None,
    schema: |_, _| json_schema!({ "type": "integer", "minimum": i32::MIN, "maximum": i32::MAX }),
    values: |_| integers(),
};

/// The primitive `int`: missing, null, `""` and text of white space are 0, fractions are cut, text is parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Int(pub i32);

impl Leaf for Int {
    const TYPE: &'static LeafType = &INT;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        if is_null(token) { Ok(Int(0)) } else { read_int(token).map(Int) }
    }

    fn is_null(&self) -> bool {
        false
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.number(self.0);
        Ok(())
    }
}

/// The primitive `boolean`.
pub static BOOLEAN: LeafType = LeafType {
    name: "boolean",
    java: "boolean",
    nullable: false,
    initial: "false",
    date: None,
    schema: |_, _| json_schema!({ "type": "boolean" }),
    values: |_| any::<bool>().prop_map(Token::Bool).boxed(),
};

/// The primitive `boolean`: as [`Flag`], but null is false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bool(pub bool);

impl Leaf for Bool {
    const TYPE: &'static LeafType = &BOOLEAN;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        Flag::read(token).map(|Flag(value)| Bool(value.unwrap_or_default()))
    }

    fn is_null(&self) -> bool {
        false
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.bool(self.0);
        Ok(())
    }
}

/// The primitive `double`.
pub static DOUBLE: LeafType = LeafType {
    name: "double",
    java: "double",
    nullable: false,
    initial: "0.0",
    date: None,
    schema: |_, _| json_schema!({ "type": "number" }),
    values: |_| doubles(),
};

/// Finite numbers, mostly of the size of prices.
fn doubles() -> BoxedStrategy<Token<'static>> {
    let prices = (-1_000_000..1_000_000_i32).prop_map(|cents| f64::from(cents) / 100.0);
    prop_oneof![4 => prices, 1 => proptest::num::f64::NORMAL | proptest::num::f64::ZERO]
        .prop_map(|value| Token::Float(java_double(value).into()))
        .boxed()
}

/// The primitive `double`: missing, null, `""` and text of white space are 0, text is parsed.
///
/// Written as `Double.toString` of Java 19 and later does, with as few digits as tell it from its neighbours. Earlier
/// versions write a digit too many for some numbers (JDK-4511638).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Double(pub f64);

impl Leaf for Double {
    const TYPE: &'static LeafType = &DOUBLE;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        DoubleObject::read(token).map(|DoubleObject(value)| Double(value.unwrap_or_default()))
    }

    fn is_null(&self) -> bool {
        false
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        write_double(self.0, writer);
        Ok(())
    }
}

/// `java.lang.Double`.
pub static DOUBLE_OBJECT: LeafType = LeafType {
    name: "Double",
    java: "java.lang.Double",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["number", "null"] }),
    values: |_| prop_oneof![1 => Just(Token::Null), 4 => doubles()].boxed(),
};

/// `java.lang.Double`: as the primitive, but null stays null.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DoubleObject(pub Option<f64>);

impl Leaf for DoubleObject {
    const TYPE: &'static LeafType = &DOUBLE_OBJECT;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Refusal::expected("a number", token);
        let value = match token {
            _ if is_null(token) => return Ok(DoubleObject(None)),
            // An integer has no negative zero.
            Token::Integer(digits) if digits == "-0" => 0.0,
            Token::Integer(digits) | Token::Float(digits) => digits.parse().map_err(|_| refuse())?,
            Token::Text(text) => parse_double(trim(text)).ok_or_else(refuse)?,
            Token::Null | Token::Bool(_) | Token::Array(_) | Token::Object(_) => return Err(refuse()),
        };
        Ok(DoubleObject(Some(value)))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        write_double(self.0.unwrap_or_default(), writer);
        Ok(())
    }
}

/// `Double.parseDouble`, and the names that Jackson takes. Hexadecimal texts are not read.
fn parse_double(text: &str) -> Option<f64> {
    match text {
        "INF" | "Infinity" | "+INF" | "+Infinity" => return Some(f64::INFINITY),
        "-INF" | "-Infinity" => return Some(f64::NEG_INFINITY),
        "NaN" => return Some(f64::NAN),
        _ => {}
    }
    // Java takes the suffix of a literal.
    let digits = text.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(text);
    let is_digits = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    digits.bytes().all(is_digits).then(|| digits.parse().ok()).flatten()
}

/// What is no number is quoted: `QUOTE_NON_NUMERIC_NUMBERS` is on.
fn write_double(value: f64, writer: &mut Writer<'_>) {
    let text = java_double(value);
    if value.is_finite() { writer.number(text) } else { writer.text(&text) }
}

/// `Double.toString`: a point with a digit on both sides, and an exponent outside of 10^-3 to 10^7.
fn java_double(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = value.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{value:?}");
    }
    let scientific = format!("{value:e}");
    match scientific.split_once('e') {
        Some((digits, exponent)) if digits.contains('.') => format!("{digits}E{exponent}"),
        Some((digits, exponent)) => format!("{digits}.0E{exponent}"),
        None => scientific,
    }
}

/// `java.math.BigDecimal`.
pub static BIG_DECIMAL: LeafType = LeafType {
    name: "BigDecimal",
    java: "java.math.BigDecimal",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["number", "null"] }),
    values: |_| {
        let decimal = (any::<i64>(), 0..12_i64).prop_map(|(unscaled, scale)| {
            let digits = unscaled.unsigned_abs().to_string();
            Decimal { is_negative: unscaled < 0, digits, scale }
        });
        let token = |decimal: Decimal| {
            let text = decimal.to_string();
            if decimal.scale == 0 { Token::Integer(text.into()) } else { Token::Float(text.into()) }
        };
        prop_oneof![1 => Just(Token::Null), 4 => decimal.prop_map(token)].boxed()
    },
};

/// `java.math.BigDecimal`: `1.50` stays `1.50`. Written by `toString`, which has an exponent for the very small and
/// where the payload had one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BigDecimal(pub Option<Decimal>);

/// A decimal number as Java keeps it: digits, and how many of them are after the point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    is_negative: bool,
    digits: String,
    scale: i64,
}

impl Decimal {
    /// `new BigDecimal(text)`; none where Java refuses the text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = &*ascii_digits(text);
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (number, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let scale = i64::try_from(fraction.len()).ok()? - i64::from(exponent);
        i32::try_from(scale).ok()?;
        let digits = match digits.trim_start_matches('0') {
            "" => "0".to_owned(),
            digits => digits.to_owned(),
        };
        // There is one zero.
        Some(Decimal { is_negative: is_negative && digits != "0", digits, scale })
    }
}

/// `BigDecimal.toString`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Decimal { is_negative, digits, scale } = self;
        f.write_str(if *is_negative { "-" } else { "" })?;
        let count = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        let exponent = count - 1 - scale;
        if *scale == 0 {
            return f.write_str(digits);
        }
        if *scale > 0 && exponent >= -6 {
            let behind = usize::try_from(*scale).unwrap_or_default();
            let digits = format!("{digits:0>width$}", width = behind + 1);
            let (whole, fraction) = digits.split_at(digits.len() - behind);
            return write!(f, "{whole}.{fraction}");
        }
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        write!(f, "{first}{point}{rest}")?;
        if exponent == 0 { Ok(()) } else { write!(f, "E{exponent:+}") }
    }
}

impl Leaf for BigDecimal {
    const TYPE: &'static LeafType = &BIG_DECIMAL;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Refusal::expected("a decimal number", token);
        let text = match token {
            _ if is_null(token) => return Ok(BigDecimal(None)),
            Token::Integer(digits) | Token::Float(digits) => digits,
            Token::Text(text) => trim(text),
            Token::Null | Token::Bool(_) | Token::Array(_) | Token::Object(_) => return Err(refuse()),
        };
        Decimal::parse(text).map(|decimal| BigDecimal(Some(decimal))).ok_or_else(refuse)
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        if let Some(decimal) = &self.0 {
            writer.number(decimal);
        }
        Ok(())
    }
}
