//! `java.time.LocalDate` read by the gateway's `CdcDateDeserializer`: dates of change events.
//!
//! Example: `{"$date":"2024-08-05T00:00:00Z"}`, MongoDB's Extended JSON, since 2025-05; `"2017-10-19 00:00:00"` before,
//! which is still read. Written by the stock serializer, as [`LocalDate`] is.
//!
//! Source: the gateway's cdc/message/util/CdcDateDeserializer.java in the versions of 2022-04-28
//! (4b93818), 2025-05-07 (878ce1a) and 2025-05-12 (2a729b2, in force at 3ee62e905a76); `fixtures/datetime/read.jsonl`,
//! configurations `cdc_2022`, `cdc_2025_05_07` and `cdc_head`.

use std::borrow::Cow;
use std::marker::PhantomData;

use jiff::civil::Date;
use serde::ser::{Serialize, Serializer};

use crate::datetime::java_time::moment::{Moment, scan_instant};
use crate::datetime::java_time::offset::{without_date_offset, without_zone};
use crate::datetime::java_time::pattern::Pattern;
use crate::datetime::java_time::{JavaDate, Style, scan_iso_date, scan_iso_date_time};
use crate::datetime::local_date::{LOCAL_DATE, LocalDate, read_with};
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::types::deserialize_as_leaf;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// Reads what stands under `$date`; nothing where it has another form.
pub type ReadExtended = fn(&str) -> Option<Result<Date, Refusal>>;

/// A version of the deserializer.
pub trait CdcDateVersion: Clone + std::fmt::Debug + Default + PartialEq + Send + Sync + 'static {
    /// Reads what stands under `$date`; none where the version does not look into objects.
    const EXTENDED: Option<ReadExtended>;

    /// Reads what has not the form of change events.
    ///
    /// # Errors
    ///
    /// What the stock deserializer of the version refuses.
    fn otherwise(token: &Token<'_>) -> Result<Option<Date>, Refusal>;
}

/// Of 2022-04-28: text alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cdc2022;

impl CdcDateVersion for Cdc2022 {
    const EXTENDED: Option<ReadExtended> = None;

    fn otherwise(token: &Token<'_>) -> Result<Option<Date>, Refusal> {
        LocalDate::read(token).map(|date| date.0)
    }
}

/// Of 2025-05-07: `{"$date": ...}` as an instant, of which the day in UTC is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cdc20250507;

impl CdcDateVersion for Cdc20250507 {
    const EXTENDED: Option<ReadExtended> = Some(day_in_utc);

    fn otherwise(token: &Token<'_>) -> Result<Option<Date>, Refusal> {
        LocalDate::read(token).map(|date| date.0)
    }
}

/// Since 2025-05-12: `{"$date": ...}` as a local time, its offset not looked at; a date may have an offset too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CdcHead;

impl CdcDateVersion for CdcHead {
    const EXTENDED: Option<ReadExtended> = Some(local_day);

    fn otherwise(token: &Token<'_>) -> Result<Option<Date>, Refusal> {
        read_with(token, |text| {
            let resolved =
                scan_iso_date(without_date_offset(text)).map(|fields| fields.resolve(Style::Strict)).transpose()?;
            resolved
                .and_then(|resolved| resolved.date)
                .ok_or_else(|| Refusal::Jackson(format!("expected a date such as 2024-01-15, found text {text:?}")))
        })
    }
}

/// `Instant.parse`, and the day in UTC; nothing for another text.
fn day_in_utc(text: &str) -> Option<Result<Date, Refusal>> {
    let moment = scan_instant(text)?.and_then(Moment::in_utc);
    Some(moment.map(|moment| moment.local.date()))
}

/// `LocalDate.parse` with `ISO_DATE_TIME`; nothing for another text.
fn local_day(text: &str) -> Option<Result<Date, Refusal>> {
    let resolved = scan_iso_date_time(without_zone(text))?.resolve(Style::Strict).ok()?;
    resolved.date.map(JavaDate::to_civil)
}

