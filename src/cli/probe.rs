//! `dtogate probe`

mod accepted;
mod gateway;
mod table;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::check::{FailOn, nearest_root};
use super::output::Output;
use super::progress;
use super::{Done, Environment, mapping, size};
use crate::error::Error;
use crate::fixture::{CaseKind, FurtherFile, read_store};
use crate::mapping::{Catalogue, Mapping};
use crate::overview::legs;
use crate::probe::exec::Program;
use crate::probe::save::save;
use crate::probe::subject::{FurtherText, Subject};
use crate::probe::{Options, Start, escaped, probe};
use crate::report::escape::seen;
use crate::report::{self, Report};
use crate::tool;

/// The largest golden that is read.
const MAX_GOLDEN: u64 = 64 << 20;

/// The arguments of `probe`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The mapping that the command implements
    pub mapping: String,
    /// The command and its arguments: a payload on its standard input, the answer on its standard output, further
    /// inputs as files in the folder $DTOGATE_INPUTS. With --target: the command that starts the gateway. $DTOGATE_PRODUCER
    /// holds the URL to use as its producer; the gateway is stopped afterwards
    #[arg(last = true, required_unless_present = "target", value_name = "COMMAND")]
    pub command: Vec<OsString>,
    /// What goes over HTTP.
    #[command(flatten)]
    pub gateway: gateway::OverHttp,
    /// One process for all payloads: JSON text sequences both ways (RFC 7464), same count, same order
    #[arg(long, conflicts_with = "target")]
    pub batch: bool,
    /// Seconds for a payload; with --batch, seconds until the next whole answer
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "10")]
    pub timeout: Duration,
    /// The largest answer, in bytes; K, M and G are understood. Also the limit for all wrong answers kept together; each
    /// keeps at least 1K
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16M")]
    pub max_output: u64,
    /// How many more payloads to generate, from the producer's definition
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(..=10_000))]
    pub cases: u32,
    /// What they are generated from: the same seed, the same payloads
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Send only goldens whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// The folder that holds fixtures/; default: the nearest parent folder with fixtures/, else the goldens in the binary
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Findings that may stay, with the reason: entries of this file that name a variation; by default those of
    /// fixtures/accepted.toml beside the goldens
    #[arg(long, value_name = "FILE")]
    pub accepted: Option<PathBuf>,
    /// Observe which value of the answer depends on which of the payload, and compare that with the mapping's table. It
    /// starts a process for each payload, or with --batch one for all, which must write each answer before it reads the
    /// next payload. To check values, run `probe` without it
    #[arg(long, conflicts_with_all = ["accepted", "cases", "filter", "root", "save", "formats", "outputs"])]
    pub table: bool,
    /// Save the smallest payload of each kind of failure as a case in this folder, for review
    #[arg(long, value_name = "DIR")]
    pub save: Option<PathBuf>,
    /// How it is reported.
    #[command(flatten)]
    pub output: Output,
    /// The lowest severity that fails the run; accepted findings never do
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
    arguments.output.refuse_mismatch()?;
    let mapping = mapping(&arguments.mapping, catalogue)?;
    let starts = || starts(arguments, mapping, catalogue, environment);
    // What is wrong with the arguments is told before anything is started.
    let (starts, root) = if arguments.table { (vec![], None) } else { starts()? };
    let accepted = accepted::Accepted::read(arguments, root.as_deref(), mapping, catalogue, environment.today)?;
    if let Some(root) = &root {
        arguments.output.refuse_over(&root.join("fixtures"))?;
    }
    if let Some(file) = &arguments.accepted {
        arguments.output.refuse_over(file)?;
    }
    let subject = match &arguments.gateway.target {
        Some(target) => Subject::Gateway(Box::new(gateway::connect(arguments, target, mapping, environment)?)),
        None if arguments.batch => Subject::Batch(program(arguments)),
        None => Subject::Command(program(arguments)),
    };
    if arguments.table {
        let bar = progress::Bar::new(environment.announce, "");
        let told = bar.start(None);
        let done = table::run(&subject, mapping, arguments.seed, &told)?;
        bar.finish();
        drop(subject);
        return Ok(Done { stderr: still_running(&escaped()), ..done });
    }
    let options = Options {
        subject,
        cases: arguments.cases as usize,
        seed: arguments.seed,
        fail_on: arguments.fail_on.severity(),
        accepted: accepted.live.clone(),
    };
    let hint = if matches!(options.subject, Subject::Command(_)) { progress::BATCH } else { "" };
    let bar = progress::Bar::new(environment.announce, hint);
    let mut report = probe(mapping, catalogue, &starts, &options, &|total| bar.start(Some(total)))?;
    bar.finish();
    report.embedded = root.is_none();
    report.accepted_in = accepted.file();
    let stale = accepted.stale(&report, arguments.filter.is_none());
    // A mapper was run for it: the report is shown also where its payloads cannot be saved.
    let error = arguments.save.as_ref().and_then(|folder| save(&mut report.failures, folder).err());
    let mut report = Report::from(report);
    report.findings.extend(stale);
    if arguments.output.draws() {
        let payloads = |_: &Mapping| starts.iter().map(|start| start.bytes.clone()).collect();
        report.legs = legs(&report, catalogue, &payloads);
    }
    let shown = report::Options { width: environment.width, color: false, acceptances: accepted.file().is_some() };
    let done = arguments.output.done(&report, &shown)?;
    // A gateway that the probe started ends with it.
    drop(options);
    Ok(Done { stderr: still_running(&escaped()), error, ..done })
}

