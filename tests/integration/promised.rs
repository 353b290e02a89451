//! `docs/promises.md`, and the promises that no other test keeps.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use crate::binary::command;
use crate::files::{bytes, files_below};

/// The names in parentheses and backticks that look like a test's.
fn named(page: &str) -> BTreeSet<&str> {
    let words = page.split('`').skip(1).step_by(2);
    words
        .filter(|word| word.contains('_') && word.chars().all(|c| c.is_ascii_lowercase() || "_0123456789".contains(c)))
        .collect()
}

#[test]
fn every_test_that_a_promise_names_is_there() {
    let page = String::from_utf8(bytes("docs/promises.md")).unwrap();
    let named = named(&page);
    assert!(named.len() >= 30, "{named:?}");
    let mut tests = BTreeSet::new();
    for folder in ["src", "tests/integration"] {
        for file in files_below(folder).into_iter().filter(|file| file.ends_with(".rs")) {
            let text = String::from_utf8(bytes(format!("{folder}/{file}"))).unwrap();
            for behind in text.split("#[test]\n").skip(1) {
                let name = behind.trim_start().strip_prefix("fn ").and_then(|rest| rest.split('(').next());
                tests.extend(name.map(str::to_owned));
            }
        }
    }
    let missing: Vec<&&str> = named.iter().filter(|name| !tests.contains(**name)).collect();
    assert!(missing.is_empty(), "no such test: {missing:?}");
}

/// 300,000 rows of three bytes, and as many of other kinds: with 256 MB of address space, where they once took 1.2 GB.
#[cfg(target_os = "linux")]
#[test]
fn little_does_not_become_much_memory() {
    for row in ["{}", "null", "1", "{\"admin\":\"a\"}"] {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("{{\"traineeInfo\":[{}]}}", vec![row; 300_000].join(","));
        std::fs::write(folder.path().join("page.json"), text).unwrap();
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 262144 && \"$DTOGATE\" check --mapping doctors-summary page.json"])
            .env("DTOGATE", command(folder.path(), &[]).get_program())
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{row}: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(
            said.starts_with("error[unreadable-payload]: expected at most 4 MiB with every key of "),
            "{row}: {said}"
        );
        let mapped = command(folder.path(), &["map", "doctors-summary", "page.json"]).output().unwrap();
        let said = String::from_utf8_lossy(&mapped.stderr);
        assert_eq!((mapped.status.code(), mapped.stdout.len()), (Some(1), 0), "{row}: {said}");
        assert!(said.starts_with("page.json:1:1: expected at most 4 MiB with every key of "), "{row}: {said}");
    }
}
