//! Outside mappers in the dock: the historical ones as real programs, and programs that misbehave.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dtogate::mapping::Outcome;
use dtogate::probe::answer::Answer;
use dtogate::probe::batch::run_batch;
use dtogate::probe::exec::{Program, run_each};
use dtogate::probe::variation::VARIATIONS;
use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::binary::{Run, folder, repository, run};
use crate::historical::gateway_map;
use crate::{naming_rows, snapshots};

/// The text mappers as programs; the names are those of `naming/results.jsonl`.
const SEDS: [(&str, &str); 4] = [
    ("regex_2022_06", r#"s/"traineeInfo":/"recommendationInfo":/g"#),
    ("regex_2023_12_28", r#"s/"traineeInfo" :/"recommendationInfo" :/g"#),
    ("regex_2023_12_29", r#"s/"traineeInfo"\s?:/"recommendationInfo" :/g"#),
    ("name_processor_branch", r#"s/"traineeInfo"/"recommendationInfo"/g"#),
];

/// Bytes, not characters: a body may be no UTF-8.
fn sed(script: &str) -> Vec<&str> {
    vec!["env", "LC_ALL=C", "sed", "-z", "-E", script]
}

fn program(command: &[&str]) -> Program {
    let command = command.iter().map(OsString::from).collect();
    Program { command, timeout: Duration::from_secs(30), max_output: 16 << 20, inputs: None }
}

/// Whether a tool is there; one that is not is named, so that its test is not taken for a pass.
pub(crate) fn has(tool: &str) -> bool {
    let mut command = Command::new(tool);
    command.arg("--version").stdin(Stdio::null());
    let version = command.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    match &version {
        Ok(version) => println!("{tool}: {}", version.lines().next().unwrap_or_default()),
        Err(error) => println!("NOT RUN: {tool} is missing ({error})"),
    }
    // CI installs them all.
    assert!(version.is_ok() || std::env::var_os("CI").is_none(), "{tool} is missing in CI");
    version.is_ok()
}

/// What the gateway made of an answer: it read it into a `HashMap`, the last of two keys winning, and wrote that.
fn reread(answers: Vec<Answer>) -> Vec<Outcome> {
    let text = |answer: Answer| String::from_utf8_lossy(&answer.result.unwrap_or_default()).into_owned();
    answers.into_iter().map(|answer| gateway_map(&text(answer))).collect()
}

fn payloads(mapper: &str) -> Vec<Arc<[u8]>> {
    naming_rows::bodies(mapper).into_iter().map(|(_, body)| body.into()).collect()
}

#[test]
fn sed_fails_on_exactly_the_captured_rows() {
    if !has("sed") {
        return;
    }
    for (mapper, script) in SEDS {
        let answers = run_each(&program(&sed(script)), &payloads(mapper), &|| ()).unwrap();
        assert_eq!(naming_rows::disagreements(mapper, reread(answers)), [""; 0], "{mapper}");
    }
}

#[test]
fn node_fails_on_exactly_the_captured_rows() {
    if !has("node") {
        return;
    }
    let script = repository("tests/mappers/rename.mjs");
    let program = program(&["node", script.to_str().unwrap()]);
    let answers = run_batch(&program, &payloads("regex_2023_12_29"), &|| ()).unwrap();
    assert_eq!(naming_rows::disagreements("regex_2023_12_29", reread(answers)), [""; 0]);
}

fn probe(options: &[&str], command: &[&str]) -> Run {
    run(&repository(""), &[&["probe", "doctors-summary"], options, &["--"], command].concat())
}

pub(crate) fn rows(json: &Value) -> Vec<(String, String)> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    json["rows"].as_array().unwrap().iter().map(|row| (text(row, "variation"), text(row, "verdict"))).collect()
}

/// The picture of the README: rows are variations, columns the mappers.
#[test]
fn historical_table() {
    if !has("sed") {
        return;
    }
    let mut table = "| variation | 2022-06 | 2023-12-28 | 2023-12-29 | branch | by class, 2026 |\n".to_owned();
    table.push_str("| --- | --- | --- | --- | --- | --- |\n");
    let mut columns = vec![];
    for (_, script) in SEDS {
        let ran = probe(&["--batch", "--format", "json"], &sed(script));
        assert_eq!(ran.code, 1, "{script}");
        columns.push(rows(&ran.json()));
    }
    let class = probe(&["--batch", "--format", "json"], &[typed_mapper().as_str()]);
    assert_eq!((class.code, &class.json()["verdict"]), (0, &Value::from("pass")));
    columns.push(rows(&class.json()));
    for (index, (id, _)) in columns[0].iter().enumerate() {
        let cell = |verdict: &str| if verdict == "ok" { "ok".to_owned() } else { format!("**{verdict}**") };
        if columns.iter().all(|column| column[index].1 == "not run") {
            continue;
        }
        let cells: Vec<String> = columns.iter().map(|column| cell(&column[index].1)).collect();
        writeln!(table, "| {id} | {} |", cells.join(" | ")).unwrap();
    }
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    snapshots::assert("probe", "historical", &table);
    assert!(readme.contains(&table), "the README shows another table than snapshots/probe/historical.snap");
}

/// Cargo builds the examples for `cargo test`, beside the tests.
fn typed_mapper() -> String {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_dtogate"));
    let mapper = binary.with_file_name("examples").join("typed_mapper");
    assert!(mapper.exists(), "{} is not built: run `cargo test`, not `cargo test --test`", mapper.display());
    mapper.to_str().unwrap().to_owned()
}

/// Each alone and in a batch: what is found, and never that we hang or fail.
#[test]
fn misbehaving_mappers_are_findings() {
    const TABLE: &[(&str, &str, &str)] = &[
        ("sleep 3600", "timed out", "timed out"),
        ("cat; sleep 3600", "timed out", "timed out"),
        ("trap '' TERM; sleep 3600 & wait", "timed out", "timed out"),
        ("cat; exit 3", "ended badly", "ended badly"),
        ("kill -9 $$", "ended badly", "ended badly"),
        ("head -c 40", "not JSON|closed its input", "another number of answers|closed its input"),
        ("yes", "flooded", "flooded"),
        ("yes >&2", "timed out", "timed out"),
        ("exec 0<&-; sleep 0.2; exit 0", "no output|closed its input", "no output|closed its input"),
        ("cat >/dev/null", "no output", "no output"),
        ("cat; printf '\\036{}'", "not JSON", "another number of answers"),
        ("cat >/dev/null; printf '\\377'", "not JSON", "another number of answers"),
        ("sed -z s/traineeInfo/recommendationInfo/g; echo warned >&2", "ok", "ok"),
    ];
    for &(script, alone, in_batch) in TABLE {
        for (kind, batch) in [(alone, &[][..]), (in_batch, &["--batch"])] {
            // Long enough for a busy machine, where nothing hangs.
            let timeout = if kind == "timed out" { "0.6" } else { "20" };
            let limits = ["--format", "json", "--timeout", timeout, "--max-output", "100K", "--cases", "0"];
            let started = Instant::now();
            let ran = probe(&[&limits, batch, &["--filter", "empty_list"]].concat(), &["sh", "-c", script]);
            assert!(started.elapsed() < Duration::from_secs(30), "{script} took {:?}", started.elapsed());
            let json = ran.json();
            let kinds: Vec<&str> =
                json["failures"].as_array().unwrap().iter().map(|failure| failure["kind"].as_str().unwrap()).collect();
            if kind == "ok" {
                assert!(!kinds.contains(&"ended badly") && !kinds.contains(&"no output"), "{script}: {kinds:?}");
            } else {
                assert_eq!(ran.code, 1, "{script}");
                assert!(
                    kind.split('|').any(|kind| kinds.contains(&kind)),
                    "{script} {batch:?}: expected {kind}, found {kinds:?}"
                );
            }
        }
    }
}

/// The whole group is ended: what the mapper started too.
#[cfg(target_os = "linux")]
#[test]
fn no_process_is_left() {
    let marker = format!("3600.{}", std::process::id());
    let script = format!("sleep {marker} & sleep {marker}");
    let options = ["--timeout", "0.3", "--filter", "empty_list@explicit_bean", "--cases", "0"];
    assert_eq!(probe(&options, &["sh", "-c", &script]).code, 1);
    // The children of a killed leader are reaped by init, some time.
    let left = || {
        let entries = std::fs::read_dir("/proc").unwrap().flatten();
        let lines = entries.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
        lines.filter(|line| String::from_utf8_lossy(line).contains(&marker)).count()
    };
    let started = Instant::now();
    while left() > 0 {
        assert!(started.elapsed() < Duration::from_secs(5), "{} processes are left", left());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_command_that_cannot_start_is_an_error() {
    probe(&[], &["no-such-command-anywhere"]).refused("cannot start no-such-command-anywhere: ");
    probe(&["--batch"], &["/etc/passwd"]).refused("cannot start /etc/passwd: ");
    probe(&["--filter", "no such golden"], &["cat"]).refused("nothing to check: no golden");
    assert_eq!(probe(&["--timeout", "0"], &["cat"]).code, 2);
}

#[test]
fn goldens_of_the_binary_where_there_is_no_checkout() {
    let folder = folder();
    for mapping in ["connection-log", "doctors-notes", "doctors-summary"] {
        let arguments = ["probe", mapping, "--batch", "--format", "json", "--", "cat"];
        let json = run(folder.path(), &arguments).json();
        assert_eq!(json["embedded"], true);
        assert!(json["fixtures"].as_u64().unwrap() >= 3, "{mapping}");
    }
    let human = run(folder.path(), &["probe", "doctors-summary", "--batch", "--", "cat"]);
    assert!(human.stdout.contains("those in the binary"));
    assert_eq!(probe(&["--batch", "--format", "json"], &["cat"]).json()["embedded"], false);
}

#[test]
fn formats() {
    if !has("sed") {
        return;
    }
    let run = |format| probe(&["--batch", "--filter", "single", "--format", format], &sed(SEDS[2].1));
    snapshots::assert("probe", "markdown", &run("markdown").stdout);
    let github = run("github").stdout;
    let file = "fixtures/doctors-summary/valid/single";
    let starts = |line: &str| line.starts_with(&format!("::error file={file}")) && line.contains("title=spelling-sensitive");
    assert!(github.lines().any(starts), "{github}");
    assert!(github.ends_with(&run("human").stdout));
    let json = run("json").json();
    let smallest = |failure: &Value| failure["sent"].as_str().is_some_and(|sent| sent.contains("traineeInfo"));
    assert!(json["failures"].as_array().unwrap().iter().any(smallest), "{json:#}");
}

/// jq renames by key: only what its version does to numbers is its fault.
#[test]
fn jq_renames_every_page() {
    if !has("jq") {
        return;
    }
    let filter = r#"if has("traineeInfo") then .recommendationInfo = .traineeInfo | del(.traineeInfo) else . end"#;
    for filter_of_goldens in
        ["all_nulls", "control_chars", "empty_list", "key_in_values", "single", "typical3", "unicode"]
    {
        let options = ["--batch", "--format", "json", "--cases", "0", "--filter", filter_of_goldens];
        let json = probe(&options, &["jq", "--seq", "-c", filter]).json();
        let failed: Vec<(String, String)> = rows(&json)
            .into_iter()
            .filter(|(id, verdict)| !["ok", "not run"].contains(&verdict.as_str()) && id != "number-limits")
            .collect();
        assert_eq!(failed, [], "{filter_of_goldens}");
    }
}

#[test]
fn every_variation_is_named_once() {
    let ids: std::collections::BTreeSet<&str> = VARIATIONS.iter().map(|variation| variation.id).collect();
    assert_eq!(ids.len(), VARIATIONS.len());
    for variation in VARIATIONS {
        assert!(!variation.summary.ends_with('.'));
        let page = run(&repository(""), &["explain", variation.id]).stdout;
        assert!(page.contains(variation.summary) && page.contains("\nExample: "), "{page}");
    }
}
