//! `dtogate probe`

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::check::{FailOn, nearest_root};
use super::{Done, EXIT_FINDINGS, EXIT_PASS, Environment, mapping, size};
use crate::dependence::{Dependence, Table};
use crate::document::Place;
use crate::error::Error;
use crate::finding::Stage;
use crate::fixture::{CaseKind, read_store};
use crate::java::leaf::Refusal;
use crate::mapping::{Catalogue, Inputs, Mapping, Outcome};
use crate::probe::exec::{Program, run_one};
use crate::probe::render::{Format, render};
use crate::probe::{Options, Start, probe};

/// The largest golden that is read.
const MAX_GOLDEN: u64 = 64 << 20;

/// The arguments of `probe`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The mapping that the command should do
    pub mapping: String,
    /// The command and its arguments: a payload on its standard input, the answer on its standard output
    #[arg(last = true, required = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
    /// One process for all payloads: JSON text sequences both ways (RFC 7464), same count, same order
    #[arg(long)]
    pub batch: bool,
    /// Seconds for a payload; with --batch, seconds without any progress
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "10")]
    pub timeout: Duration,
    /// The largest answer, in bytes; K, M and G are understood
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16M")]
    pub max_output: u64,
    /// How many payloads to generate besides, from the producer's definition
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub cases: usize,
    /// What they are generated from: the same seed, the same payloads
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Begin with goldens whose name contains this only
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// The folder that holds fixtures/; by default the nearest one upwards that does, else the goldens in the binary
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Observe which value of the answer depends on which of the payload, and compare that with the mapping's table
    #[arg(long, conflicts_with_all = ["batch", "cases", "filter", "root", "format"])]
    pub table: bool,
    /// How the report is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// From which severity a failure fails the run
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Error)]
    pub fail_on: FailOn,
}

/// A time: more than nothing, at most a day.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= 86_400.0 => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("expected seconds, more than 0 and at most 86400, found {text:?}")),
    }
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments, catalogue: &Catalogue, environment: &Environment<'_>) -> Result<Done, Error> {
    let mapping = mapping(&arguments.mapping, catalogue)?;
    if arguments.table {
        return table(arguments, mapping);
    }
    let root = match &arguments.root {
        Some(root) => Some(root.clone()),
        None => nearest_root(environment.current_dir).ok(),
    };
    let (mut starts, embedded) = match &root {
        Some(root) => (from_disk(mapping, root, catalogue)?, false),
        None => (from_binary(mapping, catalogue), true),
    };
    if let Some(filter) = &arguments.filter {
        starts.retain(|start| start.name.contains(filter.as_str()));
    }
    if starts.is_empty() {
        return Err(Error::NothingToCheck { what: format!("no golden of {} in valid/ to begin with", mapping.id) });
    }
    let options = Options {
        program: Program {
            command: arguments.command.clone(),
            timeout: arguments.timeout,
            max_output: arguments.max_output,
        },
        batch: arguments.batch,
        cases: arguments.cases,
        seed: arguments.seed,
        fail_on: arguments.fail_on.severity(),
    };
    let mut report = probe(mapping, catalogue, &starts, &options).map_err(|source| {
        let command = arguments.command.first().map(|command| command.to_string_lossy().into_owned());
        Error::Start { command: command.unwrap_or_default(), source }
    })?;
    report.embedded = embedded;
    let code = if report.failed() { EXIT_FINDINGS } else { EXIT_PASS };
    Ok(Done { stdout: render(&report, arguments.format, environment.width), code, ..Done::default() })
}

/// The table of the program, and how it differs from the mapping's own.
fn table(arguments: &Arguments, mapping: &'static Mapping) -> Result<Done, Error> {
    if !mapping.inputs.is_empty() {
        let message =
            format!("{} has further inputs, which a command is not given yet: --table needs them", mapping.id);
        return Err(Error::Usage(message));
    }
    let program =
        Program { command: arguments.command.clone(), timeout: arguments.timeout, max_output: arguments.max_output };
    // One that cannot be started is an error, and told before anything is observed.
    let start = |source| Error::Start { command: program.command[0].to_string_lossy().into_owned(), source };
    run_one(&program, &Arc::from(&b"{}"[..])).map_err(start)?;
    let answer = |inputs: &Inputs<'_>| {
        let refused = |message: String| Outcome::Refused {
            stage: Stage::Map,
            refusal: Refusal::Jackson(message),
            place: Place { pointer: String::new(), span: 0..0 },
            input: None,
        };
        match run_one(&program, &Arc::from(inputs.payload.as_bytes())).map(|answer| answer.result) {
            Ok(Ok(bytes)) => match String::from_utf8(bytes) {
                Ok(text) => Outcome::Emitted(text),
                Err(error) => refused(error.to_string()),
            },
            Ok(Err(misbehaviour)) => refused(format!("{misbehaviour:?}")),
            Err(error) => refused(error.to_string()),
        }
    };
    let own = Table::new(&Dependence::observe(mapping, arguments.seed)).lines();
    let found = Table::new(&Dependence::observe_as(mapping, &answer, arguments.seed));
    let lines = found.lines();
    let only = |sign: &str, some: &[String], others: &[String]| -> String {
        some.iter().filter(|line| !others.contains(line)).map(|line| format!("{sign} {line}\n")).collect()
    };
    let differences = only("-", &own, &lines) + &only("+", &lines, &own);
    let mut stdout = format!("What feeds what ({})\n", found.evidence());
    lines.iter().for_each(|line| stdout.push_str(&format!("  {line}\n")));
    let (verdict, code) = match differences.lines().count() {
        0 => (format!("PASS: the table of {}", mapping.id), EXIT_PASS),
        1 => (format!("FAIL: 1 line differs from the table of {}", mapping.id), EXIT_FINDINGS),
        count => (format!("FAIL: {count} lines differ from the table of {}", mapping.id), EXIT_FINDINGS),
    };
    if !differences.is_empty() {
        stdout.push_str("\nAgainst the mapping's own table: - declared, + observed\n");
        stdout.push_str(&differences);
    }
    stdout.push_str(&format!("\n{verdict}\n"));
    Ok(Done { stdout, code, ..Done::default() })
}

fn from_disk(mapping: &Mapping, root: &std::path::Path, catalogue: &Catalogue) -> Result<Vec<Start>, Error> {
    let store = read_store(root, catalogue, MAX_GOLDEN)?;
    let valid = store.cases.into_iter().filter(|case| case.mapping.id == mapping.id && case.kind == CaseKind::Valid);
    Ok(valid.map(|case| Start { name: case.name, bytes: case.payload.content.bytes().to_vec() }).collect())
}

fn from_binary(mapping: &Mapping, catalogue: &Catalogue) -> Vec<Start> {
    let goldens = catalogue.goldens.iter().filter(|golden| golden.mapping == mapping.id);
    goldens.map(|golden| Start { name: golden.name.to_owned(), bytes: golden.bytes.to_vec() }).collect()
}
