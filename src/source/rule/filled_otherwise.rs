//! `filled-otherwise`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, on_wire, simple_name};
use crate::source::fill::methods::has_property;
use crate::source::fill::origin::Origin;
use crate::source::java::index::{ClassId, Sources};
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "filled-otherwise",
    severity: Severity::Warning,
    summary: "code fills a key with another property than before",
    what: "Fires for code that makes a class which is written to a wire, where it copied a property of an object into a key \
           and copies another property of the same class now, while the first one is still there; and where it \
           fills the key with the name of a constant (`String.valueOf(..)`, `.name()`) and did not before. Values that \
           are computed are not compared.",
    why: "Key and type are as they were, and the value means something else: no test of names and types sees it.",
    example: include_str!("examples/filled-otherwise.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in comparison.pairs.iter().filter(|pair| on_wire(comparison.new_class(pair), Direction::Written)) {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        for (before, after) in comparison.sites(pair) {
            for (place, (key, facts)) in new.facts.rows().enumerate().filter(|(_, (_, facts))| facts.is_written) {
                let earlier = pair.earlier(place);
                let field = earlier.and_then(|at| old.facts.keys.get(at)).map(|facts| &facts.field);
                let (Some(was), Some(is)) =
                    (field.and_then(|field| before.from.get(field)), after.from.get(&facts.field))
                else {
                    continue;
                };
                let Some(how) = differs(comparison, was, is) else { continue };
                let name = simple_name(&new.facts.class.name);
                let mut finding = comparison.finding(RULE.id, RULE.severity, pair, (earlier, Some(place)));
                comparison.point_at(&mut finding, Some(&before.place), Some(&after.place));
                let (sources, other) = (comparison.before.sources, comparison.after.sources);
                findings.push(
                    finding
                        .message(format!("{} fills {:?} of {name} with {how}", after.method, key.name))
                        .before(format!("{:?} is {}", key.name, shown(sources, was)))
                        .after(format!("{:?} is {}", key.name, shown(other, is)))
                        .fix("see that its readers expect the other value, or give the key another name"),
                );
            }
        }
    }
}

/// What is said of two origins of a key that are not one.
fn differs(comparison: &Comparison<'_>, was: &Origin, is: &Origin) -> Option<String> {
    let (before, after) = (comparison.before.sources, comparison.after.sources);
    if is.is_name && !was.is_name {
        return Some(format!("the name of a constant, {}, and it was {}", shown(after, is), shown(before, was)));
    }
    let is_same = |one: ClassId, other: ClassId| before.identity(one) == after.identity(other);
    let is_other = is_same(was.class, is.class) && was.property != is.property && was.is_name == is.is_name;
    // A property with another name goes with it.
    let both_stay = has_property(after, is.class, &was.property) && has_property(before, was.class, &is.property);
    (is_other && both_stay).then(|| format!("{}, and it was {}", shown(after, is), shown(before, was)))
}

fn shown(sources: &Sources, origin: &Origin) -> String {
    format!("{:?} of {}", origin.property, simple_name(&sources.declaration(origin.class).name))
}
