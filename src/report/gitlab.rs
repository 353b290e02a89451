//! The report for merge requests of GitLab: Code Quality, a list of issues.
//!
//! An accepted finding is of the least severity and says so: the format knows no other way.

use serde_json::{Value, json};

use super::escape::{self, prose};
use super::text::identity::{fingerprints, path};
use super::{Report, text};
use crate::finding::{Finding, Severity};

/// Columns of a name in a description.
const WIDTH: usize = 300;

/// The list: an issue for each finding, the heaviest first.
pub(super) fn render(report: &Report) -> String {
    let findings = report.worst_first();
    let issues: Vec<Value> = findings
        .iter()
        .zip(fingerprints(&findings))
        .map(|(finding, fingerprint)| issue(report, finding, &fingerprint))
        .collect();
    // Texts and numbers only: that cannot fail.
    escape::json(&serde_json::to_string_pretty(&issues).unwrap_or_default()) + "\n"
}

fn issue(report: &Report, finding: &Finding, fingerprint: &str) -> Value {
    let path = path(report, finding);
    // Relative to the repository, as GitLab wants it; a `./` in front it does not know.
    let path = path.strip_prefix("./").unwrap_or(&path);
    let line = if finding.location.path.is_empty() { 1 } else { finding.location.line_and_column().0 };
    let severity = match (&finding.accepted, finding.severity) {
        (Some(_), _) | (None, Severity::Note) => "info",
        (None, Severity::Warning) => "minor",
        (None, Severity::Error) => "critical",
    };
    json!({
        "description": description(finding),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": escape::seen(path), "lines": { "begin": line } },
    })
}

/// One line: what is wrong, of what, and who breaks.
fn description(finding: &Finding) -> String {
    let accepted =
        finding.accepted.as_ref().map(|reason| format!("accepted ({}): ", prose(reason))).unwrap_or_default();
    let of = match (text::concerned(finding), finding.subject.as_deref()) {
        (Some(concerned), _) => format!(" ({concerned})"),
        (None, Some(subject)) => format!(" ({})", text::cut_middle(&text::subject_of(subject), WIDTH)),
        (None, None) => String::new(),
    };
    format!("{accepted}{}{of}; breaks {}", prose(&finding.message), prose(&finding.breaks))
}
