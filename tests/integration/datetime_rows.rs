//! The truth tables of `fixtures/datetime/`: what Jackson writes and reads, row by row.
//!
//! A row is told by its keys (`target`: reading, `type`: writing), so new rows and files need no code.

use std::path::Path;

use dtogate::datetime::java_time::moment::scan;
use dtogate::datetime::java_time::pattern::Pattern;
use dtogate::datetime::{
    DatePattern, DayMonthYear, EventMillis, Instant, LocalDate, LocalDateTime, OffsetDateTime, PatternDate,
    PatternDateTime, ShapeString, UtilDate, YearMonthDay, ZonedDateTime, pattern_date, pattern_date_time,
};
use dtogate::java::config::{Dates, MapperConfig, Timestamps};
use dtogate::java::leaf::{Leaf, Refusal, Token};
use dtogate::java::types::Text;
use dtogate::java::write::emit;
use dtogate::model::Field;
use dtogate::tis::leaf::{
    Cdc2022, Cdc202510, Cdc20250507, CdcDate, CdcDateTime, CdcHead, cdc_date_time::extended_json,
};
use jiff::civil::{Date, DateTime};
use serde_json::Value;

use crate::java_time_rows::JAVA_TIME;

/// The configurations and types of rows that are not modelled yet; a `*` at the end stands for a family.
///
/// A leaf is read without its mapper's configuration, and no mapper that we know reads otherwise than by default.
const NOT_YET: &[&str] = &[
    // `lenient = FALSE` on a field or in the mapper.
    "strict",
    // `READ_DATE_TIMESTAMPS_AS_NANOSECONDS` off.
    "read_millis",
];

/// The types that are modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Date,
    DateTime,
    Instant,
    Offset,
    Zoned,
    Util,
}

impl Type {
    /// Whether it is a moment, for which this configuration is not modelled.
    fn is_out(self, config: &Config) -> bool {
        match (self, config) {
            (Type::Date | Type::DateTime, _) => false,
            // Change events are written by MongoDB, which has one kind of date; ours is the local one.
            (_, Config::Mongo(_) | Config::EventText) => true,
            // A pattern of a moment is not modelled: for `java.util.Date` it is another language of patterns.
            (_, Config::Pattern(_)) => true,
            // Moments keep their offset and no zone, and no mapper that we know has a time zone of its own.
            (Type::Zoned, Config::ZoneId) | (Type::Offset | Type::Zoned | Type::Util, Config::London) => true,
            (_, Config::ZoneId | Config::London | Config::ShapeString) => false,
            (_, Config::Default | Config::Write(..) | Config::Cdc(_)) => false,
        }
    }
}

/// The configurations that are modelled.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Config {
    /// `default`, reading.
    Default,
    /// `iso`, `iso_nanos_off`, `timestamps_nanos` and `timestamps_millis`, writing.
    Write(Dates, Timestamps),
    /// `shape_string_timestamps_on`, writing.
    ShapeString,
    /// `iso_zone_id`, writing: `WRITE_DATES_WITH_ZONE_ID`.
    ZoneId,
    /// `iso_tz_london`, writing: the mapper's own time zone.
    London,
    /// `pattern ...`, both.
    Pattern(Pattern),
    /// `mongo_relaxed` and `mongo_canonical`, writing: whether canonical.
    Mongo(bool),
    /// `cdc_text_2022`, writing: dates too have a time.
    EventText,
    /// `cdc_...`, reading.
    Cdc(Cdc),
}

/// A version of the gateway's change-data readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cdc {
    Of2022,
    Of20250507,
    Of202510,
    Head,
}

/// A line of a truth table.
struct Row {
    place: String,
    content: Value,
}

impl Row {
    fn text(&self, key: &str) -> &str {
        self.content[key].as_str().unwrap_or_else(|| panic!("{}: no text {key:?}", self.place))
    }

    fn is_read(&self) -> bool {
        match (self.content.get("target").is_some(), self.content.get("type").is_some()) {
            (true, false) => true,
            (false, true) => false,
            _ => panic!("{}: expected either the key \"target\" or \"type\": {}", self.place, self.content),
        }
    }

