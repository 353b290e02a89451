//! Java types that may be null: `java.lang.Long`, `java.lang.Integer`, and the `String` of a list.

use std::borrow::Cow;

use proptest::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer};

use super::leaf::{self, Leaf, Refusal, Token};
use super::types::{Long, Text};

/// `java.lang.Long`: as the primitive, but null, `""`, blank text and `"null"` are null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct LongObject(pub Option<i64>);

/// Whether a value is null for a number that may be null.
fn is_null(token: &Token<'_>) -> bool {
    match token {
        Token::Null => true,
        Token::Text(text) => matches!(text.trim_matches(|character| character <= ' '), "" | "null"),
        _ => false,
    }
}

impl Leaf for LongObject {
    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        if is_null(token) {
            return Ok(LongObject(None));
        }
        Long::read(token).map(|Long(value)| LongObject(Some(value)))
    }
}

impl<'de> Deserialize<'de> for LongObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl Arbitrary for LongObject {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        proptest::option::weighted(0.8, any::<Long>()).prop_map(|value| LongObject(value.map(|Long(it)| it))).boxed()
    }
}

/// `java.lang.Integer`: as [`LongObject`], in 32 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IntegerObject(pub Option<i32>);

impl Leaf for IntegerObject {
    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Refusal::Jackson(format!("expected a 32-bit integer, found {}", token.describe()));
        let LongObject(value) = LongObject::read(token).map_err(|_| refuse())?;
        value.map(i32::try_from).transpose().map(IntegerObject).map_err(|_| refuse())
    }
}

impl<'de> Deserialize<'de> for IntegerObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl JsonSchema for IntegerObject {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Integer".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "null"], "minimum": i32::MIN, "maximum": i32::MAX })
    }
}

impl Arbitrary for IntegerObject {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let value = prop_oneof![4 => 0..5_000_i32, 2 => any::<i32>(), 1 => Just(i32::MIN), 1 => Just(i32::MAX)];
        proptest::option::weighted(0.8, value).prop_map(IntegerObject).boxed()
    }
}

/// The `java.lang.String` of a list: a [`Text`] whose null is the list's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Word(pub String);

impl Leaf for Word {
    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        Text::read(token).map(|Text(text)| Word(text.unwrap_or_default()))
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl Arbitrary for Word {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        any::<Text>().prop_map(|Text(text)| Word(text.unwrap_or_default())).boxed()
    }
}

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
