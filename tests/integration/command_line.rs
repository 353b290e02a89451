//! The command line as three people meet it: exit codes, streams, files, and what a message names.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;

use pretty_assertions::assert_eq;

use crate::binary::{EXPECTED, GOLDEN, Run, command, copy, doctors, folder, names, root, run, write};
use crate::snapshots;

const CHECK: [&str; 3] = ["check", "--mapping", "doctors-summary"];
const PASSED: &str = "PASS: 1 case of 1 mapping; 0 errors, 0 warnings, 0 notes, 0 accepted";
const ENTRY: &str = "[[accepted]]\nrule = \"layout-drift\"\nmapping = \"doctors-summary\"\npointer = \"\"\n";
const RED: [&str; 3] = ["--wire", "explicit_bean", "p.json"];

fn check(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[&CHECK, arguments].concat())
}

/// A folder with one payload, green for the leg's own wire and red for `explicit_bean`.
fn payload() -> tempfile::TempDir {
    let folder = folder();
    copy(folder.path(), &doctors("boot_auto_indent", "typical3"), "p.json");
    folder
}

#[test]
fn exit_codes_and_streams() {
    let folder = payload();
    let passed = check(folder.path(), &["p.json"]);
    assert_eq!((passed.code, passed.stdout, passed.stderr), (0, format!("{PASSED}\n"), String::new()));
    let failed = check(folder.path(), &RED);
    assert_eq!((failed.code, failed.stderr.as_str()), (1, ""));
    assert!(failed.stdout.starts_with("error[layout-drift]: "), "{failed:?}");
    assert_eq!(failed.verdict(), "FAIL: 1 case of 1 mapping; 1 error, 0 warnings, 0 notes, 0 accepted");
    check(folder.path(), &["missing.json"]).refused("cannot read missing.json: ");
    let short = run(folder.path(), &["--mapping", "doctors-summary", "p.json"]);
    assert_eq!((short.code, short.verdict()), (0, PASSED));
}

#[test]
fn fail_on_moves_the_border() {
    let root = root();
    write(root.path(), "fixtures/accepted.toml", format!("{ENTRY}reason = \"x\"\n"));
    assert_eq!(["error", "warning", "note"].map(|level| run(root.path(), &["--fail-on", level]).code), [0, 1, 1]);
    let note = payload();
    let text = fs::read_to_string(note.path().join("p.json")).expect("text").replace('\n', "\r\n");
    write(note.path(), "p.json", text);
    let codes = ["error", "warning", "note"].map(|level| check(note.path(), &["--fail-on", level, "p.json"]).code);
    assert_eq!(codes, [0, 0, 1]);
}

#[test]
fn formats() {
    let folder = payload();
    let json = check(folder.path(), &[&["--format", "json"], &RED[..]].concat());
    assert_eq!((json.code, json.rules()), (1, vec!["layout-drift".to_owned()]));
    let github = check(folder.path(), &[&["--format", "github"], &RED[..]].concat());
    assert!(github.stdout.starts_with("::error file=p.json,line=1,col=2,title=layout-drift::"), "{github:?}");
    assert!(github.verdict().starts_with("FAIL: "), "the human report is still printed: {github:?}");
    let junit = check(folder.path(), &[&["--format", "junit"], &RED[..]].concat());
    let suites = quick_junit::Report::deserialize_from_str(&junit.stdout).expect("JUnit");
    assert_eq!((junit.code, suites.tests, suites.failures), (1, 1, 1));
    assert_eq!(suites.test_suites[0].test_cases[0].name.as_str(), "payload/p");
    let always = check(folder.path(), &[&["--color", "always"], &RED[..]].concat());
    let never = check(folder.path(), &[&["--color", "never"], &RED[..]].concat());
    assert!(always.stdout.contains("\u{1B}[") && !never.stdout.contains('\u{1B}'));
}

