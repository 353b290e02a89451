//! `no-longer-filled`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::fills::leaves;
use crate::source::diff::{Comparison, location, on_wire, simple_name};
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-longer-filled",
    severity: Severity::Error,
    summary: "code that filled a key of a class does not fill it any more",
    what: "Fires for code that makes a class which is written to a wire (a builder, a constructor with its setters, \
           a MapStruct method), where it filled a key before and leaves it out now; a new `ignore = true` of \
           MapStruct is one way. The old and the new method are compared by name; in a file with a single place that \
           makes the class, that place is compared. Keys set on objects that come from elsewhere are not checked.",
    why: "The class is as it was and every test of it passes, but the value does not arrive any more.",
    example: include_str!("examples/no-longer-filled.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in comparison.pairs.iter().filter(|pair| on_wire(comparison.new_class(pair), Direction::Written)) {
        let new = comparison.new_class(pair);
        let name = simple_name(&new.facts.class.name);
        for (before, after) in comparison.sites(pair) {
            for (place, key) in new.facts.class.keys().iter().enumerate() {
                let (Some(facts), Some(old)) = (comparison.fillable(new, place), pair.earlier(place)) else {
                    continue;
                };
                let Some(was) = comparison.old(pair).facts.keys.get(old) else { continue };
                if !before.filled.contains(&was.field) || !leaves(after, &facts.field) {
                    continue;
                }
                let how = if after.ignored.contains(&facts.field) { "ignores it now" } else { "does not any more" };
                let mut finding = comparison.finding(RULE.id, RULE.severity, pair, (Some(old), Some(place)));
                finding.location = location(comparison.after.sources, &after.place);
                if let Some(subject) = &mut finding.subject {
                    subject.earlier = Some(location(comparison.before.sources, &before.place));
                }
                let shown = format!("{{{:?}:null}}", key.name);
                findings.push(
                    finding
                        .message(format!("{} filled {:?} of {name} and {how}", after.method, key.name))
                        .after(shown)
                        .fix(format!("fill it again, or take the key out of {name} together with its readers")),
                );
            }
        }
    }
}
