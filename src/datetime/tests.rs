//! Tests over all forms.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::java_time::{JavaDate, Style, scan_iso_date};
use super::*;
use crate::document::parse_text;
use crate::java::config::{Dates, MapperConfig};
use crate::java::leaf::{Leaf, Token};
use crate::java::write::emit;
use crate::model::leaf_type::Format;
use crate::model::values::leaf_values;

/// The value as a mapper that writes dates so writes it.
pub(crate) fn written<T: Leaf>(dates: Dates, value: &T) -> String {
    emit(&MapperConfig { dates, ..MapperConfig::ISO }, value).unwrap()
}

pub(crate) fn read<T: Leaf>(json: &str) -> Option<T> {
    T::read(&Token::of(&parse_text(json).unwrap(), 0)).ok()
}

/// Writes the value, validates and reads what was written, and expects the value.
pub(crate) fn round_trip<T: Leaf>(value: &T) -> TestCaseResult {
    for dates in [Dates::Text, Dates::Arrays] {
        let written = written(dates, value);
        prop_assert!(is_valid::<T>(dates, &written), "{} under {:?}", written, dates);
        prop_assert_eq!(read::<T>(&written), Some(value.clone()), "{} under {:?}", written, dates);
    }
    Ok(())
}

/// Whether the schema of what is written under a configuration takes a JSON text.
pub(crate) fn is_valid<T: Leaf>(dates: Dates, json: &str) -> bool {
    let schema = (T::TYPE.schema)(&Format { pattern: T::PATTERN, domain: T::DOMAIN }, dates);
    let validator = jsonschema::options().should_validate_formats(true).build(schema.as_value()).unwrap();
    validator.is_valid(&serde_json::from_str(json).unwrap())
}

#[test]
fn the_short_way_to_a_plain_date_is_the_long_way() {
    let long_way = |text: &str| scan_iso_date(text)?.resolve(Style::Strict).ok()?.date;
    for year in
        ["0000", "0001", "1900", "2000", "2023", "2024", "9999", "+2024", "-0001", "-0000", "10000", "202", "２０24"]
    {
        for month in 0..=13 {
            for day in 0..=32 {
                for text in [format!("{year}-{month:02}-{day:02}"), format!("{year}-{month:01}-{day:03}")] {
                    let short_way = JavaDate::of_plain_iso(&text);
                    assert!(short_way.is_none() || short_way == long_way(&text), "{text}");
                    assert!(year.len() != 4 || text.len() != 10 || short_way == long_way(&text), "{text}");
                    if let Some(date) = long_way(&text) {
                        assert_eq!(date.to_iso(), text);
                    }
                }
            }
        }
    }
    for other in
        ["2024-01-1a", "2024/01/15", "2024-01-15 ", " 2024-01-15", "2024-01-150", "20240115", "", "2024-0\u{661}-1"]
    {
        assert_eq!(JavaDate::of_plain_iso(other), None, "{other}");
    }
}

#[test]
fn schemas_refuse_what_is_never_written() {
    for json in
        ["20240115", r#""2024-02-30""#, r#""-0000-01-01""#, r#""-0001-04-31""#, r#""+10000-01-01""#, "[2024,1,15]"]
    {
        assert!(!is_valid::<LocalDate>(Dates::Text, json), "{json}");
    }
    for json in ["[]", "[2024,1]", "[2024,1,15,0]", "[2024,13,1]", "[2024.5,1,1]", r#""2024-01-15""#] {
        assert!(!is_valid::<LocalDate>(Dates::Arrays, json), "{json}");
    }
    for json in [
        r#""2024-01-15""#,
        r#""2024-01-15T10:30""#,
        r#""2024-01-15T10:30:00.10""#,
        r#""2024-01-15T10:30:00.""#,
        r#""2024-01-15T10:30:00Z""#,
        r#""2024-04-31T10:30:00""#,
        r#""2024-01-15T24:00:00""#,
    ] {
        assert!(!is_valid::<LocalDateTime>(Dates::Text, json), "{json}");
    }
    for json in ["[2024,1,15]", "[2024,1,15,10,30,0]", "[2024,1,15,10,30,5,0]", "[2024,1,15,24,0]"] {
        assert!(!is_valid::<LocalDateTime>(Dates::Arrays, json), "{json}");
    }
    for json in [r#""2024-01-15""#, r#""31/04/2024""#, r#""01/01/0000""#, r#""01/01/-0001""#, "[2024,1,15]", "0"] {
        assert!(!is_valid::<PatternDate<DayMonthYear>>(Dates::Arrays, json), "{json}");
    }
    for json in [r#""2024-01-15T10:30:00""#, r#""2024-01-15T10:30:00.1234""#, r#""-0000-01-15T10:30:00.123""#] {
        assert!(!is_valid::<PatternDateTime<EventMillis>>(Dates::Text, json), "{json}");
    }
    assert!(!is_valid::<LocalDate>(Dates::Unsupported, r#""2024-01-15""#));
    assert!(is_valid::<LocalDate>(Dates::Unsupported, "null"));
}

proptest! {
    #[test]
    fn local_date_round_trip(value in leaf_values::<LocalDate>()) {
        round_trip(&value)?;
    }

    #[test]
    fn local_date_time_round_trip(value in leaf_values::<LocalDateTime>()) {
        round_trip(&value)?;
    }

    #[test]
    fn year_month_day_round_trip(value in leaf_values::<PatternDate<YearMonthDay>>()) {
        round_trip(&value)?;
    }

    #[test]
    fn day_month_year_round_trip(value in leaf_values::<PatternDate<DayMonthYear>>()) {
        round_trip(&value)?;
    }

    #[test]
    fn event_millis_round_trip(value in leaf_values::<PatternDateTime<EventMillis>>()) {
        round_trip(&value)?;
    }

    #[test]
    fn index_millis_round_trip(value in leaf_values::<PatternDateTime<IndexMillis>>()) {
        round_trip(&value)?;
    }

    #[test]
    fn no_text_panics(text in "[-+0-9TtZ:./ é]{0,40}|\\PC*") {
        let token = Token::Text(text.into());
        let _ = LocalDate::read(&token);
        let _ = LocalDateTime::read(&token);
        let _ = PatternDate::<DayMonthYear>::read(&token);
        let _ = PatternDateTime::<EventMillis>::read(&token);
    }
}

#[test]
fn names_of_forms_are_type_and_pattern() {
    for form in FORMS {
        let Form { name, java_type, pattern, .. } = form;
        let expected = match pattern {
            Some(pattern) => format!("{java_type} pattern {pattern}"),
            None => (*java_type).to_owned(),
        };
        assert_eq!(*name, expected);
        assert!(pattern.is_none_or(|pattern| java_time::pattern::Pattern::new(pattern).is_ok()), "{name}");
    }
}

#[test]
fn every_form_is_that_of_a_leaf_type() {
    for (ty, pattern) in [(LocalDate::TYPE, None), (LocalDate::TYPE, Some("dd/MM/yyyy")), (LocalDateTime::TYPE, None)] {
        let form = form(ty, pattern).unwrap();
        assert_eq!((form.java_type, form.pattern), (ty.java.rsplit('.').next().unwrap(), pattern));
    }
    assert_eq!(form(crate::java::types::Text::TYPE, None), None);
    assert_eq!(form(LocalDate::TYPE, Some("yyyy")), None);
}
