//! `dtogate import`

use std::path::{Path, PathBuf};

use clap::Args;

use super::diff::cannot;
use super::{Done, Environment};
use crate::error::Error;
use crate::source::import::{class_of, rust};
use crate::source::java::index::Sources;

/// The arguments of `import`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The file of a class; with #CLASS a class that the file is not named after
    #[arg(value_name = "FILE.java[#CLASS]")]
    pub class: String,
    /// The service in the name of the definition; by default the folder of the checkout
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, environment: &Environment<'_>) -> Result<Done, Error> {
    let (file, name) = match arguments.class.split_once('#') {
        Some((file, name)) => (file, Some(name)),
        None => (arguments.class.as_str(), None),
    };
    let path = environment.current_dir.join(file);
    let path = path.canonicalize().map_err(|source| Error::Read { path: file.to_owned(), source })?;
    if !path.is_file() || path.extension().is_none_or(|extension| extension != "java") {
        return Err(Error::Usage(format!("expected a Java file, found {file}")));
    }
    let root = root(&path);
    let sources = Sources::work_tree(&root).map_err(cannot)?;
    let relative: Vec<String> = path
        .strip_prefix(&root)
        .unwrap_or(&path)
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let Some(class) = class_of(&sources, &relative.join("/"), name) else {
        let known = sources.classes().filter(|class| **sources.path(*class) == *relative.join("/"));
        let known = known.map(|class| sources.declaration(class).name.clone()).collect();
        return Err(Error::Unknown { kind: "class of that file", name: name.unwrap_or(file).to_owned(), known });
    };
    let folder = root.file_name().map(|name| name.to_string_lossy().into_owned());
    let service = arguments.service.clone().or(folder).unwrap_or_default();
    let is_fit = |character: char| character.is_alphanumeric() || "-_".contains(character);
    let service: String = service.chars().filter(|character| is_fit(*character)).collect();
    Ok(Done::print(rust(&sources, class, if service.is_empty() { "service" } else { &service })))
}

/// The checkout that a file belongs to, or its folder.
fn root(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    let checkout = folder.ancestors().find(|folder| folder.join(".git").exists());
    let module = || {
        let src = folder.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "src"));
        src.and_then(Path::parent)
    };
    checkout.or_else(module).unwrap_or(folder).to_owned()
}
