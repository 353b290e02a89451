//! Tests over all forms.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::{Serialize, de::DeserializeOwned};

use super::*;
use crate::java::config::{Dates, with_dates};

/// Writes the value, reads what was written, and expects the value.
fn round_trip<T: Serialize + DeserializeOwned + Debug + PartialEq>(value: &T) -> TestCaseResult {
    for dates in [Dates::Text, Dates::Arrays] {
        let written = with_dates(dates, || serde_json::to_string(value));
        let written = written.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read =
            serde_json::from_str::<T>(&written).map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
        prop_assert_eq!(&read, value, "{} under {:?}", written, dates);
    }
    Ok(())
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
    fn no_text_panics(text in "[-+0-9TtZ:./ é]{0,40}|\\PC*") {
        let token = crate::java::leaf::Token::Text(text.into());
        use crate::java::leaf::Leaf;
        let _ = LocalDate::read(&token);
        let _ = LocalDateTime::read(&token);
        let _ = PatternDate::<DayMonthYear>::read(&token);
        let _ = PatternDateTime::<EventMillis>::read(&token);
    }
}

#[test]
fn names_of_forms_are_type_and_pattern() {
    for form in FORMS {
        let Form { name, java_type, pattern, file: _ } = form;
        let expected = pattern.map_or((*java_type).to_owned(), |pattern| format!("{java_type} pattern {pattern}"));
        assert_eq!(*name, expected);
        assert!(pattern.is_none_or(|pattern| java_time::pattern::Pattern::new(pattern).is_ok()), "{name}");
    }
}
