//! The Java types of fields, with the coercions of Jackson's deserializers (2.13).

use std::fmt;
use std::marker::PhantomData;

use proptest::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;

use super::leaf::{self, Leaf, Refusal, Token};

/// `java.lang.String`: a number or a boolean is taken in its own spelling, null stays null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Text(pub Option<String>);

impl Leaf for Text {
    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        match token {
            Token::Null => Ok(Text(None)),
            Token::Bool(value) => Ok(Text(Some(value.to_string()))),
            Token::Integer(text) | Token::Float(text) | Token::Text(text) => Ok(Text(Some(text.clone().into_owned()))),
            Token::Array(_) | Token::Object(_) => {
                Err(Refusal::Jackson(format!("expected a text, found {}", token.describe())))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl Arbitrary for Text {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        prop_oneof![
            1 => Just(None),
            1 => Just(Some(String::new())),
            6 => "[A-Za-z0-9@. _-]{1,24}".prop_map(Some),
            3 => "[\\x00-\\x1f\"\\\\/é李\\u{2028}\\u{feff}😀a]{1,12}".prop_map(Some),
            1 => Just(Some("\"traineeInfo\":".to_owned())),
        ]
        .prop_map(Text)
        .boxed()
    }
}

/// The primitive `long`: missing, null, `""` and blank text are 0, fractions are cut, text is parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Long(pub i64);

impl Leaf for Long {
    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let out_of_range = || Refusal::Jackson(format!("expected a 64-bit integer, found {}", token.describe()));
        match token {
            Token::Null => Ok(Long(0)),
            Token::Integer(digits) => digits.parse().map(Long).map_err(|_| out_of_range()),
            Token::Float(digits) => match digits.parse::<f64>() {
                // Jackson checks a fraction against (double) Long.MAX_VALUE, which is 2^63, and casts: that becomes the
                // largest long, as with `as`.
                Ok(value) if (-9_223_372_036_854_775_808.0..=9_223_372_036_854_775_808.0).contains(&value) => {
                    Ok(Long(value as i64))
                }
                _ => Err(out_of_range()),
            },
            Token::Text(text) => {
                let text = text.trim_matches(|character| character <= ' ');
                if text.is_empty() || text == "null" {
                    return Ok(Long(0));
                }
                text.parse().map(Long).map_err(|_| out_of_range())
            }
            Token::Bool(_) | Token::Array(_) | Token::Object(_) => Err(out_of_range()),
        }
    }
}

impl<'de> Deserialize<'de> for Long {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl Arbitrary for Long {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        // 2^53 + 1 is the first integer that a double, and so a browser, cannot hold.
        prop_oneof![4 => 0..5_000_i64, 2 => any::<i64>(), 1 => Just(i64::MIN), 1 => Just(i64::MAX), 1 => Just((1 << 53) + 1)]
            .prop_map(Long)
            .boxed()
    }
}

/// `java.lang.Boolean`: an integer is true unless it is 0, the words are taken as text in three cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Flag(pub Option<bool>);

impl Leaf for Flag {
    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Err(Refusal::Jackson(format!("expected true or false, found {}", token.describe())));
        match token {
            Token::Null => Ok(Flag(None)),
            Token::Bool(value) => Ok(Flag(Some(*value))),
            Token::Integer(digits) => Ok(Flag(Some(digits.trim_start_matches('-') != "0"))),
            Token::Text(text) => match text.trim_matches(|character| character <= ' ') {
                "true" | "True" | "TRUE" => Ok(Flag(Some(true))),
                "false" | "False" | "FALSE" => Ok(Flag(Some(false))),
                "" | "null" => Ok(Flag(None)),
                _ => refuse(),
            },
            Token::Float(_) | Token::Array(_) | Token::Object(_) => refuse(),
        }
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl Arbitrary for Flag {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        any::<Option<bool>>().prop_map(Flag).boxed()
    }
}

/// `java.util.List` of a class: the list and each of its items may be null, as in Java.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct List<T>(pub Option<Vec<Option<T>>>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(None)
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("List<{}>", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<Option<T>>();
        json_schema!({ "type": ["array", "null"], "items": item })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<T> ListVisitor<T> {
    fn refuse<E: de::Error>(found: &Token<'_>) -> Result<List<T>, E> {
        let message = format!("expected a list, found {}", found.describe());
        leaf::tolerate(Refusal::Jackson(message))
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(List(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        // The hint of our own deserializer is exact, and of any other no more than a hint.
        let mut list = Vec::with_capacity(items.size_hint().unwrap_or(0).min(4_096));
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(List(Some(list)))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Self::refuse(&Token::Bool(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Self::refuse(&Token::Text(value.into()))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, number: D) -> Result<Self::Value, D::Error> {
        Self::refuse(&Token::Integer(<&'de str>::deserialize(number)?.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_entry::<de::IgnoredAny, de::IgnoredAny>()?.is_some() {}
        Self::refuse(&Token::Object(vec![]))
    }
}

impl<T: Arbitrary + Clone + 'static> Arbitrary for List<T> {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let item = prop_oneof![1 => Just(None), 9 => any::<T>().prop_map(Some)];
        prop_oneof![1 => Just(None), 6 => proptest::collection::vec(item, 0..4).prop_map(Some)].prop_map(List).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Leaf>(token: Token<'_>) -> Option<T> {
        T::read(&token).ok()
    }

    #[test]
    fn a_text_takes_any_scalar_in_its_own_spelling() {
        assert_eq!(read(Token::Float("1.50".into())), Some(Text(Some("1.50".to_owned()))));
        assert_eq!(read(Token::Bool(true)), Some(Text(Some("true".to_owned()))));
        assert_eq!(read(Token::Null), Some(Text(None)));
        assert_eq!(read::<Text>(Token::Object(vec![])), None);
        assert_eq!(read::<Text>(Token::Array(vec![])), None);
    }

    #[test]
    fn a_long_takes_null_fractions_and_text() {
        assert_eq!(read(Token::Null), Some(Long(0)));
        assert_eq!(read(Token::Float("-1.9".into())), Some(Long(-1)));
        assert_eq!(read(Token::Float("1e3".into())), Some(Long(1_000)));
        assert_eq!(read(Token::Text(" 12 ".into())), Some(Long(12)));
        assert_eq!(read(Token::Text("".into())), Some(Long(0)));
        assert_eq!(read(Token::Integer("-9223372036854775808".into())), Some(Long(i64::MIN)));
        for refused in ["9223372036854775808", "100000000000000000000"] {
            assert_eq!(read::<Long>(Token::Integer(refused.into())), None);
        }
        assert_eq!(read(Token::Float("9223372036854775808.0".into())), Some(Long(i64::MAX)));
        assert_eq!(read::<Long>(Token::Float("9223372036854777856.0".into())), None);
        assert_eq!(read::<Long>(Token::Text("1.5".into())), None);
        assert_eq!(read::<Long>(Token::Bool(true)), None);
    }

    #[test]
    fn a_flag_takes_integers_and_words() {
        assert_eq!(read(Token::Integer("2".into())), Some(Flag(Some(true))));
        assert_eq!(read(Token::Integer("0".into())), Some(Flag(Some(false))));
        assert_eq!(read(Token::Text("TRUE".into())), Some(Flag(Some(true))));
        assert_eq!(read(Token::Text("".into())), Some(Flag(None)));
        assert_eq!(read::<Flag>(Token::Text("yes".into())), None);
        assert_eq!(read::<Flag>(Token::Float("1.0".into())), None);
    }
}
