//! `java.time.LocalDate` without an annotation.
//!
//! Example: `"2024-01-15"`, or `[2024,1,15]` where dates are timestamps. Most dates on wires
//! are of this form.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `LocalDateDeserializer` and `LocalDateSerializer`;
//! `fixtures/datetime/*.jsonl`, configurations `default`, `iso` and `timestamps_nanos`.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use proptest::prelude::*;
use schemars::{Schema, json_schema};
use serde::ser::{Serialize, Serializer};

use super::java_time::pattern::{MissingTime, Pattern, YEAR_BUT_ZERO};
use super::java_time::{Field, JavaDate, Style, scan_iso_date, scan_iso_date_time};
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::token::trim;
use crate::java::types::deserialize_as_leaf;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// `java.time.LocalDate`, with a pattern or without.
pub static LOCAL_DATE: LeafType = LeafType {
    name: "LocalDate",
    java: "java.time.LocalDate",
    nullable: true,
    initial: "null",
    date: Some(DateForm::Date),
    schema: |format, dates| match format.pattern {
        Some(pattern) => pattern_schema(pattern, dates),
        None => schema(dates),
    },
    values: |format| {
        let pattern = format.pattern.and_then(|pattern| Pattern::new(pattern).ok());
        let years = pattern.as_ref().map_or(-9999, first_year)..=9999;
        let text = move |date: Date| match &pattern {
            Some(pattern) => write_pattern(pattern, date).ok(),
            None => Some(JavaDate::from(date).to_iso()),
        };
        let values = dates(years).prop_filter_map("a pattern with a time", move |date| text(date).map(Token::text));
        prop_oneof![1 => Just(Token::Null), 9 => values].boxed()
    },
};

/// A date, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LocalDate(pub Option<Date>);

impl Leaf for LocalDate {
    const TYPE: &'static LeafType = &LOCAL_DATE;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        read_with(token, read_text).map(Self)
    }

    fn read_otherwise(token: &Token<'_>) -> Option<Self> {
        let pattern = Pattern::of("dd/MM/yyyy").ok()?;
        read_pattern(pattern, token).ok().map(Self)
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(date) = self.0 else { return Ok(()) };
        match writer.config().dates {
            Dates::Text => writer.text(&JavaDate::from(date).to_iso()),
            Dates::Arrays => writer.numbers(&[date.year().into(), date.month().into(), date.day().into()]),
            Dates::Unsupported => return Err(unsupported("LocalDate")),
        }
        Ok(())
    }
}

/// Reads everything but text as `LocalDateDeserializer` does, with a pattern or without, and text by `read_text`,
/// which gets it trimmed and not empty.
pub(crate) fn read_with(
    token: &Token<'_>,
    read_text: impl FnOnce(&str) -> Result<JavaDate, Refusal>,
) -> Result<Option<Date>, Refusal> {
    let date = match token {
        Token::Null => return Ok(None),
        Token::Text(text) => match trim(text) {
            "" => return Ok(None),
            text => read_text(text)?,
        },
        // Days since 1970, even if the digits look like 20240115.
        Token::Integer(digits) => match digits.parse() {
            Ok(days) => JavaDate::of_epoch_day(days)?,
            Err(_) => {
                return Err(Refusal::Jackson(format!("expected a day count, found number {digits}")));
            }
        },
        Token::Array(items) => match items.as_slice() {
            [] => return Ok(None),
            [year, month, day] => JavaDate::of(element(year)?, element(month)?, element(day)?)?,
            items => {
                let found = items.len();
                return Err(Refusal::Jackson(format!("expected a list of 3 numbers, found one of {found}")));
            }
        },
        Token::Bool(_) | Token::Float(_) | Token::Object(_) => {
            let found = token.describe();
            return Err(Refusal::Jackson(format!("expected a date as text or list, found {found}")));
        }
    };
    date.to_civil().map(Some)
}

/// A date-time is taken and its time dropped if its `T` stands where a year of four digits puts it.
fn read_text(text: &str) -> Result<JavaDate, Refusal> {
    if let Some(date) = JavaDate::of_plain_iso(text) {
        return Ok(date);
    }
    let fields =
        if has_time(text) { scan_iso_date_time(text.strip_suffix('Z').unwrap_or(text)) } else { scan_iso_date(text) };
    let resolved = fields.map(|fields| fields.resolve(Style::Strict)).transpose()?;
    resolved
        .and_then(|resolved| resolved.date)
        .ok_or_else(|| Refusal::Jackson(format!("expected a date such as 2024-01-15, found text {text:?}")))
}

/// Whether the eleventh character is a `T`, counted as Java does.
pub(super) fn has_time(text: &str) -> bool {
    match text.as_bytes().split_at_checked(11) {
        // Nearly every date: a character is a byte and a unit.
        Some((begin, _)) if begin.is_ascii() => begin[10] == b'T',
        _ => text.encode_utf16().nth(10) == Some(u16::from(b'T')),
    }
}

