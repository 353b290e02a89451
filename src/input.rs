//! Payloads as the command line names them: files, folders, a payload per line, standard input.
//!
//! ```text
//! page.json      one payload, whatever it ends in
//! payloads/      every .json, .jsonl and .ndjson below the folder, by name
//! pages.ndjson   a payload per line that is not empty; .jsonl too
//! -              standard input: one payload, or one per line where it is not one but each line is
//! ```

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::document::{WHITE_SPACE, has_no_lines, parse};
use crate::error::Error;
use crate::fixture::{Content, File, read_file, shown};

/// A payload of the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file of its own; what lies beside it may be a further input.
    Path(PathBuf),
    /// A line of a file, or standard input: nothing lies beside it.
    Text {
        /// The name of its case.
        name: String,
        /// Its bytes; the path is that of the file, with the line where it is one of several: `pages.ndjson:3`.
        file: File,
    },
}

impl Input {
    /// Where it is, for a message.
    pub fn shown(&self) -> &Path {
        match self {
            Input::Path(path) => path,
            Input::Text { file, .. } => Path::new(&file.path),
        }
    }

    /// The file of its own.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Input::Path(path) => Some(path),
            Input::Text { .. } => None,
        }
    }
}

/// The payloads that paths name, in their order.
///
/// The largest size is that of a file as a whole, also where it has a payload per line.
///
/// # Errors
///
/// What cannot be read, standard input twice, and a folder or a file of lines without payloads.
pub fn expand(paths: &[PathBuf], max_size: u64) -> Result<Vec<Input>, Error> {
    if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
        return Err(Error::Usage("expected standard input (-) once, found it twice".to_owned()));
    }
    let mut inputs = Vec::new();
    for path in paths {
        if is_stdin(path) {
            inputs.extend(stdin(max_size)?);
        } else if path.is_dir() {
            let before = inputs.len();
            folder(path, max_size, &mut inputs)?;
            if inputs.len() == before {
                let what = format!("no payload in {}: expected .json, .jsonl or .ndjson files", path.display());
                return Err(Error::NothingToCheck { what });
            }
        } else if has_lines(path) {
            let rows = lines_of(path, max_size)?;
            if rows.is_empty() {
                let what =
                    format!("no payload in {}: expected one in each line, found blank lines only", path.display());
                return Err(Error::NothingToCheck { what });
            }
            inputs.extend(rows);
        } else {
            inputs.push(Input::Path(path.clone()));
        }
    }
    Ok(inputs)
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn has_lines(path: &Path) -> bool {
    ends_in(path, "jsonl") || ends_in(path, "ndjson")
}

/// Whether a name ends so, in capitals or not.
fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

fn folder(folder: &Path, max_size: u64, inputs: &mut Vec<Input>) -> Result<(), Error> {
    let refuse = |source| Error::Read { path: folder.display().to_string(), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(refuse)? {
        entries.push(entry.map_err(refuse)?);
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let is_payload = has_lines(&path) || ends_in(&path, "json");
        // A link may lead back up, and a pipe may never end: only what is a folder or a file is gone into.
        if entry.file_type().map_err(refuse)?.is_dir() {
            self::folder(&path, max_size, inputs)?;
        } else if path.is_dir() || is_payload && !path.is_file() {
            let found = if path.is_dir() { "a link to a folder" } else { "something else" };
            let (path, message) = (path.display().to_string(), format!("expected a file or a folder, found {found}"));
            return Err(Error::Read { path, source: std::io::Error::other(message) });
        } else if has_lines(&path) {
            inputs.extend(lines_of(&path, max_size)?);
        } else if ends_in(&path, "json") && !is_expectation(&path) {
            inputs.push(Input::Path(path));
        }
    }
    Ok(())
}

/// An expectation beside a payload is no payload.
fn is_expectation(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(".expected"))
}

fn stdin(max_size: u64) -> Result<Vec<Input>, Error> {
    let mut bytes = Vec::new();
    let refuse = |source| Error::Read { path: "standard input".to_owned(), source };
    std::io::stdin().lock().take(max_size.saturating_add(1)).read_to_end(&mut bytes).map_err(refuse)?;
    let size = bytes.len() as u64;
    let content = if size > max_size { Content::TooLarge { size, limit: max_size } } else { Content::Bytes(bytes) };
    let file = File { path: "-".to_owned(), content };
    let is_rows = parse(file.content.bytes()).is_err() && {
        let rows: Vec<&[u8]> = lines(file.content.bytes()).map(|(_, line)| line).collect();
        rows.len() > 1 && rows.iter().all(|row| parse(row).is_ok())
    };
    if is_rows { Ok(split("stdin", &file)) } else { Ok(vec![Input::Text { name: "stdin".to_owned(), file }]) }
}

