//! `null-dereferenced`

use super::{Check, Findings, Rule, brief, expand};
use crate::counterexample::{Input, Tried};
use crate::dependence::Judged;
use crate::document::{Json, Kind};
use crate::finding::Severity;
use crate::mapping::Consumer;
use crate::model::places::places;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "null-dereferenced",
    severity: Severity::Warning,
    summary: "a key can be null, and the reader fails on null",
    what: "Fires for a key of a producer's class that can be null, where the mapping refuses a payload for that null \
           alone, or where the answer to it has null, or nothing, at a value that its consumer dereferences. Items of \
           lists do not count, since no class says of them that they can be null. A payload that has such a null is \
           left to null-into-required.",
    why: "A Java field is null until someone sets it. One that is used without a guard fails the whole message, on \
          the first day on which it was not set.",
    example: include_str!("examples/null-dereferenced.txt"),
    check: Check::Mapping(check),
};

/// What becomes of a null.
struct Found {
    does: String,
    after: String,
    breaks: String,
    fix: &'static str,
}

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let mapping = judged.dependence.mapping;
    let bases = judged.bases();
    for input in Input::all(mapping) {
        let naming = input.wire.config.naming;
        for place in places(input.wire.dto.class) {
            let Some(key) = place.key().filter(|key| key.is_nullable()) else { continue };
            let found = bases.send(&input, &place, "null").into_iter().find_map(|trial| match trial.result {
                Tried::Refused(message) => Some(Found {
                    does: format!("{} refuses that", mapping.reader_name),
                    after: format!("refused: {message}"),
                    breaks: format!("{} fails on the whole message", mapping.reader_name),
                    fix: "guard the value in the reader, or never send null",
                }),
                Tried::Answered { answer, before } => behind(mapping.consumer.as_ref()?, &answer, &before),
                _ => None,
            });
            let Some(Found { does, after, breaks, fix }) = found else { continue };
            let pointer = input.declared(&place.pointer(naming));
            findings.push(
                judged
                    .finding(RULE.id, RULE.severity, &pointer)
                    .message(format!("{:?} can be null, and {does}", &*key.name))
                    .before(format!("{} writes {}", input.wire.dto.name(), brief(&place.smallest(naming, "null"))))
                    .after(after)
                    .breaks(breaks)
                    .fix(fix),
            );
        }
    }
}

/// What a consumer dereferences in an answer and is null there, but was not before.
fn behind(consumer: &Consumer, answer: &Json, before: &Json) -> Option<Found> {
    let nulls = |json: &Json, pattern: &str| {
        let Ok(document) = json.document() else { return 0 };
        let is_null = |node: Option<_>| node.is_none_or(|node| document.kind(node) == Kind::Null);
        expand(&document, pattern).into_iter().filter(|(_, node)| is_null(*node)).count()
    };
    let required = consumer.required.iter().find(|required| {
        !required.pointer.ends_with("/*") && nulls(answer, required.pointer) > nulls(before, required.pointer)
    })?;
    Some(Found {
        does: format!("{} dereferences it", consumer.name),
        after: format!("answered at {}: null, or nothing", required.pointer),
        breaks: required.reason.to_owned(),
        fix: "guard the value in the consumer, or never send null",
    })
}
