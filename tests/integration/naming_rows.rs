//! `fixtures/captures/naming/`: five mappers over every body, judged as the captures judged them, row by row.
//!
//! The folder is read, so new rows and bodies need no code; a body that we refuse on purpose and the real gateway
//! takes needs a line in [`STRICTER`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use dtogate::document::parse;
use dtogate::java::leaf::Refusal;
use dtogate::mapping::{Inputs, Mapping, Outcome};
use dtogate::tis::mapping::doctors_summary;
use dtogate::verdict::judge;
use serde_json::Value;

use crate::historical::TEXT_MAPPERS;

/// Why we may judge otherwise than the captures did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// Half of a surrogate pair, escaped: we refuse the payload, Jackson passes it on.
    LoneSurrogate,
    /// Jackson detects UTF-16 in bytes; we refuse it.
    Utf16,
    /// A year outside -9999..9999.
    Year,
    /// The payload is not JSON, the mapper's answer is.
    SourceNotJson,
}

const ALL: &[&str] =
    &["regex_2022_06", "regex_2023_12_28", "regex_2023_12_29", "name_processor_branch", "dto_alias_head"];

/// Where we are stricter: the body's file name (under any configuration; `*` stands for any part of it), the mappers,
/// the reason, which is detected from the body and must be this one.
const STRICTER: &[(&str, &[&str], Reason)] = &[
    // Java's `\s` takes the form feed and the vertical tab, JSON does not.
    ("colon_*_not_json.json", &["regex_2023_12_29"], Reason::SourceNotJson),
    ("edge_values.json", &["dto_alias_head"], Reason::Year),
    ("lone_surrogate.json", ALL, Reason::LoneSurrogate),
    ("utf16*.json", &["dto_alias_head"], Reason::Utf16),
];

/// Whether a name of the list, with one `*` at most, names a file.
fn is_named(listed: &str, file: &str) -> bool {
    match listed.split_once('*') {
        None => listed == file,
        Some((start, end)) => file.len() >= start.len() + end.len() && file.starts_with(start) && file.ends_with(end),
    }
}

/// A line of a truth table.
struct Row {
    place: String,
    payload_file: String,
    mapper: String,
    result: String,
    detail: String,
}

impl Row {
    /// The body's name without its folders.
    fn file_name(&self) -> &str {
        self.payload_file.rsplit('/').next().unwrap_or(&self.payload_file)
    }

    fn is_listed(&self, reason: Reason) -> bool {
        let is_listed = |(file, mappers, listed): &(&str, &[&str], Reason)| {
            is_named(file, self.file_name()) && mappers.contains(&self.mapper.as_str()) && *listed == reason
        };
        STRICTER.iter().any(is_listed)
    }
}

fn captures() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/captures"))
}

/// A body as the class of today would have written it.
fn body_of(payload_file: &str) -> std::io::Result<Vec<u8>> {
    std::fs::metadata(captures().join(payload_file))?;
    Ok(crate::versions::capture(&format!("fixtures/captures/{payload_file}")))
}

/// Every row of every `*.jsonl` in `naming/`.
fn rows() -> Vec<Row> {
    let folder = captures().join("naming");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    let mut rows = Vec::new();
    for file in files {
        let lines = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{}:{}", file.file_name().unwrap_or_default().display(), index + 1);
            let content: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
            let text = |key: &str| {
                content[key].as_str().unwrap_or_else(|| panic!("{place}: no text {key:?}: {content}")).to_owned()
            };
            rows.push(Row {
                payload_file: text("payload_file"),
                mapper: text("mapper"),
                result: text("result"),
                detail: content["detail"].as_str().unwrap_or_default().to_owned(),
                place,
            });
        }
    }
    rows
}

/// The doctors-summary mapping with that mapper in it.
fn mapping(mapper: &str) -> Option<&'static Mapping> {
    if mapper == "dto_alias_head" {
        return Some(&doctors_summary::MAPPING);
    }
    let (_, _, catalogue) = TEXT_MAPPERS.iter().find(|(name, ..)| *name == mapper)?;
    catalogue.mapping(doctors_summary::MAPPING.id)
}

/// What we make of a body.
struct Judged {
    word: &'static str,
    message: String,
    /// Why the real gateway may see it otherwise.
    stricter: Option<Reason>,
}

/// Runs a body through a mapper and judges the answer; a text mapper decodes it as Java does.
fn judged(mapping: &Mapping, body: &[u8]) -> Judged {
    judged_outcome(mapping, body, mapping.run(&Inputs::payload(&*String::from_utf8_lossy(body))))
}

