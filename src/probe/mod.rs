//! An outside mapper as the subject: what it makes of every fixture, in every spelling and variation.
//!
//! ```text
//! goldens -> plan (rows, payloads) -> exec or batch -> Answer -> verdict -> Report -> format -> bytes
//! ```
//!
//! The mapping says what should have come out, by [`crate::verdict`]. What the program does wrong is a failure in the
//! report, never an error of ours.

pub mod batch;
pub mod exec;
mod plan;
pub mod render;
pub mod variation;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::document::parse;
use crate::finding::Severity;
use crate::mapping::{Catalogue, Mapping, Outcome};
use crate::verdict::{Judgement, judge};

use exec::{Answer, Misbehaviour, Program};
use plan::{Plan, Sent};

/// A payload to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The name of the case, with `@configuration` where it has one.
    pub name: String,
    /// The payload.
    pub bytes: Vec<u8>,
}

/// What to probe with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The program.
    pub program: Program,
    /// Whether one process gets all payloads.
    pub batch: bool,
    /// How many payloads are generated.
    pub cases: usize,
    /// What they are generated from.
    pub seed: u64,
    /// The severity from which a failure fails the run.
    pub fail_on: Severity,
}

/// A variation and what became of its payloads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The id of the spelling or variation.
    pub id: &'static str,
    /// One line: what is special in it.
    pub summary: &'static str,
    /// How much a lost value weighs in it.
    pub severity: Severity,
    /// Why it was not sent.
    pub skipped: Option<&'static str>,
    /// Payloads whose value arrived.
    pub ok: usize,
    /// Payloads whose value did not.
    pub lost: usize,
    /// Payloads of which another value arrived.
    pub corrupted: usize,
    /// Payloads that fail just as their fixture does without the variation: that says nothing about the variation.
    pub set_aside: usize,
    /// Payloads that were not sent, since the program had failed too often.
    pub not_reached: usize,
}

impl Row {
    /// The worst of its payloads: `ok`, `lost` or `corrupted`; or why there is none.
    pub fn verdict(&self) -> &'static str {
        match self {
            Row { corrupted: 1.., .. } => "corrupted",
            Row { lost: 1.., .. } => "lost",
            Row { not_reached: 1.., .. } => "not reached",
            Row { skipped: Some(_), .. } => "not run",
            Row { ok: 0, set_aside: 1.., .. } => "set aside",
            _ => "ok",
        }
    }
}

/// A kind of failure, with the smallest payload that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule that the mapper breaks.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What happened, in a word or two: `lost`, `corrupted`, `timed out`.
    pub kind: &'static str,
    /// How many payloads.
    pub count: usize,
    /// The row of the smallest.
    pub row: &'static str,
    /// The fixture that the smallest was made of.
    pub case: String,
    /// Lower-case fragment: what is wrong with the answer to it.
    pub reason: String,
    /// The smallest payload.
    pub sent: String,
    /// The answer, if there is one.
    pub got: Option<String>,
    /// The beginning of standard error.
    pub stderr: String,
}

/// What a probe found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The mapping.
    pub mapping: &'static str,
    /// The command, as a shell would take it.
    pub command: String,
    /// How many fixtures there were.
    pub cases: usize,
    /// Whether these were the ones in the binary.
    pub embedded: bool,
    /// The table.
    pub rows: Vec<Row>,
    /// Every kind of failure, the heaviest first.
    pub failures: Vec<Failure>,
    /// Tolerances that were needed, and for how many payloads.
    pub notes: Vec<(String, usize)>,
    /// The severity from which a failure fails the run.
    pub fail_on: Severity,
}

impl Report {
    /// Whether the run fails.
    pub fn failed(&self) -> bool {
        self.rows.iter().any(|row| row.not_reached > 0)
            || self.failures.iter().any(|failure| failure.severity >= self.fail_on)
            || self.fail_on == Severity::Note && !self.notes.is_empty()
    }

    /// How many kinds of failure have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.failures.iter().filter(|failure| failure.severity == severity).count()
    }
}

/// Probes a program.
///
/// # Errors
///
/// That the program cannot be started.
pub fn probe(
    mapping: &'static Mapping,
    catalogue: &Catalogue,
    starts: &[Start],
    options: &Options,
) -> io::Result<Report> {
    let Plan { mut rows, sent } = plan::plan(mapping, catalogue, starts, options);
    let payloads: Vec<Arc<[u8]>> = sent.iter().map(|sent| Arc::from(sent.text.as_bytes())).collect();
    let run = if options.batch { batch::run_batch } else { exec::run_each };
    let answers = run(&options.program, &payloads)?;
    let mut judged: Vec<Judged> =
        sent.iter().zip(&answers).map(|(sent, answer)| judged(mapping, sent, answer)).collect();
    set_aside(&sent, &mut judged);
    let mut notes: BTreeMap<String, usize> = BTreeMap::new();
    for (sent, judged) in sent.iter().zip(&judged) {
        let row = &mut rows[sent.row];
        match judged {
            Judged::Ok(found) => {
                row.ok += 1;
                for note in found {
                    *notes.entry(note.clone()).or_default() += 1;
                }
            }
            Judged::SetAside => row.set_aside += 1,
            Judged::NotReached => row.not_reached += 1,
            Judged::Failed { word: "corrupted", .. } => row.corrupted += 1,
            Judged::Failed { .. } => row.lost += 1,
        }
    }
    let failures = failures(&rows, &sent, &judged, &answers);
    Ok(Report {
        mapping: mapping.id,
        command: command_line(options),
        cases: starts.len(),
        embedded: false,
        rows,
        failures,
        notes: notes.into_iter().collect(),
        fail_on: options.fail_on,
    })
}

