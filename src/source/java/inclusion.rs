//! Which keys are left out: what `@JsonInclude` and a mapper say.

use super::index::JavaType;
use super::syntax::{Annotation, Value};
use crate::java::config::Include;

/// A rule of Jackson's `JsonInclude.Include`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inclusion {
    /// Every key is written.
    Always,
    /// Without nulls.
    NonNull,
    /// Without nulls and empty `Optional`s.
    NonAbsent,
    /// Without nulls, empty `Optional`s, texts, lists and maps.
    NonEmpty,
    /// Without what a value is anyway: null, 0, false, and what is empty; of a class, what a new object of it has.
    NonDefault,
    /// A filter of its own, or what is no constant: not understood.
    Unread,
}

impl Inclusion {
    /// By the name of its constant, in any spelling that Spring Boot takes.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().replace('-', "_").as_str() {
            "ALWAYS" => Inclusion::Always,
            "NON_NULL" => Inclusion::NonNull,
            "NON_ABSENT" => Inclusion::NonAbsent,
            "NON_EMPTY" => Inclusion::NonEmpty,
            "NON_DEFAULT" => Inclusion::NonDefault,
            _ => return None,
        })
    }

    /// What `@JsonInclude` says.
    pub fn of_annotation(annotation: &Annotation) -> Self {
        let value = annotation.get("value").map_or(Some("ALWAYS"), Value::last_name);
        value.and_then(Inclusion::named).unwrap_or(Inclusion::Unread)
    }

    /// The rule of the table that comes nearest: a null is left out by all but the first.
    pub fn of_table(self) -> Option<Include> {
        match self {
            Inclusion::Unread => None,
            Inclusion::Always => Some(Include::Always),
            _ => Some(Include::NonNull),
        }
    }

    /// What reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Inclusion::Always => "always",
            Inclusion::NonNull => "non-null",
            Inclusion::NonAbsent => "non-absent",
            Inclusion::NonEmpty => "non-empty",
            Inclusion::NonDefault => "non-default",
            Inclusion::Unread => "unread",
        }
    }

    /// What reports call it, where it is understood.
    pub fn known(self) -> Option<&'static str> {
        (self != Inclusion::Unread).then(|| self.name())
    }

    /// The first value that one of two rules leaves out and the other writes, whether the other is the second, and what
    /// such a value is called. None where that is an `Optional` and there is none, and where one of them is not understood.
    pub fn differs(self, other: Self, has_optionals: bool) -> Option<Difference> {
        if self == Inclusion::Unread || other == Inclusion::Unread {
            return None;
        }
        type Left = (&'static str, &'static str, fn(Inclusion) -> bool);
        let leaves: &[Left] = &[
            ("null", "null", |it| it != Inclusion::Always),
            ("null", "an empty Optional", |it| it > Inclusion::NonNull),
            ("\"\"", "empty", |it| it > Inclusion::NonAbsent),
            ("0", "0, false or another default", |it| it == Inclusion::NonDefault),
        ];
        let all = leaves.iter().filter(|(_, what, _)| has_optionals || !what.contains("Optional"));
        let mut all = all.filter(|(_, _, leaves)| leaves(self) != leaves(other));
        all.next().map(|(value, what, leaves)| Difference { value, what, is_left_out: leaves(other) })
    }
}

/// A value that is written from now on, or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// As JSON.
    pub value: &'static str,
    /// In words, behind "that is".
    pub what: &'static str,
    /// Whether it is left out from now on.
    pub is_left_out: bool,
}

/// Whether a type is an `Optional`, which Jackson knows only by a module.
pub fn is_optional(ty: &JavaType) -> bool {
    ty.is_external(&["Optional", "OptionalInt", "OptionalLong", "OptionalDouble"])
        || ty.arguments.iter().any(is_optional)
}
