//! A payload into a definition, as Jackson's bean deserializer does it.
//!
//! Keys that the class does not have are dropped or refused, aliases are read as their key, and of several keys
//! that mean one field the last wins. Jackson also reads the earlier ones; here only the last is looked at.

use serde::de::value::{CowStrDeserializer, U64Deserializer};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::class::{Class, Dto};
use super::config::{MapperConfig, Naming, Unknown};
use super::leaf::{AT, NOTES, Notes, Refusal, Token, tolerate};
use super::naming::snake_case;
use crate::document::{Document, Kind, NodeId};

/// Why a payload cannot be read into a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Whether Jackson refuses it too, and the message.
    pub refusal: Refusal,
    /// The value, or the key of the member, that was refused.
    pub node: NodeId,
}

/// What a lenient reading understood.
#[derive(Debug)]
pub struct Understood<T> {
    /// The value; what was refused is null, 0 or empty in it, or what the producer most likely meant.
    pub value: T,
    /// The values that were read as dates.
    pub dates: Vec<NodeId>,
    /// The values that were refused.
    pub refused: Vec<(NodeId, Refusal)>,
}

/// Reads a payload into a definition as a service with this mapper does.
///
/// # Errors
///
/// The first value that is refused.
pub fn read<T: Dto>(config: &MapperConfig, document: &Document<'_>) -> Result<T, ReadError> {
    let (value, notes, at) = run::<T>(config, config.unknown, document, false);
    value.map_err(|error| {
        let (node, refusal) =
            notes.refused.into_iter().next_back().unwrap_or_else(|| (at, Refusal::Jackson(error.to_string())));
        ReadError { refusal, node }
    })
}

/// Reads as much as can be understood: what did the producer mean?
pub fn understand<T: Dto>(config: &MapperConfig, document: &Document<'_>) -> Understood<T> {
    let (value, notes, _) = run::<T>(config, Unknown::Ignore, document, true);
    Understood { value: value.unwrap_or_default(), dates: notes.dates, refused: notes.refused }
}

fn run<T: Dto>(
    config: &MapperConfig,
    unknown: Unknown,
    document: &Document<'_>,
    lenient: bool,
) -> (Result<T, de::value::Error>, Notes, NodeId) {
    let reading = Reading { document, naming: config.naming, unknown, lenient };
    let outer = (NOTES.replace(Some(Notes { lenient, ..Notes::default() })), AT.replace(0));
    let value = T::deserialize(NodeDeserializer { reading: &reading, class: &T::CLASS, node: 0 });
    let notes = NOTES.replace(outer.0).unwrap_or_default();
    (value, notes, AT.replace(outer.1))
}

struct Reading<'d, 't> {
    document: &'d Document<'t>,
    naming: Naming,
    unknown: Unknown,
    lenient: bool,
}

impl<'t> Reading<'_, 't> {
    /// The field that a key means, if the class has one.
    fn field(&self, class: &Class, fields: &'static [&'static str], key: NodeId, hint: usize) -> Option<usize> {
        let name: &str = &self.document.content(key);
        let is = |field: &str| match self.naming {
            Naming::Field => field == name,
            Naming::Snake => snake_case(field) == name,
        };
        // Producers write fields in the order of the class, so the next field is nearly always the right one.
        if fields.get(hint).is_some_and(|field| is(field)) {
            return Some(hint);
        }
        fields.iter().position(|field| is(field)).or_else(|| {
            let (_, key) = class.aliases.iter().find(|(alias, _)| *alias == name)?;
            fields.iter().position(|field| field == key)
        })
    }
}

fn stand_at(node: NodeId) {
    AT.set(node);
}

#[derive(Clone, Copy)]
struct NodeDeserializer<'r, 'd, 't> {
    reading: &'r Reading<'d, 't>,
    class: &'static Class,
    node: NodeId,
}

impl<'r, 'd, 't> NodeDeserializer<'r, 'd, 't> {
    fn to(self, node: NodeId) -> Self {
        Self { node, ..self }
    }

    /// Hands out the members of an object under their own keys.
    fn entries<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, de::value::Error> {
        let members: Vec<(NodeId, NodeId)> = self.reading.document.members(self.node).collect();
        let entries = visitor.visit_map(Entries { from: self, members: members.into_iter(), value: 0 });
        stand_at(self.node);
        entries
    }
}

/// Hands out a spelling as a borrowed text.
struct Spelling<'t>(&'t str);

