//! Small fixture trees in temporary folders, and what the gate finds in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dtogate::finding::{Finding, Severity};
use dtogate::gate::{Options, check_fixtures};
use dtogate::mapping::Catalogue;
use dtogate::report::Report;
use dtogate::spelling::SPELLINGS;
use jiff::civil::{Date, date};

use crate::{files, versions};

/// The day on which every test runs.
pub(crate) const TODAY: Date = date(2026, 11, 22);

/// The options of a plain run on that day.
pub(crate) const OPTIONS: Options<'static> = Options {
    mapping: None,
    input: None,
    wire: None,
    filter: None,
    fail_on: Severity::Error,
    max_size: 1 << 26,
    spellings: SPELLINGS,
    today: TODAY,
};

/// A root in a temporary folder.
pub(crate) struct Tree {
    folder: tempfile::TempDir,
}

impl Tree {
    /// An empty root.
    pub(crate) fn new() -> Self {
        Tree { folder: tempfile::tempdir().unwrap() }
    }

    /// The golden fixtures of this repository, and the tables that were reviewed.
    pub(crate) fn of_this_repository() -> Self {
        let tree = Tree::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &tree.root().join("fixtures"));
        tree
    }

    /// The same of one mapping, and the acceptances: all that a check of it reads, much sooner.
    pub(crate) fn of_mapping(id: &str) -> Self {
        let tree = Tree::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&root.join("fixtures").join(id), &tree.root().join("fixtures").join(id));
        let accepted = "fixtures/accepted.toml";
        tree.write(accepted, fs::read(root.join(accepted)).unwrap());
        tree
    }

    /// The same with the keys as they were captured.
    pub(crate) fn of_captured_mapping(id: &str) -> Self {
        let tree = Tree::of_mapping(id);
        for file in files::files_below(&format!("fixtures/{id}")) {
            let path = format!("fixtures/{id}/{file}");
            let text = fs::read_to_string(tree.path(&path)).unwrap();
            tree.write(&path, versions::file_as_captured(&path, &text));
        }
        tree
    }

    /// Adds the captures of this repository.
    pub(crate) fn copy_captures(&self) {
        let captures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/captures");
        copy(&captures, &self.root().join("fixtures/captures"));
    }

    /// The root.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Changes a file's text; the change must change it. It is given the text with the keys as they were captured, and
    /// what it makes of that is brought to the names of today: so it names keys as the captures do, whatever was renamed
    /// since.
    pub(crate) fn edit(&self, path: &str, change: impl FnOnce(&str) -> String) {
        let before = fs::read_to_string(self.path(path)).unwrap();
        let after = versions::file_today(path, &change(&versions::file_as_captured(path, &before)));
        assert_ne!(before, after, "the mutation of {path} changes nothing");
        fs::write(self.path(path), after).unwrap();
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// What the gate finds about one mapping: much sooner than about all.
    pub(crate) fn check_mapping(&self, catalogue: &Catalogue, id: &str) -> Report {
        let options = Options { mapping: Some(catalogue.mapping(id).unwrap()), ..OPTIONS };
        check_fixtures(self.root(), catalogue, &options).unwrap()
    }

    /// What the gate finds.
    pub(crate) fn check(&self, catalogue: &Catalogue) -> Report {
        check_fixtures(self.root(), catalogue, &OPTIONS).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // Truth tables and captures are no goldens, and large.
        if entry.file_type().unwrap().is_dir()
            && !["captures", "datetime"].iter().any(|name| entry.file_name() == *name)
        {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// The rules of the findings that are not accepted and no notes.
pub(crate) fn fired(report: &Report) -> BTreeSet<&'static str> {
    let open = report.findings.iter().filter(|finding| finding.accepted.is_none() && finding.severity > Severity::Note);
    open.map(|finding| finding.rule).collect()
}

/// The same in a tree that has no acceptances: what this repository accepts of the definitions themselves is left out.
pub(crate) fn fired_unaccepted(report: &Report) -> BTreeSet<&'static str> {
    let accepted = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/accepted.toml")).unwrap();
    let accepted: toml::Table = accepted.parse().unwrap();
    let is_known = |finding: &&Finding| {
        finding.rule == "null-dereferenced"
            && accepted["accepted"].as_array().unwrap().iter().any(|entry| {
                [("rule", finding.rule), ("mapping", &finding.mapping), ("pointer", &finding.pattern)]
                    .iter()
                    .all(|(key, value)| entry[*key].as_str() == Some(value))
            })
    };
    let is_open =
        |finding: &&Finding| finding.accepted.is_none() && finding.severity > Severity::Note && !is_known(finding);
    report.findings.iter().filter(is_open).map(|finding| finding.rule).collect()
}

/// Does the same with every item, on all processors; the results in the order of the items.
pub(crate) fn in_threads<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        while let Some((at, item)) = {
            let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            done.push((at, work(item)));
        }
        done
    };
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..processors).map(|_| scope.spawn(run)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        running.into_iter().flat_map(join).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
