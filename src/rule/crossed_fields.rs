//! `crossed-fields`

use std::collections::BTreeSet;

use super::{Check, Findings, Rule};
use crate::dependence::{Judged, Table, expected_rows};
use crate::finding::{Finding, Severity, pattern};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "crossed-fields",
    severity: Severity::Error,
    summary: "a value of the answer comes from another value than the reviewed table says",
    what: "Fires where a value of the answer depends on one of the payload, or of another row, that its line in \
           snapshots/tables/<mapping>.snap does not name. Says nothing where there is no such file, as beside an installed \
           binary, nor about values without a line there.",
    why: "Two fields of one type change places without a word from the compiler: first and last name, the old and the new \
          designated body. Both still arrive, so nothing is missing.",
    example: include_str!("examples/crossed-fields.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let Some(table) = &judged.table else { return };
    let expected = expected_rows(&table.text);
    for (target, found) in Table::new(judged.dependence).expected() {
        // A row by itself is one whose sources are those of another row.
        let Some(reviewed) = expected.get(&target).or_else(|| expected.get(&pattern(&target))) else { continue };
        let list = |sources: &BTreeSet<String>| sources.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let strange: BTreeSet<String> = found.difference(reviewed).cloned().collect();
        if strange.is_empty() {
            continue;
        }
        findings.push(Finding {
            message: format!("{target:?} depends on {}, which its line in the table does not name", list(&strange)),
            before: Some(format!("{target} <- {}", list(reviewed))),
            after: Some(format!("{target} <- {}", list(&found))),
            breaks: format!("{} gets one value in the place of another", judged.taker()),
            fix: "mend the mapping; if it is right, review the new table and save it: INSTA_UPDATE=always cargo test"
                .to_owned(),
            ..judged.finding(RULE.id, RULE.severity, &target)
        });
    }
}
