//! Where a report goes: files, pipes, full and closed ones. What is there is kept, and a finished report is never lost.

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use pretty_assertions::assert_eq;

use crate::binary::{Run, command, copy, folder, names, repository, root, run, within_a_second, write};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_read_is_not_written_over() {
    let folder = folder();
    let case = "fixtures/doctors-notes/valid/typical3";
    copy(folder.path(), &format!("{case}.json"), "page.json");
    copy(folder.path(), &format!("{case}.notes-1234567.json"), "page.notes-1234567.json");
    write(folder.path(), "fixtures/accepted.toml", "");
    let check = |output: &str, rest: &[&str]| {
        let arguments = [&["check", "--mapping", "doctors-notes", "page.json", "--output", output], rest].concat();
        run(folder.path(), &arguments)
    };
    for output in ["page.json", "./page.notes-1234567.json"] {
        check(output, &[]).refused("would write over what is checked");
    }
    check("fixtures/accepted.toml", &["--root", "."]).refused("would write over what is checked");
    assert_eq!(check("page.notes.txt", &[]).code, 0);
    let root = root();
    write(root.path(), "fixtures/doctors-summary/table.json", "");
    run(root.path(), &["check", "--output", "fixtures/doctors-summary/table.json"]).refused("would write over");
    assert_eq!(fs::read(root.path().join("fixtures/doctors-summary/table.json")).unwrap(), b"");
}

#[test]
fn a_file_keeps_its_mode_and_one_that_is_read_only_its_content() {
    let root = root();
    let path = root.path().join("report.json");
    let check = || run(root.path(), &["check", "--format", "json", "--output", "report.json"]);
    for wanted in [0o600, 0o640, 0o666] {
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
        assert_eq!(check().code, 0);
        assert_eq!((mode(&path), fs::read(&path).unwrap().starts_with(b"{")), (wanted, true));
    }
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let Run { code, stdout, stderr } = check();
    assert_eq!((code, stderr.as_str()), (2, "error: cannot write report.json: the file is read-only\n"));
    // The report is finished, and shown.
    assert!(stdout.lines().last().unwrap_or_default().starts_with("PASS"), "{stdout}");
    assert_eq!(fs::read(&path).unwrap(), b"old");
}

