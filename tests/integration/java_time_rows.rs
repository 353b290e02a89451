//! `fixtures/datetime/java_time.jsonl`: what java.time itself reads, row by row, and the same asked of the Java that is here.
//!
//! The rows were written by `tests/mappers/Times.java` on JDK 17: a method, a text, and what `toString` says of the day,
//! of the instant or of the duration; null where Java refuses the text.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use dtogate::datetime::Instant;
use dtogate::datetime::java_time::moment::{Moment, scan, scan_instant, scan_zoned};
use dtogate::java::config::MapperConfig;
use dtogate::java::duration::Duration;
use dtogate::java::leaf::{Leaf, Refusal, Token};
use dtogate::java::write::emit;
use dtogate::tis::leaf::{Cdc20250507, CdcDate, CdcHead};
use serde_json::Value;

use crate::binary::repository;
use crate::probe_programs::has_java;

/// The file of the rows, in `fixtures/datetime`.
pub(crate) const JAVA_TIME: &str = "java_time.jsonl";

struct Row {
    method: String,
    text: String,
    value: Option<String>,
}

fn rows() -> Vec<Row> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/datetime").join(JAVA_TIME);
    let lines = std::fs::read_to_string(file).unwrap();
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| row[key].as_str().map(str::to_owned);
        Row { method: text("method").unwrap(), text: text("text").unwrap(), value: text("value") }
    };
    lines.lines().map(row).collect()
}

/// A reading as `toString` shows it; nothing for what is refused.
fn shown(read: Result<Option<String>, Refusal>) -> Result<Option<String>, String> {
    match read {
        Ok(found) => Ok(found),
        Err(Refusal::Jackson(_)) => Ok(None),
        Err(Refusal::Stricter(message)) => Err(message),
    }
}

fn instant(read: Option<Result<Moment, Refusal>>) -> Result<Option<String>, Refusal> {
    let moment = read.transpose()?.map(Moment::in_utc).transpose()?;
    let written = moment.map(|moment| emit(&MapperConfig::ISO, &Instant(Some(moment))).unwrap());
    Ok(written.map(|json| json.trim_matches('"').to_owned()))
}

/// A day as the reader of change events takes it, or a duration.
fn day<T: Leaf>(token: &Token<'_>) -> Result<Option<String>, Refusal> {
    let date = T::read(token)?;
    Ok(Some(emit(&MapperConfig::ISO, &date).unwrap().trim_matches('"').to_owned()).filter(|text| text != "null"))
}

fn extended(text: &str) -> Token<'_> {
    Token::Object(vec![("$date".into(), Token::Text(text.into()))])
}

#[test]
fn java_time_rows() {
    let rows = rows();
    assert!(rows.len() > 400, "{} rows", rows.len());
    let mut differences = Vec::new();
    let mut compare = |row: &Row, expected: &Option<String>, read| match shown(read) {
        Ok(found) if found == *expected => {}
        // A year that our calendar does not hold.
        Err(_) if expected.as_deref().is_some_and(|value| value.starts_with('+') || value.starts_with("-1")) => {}
        found => differences.push(format!("{} {:?}: Java {expected:?}, ours {found:?}", row.method, row.text)),
    };
    for row in &rows {
        match row.method.as_str() {
            "Duration.parse" => compare(row, &row.value, day::<Duration>(&Token::Text((&*row.text).into()))),
            "Instant.parse" => {
                compare(row, &row.value, instant(scan_instant(&row.text)));
                let expected = row.value.as_ref().and_then(|value| Some(value.split_once('T')?.0.to_owned()));
                compare(row, &expected, day::<CdcDate<Cdc20250507>>(&extended(&row.text)));
            }
            "ISO_DATE" => compare(row, &row.value, day::<CdcDate<CdcHead>>(&Token::Text((&*row.text).into()))),
            "ISO_DATE_TIME" => compare(row, &row.value, day::<CdcDate<CdcHead>>(&extended(&row.text))),
            "OffsetDateTime.parse" => compare(row, &row.value, instant(scan(&row.text))),
            "ZonedDateTime.parse" => compare(row, &row.value, instant(scan_zoned(&row.text))),
            method => panic!("unknown method {method:?}"),
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn java_time_rows_are_what_java_says() {
    if !has_java() {
        return;
    }
    let rows = rows();
    let mut java = Command::new("java")
        .args(["-Duser.timezone=UTC", "-Duser.language=en"])
        .arg(repository("tests/mappers/Times.java"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: String = rows.iter().map(|row| format!("{}\t{}\n", row.method, row.text)).collect();
    let mut stdin = java.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = java.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "Times.java failed");
    let answers = String::from_utf8(output.stdout).unwrap();
    assert_eq!(answers.lines().count(), rows.len(), "an answer for each row");
    for (row, answer) in rows.iter().zip(answers.lines()) {
        assert_eq!(row.value.as_deref().unwrap_or("error"), answer, "{} {:?}", row.method, row.text);
    }
}
