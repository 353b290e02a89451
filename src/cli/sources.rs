//! `dtogate sources`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Done, Environment};
use crate::error::Error;
use crate::source::java::index::{Parsed, Sources};
use crate::source::report::{Format, Found, render};
use crate::source::tree::{Git, TreeError, work_tree};

/// The arguments of `sources`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The checkout of a service; by default the current folder
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Read this revision from git instead of the files on disk
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
    /// How the output is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write it here instead, as a whole or not at all
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Runs the verb.
pub(super) fn run(arguments: Arguments, environment: &Environment<'_>) -> Result<Done, Error> {
    arguments.output.as_deref().map_or(Ok(()), super::output::refuse_over_source)?;
    let dir = arguments.dir.as_deref().unwrap_or(environment.current_dir);
    let sources = read(dir, arguments.revision.as_deref())?;
    if sources.files.iter().all(|source| source.java.is_none()) {
        return Err(Error::Usage(format!("no Java source in {}: name the checkout of a Java service", dir.display())));
    }
    let text = render(&Found::new(&sources), arguments.format);
    Ok(match arguments.output {
        None => Done::print(text),
        Some(path) => Done { files: vec![(path, text)], ..Done::default() },
    })
}

fn read(dir: &Path, revision: Option<&str>) -> Result<Sources, Error> {
    let cannot = |error: TreeError| Error::Usage(error.to_string());
    let tree = match revision {
        None => work_tree(dir),
        Some(revision) => {
            let mut git = Git::open(dir).map_err(cannot)?;
            let commit = git.commit(revision).map_err(cannot)?;
            git.tree(&commit)
        }
    };
    Ok(Sources::new(tree.map_err(cannot)?, &mut Parsed::default()))
}