/// An element of an array: an integer of 32 bits.
pub(super) fn element(token: &Token<'_>) -> Result<i64, Refusal> {
    let number = match token {
        Token::Integer(digits) => digits.parse::<i32>().ok(),
        _ => None,
    };
    number.map(i64::from).ok_or_else(|| {
        let found = token.describe();
        Refusal::Jackson(format!("expected a list of 32-bit integers, found {found} in it"))
    })
}

/// Reads a date under any pattern; a pattern with a time is fine, its time is dropped.
///
/// # Errors
///
/// What Jackson refuses, and years beyond -9999..=9999.
pub fn read_pattern(pattern: &Pattern, token: &Token<'_>) -> Result<Option<Date>, Refusal> {
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
pub fn write_pattern(pattern: &Pattern, date: Date) -> Result<String, MissingTime> {
    pattern.write(date.into(), None)
}

/// The schema of what a pattern writes: it turns timestamps off for its property.
pub(super) fn pattern_schema(pattern: &str, dates: Dates) -> Schema {
    match dates {
        Dates::Text | Dates::Arrays => {
            json_schema!({ "type": ["string", "null"], "pattern": format!("^{}$", regex(pattern)) })
        }
        Dates::Unsupported => json_schema!({ "type": "null" }),
    }
}

/// The first year that a pattern writes so that it is read back: under `yyyy`, years before 1 look like others.
pub(super) fn first_year(pattern: &Pattern) -> i16 {
    if pattern.has(Field::YearOfEra) { 1 } else { -9999 }
}

/// As text: without a configuration, this is what is written.
impl Serialize for LocalDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.map(|date| JavaDate::from(date).to_iso()).serialize(serializer)
    }
}

deserialize_as_leaf!([] LocalDate);

/// What Jackson without `JavaTimeModule` says to a value that is not null.
pub(crate) fn unsupported(java_type: &str) -> WriteError {
    let expected = "expected a mapper with JavaTimeModule";
    WriteError(format!("{expected}, found one that cannot write java.time.{java_type}"))
}

fn schema(dates: Dates) -> Schema {
    match dates {
        Dates::Text => json_schema!({
            "anyOf": [
                { "type": "string", "format": "date" },
                // RFC 3339, and so the format, has no years before 0.
                { "type": "string", "pattern": format!("^-{YEAR_BUT_ZERO}-{}$", regex("MM-dd")) },
                { "type": "null" }
            ]
        }),
        Dates::Arrays => json_schema!({
            "type": ["array", "null"],
            "prefixItems": [
                { "type": "integer", "minimum": -9999, "maximum": 9999 },
                { "type": "integer", "minimum": 1, "maximum": 12 },
                { "type": "integer", "minimum": 1, "maximum": 31 }
            ],
            "items": false,
            "minItems": 3,
            "maxItems": 3
        }),
        Dates::Unsupported => json_schema!({ "type": "null" }),
    }
}

/// The regular expression of a pattern; one that is not supported matches nothing.
pub(super) fn regex(pattern: &str) -> String {
    Pattern::new(pattern).map_or_else(|_| "[]".to_owned(), |pattern| pattern.regex())
}

