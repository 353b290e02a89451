//! The part of `java.time` (JDK 17) that the date forms need: calendar, field resolution, ISO texts.
//!
//! Invariant: years are counted in `i64` over Java's whole range, so that what Java refuses is told from what
//! only `jiff` cannot hold; only [`JavaDate::to_civil`] narrows. Nothing here knows JSON or Jackson.

use std::ops::RangeInclusive;

use jiff::civil;

use crate::java::leaf::Refusal;

mod field;
pub mod moment;
pub mod offset;
pub mod pattern;
mod scan;

pub use field::{Field, Fields};
use scan::{Number, Scanner, Sign};

/// The years of `jiff`'s calendar, and so the ones that dtogate reads.
pub const YEARS: RangeInclusive<i64> = -9999..=9999;

/// The years of `java.time.Year`.
const JAVA_YEARS: RangeInclusive<i64> = -999_999_999..=999_999_999;

/// The days since 1970-01-01 that `java.time.LocalDate` can hold.
const EPOCH_DAYS: RangeInclusive<i64> = -365_243_219_162..=365_241_780_471;

/// How parsed numbers become a date: `java.time.format.ResolverStyle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The ISO formatters: only days that exist, hours 0 to 23.
    Strict,
    /// A pattern: 31 February is the end of February, 24:00 is the next midnight.
    Smart,
}

/// `java.time.LocalDate`: a day that exists in the ISO calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JavaDate {
    year: i64,
    month: i64,
    day: i64,
}

impl JavaDate {
    /// `LocalDate.of`.
    ///
    /// # Errors
    ///
    /// A number out of its range, or a day that the month does not have.
    pub fn of(year: i64, month: i64, day: i64) -> Result<Self, Refusal> {
        within("year", year, JAVA_YEARS)?;
        within("month", month, 1..=12)?;
        within("day of the month", day, 1..=31)?;
        within("day of that month", day, 1..=days_in_month(year, month))?;
        Ok(Self { year, month, day })
    }

    /// `LocalDate.ofEpochDay`.
    ///
    /// # Errors
    ///
    /// A count beyond Java's years.
    pub fn of_epoch_day(days: i64) -> Result<Self, Refusal> {
        within("day count since 1970-01-01", days, EPOCH_DAYS)?;
        // Years of the computation start in March, so that a leap day ends its year.
        let from_march_of_0 = days + 719_468;
        let era = from_march_of_0.div_euclid(146_097);
        let day_of_era = from_march_of_0.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self::of(year, month, day)
    }

    /// `plusDays(1)`.
    fn next_day(self) -> Result<Self, Refusal> {
        let Self { year, month, day } = self;
        if day < days_in_month(year, month) {
            Self::of(year, month, day + 1)
        } else if month < 12 {
            Self::of(year, month + 1, 1)
        } else {
            Self::of(year + 1, 1, 1)
        }
    }

    /// The same day in `jiff`'s calendar.
    ///
    /// # Errors
    ///
    /// [`Refusal::Stricter`] when the year is beyond -9999..=9999: Java holds it, `jiff` does not.
    pub fn to_civil(self) -> Result<civil::Date, Refusal> {
        let Self { year, month, day } = self;
        let narrow = |number: i64| i8::try_from(number).ok();
        i16::try_from(year)
            .ok()
            .filter(|_| YEARS.contains(&year))
            .zip(narrow(month).zip(narrow(day)))
            .and_then(|(year, (month, day))| civil::Date::new(year, month, day).ok())
            .ok_or_else(|| {
                let (first, last) = (YEARS.start(), YEARS.end());
                Refusal::Stricter(format!("expected a year from {first} to {last}, found year {year}"))
            })
    }

    /// A text of the form `2024-01-15`, as nearly every date is, if the day exists; nothing for any other text.
    pub fn of_plain_iso(text: &str) -> Option<Self> {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
        let digits = [a, b, c, d, e, f, g, h];
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
        Self::of(number(&digits[..4]), number(&digits[4..6]), number(&digits[6..])).ok()
    }

