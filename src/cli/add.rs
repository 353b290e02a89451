//! `dtogate add`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::check::nearest_root;
use super::{Done, EXIT_FINDINGS, EXIT_PASS, Environment, configuration, mapping, size};
use crate::error::Error;
use crate::finding::Severity;
use crate::fixture::{CaseKind, File, Folders, FurtherFile, is_of, read_file, shown};
use crate::gate::Options;
use crate::input::{Input, expand};
use crate::mapping::{Catalogue, Mapping};
use crate::personal::{self, Synthetic};
use crate::report::escape::seen;
use crate::report::text::cut_middle;
use crate::spelling::SPELLINGS;
use crate::tool;
use crate::update::addition::{Added, Addition, Against, add, case_name, fails};
use crate::update::journal::{self, Change, Recovery};
use crate::update::left;
use crate::update::manifest::{self, Manifest};

/// The arguments of `add`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The mapping that the payloads are for
    pub mapping: String,
    /// Payloads as a service has written them: files, folders, .ndjson with one per line, - for standard input. Further
    /// inputs that lie beside a payload are found by their names
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The folder that holds fixtures/; default: the nearest parent folder with fixtures/
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The name of the case, by default that of the file; several payloads are numbered
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// What wrote the payloads, by default found by comparing their bytes with what each configuration writes
    #[arg(long, value_name = "CONFIGURATION")]
    pub wire: Option<String>,
    /// The payloads must be refused: they are added to invalid/
    #[arg(long)]
    pub invalid: bool,
    /// Where the payloads come from, for the manifest
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The largest file that is read, in bytes; K, M and G are understood
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M")]
    pub max_size: u64,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    let mapping = mapping(&arguments.mapping, catalogue)?;
    let config = arguments.wire.as_deref().map(|name| configuration(name, catalogue)).transpose()?;
    let root = match &arguments.root {
        Some(root) if !root.join("fixtures").is_dir() => {
            return Err(Error::NoFixtures { root: root.display().to_string() });
        }
        Some(root) => root.clone(),
        None => nearest_root(environment.current_dir)?,
    };
    is_of(&root, catalogue)?;
    if let Some(stale) = environment.definitions.and_then(|definitions| definitions.stale(&root)) {
        return Err(Error::Usage(stale));
    }
    let mut stdout = String::new();
    if !arguments.dry_run && recover(&root)? == Recovery::Finished {
        stdout.push_str("an update that was interrupted is finished\n");
    }
    let synthetic = read(&root, personal::PATH)?;
    let synthetic = match &synthetic {
        Some(text) => Synthetic::parse(text)
            .map_err(|message| Error::Usage(format!("cannot read {}: {}", personal::PATH, message.trim_end())))?,
        None => {
            stdout.push_str(&format!("no {}: names and numbers of people are not looked at\n", personal::PATH));
            Synthetic::default()
        }
    };
    let before = read(&root, manifest::PATH)?;
    let mut manifest = Manifest::parse(before.as_deref().unwrap_or_default())
        .map_err(|(line, message)| Error::Usage(format!("cannot read {}:{line}: {message}", manifest::PATH)))?;
    let options = Options {
        mapping: Some(mapping),
        wire: None,
        input: None,
        filter: None,
        fail_on: Severity::Error,
        max_size: arguments.max_size,
        spellings: SPELLINGS,
        today: environment.today,
    };
    let payloads = payloads(arguments, mapping)?;
    let mut against = Against {
        root: &root,
        catalogue,
        synthetic: &synthetic,
        manifest: &mut manifest,
        options: &options,
        changes: Vec::new(),
    };
    let (mut reasons, mut code): (Vec<String>, u8) = (Vec::new(), EXIT_PASS);
    for (name, payload, further) in payloads {
        let kind = if arguments.invalid { CaseKind::Invalid } else { CaseKind::Valid };
        let note = arguments.note.as_deref();
        let addition = Addition { mapping, kind, name: &name, payload, further, config, note };
        match add(&addition, &mut against) {
            Ok(added) => {
                if let Some(twice) = clash(&against.changes, &added.changes) {
                    reasons.push(format!("{}: {twice} is written twice; name it with --name", addition.payload.path));
                    continue;
                }
                stdout.push_str(&told(&addition, &added, mapping));
                if added.findings.iter().any(fails) {
                    code = EXIT_FINDINGS;
                }
                for change in added.changes {
                    if !against.changes.contains(&change) {
                        against.changes.push(change);
                    }
                }
            }
            Err(refused) => reasons.extend(refused.reasons),
        }
    }
    let mut changes = against.changes;
    if !reasons.is_empty() {
        let count = reasons.len();
        let lines: String = reasons.iter().map(|reason| format!("{}\n", seen(reason))).collect();
        let stderr = format!("{lines}nothing is added: {count} {}\n", if count == 1 { "reason" } else { "reasons" });
        return Ok(Done { stderr, code: EXIT_FINDINGS, ..Done::default() });
    }
    let after = manifest.to_string();
    if before.as_deref() != Some(after.as_str()) {
        let bytes = before.map(String::into_bytes);
        changes.push(Change { path: manifest::PATH.to_owned(), before: bytes, after: Some(after.into_bytes()) });
    }
    changes.retain(|change| change.before != change.after);
    if !arguments.dry_run {
        journal::commit(&root, &changes)
            .map_err(|source| Error::Write { path: root.join("fixtures").display().to_string(), source })?;
    }
    let would = if arguments.dry_run { "would be " } else { "" };
    let verb = |change: &Change| if change.after.is_some() { "written" } else { "removed" };
    match changes.as_slice() {
        [] => stdout.push_str("nothing to write: it is all there already\n"),
        changes => {
            changes
                .iter()
                .for_each(|change| stdout.push_str(&format!("{would}{}: {}\n", verb(change), seen(&change.path))));
            if !arguments.dry_run {
                stdout.push_str("review the expectation before you commit it\n");
                stdout.push_str(&next(&root, mapping, environment));
            }
        }
    }
    Ok(Done { stdout, code, ..Done::default() })
}

