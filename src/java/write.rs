//! A definition into a payload: the bytes that Jackson writes under a configuration.

use super::config::MapperConfig;
pub use super::writer::WriteError;
use super::writer::Writer;
pub(crate) use super::writer::{layout_style, push_escape, spell};
use crate::model::class::Body;
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
    let mut object = writer.object();
    for (place, key) in keys.iter().enumerate() {
        let Some(field) = record.get(place) else { continue };
        if field.is_null_field() && !object.takes_null(key.include.or(class.include)) {
            continue;
        }
        field.write_field(object.member(&key.name, key.explicit))?;
    }
    object.end();
    Ok(())
}
