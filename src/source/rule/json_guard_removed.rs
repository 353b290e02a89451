//! `json-guard-removed`

use super::{Check, Rule};
use crate::finding::{Finding, Location, Severity, Subject};
use crate::source::diff::Comparison;
use crate::source::diff::guards::{compares_json, is_json, writes_value};
use crate::source::place::Place;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "json-guard-removed",
    severity: Severity::Error,
    summary: "a test that compared what an ObjectMapper writes with a JSON literal was deleted",
    what: "Fires for a deleted test file that made JSON of a value and compared it with a JSON literal, and for a \
           deleted JSON file that such a test names, if it was compared. A file that the head has elsewhere, under \
           the same name or with the same content, was moved.",
    why: "It was the only place where somebody had written down what is on the wire. It goes when it fails, and it fails when \
          the wire changes.",
    example: include_str!("examples/json-guard-removed.txt"),
    check: Check::Diff(check),
};

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    let (before, after) = (comparison.before.sources, comparison.after.sources);
    for source in before.files.iter().filter(|source| source.file.is_test()) {
        let moved = after.files.iter().any(|it| {
            it.file.is_test() && (name(&it.file.path) == name(&source.file.path) || it.file.text == source.file.text)
        });
        let Some(java) = source.java.as_ref().filter(|_| !moved) else { continue };
        if let Some(span) = compares_json(java, &source.file.text) {
            let path = source.file.path.clone();
            let place = Place { path: path.clone(), span };
            let finding = comparison.finding_at(RULE.id, RULE.severity, (Some(&place), None), (&path, ""));
            findings.push(said(finding, &format!("{} compared a mapper's text with JSON and is deleted", name(&path))));
        }
    }
    // What a test compares may stand in a file of its own.
    let guards: Vec<&str> = before
        .files
        .iter()
        .filter(|source| source.file.is_test() && source.java.is_some() && writes_value(&source.file.text))
        .map(|source| &*source.file.text)
        .collect();
    for golden in before.beside.iter().filter(|file| file.path.ends_with(".json")) {
        let moved = after
            .beside
            .iter()
            .any(|it| name(&it.path) == name(&golden.path) || !golden.text.is_empty() && it.text == golden.text);
        let named = |text: &&&str| text.contains(&format!("{}\"", name(&golden.path)));
        if moved || !guards.iter().any(|text| named(&text)) {
            continue;
        }
        let location = Location::file(golden.path.to_string());
        let subject = Subject {
            class: golden.path.to_string(),
            key: String::new(),
            earlier: Some(location.clone()),
            is_gone: true,
        };
        let finding = Finding::new(RULE.id, RULE.severity, location).subject(subject);
        let shown = is_json(&golden.text).then(|| crate::report::text::cut_middle(&golden.text, 200));
        let message = format!("{} was compared with a mapper's text and is deleted", name(&golden.path));
        findings.push(said(finding, &message).before(shown));
    }
}

fn said(finding: Finding, message: &str) -> Finding {
    finding
        .message(message)
        .breaks("nobody today; whoever reads the payload when it changes and no test says so")
        .fix("keep the comparison; where the wire changes on purpose, change its JSON in the same pull request")
}