/// What is still to be done for a new mapping.
fn next(root: &Path, mapping: &Mapping, environment: &Environment<'_>) -> String {
    let is_checkout = environment.definitions.is_some_and(|definitions| definitions.are_in(root));
    let line = left::golden_line(root, mapping).filter(|_| is_checkout && mapping.probing.goldens.is_empty());
    let has_table = root.join("fixtures").join(mapping.id).join("table.json").exists();
    let name = line.map(|line| format!("next: name the golden in the mapping, since it is built in: {line}\n"));
    // One of another configuration stands beside that of the leg, and is not named.
    let lacks = name.is_none() && is_checkout && mapping.probing.goldens.is_empty();
    if lacks {
        let config = mapping.producer.config.name;
        return format!("next: add a golden that {config} wrote, which the leg promises: the mapping names that one\n");
    }
    let accept =
        format!("{}: {} accept --all writes the table\n", if name.is_some() { "then" } else { "next" }, tool::name());
    name.unwrap_or_default() + if has_table { "" } else { &accept }
}

/// Finishes or removes what an interrupted update has left.
pub(super) fn recover(root: &Path) -> Result<Recovery, Error> {
    let place = || root.join(journal::FOLDER).display().to_string();
    journal::recover(root).map_err(|source| Error::Write { path: place(), source })
}

/// The text of a file below a root; none where it is not there.
pub(super) fn read(root: &Path, path: &str) -> Result<Option<String>, Error> {
    match fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read { path: path.to_owned(), source }),
    }
}

/// A payload with the name of its case and its further inputs.
type Payload = (String, File, Vec<FurtherFile>);

fn payloads(arguments: &Arguments, mapping: &'static Mapping) -> Result<Vec<Payload>, Error> {
    let inputs = expand(&arguments.paths, arguments.max_size)?;
    let paths: Vec<PathBuf> = inputs.iter().filter_map(Input::path).map(Path::to_owned).collect();
    let folders = Folders::default();
    let mut payloads = Vec::new();
    for input in inputs {
        match input {
            Input::Path(path) => {
                // As in `check`: a pattern names the further inputs too.
                if let Some((_, own)) = folders.payload_of_further(mapping, &path) {
                    if own.iter().any(|own| paths.contains(own)) {
                        continue;
                    }
                    let (path, own) = (path.display(), own[0].display());
                    let message = format!("{path} is a further input of {}; name its payload too: {own}", mapping.id);
                    return Err(Error::Usage(message));
                }
                let file = read_file(&path, shown(&path, Path::new("")), arguments.max_size)?;
                let further = folders.further_beside(mapping, &path, arguments.max_size)?;
                payloads.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), file, further));
            }
            Input::Text { name, file } => payloads.push((name, file, vec![])),
        }
    }
    let several = payloads.len() > 1;
    for (number, (name, ..)) in payloads.iter_mut().enumerate() {
        *name = match &arguments.name {
            Some(base) if several => format!("{base}_{}", number + 1),
            Some(base) => base.clone(),
            None => case_name(name),
        };
    }
    Ok(payloads)
}

/// A file that two additions write with other bytes.
fn clash<'c>(changes: &[Change], more: &'c [Change]) -> Option<&'c str> {
    let clashes = |change: &&Change| changes.iter().any(|other| other.path == change.path && other != *change);
    more.iter().find(clashes).map(|change| change.path.as_str())
}

/// What is said of an addition.
fn told(addition: &Addition<'_>, added: &Added, mapping: &Mapping) -> String {
    let mut text = format!("{}/{}/{}\n", mapping.id, addition.kind.name(), added.name);
    let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:13} {}\n", seen(value)));
    let written = match added.fits.as_slice() {
        [] => "no configuration writes exactly these bytes".to_owned(),
        [one] => format!("exactly what {one} writes"),
        several => format!("exactly what {} write", several.join(", ")),
    };
    row("payload", &format!("{}: {written}", addition.payload.path));
    let share = if added.is_shared { " (that of the case in the other configuration)" } else { "" };
    row("expectation", &format!("{}{share}", added.expectation));
    for redundant in &added.redundant {
        row("", &format!("{redundant} says the same: this one serves both"));
    }
    row("", &cut_middle(added.expected.trim_end(), 2000));
    for finding in &added.findings {
        row("check finds", &format!("{}[{}]: {}", finding.severity, finding.rule, finding.message));
    }
    text
}
