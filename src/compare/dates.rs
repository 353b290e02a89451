//! Dates as text by what they mean, and by how they are written.

use std::borrow::Cow;
use std::fmt;

/// Whether two dates or date-times as text mean the same: fraction zeros and missing seconds do not count.
///
/// Only for texts that are dates: to any other the zeros at its end may matter.
pub fn same_date(left: &str, right: &str) -> bool {
    fn plain(date: &str) -> Cow<'_, str> {
        let Some((day, time)) = date.split_once('T') else { return Cow::Borrowed(date) };
        let time = if time.contains('.') { time.trim_end_matches('0').trim_end_matches('.') } else { time };
        let seconds = if time.len() == 5 { ":00" } else { "" };
        Cow::Owned(format!("{day}T{time}{seconds}"))
    }
    left == right || plain(left) == plain(right)
}

/// How a date is written, with its precision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateShape {
    /// A list of numbers: `[2024,1,15]`.
    Array,
    /// A number: a day or a moment.
    Number,
    /// A text, by the pattern of it: `yyyy-MM-dd'T'HH:mm:ss.SSS`.
    Text(String),
    /// Anything else.
    Other,
}

impl DateShape {
    /// The shape of a date as it stands in a document.
    pub fn of(raw: &str) -> Self {
        match raw.as_bytes() {
            [b'[', ..] => DateShape::Array,
            [b'-' | b'0'..=b'9', ..] => DateShape::Number,
            [b'"', .., b'"'] => pattern(&raw[1..raw.len() - 1]).map_or(DateShape::Other, DateShape::Text),
            _ => DateShape::Other,
        }
    }

    /// Whether it is one of those that a date without a pattern of its own is written in: a list, or as ISO 8601 has it.
    pub fn is_usual(&self) -> bool {
        match self {
            DateShape::Array => true,
            DateShape::Text(pattern) => pattern.starts_with("yyyy-MM-dd"),
            DateShape::Number | DateShape::Other => false,
        }
    }
}

impl fmt::Display for DateShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateShape::Array => "array",
            DateShape::Number => "number",
            DateShape::Text(pattern) => pattern,
            DateShape::Other => "no date",
        })
    }
}

/// The pattern that a date is written by, as far as its digits and signs tell.
fn pattern(text: &str) -> Option<String> {
    let (day, rest) = text.split_at_checked(10)?;
    let is_like = |text: &str, form: &str| {
        let alike = |(byte, form): (u8, u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
        text.len() == form.len() && text.bytes().zip(form.bytes()).all(alike)
    };
    let day = match day {
        day if is_like(day, "0000-00-00") => "yyyy-MM-dd",
        day if is_like(day, "00/00/0000") => "dd/MM/yyyy",
        _ => return None,
    };
    if rest.is_empty() {
        return Some(day.to_owned());
    }
    let between = match rest.as_bytes()[0] {
        b'T' => "'T'",
        b' ' => " ",
        _ => return None,
    };
    let rest = &rest[1..];
    let end = rest.find(['Z', '+', '-', '[']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    let (time, fraction) = time.split_once('.').map_or((time, None), |(time, fraction)| (time, Some(fraction)));
    let time = match (time, fraction) {
        (time, None) if is_like(time, "00:00") => "HH:mm".to_owned(),
        (time, None) if is_like(time, "00:00:00") => "HH:mm:ss".to_owned(),
        (time, Some(digits)) if is_like(time, "00:00:00") && is_like(digits, &"0".repeat(digits.len())) => {
            format!("HH:mm:ss.{}", "S".repeat(digits.len()))
        }
        _ => return None,
    };
    let zone = match zone {
        "" => "",
        "Z" => "'Z'",
        zone if zone.contains('[') => "XXX'['VV']'",
        zone if zone.contains(':') => "XXX",
        _ => "XX",
    };
    Some(format!("{day}{between}{time}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_same_in_every_precision_that_says_so() {
        assert!(same_date("2026-01-30T12:06:42.100", "2026-01-30T12:06:42.1"));
        assert!(same_date("2026-01-30T12:06:00", "2026-01-30T12:06"));
        assert!(same_date("2026-01-30T12:06:42.000", "2026-01-30T12:06:42"));
        assert!(!same_date("2026-01-30T12:06:42", "2026-01-30"));
        assert!(!same_date("2026-01-30T12:06:42.1", "2026-01-30T12:06:42.01"));
        assert!(same_date("2026-01-30", "2026-01-30") && !same_date("2026-01-30", "2026-01-03"));
    }

    #[test]
    fn a_list_and_iso_text_are_what_a_date_without_a_pattern_is_written_in() {
        let is_usual = |raw| DateShape::of(raw).is_usual();
        assert!(is_usual("[2026,1,30]") && is_usual(r#""2026-01-30""#) && is_usual(r#""2026-01-30T12:06:42.120""#));
        assert!(!is_usual(r#""30/01/2026""#) && !is_usual("1769774802120") && !is_usual("null"));
    }

    #[test]
    fn the_shape_of_a_date_has_its_precision() {
        for (raw, shape) in [
            (r#""2026-01-30""#, "yyyy-MM-dd"),
            (r#""30/01/2026""#, "dd/MM/yyyy"),
            (r#""2026-01-30T12:06""#, "yyyy-MM-dd'T'HH:mm"),
            (r#""2026-01-30T12:06:42""#, "yyyy-MM-dd'T'HH:mm:ss"),
            (r#""2026-01-30T12:06:42.120""#, "yyyy-MM-dd'T'HH:mm:ss.SSS"),
            (r#""2026-01-30T12:06:42.000000""#, "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"),
            (r#""2026-01-30T12:06:42Z""#, "yyyy-MM-dd'T'HH:mm:ss'Z'"),
            (r#""2026-01-30 12:06:42+01:00""#, "yyyy-MM-dd HH:mm:ssXXX"),
            ("[2026,1,30]", "array"),
            ("1769774802120", "number"),
            (r#""30 January 2026""#, "no date"),
            (r#""2026-01-3é""#, "no date"),
            ("null", "no date"),
        ] {
            assert_eq!(DateShape::of(raw).to_string(), shape, "{raw}");
        }
    }
}
