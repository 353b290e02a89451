//! An outside mapper as the subject: what it makes of every fixture, in every spelling and variation.
//!
//! ```text
//! goldens -> plan (rows, payloads) -> subject (command, batch, gateway) -> Answer -> verdict -> Report -> bytes
//! ```
//!
//! The mapping says what should have come out, by [`crate::verdict`]. What the mapper does wrong is a failure in the
//! report, never an error of ours.

pub mod answer;
pub mod batch;
pub mod exec;
mod group;
pub mod http;
mod judged;
mod plan;
pub mod render;
pub mod save;
mod shrink;
pub mod subject;
pub mod variation;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Error;
use crate::finding::Severity;
use crate::mapping::{Catalogue, Mapping};

use answer::{Answer, Misbehaviour};
pub use group::escaped;
use judged::{Judged, failures, judged, set_aside};
use plan::Plan;
use subject::{FurtherText, Payload, Subject};

/// A payload to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The name of the case, with `@configuration` where it has one.
    pub name: String,
    /// Its file, as a report shows it; none for one in the binary.
    pub path: Option<String>,
    /// The payload.
    pub bytes: Vec<u8>,
    /// The further inputs of an aggregation.
    pub further: Arc<[FurtherText]>,
}

/// What to probe with.
pub struct Options {
    /// The mapper.
    pub subject: Subject,
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
    /// The fixture's file, as a report shows it.
    pub path: Option<String>,
    /// Lower-case fragment: what is wrong with the answer to it.
    pub reason: String,
    /// The smallest payload.
    pub sent: String,
    /// What the mapper could ask for besides.
    pub further: Arc<[FurtherText]>,
    /// The answer, if there is one.
    pub got: Option<String>,
    /// Standard error; of a long one its beginning and its end.
    pub stderr: String,
    /// Where it was saved.
    pub saved: Option<String>,
}

/// A tolerance that was needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub tolerance: String,
    /// For how many payloads.
    pub payloads: usize,
    /// Where in the answers, with `*` for every index; empty where it is about the whole.
    pub at: Vec<String>,
}

/// What a probe found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The mapping.
    pub mapping: &'static str,
    /// The command, as a shell would take it; the URL of a gateway.
    pub command: String,
    /// How many fixtures there were.
    pub cases: usize,
    /// Whether these were the ones in the binary.
    pub embedded: bool,
    /// Those that were not sent, since the mapping itself does not bring them through.
    pub left_out: Vec<String>,
    /// The table.
    pub rows: Vec<Row>,
    /// Every kind of failure, the heaviest first.
    pub failures: Vec<Failure>,
    /// Tolerances that were needed.
    pub notes: Vec<Note>,
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

/// Probes a mapper.
///
/// `progress` is given the number of payloads before the first is sent, and told of each that was answered.
///
/// # Errors
///
/// That a command cannot be started; that there is no payload to begin with.
pub fn probe(
    mapping: &'static Mapping,
    catalogue: &Catalogue,
    starts: &[Start],
    options: &Options,
    progress: &dyn Fn(usize) -> Box<dyn Fn() + Sync>,
) -> Result<Report, Error> {
    let Plan { mut rows, sent, left_out } = plan::plan(mapping, catalogue, starts, options);
    if left_out.len() == starts.len() {
        let what = format!("the mapping itself brings no golden of {} through: {}", mapping.id, left_out.join(", "));
        return Err(Error::NothingToCheck { what });
    }
    let payloads: Vec<Payload> = sent.iter().map(|sent| sent.payload.clone()).collect();
    let told = progress(payloads.len());
    let done = (0..sent.len()).map(|_| (Judged::NotReached, Answer::failed(Misbehaviour::NotReached)));
    let done: Mutex<Vec<(Judged, Answer)>> = Mutex::new(done.collect());
    // Each is judged as it comes, and what need not be shown is let go: there may be many, and each may be large.
    options.subject.deliver(&payloads, &told, &|at, answer| {
        let judged = judged(mapping, &sent[at].payload, &answer);
        let kept = answer.kept(matches!(judged, Judged::Ok(_)));
        done.lock().unwrap_or_else(PoisonError::into_inner)[at] = (judged, kept);
    })?;
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (mut judged, answers): (Vec<Judged>, Vec<Answer>) = done.into_iter().unzip();
    set_aside(&sent, &mut judged);
    let mut tolerances = Tolerances::default();
    for (sent, judged) in sent.iter().zip(&judged) {
        let row = &mut rows[sent.row];
        match judged {
            Judged::Ok(found) => {
                row.ok += 1;
                tolerances.needed(found);
            }
            Judged::SetAside => row.set_aside += 1,
            Judged::NotReached => row.not_reached += 1,
            Judged::Failed { word: "corrupted", .. } => row.corrupted += 1,
            Judged::Failed { .. } => row.lost += 1,
        }
    }
    let mut kinds = vec![];
    for (mut failure, generated) in failures(&rows, &sent, &judged, &answers) {
        if let Some(first) = generated {
            shrink::shrink(mapping, options, first, &mut failure)?;
        }
        kinds.push(failure);
    }
    Ok(Report {
        mapping: mapping.id,
        command: options.subject.name(),
        cases: starts.len(),
        embedded: false,
        left_out,
        rows,
        failures: kinds,
        notes: tolerances.notes(),
        fail_on: options.fail_on,
    })
}

/// The tolerances that were needed: each once, with the payloads and the places.
#[derive(Default)]
struct Tolerances(BTreeMap<String, (usize, BTreeSet<String>)>);

impl Tolerances {
    /// What one payload needed: `tolerance`, or `tolerance: /pointer`.
    fn needed(&mut self, notes: &[String]) {
        let mut counted = BTreeSet::new();
        for note in notes {
            let (tolerance, at) = match note.split_once(": ") {
                Some((tolerance, at)) => (tolerance, Some(at)),
                None => (note.as_str(), None),
            };
            let (payloads, places) = self.0.entry(tolerance.to_owned()).or_default();
            *payloads += usize::from(counted.insert(tolerance));
            places.extend(at.map(str::to_owned));
        }
    }

    fn notes(self) -> Vec<Note> {
        let note = |(tolerance, (payloads, at)): (String, (usize, BTreeSet<String>))| Note {
            tolerance,
            payloads,
            at: at.into_iter().collect(),
        };
        self.0.into_iter().map(note).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tolerance_counts_payloads_and_names_places() {
        let mut tolerances = Tolerances::default();
        for notes in [&["a: /x", "a: /y", "b"][..], &["a: /x"]] {
            tolerances.needed(&notes.iter().map(|&note| note.to_owned()).collect::<Vec<_>>());
        }
        let note = |tolerance: &str, payloads, at: &[&str]| Note {
            tolerance: tolerance.to_owned(),
            payloads,
            at: at.iter().map(|&at| at.to_owned()).collect(),
        };
        assert_eq!(tolerances.notes(), [note("a", 2, &["/x", "/y"]), note("b", 1, &[])]);
    }
}
