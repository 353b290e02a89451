//! Every report format on the same sample.

use std::collections::BTreeSet;

use dtogate::finding::{CaseKind, Finding, Location, Severity, Stage, Text};
use dtogate::gate::{WireChoice, check_payloads};
use dtogate::report::{self, CaseResult, Format, Options, Rendered, Report, Verdict, render};
use dtogate::tis::CATALOGUE;
use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::snapshots;
use crate::trees::{OPTIONS as RUN, Tree};

const OPTIONS: Options = Options { width: 100, color: false, acceptances: true };

/// What a terminal, a reader's eye or GitHub would fall for.
const HOSTILE: &str = "\u{1B}[31m\r\n::error::forged\n##[error]forged\u{202E}\u{2066}\u{200B}\t\u{7F}";

fn finding(rule: &'static str, severity: Severity, case: &str, location: Location) -> Finding {
    // An expectation lies beside its payload.
    let payload = location.path.replace(".expected.json", ".json");
    let found = Finding::new(rule, severity, location).mapping("doctors-summary").case(case);
    if case.is_empty() { found } else { found.stage(Stage::Read).payload(payload) }
}

/// The place of `needle` in a text.
fn place(path: &str, pointer: &str, text: &str, needle: &str) -> Location {
    let start = text.find(needle).expect("the needle is in the text");
    Location::in_text(path, &pointer.into(), &Text::from(text), start..start + needle.len())
}

fn date_as_array() -> Finding {
    let text = "{\n  \"traineeInfo\" : [ {\n    \"gmcReferenceNumber\" : \"7000001\",\n    \
                \"submissionDate\" : [ 2023, 12, 8 ],\n    \"admin\" : null\n  } ],\n  \"countTotal\" : 1\n}";
    let path = "fixtures/doctors-summary/valid/typical3.json";
    let location = place(path, "/traineeInfo/0/submissionDate", text, "[ 2023, 12, 8 ]");
    finding("date-form-drift", Severity::Error, "typical3", location)
        .places(3)
        .message("date is an array, promised is text")
        .before("\"2023-12-08\"".to_owned())
        .after("[ 2023, 12, 8 ]".to_owned())
        .breaks(
            "tis-revalidation-connection: its reader has no pattern for arrays and refuses the whole page, so \
                 that the list of doctors is empty",
        )
        .fix(
            "register JavaTimeModule with WRITE_DATES_AS_TIMESTAMPS switched off in the service that writes this \
              payload",
        )
}

fn compact_line() -> Finding {
    let item = r#"{"gmcReferenceNumber":"7000002","doctorFirstName":"Zoë","doctorLastName":"Müller-田中"},"#;
    let text = format!("{{\"traineeInfo\":[{}{{\"sanktion\":\"no\"}}],\"countTotal\":121}}", item.repeat(120));
    let path = "fixtures/doctors-summary/valid/twenty@explicit_bean.json";
    let location = place(path, "/traineeInfo/120/sanktion", &text, "\"sanktion\"");
    let page = |key: &str| format!("{{\"traineeInfo\":[{}{{\"{key}\":\"no\"}}]}}", item.repeat(120));
    finding("key-set-drift", Severity::Error, "twenty@explicit_bean", location)
        .message("key `sanktion` appeared and `sanction` is gone: likely a rename")
        .before(page("sanction"))
        .after(page("sanktion"))
        .breaks("the UI shows no sanction")
        .fix("rename the key back, or give the reader an alias first")
}

fn windows_lines() -> Finding {
    let text = "{\r\n\t\"countTotal\" : 1,\r\n\t\"totalPages\" : 1\r\n}\r\n";
    let location = place("payloads/crlf.json", "", text, "\r\n\t\"countTotal\"");
    finding("layout-drift", Severity::Note, "crlf", location)
        .message("line ends are CR LF, promised LF")
        .breaks("nobody who reads JSON")
        .fix("write the payload in binary mode")
}

