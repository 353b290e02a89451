//! `newly-bound-class`

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity, Subject};
use crate::java::config::Unknown;
use crate::source::diff::readers::Other;
use crate::source::diff::{Comparison, config_of, location, on_wire, simple_name};
use crate::source::spring::{Direction, Use, WireClass};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "newly-bound-class",
    severity: Severity::Error,
    summary: "a class binds a payload that no class bound before, and lacks keys of it",
    what: "Fires for a class that is newly on a wire. Where a repository given with --repo, or the catalogue, has the class at \
           the other end with keys that this one does not take, it is an error: they are dropped from now on. Where nobody is \
           known and the method bound no class before, it is a warning. A class of a new method, or one that is only \
           written, is a note.",
    why: "Bytes and untyped maps pass through as they are. A class passes on the keys that it declares: a rewrite with ten of \
          sixteen fields loses six columns without an error anywhere.",
    example: include_str!("examples/newly-bound-class.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for class in comparison.new.iter().map(|&place| &comparison.after.inventory.classes[place]) {
        let (read, written) = (on_wire(class, Direction::Read), on_wire(class, Direction::Written));
        // One value, a list or a map has no keys of its own that it could drop.
        if (!read && !written) || class.facts.stands_for.is_some() {
            continue;
        }
        let name = simple_name(&class.facts.class.name);
        let used = class.uses.iter().find(|it| !read || it.direction == Direction::Read);
        let how = used.map_or(String::new(), |it| format!(" ({} at {})", it.how, it.place));
        let finding = |severity, message: String| {
            Finding::new(RULE.id, severity, location(comparison.after.sources, &class.facts.place))
                .subject(Subject { class: class.facts.class.name.to_string(), ..Subject::default() })
                .message(message)
        };
        let givers = if read { comparison.givers(class) } else { Vec::new() };
        let lacking = givers.iter().find_map(|giver| {
            let dropped = dropped(giver, class);
            (!dropped.is_empty()).then_some((giver, dropped))
        });
        let refuses =
            class.facts.class.unknown.unwrap_or(config_of(comparison.after, class).unknown) == Unknown::Refuse;
        if let Some((giver, keys)) = lacking {
            let what = if refuses { "refuses" } else { "drops" };
            let count = keys.len();
            let shown = quoted(keys.iter().map(String::as_str));
            findings.push(
                finding(
                    RULE.severity,
                    format!("{name} is newly bound{how} and {what} {count} keys of its sender: {shown}"),
                )
                .before(format!("{{{}}}", keys.iter().map(|key| format!("{key:?}:…")).collect::<Vec<_>>().join(",")))
                .after(if refuses { "refused".to_owned() } else { "{}".to_owned() })
                .breaks(format!("sent by {}; whoever gets what this service makes of it", giver.who))
                .fix("declare the keys that must pass"),
            );
            continue;
        }
        let known = !givers.is_empty();
        let existed = used.is_some_and(|used| existed(comparison, used));
        let severity = if read && existed && !known { Severity::Warning } else { Severity::Note };
        let message = match (read, known) {
            (true, true) => format!("{name} is newly bound{how} and takes all keys of its sender"),
            (true, false) => format!("{name} is newly bound{how}: undeclared keys are dropped from now on"),
            (false, _) => format!("{name} is newly written{how}"),
        };
        findings.push(
            finding(severity, message)
                .breaks("nobody, if it declares every key that must pass")
                .fix("compare it with its sender's class: --repo NAME=DIR does"),
        );
    }
}

/// The keys of a sender that a class does not take.
fn dropped(giver: &Other<'_>, class: &WireClass) -> Vec<String> {
    let takes = |name: &str| {
        class
            .facts
            .rows()
            .any(|(key, facts)| facts.is_read && (key.name == name || key.aliases.iter().any(|it| it == name)))
    };
    giver.class.keys().iter().map(|key| key.name.to_string()).filter(|name| !takes(name)).collect()
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
