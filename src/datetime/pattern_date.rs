//! `java.time.LocalDate` under `@JsonFormat(pattern = ...)`.
//!
//! Example: `"15/01/2024"` under `dd/MM/yyyy`. The search documents of integration use `yyyy-MM-dd`, what comes
//! from the GMC is `dd/MM/yyyy`.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `LocalDateDeserializer` and `LocalDateSerializer`; JDK 17,
//! `DateTimeFormatterBuilder`; `fixtures/datetime/*.jsonl`, configurations `pattern ...`.

use std::borrow::Cow;
use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;

use jiff::civil::Date;
use proptest::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};

use super::java_time::Field;
use super::java_time::pattern::{MissingTime, Pattern};
use super::local_date::{LocalDate, dates, read_with, regex, unsupported};
use crate::java::config::{Dates, dates_in_force};
use crate::java::leaf::{self, Leaf, Refusal, Token};

/// The pattern of an annotation, as a type.
pub trait DatePattern: Copy + Debug + Default + Eq + Hash + 'static {
    /// The pattern, as the annotation spells it.
    const PATTERN: &'static str;
}

/// `yyyy-MM-dd`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct YearMonthDay;

impl DatePattern for YearMonthDay {
    const PATTERN: &'static str = "yyyy-MM-dd";
}

/// `dd/MM/yyyy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DayMonthYear;

impl DatePattern for DayMonthYear {
    const PATTERN: &'static str = "dd/MM/yyyy";
}

/// A date written by a pattern, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PatternDate<P>(pub Option<Date>, PhantomData<P>);

impl<P> PatternDate<P> {
    /// Puts a date under the pattern.
    pub fn new(value: Option<Date>) -> Self {
        Self(value, PhantomData)
    }
}

impl<P: DatePattern> Leaf for PatternDate<P> {
    const IS_DATE: bool = true;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let pattern = Pattern::new(P::PATTERN).map_err(|error| Refusal::Jackson(error.to_string()))?;
        read(&pattern, token).map(Self::new)
    }

    fn read_otherwise(token: &Token<'_>) -> Option<Self> {
        LocalDate::read(token).ok().map(|date| Self::new(date.0))
    }
}

/// Reads a date under any pattern; a pattern with a time is fine, its time is dropped.
///
/// # Errors
///
/// What Jackson refuses, and years beyond -9999..=9999.
pub fn read(pattern: &Pattern, token: &Token<'_>) -> Result<Option<Date>, Refusal> {
    read_with(token, |text| {
        pattern.read(text)?.and_then(|resolved| resolved.date).ok_or_else(|| {
            let expected = pattern.source();
            Refusal::Jackson(format!("expected a date as {expected}, found text {text:?}"))
        })
    })
}

/// Writes a date under any pattern.
///
/// # Errors
///
/// The pattern asks for a time.
pub fn write(pattern: &Pattern, date: Date) -> Result<String, MissingTime> {
    pattern.write(date.into(), None)
}

impl<P: DatePattern> Serialize for PatternDate<P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(date) = self.0 else {
            return serializer.serialize_none();
        };
        match dates_in_force() {
            // A pattern turns timestamps off for its property.
            Dates::Text | Dates::Arrays => {
                let pattern = Pattern::new(P::PATTERN).map_err(S::Error::custom)?;
                serializer.serialize_str(&write(&pattern, date).map_err(S::Error::custom)?)
            }
            Dates::Unsupported => Err(S::Error::custom(unsupported("LocalDate"))),
        }
    }
}

impl<'de, P: DatePattern> Deserialize<'de> for PatternDate<P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl<P: DatePattern> JsonSchema for PatternDate<P> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("LocalDate pattern {}", P::PATTERN).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        pattern_schema(P::PATTERN)
    }
}

/// The schema of what a pattern writes under the configuration in force.
pub(super) fn pattern_schema(pattern: &str) -> Schema {
    match dates_in_force() {
        Dates::Text | Dates::Arrays => {
            json_schema!({ "type": ["string", "null"], "pattern": format!("^{}$", regex(pattern)) })
        }
        Dates::Unsupported => json_schema!({ "type": "null" }),
    }
}