fn hostile() -> Finding {
    let text = format!("{{\n  \"name\" : \"{HOSTILE}\",\n  \"gmc{HOSTILE}\" : 1\n}}");
    let path = format!("payloads/{HOSTILE}.json");
    let location = place(&path, &format!("/gmc{HOSTILE}/0"), &text, "##[error]forged");
    finding("spelling-sensitive", Severity::Warning, HOSTILE, location)
        .message(format!("key is {HOSTILE}"))
        .before(HOSTILE.to_owned())
        .after(format!("{HOSTILE}{}", "\u{202E}".repeat(400)))
        .breaks(format!("a reader of this line, which is long enough to be broken, {HOSTILE} {HOSTILE} {HOSTILE}"))
        .fix(HOSTILE.to_owned())
        .mapping(HOSTILE.to_owned())
}

fn accepted(location: Location, reason: &str) -> Finding {
    let mut found = finding("round-trip-loss", Severity::Warning, "nano9", location)
        .message("the reader drops it")
        .before("\"2023-12-08T10:15:30.123456789\"".to_owned())
        .after("\"2023-12-08T10:15:30.123\"".to_owned())
        .breaks("ordering of the log")
        .fix("keep the digits")
        .mapping("connection-log");
    found.accepted = Some(reason.to_owned());
    found
}

fn case(mapping: &str, case: &str, kind: CaseKind, verdict: Verdict, rules: &[&'static str]) -> CaseResult {
    let folder = match kind {
        CaseKind::Payload => "payloads".to_owned(),
        kind => format!("fixtures/{mapping}/{}", kind.name()),
    };
    let path = format!("{folder}/{case}.json");
    let rules = rules.iter().copied().collect::<BTreeSet<_>>();
    CaseResult { mapping: mapping.to_owned(), case: case.to_owned(), kind, path, verdict, rules }
}

pub(crate) fn sample() -> Report {
    let missing = finding(
        "missing-expectation",
        Severity::Error,
        "single",
        Location::file("fixtures/doctors-summary/valid/single.json"),
    )
    .message("no expected file")
    .breaks("this gate: nothing says what the mapping shall emit")
    .fix("review `dtogate map doctors-summary fixtures/doctors-summary/valid/single.json` and save it");
    let warning = finding(
        "stale-acceptance",
        Severity::Warning,
        "",
        place("fixtures/accepted.toml", "", "[[accepted]]\nuntil = 2024-01-01\n", "2024-01-01"),
    )
    .mapping("")
    .message("expires in 3 days")
    .breaks("this gate, once it has expired")
    .fix("repair the defect, or extend `until` with fresh evidence");
    let log = place("fixtures/connection-log/valid/nano9.json", "/requestTime", "{\"requestTime\":1}", "1}");
    let reason = "Connection keeps milliseconds only: its column is timestamp(3), see V12__log.sql";
    let shown_twice = accepted(log, reason).places(2);
    let hostile_accepted = accepted(Location::file(format!("payloads/{HOSTILE}")), HOSTILE);
    Report {
        findings: vec![
            warning,
            shown_twice,
            missing,
            compact_line(),
            date_as_array(),
            hostile_accepted,
            windows_lines(),
            hostile(),
        ],
        cases: vec![
            case("connection-log", "nano9", CaseKind::Valid, Verdict::Accepted, &["round-trip-loss"]),
            case("connection-log", "empty", CaseKind::Invalid, Verdict::Refused, &["unreadable-payload"]),
            case("doctors-summary", "single", CaseKind::Valid, Verdict::Failed, &[]),
            case("doctors-summary", "twenty@explicit_bean", CaseKind::Valid, Verdict::Failed, &[]),
            case("doctors-summary", "typical3", CaseKind::Valid, Verdict::Failed, &[]),
            case("doctors-summary", "utf16", CaseKind::Invalid, Verdict::Refused, &["unreadable-payload"]),
            case("doctors-summary", "crlf", CaseKind::Payload, Verdict::Pass, &[]),
        ],
        ..passing()
    }
}

fn passing() -> Report {
    Report::new(Severity::Error)
}

fn primary(report: &Report, format: Format) -> String {
    render(report, format, &OPTIONS).primary
}

/// A snapshot outlives the version.
fn without_version(json: &str) -> String {
    json.replace(concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\""), "\"version\": \"[version]\"")
}

