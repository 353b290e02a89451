//! The report for CI servers: JUnit XML, a test suite for the mapping and a test case per variation.
//!
//! Nothing in it says when or where it was written. quick-junit drops what XML does not allow; a payload is shown with
//! such characters by name before.

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::{block, count};
use crate::finding::Severity;
use crate::probe::{Failure, Report, Row};
use crate::report::text::seen;

/// Columns of a failure: the document must not depend on who looks at a terminal meanwhile.
const WIDTH: usize = 120;

pub(super) fn render(report: &Report) -> String {
    let mut suite = TestSuite::new(format!("{} through {}", report.mapping, seen(&report.command)));
    suite.add_test_cases(report.rows.iter().map(|row| test_case(report, row)));
    let mut document = Document::new(env!("CARGO_PKG_NAME"));
    document.add_test_suite(suite);
    // Only writing to the string could fail.
    document.to_string().unwrap_or_default()
}

fn test_case(report: &Report, row: &Row) -> TestCase {
    // A kind of failure is told where its smallest payload is.
    let told: Vec<&Failure> = report.failures.iter().filter(|failure| failure.row == row.id).collect();
    let texts: String = told.iter().map(|failure| block(failure, WIDTH)).collect();
    let status = match row.skipped {
        Some(reason) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason);
            status
        }
        None if fails(report, row, &told) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let counts = [(row.lost, "lost"), (row.corrupted, "corrupted"), (row.not_reached, "not reached")];
            let counts: Vec<String> = counts
                .into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{} {what}", count(number, "payload", "payloads")))
                .collect();
            status.set_message(counts.join(", ")).set_type(row.verdict()).set_description(texts.as_str());
            status
        }
        None => TestCaseStatus::success(),
    };
    let is_success = matches!(status, TestCaseStatus::Success { .. });
    let mut test_case = TestCase::new(row.id, status);
    test_case.set_classname(report.mapping);
    if is_success && !texts.is_empty() {
        test_case.set_system_out(texts);
    }
    test_case
}

/// Whether a row fails the run.
fn fails(report: &Report, row: &Row, told: &[&Failure]) -> bool {
    let lost = if row.lost > 0 { Some(row.severity) } else { None };
    let corrupted = if row.corrupted > 0 { Some(Severity::Error) } else { None };
    let told = told.iter().map(|failure| failure.severity);
    row.not_reached > 0 || lost.into_iter().chain(corrupted).chain(told).any(|severity| severity >= report.fail_on)
}
