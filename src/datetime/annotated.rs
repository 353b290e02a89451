//! Dates whose field has an annotation that changes how a mapper writes them.
//!
//! Example: under `find_modules` a `LocalDate` with `@JsonFormat(shape = STRING)` stays `"2024-01-15"`, and `plain` writes
//! `[2024,1,15]` for one with `@JsonSerialize(using = LocalDateSerializer.class)`, where it cannot write one without.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `JSR310FormattedSerializerBase.createContextual` and `useTimestamp`;
//! `fixtures/datetime/write.jsonl`, configuration `shape_string_timestamps_on`.

use serde::{Serialize, Serializer};

use crate::java::config::{Dates, MapperConfig};
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::types::deserialize_as_leaf;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::LeafType;

/// A date with `@JsonFormat(shape = STRING)`: text even where the mapper writes dates as arrays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ShapeString<T>(pub T);

/// A date with the serializer of `JavaTimeModule` on its field, which a mapper without that module uses too. The mapper
/// still says whether it writes an array, which is its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OwnSerializer<T>(pub T);

/// How dates of a `ShapeString` are written.
const fn as_text(dates: Dates) -> Dates {
    match dates {
        Dates::Text | Dates::Arrays => Dates::Text,
        Dates::Unsupported => Dates::Unsupported,
    }
}

/// How dates of an `OwnSerializer` are written.
const fn supported(dates: Dates) -> Dates {
    match dates {
        Dates::Text => Dates::Text,
        Dates::Arrays | Dates::Unsupported => Dates::Arrays,
    }
}

/// Writes a date as a mapper does that differs in the form of dates.
fn write_as<T: Leaf>(value: &T, dates: Dates, writer: &mut Writer<'_>) -> Result<(), WriteError> {
    if writer.config().dates == dates {
        return Leaf::write(value, writer);
    }
    let config = MapperConfig { dates, ..*writer.config() };
    let mut other = Writer::new(&config);
    Leaf::write(value, &mut other)?;
    writer.raw(&other.finish());
    Ok(())
}

impl<T: Leaf> Leaf for ShapeString<T> {
    const TYPE: &'static LeafType =
        &LeafType { schema: |format, dates| (T::TYPE.schema)(format, as_text(dates)), ..*T::TYPE };
    const PATTERN: Option<&'static str> = T::PATTERN;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        T::read(token).map(Self)
    }

    fn read_otherwise(token: &Token<'_>) -> Option<Self> {
        T::read_otherwise(token).map(Self)
    }

    fn is_null(&self) -> bool {
        Leaf::is_null(&self.0)
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        write_as(&self.0, as_text(writer.config().dates), writer)
    }
}

impl<T: Leaf> Leaf for OwnSerializer<T> {
    const TYPE: &'static LeafType =
        &LeafType { schema: |format, dates| (T::TYPE.schema)(format, supported(dates)), ..*T::TYPE };
    const PATTERN: Option<&'static str> = T::PATTERN;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        T::read(token).map(Self)
    }

    fn read_otherwise(token: &Token<'_>) -> Option<Self> {
        T::read_otherwise(token).map(Self)
    }

    fn is_null(&self) -> bool {
        Leaf::is_null(&self.0)
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        write_as(&self.0, supported(writer.config().dates), writer)
    }
}

/// As text: without a configuration, this is what is written.
impl<T: Serialize> Serialize for OwnSerializer<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

deserialize_as_leaf!([T: Leaf] OwnSerializer<T>);

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::datetime::{DayMonthYear, LocalDate, PatternDate};
    use crate::java::write::emit;

    fn written<T: Leaf>(dates: Dates, value: &T) -> Option<String> {
        emit(&MapperConfig { dates, ..MapperConfig::ISO }, value).ok()
    }

    #[test]
    fn an_annotation_says_more_than_the_mapper() {
        let day = Date::constant(2024, 1, 15);
        let shaped = ShapeString(LocalDate(Some(day)));
        assert_eq!(written(Dates::Arrays, &shaped).as_deref(), Some(r#""2024-01-15""#));
        assert_eq!(written(Dates::Unsupported, &shaped), None);
        let plain = OwnSerializer(LocalDate(Some(day)));
        assert_eq!(written(Dates::Unsupported, &plain).as_deref(), Some("[2024,1,15]"));
        assert_eq!(written(Dates::Text, &plain).as_deref(), Some(r#""2024-01-15""#));
        let pattern = OwnSerializer(PatternDate::<DayMonthYear>::new(Some(day)));
        assert_eq!(written(Dates::Unsupported, &pattern).as_deref(), Some(r#""15/01/2024""#));
        assert_eq!(written(Dates::Unsupported, &OwnSerializer(LocalDate(None))).as_deref(), Some("null"));
    }
}
