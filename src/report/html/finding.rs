//! A finding on the page.

use super::marked::{Part, around, marked};
use crate::finding::{Evidence, Finding, Location, REASON, Subject};
use crate::report::Report;
use crate::report::escape::{prose, seen};
use crate::report::human::escaped_toml;
use crate::report::text::excerpt::{Window, window};
use crate::report::text::{count, cut_middle, more_places};

/// Columns of a value, and of a line of a source.
const WIDTH: usize = 1_200;

/// The same where there are many findings: a page of a thousand must stay one that opens at once.
const WIDTH_OF_MANY: usize = 160;

/// From how many on they are many.
const MANY: usize = 200;

/// How many lines of a mapper's standard error are shown from its beginning, and as many from its end.
const LINES: usize = 12;

/// How many entries to paste are shown.
const MOST_ENTRIES: usize = 20;

/// All that is shown of a finding; every text is safe for any sink but the page itself.
pub(super) struct View {
    pub(super) id: usize,
    pub(super) class: &'static str,
    pub(super) word: &'static str,
    pub(super) rule: &'static str,
    pub(super) mapping: String,
    pub(super) message: String,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) lines: Vec<Line>,
    pub(super) values: Option<Values>,
    pub(super) breaks: String,
    pub(super) fix: String,
    pub(super) accepted: Option<String>,
    pub(super) acceptance: String,
    pub(super) accepted_in: String,
    pub(super) stderr: String,
}

/// A line of a file with what is meant in it.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) number: usize,
    pub(super) head: String,
    pub(super) mark: String,
    pub(super) tail: String,
}

/// Two values to be compared.
pub(super) struct Values {
    pub(super) names: [&'static str; 2],
    pub(super) before: Option<Vec<Part>>,
    pub(super) after: Option<Vec<Part>>,
}

impl View {
    pub(super) fn new(report: &Report, id: usize, finding: &Finding) -> Self {
        let width = if report.findings.len() > MANY { WIDTH_OF_MANY } else { WIDTH };
        let Finding { rule, severity, mapping, message, breaks, fix, accepted, location, .. } = finding;
        let word = if accepted.is_some() { "accepted" } else { severity.name() };
        View {
            id,
            class: word,
            word,
            rule,
            mapping: seen(mapping),
            // The end of a long message says as much as its beginning.
            message: cut_middle(&prose(message), 2 * width),
            facts: facts(finding),
            // One that is in no file has no line.
            lines: if location.path.is_empty() { Vec::new() } else { lines(finding, width) },
            values: values(finding, width),
            breaks: prose(breaks),
            fix: prose(fix),
            accepted: accepted.as_deref().map(prose),
            acceptance: if finding.offers_acceptance() { acceptance(finding) } else { String::new() },
            accepted_in: report
                .probed()
                .and_then(|it| it.accepted_in.as_deref())
                .map_or_else(|| finding.accepted_in().to_owned(), seen),
            stderr: finding.evidence.as_deref().map(|it| stderr(&it.stderr)).unwrap_or_default(),
        }
    }
}

fn facts(finding: &Finding) -> Vec<(&'static str, String)> {
    let Finding { case, location, subject, evidence, .. } = finding;
    let mut facts = Vec::new();
    let mut fact = |name: &'static str, value: String| {
        if !value.is_empty() {
            facts.push((name, value));
        }
    };
    fact("case", seen(case));
    if let Some(Subject { class, key, .. }) = subject.as_deref() {
        fact("class", seen(class));
        fact("key", seen(key));
    }
    if let Some(earlier) = subject.as_deref().and_then(|subject| subject.earlier.as_ref()) {
        fact("was at", seen(&earlier.to_string()));
    }
    if let Some(Evidence { kind, variation, further, saved, .. }) = evidence.as_deref() {
        let payloads = count(finding.places, "payload", "payloads");
        fact("failure", format!("{kind}, {payloads}; the smallest is of {variation}"));
        fact("answer at", seen(&finding.pattern));
        fact("further inputs", seen(&further.join(", ")));
        fact("saved", saved.as_deref().map(seen).unwrap_or_default());
    } else if !location.pointer.is_empty() {
        fact("pointer", cut_middle(&location.pointer, 400) + &more_places(finding));
    }
    if !location.path.is_empty() {
        fact("place", seen(&location.to_string()));
    }
    facts
}

