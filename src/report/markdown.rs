//! The report as tables, for a job summary or a README.

use std::fmt::Write as _;

use super::escape::cell;
use super::human;
use super::text::{cut_middle, more_places};
use super::{Compared, Probed, Report, RowVerdict, Verb};
use crate::finding::{Evidence, Finding};

/// Columns of a message or a payload.
const WIDTH: usize = 160;

/// The tables, and the verdict in the last line.
pub(super) fn render(report: &Report) -> String {
    match &report.verb {
        Verb::Check => of_check(report),
        Verb::Probe(probed) => of_probe(report, probed),
        Verb::Compare(compared) => of_comparison(report, compared),
    }
}

fn of_check(report: &Report) -> String {
    let mut out = String::new();
    if !report.findings.is_empty() {
        out.push_str("| finding | rule | mapping | case | place | what |\n| --- | --- | --- | --- | --- | --- |\n");
        for finding in &report.findings {
            let severity = if finding.accepted.is_some() { "accepted" } else { finding.severity.name() };
            let of = |text: &str| if text.is_empty() { String::new() } else { cell(text) };
            let place = format!("{}{}", cell(&finding.location.to_string()), more_places(finding));
            let (mapping, case) = (of(&finding.mapping), of(&finding.case));
            let message = cell(&cut_middle(&finding.message, WIDTH));
            let _ = writeln!(out, "| {severity} | {} | {mapping} | {case} | {place} | {message} |", finding.rule);
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", human::verdict(report));
    out
}

fn of_comparison(report: &Report, compared: &Compared) -> String {
    let mut out = String::new();
    if !report.findings.is_empty() {
        out.push_str("| finding | rule | class | key | place | what |\n| --- | --- | --- | --- | --- | --- |\n");
        for finding in &report.findings {
            let severity = if finding.accepted.is_some() { "accepted" } else { finding.severity.name() };
            let of = |text: &str| if text.is_empty() { String::new() } else { cell(text) };
            let subject = finding.subject.as_deref();
            let class = of(subject.map_or("", |it| it.class.rsplit('#').next().unwrap_or_default()));
            let key = of(subject.map_or("", |it| &it.key));
            let (place, message) = (cell(&finding.location.to_string()), cell(&cut_middle(&finding.message, WIDTH)));
            let _ = writeln!(out, "| {severity} | {} | {class} | {key} | {place} | {message} |", finding.rule);
        }
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
        for finding in &report.findings {
            let Finding { rule, severity, case, places, message, .. } = finding;
            let severity = if finding.accepted.is_some() { "accepted" } else { severity.name() };
            let why = cell(&cut_middle(finding.accepted.as_ref().unwrap_or(message), WIDTH));
            let Some(Evidence { kind, variation, .. }) = finding.evidence.as_deref() else {
                let place = cell(&finding.location.to_string());
                let _ = writeln!(out, "| {severity} | {rule} | | {place} | {why} |");
                continue;
            };
            let _ = writeln!(out, "| {severity}: {kind} | {rule} | {places} | {} in {variation} | {why} |", cell(case));
        }
    }
    let _ = writeln!(out, "\n{}", human::probe::verdict(report, probed));
    out
}
