//! Dates and times: one file per form, a form being a Java type with its annotation.
//!
//! Each form reads what Jackson 2.13.4 with jackson-datatype-jsr310 reads by default (lenient), writes what the
//! configuration says, and has a schema and values of its own. What is read on top
//! of the promised form, such as an array where text is written, is Jackson's leniency, not ours. We are
//! stricter in one thing: years beyond -9999..=9999 are refused, as [`crate::java::leaf::Refusal::Stricter`].
//!
//! A new form is a new file (or, for a pattern, a marker type) and a row in [`FORMS`].

pub mod annotated;
pub mod instant;
pub mod java_time;
pub mod local_date;
pub mod local_date_time;
pub mod offset_date_time;
pub mod pattern_date;
pub mod pattern_date_time;
pub mod util_date;
pub mod zoned_date_time;

pub use annotated::{OwnSerializer, ShapeString};
pub use instant::Instant;
pub use local_date::LocalDate;
pub use local_date_time::LocalDateTime;
pub use offset_date_time::OffsetDateTime;
pub use pattern_date::{DatePattern, DayMonthYear, PatternDate, YearMonthDay};
pub use pattern_date_time::{EventMillis, IndexMillis, PatternDateTime};
pub use util_date::UtilDate;
pub use zoned_date_time::ZonedDateTime;

use crate::model::leaf_type::LeafType;

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
    Form { name: "Date", java_type: "Date", pattern: None, file: "util_date" },
    Form { name: "Instant", java_type: "Instant", pattern: None, file: "instant" },
    Form { name: "OffsetDateTime", java_type: "OffsetDateTime", pattern: None, file: "offset_date_time" },
    Form { name: "ZonedDateTime", java_type: "ZonedDateTime", pattern: None, file: "zoned_date_time" },
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

/// The form of a leaf type with a pattern or without.
pub(crate) fn form(ty: &LeafType, pattern: Option<&str>) -> Option<&'static Form> {
    ty.date?;
    FORMS.iter().find(|form| match form.pattern {
        Some(_) => form.java_type == ty.name && form.pattern == pattern,
        None => form.name == ty.name && pattern.is_none(),
    })
}

#[cfg(test)]
pub(crate) mod tests;
