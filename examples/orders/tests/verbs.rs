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
    let verdict = "PASS: 3 cases of 2 mappings, 1 refused as expected; 0 errors, 0 warnings, 0 notes, 1 accepted\n";
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

/// A mapper that renames in a text too, as one that searches the text does.
#[cfg(unix)]
#[test]
fn what_a_probe_finds_can_be_accepted_with_a_reason() {
    let mapper = "\"$0\" map order-placed /dev/stdin \
                  | sed 's/\"x orderNumber y\"/\"x reference y\"/; s/\"x orderNumber\"/\"x reference\"/'";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let probe = |name: &str, entries: &[(&str, &str)]| -> (Option<i32>, serde_json::Value) {
        let entry = |(variation, pointer): &(&str, &str)| {
            format!(
                "[[accepted]]\nrule = \"unexpected-output\"\nmapping = \"order-placed\"\nvariation = {variation:?}\n\
                 pointer = {pointer:?}\nreason = \"the shop has no such number\"\n"
            )
        };
        let path = folder.join(format!("{name}.toml"));
        std::fs::write(&path, entries.iter().map(entry).collect::<String>()).unwrap();
        let accepted = path.to_str().unwrap();
        let own = env!("CARGO_BIN_EXE_orders");
        let options = ["probe", "order-placed", "--cases", "2", "--format", "json", "--fail-on", "warning"];
        let done = orders(&[&options[..], &["--accepted", accepted, "--", "sh", "-c", mapper, own]].concat());
        (done.status.code(), serde_json::from_slice(&done.stdout).unwrap())
    };
    let row = |report: &serde_json::Value, id: &str| {
        let row = report["rows"].as_array().unwrap().iter().find(|row| row["variation"] == id).unwrap().clone();
        (row["verdict"].clone(), row["corrupted"].clone(), row["accepted"].clone())
    };
    let (holds, ends) = (("value-holds-key", "/reference"), ("value-ends-in-key", "/reference"));

    let (code, report) = probe("one", &[holds]);
    // The other variation fails in the same way, and does not hide behind the one that is accepted.
    assert_eq!((code, row(&report, holds.0)), (Some(1), ("accepted".into(), 0.into(), 1.into())), "{report:#}");
    assert_eq!(row(&report, ends.0), ("corrupted".into(), 1.into(), 0.into()));

    let (code, report) = probe("both", &[holds, ends]);
    assert_eq!((code, &report["verdict"]), (Some(0), &"pass".into()), "{report:#}");
    let accepted: Vec<_> = report["failures"].as_array().unwrap().iter().map(|failure| &failure["accepted"]).collect();
    assert_eq!(accepted.iter().filter(|reason| **reason == "the shop has no such number").count(), 2);
    assert_eq!(report["stale_acceptances"], serde_json::json!([]));

    // One that matches nothing is a warning; so is one for another place.
    let (code, report) = probe("stale", &[holds, ends, ("tabs", ""), ("value-holds-key", "/picks/*/sku")]);
    assert_eq!((code, report["stale_acceptances"].as_array().unwrap().len()), (Some(1), 2), "{report:#}");
}

/// Whatever is printed to be pasted accepts what it was printed for: every variation, every place, generated payloads too.
#[cfg(unix)]
#[test]
fn the_entries_of_a_probe_accept_all_that_they_are_printed_for() {
    // Every article is lost, and the orders of one row besides.
    let mapper = "\"$0\" map order-placed /dev/stdin | sed 's/\"sku\":/\"article\":/g'";
    let own = env!("CARGO_BIN_EXE_orders");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("printed.toml");
    std::fs::write(&path, "").unwrap();
    let probe = || -> (Option<i32>, serde_json::Value) {
        let accepted = path.to_str().unwrap();
        let options = ["probe", "order-placed", "--cases", "8", "--format", "json", "--accepted", accepted];
        let done = orders(&[&options[..], &["--", "sh", "-c", mapper, own]].concat());
        (done.status.code(), serde_json::from_slice(&done.stdout).unwrap())
    };
    let (code, report) = probe();
    let failures = report["failures"].as_array().unwrap();
    assert!(code == Some(1) && failures.iter().any(|failure| failure["variation"] == "generated"), "{report:#}");
    let entries: Vec<&str> = failures.iter().map(|failure| failure["acceptance"].as_str().unwrap()).collect();
    std::fs::write(&path, entries.join("\n").replace("reason = \"\"", "reason = \"measured\"")).unwrap();
    let (code, report) = probe();
    assert_eq!((code, &report["verdict"]), (Some(0), &"pass".into()), "{report:#}");
    let is_accepted = |failure: &serde_json::Value| failure["accepted"] == "measured";
    assert!(report["failures"].as_array().unwrap().iter().all(is_accepted), "{report:#}");
    assert_eq!(report["stale_acceptances"], serde_json::json!([]));
}

