//! Runs the rules: over two revisions, and over definitions and their classes.

use super::diff::Comparison;
use super::drift::Drift;
use super::rule::{Check, RULES};
use crate::finding::Finding;

/// What the rules find, in the order of a report: by path, place and rule.
pub fn findings(comparison: &Comparison<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        if let Check::Diff(check) = rule.check {
            check(comparison, &mut findings);
        }
    }
    sorted(findings)
}

/// What the rules find in definitions, in the order of a report.
pub fn drifted(drift: &Drift<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        if let Check::Drift(check) = rule.check {
            check(drift, &mut findings);
        }
    }
    sorted(findings)
}

fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    let key = |finding: &Finding| {
        let subject = finding.subject.clone().unwrap_or_default();
        (finding.location.path.clone(), finding.location.offset(), finding.rule, subject.class, subject.key)
    };
    findings.sort_by_cached_key(key);
    findings
}

/// How many JSON assertions of tests the later revision has less, file by file, and in how many files.
pub fn removed_assertions(comparison: &Comparison<'_>) -> (usize, usize) {
    let (before, after) = (comparison.before.sources, comparison.after.sources);
    let (mut count, mut files) = (0, 0);
    for source in before.files.iter().filter(|source| source.file.is_test()) {
        let Some(java) = &source.java else { continue };
        let later = after.find_file(&source.file.path);
        if later.is_some_and(|later| later.file.text == source.file.text) {
            continue;
        }
        let had = super::diff::guards::assertions(java, &source.file.text);
        let has = later
            .and_then(|later| Some(super::diff::guards::assertions(later.java.as_ref()?, &later.file.text)))
            .unwrap_or(0);
        if had > has {
            (count, files) = (count + had - has, files + 1);
        }
    }
    (count, files)
}
