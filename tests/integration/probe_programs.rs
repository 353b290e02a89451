//! The historical mappers as real programs: each fails on exactly the rows that the captures say.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use dtogate::document::parse;
use dtogate::mapping::Outcome;
use dtogate::probe::answer::{Answer, Misbehaviour};
use dtogate::probe::batch::run_batch;
use dtogate::probe::exec::{Program, run_each};
use dtogate::tis::mapping::doctors_summary::MAPPING;
use dtogate::verdict::judge;
use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::binary::{Run, copy, folder, names, repository, run};
use crate::historical::gateway_map;
use crate::versions::capture;
use crate::{naming_rows, snapshots};

/// The text mappers as `sed` scripts; the names are those of `naming/results.jsonl`.
pub(crate) const SEDS: [(&str, &str); 4] = [
    ("regex_2022_06", r#"s/"traineeInfo":/"recommendationInfo":/g"#),
    ("regex_2023_12_28", r#"s/"traineeInfo" :/"recommendationInfo" :/g"#),
    ("regex_2023_12_29", r#"s/"traineeInfo"\s?:/"recommendationInfo" :/g"#),
    ("name_processor_branch", r#"s/"traineeInfo"/"recommendationInfo"/g"#),
];

/// The arguments of `String.replaceAll` in the gateway, in the order of [`SEDS`].
const REPLACE_ALL: [(&str, &str, &str); 4] = [
    ("regex_2022_06", r#""traineeInfo":"#, r#""recommendationInfo":"#),
    ("regex_2023_12_28", r#""traineeInfo" :"#, r#""recommendationInfo" :"#),
    ("regex_2023_12_29", r#""traineeInfo"\s?:"#, r#""recommendationInfo" :"#),
    ("name_processor_branch", r#""traineeInfo""#, r#""recommendationInfo""#),
];

/// The rename by key, in jq.
const JQ: &str = r#"if has("traineeInfo") then .recommendationInfo = .traineeInfo | del(.traineeInfo) else . end"#;

/// Where Debian and Ubuntu put the jars of `libjackson2-databind-java`.
pub(crate) const JARS: [&str; 3] = [
    "/usr/share/java/jackson-core.jar",
    "/usr/share/java/jackson-databind.jar",
    "/usr/share/java/jackson-annotations.jar",
];

/// Bytes, not characters: a body may be no UTF-8.
pub(crate) fn sed(script: &str) -> Vec<&str> {
    vec!["env", "LC_ALL=C", "sed", "-z", "-E", script]
}

fn program(command: &[&str]) -> Program {
    let command = command.iter().map(OsString::from).collect();
    Program { command, timeout: Duration::from_secs(60), max_output: 16 << 20, inputs: None }
}

/// A line for whoever runs the tests; `println!` would keep it from them so long as the test passes.
fn say(line: &str) {
    // In one piece: other tests write too.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// What a tool says of its version, if it is there.
fn version(tool: &str) -> Option<String> {
    let output = Command::new(tool).arg("--version").stdin(Stdio::null()).output();
    let missing = output.as_ref().err().map(ToString::to_string);
    is_there(tool, missing.as_deref()).then(|| String::from_utf8_lossy(&output.unwrap().stdout).trim().to_owned())
}

/// A test whose tool is missing says so by its name, so that it is not taken for a pass.
fn is_there(tool: &str, missing: Option<&str>) -> bool {
    if let Some(error) = missing {
        let test = std::thread::current();
        say(&format!("NOT RUN: {}: {tool} is missing ({error})", test.name().unwrap_or_default()));
    }
    // CI installs them all, or says that it could not.
    let is_bound = std::env::var_os("CI").is_some() && std::env::var_os("DTOGATE_WITHOUT_TOOLS").is_none();
    assert!(missing.is_none() || !is_bound, "{tool} is missing in CI");
    missing.is_none()
}

/// Whether a tool is there.
pub(crate) fn has(tool: &str) -> bool {
    let version = version(tool);
    println!("{tool}: {}", version.as_deref().unwrap_or_default());
    version.is_some()
}

pub(crate) fn has_java() -> bool {
    // A run-time environment alone has no compiler.
    has("javac") && has("java")
}

pub(crate) fn has_jackson() -> bool {
    let missing = JARS.into_iter().find(|jar| !Path::new(jar).exists());
    is_there("libjackson2-databind-java", missing.map(|jar| format!("no {jar}")).as_deref())
}

/// A Java mapper as a command; it is compiled once per run.
fn java(class: &'static str, arguments: &[&str]) -> Vec<String> {
    static TEXT: OnceLock<String> = OnceLock::new();
    static TYPED: OnceLock<String> = OnceLock::new();
    let class_path = match class {
        "RenameText" => TEXT.get_or_init(|| compiled(class, &[])),
        _ => TYPED.get_or_init(|| compiled(class, &JARS)),
    };
    let renamed = format!("-Drenamed={}", crate::versions::renamed());
    let command = ["java", &renamed, "-cp", class_path, class];
    command.iter().chain(arguments).map(|&word| word.to_owned()).collect()
}

/// Compiles a Java mapper, and says its class path.
fn compiled(class: &str, jars: &[&str]) -> String {
    let (sources, temporary) = (repository("tests/mappers"), folder());
    let mut javac = Command::new("javac");
    javac.args(["-proc:none", "-encoding", "UTF-8", "-cp", &jars.join(":"), "-sourcepath"]);
    javac.arg(&sources).arg("-d").arg(temporary.path()).arg(sources.join(format!("{class}.java")));
    let output = javac.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{class}.java: {}", String::from_utf8_lossy(&output.stderr));
    // Where every run finds them in one place, and each file is there as a whole or not at all: nothing is left behind,
    // and another run at the same time does no harm.
    let classes = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mappers");
    fs::create_dir_all(&classes).unwrap();
    for name in names(temporary.path()) {
        let whole = tempfile::NamedTempFile::new_in(&classes).unwrap();
        fs::copy(temporary.path().join(&name), whole.path()).unwrap();
        whole.persist(classes.join(&name)).unwrap();
    }
    [&[classes.to_str().unwrap()], jars].concat().join(":")
}

fn words(command: &[String]) -> Vec<&str> {
    command.iter().map(String::as_str).collect()
}

/// What an answer is without the gateway's reading it again; a mapper that gave none answered nothing.
fn text(answer: Answer) -> String {
    String::from_utf8_lossy(&answer.result.unwrap_or_default()).into_owned()
}

/// What the gateway made of an answer: it read it into a `HashMap`, the last of two keys winning, and wrote that.
fn reread(answers: Vec<Answer>) -> Vec<Outcome> {
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

#[test]
fn java_replace_all_fails_on_exactly_the_captured_rows() {
    if !has_java() {
        return;
    }
    for (mapper, pattern, replacement) in REPLACE_ALL {
        let command = java("RenameText", &[pattern, replacement]);
        let answers = run_batch(&program(&words(&command)), &payloads(mapper), &|| ()).unwrap();
        assert!(answers.iter().all(|answer| answer.result.is_ok()), "{mapper}: {:?}", answers[0]);
        assert_eq!(naming_rows::disagreements(mapper, reread(answers)), [""; 0], "{mapper}");
    }
}

/// The by-class mapper of 2026 in Java refuses and takes what the captured one did; it reads bytes and writes bytes.
#[test]
fn java_by_class_fails_on_exactly_the_captured_rows() {
    if !has_java() || !has_jackson() {
        return;
    }
    let mapper = "dto_alias_head";
    let answers = run_batch(&program(&words(&java("RenameTyped", &[]))), &payloads(mapper), &|| ()).unwrap();
    let outcomes = answers.into_iter().map(|answer| Outcome::emitted(text(answer))).collect();
    let mut wrong = naming_rows::disagreements(mapper, outcomes);
    // `edge_values.json`, which `naming_rows::STRICTER` names: Jackson takes years that our dates do not have, so that we
    // cannot tell that the text is the date of the array.
    let is_far_year = |line: &String| line.contains("/edge_values.json: captured ok") && line.contains("sent [");
    wrong.retain(|line| !(is_far_year(line) && line.contains("999999999")));
    assert_eq!(wrong, [""; 0]);
}

pub(crate) fn probe(options: &[&str], command: &[&str]) -> Run {
    run(&repository(""), &[&["probe", "doctors-summary"], options, &["--"], command].concat())
}

/// The table of a probe: variation and verdict.
pub(crate) fn rows(json: &Value) -> Vec<(String, String)> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    json["rows"].as_array().unwrap().iter().map(|row| (text(row, "variation"), text(row, "verdict"))).collect()
}

/// Cargo builds the examples for `cargo test`, beside the tests.
fn typed_mapper() -> String {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_dtogate"));
    let mapper = binary.with_file_name("examples").join("typed_mapper");
    assert!(mapper.exists(), "{} is not built: run `cargo test`, not `cargo test --test`", mapper.display());
    mapper.to_str().unwrap().to_owned()
}

/// In a batch; a virtual machine on a busy host is slow to begin.
const BATCH: [&str; 5] = ["--batch", "--format", "json", "--timeout", "60"];

/// The picture of docs/incident.md: rows are variations, columns the mappers.
#[test]
fn historical_table() {
    if !has("sed") {
        return;
    }
    let mut table = "| what is sent | 2022-06 | 2023-12-28 | 2023-12-29 | branch | with a class, 2026 |\n".to_owned();
    table.push_str("| --- | --- | --- | --- | --- | --- |\n");
    let mut columns = vec![];
    for (mapper, script) in SEDS {
        let ran = probe(&BATCH, &sed(script));
        assert_eq!(ran.code, 1, "{mapper}");
        columns.push(rows(&ran.json()));
    }
    let by_class = probe(&BATCH, &[typed_mapper().as_str()]);
    assert_eq!((by_class.code, &by_class.json()["verdict"]), (0, &Value::from("pass")));
    columns.push(rows(&by_class.json()));
    // Rows of the same verdicts are one, where the first of them stands.
    let mut grouped: Vec<(String, Vec<&str>)> = vec![];
    for (index, (id, _)) in columns[0].iter().enumerate() {
        let cell = |verdict: &str| if verdict == "ok" { "ok".to_owned() } else { format!("**{verdict}**") };
        if columns.iter().all(|column| column[index].1 == "not run") {
            continue;
        }
        let cells: Vec<String> = columns.iter().map(|column| cell(&column[index].1)).collect();
        let cells = cells.join(" | ");
        match grouped.iter_mut().find(|(found, _)| *found == cells) {
            Some((_, ids)) => ids.push(id),
            None => grouped.push((cells, vec![id])),
        }
    }
    for (cells, ids) in grouped {
        writeln!(table, "| {} | {cells} |", ids.join(", ")).unwrap();
    }
    let page = fs::read_to_string(repository("docs/incident.md")).unwrap();
    snapshots::assert("probe", "historical", &table);
    assert!(page.contains(&table), "docs/incident.md shows another table than snapshots/probe/historical.snap");
}

/// The `main` of docs/gateway.md around a Camel processor compiles, speaks `--batch`, and its table is that of the expression.
#[test]
fn the_main_around_a_processor_is_real() {
    if !has_java() || !has("sed") {
        return;
    }
    let page = fs::read_to_string(repository("docs/gateway.md")).unwrap();
    let mut blocks = page.split("```java\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let (main, _) = blocks.find(|(block, _)| block.contains("class ProbeMain")).unwrap();
    assert!(main.lines().count() <= 25, "{} lines", main.lines().count());
    let folder = folder();
    fs::write(folder.path().join("ProbeMain.java"), main).unwrap();
    let sources = repository("tests/mappers/camel");
    let mut javac = Command::new("javac");
    javac.args(["-proc:none", "-encoding", "UTF-8", "-sourcepath"]).arg(&sources).arg("-d").arg(folder.path());
    javac.arg(folder.path().join("ProbeMain.java")).arg(sources.join("RecommendationInfoProcessor.java"));
    let output = javac.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let command = ["java", "-cp", folder.path().to_str().unwrap(), "ProbeMain"];
    // Not the whole report: its answers end in a line feed more.
    let options = [&BATCH[..], &FEW].concat();
    let (json, expected) = (probe(&options, &command).json(), probe(&options, &sed(SEDS[2].1)).json());
    assert_eq!((rows(&json), &json["verdict"]), (rows(&expected), &expected["verdict"]));
}

/// Two mappers are compared over some of the goldens: over all of them each is seen by itself. The seed is one whose
/// payload takes few tries to shrink: a machine that is busy ends the search early, and then the two differ.
const FEW: [&str; 6] = ["--filter", "typical3", "--cases", "8", "--seed", "4"];

/// Every payload fares alike through both, and for the same reason.
#[track_caller]
fn assert_same(name: &str, java: &Run, other: &Value) {
    let java = java.json();
    for part in ["rows", "failures", "notes", "verdict"] {
        assert!(!other[part].is_null(), "{part}");
        assert_eq!(java[part], other[part], "{name}: {part}");
    }
}

/// Characters or bytes, Java's expressions or sed's.
#[test]
fn java_replace_all_and_sed_are_one_mapper() {
    if !has_java() || !has("sed") {
        return;
    }
    for (at, (mapper, pattern, replacement)) in REPLACE_ALL.into_iter().enumerate() {
        assert_eq!(mapper, SEDS[at].0);
        let options = [&BATCH[..], &FEW].concat();
        let ran = probe(&options, &words(&java("RenameText", &[pattern, replacement])));
        assert_eq!(ran.code, 1, "{mapper}");
        assert_same(mapper, &ran, &probe(&options, &sed(SEDS[at].1)).json());
    }
}

/// Real Jackson and our definitions in Rust: both pass, with the same tolerances and the same warnings.
#[test]
fn java_by_class_and_the_rust_example_are_one_mapper() {
    if !has_java() || !has_jackson() {
        return;
    }
    let version = java("RenameTyped", &["--version"]);
    let output = Command::new(&version[0]).args(&version[1..]).output().unwrap();
    say(&format!("RenameTyped: {}", String::from_utf8_lossy(&output.stdout).trim()));
    let options = [&BATCH[..], &FEW].concat();
    let ran = probe(&options, &words(&java("RenameTyped", &[])));
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert_same("RenameTyped", &ran, &probe(&options, &[typed_mapper().as_str()]).json());
}

/// jq's version, if it is there; before 1.6 nothing is promised.
fn jq_version() -> Option<(u32, u32)> {
    let version = version("jq")?;
    say(&format!("jq: {version}"));
    let mut numbers = version.trim_start_matches("jq-").split(['.', '-']).map(|number| number.parse().unwrap_or(0));
    let version = (numbers.next()?, numbers.next()?);
    assert!(version >= (1, 6), "jq {version:?} is too old: 1.6 or later is needed");
    Some(version)
}

/// Up to 1.6 jq makes a double of every number; since 1.7 one that it only passes on keeps its digits.
fn loses_digits(version: (u32, u32)) -> bool {
    version < (1, 7)
}

/// What became of a page: `ok`, `lost`, `corrupted`; `refused` where jq gives no answer, `unreadable` where it gives
/// one to what is no JSON for us.
fn verdict(page: &[u8], answer: Answer) -> (&'static str, String) {
    match (&answer.result, parse(page)) {
        // The exit code is another one in each version.
        (Err(Misbehaviour::Ended(_)), _) => ("refused", "refused: it fails".to_owned()),
        (Err(misbehaviour), _) => ("refused", format!("refused: {misbehaviour}")),
        (Ok(_), Err(error)) => ("unreadable", format!("unreadable: {error}; got {:?}", text(answer))),
        (Ok(_), Ok(sent)) => {
            let judgement = judge(&MAPPING, &sent, &Outcome::emitted(text(answer)));
            (judgement.word(), judgement.to_string())
        }
    }
}

/// jq renames by key: its faults are lone surrogates, which it refuses, and the numbers that its version loses.
#[test]
fn jq_renames_every_captured_page_of_the_leg() {
    let Some(version) = jq_version() else { return };
    let pages_of = |configuration: &str| {
        let folder = repository("fixtures/captures/doctors").join(configuration);
        let names = names(&folder).into_iter();
        names
            .map(|name| {
                (
                    capture(&format!("fixtures/captures/doctors/{configuration}/{name}")),
                    format!("{configuration}/{name}"),
                )
            })
            .collect::<Vec<_>>()
    };
    let (mut failed, mut expected, mut sent) = (BTreeSet::new(), BTreeSet::new(), 0);
    for configuration in names(&repository("fixtures/captures/doctors")) {
        if configuration == "errors.jsonl" {
            continue;
        }
        // One that jq cannot read has no answer, and would leave the answers of its batch without their payloads.
        let (pages, refused): (Vec<_>, Vec<_>) =
            pages_of(&configuration).into_iter().partition(|(page, _)| parse(page).is_ok());
        let arcs = |pages: &[(Vec<u8>, String)]| -> Vec<Arc<[u8]>> {
            pages.iter().map(|(page, _)| Arc::from(page.as_slice())).collect()
        };
        let mut answers = run_batch(&program(&["jq", "--seq", "-c", JQ]), &arcs(&pages), &|| ()).unwrap();
        answers.extend(run_each(&program(&["jq", "-c", JQ]), &arcs(&refused), &|| ()).unwrap());
        for ((page, name), answer) in pages.into_iter().chain(refused).zip(answers) {
            let case = name.rsplit('/').next().unwrap_or_default();
            match case {
                "lone_surrogate.json" => _ = expected.insert(format!("{name}: refused")),
                // The list has another key there: no page of this leg, and nothing that the rename may touch.
                _ if configuration == "snake_case" => _ = expected.insert(format!("{name}: lost")),
                "edge_values.json" if loses_digits(version) => _ = expected.insert(format!("{name}: corrupted")),
                _ => {}
            }
            let (word, message) = verdict(&page, answer);
            println!("{name}: {message}");
            if word != "ok" {
                failed.insert(format!("{name}: {word}"));
            }
            sent += 1;
        }
    }
    assert_eq!(failed, expected);
    assert!(sent > 2 * expected.len(), "only {sent} pages");
}

/// The same through the verb: every spelling and variation of the goldens.
#[test]
fn jq_renames_every_golden() {
    let Some(version) = jq_version() else { return };
    let root = folder();
    for name in names(&repository("fixtures/doctors-summary/valid")) {
        if !name.starts_with("edge_values_in_range") {
            let path = format!("fixtures/doctors-summary/valid/{name}");
            copy(root.path(), &path, &path);
        }
    }
    let run = |option: &str, value: &str| {
        probe(&[&BATCH[..], &["--cases", "0", option, value]].concat(), &["jq", "--seq", "-c", JQ]).json()
    };
    let failed = |json: &Value| -> Vec<String> {
        let rows = rows(json).into_iter().filter(|(_, verdict)| !["ok", "not run"].contains(&verdict.as_str()));
        rows.map(|(id, verdict)| format!("{id}: {verdict}")).collect()
    };
    let others = run("--root", root.path().to_str().unwrap());
    assert!(others["fixtures"].as_u64().unwrap() > 20);
    let numbers = if loses_digits(version) { vec!["number-limits: corrupted"] } else { vec![] };
    assert_eq!(failed(&others), numbers);
    let edges = failed(&run("--filter", "edge_values_in_range"));
    assert_eq!(edges.first().map(String::as_str), loses_digits(version).then_some("as-sent: corrupted"));
}

/// No number here is beyond 2^53, so every version since 1.6 says the same (1.6 and 1.7.1 were compared).
#[test]
fn jq_on_the_adversarial_bodies() {
    if jq_version().is_none() {
        return;
    }
    let folder = repository("fixtures/captures/naming/adversarial");
    let bodies: Vec<(String, Arc<[u8]>)> = names(&folder)
        .into_iter()
        .map(|name| (name.clone(), capture(&format!("fixtures/captures/naming/adversarial/{name}")).into()))
        .collect();
    let payloads: Vec<Arc<[u8]>> = bodies.iter().map(|(_, body)| body.clone()).collect();
    let answers = run_each(&program(&["jq", "-c", JQ]), &payloads, &|| ()).unwrap();
    let mut table = String::new();
    for ((name, body), answer) in bodies.iter().zip(answers) {
        writeln!(table, "{name}: {}", verdict(body, answer).1).unwrap();
    }
    snapshots::assert("probe", "jq_adversarial", &table);
}
