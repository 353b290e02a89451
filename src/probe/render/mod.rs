//! The report of a probe in its formats. A format renders all that it is given and never changes the exit code.

pub mod json;
mod junit;

use std::fmt::Write as _;

use super::{Failure, Note, Report, Row};
use crate::finding::Severity;
use crate::report::github::{escape_data, escape_property};
use crate::report::text::{cut_middle, seen};

/// Columns of a payload in Markdown and in annotations.
const WIDTH: usize = 160;

/// Lines of standard error at its beginning, and as many at its end.
const STDERR_LINES: usize = 4;

/// Places of a tolerance in the human report.
const MOST_PLACES: usize = 3;

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the table, the smallest failing payload of each kind; the last line is the verdict
    Human,
    /// For programs: one JSON document, versioned, with every payload in full
    Json,
    /// The table for a job summary or a README
    Markdown,
    /// For GitHub Actions: an annotation per kind of failure, and the human report
    Github,
    /// For CI servers: JUnit XML, a test case per variation
    Junit,
}

/// The report in a format, to be written as it is.
pub fn render(report: &Report, format: Format, width: usize) -> String {
    match format {
        Format::Human => human(report, width),
        Format::Json => json::render(report),
        Format::Markdown => markdown(report),
        Format::Github => github(report) + &human(report, width),
        Format::Junit => junit::render(report),
    }
}

/// A number and what is counted.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The last line: the verdict and the counts.
fn verdict(report: &Report) -> String {
    let sum = |of: fn(&Row) -> usize| report.rows.iter().map(of).sum::<usize>();
    let (ok, lost, corrupted) = (sum(|row| row.ok), sum(|row| row.lost), sum(|row| row.corrupted));
    let (aside, rest) = (sum(|row| row.set_aside), sum(|row| row.not_reached));
    let is_run = |row: &&Row| row.verdict() != "not run";
    let aside_part = if aside > 0 { format!(", {aside} set aside") } else { String::new() };
    let not_reached = if rest > 0 { format!(", {rest} not reached") } else { String::new() };
    format!(
        "{}: {} of {}, {}: {ok} ok, {lost} lost, {corrupted} corrupted{aside_part}{not_reached}; {}, {}, {}",
        if report.failed() { "FAIL" } else { "PASS" },
        count(report.rows.iter().filter(is_run).count(), "variation", "variations"),
        count(report.cases, "fixture", "fixtures"),
        count(ok + lost + corrupted + aside + rest, "payload", "payloads"),
        count(report.count(Severity::Error), "error", "errors"),
        count(report.count(Severity::Warning), "warning", "warnings"),
        count(report.notes.len(), "note", "notes"),
    )
}

fn human(report: &Report, width: usize) -> String {
    let mut out = format!("{} through {}\n", report.mapping, seen(&report.command));
    if report.embedded {
        out.push_str(
            "There is no folder fixtures/ here with goldens of the mapping: they are the few in the binary.\n",
        );
    }
    let longest = report.rows.iter().map(|row| row.id.len()).max().unwrap_or(0);
    let _ =
        writeln!(out, "\n{:longest$}  {:9}  {:>5}  {:>5}  {:>9}", "variation", "verdict", "ok", "lost", "corrupted");
    for row in &report.rows {
        let (id, verdict) = (row.id, row.verdict());
        let _ = match row.skipped {
            Some(reason) => writeln!(out, "{id:longest$}  {verdict:9}  {reason}"),
            None => {
                writeln!(out, "{id:longest$}  {verdict:9}  {:>5}  {:>5}  {:>9}", row.ok, row.lost, row.corrupted)
            }
        };
    }
    for failure in &report.failures {
        out.push('\n');
        out.push_str(&block(failure, width));
    }
    if report.rows.iter().any(|row| row.not_reached > 0) {
        out.push_str("\nNot reached: the mapper had failed too often, or ended, and was given no more.\n");
    }
    if report.rows.iter().any(|row| row.set_aside > 0) {
        out.push_str("\nSet aside: variations that fail just as their fixture does as sent.\n");
    }
    if !report.left_out.is_empty() {
        let names: Vec<String> = report.left_out.iter().map(|name| seen(name)).collect();
        let _ = writeln!(out, "\nNot sent, since the mapping itself does not bring it through: {}.", names.join(", "));
    }
    if !report.notes.is_empty() {
        out.push_str("\nTaken as right:\n");
        for Note { tolerance, payloads, at } in &report.notes {
            let _ = write!(out, "  {tolerance} ({})", count(*payloads, "payload", "payloads"));
            let shown: Vec<String> = at.iter().take(MOST_PLACES).map(|at| seen(at)).collect();
            match (at.len(), at.len() - shown.len()) {
                (0, _) => {}
                (_, 0) => out.push_str(&format!(": {}", shown.join(", "))),
                (_, more) => out.push_str(&format!(": {} and {more} more", shown.join(", "))),
            }
            out.push('\n');
        }
    }
    let _ = writeln!(out, "\n{}", verdict(report));
    out
}

