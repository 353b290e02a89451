//! `type-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::changes::Change;
use crate::source::diff::moved::{Moved, weight};
use crate::source::diff::{Comparison, simple_name};
use crate::source::java::class::Facts;
use crate::source::java::index::TypeName;
use crate::source::report::Found;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "type-changed",
    severity: Severity::Error,
    summary: "a key holds something else",
    what: "Fires where a key of a class on a wire has another type, unless only the class of its value has another name. A \
           wider integer, a primitive that became its wrapper, a text that became an enum where it is only written, and an \
           object of another class that has all the keys of the first, with their types, are notes. An object of unknown keys that became a \
           class is a warning.",
    why: "A reader refuses the value, or takes it for something else: a number for a text, a list for an object.",
    example: include_str!("examples/type-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (pair, change) in comparison.changes() {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let name = simple_name(&new.facts.class.name);
        if *change == Change::Body {
            findings.push(
                comparison
                    .finding(RULE.id, RULE.severity, pair, (None, None))
                    .message(format!("{name} is written as another kind of value"))
                    .fix("keep what it is on the wire, or change both sides together"),
            );
            continue;
        }
        let &Change::Type { before, after } = change else { continue };
        let ways = comparison.ways(pair, Some(before), Some(after));
        let (was, is) = (&old.facts.class.keys()[before], &new.facts.class.keys()[after]);
        let shown = |found: &Found<'_>, facts: &Facts, place: usize| {
            facts.keys.get(place).map_or(String::new(), |key| found.sources.shown(&key.java_type).to_string())
        };
        let (old_type, new_type) =
            (shown(comparison.before, &old.facts, before), shown(comparison.after, &new.facts, after));
        let is_open = |facts: &Facts, place: usize| {
            facts.keys.get(place).is_some_and(|key| matches!(key.java_type.name, TypeName::Variable(_)))
        };
        let (severity, lost) = match is_open(&old.facts, before) || is_open(&new.facts, after) {
            // A type parameter is whatever it is bound to.
            true => (Severity::Note, Moved::default()),
            false => weight(comparison, (&was.ty, &is.ty), ways),
        };
        let lost = lost.said();
        findings.push(
            comparison
                .finding(RULE.id, severity, pair, (Some(before), Some(after)))
                .message(format!("the key {:?} of {name} was {old_type} and is {new_type}{lost}", is.name))
                .fix("keep the type on the wire, or add a key of the new type beside it"),
        );
    }
}
