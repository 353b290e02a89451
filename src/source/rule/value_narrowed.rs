//! `value-narrowed`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::conversions::loses;
use crate::source::diff::{Comparison, on_wire, simple_name};
use crate::source::fill::conversion::Conversion;
use crate::source::java::class::KeyFacts;
use crate::source::java::index::Sources;
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "value-narrowed",
    severity: Severity::Warning,
    summary: "a value goes into a key of a narrower type by MapStruct",
    what: "Fires for each key of a class that is written to a wire, where a MapStruct method takes its value from a property \
           of a wider type and did not before: a date-time for a date, a long for an int, a fraction for a whole number.",
    why: "MapStruct converts without a word: the time is cut off, large numbers become others. The answer looks right.",
    example: include_str!("examples/value-narrowed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in comparison.pairs.iter().filter(|pair| on_wire(comparison.new_class(pair), Direction::Written)) {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        for (before, after) in comparison.conversions(Some(old), new) {
            for (place, (key, facts)) in new.facts.rows().enumerate().filter(|(_, (_, facts))| facts.is_written) {
                let Some(lost) = lost(comparison.after.sources, after, facts) else { continue };
                let was = old.facts.keys.iter().find(|was| was.field == facts.field);
                let known = was.and_then(|was| self::lost(comparison.before.sources, before?, was));
                if known == Some(lost) {
                    continue;
                }
                let Some(mapped) = after.keys.get(&facts.field) else { continue };
                let sources = comparison.after.sources;
                let (from, to) = (sources.shown(&mapped.source.1), sources.shown(&facts.java_type));
                let name = simple_name(&new.facts.class.name);
                let mut finding = comparison.finding(RULE.id, RULE.severity, pair, (None, Some(place)));
                comparison.point_at(&mut finding, None, Some(&after.place));
                findings.push(
                    finding
                        .message(format!(
                            "{} puts a {from} into {:?} of {name}, a {to}: {lost} is lost",
                            after.method, key.name
                        ))
                        .before(format!("a source {{{:?}:…}} of type {from}", mapped.source.0))
                        .fix(format!(
                            "give {:?} of {name} the type {from}, or convert it where that can be seen",
                            key.name
                        )),
                );
            }
        }
    }
}

/// What of its source's value a key loses.
fn lost(sources: &Sources, conversion: &Conversion, facts: &KeyFacts) -> Option<&'static str> {
    let mapped = conversion.keys.get(&facts.field).filter(|mapped| !mapped.is_ignored)?;
    loses(sources, &mapped.source.1, &facts.java_type)
}
