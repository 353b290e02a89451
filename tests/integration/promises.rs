//! Every captured page under every promise: green under its own configuration, and for the others the rules that fire.

use std::path::{Path, PathBuf};

use dtogate::gate::{Options, WireChoice, check_payloads};
use dtogate::tis::CATALOGUE;
use pretty_assertions::assert_eq;

use tempfile::TempDir;

use crate::binary::{copy, doctors, folder, repository};
use crate::snapshots;
use crate::trees::{OPTIONS, Tree, fired_unaccepted};

/// The configurations that have captured pages; a browser writes none.
fn configurations() -> impl Iterator<Item = &'static str> {
    CATALOGUE.configs.iter().map(|config| config.name).filter(|name| *name != "browser")
}

fn rules(mapping: &str, page: &Path, wire: &str) -> String {
    let options = Options {
        mapping: CATALOGUE.mapping(mapping),
        wire: Some(WireChoice::parse(wire, &CATALOGUE).unwrap()),
        ..OPTIONS
    };
    let report = check_payloads(&[page.to_owned()], None, &CATALOGUE, &options).unwrap();
    // That a number is null is so whatever is promised.
    let rules: Vec<&str> = fired_unaccepted(&report).into_iter().filter(|rule| *rule != "null-identifier").collect();
    if rules.is_empty() { "pass".to_owned() } else { rules.join(", ") }
}

/// A captured page, as its class would write it today; none where there is none.
fn page(folder: &TempDir, configuration: &str, case: &str) -> Option<PathBuf> {
    let capture = doctors(configuration, case);
    repository(&capture).exists().then(|| {
        let to = format!("{configuration}/{case}.json");
        copy(folder.path(), &capture, &to);
        folder.path().join(to)
    })
}

#[test]
fn every_page_under_every_promise() {
    let folder = folder();
    let mut text = String::new();
    for case in ["typical3", "all_nulls", "empty_list", "unicode"] {
        for written in configurations() {
            let Some(page) = page(&folder, written, case) else { continue };
            for wire in configurations() {
                let rules = rules("doctors-summary", &page, wire);
                // The gateway does not read snake case: that page is lost whatever is promised.
                assert!(written != wire || rules == "pass" || wire == "snake_case", "{written}/{case}: {rules}");
                text.push_str(&format!("{written}/{case} under {wire}: {rules}\n"));
            }
        }
    }
    snapshots::assert("", "promises", &text);
}

#[test]
fn a_null_date_that_should_be_left_out_is_a_matter_of_keys() {
    let folder = folder();
    let nulls = page(&folder, "boot_auto_indent", "all_nulls").unwrap();
    assert_eq!(rules("doctors-summary", &nulls, "boot_auto_indent_non_null"), "key-set-drift");
    // The keys of a class are promised even by a mapper that cannot write its dates.
    let typical = page(&folder, "boot_auto_indent_non_null", "typical3").unwrap();
    assert_eq!(rules("doctors-summary", &typical, "plain"), "date-form-drift, key-set-drift, layout-drift");
}

#[test]
fn further_inputs_among_the_payloads_are_inputs() {
    let tree = Tree::of_this_repository();
    let folder = tree.path("fixtures/doctors-notes/valid");
    let files = ["typical3.json", "typical3.notes-1234567.json", "typical3.notes-1234568.json"];
    let paths = files.map(|file| folder.join(file));
    let options = Options { mapping: CATALOGUE.mapping("doctors-notes"), ..OPTIONS };
    let report = check_payloads(&paths, None, &CATALOGUE, &options).unwrap();
    assert_eq!(report.cases.len(), 1);
    assert!(!report.failed());
    // By itself it is judged by the wire of its own producer, as its name says; by the payload's it would be red.
    let alone = check_payloads(&paths[1..2], None, &CATALOGUE, &options).unwrap();
    assert!(alone.findings.is_empty(), "{:?}", alone.findings);
}
