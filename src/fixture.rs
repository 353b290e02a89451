//! The golden files of a repository, read once, sorted, strict about names.
//!
//! ```text
//! fixtures/<mapping>/table.json                                      what feeds what, as it was reviewed
//! fixtures/<mapping>/valid/<case>[@<configuration>].json             what the producer really sends
//! fixtures/<mapping>/valid/<case>[@<configuration>].expected.json    what must come out
//! fixtures/<mapping>/<valid|invalid>/<case>.<input>[-<key>].json     further inputs of an aggregation
//! fixtures/<mapping>/invalid/<case>[@<configuration>].json           what must be refused
//! fixtures/<mapping>/invalid/<case>[@<configuration>].expected.json  {"stage": "...", "rules": ["..."]}
//! ```
//!
//! A case under another configuration takes the expectation and the inputs of the case of the same name where it
//! has none of its own: one meaning in two layouts has one answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::error::Error;
pub use crate::finding::CaseKind;
use crate::mapping::{Catalogue, Mapping};
use crate::suggest::some;
use crate::tool;
use crate::update::journal::is_interrupted;

mod beside;
mod entry;

pub use beside::Folders;
pub(crate) use entry::unfit;
use entry::{Entry, sorted_entries};

/// Files of `fixtures/` itself that are no mapping's.
const OWN_FILES: [&str; 6] =
    ["README.md", "accepted.toml", "manifest.jsonl", "reasons.jsonl", "synthetic.toml", "versions.jsonl"];

/// Folders of `fixtures/` that are no mapping's.
const OWN_FOLDERS: [&str; 2] = ["captures", "datetime"];

/// The content of a file that may be too large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It has more bytes than it may have, and was not read.
    TooLarge {
        /// How many it has; at least so many, for a pipe.
        size: u64,
        /// How many it may have: `--max-size`.
        limit: u64,
    },
}

impl Content {
    /// The bytes; none where it was too large.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Content::Bytes(bytes) => bytes,
            Content::TooLarge { .. } => &[],
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path as a report shows it: relative to the root where it is below it, with `/`.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// A further input of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurtherFile {
    /// Which of the mapping's inputs.
    pub name: String,
    /// For whom.
    pub key: Option<String>,
    /// The file.
    pub file: File,
}

/// One golden payload of a mapping.
#[derive(Clone)]
pub struct Case {
    /// The mapping.
    pub mapping: &'static Mapping,
    /// What it is there to show.
    pub kind: CaseKind,
    /// Its name, with `@<configuration>` where the file has one.
    pub name: String,
    /// The configuration after the `@`.
    pub configuration: Option<&'static crate::java::config::MapperConfig>,
    /// The payload.
    pub payload: File,
    /// What else the mapping reads.
    pub further: Vec<FurtherFile>,
    /// The expectation.
    pub expected: Option<File>,
    /// Which of the mapping's further inputs the payload is, where it is one that is checked by itself.
    pub input: Option<&'static str>,
}

impl Case {
    /// `<mapping>/<kind>/<name>`, what `--filter` looks at.
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.mapping.id, self.kind.name(), self.name)
    }
}

/// A file that belongs to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The file.
    pub path: String,
    /// The mapping in whose folder it lies; empty for none.
    pub mapping: String,
    /// Lower-case fragment: what is wrong with it.
    pub reason: String,
}

/// All of `fixtures/`.
#[derive(Clone, Default)]
pub struct Store {
    /// The cases, by mapping, kind and name.
    pub cases: Vec<Case>,
    /// The files that belong to nothing, by path.
    pub strays: Vec<Stray>,
}

/// Reads a file, up to a size.
///
/// # Errors
///
/// What the operating system refuses, a directory included.
pub fn read_file(path: &Path, shown: String, max_size: u64) -> Result<File, Error> {
    let refuse = |source| Error::Read { path: shown.clone(), source };
    let file = fs::File::open(path).map_err(refuse)?;
    let metadata = file.metadata().map_err(refuse)?;
    if metadata.is_dir() {
        return Err(Error::Directory { path: shown });
    }
    if metadata.len() > max_size {
        return Ok(File { path: shown, content: Content::TooLarge { size: metadata.len(), limit: max_size } });
    }
    // One byte more than allowed: a pipe has no length to ask for beforehand.
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    let read = file.take(max_size.saturating_add(1)).read_to_end(&mut bytes).map_err(refuse)? as u64;
    let content =
        if read > max_size { Content::TooLarge { size: read, limit: max_size } } else { Content::Bytes(bytes) };
    Ok(File { path: shown, content })
}

