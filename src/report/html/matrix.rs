//! What a probe saw, as a matrix: a row for each variation, a column for each end, a cell that leads to the smallest payload.

use crate::finding::{FailureKind, Finding};
use crate::report::escape::seen;
use crate::report::text::count;
use crate::report::{Probed, Report, Row};

/// A cell.
pub(super) struct Cell {
    pub(super) class: &'static str,
    pub(super) count: usize,
    /// How much of the row it is, in fifths.
    pub(super) heat: usize,
    /// The finding that it leads to.
    pub(super) finding: Option<usize>,
    pub(super) name: &'static str,
}

/// A variation.
pub(super) struct Line {
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    pub(super) not_run: Option<&'static str>,
    pub(super) cells: Vec<Cell>,
}

/// All that is shown of a probe.
pub(super) struct View {
    pub(super) mapping: String,
    pub(super) command: String,
    pub(super) columns: Vec<&'static str>,
    pub(super) lines: Vec<Line>,
    pub(super) left_out: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// An end: its name, its class, how many payloads of a row had it, and which kinds of failure are it.
type End = (&'static str, &'static str, fn(&Row) -> usize, fn(FailureKind) -> bool);

const ENDS: &[End] = &[
    ("ok", "pass", |row| row.ok, |kind| kind == FailureKind::ContentType),
    ("lost", "error", |row| row.lost, |kind| !matches!(kind, FailureKind::Corrupted | FailureKind::ContentType)),
    ("corrupted", "error", |row| row.corrupted, |kind| kind == FailureKind::Corrupted),
    ("accepted", "accepted", |row| row.accepted, |_| true),
    ("skipped", "note", |row| row.skipped, |_| false),
    ("did not run", "error", |row| row.did_not_run, |_| true),
    ("not reached", "error", |row| row.not_reached, |_| false),
];

impl View {
    /// `order` are the findings in the order of the page.
    pub(super) fn new(report: &Report, probed: &Probed, order: &[&Finding]) -> Self {
        let Probed { mapping, command, fixtures: _, embedded: _, left_out, accepted_in: _, rows, notes } = probed;
        // A column of zeros says nothing.
        let ends: Vec<&End> =
            ENDS.iter().filter(|(name, _, of, _)| *name == "ok" || rows.iter().any(|row| of(row) > 0)).collect();
        let leads_to = |row: &Row, (name, _, _, is): &End| {
            let is_seen = |finding: &&Finding| {
                let Some(evidence) = finding.evidence.as_deref() else { return false };
                let in_row = evidence.variation == row.id || evidence.places.iter().any(|(id, _)| *id == row.id);
                in_row && is(evidence.kind) && (*name == "accepted") == finding.accepted.is_some()
            };
            order.iter().position(is_seen)
        };
        let line = |row: &Row| {
            let total: usize = ENDS.iter().map(|(_, _, of, _)| of(row)).sum();
            let cell = |end: &&End| {
                let (name, class, of, _) = **end;
                let number = of(row);
                let heat = (number * 5).div_ceil(total.max(1));
                Cell { class, count: number, heat, finding: if number > 0 { leads_to(row, end) } else { None }, name }
            };
            Line { id: row.id, summary: row.summary, not_run: row.not_run, cells: ends.iter().map(cell).collect() }
        };
        let note = |note: &crate::report::Note| {
            format!("{} ({})", seen(&note.tolerance), count(note.payloads, "payload", "payloads"))
        };
        debug_assert_eq!(report.findings.len(), order.len());
        View {
            mapping: seen(mapping),
            command: seen(command),
            columns: ends.iter().map(|(name, ..)| *name).collect(),
            lines: rows.iter().map(line).collect(),
            left_out: left_out.iter().map(|name| seen(name)).collect(),
            notes: notes.iter().map(note).collect(),
        }
    }
}
