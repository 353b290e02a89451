//! `ignored-key`

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity, Subject};
use crate::source::diff::{Comparison, Pair, Ways, location, on_wire, simple_name};
use crate::source::fill::conversion::Conversion;
use crate::source::spring::{Direction, WireClass};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "ignored-key",
    severity: Severity::Error,
    summary: "a MapStruct method newly ignores a key that its source has",
    what: "Fires for `ignore = true` of MapStruct on a key of a class that is written to a wire, where the source of the \
           method has a value of that name and the method is new, or did not ignore it. It is a warning where the \
           class is new too. A key that is no longer ignored is a note. A method that makes the class and filled the \
           key before is for `no-longer-filled`. Not checked: ids and what a store fills, and keys that are set on \
           objects from elsewhere.",
    why: "Both classes have the key, and every other value is copied: this one never arrives, and nothing fails.",
    example: include_str!("examples/ignored-key.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in comparison.pairs.iter().filter(|pair| on_wire(comparison.new_class(pair), Direction::Written)) {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let sites = comparison.sites(pair);
        for (before, after) in comparison.conversions(Some(old), new) {
            if let Some(before) = before {
                no_longer(comparison, pair, before, after, findings);
            }
            // What made the class before is compared as a whole.
            let is_compared = sites.iter().any(|(_, site)| site.place == after.place && site.is_complete);
            for place in ignored(comparison, new, before, after).into_iter().filter(|_| !is_compared) {
                let key = &new.facts.class.keys()[place].name;
                let mut finding = comparison.finding(RULE.id, RULE.severity, pair, (None, Some(place)));
                comparison.point_at(&mut finding, before.map(|before| &before.place), Some(&after.place));
                let since = if before.is_some() { "newly ignores" } else { "is new and ignores" };
                let name = simple_name(&new.facts.class.name);
                findings.push(
                    finding
                        .message(format!("{} {since} {key:?} of {name}, which its source has", after.method))
                        .before(format!("a source {{{key:?}:1}}"))
                        .after(format!("{{{key:?}:null}}, or what was there"))
                        .fix("map it, or accept with the reason why it must not be copied"),
                );
            }
        }
    }
    let new = comparison.new.iter().map(|&place| &comparison.after.inventory.classes[place]);
    for class in new.filter(|class| on_wire(class, Direction::Written)) {
        for (_, after) in comparison.conversions(None, class) {
            let places = ignored(comparison, class, None, after);
            if places.is_empty() {
                continue;
            }
            let keys = quoted(places.iter().map(|place| &*class.facts.class.keys()[*place].name));
            let name = simple_name(&class.facts.class.name);
            let ways = Ways { written: true, read: false };
            findings.push(
                Finding::new(RULE.id, Severity::Warning, location(comparison.after.sources, &after.place))
                    .subject(Subject { class: class.facts.class.name.to_string(), ..Subject::default() })
                    .message(format!("{} of the new {name} ignores {keys}, which its source has", after.method))
                    .breaks(comparison.concerned(class, ways, &[]))
                    .fix("map what its readers expect"),
            );
        }
    }
}

/// A note of the keys that a method ignored and fills now.
fn no_longer(
    comparison: &Comparison<'_>,
    pair: &Pair,
    before: &Conversion,
    after: &Conversion,
    findings: &mut Vec<Finding>,
) {
    let new = comparison.new_class(pair);
    let is = |it: &Conversion, field: &str, ignored| it.keys.get(field).is_some_and(|key| key.is_ignored == ignored);
    let keys: Vec<&str> = new
        .facts
        .rows()
        .filter(|(_, facts)| facts.is_written && is(before, &facts.field, true) && is(after, &facts.field, false))
        .map(|(key, _)| &*key.name)
        .collect();
    if !keys.is_empty() {
        let (shown, name) = (quoted(keys.iter().copied()), simple_name(&new.facts.class.name));
        let mut finding = comparison.finding(RULE.id, Severity::Note, pair, (None, None));
        comparison.point_at(&mut finding, None, Some(&after.place));
        findings.push(
            finding
                .message(format!("{} ignored {shown} of {name}, and copies from its source now", after.method))
                .fix("see that the value of the source is the right one"),
        );
    }
}

/// The keys that a method newly ignores, by place.
fn ignored(
    comparison: &Comparison<'_>,
    class: &WireClass,
    before: Option<&Conversion>,
    after: &Conversion,
) -> Vec<usize> {
    let is_ignored = |it: &Conversion, field: &str| it.keys.get(field).map(|key| key.is_ignored);
    let places = 0..class.facts.class.keys().len();
    let newly = |&place: &usize| {
        comparison.fillable(class, place).is_some_and(|facts| {
            is_ignored(after, &facts.field) == Some(true)
                && before.is_none_or(|before| is_ignored(before, &facts.field) == Some(false))
        })
    };
    places.filter(newly).collect()
}
