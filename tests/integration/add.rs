//! `dtogate add`: a payload becomes a golden in one command, or nothing is written.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use pretty_assertions::assert_eq;

use crate::binary::{Run, command, doctors, folder, names, repository, run, write};
use crate::versions::{capture, capture_text, page};

const VALID: &str = "fixtures/doctors-summary/valid";

/// A root without goldens, with the list of what is made up and an empty manifest.
fn root() -> tempfile::TempDir {
    let root = folder();
    fs::create_dir(root.path().join("fixtures")).unwrap();
    write(root.path(), "fixtures/synthetic.toml", fs::read(repository("fixtures/synthetic.toml")).unwrap());
    root
}

fn add(root: &Path, arguments: &[&str]) -> Run {
    run(root, &[&["add", "doctors-summary"], arguments].concat())
}

fn payload(root: &Path, configuration: &str, case: &str, to: &str) {
    write(root, to, capture(&doctors(configuration, case)));
}

fn text(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_payload_becomes_a_golden_that_passes() {
    let root = root();
    payload(root.path(), "boot_auto_indent", "typical3", "in/My Page.json");
    let added = add(root.path(), &["in/My Page.json", "--note", "seen on the test system"]);
    assert_eq!((added.code, added.stderr.as_str()), (0, ""), "{added:?}");
    assert!(added.stdout.starts_with("doctors-summary/valid/my_page\n"), "{added:?}");
    assert!(added.stdout.contains("exactly what boot_auto_indent writes"), "{added:?}");
    let expected = text(root.path(), &format!("{VALID}/my_page.expected.json"));
    assert!(added.stdout.contains(&expected[..200]), "the expectation is shown: {added:?}");
    let expectation = fs::read(repository(&format!("{VALID}/typical3.expected.json"))).unwrap();
    assert_eq!(expected.as_bytes(), expectation, "as the one that was made by hand");
    let digest = crate::files::sha256(&fs::read(root.path().join("in/My Page.json")).unwrap());
    let row = text(root.path(), "fixtures/manifest.jsonl");
    assert!(
        row.starts_with("{\"file\": \"doctors-summary/valid/my_page.json\", \"part\": \"added\"")
            && row.contains(&digest)
            && row.ends_with("\"note\": \"seen on the test system\"}\n"),
        "{row}"
    );
    let checked = run(root.path(), &["check", "--filter", "my_page"]);
    assert_eq!(
        (checked.code, checked.verdict()),
        (0, "PASS: 1 case of 1 mapping; 0 errors, 0 warnings, 0 notes, 0 accepted")
    );
    let again = add(root.path(), &["in/My Page.json"]);
    assert_eq!((again.code, again.verdict()), (0, "nothing to write: it is all there already"));
    // Another layout of the same value shares the expectation, and its name says which configuration.
    payload(root.path(), "explicit_bean", "typical3", "my_page.json");
    let other = add(root.path(), &["my_page.json"]);
    assert_eq!(other.code, 0, "{other:?}");
    let files = ["my_page.expected.json", "my_page.json", "my_page@explicit_bean.json"];
    assert_eq!(names(&root.path().join(VALID)), files);
    assert_eq!(run(root.path(), &["check", "--filter", "my_page"]).code, 0);
}

#[test]
fn a_capture_keeps_its_row() {
    let root = root();
    // The capture is of the class of today, whatever was renamed since the real one.
    let path = doctors("boot_auto", "single");
    let bytes = capture(&path);
    let manifest = format!(
        "{{\"file\": {:?}, \"part\": \"A\", \"dto\": \"recommendation.TraineeSummaryDto\", \"config\": \"boot_auto\", \
         \"case\": \"single\", \"bytes\": {}, \"sha256\": {:?}, \"note\": \"captured: doctors/boot_auto/single.json\"}}\n",
        path.trim_start_matches("fixtures/"),
        bytes.len(),
        crate::files::sha256(&bytes)
    );
    write(root.path(), "fixtures/manifest.jsonl", &manifest);
    payload(root.path(), "boot_auto", "single", "single.json");
    assert_eq!(add(root.path(), &["single.json", "--wire", "boot_auto"]).code, 0);
    let after = text(root.path(), "fixtures/manifest.jsonl");
    let added: Vec<&str> = after.lines().filter(|line| !manifest.contains(line)).collect();
    assert_eq!(added.len(), 1);
    assert!(
        added[0].contains("\"file\": \"doctors-summary/valid/single@boot_auto.json\", \"part\": \"A\""),
        "{added:?}"
    );
    assert!(added[0].ends_with("\"note\": \"captured: doctors/boot_auto/single.json\"}"), "{added:?}");
    assert_eq!(after.lines().count(), manifest.lines().count() + 1);
}

#[test]
fn personal_data_is_refused_with_its_places_and_nothing_is_written() {
    let root = root();
    let real = capture_text(&doctors("explicit_bean", "typical3"))
        .replace("admin0@example.invalid", "jane.doe@nhs.net")
        .replace("Testfirst0", "Jane")
        .replace("1234568", "7000001");
    write(root.path(), "real.json", real);
    payload(root.path(), "explicit_bean", "single", "fine.json");
    let refused = add(root.path(), &["fine.json", "real.json"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    let lines: Vec<&str> = refused.stderr.lines().collect();
    assert_eq!(lines.len(), 4, "{refused:?}");
    for (line, (pointer, what)) in lines.iter().zip([
        (page("/traineeInfo/0/doctorFirstName"), "name J…"),
        (page("/traineeInfo/0/admin"), "e-mail address j…"),
        (page("/traineeInfo/1/gmcReferenceNumber"), "GMC number 7…"),
    ]) {
        let wanted = format!(": {pointer}: looks like personal data: {what}; put ");
        assert!(line.starts_with("real.json:1:") && line.contains(&wanted), "{line}");
    }
    assert!(lines[0].contains("add it to `made_up` there"), "{}", lines[0]);
    assert!(!refused.stderr.contains("jane") && !refused.stderr.contains("Jane"), "a log is read by more people");
    assert_eq!(names(&root.path().join("fixtures")), ["synthetic.toml"]);
    // No JSON is looked at too.
    write(root.path(), "cut.json", "{\"admin\": \"jane.doe@nhs.net\"");
    let refused = add(root.path(), &["cut.json", "--invalid"]);
    assert!(refused.code == 1 && refused.stderr.contains("e-mail address"), "{refused:?}");
}

#[test]
fn what_no_configuration_writes_is_told_with_what_comes_nearest() {
    let root = root();
    let page = capture_text(&doctors("boot_auto_indent", "single"));
    write(root.path(), "edited.json", format!("{page}\n"));
    write(root.path(), "other.json", page.replacen(" : ", ": ", 1));
    let refused = add(root.path(), &["edited.json", "other.json"]);
    let lines: Vec<&str> = refused.stderr.lines().collect();
    assert!(lines[0].contains("without the white space at its end it is what boot_auto_indent writes"), "{refused:?}");
    assert!(lines[1].contains("comes nearest and differs first at other.json:2:1"), "{refused:?}");
    assert_eq!(lines[2], "nothing is added: 2 reasons");
    // Named, it is added, and what `check` will find is said.
    let named = add(root.path(), &["other.json", "--wire", "boot_auto_indent"]);
    assert!(named.code == 1 && named.stdout.contains("check finds   error[layout-drift]: "), "{named:?}");
    let unknown = add(root.path(), &["other.json", "--wire", "boot_auto_ident"]);
    unknown.refused("no configuration is named \"boot_auto_ident\"; did you mean boot_auto_indent");
}

#[test]
fn what_must_be_refused_is_added_with_how_it_is() {
    let root = root();
    write(root.path(), "cut.json", "{\"countTotal\" : 1");
    let plain = add(root.path(), &["cut.json"]);
    assert!(plain.code == 1 && plain.stderr.contains("add what must be refused with --invalid"), "{plain:?}");
    let added = add(root.path(), &["cut.json", "--invalid"]);
    assert_eq!(added.code, 0, "{added:?}");
    let expectation = text(root.path(), "fixtures/doctors-summary/invalid/cut.expected.json");
    assert_eq!(expectation, "{\"stage\": \"read\", \"rules\": [\"unreadable-payload\"]}\n");
    assert_eq!(run(root.path(), &["check", "--filter", "invalid/cut"]).code, 0);
    payload(root.path(), "boot_auto_indent", "single", "fine.json");
    let fine = add(root.path(), &["fine.json", "--invalid"]);
    assert!(fine.stderr.contains("nothing refuses it: add it without --invalid"), "{fine:?}");
}

#[test]
fn further_inputs_come_along() {
    let root = root();
    for file in ["typical3.json", "typical3.notes-1234567.json"] {
        write(
            root.path(),
            &format!("in/{file}"),
            fs::read(repository(&format!("fixtures/doctors-notes/valid/{file}"))).unwrap(),
        );
    }
    let added = run(root.path(), &["add", "doctors-notes", "in"]);
    assert_eq!(added.code, 0, "{added:?}");
    assert_eq!(
        names(&root.path().join("fixtures/doctors-notes/valid")),
        ["typical3.expected.json", "typical3.json", "typical3.notes-1234567.json"]
    );
    assert_eq!(text(root.path(), "fixtures/manifest.jsonl").lines().count(), 2);
    let alone = run(root.path(), &["add", "doctors-notes", "in/typical3.notes-1234567.json"]);
    alone.refused("is a further input of doctors-notes; name its payload too: in/typical3.json");
}

/// Runs the binary with something on standard input.
fn piped(root: &Path, arguments: &[&str], stdin: &[u8]) -> Run {
    use std::io::Write as _;
    let mut child =
        command(root, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(stdin).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn standard_input_lines_and_folders_are_payloads() {
    let root = root();
    let page = |configuration: &str, case: &str| capture(&doctors(configuration, case));
    let rows = [page("boot_auto", "single"), page("boot_auto", "typical3")].join(&b"\n"[..]);
    let checked = piped(root.path(), &["check", "--mapping", "doctors-summary", "--wire", "boot_auto", "-"], &rows);
    assert_eq!(
        (checked.code, checked.verdict()),
        (0, "PASS: 2 cases of 1 mapping; 0 errors, 0 warnings, 0 notes, 0 accepted")
    );
    let one = piped(root.path(), &["check", "--mapping", "doctors-summary", "-"], &page("boot_auto_indent", "single"));
    assert_eq!((one.code, one.verdict()), (0, "PASS: 1 case of 1 mapping; 0 errors, 0 warnings, 0 notes, 0 accepted"));
    write(root.path(), "in/rows.ndjson", [&rows[..], b"\n\n{\n"].concat());
    write(root.path(), "in/deeper/one.json", page("boot_auto", "single"));
    let found =
        run(root.path(), &["check", "--mapping", "doctors-summary", "--wire", "boot_auto", "--format", "json", "in"]);
    assert_eq!((found.code, found.rules()), (1, vec!["unreadable-payload".to_owned()]), "{found:?}");
    assert_eq!(found.json()["findings"][0]["location"]["path"], "in/rows.ndjson:4");
    assert_eq!(found.json()["cases"].as_array().map(Vec::len), Some(4));
    let added = piped(root.path(), &["add", "doctors-summary", "-", "--name", "page"], &rows);
    assert_eq!(added.code, 0, "{added:?}");
    assert_eq!(
        names(&root.path().join(VALID)),
        ["page_1", "page_2"]
            .map(|name| ["expected.json", "json"].map(|end| format!("{name}@explicit_bean.{end}")))
            .concat()
    );
    assert_eq!(run(root.path(), &["check", "--filter", "page"]).code, 0);
}

/// `add` is killed at some moment, many times; afterwards everything of it is there, or nothing.
#[cfg(unix)]
#[test]
fn killed_while_it_writes_it_leaves_all_or_nothing() {
    let rounds: u32 = std::env::var("DTOGATE_KILLS").map_or(6, |rounds| rounds.parse().unwrap());
    let page = capture_text(&doctors("boot_auto_indent", "single"));
    let (mut all, mut nothing, mut finished) = (0, 0, 0);
    // Staging begins when the folder is there, moving into place when the record is.
    let start = |root: &Path, file: &str| {
        many(root, &page);
        let mut child = command(root, &["add", "doctors-summary", "in"]).stdout(Stdio::null()).spawn().unwrap();
        while !root.join(file).exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        (child, std::time::Instant::now())
    };
    let writing = {
        let root = root();
        let (mut child, started) = start(root.path(), ".dtogate-update");
        assert!(child.wait().unwrap().success());
        started.elapsed()
    };
    for round in 0..rounds {
        let root = root();
        let is_moving = round % 2 == 1;
        let file = if is_moving { ".dtogate-update/record.json" } else { ".dtogate-update" };
        let (mut child, _) = start(root.path(), file);
        // Moving takes a small part of the time.
        let part = if is_moving { 0.05 } else { 1.1 };
        std::thread::sleep(writing.mul_f64(part) / rounds * round);
        let _ = child.kill();
        child.wait().unwrap();
        let before = complete(root.path());
        let interrupted = root.path().join(".dtogate-update/record.json").exists();
        assert!(before.is_some() || interrupted, "part of it is there, and nothing says so");
        if interrupted {
            let checked = run(root.path(), &["check"]);
            checked.refused("an update was interrupted");
        }
        let again = add(root.path(), &["in"]);
        assert_eq!(again.code, 0, "{again:?}");
        assert_eq!(again.stdout.starts_with("an update that was interrupted is finished\n"), interrupted, "{again:?}");
        assert_eq!(complete(root.path()), Some(true));
        assert!(!root.path().join(".dtogate-update").exists());
        match (interrupted, before) {
            (true, _) => finished += 1,
            (false, Some(true)) => all += 1,
            (false, _) => nothing += 1,
        }
    }
    println!("{rounds} killed: {nothing} had written nothing, {finished} were finished by the next, {all} were done");
    assert!(rounds < 50 || nothing > 0 && finished > 0, "no kill came at the moment that it was meant for");
}

/// `accept` is killed at some moment, many times: every expectation of a group is as it was, or every one is accepted.
#[cfg(unix)]
#[test]
fn killed_while_it_accepts_it_leaves_all_or_nothing() {
    let rounds: u32 = std::env::var("DTOGATE_KILLS").map_or(6, |rounds| rounds.parse().unwrap());
    let page = capture_text(&doctors("boot_auto_indent", "single"));
    let root = root();
    many(root.path(), &page);
    assert_eq!(add(root.path(), &["in"]).code, 0);
    let pages = version_key("totalPages");
    let expectations: Vec<String> = names(&root.path().join(VALID))
        .into_iter()
        .filter(|name| name.ends_with(".expected.json"))
        .map(|name| format!("{VALID}/{name}"))
        .collect();
    let (right, wrong) = (format!("{pages}1,"), format!("{pages}9,"));
    let (mut done, mut nothing, mut finished) = (0, 0, 0);
    let mut writing = std::time::Duration::ZERO;
    for round in 0..=rounds {
        for path in &expectations {
            write(root.path(), path, text(root.path(), path).replace(&right, &wrong));
        }
        let start = ["accept", "expectation: ", "--reason", "x"];
        let mut child = command(root.path(), &start).env_remove("CI").stdout(Stdio::null()).spawn().unwrap();
        while !root.path().join(".dtogate-update").exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        let started = std::time::Instant::now();
        // The first round is not killed: it says how long writing takes.
        if round == 0 {
            assert!(child.wait().unwrap().success());
            writing = started.elapsed();
        } else {
            std::thread::sleep(writing / rounds * (round - 1));
            let _ = child.kill();
            child.wait().unwrap();
        }
        let interrupted = root.path().join(".dtogate-update/record.json").exists();
        let texts: Vec<String> = expectations.iter().map(|path| text(root.path(), path)).collect();
        let accepted = texts.iter().filter(|text| text.contains(&right)).count();
        assert!(texts.iter().all(|text| text.contains(&right) != text.contains(&wrong)), "a file is half written");
        assert!(interrupted || accepted == 0 || accepted == texts.len(), "part of it is there, and nothing says so");
        let again = command(root.path(), &["accept", "--all", "--reason", "x"]).env_remove("CI").output().unwrap();
        assert!(again.status.success(), "{again:?}");
        assert!(expectations.iter().all(|path| text(root.path(), path).contains(&right)));
        match (interrupted, accepted) {
            (true, _) => finished += 1,
            (false, 0) => nothing += 1,
            (false, _) => done += 1,
        }
    }
    println!("{rounds} killed: {nothing} had written nothing, {finished} were finished by the next, {done} were done");
    assert!(rounds < 50 || finished > 0, "no kill came while it wrote");
}

/// A key of the page with its colon, as an expectation has it.
fn version_key(name: &str) -> String {
    format!("{:?}:", page(name))
}

/// Twenty payloads, and a manifest that cannot be read while it is half there.
fn many(root: &Path, page: &str) {
    for number in 0..20 {
        let number = format!("{}", 10 + number);
        write(
            root,
            &format!("in/page{number}.json"),
            page.replace("\"countTotal\" : ", &format!("\"countTotal\" : {number}")),
        );
    }
}

/// Whether all or nothing is there; none for something between. Each file that is there is whole.
fn complete(root: &Path) -> Option<bool> {
    let folder = root.join(VALID);
    let files = if folder.is_dir() { names(&folder) } else { vec![] };
    for file in files.iter().filter(|name| !name.ends_with(".expected.json")) {
        assert_eq!(fs::read(folder.join(file)).unwrap(), fs::read(root.join("in").join(file)).unwrap(), "{file}");
    }
    let rows = fs::read_to_string(root.join("fixtures/manifest.jsonl")).unwrap_or_default().lines().count();
    match (files.len(), rows) {
        (0, 0) => Some(false),
        (40, 20) => Some(true),
        _ => None,
    }
}
