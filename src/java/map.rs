//! `java.util.Map` from text to a type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::config::Include;
use super::reader::{ReadError, Reader};
use super::types::{read_nullable, write_nullable};
use super::writer::{WriteError, Writer};
use crate::document::{Kind, NodeId};
use crate::model::class::{Type, TypeRef};
use crate::model::field::{Field, Typed};

/// Values by key, in the order of the keys: a `HashMap` promises none. A value may be null, the map may not: a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Map<T>(pub BTreeMap<String, Option<T>>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Map(BTreeMap::new())
    }
}

impl<T: Typed> Typed for Map<T> {
    const TYPE: Type = Type::Map(TypeRef::Static(T::REF));
}

impl<T: Typed> Field for Map<T> {
    fn read_field(&mut self, reader: &mut Reader<'_, '_>, node: NodeId) -> Result<(), ReadError> {
        let document = reader.document();
        if document.kind(node) != Kind::Object {
            return reader.expected("an object", node);
        }
        self.0 = read_entries(reader, node)?;
        Ok(())
    }

    fn write_field(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        write_entries(&self.0, writer)
    }

    fn is_null_field(&self) -> bool {
        false
    }
}

/// `java.util.Map` as a field: it can be null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MapObject<T>(pub Option<BTreeMap<String, Option<T>>>);

impl<T> Default for MapObject<T> {
    fn default() -> Self {
        MapObject(None)
    }
}

impl<T: Typed> Typed for MapObject<T> {
    const TYPE: Type = Type::Map(TypeRef::Static(T::REF));
}

impl<T: Typed> Field for MapObject<T> {
    fn read_field(&mut self, reader: &mut Reader<'_, '_>, node: NodeId) -> Result<(), ReadError> {
        match reader.document().kind(node) {
            Kind::Null => self.0 = None,
            Kind::Object => self.0 = Some(read_entries(reader, node)?),
            _ => reader.expected("an object", node)?,
        }
        Ok(())
    }

    fn write_field(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        match &self.0 {
            Some(entries) => write_entries(entries, writer),
            None => {
                writer.null();
                Ok(())
            }
        }
    }

    fn is_null_field(&self) -> bool {
        self.0.is_none()
    }
}

fn read_entries<T: Typed>(reader: &mut Reader<'_, '_>, node: NodeId) -> Result<BTreeMap<String, Option<T>>, ReadError> {
    let document = reader.document();
    let mut entries = BTreeMap::new();
    for (key, value) in document.members(node) {
        entries.insert(document.content(key).into_owned(), read_nullable(reader, value)?);
    }
    Ok(entries)
}

/// Keys of a map are data: no naming strategy changes them, no feature of properties sorts them. A mapper without nulls
/// leaves out null values too.
fn write_entries<T: Typed>(entries: &BTreeMap<String, Option<T>>, writer: &mut Writer<'_>) -> Result<(), WriteError> {
    let without_nulls = writer.config().include == Include::NonNull;
    let mut object = writer.object();
    for (key, value) in entries {
        if value.is_none() && without_nulls {
            continue;
        }
        write_nullable(value.as_ref(), object.member(key, true))?;
    }
    object.end();
    Ok(())
}
