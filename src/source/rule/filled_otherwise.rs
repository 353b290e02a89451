//! `filled-otherwise`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::report::text::cut_middle;
use crate::source::diff::{Comparison, Pair, on_wire, simple_name};
use crate::source::fill::Site;
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
           are computed are not compared. A constructor that takes its values in another order, while the call is as it \
           was, is an error.",
    why: "Key and type are as they were, and the value means something else: no test of names and types sees it.",
    example: include_str!("examples/filled-otherwise.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in comparison.pairs.iter().filter(|pair| on_wire(comparison.new_class(pair), Direction::Written)) {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        for (before, after) in comparison.sites(pair) {
            let moved = moved(comparison, pair, before, after);
            if !moved.is_empty() {
                findings.push(of_moved(comparison, pair, (before, after), &moved));
            }
            for (place, (key, facts)) in new.facts.rows().enumerate().filter(|(_, (_, facts))| facts.is_written) {
                let earlier = pair.earlier(place);
                let field = earlier.and_then(|at| old.facts.keys.get(at)).map(|facts| &facts.field);
                let (Some(was), Some(is)) =
                    (field.and_then(|field| before.from.get(field)), after.from.get(&facts.field))
                else {
                    continue;
                };
                if moved.iter().any(|it| it.after == place) {
                    continue;
                }
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

/// A key that gets another argument of a constructor than before, although the call is the same.
struct Moved<'s> {
    /// The place of the key in the later class.
    after: usize,
    /// The argument that it got.
    was: &'s str,
    /// The argument that it gets.
    is: &'s str,
}

/// The keys that change their places where the parameters of a constructor do, and a call with the same arguments does not.
fn moved<'s>(comparison: &Comparison<'_>, pair: &Pair, before: &'s Site, after: &'s Site) -> Vec<Moved<'s>> {
    let texts = |site: &'s Site| site.placed.iter().map(|(text, _)| text);
    if before.placed.is_empty() || !texts(before).eq(texts(after)) {
        return Vec::new();
    }
    let (old, new) = (&comparison.old(pair).facts, &comparison.new_class(pair).facts);
    let argument = |site: &'s Site, field: &str| {
        let mut placed = site.placed.iter();
        placed.find(|(_, of)| of == field).map(|(text, _)| text.as_str())
    };
    let keys = new.keys.iter().enumerate().filter(|(_, facts)| facts.is_written);
    let found: Vec<Moved<'s>> = keys
        .filter_map(|(place, facts)| {
            let was = old.keys.get(pair.earlier(place)?)?;
            // The call compiles either way: its types are not looked at, but a field that became another one is no move.
            let (was, is) = (argument(before, &was.field)?, argument(after, &facts.field)?);
            (was != is).then_some(Moved { after: place, was, is })
        })
        .collect();
    // A value that a new parameter takes is not lost: a swap is one of values that both have.
    let is_swap = found.iter().all(|it| found.iter().any(|other| other.was == it.is));
    if is_swap { found } else { Vec::new() }
}

fn of_moved(comparison: &Comparison<'_>, pair: &Pair, (before, after): (&Site, &Site), moved: &[Moved<'_>]) -> Finding {
    let new = comparison.new_class(pair);
    let (keys, name) = (new.facts.class.keys(), simple_name(&new.facts.class.name));
    let list = |of: &dyn Fn(&Moved<'_>) -> String| moved.iter().map(of).collect::<Vec<_>>().join(", ");
    let named = list(&|it| format!("{:?}", keys[it.after].name));
    let only = moved.first().map(|it| it.after);
    let mut finding = comparison.finding(RULE.id, Severity::Error, pair, (only.and_then(|it| pair.earlier(it)), only));
    comparison.point_at(&mut finding, Some(&before.place), Some(&after.place));
    finding
        .message(format!(
            "{} makes {name} as before, and its constructor takes the values in another order: {named} change places",
            after.method
        ))
        .before(list(&|it| format!("{:?} is {}", keys[it.after].name, cut_middle(it.was, 60))))
        .after(list(&|it| format!("{:?} is {}", keys[it.after].name, cut_middle(it.is, 60))))
        .fix("give the arguments in the new order, or keep the order of the fields")
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