#[test]
fn output_is_a_whole_file_beside_the_human_report() {
    let folder = payload();
    let ran = check(folder.path(), &[&["--format", "json", "--output", "r.json"], &RED[..]].concat());
    assert_eq!((ran.code, ran.verdict().starts_with("FAIL: ")), (1, true));
    let printed = check(folder.path(), &[&["--format", "json"], &RED[..]].concat()).stdout;
    assert_eq!(fs::read_to_string(folder.path().join("r.json")).expect("the report"), printed);
    assert_eq!(names(folder.path()), ["p.json", "r.json"]);
    // A run that cannot start leaves the report of the last one.
    check(folder.path(), &["--output", "r.json", "--filter", "nothing", "p.json"]).refused("nothing to check");
    assert_eq!(fs::read_to_string(folder.path().join("r.json")).expect("the report"), printed);
}

/// The report is finished, and shown where its file cannot be written.
#[track_caller]
fn assert_unwritten(ran: &Run, message: &str) {
    assert_eq!((ran.code, ran.verdict()), (2, PASSED.lines().last().unwrap_or_default()), "{ran:?}");
    assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(message), "{ran:?}");
}

#[test]
fn unwritable_output_leaves_nothing() {
    let folder = payload();
    fs::create_dir(folder.path().join("d")).expect("a folder");
    for (output, message) in [
        ("missing/r.json", "cannot write missing/r.json: its folder is not there\n"),
        ("d", "cannot write d: expected a file, found a directory\n"),
        ("p.json/r.json", "cannot write p.json/r.json: in its folder: not a directory\n"),
        ("new.json/", "cannot write new.json/: "),
    ] {
        assert_unwritten(&check(folder.path(), &["--output", output, "p.json"]), message);
        assert_eq!(names(folder.path()), ["d", "p.json"], "{output}");
        assert_eq!(names(&folder.path().join("d")), [""; 0], "{output}");
    }
}

/// `/dev/stdout` is a link too: as root, a report moved onto it would replace it for the whole machine.
#[cfg(unix)]
#[test]
fn output_follows_a_link_and_never_replaces_it() {
    let folder = payload();
    let link = folder.path().join("link.json");
    write(folder.path(), "elsewhere/real.json", "old");
    std::os::unix::fs::symlink("elsewhere/real.json", &link).expect("a link");
    assert_eq!(check(folder.path(), &["--output", "link.json", "p.json"]).code, 0);
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&link).expect("the report"), format!("{PASSED}\n"));
    assert_eq!(names(&folder.path().join("elsewhere")), ["real.json"]);
    fs::remove_file(folder.path().join("elsewhere/real.json")).expect("removed");
    assert_unwritten(&check(folder.path(), &["--output", "link.json", "p.json"]), "cannot write link.json: ");
    assert!(link.is_symlink());
}

#[test]
fn a_closed_pipe_is_no_panic() {
    for arguments in [&["list"][..], &["check", "--mapping", "doctors-summary", "--wire", "explicit_bean", "p.json"]] {
        let folder = payload();
        let mut child = command(folder.path(), arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut stderr).expect("text");
        let code = child.wait().expect("it ends").code();
        assert_eq!((code, stderr.as_str()), (Some(i32::from(arguments.len() > 1)), ""));
    }
}

