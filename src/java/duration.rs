//! `java.time.Duration`.
//!
//! Example: `"PT1H30M"`, or `5400.000000000` where dates are timestamps.
//!
//! Jackson has a switch of its own for it, `WRITE_DURATIONS_AS_TIMESTAMPS`; Spring Boot turns it off together with that
//! of the dates, and plain Jackson has both on: so the dates of a configuration decide here.
//!
//! Source: jackson-datatype-jsr310 2.13.4, `DurationDeserializer`, `DurationSerializer` and `DecimalUtils`; `Duration.parse`
//! and `Duration.toString` by the rows of `fixtures/datetime/java_time.jsonl`.

use jiff::SignedDuration;
use proptest::prelude::*;
use schemars::json_schema;

use crate::datetime::java_time::moment::seconds_and_nanos;
use crate::datetime::local_date::unsupported;
use crate::java::config::{Dates, Timestamps};
use crate::java::leaf::{Leaf, Refusal, Token};
use crate::java::token::trim;
use crate::java::writer::{WriteError, Writer};
use crate::model::leaf_type::LeafType;

/// `java.time.Duration`.
pub static DURATION: LeafType = LeafType {
    name: "Duration",
    java: "java.time.Duration",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, dates| match dates {
        Dates::Text => json_schema!({ "type": ["string", "null"], "pattern": TEXT }),
        Dates::Arrays => json_schema!({ "type": ["number", "null"] }),
        Dates::Unsupported => json_schema!({ "type": "null" }),
    },
    values: |_| {
        let seconds = prop_oneof![4 => -100_000..100_000_i64, 1 => any::<i64>().prop_map(|seconds| seconds / 2)];
        let nanos =
            prop_oneof![2 => Just(0), 1 => (0..1_000).prop_map(|millis| millis * 1_000_000), 1 => 0..1_000_000_000];
        let durations = (seconds, nanos).prop_map(|(seconds, nanos)| {
            let nanos = if seconds < 0 { -nanos } else { nanos };
            Token::text(to_text(SignedDuration::new(seconds, nanos)))
        });
        prop_oneof![1 => Just(Token::Null), 9 => durations].boxed()
    },
};

/// How long something takes, to the nanosecond, or null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration(pub Option<SignedDuration>);

impl Leaf for Duration {
    const TYPE: &'static LeafType = &DURATION;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let duration = match token {
            Token::Null => return Ok(Duration(None)),
            Token::Integer(digits) => digits.parse().ok().map(SignedDuration::from_secs),
            Token::Float(number) => {
                seconds_and_nanos(number).map(|(seconds, nanos)| SignedDuration::new(seconds, nanos))
            }
            Token::Text(text) => match trim(text) {
                "" => return Ok(Duration(None)),
                text => parse(text),
            },
            Token::Bool(_) | Token::Array(_) | Token::Object(_) => None,
        };
        let duration = duration.ok_or_else(|| Refusal::expected("a duration such as PT1H30M", token))?;
        Ok(Duration(Some(duration)))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let Some(duration) = self.0 else { return Ok(()) };
        match (writer.config().dates, writer.config().timestamps) {
            (Dates::Text, _) => writer.text(&to_text(duration)),
            (Dates::Arrays, Timestamps::Millis) => writer.number(duration.as_millis()),
            (Dates::Arrays, Timestamps::Nanos) if duration.is_zero() => writer.number("0.0"),
            (Dates::Arrays, Timestamps::Nanos) => {
                let sign = if duration.is_negative() { "-" } else { "" };
                let (seconds, nanos) = (duration.as_secs().unsigned_abs(), duration.subsec_nanos().unsigned_abs());
                writer.number(format!("{sign}{seconds}.{nanos:09}"));
            }
            (Dates::Unsupported, _) => return Err(unsupported("Duration")),
        }
        Ok(())
    }
}

const TEXT: &str = r"^PT(?:-?[0-9]+H)?(?:-?[0-9]+M)?(?:-?[0-9]+(?:\.[0-9]{1,9})?S)?$";