#[test]
fn human() {
    snapshots::assert("reports", "human", &primary(&sample(), Format::Human));
}

#[test]
fn json() {
    snapshots::assert("reports", "json", &without_version(&primary(&sample(), Format::Json)));
}

#[test]
fn github() {
    snapshots::assert("reports", "github", &primary(&sample(), Format::Github));
}

/// A row for each finding, each with its cells, and the verdict.
#[test]
fn markdown() {
    let report = sample();
    let text = primary(&report, Format::Markdown);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    assert_eq!(rows.len(), report.findings.len() + 2, "{text}");
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(rows.iter().all(|row| bars(row) == 7), "{text}");
    assert_eq!(text.lines().last(), primary(&report, Format::Human).lines().last());
}

#[test]
fn junit() {
    snapshots::assert("reports", "junit", &primary(&sample(), Format::Junit));
}

#[test]
fn empty() {
    let show = |(name, format)| {
        let Rendered { primary, human } = render(&passing(), format, &OPTIONS);
        let human = human.map(|human| format!("--- {name}, beside it ---\n{human}")).unwrap_or_default();
        format!("--- {name} ---\n{}{human}", without_version(&primary))
    };
    let formats =
        [("human", Format::Human), ("json", Format::Json), ("github", Format::Github), ("junit", Format::Junit)];
    snapshots::assert("reports", "empty", &formats.map(show).concat());
}

#[test]
fn github_shows_the_human_report_beside_it_and_no_other_format_does() {
    let report = sample();
    assert_eq!(render(&report, Format::Github, &OPTIONS).human, Some(primary(&report, Format::Human)));
    assert_eq!(render(&report, Format::Human, &OPTIONS).human, None);
    assert_eq!(render(&report, Format::Json, &OPTIONS).human, None);
    assert_eq!(render(&report, Format::Markdown, &OPTIONS).human, None);
    assert_eq!(render(&report, Format::Junit, &OPTIONS).human, None);
}

#[test]
fn the_last_line_is_the_verdict() {
    let human = primary(&sample(), Format::Human);
    assert_eq!(
        human.lines().last(),
        Some("FAIL: 7 cases of 2 mappings, 2 refused as expected; 3 errors, 2 warnings, 1 note, 2 accepted")
    );
    assert!(human.ends_with("accepted\n"));
}

/// GitHub's runner obeys a line that begins with `::` when trimmed, and `##[` anywhere in a line
/// (`ActionCommand.cs`, `TryParseV2` and `TryParse`).
fn commands(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.trim_start().starts_with("::") || line.contains("##[")).collect()
}

#[test]
fn hostile_text_is_no_command_and_moves_no_cursor() {
    let report = sample();
    for width in [0, 40, 60, 80, 100, 240] {
        let options = Options { width, color: false, acceptances: true };
        let human = render(&report, Format::Human, &options).primary;
        assert_eq!(commands(&human), [""; 0], "width {width}");
        let raw = |text: &str| {
            let unseen = |c: &char| {
                c.is_control() && *c != '\n'
                    || matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            };
            text.chars().filter(unseen).collect::<String>()
        };
        assert_eq!(raw(&human), "", "width {width}");
        assert_eq!(raw(&render(&report, Format::Json, &options).primary), "");
        assert_eq!(raw(&render(&report, Format::Github, &options).primary), "");
        let junit = render(&report, Format::Junit, &options).primary;
        assert_eq!((raw(&junit).as_str(), commands(&junit)), ("", vec![]), "width {width}");
    }
    assert_eq!(commands(&primary(&report, Format::Json)), [""; 0]);
    // One command per finding that is not accepted; the rest of them stays in its line.
    let github = primary(&report, Format::Github);
    assert_eq!(github.lines().count(), 6);
    assert!(github.lines().all(|line| line.starts_with("::") && !line.contains("##[")), "{github}");
    // The text above is hostile where nothing is done about it.
    assert_eq!(commands(HOSTILE).len(), 2);
}

