//! `java.util.Date`: a moment of milliseconds, known to every mapper, with `JavaTimeModule` or without.
//!
//! Example: `"2024-01-15T10:30:00.120+00:00"`, or `1705314600120` where dates are timestamps.
//!
//! Source: jackson-databind 2.13.4, `StdDateFormat` and `DateSerializer`; `fixtures/datetime/write.jsonl`, and Jackson itself
//! in `tests/integration/leaf_types.rs`. Before October 1582 Java counts by another calendar, and so not as here.

use proptest::prelude::*;
use schemars::json_schema;

use super::java_time::moment::{Moment, moments, scan};
use crate::java::config::Dates;
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::token::trim;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::{DateForm, LeafType};

/// `java.util.Date`.
pub static UTIL_DATE: LeafType = LeafType {
    name: "Date",
    java: "java.util.Date",
    nullable: true,
    initial: "null",
    date: Some(DateForm::Moment),
    schema: |_, dates| match dates {
        Dates::Text => json_schema!({ "type": ["string", "null"], "pattern": TEXT }),
        Dates::Arrays | Dates::Unsupported => json_schema!({ "type": ["integer", "null"] }),
    },
    values: |_| {
        let moments = moments(1600, 9999).prop_map(|moment| Token::text(to_text(moment)));
        prop_oneof![1 => Just(Token::Null), 9 => moments].boxed()
    },
};

/// A moment of milliseconds in UTC, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UtilDate(pub Option<Moment>);

impl Leaf for UtilDate {
    const TYPE: &'static LeafType = &UTIL_DATE;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Refusal::expected("a date such as 2024-01-15T10:30:00.000+00:00", token);
        let moment = match token {
            Token::Null => return Ok(UtilDate(None)),
            Token::Integer(digits) => of_millis(digits.parse().map_err(|_| refuse())?)?,
            Token::Text(text) => match trim(text) {
                "" | "null" => return Ok(UtilDate(None)),
                text => read_text(text).ok_or_else(refuse)??,
            },
            Token::Bool(_) | Token::Float(_) | Token::Array(_) | Token::Object(_) => return Err(refuse()),
        };
        Ok(UtilDate(Some(moment)))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(moment) = self.0 else { return Ok(()) };
        match writer.config().dates {
            Dates::Text => writer.text(&to_text(moment)),
            Dates::Arrays | Dates::Unsupported => writer.number(moment.millis()),
        }
        Ok(())
    }
}

const TEXT: &str = r"^\+?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}\+00:00$";

/// Always three digits of fraction, and `+00:00`.
fn to_text(moment: Moment) -> String {
    let seconds = Moment { local: moment.local.with().subsec_nanosecond(0).build().unwrap_or(moment.local), ..moment };
    let iso = seconds.to_iso();
    format!("{}.{:03}+00:00", iso.trim_end_matches('Z'), moment.local.subsec_nanosecond() / 1_000_000)
}

fn of_millis(millis: i64) -> Result<Moment, Refusal> {
    let nanos = i32::try_from(millis.rem_euclid(1_000) * 1_000_000).unwrap_or_default();
    Moment::of_epoch(millis.div_euclid(1_000), nanos)
}

/// `StdDateFormat`: a day alone, a time with or without seconds, fraction and offset, or milliseconds as text.
/// RFC 1123 is not modelled.
fn read_text(text: &str) -> Option<Result<Moment, Refusal>> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() {
        return Some(of_millis(text.parse().ok()?));
    }
    let (day, time) = text.split_at_checked(10)?;
    if time.is_empty() {
        return scan(&format!("{day}T00:00Z"));
    }
    // Offsets have a colon or not, and minutes or not.
    let at = time.rfind(['+', '-', 'Z']).unwrap_or(time.len());
    let (local, offset) = time.split_at(at);
    let offset = match offset.len() {
        0 | 1 => "Z".to_owned(),
        3 => format!("{offset}:00"),
        5 if offset.is_ascii() => format!("{}:{}", &offset[..3], &offset[3..]),
        _ => offset.to_owned(),
    };
    // Of a fraction three digits count.
    let local = match local.split_once('.') {
        Some((seconds, fraction)) if !fraction.is_empty() => format!("{seconds}.{fraction:.3}"),
        _ => local.to_owned(),
    };
    scan(&format!("{day}{local}{offset}")).map(|moment| moment.and_then(Moment::in_utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_of_other_characters_is_no_moment_and_no_panic() {
        for text in ["2024-05-10T09:30:00+0é1", "2024-05-10T09:30:00+é12", "2024-05-10T09:30:00-\u{a0}\u{a0}"] {
            assert!(!matches!(read_text(text), Some(Ok(_))), "{text}");
        }
        assert!(matches!(read_text("2024-05-10T09:30:00+0130"), Some(Ok(_))));
    }
}
