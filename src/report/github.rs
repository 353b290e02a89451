//! Annotations for GitHub Actions: one workflow command per finding.
//!
//! A payload must not be able to end its command and begin another: [`super::escape`].

mod probe;

use super::Report;
use super::escape::{command_data, command_property, prose, seen};
use super::text::{concerned, cut_both, cut_middle, more_places, subject_of};
use crate::finding::{Finding, Severity};

/// Columns of a value or a pointer; an annotation is a small box.
const WIDTH_OF_VALUES: usize = 240;

/// A line per finding that is not accepted: errors first, since GitHub may not show all.
pub(super) fn render(report: &Report) -> String {
    let mut commands = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let wanted = |finding: &&Finding| finding.accepted.is_none() && finding.severity == severity;
        for finding in report.findings.iter().filter(wanted) {
            commands.push_str(&command(report, finding));
            commands.push('\n');
        }
    }
    commands
}

fn command(report: &Report, finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    if let (Some(probed), Some(evidence)) = (report.probed(), finding.evidence.as_deref()) {
        return probe::command(command, probed, finding, evidence);
    }
    let location = &finding.location;
    let (line, column) = location.line_and_column();
    format!(
        "::{command} file={},line={line},col={column},title={}::{}",
        // A path that a terminal or the runner would obey leads nowhere; no file of a repository has one.
        command_property(&seen(&location.path)),
        command_property(finding.rule),
        command_data(&message(finding)),
    )
}

fn message(finding: &Finding) -> String {
    let mut lines = vec![prose(&finding.message)];
    let mut labelled = |label: &str, text: String| lines.push(format!("{label}: {text}"));
    if let Some(concerned) = concerned(finding) {
        labelled("mapping", concerned);
    }
    if !finding.location.pointer.is_empty() {
        let pointer = cut_middle(&finding.location.pointer, WIDTH_OF_VALUES);
        labelled("pointer", pointer + &more_places(finding));
    }
    let (before, after) = (finding.before.as_deref(), finding.after.as_deref());
    let either = before.or(after).unwrap_or_default();
    let (cut_before, cut_after) = cut_both(before.unwrap_or(either), after.unwrap_or(either), WIDTH_OF_VALUES);
    if before.is_some() {
        labelled("before", cut_before);
    }
    if after.is_some() {
        labelled("after", cut_after);
    }
    if let Some(subject) = finding.subject.as_deref() {
        labelled("class", subject_of(subject));
        if let Some(earlier) = &subject.earlier {
            labelled("was at", seen(&earlier.to_string()));
        }
    }
    labelled("breaks", prose(&finding.breaks));
    labelled("fix", prose(&finding.fix));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;

    fn finding(severity: Severity, message: &str) -> Finding {
        Finding::new("layout-drift", severity, Location::file("fixtures/a.json"))
            .mapping("orders-summary")
            .case("typical3")
            .pattern(String::new())
            .message(message.to_owned())
            .breaks("the UI")
            .fix("say so")
    }

    fn rendered(findings: Vec<Finding>) -> String {
        render(&Report { findings, ..Report::new(Severity::Error) })
    }

    #[test]
    fn a_command_is_one_line_with_every_part() {
        let mut finding = finding(Severity::Error, "100% wrong");
        finding.location.path = "fixtures/a,b:c.json".to_owned();
        finding.location = finding.location.with_pointer("/list/0", "/list/*");
        finding.places = 3;
        finding.before = Some("1\n2".to_owned());
        finding.after = Some("1,2".to_owned());
        assert_eq!(
            rendered(vec![finding]),
            "::error file=fixtures/a%2Cb%3Ac.json,line=1,col=1,title=layout-drift::100%25 wrong\
             %0Amapping: orders-summary, case typical3%0Apointer: /list/0 (and 2 more places)\
             %0Abefore: 1␊2%0Aafter: 1,2%0Abreaks: the UI%0Afix: say so\n"
        );
    }

    #[test]
    fn errors_come_first_and_accepted_findings_not_at_all() {
        let mut accepted = finding(Severity::Error, "known");
        accepted.accepted = Some("documented".to_owned());
        let findings = vec![
            finding(Severity::Note, "n"),
            finding(Severity::Warning, "w1"),
            accepted,
            finding(Severity::Error, "e"),
            finding(Severity::Warning, "w2"),
        ];
        let text = rendered(findings);
        let heads: Vec<&str> = text.lines().map(|line| line.split("%0A").next().unwrap()).collect();
        let head = |command: &str, message: &str| {
            format!("::{command} file=fixtures/a.json,line=1,col=1,title=layout-drift::{message}")
        };
        let expected = [head("error", "e"), head("warning", "w1"), head("warning", "w2"), head("notice", "n")];
        assert_eq!(heads, expected);
    }

    #[test]
    fn a_payload_ends_no_command() {
        let mut finding = finding(Severity::Error, "x\n::error::forged");
        finding.before = Some("\r\n::set-output name=a::b\n##[command]c".to_owned());
        finding.location.path = "a\n::error::forged".to_owned();
        let text = rendered(vec![finding]);
        assert_eq!(text.lines().count(), 1);
        assert!(!text.contains('\r') && !text.contains("##["), "{text}");
    }

    #[test]
    fn one_value_alone_is_shown_alone() {
        let mut finding = finding(Severity::Warning, "x");
        finding.after = Some("y".repeat(5000));
        let text = rendered(vec![finding]);
        assert!(!text.contains("before:"));
        assert!(text.contains(&format!("after: {}…%0A", "y".repeat(WIDTH_OF_VALUES - 1))), "{text}");
    }
}
