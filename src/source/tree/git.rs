//! Revisions, read through the program `git`: its objects only, so that no work tree and no index is touched.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::{File, MAX_FILE, MAX_TREE, Tree, TreeError, is_beside, is_wanted, shown, text};

/// A repository. Blobs that were read stay: a second revision reads only what differs.
#[derive(Debug)]
pub struct Git {
    dir: PathBuf,
    blobs: BTreeMap<String, Result<Arc<str>, &'static str>>,
}

impl Git {
    /// Opens the repository that a folder belongs to.
    ///
    /// # Errors
    ///
    /// When there is no program `git`, or no repository.
    pub fn open(dir: &Path) -> Result<Git, TreeError> {
        let git = Git { dir: dir.to_owned(), blobs: BTreeMap::new() };
        match git.run(&["rev-parse", "--git-dir"])? {
            Ok(_) => Ok(git),
            // Another reason, such as an owner that git does not trust, is git's to say.
            Err(message) if message.contains("not a git repository") => Err(TreeError::NotARepository(shown(dir))),
            Err(message) => Err(TreeError::Message(message)),
        }
    }

    /// The repository at its top folder, wherever in it this one was opened; a bare one stays as it is.
    ///
    /// # Errors
    ///
    /// When `git` cannot be started.
    pub fn at_top(self) -> Result<Git, TreeError> {
        let top = self.run(&["rev-parse", "--show-toplevel"])?.unwrap_or_default();
        let top = top.trim_end_matches('\n');
        Ok(if top.is_empty() { self } else { Git { dir: PathBuf::from(top), ..self } })
    }

