//! The example of each rule: the failing tree fires it, the fixed tree fires nothing.
//!
//! The files are `src/rule/examples/<rule>.txt`; `dtogate explain <rule>` prints them.

use std::collections::{BTreeMap, BTreeSet};

use dtogate::finding::Severity;
use dtogate::mapping::Catalogue;
use dtogate::rule::{Example, ExampleFile, RULES, Rule};
use dtogate::tis;
use pretty_assertions::assert_eq;

use crate::historical::TEXT_MAPPERS;
use crate::trees::{Tree, fired_unaccepted};
use crate::{captured_log, mutated, versions};

/// The rules that fire; notes count where the rule never says more.
fn rules_of(rule: &Rule, files: &[ExampleFile], catalogue: &Catalogue) -> BTreeSet<&'static str> {
    let tree = Tree::new();
    for file in files {
        // The tests' own leg is as captured, as the examples are.
        let is_captured = !std::ptr::eq(catalogue, &tis::CATALOGUE) && file.path.contains(captured_log::MAPPING.id);
        let text = if is_captured { file.text.to_owned() } else { today(file) };
        // A HashMap's order is another one where a key has another name.
        let is_sorted = std::ptr::eq(catalogue, &TEXT_MAPPERS[0].2) && file.path.ends_with(".expected.json");
        tree.write(file.path, if is_sorted { sorted(&text) } else { text });
    }
    let report = tree.check(catalogue);
    let is_note = rule.severity == Severity::Note && report.findings.iter().any(|finding| finding.rule == rule.id);
    fired_unaccepted(&report).into_iter().chain(is_note.then_some(rule.id)).collect()
}

/// An example's file with the keys of today: examples are those of the captures' classes.
fn today(file: &ExampleFile) -> String {
    let mapping = file.path.split('/').nth(1).and_then(|id| tis::CATALOGUE.mapping(id));
    mapping.map_or(file.text.to_owned(), |mapping| versions::today(mapping.producer.dto.name(), file.text))
}

/// An object with its keys in their order.
fn sorted(text: &str) -> String {
    let members: BTreeMap<String, serde_json::Value> = serde_json::from_str(text).unwrap();
    serde_json::to_string(&members).unwrap()
}

#[test]
fn failing_examples_fire_their_rule_and_fixed_ones_nothing() {
    for rule in RULES {
        let example = Example::parse(rule.example);
        assert!(!example.comment.is_empty(), "{}: no comment", rule.id);
        let also = example.comment.lines().find_map(|line| line.strip_prefix("Also fires: ")).unwrap_or_default();
        let expected: BTreeSet<&str> = also.split(", ").filter(|also| !also.is_empty()).chain([rule.id]).collect();
        // Only a text mapper can be misled by a spelling, and today's catalogue has none.
        let (failing, fixed) = match rule.id {
            "spelling-sensitive" => (&TEXT_MAPPERS[0].2, &tis::CATALOGUE),
            // Others look at the mapping more than at the files.
            id => match mutated::with_defect(id) {
                Some(defect) => (defect, &mutated::CAPTURED),
                None => (&tis::CATALOGUE, &tis::CATALOGUE),
            },
        };
        assert_eq!(rules_of(rule, &example.failing, failing), expected, "{}: failing", rule.id);
        assert_eq!(rules_of(rule, &example.fixed, fixed), BTreeSet::new(), "{}: fixed", rule.id);
    }
}
