//! The smallest payload of each kind of failure as a file: a case for review, which a person may move to `fixtures/`.
//!
//! A file that is there is never written over, and no expectation is written: that is for who reviews it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::Failure;
use super::subject::FurtherText;
use crate::error::Error;
use crate::fixture::shown;

/// Saves each payload, with its further inputs beside it, and notes where.
///
/// # Errors
///
/// That the folder or a file cannot be written.
pub fn save(failures: &mut [Failure], folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|source| cannot(folder, source))?;
    // What may stay is no case to review.
    for failure in failures.iter_mut().filter(|failure| failure.accepted.is_none()) {
        let slug = |text: &str| text.replace(' ', "-");
        let base = format!("probe-{}-{}-{}", slug(failure.kind.name()), slug(failure.rule), failure.row);
        // Its dates and nulls are still those of the golden's configuration.
        let configuration = failure.case.split_once('@').map_or_else(String::new, |(_, of)| format!("@{of}"));
        // One of the same bytes is the same case; another run may have left another one.
        let name = |number: usize| match number {
            1 => format!("{base}{configuration}"),
            number => format!("{base}-{number}{configuration}"),
        };
        // A further input of another run beside the same payload would make another case of it.
        let files = |number: usize| {
            let beside =
                |further: &FurtherText| (format!("{}.{}", name(number), further.file_name()), further.text.clone());
            let payload = (format!("{}.json", name(number)), failure.sent.clone());
            std::iter::once(payload).chain(failure.further.iter().map(beside)).collect::<Vec<_>>()
        };
        let mut number = 1;
        while is_taken(folder, &files(number))? {
            number += 1;
        }
        for (name, text) in files(number) {
            write(&folder.join(name), text.as_bytes())?;
        }
        let path = folder.join(format!("{}.json", name(number)));
        failure.saved = Some(shown(&path, Path::new("")));
    }
    Ok(())
}

/// Whether a file of one of these names has other bytes.
fn is_taken(folder: &Path, files: &[(String, String)]) -> Result<bool, Error> {
    for (name, text) in files {
        let path = folder.join(name);
        // A link that leads nowhere is there, and a pipe would be read for ever.
        match path.symlink_metadata() {
            Ok(there) if !there.is_file() => return Ok(true),
            Ok(_) => {
                if fs::read(&path).map_err(|source| cannot(&path, source))? != text.as_bytes() {
                    return Ok(true);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(cannot(&path, source)),
        }
    }
    Ok(false)
}

/// Writes a file as a whole, or leaves the one that is there.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = || -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As a golden is: for all to read.
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        match file.persist_noclobber(path) {
            Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
            // One of the same bytes was there; another may have come in the meantime.
            Err(error) if fs::read(path)? != bytes => Err(error.error),
            _ => Ok(()),
        }
    };
    written().map_err(|source| cannot(path, source))
}

fn cannot(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.display().to_string(), source }
}
