//! `DateTimeFormatter.ofPattern`: the letters that date annotations use.

use std::fmt;
use std::sync::{PoisonError, RwLock};

use super::{Field, Fields, JavaDate, JavaTime, Number, Resolved, Scanner, Sign, Style};
use crate::java::leaf::Refusal;

/// A pattern such as `dd/MM/yyyy`, with the resolver style that it has by default (smart).
///
/// Supported are `yyyy`, `uuuu`, `MM`, `dd`, `HH`, `mm`, `ss`, one to nine `S`, quoted literals and punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    source: String,
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Number(Number),
    Fraction(usize),
    Literal(String),
}

/// A pattern that is not modelled, or that Java refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsupportedPattern(String);

impl fmt::Display for UnsupportedPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnsupportedPattern {}

/// A date without a time met a pattern that asks for one: `UnsupportedTemporalTypeException`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingTime(Field);

impl fmt::Display for MissingTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a date and time for a pattern with the field {:?}, found a date", self.0)
    }
}

impl std::error::Error for MissingTime {}

impl Pattern {
    /// `DateTimeFormatterBuilder.appendPattern`.
    ///
    /// # Errors
    ///
    /// Letters beyond the supported ones, a field that stands there twice, an open quote, a reserved character.
    pub fn new(source: &str) -> Result<Self, UnsupportedPattern> {
        let mut builder = Builder { source, items: Vec::new(), run_starts: None, seen: Vec::new() };
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                'a'..='z' | 'A'..='Z' => {
                    let count = rest.chars().take_while(|&letter| letter == first).count();
                    builder.field(first, count)?;
                    count
                }
                '\'' => builder.quoted(rest)?,
                '[' | ']' | '{' | '}' | '#' => {
                    return Err(builder.unsupported(&format!("reserved character {first:?}")));
                }
                _ => {
                    builder.literal(&rest[..first.len_utf8()]);
                    first.len_utf8()
                }
            };
            rest = &rest[length..];
        }
        Ok(Self { source: source.to_owned(), items: builder.items })
    }

    /// The pattern of an annotation, which is built once and kept.
    ///
    /// # Errors
    ///
    /// As [`Pattern::new`].
    pub fn of(source: &'static str) -> Result<&'static Self, UnsupportedPattern> {
        // A program has a handful of patterns, so a list is searched faster than a map.
        static BUILT: RwLock<Vec<&'static Pattern>> = RwLock::new(Vec::new());
        let find = |built: &[&'static Pattern]| built.iter().copied().find(|pattern| pattern.source == source);
        if let Some(pattern) = find(&BUILT.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(pattern);
        }
        let pattern = Pattern::new(source)?;
        let mut built = BUILT.write().unwrap_or_else(PoisonError::into_inner);
        Ok(find(&built).unwrap_or_else(|| {
            let pattern: &'static Pattern = Box::leak(Box::new(pattern));
            built.push(pattern);
            pattern
        }))
    }

    /// The pattern as the annotation spells it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the pattern has the field.
    pub fn has(&self, field: Field) -> bool {
        self.items.iter().any(|item| match item {
            Item::Number(number) => number.field == field,
            Item::Fraction(_) => field == Field::Nano,
            Item::Literal(_) => false,
        })
    }

    /// How many digits of the fraction it keeps.
    pub fn fraction_digits(&self) -> usize {
        let digits = |item: &Item| match item {
            Item::Fraction(digits) => Some(*digits),
            Item::Number(_) | Item::Literal(_) => None,
        };
        self.items.iter().find_map(digits).unwrap_or(0)
    }

    /// Reads a text; nothing when the text has another form.
    ///
    /// # Errors
    ///
    /// A number out of its range.
    pub fn read(&self, text: &str) -> Result<Option<Resolved>, Refusal> {
        self.scan(text).map(|fields| fields.resolve(Style::Smart)).transpose()
    }

    fn scan(&self, text: &str) -> Option<Fields> {
        let mut scanner = Scanner::new(text);
        for item in &self.items {
            match item {
                Item::Number(number) => scanner.number(number)?,
                Item::Fraction(digits) => scanner.fraction(*digits, *digits)?,
                Item::Literal(literal) => scanner.literal(literal)?,
            }
        }
        scanner.finish()
    }

    /// Writes a date, with a time if there is one; a fraction is cut, not rounded.
    ///
    /// # Errors
    ///
    /// The pattern asks for a time and there is none.
    pub fn write(&self, date: JavaDate, time: Option<JavaTime>) -> Result<String, MissingTime> {
        let mut text = String::new();
        for item in &self.items {
            match item {
                Item::Number(number) => number.write(value_of(number.field, date, time)?, &mut text),
                Item::Fraction(digits) => {
                    let nano = format!("{:09}", value_of(Field::Nano, date, time)?);
                    text.push_str(&nano[..*digits]);
                }
                Item::Literal(literal) => text.push_str(literal),
            }
        }
        Ok(text)
    }

    /// A regular expression, without anchors and look-around, for what [`Pattern::write`] makes of a year from
    /// -9999 to 9999.
    ///
    /// It knows the lengths of the months where month and day stand side by side, but not the leap years.
    pub fn regex(&self) -> String {
        let mut regex = String::new();
        let mut items = self.items.as_slice();
        while let [item, rest @ ..] = items {
            if let Some((month_and_day, rest)) = month_and_day(items) {
                regex.push_str(&month_and_day);
                items = rest;
                continue;
            }
            match item {
                Item::Number(number) => regex.push_str(&number_regex(number.field)),
                Item::Fraction(digits) => regex.push_str(&format!("[0-9]{{{digits}}}")),
                Item::Literal(literal) => regex.push_str(&escape(literal)),
            }
            items = rest;
        }
        regex
    }
}

fn value_of(field: Field, date: JavaDate, time: Option<JavaTime>) -> Result<i64, MissingTime> {
    if field.is_time() && time.is_none() {
        return Err(MissingTime(field));
    }
    let time = time.unwrap_or_default();
    Ok(match field {
        Field::Year => date.year,
        Field::YearOfEra if date.year > 0 => date.year,
        Field::YearOfEra => 1 - date.year,
        Field::Month => date.month,
        Field::Day => date.day,
        Field::Hour => time.hour,
        Field::Minute => time.minute,
        Field::Second => time.second,
        Field::Nano => time.nano,
    })
}

/// The four digits of a year that is not zero.
pub(crate) const YEAR_BUT_ZERO: &str = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})";

