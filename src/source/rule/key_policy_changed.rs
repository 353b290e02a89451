//! `key-policy-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::java::config::{Include, Unknown};
use crate::source::diff::changes::Change;
use crate::source::diff::{Comparison, config_of, simple_name};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "key-policy-changed",
    severity: Severity::Error,
    summary: "a class treats unknown or null keys differently",
    what: "Fires where `@JsonIgnoreProperties` or `@JsonInclude` of a class on a wire, or of a key, changes what the \
           ObjectMapper does: unknown keys that are refused from now on are an error, ignored ones a note; nulls that are \
           left out, or written, from now on are a warning.",
    why: "With unknown keys refused, the next key that a sender adds stops every payload. A key that is left out is \
          not null to a reader that looks for it.",
    example: include_str!("examples/key-policy-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (pair, change) in comparison.changes() {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let (old_config, new_config) = (config_of(comparison.before, old), config_of(comparison.after, new));
        let name = simple_name(&new.facts.class.name);
        match change {
            Change::ClassUnknown { before, after } => {
                let ways = comparison.ways(pair, None, None);
                let is = after.unwrap_or(new_config.unknown);
                // What the mapper changed is said of the mapper.
                if before.unwrap_or(new_config.unknown) == is || !ways.read {
                    continue;
                }
                let (severity, does, after) = match is {
                    Unknown::Refuse => (RULE.severity, "refuses", "refused"),
                    Unknown::Ignore => (Severity::Note, "ignores", "taken, without the key"),
                };
                findings.push(
                    comparison
                        .finding(RULE.id, severity, pair, (None, None))
                        .message(format!("{name} {does} unknown keys from now on"))
                        .before("{…,\"new\":1}".to_owned())
                        .after(after.to_owned())
                        .fix("keep @JsonIgnoreProperties(ignoreUnknown = true) on what others send"),
                );
            }
            Change::ClassInclude { before, after } => {
                let ways = comparison.ways(pair, None, None);
                let (was, is) = (before.unwrap_or(new_config.include), after.unwrap_or(new_config.include));
                if was != is && ways.written {
                    let finding = comparison.finding(RULE.id, Severity::Warning, pair, (None, None));
                    findings.push(include(finding, name, "a key", is));
                }
            }
            Change::Include { before, after } => {
                let ways = comparison.ways(pair, Some(*before), Some(*after));
                let key = &new.facts.class.keys()[*after];
                let of_class = new.facts.class.include.unwrap_or(new_config.include);
                let was = old.facts.class.keys()[*before].include;
                let was = was.unwrap_or(old.facts.class.include.unwrap_or(old_config.include));
                let is = key.include.unwrap_or(of_class);
                if was != is && ways.written {
                    let finding = comparison.finding(RULE.id, Severity::Warning, pair, (Some(*before), Some(*after)));
                    findings.push(include(finding, name, &format!("{:?}", key.name), is));
                }
            }
            _ => {}
        }
    }
}

fn include(finding: Finding, name: &str, key: &str, is: Include) -> Finding {
    let (verb, before, after) = match is {
        Include::NonNull => ("leaves out", "{\"key\":null}", "{}"),
        Include::Always => ("writes", "{}", "{\"key\":null}"),
    };
    finding
        .message(format!("{name} {verb} {key} that is null from now on"))
        .before(before.to_owned())
        .after(after.to_owned())
        .fix("keep the rule of @JsonInclude, or make sure that readers take both")
}