    /// What is modelled of type and configuration; nothing when one of them is in `NOT_YET`.
    fn modelled(&self) -> Option<(Type, Config)> {
        let read = self.is_read();
        let java_type = match self.text(if read { "target" } else { "type" }) {
            "LocalDate" => Some(Type::Date),
            "LocalDateTime" => Some(Type::DateTime),
            "Instant" => Some(Type::Instant),
            "OffsetDateTime" => Some(Type::Offset),
            "ZonedDateTime" => Some(Type::Zoned),
            "Date" => Some(Type::Util),
            name => self.not_yet(name),
        };
        let config = match self.text("config") {
            "default" if read => Some(Config::Default),
            "mongo_relaxed" if !read => Some(Config::Mongo(false)),
            "mongo_canonical" if !read => Some(Config::Mongo(true)),
            "cdc_text_2022" if !read => Some(Config::EventText),
            "cdc_2022" if read => Some(Config::Cdc(Cdc::Of2022)),
            "cdc_2025_05_07" if read => Some(Config::Cdc(Cdc::Of20250507)),
            "cdc_2025_10" if read => Some(Config::Cdc(Cdc::Of202510)),
            "cdc_head" if read => Some(Config::Cdc(Cdc::Head)),
            "iso" if !read => Some(Config::Write(Dates::Text, Timestamps::Nanos)),
            "iso_nanos_off" if !read => Some(Config::Write(Dates::Text, Timestamps::Millis)),
            "timestamps_nanos" if !read => Some(Config::Write(Dates::Arrays, Timestamps::Nanos)),
            "timestamps_millis" if !read => Some(Config::Write(Dates::Arrays, Timestamps::Millis)),
            "shape_string_timestamps_on" if !read => Some(Config::ShapeString),
            "iso_zone_id" if !read => Some(Config::ZoneId),
            "iso_tz_london" if !read => Some(Config::London),
            name => match name.strip_prefix("pattern ").map(Pattern::new) {
                Some(Ok(pattern)) => Some(Config::Pattern(pattern)),
                _ => self.not_yet(name),
            },
        };
        java_type.zip(config).filter(|(java_type, config)| !java_type.is_out(config))
    }

    fn not_yet<T>(&self, name: &str) -> Option<T> {
        let listed = NOT_YET.iter().any(|entry| match entry.strip_suffix('*') {
            Some(family) => name.starts_with(family),
            None => name == *entry,
        });
        assert!(listed, "{}: {name:?} is neither modelled nor in NOT_YET", self.place);
        None
    }
}

fn rows() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/datetime");
    let mut files = std::fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>())
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    files.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl") && !path.ends_with(JAVA_TIME));
    files.sort();
    let mut rows = Vec::new();
    for file in files {
        let name = file.strip_prefix(&folder).unwrap_or(&file).display();
        let lines = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{name}:{}", index + 1);
            let content = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
            rows.push(Row { place, content });
        }
    }
    rows
}

/// Counts rows and collects the ones that disagree.
#[derive(Default)]
struct Tally {
    checked: usize,
    excluded: usize,
    mismatches: Vec<String>,
}

impl Tally {
    fn compare(&mut self, row: &Row, expected: &str, found: &str) {
        self.checked += 1;
        if expected != found {
            let Row { place, content } = row;
            self.mismatches.push(format!("{place}: {content}\n  expected {expected}\n  found    {found}"));
        }
    }

    fn finish(self) {
        let Self { checked, excluded, mismatches } = self;
        println!("{checked} rows checked, {excluded} excluded");
        assert!(
            mismatches.is_empty(),
            "{} mismatches:
{}",
            mismatches.len(),
            mismatches.join(
                "
"
            )
        );
        assert!(checked > 0, "no rows checked");
    }
}

