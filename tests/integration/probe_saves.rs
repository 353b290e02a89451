//! What a probe does beside its table: a failing generated payload is made smaller, payloads are saved, further
//! inputs are handed over, a terminal sees a bar.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use dtogate::tis::mapping::doctors_summary;
use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::binary::{command, folder, names, repository, run, within_a_second};
use crate::probe_programs::{has, probe};
use crate::versions;

/// Renames as the gateway does since 2023-12-29, and loses every admin.
const LOSES_ADMIN: &str =
    r#"s/"traineeInfo"\s?:/"recommendationInfo" :/g;s/"admin" ?: ?"([^"\\]|\\.)*"/"admin":null/g"#;

/// A probe of a script; it and the report name keys as they were captured.
fn sed(options: &[&str], script: &str) -> Value {
    let mapping = &doctors_summary::MAPPING;
    let script = versions::leg(mapping, script);
    let sed = ["--", "env", "LC_ALL=C", "sed", "-zE", &script];
    let ran = run(&repository(""), &[&["probe", mapping.id, "--format", "json"], options, &sed].concat());
    versions::run_as_captured(mapping, ran).json()
}

/// The value of every leaf but the counts, with its name.
fn leaves(payload: &str) -> Vec<(String, Value)> {
    let page: Value = serde_json::from_str(payload).unwrap();
    let rows = page["traineeInfo"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{payload}");
    rows[0].as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[test]
fn a_failing_generated_payload_is_made_as_small_as_it_can_be() {
    if !has("sed") {
        return;
    }
    // Another seed, another way down.
    for seed in ["1", "7", "40"] {
        let options = ["--batch", "--filter", "all_nulls", "--cases", "40", "--seed", seed];
        let json = sed(&options, LOSES_ADMIN);
        let generated = |failure: &&Value| failure["case"].as_str().unwrap().ends_with(", shrunk");
        let failures = json["failures"].as_array().unwrap();
        let failure = failures.iter().find(generated).unwrap_or_else(|| panic!("{json:#}"));
        assert_eq!((&failure["kind"], &failure["variation"]), (&json!("corrupted"), &json!("generated")), "{json:#}");
        // One doctor, and of it only the value that is lost.
        let set: Vec<(String, Value)> =
            leaves(failure["sent"].as_str().unwrap()).into_iter().filter(|(_, value)| !value.is_null()).collect();
        assert_eq!(set.len(), 1, "{failure:#}");
        assert_eq!(set[0].0, "admin");
        let reason = failure["reason"].as_str().unwrap();
        assert!(reason.starts_with("/recommendationInfo/0/admin: sent "), "{reason}");
        // Smaller than the smallest that was generated, and the same another time.
        let again = sed(&options, LOSES_ADMIN);
        assert_eq!(again, json);
    }
}

#[test]
fn what_does_not_fail_is_not_made_smaller() {
    if !has("sed") {
        return;
    }
    let json = sed(&["--batch", "--filter", "single"], r#"s/"traineeInfo"\s?:/"recommendationInfo" :/g"#);
    let failures = json["failures"].as_array().unwrap();
    assert!(!failures.is_empty());
    assert!(failures.iter().all(|failure| failure["variation"] != "generated"), "{json:#}");
}

/// A case a kind, with exact bytes; what is there stays, and the payload is one that `check` takes.
#[test]
fn the_smallest_payloads_are_saved_as_cases() {
    if !has("sed") {
        return;
    }
    let folder = folder();
    let saved = folder.path().join("for/review");
    let options = ["--batch", "--filter", "single", "--save", saved.to_str().unwrap()];
    let json = sed(&options, r#"s/"traineeInfo":/"recommendationInfo":/g"#);
    let failures = json["failures"].as_array().unwrap();
    assert!(failures.len() > 2);
    for failure in failures {
        let path = failure["saved"].as_str().unwrap();
        let kept = versions::leg_as_captured(&doctors_summary::MAPPING, &fs::read_to_string(path).unwrap());
        assert_eq!(kept, failure["sent"].as_str().unwrap(), "{path}");
        let name = std::path::Path::new(path).file_stem().unwrap().to_str().unwrap();
        assert!(name.starts_with("probe-") && !name.contains(['.', ' ']), "{name}");
        // Under another configuration its dates have another form.
        let configuration = |name: &str| name.split_once('@').map(|(_, of)| of.to_owned());
        assert_eq!(configuration(name), configuration(failure["case"].as_str().unwrap()));
    }
    let first = names(&saved);
    assert_eq!(first.len(), failures.len());
    assert_eq!(sed(&options, r#"s/"traineeInfo":/"recommendationInfo":/g"#), json, "the same bytes are the same case");
    assert_eq!(names(&saved), first);
    let path = failures[0]["saved"].as_str().unwrap();
    fs::write(path, "mine").unwrap();
    let other = sed(&options, r#"s/"traineeInfo":/"recommendationInfo":/g"#);
    assert_eq!(fs::read_to_string(path).unwrap(), "mine");
    let beside = other["failures"][0]["saved"].as_str().unwrap();
    assert_eq!(beside.replace("-2", ""), path);
    let checked = run(folder.path(), &["check", "--mapping", "doctors-summary", "--format", "json", beside]);
    assert!(checked.code < 2, "{checked:?}");
    // A file stands where the folder should be. A mapper was run for the report, so it is shown all the same.
    let refused = ["probe", "doctors-summary", "--cases", "0", "--filter", "empty_list", "--save", beside, "--", "cat"];
    let ran = run(&repository(""), &refused);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stdout.starts_with("doctors-summary through cat\n"), "{ran:?}");
    assert!(ran.stderr.contains(&format!("cannot write {beside}")), "{ran:?}");
    // Without a failure there is nothing to save.
    let nothing = folder.path().join("nothing");
    let rename = r#"s/"traineeInfo"[ \t\r\n]*:/"recommendationInfo" :/g"#;
    let options = ["--batch", "--filter", "empty_list@", "--cases", "0", "--save", nothing.to_str().unwrap()];
    sed(&options, rename);
}

#[test]
fn further_inputs_are_saved_beside() {
    let saved = folder();
    let options =
        ["probe", "doctors-notes", "--format", "json", "--cases", "0", "--filter", "typical3@explicit", "--save"];
    let json = run(&repository(""), &[&options[..], &[saved.path().to_str().unwrap(), "--", "cat"]].concat()).json();
    let failure = &json["failures"][0];
    let (path, found) = (failure["saved"].as_str().unwrap(), names(saved.path()));
    let stem = std::path::Path::new(path).file_stem().unwrap().to_str().unwrap();
    let further = failure["further"].as_array().unwrap();
    assert!(!further.is_empty());
    for label in further {
        assert!(found.contains(&format!("{stem}.{}.json", label.as_str().unwrap())), "{found:?}");
    }
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o644);
    let human = run(
        &repository(""),
        &[
            "probe",
            "doctors-summary",
            "--cases",
            "0",
            "--filter",
            "empty_list@explicit_bean",
            "--save",
            saved.path().to_str().unwrap(),
            "--",
            "cat",
        ],
    );
    assert!(
        human.stdout.contains(&format!("\n  = saved: {}", &saved.path().to_str().unwrap()[..8])),
        "{}",
        human.stdout
    );
}

#[test]
fn what_was_made_smaller_fails_in_the_same_way() {
    let script = r#"p=$(cat); case "$p" in *'"admin":"'*|*'"admin" : "'*) printf %s "$p" | sed -zE 's/"traineeInfo"\s?:/"recommendationInfo" :/g;s/"admin" ?: ?"([^"\\]|\\.)*"/"admin":null/g';; *) exit 3;; esac"#;
    let mapping = &doctors_summary::MAPPING;
    let options = ["--filter", "empty_list@explicit_bean", "--cases", "40", "--format", "json"];
    let ran = probe(&options, &["sh", "-c", &versions::leg(mapping, script)]);
    let json = versions::run_as_captured(mapping, ran).json();
    let shrunk: Vec<&Value> = json["failures"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|failure| failure["case"].as_str().unwrap().ends_with(", shrunk"))
        .collect();
    assert!(!shrunk.is_empty(), "{json:#}");
    for failure in shrunk {
        assert_eq!(failure["kind"] == "ended badly", failure["got"].is_null(), "{failure:#}");
        if failure["kind"] == "corrupted" {
            let sent: Value = serde_json::from_str(failure["sent"].as_str().unwrap()).unwrap();
            let got: Value = serde_json::from_str(failure["got"].as_str().unwrap()).unwrap();
            let (sent, got) = (sent["traineeInfo"].as_array().unwrap(), got["recommendationInfo"].as_array().unwrap());
            assert_eq!(sent.len(), got.len(), "the answer is another payload's");
            let mut row = sent[0].clone();
            row["admin"] = Value::Null;
            assert_eq!(row, got[0], "the answer is another payload's");
            let reason = format!("/recommendationInfo/0/admin: sent {}, ", sent[0]["admin"]);
            assert!(failure["reason"].as_str().unwrap().starts_with(&reason), "{failure:#}");
        }
    }
}

/// A mapper that attaches notes: it finds them in the folder that it is given.
const ATTACHES: &str = r#"
    with=
    for file in "$DTOGATE_INPUTS"/notes-*.json; do
      if jq -e '(.notes // []) | length > 0' "$file" >/dev/null; then with="$with $(basename "$file" .json)"; fi
    done
    jq -c --arg with "$with" '($with | split(" ")) as $with |
      .recommendationInfo = (.traineeInfo | map(.notes = (("notes-" + .gmcReferenceNumber) as $one | any($with[]; . == $one))))
      | del(.traineeInfo)'
"#;

#[test]
fn a_command_finds_its_further_inputs_in_a_folder() {
    if !has("jq") {
        return;
    }
    let options = ["probe", "doctors-notes", "--format", "json", "--cases", "0", "--filter", "typical3@", "--"];
    let as_sent = |script: &str| {
        let json = run(&repository(""), &[&options[..], &["sh", "-c", script]].concat()).json();
        (json["rows"][0]["verdict"].as_str().unwrap().to_owned(), json)
    };
    assert_eq!(as_sent(ATTACHES).0, "ok");
    let (verdict, json) = as_sent(&ATTACHES.replace("> 0", "> 9999"));
    assert_eq!(verdict, "corrupted", "{json:#}");
    assert!(!json["failures"][0]["further"].as_array().unwrap().is_empty(), "{json:#}");
    let reason = json["failures"][0]["reason"].as_str().unwrap();
    assert!(reason.ends_with("/notes: the further inputs say true, got false"), "{reason}");
}

/// Nothing but the report where nobody watches, however long it takes.
#[test]
fn a_bar_is_for_terminals_only() {
    let slow = ["probe", "doctors-summary", "--cases", "0", "--filter", "empty_list@explicit", "--", "sh", "-c"];
    let script = "sleep 0.15; sed -zE 's/\"traineeInfo\"\\s*:/\"recommendationInfo\":/'";
    let plain = run(&repository(""), &[&slow[..], &[script]].concat());
    assert_eq!((plain.stderr.as_str(), plain.stdout.contains("payloads, ")), ("", false), "{plain:?}");
    if !has("script") {
        return;
    }
    let on_terminal = |options: &[&str], script: &str| {
        let binary = command(&repository(""), &[]).get_program().to_str().unwrap().to_owned();
        let quoted = format!("{binary} {} '{}'", options.join(" "), script.replace('\'', "'\\''"));
        let mut terminal = std::process::Command::new("script");
        terminal.args(["-qec", &quoted, "/dev/null"]).current_dir(repository("")).stdin(std::process::Stdio::null());
        String::from_utf8_lossy(&terminal.env("TERM", "xterm").output().unwrap().stdout).into_owned()
    };
    let started = std::time::Instant::now();
    let seen = on_terminal(&slow, script);
    assert!(started.elapsed() > Duration::from_secs(1));
    assert!(seen.contains(" payloads, ") && seen.contains("as-sent"), "{seen:?}");
    // It is taken away before the report.
    let after = &seen[seen.rfind(" left").unwrap()..seen.find("doctors-summary through").unwrap()];
    assert!(after.contains("\u{1b}[2K"), "{after:?}");
    // One process, and one golden.
    let batch = [&slow[..2], &["--batch"], &slow[2..]].concat();
    let quick = within_a_second(|| on_terminal(&batch, &script.replace("sleep 0.15; ", "")));
    assert!(!quick.contains(" left") && quick.contains("as-sent"), "{quick:?}");
}
