//! The report as tables, for a job summary, a comment or a README: the worst first, the verdict last.
//!
//! GitHub takes 65,536 characters in a comment, and 1 MiB in a job summary: what is longer it refuses as a whole. So the
//! table ends before that, and says how much it leaves out.

use std::fmt::Write as _;

use super::escape::cell;
use super::human;
use super::text::{count, cut_middle, more_places};
use super::{Compared, Probed, Report, RowVerdict, Verb};
use crate::finding::{Evidence, Finding};

/// Columns of a message or a payload.
const WIDTH: usize = 160;

/// Columns of a name or a place.
const WIDTH_OF_NAMES: usize = 300;

/// Bytes, which are never fewer than characters, of the tables: with room for the verdict in a comment.
const MOST_BYTES: usize = 60_000;

/// The tables, and the verdict in the last line.
pub(super) fn render(report: &Report) -> String {
    match &report.verb {
        Verb::Check => of_check(report),
        Verb::Probe(probed) => of_probe(report, probed),
        Verb::Compare(compared) => of_comparison(report, compared),
    }
}

/// Appends rows, as many as there is room for, and says how many there are besides.
fn push_rows(out: &mut String, report: &Report, row: impl Fn(&Finding) -> String) {
    let findings = report.worst_first();
    for (at, finding) in findings.iter().enumerate() {
        let row = row(finding);
        if out.len() + row.len() > MOST_BYTES {
            let more = count(findings.len() - at, "finding", "findings");
            let _ = writeln!(out, "\n{more} more do not fit here: `--format json` has all.");
            return;
        }
        let _ = writeln!(out, "{row}");
    }
}

/// A name, short enough; nothing where there is none.
fn name(text: &str) -> String {
    if text.is_empty() { String::new() } else { cell(&cut_middle(text, WIDTH_OF_NAMES)) }
}

fn severity(finding: &Finding) -> &'static str {
    if finding.accepted.is_some() { "accepted" } else { finding.severity.name() }
}

fn of_check(report: &Report) -> String {
    let mut out = String::new();
    if !report.findings.is_empty() {
        out.push_str("| finding | rule | mapping | case | place | what |\n| --- | --- | --- | --- | --- | --- |\n");
        push_rows(&mut out, report, |finding| {
            let (severity, rule) = (severity(finding), finding.rule);
            let place = format!("{}{}", name(&finding.location.to_string()), more_places(finding));
            let (mapping, case) = (name(&finding.mapping), name(&finding.case));
            let message = cell(&cut_middle(&finding.message, WIDTH));
            format!("| {severity} | {rule} | {mapping} | {case} | {place} | {message} |")
        });
        out.push('\n');
    }
    let _ = writeln!(out, "{}", human::verdict(report));
    out
}

fn of_comparison(report: &Report, compared: &Compared) -> String {
    let mut out = String::new();
    if !report.findings.is_empty() {
        out.push_str("| finding | rule | class | key | place | what |\n| --- | --- | --- | --- | --- | --- |\n");
        push_rows(&mut out, report, |finding| {
            let (severity, rule) = (severity(finding), finding.rule);
            let subject = finding.subject.as_deref();
            let class = name(subject.map_or("", |it| it.class.rsplit('#').next().unwrap_or_default()));
            let key = name(subject.map_or("", |it| &it.key));
            let (place, message) = (name(&finding.location.to_string()), cell(&cut_middle(&finding.message, WIDTH)));
            format!("| {severity} | {rule} | {class} | {key} | {place} | {message} |")
        });
        out.push('\n');
    }
    for remark in &compared.remarks {
        let _ = writeln!(out, "- {}", cell(remark));
    }
    if !compared.remarks.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", cell(&human::compare::verdict(report, compared)));
    out
}

fn of_probe(report: &Report, probed: &Probed) -> String {
    let mut out = format!("{} through {}\n\n", cell(probed.mapping), cell(&probed.command));
    out.push_str(
        "| variation | verdict | ok | lost | corrupted | skipped |\n| --- | --- | ---: | ---: | ---: | ---: |\n",
    );
    for row in &probed.rows {
        let &crate::report::Row { ok, lost, corrupted, skipped, .. } = row;
        let verdict = match row.not_run {
            Some(reason) => format!("not run: {reason}"),
            None if row.verdict() == RowVerdict::Ok => "ok".to_owned(),
            None => format!("**{}**", row.verdict().name()),
        };
        let _ = writeln!(out, "| {} | {verdict} | {ok} | {lost} | {corrupted} | {skipped} |", row.id);
    }
    if !report.findings.is_empty() {
        out.push_str("\n| failure | rule | payloads | smallest | why |\n| --- | --- | ---: | --- | --- |\n");
        push_rows(&mut out, report, |finding| {
            let Finding { rule, case, places, message, .. } = finding;
            let severity = severity(finding);
            let why = cell(&cut_middle(finding.accepted.as_ref().unwrap_or(message), WIDTH));
            let Some(Evidence { kind, variation, .. }) = finding.evidence.as_deref() else {
                return format!("| {severity} | {rule} | | {} | {why} |", name(&finding.location.to_string()));
            };
            format!("| {severity}: {kind} | {rule} | {places} | {} in {variation} | {why} |", name(case))
        });
    }
    let _ = writeln!(out, "\n{}", human::probe::verdict(report, probed));
    out
}
