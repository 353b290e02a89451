//! The report to look at: one page, which asks nothing of the network and runs nothing but its own few lines.
//!
//! The templates escape what they are given. What is given to them has gone through [`super::escape`] before, so that no
//! character of it does anything either: the page may be printed to a terminal.

mod finding;
mod leg;
mod marked;
mod matrix;

use std::collections::BTreeMap;

use askama::Template;

use super::escape::{prose, seen};
use super::human;
use super::{Counts, Options, Report, Verb};
use crate::explanation;
use crate::finding::{Finding, Severity};

/// How many different defects are named on the first screen.
const FIRST: usize = 8;

/// How many findings of something there are, by weight.
#[derive(Clone, Copy, Default)]
struct Tally {
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
}

impl Tally {
    fn add(&mut self, finding: &Finding) {
        *match (&finding.accepted, finding.severity) {
            (Some(_), _) => &mut self.accepted,
            (None, Severity::Error) => &mut self.errors,
            (None, Severity::Warning) => &mut self.warnings,
            (None, Severity::Note) => &mut self.notes,
        } += 1;
    }
}

/// A rule or a leg, and what was found.
struct Line {
    name: String,
    about: String,
    cases: usize,
    tally: Tally,
    /// Which of the pictures shows it.
    picture: Option<usize>,
}

/// What changed and who breaks.
struct Headline {
    id: usize,
    class: &'static str,
    message: String,
    breaks: String,
    more: usize,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    verb: &'static str,
    acceptances: bool,
    version: &'static str,
    failed: bool,
    verdict: String,
    /// The verdict without its first word, which is the heading.
    sentence: String,
    subject: String,
    counts: Counts,
    rules: Vec<Line>,
    legs: Vec<Line>,
    headlines: Vec<Headline>,
    more_headlines: usize,
    remarks: Vec<String>,
    findings: Vec<finding::View>,
    pictures: Vec<leg::View>,
    matrix: Option<matrix::View>,
}

/// The page.
pub(super) fn render(report: &Report, options: &Options) -> String {
    let order = report.worst_first();
    let (verb, verdict, subject, remarks) = match &report.verb {
        Verb::Check => ("check", human::verdict(report), String::new(), Vec::new()),
        Verb::Probe(probed) => {
            let subject = format!("{} through {}", probed.mapping, seen(&probed.command));
            ("probe", human::probe::verdict(report, probed), subject, Vec::new())
        }
        Verb::Compare(compared) => {
            let remarks = compared.remarks.iter().map(|remark| seen(remark)).collect();
            (compared.verb, human::compare::verdict(report, compared), String::new(), remarks)
        }
    };
    let (headlines, more_headlines) = headlines(&order);
    let mut counts = report.counts();
    // What was taken as right is a note too, as in the sentence above.
    counts.notes += report.probed().map_or(0, |probed| probed.notes.len());
    let page = Page {
        verb,
        acceptances: options.acceptances,
        version: env!("CARGO_PKG_VERSION"),
        failed: report.failed(),
        sentence: verdict.split_once(": ").map(|(_, rest)| rest.to_owned()).unwrap_or_default(),
        verdict,
        subject,
        counts,
        rules: rules(report),
        legs: legs(report),
        headlines,
        more_headlines,
        remarks,
        findings: order.iter().enumerate().map(|(id, finding)| finding::View::new(report, id, finding)).collect(),
        pictures: report.legs.iter().map(|leg| leg::View::new(report, leg)).collect(),
        matrix: report.probed().map(|probed| matrix::View::new(report, probed, &order)),
    };
    // Only writing to the string could fail.
    drawable(&page.render().unwrap_or_default()) + "\n"
}

/// The page with signs that fonts have: many have no pictures of control characters.
fn drawable(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    for character in page.chars() {
        match character {
            '␊' => text.push('↵'),
            '␉' => text.push('⇥'),
            '␍' => text.push('↤'),
            '␣' => text.push('·'),
            '␡' => text.push_str("&lt;U+007F&gt;"),
            '\u{2400}'..='\u{241F}' => text.push_str(&format!("&lt;U+{:04X}&gt;", u32::from(character) - 0x2400)),
            _ => text.push(character),
        }
    }
    text
}

fn rules(report: &Report) -> Vec<Line> {
    let mut rules: BTreeMap<&str, Tally> = BTreeMap::new();
    for finding in &report.findings {
        rules.entry(finding.rule).or_default().add(finding);
    }
    let about = |rule: &str| explanation::of(rule).map(|rule| prose(rule.summary)).unwrap_or_default();
    let line = |(rule, tally): (&str, Tally)| Line {
        name: rule.to_owned(),
        about: about(rule),
        cases: 0,
        tally,
        picture: None,
    };
    let mut lines: Vec<Line> = rules.into_iter().map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.tally.errors, line.tally.warnings, line.tally.notes)));
    lines
}

/// A line for each mapping; of a comparison, for each class.
fn legs(report: &Report) -> Vec<Line> {
    let mut legs: BTreeMap<String, (usize, Tally)> = BTreeMap::new();
    for case in &report.cases {
        legs.entry(case.mapping.clone()).or_default().0 += 1;
    }
    for finding in &report.findings {
        let name = match finding.subject.as_deref() {
            Some(subject) => subject.class.rsplit('#').next().unwrap_or_default().to_owned(),
            None => finding.mapping.clone(),
        };
        legs.entry(name).or_default().1.add(finding);
    }
    let about = |name: &str| {
        report.legs.iter().find(|leg| leg.mapping == name).map(|leg| prose(&leg.summary)).unwrap_or_default()
    };
    let line = |(name, (cases, tally)): (String, (usize, Tally))| {
        let shown = if name.is_empty() { "no mapping".to_owned() } else { seen(&name) };
        let picture = report.legs.iter().position(|leg| leg.mapping == name);
        Line { about: about(&name), name: shown, cases, tally, picture }
    };
    let mut lines: Vec<Line> = legs.into_iter().map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.tally.errors, line.tally.warnings)));
    lines
}

/// The first finding of each defect that is not accepted, and how many defects there are besides.
fn headlines(order: &[&Finding]) -> (Vec<Headline>, usize) {
    let mut found: Vec<(&Finding, Headline)> = Vec::new();
    for (id, finding) in order.iter().enumerate().filter(|(_, finding)| finding.accepted.is_none()) {
        let is_same = |other: &Finding| other.rule == finding.rule && other.breaks == finding.breaks;
        match found.iter_mut().find(|(other, _)| is_same(other)) {
            Some((_, headline)) => headline.more += 1,
            None => {
                let (message, breaks) = (prose(&finding.message), prose(&finding.breaks));
                found.push((finding, Headline { id, class: finding.severity.name(), message, breaks, more: 0 }));
            }
        }
    }
    let more = found.len().saturating_sub(FIRST);
    (found.into_iter().take(FIRST).map(|(_, headline)| headline).collect(), more)
}
