//! `key-added`

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::java::config::Dates;
use crate::model::Type;
use crate::source::config::{InForce, Maker};
use crate::source::diff::changes::{Change, innermost};
use crate::source::diff::readers::{Fate, listed};
use crate::source::diff::{Comparison, Pair, simple_name};
use crate::source::spring::{Direction, WireClass};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "key-added",
    severity: Severity::Note,
    summary: "a class has a new key",
    what: "Fires for each new key of a class on a wire. It is an error where a repository given with --repo reads the \
           class and refuses keys that it does not have, and where the key is a date and the ObjectMapper of a transport \
           that writes it knows no dates.",
    why: "Mostly harmless: readers drop what they do not know. But a reader that binds a class of its own drops it in \
          silence too, so the value goes no further.",
    example: include_str!("examples/key-added.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let is_added = |change: &Change| match *change {
        Change::Added { after } => Some(after),
        _ => None,
    };
    // One cause, one finding: that code forgets the key says more.
    let told = |pair: &Pair| comparison.unfilled(pair).into_iter().map(|unfilled| unfilled.key).collect::<Vec<_>>();
    let added = comparison.pairs.iter().flat_map(|pair| {
        let told = told(pair);
        let keys = pair.changes.iter().filter_map(is_added);
        keys.filter(move |key| !told.contains(key)).map(move |key| (pair, key))
    });
    for (pair, after) in added {
        let new = comparison.new_class(pair);
        let key = &new.facts.class.keys()[after];
        let ways = comparison.ways(pair, None, Some(after));
        let takers = if ways.written { comparison.takers(new) } else { &[] };
        let refusing = takers.iter().find(|other| other.is_partner && other.fate(&key.name) == Fate::Refused);
        let dropping = takers.iter().filter(|other| other.fate(&key.name) == Fate::Dropped);
        let dropping = listed(dropping.map(|other| other.who.as_str()));
        let unwritable = unwritable(comparison, new, &key.ty).filter(|_| ways.written);
        let is_error = refusing.is_some() || unwritable.is_some();
        let severity = if is_error { Severity::Error } else { RULE.severity };
        let name = simple_name(&new.facts.class.name);
        let message = match (&unwritable, &refusing) {
            (Some(mapper), _) => format!(
                "{name} has the new key {:?}, a date that the mapper for {} cannot write",
                key.name,
                mapper.transport.name()
            ),
            (None, Some(other)) => format!("{name} has the new key {:?}, which {} refuses", key.name, other.who),
            (None, None) if dropping.is_empty() => format!("{name} has the new key {:?}", key.name),
            (None, None) => format!("{name} has the new key {:?}, which is dropped by {dropping}", key.name),
        };
        let mut found =
            comparison.finding(RULE.id, severity, pair, (None, Some(after))).message(message).fix(match unwritable {
                Some(_) => "give that converter a mapper with JavaTimeModule, before the first date is sent",
                None => "add it to every class that binds this payload and should pass it on",
            });
        if !is_error && !dropping.is_empty() {
            found = found.breaks(format!("nothing, but the value goes no further than {dropping}"));
        }
        findings.push(found);
    }
}

/// The mapper of a transport that writes a class, where it knows no dates and the key is one.
fn unwritable<'c>(comparison: &'c Comparison<'_>, class: &WireClass, ty: &Type) -> Option<&'c InForce> {
    // Jackson knows the dates of other packages without a module.
    let Type::Leaf { ty, .. } = innermost(ty) else { return None };
    if ty.date.is_none() || !ty.java.starts_with("java.time.") {
        return None;
    }
    let written = |it: &&InForce| {
        class.uses.iter().any(|used| {
            used.transport == it.transport
                && used.direction == Direction::Written
                && comparison.after.configuration.modules.of(&used.place.path) == Some(it.module.as_str())
        })
    };
    let mappers = comparison.after.configuration.in_force.iter();
    mappers.filter(written).find(|it| it.maker != Maker::None && it.configured.config.dates == Dates::Unsupported)
}
