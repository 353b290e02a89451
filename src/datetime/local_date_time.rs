//! `java.time.LocalDateTime` without an annotation.
//!
//! Example: `"2024-01-15T10:30:00.12"`, or `[2024,1,15,10,30,0,120000000]` where dates are timestamps. Used by
//! the connection log and wherever Mongo's milliseconds come through.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `LocalDateTimeDeserializer` and `LocalDateTimeSerializer`;
//! `fixtures/datetime/*.jsonl`, configurations `default`, `iso` and `timestamps_nanos`.

use std::ops::RangeInclusive;

use jiff::civil::{DateTime, Time};
use proptest::prelude::*;
use schemars::{Schema, json_schema};
use serde::ser::{Serialize, Serializer};

use super::java_time::pattern::{MissingTime, Pattern};
use super::java_time::{Field, JavaDate, JavaDateTime, JavaTime, Resolved, Style, scan_iso_date_time};
use super::local_date::{dates, element, first_year, has_time, pattern_schema, regex, unsupported};
use crate::java::config::{Dates, Timestamps};
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::token::trim;
use crate::java::types::deserialize_as_leaf;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// `java.time.LocalDateTime`, with a pattern or without.
pub static LOCAL_DATE_TIME: LeafType = LeafType {
    name: "LocalDateTime",
    java: "java.time.LocalDateTime",
    nullable: true,
    initial: "null",
    date: Some(DateForm::DateTime),
    schema: |format, dates| match format.pattern {
        Some(pattern) => pattern_schema(pattern, dates),
        None => schema(dates),
    },
    values: |format| {
        let values = match format.pattern.and_then(|pattern| Pattern::new(pattern).ok()) {
            Some(pattern) => pattern_values(pattern),
            None => {
                date_times(-9999..=9999, 9).prop_map(|value| Token::text(JavaDateTime::from(value).to_iso())).boxed()
            }
        };
        prop_oneof![1 => Just(Token::Null), 9 => values].boxed()
    },
};

/// Values that a pattern can tell apart: no field that it cuts off is other than zero.
fn pattern_values(pattern: Pattern) -> BoxedStrategy<Token<'static>> {
    let keeps = [Field::Hour, Field::Minute, Field::Second].map(|field| pattern.has(field));
    let values = date_times(first_year(&pattern)..=9999, pattern.fraction_digits());
    let text = move |value: DateTime| {
        let [hour, minute, second] = keeps;
        let kept = |keep: bool, number: i8| if keep { number } else { 0 };
        let value = value
            .with()
            .hour(kept(hour, value.hour()))
            .minute(kept(minute, value.minute()))
            .second(kept(second, value.second()))
            .build()
            .ok()?;
        write_pattern(&pattern, value).ok().map(Token::text)
    };
    values.prop_filter_map("no such time", text).boxed()
}

/// A date and a time of the day, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LocalDateTime(pub Option<DateTime>);

impl Leaf for LocalDateTime {
    const TYPE: &'static LeafType = &LOCAL_DATE_TIME;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        read_with(token, read_text).map(Self)
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(value) = self.0 else { return Ok(()) };
        match writer.config().dates {
            Dates::Text => writer.text(&JavaDateTime::from(value).to_iso()),
            Dates::Arrays => {
                let (second, nano) = (i32::from(value.second()), value.subsec_nanosecond());
                let fraction = match writer.config().timestamps {
                    Timestamps::Nanos => nano,
                    Timestamps::Millis => nano / 1_000_000,
                };
                let numbers = [
                    value.year().into(),
                    value.month().into(),
                    value.day().into(),
                    value.hour().into(),
                    value.minute().into(),
                    second,
                    fraction,
                ];
                let length = match (second, nano) {
                    (0, 0) => 5,
                    (_, 0) => 6,
                    _ => 7,
                };
                writer.numbers(&numbers[..length]);
            }
            Dates::Unsupported => return Err(unsupported("LocalDateTime")),
        }
        Ok(())
    }
}

/// Reads everything but text as `LocalDateTimeDeserializer` does, with a pattern or without, and text by
/// `read_text`, which gets it trimmed and not empty.
pub(crate) fn read_with(
    token: &Token<'_>,
    read_text: impl FnOnce(&str) -> Result<JavaDateTime, Refusal>,
) -> Result<Option<DateTime>, Refusal> {
    let value = match token {
        Token::Null => return Ok(None),
        Token::Text(text) => match trim(text) {
            "" => return Ok(None),
            text => read_text(text)?,
        },
        Token::Array(items) => match items.as_slice() {
            [] => return Ok(None),
            [year, month, day, hour, minute, rest @ ..] if rest.len() <= 2 => {
                let date = JavaDate::of(element(year)?, element(month)?, element(day)?)?;
                let [second, nano] = [rest.first(), rest.get(1)].map(|item| item.map_or(Ok(0), cut_element));
                let time = JavaTime::of(element(hour)?, element(minute)?, second?, nano?)?;
                JavaDateTime { date, time }
            }
            items => {
                let found = items.len();
                return Err(Refusal::Jackson(format!("expected a list of 5 to 7 numbers, found one of {found}")));
            }
        },
        Token::Bool(_) | Token::Integer(_) | Token::Float(_) | Token::Object(_) => {
            let found = token.describe();
            return Err(Refusal::Jackson(format!("expected a date and time as text or list, found {found}")));
        }
    };
    value.to_civil().map(Some)
}

