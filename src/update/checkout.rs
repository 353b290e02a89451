//! A checkout of the repository that this binary comes from: its definitions, and the outputs that its tests compare.
//!
//! Only there: a team's own repository has neither. Outputs are what the tests print anew (`.snap.new`, `README.md.new`),
//! and become questions as everything else does.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::definitions::digest;
use super::journal::Change;
use super::question::{Kind, Question};
use super::table;
use crate::error::Error;

/// The definitions that a binary was built from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definitions {
    /// Their folder, relative to the root of the checkout.
    pub folder: &'static str,
    /// Their digest when the binary was built.
    pub digest: &'static str,
}

/// The tests that print our own outputs; a test of this repository holds them against their sources.
pub const OUTPUT_TESTS: &[&str] = &[
    "cases::every_case_has_its_verdict",
    "command_line::help",
    "probe::formats",
    "probe::reports_are_valid_by_their_schema",
    "probe_programs::historical_table",
    "probe_programs::jq_on_the_adversarial_bodies",
    "promises::every_page_under_every_promise",
    "readme::readme_shows_real_output",
    "readme::the_readme_shows_a_finding_as_a_terminal_does",
    "reports::empty",
    "reports::github",
    "reports::human",
    "reports::json",
    "reports::junit",
    "reports::the_schema_is_published_and_every_report_is_valid_by_it",
    "schemas::every_schema_is_the_accepted_one",
    "sources::formats",
];

/// What the tests are told so that they write what differs beside what is there, and go on.
const WRITE_NEW: [(&str, &str); 3] = [("INSTA_UPDATE", "new"), ("INSTA_FORCE_PASS", "1"), ("DTOGATE_README", "new")];

impl Definitions {
    /// Whether a root is a checkout that has such definitions.
    pub fn are_in(&self, root: &Path) -> bool {
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
        manifest.lines().any(|line| line.trim() == "name = \"dtogate\"") && root.join(self.folder).is_dir()
    }

    /// What is said where a checkout has other definitions than the binary; the first line says how to rebuild.
    pub fn stale(&self, root: &Path) -> Option<String> {
        if !self.are_in(root) || digest(&root.join(self.folder)).is_ok_and(|digest| digest == self.digest) {
            return None;
        }
        Some(format!(
            "this dtogate is older than the definitions in {}: build it again with cargo run -- check, or cargo install \
             --locked --path .\nwhere a field is no more, the compiler lists all that name it, first the mappings, then the \
             tests: cargo test --no-run --message-format short",
            self.folder
        ))
    }
}

/// What is said before our own outputs are printed anew.
pub fn cost() -> String {
    let count = OUTPUT_TESTS.len();
    format!(
        "dtogate's own outputs: building the tests and running the {count} that print them, some minutes on two cores\n"
    )
}

/// Runs the tests that print our own outputs, so that what differs lies beside what is there. What it does is announced:
/// it takes minutes.
///
/// # Errors
///
/// That cargo cannot be started, or that the tests cannot be built.
pub fn print_anew(root: &Path, announce: fn(&str)) -> Result<(), Error> {
    for path in new_files(root)? {
        fs::remove_file(&path).map_err(|source| Error::Write { path: path.display().to_string(), source })?;
    }
    build_anew(root)?;
    let arguments = ["test", "--test", "integration", "--", "--exact"];
    let mut tests = cargo(root, arguments.iter().chain(OUTPUT_TESTS).copied());
    let mut tests = tests.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(unstarted)?;
    // What fails besides is for `cargo test`, which says it better.
    let lines = tests.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines().map_while(Result::ok));
    for (done, name) in lines.filter_map(|line| Some(ended(&line)?.to_owned())).enumerate() {
        announce(&format!("  {} of {}: {name}\n", done + 1, OUTPUT_TESTS.len()));
    }
    tests.wait().map(drop).map_err(unstarted)
}

