//! `unfilled-key`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, simple_name};
use crate::source::fill::Site;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unfilled-key",
    severity: Severity::Error,
    summary: "a class has a new key, and code that makes it does not fill it",
    what: "Fires for each new key of a class that is written to a wire, where code that made the class before (a \
           builder, a constructor with its setters, a MapStruct method) leaves the key out. It is an error where \
           other code fills it, and a warning where none does, where nothing that the forgetful code is given (its \
           parameters, and what it calls getters of) has a value of such a name, or where the other code fills another \
           part of the class: the two share less than half of their keys, or the forgetful one fills less than a quarter as \
           many. An initialiser is no value where Lombok's builder makes the object and the field has no `@Builder.Default`. Ignored: ids and what a store fills, classes loaded from a \
           database, keys set on objects that may come from that code, code that makes an empty object, and code that passes it to \
           something dtogate cannot read.",
    why: "A class and one of its mappers get the field, the other mapper is forgotten: that answer has null where its reader \
          expects a value, and nothing fails. Nearly half of the regressions of a chain of five services were of this kind.",
    example: include_str!("examples/unfilled-key.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in &comparison.pairs {
        let new = comparison.new_class(pair);
        let name = simple_name(&new.facts.class.name);
        for unfilled in comparison.unfilled(pair) {
            let key = &new.facts.class.keys()[unfilled.key];
            for site in unfilled.forgotten_by.iter().take(if unfilled.filled_by.is_empty() { 1 } else { usize::MAX }) {
                let lacks_it = comparison.has_source(site, new, unfilled.key) == Some(false);
                let source = lacks_it.then(|| comparison.shown_source(site));
                let lack = source.as_ref().map_or(String::new(), |it| match it.contains(", ") {
                    true => format!(": none of its sources has such a value ({it})"),
                    false => format!(": its source {it} has no such value"),
                });
                let (severity, message, fix) = match unfilled.filled_by.first() {
                    Some(other) => (
                        match source.is_some() || unfilled.is_of_another_part(site) {
                            true => Severity::Warning,
                            false => RULE.severity,
                        },
                        format!(
                            "{name} has the new key {:?}, which {} fills and {} does not{lack}",
                            key.name, other.method, site.method
                        ),
                        match source {
                            Some(source) => format!(
                                "bring the value to {} ({source}), or accept the null with the reason",
                                site.method
                            ),
                            None => format!("fill it in {} too, or accept the null with the reason", site.method),
                        },
                    ),
                    None if comparison.drops_initialiser(new, unfilled.key) => (
                        Severity::Warning,
                        format!(
                            "{name} has the new key {:?}, and {} makes it with a builder, which drops the initialiser",
                            key.name, site.method
                        ),
                        format!("annotate it with @Builder.Default, or fill it in {}", methods(&unfilled.forgotten_by)),
                    ),
                    None => (
                        Severity::Warning,
                        format!("{name} has the new key {:?}, which nothing fills", key.name),
                        format!("fill it in {}", methods(&unfilled.forgotten_by)),
                    ),
                };
                let mut finding = comparison.finding(RULE.id, severity, pair, (None, Some(unfilled.key)));
                comparison.point_at(&mut finding, None, Some(&site.place));
                let after = format!("{{{:?}:null}}", key.name);
                findings.push(finding.message(message).before("no such key".to_owned()).after(after).fix(fix));
            }
        }
    }
}

/// The methods of some code, each once.
fn methods(sites: &[&Site]) -> String {
    let mut methods: Vec<&str> = sites.iter().map(|site| site.method.as_str()).collect();
    methods.dedup();
    methods.join(", ")
}