/// `Duration.toString`: hours, minutes and seconds, each with its sign; days are hours.
fn to_text(duration: SignedDuration) -> String {
    let (seconds, nanos) = (duration.as_secs(), duration.subsec_nanos());
    let mut text = "PT".to_owned();
    for (count, unit) in [(seconds / 3_600, 'H'), (seconds % 3_600 / 60, 'M')] {
        if count != 0 {
            text.push_str(&format!("{count}{unit}"));
        }
    }
    let seconds = seconds % 60;
    if seconds != 0 || nanos != 0 || text == "PT" {
        let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
        let fraction = format!(".{:09}", nanos.unsigned_abs());
        let fraction = if nanos == 0 { "" } else { fraction.trim_end_matches('0') };
        text.push_str(&format!("{sign}{}{fraction}S", seconds.unsigned_abs()));
    }
    text
}

/// `Duration.parse`; none for what it refuses, among that every sum on the way beyond 64 bits of seconds.
fn parse(text: &str) -> Option<SignedDuration> {
    let (is_negated, rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let rest = rest.strip_prefix(['P', 'p'])?;
    let (date, time) = match rest.split_once(['T', 't']) {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None if rest.is_empty() => return None,
        None => (rest, ""),
    };
    let (days, rest) = part(date, ['D', 'd'], 86_400)?;
    if !rest.is_empty() {
        return None;
    }
    let (hours, rest) = part(time, ['H', 'h'], 3_600)?;
    let (minutes, rest) = part(rest, ['M', 'm'], 60)?;
    let (whole, nanos) = if rest.is_empty() { (0, 0) } else { seconds(rest.strip_suffix(['S', 's'])?)? };
    // In this order, as Java adds them.
    let seconds = days.checked_add(hours.checked_add(minutes.checked_add(whole)?)?)?;
    // Java counts the fraction up from the second before: below the least second there is none.
    if nanos < 0 {
        seconds.checked_sub(1)?;
    }
    let duration = SignedDuration::from_secs(seconds).checked_add(SignedDuration::from_nanos(nanos))?;
    if is_negated { duration.checked_neg() } else { Some(duration) }
}

/// Takes a number with its unit off the front, where it is there: how many seconds it stands for, and the rest.
fn part(text: &str, unit: [char; 2], seconds: i64) -> Option<(i64, &str)> {
    match text.split_once(unit) {
        Some((count, rest)) => Some((number(count)?.checked_mul(seconds)?, rest)),
        None => Some((0, text)),
    }
}

/// Seconds, and the nanoseconds of their fraction with the sign of the whole.
fn seconds(text: &str) -> Option<(i64, i64)> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos: i64 = format!("{fraction:0<9}").parse().ok()?;
    Some((number(whole)?, if whole.starts_with('-') { -nanos } else { nanos }))
}

/// Digits with a sign before them or none, up to the size of a `long`.
fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datetime::tests::{is_valid, read, written};
    use crate::java::config::MapperConfig;
    use crate::java::write::emit;
    use crate::model::values::leaf_values;

    #[test]
    fn a_number_is_seconds() {
        let number = |json: &str| written(Dates::Arrays, &read::<Duration>(json).unwrap());
        let rows = [
            ("5400", "5400.000000000"),
            ("0", "0.0"),
            ("1.5", "1.500000000"),
            ("-0.25", "-0.250000000"),
            ("-1.5", "-1.500000000"),
            ("1.5e3", "1500.000000000"),
            ("\"PT-0.5S\"", "-0.500000000"),
            ("\" \"", "null"),
        ];
        for (json, expected) in rows {
            assert_eq!(number(json), expected, "{json}");
        }
        let millis = MapperConfig { dates: Dates::Arrays, timestamps: Timestamps::Millis, ..MapperConfig::ISO };
        for (json, expected) in [("1.5", "1500"), ("-0.0005", "0"), ("-1.5", "-1500")] {
            assert_eq!(emit(&millis, &read::<Duration>(json).unwrap()).unwrap(), expected);
        }
        for json in ["true", "[]", "{}", "\"5400\"", "9223372036854775808"] {
            assert_eq!(read::<Duration>(json), None, "{json}");
        }
    }

    proptest! {
        #[test]
        fn durations_round_trip(value in leaf_values::<Duration>()) {
            for dates in [Dates::Text, Dates::Arrays] {
                let written = written(dates, &value);
                prop_assert!(is_valid::<Duration>(dates, &written), "{}", written);
                prop_assert_eq!(read::<Duration>(&written), Some(value.clone()), "{}", written);
            }
        }
    }
}