/// Builds the tests that print our own outputs and what they run, from what lies in the checkout now; this repository's own
/// binary is among it. One build for all: that of `cargo run` would be another one of the same sources, since what only
/// tests depend on has its say in the features of what they share.
///
/// # Errors
///
/// That cargo cannot be started, or that something cannot be built.
pub fn build_anew(root: &Path) -> Result<PathBuf, Error> {
    // A test runs the example; `cargo test --test` builds none.
    let arguments = ["build", "--bin", "dtogate", "--test", "integration", "--examples"];
    let mut build = cargo(root, arguments.into_iter().chain(["--message-format", "json-render-diagnostics"]));
    let build = build.output().map_err(unstarted)?;
    if !build.status.success() {
        return Err(Error::Usage(unbuilt(&String::from_utf8_lossy(&build.stderr))));
    }
    let stdout = String::from_utf8_lossy(&build.stdout);
    let built = stdout.lines().filter_map(executable).next_back();
    built.ok_or_else(|| Error::Usage("cargo does not say where it has built dtogate".to_owned()))
}

/// Where the binary lies, in a line of cargo's messages that is about it.
fn executable(line: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    let is_own = message["target"]["name"] == "dtogate" && message["target"]["kind"][0] == "bin";
    message["executable"].as_str().filter(|_| is_own && message["profile"]["test"] == false).map(PathBuf::from)
}

/// The test that a line of their report says has ended.
fn ended(line: &str) -> Option<&str> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
    matches!(verdict, "ok" | "FAILED").then_some(name)
}

fn unstarted(source: io::Error) -> Error {
    Error::Start { command: "cargo".to_owned(), source }
}

/// What is said where the compiler refuses the tests: its first error in one line, and what to do.
fn unbuilt(stderr: &str) -> String {
    let mut lines = stderr.lines().map(str::trim).skip_while(|line| !line.starts_with("error"));
    let first = lines.next().unwrap_or("the compiler does not say why");
    let place =
        lines.next().and_then(|line| line.strip_prefix("--> ")).map(|at| format!(" ({at})")).unwrap_or_default();
    format!(
        "the tests cannot be built, so our printed outputs are as they were; the rest is accepted. Mend this and accept \
         again: {first}{place}"
    )
}

/// Runs this repository's own binary, as [`build_anew`] has built it.
///
/// # Errors
///
/// That it cannot be started.
pub fn run_anew(root: &Path, binary: &Path, arguments: &[&str]) -> Result<Output, Error> {
    let command = || binary.display().to_string();
    let output = Command::new(binary).args(arguments).current_dir(root).output();
    output.map_err(|source| Error::Start { command: command(), source })
}

fn cargo<'a>(root: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    // What cargo tells the programs that it runs would make another build of the same sources.
    let own = std::env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME"
    });
    let mut command = Command::new(std::env::var_os("CARGO").as_deref().unwrap_or(OsStr::new("cargo")));
    command.args(arguments).current_dir(root).envs(WRITE_NEW);
    own.for_each(|name| {
        command.env_remove(name);
    });
    command
}

/// A question for each cause for which our own outputs differ.
///
/// # Errors
///
/// What cannot be read.
pub fn outputs(root: &Path) -> Result<Vec<Question>, Error> {
    let mut questions: Vec<Question> = Vec::new();
    for new in new_files(root)? {
        let shown = crate::fixture::shown(&new, root);
        let path = shown.trim_end_matches(".new").to_owned();
        let read = |path: &Path| fs::read_to_string(path);
        let text = read(&new).map_err(|source| Error::Read { path: shown.clone(), source })?;
        let before = match read(&root.join(&path)) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(Error::Read { path, source }),
        };
        let after = accepted(&text);
        let remove = Change { path: shown, before: Some(text.into_bytes()), after: None };
        let places = table::lines(&path, before.as_deref().unwrap_or_default(), &after);
        let cause = match before.as_deref() {
            Some(before) if !path.ends_with(".snap") => printed(&path, before, &after),
            _ => table::cause(&places).unwrap_or_else(|| path.clone()),
        };
        let at = questions.iter().position(|question| question.cause == cause).unwrap_or_else(|| {
            questions.push(Question::new(Kind::Output, cause));
            questions.len() - 1
        });
        let question = &mut questions[at];
        // The list of cases is what shows that one is gone.
        let is_gone = |place: &super::question::Place| place.before.is_some() && place.after.is_none();
        if path == "snapshots/cases.snap" && places.iter().any(is_gone) {
            question.guards.insert("a case disappears from snapshots/cases.snap".to_owned());
        }
        // A run that passed and fails now is a defect until somebody says why not. The lines of a page may move, so its
        // failures are counted.
        let failures = |text: &str| {
            let is_case = path == "snapshots/cases.snap";
            text.lines().filter(|line| line.contains("FAIL:") || is_case && line.contains("failed")).count()
        };
        if before.as_deref().is_some_and(|before| failures(before) < failures(&after)) {
            question.guards.insert(format!("{path} shows a failure where none was"));
        }
        question.places.extend(places);
        let before = before.map(String::into_bytes);
        question.changes.extend([Change { path, before, after: Some(after.into_bytes()) }, remove]);
    }
    Ok(questions)
}