impl<P: DatePattern> Arbitrary for PatternDate<P> {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    /// Dates that the pattern can tell apart: under `yyyy`, years before 1 look like others.
    fn arbitrary_with((): ()) -> Self::Strategy {
        proptest::option::weighted(0.9, dates(first_year(P::PATTERN)..=9999)).prop_map(Self::new).boxed()
    }
}

/// The first year that a pattern writes so that it is read back.
pub(super) fn first_year(pattern: &str) -> i16 {
    if Pattern::new(pattern).is_ok_and(|pattern| pattern.has(Field::YearOfEra)) { 1 } else { -9999 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::java::config::with_dates;

    fn text<P: DatePattern>(text: &str) -> Result<Option<Date>, Refusal> {
        PatternDate::<P>::read(&Token::Text(text.into())).map(|date| date.0)
    }

    #[test]
    fn reads_text() {
        let date = |year, month, day| Ok(Some(Date::constant(year, month, day)));
        assert_eq!(text::<YearMonthDay>(" 2024-01-15 "), date(2024, 1, 15));
        assert_eq!(text::<YearMonthDay>("2024-02-30"), date(2024, 2, 29));
        assert_eq!(text::<YearMonthDay>("2023-02-31"), date(2023, 2, 28));
        assert_eq!(text::<DayMonthYear>("31/04/2024"), date(2024, 4, 30));
        assert_eq!(text::<DayMonthYear>("05/03/0001"), date(1, 3, 5));
        assert_eq!(text::<DayMonthYear>(""), Ok(None));
    }

    #[test]
    fn refuses_text() {
        for refused in
            ["2024-01-15", "1/1/2024", "01/01/0000", "01/01/-0001", "01/01/10000", "32/01/2024", "01/13/2024"]
        {
            let read = text::<DayMonthYear>(refused);
            assert!(matches!(read, Err(Refusal::Jackson(_))), "{refused:?}: {read:?}");
        }
        for refused in ["2024-01-15T10:30:00", "2024-01-15Z", "+2024-01-15", "2024-01-00", "+1000000000-01-01"] {
            let read = text::<YearMonthDay>(refused);
            assert!(matches!(read, Err(Refusal::Jackson(_))), "{refused:?}: {read:?}");
        }
        assert!(matches!(text::<DayMonthYear>("01/01/+10000"), Err(Refusal::Stricter(_))));
    }

    #[test]
    fn reads_numbers_and_lists_as_without_a_pattern() {
        let one = || Token::Integer("1".into());
        let read = |token: &Token<'_>| PatternDate::<DayMonthYear>::read(token).map(|date| date.0);
        assert_eq!(read(&Token::Array(vec![one(), one(), one()])), Ok(Some(Date::constant(1, 1, 1))));
        assert_eq!(read(&one()), Ok(Some(Date::constant(1970, 1, 2))));
        assert_eq!(read(&Token::Null), Ok(None));
        assert!(read(&Token::Object(vec![])).is_err());
    }

    #[test]
    fn writes_text_in_every_form_of_dates() {
        let json = |dates, date: Option<Date>| {
            with_dates(dates, || serde_json::to_string(&PatternDate::<DayMonthYear>::new(date))).ok()
        };
        let leap_day = Some(Date::constant(2024, 2, 29));
        for dates in [Dates::Text, Dates::Arrays] {
            assert_eq!(json(dates, leap_day).as_deref(), Some(r#""29/02/2024""#));
        }
        assert_eq!(json(Dates::Unsupported, leap_day), None);
        assert_eq!(json(Dates::Unsupported, None).as_deref(), Some("null"));
        // The year of the era: 1 BC.
        assert_eq!(json(Dates::Text, Some(Date::constant(0, 1, 1))).as_deref(), Some(r#""01/01/0001""#));
    }
}