fn judged_outcome(mapping: &Mapping, body: &[u8], outcome: Outcome) -> Judged {
    match parse(body) {
        Ok(sent) => {
            let judgement = judge(mapping, &sent, &outcome);
            let is_year = matches!(&outcome, Outcome::Refused { refusal: Refusal::Stricter(_), .. });
            let stricter = is_year.then_some(Reason::Year);
            Judged { word: judgement.word(), message: judgement.to_string(), stricter }
        }
        Err(error) => {
            let stricter = if error.message.contains("surrogates") {
                Some(Reason::LoneSurrogate)
            } else if error.message.contains("UTF-16") {
                Some(Reason::Utf16)
            } else {
                matches!(outcome, Outcome::Emitted(_)).then_some(Reason::SourceNotJson)
            };
            Judged { word: "lost", message: format!("lost: unreadable payload: {error}"), stricter }
        }
    }
}

/// The bodies that the captures put through a mapper.
pub(crate) fn bodies(mapper: &str) -> Vec<(String, Vec<u8>)> {
    let rows = rows().into_iter().filter(|row| row.mapper == mapper);
    rows.map(|row| (row.payload_file.clone(), body_of(&row.payload_file).unwrap())).collect()
}

/// Where a mapper's answers to its bodies, in their order, are judged otherwise than the captures judged them.
pub(crate) fn disagreements(mapper: &str, outcomes: Vec<Outcome>) -> Vec<String> {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.mapper == mapper).collect();
    assert_eq!(rows.len(), outcomes.len());
    let mut wrong = vec![];
    for (row, outcome) in rows.iter().zip(outcomes) {
        let body = body_of(&row.payload_file).unwrap();
        let ours = judged_outcome(mapping(mapper).unwrap(), &body, outcome);
        if ours.word != row.result && !ours.stricter.is_some_and(|reason| row.is_listed(reason)) {
            wrong.push(format!(
                "{}: captured {} ({}), we say {}",
                row.payload_file, row.result, row.detail, ours.message
            ));
        }
    }
    wrong
}

#[test]
fn naming_rows() {
    let mut bodies: BTreeMap<String, std::io::Result<Vec<u8>>> = BTreeMap::new();
    let mut agree = 0;
    let mut stricter: BTreeMap<Reason, usize> = BTreeMap::new();
    let mut agreeing_exceptions: BTreeSet<(String, String)> = BTreeSet::new();
    let mut differing_exceptions: BTreeSet<(String, String)> = BTreeSet::new();
    let mut wrong = String::new();
    let rows = rows();
    for row in &rows {
        let Row { place, payload_file, mapper, result, detail } = row;
        let mut complain = |what: &str| writeln!(wrong, "{place}: {payload_file} through {mapper}: {what}").unwrap();
        let Some(mapping) = mapping(mapper) else {
            complain("there is no such mapper");
            continue;
        };
        let body = bodies.entry(payload_file.clone()).or_insert_with(|| body_of(payload_file));
        let body = match body {
            Ok(body) => body,
            Err(error) => {
                complain(&format!("no body: {error}"));
                continue;
            }
        };
        let ours = judged(mapping, body);
        let name = || (row.file_name().to_owned(), mapper.clone());
        if ours.word == result {
            agree += 1;
            agreeing_exceptions.insert(name());
            continue;
        }
        match ours.stricter {
            Some(reason) if row.is_listed(reason) => {
                *stricter.entry(reason).or_default() += 1;
                differing_exceptions.insert(name());
            }
            Some(reason) => complain(&format!(
                "captured {result} ({detail}), we say {}; {reason:?}, but it is not listed in STRICTER",
                ours.message
            )),
            None => complain(&format!("captured {result} ({detail}), we say {}", ours.message)),
        }
    }
    for (file, mappers, reason) in STRICTER {
        for mapper in *mappers {
            let has = |names: &BTreeSet<(String, String)>| {
                names.iter().any(|(name, through)| is_named(file, name) && through == mapper)
            };
            if has(&agreeing_exceptions) && !has(&differing_exceptions) {
                writeln!(wrong, "STRICTER: {file} through {mapper} ({reason:?}): no row differs any more").unwrap();
            }
        }
    }
    println!("{agree} rows agree, {} stricter by name {stricter:?}", stricter.values().sum::<usize>());
    assert!(wrong.is_empty(), "{} rows agree; these do not:\n{wrong}", agree);
    assert!(!rows.is_empty(), "no rows");
}

#[test]
fn every_naming_exception_has_a_row() {
    let rows = rows();
    for (file, mappers, _) in STRICTER {
        for mapper in *mappers {
            let has_row = rows.iter().any(|row| is_named(file, row.file_name()) && row.mapper == *mapper);
            assert!(has_row, "STRICTER: there is no row of {file} through {mapper}");
        }
    }
}

#[test]
fn every_mapper_is_judged_each_way() {
    let mut seen = BTreeSet::new();
    for row in rows() {
        let body = body_of(&row.payload_file).unwrap();
        seen.insert((row.mapper.clone(), judged(mapping(&row.mapper).unwrap(), &body).word));
    }
    for mapper in ALL {
        for word in ["ok", "lost", "corrupted"] {
            assert!(seen.contains(&((*mapper).to_owned(), word)), "nothing is {word} through {mapper}");
        }
    }
}
