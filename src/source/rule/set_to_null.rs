//! `set-to-null`

use std::collections::{BTreeMap, HashSet};

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, on_wire, simple_name};
use crate::source::fill::Site;
use crate::source::place::Place;
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
    let (before, after) = (comparison.before, comparison.after);
    for pair in &comparison.pairs {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let mut cleared: BTreeMap<&str, Vec<Cleared<'_>>> = BTreeMap::new();
        let fields: HashSet<&str> = old.facts.keys.iter().map(|it| it.field.as_str()).collect();
        for (place, (key, facts)) in new.facts.rows().enumerate() {
            let was = before.fills.set_elsewhere(before.sources, old.facts.id, &facts.field);
            // A key that is new was no value before.
            let is_new = !fields.contains(facts.field.as_str());
            if is_new || was.iter().any(|set| set.is_null) {
                continue;
            }
            let now = after.fills.set_elsewhere(after.sources, new.facts.id, &facts.field);
            let Some(set) = now.into_iter().find(|set| set.is_null) else { continue };
            let is_on_wire = facts.is_written && on_wire(new, Direction::Written);
            let reader = comparison.fed_by(new.facts.id, &facts.field).filter(|_| !is_on_wire);
            if is_on_wire || reader.is_some() {
                cleared.entry(&set.method).or_default().push(Cleared { place, key: &key.name, at: &set.place, reader });
            }
        }
        for (method, cleared) in cleared {
            let (shown, name) = (quoted(cleared.iter().map(|it| it.key)), simple_name(&new.facts.class.name));
            let read = match cleared[0].reader {
                Some((site, field)) => format!(", which {} reads for {field:?}", site.method),
                None => String::new(),
            };
            let only = if let [one] = &cleared[..] { Some(one.place) } else { None };
            let mut finding = comparison.finding(RULE.id, RULE.severity, pair, (None, only));
            // A class that is only stored is on a wire by who reads it.
            finding.severity = RULE.severity;
            comparison.point_at(&mut finding, None, Some(cleared[0].at));
            findings.push(
                finding
                    .message(format!("{method} newly sets {shown} of {name} to null{read}"))
                    .after(format!("{{{:?}:null}}", cleared[0].key))
                    .fix("see that each of its readers takes null, or leave the value"),
            );
        }
    }
}

/// A key that is set to null.
struct Cleared<'c> {
    place: usize,
    key: &'c str,
    at: &'c Place,
    reader: Option<(&'c Site, &'c str)>,
}