impl<'de> Deserializer<'de> for Spelling<'de> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_borrowed_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> Deserializer<'de> for NodeDeserializer<'_, '_, 'de> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let document = self.reading.document;
        stand_at(self.node);
        match document.kind(self.node) {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Integer | Kind::Float => visitor.visit_newtype_struct(Spelling(document.raw(self.node))),
            Kind::Text { .. } => match document.content(self.node) {
                std::borrow::Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                std::borrow::Cow::Owned(text) => visitor.visit_str(&text),
            },
            Kind::Array => {
                let (node, end) = (self.node + 1, document.after(self.node));
                let list = visitor.visit_seq(Items { from: self, node, end });
                stand_at(self.node);
                list
            }
            // Only a leaf or a list asks for anything and meets an object.
            Kind::Object => self.entries(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        stand_at(self.node);
        if self.reading.document.kind(self.node) == Kind::Object {
            return self.entries(visitor);
        }
        let found = Token::deserialize(self)?.describe();
        stand_at(self.node);
        tolerate::<(), Self::Error>(Refusal::Jackson(format!("expected an object, found {found}")))?;
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        stand_at(self.node);
        match self.reading.document.kind(self.node) {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let document = self.reading.document;
        stand_at(self.node);
        let Some(class) = self.class.named(name) else {
            return Err(de::Error::custom(format!("class {name} is not listed among those of {}", self.class.name)));
        };
        if document.kind(self.node) != Kind::Object {
            let found = Token::deserialize(self)?.describe();
            stand_at(self.node);
            tolerate::<(), Self::Error>(Refusal::Jackson(format!("expected an object, found {found}")))?;
        }
        let mut found: Vec<(usize, NodeId)> = Vec::with_capacity(fields.len());
        for (key, value) in document.members(self.node) {
            let hint = found.last().map_or(0, |&(field, _)| field + 1);
            match self.reading.field(class, fields, key, hint) {
                Some(field) => {
                    // Repeated or aliased: the last wins.
                    if document.is_repeated(key) || !class.aliases.is_empty() {
                        found.retain(|&(earlier, _)| earlier != field);
                    }
                    found.push((field, value));
                }
                None if class.unknown.unwrap_or(self.reading.unknown) == Unknown::Ignore || self.reading.lenient => {}
                None => {
                    stand_at(key);
                    let message = format!("expected a key of {}, found {:?}", class.name, document.content(key));
                    tolerate::<(), Self::Error>(Refusal::Jackson(message))?;
                }
            }
        }
        let from = Self { class, ..self };
        visitor.visit_map(Members { from, found: found.into_iter(), value: 0 })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct enum identifier
    }
}

struct Items<'r, 'd, 't> {
    from: NodeDeserializer<'r, 'd, 't>,
    node: NodeId,
    end: NodeId,
}

impl<'de> SeqAccess<'de> for Items<'_, '_, 'de> {
    type Error = de::value::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Self::Error> {
        if self.node == self.end {
            return Ok(None);
        }
        let item = self.from.to(self.node);
        self.node = self.from.reading.document.after(self.node);
        seed.deserialize(item).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        let after = |&item: &NodeId| Some(self.from.reading.document.after(item)).filter(|&next| next < self.end);
        Some(std::iter::successors(Some(self.node).filter(|&node| node < self.end), after).count())
    }
}

struct Members<'r, 'd, 't> {
    from: NodeDeserializer<'r, 'd, 't>,
    found: std::vec::IntoIter<(usize, NodeId)>,
    value: NodeId,
}

impl<'de> MapAccess<'de> for Members<'_, '_, 'de> {
    type Error = de::value::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let Some((field, value)) = self.found.next() else { return Ok(None) };
        self.value = value;
        // A derived definition knows its fields by their place as well, and need not compare names again.
        let place: U64Deserializer<Self::Error> = (field as u64).into_deserializer();
        seed.deserialize(place).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        seed.deserialize(self.from.to(self.value))
    }
}

/// The members of an object as they stand in the payload.
struct Entries<'r, 'd, 't> {
    from: NodeDeserializer<'r, 'd, 't>,
    members: std::vec::IntoIter<(NodeId, NodeId)>,
    value: NodeId,
}

impl<'de> MapAccess<'de> for Entries<'_, '_, 'de> {
    type Error = de::value::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let Some((key, value)) = self.members.next() else { return Ok(None) };
        self.value = value;
        let name = self.from.reading.document.content(key);
        seed.deserialize(CowStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        seed.deserialize(self.from.to(self.value))
    }
}