/// A kind of failure, with the smallest payload that shows it.
fn block(failure: &Failure, width: usize) -> String {
    let Failure { rule, severity, kind, row, case, reason, sent, got, stderr, saved, .. } = failure;
    let payloads = count(failure.count, "payload", "payloads");
    let case = seen(case);
    let mut out = format!("{severity}[{rule}]: {kind}, {payloads}; the smallest is {case} in {row}\n");
    let width = width.clamp(40, 400) - 12;
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "  = {label}: {text}");
    };
    // The reason is never cut for want of a column or two: it is what there is to mend.
    line("why", &cut_middle(reason, 3 * width));
    line("sent", &cut_middle(sent, width));
    if let Some(got) = got {
        line("got", &cut_middle(got, width));
    }
    if let Some(path) = saved {
        line("saved", path);
    }
    if !stderr.is_empty() {
        out.push_str("  = stderr:\n");
        // Java says at the beginning what is wrong, Python at the end.
        let lines: Vec<&str> = stderr.lines().collect();
        let left_out = lines.len().saturating_sub(2 * STDERR_LINES);
        for (index, line) in lines.iter().enumerate() {
            if left_out > 0 && index == STDERR_LINES {
                let _ = writeln!(out, "    … {}", count(left_out, "line", "lines"));
            }
            if left_out == 0 || index < STDERR_LINES || index >= lines.len() - STDERR_LINES {
                let _ = writeln!(out, "    {}", cut_middle(line, width));
            }
        }
    }
    out
}

/// A text in a cell of a table, as code: no line, bar or backtick of it can end the cell.
fn cell(text: &str) -> String {
    let text = seen(text).replace('|', "\\|");
    let ticks = "`".repeat(1 + text.split(|character| character != '`').map(str::len).max().unwrap_or(0));
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

fn markdown(report: &Report) -> String {
    let mut out = format!("{} through {}\n\n", cell(report.mapping), cell(&report.command));
    out.push_str("| variation | verdict | ok | lost | corrupted |\n| --- | --- | ---: | ---: | ---: |\n");
    for row in &report.rows {
        let (ok, lost, corrupted) = (row.ok, row.lost, row.corrupted);
        let verdict = match row.skipped {
            Some(reason) => format!("not run: {reason}"),
            None if row.verdict() == "ok" => "ok".to_owned(),
            None => format!("**{}**", row.verdict()),
        };
        let _ = writeln!(out, "| {} | {verdict} | {ok} | {lost} | {corrupted} |", row.id);
    }
    if !report.failures.is_empty() {
        out.push_str("\n| failure | rule | payloads | smallest | why |\n| --- | --- | ---: | --- | --- |\n");
        for failure in &report.failures {
            let Failure { rule, severity, kind, row, case, count, reason, .. } = failure;
            let why = cell(&cut_middle(reason, WIDTH));
            let _ = writeln!(out, "| {severity}: {kind} | {rule} | {count} | {} in {row} | {why} |", cell(case));
        }
    }
    let _ = writeln!(out, "\n{}", verdict(report));
    out
}

fn github(report: &Report) -> String {
    let mut out = String::new();
    for failure in &report.failures {
        let command = match failure.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let message = format!(
            "{} through {}: {}, {}\nsmallest: {} in {}\nwhy: {}\nsent: {}",
            report.mapping,
            seen(&report.command),
            failure.kind,
            count(failure.count, "payload", "payloads"),
            seen(&failure.case),
            failure.row,
            cut_middle(&failure.reason, WIDTH),
            cut_middle(&failure.sent, WIDTH),
        );
        let file = failure.path.as_deref().map(|path| format!("file={},line=1,", escape_property(path)));
        let (file, title) = (file.unwrap_or_default(), escape_property(failure.rule));
        let _ = writeln!(out, "::{command} {file}title={title}::{}", escape_data(&message));
    }
    out
}
