//! The captures of a repository as the classes of today would have written them, and what they have missed since.

use std::fs;
use std::io;
use std::path::Path;

use super::manifest::Manifest;
use super::versions::{self, Versions, class_and_version};
use crate::error::Error;
use crate::java::config::MapperConfig;
use crate::mapping::{Catalogue, DtoSpec};

/// Captures of classes and configurations that the catalogue has.
#[derive(Default)]
pub(super) struct Captures {
    /// What was written, with what, and its bytes.
    pub(super) files: Vec<(DtoSpec, &'static MapperConfig, Vec<u8>)>,
}

impl Captures {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// What cannot be read, and a line of `fixtures/versions.jsonl` that is none.
    pub(super) fn read(root: &Path, catalogue: &Catalogue, manifest: Option<&Manifest>) -> Result<Self, Error> {
        let text = optional(fs::read_to_string(root.join(versions::PATH)), versions::PATH)?;
        let versions = Versions::parse(text.as_deref().unwrap_or_default())
            .map_err(|(line, message)| Error::Usage(format!("cannot read {}:{line}: {message}", versions::PATH)))?;
        let mut files = Vec::new();
        for row in manifest.into_iter().flat_map(Manifest::rows).filter(|row| row.file.starts_with("captures/")) {
            let Some(name) = row.dto.as_deref() else { continue };
            let Some(dto) = catalogue.dto(class_and_version(name).0) else { continue };
            let Some(config) = row.config.as_deref().and_then(|config| catalogue.config(config)) else { continue };
            let path = format!("fixtures/{}", row.file);
            let Some(bytes) = optional(fs::read(root.join(&path)), &path)? else { continue };
            files.push((*dto, config, versions.forward(name, Some(config), &bytes)));
        }
        Ok(Captures { files })
    }
}

/// What was read; none where it is not there.
fn optional<T>(read: io::Result<T>, path: &str) -> Result<Option<T>, Error> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read { path: path.to_owned(), source }),
    }
}
