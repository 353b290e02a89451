//! `java.time.LocalDateTime` under `@JsonFormat(pattern = ...)`.
//!
//! Example: `"2024-01-15T10:30:00.120"` under `uuuu-MM-dd'T'HH:mm:ss.SSS`, which the connection log's event time
//! and the search documents of integration use.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `LocalDateTimeDeserializer` and `LocalDateTimeSerializer`; JDK 17,
//! `DateTimeFormatterBuilder`; `fixtures/datetime/*.jsonl`, configurations `pattern ...`.

use std::marker::PhantomData;

use jiff::civil::DateTime;
use serde::ser::{Error as _, Serialize, Serializer};

use super::java_time::pattern::Pattern;
use super::local_date::unsupported;
use super::local_date_time::{LOCAL_DATE_TIME, LocalDateTime};
pub use super::local_date_time::{read_pattern as read, write_pattern as write};
use super::pattern_date::DatePattern;
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::types::deserialize_as_leaf;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::LeafType;

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

impl<P: DatePattern> PatternDateTime<P> {
    /// The text under the pattern; none for null.
    fn text(&self) -> Option<Result<String, String>> {
        let written = |value| {
            let pattern = Pattern::of(P::PATTERN).map_err(|error| error.to_string())?;
            write(pattern, value).map_err(|error| error.to_string())
        };
        self.0.map(written)
    }
}

impl<P: DatePattern> Leaf for PatternDateTime<P> {
    const TYPE: &'static LeafType = &LOCAL_DATE_TIME;
    const PATTERN: Option<&'static str> = Some(P::PATTERN);

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let pattern = Pattern::of(P::PATTERN).map_err(|error| Refusal::Jackson(error.to_string()))?;
        read(pattern, token).map(Self::new)
    }

    fn read_otherwise(token: &Token<'_>) -> Option<Self> {
        LocalDateTime::read(token).ok().map(|value| Self::new(value.0))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    /// A pattern turns timestamps off for its property.
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        if writer.config().dates == Dates::Unsupported {
            return Err(unsupported("LocalDateTime"));
        }
        if let Some(text) = self.text() {
            writer.text(&text.map_err(WriteError)?);
        }
        Ok(())
    }
}

impl<P: DatePattern> Serialize for PatternDateTime<P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text().transpose().map_err(S::Error::custom)?.serialize(serializer)
    }
}

deserialize_as_leaf!([P: DatePattern] PatternDateTime<P>);

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::java::config::MapperConfig;
    use crate::java::write::emit;

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
            emit(&MapperConfig { dates, ..MapperConfig::ISO }, &PatternDateTime::<EventMillis>::new(value)).ok()
        };
        let value = Some(date(-1, 1, 15).at(10, 30, 0, 129_999_999));
        for dates in [Dates::Text, Dates::Arrays] {
            assert_eq!(json(dates, value).as_deref(), Some(r#""-0001-01-15T10:30:00.129""#));
        }
        assert_eq!(json(Dates::Unsupported, value), None);
        assert_eq!(json(Dates::Unsupported, None).as_deref(), Some("null"));
    }
}
