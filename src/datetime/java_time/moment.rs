//! A day and a time of it with an offset from UTC: what `Instant`, `OffsetDateTime`, `ZonedDateTime` and
//! `java.util.Date` are in common.

use std::borrow::Cow;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use proptest::prelude::*;

use super::offset::{is_zone, split_lenient_offset, split_offset};
use super::{Field, JavaDateTime, Resolved, Style, scan_iso_date_time};
use crate::java::config::Timestamps;
use crate::java::leaf::Refusal;
use crate::java::token::{Token, trim};

/// The start of 1970.
const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// A local time and its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The local day and time.
    pub local: DateTime,
    /// How many seconds it is ahead of UTC.
    pub offset: i64,
}

impl Moment {
    /// So many seconds and nanoseconds after the start of 1970, in UTC.
    ///
    /// # Errors
    ///
    /// Years beyond -9999..=9999.
    pub fn of_epoch(seconds: i64, nanos: i32) -> Result<Self, Refusal> {
        let local = EPOCH.checked_add(SignedDuration::new(seconds, nanos)).map_err(|_| far(seconds))?;
        Ok(Moment { local, offset: 0 })
    }

    /// The same moment in UTC, as Jackson adjusts what it reads (`ADJUST_DATES_TO_CONTEXT_TIME_ZONE`).
    ///
    /// # Errors
    ///
    /// Years beyond -9999..=9999.
    pub fn in_utc(self) -> Result<Self, Refusal> {
        let local = self.local.checked_sub(SignedDuration::from_secs(self.offset));
        Ok(Moment { local: local.map_err(|_| far(self.epoch().0))?, offset: 0 })
    }

    /// Seconds since the start of 1970, and the nanoseconds after them.
    pub fn epoch(self) -> (i64, i64) {
        let since = self.local.duration_since(EPOCH).as_nanos();
        let whole = i64::try_from(since.div_euclid(1_000_000_000)).unwrap_or_default();
        (whole - self.offset, i64::try_from(since.rem_euclid(1_000_000_000)).unwrap_or_default())
    }

    /// Milliseconds since the start of 1970, the rest cut off.
    pub fn millis(self) -> i64 {
        let (seconds, nanos) = self.epoch();
        seconds * 1_000 + nanos / 1_000_000
    }

    /// Seconds and nine digits of fraction, as Jackson writes a timestamp; the epoch itself is `0.0`.
    ///
    /// Before 1970 the seconds are rounded down and the fraction still counts up: half a second before the epoch is
    /// `-1.500000000` (up to at least 2.18).
    ///
    /// In milliseconds it is their count, rounded down.
    pub fn timestamp(self, timestamps: Timestamps) -> String {
        match (timestamps, self.epoch()) {
            (Timestamps::Millis, _) => self.millis().to_string(),
            (Timestamps::Nanos, (0, 0)) => "0.0".to_owned(),
            (Timestamps::Nanos, (seconds, nanos)) => format!("{seconds}.{nanos:09}"),
        }
    }

    /// `ISO_OFFSET_DATE_TIME`.
    pub fn to_iso(self) -> String {
        format!("{}{}", JavaDateTime::from(self.local).to_iso(), offset_id(self.offset))
    }
}

/// `ZoneOffset.getId`: `Z`, or `+01:00`.
pub fn offset_id(offset: i64) -> String {
    if offset == 0 {
        return "Z".to_owned();
    }
    let (sign, size) = (if offset < 0 { '-' } else { '+' }, offset.abs());
    let seconds = if size % 60 == 0 { String::new() } else { format!(":{:02}", size % 60) };
    format!("{sign}{:02}:{:02}{seconds}", size / 3_600, size / 60 % 60)
}

fn far(seconds: i64) -> Refusal {
    Refusal::Stricter(format!("expected a year from -9999 to 9999, found one {seconds} seconds from 1970"))
}

/// Reads a moment as `InstantDeserializer` does: seconds as a number, also as text, and else text by `read_text`.
///
/// # Errors
///
/// What Jackson refuses, and years beyond -9999..=9999.
pub fn read_with(
    token: &Token<'_>,
    read_text: impl FnOnce(&str) -> Option<Result<Moment, Refusal>>,
) -> Result<Option<Moment>, Refusal> {
    let refuse = || Refusal::expected("a moment such as 2024-01-15T10:30:00Z", token);
    let moment = match token {
        Token::Null => return Ok(None),
        Token::Integer(digits) | Token::Float(digits) => of_number(digits).ok_or_else(refuse)??,
        Token::Text(text) => match trim(text) {
            "" => return Ok(None),
            text if is_number(text) => of_number(text).ok_or_else(refuse)??,
            text => read_text(text).ok_or_else(refuse)??,
        },
        Token::Bool(_) | Token::Array(_) | Token::Object(_) => return Err(refuse()),
    };
    Ok(Some(moment))
}

/// Digits with at most one point among them: `InstantDeserializer` takes them for a number.
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.len() - digits <= 1
}

fn of_number(text: &str) -> Option<Result<Moment, Refusal>> {
    let (seconds, nanos) = seconds_and_nanos(text)?;
    Some(Moment::of_epoch(seconds, nanos))
}

