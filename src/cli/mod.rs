//! The command line: one file a verb, clap structs and thin wiring. Nothing here prints but [`main`], the sign that a run
//! goes on, and `review`, which asks on a terminal.

#[doc(hidden)]
pub mod accept;
#[doc(hidden)]
pub mod add;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod completions;
#[doc(hidden)]
#[cfg(feature = "sources")]
pub mod diff;
#[doc(hidden)]
#[cfg(feature = "sources")]
pub mod drift;
#[doc(hidden)]
pub mod explain;
#[doc(hidden)]
#[cfg(feature = "sources")]
pub mod import;
#[doc(hidden)]
pub mod list;
#[doc(hidden)]
pub mod map;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
#[cfg(unix)]
pub mod probe;
mod process;
#[cfg(unix)]
mod progress;
#[doc(hidden)]
pub mod review;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
#[cfg(feature = "sources")]
pub mod sources;

pub use process::main;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand, ValueEnum};

use crate::error::Error;
use crate::java::config::MapperConfig;
use crate::mapping::{Catalogue, Mapping};
use crate::report::escape::seen;
use crate::update::checkout::Definitions;

/// The run found nothing at or above the fail level.
pub const EXIT_PASS: u8 = 0;
/// The run found something at or above the fail level; `map` got no answer.
pub const EXIT_FINDINGS: u8 = 1;
/// The gate could not run.
pub const EXIT_ERROR: u8 = 2;

/// Checks that the JSON that passes between services still arrives.
///
/// Golden payloads go through Rust definitions of both sides and the mapping between them, and are compared byte
/// for byte. Without a command, `check` runs.
#[derive(Debug, Parser)]
#[command(name = "dtogate", version, max_term_width = 100, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The arguments of `check`.
    #[command(flatten)]
    pub check: check::Arguments,
}

const AFTER_HELP: &str = "Exit codes: 0 nothing found at or above --fail-on; 1 findings; 2 could not run.";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the golden fixtures, or payloads that a service has written (the default)
    Check(Box<check::Arguments>),
    /// Add payloads that a service has written as goldens: name, expectation and row of the manifest
    Add(add::Arguments),
    /// Look at what differs between fixtures/ and the definitions, one question for each cause, and accept it or not
    Review(review::Arguments),
    /// Accept without a terminal what `review` asks about: what a filter names, or everything
    Accept(accept::Arguments),
    /// Print what a mapping makes of a payload, byte for byte
    Map(map::Arguments),
    /// Test an outside mapper: a command that reads a payload and writes an answer, or a running gateway
    #[cfg(unix)]
    Probe(Box<probe::Arguments>),
    /// List mappings, definitions, configurations, rules, spellings and variations
    List(list::Arguments),
    /// Explain a rule, a mapping, a spelling, a variation or a word of the glossary
    Explain(explain::Arguments),
    /// Read the Java sources of a service: which classes reach a wire, their keys, and how its ObjectMappers are configured
    #[cfg(feature = "sources")]
    Sources(sources::Arguments),
    /// Compare two revisions of a Java service: what changes on the wire, and who reads it
    #[cfg(feature = "sources")]
    Diff(Box<diff::Arguments>),
    /// Compare the definitions with the Java classes that they mirror
    #[cfg(feature = "sources")]
    Drift(drift::Arguments),
    /// Print a Java class as a definition in Rust
    #[cfg(feature = "sources")]
    Import(import::Arguments),
    /// Print the JSON Schema of a definition, or of a JSON report
    Schema(schema::Arguments),
    /// Print a script that completes commands, options and their values in a shell
    Completions(completions::Arguments),
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What `main` does when a verb is done.
#[derive(Debug, Default)]
pub struct Done {
    /// For standard output.
    pub stdout: String,
    /// For standard error.
    pub stderr: String,
    /// Files to write first, each as a whole or not at all.
    pub files: Vec<(PathBuf, String)>,
    /// What could not be written besides, told after the report; it is finished all the same.
    pub error: Option<Error>,
    /// Whether a line end is added on a terminal: the bytes themselves have none.
    pub line_end_on_terminal: bool,
    /// The exit code.
    pub code: u8,
}

impl Done {
    /// Prints a text and passes.
    pub fn print(stdout: String) -> Self {
        Done { stdout, ..Done::default() }
    }
}

/// What a verb may know of where it runs.
#[derive(Clone, Copy, Debug)]
pub struct Environment<'e> {
    /// The folder to look for fixtures from.
    pub current_dir: &'e Path,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether standard output takes colours, when they are left to us.
    pub is_color_terminal: bool,
    /// Today in UTC.
    pub today: jiff::civil::Date,
    /// Whether a CI job runs it: there nothing is accepted unasked.
    pub in_ci: bool,
    /// What the binary was built from, to tell a checkout that has other definitions.
    pub definitions: Option<Definitions>,
    /// Says something before the verb is done: on standard error, where colours are taken out as it needs.
    pub announce: fn(&str),
}

