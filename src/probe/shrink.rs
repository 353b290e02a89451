//! A failing generated payload made smaller, so long as it fails in the same way.

use std::collections::BTreeMap;

use super::answer::{Answer, MOST_TIMEOUTS, Misbehaviour, room};
use super::judged::{FailurePlace, Judged, judged};
use super::plan::{Sent, generated, takes};
use super::subject::{Payload, Subject};
use super::talk::Talk;
use super::{Failure, Options};
use crate::error::Error;
use crate::finding::FailureKind;
use crate::mapping::{Mapping, Shrinking};

/// How many smaller payloads are tried for one kind of failure.
///
/// By tries and not by time: the same seed gives the same bytes however slow a mapper is.
const MOST_TRIES: usize = 500;

/// How many steps they are taken from; many steps have a text that was tried already.
const MOST_STEPS: usize = 10_000;

/// Shrinks the smallest generated payload that fails like this.
///
/// # Errors
///
/// That a command cannot be started.
pub(super) fn shrink(
    mapping: &Mapping,
    asker: &mut Asker<'_>,
    first: &Sent,
    failure: &mut Failure,
) -> Result<(), Error> {
    let options = asker.options;
    // Each of these costs its time limit.
    if failure.kind == FailureKind::TimedOut {
        return Ok(());
    }
    let Some(mut tree) = first.generated.and_then(|index| generated(mapping, options).into_iter().nth(index)) else {
        return Ok(());
    };
    let mut tries = Tries { mapping, asker, kind: failure.kind, known: BTreeMap::new(), timeouts: 0 };
    let Some(smallest) = tries.smallest(tree.as_mut())? else { return Ok(()) };
    failure.case = format!("{}, shrunk", first.case);
    failure.sent = smallest.text;
    failure.reason = smallest.reason;
    let FailurePlace { pointer, sent, got } = *smallest.place;
    (failure.pointer, failure.sent_at, failure.got_at) = (pointer, sent, got);
    failure.got = smallest.got;
    failure.stderr = smallest.stderr;
    Ok(())
}

/// A payload that fails.
struct Failing {
    text: String,
    reason: String,
    place: Box<FailurePlace>,
    got: Option<String>,
    stderr: String,
}

/// Whom smaller payloads are sent to, one after the other.
pub(super) struct Asker<'o> {
    options: &'o Options,
    /// One process of a batch for all of them; none where each gets its own.
    talk: Option<Talk<'o>>,
}

impl<'o> Asker<'o> {
    /// Nothing is started yet.
    pub(super) fn new(options: &'o Options) -> Self {
        let talk = match &options.subject {
            Subject::Batch(program) => Some(Talk::new(program)),
            Subject::Command(_) | Subject::Gateway(_) => None,
        };
        Asker { options, talk }
    }

    fn answer(&mut self, payload: &Payload) -> Result<Answer, Error> {
        if let Some(talk) = &mut self.talk {
            let answer = talk.ask(payload)?;
            // Many a program answers only when its input has ended, or when the next payload is there.
            let waits = |misbehaviour: &Misbehaviour| {
                matches!(
                    misbehaviour,
                    Misbehaviour::TimedOut(_) | Misbehaviour::Silent | Misbehaviour::Miscounted { .. }
                )
            };
            if !answer.result.as_ref().is_err_and(waits) {
                return Ok(answer);
            }
            self.talk = None;
        }
        self.options.subject.answer(payload)
    }
}

struct Tries<'t, 'o> {
    mapping: &'t Mapping,
    asker: &'t mut Asker<'o>,
    kind: FailureKind,
    /// Whether a payload failed: different values may have one text.
    known: BTreeMap<String, bool>,
    /// How many tries cost their full time.
    timeouts: usize,
}

impl Tries<'_, '_> {
    /// proptest's own walk: simpler while it fails, back in part where it does not.
    fn smallest(&mut self, tree: &mut dyn Shrinking) -> Result<Option<Failing>, Error> {
        let mut smallest = None;
        let mut fails = true;
        for _ in 0..MOST_STEPS {
            let moved = if fails { tree.simplify() } else { tree.complicate() };
            if !moved || self.known.len() >= MOST_TRIES || self.timeouts >= MOST_TIMEOUTS {
                break;
            }
            fails = match tree.text() {
                None => false,
                Some(text) => match self.known.get(&text) {
                    Some(&fails) => fails,
                    None => {
                        let failing = self.failing(&text)?;
                        self.known.insert(text, failing.is_some());
                        let fails = failing.is_some();
                        smallest = failing.or(smallest);
                        fails
                    }
                },
            };
        }
        Ok(smallest)
    }

    fn failing(&mut self, text: &str) -> Result<Option<Failing>, Error> {
        if !takes(self.mapping, text, &[]) {
            return Ok(None);
        }
        let payload = Payload::alone(text.as_bytes());
        let answer = self.asker.answer(&payload)?;
        self.timeouts += usize::from(matches!(answer.result, Err(Misbehaviour::TimedOut(_))));
        Ok(match judged(self.mapping, &payload, &answer) {
            Judged::Failed { kind, reason, mut place } if kind == self.kind => {
                let room = room(self.asker.options.subject.max_output(), 1);
                let answer = answer.kept(false, room, place.got.as_mut());
                let got = answer.result.ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                Some(Failing { text: text.to_owned(), reason, place, got, stderr: answer.stderr })
            }
            _ => None,
        })
    }
}
