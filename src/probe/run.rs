//! The run of a probe: payloads through the subject, a judgement of each, the kinds of failure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::answer::{Answer, Misbehaviour};
use super::judged::{Judged, failures, judged, set_aside};
use super::plan::{self, Plan};
use super::subject::Payload;
use super::{Note, Options, Report, Start, shrink};
use crate::error::Error;
use crate::finding::FailureKind;
use crate::mapping::{Catalogue, Mapping};

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
            Judged::Failed { kind: FailureKind::Corrupted, .. } => row.corrupted += 1,
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
