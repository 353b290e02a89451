//! `unexpected-output`

use super::{Check, Findings, Rule, brief, name};
use crate::compare::{Change, Tolerance, differences};
use crate::finding::{Severity, Stage};
use crate::fixture::CaseKind;
use crate::mapping::Declared;
use crate::observation::Observation;
use crate::pointer::Pointer;
use crate::tool;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unexpected-output",
    severity: Severity::Error,
    summary: "the mapping's answer is not the expected one",
    what: "Fires when the answer for a case of valid/ differs from <case>.expected.json: another value, one key more \
           or fewer, null for absent or the reverse, keys in another order, or other bytes for the same JSON. A line \
           end after the expectation does not count, nor does a value that the mapping declares generated.",
    why: "The expectation is what a person decided, or a real service produced, when the mapping was right. Nothing \
          else in the repository knows what the consumer should get.",
    example: include_str!("examples/unexpected-output.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let (CaseKind::Valid, Some(expected), Some(answer)) =
        (observation.case.kind, &observation.expected, observation.answer())
    else {
        return;
    };
    let Ok(wanted) = &expected.document else { return };
    let mapping = observation.mapping;
    let breaks = match &mapping.consumer {
        Some(consumer) => format!("{} gets another answer than before", consumer.name),
        None => format!("{} stores something other than before", mapping.reader_name),
    };
    let fix = format!(
        "if the answer is wrong, fix the mapping; if it is right, look at what differs and accept it: {} review",
        tool::name()
    );
    let base = |location| {
        observation.finding(RULE.id, RULE.severity, Stage::Map, location).breaks(breaks.clone()).fix(fix.clone())
    };
    let found = match observation.answer_document() {
        None => return,
        Some(Ok(found)) => found,
        Some(Err(error)) => {
            findings.push(
                base(expected.at_pointer(&Pointer::ROOT))
                    .message(format!("the answer is not JSON: {error}"))
                    .before(brief(&expected.text))
                    .after(brief(answer)),
            );
            return;
        }
    };
    let generated: Vec<&str> = mapping
        .declarations
        .iter()
        .filter(|declaration| declaration.what == Declared::Generated)
        .map(|declaration| declaration.pointer)
        .collect();
    let strict = differences(wanted, &found, &Tolerance::default());
    let counted = differences(wanted, &found, &Tolerance { may_differ: &generated, ..Tolerance::default() });
    for difference in &counted {
        let message = match difference.change {
            Change::Missing => format!("{:?} is expected and not in the answer", name(&difference.pointer)),
            Change::Appeared => format!("{:?} is in the answer and not expected", name(&difference.pointer)),
            Change::Value => format!("{:?} differs from the expected value", name(&difference.pointer)),
            Change::Order => format!("the keys of {:?} are in another order than expected", name(&difference.pointer)),
        };
        findings.group(RULE.id, (&expected.file.path, &difference.pointer), message, |message| {
            base(expected.at_pointer(&difference.pointer))
                .message(message)
                .before(difference.expected.map_or_else(|| "nothing".to_owned(), |node| brief(wanted.raw(node))))
                .after(difference.found.map_or_else(|| "nothing".to_owned(), |node| brief(found.raw(node))))
        });
    }
    if strict.is_empty() && answer != expected.text.trim_end_matches(['\r', '\n']) {
        findings.push(
            base(expected.at_pointer(&Pointer::ROOT))
                .message("the answer is equal as JSON but has other bytes than expected")
                .before(brief(&expected.text))
                .after(brief(answer)),
        );
    }
}
