//! The files on disk.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use super::{File, MAX_FILE, MAX_TREE, Tree, TreeError, is_beside, is_wanted, shown, text};

/// Folders that hold no sources of their own, unless they stand under a folder `src`.
const OUTPUTS: &[&str] = &["target", "build", "out", "bin", "node_modules"];

/// Reads the work tree under a folder. Links are not followed, so nothing outside of the folder is read.
///
/// # Errors
///
/// When the folder, or a file in it, cannot be read.
pub fn work_tree(root: &Path) -> Result<Tree, TreeError> {
    let mut tree = Tree { name: "work tree".to_owned(), files: Vec::new(), beside: Vec::new(), skipped: Vec::new() };
    let mut folders = VecDeque::from([(root.to_owned(), String::new(), false)]);
    let mut total = 0;
    while let Some((folder, prefix, in_src)) = folders.pop_front() {
        let failed = |error| TreeError::Read(shown(&folder), error);
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // Names that are no text are not those of Java files.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let (path, kind) = (format!("{prefix}{name}"), entry.file_type().map_err(failed)?);
            if kind.is_dir() {
                if !name.starts_with('.') && (in_src || !OUTPUTS.contains(&name.as_str())) {
                    let is_src = in_src || name == "src";
                    folders.push_back((entry.path(), format!("{path}/"), is_src));
                }
            } else if kind.is_file() && (is_beside(&path) || is_wanted(&path)) {
                let is_beside = is_beside(&path);
                let failed = |error| TreeError::Read(shown(&entry.path()), error);
                let size = entry.metadata().map_err(failed)?.len();
                let path: Arc<str> = Arc::from(path);
                if size > MAX_FILE && is_beside {
                    tree.beside.push(File { path, text: Arc::from("") });
                    continue;
                }
                if size > MAX_FILE {
                    tree.skipped.push((path, "larger than 1 MiB"));
                    continue;
                }
                total += size;
                if total > MAX_TREE {
                    return Err(TreeError::TooLarge(shown(root)));
                }
                match text(std::fs::read(entry.path()).map_err(failed)?) {
                    found if is_beside => tree.beside.push(File { path, text: found.unwrap_or_default() }),
                    Ok(text) => tree.files.push(File { path, text }),
                    Err(reason) => tree.skipped.push((path, reason)),
                }
            }
        }
    }
    tree.files.sort_by(|one, other| one.path.cmp(&other.path));
    tree.beside.sort_by(|one, other| one.path.cmp(&other.path));
    tree.skipped.sort();
    Ok(tree)
}
