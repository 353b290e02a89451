//! `unfed-target`

use super::{Check, Findings, Rule};
use crate::dependence::Judged;
use crate::finding::Severity;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unfed-target",
    severity: Severity::Error,
    summary: "a value of the answer comes from nowhere",
    what: "Fires for a leaf or list of the target's schema that no value of the payload or of a further input \
           changes, and that the mapping does not declare added, constant or generated. A value that only appears \
           with its row depends on the list, not on what selects the row. Where the mapping refused what was tried, a \
           source is unknown, and the value may come from there: then this is a note, unless two payloads differed in \
           that source and the value stayed the same.",
    why: "A consumer shows what it gets. A field that is always null, or always the same text, looks like data, and a \
          golden that happens to have that value does not show it.",
    example: include_str!("examples/unfed-target.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let dependence = judged.dependence;
    let path = judged.path();
    let (probes, _) = dependence.probes();
    for target in dependence.unfed() {
        let shown = target.pattern.clone();
        let others = dependence.targets.iter().filter(|other| other.pattern == shown);
        let is_fed_elsewhere = others.into_iter().any(|other| dependence.fed_by(&other.pointer).next().is_some());
        let message = if is_fed_elsewhere {
            format!("nothing feeds {:?} of the answer, though something does in another row", target.pointer)
        } else {
            format!("nothing feeds {shown:?} of the answer")
        };
        findings.group(RULE.id, (&path, &target.pointer), message, |message| {
            judged
                .finding(RULE.id, RULE.severity, &target.pointer)
                .message(message)
                .before(format!("{}: {}", dependence.mapping.target.name(), target.pointer))
                .after(format!("always the same, in {probes} probes of the mapping"))
                .breaks(format!("{} gets a value that says nothing", judged.taker()))
                .fix("map it, or declare it added, constant or generated in the mapping, with the reason")
        });
    }
    let perhaps = dependence.perhaps_unfed();
    if let Some((target, source)) = perhaps.first() {
        findings.push(
            judged
                .finding(RULE.id, Severity::Note, &target.pointer)
                .message(format!(
                    "nothing is known to feed {} values of the answer, the first is {:?}: the unknown {:?} may",
                    perhaps.len(),
                    target.pattern,
                    source.pattern
                ))
                .breaks("nobody; but the gate cannot say whether something feeds them")
                .fix(
                    "give the mapping's `probing` a guard that opens the branch, or samples with values that it takes",
                ),
        );
    }
}