#[test]
fn datetime_read_rows() {
    let mut tally = Tally::default();
    for row in rows().iter().filter(|row| row.is_read()) {
        let Some((java_type, config)) = row.modelled() else {
            tally.excluded += 1;
            continue;
        };
        let expected = match row.text("outcome") {
            "error" => "error".to_owned(),
            "value" if row.content["value"].is_null() => "null".to_owned(),
            "value" => row.text("value").to_owned(),
            outcome => panic!("{}: unknown outcome {outcome:?}", row.place),
        };
        // What is no JSON does not get as far as a date.
        let read = match token(row.text("wire")) {
            Some(token) => read(java_type, &config, &token),
            None => Ok("error".to_owned()),
        };
        match read {
            Ok(found) => tally.compare(row, &expected, &found),
            Err(Refusal::Jackson(_)) => tally.compare(row, &expected, "error"),
            Err(Refusal::Stricter(_)) if is_far(&expected) => tally.excluded += 1,
            Err(refusal @ Refusal::Stricter(_)) => tally.compare(row, &expected, &format!("{refusal:?}")),
        }
    }
    tally.finish();
}

#[test]
fn datetime_write_rows() {
    let mut tally = Tally::default();
    for row in rows().iter().filter(|row| !row.is_read()) {
        let Some((java_type, config)) = row.modelled() else {
            tally.excluded += 1;
            continue;
        };
        let expected = row.content["wire"].as_str().unwrap_or("error");
        let value = match &row.content["value_iso"] {
            Value::Null => Token::Null,
            Value::String(text) => Token::Text(text.into()),
            other => panic!("{}: expected a text under \"value_iso\", found {other}", row.place),
        };
        let written = match java_type {
            Type::Date => LocalDate::read(&value).map(|date| write_date(&config, date.0)),
            Type::DateTime => LocalDateTime::read(&value).map(|value| write_date_time(&config, value.0)),
            // Before October 1582 `java.util.Date` counts by another calendar.
            Type::Util if row.text("value_iso") < "1582-10-15" => {
                tally.excluded += 1;
                continue;
            }
            Type::Instant | Type::Offset | Type::Zoned | Type::Util => write_moment(java_type, &config, &value),
        };
        match written {
            Ok(found) => tally.compare(row, expected, found.as_deref().unwrap_or("error")),
            Err(Refusal::Stricter(_)) if is_far(row.text("value_iso")) => tally.excluded += 1,
            Err(refusal) => tally.compare(row, expected, &format!("{refusal:?}")),
        }
    }
    tally.finish();
}

/// Writes a moment with its offset, which a reader of Jackson's would have adjusted to UTC.
fn write_moment(java_type: Type, config: &Config, value: &Token<'_>) -> Result<Option<String>, Refusal> {
    let Token::Text(text) = value else { panic!("expected a text, found {value:?}") };
    let text = text.split('[').next().unwrap_or_default();
    let moment = scan(text).unwrap_or_else(|| panic!("expected a moment, found {text}")).map(Some)?;
    Ok(match java_type {
        Type::Instant => write_plain(config, Instant(moment)),
        Type::Offset => write_plain(config, OffsetDateTime(moment)),
        Type::Zoned => write_plain(config, ZonedDateTime(moment)),
        _ => write_plain(config, UtilDate(moment)),
    })
}

