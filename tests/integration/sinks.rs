//! Every sink is safe: what a terminal obeys, a reader cannot see or GitHub takes for a command reaches none of them.

use std::sync::Arc;

use clap::ValueEnum;
use dtogate::cli::error_line;
use dtogate::error::Error;
use dtogate::finding::{CaseKind, FailureKind, Finding, Location, Severity, Subject, Text};
use dtogate::pointer::Pointer;
use dtogate::probe::{self, Failure, Note, Row};
use dtogate::report::escape::seen;
use dtogate::report::{CaseResult, Compared, Format, Options, Report, Verb, Verdict, render};

use crate::binary::{self, run};

/// What a name, a value or a mapper's standard error may hold; the first begins a line with a command.
const HOSTILE: &[&str] = &[
    "::error::forged",
    " \t::set-output name=x::forged",
    "a\n::error::forged\r\n##[error]forged",
    "\u{1B}]0;title\u{7}\u{1B}[31mred",
    "\u{9B}31m\u{85}\u{90}",
    "\u{202E}dlrow\u{2066}\u{200F}\u{61C}",
    "a\u{200B}b\u{FEFF}c\u{AD}",
    "a\u{2028}b\u{2029}c\0\u{7F}",
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u{202E}",
    "]]>\"><svg onload='alert(3)'>&#x1B;\u{1B}[2J",
    "[x](javascript:alert(4)) ![y](https://example.org/z.png)\n| ::error::forged | <!-- {0} {{x}} ${{ github.token }}\u{202E}",
];

