//! What a type at the end of a path must say of itself; every leaf type implements it, those of other crates too.

use std::fmt::Debug;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

pub use super::token::{Refusal, Token};
use super::writer::{WriteError, Writer};
use crate::model::domain::Domain;
use crate::model::leaf_type::LeafType;

/// A Java type that stands at the end of a path: a text, a number, a date.
///
/// A new one is a newtype over a Rust value, nullable as in Java, with one named `static` [`LeafType`]; with that it can
/// be a field of a definition.
pub trait Leaf: Clone + Debug + Default + PartialEq + Send + Sync + 'static {
    /// The facts of the type.
    const TYPE: &'static LeafType;

    /// The pattern of its `@JsonFormat`, for a type that has one.
    const PATTERN: Option<&'static str> = None;

    /// The constants of an enum.
    const DOMAIN: Option<&'static Domain> = None;

    /// Reads it as the Java type's Jackson deserializer does, coercions included.
    ///
    /// # Errors
    ///
    /// What Jackson refuses, and what dtogate refuses on top of it.
    fn read(token: &Token<'_>) -> Result<Self, Refusal>;

    /// Whether it takes a value, if that is known without reading it: who only asks needs no copy of the value.
    fn surely_takes(_token: &Token<'_>) -> bool {
        false
    }

    /// Reads another spelling of the same Java type, for a lenient reading: what did the producer mean?
    fn read_otherwise(_token: &Token<'_>) -> Option<Self> {
        None
    }

    /// Whether it is null.
    fn is_null(&self) -> bool;

    /// Writes it as the Java type's Jackson serializer does; never asked of a null.
    ///
    /// # Errors
    ///
    /// What the configuration cannot write.
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError>;
}

/// Reads a leaf from any deserializer: a definition that derives serde's traits can be read without a configuration.
pub(crate) fn deserialize<'de, T: Leaf, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(&Token::deserialize(deserializer)?).map_err(de::Error::custom)
}

impl<'de> Deserialize<'de> for Token<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TokenVisitor)
    }
}

struct TokenVisitor;

impl<'de> Visitor<'de> for TokenVisitor {
    type Value = Token<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Token::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Token::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Token::integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Token::integer(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Token::Float(value.to_string().into()))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Token::text(value))
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Token::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut tokens = Vec::new();
        while let Some(token) = items.next_element()? {
            tokens.push(token);
        }
        Ok(Token::Array(tokens))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Token<'de>, Token<'de>>()? {
            let Token::Text(key) = key else { return Err(de::Error::custom("expected a key")) };
            members.push((key, value));
        }
        Ok(Token::Object(members))
    }
}
