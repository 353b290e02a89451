//! The end of the report of a comparison: what was compared, and the verdict.

use std::fmt::Write as _;

use super::{ERROR, SUCCESS, painted};
use crate::report::escape::seen;
use crate::report::text::count;
use crate::report::{Compared, Counts, Options, Report};

/// The remarks and the verdict.
pub(super) fn ending(report: &Report, compared: &Compared, options: &Options) -> String {
    let mut text = String::new();
    for remark in &compared.remarks {
        let _ = writeln!(text, "{}", seen(remark));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&line(report, compared, options));
    text
}

/// The verdict and the counts, without colours.
pub(in crate::report) fn verdict(report: &Report, compared: &Compared) -> String {
    line(report, compared, &Options { width: 0, color: false, acceptances: false })
}

fn line(report: &Report, compared: &Compared, options: &Options) -> String {
    let verdict = if report.failed() { painted("FAIL", ERROR, options) } else { painted("PASS", SUCCESS, options) };
    let Compared { verb: _, before, after, classes, remarks: _ } = compared;
    let nothing = if report.findings.is_empty() { "nothing on the wire differs; " } else { "" };
    let Counts { errors, warnings, notes, accepted } = report.counts();
    let fail_on = match report.fail_on {
        crate::finding::Severity::Error => String::new(),
        severity => format!(" (fails on {severity})"),
    };
    format!(
        "{verdict}: {nothing}{} on a wire, {} against {}; {}, {}, {}, {accepted} accepted{fail_on}",
        count(*classes, "class", "classes"),
        seen(after),
        seen(before),
        count(errors, "error", "errors"),
        count(warnings, "warning", "warnings"),
        count(notes, "note", "notes"),
    )
}