/// Seconds with a fraction, of which nine digits count; both have the sign of the number.
pub fn seconds_and_nanos(text: &str) -> Option<(i64, i32)> {
    if text.contains(['e', 'E']) {
        let (number, exponent) = text.split_once(['e', 'E'])?;
        return seconds_and_nanos(&shifted(number, exponent.parse().ok()?)?);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let seconds: i64 = whole.parse().ok()?;
    let digits: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    let nanos: i32 = digits.parse().ok()?;
    Some((seconds, if whole.starts_with('-') { -nanos } else { nanos }))
}

/// The number with its point moved to the right; none for what no calendar holds.
fn shifted(number: &str, places: i32) -> Option<String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    if places.abs() > 30 {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + places;
    let before = usize::try_from(-point.min(0)).ok()? + 1;
    let digits = format!("{}{whole}{fraction}{}", "0".repeat(before), "0".repeat(30));
    let (whole, fraction) = digits.split_at(usize::try_from(point).ok().map_or(1, |point| point + before));
    Some(format!("{sign}{whole}.{fraction}"))
}

/// `ISO_ZONED_DATE_TIME`: as [`scan`], and a zone in brackets may follow, which is not kept.
pub fn scan_zoned(text: &str) -> Option<Result<Moment, Refusal>> {
    // Whether there is such a zone is not asked; the offset says what moment it is.
    match text.strip_suffix(']') {
        Some(text) => text.rsplit_once('[').filter(|(_, zone)| is_zone(zone)).and_then(|(before, _)| scan(before)),
        None => scan(text),
    }
}

/// A text with a `Z` in place of an offset of zero at its end, as `InstantDeserializer` replaces it.
pub fn zero_offset_as_z(text: &str) -> Cow<'_, str> {
    let zero = ["+00:00", "+0000", "+00:", "+00"].into_iter().find_map(|zero| text.strip_suffix(zero));
    zero.map_or(Cow::Borrowed(text), |local| Cow::Owned(format!("{local}Z")))
}

/// A text with a colon in an offset of four digits, as `InstantDeserializer` adds it since 2.13.
pub fn with_colon(text: &str) -> Cow<'_, str> {
    let end = text.find('[').unwrap_or(text.len());
    let (before, zone) = text.split_at(end);
    let is_colonless =
        |offset: &str| offset.starts_with(['+', '-']) && offset[1..].bytes().all(|it| it.is_ascii_digit());
    match before.len().checked_sub(5).and_then(|at| before.split_at_checked(at)) {
        Some((local, offset)) if is_colonless(offset) => {
            Cow::Owned(format!("{local}{}:{}{zone}", &offset[..3], &offset[3..]))
        }
        _ => Cow::Borrowed(text),
    }
}

/// `ISO_OFFSET_DATE_TIME`: a local text with an offset after it.
pub fn scan(text: &str) -> Option<Result<Moment, Refusal>> {
    let (local, Some(offset)) = split_lenient_offset(text) else { return None };
    let Resolved { date, time } = scan_iso_date_time(local)?.resolve(Style::Strict).ok()?;
    let (date, time) = date.zip(time)?;
    Some(JavaDateTime { date, time }.to_civil().map(|local| Moment { local, offset }))
}

/// What `Instant.parse` takes (JDK 12 and later): seconds are there, 24:00:00 is the next midnight, and the leap second at
/// the end of a day is the second before it.
pub fn scan_instant(text: &str) -> Option<Result<Moment, Refusal>> {
    let (local, Some(offset)) = split_offset(text) else { return None };
    let mut fields = scan_iso_date_time(local).filter(|_| local.matches(':').count() == 2)?;
    let time = [Field::Hour, Field::Minute, Field::Second].map(|field| fields.get(field));
    if time == [Some(23), Some(59), Some(60)] {
        fields.set(Field::Second, 59);
    }
    let is_next_day = time == [Some(24), Some(0), Some(0)] && fields.get(Field::Nano).unwrap_or(0) == 0;
    if is_next_day {
        fields.set(Field::Hour, 0);
    }
    let Resolved { date, time } = fields.resolve(Style::Strict).ok()?;
    let (date, time) = date.zip(time)?;
    let date = if is_next_day { date.next_day().ok()? } else { date };
    Some(JavaDateTime { date, time }.to_civil().map(|local| Moment { local, offset }))
}

/// Moments in UTC, of the given years and with up to nine digits of fraction.
pub fn moments(first_year: i64, last_year: i64) -> BoxedStrategy<Moment> {
    // 365.2425 days are a year on average; the years at the ends are left out in part.
    let seconds = move |year: i64| (year - 1970) * 31_556_952;
    let times = prop_oneof![4 => 0..2_000_000_000_i64, 1 => seconds(first_year + 1)..seconds(last_year - 1)];
    let nanos = prop_oneof![2 => Just(0), 1 => 0..1_000_i32, 1 => 0..1_000_000_i32];
    (times, nanos, 0..3_u32)
        .prop_filter_map("no such moment", |(seconds, nanos, scale)| {
            Moment::of_epoch(seconds, (i64::from(nanos) * 1_000_i64.pow(scale) % 1_000_000_000) as i32).ok()
        })
        .boxed()
}