/// A message about arguments without the values of `--header`: they may be secrets. A value without its quotes is
/// several arguments, of which all but the first are told as unexpected; they are taken out too.
pub fn without_headers(message: &str, arguments: impl Iterator<Item = OsString>) -> String {
    let mut message = message.to_owned();
    let mut is_value = false;
    for argument in arguments {
        let argument = argument.to_string_lossy();
        let value = match argument.strip_prefix("--header") {
            Some("") => {
                is_value = true;
                continue;
            }
            Some(rest) if rest.starts_with('=') => {
                is_value = true;
                &rest[1..]
            }
            _ if argument.starts_with("--") => {
                is_value = false;
                continue;
            }
            _ if is_value => &*argument,
            _ => continue,
        };
        // A short one may be part of any word.
        message = message.replace(&format!("'{value}'"), "'…'");
        if value.len() > 3 {
            message = message.replace(value, "…");
        }
    }
    message
}

/// Runs a verb.
///
/// # Errors
///
/// Why it could not run.
pub fn run(cli: Cli, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    #[cfg(unix)]
    let _busy = match &cli.command {
        None | Some(Command::Check(_)) => Some(progress::Busy::new("checking")),
        #[cfg(feature = "sources")]
        Some(Command::Diff(_) | Command::Drift(_)) => Some(progress::Busy::new("reading sources")),
        Some(_) => None,
    };
    match cli.command {
        None => check::run(cli.check, catalogue, environment),
        Some(Command::Check(arguments)) => check::run(*arguments, catalogue, environment),
        Some(Command::Add(arguments)) => add::run(&arguments, catalogue, environment),
        Some(Command::Review(arguments)) => review::run(&arguments, catalogue, environment),
        Some(Command::Accept(arguments)) => accept::run(&arguments, catalogue, environment),
        Some(Command::Map(arguments)) => map::run(&arguments, catalogue),
        #[cfg(unix)]
        Some(Command::Probe(arguments)) => probe::run(&arguments, catalogue, environment),
        Some(Command::List(arguments)) => Ok(Done::print(list::run(&arguments, catalogue))),
        Some(Command::Explain(arguments)) => explain::run(&arguments, catalogue).map(Done::print),
        #[cfg(feature = "sources")]
        Some(Command::Sources(arguments)) => sources::run(arguments, environment),
        #[cfg(feature = "sources")]
        Some(Command::Diff(arguments)) => diff::run(*arguments, catalogue, environment),
        #[cfg(feature = "sources")]
        Some(Command::Drift(arguments)) => drift::run(arguments, catalogue, environment),
        #[cfg(feature = "sources")]
        Some(Command::Import(arguments)) => import::run(&arguments, environment),
        Some(Command::Schema(arguments)) => schema::run(&arguments, catalogue).map(Done::print),
        Some(Command::Completions(arguments)) => Ok(Done::print(completions::run(&arguments))),
    }
}

fn configuration(name: &str, catalogue: &Catalogue) -> Result<&'static MapperConfig, Error> {
    catalogue.config(name).ok_or_else(|| Error::Unknown {
        kind: "configuration",
        name: name.to_owned(),
        known: catalogue.configs.iter().map(|config| config.name.to_owned()).collect(),
    })
}

/// What is printed where a verb could not run: one line, whatever names and values are in it.
pub fn error_line(error: &Error) -> String {
    format!("error: {}\n", seen(&error.to_string()))
}

fn mapping(name: &str, catalogue: &Catalogue) -> Result<&'static Mapping, Error> {
    catalogue.mapping(name).ok_or_else(|| Error::Unknown {
        kind: "mapping",
        name: name.to_owned(),
        known: catalogue.mappings.iter().map(|mapping| mapping.id.to_owned()).collect(),
    })
}

/// A number of bytes: `65536`, `512K`, `16M`, `1G`.
fn size(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.find(|character: char| !character.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let factor: u64 = match unit {
        "" => 1,
        "K" | "KiB" => 1 << 10,
        "M" | "MiB" => 1 << 20,
        "G" | "GiB" => 1 << 30,
        _ => return Err(format!("expected a unit K, M or G, found {unit:?}")),
    };
    let number: u64 = digits.parse().map_err(|_| format!("expected a number of bytes, found {text:?}"))?;
    let bytes = number.checked_mul(factor).ok_or_else(|| "expected less than 4G".to_owned())?;
    // A document counts its bytes in 32 bits.
    if bytes < u64::from(u32::MAX) { Ok(bytes) } else { Err("expected less than 4G".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn values_of_headers_are_not_in_messages_about_arguments() {
        let told = |arguments: &[&str]| {
            let arguments = ["dtogate", "probe", "order-placed", "--listen", "127.0.0.1:0"].iter().chain(arguments);
            let arguments: Vec<OsString> = arguments.map(OsString::from).collect();
            let error = Cli::try_parse_from(&arguments).unwrap_err();
            without_headers(&error.render().to_string(), arguments.into_iter())
        };
        for arguments in [
            &["--header", "X-Auth:", "sesame", "--target", "http://x/"][..],
            &["--header", "Authorization:", "Bearer", "sesame", "--target", "http://x/"],
            &["--header=X-Auth:", "sesame"],
            &["--target", "http://x/", "--wait", "never", "--header", "sesame"],
            &["--target", "http://x/", "--header", "a", "--header", "X: sesame", "--header"],
        ] {
            let message = told(arguments);
            assert!(message.starts_with("error: ") && !message.contains("sesame"), "{arguments:?}: {message}");
        }
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("16M"), Ok(16 << 20));
        assert_eq!(size("512"), Ok(512));
        assert!(size("4G").is_err() && size("16m").is_err() && size("").is_err() && size("99999999999G").is_err());
    }
}
