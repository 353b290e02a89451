//! What became of each payload, and the kinds of failure.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::answer::Answer;
use super::plan::Sent;
use super::subject::{FurtherText, Payload};
use super::{Failure, Row};
use crate::accepted::Acceptance;
use crate::compare::{Tolerance, differences};
use crate::document::{Document, Json, Kind, packed, parse};
use crate::finding::{FailureKind, Severity};
use crate::mapping::{Declared, Further, Inputs, Mapping, Outcome};
use crate::pointer::Pointer;
use crate::verdict::{At, Judgement, Tolerated, judge_beside, trailing};

/// What became of a payload.
pub(super) enum Judged {
    Ok(Vec<Tolerated>),
    Failed { kind: FailureKind, reason: String, place: Box<FailurePlace> },
    Skipped,
    NotReached,
}

/// Where a failure is to be seen; empty where it is in no value.
#[derive(Default)]
pub(super) struct FailurePlace {
    /// In the answer, with `*` for every index.
    pub(super) pointer: String,
    /// The bytes of what was sent.
    pub(super) sent: Option<Range<usize>>,
    /// The bytes of the answer.
    pub(super) got: Option<Range<usize>>,
}

impl Judged {
    fn failed(kind: FailureKind, reason: String) -> Self {
        Judged::Failed { kind, reason, place: Box::default() }
    }

    /// Whether the mapper may not have run at all.
    pub(super) fn is_down(&self) -> bool {
        matches!(self.kind(), Some(FailureKind::EndedBadly | FailureKind::NoConnection))
    }

    /// The kind of failure.
    pub(super) fn kind(&self) -> Option<FailureKind> {
        match self {
            Judged::Failed { kind, .. } => Some(*kind),
            _ => None,
        }
    }
}

/// Skips variations that fail just as their fixture does as it stands (the first row).
pub(super) fn skip(sent: &[Sent], judged: &mut [Judged]) {
    let as_sent = sent.iter().zip(judged.iter()).filter(|(sent, _)| sent.row == 0);
    let failed: BTreeMap<&str, FailureKind> =
        as_sent.filter_map(|(sent, judged)| Some((sent.case.as_str(), judged.kind()?))).collect();
    for (sent, judged) in sent.iter().zip(judged) {
        let kind = judged.kind();
        if !sent.is_spelling && kind.is_some() && kind == failed.get(sent.case.as_str()).copied() {
            *judged = Judged::Skipped;
        }
    }
}

/// What became of a payload, by the mapper's answer to it.
pub(super) fn judged(mapping: &Mapping, sent: &Payload, answer: &Answer) -> Judged {
    let bytes = match &answer.result {
        Ok(bytes) => bytes,
        Err(misbehaviour) => {
            return match misbehaviour.kind() {
                Some(kind) => Judged::failed(kind, misbehaviour.to_string()),
                None => Judged::NotReached,
            };
        }
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        let packed = packed(bytes).map_or_else(String::new, |packed| format!(", it is {packed} data"));
        return Judged::failed(FailureKind::NotJson, format!("the answer is not UTF-8{packed}"));
    };
    // Readers of bytes read past it; the consumer's `fetch` does too.
    let (text, has_bom) = text.strip_prefix('\u{FEFF}').map_or((text, false), |text| (text, true));
    let answer = Json::from(text);
    let got = match answer.document() {
        Ok(got) => got,
        Err(error) => {
            return match trailing(text, error.place.span.start) {
                Some(reason) => Judged::failed(FailureKind::Corrupted, reason),
                None => Judged::failed(FailureKind::NotJson, format!("the answer is not JSON: {error}")),
            };
        }
    };
    let document = match parse(&sent.bytes) {
        Ok(document) => document,
        Err(error) => return Judged::failed(FailureKind::NotJson, format!("the payload is not JSON: {error}")),
    };
    let further: Vec<Further<'_>> = sent.further.iter().map(FurtherText::as_further).collect();
    let payload = Json::parsed(document.text().into(), &document);
    let answer_to = |further: &[Further<'_>]| match mapping.run(&Inputs { payload: payload.clone(), further }) {
        Outcome::Emitted(answer) => Some(answer),
        Outcome::Refused { .. } => None,
    };
    let place = |source: &Pointer, target: &Pointer| {
        Box::new(FailurePlace {
            pointer: target.pattern().to_string(),
            sent: near(&document, source, target, document.has_bom()),
            got: near(&got, target, source, has_bom),
        })
    };
    let own = answer_to(&further);
    let own = own.as_ref().and_then(|own| own.document().ok());
    match judge_beside(mapping, &document, &Outcome::Emitted(answer.clone()), own.as_ref()) {
        Judgement::Ok { mut notes } => {
            // Without its further inputs it may refuse; then only what is declared tells what they feed.
            let alone = (!further.is_empty()).then(|| answer_to(&[]));
            if let Some((kind, reason, pointer)) = own.and_then(|own| owed(mapping, &own, alone, &got)) {
                // Nothing of the payload feeds it.
                return Judged::Failed { kind, reason, place: place(&Pointer::ROOT, &pointer) };
            }
            if has_bom {
                notes.push(Tolerated::ByteOrderMark);
            }
            Judged::Ok(notes)
        }
        judgement @ (Judgement::Lost { .. } | Judgement::Corrupted { .. }) => {
            let reason = judgement.reason();
            let (kind, at) = match judgement {
                Judgement::Lost { at, .. } => (FailureKind::Lost, at),
                Judgement::Corrupted { at, .. } => (FailureKind::Corrupted, at),
                Judgement::Ok { .. } => (FailureKind::Corrupted, None),
            };
            let place = at.map_or_else(Box::default, |At { source, target }| place(&source, &target));
            Judged::Failed { kind, reason, place }
        }
    }
}

