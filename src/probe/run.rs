//! The run of a probe: payloads through the subject, a judgement of each, the kinds of failure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::answer::{Answer, Misbehaviour, room};
use super::judged::{Judged, failures, judged, skip};
use super::plan::{self, Plan};
use super::subject::Payload;
use super::{Failure, Note, Options, Report, Start, shrink};
use crate::error::Error;
use crate::finding::FailureKind;
use crate::mapping::{Catalogue, Mapping};
use crate::pointer::Pointer;
use crate::verdict::Tolerated;

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
    let room = room(options.subject.max_output(), sent.len());
    // Each is judged as it comes, and what need not be shown is let go: there may be many, and each may be large.
    options.subject.deliver(&payloads, &told, &|at, answer| {
        let mut judged = judged(mapping, &sent[at].payload, &answer);
        let has_arrived = matches!(judged, Judged::Ok(_));
        let place = match &mut judged {
            Judged::Failed { place, .. } => place.got.as_mut(),
            _ => None,
        };
        let kept = answer.kept(has_arrived, room, place);
        done.lock().unwrap_or_else(PoisonError::into_inner)[at] = (judged, kept);
    })?;
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (mut judged, answers): (Vec<Judged>, Vec<Answer>) = done.into_iter().unzip();
    let was_sent = || judged.iter().filter(|judged| !matches!(judged, Judged::NotReached));
    let did_not_run = was_sent().next().is_some() && was_sent().all(Judged::is_down);
    if !did_not_run {
        skip(&sent, &mut judged);
    }
    let mut tolerances = Tolerances::default();
    for (sent, judged) in sent.iter().zip(&judged) {
        let row = &mut rows[sent.row];
        match judged {
            Judged::Ok(found) => {
                row.ok += 1;
                tolerances.needed(found);
            }
            Judged::Skipped => row.skipped += 1,
            Judged::NotReached => row.not_reached += 1,
            Judged::Failed { kind: FailureKind::Corrupted, .. } => row.corrupted += 1,
            Judged::Failed { .. } if did_not_run => row.did_not_run += 1,
            Judged::Failed { .. } => row.lost += 1,
        }
    }
    let mut kinds: Vec<Failure> = vec![];
    // Of a mapper that never ran nothing is known, so nothing of it can stay.
    let accepted = if did_not_run { &[] } else { &options.accepted[..] };
    let mut asker = shrink::Asker::new(options);
    for (mut failure, generated) in failures(&mut rows, &sent, &judged, &answers, accepted) {
        // One that does not run at all says no more of a smaller payload.
        if let Some(first) = generated.filter(|_| !did_not_run && failure.accepted.is_none()) {
            shrink::shrink(mapping, &mut asker, first, &mut failure)?;
        }
        // Made smaller, two may turn out to be one.
        match kinds.iter_mut().find(|other| is_same(other, &failure)) {
            Some(other) => {
                other.count += failure.count;
                other.places.append(&mut failure.places);
            }
            None => kinds.push(failure),
        }
    }
    Ok(Report {
        mapping: mapping.id,
        command: options.subject.name(),
        cases: starts.len(),
        embedded: false,
        left_out,
        accepted_in: None,
        rows,
        failures: kinds,
        notes: tolerances.notes(),
        fail_on: options.fail_on,
    })
}

/// Whether two failures are told alike.
fn is_same(one: &Failure, other: &Failure) -> bool {
    let told = |failure: &Failure| (failure.rule, failure.severity, failure.kind, failure.accepted.clone());
    told(one) == told(other) && (&one.sent, &one.reason) == (&other.sent, &other.reason)
}

/// The tolerances that were needed: each once, with the payloads and the places.
#[derive(Default)]
struct Tolerances(BTreeMap<&'static str, (usize, BTreeSet<Pointer>)>);

impl Tolerances {
    /// What one payload needed.
    fn needed(&mut self, notes: &[Tolerated]) {
        let mut counted = BTreeSet::new();
        for note in notes {
            let (payloads, places) = self.0.entry(note.name()).or_default();
            *payloads += usize::from(counted.insert(note.name()));
            places.extend(note.at().cloned());
        }
    }

    fn notes(self) -> Vec<Note> {
        let note = |(tolerance, (payloads, at)): (&'static str, (usize, BTreeSet<Pointer>))| {
            let mut at: Vec<String> = at.iter().map(Pointer::to_string).collect();
            at.sort();
            Note { tolerance: tolerance.to_owned(), payloads, at }
        };
        self.0.into_iter().map(note).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tolerance_counts_payloads_and_names_places() {
        let dropped = |at: &str| Tolerated::UnknownDropped(Pointer::read(at));
        let mut tolerances = Tolerances::default();
        for notes in [&[dropped("/x"), dropped("/y"), Tolerated::DatesAsText][..], &[dropped("/x")]] {
            tolerances.needed(notes);
        }
        let note = |tolerated: Tolerated, payloads, at: &[&str]| Note {
            tolerance: tolerated.name().to_owned(),
            payloads,
            at: at.iter().map(|&at| at.to_owned()).collect(),
        };
        let expected = [note(Tolerated::DatesAsText, 1, &[]), note(dropped("/x"), 2, &["/x", "/y"])];
        assert_eq!(tolerances.notes(), expected);
    }
}