/// A final `Z` is dropped if the `T` stands where a year of four digits puts it.
fn read_text(text: &str) -> Result<JavaDateTime, Refusal> {
    let local = if has_time(text) { text.strip_suffix('Z').unwrap_or(text) } else { text };
    let resolved = scan_iso_date_time(local).map(|fields| fields.resolve(Style::Strict)).transpose()?;
    both(resolved).ok_or_else(|| {
        Refusal::Jackson(format!("expected a date and time such as 2024-01-15T10:30:00, found text {text:?}"))
    })
}

/// Date and time, if the text had both.
pub(crate) fn both(resolved: Option<Resolved>) -> Option<JavaDateTime> {
    let Resolved { date, time } = resolved?;
    date.zip(time).map(|(date, time)| JavaDateTime { date, time })
}

/// The second or its fraction in an array: Jackson asks for these by `getIntValue`, which cuts `5.9` to 5, where
/// it asks for the others by `nextIntValue`, which takes integers only.
fn cut_element(token: &Token<'_>) -> Result<i64, Refusal> {
    let Token::Float(digits) = token else {
        return element(token);
    };
    digits
        .parse::<f64>()
        .ok()
        .filter(|number| (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(number))
        .map(|number| number as i64)
        .ok_or_else(|| Refusal::Jackson(format!("expected a list of 32-bit integers, found number {digits} in it")))
}

/// Reads a date and time under any pattern; one without a time reads no text.
///
/// # Errors
///
/// What Jackson refuses, and years beyond -9999..=9999.
pub fn read_pattern(pattern: &Pattern, token: &Token<'_>) -> Result<Option<DateTime>, Refusal> {
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
pub fn write_pattern(pattern: &Pattern, value: DateTime) -> Result<String, MissingTime> {
    let JavaDateTime { date, time } = value.into();
    pattern.write(date, Some(time))
}

/// As text: without a configuration, this is what is written.
impl Serialize for LocalDateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.map(|value| JavaDateTime::from(value).to_iso()).serialize(serializer)
    }
}

deserialize_as_leaf!([] LocalDateTime);

fn schema(dates: Dates) -> Schema {
    match dates {
        // No format: RFC 3339 date-times have an offset.
        Dates::Text => json_schema!({
            "type": ["string", "null"],
            "pattern": format!("^{}(?:\\.[0-9]{{0,8}}[1-9])?$", regex("uuuu-MM-dd'T'HH:mm:ss"))
        }),
        Dates::Arrays => {
            let [whole_minute, whole_second, fraction] = [None, Some((1, None)), Some((0, Some(1)))].map(list_schema);
            json_schema!({ "anyOf": [whole_minute, whole_second, fraction, { "type": "null" }] })
        }
        Dates::Unsupported => json_schema!({ "type": "null" }),
    }
}

/// The schema of one length of list: `tail` has the least second and, if there is one, the least fraction.
fn list_schema(tail: Option<(i32, Option<i32>)>) -> Schema {
    let range =
        |(minimum, maximum): (i32, i32)| json_schema!({ "type": "integer", "minimum": minimum, "maximum": maximum });
    let mut ranges = vec![(-9999, 9999), (1, 12), (1, 31), (0, 23), (0, 59)];
    if let Some((second, nano)) = tail {
        ranges.push((second, 59));
        ranges.extend(nano.map(|nano| (nano, 999_999_999)));
    }
    let length = ranges.len();
    json_schema!({
        "type": "array",
        "prefixItems": ranges.into_iter().map(range).collect::<Vec<_>>(),
        "items": false,
        "minItems": length,
        "maxItems": length
    })
}

