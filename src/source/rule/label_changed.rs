//! `label-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, labels, simple_name};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "label-changed",
    severity: Severity::Warning,
    summary: "a constant hands out another word than before",
    what: "Fires when an enum constant's constructor argument (a string or number) differs from the base, a getter \
           returns it, and code outside tests calls that getter. What Jackson itself writes for a constant is judged \
           by `words-changed`.",
    why: "Jackson writes the constant's name, and no class has changed. But a mapper written by hand sends the \
          label, and whoever reads it knows the old one.",
    example: include_str!("examples/label-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for label in labels::changed(comparison) {
        let class = simple_name(&label.class);
        let (old, new) = &label.words;
        let Some((getter, place)) = label.uses.first() else { continue };
        let more = match label.uses.len() {
            1 => String::new(),
            count => format!(" and at {} more", count - 1),
        };
        findings.push(
            comparison
                .finding_at(
                    RULE.id,
                    RULE.severity,
                    (Some(&label.places.0), Some(&label.places.1)),
                    (&label.class, &format!("{}.{}", label.constant, label.field)),
                )
                .message(format!("{getter} of {class}.{} gives {new:?} now, and gave {old:?}", label.constant))
                .before(format!("{old:?}"))
                .after(format!("{new:?}"))
                .breaks(format!("who gets what {getter} gives at {place}{more} and knows the old word"))
                .fix("keep the word, or let every reader know both before it is sent"),
        );
    }
}