/// The bytes of a value; where it is not there, of the same under its other name.
fn near(document: &Document<'_>, at: &Pointer, otherwise: &Pointer, has_bom: bool) -> Option<Range<usize>> {
    let node = document.at(at).or_else(|| document.at(otherwise)).filter(|&node| node > 0)?;
    let (span, shift) = (document.span(node), if has_bom { '\u{FEFF}'.len_utf8() } else { 0 });
    Some(span.start + shift..span.end + shift)
}

/// What is wrong with what the payload alone does not say: values that further inputs feed, where the mapping's own
/// answer is another one without them or they are declared added; and values that are declared converted.
///
/// `alone`, where there are further inputs: the mapping's own answer without them, if it has one.
fn owed(
    mapping: &Mapping,
    own: &Document<'_>,
    alone: Option<Option<Json>>,
    got: &Document<'_>,
) -> Option<(FailureKind, String, Pointer)> {
    let tolerance = Tolerance { key_order: true, absent_is_null: true, ..Tolerance::default() };
    let with_further = alone.is_some();
    let alone = alone.flatten();
    let alone = alone.as_ref().and_then(|alone| alone.document().ok());
    let fed: Vec<Pointer> =
        alone.iter().flat_map(|alone| differences(own, alone, &tolerance)).map(|at| at.pointer).collect();
    let is_declared = |what: Declared, pointer: &Pointer| {
        let mut declared = mapping.declarations.iter().filter(|declaration| declaration.what == what);
        declared.any(|declared| declared.covers(pointer))
    };
    let is_fed = |pointer: &Pointer| {
        with_further && (is_declared(Declared::Added, pointer) || fed.iter().any(|fed| pointer.within(fed).is_some()))
    };
    let is_owed = |pointer: &Pointer| is_fed(pointer) || is_declared(Declared::Converted, pointer);
    let found = differences(own, got, &tolerance).into_iter().find(|difference| is_owed(&difference.pointer))?;
    let raw = |document: &Document<'_>, node| document.raw(node).chars().take(160).collect::<String>();
    let expected = found.expected.map_or_else(|| "nothing".to_owned(), |node| raw(own, node));
    let at = &found.pointer;
    let whose = if is_fed(at) { "the further inputs say" } else { "the mapping converts it to" };
    let (kind, reason) = match found.found {
        Some(node) if got.kind(node) != Kind::Null => {
            (FailureKind::Corrupted, format!("{at}: {whose} {expected}, got {}", raw(got, node)))
        }
        _ => (FailureKind::Lost, format!("{at} is absent or null, {whose} {expected}")),
    };
    Some((kind, reason, found.pointer))
}

/// So many failures of one kind are told apart by what the program says of them.
const MOST_CAUSES: usize = 4;

