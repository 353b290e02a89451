//! What a probe found, for people: the table, and the smallest failing payload of each kind.

use std::fmt::Write as _;

use super::{escaped_toml, shown};
use crate::finding::{Evidence, Finding, REASON};
use crate::report::escape::{prose, seen};
use crate::report::text::{count, cut_around, cut_middle};
use crate::report::{Counts, Note, Options, Probed, Report, Row, RowVerdict};

/// Lines of standard error at its beginning, and as many at its end.
const STDERR_LINES: usize = 4;

/// Columns of an accepted failure, at least.
const LEAST: usize = 60;

/// Places of a tolerance that are shown.
const MOST_PLACES: usize = 3;

/// The whole report: the table, a block per kind of failure, the verdict.
pub(super) fn render(report: &Report, probed: &Probed, options: &Options) -> String {
    let mut out = format!("{} through {}\n", probed.mapping, seen(&probed.command));
    if probed.embedded {
        out.push_str(
            "There is no folder fixtures/ here with goldens of the mapping: they are the few in the binary.\n",
        );
    }
    let has_accepted = probed.rows.iter().any(|row| row.accepted > 0);
    let longest = probed.rows.iter().map(|row| row.id.len()).max().unwrap_or(0);
    let _ = writeln!(
        out,
        "\n{:longest$}  {:11}  {:>5}  {:>5}  {:>9}  {:>7}{}",
        "variation",
        "verdict",
        "ok",
        "lost",
        "corrupted",
        "skipped",
        if has_accepted { "  accepted" } else { "" }
    );
    for row in &probed.rows {
        let (id, verdict) = (row.id, row.verdict().name());
        let _ = match row.not_run {
            Some(reason) => writeln!(out, "{id:longest$}  {verdict:11}  {reason}"),
            None => {
                let &Row { ok, lost, corrupted, skipped, accepted, .. } = row;
                let accepted = if has_accepted { format!("  {accepted:>8}") } else { String::new() };
                writeln!(out, "{id:longest$}  {verdict:11}  {ok:>5}  {lost:>5}  {corrupted:>9}  {skipped:>7}{accepted}")
            }
        };
    }
    let (accepted, open): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.iter().partition(|finding| finding.accepted.is_some());
    for finding in open {
        out.push('\n');
        match finding.evidence {
            Some(_) => out.push_str(&block(finding, options.width)),
            None => out.push_str(&shown(finding, report.fail_on, options)),
        }
        if let (Some(evidence), Some(file)) = (&finding.evidence, &probed.accepted_in) {
            out.push_str(&acceptance(finding, evidence, file));
        }
    }
    if !accepted.is_empty() {
        out.push('\n');
    }
    for finding in accepted {
        let Finding { rule, case, places, pattern, .. } = finding;
        let (kind, variation) =
            finding.evidence.as_deref().map(|it| (it.kind.name(), it.variation)).unwrap_or_default();
        let at = if pattern.is_empty() { String::new() } else { format!(" {}", seen(pattern)) };
        let payloads = count(*places, "payload", "payloads");
        let text = format!(
            "accepted[{rule}] {} in {variation}{at}: {kind}, {payloads}: {}",
            seen(case),
            prose(finding.accepted.as_deref().unwrap_or_default())
        );
        let _ = writeln!(out, "{}", cut_middle(&text, options.width.max(LEAST)));
    }
    if probed.rows.iter().any(|row| row.not_reached > 0) {
        out.push_str("\nNot reached: the mapper had failed too often, or ended, and was given no more.\n");
    }
    if probed.rows.iter().any(|row| row.did_not_run > 0) {
        out.push_str("\nThe mapper did not run: none of the payloads got an answer.\n");
    }
    if probed.rows.iter().any(|row| row.skipped > 0) {
        out.push_str("\nSkipped: the plain payload already fails in the same way.\n");
    }
    if !probed.left_out.is_empty() {
        let names: Vec<String> = probed.left_out.iter().map(|name| seen(name)).collect();
        let _ = writeln!(out, "\nNot sent, since the mapping itself does not bring it through: {}.", names.join(", "));
    }
    if !probed.notes.is_empty() {
        out.push_str("\nAccepted as correct (counted as notes):\n");
        for Note { tolerance, payloads, at } in &probed.notes {
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
    let _ = writeln!(out, "\n{}", verdict(report, probed));
    out
}

/// The entry to paste, of several the first; characters that would do something are escaped as TOML escapes them.
fn acceptance(finding: &Finding, evidence: &Evidence, file: &str) -> String {
    let Some((variation, pointer)) = evidence.places.first() else { return String::new() };
    let fields =
        [("rule", finding.rule), ("mapping", &finding.mapping), ("variation", variation), ("pointer", pointer)];
    let lines = fields.map(|(key, value)| format!("    {key} = {}\n", escaped_toml(value))).concat();
    let more = match evidence.places.len() - 1 {
        0 => String::new(),
        more => format!("    # and {} of other variations: --format json has all\n", count(more, "entry", "entries")),
    };
    let file = seen(file);
    format!("  = accept: only with evidence, in {file}:\n    [[accepted]]\n{lines}    {REASON}\n{more}")
}

/// The last line: the verdict and the counts.
pub(in crate::report) fn verdict(report: &Report, probed: &Probed) -> String {
    let Counts { errors, warnings, notes, .. } = report.counts();
    let sum = |of: fn(&Row) -> usize| probed.rows.iter().map(of).sum::<usize>();
    let (ok, lost, corrupted) = (sum(|row| row.ok), sum(|row| row.lost), sum(|row| row.corrupted));
    let accepted = sum(|row| row.accepted);
    let accepted_part = if accepted > 0 { format!(", {accepted} accepted") } else { String::new() };
    let (skipped, rest) = (sum(|row| row.skipped), sum(|row| row.not_reached));
    let did_not_run = sum(|row| row.did_not_run);
    let is_run = |row: &&Row| row.verdict() != RowVerdict::NotRun;
    let skipped_part = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
    let did_not = if did_not_run > 0 { format!(", {did_not_run} did not run") } else { String::new() };
    let not_reached = if rest > 0 { format!(", {rest} not reached") } else { String::new() };
    format!(
        "{}: {} of {}, {}: {ok} ok, {lost} lost, {corrupted} corrupted{accepted_part}{skipped_part}{did_not}{not_reached}; {}, {}, {}",
        if report.failed() { "FAIL" } else { "PASS" },
        count(probed.rows.iter().filter(is_run).count(), "variation", "variations"),
        count(probed.fixtures, "fixture", "fixtures"),
        count(ok + lost + corrupted + accepted + skipped + did_not_run + rest, "payload", "payloads"),
        count(errors, "error", "errors"),
        count(warnings, "warning", "warnings"),
        // What was taken as right is a note too: both fail a run that fails on notes.
        count(notes + probed.notes.len(), "note", "notes"),
    )
}

/// A kind of failure, with the smallest payload that shows it.
pub(in crate::report) fn block(finding: &Finding, width: usize) -> String {
    let Some(evidence) = finding.evidence.as_deref() else { return String::new() };
    let Finding { rule, severity, case, message, places, breaks, fix, .. } = finding;
    let Evidence { kind, variation, sent, sent_at, got, got_at, stderr, saved, .. } = evidence;
    let payloads = count(*places, "payload", "payloads");
    let case = seen(case);
    let mut out = format!("{severity}[{rule}]: {kind}, {payloads}; the smallest is {case} in {variation}\n");
    let width = width.clamp(40, 400) - 12;
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "  = {label}: {text}");
    };
    // The reason is never cut for want of a column or two: it is what there is to mend.
    line("why", &cut_middle(message, 3 * width));
    line("sent", &cut_around(sent, sent_at.as_ref(), width));
    if let Some(got) = got {
        line("got", &cut_around(got, got_at.as_ref(), width));
    }
    if let Some(path) = saved {
        line("saved", &seen(path));
    }
    line("breaks", breaks);
    line("fix", fix);
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
