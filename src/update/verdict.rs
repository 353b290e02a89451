//! What an expectation of a case would say: the mapping's answer, or how the case is refused.

use crate::accepted::Acceptance;
use crate::finding::Finding;
use crate::fixture::Case;
use crate::gate::{Options, promised};
use crate::mapping::Outcome;
use crate::observation::Observation;
use crate::rule::{Check, Findings, MISSING_EXPECTATION, RULES, refused_as};

/// What the mapping answers a case.
///
/// # Errors
///
/// Why it gives no answer: a lower-case fragment.
pub(super) fn answer(case: &Case, options: &Options<'_>) -> Result<String, String> {
    let observation = Observation::of(case, promised(case, options), &[]);
    if let Some(answer) = observation.answer() {
        return Ok(answer.to_owned());
    }
    let unreadable = observation.payloads.iter().find_map(|payload| payload.parsed.document.as_ref().err());
    Err(match (unreadable, &observation.outcome) {
        (Some(error), _) => error.to_string(),
        (None, Some(Outcome::Refused { stage, refusal, place, .. })) => format!(
            "{} refuses it at {} ({}): {refusal}; add what must be refused with --invalid",
            case.mapping.id,
            stage.name(),
            place.pointer
        ),
        (None, _) => format!("{} gives no answer", case.mapping.id),
    })
}

/// What an expectation of `invalid/` says of a case; `known` are the acceptances of the root.
///
/// # Errors
///
/// That nothing refuses it.
pub(super) fn refusal(case: &Case, known: &[Acceptance], options: &Options<'_>) -> Result<String, String> {
    let observation = Observation::of(case, promised(case, options), options.spellings);
    let mut found = Findings::default();
    for rule in RULES {
        if let Check::Case(check) = rule.check {
            check(&observation, &mut found);
        }
    }
    // As in `check`: what is known of a case is not what it is refused for.
    let counts = |finding: &Finding| {
        finding.rule != MISSING_EXPECTATION && !known.iter().any(|entry| entry.accepts(finding, options.today))
    };
    let fired: Vec<Finding> = found.into_vec().into_iter().filter(counts).collect();
    let (stage, rules) = refused_as(&observation, &fired);
    let Some(stage) = stage else { return Err("nothing refuses it: add it without --invalid".to_owned()) };
    let rules: Vec<String> = rules.iter().map(|rule| format!("{rule:?}")).collect();
    Ok(format!("{{\"stage\": {:?}, \"rules\": [{}]}}\n", stage.name(), rules.join(", ")))
}
