//! The files on disk.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{
    File, LINK, MAX_FILE, MAX_TREE, SUBMODULE, Skipped, TOO_LONG, Tree, TreeError, is_beside, is_link_to_sources,
    is_resource, is_wanted, name_text, shown, text,
};

/// Folders that hold no sources of their own, unless they stand under a folder `src`.
const OUTPUTS: &[&str] = &["target", "build", "out", "bin", "node_modules"];

/// Reads the work tree under a folder. Links are not followed, so nothing outside of the folder is read; nor is what
/// stands in a repository within the repository, as a submodule does.
///
/// # Errors
///
/// When the folder, or a file in it, cannot be read.
pub fn work_tree(root: &Path) -> Result<Tree, TreeError> {
    let mut read = Reading::new(root);
    let is_repository = root.join(".git").symlink_metadata().is_ok();
    let mut folders = VecDeque::from([(root.to_owned(), String::new(), false)]);
    while let Some((folder, prefix, in_src)) = folders.pop_front() {
        let failed = |error| TreeError::Read(shown(&folder), error);
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = name_text(entry.file_name().as_encoded_bytes());
            let (path, kind) = (format!("{prefix}{name}"), entry.file_type().map_err(failed)?);
            if kind.is_dir() {
                let is_own = is_repository && entry.path().join(".git").symlink_metadata().is_ok();
                if name.starts_with('.') || !in_src && OUTPUTS.contains(&name.as_str()) {
                    continue;
                }
                if is_own {
                    read.skip(&entry.path(), path, SUBMODULE);
                } else {
                    let is_src = in_src || name == "src";
                    folders.push_back((entry.path(), format!("{path}/"), is_src));
                }
            } else if kind.is_file() {
                read.add(&entry.path(), path)?;
            } else if kind.is_symlink() && is_link_to_sources(&path) {
                read.skip(&entry.path(), path, LINK);
            }
        }
    }
    Ok(read.sorted())
}

/// Reads the files on disk that git knows of: the same that a commit of them would have.
pub(super) fn listed(root: &Path, paths: impl Iterator<Item = Vec<u8>>) -> Result<Tree, TreeError> {
    let mut read = Reading::new(root);
    let mut folders: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for path in paths {
        let name = name_text(&path);
        let on_disk = root.join(os_path(&path));
        // What stands behind a link, or no longer stands there, a commit would not have either.
        let Ok(there) = on_disk.symlink_metadata() else { continue };
        // Of folders only submodules are listed by name; a repository that git does not know ends with a slash.
        let reason = match () {
            () if there.is_symlink() && is_link_to_sources(&name) => Some(LINK),
            () if there.is_dir() && !name.ends_with('/') => Some(SUBMODULE),
            () => None,
        };
        let is_own = is_own(root, on_disk.parent(), &mut folders);
        if let Some(reason) = reason.filter(|_| is_own) {
            read.skip(&on_disk, name, reason);
            continue;
        }
        let is_there = there.is_file();
        if (is_beside(&name) || is_wanted(&name)) && is_there && is_own {
            read.add(&on_disk, name)?;
        }
    }
    Ok(read.sorted())
}

/// Whether no link leads to a folder from the root.
fn is_own(root: &Path, folder: Option<&Path>, known: &mut BTreeMap<PathBuf, bool>) -> bool {
    let Some(folder) = folder.filter(|folder| *folder != root) else { return true };
    if let Some(known) = known.get(folder) {
        return *known;
    }
    let own = folder.symlink_metadata().is_ok_and(|it| it.is_dir()) && is_own(root, folder.parent(), known);
    known.insert(folder.to_owned(), own);
    own
}

/// A path as git has it.
#[cfg(unix)]
fn os_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// A path as git has it.
#[cfg(not(unix))]
fn os_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

struct Reading<'r> {
    root: &'r Path,
    tree: Tree,
    total: u64,
}

impl<'r> Reading<'r> {
    fn new(root: &'r Path) -> Self {
        let tree = Tree { name: "work tree".to_owned(), files: Vec::new(), beside: Vec::new(), skipped: Vec::new() };
        Reading { root, tree, total: 0 }
    }

    /// Reads a file, if it says something.
    fn add(&mut self, on_disk: &Path, path: String) -> Result<(), TreeError> {
        let is_beside = is_beside(&path);
        if !is_beside && !is_wanted(&path) {
            return Ok(());
        }
        let failed = |error| TreeError::Read(shown(on_disk), error);
        let size = on_disk.symlink_metadata().map_err(failed)?.len();
        let path: Arc<str> = Arc::from(path);
        if size > MAX_FILE && is_beside {
            self.tree.beside.push(File { path, text: Arc::from("") });
            return Ok(());
        }
        if size > MAX_FILE && is_resource(&path) {
            return Ok(());
        }
        if size > MAX_FILE {
            self.tree.skipped.push(Skipped { path, reason: TOO_LONG, content: None });
            return Ok(());
        }
        self.total += size;
        if self.total > MAX_TREE {
            return Err(TreeError::TooLarge(shown(self.root)));
        }
        match text(std::fs::read(on_disk).map_err(failed)?) {
            found if is_beside => self.tree.beside.push(File { path, text: found.unwrap_or_default() }),
            Ok(text) => self.tree.files.push(File { path, text }),
            Err(_) if is_resource(&path) => {}
            Err(reason) => self.tree.skipped.push(Skipped { path, reason, content: None }),
        }
        Ok(())
    }

    /// Lists what is not read.
    fn skip(&mut self, on_disk: &Path, path: String, reason: &'static str) {
        let target = on_disk.read_link().ok().filter(|_| reason == LINK);
        let content = target.map(|target| Arc::from(name_text(target.as_os_str().as_encoded_bytes())));
        self.tree.skipped.push(Skipped { path: Arc::from(path), reason, content });
    }

    fn sorted(mut self) -> Tree {
        self.tree.sort();
        self.tree
    }
}