fn number_regex(field: Field) -> String {
    match field {
        Field::Year => format!("(?:[0-9]{{4}}|-{YEAR_BUT_ZERO})"),
        // Year -9999 is the year 10000 of its era.
        Field::YearOfEra => format!("(?:{YEAR_BUT_ZERO}|\\+10000)"),
        Field::Month => "(?:0[1-9]|1[0-2])".to_owned(),
        Field::Day => "(?:0[1-9]|[12][0-9]|3[01])".to_owned(),
        Field::Hour => "(?:[01][0-9]|2[0-3])".to_owned(),
        Field::Minute | Field::Second => "[0-5][0-9]".to_owned(),
        Field::Nano => "[0-9]{9}".to_owned(),
    }
}

/// Month and day with a literal between them, in either order, and what follows them.
fn month_and_day(items: &[Item]) -> Option<(String, &[Item])> {
    const DAYS_OF_MONTHS: [(&str, &str); 3] = [
        ("(?:0[13578]|1[02])", "(?:0[1-9]|[12][0-9]|3[01])"),
        ("(?:0[469]|11)", "(?:0[1-9]|[12][0-9]|30)"),
        ("02", "(?:0[1-9]|[12][0-9])"),
    ];
    let [Item::Number(first), Item::Literal(literal), Item::Number(second), rest @ ..] = items else {
        return None;
    };
    let literal = escape(literal);
    let alternatives = match (first.field, second.field) {
        (Field::Month, Field::Day) => DAYS_OF_MONTHS.map(|(months, days)| format!("{months}{literal}{days}")),
        (Field::Day, Field::Month) => DAYS_OF_MONTHS.map(|(months, days)| format!("{days}{literal}{months}")),
        _ => return None,
    };
    Some((format!("(?:{})", alternatives.join("|")), rest))
}

