//! `constructor-lost`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::config::Maker;
use crate::source::diff::{Comparison, simple_name};
use crate::source::java::creation::{Creation, creation};
use crate::source::spring::{Direction, Transport, WireClass};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "constructor-lost",
    severity: Severity::Warning,
    summary: "a class that is read has no constructor without arguments any more",
    what: "Fires for a class that the service reads where a constructor with arguments, or an annotation of Lombok such as \
           `@Builder`, took the empty constructor away, and for one that is newly read and has `@Builder` alone. It is an \
           error where the class became abstract, or an inner class that is not static. Spring Boot's own mapper knows the \
           names of a public constructor's parameters. Records, `@JsonCreator`, \
           `@Jacksonized` and `@JsonDeserialize` are other ways to make an object.",
    why: "Without it Jackson needs the names of the parameters: compiled with `-parameters` and read by ParameterNamesModule. A \
          mapper without that module refuses every payload: no Creators, like default constructor, exist.",
    example: include_str!("examples/constructor-lost.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    // Documents of an index are made by Spring Data, which takes any constructor.
    let is_read = |class: &WireClass| {
        let mut uses = class.uses.iter().filter(|it| it.direction == Direction::Read);
        uses.any(|it| !matches!(it.transport, Transport::Store | Transport::Index))
    };
    let made = |class: &WireClass| creation(comparison.after.sources, class.facts.id);
    for pair in &comparison.pairs {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        if creation(comparison.before.sources, old.facts.id) != Creation::Empty || !is_read(old) || !is_read(new) {
            continue;
        }
        let finding = |severity| comparison.finding(RULE.id, severity, pair, (None, None));
        match made(new) {
            Creation::Filled(by) if knows_names(comparison, new) && !by.ends_with("Builder") => {}
            Creation::Filled(by) => findings.push(told(finding(RULE.severity), new, &by)),
            Creation::Never(why) => {
                let name = simple_name(&new.facts.class.name);
                let finding = finding(Severity::Error)
                    .message(format!("{name} is read, and Jackson cannot make it any more: {why}"))
                    .before("{…} is taken".to_owned())
                    .after("refused".to_owned())
                    .fix("keep a class that can be made, or name one with @JsonDeserialize");
                findings.push(finding);
            }
            Creation::Empty | Creation::Other => {}
        }
    }
    for new in comparison.new.iter().map(|place| &comparison.after.inventory.classes[*place]).filter(|it| is_read(it)) {
        if let Creation::Filled(by) = made(new)
            && by.ends_with("Builder")
        {
            let place = Some(&new.facts.place);
            let finding = comparison.finding_at(RULE.id, RULE.severity, (None, place), (&new.facts.class.name, ""));
            findings.push(told(finding, new, &by).breaks("whoever sends it to this service"));
        }
    }
}

/// Whether every mapper that reads a class knows the names of its constructor's parameters: Spring Boot's has the module for
/// it, and its parent and plugins compile with `-parameters`.
fn knows_names(comparison: &Comparison<'_>, class: &WireClass) -> bool {
    let configuration = &comparison.after.configuration;
    class.uses.iter().filter(|it| it.direction == Direction::Read).all(|used| {
        let module = configuration.modules.of(&used.place.path);
        let mut mappers = configuration.in_force.iter();
        used.transport == Transport::Store
            || used.transport == Transport::Index
            || mappers
                .any(|it| it.transport == used.transport && Some(&*it.module) == module && it.maker == Maker::Boot)
    })
}

fn told(finding: Finding, class: &WireClass, by: &str) -> Finding {
    let name = simple_name(&class.facts.class.name);
    finding
        .message(format!("{name} is read and has no constructor without arguments: {by} took it away"))
        .before("{…} is taken".to_owned())
        .after("refused by a mapper that does not know the parameters' names".to_owned())
        .fix("add @NoArgsConstructor with @AllArgsConstructor, or @Jacksonized to the builder")
}
