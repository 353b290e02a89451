//! `java.time.LocalDateTime` under `@JsonFormat(pattern = ...)`.
//!
//! Example: `"2024-01-15T10:30:00.120"` under `uuuu-MM-dd'T'HH:mm:ss.SSS`, which the connection log's event time
//! and the search documents of integration use.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `LocalDateTimeDeserializer` and `LocalDateTimeSerializer`; JDK 17,
//! `DateTimeFormatterBuilder`; `fixtures/datetime/*.jsonl`, configurations `pattern ...`.

use std::borrow::Cow;
use std::marker::PhantomData;

use jiff::civil::DateTime;
use proptest::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};

use super::java_time::pattern::{MissingTime, Pattern};
use super::java_time::{Field, JavaDateTime};
use super::local_date::unsupported;
use super::local_date_time::{LocalDateTime, both, date_times, read_with};
use super::pattern_date::{DatePattern, first_year, pattern_schema};
use crate::java::config::{Dates, dates_in_force};
use crate::java::leaf::{self, Leaf, Refusal, Token};

/// `uuuu-MM-dd'T'HH:mm:ss.SSS`: always three fraction digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct EventMillis;

impl DatePattern for EventMillis {
    const PATTERN: &'static str = "uuuu-MM-dd'T'HH:mm:ss.SSS";
}

/// `yyyy-MM-dd'T'HH:mm:ss.SSS`: the same with the year of the era, as the gateway writes dates into its index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct IndexMillis;

impl DatePattern for IndexMillis {
    const PATTERN: &'static str = "yyyy-MM-dd'T'HH:mm:ss.SSS";
}

/// A date and time written by a pattern, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PatternDateTime<P>(pub Option<DateTime>, PhantomData<P>);

impl<P> PatternDateTime<P> {
    /// Puts a date and time under the pattern.
    pub fn new(value: Option<DateTime>) -> Self {
        Self(value, PhantomData)
    }
}

impl<P: DatePattern> Leaf for PatternDateTime<P> {
    const IS_DATE: bool = true;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let pattern = Pattern::new(P::PATTERN).map_err(|error| Refusal::Jackson(error.to_string()))?;
        read(&pattern, token).map(Self::new)
    }

    fn read_otherwise(token: &Token<'_>) -> Option<Self> {
        LocalDateTime::read(token).ok().map(|value| Self::new(value.0))
    }
}

/// Reads a date and time under any pattern; one without a time reads no text.
///
/// # Errors
///
/// What Jackson refuses, and years beyond -9999..=9999.
pub fn read(pattern: &Pattern, token: &Token<'_>) -> Result<Option<DateTime>, Refusal> {
    read_with(token, |text| {
        both(pattern.read(text)?).ok_or_else(|| {
            let expected = pattern.source();
            Refusal::Jackson(format!("expected a date and time as {expected}, found text {text:?}"))
        })
    })
}

/// Writes a date and time under any pattern; what the pattern does not name is left out.
///
/// # Errors
///
/// None in practice: a date and time has every field of a pattern.
pub fn write(pattern: &Pattern, value: DateTime) -> Result<String, MissingTime> {
    let JavaDateTime { date, time } = value.into();
    pattern.write(date, Some(time))
}

impl<P: DatePattern> Serialize for PatternDateTime<P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(value) = self.0 else {
            return serializer.serialize_none();
        };
        match dates_in_force() {
            // A pattern turns timestamps off for its property.
            Dates::Text | Dates::Arrays => {
                let pattern = Pattern::new(P::PATTERN).map_err(S::Error::custom)?;
                serializer.serialize_str(&write(&pattern, value).map_err(S::Error::custom)?)
            }
            Dates::Unsupported => Err(S::Error::custom(unsupported("LocalDateTime"))),
        }
    }
}

impl<'de, P: DatePattern> Deserialize<'de> for PatternDateTime<P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        leaf::deserialize(deserializer)
    }
}

impl<P: DatePattern> JsonSchema for PatternDateTime<P> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("LocalDateTime pattern {}", P::PATTERN).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        pattern_schema(P::PATTERN)
    }
}

