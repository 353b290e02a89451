//! What Jackson really wrote, read and written again with the same definition and configuration: the same bytes.
//!
//! The files are listed from the folders, their definition and configuration come from `fixtures/manifest.jsonl`,
//! so a further capture needs a row and no code. `*.chars.json` came from `writeValueAsString` and are compared
//! with the text writer, all others with what the configuration writes.

use std::collections::BTreeSet;

use dtogate::document::parse;
use dtogate::java::config::{Escape, MapperConfig};
use dtogate::java::leaf::Refusal;
use dtogate::tis::CATALOGUE;
use dtogate::update::versions::class_and_version;

use crate::files::{self, ManifestRow};
use crate::versions::capture;

/// Why a file is refused on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// Strict JSON readers refuse it, and so do we.
    LoneSurrogate,
    /// A year outside -9999..=9999.
    Year,
}

/// The captures that are refused on purpose: the end of the file's path, and why. A lone surrogate that was written
/// as text arrives as `?`, so the `.chars.json` files of that case are not among them.
const EXCEPTIONS: &[(&str, Reason)] =
    &[("/lone_surrogate.json", Reason::LoneSurrogate), ("/edge_values.json", Reason::Year)];

fn is_checked(file: &str) -> bool {
    file.ends_with(".json") && ["captures/doctors/", "captures/dtos/"].iter().any(|folder| file.starts_with(folder))
}

/// Why a file does not come out as it went in.
enum Failure {
    /// It is not read: refused on purpose, for this reason.
    OnPurpose(Reason),
    /// Anything else.
    Wrong(String),
}

fn round_trip(row: &ManifestRow) -> Result<(), Failure> {
    let wrong = |message: String| Failure::Wrong(message);
    let dto = row.dto.as_deref().ok_or_else(|| wrong("no dto in its row".to_owned()))?;
    let definition =
        CATALOGUE.dto(class_and_version(dto).0).ok_or_else(|| wrong(format!("no definition is named {dto}")))?;
    let config = row.config.as_deref().ok_or_else(|| wrong("no config in its row".to_owned()))?;
    let config = CATALOGUE.config(config).ok_or_else(|| wrong(format!("no configuration is named {config}")))?;
    let as_text = MapperConfig { escape: Escape::Text, ..*config };
    let writer = if row.file.ends_with(".chars.json") { &as_text } else { config };
    let bytes = capture(&format!("fixtures/{}", row.file));
    let document = parse(&bytes).map_err(|error| match error.message.contains("surrogate") {
        true => Failure::OnPurpose(Reason::LoneSurrogate),
        false => wrong(format!("not readable: {error}")),
    })?;
    let written = definition.round_trip(config, writer, &document).map_err(|error| match error.refusal {
        Refusal::Stricter(message) if message.contains("year") => Failure::OnPurpose(Reason::Year),
        refusal => wrong(format!("{}: {refusal}", document.pointer(error.node))),
    })?;
    let written = written.map_err(|error| wrong(format!("not writable: {error}")))?;
    if written.as_bytes() == bytes {
        return Ok(());
    }
    let at = written.bytes().zip(&bytes).take_while(|(ours, theirs)| ours == *theirs).count();
    let shown = |bytes: &[u8]| {
        let around = at.saturating_sub(30)..bytes.len().min(at + 30);
        String::from_utf8_lossy(&bytes[around]).into_owned()
    };
    Err(wrong(format!(
        "differs at byte {at}:\n  expected {:?}\n  written  {:?}",
        shown(&bytes),
        shown(written.as_bytes())
    )))
}

#[test]
fn every_capture_comes_out_as_it_went_in() {
    let manifest = files::manifest();
    let mut failures = Vec::new();
    let mut met = BTreeSet::new();
    let (mut checked, mut refused) = (0, 0);
    for file in files::files_below("fixtures").iter().filter(|file| is_checked(file)) {
        checked += 1;
        let exception = EXCEPTIONS.iter().find(|(name, _)| file.ends_with(name));
        let outcome = match manifest.iter().find(|row| row.file == *file) {
            Some(row) => round_trip(row),
            None => Err(Failure::Wrong("no row in the manifest".to_owned())),
        };
        match (outcome, exception) {
            (Ok(()), None) => {}
            (Ok(()), Some((name, _))) => {
                failures.push(format!("{file}: comes out as it went in; the exception {name:?} is not true of it"));
            }
            (Err(Failure::OnPurpose(reason)), Some((name, listed))) if reason == *listed => {
                met.insert(*name);
                refused += 1;
            }
            (Err(Failure::OnPurpose(reason)), _) => failures.push(format!("{file}: refused, not listed: {reason:?}")),
            (Err(Failure::Wrong(message)), _) => failures.push(format!("{file}: {message}")),
        }
    }
    for (name, _) in EXCEPTIONS {
        if !met.contains(name) {
            failures.push(format!("the exception {name:?} is of no file"));
        }
    }
    println!("{checked} files checked, {refused} of them refused on purpose");
    assert!(checked > 0, "no file was checked");
    assert!(failures.is_empty(), "{} of {checked} files:\n{}", failures.len(), failures.join("\n"));
}
