//! A tree of source files: a work tree, or a revision in git. Nothing is written, and no link is followed.

mod git;
mod work;

use std::path::Path;
use std::sync::Arc;

pub use git::Git;
pub use work::work_tree;

/// Larger files are not sources that a person wrote: they are listed as unread.
pub const MAX_FILE: u64 = 1 << 20;
/// Why such a file is not read.
const TOO_LONG: &str = "larger than 1 MiB";
/// Why what a symbolic link names is not read.
pub const LINK: &str = "a symbolic link, which is not followed";
/// Why the files of a submodule are not read.
pub const SUBMODULE: &str = "a repository of its own, such as a submodule: its files are not read";
/// Why a file that Git LFS keeps elsewhere is not read.
const LFS: &str = "a git-lfs pointer: the file itself is not in the repository";
/// How such a pointer begins; the slashes are written so that nobody takes them for a comment.
const LFS_HEAD: &[u8] = b"version https:\x2f\x2fgit-lfs.github.com/spec/";
/// Trees with more text than this are refused.
pub const MAX_TREE: u64 = 512 << 20;

/// The files of a tree that may be read for the wire, by path.
#[derive(Debug)]
pub struct Tree {
    /// What it is called in a report: `work tree`, or a revision.
    pub name: String,
    /// The files, in order of their paths.
    pub files: Vec<File>,
    /// Files that guard the wire, or say something of it that is not read: JSON files of tests, `dtogate-accepted.toml` at the
    /// root, Kotlin, `lombok.config`; in order of their paths. One that is no text, or too large, has none here.
    pub beside: Vec<File>,
    /// Files that were left out; in order of their paths.
    pub skipped: Vec<Skipped>,
}

impl Tree {
    fn sort(&mut self) {
        self.files.sort_by(|one, other| one.path.cmp(&other.path));
        self.beside.sort_by(|one, other| one.path.cmp(&other.path));
        self.skipped.sort();
    }
}

/// A file that was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its path.
    pub path: Arc<str>,
    /// Why, in a lower-case fragment.
    pub reason: &'static str,
    /// What git calls its content; none where nobody has asked.
    pub content: Option<Arc<str>>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct File {
    /// The path from the root of the tree, with `/` between its parts.
    pub path: Arc<str>,
    /// The text. Files of equal content may share it.
    pub text: Arc<str>,
}

impl File {
    /// Whether it belongs to the tests: those serve guards, and are never configuration.
    pub fn is_test(&self) -> bool {
        is_test(&self.path)
    }
}

/// Why a tree cannot be read.
#[derive(Debug)]
pub enum TreeError {
    /// The program `git` cannot be started.
    NoGit(std::io::Error),
    /// A folder belongs to no repository.
    NotARepository(String),
    /// A repository that has no files on disk.
    NoWorkTree(String),
    /// A revision that the repository does not have.
    UnknownRevision {
        /// What was asked for.
        revision: String,
        /// Whether the clone is shallow, and so may lack it.
        shallow: bool,
    },
    /// Two revisions without a common ancestor in this clone.
    NoMergeBase {
        /// One and the other.
        revisions: (String, String),
        /// Whether the clone is shallow, and so may lack it.
        shallow: bool,
    },
    /// No revision to compare with: nothing says which, and none has a usual name.
    NoBase,
    /// Something that `git` said.
    Message(String),
    /// A file or folder cannot be read.
    Read(String, std::io::Error),
    /// More text than [`MAX_TREE`].
    TooLarge(String),
    /// An object that a commit names and the repository does not have, and the path.
    NoObject(String, String),
}

impl std::fmt::Display for TreeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let deepen = |shallow: bool| match shallow {
            true => {
                "; the clone is shallow: fetch more of it with `git fetch --unshallow`, or check out with fetch-depth: 0"
            }
            false => "",
        };
        match self {
            TreeError::NoObject(id, path) => write!(
                f,
                "the repository has not got the content of {path} (object {id}): is it a partial clone? fetch all with \
                 `git fetch --refetch --filter=blob:limit=1g`, or check out without a filter"
            ),
            TreeError::NoGit(error) => write!(f, "cannot start git: {error}"),
            TreeError::NotARepository(dir) => write!(f, "expected a git repository, found none at {dir}"),
            TreeError::UnknownRevision { revision, shallow } => {
                write!(f, "no revision {revision:?} in this repository{}", deepen(*shallow))
            }
            TreeError::NoMergeBase { revisions: (one, other), shallow } => {
                write!(f, "no common ancestor of {one} and {other} in this repository{}", deepen(*shallow))
            }
            TreeError::NoWorkTree(dir) => {
                write!(f, "{dir} is a bare repository: it has no files on disk; leave --worktree out")
            }
            TreeError::NoBase => f.write_str(
                "no base to compare with: expected GITHUB_BASE_REF, origin/HEAD, main or master, found none; name one: \
                 dtogate diff BASE",
            ),
            TreeError::Message(message) => write!(f, "git: {message}"),
            TreeError::Read(path, error) => write!(f, "cannot read {path}: {error}"),
            TreeError::TooLarge(name) => {
                write!(f, "expected at most {} MiB of sources in {name}, found more", MAX_TREE >> 20)
            }
        }
    }
}

impl std::error::Error for TreeError {}

/// Whether a path may say something about the wire: Java, and the configuration of a Spring application.
pub(crate) fn is_wanted(path: &str) -> bool {
    if path.ends_with(".java") {
        return !path.ends_with("package-info.java") && !path.ends_with("module-info.java");
    }
    is_application(path) || is_resource(path)
}

