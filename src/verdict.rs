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
use crate::document::{Document, NodeId, WHITE_SPACE, parse_text};
use crate::mapping::{Declared, Mapping, Outcome};
use crate::pointer::Pointer;

/// What became of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The consumer finds under the new key what was sent under the old one, and nothing else changed.
    Ok {
        /// Harmless changes, each once, in the terms of the answer.
        notes: Vec<Tolerated>,
    },
    /// Nothing under the new key: absent, null or empty although something was sent, or the mapper failed.
    Lost {
        /// Which of these: lower-case fragment.
        reason: String,
        /// The value that is lost; none where there is no answer.
        at: Option<At>,
    },
    /// Something arrives, but a value or key differs from what was sent.
    Corrupted {
        /// The first difference, with its pointer in the answer.
        first: String,
        /// How many more there are.
        more: usize,
        /// Where the first is; none where it is in no value.
        at: Option<At>,
    },
}

/// Where a value was sent, and where it should arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// In what was sent.
    pub source: Pointer,
    /// In the answer.
    pub target: Pointer,
}

/// A harmless change, which a typed mapper may make.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tolerated {
    /// Null where nothing was sent, or nothing where null was.
    NullOrAbsent,
    /// A value is another one, as the mapping itself makes it; where in the answer.
    AsOwn(Pointer),
    /// A key that the reader's class does not have is gone; where in the answer.
    UnknownDropped(Pointer),
    /// A date is the same in another form.
    DatesAsText,
    /// A scalar is of the type that the reader's class declares; where in the answer.
    Coerced(Pointer),
    /// Dates that were sent as lists still are.
    DatesAreArrays,
    /// A byte order mark stands before the answer.
    ByteOrderMark,
}

impl Tolerated {
    /// What it is, in a few words.
    pub fn name(&self) -> &'static str {
        match self {
            Tolerated::NullOrAbsent => "absent and null taken for the same",
            Tolerated::AsOwn(_) => "changed as the mapping does",
            Tolerated::UnknownDropped(_) => "unknown key dropped",
            Tolerated::DatesAsText => "dates rewritten as text",
            Tolerated::Coerced(_) => "coerced to the declared type",
            Tolerated::DatesAreArrays => "dates are still arrays",
            Tolerated::ByteOrderMark => "byte order mark before the answer",
        }
    }

    /// Where in the answer, with `*` for every index; none where it is about the whole.
    pub fn at(&self) -> Option<&Pointer> {
        match self {
            Tolerated::AsOwn(at) | Tolerated::UnknownDropped(at) | Tolerated::Coerced(at) => Some(at),
            Tolerated::NullOrAbsent | Tolerated::DatesAsText | Tolerated::DatesAreArrays | Tolerated::ByteOrderMark => {
                None
            }
        }
    }
}

