//! Revisions, read through the program `git`: its objects only, so that no work tree and no index is touched.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::{
    File, LINK, MAX_FILE, MAX_TREE, SUBMODULE, Skipped, TOO_LONG, Tree, TreeError, is_beside, is_link_to_sources,
    is_resource, is_wanted, name_text, shown, text, work,
};

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

    /// Whether there are files on disk: a bare repository has none.
    ///
    /// # Errors
    ///
    /// When `git` cannot be started.
    pub fn has_work_tree(&self) -> Result<bool, TreeError> {
        Ok(self.run(&["rev-parse", "--is-inside-work-tree"])?.is_ok_and(|answer| answer.trim() == "true"))
    }

    /// How many files on disk, of those that say something, differ from the commit that is checked out; none in a bare
    /// repository.
    ///
    /// # Errors
    ///
    /// When `git` fails.
    pub fn dirty(&self) -> Result<usize, TreeError> {
        if !self.has_work_tree()? {
            return Ok(0);
        }
        // A file that is new in a new folder counts, whatever the configuration says; another repository's do not.
        let asked = ["--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all"];
        let filters = self.filters()?;
        let without: Vec<&str> = filters.iter().flat_map(|setting| ["-c", setting]).collect();
        let status =
            self.run(&[&without[..], &["status"], &asked, &["--", "."]].concat())?.map_err(TreeError::Message)?;
        let paths = status.split_terminator('\0').filter_map(|row| row.get(3..));
        Ok(paths.filter(|path| is_wanted(path) || is_beside(path)).count())
    }

    /// Settings that switch off each filter of the configuration: a filter is a program, and a file that it changes is
    /// compared as it is.
    fn filters(&self) -> Result<Vec<String>, TreeError> {
        let named =
            self.run(&["config", "--name-only", "-z", "--get-regexp", r"^filter\..*\.(clean|process|required)$"])?;
        // None is told as a failure.
        let named = named.unwrap_or_default();
        Ok(named.split_terminator('\0').map(|name| format!("{name}=")).collect())
    }

    /// Reads the files on disk as a commit of all of them would have them: what is ignored is left out, what a
    /// sparse checkout lacks is taken from `HEAD`, and no filter of the configuration is run.
    ///
    /// # Errors
    ///
    /// When there are none, a file cannot be read, or `git` fails.
    pub fn on_disk(&mut self) -> Result<Tree, TreeError> {
        if !self.has_work_tree()? {
            return Err(TreeError::NoWorkTree(shown(&self.dir)));
        }
        let list = ["ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard"];
        let listed = self.bytes(&list)?.map_err(TreeError::Message)?;
        let mut paths: Vec<(u8, Vec<u8>)> =
            listed.split(|byte| *byte == 0).filter_map(|row| Some((*row.first()?, row.get(2..)?.to_vec()))).collect();
        // One that is in conflict is listed thrice.
        paths.dedup_by(|one, other| one.1 == other.1);
        let (sparse, there): (Vec<_>, Vec<_>) = paths.into_iter().partition(|(tag, _)| *tag == b'S');
        let mut tree = work::listed(&self.dir, there.into_iter().map(|(_, path)| path))?;
        if !sparse.is_empty() {
            let sparse: BTreeSet<String> = sparse.iter().map(|(_, path)| name_text(path)).collect();
            let of_head = self.tree("HEAD")?;
            tree.files.extend(of_head.files.into_iter().filter(|file| sparse.contains(&*file.path)));
            tree.beside.extend(of_head.beside.into_iter().filter(|file| sparse.contains(&*file.path)));
            tree.skipped.extend(of_head.skipped.into_iter().filter(|file| sparse.contains(&*file.path)));
            tree.sort();
        }
        for skipped in &mut tree.skipped {
            if skipped.content.is_none() && ![LINK, SUBMODULE].contains(&skipped.reason) {
                let hashed = self.run(&["hash-object", "--no-filters", "--", &skipped.path])?;
                skipped.content = hashed.ok().map(|id| Arc::from(id.trim()));
            }
        }
        Ok(tree)
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
        let listed = self.bytes(&["ls-tree", "-r", "-l", "-z", commit])?.map_err(TreeError::Message)?;
        let listed: String = name_text(&listed);
        let mut tree = Tree { name: commit.to_owned(), files: Vec::new(), beside: Vec::new(), skipped: Vec::new() };
        let (mut entries, mut links, mut total) = (Vec::new(), Vec::new(), 0);
        for row in listed.split_terminator('\0') {
            let Some((facts, path)) = row.split_once('\t') else { continue };
            let facts: Vec<&str> = facts.split_ascii_whitespace().collect();
            match facts.as_slice() {
                &["120000", _, id, _] if is_link_to_sources(path) => links.push((path, id)),
                ["160000", ..] => {
                    tree.skipped.push(Skipped { path: Arc::from(path), reason: SUBMODULE, content: None });
                }
                _ => {}
            }
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
            if size > MAX_FILE && is_resource(path) {
                continue;
            }
            if size > MAX_FILE {
                let content = Some(Arc::from(id));
                tree.skipped.push(Skipped { path: Arc::from(path), reason: TOO_LONG, content });
                continue;
            }
            total += size;
            entries.push((path, id));
        }
        if total > MAX_TREE {
            return Err(TreeError::TooLarge(commit.to_owned()));
        }
        self.read_blobs(&[&entries[..], &links].concat())?;
        for (path, id) in links {
            // What a link holds is the name of what it leads to.
            let Some(target) = self.blobs.get(id) else {
                return Err(TreeError::NoObject(id.to_owned(), path.to_owned()));
            };
            tree.skipped.push(Skipped { path: Arc::from(path), reason: LINK, content: target.clone().ok() });
        }
        for (path, id) in entries {
            match self.blobs.get(id) {
                found @ Some(_) if is_beside(path) => {
                    let text = found.and_then(|found| found.clone().ok()).unwrap_or_default();
                    tree.beside.push(File { path: Arc::from(path), text });
                }
                Some(Ok(text)) => tree.files.push(File { path: Arc::from(path), text: text.clone() }),
                Some(Err(_)) if is_resource(path) => {}
                Some(Err(reason)) => {
                    let content = Some(Arc::from(id));
                    tree.skipped.push(Skipped { path: Arc::from(path), reason, content });
                }
                None => return Err(TreeError::NoObject(id.to_owned(), path.to_owned())),
            }
        }
        tree.sort();
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
        Ok(self.bytes(arguments)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The same, for what may hold names.
    fn bytes(&self, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, TreeError> {
        let output = self.command(arguments).stdin(Stdio::null()).output().map_err(TreeError::NoGit)?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        let line = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("failed without a message");
        Ok(Err(line.trim_start_matches("fatal: ").to_owned()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // A monitor of the file system is a program that the repository's configuration names.
        command.arg("-C").arg(&self.dir).args(["-c", "core.fsmonitor=false"]).args(arguments);
        // Messages are matched in English; nothing is locked, fetched or asked for, and each object is what its name says.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1");
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_REPLACE_OBJECTS", "1");
        // In a hook these name the repository of the hook, whatever folder is asked for.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"] {
            command.env_remove(name);
        }
        command
    }
}
