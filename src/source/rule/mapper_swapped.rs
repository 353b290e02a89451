//! `mapper-swapped`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::config::Maker;
use crate::source::diff::Comparison;
use crate::source::diff::mappers::{differs, module_name, shown, swapped, transports};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "mapper-swapped",
    severity: Severity::Error,
    summary: "an ObjectMapper bean appears or disappears while `spring.jackson` is set",
    what: "Fires when a module gains or loses its own ObjectMapper bean while `spring.jackson.*` is set. Such a \
           setting has no effect while the bean exists. Where both ObjectMappers do the same on the wire, it is a \
           warning.",
    why: "Nobody who removes a bean looks at a line of YAML that did nothing for two years. That line indented the \
          output. The gateway searched the JSON for a key without a space before the colon, no longer found it, and \
          a list stayed empty for three weeks.",
    example: include_str!("examples/mapper-swapped.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let mut modules: Vec<&str> = Vec::new();
    for (before, after) in comparison.mappers() {
        let Some((bean, setting)) = swapped(before, after).filter(|_| !modules.contains(&after.module.as_str())) else {
            continue;
        };
        modules.push(&after.module);
        let goes = before.maker == Maker::Bean;
        let same = !differs(before, after) && after.configured.unread.is_empty() && before.configured.unread.is_empty();
        let severity = if same { Severity::Warning } else { RULE.severity };
        let message = match goes {
            true => format!("the mapper bean at {bean} is gone: from now on the settings hold, the first at {setting}"),
            false => format!(
                "the mapper bean at {bean} is new: from now on the settings have no effect, the first at {setting}"
            ),
        };
        // The setting stands in the later revision either way, and so does a new bean.
        let places = if goes { (Some(bean), Some(setting)) } else { (None, Some(bean)) };
        let (old, new) = shown(comparison, before, after);
        findings.push(
            comparison
                .finding_at(
                    RULE.id,
                    severity,
                    places,
                    (&module_name(after), transports(comparison, &after.module).as_str()),
                )
                .message(message)
                .before(old)
                .after(new)
                .breaks(format!(
                    "every reader of what goes over {} with the mapper that is injected",
                    transports(comparison, &after.module)
                ))
                .fix("keep what is on the wire: set on the mapper in force what the other one did, and test its text"),
        );
    }
}