impl fmt::Display for Tolerated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.at().map_or(Ok(()), |at| write!(f, ": {at}"))
    }
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

    /// What is wrong: lower-case fragment; of an answer that is right, what was tolerated.
    pub fn reason(&self) -> String {
        match self {
            Judgement::Ok { notes } => notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            Judgement::Lost { reason, .. } => reason.clone(),
            Judgement::Corrupted { first, more: 0, .. } => first.clone(),
            Judgement::Corrupted { first, more, .. } => format!("{first} (and {more} more)"),
        }
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())?;
        match self.reason().as_str() {
            "" => Ok(()),
            reason => write!(f, ": {reason}"),
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
            let reason = format!("no answer, {} fails{at}: {refusal}", stage.name());
            return Judgement::Lost { reason, at: None };
        }
    };
    let got = match answer.document() {
        Ok(got) => got,
        Err(error) => {
            let text = answer.source();
            return match trailing(text, error.place.span.start) {
                Some(first) => Judgement::Corrupted { first, more: 0, at: None },
                None => Judgement::Lost { reason: format!("the answer is not JSON: {error}"), at: None },
            };
        }
    };
    let exchange = Exchange::new(mapping, sent, &got, own);
    let arrivals = exchange.arrivals();
    let place = |arrival: &Arrival| At { source: arrival.source.clone(), target: arrival.target.clone() };
    let lost = arrivals.iter().find_map(|arrival| Some((lost(arrival)?, place(arrival))));
    if let Some((reason, at)) = lost {
        return Judgement::Lost { reason, at: Some(at) };
    }
    let arrivals: Vec<&Arrival> = arrivals.iter().filter(|arrival| !may_be_anything(arrival)).collect();
    let mut notes = Vec::new();
    if arrivals.iter().any(|arrival| arrival.fate == Fate::NullOrAbsent) {
        notes.push(Tolerated::NullOrAbsent);
    }
    let (mut first, mut wrong) = (None, 0);
    for arrival in arrivals {
        match harmless(arrival) {
            Harmless::No => {
                first.get_or_insert(arrival);
                wrong += 1 + arrival.more;
            }
            Harmless::As(note) if !notes.contains(&note) => notes.push(note),
            Harmless::As(_) | Harmless::Spelling => {}
        }
    }
    if let Some(first) = first {
        let at = Some(place(first));
        return Judgement::Corrupted { first: describe(first, sent, &got), more: wrong - 1, at };
    }
    if exchange.keeps_lists_of_dates() {
        notes.push(Tolerated::DatesAreArrays);
    }
    Judgement::Ok { notes }
}

/// What is wrong with an answer that has content after its document, where it has: some readers take the first value
/// and are silent, others refuse it.
pub fn trailing(text: &str, from: usize) -> Option<String> {
    let (document, rest) = text.split_at_checked(from)?;
    let rest = rest.trim_matches(WHITE_SPACE);
    let is_whole = !rest.is_empty() && parse_text(document).is_ok();
    let shown = || brief(rest);
    is_whole.then(|| format!("content after the answer's JSON, which some readers take and others refuse: {}", shown()))
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

/// Whether a change is harmless.
enum Harmless {
    /// No.
    No,
    /// A typed mapper may make it.
    As(Tolerated),
    /// It is none to anybody who reads JSON.
    Spelling,
}

fn harmless(arrival: &Arrival) -> Harmless {
    let at = || arrival.target.pattern();
    match arrival.fate {
        Fate::NumberSpelling => Harmless::Spelling,
        Fate::NullOrAbsent => Harmless::As(Tolerated::NullOrAbsent),
        Fate::AsOwn => Harmless::As(Tolerated::AsOwn(at())),
        Fate::UnknownDropped => Harmless::As(Tolerated::UnknownDropped(at())),
        Fate::DateForm { .. } => Harmless::As(Tolerated::DatesAsText),
        Fate::Coerced => Harmless::As(Tolerated::Coerced(at())),
        Fate::Lost(_)
        | Fate::Missing
        | Fate::Appeared
        | Fate::Changed
        | Fate::EmptyOrNothing
        | Fate::OutOfForm { .. } => Harmless::No,
    }
}

/// The beginning of a text.
fn brief(raw: &str) -> String {
    let cut: String = raw.chars().take(160).collect();
    if cut.len() < raw.len() { cut + "…" } else { cut }
}

fn describe(arrival: &Arrival, sent: &Document<'_>, got: &Document<'_>) -> String {
    let at = &arrival.target;
    let raw = |document: &Document<'_>, node: Option<NodeId>| node.map(|node| brief(document.raw(node)));
    let (before, after) = (raw(sent, arrival.sent), raw(got, arrival.got));
    let before = before.map_or_else(|| "nothing sent".to_owned(), |before| format!("sent {before}"));
    let after = after.unwrap_or_else(|| "nothing".to_owned());
    match &arrival.fate {
        Fate::OutOfForm { pattern, got } => {
            format!("{at}: {before}, got {after}: expected a date as {pattern}, found {got}")
        }
        _ => format!("{at}: {before}, got {after}"),
    }
}
