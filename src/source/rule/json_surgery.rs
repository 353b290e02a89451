//! `json-surgery`

use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::finding::{Finding, Severity};
use crate::source::diff::Comparison;
use crate::source::diff::guards::surgery;
use crate::source::java::index::{SourceFile, Sources};
use crate::source::place::Place;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "json-surgery",
    severity: Severity::Warning,
    summary: "new code changes or makes JSON as a text",
    what: "Fires for a call of `replace`, `replaceAll`, `replaceFirst` or Camel's `regexReplaceAll` that names a key \
           in quotes, and for JSON built with `+` or a format string. Only code outside tests that is nowhere in the \
           base counts.",
    why: "It works for one spelling of a payload. A space, another order or an escape is the same JSON and another \
          text: then nothing is replaced, and there is no error.",
    example: include_str!("examples/json-surgery.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let (before, after) = (comparison.before.sources, comparison.after.sources);
    for (source, _) in changed(before, after) {
        if let Some(java) = &source.java {
            for found in surgery(java, &source.file.text) {
                *known.entry(found.code).or_default() += 1;
            }
        }
    }
    for (source, path) in changed(after, before) {
        let Some(java) = &source.java else { continue };
        for found in surgery(java, &source.file.text) {
            if let Some(left) = known.get_mut(&found.code).filter(|left| **left > 0) {
                *left -= 1;
                continue;
            }
            let place = Place { path: source.file.path.clone(), span: found.span };
            let does = match found.by.as_str() {
                "+" | "format" | "formatted" => "makes JSON as a text",
                _ => "changes JSON as a text",
            };
            findings.push(
                comparison
                    .finding_at(RULE.id, RULE.severity, (None, Some(&place)), (path, &found.by))
                    .message(format!("this {does}: {}", crate::report::text::cut_middle(&found.code, 120)))
                    .breaks("whoever gets the payload on the day on which it is spelled otherwise")
                    .fix("read it, change the value and write it again; or rename the key where it is declared"),
            );
        }
    }
}

/// The files outside of tests whose text the other side does not have.
fn changed<'s>(of: &'s Sources, other: &Sources) -> impl Iterator<Item = (&'s SourceFile, &'s str)> {
    let texts: std::collections::HashSet<&str> = other.files.iter().map(|it| &*it.file.text).collect();
    let fresh: Vec<(&SourceFile, &str)> = of
        .files
        .iter()
        .filter(|it| it.java.is_some() && !it.file.is_test() && !texts.contains(&*it.file.text))
        .map(|it| (it, &*it.file.path))
        .collect();
    fresh.into_iter()
}