fn escape(literal: &str) -> String {
    let mut escaped = String::new();
    for character in literal.chars() {
        if r"\^$.|?*+()[]{}".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

struct Builder<'a> {
    source: &'a str,
    items: Vec<Item>,
    /// Where the present run of numbers without a literal between them starts; its first number leaves digits
    /// for the others, as in `yyyyMMdd`.
    run_starts: Option<usize>,
    seen: Vec<Field>,
}

impl Builder<'_> {
    fn unsupported(&self, what: &str) -> UnsupportedPattern {
        UnsupportedPattern(format!("expected a supported date pattern, found {what} in {:?}", self.source))
    }

    fn field(&mut self, letter: char, count: usize) -> Result<(), UnsupportedPattern> {
        let year = |field| Number { field, min: 4, max: 19, sign: Sign::ExceedsPad, reserved: 0 };
        let item = match (letter, count) {
            ('y', 4) => Item::Number(year(Field::YearOfEra)),
            ('u', 4) => Item::Number(year(Field::Year)),
            ('M', 2) => Item::Number(Number::two(Field::Month)),
            ('d', 2) => Item::Number(Number::two(Field::Day)),
            ('H', 2) => Item::Number(Number::two(Field::Hour)),
            ('m', 2) => Item::Number(Number::two(Field::Minute)),
            ('s', 2) => Item::Number(Number::two(Field::Second)),
            ('S', 1..=9) => Item::Fraction(count),
            _ => return Err(self.unsupported(&format!("{count} times the letter {letter:?}"))),
        };
        let field = match &item {
            // Two years would have to agree; nobody writes both.
            Item::Number(Number { field: Field::YearOfEra, .. }) => Field::Year,
            Item::Number(number) => number.field,
            Item::Fraction(_) | Item::Literal(_) => Field::Nano,
        };
        if self.seen.contains(&field) {
            return Err(self.unsupported(&format!("the field {field:?} twice")));
        }
        self.seen.push(field);
        self.append(item);
        Ok(())
    }

    /// `DateTimeFormatterBuilder.appendValue`: a number of fixed width reserves its digits in the first number
    /// of the run, any other starts a run.
    fn append(&mut self, item: Item) {
        let width = match &item {
            Item::Number(Number { min, max, sign: Sign::NotNegative, .. }) if min == max => Some(*min),
            Item::Fraction(digits) => Some(*digits),
            Item::Number(_) | Item::Literal(_) => None,
        };
        match (self.run_starts, width) {
            (Some(start), Some(width)) => {
                if let Item::Number(first) = &mut self.items[start] {
                    first.reserved += width;
                }
            }
            (Some(start), None) => {
                // Java fixes the width of the run's first number and forgets what it reserved.
                if let Item::Number(first) = &mut self.items[start] {
                    first.reserved = 0;
                }
                self.run_starts = Some(self.items.len());
            }
            (None, _) => self.run_starts = Some(self.items.len()),
        }
        self.items.push(item);
    }

    fn literal(&mut self, literal: &str) {
        self.run_starts = None;
        if let Some(Item::Literal(before)) = self.items.last_mut() {
            before.push_str(literal);
        } else {
            self.items.push(Item::Literal(literal.to_owned()));
        }
    }

    /// Takes a quoted literal at the start of `rest` and says how long it was; `''` is a quote.
    fn quoted(&mut self, rest: &str) -> Result<usize, UnsupportedPattern> {
        let mut literal = String::new();
        let mut characters = rest.char_indices().skip(1).peekable();
        while let Some((index, character)) = characters.next() {
            if character != '\'' {
                literal.push(character);
            } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
                literal.push('\'');
            } else {
                self.literal(if literal.is_empty() { "'" } else { &literal });
                return Ok(index + 1);
            }
        }
        Err(self.unsupported("an open quote"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(source: &str) -> Pattern {
        Pattern::new(source).unwrap()
    }

    fn read(source: &str, text: &str) -> Option<Resolved> {
        pattern(source).read(text).ok().flatten()
    }

    fn date(year: i64, month: i64, day: i64) -> Option<JavaDate> {
        Some(JavaDate::of(year, month, day).unwrap())
    }

    #[test]
    fn refuses_what_is_not_modelled() {
        for source in ["yy-MM-dd", "d/M/yyyy", "yyyy-MM-dd'T", "yyyy uuuu", "dd.dd", "[HH]", "SSSSSSSSSS", "XXX", "#"] {
            assert!(Pattern::new(source).is_err(), "{source:?}");
        }
    }

    #[test]
    fn reads_quotes_and_punctuation() {
        let source = "dd.MM.yyyy 'o''clock' '' HH";
        assert_eq!(read(source, "15.01.2024 o'clock ' 10").and_then(|read| read.date), date(2024, 1, 15));
        assert_eq!(pattern(source).regex().matches("o'clock ' ").count(), 1);
    }

    #[test]
    fn a_year_leaves_digits_for_the_numbers_after_it() {
        assert_eq!(read("yyyyMMdd", "20240115").and_then(|read| read.date), date(2024, 1, 15));
        assert_eq!(read("yyyyMMdd", "+120240115").and_then(|read| read.date), date(12024, 1, 15));
        assert_eq!(read("yyyyMMdd", "120240115"), None);
        assert_eq!(read("ddMMyyyy", "15012024").and_then(|read| read.date), date(2024, 1, 15));
        let time = read("uuuuMMddHHmmssSSS", "20240115103045123").and_then(|read| read.time);
        assert_eq!(time, JavaTime::of(10, 30, 45, 123_000_000).ok());
    }

    #[test]
    fn a_time_may_stop_early_but_not_skip() {
        assert_eq!(read("HH", "10").and_then(|read| read.time), JavaTime::of(10, 0, 0, 0).ok());
        assert_eq!(read("HH:mm", "24:00").and_then(|read| read.time), Some(JavaTime::default()));
        assert_eq!(read("HH ss", "10 30"), Some(Resolved { date: None, time: None }));
        assert_eq!(read("HH ss", "24 99"), Some(Resolved { date: None, time: None }));
        assert_eq!(read("mm", "60"), None);
    }

    #[test]
    fn writes_years_as_their_letter_says() {
        let write = |source: &str, year| pattern(source).write(date(year, 1, 15).unwrap(), None).unwrap();
        for (year, of_era, proleptic) in [
            (0, "0001", "0000"),
            (-1, "0002", "-0001"),
            (12, "0012", "0012"),
            (10_000, "+10000", "+10000"),
            (-999_999_999, "+1000000000", "-999999999"),
        ] {
            assert_eq!((write("yyyy", year).as_str(), write("uuuu", year).as_str()), (of_era, proleptic));
        }
    }

    #[test]
    fn a_date_has_no_hours() {
        let error = pattern("yyyy-MM-dd HH").write(date(2024, 1, 15).unwrap(), None).unwrap_err();
        assert_eq!(error.to_string(), "expected a date and time for a pattern with the field Hour, found a date");
    }
}
