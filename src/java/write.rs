//! A definition into a payload: the bytes that Jackson writes under a configuration.

use super::config::{KeyOrder, MapperConfig};
pub use super::writer::WriteError;
use super::writer::{Writer, wire_name};
pub(crate) use super::writer::{config_style, layout_style, push_escape, spell};
use crate::model::class::{Body, Key};
use crate::model::field::{Field, Record};

/// Writes a value as Jackson does under a configuration, byte for byte.
///
/// # Errors
///
/// A date that is not null under a mapper without `JavaTimeModule`.
pub fn emit<T: Field>(config: &MapperConfig, value: &T) -> Result<String, WriteError> {
    let mut writer = Writer::new(config);
    value.write_field(&mut writer)?;
    Ok(writer.finish())
}

/// Writes the fields of a definition as an object.
///
/// # Errors
///
/// What the configuration cannot write.
pub fn write_record(record: &dyn Record, writer: &mut Writer<'_>) -> Result<(), WriteError> {
    let class = record.class();
    let Body::Keys(keys) = &class.body else { return Ok(()) };
    let sorted = match writer.config().order {
        KeyOrder::Declared => None,
        KeyOrder::Sorted => Some(sorted(keys, writer.config())),
    };
    let mut object = writer.object();
    for index in 0..keys.len() {
        let place = sorted.as_ref().map_or(index, |sorted| sorted[index]);
        let (key, Some(field)) = (&keys[place], record.get(place)) else { continue };
        if field.is_null_field() && !object.takes_null(key.include.or(class.include)) {
            continue;
        }
        field.write_field(object.member(&key.name, key.explicit))?;
    }
    object.end();
    Ok(())
}

/// The places of keys by their names on the wire, compared by UTF-16 units as Java does.
fn sorted(keys: &[Key], config: &MapperConfig) -> Vec<usize> {
    let mut places: Vec<usize> = (0..keys.len()).collect();
    places.sort_by_cached_key(|&place| {
        let Key { name, explicit, .. } = &keys[place];
        wire_name(config.naming, name, *explicit).encode_utf16().collect::<Vec<u16>>()
    });
    places
}