/// A path as reports show it: relative to a folder where it is below it, with `/` on every system.
pub fn shown(path: &Path, base: &Path) -> String {
    let path = path.strip_prefix(base).unwrap_or(path);
    let shown = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { shown.into_owned() } else { shown.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Reads the fixtures below a root.
///
/// # Errors
///
/// What the operating system refuses; that there is no folder `fixtures/`.
pub fn read_store(root: &Path, catalogue: &Catalogue, max_size: u64) -> Result<Store, Error> {
    let fixtures = root.join("fixtures");
    if !fixtures.is_dir() {
        return Err(Error::NoFixtures { root: root.display().to_string() });
    }
    if is_interrupted(root) {
        return Err(Error::Usage(format!(
            "an update was interrupted in {}: run the command that writes again, it finishes that first",
            root.display()
        )));
    }
    is_of(root, catalogue)?;
    let mut reader = StoreReader { root, catalogue, max_size, store: Store::default() };
    match Entry::of(&fixtures, root) {
        Entry::Folder => {
            for path in sorted_entries(&fixtures)? {
                reader.top(&path)?;
            }
        }
        Entry::File => {}
        Entry::Unfit(reason) => reader.stray(&fixtures, "", reason),
    }
    let mut store = reader.store;
    store.cases.sort_by(|a, b| (a.mapping.id, a.kind, &a.name).cmp(&(b.mapping.id, b.kind, &b.name)));
    store.strays.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(store)
}

/// Whether a root is one of this catalogue. It is not where no mapping has a folder below `fixtures/`, and another folder
/// is laid out as that of a mapping.
///
/// # Errors
///
/// That it is another tool's, and what this one knows; what the operating system refuses.
pub fn is_of(root: &Path, catalogue: &Catalogue) -> Result<(), Error> {
    let fixtures = root.join("fixtures");
    let mut foreign = None;
    for path in sorted_entries(&fixtures)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if catalogue.mapping(&name).is_some() && path.is_dir() {
            return Ok(());
        }
        let is_own = OWN_FOLDERS.contains(&name.as_str());
        if !is_own && ["valid", "invalid", "table.json"].iter().any(|part| path.join(part).exists()) {
            foreign.get_or_insert(name);
        }
    }
    let Some(foreign) = foreign else { return Ok(()) };
    let known: Vec<&str> = catalogue.mappings.iter().map(|mapping| mapping.id).collect();
    Err(Error::Usage(format!(
        "{} is of another tool: it has {foreign}, and {} knows {}; name another folder with --root, or run the binary that \
         has these mappings",
        fixtures.display(),
        tool::name(),
        some(&known),
    )))
}

struct StoreReader<'s> {
    root: &'s Path,
    catalogue: &'s Catalogue,
    max_size: u64,
    store: Store,
}

/// The files of one `valid/` or `invalid/`, sorted by what they are.
#[derive(Default)]
struct Parts {
    payloads: BTreeMap<String, PathBuf>,
    expected: BTreeMap<String, PathBuf>,
    further: BTreeMap<String, Vec<(String, Option<String>, PathBuf)>>,
}

