//! `lossy-mapping`

use super::{Check, Findings, Rule};
use crate::dependence::Judged;
use crate::finding::Severity;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "lossy-mapping",
    severity: Severity::Error,
    summary: "a value of the producer goes nowhere",
    what: "Fires for a leaf or list of the payload, or of a further input, with which nothing in the answer changes, and \
           which the mapping does not declare dropped. It is observed, whatever the mapping is: one value at a time is \
           replaced by another typed value or by null, at every index. A note says how many values are unknown, because \
           the mapping refused what was tried.",
    why: "Over a quarter of the real system's regressions were a mapper that forgot a field: the typed rewrite of March \
          2026 lost six keys of a list for weeks, and nothing turned red.",
    example: include_str!("examples/lossy-mapping.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let dependence = judged.dependence;
    let path = judged.path();
    for source in dependence.lost() {
        let pointer = source.declared();
        let others = dependence.sources.iter().filter(|other| other.pattern == source.pattern);
        let arrives_elsewhere = others.into_iter().any(|other| !other.feeds.is_empty());
        let message = match (source.is_list, arrives_elsewhere) {
            (_, true) => format!("nothing depends on {pointer:?}, though it does on the same value of another row"),
            (true, false) => format!("nothing depends on whether {:?} has items", source.pattern),
            (false, false) => format!("nothing depends on {:?}", source.pattern),
        };
        findings.group(RULE.id, (&path, &pointer), message, |message| {
            judged
                .finding(RULE.id, RULE.severity, &pointer)
                .message(message)
                .before(format!("{}: {pointer}", dependence.wire(source).name()))
                .after(format!("no difference in the answer, in {} probes of this value", source.probes))
                .breaks(format!("{} gets null or an old value instead", judged.taker()))
                .fix("copy the value, or declare it dropped in the mapping, with the reason")
        });
    }
    let unknown = dependence.unknown();
    if let Some(first) = unknown.first() {
        let (probes, refused) = dependence.probes();
        findings.push(judged.finding(RULE.id, Severity::Note, &first.declared())
.message(format!(
                "{} of {} values are unknown, the first is {:?}: {refused} of {probes} probes and {} bases were refused",
                unknown.len(),
                dependence.sources.len(),
                first.pattern,
                dependence.refused_bases
            ))
.breaks("nobody; but the gate cannot say whether they arrive")
.fix("give the mapping's `probing` a guard that opens the branch, or samples with values that it takes"));
    }
}
