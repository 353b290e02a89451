//! `java.time.LocalDateTime` read by the gateway's `CdcLocalDateTimeDeserializer`: times of change events.
//!
//! Example: `{"$date":"2026-05-08T09:56:33.453Z"}`, MongoDB's Extended JSON; the offset is not looked at. Written by the
//! stock serializer, as [`LocalDateTime`] is; text so written is read again only with three digits of fraction.
//!
//! Source: the gateway's cdc/message/util/CdcLocalDateTimeDeserializer.java in the versions of
//! 2025-10-23 (5f2142d) and 2026-04-23 (021a9ec, in force at 3ee62e905a76); `fixtures/datetime/read.jsonl`,
//! configurations `cdc_2025_10` and `cdc_head`.

use std::marker::PhantomData;

use jiff::civil::DateTime;
use serde::ser::{Serialize, Serializer};

use super::cdc_date::{CdcHead, dollar_date};
use crate::datetime::java_time::offset::without_zone;
use crate::datetime::java_time::pattern::Pattern;
use crate::datetime::java_time::{JavaDateTime, Style, scan_iso_date_time};
use crate::datetime::local_date_time::{LOCAL_DATE_TIME, LocalDateTime, both, read_with};
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::types::deserialize_as_leaf;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// A version of the deserializer.
pub trait CdcDateTimeVersion: Clone + std::fmt::Debug + Default + PartialEq + Send + Sync + 'static {
    /// The pattern of text.
    const PATTERN: &'static str;
}

/// Of 2025-10-23: a space between date and time, and no fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cdc202510;

impl CdcDateTimeVersion for Cdc202510 {
    const PATTERN: &'static str = "yyyy-MM-dd HH:mm:ss";
}

/// Since 2026-04-23: a `T`, and three digits of fraction.
impl CdcDateTimeVersion for CdcHead {
    const PATTERN: &'static str = "yyyy-MM-dd'T'HH:mm:ss.SSS";
}

/// What MongoDB writes for a date in UTC, as a JSON text: milliseconds, the rest cut off.
///
/// Relaxed, the years 1970 to 9999 are ISO text with no fraction or three digits; all others, and all canonical ones, are
/// the milliseconds since 1970 as text.
pub fn extended_json(value: DateTime, canonical: bool) -> String {
    let since_1970 = value.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    let milliseconds = since_1970.as_nanos().div_euclid(1_000_000);
    if canonical || milliseconds < 0 {
        return format!("{{\"$date\":{{\"$numberLong\":\"{milliseconds}\"}}}}");
    }
    let seconds = value.strftime("%Y-%m-%dT%H:%M:%S");
    match milliseconds % 1_000 {
        0 => format!("{{\"$date\":\"{seconds}Z\"}}"),
        fraction => format!("{{\"$date\":\"{seconds}.{fraction:03}Z\"}}"),
    }
}

/// `java.time.LocalDateTime` with the deserializer of change events; it writes as the plain one.
pub static CDC_DATE_TIME: LeafType = LeafType {
    name: "LocalDateTime of change events",
    java: "java.time.LocalDateTime",
    nullable: true,
    initial: "null",
    date: Some(DateForm::DateTime),
    schema: |format, dates| (LOCAL_DATE_TIME.schema)(format, dates),
    values: |format| (LOCAL_DATE_TIME.values)(format),
};

/// A date and time of a change event, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CdcDateTime<V>(pub Option<DateTime>, PhantomData<V>);

impl<V> CdcDateTime<V> {
    /// Puts a date and time under the version.
    pub fn new(value: Option<DateTime>) -> Self {
        Self(value, PhantomData)
    }
}

impl<V: CdcDateTimeVersion> Leaf for CdcDateTime<V> {
    const TYPE: &'static LeafType = &CDC_DATE_TIME;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = |text: &str| {
            let pattern = V::PATTERN;
            Refusal::Jackson(format!("expected a date and time as {pattern} or under $date, found text {text:?}"))
        };
        let otherwise = || read_with(token, |text| Err(refuse(text)));
        let value = match token {
            Token::Object(members) => {
                let text = dollar_date(members)?;
                let resolved = scan_iso_date_time(without_zone(text)).and_then(|it| it.resolve(Style::Strict).ok());
                Some(both(resolved).ok_or_else(|| refuse(text))?.to_civil()?)
            }
            Token::Text(text) => {
                // Not trimmed; of what fails, the stock deserializer reads only blank text.
                let read = Pattern::of(V::PATTERN).ok().and_then(|pattern| pattern.read(text).ok().flatten());
                both(read).map(JavaDateTime::to_civil).map_or_else(otherwise, |value| value.map(Some))?
            }
            _ => otherwise()?,
        };
        Ok(Self::new(value))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        Leaf::write(&LocalDateTime(self.0), writer)
    }
}

impl<V> Serialize for CdcDateTime<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        LocalDateTime(self.0).serialize(serializer)
    }
}

deserialize_as_leaf!([V: CdcDateTimeVersion] CdcDateTime<V>);

#[cfg(test)]
mod tests {
    use super::*;

    fn read<V: CdcDateTimeVersion>(token: &Token<'_>) -> Option<String> {
        CdcDateTime::<V>::read(token).ok()?.0.map(|value| value.to_string())
    }

    #[test]
    fn each_version_takes_its_own_text_and_both_take_extended_json() {
        let [blank, millis] = ["2025-10-10 09:55:20", "2025-10-10T09:55:20.123"].map(|text| Token::Text(text.into()));
        assert_eq!(read::<Cdc202510>(&blank).as_deref(), Some("2025-10-10T09:55:20"));
        assert_eq!(read::<Cdc202510>(&millis), None);
        assert_eq!(read::<CdcHead>(&blank), None);
        assert_eq!(read::<CdcHead>(&millis).as_deref(), Some("2025-10-10T09:55:20.123"));
        let extended = Token::Object(vec![("$date".into(), Token::Text("2025-10-10T09:55:20+01:00".into()))]);
        assert_eq!(read::<Cdc202510>(&extended).as_deref(), Some("2025-10-10T09:55:20"));
        assert_eq!(read::<CdcHead>(&extended).as_deref(), Some("2025-10-10T09:55:20"));
    }
}
