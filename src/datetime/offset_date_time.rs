//! `java.time.OffsetDateTime`.
//!
//! Example: `"2024-01-15T10:30:00.12+01:00"`, or `1705311000.120000000` where dates are timestamps.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `InstantDeserializer` and `OffsetDateTimeSerializer`;
//! `fixtures/datetime/write.jsonl`. No row of Jackson's says how it is read: that follows the source,
//! and `fixtures/datetime/java_time.jsonl` for `OffsetDateTime.parse`.

use proptest::prelude::*;
use schemars::json_schema;

use super::java_time::moment::{Moment, moments, read_with, scan, with_colon, zero_offset_as_z};
use super::local_date::unsupported;
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// `java.time.OffsetDateTime`.
pub static OFFSET_DATE_TIME: LeafType = LeafType {
    name: "OffsetDateTime",
    java: "java.time.OffsetDateTime",
    nullable: true,
    initial: "null",
    date: Some(DateForm::Moment),
    schema: |_, dates| match dates {
        Dates::Text => json_schema!({ "type": ["string", "null"], "pattern": TEXT }),
        Dates::Arrays => json_schema!({ "type": ["number", "null"] }),
        Dates::Unsupported => json_schema!({ "type": "null" }),
    },
    values: |_| {
        let moments = moments(1, 9999).prop_map(|moment| Token::text(moment.to_iso()));
        prop_oneof![1 => Just(Token::Null), 9 => moments].boxed()
    },
};

/// A day, a time and an offset, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OffsetDateTime(pub Option<Moment>);

impl Leaf for OffsetDateTime {
    const TYPE: &'static LeafType = &OFFSET_DATE_TIME;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        read_with(token, |text| scan(&with_colon(&zero_offset_as_z(text))))?
            .map(Moment::in_utc)
            .transpose()
            .map(OffsetDateTime)
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(moment) = self.0 else { return Ok(()) };
        match writer.config().dates {
            Dates::Text => writer.text(&moment.to_iso()),
            Dates::Arrays => writer.number(moment.timestamp(writer.config().timestamps)),
            Dates::Unsupported => return Err(unsupported("OffsetDateTime")),
        }
        Ok(())
    }
}

/// Also of a `ZonedDateTime`.
pub(super) const TEXT: &str = concat!(
    r"^[-+]?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{0,8}[1-9])?",
    r"(?:Z|[-+][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)$"
);
