//! `wrong-verdict`

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Check, Findings, RULES, Rule};
use crate::finding::{Finding, Severity, Stage};
use crate::fixture::CaseKind;
use crate::mapping::Outcome;
use crate::observation::Observation;
use crate::pointer::Pointer;
use crate::tool;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "wrong-verdict",
    severity: Severity::Error,
    summary: "a case of invalid/ is not refused as it says, or the mapping refuses one of valid/",
    what: "Fires for a case of invalid/ when the rules that fire, or the stage of the first, are not exactly those of \
           its <case>.expected.json. Notes do not count. Fires for a case of valid/ or a payload that the mapping \
           itself refuses. In a probe: the mapper does not answer a payload that the mapping takes, or not in time, \
           or by an error.",
    why: "A gate that stops refusing what it refused yesterday is broken in the direction that nobody notices.",
    example: include_str!("examples/wrong-verdict.txt"),
    check: Check::Verdict(check),
};

/// What a case of `invalid/` says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    stage: String,
    rules: Vec<String>,
}

/// The form of an expectation in `invalid/`.
const EXPECTED: &str = r#"expected {"stage": "read|map|consumer", "rules": [...]}"#;

fn check(observation: &Observation<'_>, fired: &[Finding], findings: &mut Findings) {
    match observation.case.kind {
        CaseKind::Invalid => invalid(observation, fired, findings),
        kind @ (CaseKind::Valid | CaseKind::Payload) => {
            if let Some(Outcome::Refused { stage: Stage::Map, refusal, place, input }) = &observation.outcome {
                let location = observation.payload(input.as_deref()).parsed.at(place);
                findings.push(
                    observation
                        .finding(RULE.id, RULE.severity, Stage::Map, location)
                        .message(format!("{} refuses the payload: {refusal}", observation.mapping.id))
                        .breaks("the request fails as a whole")
                        .fix(match kind {
                            CaseKind::Payload => "send what the mapping takes, or fix the mapping",
                            _ => {
                                "if it must be refused, move the case to invalid/; if not, fix the mapping or the payload"
                            }
                        }),
                );
            }
        }
    }
}

fn invalid(observation: &Observation<'_>, fired: &[Finding], findings: &mut Findings) {
    let Some(expected) = &observation.expected else { return };
    if expected.document.is_err() {
        return;
    }
    let base = |message: String| {
        observation
            .finding(RULE.id, RULE.severity, Stage::Map, expected.at_pointer(&Pointer::ROOT))
            .message(message)
            .breaks("nobody yet; but the gate no longer says what this case says")
            .fix(format!(
                "find out which change made the difference; only if the new verdict is right, accept it: {} review",
                tool::name()
            ))
    };
    let is_object = expected.text.trim_start().starts_with('{');
    let refusal: Refusal = match serde_json::from_str(if is_object { &expected.text } else { "" }) {
        Ok(refusal) => refusal,
        Err(error) => {
            let found = if is_object { error.to_string() } else { "no object".to_owned() };
            return findings.push(base(format!("{EXPECTED}, found otherwise: {found}")));
        }
    };
    let Some(wanted_stage) = Stage::of(&refusal.stage) else {
        return findings.push(base(format!("{EXPECTED}, found the stage {:?}", refusal.stage)));
    };
    if let Some(unknown) = refusal.rules.iter().find(|id| !RULES.iter().any(|rule| rule.id == **id)) {
        return findings
            .push(base(format!("expected ids of rules, found {unknown:?}; `{} list rules` names them", tool::name())));
    }
    let wanted: BTreeSet<&str> = refusal.rules.iter().map(String::as_str).collect();
    let (stage, rules) = refused_as(observation, fired);
    if rules == wanted && stage == Some(wanted_stage) {
        return;
    }
    let list = |rules: &BTreeSet<&str>| match rules.is_empty() {
        true => "no rule".to_owned(),
        false => rules.iter().copied().collect::<Vec<_>>().join(", "),
    };
    let message = match stage {
        None => "the case is not refused any more",
        Some(_) => "the case is refused in another way than its expectation says",
    };
    let found = match stage {
        None => "not refused".to_owned(),
        Some(stage) => format!("refused at {} by {}", stage.name(), list(&rules)),
    };
    let expected = format!("refused at {} by {}", wanted_stage.name(), list(&wanted));
    findings.push(base(message.to_owned()).before(expected).after(found));
}

/// Where a case is refused first, and by which rules; notes do not count.
pub(crate) fn refused_as(observation: &Observation<'_>, fired: &[Finding]) -> (Option<Stage>, BTreeSet<&'static str>) {
    let fired: Vec<&Finding> = fired.iter().filter(|finding| finding.severity > Severity::Note).collect();
    // A mapping may refuse what no rule has a name for.
    let refused_at = match &observation.outcome {
        Some(Outcome::Refused { stage, .. }) => Some(*stage),
        _ => None,
    };
    let stage = fired.iter().filter_map(|finding| finding.stage).chain(refused_at).min();
    (stage, fired.iter().map(|finding| finding.rule).collect())
}
