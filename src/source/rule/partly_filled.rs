//! `partly-filled`

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity};
use crate::source::diff::fills::leaves;
use crate::source::diff::{Comparison, on_wire, simple_name};
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "partly-filled",
    severity: Severity::Note,
    summary: "new code makes a class and leaves keys of it out",
    what: "Fires once for new code that makes a class on a wire, be it new itself or not, where it leaves out keys \
           that no other code sets. Of a new class that is read too, nothing is said. It is a warning where this code is given a value of such a name, and other code that \
           fills the same part of the class fills the key. Unchanged code is never reported, nor moved code that fills what it did: much is left out on purpose.",
    why: "A second way to make an answer seldom knows all that the first one does.",
    example: include_str!("examples/partly-filled.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    of_pairs(comparison, findings);
    of_new(comparison, findings);
}

/// Code that makes a class which is new itself. Who reads one as well is given the rest from there.
fn of_new(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let new = comparison.new.iter().map(|&place| &comparison.after.inventory.classes[place]);
    for class in new.filter(|class| on_wire(class, Direction::Written) && !class.goes(Direction::Read)) {
        let keys = class.facts.class.keys();
        for site in comparison.after.fills.of(class.facts.id) {
            let is_left = |place: &usize| {
                let facts =
                    comparison.fillable(class, *place).filter(|_| !comparison.is_initialised(class, *place, site));
                facts.is_some_and(|facts| leaves(site, &facts.field))
            };
            let left: Vec<&str> = (0..keys.len()).filter(is_left).map(|place| &*keys[place].name).collect();
            if left.is_empty() {
                continue;
            }
            let (name, shown) = (simple_name(&class.facts.class.name), quoted(left.iter().copied()));
            findings.push(
                comparison
                    .finding_at(RULE.id, RULE.severity, (None, Some(&site.place)), (&class.facts.class.name, ""))
                    .message(format!("{} makes {name} and leaves out {shown}", site.method))
                    .after(format!(
                        "{{{}}}",
                        left.iter().map(|key| format!("{key:?}:null")).collect::<Vec<_>>().join(",")
                    ))
                    .breaks("whoever expects a value of these keys")
                    .fix("fill what its readers expect"),
            );
        }
    }
}

fn of_pairs(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in comparison.pairs.iter().filter(|pair| on_wire(comparison.new_class(pair), Direction::Written)) {
        let new = comparison.new_class(pair);
        let keys = new.facts.class.keys();
        for site in comparison.new_sites(pair) {
            let is_moved = comparison.is_moved(pair, site);
            let left = (0..keys.len()).filter(|&place| !is_moved || pair.earlier(place).is_none()).filter(|&place| {
                let facts = comparison.fillable(new, place).filter(|_| !comparison.is_initialised(new, place, site));
                facts.is_some_and(|facts| leaves(site, &facts.field))
            });
            let places: Vec<usize> = left.collect();
            // What other code fills and this one is given was forgotten, most likely.
            let forgotten = places.iter().find_map(|&place| {
                let other = comparison.filled_beside(site, &new.facts.keys.get(place)?.field)?;
                (comparison.has_source(site, new, place) == Some(true)).then_some((&*keys[place].name, other))
            });
            let left: Vec<&str> = places.iter().map(|place| &*keys[*place].name).collect();
            if left.is_empty() {
                continue;
            }
            let (severity, more) = match forgotten {
                Some((key, other)) => {
                    (Severity::Warning, format!(": it is given {key:?}, which {} fills", other.method))
                }
                None => (RULE.severity, String::new()),
            };
            let name = simple_name(&new.facts.class.name);
            let mut finding = comparison.finding(RULE.id, severity, pair, (None, None));
            comparison.point_at(&mut finding, None, Some(&site.place));
            let shown = quoted(left.iter().copied());
            findings.push(
                finding
                    .message(format!("{} makes {name} and leaves out {shown}{more}", site.method))
                    .fix("fill what its readers expect"),
            );
        }
    }
}
