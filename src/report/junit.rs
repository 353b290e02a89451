//! The report for CI servers: JUnit XML, a test suite per mapping and a test case per case.
//!
//! Nothing in it says when or where it was written, so that the same run gives the same bytes. All text goes through
//! [`seen`] or the human report, which leave no character that XML does not allow; what they did leave quick-junit
//! would drop without a word.

mod probe;

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use super::escape::{prose, seen};
use super::human::shown;
use super::{CaseResult, Compared, Options, Report, Verdict};
use crate::finding::Finding;

/// The suite of what concerns no mapping, and the name of the whole report.
const NAME: &str = env!("CARGO_PKG_NAME");

/// Columns of the human blocks: the document must not depend on who looks at a terminal meanwhile.
const OPTIONS: Options = Options { width: 120, color: false, acceptances: true };

/// The document: the suites in the order of the cases, each with its cases and then the findings that have none.
pub(super) fn render(report: &Report) -> String {
    if let Some(probed) = report.probed() {
        return probe::render(report, probed);
    }
    if let Some(compared) = report.compared() {
        return of_comparison(report, compared);
    }
    let mut suites: Vec<TestSuite> = Vec::new();
    let (own, others) = report.by_case();
    for (case, own) in report.cases.iter().zip(own) {
        suite(&mut suites, &case.mapping).add_test_case(of_case(report, case, &own));
    }
    for finding in others {
        let mapping = if finding.mapping.is_empty() { NAME } else { &finding.mapping };
        suite(&mut suites, mapping).add_test_case(of_finding(report, finding));
    }
    let mut document = quick_junit::Report::new(NAME);
    document.add_test_suites(suites);
    // Only writing to the string could fail.
    document.to_string().unwrap_or_default()
}

/// A suite for the comparison: a test case for each finding, and one for the whole, so that it is never empty.
fn of_comparison(report: &Report, compared: &Compared) -> String {
    let mut suite = TestSuite::new(seen(&format!("{} {}..{}", compared.verb, compared.before, compared.after)));
    suite.add_test_case(test_case(report, "what is on a wire".to_owned(), (NAME, ""), &[]));
    suite.add_test_cases(report.findings.iter().map(|finding| of_finding(report, finding)));
    let mut document = quick_junit::Report::new(NAME);
    document.add_test_suite(suite);
    // Only writing to the string could fail.
    document.to_string().unwrap_or_default()
}

/// The suite of that name, made where there is none yet.
fn suite<'s>(suites: &'s mut Vec<TestSuite>, name: &str) -> &'s mut TestSuite {
    let name = seen(name);
    let at = suites.iter().position(|suite| suite.name.as_str() == name).unwrap_or_else(|| {
        suites.push(TestSuite::new(name));
        suites.len() - 1
    });
    &mut suites[at]
}

fn of_case(report: &Report, case: &CaseResult, own: &[&Finding]) -> TestCase {
    let CaseResult { mapping, case, kind, path, verdict, rules } = case;
    let name = format!("{}/{}", kind.name(), seen(case));
    let mut test_case = test_case(report, name, (mapping, path), own);
    if *verdict != Verdict::Pass {
        test_case.add_property(Property::new("verdict", verdict.name()));
    }
    if !rules.is_empty() {
        let rules: Vec<&str> = rules.iter().copied().collect();
        test_case.add_property(Property::new("rules", rules.join(", ")));
    }
    test_case
}

/// A finding about a file that is no case's, such as a stray file or a stale acceptance.
fn of_finding(report: &Report, finding: &Finding) -> TestCase {
    let mapping = if finding.mapping.is_empty() { NAME } else { &finding.mapping };
    // The pointer, where there is one, and not the line: a name stays the same when the file grows, and no two findings of
    // a file have one name.
    let place = match (finding.pattern.as_str(), finding.subject.as_deref()) {
        (_, Some(subject)) => format!("{} {}", subject.class, subject.key),
        ("", None) => finding.location.to_string(),
        (pattern, None) => format!("{} {pattern}", finding.location.path),
    };
    let name = format!("{} {}", finding.rule, seen(&place));
    test_case(report, name, (mapping, &finding.location.path), &[finding])
}

/// A test case with what was found: what fails the run is its failure, all else its output.
fn test_case(report: &Report, name: String, (mapping, path): (&str, &str), found: &[&Finding]) -> TestCase {
    let (failing, other): (Vec<&Finding>, Vec<&Finding>) = found.iter().partition(|finding| report.fails(finding));
    let texts = |findings: &[&Finding]| {
        let texts: Vec<String> = findings.iter().map(|finding| shown(finding, report.fail_on, &OPTIONS)).collect();
        texts.join("\n")
    };
    let status = match failing.as_slice() {
        [] => TestCaseStatus::success(),
        [first, more @ ..] => {
            // The format has one failure per test case.
            let more = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(prose(&first.message) + &more).set_type(first.rule).set_description(texts(&failing));
            status
        }
    };
    let mut test_case = TestCase::new(name, status);
    test_case.set_classname(seen(mapping));
    // Where GitLab and others look for the file that a test case is about.
    test_case.extra.insert("file".into(), seen(path).into());
    if !other.is_empty() {
        test_case.set_system_out(texts(&other));
    }
    test_case
}
