//! Tests over all forms.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};

use super::java_time::{JavaDate, Style, scan_iso_date};
use super::*;
use crate::java::config::{Dates, with_dates};

/// Writes the value, validates and reads what was written, and expects the value.
fn round_trip<T: Serialize + DeserializeOwned + JsonSchema + Debug + PartialEq>(value: &T) -> TestCaseResult {
    for dates in [Dates::Text, Dates::Arrays] {
        let written = with_dates(dates, || serde_json::to_string(value));
        let written = written.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read =
            serde_json::from_str::<T>(&written).map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
        prop_assert!(is_valid::<T>(dates, &written), "{} under {:?}", written, dates);
        prop_assert_eq!(&read, value, "{} under {:?}", written, dates);
    }
    Ok(())
}

/// Whether the schema of what is written under a configuration takes a JSON text.
fn is_valid<T: JsonSchema>(dates: Dates, json: &str) -> bool {
    let schema = with_dates(dates, || SchemaGenerator::default().into_root_schema_for::<T>());
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
    fn local_date_round_trip(value: LocalDate) {
        round_trip(&value)?;
    }

    #[test]
    fn local_date_time_round_trip(value: LocalDateTime) {
        round_trip(&value)?;
    }

    #[test]
    fn year_month_day_round_trip(value: PatternDate<YearMonthDay>) {
        round_trip(&value)?;
    }

    #[test]
    fn day_month_year_round_trip(value: PatternDate<DayMonthYear>) {
        round_trip(&value)?;
    }

    #[test]
    fn event_millis_round_trip(value: PatternDateTime<EventMillis>) {
        round_trip(&value)?;
    }

    #[test]
    fn index_millis_round_trip(value: PatternDateTime<IndexMillis>) {
        round_trip(&value)?;
    }

    #[test]
    fn cdc_dates_round_trip(value: LocalDate) {
        round_trip(&CdcDate::<Cdc2022>::new(value.0))?;
        round_trip(&CdcDate::<Cdc20250507>::new(value.0))?;
        round_trip(&CdcDate::<CdcHead>::new(value.0))?;
    }

    /// As an array: the text that the stock serializer writes is not what the deserializer takes.
    #[test]
    fn cdc_date_times_come_back_from_arrays(value: CdcDateTime<CdcHead>) {
        let written = with_dates(Dates::Arrays, || serde_json::to_string(&value)).unwrap();
        prop_assert!(is_valid::<CdcDateTime<CdcHead>>(Dates::Arrays, &written), "{}", written);
        prop_assert_eq!(serde_json::from_str::<CdcDateTime<CdcHead>>(&written).ok(), Some(value.clone()));
        let before = CdcDateTime::<Cdc202510>::new(value.0);
        prop_assert_eq!(serde_json::from_str::<CdcDateTime<Cdc202510>>(&written).ok(), Some(before));
    }

    #[test]
    fn no_text_panics(text in "[-+0-9TtZ:./ é]{0,40}|\\PC*") {
        let token = crate::java::leaf::Token::Text(text.into());
        use crate::java::leaf::Leaf;
        let object = crate::java::leaf::Token::Object(vec![("$date".into(), token.clone())]);
        for token in [&token, &object] {
            let _ = CdcDate::<Cdc2022>::read(token);
            let _ = CdcDate::<Cdc20250507>::read(token);
            let _ = CdcDate::<CdcHead>::read(token);
            let _ = CdcDateTime::<CdcHead>::read(token);
        }
        let _ = LocalDate::read(&token);
        let _ = LocalDateTime::read(&token);
        let _ = PatternDate::<DayMonthYear>::read(&token);
        let _ = PatternDateTime::<EventMillis>::read(&token);
    }
}

#[test]
fn names_of_forms_are_type_and_pattern() {
    for form in FORMS {
        let Form { name, java_type, pattern, file } = form;
        let expected = match pattern {
            Some(pattern) => format!("{java_type} pattern {pattern}"),
            None if file.starts_with("cdc_") => format!("{java_type} of change events"),
            None => (*java_type).to_owned(),
        };
        assert_eq!(*name, expected);
        assert!(pattern.is_none_or(|pattern| java_time::pattern::Pattern::new(pattern).is_ok()), "{name}");
    }
}

#[test]
fn every_form_is_recognised_by_its_schema() {
    let schemas = super::schemas();
    let found: Vec<&str> = schemas.iter().map(|(_, form)| form.name).collect();
    let written = super::FORMS.iter().filter(|form| !form.file.starts_with("cdc_"));
    let listed: Vec<&str> = written.map(|form| form.name).collect();
    assert_eq!(found, listed, "a form without a pattern needs a line in `schemas`");
    for (at, (schema, form)) in schemas.iter().enumerate() {
        for (other, _) in &schemas[..at] {
            let differs = ["type", "pattern", "anyOf"].iter().any(|key| schema[*key] != other[*key]);
            assert!(differs, "{} looks like another form", form.name);
        }
    }
}
