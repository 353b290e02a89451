//! `java.time.Instant`.
//!
//! Example: `"2024-01-15T10:30:00.120Z"`, or `1705314600.120000000` where dates are timestamps.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `InstantDeserializer` and `InstantSerializer`; `fixtures/datetime/write.jsonl`.
//! No row of
//! Jackson's says how it is read: that follows the source, and `fixtures/datetime/java_time.jsonl` for `Instant.parse`.

use proptest::prelude::*;
use schemars::json_schema;

use super::java_time::moment::{Moment, moments, read_with, scan_instant, zero_offset_as_z};
use super::local_date::unsupported;
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// `java.time.Instant`.
pub static INSTANT: LeafType = LeafType {
    name: "Instant",
    java: "java.time.Instant",
    nullable: true,
    initial: "null",
    date: Some(DateForm::Moment),
    schema: |_, dates| match dates {
        Dates::Text => json_schema!({ "type": ["string", "null"], "pattern": TEXT }),
        Dates::Arrays => json_schema!({ "type": ["number", "null"] }),
        Dates::Unsupported => json_schema!({ "type": "null" }),
    },
    values: |_| {
        let moments = moments(1, 9999).prop_map(|moment| Token::text(to_text(moment)));
        prop_oneof![1 => Just(Token::Null), 9 => moments].boxed()
    },
};

/// A moment in UTC, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Instant(pub Option<Moment>);

impl Leaf for Instant {
    const TYPE: &'static LeafType = &INSTANT;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let read = |text: &str| scan_instant(&zero_offset_as_z(text));
        read_with(token, read)?.map(Moment::in_utc).transpose().map(Instant)
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(moment) = self.0 else { return Ok(()) };
        match writer.config().dates {
            Dates::Text => writer.text(&to_text(moment)),
            Dates::Arrays => writer.number(moment.timestamp(writer.config().timestamps)),
            Dates::Unsupported => return Err(unsupported("Instant")),
        }
        Ok(())
    }
}

const TEXT: &str = r"^[-+]?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.(?:[0-9]{3}){1,3})?Z$";

/// `Instant.toString`: the fraction has no, three, six or nine digits.
fn to_text(moment: Moment) -> String {
    let iso = moment.to_iso();
    let local = iso.strip_suffix('Z').unwrap_or(&iso);
    match local.split_once('.') {
        None => iso,
        Some((seconds, fraction)) => {
            let width = fraction.len().div_ceil(3) * 3;
            format!("{seconds}.{fraction:0<width$}Z")
        }
    }
}