#[test]
fn what_cannot_run_says_why() {
    let folder = payload();
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    for (arguments, message) in [
        (&["check"][..], "no folder fixtures/ in "),
        (&["check", "p.json"], "payloads need --mapping; there are: connection-log, "),
        (&["check", "--mapping", "nope", "p.json"], "no mapping is named \"nope\"; there are: connection-log, "),
        (&["--bogus"], "unexpected argument '--bogus'"),
        (&["map", "doctors-summary", "p.json", "--input", "x=y"], "named \"x\"; there are none\n"),
        (&["map", "doctors-notes", "p.json", "--input", "notes-=p.json"], "expected --input NAME[-KEY]=FILE"),
        (&["map", "doctors-summary", "."], "cannot read .: expected a file, found a directory"),
        (
            &["explain", "layout-drift", "--format", "json"],
            "expected a mapping with --format, found the rule layout-drift",
        ),
        (&["chek"], "chek is no command, and no file either; did you mean check?\n"),
        (&["other"], "other is no command, and no file either; payloads need --mapping; there are: "),
        (&["explain", "check"], "check is a verb: `dtogate help check` explains it"),
        (
            &["explain", "nope"],
            "no rule, mapping, spelling, variation or word is named \"nope\"; `dtogate list` names all ",
        ),
        (&["explain", "layout_drfit"], "is named \"layout_drfit\"; did you mean layout-drift?\n"),
        (&["check", "--mapping", "doctor-summary", "p.json"], "did you mean doctors-summary"),
        (&["schema", "nope"], "no definition is named \"nope\"; `dtogate list` names all "),
        (&["schema", "TraineeSummaryDto"], "; did you mean integration.TraineeSummaryDto or recommendation.Trainee"),
        (&["completions", "nope"], "[possible values: bash, elvish, fish, powershell, zsh]"),
    ] {
        run(folder.path(), arguments).refused(message);
    }
    for (arguments, message) in [
        (&["empty"][..], "nothing to check: no payload in empty: expected .json, .jsonl or .ndjson files\n"),
        (&["p.json/x"], "cannot read p.json/x: "),
        (&["--filter", "zzz", "p.json"], "nothing to check: no payload matches the filter"),
        (&["--wire", "nope", "p.json"], "no configuration is named \"nope\"; there are: explicit_bean, "),
        (&["--wire", "nope@plain", "p.json"], "no definition is named \"nope\""),
        (&["--max-size", "4G", "p.json"], "expected less than 4G"),
    ] {
        check(folder.path(), arguments).refused(message);
    }
    let root = root();
    run(root.path(), &["--filter", "zzz"]).refused("no fixture matches the filter \"zzz\"");
    run(root.path(), &["--mapping", "connection-log"]).refused("no fixture of connection-log");
    write(folder.path(), "fixtures", "a file");
    run(folder.path(), &["--root", "."]).refused("no folder fixtures/ in .");
}

#[test]
fn accepted_toml_that_cannot_be_understood() {
    let root = root();
    let entry = format!("{ENTRY}reason = \"x\"\n");
    for (text, place, message) in [
        (entry.replace("layout-drift", "nope"), "2:8", "no rule is named \"nope\"; `dtogate list` names all "),
        (entry.replace("doctors-summary", "nope"), "3:11", "no mapping is named \"nope\""),
        (entry.replace("\"x\"", "\"  \""), "5:10", "expected a reason, found none"),
        (entry.replace("\"x\"", "\"\u{200B}\u{FEFF}\u{3164}\""), "5:10", "expected a reason, found none"),
        (entry.replace("\"x\"", "\"-- \u{2014}\""), "5:10", "expected a reason, found none"),
        (format!("{entry}bogus = 1\n"), "6:1", "unknown field `bogus`"),
        (entry.replace("pointer = \"\"", "pointer = \"a\""), "4:11", "expected a JSON Pointer"),
        (format!("{entry}variation = \"nope\"\n"), "6:13", "no variation is named \"nope\""),
        (
            format!("{entry}variation = \"both-keys\"\ncase = \"x\"\n"),
            "6:13",
            "expected a case or a variation, found both",
        ),
        (
            format!("{}variation = \"both-keys\"\n", entry.replace("doctors-summary", "")),
            "6:13",
            "expected a mapping beside the variation, found none",
        ),
        (ENTRY.to_owned(), "1:1", "missing field `reason`"),
        ("[[accepted".to_owned(), "1:11", "unclosed array table"),
    ] {
        write(root.path(), "fixtures/accepted.toml", &text);
        run(root.path(), &[]).refused(&format!("error: fixtures/accepted.toml:{place}: {message}"));
    }
}

