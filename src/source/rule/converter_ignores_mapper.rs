//! `converter-ignores-mapper`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::Comparison;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "converter-ignores-mapper",
    severity: Severity::Warning,
    summary: "a converter is given an ObjectMapper and makes its own",
    what: "Fires for a method of the head that takes an ObjectMapper as a parameter and makes a converter with \
           another one, unless the base has it too.",
    why: "The parameter looks as if messages followed the service's ObjectMapper. They do not: a date has another \
          form in a message than over HTTP, and a change of the bean reaches only one of them.",
    example: include_str!("examples/converter-ignores-mapper.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for ignored in &comparison.after.configuration.ignored {
        let mut before = comparison.before.configuration.ignored.iter();
        if before.any(|it| it.class == ignored.class && it.place.path == ignored.place.path) {
            continue;
        }
        findings.push(
            comparison
                .finding_at(RULE.id, RULE.severity, (None, Some(&ignored.place)), (&ignored.place.path, &ignored.class))
                .message(format!("{} is given a mapper (at {}) and makes its own", ignored.class, ignored.given))
                .breaks("whoever takes these messages and expects the forms of the service's mapper")
                .fix("give the converter the mapper that is handed in, or drop the parameter"),
        );
    }
}