/// The kinds of failure, each with its smallest payload; that too by itself where it was generated. The row of each payload
/// that fails in an accepted way counts it.
pub(super) fn failures<'s>(
    rows: &mut [Row],
    sent: &'s [Sent],
    judged: &[Judged],
    answers: &[Answer],
    accepted: &[Acceptance],
) -> Vec<(Failure, Option<&'s Sent>)> {
    // The same JSON that arrives in one spelling and not in another.
    let arrives = |case: &str| {
        let mut all = sent.iter().zip(judged);
        all.any(|(sent, judged)| sent.is_spelling && sent.case == case && matches!(judged, Judged::Ok(_)))
    };
    let mut kinds: Vec<(usize, Failure, Option<&Sent>)> = vec![];
    let mut cases: BTreeMap<&str, bool> = BTreeMap::new();
    for ((sent, judged), answer) in sent.iter().zip(judged).zip(answers) {
        let nowhere = FailurePlace::default();
        let (rule, severity, kind, reason, place) = match (judged, &answer.complaint) {
            (Judged::Failed { kind, reason, place }, _) => {
                let arrives = || sent.is_spelling && *cases.entry(&sent.case).or_insert_with(|| arrives(&sent.case));
                let severity = if *kind == FailureKind::Corrupted { Severity::Error } else { rows[sent.row].severity };
                (rule_of(*kind, arrives), severity, *kind, reason, &**place)
            }
            // Browsers take it, some readers do not.
            (Judged::Ok(_), Some(reason)) => {
                ("unexpected-output", Severity::Warning, FailureKind::ContentType, reason, &nowhere)
            }
            _ => continue,
        };
        let row = &mut rows[sent.row];
        // By each payload, before they are grouped: what is not accepted does not hide behind what is.
        let accepted =
            accepted.iter().enumerate().find(|(_, entry)| entry.accepts_probed(rule, row.id, &place.pointer));
        let accepted = accepted.map(|(at, entry)| (at, entry.reason.clone()));
        if accepted.is_some() {
            row.accept(kind);
        }
        let row = row.id;
        let make = || Failure {
            rule,
            severity,
            kind,
            count: 1,
            row,
            case: sent.case.clone(),
            path: sent.path.clone(),
            reason: reason.clone(),
            pointer: place.pointer.clone(),
            places: BTreeSet::from([(row, place.pointer.clone())]),
            sent: sent.text().to_owned(),
            sent_at: place.sent.clone(),
            further: sent.payload.further.clone(),
            got: answer.result.as_ref().ok().map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
            got_at: place.got.clone(),
            stderr: answer.stderr.clone(),
            saved: None,
            accepted: accepted.clone(),
        };
        let generated = sent.generated.map(|_| sent);
        // Generated ones are a kind of their own: what they show may hide behind a smaller payload of another cause.
        let is_alike = |(_, failure, first): &(usize, Failure, Option<&Sent>)| {
            (failure.rule, failure.severity, failure.kind, first.is_some(), &failure.accepted)
                == (rule, severity, kind, generated.is_some(), &accepted)
        };
        let alike: Vec<usize> = (0..kinds.len()).filter(|&at| is_alike(&kinds[at])).collect();
        let same = alike.iter().find(|&&at| cause(&kinds[at].1.stderr) == cause(&answer.stderr));
        match same.or(alike.last().filter(|_| alike.len() >= MOST_CAUSES)) {
            None => kinds.push((sent.row, make(), generated)),
            Some(&at) => {
                let (_, failure, smallest) = &mut kinds[at];
                let (count, mut places) = (failure.count + 1, std::mem::take(&mut failure.places));
                places.insert((row, place.pointer.clone()));
                if sent.text().len() < failure.sent.len() {
                    *failure = make();
                    *smallest = generated;
                }
                (failure.count, failure.places) = (count, places);
            }
        }
    }
    kinds.sort_by_key(|(row, failure, _)| (std::cmp::Reverse(failure.severity), *row));
    kinds.into_iter().map(|(_, failure, generated)| (failure, generated)).collect()
}

/// What a program says of its failure, without the numbers in it: the line that names an exception, else its last one.
fn cause(stderr: &str) -> String {
    let named = stderr.lines().find(|line| line.contains("Exception") || line.contains("Error"));
    let line = named.or(stderr.lines().last()).unwrap_or_default();
    line.chars().filter(|character| !character.is_ascii_digit()).take(80).collect()
}

/// The rule that a kind of failure breaks.
fn rule_of(kind: FailureKind, arrives_otherwise: impl FnOnce() -> bool) -> &'static str {
    match kind {
        FailureKind::Lost | FailureKind::Corrupted => {
            if arrives_otherwise() {
                "spelling-sensitive"
            } else {
                "unexpected-output"
            }
        }
        FailureKind::NotJson | FailureKind::ContentType => "unexpected-output",
        _ => "wrong-verdict",
    }
}