    /// ISO text: what `toString` and `ISO_LOCAL_DATE` write.
    pub fn to_iso(self) -> String {
        let mut text = String::with_capacity("-9999-12-31T23:59:59.999999999".len());
        let Self { year, month, day } = self;
        if (0..=9999).contains(&year) {
            push_two(year / 100, &mut text);
            push_two(year % 100, &mut text);
        } else {
            Number::ISO_YEAR.write(year, &mut text);
        }
        text.push('-');
        push_two(month, &mut text);
        text.push('-');
        push_two(day, &mut text);
        text
    }
}

/// Two digits of a number from 0 to 99.
fn push_two(number: i64, text: &mut String) {
    text.push(char::from(b'0' + (number / 10) as u8));
    text.push(char::from(b'0' + (number % 10) as u8));
}

impl From<civil::Date> for JavaDate {
    fn from(date: civil::Date) -> Self {
        Self { year: date.year().into(), month: date.month().into(), day: date.day().into() }
    }
}

/// `java.time.LocalTime`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct JavaTime {
    hour: i64,
    minute: i64,
    second: i64,
    nano: i64,
}

impl JavaTime {
    /// `LocalTime.of`.
    ///
    /// # Errors
    ///
    /// A number out of its range.
    pub fn of(hour: i64, minute: i64, second: i64, nano: i64) -> Result<Self, Refusal> {
        within("hour", hour, 0..=23)?;
        within("minute", minute, 0..=59)?;
        within("second", second, 0..=59)?;
        within("nanosecond", nano, 0..=999_999_999)?;
        Ok(Self { hour, minute, second, nano })
    }
}

/// `java.time.LocalDateTime`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JavaDateTime {
    /// The day.
    pub date: JavaDate,
    /// The time of the day.
    pub time: JavaTime,
}

impl JavaDateTime {
    /// The same instant of the calendar in `jiff`'s terms.
    ///
    /// # Errors
    ///
    /// As [`JavaDate::to_civil`].
    pub fn to_civil(self) -> Result<civil::DateTime, Refusal> {
        let date = self.date.to_civil()?;
        let JavaTime { hour, minute, second, nano } = self.time;
        let narrow = |number: i64| i8::try_from(number).ok();
        narrow(hour)
            .zip(narrow(minute))
            .zip(narrow(second).zip(i32::try_from(nano).ok()))
            .and_then(|((hour, minute), (second, nano))| civil::Time::new(hour, minute, second, nano).ok())
            .map(|time| date.to_datetime(time))
            .ok_or_else(|| Refusal::Jackson("expected a time of the day, found another".to_owned()))
    }

    /// What `ISO_LOCAL_DATE_TIME` writes: seconds always, and as many fraction digits as are needed.
    pub fn to_iso(self) -> String {
        let JavaTime { hour, minute, second, nano } = self.time;
        let mut text = self.date.to_iso();
        for (separator, value) in [('T', hour), (':', minute), (':', second)] {
            text.push(separator);
            push_two(value, &mut text);
        }
        if nano > 0 {
            text.push('.');
            text.push_str(format!("{nano:09}").trim_end_matches('0'));
        }
        text
    }
}

impl From<civil::DateTime> for JavaDateTime {
    fn from(value: civil::DateTime) -> Self {
        let time = JavaTime {
            hour: value.hour().into(),
            minute: value.minute().into(),
            second: value.second().into(),
            nano: value.subsec_nanosecond().into(),
        };
        Self { date: value.date().into(), time }
    }
}

/// What the numbers of a text add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The day, if the text names all of it.
    pub date: Option<JavaDate>,
    /// The time, if the text names an hour and leaves no gap after it.
    pub time: Option<JavaTime>,
}

