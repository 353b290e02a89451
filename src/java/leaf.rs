//! One value of a payload as Jackson's token stream shows it, and the types that are read from it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::document::NodeId;

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

impl Token<'_> {
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

/// Why a leaf type does not take a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Jackson refuses it too. Lower-case fragment: what was expected and what was found.
    Jackson(String),
    /// Jackson reads it, we do not; the reasons are listed in the crate documentation.
    Stricter(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Jackson(message) | Refusal::Stricter(message) => f.write_str(message),
        }
    }
}

/// A Java type that stands at the end of a path: a text, a number, a date.
pub trait Leaf: Default {
    /// Whether the type is a date or a date-time.
    const IS_DATE: bool = false;

    /// Reads it as the Java type's Jackson deserializer does, coercions included.
    ///
    /// # Errors
    ///
    /// What Jackson refuses, and what dtogate refuses on top of it.
    fn read(token: &Token<'_>) -> Result<Self, Refusal>;

    /// Reads another spelling of the same Java type, for a lenient reading: what did the producer mean?
    fn read_otherwise(_token: &Token<'_>) -> Option<Self> {
        None
    }
}

/// What a reading in progress on this thread notes: leaves say what they met.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Whether a refused value is noted and read as the type's default, instead of ending the reading.
    pub(super) lenient: bool,
    /// Values that were refused; not more than one unless lenient.
    pub(super) refused: Vec<(NodeId, Refusal)>,
    /// Values that were read as dates.
    pub(super) dates: Vec<NodeId>,
}

thread_local! {
    pub(super) static NOTES: RefCell<Option<Notes>> = const { RefCell::new(None) };
    /// The node at hand: our deserializer says where it stands. Apart from the notes, since every value moves it.
    pub(super) static AT: Cell<NodeId> = const { Cell::new(0) };
}

/// Reads a leaf from any deserializer; in a lenient reading a refused value becomes the default.
pub(crate) fn deserialize<'de, T: Leaf, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let token = Token::deserialize(deserializer)?;
    if T::IS_DATE {
        NOTES.with_borrow_mut(|notes| {
            if let Some(notes) = notes {
                notes.dates.push(AT.get());
            }
        });
    }
    match T::read(&token) {
        Ok(value) => Ok(value),
        Err(refusal) => {
            let default: T = tolerate(refusal)?;
            Ok(T::read_otherwise(&token).unwrap_or(default))
        }
    }
}

/// Notes a refused value: an error, or the default in a lenient reading.
pub(super) fn tolerate<T: Default, E: de::Error>(refusal: Refusal) -> Result<T, E> {
    let message = refusal.to_string();
    let tolerated = NOTES.with_borrow_mut(|notes| {
        notes.as_mut().is_some_and(|notes| {
            notes.refused.push((AT.get(), refusal));
            notes.lenient
        })
    });
    if tolerated { Ok(T::default()) } else { Err(E::custom(message)) }
}

impl<'de> Deserialize<'de> for Token<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TokenVisitor)
    }
}

struct TokenVisitor;

impl<'de> Visitor<'de> for TokenVisitor {
    type Value = Token<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Token::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Token::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Token::Integer(value.to_string().into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Token::Integer(value.to_string().into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Token::Float(value.to_string().into()))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Token::Text(value.to_owned().into()))
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Token::Text(value.into()))
    }

    // A number in its own spelling: only our own deserializer calls this.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, number: D) -> Result<Self::Value, D::Error> {
        let digits = <&'de str>::deserialize(number)?;
        Ok(if digits.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            Token::Float(digits.into())
        } else {
            Token::Integer(digits.into())
        })
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
