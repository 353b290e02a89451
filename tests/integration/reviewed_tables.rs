//! Tables as files: what was reviewed beside what is observed.

use std::collections::BTreeSet;

use dtogate::finding::Severity;
use dtogate::tis::CATALOGUE;
use dtogate::update::pending::pending;
use dtogate::update::question::{Kind, Question};
use pretty_assertions::assert_eq;

use crate::trees::{OPTIONS, Tree, fired};
use crate::versions;

/// What cannot be compared is said, not passed over.
#[test]
fn a_table_that_is_missing_unreadable_or_has_no_line_for_a_value_is_said() {
    let tree = Tree::of_mapping("connection-log");
    let notes = |tree: &Tree| -> Vec<String> {
        let report = tree.check_mapping(&CATALOGUE, "connection-log");
        let crossed = report.findings.into_iter().filter(|finding| finding.rule == "crossed-fields");
        crossed.map(|finding| format!("{}: {}", finding.severity, finding.message)).collect()
    };
    assert_eq!(notes(&tree), [""; 0]);
    let table = "fixtures/connection-log/table.json";
    tree.edit(table, |text| {
        let kept = text.lines().filter(|line| !line.contains(r#""target": "/gmcId""#));
        kept.collect::<Vec<_>>().join("\n")
    });
    assert_eq!(notes(&tree), [r#"note: 1 of 5 values have no line in the table, the first is "/gmcId""#]);
    tree.write(table, "garbage <<<<");
    assert_eq!(notes(&tree), ["error: the table cannot be read: expected value at line 1 column 1"]);
    tree.remove(table);
    assert_eq!(notes(&tree), ["note: fixtures/connection-log has no table.json: dtogate accept --all writes it"]);
}

/// A table that calls a value lost which is declared dropped since: `check` says so, as `review` asks.
#[test]
fn a_value_that_is_not_lost_any_more_is_told() {
    let tree = Tree::of_mapping("doctors-by-gmc-id");
    let path = "fixtures/doctors-by-gmc-id/table.json";
    assert_eq!(fired(&tree.check_mapping(&CATALOGUE, "doctors-by-gmc-id")), BTreeSet::new());
    tree.edit(path, |text| text.replacen("\"lost\": []", "\"lost\": [\"/totalPages\"]", 1));
    let report = tree.check_mapping(&CATALOGUE, "doctors-by-gmc-id");
    let found: Vec<_> = report.findings.iter().filter(|finding| finding.rule == "crossed-fields").collect();
    let pages = versions::page("/totalPages");
    assert_eq!((found.len(), found[0].severity, &found[0].pattern), (1, Severity::Error, &pages));
    assert!(found[0].message.contains("it is declared dropped: a count of the list"), "{}", found[0].message);
    assert!(found[0].fix.contains("dtogate review"), "{}", found[0].fix);
    let waiting = pending(tree.root(), &CATALOGUE, &OPTIONS, false).unwrap();
    let tables: Vec<String> =
        waiting.iter().filter(|question| question.kind == Kind::Table).map(Question::name).collect();
    assert_eq!(tables, ["table: lines of doctors-by-gmc-id"]);
}
