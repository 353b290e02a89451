//! The reports of a probe: what fails a run, and texts that could end a cell, an annotation or a line.

use std::sync::Arc;

use dtogate::finding::{FailureKind, Severity};
use dtogate::probe::{Failure, Note, Report, Row};
use dtogate::report::{self, Format, Options};

/// The bytes of a report in a format, as the command line writes them.
fn render(report: &Report, format: Format, width: usize) -> String {
    let options = Options { width, color: false, acceptances: false };
    let rendered = report::render(&report::Report::from(report.clone()), format, &options);
    rendered.primary + rendered.human.as_deref().unwrap_or_default()
}

fn report(severity: Severity) -> Report {
    let row = Row {
        id: "as-sent",
        summary: "x",
        severity,
        not_run: None,
        ok: 1,
        lost: 1,
        corrupted: 0,
        skipped: 0,
        accepted: 0,
        did_not_run: 0,
        not_reached: 0,
    };
    let failure = Failure {
        rule: "unexpected-output",
        severity,
        kind: FailureKind::Lost,
        count: 1,
        row: "as-sent",
        case: "a|b`c".to_owned(),
        path: None,
        reason: "100%\nof a|b\u{202e}".to_owned(),
        pointer: String::new(),
        places: [("as-sent", String::new())].into(),
        sent: "{}".to_owned(),
        sent_at: None,
        further: Arc::from([]),
        got: None,
        got_at: None,
        stderr: "warned".to_owned(),
        saved: Some("out/x.json".to_owned()),
        accepted: None,
    };
    Report {
        mapping: "m",
        command: "sed 's/`|/x/'".to_owned(),
        cases: 1,
        embedded: false,
        left_out: vec![],
        accepted_in: Some("accepted.toml".to_owned()),
        rows: vec![row],
        failures: vec![failure],
        notes: vec![],
        fail_on: Severity::Error,
    }
}

#[test]
fn awkward_texts_end_no_cell_and_no_command() {
    let markdown = render(&report(Severity::Warning), Format::Markdown, 100);
    assert!(markdown.starts_with("`m` through ``sed 's/`\\|/x/'``\n"), "{markdown}");
    let line = markdown.lines().find(|line| line.starts_with("| warning: lost")).unwrap();
    assert!(line.contains("| ``a\\|b`c`` in as-sent |") && line.ends_with(" |"), "{line}");
    for (severity, word) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "notice")] {
        let github = render(&report(severity), Format::Github, 100);
        let first = github.lines().next().unwrap();
        assert!(first.starts_with(&format!("::{word} title=unexpected-output::m through ")), "{first}");
        assert!(first.contains("%0Asmallest: ") && first.contains("100%25"), "{first}");
    }
    let human = render(&report(Severity::Warning), Format::Human, 100);
    assert!(human.contains("\n  = saved: out/x.json\n") && human.contains("\n  = stderr:\n    warned\n"), "{human}");
    let json = render(&report(Severity::Warning), Format::Json, 100);
    assert!(!json.contains('\u{202e}') && json.contains("\\u202e"), "{json}");
}

#[test]
fn what_fails_a_run() {
    let failed = |change: fn(&mut Report)| {
        let mut report = report(Severity::Warning);
        change(&mut report);
        (
            report::Report::from(report.clone()).failed(),
            render(&report, Format::Human, 100).lines().last().unwrap().to_owned(),
        )
    };
    assert!(!failed(|_| ()).0, "a warning");
    assert!(failed(|report| report.fail_on = Severity::Warning).0);
    let (is_failed, line) = failed(|report| report.rows[0].not_reached = 2);
    assert!(is_failed && line.starts_with("FAIL: ") && line.contains(", 2 not reached;"), "{line}");
    let note = |report: &mut Report| {
        report.failures.clear();
        report.notes.push(Note { tolerance: "a".to_owned(), payloads: 1, at: vec![] });
    };
    assert!(!failed(note).0);
    assert!(
        failed(|report| {
            report.failures.clear();
            report.notes.push(Note { tolerance: "a".to_owned(), payloads: 1, at: vec![] });
            report.fail_on = Severity::Note;
        })
        .0
    );
}
