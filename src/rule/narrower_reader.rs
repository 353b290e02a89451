//! `narrower-reader`

use super::{Check, Findings, Rule, brief};
use crate::counterexample::{Bases, Input, Trial, Tried, texts};
use crate::dependence::Judged;
use crate::document::parse_text;
use crate::finding::Severity;
use crate::java::config::Naming;
use crate::mapping::Consumer;
use crate::model::places::{Place, places};
use crate::model::{Domain, Stranger, Type};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "narrower-reader",
    severity: Severity::Error,
    summary: "a definition allows a value that the rest of the leg does not take",
    what: "Fires for a key of a producer's class whose type or domain allows a value that the reader, the mapping or \
           the consumer refuses, or that arrives as another one: a number beyond the reader's range, a constant that \
           the reader's enum lacks, an empty text that is not a date. The values are those of the definition; no \
           golden needs to have them. Each value is put into a payload that passes with its original value. If the \
           consumer accepts a word that it does not expect, it is a warning. Dates are left to lossy-datetime, null \
           to null-dereferenced.",
    why: "Two definitions of one value drift apart without a word from a compiler, and no golden has the value until \
          the day it is sent: an id beyond 32 bits fails the whole page of a gateway that reads an Integer.",
    example: include_str!("examples/narrower-reader.txt"),
    check: Check::Mapping(check),
};

/// What the rest of the leg does with a value.
struct Judgement {
    severity: Severity,
    /// What it does, after "can be 1, which": the same for all values of one finding.
    what: String,
    after: String,
    breaks: String,
}

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let mapping = judged.dependence.mapping;
    let bases = judged.bases();
    let consumed = mapping.consumer.as_ref().map(|consumer| Consumed::new(judged, consumer));
    for input in Input::all(mapping) {
        let naming = input.wire.config.naming;
        let readers = places(input.reader.dto.class);
        for place in places(input.wire.dto.class) {
            let pointer = input.declared(&place.pointer(naming));
            // A guard decides about all the rest: what its other values do is another branch.
            if mapping.probing.guards.iter().flat_map(|guard| guard.open).any(|(open, _)| *open == pointer) {
                continue;
            }
            let reader = readers.iter().find(|reader| place.is_read_at(reader));
            let reader = reader.and_then(Place::domain);
            let mut found: Vec<(Judgement, Vec<String>)> = Vec::new();
            let values = bases.values(&place);
            let blank = blank_date(bases, &input, &place);
            let sent: Vec<(&String, Vec<Trial>)> =
                values.iter().chain(&blank).map(|value| (value, bases.send(&input, &place, value))).collect();
            // Where most values do not arrive as they were sent, the mapping loses the key: that is told by others.
            let is_changed = |trial: &Trial| matches!(trial.result, Tried::Changed(_));
            let changed = sent.iter().filter(|(_, trials)| trials.iter().any(is_changed)).count();
            let arrives = changed * 2 < sent.len();
            for (value, trials) in &sent {
                let judgement = of_trials(judged, trials, arrives)
                    .or_else(|| of_reader(judged, reader, value))
                    .or_else(|| consumed.as_ref()?.judge(trials, &pointer));
                let Some(judgement) = judgement else { continue };
                match found.iter_mut().find(|(other, _)| other.what == judgement.what) {
                    Some((_, values)) => values.push((*value).clone()),
                    None => found.push((judgement, vec![(*value).clone()])),
                }
            }
            for (Judgement { severity, what, after, breaks }, values) in found {
                let first = &values[0];
                let more = match values.len() {
                    1 => String::new(),
                    count => format!(" (and {} more)", count - 1),
                };
                findings.push(
                    judged
                        .finding(RULE.id, severity, &pointer)
                        .message(format!("{:?} can be {}{more}, {what}", last(&pointer), brief(first)))
                        .before(format!("{} writes {}", input.wire.dto.name(), brief(&place.smallest(naming, first))))
                        .after(after)
                        .breaks(breaks)
                        .fix(format!(
                            "let the rest of the leg take it first, or narrow what {} says of the key",
                            input.wire.dto.name()
                        )),
                );
            }
        }
    }
}

/// What happened to the value when it was sent.
fn of_trials(judged: &Judged<'_>, trials: &[Trial], arrives: bool) -> Option<Judgement> {
    let mapping = judged.dependence.mapping;
    trials.iter().find_map(|trial| {
        let (what, after, breaks) = match &trial.result {
            Tried::Refused(message) => (
                format!("which {} refuses", mapping.reader_name),
                format!("refused: {message}"),
                format!("{} fails on the whole message, not on the value alone", mapping.reader_name),
            ),
            Tried::ConsumerRefuses(message) => (
                format!("which {} refuses", judged.taker()),
                format!("refused: {message}"),
                format!("{} fails on the whole answer", judged.taker()),
            ),
            Tried::Changed(arrived) if arrives => (
                "which arrives as another value".to_owned(),
                format!("arrives as {}", brief(arrived)),
                format!("{} gets another value, without an error anywhere", judged.taker()),
            ),
            Tried::Changed(_) | Tried::Answered { .. } => return None,
        };
        Some(Judgement { severity: RULE.severity, what, after, breaks })
    })
}

