//! The verbs over the catalogue of another crate, run as a user runs them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn orders(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orders"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).env("NO_COLOR", "1").stdin(Stdio::null());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn check_passes_its_goldens() {
    let done = orders(&["check"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let verdict = "PASS: 2 cases of 1 mapping, 1 refused as expected; 0 errors, 0 warnings, 0 notes, 0 accepted\n";
    assert!(text(&done.stdout).ends_with(verdict), "{}", text(&done.stdout));
}

#[test]
fn check_judges_a_payload_by_its_own_leaf_type() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let golden = include_str!("../fixtures/order-placed/valid/two_lines.json");
    for (name, amount, code) in [("amount", "\"59.9\"", 1), ("pence", "5990", 1), ("null", "null", 0)] {
        let path = folder.join(format!("{name}.json"));
        std::fs::write(&path, golden.replace("\"59.90\"", amount)).unwrap();
        let done = orders(&["check", "--mapping", "order-placed", "--format", "json", path.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(code), "{done:?}");
        let report: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let refuses = findings.iter().any(|finding| {
            finding["rule"] == "consumer-refuses" && finding["message"].as_str().unwrap().contains("an amount")
        });
        assert_eq!(refuses, code == 1, "{report:#}");
    }
}

#[test]
fn explain_knows_what_feeds_what() {
    let done = orders(&["explain", "order-placed"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    for line in ["/reference <- /orderNumber", "/picks/*/quantity <- /lines/*/quantity"] {
        assert!(text(&done.stdout).contains(line), "expected {line:?} in {}", text(&done.stdout));
    }
}

#[test]
fn schema_and_list_know_its_classes() {
    let schema: serde_json::Value = serde_json::from_slice(&orders(&["schema", "shop.OrderPlaced"]).stdout).unwrap();
    assert_eq!(schema["properties"]["total"]["pattern"], "^[0-9]+\\.[0-9]{2}$");
    assert!(text(&orders(&["list", "definitions"]).stdout).contains("warehouse.PickList"));
}

/// `orders map` in the place of the real mapper.
#[cfg(unix)]
#[test]
fn probe_finds_its_own_mapping_right_and_another_wrong() {
    let own = env!("CARGO_BIN_EXE_orders");
    let probe = ["probe", "order-placed", "--cases", "8", "--"];
    let done = orders(&[&probe[..], &[own, "map", "order-placed", "/dev/stdin"]].concat());
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let done = orders(&[&probe[..], &["sed", "-z", "s/\"lines\" :/\"picks\" :/"]].concat());
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(text(&done.stdout).contains("/reference is absent"), "{}", text(&done.stdout));
}