fn shell(folder: &Path, script: &str) -> Run {
    let output = Command::new("bash")
        .args(["-c", script])
        .env("DTOGATE", command(folder, &[]).get_program())
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn a_report_goes_into_pipes() {
    let root = root();
    let check = "\"$DTOGATE\" check --format json --output";
    let both = |stdout: &str| {
        let (json, human) =
            stdout.split_at(stdout.find("}\nwarning").or(stdout.find("}\nPASS")).map_or(0, |at| at + 2));
        assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{stdout}");
        assert!(human.lines().last().unwrap_or_default().starts_with("PASS"), "{stdout}");
    };
    let piped = shell(root.path(), &format!("set -o pipefail; {check} /dev/stdout | cat"));
    assert_eq!((piped.code, piped.stderr.as_str()), (0, ""));
    both(&piped.stdout);
    // In a file the second report stands behind the first, not over it.
    let redirected = shell(root.path(), &format!("{check} /dev/stdout > all; code=$?; cat all; exit $code"));
    assert_eq!((redirected.code, redirected.stderr.as_str()), (0, ""));
    both(&redirected.stdout);
    let substituted = shell(
        root.path(),
        &format!(
            "{check} >(cat > copy) > /dev/null; code=$?; for i in $(seq 600); do tail -n 1 copy | grep -qx }} && break; sleep 0.1; done; cat copy; exit $code"
        ),
    );
    assert_eq!(
        (substituted.code, substituted.json()["version"].is_number() || substituted.stdout.starts_with('{')),
        (0, true)
    );
}

#[test]
fn a_full_device_is_an_error_and_a_closed_pipe_is_none() {
    let root = root();
    for arguments in ["check", "list", "--help", "--version", "explain stray-file", "schema report"] {
        let full = shell(root.path(), &format!("\"$DTOGATE\" {arguments} > /dev/full"));
        assert_eq!(full.code, 2, "{arguments}");
        assert!(full.stderr.starts_with("error: cannot write standard output: "), "{arguments}: {}", full.stderr);
        let closed = shell(root.path(), &format!("\"$DTOGATE\" {arguments} | true; exit ${{PIPESTATUS[0]}}"));
        assert_eq!((closed.code, closed.stderr.as_str()), (0, ""), "{arguments}");
    }
    // The code is that of the findings, whoever reads them.
    write(root.path(), "fixtures/notes.txt", "");
    let closed = shell(root.path(), "\"$DTOGATE\" check | true; exit ${PIPESTATUS[0]}");
    assert_eq!((closed.code, closed.stderr.as_str()), (1, ""));
}

#[test]
fn a_report_is_shown_where_nothing_can_be_saved() {
    let folder = folder();
    write(folder.path(), "file", "");
    let options = ["--batch", "--filter", "single", "--cases", "0", "--save"];
    let probe = |saved: &Path| {
        let mapper = ["--", "sed", "-z", "s/traineeInfo/other/g"];
        let saved = saved.to_str().unwrap();
        run(&repository(""), &[&["probe", "doctors-summary"], &options[..], &[saved], &mapper[..]].concat())
    };
    let ran = probe(&folder.path().join("file"));
    assert!(ran.code == 2 && ran.stderr.starts_with("error: cannot write "), "{ran:?}");
    assert!(ran.stdout.lines().last().unwrap_or_default().starts_with("FAIL"), "{}", ran.stdout);

    // What a link promises is not there: a name of its own is taken.
    let saved = folder.path().join("saved");
    assert_eq!(probe(&saved).code, 1);
    let first = names(&saved);
    let (link, pipe) = (saved.join(&first[0]), saved.join(&first[first.len() - 1]));
    for path in [&link, &pipe] {
        fs::remove_file(path).unwrap();
    }
    symlink("nowhere", &link).unwrap();
    if pipe != link {
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    }
    let again = probe(&saved);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(link.is_symlink() && !link.exists());
    assert!(names(&saved).len() > first.len(), "{:?}", names(&saved));
}

/// `script` gives a terminal of its own.
#[test]
fn a_report_is_as_wide_as_its_terminal() {
    let has_script = Command::new("script").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has_script {
        return;
    }
    let root = root();
    write(root.path(), "fixtures/notes.txt", "");
    let fix = |columns: &str| {
        let program = command(root.path(), &[]).get_program().to_str().unwrap().to_owned();
        let mut terminal = Command::new("script");
        let line = format!("stty cols {columns} rows 24; '{program}' check");
        terminal.args(["-qec", &line, "/dev/null"]).current_dir(root.path()).env("NO_COLOR", "1").env_remove("COLUMNS");
        let mut running = terminal.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut seen = String::new();
        running.stdout.take().unwrap().read_to_string(&mut seen).unwrap();
        running.wait().unwrap();
        // The fix is a sentence of some 95 columns.
        let stray = seen.lines().skip_while(|line| !line.contains("stray-file"));
        stray.into_iter().find(|line| line.contains("= fix:")).unwrap_or_else(|| panic!("{seen}")).trim_end().to_owned()
    };
    let (narrow, wide) = (fix("50"), fix("150"));
    assert!(narrow.chars().count() <= 50 && wide.ends_with("or delete it"), "{narrow:?} {wide:?}");
}

/// A run over a second says on a terminal that it goes on, and takes that away; a shorter one, and a pipe, sees nothing.
#[test]
fn a_long_check_says_that_it_goes_on() {
    let has_script = Command::new("script").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has_script {
        return;
    }
    let folder = folder();
    copy(folder.path(), "fixtures/doctors-summary/valid/typical3.json", "page.json");
    let program = command(folder.path(), &[]).get_program().to_str().unwrap().to_owned();
    let check = |seconds: &str, stderr: &str| {
        let line = format!("(sleep {seconds}; cat page.json) | '{program}' check --mapping doctors-summary - {stderr}");
        let mut terminal = Command::new("script");
        terminal.args(["-qec", &line, "/dev/null"]).current_dir(folder.path()).env("TERM", "xterm");
        String::from_utf8_lossy(&terminal.stdin(Stdio::null()).output().unwrap().stdout).into_owned()
    };
    let (long, short, piped) =
        (check("1.6", ""), within_a_second(|| check("0", "")), check("1.6", "2>&1 >/dev/null | cat"));
    assert!(long.contains("checking, ") && long.contains("PASS"), "{long:?}");
    assert!(!short.contains("checking, ") && short.contains("PASS"), "{short:?}");
    assert_eq!(piped, "");
}

/// A finding is about one file, however alike two names are.
#[test]
fn payloads_of_one_name_have_verdicts_of_their_own() {
    use std::os::unix::ffi::OsStringExt as _;

    let folder = folder();
    let good = crate::versions::capture(&crate::binary::doctors("explicit_bean", "typical3"));
    let not_utf_8 = |byte| std::ffi::OsString::from_vec(vec![b'n', byte, b'.', b'j', b's', b'o', b'n']);
    for pair in [["x.json".into(), "x.txt".into()], [not_utf_8(0xE9), not_utf_8(0xEB)]] {
        fs::write(folder.path().join(&pair[0]), &good).unwrap();
        fs::write(folder.path().join(&pair[1]), "[").unwrap();
        for order in [[0, 1], [1, 0]] {
            let mut check = command(folder.path(), &["check", "--mapping", "doctors-summary", "--format", "json"]);
            check.args(["--wire", "explicit_bean"]).args(order.map(|at: usize| &pair[at]));
            let output = check.output().unwrap();
            let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            let verdicts: Vec<&str> =
                json["cases"].as_array().unwrap().iter().map(|case| case["verdict"].as_str().unwrap()).collect();
            let expected = if order[0] == 0 { ["pass", "failed"] } else { ["failed", "pass"] };
            assert_eq!(verdicts, expected, "{pair:?}: {json:#}");
        }
    }
    // One that is named twice is one.
    let twice = run(folder.path(), &["check", "--mapping", "doctors-summary", "--format", "json", "x.txt", "x.txt"]);
    let json = twice.json();
    assert!(json["cases"].as_array().unwrap().iter().all(|case| case["case"] == "x"), "{json:#}");
}

/// The n-th output belongs to the n-th format.
#[test]
fn a_run_writes_several_reports() {
    let root = root();
    let check = |arguments: &[&str]| run(root.path(), &[&["check"], arguments].concat());
    let begins = |name: &str| fs::read_to_string(root.path().join(name)).unwrap().chars().take(13).collect::<String>();
    let both = ["--format", "json", "--output", "a.json", "--format", "junit", "--output", "a.xml"];
    // All have an output: the human report is printed besides.
    let ran = check(&both);
    assert!(ran.code == 0 && ran.stdout.lines().last().unwrap_or_default().starts_with("PASS"), "{ran:?}");
    assert_eq!((begins("a.json"), begins("a.xml")), ("{\n  \"schema_v".to_owned(), "<?xml version".to_owned()));
    // The last has none, and goes to standard output alone; where the outputs stand does not matter.
    let ran = check(&[
        "--format", "junit", "--format", "markdown", "--format", "json", "--output", "b.xml", "--output", "b.md",
    ]);
    assert_eq!((ran.code, ran.json()["verdict"].as_str()), (0, Some("pass")), "{ran:?}");
    assert_eq!(begins("b.xml"), "<?xml version");
    assert!(begins("b.md").starts_with('|') || begins("b.md").starts_with("PASS"), "{}", begins("b.md"));
    let none = names(root.path());
    check(&["--format", "json", "--format", "junit"]).refused("2 reports would go to standard output");
    check(&["--output", "c.txt", "--output", "d.txt"]).refused("--output d.txt has no --format");
    let twice = ["--format", "json", "--output", "c.txt", "--format", "junit", "--output", "./c.txt"];
    check(&twice).refused("two reports would go to --output ./c.txt");
    // A link that leads nowhere names the file that it would make, and so does a link to it.
    symlink("c.txt", root.path().join("link")).unwrap();
    symlink("link", root.path().join("far")).unwrap();
    for [one, other] in [["c.txt", "link"], ["link", "c.txt"], ["far", "c.txt"], ["far", "link"]] {
        check(&["--format", "json", "--output", one, "--format", "junit", "--output", other])
            .refused(&format!("two reports would go to --output {other}"));
    }
    // One that leads round leads to no file.
    symlink("round", root.path().join("round")).unwrap();
    let ran = check(&["--format", "json", "--output", "c.json", "--format", "junit", "--output", "round"]);
    assert!(ran.code == 2 && ran.stderr.starts_with("error: cannot write round: "), "{ran:?}");
    for name in ["link", "far", "round", "c.json"] {
        fs::remove_file(root.path().join(name)).unwrap();
    }
    let among = ["--format", "json", "--output", "c.txt", "--format", "junit", "--output", "fixtures/d.txt"];
    check(&among).refused("would write over what is checked");
    assert_eq!(names(root.path()), none);
    // One that cannot be written keeps no other from being written.
    let ran = check(&["--format", "json", "--output", "no/a", "--format", "junit", "--output", "e.xml"]);
    assert!(ran.code == 2 && ran.stderr.contains("no/a") && ran.stdout.contains("PASS"), "{ran:?}");
    assert_eq!(begins("e.xml"), "<?xml version");
}

#[test]
fn a_probe_writes_files_but_not_over_its_goldens() {
    let repository = repository("");
    let folder = folder();
    let output = folder.path().join("probe.sarif");
    let probe = |output: &str| {
        let options =
            ["probe", "doctors-summary", "--batch", "--filter", "single", "--cases", "0", "--format", "sarif"];
        run(&repository, &[&options[..], &["--output", output, "--", "sed", "-z", "s/traineeInfo/other/g"]].concat())
    };
    let ran = probe(output.to_str().unwrap());
    assert!(ran.code == 1 && ran.stdout.lines().last().unwrap_or_default().starts_with("FAIL"), "{ran:?}");
    assert!(fs::read_to_string(&output).unwrap().contains("\"version\":\"2.1.0\""));
    probe("fixtures/doctors-summary/valid/single.json").refused("would write over what is checked");
}
