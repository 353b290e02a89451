//! Java enums, which Jackson writes and reads by name.

use std::marker::PhantomData;

use proptest::prelude::*;
use schemars::json_schema;
use serde::ser::{Serialize, Serializer};

use super::leaf::{Leaf, Refusal, Token};
use super::token::ascii_digits;
use super::types::deserialize_as_leaf;
use super::writer::{WriteError, Writer};
use crate::model::domain::Domain;
use crate::model::leaf_type::LeafType;

/// A Java enum.
pub trait Names: Clone + std::fmt::Debug + Default + PartialEq + Send + Sync + 'static {
    /// Its own name, and those of its constants in the order of their declaration: [`Domain::names`].
    const DOMAIN: &'static Domain;
}

/// A Java enum; which one, its domain says.
pub static ENUM: LeafType = LeafType {
    name: "enum",
    java: "java.lang.Enum",
    nullable: true,
    initial: "null",
    date: None,
    schema: |format, _| {
        let names: Vec<Option<&str>> =
            format.domain.iter().flat_map(|domain| domain.words.iter()).map(Some).chain([None]).collect();
        json_schema!({ "enum": names })
    },
    values: |format| {
        let mut names: Vec<Token<'static>> =
            format.domain.iter().flat_map(|domain| domain.words.iter()).map(Token::text).collect();
        if names.is_empty() {
            names.push(Token::Null);
        }
        prop_oneof![1 => Just(Token::Null), 4 => proptest::sample::select(names)].boxed()
    },
};

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
        Self(place.and_then(|place| E::DOMAIN.words.get(place)), PhantomData)
    }

    /// The constant of a name; null where there is none.
    pub fn named(name: &str) -> Self {
        Self::at(E::DOMAIN.words.iter().position(|other| other == name))
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
    const TYPE: &'static LeafType = &ENUM;
    const DOMAIN: Option<&'static Domain> = Some(E::DOMAIN);

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let found = match token {
            Token::Null => return Ok(Self::NULL),
            Token::Text(text) => {
                let text = text.trim_matches(|character| character <= ' ');
                let place = || {
                    ascii_digits(text).parse().ok().filter(|_| text.starts_with(|first: char| first.is_ascii_digit()))
                };
                E::DOMAIN.words.iter().position(|name| name == text).or_else(place)
            }
            // `-0` is the first, too.
            Token::Integer(digits) => digits.parse::<i64>().ok().and_then(|place| usize::try_from(place).ok()),
            Token::Bool(_) | Token::Float(_) | Token::Array(_) | Token::Object(_) => None,
        };
        let constant = Self::at(found);
        if constant.0.is_none() {
            let (names, found) = (E::DOMAIN.words.join(", "), token.describe());
            return Err(Refusal::Jackson(format!("expected a name of {} ({names}), found {found}", E::DOMAIN.name)));
        }
        Ok(constant)
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.text(self.0.unwrap_or_default());
        Ok(())
    }
}

impl<E> Serialize for Enumeration<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

deserialize_as_leaf!([E: Names] Enumeration<E>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::domain::{Str, Words};

    static COLOUR: Domain = Domain::names(Str::Borrowed("Colour"), Words::Static(&["RED", "DARK_RED"]));

    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    struct Colour;

    impl Names for Colour {
        const DOMAIN: &'static Domain = &COLOUR;
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
