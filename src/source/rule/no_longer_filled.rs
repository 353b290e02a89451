//! `no-longer-filled`

use std::collections::BTreeMap;

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity};
use crate::source::diff::fills::leaves;
use crate::source::diff::{Comparison, Pair, on_wire, simple_name};
use crate::source::fill::Site;
use crate::source::java::class::KeyFacts;
use crate::source::place::Place;
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-longer-filled",
    severity: Severity::Error,
    summary: "code that filled a key of a class does not fill it any more",
    what: "Fires for code that makes a class which is written to a wire (a builder, a constructor with its setters, \
           a MapStruct method), where it filled a key before and leaves it out now, or sets it to null; a new `ignore = \
           true` of MapStruct is one way. The old and the new method are compared by name; in a file with a single \
           place that makes the class, that place is compared. It is a warning where the same method makes the class in \
           another place too, which fills the key, for a document of an index of which other code fills another part with the \
           key, for a key that was set on objects from elsewhere and is set nowhere \
           any more (nor newly named as a text, as an update of a document does), and for a class that is only stored, where code reads the key for something on a wire.",
    why: "The class is as it was and every test of it passes, but the value does not arrive any more.",
    example: include_str!("examples/no-longer-filled.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in &comparison.pairs {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let is_on_wire = on_wire(new, Direction::Written);
        let keys: Vec<(usize, usize, &KeyFacts, &KeyFacts)> = (0..new.facts.class.keys().len())
            .filter_map(|place| {
                let earlier = pair.earlier(place)?;
                Some((earlier, place, old.facts.keys.get(earlier)?, comparison.settable(new, place)?))
            })
            .collect();
        for (before, after) in comparison.sites(pair) {
            for &(earlier, place, was, is) in &keys {
                let is_update = before.is_update && after.is_update;
                let updates = is_update && !after.filled.contains(&is.field) && !after.ignored.contains(&is.field);
                if !before.filled.contains(&was.field)
                    || !(leaves(after, &is.field) || updates)
                    || comparison.fillable(new, place).is_none()
                {
                    continue;
                }
                // What is on a wire itself needs no other reader.
                let reader = if is_on_wire { None } else { comparison.fed_by(new.facts.id, &is.field) };
                if is_on_wire || reader.is_some() {
                    let lost = Lost { places: (earlier, place), sites: (&before.place, &after.place) };
                    let said = of_site(comparison, pair, (after, is), reader.filter(|_| !is_on_wire));
                    let mut finding = lost.finding(comparison, pair, said);
                    if is_update {
                        // The key keeps what it has; whether that is null, whoever made the object knows.
                        finding = finding.after(None);
                        finding.severity = Severity::Warning;
                    }
                    findings.push(finding);
                }
            }
        }
        if is_on_wire {
            no_longer_set(comparison, pair, &keys, findings);
        }
    }
}

/// One finding for all keys that a method set on objects from elsewhere.
fn no_longer_set(
    comparison: &Comparison<'_>,
    pair: &Pair,
    keys: &[(usize, usize, &KeyFacts, &KeyFacts)],
    findings: &mut Vec<Finding>,
) {
    let new = comparison.new_class(pair);
    let mut lost: BTreeMap<&str, Vec<(Lost<'_>, &str)>> = BTreeMap::new();
    for &(earlier, place, was, is) in keys {
        let Some(set) = comparison.no_longer_set(pair, was, is) else { continue };
        let places = Lost { places: (earlier, place), sites: (&set.place, &is.place) };
        lost.entry(&set.method).or_default().push((places, &new.facts.class.keys()[place].name));
    }
    for (method, keys) in lost {
        let (shown, name) = (quoted(keys.iter().map(|(_, key)| *key)), simple_name(&new.facts.class.name));
        let message = format!("{method} set {shown} of {name} on objects from elsewhere, and nothing does any more");
        let mut finding = keys[0].0.finding(comparison, pair, (Severity::Warning, message));
        if let (Some(subject), true) = (&mut finding.subject, keys.len() > 1) {
            subject.key = String::new();
        }
        findings.push(finding);
    }
}

/// What there is to say of a place that makes a class.
fn of_site(
    comparison: &Comparison<'_>,
    pair: &Pair,
    (after, facts): (&Site, &KeyFacts),
    reader: Option<(&Site, &str)>,
) -> (Severity, String) {
    let new = comparison.new_class(pair);
    let mut same = comparison.after.fills.of(new.facts.id).filter(|it| it.place.path == after.place.path);
    let is_filled_beside = same.any(|it| it.method == after.method && it.filled.contains(&facts.field));
    let how = match (after.ignored.contains(&facts.field), is_filled_beside) {
        (true, _) => "ignores it now",
        (_, true) => "does not any more in one of its places",
        _ => "does not any more",
    };
    let is_on_wire = on_wire(new, Direction::Written);
    let other =
        comparison.filled_in_another_part(pair, after, &facts.field).filter(|_| is_on_wire && !is_filled_beside);
    let part =
        other.map_or(String::new(), |site| format!("; {} fills it with another part of the document", site.method));
    let stored = if is_on_wire { "" } else { "the stored " };
    let read = reader.map_or(String::new(), |(site, field)| format!("; {} reads it for {field:?}", site.method));
    let severity = if is_on_wire && !is_filled_beside && other.is_none() { RULE.severity } else { Severity::Warning };
    let (field, name) = (&facts.field, simple_name(&new.facts.class.name));
    let key = new.facts.rows().find(|(_, it)| it.field == *field).map_or(field.as_str(), |(key, _)| &*key.name);
    (severity, format!("{} filled {key:?} of {stored}{name} and {how}{read}{part}", after.method))
}

/// A key that is lost: its places in both classes, and the places of the code.
struct Lost<'p> {
    places: (usize, usize),
    sites: (&'p Place, &'p Place),
}

impl Lost<'_> {
    fn finding(&self, comparison: &Comparison<'_>, pair: &Pair, (severity, message): (Severity, String)) -> Finding {
        let new = comparison.new_class(pair);
        let (key, name) = (&new.facts.class.keys()[self.places.1].name, simple_name(&new.facts.class.name));
        let (earlier, place) = self.places;
        let mut finding = comparison.finding(RULE.id, severity, pair, (Some(earlier), Some(place)));
        // A class that is only stored is on a wire by who reads it.
        finding.severity = severity;
        comparison.point_at(&mut finding, Some(self.sites.0), Some(self.sites.1));
        finding
            .message(message)
            .after(format!("{{{key:?}:null}}"))
            .fix(format!("fill it again, or take the key out of {name} together with its readers"))
    }
}
