//! A payload into a definition, as Jackson's bean deserializer does it.

use super::config::{MapperConfig, Naming, Unknown};
use super::naming::snake_case;
use super::reader::Reader;
pub use super::reader::{ReadError, Understood};
use super::token::Refusal;
use crate::document::{Document, Kind, NodeId, parse_text};
use crate::model::class::{Body, Key};
use crate::model::field::{Dto, Field, Record};

/// Reads a payload into a definition as a service with this mapper does.
///
/// Keys that the class does not have are dropped or refused, aliases are read as their key, and of several keys that
/// mean one field the last wins. Jackson also reads the earlier ones; here only the last is looked at.
///
/// # Errors
///
/// The first value that is refused.
pub fn read<T: Dto>(config: &MapperConfig, document: &Document<'_>) -> Result<T, ReadError> {
    let mut value = T::default();
    value.read_field(&mut Reader::new(config, document), 0)?;
    Ok(value)
}

/// Whether a payload can be read: as [`read`], without a value in the end.
///
/// # Errors
///
/// The first value that is refused.
pub fn is_read<T: Dto>(config: &MapperConfig, document: &Document<'_>) -> Result<(), ReadError> {
    T::default().read_field(&mut Reader::asking(config, document), 0)
}

/// Reads as much as can be understood: what did the producer mean?
pub fn understand<T: Dto>(config: &MapperConfig, document: &Document<'_>) -> Understood<T> {
    let mut value = T::default();
    let mut reader = Reader::lenient(config, document);
    let read = value.read_field(&mut reader, 0);
    debug_assert!(read.is_ok(), "a lenient reading passes over what is refused");
    Understood { value, dates: reader.dates, refused: reader.refused }
}

/// Reads the fields of a definition from an object.
///
/// # Errors
///
/// The first value that is refused.
pub fn read_record(record: &mut dyn Record, reader: &mut Reader<'_, '_>, node: NodeId) -> Result<(), ReadError> {
    let (class, document) = (record.class(), reader.document());
    let Body::Keys(keys) = &class.body else { return Ok(()) };
    if document.kind(node) != Kind::Object {
        return reader.expected("an object", node);
    }
    let has_alias = keys.iter().any(|key| !key.aliases.is_empty());
    let mut found: Vec<(usize, NodeId)> = Vec::with_capacity(keys.len());
    for (name, value) in document.members(node) {
        let hint = found.last().map_or(0, |&(place, _)| place + 1);
        match place_of(keys, reader.config().naming, &document.content(name), hint) {
            Some(place) => {
                // Repeated or aliased: the last wins.
                if has_alias || document.is_repeated(name) {
                    found.retain(|&(earlier, _)| earlier != place);
                }
                found.push((place, value));
            }
            None if reader.unknown(class.unknown) == Unknown::Ignore => {}
            None => {
                let message = format!("expected a key of {}, found {:?}", class.name, document.content(name));
                reader.refuse(name, Refusal::Jackson(message))?;
            }
        }
    }
    for (place, key) in keys.iter().enumerate() {
        if let Some(initial) = key.default.as_deref().filter(|_| found.iter().all(|&(found, _)| found != place))
            && let Some(field) = record.get_mut(place)
        {
            read_initial(field, initial, reader);
        }
    }
    for (place, value) in found {
        if let Some(field) = record.get_mut(place) {
            field.read_field(reader, value)?;
        }
    }
    Ok(())
}

/// Gives a field the value of its initialiser; a table whose text is not of its type leaves the type's default.
fn read_initial(field: &mut dyn Field, initial: &str, reader: &Reader<'_, '_>) {
    if let Ok(document) = parse_text(initial) {
        let read = field.read_field(&mut reader.beside(&document), 0);
        debug_assert!(read.is_ok(), "expected an initialiser of the field's type, found {initial}");
    }
}

/// The key that a name means, if the class has one.
pub(crate) fn place_of(keys: &[Key], naming: Naming, name: &str, hint: usize) -> Option<usize> {
    let is = |key: &Key| match naming {
        Naming::Snake if !key.explicit => snake_case(&key.name) == name,
        Naming::Field | Naming::Snake => key.name == name,
    };
    // Producers write fields in the order of the class, so the next field is nearly always the right one.
    if keys.get(hint).is_some_and(is) {
        return Some(hint);
    }
    let aliased = || keys.iter().position(|key| key.aliases.iter().any(|alias| alias == name));
    keys.iter().position(is).or_else(aliased)
}