/// Whether a path is that of a file that an application file may import: it says nothing else.
pub(crate) fn is_resource(path: &str) -> bool {
    let is_settings = [".properties", ".yml", ".yaml"].iter().any(|kind| path.ends_with(kind));
    is_settings
        && !is_application(path)
        && (path.starts_with("src/main/resources/") || path.contains("/src/main/resources/"))
}

/// Whether a path is that of an application file of Spring Boot.
pub(crate) fn is_application(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".properties").or(name.strip_suffix(".yml")).or(name.strip_suffix(".yaml"));
    stem.is_some_and(|stem| {
        ["application", "bootstrap"]
            .iter()
            .any(|kind| stem.strip_prefix(kind).is_some_and(|profile| profile.is_empty() || profile.starts_with('-')))
    })
}

/// The file at the root of a tree that accepts findings.
pub const ACCEPTED: &str = "dtogate-accepted.toml";

/// Whether a file stands beside the sources: it guards the wire, or says something of it that is not read.
pub(crate) fn is_beside(path: &str) -> bool {
    let is_unread = path.ends_with(".kt") || path == "lombok.config" || path.ends_with("/lombok.config");
    path == ACCEPTED || path.ends_with(".json") && is_test(path) || is_unread && !is_test(path)
}

/// Whether a path belongs to the tests: a folder `test` or `…Test` under a folder `src`, or test fixtures.
pub(crate) fn is_test(path: &str) -> bool {
    let mut parts = path.split('/');
    while let Some(part) = parts.next() {
        if part == "src" {
            let set = parts.clone().next().unwrap_or_default().to_ascii_lowercase();
            if set.ends_with("test") || set.ends_with("tests") || set == "testfixtures" {
                return true;
            }
        }
    }
    false
}

/// Whether a symbolic link of a path may lead to sources: to a file of them, or to a folder of Java.
fn is_link_to_sources(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_folder =
        !name.contains('.') && (folder.split('/').any(|part| part == "java") || ["java", "src"].contains(&name));
    !is_test(path) && (is_folder || is_wanted(path) || is_beside(path) && !path.ends_with(".json"))
}

/// The text of a file, or why it has none. Java of old times may be Latin-1: each byte is then a character.
fn text(bytes: Vec<u8>) -> Result<Arc<str>, &'static str> {
    if bytes.contains(&0) {
        return Err("binary");
    }
    if bytes.starts_with(LFS_HEAD) {
        return Err(LFS);
    }
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect::<String>());
    Ok(Arc::from(text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// A part of a path as text: bytes that are none stand there as `\xff`, so that two names stay two.
fn name_text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    text
}

/// A path as it is said in messages.
fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_java_and_application_files_are_wanted() {
        assert!(is_resource("m/src/main/resources/jackson.yml") && !is_resource("docs/jackson.yml"));
        for path in [
            "a/B.java",
            "src/main/resources/jackson.yml",
            "src/main/resources/application.yml",
            "application-dev.properties",
            "bootstrap.yaml",
        ] {
            assert!(is_wanted(path), "{path}");
        }
        for path in ["package-info.java", "applications.yml", "logback.xml", "application", "x/application.json"] {
            assert!(!is_wanted(path), "{path}");
        }
    }

    #[test]
    fn json_of_tests_and_acceptances_stand_beside() {
        for path in [
            "src/test/resources/a.json",
            "m/src/test/java/golden/a.json",
            "dtogate-accepted.toml",
            "m/lombok.config",
            "src/main/kotlin/A.kt",
        ] {
            assert!(is_beside(path) && !is_wanted(path), "{path}");
        }
        for path in ["src/main/resources/a.json", "m/dtogate-accepted.toml", "package.json", "src/test/kotlin/A.kt"] {
            assert!(!is_beside(path), "{path}");
        }
    }

    #[test]
    fn test_sources_are_told_apart() {
        for path in
            ["src/test/java/A.java", "m/src/integrationTest/java/A.java", "m/src/test/resources/application.yml"]
        {
            assert!(is_test(path), "{path}");
        }
        for path in ["src/main/java/test/A.java", "test/src/main/java/A.java", "src/main/java/com/acme/ATest.java"] {
            assert!(!is_test(path), "{path}");
        }
    }

    #[test]
    fn names_that_are_no_text_stay_apart() {
        assert_eq!(name_text("café".as_bytes()), "café");
        assert_eq!([name_text(b"caf\xe9"), name_text(b"caf\xe8")], ["caf\\xe9", "caf\\xe8"]);
    }

    #[test]
    fn latin_1_is_text_and_binary_is_none() {
        assert_eq!(text(b"caf\xe9".to_vec()).as_deref(), Ok("café"));
        assert_eq!(text(b"\xef\xbb\xbfa".to_vec()).as_deref(), Ok("a"));
        assert_eq!(text(vec![b'a', 0]), Err("binary"));
        assert_eq!(text([LFS_HEAD, b"v1\noid sha256:0\n"].concat()), Err(LFS));
    }

    #[test]
    fn links_count_that_may_lead_to_sources() {
        for path in ["src/main/java/A.java", "src/main/java/common", "m/src", "src/main/resources/application.yml"] {
            assert!(is_link_to_sources(path), "{path}");
        }
        for path in ["docs/current", "src/test/java/A.java", "src/main/resources/static/app", "java.md", "latest"] {
            assert!(!is_link_to_sources(path), "{path}");
        }
    }
}
