//! `null-handling-changed`

use std::collections::BTreeMap;

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity};
use crate::source::diff::{Comparison, on_wire, simple_name};
use crate::source::fill::conversion::{Conversion, Nulls};
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "null-handling-changed",
    severity: Severity::Warning,
    summary: "an update method of MapStruct does something else with a null of its source",
    what: "Fires for a MapStruct method with a @MappingTarget that fills a class which is written to a wire, where the \
           strategy for null values that is in force for a key was another one: that of the @Mapping, else of the \
           @BeanMapping, of the @Mapper, or of its configuration class. Keys without a source, with a default, or \
           of a primitive source are not checked.",
    why: "With IGNORE an old value stays where its source was emptied; with SET_TO_NULL a message that holds only some keys \
          empties the rest. One word in an annotation decides it for all keys, and no test of a full object sees it.",
    example: include_str!("examples/null-handling-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for pair in comparison.pairs.iter().filter(|pair| on_wire(comparison.new_class(pair), Direction::Written)) {
        let (old, new) = (comparison.old(pair), comparison.new_class(pair));
        let name = simple_name(&new.facts.class.name);
        for (before, after) in comparison.conversions(Some(old), new) {
            let Some(before) = before.filter(|before| before.is_update && after.is_update) else { continue };
            let mut changed: BTreeMap<(Nulls, Nulls), Vec<usize>> = BTreeMap::new();
            for (place, (_, facts)) in new.facts.rows().enumerate().filter(|(_, (_, facts))| facts.is_written) {
                let of =
                    |it: &Conversion| it.keys.get(&facts.field).filter(|key| !key.is_ignored).and_then(|key| key.nulls);
                if let (Some(was), Some(is)) = (of(before), of(after))
                    && was != is
                {
                    changed.entry((was, is)).or_default().push(place);
                }
            }
            for ((was, is), places) in changed {
                let keys = new.facts.class.keys();
                let shown = quoted(places.iter().map(|place| &*keys[*place].name));
                let what = match is {
                    Nulls::Clear => "now clears",
                    Nulls::Keep => "no longer reaches",
                    Nulls::Default => "now gives an empty value to",
                };
                let only = if let [place] = places[..] { Some(place) } else { None };
                let mut finding = comparison.finding(RULE.id, RULE.severity, pair, (None, only));
                comparison.point_at(&mut finding, Some(&before.place), Some(&after.place));
                let first = &keys[places[0]].name;
                findings.push(
                    finding
                        .message(format!("a null of the source of {} {what} {shown} of {name}", after.method))
                        .before(result(was, first))
                        .after(result(is, first))
                        .fix(
                            "say for each key whether its source can be empty on purpose: \
                              @Mapping(nullValuePropertyMappingStrategy = ..)",
                        ),
                );
            }
        }
    }
}

/// What becomes of a key that held 1.
fn result(nulls: Nulls, key: &str) -> String {
    match nulls {
        Nulls::Clear => format!("{{{key:?}:1}} and a source without it: {{{key:?}:null}}"),
        Nulls::Keep => format!("{{{key:?}:1}} and a source without it: {{{key:?}:1}}"),
        Nulls::Default => format!("{{{key:?}:1}} and a source without it: {{{key:?}:0}}"),
    }
}
