//! Snapshots: one way to bind their settings, and no file that no list names.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pretty_assertions::assert_eq;

use crate::{files, schemas, sources};

/// The snapshots that are no list's, relative to `snapshots/`, without `.snap`.
const OTHERS: &[&str] = &[
    "cases",
    "help/accept",
    "help/add",
    "help/check",
    "help/completions",
    "help/diff",
    "help/drift",
    "help/dtogate",
    "help/explain",
    "help/explain_connection-log_json",
    "help/explain_connection-log_markdown",
    "help/explain_doctors-summary",
    "help/import",
    "help/list",
    "help/list_output",
    "help/map",
    "help/probe",
    "help/review",
    "help/schema",
    "help/sources",
    "probe/historical",
    "probe/jq_adversarial",
    "probe/junit",
    "probe/markdown",
    "probe/schema",
    "promises",
    "reports/empty",
    "reports/github",
    "reports/human",
    "reports/json",
    "reports/junit",
    "reports/schema",
];

/// Compares a text with `snapshots/<folder>/<name>.snap`.
///
/// The folder stands beside the sources, whatever the test's module is, so that a reviewer finds it by name.
#[track_caller]
pub(crate) fn assert(folder: &str, name: &str, text: &str) {
    let path = format!("{}/snapshots/{folder}", env!("CARGO_MANIFEST_DIR"));
    insta::with_settings!({
        snapshot_path => path,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

/// Compares many texts, given as (folder, name, text), and fails once for all that differ.
///
/// So one run shows, and one `INSTA_UPDATE=always` or `cargo insta review` updates, all of them.
#[track_caller]
pub(crate) fn assert_all(texts: impl IntoIterator<Item = (String, String, String)>) {
    let (mut count, mut differing) = (0, Vec::new());
    for (folder, name, text) in texts {
        count += 1;
        // insta has said what differs before it panics.
        if catch_unwind(AssertUnwindSafe(|| assert(&folder, &name, &text))).is_err() {
            differing.push(format!("snapshots/{folder}/{name}.snap"));
        }
    }
    println!("{count} snapshots compared");
    assert!(count > 0, "no snapshot was compared");
    assert!(differing.is_empty(), "{} of {count} snapshots differ:\n{}", differing.len(), differing.join("\n"));
}

/// `cargo insta` and `INSTA_UPDATE` write what the tests ask for and leave what they no longer ask for.
#[test]
fn every_snapshot_is_one_that_a_list_names() {
    let computed: BTreeSet<String> = schemas::snapshot_names()
        .chain(sources::snapshot_names())
        .chain(OTHERS.iter().map(|name| (*name).to_owned()))
        .map(|name| format!("{name}.snap"))
        .collect();
    // A failing comparison leaves a `.snap.new`, which git ignores.
    let found: BTreeSet<String> =
        files::files_below("snapshots").into_iter().filter(|name| !name.ends_with(".snap.new")).collect();
    assert_eq!(found, computed);
}
