//! `date-form-changed`

use std::cell::LazyCell;

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::model::{DateForm, Key, Type};
use crate::source::diff::changes::{Change, innermost, pattern as pattern_of};
use crate::source::diff::{Comparison, Pair, simple_name};
use crate::source::java::annotations::KNOWN_FORMS;
use crate::source::java::class::KeyFacts;
use crate::source::java::index::Sources;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "date-form-changed",
    severity: Severity::Error,
    summary: "a date, or a value with a serialiser of its own, is written or read in another form",
    what: "Fires where the pattern, shape or time zone of `@JsonFormat` differs, where another class writes or reads the key, and where an \
           index stores a date in other forms. The type is the same: another type is `type-changed`.",
    why: "A reader with the old pattern refuses the text, or worse: takes `05/10` for the fifth of October.",
    example: include_str!("examples/date-form-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    // Asked for only where an annotation names UTC.
    let old_zone = LazyCell::new(|| has_zone(comparison.before.sources));
    let new_zone = LazyCell::new(|| has_zone(comparison.after.sources));
    for pair in &comparison.pairs {
        let new = comparison.new_class(pair);
        for (after, (key, facts)) in new.facts.rows().enumerate() {
            let Some((before, (was, old_facts))) = counterpart(comparison, pair, after) else { continue };
            let retyped = pair.has(&Change::Type { before, after });
            let pattern = pair.has(&Change::Form { before, after });
            // What the mapper's module for dates uses anyway is the mapper's own form.
            let own = |by: &Option<String>| by.clone().filter(|by| !KNOWN_FORMS.contains(&by.as_str()));
            let written = old_facts.serializer != facts.serializer || old_facts.deserializer != facts.deserializer;
            let writer = own(&old_facts.serializer) != own(&facts.serializer)
                || own(&old_facts.deserializer) != own(&facts.deserializer);
            // A pattern is text anyway.
            let shown = |facts: &KeyFacts, ty| {
                facts.shape.clone().filter(|shape| !(pattern_of(innermost(ty)).is_some() && shape == "STRING"))
            };
            let shape = shown(old_facts, &was.ty) != shown(facts, &key.ty);
            let format = format(old_facts, was, &old_zone) != format(facts, key, &new_zone);
            let index = old_facts.index_formats != facts.index_formats;
            if retyped || !(pattern || written || shape || format || index) {
                continue;
            }
            let severity = match (pattern || writer || shape || format, index) {
                (true, _) if !(writer || shape || format || index) && is_one_year(&was.ty, &key.ty) => Severity::Note,
                (true, _) => RULE.severity,
                (false, true) => Severity::Warning,
                (false, false) => Severity::Note,
            };
            let name = simple_name(&new.facts.class.name);
            let mut finding = comparison
                .finding(RULE.id, severity, pair, (Some(before), Some(after)))
                .message(format!(
                    "the form of {:?} of {name} was {} and is {}",
                    key.name,
                    form(&was.ty, old_facts),
                    form(&key.ty, facts)
                ))
                .fix("keep the form on the wire, or add a key with the new form beside it");
            // Where the form stands, not the field.
            comparison.point_at(&mut finding, old_facts.form_place.as_ref(), facts.form_place.as_ref());
            findings.push(finding);
        }
    }
}

/// Whether two patterns differ only in `y` and `u`: the year of the era and the year are one since the year 1. Classes of
/// `java.util` have another `u`.
fn is_one_year(was: &Type, is: &Type) -> bool {
    let same = |ty: &Type| match innermost(ty) {
        Type::Leaf { ty, pattern: Some(pattern), .. } if ty.java.starts_with("java.time.") => {
            Some(pattern.replace('u', "y"))
        }
        _ => None,
    };
    same(was).is_some_and(|was| same(is) == Some(was))
}

fn counterpart<'c>(
    comparison: &'c Comparison<'_>,
    pair: &Pair,
    after: usize,
) -> Option<(usize, (&'c Key, &'c KeyFacts))> {
    let old = &comparison.old(pair).facts;
    let place = pair.earlier(after)?;
    Some((place, (old.class.keys().get(place)?, old.keys.get(place)?)))
}

/// What `@JsonFormat` says besides pattern and shape. A date without a zone has the same text in all of them, and UTC is the
/// zone of a mapper that is given none.
fn format(facts: &KeyFacts, key: &Key, has_zone: &LazyCell<bool, impl FnOnce() -> bool>) -> Vec<(String, String)> {
    let is_moment = matches!(innermost(&key.ty), Type::Leaf { ty, .. } if ty.date == Some(DateForm::Moment));
    let is_utc = |zone: &str| matches!(zone, "UTC" | "GMT" | "Z" | "") && !**has_zone;
    let counts = |(element, value): &&(String, String)| element != "timezone" || is_moment && !is_utc(value);
    facts.format.iter().filter(counts).cloned().collect()
}

/// Whether anything gives a mapper a time zone.
fn has_zone(sources: &Sources) -> bool {
    let is_set = |text: &str| ["time-zone", "timeZone", "TimeZone"].iter().any(|word| text.contains(word));
    sources.files.iter().any(|it| !it.file.is_test() && is_set(&it.file.text))
}

fn form(ty: &Type, facts: &KeyFacts) -> String {
    let mut parts = Vec::new();
    if let Type::Leaf { pattern: Some(pattern), .. } = innermost(ty) {
        parts.push(format!("{pattern:?}"));
    }
    parts.extend(facts.shape.iter().map(|shape| format!("shape {shape}")));
    parts.extend(facts.format.iter().map(|(element, value)| format!("{element} {value}")));
    parts.extend(facts.serializer.iter().map(|by| format!("written by {by}")));
    parts.extend(facts.deserializer.iter().map(|by| format!("read by {by}")));
    if !facts.index_formats.is_empty() {
        parts.push(format!("indexed as {}", facts.index_formats.join(", ")));
    }
    if parts.is_empty() { "the mapper's own".to_owned() } else { parts.join(", ") }
}
