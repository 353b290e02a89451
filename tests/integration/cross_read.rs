//! What one service reads of another's messages: `fixtures/captures/dtos/cross_read.jsonl`, row by row.
//!
//! Each row names a captured file, the class and the mapper that read it, and what came out, written again with
//! `explicit_bean`. A further row or file needs no code; a reader that is not modelled has to be in [`NOT_YET`].

use std::collections::BTreeMap;

use dtogate::document::parse;
use dtogate::tis::CATALOGUE;
use dtogate::tis::config::EXPLICIT_BEAN;
use serde_json::Value;

use crate::{files, versions};

/// The readers that are not modelled yet.
const NOT_YET: &[&str] = &[
    "integration.CdcDocumentDto<CdcHiddenDiscrepancyDto>",
    "integration.CdcDocumentDto<ConnectionLog>",
    "integration.CdcDocumentDto<DoctorsForDB>",
    "integration.CdcDocumentDto<Recommendation>",
    "integration.ConcernSummaryDto",
    "integration.IndexSyncMessage<List<HiddenDiscrepancy>>",
    "integration.IndexSyncMessage<List<RevalidationSummaryDto>>",
];

/// The readers that must be compared.
const COMPARED: &[&str] = &[
    "connection.ConnectionLogDto",
    "integration.ConnectionSummaryDto",
    "integration.TraineeNotesDto",
    "integration.TraineeRecommendationDto",
];

/// The definition of a reader: captures write the items of a generic class in angle brackets.
fn definition_name(reader: &str) -> &str {
    match reader {
        "integration.IndexSyncMessage<List<ConnectionLogDto>>" => "integration.IndexSyncMessage_ConnectionLogDto",
        other => other,
    }
}

/// Reads a captured file and writes it again with `explicit_bean`; `error` where it is refused.
fn read(row: &Value, definition: &dtogate::mapping::DtoSpec) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_else(|| panic!("no text {key:?}: {row}"));
    // `ALLOW_UNQUOTED_FIELD_NAMES` is all that the gateway's mapper adds.
    let config = match text("config") {
        "gateway" => &EXPLICIT_BEAN,
        name => CATALOGUE.config(name).unwrap_or_else(|| panic!("no configuration is named {name}: {row}")),
    };
    let bytes = versions::capture(&format!("fixtures/captures/{}", text("payload_file")));
    let Ok(document) = parse(&bytes) else { return "error".to_owned() };
    match definition.round_trip(config, &EXPLICIT_BEAN, &document) {
        Ok(written) => written.unwrap_or_else(|error| panic!("{error}: {row}")),
        Err(_) => "error".to_owned(),
    }
}

#[test]
fn receivers_read_what_they_really_read() {
    let rows = String::from_utf8(files::bytes("fixtures/captures/dtos/cross_read.jsonl")).unwrap();
    let (mut compared, mut not_yet) = (BTreeMap::<String, usize>::new(), BTreeMap::<String, usize>::new());
    let mut differing = Vec::new();
    let manifest = files::manifest();
    for line in rows.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let reader = row["reader"].as_str().unwrap_or_else(|| panic!("no reader: {line}"));
        let Some(definition) = CATALOGUE.dto(definition_name(reader)) else {
            assert!(NOT_YET.contains(&reader), "{reader} is neither modelled nor in NOT_YET: {line}");
            *not_yet.entry(reader.to_owned()).or_default() += 1;
            continue;
        };
        *compared.entry(reader.to_owned()).or_default() += 1;
        let expected = match row["outcome"].as_str() {
            Some("error") => "error".to_owned(),
            Some("value") => {
                let value = row["value"].as_str().unwrap_or_else(|| panic!("no value: {line}"));
                let file = format!("captures/{}", row["payload_file"].as_str().unwrap_or_default());
                let written = manifest.iter().find(|row| row.file == file).and_then(|row| row.dto.as_deref());
                // What is renamed on both sides is renamed in what the reader makes of it.
                versions::today(definition_name(reader), &versions::today(written.unwrap_or_default(), value))
            }
            _ => panic!("neither value nor error: {line}"),
        };
        let found = read(&row, definition);
        if found != expected {
            differing.push(format!("{}\n  expected {expected}\n  found    {found}", row["payload_file"]));
        }
    }
    println!("{} rows compared: {compared:?}", compared.values().sum::<usize>());
    println!("{} rows not yet: {not_yet:?}", not_yet.values().sum::<usize>());
    assert!(differing.is_empty(), "{} rows differ:\n{}", differing.len(), differing.join("\n"));
    for reader in COMPARED {
        assert!(compared.contains_key(*reader), "no row of {reader} was compared");
    }
    for reader in NOT_YET {
        assert!(CATALOGUE.dto(definition_name(reader)).is_none(), "{reader} is modelled; take it out of NOT_YET");
    }
}
