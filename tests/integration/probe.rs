//! Outside mappers under test: what the verb says of them, and of programs that misbehave.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dtogate::probe::variation::VARIATIONS;
use dtogate::tis::CATALOGUE;
use dtogate::tis::mapping::doctors_summary;
use pretty_assertions::assert_eq;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::binary::{HANGS, command, folder, repository, run};
use crate::probe_programs::{SEDS, has, probe, rows, sed};
use crate::snapshots;
use crate::trees::Tree;
use crate::versions;

/// Each alone and in a batch: what is found, and never that we hang or fail.
#[test]
fn misbehaving_mappers_are_findings() {
    const TABLE: &[(&str, &str, &str)] = &[
        ("sleep 3600", "timed out", "timed out"),
        ("cat; sleep 3600", "timed out", "timed out"),
        ("trap '' TERM; sleep 3600 & wait", "timed out", "timed out"),
        ("cat; exit 3", "ended badly", "ended badly"),
        ("kill -9 $$", "ended badly", "ended badly"),
        ("head -c 40", "not JSON", "another number of answers"),
        ("yes", "flooded", "flooded"),
        ("while :; do printf '\\036{}\\n'; done", "not JSON|flooded", "another number of answers"),
        ("yes >&2", "timed out", "timed out"),
        ("exec 0<&-; sleep 0.2; exit 0", "no output", "no output"),
        ("cat >/dev/null", "no output", "no output"),
        ("cat; printf '\\036{}'", "corrupted", "another number of answers"),
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
            assert!(started.elapsed() < HANGS, "{script} took {:?}", started.elapsed());
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

/// What ends at once says nothing about any value.
#[test]
fn a_mapper_that_ends_badly_on_every_payload_did_not_run() {
    for batch in [&[][..], &["--batch"]] {
        let options = ["--filter", "empty_list", "--cases", "2"];
        let ran = probe(&[&options, batch].concat(), &["sh", "-c", "echo no class >&2; exit 3"]);
        let (code, stdout) = (ran.code, ran.stdout.as_str());
        assert_eq!(code, 1, "{stdout}");
        assert!(stdout.contains("\nas-sent                  did not run "), "{stdout}");
        assert!(stdout.contains("\nThe mapper did not run: none of the payloads got an answer.\n"), "{stdout}");
        assert!(stdout.contains(" 0 ok, 0 lost, 0 corrupted, ") && stdout.contains(" did not run"), "{stdout}");
        assert!(!stdout.contains("skipped;") && stdout.contains("no class"), "{stdout}");
    }
    // One that answers anything did.
    let script = versions::page("read -r line; case $line in *countTotal*) exit 3;; esac; echo '{}'");
    let stdout = probe(&["--filter", "empty_list", "--cases", "0"], &["sh", "-c", &script]).stdout;
    assert!(stdout.contains("ended badly") && !stdout.contains("did not run"), "{stdout}");
}

/// Each failure says who breaks and what to do, and where it is to be seen.
#[test]
fn a_failure_says_who_breaks_and_shows_what_changed() {
    if !has("sed") {
        return;
    }
    let mapping = &doctors_summary::MAPPING;
    let script = versions::leg(mapping, r#"s/"totalResults" ?: ?[0-9]+/"totalResults":77/"#);
    let script = format!("{};{script}", SEDS[2].1);
    let options = ["--filter", "typical3@explicit_bean", "--cases", "0"];
    let ran = probe(&[&options[..], &["--format", "json"]].concat(), &sed(&script));
    let json = versions::run_as_captured(mapping, ran).json();
    for failure in json["failures"].as_array().unwrap() {
        for field in ["breaks", "fix"] {
            let text = failure[field].as_str().unwrap();
            assert!(text.len() > 20 && !text.ends_with('.'), "{failure:#}");
        }
    }
    let is_corrupted = |failure: &&Value| failure["kind"] == "corrupted" && failure["pointer"] == "/totalResults";
    assert!(json["failures"].as_array().unwrap().iter().any(|failure| is_corrupted(&failure)), "{json:#}");
    // The middle of a long payload.
    let name = versions::page("doctorLastName");
    let script = format!(r#"{};s/"{name}" ?: ?"[^"]*"/"{name}":"Wrong"/2"#, SEDS[2].1);
    let human = probe(&options, &sed(&script)).stdout;
    let block = human
        .split("\n\n")
        .find(|block| block.starts_with("error") && block.contains("Wrong"))
        .unwrap_or_else(|| panic!("{human}"));
    let line = |label: &str| {
        let mut lines = block.lines();
        lines.find(|line| line.starts_with(&format!("  = {label}: "))).unwrap_or_else(|| panic!("{block}"))
    };
    assert!(line("got").contains("\"Wrong\"") && line("got").contains('…'), "{block}");
    assert!(line("sent").contains(&name) && line("sent").contains('…'), "{block}");
}

/// No producer writes the new name yet: who does not know it is healthy.
#[test]
fn a_reader_that_does_not_know_the_new_name_is_no_warning() {
    if !has("node") {
        return;
    }
    const SCRIPT: &str = r#"
        const page = JSON.parse(require('node:fs').readFileSync(0, 'utf8').replace(/^\uFEFF/, ''));
        const { traineeInfo = null, recommendationInfo, ...rest } = page;
        process.stdout.write(JSON.stringify({ ...rest, recommendationInfo: traineeInfo }));"#;
    let options = ["--filter", "empty_list@", "--cases", "0", "--format", "json"];
    let json = probe(&options, &["node", "-e", SCRIPT]).json();
    let failures = json["failures"].as_array().unwrap();
    let of_row = failures.iter().filter(|failure| failure["variation"] == "key-already-renamed").collect::<Vec<_>>();
    assert!(of_row.iter().all(|failure| failure["severity"] == "note") && of_row.len() == 1, "{json:#}");
}

/// Tries are counted, not seconds: the same payloads, however slow a mapper is.
#[test]
fn shrinking_is_bounded_by_tries() {
    let folder = folder();
    let tries = |name: &str, wait: &str| {
        let counter = folder.path().join(name);
        let script = format!("echo x >> '{}'; {wait}; cat", counter.display());
        let options = ["--filter", "empty_list@explicit_bean", "--cases", "1", "--seed", "7", "--format", "json"];
        let json = probe(&options, &["sh", "-c", &script]).json();
        let sum =
            |field: &str| json["rows"].as_array().unwrap().iter().map(|row| row[field].as_u64().unwrap()).sum::<u64>();
        let sent: u64 = ["ok", "lost", "corrupted", "skipped"].into_iter().map(sum).sum();
        let started = std::fs::read_to_string(counter).unwrap().lines().count() as u64;
        (started - sent, json["failures"].clone())
    };
    let (quick, slow) = (tries("quick", ":"), tries("slow", "sleep 0.02"));
    assert!(quick.0 > 3 && quick.0 <= 250, "{} tries", quick.0);
    assert_eq!(quick, slow);
}

/// Up to the payload at which it fails all is well, and another process gets what stands behind it.
#[test]
fn a_batch_goes_on_behind_a_payload_that_breaks_it() {
    if !has("node") {
        return;
    }
    // As a loop over the texts does it, which writes each answer before it takes the next.
    const SCRIPT: &str = r#"
        const fs = require('node:fs');
        for (const text of fs.readFileSync(0, 'utf8').split('\x1e').slice(1)) {
          const { traineeInfo, ...rest } = JSON.parse(text);
          if (traineeInfo.length === 0) throw new TypeError('no doctor');
          fs.writeSync(1, '\x1e' + JSON.stringify({ ...rest, recommendationInfo: traineeInfo }) + '\n');
        }"#;
    let tree = Tree::new();
    for (name, list) in [("a", r#"[{"admin":"a"}]"#), ("b", "[]"), ("c", r#"[{"admin":"c"}]"#)] {
        let page = format!(r#"{{"countTotal":1,"traineeInfo":{list}}}"#);
        tree.write(&format!("fixtures/doctors-summary/valid/{name}@explicit_bean.json"), page);
    }
    let options =
        ["probe", "doctors-summary", "--batch", "--format", "json", "--cases", "0", "--", "node", "-e", SCRIPT];
    let json = run(tree.root(), &options).json();
    let row = &json["rows"][0];
    assert_eq!((&row["ok"], &row["lost"], &row["verdict"]), (&2.into(), &1.into(), &"lost".into()), "{json:#}");
    // Not for ever: each of these costs a process.
    let failure = &json["failures"][0];
    assert_eq!((&failure["kind"], &failure["payloads"]), (&"ended badly".into(), &3.into()), "{failure:#}");
    assert_eq!(failure["case"], "b@explicit_bean");
    assert!(failure["stderr"].as_str().unwrap().contains("TypeError: no doctor"), "{failure:#}");
    assert!(json["rows"].as_array().unwrap().iter().any(|row| row["verdict"] == "not reached"), "{json:#}");
}

/// What a program logs beside its answers is named.
#[test]
fn a_batch_with_something_else_in_it_says_what() {
    let script = "printf '\\036Started Application in 2.1 seconds\\n'; cat";
    let options = ["--batch", "--cases", "0", "--filter", "empty_list"];
    let stdout = probe(&options, &["sh", "-c", script]).stdout;
    assert!(
        stdout.contains("Something else is written to standard output: \"Started Application in 2.1 seconds\""),
        "{stdout}"
    );
}

/// A long standard error keeps what stands at its beginning and at its end.
#[test]
fn both_ends_of_a_long_standard_error_are_shown() {
    let script = "echo Exception first >&2; seq 100000 >&2; echo last cause >&2; exit 1";
    let stdout = probe(&["--cases", "0", "--filter", "empty_list@"], &["sh", "-c", script]).stdout;
    let shown = stdout.split("= stderr:\n").nth(1).unwrap();
    let lines: Vec<&str> = shown.lines().map(str::trim).take(9).collect();
    assert_eq!((lines[0], lines[1], lines[8]), ("Exception first", "1", "last cause"), "{shown}");
    assert!(lines[4].starts_with("… ") && lines[4].ends_with(" lines"), "{shown}");
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
    wait_until(|| running(&marker) == 0, "processes are left");
}

/// Nor after an interrupt, which a group of its own does not get from the terminal.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_ends_what_was_started() {
    let signals = [(Signal::TERM, 15), (Signal::INT, 2), (Signal::HUP, 1), (Signal::QUIT, 3), (Signal::USR1, 10)];
    for (signal, number) in signals.into_iter().chain([(Signal::USR2, 12), (Signal::ALARM, 14), (Signal::XCPU, 24)]) {
        if is_ignored(number) {
            println!("signal {number} is ignored where these tests run, as in a shell's background: not tried");
            continue;
        }
        let temporary = crate::binary::folder();
        let marker = format!("3601.{}{number}", std::process::id());
        let script = format!("sleep {marker} & sleep {marker}");
        let arguments = ["probe", "doctors-summary", "--cases", "0", "--", "sh", "-c", &script];
        let mut probe = command(&repository(""), &arguments);
        let mut probe = probe.env("TMPDIR", temporary.path()).stdout(Stdio::null()).spawn().unwrap();
        wait_until(|| running(&marker) >= 2, "nothing was started");
        assert_eq!(crate::binary::names(temporary.path()).len(), 1, "the folder of the further inputs");
        kill_process(Pid::from_child(&probe), signal).unwrap();
        assert_eq!(probe.wait().unwrap().signal(), Some(number));
        wait_until(|| running(&marker) == 0, "processes are left");
        assert_eq!(crate::binary::names(temporary.path()), [""; 0], "{signal:?}");
    }
}

/// What leaves the group cannot be ended with it; then it is told.
#[cfg(target_os = "linux")]
#[test]
fn what_escapes_is_told() {
    let has_setsid = Command::new("setsid").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has_setsid {
        return;
    }
    let marker = format!("3603.{}", std::process::id());
    let script = format!("setsid -f sleep {marker} >/dev/null 2>&1 </dev/null; cat");
    let ran = probe(&["--batch", "--filter", "empty_list@explicit_bean", "--cases", "0"], &["sh", "-c", &script]);
    let told = ran.stderr.strip_prefix("warning: still running, since it left the mapper's process group (setsid): ");
    let told = told.unwrap_or_else(|| panic!("{ran:?}"));
    let ids =
        told.split_once(';').unwrap().0.split(", ").map(|one| one.split_once(" sleep").unwrap().0.parse().unwrap());
    for id in ids.collect::<Vec<i32>>() {
        kill_process(Pid::from_raw(id).unwrap(), Signal::KILL).unwrap();
    }
    wait_until(|| running(&marker) == 0, "it could not be ended");
    assert_eq!(probe(&["--batch", "--filter", "single", "--cases", "0"], &["cat"]).stderr, "");
}

/// Each time-out costs its full time, so there are few of them.
#[test]
fn a_table_has_few_time_outs() {
    let folder = crate::binary::folder();
    let log = folder.path().join("log");
    let script = format!("echo started >> '{}'; sleep 3600", log.display());
    let ran = probe(&["--table", "--timeout", "0.3"], &["sh", "-c", &script]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("\nAfter 3 time-outs nothing more was sent: "), "{}", ran.stdout);
    assert!(std::fs::read_to_string(&log).unwrap().lines().count() <= 4);
}

/// `nohup` means it.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_ends_nothing() {
    let folder = folder();
    let started = folder.path().join("started");
    // It answers when the signal was sent.
    let (go_on, mapper) = (folder.path().join("go-on"), folder.path().join("mapper.sh"));
    let waits = format!("touch {}; until [ -e {} ]; do sleep 0.05; done; cat", started.display(), go_on.display());
    std::fs::write(&mapper, waits).unwrap();
    let filter = ["--cases", "0", "--filter", "empty_list@", "--timeout", "60"];
    let arguments = [&["probe", "doctors-summary"], &filter[..], &["--", "sh", mapper.to_str().unwrap()]].concat();
    let quoted: Vec<String> = arguments.iter().map(|word| format!("'{word}'")).collect();
    let script = format!("trap '' HUP; exec {} {}", env!("CARGO_BIN_EXE_dtogate"), quoted.join(" "));
    let mut ignoring = Command::new("sh");
    let mut probe = ignoring.args(["-c", &script]).current_dir(repository("")).stdout(Stdio::null()).spawn().unwrap();
    wait_until(|| started.exists(), "nothing was started");
    kill_process(Pid::from_child(&probe), Signal::HUP).unwrap();
    std::fs::write(&go_on, "").unwrap();
    assert_eq!(probe.wait().unwrap().code(), Some(1));
}

/// Whether we, and so what we start, ignore a signal.
#[cfg(target_os = "linux")]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    u64::from_str_radix(mask.trim(), 16).unwrap() >> (signal - 1) & 1 == 1
}

/// How many processes have a word in their command line.
#[cfg(target_os = "linux")]
fn running(marker: &str) -> usize {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = entries.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    // Not the shell that has it in its script, and not ourselves.
    lines.filter(|line| line.starts_with(b"sleep") && String::from_utf8_lossy(line).contains(marker)).count()
}

#[cfg(target_os = "linux")]
fn wait_until(is_so: impl Fn() -> bool, otherwise: &str) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < HANGS, "{otherwise}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_command_that_cannot_start_is_an_error() {
    probe(&[], &["no-such-command-anywhere"]).refused("cannot start no-such-command-anywhere: ");
    probe(&["--batch"], &["/etc/passwd"]).refused("cannot start /etc/passwd: ");
    probe(&["--filter", "no such golden"], &["cat"])
        .refused("has \"no such golden\" in its name; there are: all_codes, all_nulls");
    assert_eq!(probe(&["--cases", "10001"], &["cat"]).code, 2);
    assert_eq!(probe(&["--timeout", "0"], &["cat"]).code, 2);
}

#[test]
fn goldens_of_the_binary_where_there_is_no_checkout() {
    let folder = folder();
    for mapping in CATALOGUE.mappings {
        let log = folder.path().join(format!("{}.log", mapping.id));
        let script = format!("ls $DTOGATE_INPUTS /dev/null >>{}; cat", log.display());
        let probe = ["probe", mapping.id, "--batch", "--format", "json", "--cases", "0", "--", "sh", "-c", &script];
        let json = run(folder.path(), &probe).json();
        assert_eq!(json["embedded"], true);
        let least = if mapping.id.starts_with("doctors-") { 2 } else { 1 };
        assert!(json["fixtures"].as_u64().unwrap() >= least, "{}", mapping.id);
        let listed = std::fs::read_to_string(log).unwrap();
        for input in mapping.inputs {
            assert!(listed.lines().any(|line| line.starts_with(input.name)), "{}: {listed}", mapping.id);
        }
    }
    let human = run(folder.path(), &["probe", "doctors-summary", "--batch", "--", "cat"]);
    assert!(human.stdout.contains("the few in the binary"));
    // A service's own folder of that name is not ours.
    std::fs::create_dir_all(folder.path().join("fixtures/users")).unwrap();
    let json = run(folder.path(), &["probe", "doctors-summary", "--batch", "--format", "json", "--", "cat"]).json();
    assert_eq!(json["embedded"], true);
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
    let starts =
        |line: &str| line.starts_with(&format!("::error file={file}")) && line.contains("title=spelling-sensitive");
    assert!(github.lines().any(starts), "{github}");
    assert!(github.ends_with(&run("human").stdout));
    let junit = run("junit").stdout;
    snapshots::assert("probe", "junit", &junit);
    let parsed = quick_junit::Report::deserialize_from_str(&junit).unwrap();
    let count = |wanted: fn(&quick_junit::TestCaseStatus) -> bool| {
        parsed.test_suites[0].test_cases.iter().filter(|case| wanted(&case.status)).count()
    };
    let json = run("json").json();
    // As many fail, are skipped and pass as the table says.
    let verdicts =
        |wanted: &[&str]| rows(&json).iter().filter(|(_, verdict)| wanted.contains(&verdict.as_str())).count();
    let not_run = count(|status| matches!(status, quick_junit::TestCaseStatus::Skipped { .. }));
    let failed = count(|status| matches!(status, quick_junit::TestCaseStatus::NonSuccess { .. }));
    // key-letters-escaped and both-keys are lost, which is a warning there.
    assert_eq!((not_run, failed + 2), (verdicts(&["not run"]), verdicts(&["lost", "corrupted"])));
    let smallest = |failure: &Value| failure["sent"].as_str().is_some_and(|sent| sent.contains("traineeInfo"));
    assert!(json["failures"].as_array().unwrap().iter().any(smallest), "{json:#}");
}

/// A mapper that is the mapping itself fails nowhere; and none passes that does nothing.
#[test]
fn every_mapping_is_a_good_mapper_of_itself() {
    const SCRIPT: &str = r#"
        payload=$(mktemp); trap 'rm -f "$payload"' EXIT; cat >"$payload"; set --
        for file in "${DTOGATE_INPUTS:-/nowhere}"/*.json; do
          if [ -e "$file" ]; then set -- "$@" --input "$(basename "$file" .json)=$file"; fi
        done
        "$DTOGATE" map "$MAPPING" "$payload" "$@""#;
    let folder = folder();
    for mapping in CATALOGUE.mappings {
        let probe = |cases: &str, script: &str| {
            let options = ["--format", "json", "--cases", cases];
            let arguments = [&["probe", mapping.id], &options[..], &["--", "sh", "-c", script]].concat();
            let mut probe = command(folder.path(), &arguments);
            probe.env("DTOGATE", env!("CARGO_BIN_EXE_dtogate")).env("MAPPING", mapping.id);
            let output = probe.output().unwrap();
            let json = serde_json::from_slice::<Value>(&output.stdout)
                .unwrap_or_else(|error| panic!("{}: {error}: {}", mapping.id, String::from_utf8_lossy(&output.stderr)));
            (output.status.code(), json)
        };
        let (code, json) = probe("4", SCRIPT);
        assert_eq!((code, &json["left_out"]), (Some(0), &serde_json::json!([])), "{}: {json:#}", mapping.id);
        // A row of which nothing was sent says so, and is not right.
        let is_empty = |row: &&Value| row["verdict"] == "ok" && row["ok"] == 0;
        assert_eq!(json["rows"].as_array().unwrap().iter().find(is_empty), None, "{}", mapping.id);
        let rows = rows(&json);
        assert_eq!(rows[0], ("as-sent".to_owned(), "ok".to_owned()), "{}", mapping.id);
        // Warnings, which are shown where the mapping itself loses the value too.
        let is_warning = |id: &str| ["both-keys", "key-already-renamed"].contains(&id);
        let is_lost = |(id, verdict): &&(String, String)| verdict != "ok" && verdict != "not run" && !is_warning(id);
        assert_eq!(rows.iter().find(is_lost), None, "{}", mapping.id);
        // What it gets is not what is due, but for a page without rows; a mapping that only drops values on purpose asks
        // for nothing else than what was sent.
        let only_drops = mapping.renames.is_empty()
            && mapping.inputs.is_empty()
            && mapping.declarations.iter().all(|declaration| declaration.what == dtogate::mapping::Declared::Dropped);
        let (code, json) = probe("0", "cat");
        assert_eq!(code, Some(i32::from(!only_drops)), "{}: {json:#}", mapping.id);
    }
}

/// Nothing to compare with is no pass.
#[test]
fn a_probe_without_a_payload_is_an_error() {
    let tree = Tree::new();
    tree.write("fixtures/doctors-notes/valid/null_row.json", r#"{"traineeInfo":[null]}"#);
    tree.write("fixtures/doctors-notes/valid/empty.json", r#"{"traineeInfo":[]}"#);
    let probe = |filter| {
        let arguments = ["probe", "doctors-notes", "--cases", "0", "--filter", filter, "--", "cat"];
        run(tree.root(), &arguments)
    };
    probe("null_row").refused("the mapping itself brings no golden of doctors-notes through: null_row");
    let both = probe("");
    assert!(both.stdout.contains("\nNot sent, since the mapping itself does not bring it through: null_row.\n"));
}

/// The published schema: every field is described, and every kind of report is valid by it.
#[test]
fn reports_are_valid_by_their_schema() {
    fn undescribed(schema: &Value, path: &str, missing: &mut Vec<String>) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if property.get("description").is_none() {
                missing.push(format!("{path}/{name}"));
            }
        }
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            undescribed(definition, &format!("{path}/{name}"), missing);
        }
    }
    let printed = run(&repository(""), &["schema", "probe-report"]).stdout;
    snapshots::assert("probe", "schema", &printed);
    let schema: Value = serde_json::from_str(&printed).unwrap();
    let mut missing = vec![];
    undescribed(&schema, "", &mut missing);
    assert_eq!(missing, [""; 0]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let short = ["--cases", "2", "--filter", "single", "--format", "json"];
    let saves = folder();
    let save = ["--save", saves.path().to_str().unwrap()];
    for (options, command) in [
        (&[&short[..], &save].concat(), &["cat"][..]),
        (&[&short[..], &["--batch"]].concat(), &["sh", "-c", "exit 3"]),
        (&[&short[..], &["--fail-on", "note"]].concat(), &["sed", "-zE", SEDS[2].1]),
    ] {
        let mut report = probe(options, command).json();
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{command:?}");
        for failure in report["failures"].as_array().unwrap() {
            assert!(failure["breaks"] != "" && failure["fix"] != "", "{failure:#}");
        }
        report["failures"][0].as_object_mut().unwrap().remove("saved");
        assert!(!validator.is_valid(&report), "what may be null may not be left out");
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