impl<P: DatePattern> Arbitrary for PatternDateTime<P> {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    /// Values that the pattern can tell apart: no field that it cuts off is other than zero.
    fn arbitrary_with((): ()) -> Self::Strategy {
        let pattern = Pattern::new(P::PATTERN);
        let digits = pattern.as_ref().map_or(9, Pattern::fraction_digits);
        let keeps = [Field::Hour, Field::Minute, Field::Second]
            .map(|field| pattern.as_ref().is_ok_and(|pattern| pattern.has(field)));
        let value = date_times(first_year(P::PATTERN)..=9999, digits).prop_filter_map("no such time", move |value| {
            let [hour, minute, second] = keeps;
            let kept = |keep: bool, number: i8| if keep { number } else { 0 };
            value
                .with()
                .hour(kept(hour, value.hour()))
                .minute(kept(minute, value.minute()))
                .second(kept(second, value.second()))
                .build()
                .ok()
        });
        proptest::option::weighted(0.9, value).prop_map(Self::new).boxed()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::java::config::with_dates;

    fn text(text: &str) -> Result<Option<DateTime>, Refusal> {
        PatternDateTime::<EventMillis>::read(&Token::Text(text.into())).map(|value| value.0)
    }

    #[test]
    fn reads_text() {
        for (accepted, expected) in [
            ("2024-01-15T10:30:45.120", date(2024, 1, 15).at(10, 30, 45, 120_000_000)),
            ("2024-02-30T00:00:00.000", date(2024, 2, 29).at(0, 0, 0, 0)),
            ("2024-12-31T24:00:00.000", date(2025, 1, 1).at(0, 0, 0, 0)),
            ("2024-02-30T24:00:00.000", date(2024, 3, 1).at(0, 0, 0, 0)),
            ("0000-01-01T00:00:00.000", date(0, 1, 1).at(0, 0, 0, 0)),
            ("-0001-01-01T00:00:00.000", date(-1, 1, 1).at(0, 0, 0, 0)),
        ] {
            assert_eq!(text(accepted), Ok(Some(expected)), "{accepted:?}");
        }
        assert_eq!(text("  "), Ok(None));
    }

    #[test]
    fn refuses_text() {
        for refused in [
            "2024-01-15T10:30:45",
            "2024-01-15T10:30:45.12",
            "2024-01-15T10:30:45.1200",
            "2024-01-15T10:30:45.120Z",
            "2024-01-15t10:30:45.120",
            "2024-01-15 10:30:45.120",
            "2024-01-15T24:00:00.001",
            "2024-01-15T10:30:60.000",
            "2024-01-15",
            "+999999999-12-31T24:00:00.000",
        ] {
            assert!(matches!(text(refused), Err(Refusal::Jackson(_))), "{refused:?}: {:?}", text(refused));
        }
        for far in ["9999-12-31T24:00:00.000", "+999999999-12-31T23:00:00.000"] {
            assert!(matches!(text(far), Err(Refusal::Stricter(_))), "{far:?}");
        }
    }

    #[test]
    fn reads_lists_as_without_a_pattern() {
        let read = |token: &Token<'_>| PatternDateTime::<EventMillis>::read(token).map(|value| value.0);
        let list = ["2024", "1", "15", "10", "30", "0", "5"].map(|digits| Token::Integer(digits.into()));
        assert_eq!(read(&Token::Array(list.to_vec())), Ok(Some(date(2024, 1, 15).at(10, 30, 0, 5))));
        assert_eq!(read(&Token::Array(vec![])), Ok(None));
        assert!(read(&Token::Integer("0".into())).is_err());
    }

    #[test]
    fn writes_text_in_every_form_of_dates() {
        let json = |dates, value: Option<DateTime>| {
            with_dates(dates, || serde_json::to_string(&PatternDateTime::<EventMillis>::new(value))).ok()
        };
        let value = Some(date(-1, 1, 15).at(10, 30, 0, 129_999_999));
        for dates in [Dates::Text, Dates::Arrays] {
            assert_eq!(json(dates, value).as_deref(), Some(r#""-0001-01-15T10:30:00.129""#));
        }
        assert_eq!(json(Dates::Unsupported, value), None);
        assert_eq!(json(Dates::Unsupported, None).as_deref(), Some("null"));
    }
}
