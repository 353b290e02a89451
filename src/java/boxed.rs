//! Java types that may be null: `java.lang.Long`, `java.lang.Integer`, and the `String` of a list.

use proptest::prelude::*;
use schemars::json_schema;
use serde::Serialize;

use super::leaf::{Leaf, Refusal, Token};
use super::token::{ascii_digits, trim};
use super::types::{Long, Text, deserialize_as_leaf, longs, texts};
use super::writer::{WriteError, Writer};
use crate::model::leaf_type::LeafType;

/// `java.lang.Long`.
pub static LONG_OBJECT: LeafType = LeafType {
    name: "Long",
    java: "java.lang.Long",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["integer", "null"], "format": "int64" }),
    values: |_| prop_oneof![1 => Just(Token::Null), 4 => longs()].boxed(),
};

/// `java.lang.Long`: as the primitive, but null, `""`, text of white space and `"null"` are null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LongObject(pub Option<i64>);

/// Whether a value is null for a number that may be null.
pub(super) fn is_null(token: &Token<'_>) -> bool {
    match token {
        Token::Null => true,
        Token::Text(text) => matches!(trim(text), "" | "null"),
        _ => false,
    }
}

impl Leaf for LongObject {
    const TYPE: &'static LeafType = &LONG_OBJECT;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        if is_null(token) {
            return Ok(LongObject(None));
        }
        Long::read(token).map(|Long(value)| LongObject(Some(value)))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.number(self.0.unwrap_or_default());
        Ok(())
    }
}

/// `java.lang.Integer`.
pub static INTEGER_OBJECT: LeafType = LeafType {
    name: "Integer",
    java: "java.lang.Integer",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["integer", "null"], "minimum": i32::MIN, "maximum": i32::MAX }),
    values: |_| prop_oneof![1 => Just(Token::Null), 4 => integers()].boxed(),
};

/// Whole numbers of 32 bits.
pub(super) fn integers() -> BoxedStrategy<Token<'static>> {
    prop_oneof![4 => 0..5_000_i32, 2 => any::<i32>(), 1 => Just(i32::MIN), 1 => Just(i32::MAX)]
        .prop_map(Token::integer)
        .boxed()
}

/// An `int` that is not null: a fraction is checked as a double, and cut; text is parsed.
pub(super) fn read_int(token: &Token<'_>) -> Result<i32, Refusal> {
    let refuse = || Refusal::expected("a 32-bit integer", token);
    match token {
        Token::Integer(digits) => digits.parse().map_err(|_| refuse()),
        Token::Float(digits) => match digits.parse::<f64>() {
            Ok(value) if (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value) => Ok(value as i32),
            _ => Err(refuse()),
        },
        Token::Text(text) => ascii_digits(trim(text)).parse().map_err(|_| refuse()),
        Token::Null | Token::Bool(_) | Token::Array(_) | Token::Object(_) => Err(refuse()),
    }
}

/// `java.lang.Integer`: as [`LongObject`], in 32 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IntegerObject(pub Option<i32>);

impl Leaf for IntegerObject {
    const TYPE: &'static LeafType = &INTEGER_OBJECT;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        if is_null(token) {
            return Ok(IntegerObject(None));
        }
        read_int(token).map(|value| IntegerObject(Some(value)))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.number(self.0.unwrap_or_default());
        Ok(())
    }
}

/// The `java.lang.String` of a list.
pub static WORD: LeafType = LeafType {
    name: "String of a list",
    java: "java.lang.String",
    nullable: false,
    initial: "\"\"",
    date: None,
    schema: |_, _| json_schema!({ "type": "string" }),
    values: |_| texts(),
};

/// The `java.lang.String` of a list: a [`Text`] whose null is the list's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Word(pub String);

impl Leaf for Word {
    const TYPE: &'static LeafType = &WORD;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        Text::read(token).map(|Text(text)| Word(text.unwrap_or_default()))
    }

    fn is_null(&self) -> bool {
        false
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.text(&self.0);
        Ok(())
    }
}

deserialize_as_leaf!([] LongObject);
deserialize_as_leaf!([] IntegerObject);
deserialize_as_leaf!([] Word);

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Leaf>(token: Token<'_>) -> Option<T> {
        T::read(&token).ok()
    }

    #[test]
    fn numbers_that_may_be_null_are() {
        for null in [Token::Null, Token::Text("".into()), Token::Text(" \t".into()), Token::Text("null".into())] {
            assert_eq!(read(null.clone()), Some(LongObject(None)));
            assert_eq!(read(null), Some(IntegerObject(None)));
        }
        assert_eq!(read(Token::Text(" 12 ".into())), Some(LongObject(Some(12))));
        assert_eq!(read(Token::Float("-1.9".into())), Some(IntegerObject(Some(-1))));
    }

    #[test]
    fn an_integer_has_32_bits() {
        assert_eq!(read(Token::Integer("-2147483648".into())), Some(IntegerObject(Some(i32::MIN))));
        for refused in ["2147483648", "9223372036854775808"] {
            assert_eq!(read::<IntegerObject>(Token::Integer(refused.into())), None);
            assert_eq!(read::<IntegerObject>(Token::Text(refused.into())), None);
        }
        assert_eq!(read::<IntegerObject>(Token::Bool(true)), None);
        assert_eq!(read::<LongObject>(Token::Array(vec![])), None);
    }

    #[test]
    fn a_text_of_a_list_takes_scalars() {
        assert_eq!(read(Token::Integer("007".into())), Some(Word("007".to_owned())));
        assert_eq!(read::<Word>(Token::Array(vec![])), None);
    }
}
