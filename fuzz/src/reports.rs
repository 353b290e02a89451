//! The report writers: whatever stands in a finding, each format is text that does nothing, and the structured ones parse.

use dtogate::finding::{CaseKind, Finding, Location, Severity, Stage, Text};
use dtogate::pointer::Pointer;
use dtogate::report::{CaseResult, Format, Options, Report, Verdict, render};

/// Four texts, a line feed between two: the name of a case, a key, a message, a value. The last may have more lines.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.splitn(4, '\n');
    let [name, key, message, value] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let document = Text::from(value);
    let path = format!("fixtures/{name}.json");
    let location = Location::in_text(path.clone(), &Pointer::ROOT.key(key), &document, 0..document.len().min(1));
    let found = Finding::new("layout-drift", Severity::Error, location)
        .stage(Stage::Read)
        .mapping("orders")
        .case(name)
        .payload(path.clone())
        .message(message)
        .before(value.to_owned())
        .after(message.to_owned())
        .breaks(key)
        .fix(message);
    let case = CaseResult {
        mapping: "orders".to_owned(),
        case: name.to_owned(),
        kind: CaseKind::Payload,
        path,
        verdict: Verdict::Failed,
        rules: Default::default(),
    };
    let accepted = Finding { accepted: Some(value.to_owned()), ..found.clone() };
    let report = Report { findings: vec![found, accepted], cases: vec![case], ..Report::new(Severity::Error) };
    for width in [1, 40, 120] {
        let options = Options { width, color: false, acceptances: true };
        let for_people = [Format::Human, Format::Markdown, Format::Github, Format::Html];
        let for_programs = [Format::Json, Format::Junit, Format::Sarif, Format::Gitlab];
        for format in for_people.into_iter().chain(for_programs) {
            let rendered = render(&report, format, &options);
            assert_eq!(rendered, render(&report, format, &options), "{format:?} at {width}");
            for text in std::iter::once(&rendered.primary).chain(&rendered.human) {
                let raw = text.chars().find(|character| character.is_control() && *character != '\n');
                assert_eq!(raw, None, "{format:?} at {width}");
            }
            if format == Format::Json {
                let read: serde_json::Value = serde_json::from_str(&rendered.primary).expect("the report is JSON");
                assert_eq!(read["findings"][0]["message"], message);
            }
        }
    }
}
