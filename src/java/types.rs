//! The Java types of fields, with the coercions of Jackson's deserializers (2.13): text, `long`, `Boolean`, lists.

use proptest::prelude::*;
use schemars::json_schema;
use serde::{Deserialize, Serialize};

use super::leaf::{Leaf, Refusal, Token};
use super::reader::{ReadError, Reader};
use super::token::ascii_digits;
use super::writer::{WriteError, Writer};
use crate::document::{Kind, NodeId};
use crate::model::class::{Type, TypeRef};
use crate::model::field::{Field, Typed};
use crate::model::leaf_type::LeafType;

/// `java.lang.String`.
pub static TEXT: LeafType = LeafType {
    name: "String",
    java: "java.lang.String",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["string", "null"] }),
    values: |_| prop_oneof![1 => Just(Token::Null), 11 => texts()].boxed(),
};

/// Texts: plain ones, empty ones, and what an escape, a scanner or a text replacement trips over.
pub(super) fn texts() -> BoxedStrategy<Token<'static>> {
    prop_oneof![
        1 => Just(String::new()),
        6 => "[A-Za-z0-9@. _-]{1,24}",
        3 => "[\\x00-\\x1f\"\\\\/é李\\u{2028}\\u{feff}😀a]{1,12}",
        1 => Just("\"orderLines\":".to_owned()),
    ]
    .prop_map(Token::text)
    .boxed()
}

/// `java.lang.String`: a number or a boolean is taken in its own spelling, null stays null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(pub Option<String>);

impl Leaf for Text {
    const TYPE: &'static LeafType = &TEXT;

    fn surely_takes(token: &Token<'_>) -> bool {
        !matches!(token, Token::Array(_) | Token::Object(_))
    }

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

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.text(self.0.as_deref().unwrap_or_default());
        Ok(())
    }
}

/// The primitive `long`.
pub static LONG: LeafType = LeafType {
    name: "long",
    java: "long",
    nullable: false,
    initial: "0",
    date: None,
    schema: |_, _| json_schema!({ "type": "integer", "format": "int64" }),
    values: |_| longs(),
};

/// Whole numbers: 2^53 + 1 is the first that a double, and so a browser, cannot hold.
pub(super) fn longs() -> BoxedStrategy<Token<'static>> {
    prop_oneof![4 => 0..5_000_i64, 2 => any::<i64>(), 1 => Just(i64::MIN), 1 => Just(i64::MAX), 1 => Just((1 << 53) + 1)]
        .prop_map(Token::integer)
        .boxed()
}

/// The primitive `long`: missing, null, `""` and text of white space are 0, fractions are cut, text is parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Long(pub i64);

impl Leaf for Long {
    const TYPE: &'static LeafType = &LONG;

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
                ascii_digits(text).parse().map(Long).map_err(|_| out_of_range())
            }
            Token::Bool(_) | Token::Array(_) | Token::Object(_) => Err(out_of_range()),
        }
    }

    fn is_null(&self) -> bool {
        false
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.number(self.0);
        Ok(())
    }
}

/// `java.lang.Boolean`.
pub static BOOLEAN_OBJECT: LeafType = LeafType {
    name: "Boolean",
    java: "java.lang.Boolean",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["boolean", "null"] }),
    values: |_| any::<Option<bool>>().prop_map(|value| value.map_or(Token::Null, Token::Bool)).boxed(),
};

/// `java.lang.Boolean`: an integer is true unless it is 0, the words are taken as text in three cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Flag(pub Option<bool>);

impl Leaf for Flag {
    const TYPE: &'static LeafType = &BOOLEAN_OBJECT;

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

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        writer.bool(self.0.unwrap_or_default());
        Ok(())
    }
}

/// `java.util.List` of a type: the list and each of its items may be null, as in Java.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct List<T>(pub Option<Vec<Option<T>>>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(None)
    }
}

impl<T: Typed> Typed for List<T> {
    const TYPE: Type = Type::List(TypeRef::Static(T::REF));
}

impl<T: Typed> Field for List<T> {
    fn read_field(&mut self, reader: &mut Reader<'_, '_>, node: NodeId) -> Result<(), ReadError> {
        let document = reader.document();
        match document.kind(node) {
            Kind::Null => self.0 = None,
            Kind::Array => {
                // A page may have hundreds of thousands of rows: no room for more, and none is moved.
                let mut list: Vec<Option<T>> = Vec::with_capacity(document.items(node).count());
                for item in document.items(node) {
                    if document.kind(item) == Kind::Null {
                        list.push(None);
                        continue;
                    }
                    list.push(Some(T::default()));
                    if let Some(Some(value)) = list.last_mut() {
                        value.read_field(reader, item)?;
                    }
                }
                self.0 = Some(list);
            }
            _ => reader.expected("a list", node)?,
        }
        Ok(())
    }

    fn write_field(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(items) = &self.0 else {
            writer.null();
            return Ok(());
        };
        let mut list = writer.list();
        for item in items {
            write_nullable(item.as_ref(), list.item())?;
        }
        list.end();
        Ok(())
    }

    fn is_null_field(&self) -> bool {
        self.0.is_none()
    }
}

/// Reads a value of a list or a map.
pub(super) fn read_nullable<T: Typed>(reader: &mut Reader<'_, '_>, node: NodeId) -> Result<Option<T>, ReadError> {
    if reader.document().kind(node) == Kind::Null {
        return Ok(None);
    }
    let mut value = T::default();
    value.read_field(reader, node)?;
    Ok(Some(value))
}

/// Writes a value of a list or a map.
pub(super) fn write_nullable<T: Typed>(value: Option<&T>, writer: &mut Writer<'_>) -> Result<(), WriteError> {
    match value {
        Some(value) => value.write_field(writer),
        None => {
            writer.null();
            Ok(())
        }
    }
}

/// serde reads a leaf by its own reading, so that a definition that derives `Deserialize` reads as Jackson does.
macro_rules! deserialize_as_leaf {
    ([$($generics:tt)*] $ty:ty) => {
        impl<'de, $($generics)*> serde::Deserialize<'de> for $ty {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::java::leaf::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use deserialize_as_leaf;

deserialize_as_leaf!([] Text);
deserialize_as_leaf!([] Long);
deserialize_as_leaf!([] Flag);

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
