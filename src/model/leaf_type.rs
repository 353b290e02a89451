//! The types that stand at the end of a path: facts of each, by which tables are compared and walked.

use std::fmt;

/// A Java type that Jackson writes as a text, a number, a boolean or a short list. Each is one named `static`.
pub struct LeafType {
    /// What messages call it: the Java type without its package.
    pub name: &'static str,
    /// The Java type with its package; a primitive's own name.
    pub java: &'static str,
    /// Whether it can be null: a primitive cannot.
    pub nullable: bool,
    /// What it says of time, if it is a date or a time.
    pub date: Option<DateForm>,
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
