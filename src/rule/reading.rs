//! What becomes of a value of a payload: run, not guessed.

use super::brief;
use crate::document::{Document, Json, NodeId};
use crate::finding::Stage;
use crate::java::leaf::Refusal;
use crate::mapping::{Outcome, Promise};
use crate::observation::{Observation, Payload};
use crate::pointer::Pointer;

/// How a payload was read, and what of it was answered.
pub(super) struct Reading<'o, 'c> {
    observation: &'o Observation<'c>,
    payload: &'o Payload<'c>,
    /// Whether it is the producer's payload, of which pointers of the answer are known.
    is_own: bool,
    /// What its reader's class understands.
    promise: Promise,
    canonical: Json,
}

impl<'o, 'c> Reading<'o, 'c> {
    /// Reads a payload as its reader does.
    pub(super) fn new(observation: &'o Observation<'c>, payload: &'o Payload<'c>, document: &Document<'_>) -> Self {
        let is_own = payload.label.is_none() && observation.case.input.is_none();
        let reader = payload.reader;
        let mut promise = reader.dto.promise(reader.config, document);
        promise.refused.sort_by_key(|(node, _)| *node);
        let canonical = promise.canonical.clone();
        Reading { observation, payload, is_own, promise, canonical }
    }

    /// What happens to a value, as a sentence about its reader.
    pub(super) fn fate(&self, document: &Document<'_>, pointer: &Pointer, node: NodeId) -> String {
        let mapping = self.observation.mapping;
        let reader = mapping.reader_name;
        if let Ok(at) = self.promise.refused.binary_search_by_key(&node, |(node, _)| *node) {
            return match &self.promise.refused[at].1 {
                Refusal::Jackson(message) => format!("{reader} refuses the whole message: {message}"),
                Refusal::Stricter(message) => format!("{reader} reads it, dtogate does not: {message}"),
            };
        }
        match &self.observation.outcome {
            // Another value is refused: what becomes of this one is that nothing arrives.
            Some(Outcome::Refused { place, input, .. })
                if *input == self.payload.label
                    && pointer.within(&place.pointer).is_none()
                    && place.pointer.within(pointer).is_none() =>
            {
                let (read, refused) = (self.read_as(pointer), &place.pointer);
                format!("{reader} reads {read}, and the whole message is refused for {refused}")
            }
            Some(Outcome::Refused { stage: Stage::Map, refusal, .. }) => {
                format!("{} refuses the whole message: {refusal}", mapping.id)
            }
            Some(Outcome::Refused { refusal: Refusal::Jackson(message), input, .. })
                if *input == self.payload.label =>
            {
                format!("{reader} refuses the whole message: {message}")
            }
            Some(Outcome::Emitted(answer)) if self.is_own => {
                let target = mapping.target_pointer(pointer);
                let arrived = answer.document().ok().and_then(|answer| {
                    let found = answer.at(&target)?;
                    Some((brief(answer.raw(found)), answer.content(found).into_owned()))
                });
                match arrived {
                    None => format!("{reader} reads {}; the answer has nothing of it", self.read_as(pointer)),
                    Some((shown, content)) => {
                        let lost = lost(&document.content(node), &content);
                        if shown == brief(document.raw(node)) {
                            format!("it arrives as it was sent, and nobody on the way expects {shown}")
                        } else {
                            format!("{}{lost}", arrives_as(&shown))
                        }
                    }
                }
            }
            _ => format!("{reader} reads {}", self.read_as(pointer)),
        }
    }

    /// The same for a date in another form than the promised one, where the promised text arrives all the same.
    pub(super) fn fate_of_date(
        &self,
        document: &Document<'_>,
        pointer: &Pointer,
        date: NodeId,
        promised: Option<&str>,
    ) -> String {
        let fate = self.fate(document, pointer, date);
        match promised {
            Some(promised) if fate == arrives_as(promised) => {
                let reader = self.observation.mapping.reader_name;
                format!("nothing today: {reader} reads it as {promised}; whoever takes only the promised form fails")
            }
            _ => fate,
        }
    }

    /// The value that the reader's class has at a pointer.
    pub(super) fn read_as(&self, pointer: &Pointer) -> String {
        let mapping = self.observation.mapping;
        let shown = self.canonical.document().ok().and_then(|canonical| {
            let named = || canonical.at(&mapping.target_pointer(pointer)).filter(|_| self.is_own);
            Some(brief(canonical.raw(canonical.at(pointer).or_else(named)?)))
        });
        shown.unwrap_or_else(|| "nothing there".to_owned())
    }
}

fn arrives_as(shown: &str) -> String {
    format!("it arrives as {shown}")
}

/// What a date-time has lost, if what arrived is the beginning of it.
fn lost(sent: &str, arrived: &str) -> &'static str {
    match (sent.split_once('T'), arrived.split_once('T')) {
        (Some((day, _)), None) if day == arrived => ": the time is lost",
        (Some((day, time)), Some((other, clock))) if day == other && time.starts_with(clock) => {
            let rest = time[clock.len()..].trim();
            if rest.is_empty() {
                ": the space after it is lost"
            } else if rest.starts_with(['Z', '+', '-']) {
                ": the offset is lost"
            } else {
                ": a part of the time is lost"
            }
        }
        _ => "",
    }
}
