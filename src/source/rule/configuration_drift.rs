//! `configuration-drift`

use super::{Check, Rule};
use crate::finding::{Finding, Location, Severity, Subject};
use crate::source::diff::location;
use crate::source::drift::{Configured, Drift};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "configuration-drift",
    severity: Severity::Error,
    summary: "a mapping names a configuration that the service's ObjectMapper does not have",
    what: "Fires for a wire of a mapping whose configuration differs from every ObjectMapper in force that its class goes through in \
           the service: in dates, layout, naming and nulls where the class is written, in naming and unknown keys where it is \
           read. What goes into an index or a store, or where no code was found that sends it, is not compared.",
    why: "Goldens of the old configuration pass, and the service sends something else: a check against a promise that nobody \
          keeps any more is worse than none.",
    example: include_str!("examples/configuration-drift.txt"),
    check: Check::Drift(check),
};

fn check(drift: &Drift<'_>, findings: &mut Vec<Finding>) {
    findings.extend(drift.configured.iter().map(found));
}

fn found(configured: &Configured<'_>) -> Finding {
    let Configured { mapping, wire, found, mapper, facts } = configured;
    let place = mapper.configured.reasons.first().map(|reason| &reason.place);
    let at = place.map_or_else(|| Location::file(wire.dto.name()), |place| location(found.sources, place));
    let said = |pick: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        facts.iter().map(|fact| format!("{} {}", fact.0, pick(fact))).collect::<Vec<_>>().join(", ")
    };
    let transport = mapper.transport.name();
    Finding::new(RULE.id, RULE.severity, at)
        .subject(Subject {
            class: wire.dto.name().to_owned(),
            key: format!("@{}", wire.config.name),
            ..Subject::default()
        })
        .message(format!(
            "{} of the mapping {mapping}: {}; by the mapper for {transport}: {}",
            wire.name(),
            said(|fact| fact.1),
            said(|fact| fact.2)
        ))
        .breaks(format!("every check of {mapping}: its promise is not what goes over {transport}"))
        .fix("name the configuration that is in force in the mapping, and take goldens that the service writes today")
}