/// Dates and times of the given years, with up to so many fraction digits; every number of digits is as likely.
pub(super) fn date_times(years: RangeInclusive<i16>, digits: usize) -> impl Strategy<Value = DateTime> {
    let second = prop_oneof![
        4 => (0..=23_i8, 0..=59_i8, 0..=59_i8),
        1 => (0..=23_i8, 0..=59_i8, Just(0)),
        1 => Just((0, 0, 0)),
        1 => Just((23, 59, 59)),
    ];
    let nano = (0..=digits, prop_oneof![4 => 0..=999_999_999_i32, 1 => Just(999_999_999)])
        .prop_map(|(digits, nano)| nano - nano % 10_i32.pow(9 - u32::try_from(digits.min(9)).unwrap_or(9)));
    (dates(years), second, nano).prop_filter_map("no such time", |(date, (hour, minute, second), nano)| {
        Time::new(hour, minute, second, nano).ok().map(|time| date.to_datetime(time))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::java::config::MapperConfig;
    use crate::java::write::emit;

    fn text(text: &str) -> Result<LocalDateTime, Refusal> {
        LocalDateTime::read(&Token::Text(text.into()))
    }

    fn list(items: &[&str]) -> Token<'static> {
        let item = |item: &&str| match item.contains(['.', 'e']) {
            true => Token::Float((*item).to_owned().into()),
            false => Token::Integer((*item).to_owned().into()),
        };
        Token::Array(items.iter().map(item).collect())
    }

    fn half_past_ten(second: i8, nano: i32) -> LocalDateTime {
        LocalDateTime(Some(date(2024, 1, 15).at(10, 30, second, nano)))
    }

    #[test]
    fn reads_text() {
        for (accepted, nano) in [
            ("2024-01-15T10:30", 0),
            (" 2024-01-15T10:30:00 ", 0),
            ("2024-01-15t10:30:00", 0),
            ("2024-01-15T10:30:00.", 0),
            ("2024-01-15T10:30:00.1", 100_000_000),
            ("2024-01-15T10:30:00.000000001", 1),
            ("2024-01-15T10:30:00.120Z", 120_000_000),
            ("2024-01-15T10:30Z", 0),
        ] {
            assert_eq!(text(accepted), Ok(half_past_ten(0, nano)), "{accepted:?}");
        }
        assert_eq!(text(" "), Ok(LocalDateTime(None)));
        assert_eq!(text("-0001-01-01T00:00"), Ok(LocalDateTime(Some(date(-1, 1, 1).at(0, 0, 0, 0)))));
    }

    #[test]
    fn refuses_text() {
        for refused in [
            "2024-01-15",
            "2024-01-15T",
            "2024-01-15T10",
            "2024-01-15 10:30:00",
            "2024-01-15T10:30:0",
            "2024-01-15T10:30.5",
            "2024-01-15T24:00:00",
            "2024-01-15T10:30:60",
            "2024-02-30T10:30:00",
            "2024-01-15T10:30:00z",
            "2024-01-15t10:30:00Z",
            "2024-01-15T10:30:00+01:00",
            "2024-01-15T10:30:00.1234567890",
            "+10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
        ] {
            assert!(matches!(text(refused), Err(Refusal::Jackson(_))), "{refused:?}: {:?}", text(refused));
        }
        assert!(matches!(text("+10000-01-01T00:00:00"), Err(Refusal::Stricter(_))));
    }

    #[test]
    fn reads_lists() {
        for (accepted, expected) in [
            (&["2024", "1", "15", "10", "30"][..], half_past_ten(0, 0)),
            (&["2024", "1", "15", "10", "30", "5"], half_past_ten(5, 0)),
            (&["2024", "1", "15", "10", "30", "0", "120"], half_past_ten(0, 120)),
            (&["2024", "1", "15", "10", "30", "5.9", "1e3"], half_past_ten(5, 1000)),
            (&[], LocalDateTime(None)),
        ] {
            assert_eq!(LocalDateTime::read(&list(accepted)), Ok(expected), "{accepted:?}");
        }
    }

    #[test]
    fn refuses_numbers_and_lists() {
        for token in [
            Token::Integer("0".into()),
            Token::Float("0.5".into()),
            Token::Bool(false),
            Token::Object(vec![]),
            list(&["2024", "1", "15", "10"]),
            list(&["2024", "1", "15", "10", "30", "0", "0", "0"]),
            list(&["2024", "1", "15", "10", "30.0"]),
            list(&["2024", "1", "15", "24", "0"]),
            list(&["2024", "1", "15", "10", "30", "60"]),
            list(&["2024", "1", "15", "10", "30", "0", "1000000000"]),
            list(&["2024", "1", "15", "10", "30", "0", "-1"]),
            list(&["2024", "1", "15", "10", "30", "1e400"]),
            list(&["2023", "2", "29", "0", "0"]),
        ] {
            let read = LocalDateTime::read(&token);
            assert!(matches!(read, Err(Refusal::Jackson(_))), "{token:?}: {read:?}");
        }
    }

    #[test]
    fn writes_what_is_in_force() {
        let json = |dates, value: LocalDateTime| emit(&MapperConfig { dates, ..MapperConfig::ISO }, &value).ok();
        for (value, written, list) in [
            (half_past_ten(0, 0), r#""2024-01-15T10:30:00""#, "[2024,1,15,10,30]"),
            (half_past_ten(5, 0), r#""2024-01-15T10:30:05""#, "[2024,1,15,10,30,5]"),
            (half_past_ten(0, 120_000_000), r#""2024-01-15T10:30:00.12""#, "[2024,1,15,10,30,0,120000000]"),
            (LocalDateTime(None), "null", "null"),
        ] {
            assert_eq!(json(Dates::Text, value.clone()).as_deref(), Some(written));
            assert_eq!(json(Dates::Arrays, value).as_deref(), Some(list));
        }
        assert_eq!(json(Dates::Unsupported, half_past_ten(0, 0)), None);
        assert_eq!(json(Dates::Unsupported, LocalDateTime(None)).as_deref(), Some("null"));
    }
}