/// The pull request of 2023-12-08, where no checkout of this repository is.
#[test]
fn replay_of_the_incident() {
    let folder = folder();
    let ran = |configuration: &str, case: &str, wire: &[&str]| {
        copy(folder.path(), &doctors(configuration, case), "p.json");
        let ran = check(folder.path(), &[&["--format", "json", "p.json"], wire].concat());
        let mut rules = ran.rules();
        rules.sort();
        rules.dedup();
        (ran.code, rules.join(" "))
    };
    let promised = ["--wire", "explicit_bean"];
    let whole = ["--wire", "recommendation.TraineeSummaryDto@explicit_bean"];
    let red = |rules: &str| (1, rules.to_owned());
    let green = (0, String::new());
    for case in ["typical3", "single", "twenty", "empty_list", "unicode"] {
        // Green without a doctor says so.
        let green = match case {
            "empty_list" => (0, "unseen-values".to_owned()),
            _ => green.clone(),
        };
        assert_eq!(ran("explicit_bean", case, &promised), green, "{case}");
        assert_eq!(ran("boot_auto_indent", case, &promised), red("layout-drift"), "{case}");
        assert_eq!(ran("boot_auto_indent", case, &whole), red("layout-drift"), "{case}");
        assert_eq!(ran("boot_auto_indent", case, &[]), green, "{case}");
        assert_eq!(ran("snake_case", case, &promised), red("key-set-drift null-into-required"), "{case}");
        // Without doctors there is no date to be an array and no null to be left out.
        if case != "empty_list" {
            assert_eq!(ran("find_modules", case, &promised), red("date-form-drift"), "{case}");
            assert_eq!(ran("boot_auto_indent_non_null", case, &[]), red("key-set-drift"), "{case}");
            let both = red("key-set-drift layout-drift");
            assert_eq!(ran("boot_auto_indent_non_null", case, &promised), both, "{case}");
        }
    }
}

/// A further input that is checked by the service that sends it.
#[test]
fn a_further_input_is_judged_by_its_own_producer() {
    let folder = folder();
    let programme = "fixtures/doctors-by-gmc-id/valid/single.programme.json";
    copy(folder.path(), programme, "body.json");
    copy(folder.path(), programme, "single.programme.json");
    let ran =
        |arguments: &[&str]| run(folder.path(), &[&["check", "--mapping", "doctors-by-gmc-id"], arguments].concat());
    assert_eq!(ran(&["body.json"]).code, 1, "it is no page of doctors");
    let passed = "PASS: 1 case of 1 mapping; 0 errors, 0 warnings, 0 notes, 0 accepted";
    assert_eq!(ran(&["--input", "programme", "body.json"]).verdict(), passed);
    assert_eq!(ran(&["single.programme.json"]).verdict(), passed);
    assert_eq!(ran(&["--input", "notes", "body.json"]).code, 1, "nor notes of core");
    let promised = ["--input", "programme", "--wire", "explicit_bean", "--format", "json", "body.json"];
    assert_eq!(ran(&promised).rules(), ["layout-drift"]);
    ran(&["--input", "nope", "body.json"]).refused("named \"nope\"; there are: programme, notes");
    ran(&["--input", "programme"]).refused("--input needs PATHs and --mapping");
}

/// A class promised in place of the leg's: before 5b909b1 the time had no pattern, so that no digits were promised.
#[test]
fn the_log_before_its_fix() {
    let folder = folder();
    let wire = ["--wire", "recommendation.ConnectionLogDto_before_5b909b1@boot_auto_indent"];
    let ran = |digits: u8, wire: &[&str]| {
        let log = "fixtures/captures/dtos/recommendation.ConnectionLogDto_before_5b909b1.fraction_";
        copy(folder.path(), &format!("{log}{digits}.boot_auto_indent.json"), "log.json");
        let arguments = ["check", "--mapping", "connection-log", "--format", "json", "log.json"];
        run(folder.path(), &[&arguments, wire].concat()).rules().join(" ")
    };
    assert_eq!(ran(3, &wire), "");
    assert_eq!(ran(6, &wire), "consumer-refuses");
    assert_eq!(ran(6, &[]), "consumer-refuses date-form-drift");
}

