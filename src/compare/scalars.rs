//! Scalars of one meaning in two JSON types.

use crate::document::{Kind, same_number};

/// Whether it is a number.
pub(super) fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Float)
}

/// Whether a scalar is the same in another JSON type: `1` and `"1"`, `true` and `"TRUE"`, `0` and `false`.
pub(super) fn same_scalar(before: Kind, sent: &str, after: Kind, got: &str) -> bool {
    let sent = sent.trim_matches(|character| character <= ' ');
    match (before, after) {
        (Kind::Text { .. }, Kind::Bool(_)) => sent.eq_ignore_ascii_case(got),
        (Kind::Integer, Kind::Bool(value)) => sent == if value { "1" } else { "0" },
        (Kind::Text { .. }, Kind::Integer | Kind::Float) => {
            sent.bytes().any(|byte| byte.is_ascii_digit()) && same_number(sent, got)
        }
        (Kind::Integer | Kind::Float | Kind::Bool(_), Kind::Text { .. }) => sent == got,
        _ => false,
    }
}
