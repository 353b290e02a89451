//! `key-policy-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::java::config::Unknown;
use crate::source::diff::changes::Change;
use crate::source::diff::{Comparison, Pair, config_of, mapper_of, simple_name};
use crate::source::java::inclusion::{Difference, Inclusion, is_optional};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "key-policy-changed",
    severity: Severity::Error,
    summary: "a class treats unknown or null keys differently",
    what: "Fires where `@JsonIgnoreProperties` or `@JsonInclude` of a class on a wire, or of a key, changes what the \
           ObjectMapper does: unknown keys that are refused from now on are an error, ignored ones a note; nulls or \
           empty values that are left out, or written, from now on are a warning.",
    why: "With unknown keys refused, the next key that a sender adds stops every payload. A key that is left out is \
          not null to a reader that looks for it.",
    example: include_str!("examples/key-policy-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (pair, change) in comparison.changes() {
        let new = comparison.new_class(pair);
        let new_config = config_of(comparison.after, new);
        let name = simple_name(&new.facts.class.name);
        let Change::ClassUnknown { before, after } = change else { continue };
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
    for pair in &comparison.pairs {
        inclusions(comparison, pair, findings);
    }
}

/// What the class and its keys say of which keys are left out, where that is not what the mapper changed.
fn inclusions(comparison: &Comparison<'_>, pair: &Pair, findings: &mut Vec<Finding>) {
    let (old, new) = (&comparison.old(pair).facts, &comparison.new_class(pair).facts);
    let of_mapper =
        mapper_of(comparison.after, comparison.new_class(pair)).map_or(Inclusion::Always, |it| it.configured.inclusion);
    let (was_class, is_class) = (old.inclusion.unwrap_or(of_mapper), new.inclusion.unwrap_or(of_mapper));
    let name = simple_name(&new.class.name);
    let has_optionals = new.keys.iter().any(|key| is_optional(&key.java_type));
    if let Some(found) = was_class.differs(is_class, has_optionals)
        && comparison.ways(pair, None, None).written
    {
        let finding = comparison.finding(RULE.id, Severity::Warning, pair, (None, None));
        findings.push(include(finding, name, "a key", found));
    }
    for after in 0..new.keys.len() {
        let Some(before) = pair.earlier(after) else { continue };
        let (Some(was), Some(is)) = (old.keys.get(before), new.keys.get(after)) else { continue };
        let (was, is) = (was.inclusion.unwrap_or(was_class), is.inclusion.unwrap_or(is_class));
        // What the class changed is said of the class.
        let of_class = (was, is) == (was_class, is_class);
        if let Some(found) = was.differs(is, is_optional(&new.keys[after].java_type)).filter(|_| !of_class)
            && comparison.ways(pair, Some(before), Some(after)).written
        {
            let finding = comparison.finding(RULE.id, Severity::Warning, pair, (Some(before), Some(after)));
            findings.push(include(finding, name, &format!("{:?}", new.class.keys()[after].name), found));
        }
    }
}

fn include(finding: Finding, name: &str, key: &str, found: Difference) -> Finding {
    let Difference { value, what, is_left_out } = found;
    let (with, without) = (format!("{{\"key\":{value}}}"), "{}".to_owned());
    let (verb, before, after) = if is_left_out { ("leaves out", with, without) } else { ("writes", without, with) };
    finding
        .message(format!("{name} {verb} {key} that is {what} from now on"))
        .before(before)
        .after(after)
        .fix("keep the rule of @JsonInclude, or make sure that readers take both")
}