impl StoreReader<'_> {
    fn stray(&mut self, path: &Path, mapping: &str, reason: impl Into<String>) {
        let stray = Stray { path: shown(path, self.root), mapping: mapping.to_owned(), reason: reason.into() };
        self.store.strays.push(stray);
    }

    fn top(&mut self, path: &Path) -> Result<(), Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match Entry::of(path, self.root) {
            Entry::Folder => {}
            Entry::File => {
                if !OWN_FILES.contains(&name.as_ref()) {
                    let expected = format!("expected a folder per mapping, or one of {}", OWN_FILES.join(", "));
                    self.stray(path, "", expected);
                }
                return Ok(());
            }
            Entry::Unfit(reason) => {
                self.stray(path, "", reason);
                return Ok(());
            }
        }
        if OWN_FOLDERS.contains(&name.as_ref()) {
            return self.tables(path);
        }
        let Some(mapping) = self.catalogue.mapping(&name) else {
            self.stray(path, "", tool::named("no mapping has the folder's name; `dtogate list` names them"));
            return Ok(());
        };
        for path in sorted_entries(path)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match (name.as_ref(), Entry::of(&path, self.root)) {
                ("valid", Entry::Folder) => self.folder(mapping, CaseKind::Valid, &path)?,
                ("invalid", Entry::Folder) => self.folder(mapping, CaseKind::Invalid, &path)?,
                (_, Entry::Unfit(reason)) => self.stray(&path, mapping.id, reason),
                ("table.json", Entry::File) => {}
                _ => self.stray(&path, mapping.id, "expected the folders valid/ and invalid/, and table.json"),
            }
        }
        Ok(())
    }

    /// Truth tables and captures: rows and payloads, at any depth.
    fn tables(&mut self, folder: &Path) -> Result<(), Error> {
        for path in sorted_entries(folder)? {
            let is_data = path.extension().is_some_and(|ending| ending == "json" || ending == "jsonl");
            match Entry::of(&path, self.root) {
                Entry::Folder => self.tables(&path)?,
                Entry::Unfit(reason) => self.stray(&path, "", reason),
                Entry::File if is_data => {}
                Entry::File => self.stray(&path, "", "expected a name that ends in .json or .jsonl"),
            }
        }
        Ok(())
    }

    fn folder(&mut self, mapping: &'static Mapping, kind: CaseKind, folder: &Path) -> Result<(), Error> {
        let mut parts = Parts::default();
        for path in sorted_entries(folder)? {
            self.sort_file(mapping, path, &mut parts);
        }
        let mut used = BTreeSet::new();
        for (name, path) in &parts.payloads {
            let (case, configuration) = match name.split_once('@') {
                None => (name.as_str(), None),
                Some((case, configuration)) => (case, Some(configuration)),
            };
            let configuration = match configuration {
                None => None,
                Some(configuration) => match self.catalogue.config(configuration) {
                    Some(configuration) => Some(configuration),
                    None => {
                        let reason =
                            format!("no configuration is named {configuration:?}; `{} list` names them", tool::name());
                        self.stray(path, mapping.id, reason);
                        continue;
                    }
                },
            };
            let own_or_shared = |has: &dyn Fn(&str) -> bool| if has(name) { name.clone() } else { case.to_owned() };
            let expected_name = own_or_shared(&|name| parts.expected.contains_key(name));
            let further_name = own_or_shared(&|name| parts.further.contains_key(name));
            used.insert(expected_name.clone());
            used.insert(further_name.clone());
            let expected = parts.expected.get(&expected_name).map(|path| self.read(path)).transpose()?;
            let mut further = Vec::new();
            for (input, key, path) in parts.further.get(&further_name).into_iter().flatten() {
                further.push(FurtherFile { name: input.clone(), key: key.clone(), file: self.read(path)? });
            }
            let payload = self.read(path)?;
            self.store.cases.push(Case {
                mapping,
                kind,
                name: name.clone(),
                configuration,
                payload,
                further,
                expected,
                input: None,
            });
        }
        for (name, path) in &parts.expected {
            // Others may borrow an expectation; its own golden must be there all the same, or its loss goes unseen.
            if !used.contains(name) || !parts.payloads.contains_key(name) {
                self.stray(path, mapping.id, "an expectation without a golden: was the golden deleted?");
            }
        }
        for (name, files) in &parts.further {
            if !used.contains(name) {
                for (_, _, path) in files {
                    self.stray(path, mapping.id, "a further input without a golden: was the golden deleted?");
                }
            }
        }
        Ok(())
    }

    fn sort_file(&mut self, mapping: &'static Mapping, path: PathBuf, parts: &mut Parts) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return self.stray(&path, mapping.id, "expected a name in UTF-8");
        };
        match Entry::of(&path, self.root) {
            Entry::File => {}
            Entry::Folder => return self.stray(&path, mapping.id, "expected files only, found a folder"),
            Entry::Unfit(reason) => return self.stray(&path, mapping.id, reason),
        }
        let Some(stem) = name.strip_suffix(".json") else {
            return self.stray(&path, mapping.id, "expected a name that ends in .json");
        };
        let (case, rest) = stem.split_once('.').unwrap_or((stem, ""));
        if case.is_empty() || case.starts_with('@') {
            return self.stray(&path, mapping.id, "expected a case name before the first dot or @");
        }
        let case = case.to_owned();
        if rest.is_empty() && !stem.contains('.') {
            parts.payloads.insert(case, path);
        } else if rest == "expected" {
            parts.expected.insert(case, path);
        } else if let Some((input, key)) = parse_input(mapping, &name[case.len()..]) {
            parts.further.entry(case).or_default().push((input, key, path));
        } else {
            let inputs: Vec<&str> = mapping.inputs.iter().map(|input| input.name).collect();
            let reason = match inputs.as_slice() {
                [] => "expected <case>.json or <case>.expected.json".to_owned(),
                inputs => format!("expected <case>.json, <case>.expected.json or an input of: {}", inputs.join(", ")),
            };
            self.stray(&path, mapping.id, reason);
        }
    }

    fn read(&self, path: &Path) -> Result<File, Error> {
        read_file(path, shown(path, self.root), self.max_size)
    }
}

/// `.notes-1234567.json` as an input of a mapping.
fn parse_input(mapping: &Mapping, rest: &str) -> Option<(String, Option<String>)> {
    let label = rest.strip_prefix('.')?.strip_suffix(".json")?;
    let (name, key) = match label.split_once('-') {
        Some((name, key)) => (name, Some(key)),
        None => (label, None),
    };
    let input = mapping.inputs.iter().find(|input| input.name == name)?;
    (input.keyed == key.is_some_and(|key| !key.is_empty())).then(|| (name.to_owned(), key.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_file_is_read_and_a_larger_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.json");
        fs::write(&path, "{}").unwrap();
        let content = |limit| read_file(&path, String::new(), limit).unwrap().content;
        assert_eq!(content(2), Content::Bytes(b"{}".to_vec()));
        assert_eq!(content(1), Content::TooLarge { size: 2, limit: 1 });
    }
}
