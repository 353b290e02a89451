//! `newly-bound-class`

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity};
use crate::java::config::Unknown;
use crate::report::text::count;
use crate::source::diff::routes::{both, newly_bound};
use crate::source::diff::{Comparison, config_of, on_wire, sample, simple_name};
use crate::source::java::expression::classes_in;
use crate::source::place::Place;
use crate::source::spring::{Direction, Use, WireClass};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "newly-bound-class",
    severity: Severity::Error,
    summary: "a class binds a payload that no class bound before, and lacks keys of it",
    what: "Fires for a class that is newly on a wire, and for one that a route of Camel or a method binds from now on where it let \
           every key pass. Where a repository given with --repo, or the catalogue, has the class at the other end with keys \
           that this one does not take, it is an error: they are dropped from now on; in a new method it is a warning. Where \
           nobody is known and the method bound no class before, it is a warning. A class of a new method, or one that is \
           only written, is a note.",
    why: "Bytes and untyped maps pass through as they are. A class passes on the keys that it declares: a rewrite with ten of \
          sixteen fields loses six columns without an error anywhere.",
    example: include_str!("examples/newly-bound-class.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for class in comparison.new.iter().map(|&place| &comparison.after.inventory.classes[place]) {
        let (read, written) = (on_wire(class, Direction::Read), on_wire(class, Direction::Written));
        // One value, a list or a map has no keys of its own that it could drop.
        if class.facts.stands_for.is_some() {
            continue;
        }
        let name = simple_name(&class.facts.class.name);
        let used = class.uses.iter().find(|it| !read || it.direction == Direction::Read);
        let how = used.map_or(String::new(), |it| format!(" ({} at {})", it.how, it.place));
        if read {
            let existed = used.is_some_and(|used| existed(comparison, used));
            let place = &class.facts.place;
            findings.push(bound(comparison, class, (None, place), &how, existed));
        } else if written {
            findings.push(
                finding(comparison, class, Severity::Note, (None, &class.facts.place))
                    .message(format!("{name} is newly written{how}"))
                    .breaks("nobody, if it declares every key that must pass")
                    .fix("compare it with its reader's class: --repo NAME=DIR does"),
            );
        }
    }
    // Classes that were known, where another point of the service let everything pass.
    for (old, new) in both(comparison) {
        for (ty, place) in newly_bound(comparison, (old, new)) {
            let classes = comparison.after.inventory.classes.iter().enumerate();
            let known =
                classes.filter(|(at, class)| classes_in(ty).contains(&class.facts.id) && !comparison.new.contains(at));
            for (_, class) in known {
                let how = format!(" in {} ({place})", new.name);
                findings.push(bound(comparison, class, (Some(&old.place), place), &how, true));
            }
        }
    }
}

fn finding(
    comparison: &Comparison<'_>,
    class: &WireClass,
    severity: Severity,
    (before, after): (Option<&Place>, &Place),
) -> Finding {
    comparison.finding_at(RULE.id, severity, (before, Some(after)), (&class.facts.class.name, ""))
}

/// A class that is read where none was.
fn bound(
    comparison: &Comparison<'_>,
    class: &WireClass,
    places: (Option<&Place>, &Place),
    how: &str,
    existed: bool,
) -> Finding {
    let name = simple_name(&class.facts.class.name);
    let givers = comparison.givers(class);
    let lacking = givers.iter().find_map(|giver| {
        let dropped = comparison.dropped(giver, class);
        (!dropped.is_empty()).then_some((giver, dropped))
    });
    let refuses = class.facts.class.unknown.unwrap_or(config_of(comparison.after, class).unknown) == Unknown::Refuse;
    if let Some((giver, keys)) = lacking {
        let refuses = keys.iter().any(|(_, refuses)| *refuses);
        let keys: Vec<String> = keys.into_iter().map(|(key, _)| key).collect();
        // What is read by a new method and dropped there, nobody had before.
        let severity = if existed || refuses { RULE.severity } else { Severity::Warning };
        let what = if refuses { "refuses" } else { "drops" };
        let count = count(keys.len(), "key", "keys");
        let shown = quoted(keys.iter().map(String::as_str));
        return finding(comparison, class, severity, places)
            .message(format!("{name} is newly bound{how} and {what} {count} of its sender: {shown}"))
            .before(format!("{{{}}}", keys.iter().map(|key| format!("{key:?}:…")).collect::<Vec<_>>().join(",")))
            .after(if refuses { "refused".to_owned() } else { "{}".to_owned() })
            .breaks(format!("sent by {}; whoever gets what this service makes of it", giver.who))
            .fix("declare the keys that must pass");
    }
    let known = !givers.is_empty();
    let severity = if existed && !known { Severity::Warning } else { Severity::Note };
    let what = match (known, refuses) {
        (true, _) => " and takes all keys of its sender",
        (false, true) => ": a payload with undeclared keys is refused from now on",
        (false, false) => ": undeclared keys are dropped from now on",
    };
    let more = "\"undeclared\":…";
    let shown = |more| sample::with(&class.facts, &config_of(comparison.after, class), more);
    let after = if refuses { "refused".to_owned() } else { shown(None) };
    finding(comparison, class, severity, places)
        .message(format!("{name} is newly bound{how}{what}"))
        .before((!known).then(|| shown(Some(more))))
        .after((!known).then_some(after))
        .breaks("nobody, if it declares every key that must pass")
        .fix("compare it with its sender's class: --repo NAME=DIR does")
}

/// Whether the method that uses a class was there before: then something passed through it.
fn existed(comparison: &Comparison<'_>, used: &Use) -> bool {
    let after = comparison.after.sources;
    let before = comparison.before.sources;
    after.classes().filter(|class| after.path(*class) == &used.place.path).any(|class| {
        let holds = |range: &Option<std::ops::Range<usize>>, start: usize| {
            let at = used.place.span.start;
            at == start || range.as_ref().is_some_and(|range| range.contains(&at))
        };
        let mut methods = after.declaration(class).methods.iter();
        let method = methods.find(|method| holds(&method.body, method.span.start));
        let Some(method) = method else { return false };
        let was = before.find(&after.identity(class));
        was.is_some_and(|was| before.declaration(was).methods.iter().any(|it| it.name == method.name))
    })
}