fn lines_of(path: &Path, max_size: u64) -> Result<Vec<Input>, Error> {
    let file = read_file(path, shown(path, Path::new("")), max_size)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    // What is no text is said once, of the file.
    if matches!(file.content, Content::TooLarge { .. }) || has_no_lines(file.content.bytes()) {
        return Ok(vec![Input::Text { name, file }]);
    }
    Ok(split(&name, &file))
}

fn split(name: &str, file: &File) -> Vec<Input> {
    let text = |(number, line): (usize, &[u8])| Input::Text {
        name: format!("{name}_{number}"),
        file: File { path: format!("{}:{number}", file.path), content: Content::Bytes(line.to_vec()) },
    };
    lines(file.content.bytes()).map(text).collect()
}

/// The lines that are not empty, counted from 1, without their ends and without RFC 7464's separator before them.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let lines = bytes.split(|&byte| byte == b'\n').enumerate();
    lines.filter_map(|(at, line)| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = line.strip_prefix(b"\x1E").unwrap_or(line);
        // A form feed is no white space of JSON: such a line is a payload, and not a good one.
        let is_empty = line.iter().all(|&byte| WHITE_SPACE.contains(&char::from(byte)));
        (!is_empty).then_some((at + 1, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_lines() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("b.json", "{}");
        write("b.expected.json", "{}");
        write("a/c.json", "{}");
        write("rows.ndjson", "{\"a\":1}\r\n\n\x1E{\"a\":2}\nnot json\n \t\r\n\x0C\n");
        write("notes.txt", "none");
        let inputs = expand(&[root.path().to_owned()], 1 << 20).unwrap();
        let shown: Vec<String> = inputs
            .iter()
            .map(|input| match input {
                Input::Path(path) => path.strip_prefix(root.path()).unwrap().display().to_string(),
                Input::Text { name, file } => {
                    let (_, place) = file.path.rsplit_once('/').unwrap();
                    format!("{name} at {place}: {}", String::from_utf8_lossy(file.content.bytes()))
                }
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a/c.json",
                "b.json",
                "rows_1 at rows.ndjson:1: {\"a\":1}",
                "rows_3 at rows.ndjson:3: {\"a\":2}",
                "rows_4 at rows.ndjson:4: not json",
                "rows_6 at rows.ndjson:6: \u{C}"
            ]
        );
        let large = expand(&[root.path().join("rows.ndjson")], 4).unwrap();
        assert!(matches!(&large[..], [Input::Text { file, .. }] if matches!(file.content, Content::TooLarge { .. })));
        fs::create_dir(root.path().join("empty")).unwrap();
        let error = expand(&[root.path().join("empty")], 4).unwrap_err().to_string();
        assert!(error.contains("no payload in "), "{error}");
        write("blank/rows.jsonl", "\n \r\n");
        let error = expand(&[root.path().join("blank/rows.jsonl")], 4).unwrap_err().to_string();
        assert!(error.contains("rows.jsonl: expected one in each line, found blank lines only"), "{error}");
        let error = expand(&[root.path().join("blank")], 4).unwrap_err().to_string();
        assert!(error.contains("no payload in "), "{error}");
        // What is no text has no lines.
        for bytes in [&b"\x1F\x8B\n\xB9\n"[..], b"\xFF\xFE1\0\n\0", b"1\0\n\0"] {
            fs::write(root.path().join("packed.ndjson"), bytes).unwrap();
            let inputs = expand(&[root.path().join("packed.ndjson")], 1 << 20).unwrap();
            assert!(matches!(&inputs[..], [Input::Text { name, .. }] if name == "packed"), "{inputs:?}");
        }
        write("UP.NDJSON", "1\n2\n");
        assert_eq!(expand(&[root.path().join("UP.NDJSON")], 1 << 20).unwrap().len(), 2);
        let twice = expand(&["-".into(), "-".into()], 4).unwrap_err().to_string();
        assert_eq!(twice, "expected standard input (-) once, found it twice");
    }
}