/// What is wrong with a text of lines: characters that do something, and lines that the runner obeys
/// (`ActionCommand.cs`: `::` at the beginning of a trimmed line, `##[` anywhere).
fn wrong(text: &str) -> Vec<String> {
    let is_raw = |character: char| {
        character.is_control() && character != '\n'
            || matches!(character, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
            || matches!(character, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    let raw = text.chars().filter(|&character| is_raw(character)).map(|character| format!("raw {character:?}"));
    let is_command = |line: &&str| line.trim_start().starts_with("::") || line.contains("##[");
    raw.chain(text.lines().filter(is_command).map(str::to_owned)).collect()
}

/// The texts of a JSON document, each with its key, but for the rules' own, which are ours.
fn texts<'v>(key: &'v str, value: &'v serde_json::Value) -> Vec<(&'v str, &'v str)> {
    match value {
        serde_json::Value::String(text) => vec![(key, text)],
        serde_json::Value::Array(items) => items.iter().flat_map(|item| texts(key, item)).collect(),
        serde_json::Value::Object(members) => {
            members.iter().filter(|(key, _)| *key != "rules").flat_map(|(key, value)| texts(key, value)).collect()
        }
        _ => vec![],
    }
}

/// What is wrong with a text that a page shows: characters that do something; in a message of SARIF, links.
fn wrong_in_a_text((key, text): (&str, &str)) -> Vec<String> {
    let is_link = key == "text" && text.replace("\\]", "").contains("](");
    let link = is_link.then(|| format!("a link in {text:?}"));
    wrong(text).into_iter().filter(|found| found.starts_with("raw ")).chain(link).collect()
}

/// A report of a check in which every text from outside is the hostile one.
pub(crate) fn of_check(hostile: &str) -> Report {
    let text = Text::from(format!("{{\"{hostile}\": 1}}"));
    let location =
        Location::in_text(format!("fixtures/{hostile}.json"), &Pointer::ROOT.key(hostile), &text, 1..text.len());
    let found = Finding::new("layout-drift", Severity::Error, location).mapping(hostile).case(hostile).message(hostile);
    let found = found.before(hostile.to_owned()).after(format!("{hostile}!")).breaks(hostile).fix(hostile);
    let line = Finding { severity: Severity::Note, ..found.clone() };
    let accepted = Finding { accepted: Some(hostile.to_owned()), ..found.clone() };
    let case = CaseResult {
        mapping: hostile.to_owned(),
        case: hostile.to_owned(),
        kind: CaseKind::Valid,
        path: format!("fixtures/{hostile}.json"),
        verdict: Verdict::Failed,
        rules: Default::default(),
    };
    Report { findings: vec![found, line, accepted], cases: vec![case], ..Report::new(Severity::Error) }
}

/// The same of a probe.
pub(crate) fn of_probe(hostile: &str) -> Report {
    let (ok, lost, corrupted, skipped, did_not_run, not_reached) = (0, 1, 0, 0, 1, 1);
    let row = Row {
        id: "as-sent",
        summary: "x",
        severity: Severity::Error,
        not_run: None,
        ok,
        lost,
        corrupted,
        skipped,
        accepted: 0,
        did_not_run,
        not_reached,
    };
    let failure = Failure {
        rule: "unexpected-output",
        severity: Severity::Error,
        kind: FailureKind::Lost,
        count: 1,
        row: "as-sent",
        case: hostile.to_owned(),
        path: Some(format!("fixtures/{hostile}.json")),
        reason: hostile.to_owned(),
        pointer: hostile.to_owned(),
        places: [("as-sent", hostile.to_owned())].into(),
        sent: hostile.to_owned(),
        sent_at: Some(0..1),
        further: Arc::from([]),
        got: Some(hostile.to_owned()),
        got_at: Some(0..1),
        stderr: hostile.to_owned(),
        saved: Some(hostile.to_owned()),
        accepted: None,
    };
    let note = Note { tolerance: "x".to_owned(), payloads: 1, at: vec![hostile.to_owned()] };
    Report::from(probe::Report {
        mapping: "orders",
        command: hostile.to_owned(),
        cases: 1,
        embedded: false,
        left_out: vec![hostile.to_owned()],
        accepted_in: Some(hostile.to_owned()),
        rows: vec![row],
        failures: vec![failure],
        notes: vec![note],
        fail_on: Severity::Error,
    })
}

/// The same of a comparison of sources.
pub(crate) fn of_comparison(hostile: &str) -> Report {
    let text = Text::from(format!("class A {{\n  {hostile}\n}}"));
    let place =
        |path: &str| Location::in_text(format!("{path}/{hostile}.java"), &Pointer::ROOT, &text, 2..text.len() - 1);
    let (class, key) = (format!("{hostile}.java#{hostile}"), hostile.to_owned());
    let subject = Subject { class, key, earlier: Some(place("before")), is_gone: false };
    let found = Finding::new("key-removed", Severity::Error, place("after")).subject(subject).message(hostile);
    let found = found.before(hostile.to_owned()).after(format!("{hostile}!")).breaks(hostile).fix(hostile);
    let accepted = Finding { accepted: Some(hostile.to_owned()), ..found.clone() };
    let compared = Compared {
        verb: "diff",
        before: hostile.to_owned(),
        after: hostile.to_owned(),
        classes: 1,
        remarks: vec![hostile.to_owned()],
    };
    let verb = Verb::Compare(Box::new(compared));
    Report { findings: vec![found, accepted], verb, ..Report::new(Severity::Error) }
}

#[test]
fn no_format_lets_anything_through() {
    for hostile in HOSTILE {
        assert!(!wrong(hostile).is_empty(), "{hostile:?} is not hostile");
        let reports = [of_check(hostile), of_probe(hostile), of_comparison(hostile)];
        for (verb, report) in ["check", "probe", "diff"].into_iter().zip(reports) {
            for &format in Format::value_variants() {
                for width in [40, 100] {
                    let options = Options { width, color: false, acceptances: true };
                    let rendered = render(&report, format, &options);
                    let mut found = wrong(&rendered.primary);
                    if format == Format::Sarif || format == Format::Gitlab {
                        // What a program decodes is safe too: it shows the texts as they are.
                        let value: serde_json::Value = serde_json::from_str(&rendered.primary).unwrap();
                        found.extend(texts("", &value).into_iter().flat_map(wrong_in_a_text));
                    }
                    if format == Format::Github {
                        // Its own commands are what it is for: one for each finding that is not accepted.
                        let open = report.findings.iter().filter(|finding| finding.accepted.is_none()).count();
                        assert_eq!(rendered.primary.lines().count(), open, "{verb}, {hostile:?}");
                        found.retain(|line| !line.starts_with("::error ") && !line.starts_with("::notice "));
                    }
                    found.extend(rendered.human.as_deref().map(wrong).unwrap_or_default());
                    assert_eq!(found, Vec::<String>::new(), "{verb} as {format:?}, {hostile:?}");
                }
            }
        }
    }
}

#[test]
fn no_message_on_standard_error_lets_anything_through() {
    for hostile in HOSTILE {
        let errors = [
            Error::Usage(hostile.to_string()),
            Error::Directory { path: hostile.to_string() },
            Error::Unknown { kind: "mapping", name: "x".to_owned(), known: vec![hostile.to_string()] },
            Error::Acceptances { place: hostile.to_string(), message: hostile.to_string() },
        ];
        for error in errors {
            let line = error_line(&error);
            assert_eq!((wrong(&line), line.lines().count()), (vec![], 1), "{line:?}");
        }
        assert_eq!(wrong(&seen(hostile)), Vec::<String>::new());
    }
}

/// Through the built binary: the name of a file that is not there, and of one that is no JSON.
#[cfg(unix)]
#[test]
fn no_file_name_reaches_standard_error_raw() {
    let folder = binary::root();
    let name = "a\n::error::\u{1B}[31m##[error]\u{202E}.json";
    for verb in [&["map", "doctors-summary", name][..], &["check", "--mapping", "doctors-summary", name]] {
        let ran = run(folder.path(), verb);
        assert_eq!((ran.code, wrong(&ran.stderr)), (2, vec![]), "{ran:?}");
    }
    std::fs::write(folder.path().join(name), "{").unwrap();
    let ran = run(folder.path(), &["map", "doctors-summary", name]);
    assert_eq!((ran.code, wrong(&ran.stderr)), (1, vec![]), "{ran:?}");
}
