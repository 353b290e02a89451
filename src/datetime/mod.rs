//! Dates and times: one file per form, a form being a Java type with its annotation.
//!
//! Each form reads what Jackson 2.13.4 with jackson-datatype-jsr310 reads by default (lenient), writes what
//! [`crate::java::config::dates_in_force`] says, and has a schema and a strategy of its own. What is read on top
//! of the promised form, such as an array where text is written, is Jackson's leniency, not ours. We are
//! stricter in one thing: years beyond -9999..=9999 are refused, as [`crate::java::leaf::Refusal::Stricter`].
//!
//! A new form is a new file (or, for a pattern, a marker type) and a row in [`FORMS`].

pub mod cdc_date;
pub mod cdc_date_time;
pub mod java_time;
pub mod local_date;
pub mod local_date_time;
pub mod pattern_date;
pub mod pattern_date_time;

pub use cdc_date::{Cdc2022, Cdc20250507, CdcDate, CdcHead};
pub use cdc_date_time::{Cdc202510, CdcDateTime};
pub use local_date::LocalDate;
pub use local_date_time::LocalDateTime;
pub use pattern_date::{DatePattern, DayMonthYear, PatternDate, YearMonthDay};
pub use pattern_date_time::{EventMillis, IndexMillis, PatternDateTime};

use crate::java::config::{Dates, with_dates};

/// A row of [`FORMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// What messages and tests call it: the Java type, and the pattern if there is one.
    pub name: &'static str,
    /// The Java type, without its package.
    pub java_type: &'static str,
    /// The pattern of its `@JsonFormat`.
    pub pattern: Option<&'static str>,
    /// The file in this folder, without its ending.
    pub file: &'static str,
}

/// The forms that are modelled.
pub const FORMS: &[Form] = &[
    Form { name: "LocalDate of change events", java_type: "LocalDate", pattern: None, file: "cdc_date" },
    Form { name: "LocalDateTime of change events", java_type: "LocalDateTime", pattern: None, file: "cdc_date_time" },
    Form { name: "LocalDate", java_type: "LocalDate", pattern: None, file: "local_date" },
    Form { name: "LocalDateTime", java_type: "LocalDateTime", pattern: None, file: "local_date_time" },
    Form {
        name: "LocalDate pattern yyyy-MM-dd",
        java_type: "LocalDate",
        pattern: Some(YearMonthDay::PATTERN),
        file: "pattern_date",
    },
    Form {
        name: "LocalDate pattern dd/MM/yyyy",
        java_type: "LocalDate",
        pattern: Some(DayMonthYear::PATTERN),
        file: "pattern_date",
    },
    Form {
        name: "LocalDateTime pattern uuuu-MM-dd'T'HH:mm:ss.SSS",
        java_type: "LocalDateTime",
        pattern: Some(EventMillis::PATTERN),
        file: "pattern_date_time",
    },
    Form {
        name: "LocalDateTime pattern yyyy-MM-dd'T'HH:mm:ss.SSS",
        java_type: "LocalDateTime",
        pattern: Some(IndexMillis::PATTERN),
        file: "pattern_date_time",
    },
];

/// The schemas of the forms, with dates as text: how a schema's dates are recognised.
pub(crate) fn schemas() -> Vec<(serde_json::Value, &'static Form)> {
    let schema = |form: &Form| match (form.pattern, form.java_type) {
        (Some(pattern), _) => Some(pattern_date::pattern_schema(pattern)),
        // Readers of change events; what they write is a plain date.
        (None, _) if form.file.starts_with("cdc_") => None,
        (None, "LocalDate") => Some(schemars::schema_for!(LocalDate)),
        (None, "LocalDateTime") => Some(schemars::schema_for!(LocalDateTime)),
        // Without a line here a form is a leaf like any other.
        _ => None,
    };
    with_dates(Dates::Text, || FORMS.iter().filter_map(|form| Some((schema(form)?.to_value(), form))).collect())
}

#[cfg(test)]
mod tests;