/// What the reader's domain says of a word.
fn of_reader(judged: &Judged<'_>, domain: Option<&Domain>, value: &str) -> Option<Judgement> {
    let (domain, word) = (domain?, text(value)?);
    let name = judged.dependence.mapping.reader_name;
    if domain.takes(&word) {
        return None;
    }
    let what = format!("which is no {} of {} to {name}", domain.side.name(), domain.name);
    let (severity, after) = match &domain.stranger {
        Stranger::Refused => (Severity::Error, "refused".to_owned()),
        Stranger::Null => (Severity::Error, "arrives as null".to_owned()),
        Stranger::Default(word) => (Severity::Error, format!("arrives as {word}")),
        Stranger::Kept => (Severity::Warning, "kept as it is".to_owned()),
    };
    let after = format!("{after}; it expects {}", domain.describe());
    Some(Judgement { severity, what, after, breaks: format!("{name} gets a word that it does not know") })
}

/// The places of a consumer at which it expects the words of a domain.
struct Consumed<'j> {
    judged: &'j Judged<'j>,
    consumer: &'j Consumer,
    places: Vec<Place>,
}

impl<'j> Consumed<'j> {
    fn new(judged: &'j Judged<'j>, consumer: &'j Consumer) -> Self {
        let places = places(consumer.wire.dto.class).into_iter().filter(|place| place.domain().is_some()).collect();
        Consumed { judged, consumer, places }
    }

    /// Whether a value that was sent at a pointer arrives where the consumer expects other words.
    fn judge(&self, trials: &[Trial], pointer: &str) -> Option<Judgement> {
        let Consumed { judged, consumer, places } = self;
        let config = consumer.wire.config;
        let feeds = |place: &Place| {
            let target = place.pointer(config.naming).to_string();
            let mut sources = judged.dependence.sources.iter().filter(|source| source.pattern == pointer);
            sources.any(|source| source.feeds.iter().any(|fed| judged.dependence.target_pattern(fed) == target))
        };
        for place in places.iter().filter(|place| feeds(place)) {
            let domain = place.domain()?;
            for trial in trials {
                let Tried::Answered { answer, before } = &trial.result else { continue };
                let words = |answer: &crate::document::Json| {
                    answer.document().map(|document| texts(place, config, &document)).unwrap_or_default()
                };
                let before = words(before);
                let strange = |word: &&String| !domain.takes(word) && !before.contains(word);
                let answered = words(answer);
                // What stood there before may be as strange: then the value itself tells.
                let own = text(&trial.value);
                let is_own = |word: &&String| !domain.takes(word) && own.as_ref() == Some(*word);
                let Some(word) = answered.iter().find(strange).or_else(|| answered.iter().find(is_own)) else {
                    continue;
                };
                let (severity, does) = match &domain.stranger {
                    Stranger::Kept => (Severity::Warning, "keeps"),
                    Stranger::Refused => (Severity::Error, "refuses"),
                    Stranger::Null | Stranger::Default(_) => (Severity::Error, "takes for something else"),
                };
                let target = place.pointer(config.naming).to_string();
                return Some(Judgement {
                    severity,
                    what: format!("which {} {does}: no {} of {}", consumer.name, domain.side.name(), domain.name),
                    after: format!("answered at {target}: {word:?}; expected {}", domain.describe()),
                    breaks: format!("{} compares it with other words", consumer.name),
                });
            }
        }
        None
    }
}

/// The empty text, where a date is expected that the producer's class reads as null from it and whose null is taken.
fn blank_date(bases: &Bases, input: &Input, place: &Place) -> Option<String> {
    const BLANK: &str = "\"\"";
    if !matches!(place.ty, Type::Leaf { ty, .. } if ty.date.is_some()) {
        return None;
    }
    let payload = place.smallest(Naming::Field, BLANK);
    let document = parse_text(&payload).ok()?;
    let config = crate::java::config::MapperConfig { naming: Naming::Field, ..*input.wire.config };
    input.wire.dto.read(&config, &document).ok()?;
    let is_refused =
        |value| bases.send(input, place, value).iter().any(|trial| matches!(trial.result, Tried::Refused(_)));
    (is_refused(BLANK) && !is_refused("null")).then(|| BLANK.to_owned())
}

/// A value as a text, if it is one.
fn text(value: &str) -> Option<String> {
    serde_json::from_str(value).ok()
}

/// The last segment of a written pointer.
fn last(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or(pointer)
}
