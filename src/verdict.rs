//! The judgement of a mapping's answer against what was sent: did the renamed value arrive, and as it was?
//!
//! The definition is that of the captures (`naming/results.jsonl`), where five mappers were judged over every body.
//! It is tolerant where a typed mapper is: it may write absent keys as null, drop keys that its class does not have,
//! write a date as text and coerce a scalar to the declared type. Each of these is a note, not a difference, and it
//! is harmless only where the mapping's reader really declares it so: the payload as the reader's class understands
//! it decides. So is a value that the mapping itself changes, as it changes it. A mapper that passes everything on as it came has
//! nothing to be excused. What happened to each value says [`crate::compare::arrivals()`]; here is what is tolerated of it.

use std::fmt;

use crate::compare::{Arrival, Exchange, Fate};
use crate::document::{Document, NodeId};
use crate::mapping::{Declared, Mapping, Outcome};

/// What became of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The consumer finds under the new key what was sent under the old one, and nothing else changed.
    Ok {
        /// Harmless changes, each once, in the terms of the answer.
        notes: Vec<String>,
    },
    /// Nothing under the new key: absent, null although something was sent, or the mapper failed.
    Lost {
        /// Which of these: lower-case fragment.
        reason: String,
    },
    /// Something arrives, but a value or key differs from what was sent.
    Corrupted {
        /// The first difference, with its pointer in the answer.
        first: String,
        /// How many more there are.
        more: usize,
    },
}

impl Judgement {
    /// `ok`, `lost` or `corrupted`.
    pub fn word(&self) -> &'static str {
        match self {
            Judgement::Ok { .. } => "ok",
            Judgement::Lost { .. } => "lost",
            Judgement::Corrupted { .. } => "corrupted",
        }
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())?;
        match self {
            Judgement::Ok { notes } if notes.is_empty() => Ok(()),
            Judgement::Ok { notes } => write!(f, ": {}", notes.join("; ")),
            Judgement::Lost { reason } => write!(f, ": {reason}"),
            Judgement::Corrupted { first, more: 0 } => write!(f, ": {first}"),
            Judgement::Corrupted { first, more } => write!(f, ": {first} (and {more} more)"),
        }
    }
}

/// Judges an answer against the payload that was sent, by what the mapping declares.
///
/// Where the payload has both the old and the new key, the old one is what was sent: only the producer knows it.
pub fn judge(mapping: &Mapping, sent: &Document<'_>, outcome: &Outcome) -> Judgement {
    judge_beside(mapping, sent, outcome, None)
}

/// The same, beside the mapping's own answer: a value that was changed as the mapping changes it is right too.
pub fn judge_beside(
    mapping: &Mapping,
    sent: &Document<'_>,
    outcome: &Outcome,
    own: Option<&Document<'_>>,
) -> Judgement {
    let answer = match outcome {
        Outcome::Emitted(answer) => answer,
        Outcome::Refused { stage, refusal, place, .. } => {
            let at = if place.pointer.is_root() { String::new() } else { format!(" at {}", place.pointer) };
            return Judgement::Lost { reason: format!("no answer, {} fails{at}: {refusal}", stage.name()) };
        }
    };
    let got = match answer.document() {
        Ok(got) => got,
        Err(error) => return Judgement::Lost { reason: format!("the answer is not JSON: {error}") },
    };
    let exchange = Exchange::new(mapping, sent, &got, own);
    let arrivals = exchange.arrivals();
    if let Some(reason) = arrivals.iter().find_map(lost) {
        return Judgement::Lost { reason };
    }
    let arrivals: Vec<&Arrival> = arrivals.iter().filter(|arrival| !may_be_anything(arrival)).collect();
    let mut notes = Vec::new();
    if arrivals.iter().any(|arrival| arrival.fate == Fate::NullOrAbsent) {
        notes.push("absent and null taken for the same".to_owned());
    }
    let mut wrong = Vec::new();
    for arrival in arrivals {
        match harmless(arrival) {
            Some(note) if note.is_empty() || notes.contains(&note) => {}
            Some(note) => notes.push(note),
            None => wrong.push(arrival),
        }
    }
    if let [first, rest @ ..] = &wrong[..] {
        return Judgement::Corrupted { first: describe(first, sent, &got), more: rest.len() };
    }
    if exchange.keeps_lists_of_dates() {
        notes.push("dates are still arrays".to_owned());
    }
    Judgement::Ok { notes }
}

fn lost(arrival: &Arrival) -> Option<String> {
    match &arrival.fate {
        Fate::Lost(reason) => Some(reason.clone()),
        _ => None,
    }
}

/// Whether the mapping declares a value as one of which nothing is to be compared.
fn may_be_anything(arrival: &Arrival) -> bool {
    match arrival.declared {
        Some(Declared::Dropped | Declared::Constant | Declared::Generated) => true,
        Some(Declared::Added) => arrival.sent.is_none(),
        Some(Declared::Converted) | None => false,
    }
}

/// The note about what a typed mapper may do, empty where that has been noted; none for anything else.
fn harmless(arrival: &Arrival) -> Option<String> {
    let at = || arrival.target.pattern();
    match arrival.fate {
        Fate::NullOrAbsent => Some(String::new()),
        Fate::AsOwn => Some(format!("changed as the mapping does: {}", at())),
        Fate::UnknownDropped => Some(format!("unknown key dropped: {}", at())),
        Fate::DateForm => Some("dates rewritten as text".to_owned()),
        Fate::Coerced => Some(format!("coerced to the declared type: {}", at())),
        Fate::Lost(_) | Fate::Missing | Fate::Appeared | Fate::Changed => None,
    }
}

fn describe(arrival: &Arrival, sent: &Document<'_>, got: &Document<'_>) -> String {
    let at = &arrival.target;
    let brief = |document: &Document<'_>, node: NodeId| -> String {
        let raw = document.raw(node);
        let cut: String = raw.chars().take(160).collect();
        if cut.len() < raw.len() { cut + "…" } else { cut }
    };
    match (arrival.sent, arrival.got) {
        (Some(before), Some(after)) => format!("{at}: sent {}, got {}", brief(sent, before), brief(got, after)),
        (Some(before), None) => format!("{at}: sent {}, got nothing", brief(sent, before)),
        (None, after) => {
            let after = after.map_or_else(String::new, |after| brief(got, after));
            format!("{at}: nothing sent, got {after}")
        }
    }
}
