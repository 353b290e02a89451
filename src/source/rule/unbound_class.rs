//! `unbound-class`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, Ways, config_of, on_wire, sample, simple_name};
use crate::source::place::Place;
use crate::source::spring::{Direction, WireClass};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unbound-class",
    severity: Severity::Warning,
    summary: "a class is no longer on any wire",
    what: "Fires for a class that the base wrote or read over a wire and the head does not. A class that took its place is \
           compared with it instead.",
    why: "An endpoint or a message is gone, or what it carries is no longer typed: somebody may still ask for it or send it.",
    example: include_str!("examples/unbound-class.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for class in comparison.gone.iter().map(|&place| &comparison.before.inventory.classes[place]) {
        let ways = Ways { written: on_wire(class, Direction::Written), read: on_wire(class, Direction::Read) };
        if (!ways.written && !ways.read) || is_value_of_a_key(comparison, class) {
            continue;
        }
        let name = simple_name(&class.facts.class.name);
        let verb = if ways.written { "written" } else { "read" };
        let used = class.uses.first().map_or(String::new(), |it| format!(" (it was: {} at {})", it.how, it.place));
        let places: Vec<usize> = (0..class.facts.class.keys().len().min(2)).collect();
        findings.push(
            comparison
                .finding_at(RULE.id, RULE.severity, (Some(&class.facts.place), None), (&class.facts.class.name, ""))
                .message(format!("{name} is no longer {verb} on any wire{used}"))
                .before(sample::payload(&class.facts, &config_of(comparison.before, class), &places))
                .breaks(comparison.concerned(class, ways, &[]))
                .fix("make sure that nobody asks for it or sends it any more"),
        );
    }
}

/// Whether a class stood for a value of a key: what became of it, the key says.
fn is_value_of_a_key(comparison: &Comparison<'_>, class: &WireClass) -> bool {
    let is_key = |place: &Place| {
        let mut keys = comparison.before.inventory.classes.iter().flat_map(|it| &it.facts.keys);
        keys.any(|key| key.place == *place)
    };
    class.facts.stands_for.is_some() && class.uses.iter().all(|used| is_key(&used.place))
}