#[test]
fn lines_from_payloads_keep_to_the_width() {
    let values = ["before: ", "after: ", "pointer: ", "breaks: ", "fix: "];
    for width in [60, 80, 100, 140] {
        for finding in [date_as_array(), compact_line(), windows_lines()] {
            // A note has a block only where it fails the run.
            let report = Report { findings: vec![finding], fail_on: Severity::Note, ..passing() };
            let human = render(&report, Format::Human, &Options { width, color: false, acceptances: true }).primary;
            let of_payload = |line: &&str| {
                let (gutter, _) = line.split_at(line.find(['|', '=']).unwrap_or(0));
                !gutter.is_empty() && gutter.chars().all(|c| c == ' ' || c.is_ascii_digit())
                    || values.iter().any(|value| line.contains(value))
            };
            let lines: Vec<&str> = human.lines().filter(of_payload).collect();
            assert!(lines.len() >= 6, "{human}");
            for line in lines {
                assert!(line.chars().count() <= width, "width {width}: {line}");
            }
        }
    }
}

#[test]
fn the_caret_stands_under_the_key_in_a_line_of_ten_kilobytes() {
    let finding = compact_line();
    let excerpt = finding.location.excerpt().cloned().expect("it has a text");
    assert!(excerpt.text.len() > 10_000 && !excerpt.text.contains('\n'));
    let column = finding.location.line_and_column().1;
    assert!(column < excerpt.span.start, "characters of several bytes stand before it");
    let human = primary(&Report { findings: vec![finding], ..passing() }, Format::Human);
    assert!(human.contains(&format!("twenty@explicit_bean.json:1:{column}\n")), "{human}");
    let lines: Vec<&str> = human.lines().collect();
    let carets = lines.iter().position(|line| line.contains('^')).expect("there is a caret");
    // 田 and 中 fill two columns each.
    let columns = |text: &str| text.chars().map(|c| if c > '\u{2E80}' { 2 } else { 1 }).sum::<usize>();
    let source = lines[carets - 1];
    let key = source.find("\"sanktion\"").expect("the key is shown");
    assert_eq!(lines[carets].find('^'), Some(columns(&source[..key])), "{human}");
    assert_eq!(lines[carets].matches('^').count(), "\"sanktion\"".len());
}

#[test]
fn json_parses_back_with_the_documented_keys() {
    let report = sample();
    let text = primary(&report, Format::Json);
    assert!(text.ends_with("}\n"));
    let json: Value = serde_json::from_str(&text).expect("it is JSON");
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&json), "schema_version tool verdict fail_on counts cases findings");
    assert_eq!(keys(&json["tool"]), "name version");
    assert_eq!(keys(&json["counts"]), "errors warnings notes accepted");
    assert_eq!(keys(&json["cases"][0]), "mapping case kind path verdict rules");
    assert_eq!(
        keys(&json["findings"][0]),
        "rule severity stage mapping case location pattern places message before after breaks fix accepted acceptance"
    );
    assert_eq!(keys(&json["findings"][0]["location"]), "path pointer line column");
    assert_eq!((&json["schema_version"], &json["verdict"]), (&Value::from(1), &Value::from("fail")));
    // Everything arrives as it was, hostile text too.
    let findings = json["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), report.findings.len());
    for (json, finding) in findings.iter().zip(&report.findings) {
        assert_eq!(json["severity"], finding.severity.name());
        assert_eq!(json["message"], finding.message.as_str());
        assert_eq!(json["location"]["path"], finding.location.path.as_str());
        assert_eq!(json["location"]["pointer"], finding.location.pointer.as_str());
        assert_eq!(json["before"].as_str(), finding.before.as_deref());
        assert_eq!(json["accepted"].as_str(), finding.accepted.as_deref());
        assert_eq!(json["acceptance"], finding.acceptance());
    }
}

