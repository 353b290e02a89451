//! `java.time.ZonedDateTime`, written without its zone: `WRITE_DATES_WITH_ZONE_ID` is off.
//!
//! Example: `"2024-01-15T10:30:00.12+01:00"`, or `1705311000.120000000` where dates are timestamps.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `InstantDeserializer` and `ZonedDateTimeSerializer`;
//! `fixtures/datetime/write.jsonl`. No row of Jackson's says how it is read: that follows the source,
//! and `fixtures/datetime/java_time.jsonl` for `ZonedDateTime.parse`.

use proptest::prelude::*;
use schemars::json_schema;

use super::java_time::moment::{Moment, moments, read_with, scan_zoned, with_colon};
use super::local_date::unsupported;
use super::offset_date_time::TEXT;
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// `java.time.ZonedDateTime`.
pub static ZONED_DATE_TIME: LeafType = LeafType {
    name: "ZonedDateTime",
    java: "java.time.ZonedDateTime",
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

/// A day, a time and an offset; its zone is not kept, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ZonedDateTime(pub Option<Moment>);

impl Leaf for ZonedDateTime {
    const TYPE: &'static LeafType = &ZONED_DATE_TIME;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        read_with(token, |text| scan_zoned(&with_colon(text)))?.map(Moment::in_utc).transpose().map(ZonedDateTime)
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(moment) = self.0 else { return Ok(()) };
        match writer.config().dates {
            Dates::Text => writer.text(&moment.to_iso()),
            Dates::Arrays => writer.number(moment.timestamp(writer.config().timestamps)),
            Dates::Unsupported => return Err(unsupported("ZonedDateTime")),
        }
        Ok(())
    }
}