#[test]
fn acceptances() {
    let root = root();
    let red = "fixtures/doctors-summary/valid/typical3@explicit_bean.json";
    copy(root.path(), GOLDEN, red);
    let found = run(root.path(), &["--format", "json"]);
    assert_eq!((found.code, found.rules()), (1, vec!["layout-drift".to_owned()]));
    let findings = found.json()["findings"].clone();
    let drift = findings.as_array().and_then(|all| all.iter().find(|finding| finding["rule"] == "layout-drift"));
    let printed = drift.and_then(|drift| drift["acceptance"].as_str()).expect("an entry").to_owned();
    let pasted = printed.replace("reason = \"\"", "reason = \"measured\"");
    let line = |accepted| format!("PASS: 2 cases of 1 mapping; 0 errors, 0 warnings, 0 notes, {accepted} accepted");
    let case = "case = \"typical3@explicit_bean\"\n";
    assert!(pasted.contains(case), "{pasted}");
    for entry in [pasted.clone(), pasted.replace(case, ""), pasted.replace("3@explicit_bean", "3")] {
        // What is known of the definitions themselves is accepted too.
        let known = "[[accepted]]\nrule = \"null-dereferenced\"\nmapping = \"doctors-summary\"\n\
                     pointer = \"/traineeInfo\"\nreason = \"measured\"\n";
        write(root.path(), "fixtures/accepted.toml", format!("{known}{entry}"));
        let ran = run(root.path(), &["--fail-on", "note"]);
        let level = " (fails on note)";
        assert_eq!((ran.code, ran.verdict()), (0, format!("{}{level}", line(2)).as_str()), "{entry}");
    }
    write(root.path(), "fixtures/accepted.toml", format!("{pasted}until = 2026-06-30\n"));
    assert_eq!(run(root.path(), &["--today", "2026-06-30"]).code, 0);
    let expired = run(root.path(), &["--today", "2026-07-01", "--format", "json"]);
    assert_eq!((expired.code, expired.rules().join(" ")), (1, "stale-acceptance layout-drift".to_owned()));
    // Another case's name accepts nothing, and is stale.
    write(root.path(), "fixtures/accepted.toml", pasted.replace("3@explicit_bean", "3@find_modules"));
    assert_eq!(run(root.path(), &["--format", "json"]).rules().join(" "), "stale-acceptance layout-drift");
    // A payload's verdict does not depend on the folder, unless a root is named.
    write(root.path(), "fixtures/accepted.toml", format!("{ENTRY}reason = \"measured\"\n"));
    let promised = ["--wire", "explicit_bean", GOLDEN];
    assert_eq!(check(root.path(), &promised).code, 1);
    assert_eq!(check(root.path(), &[&["--root", "."], &promised[..]].concat()).code, 0);
}

