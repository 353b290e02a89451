//! JUnit XML of a probe: a test suite for the mapping and a test case per variation.

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use crate::finding::{Evidence, Finding, Severity};
use crate::report::escape::seen;
use crate::report::human::probe::block;
use crate::report::text::count;
use crate::report::{Probed, Report, Row};

/// Columns of a failure: the document must not depend on who looks at a terminal meanwhile.
const WIDTH: usize = 120;

/// The document.
pub(super) fn render(report: &Report, probed: &Probed) -> String {
    let mut suite = TestSuite::new(format!("{} through {}", probed.mapping, seen(&probed.command)));
    suite.add_test_cases(probed.rows.iter().map(|row| test_case(report, probed, row)));
    // What is wrong with the acceptances belongs to no variation.
    for finding in report.findings.iter().filter(|finding| finding.evidence.is_none()) {
        let mut status = TestCaseStatus::success();
        if report.fails(finding) {
            status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(seen(&finding.message)).set_type(finding.rule);
        }
        let mut test_case = TestCase::new(format!("{} {}", finding.rule, finding.location), status);
        test_case.set_classname(probed.mapping);
        suite.add_test_case(test_case);
    }
    let mut document = Document::new(env!("CARGO_PKG_NAME"));
    document.add_test_suite(suite);
    // Only writing to the string could fail.
    document.to_string().unwrap_or_default()
}

fn test_case(report: &Report, probed: &Probed, row: &Row) -> TestCase {
    // A kind of failure is told where its smallest payload is.
    let is_here = |evidence: &Evidence| evidence.variation == row.id;
    let here = report.findings.iter().filter(|finding| finding.evidence.as_deref().is_some_and(is_here));
    let told: Vec<&Finding> = here.collect();
    let text = |finding: &&Finding| {
        let accepted = finding.accepted.as_ref().map(|reason| format!("  = accepted: {}\n", seen(reason)));
        block(finding, WIDTH) + &accepted.unwrap_or_default()
    };
    let texts: String = told.iter().map(text).collect();
    let status = match row.not_run {
        Some(reason) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason);
            status
        }
        None if fails(report, row, &told) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let counts = [
                (row.lost, "lost"),
                (row.corrupted, "corrupted"),
                (row.did_not_run, "did not run"),
                (row.not_reached, "not reached"),
            ];
            let counts: Vec<String> = counts
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{} {what}", count(number, "payload", "payloads")))
                .collect();
            status.set_message(counts.join(", ")).set_type(row.verdict().name()).set_description(texts.as_str());
            status
        }
        None => TestCaseStatus::success(),
    };
    let is_success = matches!(status, TestCaseStatus::Success { .. });
    let mut test_case = TestCase::new(row.id, status);
    test_case.set_classname(probed.mapping);
    if is_success && !texts.is_empty() {
        test_case.set_system_out(texts);
    }
    test_case
}

/// Whether a row fails the run.
fn fails(report: &Report, row: &Row, told: &[&Finding]) -> bool {
    let lost = if row.lost > 0 { Some(row.severity) } else { None };
    let corrupted = if row.corrupted > 0 { Some(Severity::Error) } else { None };
    let told = told.iter().filter(|finding| finding.accepted.is_none()).map(|finding| finding.severity);
    row.not_reached > 0
        || row.did_not_run > 0
        || lost.into_iter().chain(corrupted).chain(told).any(|severity| severity >= report.fail_on)
}
