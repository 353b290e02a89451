//! `spelling-sensitive`

use super::{Check, Findings, Rule, brief};
use crate::finding::{Location, Severity, Stage};
use crate::mapping::Outcome;
use crate::observation::Observation;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "spelling-sensitive",
    severity: Severity::Error,
    summary: "the same JSON in another spelling gives another result",
    what: "Fires when one of the spellings that are equal as JSON (white space, order of keys, escapes; `dtogate list \
           spellings`) gives another outcome than the payload itself. A warning where only escaped key letters or a \
           byte order mark do. Not tried for payloads that do not parse, have a duplicate key, or two keys that the \
           reader reads as one: there, another order is another document.",
    why: "This is the incident of December 2023 itself: `\"key\":` -> `\"otherKey\":` as a regular expression over \
          the body, and one space before the colon. Each of the three expressions that were in production fails on \
          some legal spelling.",
    example: include_str!("examples/spelling-sensitive.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let Some(severity) = observation.sensitive.iter().map(|sensitive| sensitive.spelling.severity).max() else {
        return;
    };
    let ids: Vec<&str> = observation.sensitive.iter().map(|sensitive| sensitive.spelling.id).collect();
    let Some(worst) = observation.sensitive.iter().find(|sensitive| sensitive.spelling.severity == severity) else {
        return;
    };
    findings.push(
        observation
            .finding(RULE.id, severity, Stage::Map, Location::file(&observation.case.payload.path))
            .message(format!(
                "{} gives another result for {} of {} spellings that are equal as JSON: {}",
                observation.mapping.id,
                ids.len(),
                observation.spellings.len(),
                ids.join(", ")
            ))
            .before(observation.outcome.as_ref().map(shown))
            .after(format!("{}: {}", worst.spelling.id, shown(&worst.outcome)))
            .breaks("everybody after the mapping, on the day the producer's layout changes")
            .fix("parse before mapping; rename keys on the value, not on the text"),
    );
}

fn shown(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Emitted(answer) => brief(answer),
        Outcome::Refused { stage, refusal, .. } => format!("refused at {}: {refusal}", stage.name()),
    }
}
