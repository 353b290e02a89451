//! `binding-mode-changed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::Comparison;
use crate::source::diff::routes::{both, makes_object};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "binding-mode-changed",
    severity: Severity::Error,
    summary: "a REST route of Camel binds bodies otherwise",
    what: "Fires for a REST route of both revisions whose `bindingMode` is another. It is an error where the route ends with an \
           object and the mode becomes `off`: the object goes out as Java's text, or not at all. Else it is a warning.",
    why: "With `auto` or `json`, Camel writes an object as JSON and reads a body into a class; with `off` it hands on what \
          there is. The two need another body.",
    example: include_str!("examples/binding-mode-changed.txt"),
    check: Check::Diff(check),
};

/// What Camel does where no mode is named (RestBindingMode, in RestConfiguration of camel-api).
const DEFAULT: &str = "off";

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (old, new) in both(comparison) {
        let mode = |of: &Option<(String, _)>| of.as_ref().map_or(DEFAULT.to_owned(), |(mode, _)| mode.clone());
        let (was, is) = (mode(&old.mode), mode(&new.mode));
        if was == is {
            continue;
        }
        let object = makes_object(comparison.after, new);
        let severity = if is == "off" && object { RULE.severity } else { Severity::Warning };
        let place = |of: &Option<(String, crate::source::place::Place)>| of.as_ref().map(|(_, place)| place.clone());
        let (before, after) = (place(&old.mode), place(&new.mode));
        findings.push(
            comparison
                .finding_at(
                    RULE.id,
                    severity,
                    (Some(before.as_ref().unwrap_or(&old.place)), Some(after.as_ref().unwrap_or(&new.place))),
                    (&new.name, "bindingMode"),
                )
                .message(format!("the binding mode of {} was {was} and is {is}", new.name))
                .before(if was == "off" { "the body as it is" } else { "an object as JSON" }.to_owned())
                .after(if is == "off" { "the body as it is" } else { "an object as JSON" }.to_owned())
                .breaks(format!("whoever calls {}", new.name))
                .fix(match (is.as_str(), object) {
                    ("off", true) => "keep the mode, or marshal the body in the route",
                    _ => "look at what the route's body is at its end: an object needs `auto` or `json`, JSON text needs `off`",
                }),
        );
    }
}
