//! The files of the repository: listings, bytes, digests and the manifest of the fixtures.

use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The folder of `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the repository, as paths relative to that folder, with `/`, sorted.
pub(crate) fn files_below(folder: &str) -> Vec<String> {
    let base = root().join(folder);
    let mut names = Vec::new();
    let mut folders = vec![base.clone()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
            if path.is_dir() {
                folders.push(path);
            } else {
                names.push(relative(&path, &base));
            }
        }
    }
    names.sort();
    names
}

fn relative(path: &Path, base: &Path) -> String {
    let segments: Vec<String> = path
        .strip_prefix(base)
        .unwrap_or(path)
        .components()
        .map(|segment| segment.as_os_str().to_string_lossy().into_owned())
        .collect();
    segments.join("/")
}

/// The bytes of a file of the repository.
pub(crate) fn bytes(path: impl Into<PathBuf>) -> Vec<u8> {
    let path: PathBuf = path.into();
    std::fs::read(root().join(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The SHA-256 of some bytes, in small hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A row of `fixtures/manifest.jsonl`.
pub(crate) struct ManifestRow {
    /// The file, relative to `fixtures/`.
    pub(crate) file: String,
    /// What was written; none for a table of rows.
    pub(crate) dto: Option<String>,
    /// What it was written with; none for a table of rows.
    pub(crate) config: Option<String>,
    /// How long it is.
    pub(crate) bytes: u64,
    /// Its digest.
    pub(crate) sha256: String,
}

/// The rows of `fixtures/manifest.jsonl`, in its order.
pub(crate) fn manifest() -> Vec<ManifestRow> {
    let text = String::from_utf8(bytes("fixtures/manifest.jsonl")).unwrap();
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            let place = format!("fixtures/manifest.jsonl:{}", index + 1);
            let row: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
            let text = |key: &str| row[key].as_str().map(str::to_owned);
            let required = |key: &str| text(key).unwrap_or_else(|| panic!("{place}: no text {key:?}"));
            ManifestRow {
                file: required("file"),
                dto: text("dto"),
                config: text("config"),
                bytes: row["bytes"].as_u64().unwrap_or_else(|| panic!("{place}: no count \"bytes\"")),
                sha256: required("sha256"),
            }
        })
        .collect()
}
