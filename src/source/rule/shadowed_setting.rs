//! `shadowed-setting`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::config::Maker;
use crate::source::config::settings::module;
use crate::source::diff::Comparison;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "shadowed-setting",
    severity: Severity::Warning,
    summary: "a new setting of `spring.jackson` has no effect, since a bean replaces the ObjectMapper",
    what: "Fires for a setting of `spring.jackson.*` that is new or has another value in the head, of a module whose \
           own bean replaces Spring Boot's ObjectMapper.",
    why: "It does nothing until somebody removes the bean, for another reason and perhaps years later. Then it changes every \
          payload at once.",
    example: include_str!("examples/shadowed-setting.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let before = &comparison.before.configuration.settings;
    let mut told = Vec::new();
    for mapper in comparison.after.configuration.in_force.iter().filter(|it| it.maker == Maker::Bean) {
        let mut reasons = mapper.configured.reasons.iter();
        let Some(bean) = reasons.find(|it| it.is_bean) else { continue };
        let of_module = Some(mapper.module.as_str());
        for setting in &mapper.inert {
            let same = |it: &&crate::source::config::settings::Setting| {
                it.key == setting.key && module(&it.place.path) == of_module && it.profile == setting.profile
            };
            let was = before.iter().find(same);
            if was.is_some_and(|it| it.value == setting.value) || told.contains(&&setting.place) {
                continue;
            }
            told.push(&setting.place);
            findings.push(
                comparison
                    .finding_at(
                        RULE.id,
                        RULE.severity,
                        (was.map(|it| &it.place), Some(&setting.place)),
                        (&setting.place.path, &setting.written),
                    )
                    .message(format!("{} has no effect: {} ({})", setting.written, bean.what, bean.place))
                    .breaks("nobody today; every reader on the day on which the bean goes")
                    .fix("set it on the bean, or leave it out"),
            );
        }
    }
}
