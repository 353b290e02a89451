//! The built binary, run as a user runs it: in a folder, with arguments, for a status and two streams.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// What takes longer than this has not ended, however busy the machine is.
pub(crate) const HANGS: Duration = Duration::from_secs(120);

/// What a run printed that took less than a second: on a busy machine it is tried again.
pub(crate) fn within_a_second(run: impl Fn() -> String) -> String {
    let quick = |_| {
        let started = Instant::now();
        let printed = run();
        (started.elapsed() < Duration::from_secs(1)).then_some(printed)
    };
    (0..60).find_map(quick).expect("none of 60 runs took less than a second")
}

/// A port that nobody has, and that the system gives nobody who asks for any: those begin at 32,768 (Linux) or 49,152.
/// Each call, and each process of tests, has ports of its own.
pub(crate) fn free_port() -> u16 {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    loop {
        let nth = std::process::id().wrapping_mul(64).wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(10_000 + nth % 22_000).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code; a signal, as of a panic's abort, fails the test.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Run {
    /// The report of `--format json`.
    pub(crate) fn json(&self) -> Value {
        let Run { code, stdout, stderr } = self;
        assert!(!stdout.is_empty(), "expected a report, found none; exit {code}: {stderr}");
        serde_json::from_str(stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The rules that fired and are not accepted, in the order of the report of `--format json`; without the one about
    /// the definitions of the mapping of [`root`], which is there whatever the fixtures are.
    pub(crate) fn rules(&self) -> Vec<String> {
        let findings = self.json()["findings"].as_array().cloned().unwrap_or_default();
        let is_known = |finding: &&Value| {
            ["rule", "mapping", "pattern"].map(|key| finding[key].as_str().unwrap_or_default())
                == ["null-dereferenced", "doctors-summary", "/traineeInfo"]
        };
        let open = findings.iter().filter(|finding| finding["accepted"].is_null() && !is_known(finding));
        open.filter_map(|finding| finding["rule"].as_str().map(str::to_owned)).collect()
    }

    /// The last line of standard output.
    pub(crate) fn verdict(&self) -> &str {
        self.stdout.lines().last().unwrap_or_default()
    }

    /// Asserts that it could not run, and why: nothing on standard output, one message on standard error.
    #[track_caller]
    pub(crate) fn refused(&self, part: &str) {
        assert_eq!((self.code, self.stdout.as_str()), (2, ""), "{self:?}");
        assert!(self.stderr.starts_with("error: ") && self.stderr.contains(part), "expected {part:?} in {self:?}");
    }
}

/// A command whose output depends on nothing of the machine.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dtogate"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").env("COLUMNS", "100").stdin(Stdio::null());
    // For the mappers of the tests that name keys.
    command.env("DTOGATE_TEST_RENAMED", crate::versions::renamed());
    command
}

/// Runs the binary in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    let output = command(folder, arguments).output().expect("the binary starts");
    let text = |bytes| String::from_utf8(bytes).expect("the binary writes UTF-8");
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    let code = output.status.code().unwrap_or_else(|| panic!("a signal ended it: {stderr}"));
    assert!(!stderr.contains("panicked"), "{stderr}");
    Run { code, stdout, stderr: crate::page::without_progress(&stderr) }
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// An empty folder, below none that has fixtures.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Writes a file below a folder, with the folders above it.
pub(crate) fn write(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder above")).expect("folders");
    fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Copies a file of the repository to a path below a folder; a capture as its class would write it today.
pub(crate) fn copy(folder: &Path, from: &str, to: &str) {
    write(folder, to, crate::versions::capture(from));
}

/// A captured payload of the doctors page.
pub(crate) fn doctors(configuration: &str, case: &str) -> String {
    format!("fixtures/captures/doctors/{configuration}/{case}.json")
}

/// The goldens of `doctors-summary` that the tests' own roots begin with.
pub(crate) const GOLDEN: &str = "fixtures/doctors-summary/valid/typical3.json";
/// What feeds what, as it was reviewed.
pub(crate) const TABLE: &str = "fixtures/doctors-summary/table.json";
/// The expectation of the golden.
pub(crate) const EXPECTED: &str = "fixtures/doctors-summary/valid/typical3.expected.json";

/// A root with one golden and its expectation.
pub(crate) fn root() -> TempDir {
    let root = folder();
    copy(root.path(), GOLDEN, GOLDEN);
    copy(root.path(), EXPECTED, EXPECTED);
    copy(root.path(), TABLE, TABLE);
    root
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