/// The text under `$date`, of repeated keys the last.
pub(super) fn dollar_date<'t>(members: &'t [(Cow<'_, str>, Token<'_>)]) -> Result<&'t str, Refusal> {
    match members.iter().rev().find(|(key, _)| key == "$date") {
        Some((_, Token::Text(text))) => Ok(text),
        Some((_, other)) => Err(Refusal::Jackson(format!("expected a text under $date, found {}", other.describe()))),
        None => Err(Refusal::Jackson("expected the key $date, found an object without it".to_owned())),
    }
}

/// `java.time.LocalDate` with the deserializer of change events; it writes as the plain one.
pub static CDC_DATE: LeafType = LeafType {
    name: "LocalDate of change events",
    java: "java.time.LocalDate",
    nullable: true,
    initial: "null",
    date: Some(DateForm::Date),
    schema: |format, dates| (LOCAL_DATE.schema)(format, dates),
    values: |format| (LOCAL_DATE.values)(format),
};

/// A date of a change event, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CdcDate<V>(pub Option<Date>, PhantomData<V>);

impl<V> CdcDate<V> {
    /// Puts a date under the version.
    pub fn new(date: Option<Date>) -> Self {
        Self(date, PhantomData)
    }
}

impl<V: CdcDateVersion> Leaf for CdcDate<V> {
    const TYPE: &'static LeafType = &CDC_DATE;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let date = match (token, V::EXTENDED) {
            (Token::Object(members), Some(extended)) => {
                let text = dollar_date(members)?;
                let read = extended(text).ok_or_else(|| {
                    Refusal::Jackson(format!("expected an instant such as 2024-01-15T10:30:00Z, found text {text:?}"))
                })?;
                Some(read?)
            }
            (Token::Text(text), _) => {
                // Not trimmed; what fails goes to the stock deserializer.
                let read =
                    Pattern::of("yyyy-MM-dd HH:mm:ss").ok().and_then(|pattern| pattern.read(text).ok().flatten());
                match read.and_then(|read| read.date) {
                    Some(date) => Some(date.to_civil()?),
                    None => V::otherwise(token)?,
                }
            }
            (other, _) => V::otherwise(other)?,
        };
        Ok(Self::new(date))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        Leaf::write(&LocalDate(self.0), writer)
    }
}

impl<V> Serialize for CdcDate<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        LocalDate(self.0).serialize(serializer)
    }
}

deserialize_as_leaf!([V: CdcDateVersion] CdcDate<V>);

#[cfg(test)]
mod tests {
    use super::*;

    fn extended(text: &str) -> Token<'_> {
        Token::Object(vec![("$date".into(), Token::Text(text.into()))])
    }

    fn read<V: CdcDateVersion>(token: &Token<'_>) -> Option<String> {
        CdcDate::<V>::read(token).ok()?.0.map(|date| date.to_string())
    }

    #[test]
    fn an_offset_shifted_the_day_and_no_longer_does() {
        let token = extended("2024-01-15T00:30:00+01:00");
        assert_eq!(read::<Cdc2022>(&token), None);
        assert_eq!(read::<Cdc20250507>(&token).as_deref(), Some("2024-01-14"));
        assert_eq!(read::<CdcHead>(&token).as_deref(), Some("2024-01-15"));
    }

    #[test]
    fn what_is_no_extended_json_is_refused() {
        let number = Token::Object(vec![("$date".into(), Token::Integer("1705314600000".into()))]);
        let without = Token::Object(vec![("x".into(), Token::Integer("1".into()))]);
        for token in [number, without, extended("2024-01-15"), extended("")] {
            assert!(CdcDate::<Cdc20250507>::read(&token).is_err(), "{token:?}");
            assert!(CdcDate::<CdcHead>::read(&token).is_err(), "{token:?}");
        }
    }
}
