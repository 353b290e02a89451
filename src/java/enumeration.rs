//! Java enums, which Jackson writes and reads by name.

use std::borrow::Cow;
use std::marker::PhantomData;

use proptest::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::leaf::{self, Leaf, Refusal, Token};

/// A Java enum.
pub trait Names: Clone + std::fmt::Debug + Default + PartialEq + 'static {
    /// The enum's own name, for messages.
    const NAME: &'static str;
    /// The names of its constants, in the order of their declaration.
    const NAMES: &'static [&'static str];
}

/// A constant of an enum by its exact name, or null.
///
/// An integer, as number or as text, is the constant at that place: `FAIL_ON_NUMBERS_FOR_ENUMS` is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enumeration<E>(Option<&'static str>, PhantomData<E>);

impl<E: Names> Enumeration<E> {
    /// Null.
    pub const NULL: Self = Self(None, PhantomData);

    /// The constant at a place; null where there is none.
    pub fn at(place: Option<usize>) -> Self {
        Self(place.and_then(|place| E::NAMES.get(place).copied()), PhantomData)
    }

    /// The constant of a name; null where there is none.
    pub fn named(name: &str) -> Self {
        Self::at(E::NAMES.iter().position(|other| *other == name))
    }

    /// The name; none for null.
    pub fn name(&self) -> Option<&'static str> {
        self.0
    }
}

impl<E: Names> Default for Enumeration<E> {
    fn default() -> Self {
        Self::NULL
    }
}

impl<E: Names> Leaf for Enumeration<E> {
    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let found = match token {
            Token::Null => return Ok(Self::NULL),
            Token::Text(text) => {
                let text = text.trim_matches(|character| character <= ' ');
                let place = || text.parse().ok().filter(|_| text.starts_with(|first: char| first.is_ascii_digit()));
                E::NAMES.iter().position(|name| *name == text).or_else(place)
            }
            Token::Integer(digits) => digits.parse().ok(),
            Token::Bool(_) | Token::Float(_) | Token::Array(_) | Token::Object(_) => None,
        };
        let constant = Self::at(found);
        if constant.0.is_none() {
            let (names, found) = (E::NAMES.join(", "), token.describe());
            return Err(Refusal::Jackson(format!("expected a name of {} ({names}), found {found}", E::NAME)));
        }
        Ok(constant)
    }
}

impl<E> Serialize for Enumeration<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, E: Names> Deserialize<'de> for Enumeration<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl<E: Names> JsonSchema for Enumeration<E> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        E::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<Option<&str>> = E::NAMES.iter().copied().map(Some).chain([None]).collect();
        json_schema!({ "enum": names })
    }
}

impl<E: Names> Arbitrary for Enumeration<E> {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        proptest::option::weighted(0.8, 0..E::NAMES.len()).prop_map(Self::at).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    struct Colour;

    impl Names for Colour {
        const NAME: &'static str = "Colour";
        const NAMES: &'static [&'static str] = &["RED", "DARK_RED"];
    }

    fn read(token: Token<'_>) -> Result<Option<&'static str>, Refusal> {
        Enumeration::<Colour>::read(&token).map(|constant| constant.name())
    }

    #[test]
    fn names_are_exact_and_numbers_are_places() {
        assert_eq!(read(Token::Text("DARK_RED".into())), Ok(Some("DARK_RED")));
        assert_eq!(read(Token::Text(" RED\n".into())), Ok(Some("RED")));
        assert_eq!(read(Token::Integer("1".into())), Ok(Some("DARK_RED")));
        assert_eq!(read(Token::Text("0".into())), Ok(Some("RED")));
        assert_eq!(read(Token::Null), Ok(None));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let text = |text: &'static str| Token::Text(text.into());
        for token in [text("Red"), text("Dark Red"), text(""), text(" "), text("2"), text("+1"), Token::Bool(true)] {
            assert!(read(token.clone()).is_err(), "{token:?}");
        }
        for token in [Token::Integer("2".into()), Token::Integer("-1".into()), Token::Float("1.0".into())] {
            assert!(read(token.clone()).is_err(), "{token:?}");
        }
        let message = read(text("Red")).unwrap_err().to_string();
        assert_eq!(message, "expected a name of Colour (RED, DARK_RED), found text \"Red\"");
    }
}