/// Dates of the given years, mostly of our own times, with a taste for the ends of months.
pub(super) fn dates(years: RangeInclusive<i16>) -> impl Strategy<Value = Date> {
    let edges = [*years.start(), *years.end(), 1, 999, 1000, 2000];
    let edges = edges.into_iter().filter(|year| years.contains(year)).collect::<Vec<_>>();
    let year = prop_oneof![
        6 => 1900..=2100_i16,
        1 => proptest::sample::select(edges),
        2 => years,
    ];
    let month_and_day = prop_oneof![
        4 => (1..=12_i8, 1..=31_i8),
        // The 29th becomes the 28th where there is none.
        1 => Just((2, 29)),
        1 => Just((12, 31)),
        1 => Just((1, 1)),
    ];
    (year, month_and_day).prop_filter_map("the month has no such day", |(year, (month, day))| {
        let first = Date::new(year, month, 1).ok()?;
        Date::new(year, month, day.min(first.days_in_month())).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::java::config::MapperConfig;
    use crate::java::write::emit;

    fn text(text: &str) -> Result<LocalDate, Refusal> {
        LocalDate::read(&Token::Text(text.into()))
    }

    fn integer(digits: &str) -> Token<'_> {
        Token::Integer(digits.into())
    }

    fn date(year: i16, month: i8, day: i8) -> LocalDate {
        LocalDate(Some(Date::constant(year, month, day)))
    }

    #[test]
    fn reads_text() {
        for accepted in [
            "2024-01-15",
            "\u{0} 2024-01-15\t\n",
            "2024-01-15T10:30",
            "2024-01-15T10:30:00.",
            "2024-01-15T10:30:00.123456789",
            "2024-01-15T10:30:00Z",
        ] {
            assert_eq!(text(accepted), Ok(date(2024, 1, 15)), "{accepted:?}");
        }
        assert_eq!(text("-0001-12-31"), Ok(date(-1, 12, 31)));
        assert_eq!(text("0000-02-29"), Ok(date(0, 2, 29)));
        for null in ["", " \t\u{0}"] {
            assert_eq!(text(null), Ok(LocalDate(None)), "{null:?}");
        }
    }

    #[test]
    fn refuses_text() {
        for refused in [
            "2024-1-15",
            "2024-02-30",
            "2023-02-29",
            "+2024-01-15",
            "-0000-01-01",
            "10000-01-01",
            "+1000000000-01-01",
            "+10001-02-29",
            "2024-01-15t10:30:00",
            "2024-01-15T10:30:00z",
            "2024-01-15T10:30:00ZZ",
            "2024-01-15T24:00:00",
            "2024-01-15T10:30:00+00:00",
            "2024-01-15T10:30:00.1234567890",
            "2024-01-15Z",
            "+10000-01-01T00:00:00",
            "２０２４-０１-１５",
            "\u{a0}2024-01-15",
            "1705276800000",
        ] {
            assert!(matches!(text(refused), Err(Refusal::Jackson(_))), "{refused:?}: {:?}", text(refused));
        }
    }

    #[test]
    fn refuses_far_years_on_top_of_jackson() {
        let ten_thousand = [integer("10000"), integer("1"), integer("1")];
        for token in [
            Token::Text("+10000-01-01".into()),
            Token::Text("-999999999-12-31".into()),
            integer("20240115"),
            Token::Array(ten_thousand.to_vec()),
        ] {
            assert!(matches!(LocalDate::read(&token), Err(Refusal::Stricter(_))), "{token:?}");
        }
        let message = text("+10000-01-01").unwrap_err().to_string();
        assert_eq!(message, "expected a year from -9999 to 9999, found year 10000");
    }

    #[test]
    fn reads_numbers_and_lists() {
        assert_eq!(LocalDate::read(&Token::Null), Ok(LocalDate(None)));
        assert_eq!(LocalDate::read(&Token::Array(vec![])), Ok(LocalDate(None)));
        assert_eq!(LocalDate::read(&integer("-0")), Ok(date(1970, 1, 1)));
        assert_eq!(LocalDate::read(&integer("-500")), Ok(date(1968, 8, 19)));
        assert_eq!(LocalDate::read(&integer("19782")), Ok(date(2024, 2, 29)));
        let list = ["2024", "2", "29"].map(integer).to_vec();
        assert_eq!(LocalDate::read(&Token::Array(list)), Ok(date(2024, 2, 29)));
    }

    #[test]
    fn refuses_numbers_and_lists() {
        let list =
            |items: &[&str]| Token::Array(items.iter().map(|item| Token::Integer((*item).to_owned().into())).collect());
        for token in [
            Token::Bool(true),
            Token::Object(vec![]),
            Token::Float("1.0".into()),
            Token::Float("1e3".into()),
            integer("99999999999999999999"),
            integer("365241780472"),
            list(&["2024", "1"]),
            list(&["2024", "1", "15", "0"]),
            list(&["2023", "2", "29"]),
            list(&["4294967296", "1", "1"]),
            Token::Array(vec![integer("2024"), integer("1"), Token::Float("15.0".into())]),
            Token::Array(vec![Token::Text("2024-01-15".into())]),
            Token::Array(vec![integer("2024"), Token::Null, integer("1")]),
        ] {
            let read = LocalDate::read(&token);
            assert!(matches!(read, Err(Refusal::Jackson(_))), "{token:?}: {read:?}");
        }
    }

    #[test]
    fn another_pattern_can_be_understood() {
        let token = Token::Text("15/01/2024".into());
        assert!(LocalDate::read(&token).is_err());
        assert_eq!(LocalDate::read_otherwise(&token), Some(date(2024, 1, 15)));
        assert_eq!(LocalDate::read_otherwise(&Token::Text("soon".into())), None);
    }

    #[test]
    fn writes_what_is_in_force() {
        let json = |dates, value: LocalDate| emit(&MapperConfig { dates, ..MapperConfig::ISO }, &value).ok();
        assert_eq!(json(Dates::Text, date(-1, 1, 5)).as_deref(), Some(r#""-0001-01-05""#));
        assert_eq!(json(Dates::Arrays, date(999, 1, 5)).as_deref(), Some("[999,1,5]"));
        assert_eq!(json(Dates::Unsupported, date(2024, 1, 5)), None);
        for dates in [Dates::Text, Dates::Arrays, Dates::Unsupported] {
            assert_eq!(json(dates, LocalDate(None)).as_deref(), Some("null"));
        }
    }
}