/// Whether the year of an ISO text is beyond -9999..=9999.
fn is_far(iso: &str) -> bool {
    let unsigned = iso.trim_start_matches(['+', '-']);
    unsigned.split('-').next().is_some_and(|year| year.len() > 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads a token and shows the value as Java's `toString` does.
fn read(java_type: Type, config: &Config, token: &Token<'_>) -> Result<String, Refusal> {
    Ok(match java_type {
        Type::Date => show(read_date(config, token)?, |date| show_date(*date)),
        Type::DateTime => show(read_date_time(config, token)?, show_date_time),
        moment => panic!("no row reads {moment:?} yet"),
    })
}

fn read_date(config: &Config, token: &Token<'_>) -> Result<Option<Date>, Refusal> {
    let pattern = match config {
        Config::Pattern(pattern) => pattern,
        Config::Cdc(Cdc::Of2022) => return CdcDate::<Cdc2022>::read(token).map(|date| date.0),
        Config::Cdc(Cdc::Of20250507) => return CdcDate::<Cdc20250507>::read(token).map(|date| date.0),
        Config::Cdc(Cdc::Head) => return CdcDate::<CdcHead>::read(token).map(|date| date.0),
        Config::Cdc(version) => panic!("{version:?} has no reader of dates"),
        _ => {
            return LocalDate::read(token).map(|date| date.0);
        }
    };
    let read = pattern_date::read(pattern, token);
    let typed = match pattern.source() {
        YearMonthDay::PATTERN => PatternDate::<YearMonthDay>::read(token).map(|date| date.0),
        DayMonthYear::PATTERN => PatternDate::<DayMonthYear>::read(token).map(|date| date.0),
        _ => return read,
    };
    assert_eq!(typed, read, "{} {token:?}", pattern.source());
    read
}

fn read_date_time(config: &Config, token: &Token<'_>) -> Result<Option<DateTime>, Refusal> {
    let pattern = match config {
        Config::Pattern(pattern) => pattern,
        Config::Cdc(Cdc::Of202510) => return CdcDateTime::<Cdc202510>::read(token).map(|value| value.0),
        Config::Cdc(Cdc::Head) => return CdcDateTime::<CdcHead>::read(token).map(|value| value.0),
        Config::Cdc(version) => panic!("{version:?} has no reader of date-times"),
        _ => {
            return LocalDateTime::read(token).map(|value| value.0);
        }
    };
    let read = pattern_date_time::read(pattern, token);
    if pattern.source() == EventMillis::PATTERN {
        assert_eq!(PatternDateTime::<EventMillis>::read(token).map(|value| value.0), read, "{token:?}");
    }
    read
}

/// Writes a date as JSON; nothing when that fails.
fn write_date(config: &Config, date: Option<Date>) -> Option<String> {
    let pattern = match config {
        Config::Default | Config::Cdc(_) => return None,
        Config::EventText => {
            let midnight = date.map(|date| date.to_datetime(jiff::civil::Time::midnight()));
            return write_date_time(config, midnight);
        }
        Config::Mongo(canonical) => {
            let midnight = date.map(|date| extended_json(date.to_datetime(jiff::civil::Time::midnight()), *canonical));
            return Some(midnight.unwrap_or_else(|| "null".to_owned()));
        }
        Config::Pattern(pattern) => pattern,
        other => return write_plain(other, LocalDate(date)),
    };
    let written = match date {
        Some(date) => json(Dates::Text, &Text(Some(pattern_date::write(pattern, date).ok()?))),
        None => Some("null".to_owned()),
    };
    let typed = match pattern.source() {
        YearMonthDay::PATTERN => json(Dates::Text, &PatternDate::<YearMonthDay>::new(date)),
        DayMonthYear::PATTERN => json(Dates::Text, &PatternDate::<DayMonthYear>::new(date)),
        _ => return written,
    };
    assert_eq!(typed, written, "{}", pattern.source());
    written
}

/// Writes a date and time as JSON; nothing when that fails.
fn write_date_time(config: &Config, value: Option<DateTime>) -> Option<String> {
    let pattern = match config {
        Config::Default | Config::Cdc(_) => return None,
        Config::EventText => {
            return write_date_time(&Config::Pattern(Pattern::new("yyyy-MM-dd HH:mm:ss").unwrap()), value);
        }
        Config::Mongo(canonical) => {
            let value = value.map(|value| extended_json(value, *canonical));
            return Some(value.unwrap_or_else(|| "null".to_owned()));
        }
        Config::Pattern(pattern) => pattern,
        other => return write_plain(other, LocalDateTime(value)),
    };
    let written = match value {
        Some(value) => json(Dates::Text, &Text(Some(pattern_date_time::write(pattern, value).ok()?))),
        None => Some("null".to_owned()),
    };
    if pattern.source() == EventMillis::PATTERN {
        assert_eq!(json(Dates::Text, &PatternDateTime::<EventMillis>::new(value)), written);
    }
    written
}

/// Writes a value without a pattern.
fn write_plain<T: Leaf>(config: &Config, value: T) -> Option<String> {
    let written = |dates, timestamps| emit(&MapperConfig { dates, timestamps, ..MapperConfig::ISO }, &value).ok();
    match config {
        Config::Write(dates, timestamps) => written(*dates, *timestamps),
        // Neither has a say in what is modelled.
        Config::ZoneId | Config::London => written(Dates::Text, Timestamps::Nanos),
        Config::ShapeString => json(Dates::Arrays, &ShapeString(value)),
        other => panic!("{other:?} is not of plain writing"),
    }
}

fn json(dates: Dates, value: &impl Field) -> Option<String> {
    emit(&MapperConfig { dates, ..MapperConfig::ISO }, value).ok()
}

fn show<T>(value: Option<T>, show: impl FnOnce(&T) -> String) -> String {
    value.as_ref().map_or_else(|| "null".to_owned(), show)
}

/// `LocalDate.toString`.
fn show_date(date: Date) -> String {
    let sign = if date.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", date.year().unsigned_abs(), date.month(), date.day())
}

/// `LocalDateTime.toString`: no seconds when all is zero, and three, six or nine fraction digits.
fn show_date_time(value: &DateTime) -> String {
    let mut text = format!("{}T{:02}:{:02}", show_date(value.date()), value.hour(), value.minute());
    let nano = value.subsec_nanosecond();
    if value.second() != 0 || nano != 0 {
        text.push_str(&format!(":{:02}", value.second()));
    }
    match nano {
        0 => {}
        _ if nano % 1_000_000 == 0 => text.push_str(&format!(".{:03}", nano / 1_000_000)),
        _ if nano % 1_000 == 0 => text.push_str(&format!(".{:06}", nano / 1_000)),
        _ => text.push_str(&format!(".{nano:09}")),
    }
    text
}

/// A JSON text as a token, numbers in their own spelling; nothing when it is not JSON.
fn token(json: &str) -> Option<Token<'_>> {
    serde_json::from_str::<serde::de::IgnoredAny>(json).ok()?;
    let json = json.trim();
    Some(match json.as_bytes().first()? {
        b'n' => Token::Null,
        b't' => Token::Bool(true),
        b'f' => Token::Bool(false),
        b'"' => Token::Text(serde_json::from_str::<String>(json).ok()?.into()),
        b'{' => Token::Object(items(&json[1..json.len() - 1]).into_iter().map(member).collect::<Option<_>>()?),
        b'[' => Token::Array(items(&json[1..json.len() - 1]).into_iter().map(token).collect::<Option<_>>()?),
        _ if json.contains(['.', 'e', 'E']) => Token::Float(json.into()),
        _ => Token::Integer(json.into()),
    })
}

/// A member of an object as key and value.
fn member(text: &str) -> Option<(std::borrow::Cow<'_, str>, Token<'_>)> {
    let mut keys = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let key = keys.next()?.ok()?;
    let value = text[keys.byte_offset()..].trim_start().strip_prefix(':')?;
    Some((key.into(), token(value)?))
}

/// The items of a list or an object, given what stands between its brackets.
fn items(list: &str) -> Vec<&str> {
    let (mut items, mut start, mut depth, mut in_text, mut escaped) = (Vec::new(), 0, 0, false, false);
    for (index, byte) in list.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                items.push(&list[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    if !list.trim().is_empty() {
        items.push(&list[start..]);
    }
    items
}

#[test]
fn tokens_keep_their_spelling() {
    let integer = |digits: &'static str| Token::Integer(digits.into());
    assert_eq!(token("99999999999999999999"), Some(integer("99999999999999999999")));
    assert_eq!(token("-0"), Some(integer("-0")));
    assert_eq!(token("1.50"), Some(Token::Float("1.50".into())));
    let object = Token::Object(vec![("b".into(), Token::Array(vec![integer("1"), integer("2")]))]);
    let nested = Token::Array(vec![Token::Text("a,]\"".into()), Token::Array(vec![integer("1")]), object]);
    assert_eq!(token(r#"[ "a,]\"" , [1],{"b":[1,2]} ]"#), Some(nested));
    assert_eq!(token("[ ]"), Some(Token::Array(vec![])));
    for not_json in ["", "[1,2", "[1,]", "NaN", "+1", "1.", "'a'", "\"\n\"", "01"] {
        assert_eq!(token(not_json), None, "{not_json:?}");
    }
}