/// What never ran cannot stay: nothing is known of it.
#[cfg(unix)]
#[test]
fn a_mapper_that_never_ran_is_not_accepted() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("never.toml");
    std::fs::write(&path, "").unwrap();
    let options = ["probe", "order-placed", "--cases", "1", "--format", "json", "--accepted", path.to_str().unwrap()];
    let probe = || orders(&[&options[..], &["--", "false"]].concat());
    let report: serde_json::Value = serde_json::from_slice(&probe().stdout).unwrap();
    let entries = report["failures"][0]["acceptance"].as_str().unwrap();
    std::fs::write(&path, entries.replace("reason = \"\"", "reason = \"measured\"")).unwrap();
    assert_eq!(probe().status.code(), Some(1));
}

/// `check` neither uses nor misses what is about a probe, and the reverse.
#[cfg(unix)]
#[test]
fn acceptances_of_a_probe_are_no_matter_of_a_check() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted");
    let copied = Command::new("cp")
        .args(["-r", "fixtures"])
        .arg({
            std::fs::create_dir_all(&root).unwrap();
            &root
        })
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(copied.success());
    let entry =
        "[[accepted]]\nrule = \"unexpected-output\"\nmapping = \"order-placed\"\npointer = \"\"\nreason = \"x\"\n";
    let file = root.join("fixtures/accepted.toml");
    let root = root.to_str().unwrap();
    let own = env!("CARGO_BIN_EXE_orders");
    let check = ["check", "--root", root];
    let probe =
        ["probe", "order-placed", "--root", root, "--cases", "1", "--", own, "map", "order-placed", "/dev/stdin"];
    for (entry, of_check, of_probe) in
        [(entry.to_owned(), true, false), (entry.replace("pointer", "variation = \"tabs\"\npointer"), false, true)]
    {
        std::fs::write(&file, entry).unwrap();
        for (arguments, is_stale) in [(&check[..], of_check), (&probe[..], of_probe)] {
            let done = orders(arguments);
            assert_eq!(text(&done.stdout).contains("stale-acceptance"), is_stale, "{}", text(&done.stdout));
        }
    }
}

/// Another crate's tool is called by its own name, in help and in what it says.
#[test]
fn it_is_called_by_its_own_name() {
    let help = orders(&["--help"]);
    assert!(text(&help.stdout).contains("Usage: orders ") && !text(&help.stdout).contains("dtogate"), "{help:?}");
    assert!(text(&orders(&["--version"]).stdout).starts_with("orders "));
    let accept = orders(&["accept", "--help"]);
    assert!(text(&accept.stdout).contains("`orders review --list`"), "{accept:?}");
    let nowhere = orders(&["check", "--root", "src"]);
    assert!(text(&nowhere.stderr).contains("or name payloads: orders check --mapping"), "{nowhere:?}");
    let review = orders(&["review"]);
    assert!(
        text(&review.stderr).contains("`orders review --list` prints what waits, `orders accept` takes"),
        "{review:?}"
    );
    assert!(text(&orders(&["completions", "bash"]).stdout).contains("_orders()"));
}

/// A root of another tool is told as that, by every verb that reads one.
#[test]
fn a_root_of_another_tool_is_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.to_str().unwrap();
    let golden = "fixtures/order-placed/valid/two_lines.json";
    for arguments in [
        &["check", "--root", root][..],
        &["review", "--list", "--root", root],
        &["accept", "--all", "--root", root],
        &["add", "order-placed", golden, "--dry-run", "--root", root],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orders"));
        let done = command.args(arguments).env_remove("CI").stdin(Stdio::null()).output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{done:?}");
        let said = text(&done.stderr);
        assert!(
            said.contains("fixtures is of another tool: it has ")
                && said.contains("orders knows order-page, order-placed"),
            "{said}"
        );
    }
    // A folder that is nobody's among its own is a stray one, as ever.
    let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own");
    for (path, bytes) in [
        ("order-placed/valid/two_lines.json", &include_bytes!("../fixtures/order-placed/valid/two_lines.json")[..]),
        (
            "order-placed/valid/two_lines.expected.json",
            &include_bytes!("../fixtures/order-placed/valid/two_lines.expected.json")[..],
        ),
        ("order-placd/valid/two_lines.json", b"{}"),
    ] {
        let path = own.join("fixtures").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let done = orders(&["check", "--root", own.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(
        text(&done.stdout).contains("error[stray-file]: no mapping has the folder's name; `orders list`"),
        "{done:?}"
    );
}
