//! `set-to-null`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, location, on_wire, simple_name};
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "set-to-null",
    severity: Severity::Warning,
    summary: "code newly sets a key to null",
    what: "Fires for `setKey(null)` on an object from elsewhere, where no code did that before: of a class that is written \
           to a wire, or of one that is only stored, where code reads the property for something on a wire.",
    why: "Whoever reads the value, here or elsewhere, has never seen it missing: a call on it fails, and a mapper that copies \
          it sends null.",
    example: include_str!("examples/set-to-null.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in &comparison.pairs {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let (before, after) = (comparison.before, comparison.after);
        for (place, (key, facts)) in new.facts.rows().enumerate() {
            let is_null = |set: &&&crate::source::fill::Set| set.is_null;
            let now = after.fills.set_elsewhere(after.sources, new.facts.id, &facts.field);
            let Some(set) = now.iter().find(is_null) else { continue };
            let was = before.fills.set_elsewhere(before.sources, old.facts.id, &facts.field);
            let is_on_wire = facts.is_written && on_wire(new, Direction::Written);
            let reader = comparison.fed_by(new.facts.id, &facts.field);
            // A key that is new was no value before.
            let is_new = old.facts.keys.iter().all(|it| it.field != facts.field);
            if was.iter().any(|set| set.is_null) || is_new || !is_on_wire && reader.is_none() {
                continue;
            }
            let read = match reader.filter(|_| !is_on_wire) {
                Some((site, field)) => format!(", which {} reads for {field:?}", site.method),
                None => String::new(),
            };
            let name = simple_name(&new.facts.class.name);
            let mut finding = comparison.finding(RULE.id, RULE.severity, pair, (None, Some(place)));
            // A class that is only stored is on a wire by who reads it.
            finding.severity = RULE.severity;
            finding.location = location(after.sources, &set.place);
            findings.push(
                finding
                    .message(format!("{} newly sets {:?} of {name} to null{read}", set.method, key.name))
                    .after(format!("{{{:?}:null}}", key.name))
                    .fix("see that each of its readers takes null, or leave the value"),
            );
        }
    }
}