fn command_line(options: &Options) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/._-@+,:=".contains(character);
    let quoted = |word: &std::ffi::OsString| {
        let word = word.to_string_lossy();
        let quote = word.is_empty() || !word.chars().all(is_plain);
        if quote { format!("'{}'", word.replace('\'', "'\\''")) } else { word.into_owned() }
    };
    options.program.command.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// What became of a payload.
enum Judged {
    Ok(Vec<String>),
    Failed { word: &'static str, kind: &'static str, reason: String },
    SetAside,
    NotReached,
}

/// Sets variations aside that fail just as their fixture does as it stands (the first row).
fn set_aside(sent: &[Sent], judged: &mut [Judged]) {
    let kind = |judged: &Judged| match judged {
        Judged::Failed { kind, .. } => Some(*kind),
        _ => None,
    };
    let as_sent = sent.iter().zip(judged.iter()).filter(|(sent, _)| sent.row == 0);
    let failed: BTreeMap<&str, &str> =
        as_sent.filter_map(|(sent, judged)| Some((sent.case.as_str(), kind(judged)?))).collect();
    for (sent, judged) in sent.iter().zip(judged) {
        let kind = kind(judged);
        if !sent.is_spelling && kind.is_some() && kind == failed.get(sent.case.as_str()).copied() {
            *judged = Judged::SetAside;
        }
    }
}

fn judged(mapping: &Mapping, sent: &Sent, answer: &Answer) -> Judged {
    let lost = |kind, reason| Judged::Failed { word: "lost", kind, reason };
    let bytes = match &answer.result {
        Ok(bytes) => bytes,
        Err(misbehaviour) => {
            let kind = match misbehaviour {
                Misbehaviour::TimedOut(_) => "timed out",
                Misbehaviour::Flooded(_) => "flooded",
                Misbehaviour::Ended(_) => "ended badly",
                Misbehaviour::ClosedInput => "closed its input",
                Misbehaviour::Silent => "no output",
                Misbehaviour::Miscounted { .. } => "another number of answers",
                Misbehaviour::NotReached => return Judged::NotReached,
            };
            return lost(kind, misbehaviour.to_string());
        }
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return lost("not JSON", "the answer is not UTF-8".to_owned());
    };
    // Readers of bytes read past it; the consumer's `fetch` does too.
    let (text, has_bom) = text.strip_prefix('\u{FEFF}').map_or((text, false), |text| (text, true));
    if let Err(error) = parse(text.as_bytes()) {
        return lost("not JSON", format!("the answer is not JSON: {error}"));
    }
    let document = match parse(sent.text.as_bytes()) {
        Ok(document) => document,
        Err(error) => return lost("not JSON", format!("the payload is not JSON: {error}")),
    };
    match judge(mapping, &document, &Outcome::Emitted(text.to_owned())) {
        Judgement::Ok { mut notes } => {
            if has_bom {
                notes.push("byte order mark before the answer".to_owned());
            }
            Judged::Ok(notes)
        }
        Judgement::Lost { reason } => lost("lost", reason),
        corrupted @ Judgement::Corrupted { .. } => Judged::Failed {
            word: "corrupted",
            kind: "corrupted",
            reason: corrupted.to_string().trim_start_matches("corrupted: ").to_owned(),
        },
    }
}

/// The kinds of failure, each with its smallest payload.
fn failures(rows: &[Row], sent: &[Sent], judged: &[Judged], answers: &[Answer]) -> Vec<Failure> {
    // The same JSON that arrives in one spelling and not in another.
    let arrives = |case: &str| {
        let mut all = sent.iter().zip(judged);
        all.any(|(sent, judged)| sent.is_spelling && sent.case == case && matches!(judged, Judged::Ok(_)))
    };
    let mut kinds: Vec<(usize, Failure)> = vec![];
    let mut cases: BTreeMap<&str, bool> = BTreeMap::new();
    for ((sent, judged), answer) in sent.iter().zip(judged).zip(answers) {
        let Judged::Failed { word, kind, reason } = judged else { continue };
        let rule = match *kind {
            "lost" | "corrupted" => {
                let arrives = sent.is_spelling && *cases.entry(&sent.case).or_insert_with(|| arrives(&sent.case));
                if arrives { "spelling-sensitive" } else { "unexpected-output" }
            }
            "not JSON" => "unexpected-output",
            _ => "wrong-verdict",
        };
        let severity = if *word == "corrupted" { Severity::Error } else { rows[sent.row].severity };
        let make = || Failure {
            rule,
            severity,
            kind,
            count: 1,
            row: rows[sent.row].id,
            case: sent.case.clone(),
            reason: reason.clone(),
            sent: sent.text.clone(),
            got: answer.result.as_ref().ok().map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
            stderr: answer.stderr.clone(),
        };
        let same = |(_, failure): &&mut (usize, Failure)| {
            (failure.rule, failure.severity, failure.kind) == (rule, severity, *kind)
        };
        match kinds.iter_mut().find(same) {
            None => kinds.push((sent.row, make())),
            Some((_, failure)) => {
                let count = failure.count + 1;
                if sent.text.len() < failure.sent.len() {
                    *failure = make();
                }
                failure.count = count;
            }
        }
    }
    kinds.sort_by_key(|(row, failure)| (std::cmp::Reverse(failure.severity), *row));
    kinds.into_iter().map(|(_, failure)| failure).collect()
}