/// The cause for which a page differs: of its lines, counts and places change with anything, so they name nothing.
fn printed(path: &str, before: &str, after: &str) -> String {
    // Every second part is between fences.
    let blocks = |text: &str| text.split("\n```").skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (blocks(before), blocks(after));
    let same = before.iter().zip(&after).filter(|(before, after)| before == after).count();
    match before.len().max(after.len()) - same {
        0 => format!("printed output of {path}"),
        1 => format!("printed output of {path} (1 block)"),
        count => format!("printed output of {path} ({count} blocks)"),
    }
}

/// The text of a snapshot as it is committed: insta's note of the line that asked for it goes.
fn accepted(text: &str) -> String {
    let Some((head, body)) = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")) else {
        return text.to_owned();
    };
    let head: Vec<&str> = head.lines().filter(|line| !line.starts_with("assertion_line:")).collect();
    format!("---\n{}\n---\n{body}", head.join("\n"))
}

/// The files that the tests have written beside those that are there, sorted.
fn new_files(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![root.join("snapshots")];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => return Err(Error::Read { path: folder.display().to_string(), source }),
        };
        for entry in entries {
            let path = entry.map_err(|source| Error::Read { path: folder.display().to_string(), source })?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(".snap.new") {
                found.push(path);
            }
        }
    }
    found.push(root.join("README.md.new"));
    let pages = fs::read_dir(root.join("docs")).into_iter().flatten().flatten().map(|entry| entry.path());
    found.extend(pages.filter(|path| path.extension().is_some_and(|end| end == "new")));
    found.retain(|path| path.is_file());
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_of_the_compiler_is_one_line() {
        let stderr = "warning: unused\n --> a.rs:1:1\nerror[E0609]: no field `sku`\n   --> tests/b.rs:285:71\n    |\nerror: no\n";
        let said = unbuilt(stderr);
        assert!(said.ends_with("accept again: error[E0609]: no field `sku` (tests/b.rs:285:71)"), "{said}");
        assert!(unbuilt("").ends_with("the compiler does not say why"));
    }

    #[test]
    fn a_page_that_differs_is_named_with_its_blocks() {
        let page = "# A\n```sh\na\n```\nb\n\n```console\n$ c\n316\n```\n";
        let cause = |after: &str| printed("README.md", page, after);
        assert_eq!(cause(&page.replace("316", "314")), "printed output of README.md (1 block)");
        let more = format!("{}```sh\nd\n```\n", page.replace("316", "314"));
        assert_eq!(cause(&more), "printed output of README.md (2 blocks)");
        assert_eq!(cause(&page.replace("# A", "# B")), "printed output of README.md");
    }

    #[test]
    fn the_binary_that_was_built_is_found_in_what_cargo_says() {
        let line = |name: &str, kind: &str, test: bool| {
            format!(
                r#"{{"target":{{"name":{name:?},"kind":[{kind:?}]}},"profile":{{"test":{test}}},"executable":"/t/{name}"}}"#
            )
        };
        assert_eq!(executable(&line("dtogate", "bin", false)), Some(PathBuf::from("/t/dtogate")));
        for other in [line("dtogate", "bin", true), line("dtogate", "lib", false), line("orders", "bin", false)] {
            assert_eq!(executable(&other), None, "{other}");
        }
        assert_eq!(executable("no message"), None);
    }

    #[test]
    fn what_has_ended_is_told() {
        assert_eq!(ended("test reports::json ... ok"), Some("reports::json"));
        assert_eq!(ended("test reports::json ... FAILED"), Some("reports::json"));
        for other in ["running 17 tests", "test result: ok. 17 passed", "test a has been running for over 60 seconds"] {
            assert_eq!(ended(other), None, "{other}");
        }
    }

    #[test]
    fn a_binary_of_other_definitions_is_told_by_their_bytes() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("defs/shop/order.rs", "struct Order;\n");
        let known = digest(&root.path().join("defs")).unwrap();
        let definitions = Definitions { folder: "defs", digest: Box::leak(known.into_boxed_str()) };
        // No checkout: nothing is said.
        assert_eq!(Definitions { digest: "x", ..definitions }.stale(root.path()), None);
        write("Cargo.toml", "[package]\nname = \"dtogate\"\n");
        assert_eq!(definitions.stale(root.path()), None);
        // The same text with other times and line ends is the same.
        write("defs/shop/order.rs", "struct Order;\r\n");
        write("defs/notes.txt", "no definition");
        assert_eq!(definitions.stale(root.path()), None);
        write("defs/shop/order.rs", "struct Bill;\n");
        assert!(definitions.stale(root.path()).unwrap().contains("build it again with cargo run -- check"));
        write("defs/shop/order.rs", "struct Order;\n");
        write("defs/shop/more.rs", "");
        assert!(definitions.stale(root.path()).is_some(), "a file more");
    }

    #[test]
    fn an_output_that_shows_a_failure_needs_a_reason() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for (before, after, is_guarded) in [
            ("PASS: 1 case", "FAIL: 1 case", true),
            ("FAIL: 1 case", "FAIL: 2 cases", false),
            ("FAIL: 1 case", "PASS: 1 case", false),
            ("PASS: 1 case", "PASS: 2 cases", false),
            ("PASS: 1 case", "error[key-set-drift]: it is gone\n\nFAIL: 1 case", true),
        ] {
            write("snapshots/page.snap", &format!("---\nsource: t.rs\n---\n{before}\n"));
            write("snapshots/page.snap.new", &format!("---\nsource: t.rs\n---\n{after}\n"));
            let found = outputs(root.path()).unwrap();
            assert_eq!(!found[0].guards.is_empty(), is_guarded, "{before} -> {after}");
        }
        write("snapshots/cases.snap", "---\nsource: t.rs\n---\none: accepted\n");
        write("snapshots/cases.snap.new", "---\nsource: t.rs\n---\none: failed: unknown-code\n");
        let found = outputs(root.path()).unwrap();
        assert!(found.iter().any(|question| !question.guards.is_empty()), "{found:?}");
    }

    #[test]
    fn outputs_that_were_printed_anew_are_questions() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for name in ["a", "b"] {
            write(&format!("snapshots/schemas/{name}.snap"), "---\nsource: t.rs\n---\n\"sku\"\n1\n");
            let new = "---\nsource: t.rs\nassertion_line: 7\n---\n\"article\"\n1\n";
            write(&format!("snapshots/schemas/{name}.snap.new"), new);
        }
        write("snapshots/cases.snap", "---\nsource: t.rs\n---\none: pass\ntwo: pass\n");
        write("snapshots/cases.snap.new", "---\nsource: t.rs\n---\none: pass\n");
        let found = outputs(root.path()).unwrap();
        assert_eq!(
            found.iter().map(|question| question.title()).collect::<Vec<_>>(),
            ["output: snapshots/cases.snap: 1 place in 1 file", "output: sku -> article: 2 places in 2 files"]
        );
        assert!(found[0].guards.len() == 1 && found[1].guards.is_empty());
        let changes = found[1].accepted(None, None).unwrap();
        crate::update::journal::commit(root.path(), &changes).unwrap();
        let text = fs::read_to_string(root.path().join("snapshots/schemas/a.snap")).unwrap();
        assert_eq!(text, "---\nsource: t.rs\n---\n\"article\"\n1\n");
        assert!(!root.path().join("snapshots/schemas/a.snap.new").exists());
    }
}
