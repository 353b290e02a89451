//! The tests read and write as the program does: dev-dependencies switch on no feature of what we depend on.
//!
//! Cargo builds a crate once for all who ask for it, with the features of all of them together. So a
//! dev-dependency that asks for serde_json's `float_roundtrip` would make `cargo test` read numbers otherwise than
//! `cargo run` does, and the tests would prove another program.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use pretty_assertions::assert_eq;

/// What cargo says of each crate, with these kinds of dependencies: its names with versions, and the features.
fn features(arguments: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p}|{f}"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|error| panic!("cargo tree does not start: {error}"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo tree {arguments:?} fails, so nothing is known: {stderr}");
    let mut crates: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Some((package, features)) = line.split_once('|') else { continue };
        let name = package.split(' ').next().unwrap_or(package);
        // ` (*)` marks a crate that was shown before.
        crates.entry(name.to_owned()).or_default().insert(features.trim_end_matches(" (*)").to_owned());
    }
    crates
}

#[test]
fn dependency_features() {
    let direct = features(&["--edges", "normal", "--depth", "1"]);
    // serde is a thin layer over serde_core.
    let names: BTreeSet<&str> =
        direct.keys().map(String::as_str).filter(|name| *name != "dtogate").chain(["serde_core"]).collect();
    assert!(names.contains("serde") && names.contains("serde_json"), "cargo tree names {names:?}");
    let of_ours = |arguments: &[&str]| {
        let mut crates = features(arguments);
        crates.retain(|name, _| names.contains(name.as_str()));
        crates
    };
    let program = of_ours(&["--edges", "normal"]);
    let tests = of_ours(&["--edges", "normal,dev"]);
    assert_eq!(program.len(), names.len());
    assert_eq!(program, tests, "name in Cargo.toml's [dependencies] each feature that only the tests have");
}
