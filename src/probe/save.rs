//! The smallest payload of each kind of failure as a file: a case for review, which a person may move to `fixtures/`.
//!
//! A file that is there is never written over, and no expectation is written: that is for who reviews it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::error::Error;
use crate::fixture::shown;

/// Saves each payload, with its further inputs beside it, and notes where.
///
/// # Errors
///
/// That the folder or a file cannot be written.
pub fn save(failures: &mut [Failure], folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|source| cannot(folder, source))?;
    for failure in failures {
        let slug = |text: &str| text.replace(' ', "-");
        let base = format!("probe-{}-{}-{}", slug(failure.kind), slug(failure.rule), failure.row);
        // Its dates and nulls are still those of the golden's configuration.
        let configuration = failure.case.split_once('@').map_or_else(String::new, |(_, of)| format!("@{of}"));
        // One of the same bytes is the same case; another run may have left another one.
        let name = |number: usize| match number {
            1 => format!("{base}{configuration}"),
            number => format!("{base}-{number}{configuration}"),
        };
        let mut number = 1;
        let path = loop {
            let path = folder.join(name(number) + ".json");
            match fs::read(&path) {
                Ok(bytes) if bytes != failure.sent.as_bytes() => number += 1,
                Ok(_) => break path,
                Err(error) if error.kind() == io::ErrorKind::NotFound => break path,
                Err(source) => return Err(cannot(&path, source)),
            }
        };
        for further in failure.further.iter() {
            write(&folder.join(format!("{}.{}", name(number), further.file_name())), further.text.as_bytes())?;
        }
        write(&path, failure.sent.as_bytes())?;
        failure.saved = Some(shown(&path, Path::new("")));
    }
    Ok(())
}

/// Writes a file as a whole, or leaves the one that is there.
fn write(path: &PathBuf, bytes: &[u8]) -> Result<(), Error> {
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
            _ => Ok(()),
        }
    };
    written().map_err(|source| cannot(path, source))
}

fn cannot(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.display().to_string(), source }
}