#[test]
fn map_prints_exact_bytes_that_check_expects() {
    let root = root();
    let expected = fs::read_to_string(root.path().join(EXPECTED)).expect("text");
    let mapped = run(root.path(), &["map", "doctors-summary", GOLDEN]);
    assert_eq!((mapped.code, mapped.stdout.as_str()), (0, expected.trim_end()));
    assert!(!mapped.stdout.ends_with('\n'));
    fs::remove_file(root.path().join(EXPECTED)).expect("removed");
    assert_eq!(run(root.path(), &["--format", "json"]).rules(), ["missing-expectation"]);
    for saved in [mapped.stdout.clone(), format!("{}\n", mapped.stdout)] {
        write(root.path(), EXPECTED, saved);
        let ran = run(root.path(), &["--format", "json"]);
        assert_eq!((ran.code, ran.rules()), (0, vec![]));
    }
    write(root.path(), "bad.json", "{\n  x");
    let refused = run(root.path(), &["map", "doctors-summary", "bad.json"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.starts_with("bad.json:2:3: expected a key"), "{refused:?}");
}

#[test]
fn map_finds_further_inputs() {
    let folder = folder();
    let notes = "fixtures/doctors-notes/valid/";
    copy(folder.path(), &format!("{notes}typical3.json"), "typical3.json");
    let map = |arguments: &[&str]| run(folder.path(), &[&["map", "doctors-notes"], arguments].concat()).stdout;
    let without = map(&["typical3.json"]);
    for key in ["1234567", "1234568"] {
        copy(folder.path(), &format!("{notes}typical3.notes-{key}.json"), &format!("typical3.notes-{key}.json"));
    }
    let beside = map(&["typical3.json"]);
    let expected = fs::read_to_string(crate::binary::repository(&format!("{notes}typical3.expected.json")));
    assert_eq!(beside, expected.expect("text").trim_end());
    assert_ne!(beside, without);
    let named = ["--input", "notes-1234568=typical3.notes-1234568.json", "typical3.json"];
    let one = map(&named);
    // Core has an empty list for this doctor, which reads like no answer; the notes beside are those of the other.
    assert!(one == without && one != beside);
    assert_eq!(map(&["--input", "notes-1234567=typical3.notes-1234567.json", "typical3.json"]), beside);
    // Its own inputs stand in place of those of the case of the same name, as in fixtures/.
    for file in ["typical3@explicit_bean.json", "typical3@explicit_bean.notes-1234568.json"] {
        let from = file.replace("@explicit_bean", "");
        copy(folder.path(), &format!("{notes}{from}"), file);
    }
    assert_eq!(map(&["typical3@explicit_bean.json"]), one);
}

#[test]
fn every_name_can_be_listed_explained_and_drawn() {
    let folder = folder();
    let print = |arguments: &[&str]| {
        let ran = run(folder.path(), arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!ran.stdout.trim().is_empty(), "{arguments:?}");
        ran.stdout
    };
    let list = print(&["list"]);
    for what in ["mappings", "definitions", "configurations", "rules", "spellings"] {
        assert!(list.contains(&print(&["list", what])), "{what}");
    }
    for rule in dtogate::rule::RULES {
        assert!(print(&["explain", rule.id]).starts_with(rule.id));
    }
    for mapping in dtogate::tis::CATALOGUE.mappings {
        assert!(print(&["explain", mapping.id]).starts_with(mapping.id));
    }
    for dto in dtogate::tis::CATALOGUE.dtos {
        for name in [dto.name().to_owned(), format!("{}@find_modules", dto.name())] {
            let schema: serde_json::Value = serde_json::from_str(&print(&["schema", &name])).expect("JSON");
            assert!(schema["$schema"].is_string(), "{name}");
        }
    }
    let report = serde_json::to_string_pretty(&dtogate::report::json::schema()).expect("JSON");
    assert_eq!(print(&["schema", "report"]), report + "\n");
}

#[test]
fn help() {
    let folder = folder();
    for (name, arguments) in [
        ("dtogate", &["--help"][..]),
        ("check", &["check", "--help"]),
        ("accept", &["accept", "--help"]),
        ("add", &["add", "--help"]),
        ("review", &["review", "--help"]),
        ("completions", &["completions", "--help"]),
        ("map", &["map", "--help"]),
        ("list", &["list", "--help"]),
        ("explain", &["explain", "--help"]),
        ("probe", &["probe", "--help"]),
        ("schema", &["schema", "--help"]),
        ("sources", &["sources", "--help"]),
        ("diff", &["diff", "--help"]),
        ("drift", &["drift", "--help"]),
        ("import", &["import", "--help"]),
        ("list_output", &["list"]),
        ("explain_connection-log_json", &["explain", "connection-log", "--format", "json"]),
        ("explain_connection-log_markdown", &["explain", "connection-log", "--format", "markdown"]),
        ("explain_doctors-summary", &["explain", "doctors-summary"]),
    ] {
        snapshots::assert("help", name, &run(folder.path(), arguments).stdout);
    }
}

#[test]
fn completions_name_every_verb() {
    let folder = folder();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(folder.path(), &["completions", shell]);
        assert_eq!((script.code, script.stderr.as_str()), (0, ""), "{shell}");
        for verb in ["check", "add", "map", "list", "explain", "schema", "completions", "max-size"] {
            assert!(script.stdout.contains(verb), "{shell}: {verb}");
        }
    }
}

/// Names that a shell, a terminal or the runner would trip over.
#[test]
fn odd_names_and_widths() {
    let folder = payload();
    for name in ["a b.json", "ünï.json", "new\nline.json", "a@typo.json", "@x.json", "a.b.c", "::error::x", "-x.json"]
    {
        copy(folder.path(), &doctors("boot_auto_indent", "typical3"), name);
        let ran = check(folder.path(), &["--wire", "explicit_bean", "--format", "github", "--", name]);
        assert_eq!(ran.code, 1, "{name}");
        let commands = ran.stdout.lines().filter(|line| line.trim_start().starts_with("::")).count();
        assert_eq!(commands, 1, "{name}: {}", ran.stdout);
    }
    for columns in ["", "0", "1", "x", "99999", "18446744073709551615"] {
        let mut command = command(folder.path(), &[&CHECK[..], &RED].concat());
        let output = command.env("COLUMNS", columns).output().expect("the binary starts");
        assert_eq!((output.status.code(), output.stderr.len()), (Some(1), 0), "COLUMNS={columns}");
    }
}