/// What a mapper says of itself, in lines; of many the first and the last.
fn stderr(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| cut_middle(line, WIDTH_OF_MANY)).collect();
    match lines.len().checked_sub(2 * LINES) {
        None | Some(0) => lines.join("\n"),
        Some(more) => {
            let between = format!("… {}", count(more, "line", "lines"));
            [&lines[..LINES], &[between], &lines[lines.len() - LINES..]].concat().join("\n")
        }
    }
}

/// The line of the finding; of a comparison the earlier one first.
fn lines(finding: &Finding, width: usize) -> Vec<Line> {
    let line = |location: &Location, label: &str| {
        let excerpt = location.excerpt()?;
        let Window { text, span } = window(excerpt, width.min(240));
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
        Some(Line {
            label: label.to_owned(),
            number: location.line_and_column().0,
            head: part(0..span.start),
            mark: part(span.clone()),
            tail: part(span.end..text.len()),
        })
    };
    let earlier = finding.subject.as_deref().and_then(|subject| subject.earlier.as_ref());
    let labels = if finding.subject.is_some() { ["before", "after"] } else { ["", "in the payload"] };
    let was = earlier.and_then(|earlier| line(earlier, labels[0]));
    was.into_iter().chain(line(&finding.location, labels[1])).collect()
}

fn values(finding: &Finding, width: usize) -> Option<Values> {
    if let Some(Evidence { sent, sent_at, got, got_at, .. }) = finding.evidence.as_deref() {
        return Some(Values {
            names: ["sent", "got"],
            before: Some(around(sent, sent_at.as_ref(), width)),
            after: got.as_ref().map(|got| around(got, got_at.as_ref(), width)),
        });
    }
    let names =
        if finding.subject.is_some() { ["on the wire before", "on the wire after"] } else { ["before", "after"] };
    let (before, after) = match (&finding.before, &finding.after) {
        (Some(before), Some(after)) => {
            let (before, after) = marked(before, after, width);
            (Some(before), Some(after))
        }
        (None, None) => return None,
        (before, after) => {
            let alone = |value: &String| marked(value, value, width).0;
            (before.as_ref().map(alone), after.as_ref().map(alone))
        }
    };
    Some(Values { names, before, after })
}

/// The entries to paste, as TOML in which nothing does anything.
fn acceptance(finding: &Finding) -> String {
    let entry = |fields: &[(&str, &str)]| {
        let lines: Vec<String> =
            fields.iter().map(|(key, value)| format!("{key} = {}\n", escaped_toml(value))).collect();
        format!("[[accepted]]\n{}{REASON}\n", lines.concat())
    };
    let Finding { rule, mapping, case, pattern, .. } = finding;
    if let Some(Subject { class, key, .. }) = finding.subject.as_deref() {
        return entry(&[("rule", rule), ("class", class), ("key", key)]);
    }
    if let Some(Evidence { places, .. }) = finding.evidence.as_deref() {
        let of = |(variation, pointer): &(&'static str, String)| {
            entry(&[("rule", rule), ("mapping", mapping), ("variation", variation), ("pointer", pointer)])
        };
        let mut entries: Vec<String> = places.iter().take(MOST_ENTRIES).map(of).collect();
        if places.len() > MOST_ENTRIES {
            entries.push(format!("# and {} more: --format json has all\n", places.len() - MOST_ENTRIES));
        }
        return entries.join("\n");
    }
    let fields = [("rule", *rule), ("mapping", mapping), ("case", case), ("pointer", pattern)];
    let fields: Vec<(&str, &str)> =
        fields.into_iter().filter(|(key, value)| *key != "case" || !value.is_empty()).collect();
    entry(&fields)
}
