//! Fixtures are exact bytes: each file below `fixtures/` is the one that its row in `fixtures/manifest.jsonl` names.
//!
//! A line-ending conversion, an editor that adds a last newline or a reformatted golden shows here, by name,
//! before anything else makes a guess at it. Expectations and mapping tables are reviewed by people and have no row, nor have tables of
//! rows (`*.jsonl`): they may grow, and every row of theirs is a test.

use std::collections::BTreeMap;

use crate::files;

/// Whether a file below `fixtures/` is captured or derived, and so has a row.
fn has_row(file: &str) -> bool {
    let is_readme = file == "README.md" || file.ends_with("/README.md");
    !(is_readme
        || file.ends_with(".expected.json")
        || file.ends_with("/table.json")
        || file.ends_with(".jsonl")
        || file.ends_with(".toml"))
}

#[test]
fn every_fixture_has_the_bytes_of_its_manifest_row() {
    let manifest = files::manifest();
    let rows: BTreeMap<&str, &files::ManifestRow> = manifest.iter().map(|row| (row.file.as_str(), row)).collect();
    let listed: Vec<String> = files::files_below("fixtures").into_iter().filter(|file| has_row(file)).collect();
    let mut mismatches = Vec::new();
    for file in &listed {
        let bytes = files::bytes(format!("fixtures/{file}"));
        let Some(row) = rows.get(file.as_str()) else {
            let (size, digest) = (bytes.len(), files::sha256(&bytes));
            // To paste; what it is, and where it comes from, only a person knows.
            mismatches.push(format!(
                "{file}: no row in the manifest; add, sorted by file:\n{{\"file\": {file:?}, \"part\": \"derived\", \"dto\": null, \
                 \"config\": null, \"case\": null, \"bytes\": {size}, \"sha256\": {digest:?}, \"note\": \"derived from ...\"}}"
            ));
            continue;
        };
        if bytes.len() as u64 != row.bytes {
            mismatches.push(format!("{file}: {} bytes, the manifest says {}", bytes.len(), row.bytes));
        }
        let digest = files::sha256(&bytes);
        if digest != row.sha256 {
            mismatches.push(format!("{file}: SHA-256 {digest}, the manifest says {}", row.sha256));
        }
    }
    for row in &manifest {
        if listed.binary_search(&row.file).is_err() {
            mismatches.push(format!("{}: a row without a file", row.file));
        }
    }
    println!("{} files checked", listed.len());
    assert!(!listed.is_empty(), "no file was checked");
    assert!(mismatches.is_empty(), "fixtures and manifest differ:\n{}", mismatches.join("\n"));
}

#[test]
fn manifest_rows_are_sorted_and_unique() {
    let manifest = files::manifest();
    let disordered: Vec<String> = manifest
        .windows(2)
        .filter(|pair| pair[0].file >= pair[1].file)
        .map(|pair| format!("{} stands before {}", pair[0].file, pair[1].file))
        .collect();
    assert!(disordered.is_empty(), "{}", disordered.join("\n"));
}