impl Fields {
    /// Puts the numbers together.
    ///
    /// # Errors
    ///
    /// A number out of its range, or a day that does not exist and is not put right by the style.
    pub fn resolve(&self, style: Style) -> Result<Resolved, Refusal> {
        let date = self.resolve_date(style)?;
        let (time, next_day) = self.resolve_time(style)?;
        let date = match date {
            Some(date) if next_day => Some(date.next_day()?),
            unchanged => unchanged,
        };
        Ok(Resolved { date, time })
    }

    fn resolve_date(&self, style: Style) -> Result<Option<JavaDate>, Refusal> {
        if let Some(year) = self.get(Field::YearOfEra) {
            within("year of the era", year, 1..=1_000_000_000)?;
        }
        let year = self.get(Field::YearOfEra).or(self.get(Field::Year));
        let Some(((year, month), day)) = year.zip(self.get(Field::Month)).zip(self.get(Field::Day)) else {
            return Ok(None);
        };
        within("year", year, JAVA_YEARS)?;
        within("month", month, 1..=12)?;
        within("day of the month", day, 1..=31)?;
        let day = match style {
            Style::Strict => day,
            Style::Smart => day.min(days_in_month(year, month)),
        };
        JavaDate::of(year, month, day).map(Some)
    }

    /// The time, and whether it is the midnight after the day.
    fn resolve_time(&self, style: Style) -> Result<(Option<JavaTime>, bool), Refusal> {
        let [hour, minute, second, nano] =
            [Field::Hour, Field::Minute, Field::Second, Field::Nano].map(|field| self.get(field));
        let gap = (minute.is_none() && (second.is_some() || nano.is_some()))
            || (minute.is_some() && second.is_none() && nano.is_some());
        let [minute, second, nano] = [minute, second, nano].map(|number| number.unwrap_or(0));
        let hour = match hour {
            Some(hour) if !gap => hour,
            // Java leaves numbers around a gap as they are; without an hour it still looks at their ranges.
            Some(_) => return Ok((None, false)),
            None => return JavaTime::of(0, minute, second, nano).map(|_| (None, false)),
        };
        if style == Style::Smart && (hour, minute, second, nano) == (24, 0, 0, 0) {
            return Ok((Some(JavaTime::default()), true));
        }
        Ok((Some(JavaTime::of(hour, minute, second, nano)?), false))
    }
}

/// Reads `DateTimeFormatter.ISO_LOCAL_DATE`; nothing when the text has another form.
pub fn scan_iso_date(text: &str) -> Option<Fields> {
    let mut scanner = Scanner::new(text);
    scan_date(&mut scanner)?;
    scanner.finish()
}

/// Reads `DateTimeFormatter.ISO_LOCAL_DATE_TIME`; nothing when the text has another form.
///
/// The `T` may be small, the seconds may be left out, and no digit need follow the point.
pub fn scan_iso_date_time(text: &str) -> Option<Fields> {
    let mut scanner = Scanner::new(text);
    scan_date(&mut scanner)?;
    scanner.literal("T").or_else(|| scanner.literal("t"))?;
    scanner.number(&Number::two(Field::Hour))?;
    scanner.literal(":")?;
    scanner.number(&Number::two(Field::Minute))?;
    if scanner.literal(":").is_some() {
        scanner.number(&Number::two(Field::Second))?;
        if scanner.literal(".").is_some() {
            scanner.fraction(0, 9)?;
        }
    }
    scanner.finish()
}

fn scan_date(scanner: &mut Scanner<'_>) -> Option<()> {
    scanner.number(&Number::ISO_YEAR)?;
    scanner.literal("-")?;
    scanner.number(&Number::two(Field::Month))?;
    scanner.literal("-")?;
    scanner.number(&Number::two(Field::Day))
}

fn within(what: &str, number: i64, range: RangeInclusive<i64>) -> Result<(), Refusal> {
    if range.contains(&number) {
        return Ok(());
    }
    let (first, last) = range.into_inner();
    let article = if what.starts_with("hour") { "an" } else { "a" };
    Err(Refusal::Jackson(format!("expected {article} {what} from {first} to {last}, found {number}")))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