/// The published schema, and every kind of report by it: made ones, a run over this repository, and the incident.
#[test]
fn the_schema_is_published_and_every_report_is_valid_by_it() {
    let schema = report::json::schema();
    snapshots::assert("reports", "schema", &serde_json::to_string_pretty(&schema).expect("a schema"));
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    let repository = Tree::of_this_repository();
    let mut incident = dtogate::gate::Options { mapping: CATALOGUE.mapping("doctors-summary"), ..RUN };
    incident.wire = Some(WireChoice::parse("explicit_bean", &CATALOGUE).expect("a wire"));
    let payload = repository.path("fixtures/doctors-summary/valid/single.json");
    let incident = check_payloads(&[payload], None, &CATALOGUE, &incident).expect("a report");
    let repository = repository.check(&CATALOGUE);
    assert!(incident.failed() && !repository.failed() && repository.cases.len() > 100);
    for report in [sample(), passing(), repository, incident] {
        let json: Value = serde_json::from_str(&primary(&report, Format::Json)).expect("it is JSON");
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
        // What may be null is there, and the schema says so: without any one field a report is not valid.
        for (pointer, value) in [("", &json), ("/counts", &json["counts"]), ("/findings/0", &json["findings"][0])] {
            for key in value.as_object().into_iter().flat_map(|object| object.keys()) {
                let mut without = json.clone();
                without.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object").remove(key);
                assert!(!validator.is_valid(&without), "{pointer}/{key}");
            }
        }
    }
}

/// What an XML parser would fall for, and what XML does not allow at all.
const XML: &str =
    "</failure></testcase><testcase name=\"forged\"/> ]]> <!-- & &amp; &#0; ' \" \0\u{1B}[31m\u{B}\u{FFFE}\u{FFFF}";

#[test]
fn junit_parses_back_with_every_case_and_finding() {
    let mut report = sample();
    let hostile = finding("layout-drift", Severity::Error, XML, Location::file(format!("payloads/{XML}")))
        .message(XML.to_owned())
        .mapping(XML.to_owned())
        .before(XML.to_owned())
        .breaks(XML.to_owned());
    report.findings.push(Finding { severity: Severity::Warning, ..hostile.clone() });
    report.findings.push(hostile);
    report.cases.push(CaseResult {
        path: format!("payloads/{XML}"),
        ..case(XML, XML, CaseKind::Payload, Verdict::Failed, &[])
    });
    let text = primary(&report, Format::Junit);
    let parsed = quick_junit::Report::deserialize_from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert!(parsed.timestamp.is_none() && parsed.uuid.is_none() && parsed.time.is_none());
    let cases = || parsed.test_suites.iter().flat_map(|suite| &suite.test_cases);
    let without_case = report.by_case().1.len();
    assert_eq!((parsed.tests, without_case), (report.cases.len() + without_case, 3));
    assert_eq!(cases().count(), parsed.tests);
    // Each finding stands in exactly one case, as the human report shows it, whatever its text is.
    let all: String = cases()
        .map(|case| {
            let failure = match &case.status {
                quick_junit::TestCaseStatus::NonSuccess { description, .. } => description.as_deref(),
                _ => None,
            };
            format!("{}\n{}\n", failure.unwrap_or_default(), case.system_out.as_deref().unwrap_or_default())
        })
        .collect();
    for word in ["error", "warning", "note", "accepted"] {
        let heads = |text: &str| text.lines().filter(|line| line.starts_with(&format!("{word}["))).count();
        assert_eq!(heads(&all), heads(&primary(&report, Format::Human)), "{word}: {all}");
    }
    let failing = report.cases.iter().filter(|case| case.verdict == Verdict::Failed).count();
    assert_eq!((parsed.failures, parsed.errors, parsed.skipped), (failing, 0, 0));
    let names: Vec<&str> = cases().map(|case| case.name.as_str()).collect();
    assert!(names.contains(&"valid/typical3") && names.contains(&"invalid/empty") && !names.contains(&"forged"));
    assert!(all.contains("</failure></testcase><testcase name=\"forged\"/> ]]> <!-- & &amp; &#0;"), "{all}");
    assert!(all.contains("␀␛[31m␋<U+FFFE><U+FFFF>"), "{all}");
}
