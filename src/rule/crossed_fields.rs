//! `crossed-fields`

use std::collections::BTreeSet;

use super::{Check, Findings, Rule};
use crate::dependence::{Judged, Source, Table, TableDocument, differing_lines};
use crate::finding::{Finding, Severity};
use crate::tool;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "crossed-fields",
    severity: Severity::Error,
    summary: "a value of the answer comes from another value than the reviewed table says",
    what: "Fires in three cases. (1) A value of the answer depends on a value of the payload, or of another row, \
           that its line in fixtures/<mapping>/table.json does not name. (2) It no longer depends on a value that \
           its line names. (3) The table calls a value lost that is not lost any more. It also fires for a table \
           that cannot be read. One defect is reported once: lossy-mapping reports a value that now goes nowhere, \
           and unfed-target a value of the answer that nothing feeds any more. Unknown sources are not compared. \
           Notes: a value without a line, a missing table, and a line that only declares something else.",
    why: "Two fields of one type change places without a word from the compiler: first and last name, the old and the \
          new designated body. Both still arrive, so nothing is missing.",
    example: include_str!("examples/crossed-fields.txt"),
    check: Check::Mapping(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings) {
    let dependence = judged.dependence;
    let Some(table) = &judged.table else {
        let message =
            format!("fixtures/{} has no table.json: {} accept --all writes it", dependence.mapping.id, tool::name());
        findings.push(not_compared(judged, message, ""));
        return;
    };
    let (table_file, reviewed) = match &table.document {
        Ok(document) => (document, document.expected()),
        Err(error) => {
            let finding = judged.finding(RULE.id, RULE.severity, "");
            findings.push(
                finding
                    .message(format!("the table cannot be read: {error}"))
                    .breaks("nobody yet; but what feeds what is compared with nothing")
                    .fix(format!("restore it (git log -- fixtures), or {}", review(judged))),
            );
            return;
        }
    };
    let found = Table::new(dependence).expected();
    let unnamed: Vec<&String> = found
        .keys()
        .filter(|target| !reviewed.contains_key(*target) && !reviewed.contains_key(dependence.target_pattern(target)))
        .collect();
    if let Some(first) = unnamed.first() {
        let message =
            format!("{} of {} values have no line in the table, the first is {first:?}", unnamed.len(), found.len());
        findings.push(not_compared(judged, message, first));
    }
    reworded(judged, table_file, findings);
    let table = Table::new(dependence);
    let is_stale = |source: &&String| !table.lost.contains(source);
    for source in table_file.lost.iter().filter(is_stale) {
        let declared = table.dropped.iter().find(|(pointer, _)| pointer == source);
        let today = match declared {
            Some((_, reason)) => format!("declared dropped: {reason}"),
            None => "not lost".to_owned(),
        };
        findings.push(
            judged
                .finding(RULE.id, RULE.severity, source)
                .message(format!("the table says that {source:?} is lost; it is {today}"))
                .before("lost".to_owned())
                .after(today)
                .breaks("nobody; but who reads the table looks for a defect that is none, or is not the one it was")
                .fix(review(judged)),
        );
    }
    // What other rules tell: sources that go nowhere or are unknown, and values that nothing feeds.
    let silent = |source: &&Source| source.feeds.is_empty() && !dependence.is_dropped(source);
    let told: BTreeSet<String> = dependence
        .sources
        .iter()
        .filter(silent)
        .map(|source| source.pattern.clone())
        .filter(|source| !arrives(judged, source))
        .collect();
    let without_feed = reviewed.keys().filter(|target| {
        let is_found = found.keys().any(|other| other == *target || dependence.target_pattern(other) == *target);
        !is_found && dependence.is_made(target)
    });
    let none = BTreeSet::new();
    let all = found.iter().chain(without_feed.map(|target| (target, &none)));
    for (target, found) in all {
        // A row by itself is one whose sources are those of another row.
        let Some(named) = reviewed.get(target).or_else(|| reviewed.get(dependence.target_pattern(target))) else {
            continue;
        };
        let list = |sources: &BTreeSet<String>| sources.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let strange: BTreeSet<String> = found.difference(named).cloned().collect();
        let pattern = |source: &String| dependence.source_pattern(source).to_owned();
        let is_here = |source: &String| found.iter().any(|found| pattern(found) == pattern(source));
        let gone: BTreeSet<String> = named
            .iter()
            .filter(|source| !is_here(source) && !told.contains(dependence.source_pattern(source)))
            .cloned()
            .collect();
        let message = match (strange.is_empty(), gone.is_empty()) {
            (true, true) => continue,
            (false, _) => {
                format!("{target:?} depends on {}, which its line in the table does not name", list(&strange))
            }
            (true, false) => format!("{target:?} no longer depends on {}, as its line in the table says", list(&gone)),
        };
        let after = if found.is_empty() { "nothing that was tried".to_owned() } else { list(found) };
        findings.push(
            judged
                .finding(RULE.id, RULE.severity, target)
                .message(message)
                .before(format!("{target} <- {}", list(named)))
                .after(format!("{target} <- {after}"))
                .breaks(format!("{} gets one value in the place of another", judged.taker()))
                .fix(format!("fix the mapping; if it is right, {}", review(judged))),
        );
    }
}

/// The lines that `review` asks about although every value comes from where they say: what is declared, and why, and the
/// forms of dates.
fn reworded(judged: &Judged<'_>, reviewed: &TableDocument, findings: &mut Findings) {
    let today = TableDocument::new(judged.dependence.mapping.id, &Table::new(judged.dependence));
    if reviewed.expected() != today.expected() || reviewed.lost != today.lost {
        return;
    }
    let lines = differing_lines(&reviewed.text(), &today.text());
    let Some((before, after)) = lines.first() else { return };
    let lines = if lines.len() == 1 { "1 line".to_owned() } else { format!("{} lines", lines.len()) };
    findings.push(
        judged
            .finding(RULE.id, Severity::Note, "")
            .message(format!("{lines} of the table, not of where values come from, would be written otherwise today"))
            .before(before.clone().unwrap_or_default())
            .after(after.clone().unwrap_or_default())
            .breaks("nobody; but who reads the table reads what is declared no more")
            .fix(review(judged)),
    );
}

/// A note that something is not compared, so that nobody takes it for right.
fn not_compared(judged: &Judged<'_>, message: String, pointer: &str) -> Finding {
    judged
        .finding(RULE.id, Severity::Note, pointer)
        .message(message)
        .breaks("nobody; but what feeds them is compared with nothing")
        .fix(review(judged))
}

/// How a table comes to be the reviewed one.
fn review(judged: &Judged<'_>) -> String {
    format!(
        "look at the new table and accept it: {} review (a script: accept {:?})",
        tool::name(),
        format!("{}/table.json", judged.dependence.mapping.id)
    )
}

/// Whether a source of this pattern feeds something, in whatever row.
fn arrives(judged: &Judged<'_>, shown: &str) -> bool {
    let mut sources = judged.dependence.sources.iter();
    sources.any(|source| source.pattern == shown && !source.feeds.is_empty())
}
