//! The facts of a type that stands at the end of a path, by which tables are compared and walked.

use std::fmt;

use proptest::strategy::BoxedStrategy;
use schemars::Schema;

use super::domain::Domain;
use crate::java::config::Dates;
use crate::java::token::Token;

/// A Java type that Jackson writes as a text, a number, a boolean or a short list. Each is one named `static`.
pub struct LeafType {
    /// What messages call it: the Java type without its package.
    pub name: &'static str,
    /// The Java type with its package; a primitive's own name.
    pub java: &'static str,
    /// Whether it can be null: a primitive cannot.
    pub nullable: bool,
    /// The JSON text of a field without an initialiser: `null`, or 0 and false of a primitive.
    pub initial: &'static str,
    /// What it says of time, if it is a date or a time.
    pub date: Option<DateForm>,
    /// The JSON Schema of what is written, null included where it can be.
    pub schema: fn(&Format<'_>, Dates) -> Schema,
    /// Values, as a mapper with [`Dates::Text`] writes them, null included where it can be.
    pub values: fn(&Format<'_>) -> BoxedStrategy<Token<'static>>,
}

/// What the field says of a leaf beside its type.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Format<'a> {
    /// The pattern of its `@JsonFormat`.
    pub pattern: Option<&'a str>,
    /// The constants of an enum.
    pub domain: Option<&'a Domain>,
}

/// What a date or a time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// A day: `LocalDate`.
    Date,
    /// A time of the day: `LocalTime`.
    Time,
    /// A day and a time of it, of no zone: `LocalDateTime`.
    DateTime,
    /// A moment, with an offset or a zone or in UTC: `Instant`, `OffsetDateTime`, `ZonedDateTime`, `java.util.Date`.
    Moment,
}

impl fmt::Debug for LeafType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.java)
    }
}

/// Two of one Java type are the same.
impl PartialEq for LeafType {
    fn eq(&self, other: &Self) -> bool {
        self.java == other.java && self.name == other.name
    }
}
