//! `stale-acceptance`

use super::{Check, Findings, Rule};
use crate::accepted::Matched;
use crate::finding::{Finding, Location, Severity};
use crate::pointer::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "stale-acceptance",
    severity: Severity::Error,
    summary: "an entry of accepted.toml matches nothing (a warning), or has expired",
    what: "Fires for an entry of fixtures/accepted.toml whose day `until` has passed: an error, and the entry accepts \
           nothing any more. Fires for one that matched no finding of a run over all fixtures: a warning.",
    why: "An acceptance is a debt with a reason. One that matches nothing hides the next defect at the same place, and one \
          without an end is forgotten.",
    example: include_str!("examples/stale-acceptance.txt"),
    check: Check::Acceptances(check),
};

fn check(matched: &Matched<'_>, findings: &mut Findings) {
    for (entry, count) in matched.entries {
        let with = entry.variation.as_ref().map_or(String::new(), |variation| format!(" with {variation}"));
        let (severity, message, fix) = if entry.expired(matched.today) {
            let until = entry.until.map(|until| until.to_string()).unwrap_or_default();
            let message = format!("the acceptance of {} in {}{with} expired after {until}", entry.rule, entry.mapping);
            (
                Severity::Error,
                message,
                "fix the defect and delete the entry, or renew it with a reason that holds today",
            )
        } else if *count == 0 && matched.complete {
            let message = format!("the acceptance of {} in {}{with} matches nothing", entry.rule, entry.mapping);
            (
                Severity::Warning,
                message,
                "delete the entry: the defect is gone, or the pointer, case or variation is misspelt",
            )
        } else {
            continue;
        };
        let location = Location::in_text(matched.path, &Pointer::ROOT, matched.text, entry.span.clone());
        findings.push(
            Finding::new(RULE.id, severity, location)
                .mapping(entry.mapping.clone())
                .case(entry.case.clone().unwrap_or_default())
                .message(message)
                .before(format!("{} at {:?}", entry.rule, entry.pointer))
                .breaks(match &entry.owner {
                    Some(owner) => format!("nobody yet; {owner} owns it"),
                    None => "nobody yet".to_owned(),
                })
                .fix(fix.to_owned()),
        );
    }
}