/// What runs on, since it left its process group and nobody may end what is not known.
fn still_running(escaped: &[(u32, String)]) -> String {
    const SHOWN: usize = 5;
    let Some((first, _)) = escaped.first() else { return String::new() };
    let shown: Vec<String> = escaped.iter().take(SHOWN).map(|(id, name)| format!("{id} {}", seen(name))).collect();
    let more = escaped.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let shown = shown.join(", ");
    format!("warning: still running, since it left the mapper's process group (setsid): {shown}{more}; kill {first}\n")
}

fn program(arguments: &Arguments) -> Program {
    let Arguments { command, timeout, max_output, .. } = arguments;
    Program { command: command.clone(), timeout: *timeout, max_output: *max_output, inputs: None }
}

/// The goldens to begin with, and the root that they are of; none for those in the binary.
fn starts(
    arguments: &Arguments,
    mapping: &'static Mapping,
    catalogue: &Catalogue,
    environment: &Environment<'_>,
) -> Result<(Vec<Start>, Option<PathBuf>), Error> {
    let root = match &arguments.root {
        Some(root) => Some(root.clone()),
        // A service's own folder of that name says nothing about the mapping.
        None => {
            nearest_root(environment.current_dir).ok().filter(|root| root.join("fixtures").join(mapping.id).is_dir())
        }
    };
    let mut starts = match &root {
        Some(root) => from_disk(mapping, root, catalogue)?,
        None => from_binary(mapping, catalogue),
    };
    if starts.is_empty() {
        let id = mapping.id;
        let what = match &root {
            Some(_) => format!("no golden of {id} in valid/ to begin with: {} add {id} FILE makes one", tool::name()),
            None => format!(
                "no golden of {id} is built in to begin with: name one in the mapping (probing: goldens), or the folder \
                 with fixtures/{id} by --root"
            ),
        };
        return Err(Error::NothingToCheck { what });
    }
    if let Some(filter) = &arguments.filter {
        let names: Vec<String> = starts.iter().map(|start| start.name.clone()).collect();
        starts.retain(|start| start.name.contains(filter.as_str()));
        if starts.is_empty() {
            let what =
                format!("no golden of {} has {filter:?} in its name; there are: {}", mapping.id, names.join(", "));
            return Err(Error::NothingToCheck { what });
        }
    }
    Ok((starts, root))
}

fn from_disk(mapping: &Mapping, root: &std::path::Path, catalogue: &Catalogue) -> Result<Vec<Start>, Error> {
    let store = read_store(root, catalogue, MAX_GOLDEN)?;
    let valid = store.cases.into_iter().filter(|case| case.mapping.id == mapping.id && case.kind == CaseKind::Valid);
    let further = |FurtherFile { name, key, file }: FurtherFile| {
        let text = String::from_utf8_lossy(file.content.bytes()).into_owned();
        FurtherText { name, key, text }
    };
    Ok(valid
        .map(|case| Start {
            name: case.name,
            bytes: case.payload.content.bytes().to_vec(),
            path: Some(case.payload.path),
            further: case.further.into_iter().map(further).collect(),
        })
        .collect())
}

/// Each mapping has one or two with their further inputs; another layout of one of them has the same.
fn from_binary(mapping: &Mapping, catalogue: &Catalogue) -> Vec<Start> {
    let own = mapping.probing.goldens;
    let further = |name: &str| -> Arc<[FurtherText]> {
        let case = name.split('@').next().unwrap_or(name);
        let of_case = own.iter().filter(|golden| golden.name == case).flat_map(|golden| golden.further);
        of_case.map(|golden| FurtherText::from(&golden.as_further())).collect()
    };
    let start = |name: &str, bytes: &[u8]| Start {
        name: name.to_owned(),
        path: None,
        bytes: bytes.to_vec(),
        further: further(name),
    };
    let others = catalogue.goldens.iter().filter(|golden| golden.mapping == mapping.id);
    let others = others.filter(|golden| own.iter().all(|own| own.name != golden.name));
    let mut starts: Vec<Start> = own.iter().map(|golden| start(golden.name, golden.payload.as_bytes())).collect();
    starts.extend(others.map(|golden| start(golden.name, golden.bytes)));
    starts.sort_by(|a, b| a.name.cmp(&b.name));
    starts
}
