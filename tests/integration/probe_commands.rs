//! What a command is given and what of its output counts, in one process and in many.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use dtogate::probe::answer::Misbehaviour;
use dtogate::probe::batch::{deliver_batch, run_batch};
use dtogate::probe::exec::Program;
use dtogate::probe::subject::{FurtherText, Payload, Subject};
use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::binary::{command, folder, repository, run};
use crate::probe_programs::probe;

const FEW: [&str; 2] = ["--filter", "empty_list@explicit_bean"];

fn sh(script: &str, timeout: f64) -> Program {
    let command = ["sh", "-c", script].map(OsString::from).to_vec();
    Program { command, timeout: Duration::from_secs_f64(timeout), max_output: 1 << 20, inputs: None }
}

fn kinds(json: &Value) -> Vec<String> {
    json["failures"].as_array().unwrap().iter().map(|failure| failure["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn standard_error_is_kept_in_part_and_read_in_full() {
    let options = |rest: &[&'static str]| [&FEW[..], &["--cases", "0"], rest].concat();
    let script = "echo warned >&2; head -c 1000000 /dev/zero | tr '\\0' y >&2; cat";
    let json = probe(&options(&["--format", "json", "--timeout", "5"]), &["sh", "-c", script]).json();
    let stderr = json["failures"][0]["stderr"].as_str().unwrap();
    assert!(stderr.starts_with("warned\nyyy") && stderr.len() <= 8200, "{}", stderr.len());
    assert!(!kinds(&json).contains(&"timed out".to_owned()));
    let human = probe(&options(&[]), &["sh", "-c", "echo warned >&2; exit 3"]).stdout;
    assert!(human.contains("\n  = stderr:\n    warned\n"), "{human}");
    for script in ["echo warned >&2; exit 3", "cat >/dev/null; echo warned >&2; printf '\\036{}'"] {
        let json = probe(&options(&["--format", "json", "--batch"]), &["sh", "-c", script]).json();
        let mut failures = json["failures"].as_array().unwrap().iter();
        assert!(failures.any(|failure| failure["stderr"] == "warned"), "{script}: {json:#}");
    }
}

#[test]
fn what_a_batch_answers_in_time_and_in_full_counts() {
    let three: Vec<Arc<[u8]>> = vec![Arc::from(&b"{}"[..]); 3];
    let kinds = |script: &str, timeout: f64| -> Vec<Option<Misbehaviour>> {
        run_batch(&sh(script, timeout), &three, &|| ()).unwrap().into_iter().map(|answer| answer.result.err()).collect()
    };
    // Longer than its time as a whole, never without progress.
    assert_eq!(kinds("cat >/dev/null; for i in 1 2 3; do sleep 2; printf '\\036{}\\n'; done", 5.0), [None, None, None]);
    // Half a text is none, and another process is not better.
    let half = kinds("printf '\\036{}\\n\\036{\"a'; sleep 3600", 4.0);
    assert!(matches!(half[..], [None, Some(Misbehaviour::TimedOut(_)), Some(Misbehaviour::TimedOut(_))]), "{half:?}");
    // All answers, and then it fails: the last bears it.
    let late = kinds("cat; printf '\\036'; exit 3", 20.0);
    assert!(matches!(late[..], [None, None, Some(Misbehaviour::Ended(_))]), "{late:?}");
}

/// Only a whole answer begins the time of a payload again, and what is no answer has an end too.
#[test]
fn a_batch_that_never_answers_ends_whatever_it_writes() {
    let three: Vec<Arc<[u8]>> = vec![Arc::from(&b"{}"[..]); 3];
    let first = |script: &str, timeout: f64| {
        run_batch(&sh(script, timeout), &three, &|| ()).unwrap().into_iter().next().unwrap().result.unwrap_err()
    };
    let few = "while :; do printf '\\036\\n'; sleep 0.05; done";
    assert!(matches!(first(few, 0.5), Misbehaviour::TimedOut(_)));
    let half = "printf '\\036{\"a\":\"'; while :; do printf x; sleep 0.05; done";
    assert!(matches!(first(half, 0.5), Misbehaviour::TimedOut(_)));
    // Faster than it is read.
    let many = "yes \"$(printf '\\036\\n\\036')\"";
    assert!(matches!(first(many, 60.0), Misbehaviour::Flooded(_)));
    // Each in its time, though an answer is seen to be whole only when the next one begins.
    let slow = "cat >/dev/null; for i in 1 2 3; do sleep 3; printf '\\036{}\\n'; done";
    let answers = run_batch(&sh(slow, 5.5), &three, &|| ()).unwrap();
    assert!(answers.iter().all(|answer| answer.result.is_ok()), "{answers:?}");
}

/// Failing payloads of a batch are made smaller in one process, if it answers each before the next comes.
#[test]
fn a_batch_makes_failures_smaller_in_one_process() {
    let folder = folder();
    let (starts, one) = (folder.path().join("starts"), folder.path().join("one"));
    let seen = |options: &[&'static str], script: String| {
        std::fs::write(&starts, "").unwrap();
        let script = format!("echo >> {}; {script}", starts.display());
        let json = probe(&[&["--batch", "--format", "json", "--cases", "4"], options].concat(), &["sh", "-c", &script]);
        let failures = json.json()["failures"].clone();
        (std::fs::read(&starts).unwrap().len(), failures)
    };
    // Every status is lost; nothing else is.
    let loses = r#"s/"traineeInfo":/"recommendationInfo":/;s/"doctorStatus":"[^"]*"/"doctorStatus":null/g"#;
    let (count, failures) = seen(&FEW, format!("exec sed -uE '{loses}'"));
    assert!(failures.to_string().contains("shrunk"), "{failures:#}");
    assert!(count <= 4, "{count} processes");
    // One that answers at the end gets a process for each, and says the same.
    let script = format!("cat > {0}; sed -E '{loses}' {0}", one.display());
    let (each, at_end) = seen(&[&FEW[..], &["--timeout", "6"]].concat(), script);
    assert!(each > count, "{each} processes");
    assert_eq!(at_end, failures);
}

/// Each answer is handed on before the next one is read, so that none need be kept.
#[test]
fn answers_of_a_batch_are_delivered_as_they_come() {
    let folder = folder();
    let go_on = folder.path().join("go-on");
    let three: Vec<Arc<[u8]>> = vec![Arc::from(&b"{}"[..]); 3];
    // It answers the last only when somebody has seen the first.
    let script = format!(
        "cat >/dev/null; printf '\\036{{}}\\n\\036{{}}\\n\\036'; until [ -e '{}' ]; do sleep 0.05; done; printf '{{}}\\n'",
        go_on.display()
    );
    let seen = std::sync::Mutex::new(vec![]);
    deliver_batch(&sh(&script, 20.0), &three, &|| (), &|at, answer| {
        seen.lock().unwrap().push((at, answer.result.is_ok()));
        std::fs::write(&go_on, "").unwrap();
    })
    .unwrap();
    assert_eq!(seen.into_inner().unwrap(), [(0, true), (1, true), (2, true)]);
}

#[test]
fn a_batch_for_each_set_of_further_inputs() {
    let payload = |text: &str| {
        let further = FurtherText { name: "notes".to_owned(), key: Some("1".to_owned()), text: text.to_owned() };
        Payload { bytes: Arc::from(&b"{}"[..]), further: Arc::from([further]) }
    };
    let script = "n=$(cat \"$DTOGATE_INPUTS/notes-1.json\"); sed \"s/{}/$n/\"";
    let payloads = [payload("[1]"), payload("[2]"), payload("[1]"), Payload::alone(&b"{}"[..])];
    let answers = Subject::Batch(sh(script, 20.0)).answers(&payloads, &|| ()).unwrap();
    let texts: Vec<String> = answers
        .into_iter()
        .map(|answer| String::from_utf8(answer.result.unwrap_or_default()).unwrap().trim().to_owned())
        .collect();
    assert_eq!(texts, ["[1]", "[2]", "[1]", ""]);
}

#[test]
fn variations_have_further_inputs() {
    let options = ["probe", "doctors-notes", "--format", "json", "--cases", "0", "--filter", "typical3@explicit", "--"];
    let json =
        run(&repository(""), &[&options[..], &["sh", "-c", "[ -n \"$DTOGATE_INPUTS\" ] || exit 3; cat"]].concat())
            .json();
    assert!(!kinds(&json).contains(&"ended badly".to_owned()), "{json:#}");
    // Where there is none the folder is empty, and not that of an outer run.
    let script = "[ -z \"$(ls -A \"${DTOGATE_INPUTS:?}\")\" ] || exit 3; cat";
    let options = ["probe", "doctors-summary", "--format", "json", "--cases", "0", "--filter", FEW[1]];
    let mut inner = command(&repository(""), &[&options[..], &["--", "sh", "-c", script]].concat());
    let json: Value = serde_json::from_slice(&inner.env("DTOGATE_INPUTS", "/").output().unwrap().stdout).unwrap();
    assert!(!kinds(&json).contains(&"ended badly".to_owned()), "{json:#}");
}

#[test]
fn another_seed_generates_other_payloads() {
    let folder = folder();
    let sent = |seed: &str| {
        let path = folder.path().join(seed);
        let script = format!("tee -a {}", path.display());
        probe(
            &["--batch", "--cases", "8", "--filter", "empty_list@explicit_bean", "--seed", seed],
            &["sh", "-c", &script],
        );
        // Shrinking comes after the first run and adds to it.
        std::fs::read(path).unwrap()
    };
    assert_ne!(sent("1"), sent("2"));
}

#[test]
fn a_golden_with_a_mark_or_that_the_mapping_refuses() {
    let root = crate::binary::root();
    let golden = std::fs::read(repository(crate::binary::GOLDEN)).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        crate::binary::write(root.path(), &format!("fixtures/doctors-summary/valid/{name}.json"), bytes)
    };
    write("with_bom", &[&b"\xEF\xBB\xBF"[..], &golden].concat());
    write("untaken", br#"{"traineeInfo":[{"submissionDate":"nonsense"}]}"#);
    let seen = root.path().join("seen");
    let script = format!("tee {}", seen.display());
    let options = ["--batch", "--format", "json", "--cases", "0", "--root", root.path().to_str().unwrap()];
    let json = probe(&options, &["sh", "-c", &script]).json();
    let sent = String::from_utf8(std::fs::read(seen).unwrap()).unwrap();
    assert!(!sent.contains("\u{1e}\u{FEFF}"), "bom");
    assert!(!sent.contains("nonsense"), "nonsense");
    let row = &json["rows"][0];
    assert_eq!(
        row["lost"].as_u64().unwrap() + row["corrupted"].as_u64().unwrap() + row["ok"].as_u64().unwrap(),
        1,
        "{row:#}"
    );
}

/// Two exceptions are two failures, so that the second is seen before the first is mended; a hundred are a few.
#[test]
fn failures_are_told_apart_by_what_the_program_says() {
    let causes = |script: &str| -> Vec<String> {
        let options = ["--format", "json", "--cases", "0", "--filter", "typical3@find"];
        let json = probe(&options, &["sh", "-c", script]).json();
        let failures = json["failures"].as_array().unwrap().iter();
        let of_errors = failures.filter(|failure| failure["severity"] == "error" && failure["kind"] == "ended badly");
        of_errors.map(|failure| failure["stderr"].as_str().unwrap().to_owned()).collect()
    };
    let two = causes("case $(cat) in *' : '*) echo \"KeyError at line $$\" >&2;; *) echo TypeError >&2;; esac; exit 1");
    assert_eq!(two.len(), 2, "{two:?}");
    assert!(two.iter().any(|said| said == "TypeError") && two.iter().any(|said| said.starts_with("KeyError")));
    let many = causes("sed 's/[0-9]*//g' | tr -dc A-Z | fold -w 60 | head -n 1 >&2; exit 1");
    assert!(many.len() <= 4 && !many.is_empty(), "{many:?}");
}