    /// The folder whose files count.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The commit that a revision names, as 40 hexadecimal digits.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn commit(&self, revision: &str) -> Result<String, TreeError> {
        let unknown = |shallow| TreeError::UnknownRevision { revision: revision.to_owned(), shallow };
        let name = format!("{revision}^{{commit}}");
        match self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name])? {
            Ok(commit) => Ok(commit.trim().to_owned()),
            Err(_) => Err(unknown(self.is_shallow()?)),
        }
    }

    /// The best common ancestor of two commits.
    ///
    /// # Errors
    ///
    /// When there is none, or the clone is too shallow to have it.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<String, TreeError> {
        match self.run(&["merge-base", "--end-of-options", one, other])? {
            Ok(commit) => Ok(commit.trim().to_owned()),
            Err(_) => {
                let revisions = (one.to_owned(), other.to_owned());
                Err(TreeError::NoMergeBase { revisions, shallow: self.is_shallow()? })
            }
        }
    }

    /// The commit that a pull request or a branch is compared with where nobody says: what `GITHUB_BASE_REF` names, else
    /// what `origin/HEAD` does, else `main` or `master`. With its name.
    ///
    /// # Errors
    ///
    /// When there is none of them.
    pub fn default_base(&self, github_base_ref: Option<&str>) -> Result<(String, String), TreeError> {
        if let Some(name) = github_base_ref.filter(|name| !name.is_empty()) {
            return self.base(name);
        }
        for name in ["origin/HEAD", "main", "master"] {
            match self.base(name) {
                Err(TreeError::UnknownRevision { .. }) => {}
                found => return found,
            }
        }
        Err(TreeError::NoBase)
    }

    /// The commit of a base, with its name. A branch that is not checked out is only known as that of `origin`.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn base(&self, name: &str) -> Result<(String, String), TreeError> {
        let remote = format!("origin/{name}");
        match self.commit(name) {
            Ok(commit) => Ok((commit, name.to_owned())),
            Err(error) => self.commit(&remote).map(|commit| (commit, remote)).map_err(|_| error),
        }
    }

    /// How many files on disk, of those that say something, differ from the commit that is checked out.
    ///
    /// # Errors
    ///
    /// When `git` fails.
    pub fn dirty(&self) -> Result<usize, TreeError> {
        let status =
            self.run(&["status", "--porcelain", "-z", "--no-renames", "--", "."])?.map_err(TreeError::Message)?;
        let paths = status.split_terminator('\0').filter_map(|row| row.get(3..));
        Ok(paths.filter(|path| is_wanted(path) || is_beside(path)).count())
    }

    /// Whether the history of this clone ends early.
    ///
    /// # Errors
    ///
    /// When `git` cannot be started.
    pub fn is_shallow(&self) -> Result<bool, TreeError> {
        Ok(self.run(&["rev-parse", "--is-shallow-repository"])?.is_ok_and(|answer| answer.trim() == "true"))
    }

    /// Reads the files of a commit, under the folder that the repository was opened at.
    ///
    /// # Errors
    ///
    /// When `git` fails, or there is too much.
    pub fn tree(&mut self, commit: &str) -> Result<Tree, TreeError> {
        let listed = self.run(&["ls-tree", "-r", "-l", "-z", commit])?.map_err(TreeError::Message)?;
        let mut tree = Tree { name: commit.to_owned(), files: Vec::new(), beside: Vec::new(), skipped: Vec::new() };
        let (mut entries, mut total) = (Vec::new(), 0);
        for row in listed.split_terminator('\0') {
            let Some((facts, path)) = row.split_once('\t') else { continue };
            let facts: Vec<&str> = facts.split_ascii_whitespace().collect();
            // Links (120000) are not followed; submodules (160000) are repositories of their own.
            let is_beside = is_beside(path);
            let (&[mode, _, id, size], true) = (facts.as_slice(), is_beside || is_wanted(path)) else { continue };
            if !mode.starts_with("100") {
                continue;
            }
            // A clone without blobs has no sizes: what is not there must not pass for what never was.
            let Ok(size) = size.parse::<u64>() else { return Err(TreeError::NoObject(id.to_owned(), path.to_owned())) };
            if size > MAX_FILE && is_beside {
                tree.beside.push(File { path: Arc::from(path), text: Arc::from("") });
                continue;
            }
            if size > MAX_FILE {
                tree.skipped.push((Arc::from(path), "larger than 1 MiB"));
                continue;
            }
            total += size;
            entries.push((path, id));
        }
        if total > MAX_TREE {
            return Err(TreeError::TooLarge(commit.to_owned()));
        }
        self.read_blobs(&entries)?;
        for (path, id) in entries {
            match self.blobs.get(id) {
                found @ Some(_) if is_beside(path) => {
                    let text = found.and_then(|found| found.clone().ok()).unwrap_or_default();
                    tree.beside.push(File { path: Arc::from(path), text });
                }
                Some(Ok(text)) => tree.files.push(File { path: Arc::from(path), text: text.clone() }),
                Some(Err(reason)) => tree.skipped.push((Arc::from(path), reason)),
                None => return Err(TreeError::NoObject(id.to_owned(), path.to_owned())),
            }
        }
        tree.files.sort_by(|one, other| one.path.cmp(&other.path));
        tree.beside.sort_by(|one, other| one.path.cmp(&other.path));
        tree.skipped.sort();
        Ok(tree)
    }

    /// Reads what is not read yet, in one run of `cat-file`.
    fn read_blobs(&mut self, entries: &[(&str, &str)]) -> Result<(), TreeError> {
        let mut wanted: Vec<&str> = entries.iter().map(|&(_, id)| id).collect();
        wanted.retain(|id| !self.blobs.contains_key(*id));
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Ok(());
        }
        let mut child = self
            .command(&["cat-file", "--batch", "--buffer"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(TreeError::NoGit)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let asked = wanted.join("\n") + "\n";
        let read = std::thread::scope(|scope| {
            // Asked from another thread, or both would wait when the pipes are full.
            let writer = scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
            let read = stdout.map_or(Ok(()), |stdout| self.read_answers(BufReader::new(stdout), wanted.len()));
            let _ = writer.join();
            read
        });
        let _ = child.wait();
        read.map_err(|error| TreeError::Message(format!("cat-file: {error}")))
    }

    fn read_answers(&mut self, mut answers: impl BufRead, count: usize) -> std::io::Result<()> {
        for _ in 0..count {
            let mut head = String::new();
            answers.read_line(&mut head)?;
            let facts: Vec<&str> = head.split_ascii_whitespace().collect();
            // A missing object has no size; `tree` says which one it is.
            let &[id, _, size] = facts.as_slice() else { continue };
            let size = size.parse::<u64>().map_err(std::io::Error::other)?;
            let mut bytes = Vec::new();
            answers.by_ref().take(size + 1).read_to_end(&mut bytes)?;
            bytes.pop();
            self.blobs.insert(id.to_owned(), text(bytes));
        }
        Ok(())
    }

    /// Runs `git`: what it wrote, or what it complained of.
    fn run(&self, arguments: &[&str]) -> Result<Result<String, String>, TreeError> {
        let output = self.command(arguments).stdin(Stdio::null()).output().map_err(TreeError::NoGit)?;
        if output.status.success() {
            return Ok(Ok(String::from_utf8_lossy(&output.stdout).into_owned()));
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        let line = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("failed without a message");
        Ok(Err(line.trim_start_matches("fatal: ").to_owned()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // A monitor of the file system is a program that the repository's configuration names.
        command.arg("-C").arg(&self.dir).args(["-c", "core.fsmonitor=false"]).args(arguments);
        // Messages are matched in English; nothing is locked, fetched or asked for.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1");
        command.env("GIT_TERMINAL_PROMPT", "0");
        command
    }
}
