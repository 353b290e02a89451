//! `dtogate check`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::output::Output;
use super::{Color, Done, Environment, mapping, size};
use crate::error::Error;
use crate::finding::{CaseKind, Severity};
use crate::fixture::{Folders, read_file};
use crate::gate::{Options, WireChoice, check_fixtures, check_payloads};
use crate::mapping::{Catalogue, Mapping};
use crate::overview::legs;
use crate::report::{self, CaseResult};
use crate::spelling::SPELLINGS;
use crate::suggest::alike;

/// From which severity a finding fails the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Everything
    Note,
}

impl FailOn {
    pub(super) fn severity(self) -> Severity {
        match self {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Note => Severity::Note,
        }
    }
}

/// The arguments of `check`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Payloads that a service has written, instead of the golden fixtures; needs --mapping
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder that holds fixtures/; default: the nearest parent folder with fixtures/. With PATHs, its accepted.toml
    /// applies; without --root none does
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Check this mapping only
    #[arg(long, value_name = "ID")]
    pub mapping: Option<String>,
    /// Which further input of the mapping the PATHs are: each is judged by what its own producer promises. By default the
    /// name says it: page.programme.json is the input programme
    #[arg(long, value_name = "NAME")]
    pub input: Option<String>,
    /// What the producer promises, instead of what the leg declares: a configuration (explicit_bean) or a whole
    /// wire (SERVICE.TYPE@CONFIGURATION). Goldens with @CONFIGURATION in their names keep theirs
    #[arg(long, value_name = "WIRE")]
    pub wire: Option<String>,
    /// Check only cases whose MAPPING/KIND/CASE contains this; KIND is valid, invalid or payload
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// How it is reported.
    #[command(flatten)]
    pub output: Output,
    /// The lowest severity that fails the run; accepted findings never do
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
    /// The largest file that is read, in bytes; K, M and G are understood
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "64M")]
    pub max_size: u64,
    /// When to colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// The day that `until` of an acceptance is compared with; by default today in UTC
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

/// Runs the verb.
pub(super) fn run(arguments: Arguments, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    arguments.output.refuse_mismatch()?;
    let mapping = arguments.mapping.as_deref().map(|name| mapping(name, catalogue)).transpose()?;
    let input = arguments.input.as_deref().map(|name| input(name, mapping, &arguments.paths)).transpose()?;
    let options = Options {
        mapping,
        input,
        wire: arguments.wire.as_deref().map(|wire| WireChoice::parse(wire, catalogue)).transpose()?,
        filter: arguments.filter.as_deref(),
        fail_on: arguments.fail_on.severity(),
        max_size: arguments.max_size,
        spellings: SPELLINGS,
        today: arguments.today.unwrap_or(environment.today),
    };
    let (mut found, folder) = if arguments.paths.is_empty() {
        let root = match &arguments.root {
            Some(root) => root.clone(),
            None => nearest_root(environment.current_dir)?,
        };
        // Said first, on standard error: reports that programs read stay as they are.
        if let Some(stale) = environment.definitions.and_then(|definitions| definitions.stale(&root)) {
            (environment.announce)(&format!("warning: {stale}\n"));
        }
        arguments.output.refuse_over(&root.join("fixtures"))?;
        (check_fixtures(&root, catalogue, &options)?, root)
    } else {
        misspelt(&arguments.paths, options.mapping)?;
        if !arguments.output.outputs.is_empty() {
            refuse_among_payloads(&arguments, options.mapping)?;
        }
        (check_payloads(&arguments.paths, arguments.root.as_deref(), catalogue, &options)?, PathBuf::new())
    };
    if arguments.output.draws() {
        let arriving: Vec<CaseResult> =
            found.cases.iter().filter(|case| case.kind != CaseKind::Invalid).cloned().collect();
        let payloads = |mapping: &Mapping| {
            let own = arriving.iter().filter(|case| case.mapping == mapping.id);
            // A payload of a stream is in no file of its own.
            let read =
                |case: &CaseResult| read_file(&folder.join(&case.path), case.path.clone(), options.max_size).ok();
            own.filter_map(read).map(|file| file.content.bytes().to_vec()).collect()
        };
        found.legs = legs(&found, catalogue, &payloads);
    }
    let color = match arguments.color {
        Color::Auto => environment.is_color_terminal,
        Color::Always => true,
        Color::Never => false,
    };
    // No entry applies to payloads, unless a root says whose: a verdict must not depend on the folder of the run.
    let acceptances = arguments.paths.is_empty() || arguments.root.is_some();
    let shown = report::Options { width: environment.width, color, acceptances };
    arguments.output.done(&found, &shown)
}

/// The further input of that name.
fn input(name: &str, mapping: Option<&'static Mapping>, paths: &[PathBuf]) -> Result<&'static str, Error> {
    let Some(mapping) = mapping.filter(|_| !paths.is_empty()) else {
        return Err(Error::Usage(
            "--input needs PATHs and --mapping: it says which input of a mapping they are".to_owned(),
        ));
    };
    let found = mapping.inputs.iter().find(|input| input.name == name);
    found.map(|input| input.name).ok_or_else(|| Error::Unknown {
        kind: "further input of the mapping",
        name: name.to_owned(),
        known: mapping.inputs.iter().map(|input| input.name.to_owned()).collect(),
    })
}

/// Refuses what is taken for a payload since it is no command, where a command is named nearly so.
fn misspelt(paths: &[PathBuf], mapping: Option<&Mapping>) -> Result<(), Error> {
    let [path] = paths else { return Ok(()) };
    if mapping.is_some() || path.exists() {
        return Ok(());
    }
    let commands = <super::Cli as clap::CommandFactory>::command();
    let names = commands.get_subcommands().map(clap::Command::get_name);
    let asked = path.to_string_lossy();
    match alike(&asked, names).as_slice() {
        [] => Ok(()),
        [first, ..] => Err(Error::Usage(format!("{asked} is no command, and no file either; did you mean {first}?"))),
    }
}

/// Refuses to write a report over a payload, one of its further inputs, or what a root is read for.
fn refuse_among_payloads(arguments: &Arguments, mapping: Option<&'static Mapping>) -> Result<(), Error> {
    let folders = Folders::default();
    for path in &arguments.paths {
        arguments.output.refuse_over(path)?;
        // What cannot be listed is told when it is read.
        let beside = mapping.map(|mapping| folders.names_beside(mapping, path).unwrap_or_default());
        for (_, _, further) in beside.into_iter().flatten() {
            arguments.output.refuse_over(&further)?;
        }
    }
    arguments.root.as_ref().map_or(Ok(()), |root| arguments.output.refuse_over(&root.join("fixtures")))
}

/// The nearest folder upwards that holds `fixtures/`.
pub(super) fn nearest_root(current_dir: &Path) -> Result<PathBuf, Error> {
    let root = current_dir.ancestors().find(|folder| folder.join("fixtures").is_dir());
    root.map(Path::to_owned).ok_or_else(|| Error::NoFixtures { root: format!("{} or above", current_dir.display()) })
}
