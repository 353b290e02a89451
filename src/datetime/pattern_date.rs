//! `java.time.LocalDate` under `@JsonFormat(pattern = ...)`.
//!
//! Example: `"15/01/2024"` under `dd/MM/yyyy`. Search documents mostly use
//! `yyyy-MM-dd`, files that people fill in `dd/MM/yyyy`.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `LocalDateDeserializer` and `LocalDateSerializer`; JDK 17,
//! `DateTimeFormatterBuilder`; `fixtures/datetime/*.jsonl`, configurations `pattern ...`.

use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;

use jiff::civil::Date;
use serde::ser::{Error as _, Serialize, Serializer};

use super::java_time::pattern::Pattern;
use super::local_date::{LOCAL_DATE, LocalDate, unsupported};
pub use super::local_date::{read_pattern as read, write_pattern as write};
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::types::deserialize_as_leaf;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::LeafType;

/// The pattern of an annotation, as a type.
pub trait DatePattern: Copy + Debug + Default + Eq + Hash + Send + Sync + 'static {
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

impl<P: DatePattern> PatternDate<P> {
    /// The text under the pattern; none for null.
    fn text(&self) -> Option<Result<String, String>> {
        let written = |value| {
            let pattern = Pattern::of(P::PATTERN).map_err(|error| error.to_string())?;
            write(pattern, value).map_err(|error| error.to_string())
        };
        self.0.map(written)
    }
}

impl<P: DatePattern> Leaf for PatternDate<P> {
    const TYPE: &'static LeafType = &LOCAL_DATE;
    const PATTERN: Option<&'static str> = Some(P::PATTERN);

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let pattern = Pattern::of(P::PATTERN).map_err(|error| Refusal::Jackson(error.to_string()))?;
        read(pattern, token).map(Self::new)
    }

    fn read_otherwise(token: &Token<'_>) -> Option<Self> {
        LocalDate::read(token).ok().map(|value| Self::new(value.0))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    /// A pattern turns timestamps off for its property.
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        if writer.config().dates == Dates::Unsupported {
            return Err(unsupported("LocalDate"));
        }
        if let Some(text) = self.text() {
            writer.text(&text.map_err(WriteError)?);
        }
        Ok(())
    }
}

impl<P: DatePattern> Serialize for PatternDate<P> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text().transpose().map_err(S::Error::custom)?.serialize(serializer)
    }
}

deserialize_as_leaf!([P: DatePattern] PatternDate<P>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::java::config::MapperConfig;
    use crate::java::write::emit;

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
            emit(&MapperConfig { dates, ..MapperConfig::ISO }, &PatternDate::<DayMonthYear>::new(date)).ok()
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
