//! What a run found, and the formats it is shown in.
//!
//! A format renders all that it is given and never changes the exit code.

pub(crate) mod github;
mod human;
pub mod json;
mod junit;
pub(crate) mod text;

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    /// For people: every finding with its place, its cause and one fix; the last line is the verdict
    Human,
    /// For programs: one JSON document, versioned
    Json,
    /// For GitHub Actions: annotations on the changed files, and the human report
    Github,
    /// For CI servers: JUnit XML, a test suite per mapping and a test case per case
    Junit,
}

/// What a format may know of where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the human report may contain colours.
    pub color: bool,
    /// Whether there is a `fixtures/accepted.toml` that an entry could be pasted into.
    pub acceptances: bool,
}

/// A report as text, to be written as it is; ends with a line break where it is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// What the format is about.
    pub primary: String,
    /// The human report, where it is shown besides.
    pub human: Option<String>,
}

/// The report in a format.
pub fn render(report: &Report, format: Format, options: &Options) -> Rendered {
    match format {
        Format::Human => Rendered { primary: human::render(report, options), human: None },
        Format::Json => Rendered { primary: json::render(report), human: None },
        Format::Github => Rendered { primary: github::render(report), human: Some(human::render(report, options)) },
        Format::Junit => Rendered { primary: junit::render(report), human: None },
    }
}

/// How a case came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found, or notes only.
    Pass,
    /// A case of `invalid/` was refused exactly as it says.
    Refused,
    /// Everything that was found is accepted.
    Accepted,
    /// Warnings were found, no errors.
    Warned,
    /// Errors were found.
    Failed,
}

impl Verdict {
    /// The word in reports and snapshots.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Refused => "refused as expected",
            Verdict::Accepted => "accepted",
            Verdict::Warned => "warned",
            Verdict::Failed => "failed",
        }
    }
}

/// One case of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The mapping.
    pub mapping: String,
    /// The name of the case, with `@configuration` where it has one.
    pub case: String,
    /// `valid`, `invalid` or `payload` (a path on the command line).
    pub kind: &'static str,
    /// The payload's file.
    pub path: String,
    /// How it came out.
    pub verdict: Verdict,
    /// For `invalid` refused as expected: the rules that fired. For others: the rules whose findings are accepted.
    pub rules: BTreeSet<&'static str>,
}

impl CaseResult {
    /// Whether a finding is about this case: one name may stand in valid/ and in invalid/, so folders count.
    pub fn has(&self, finding: &Finding) -> bool {
        let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let is_near = || finding.location.path == self.path || folder(&finding.location.path) == folder(&self.path);
        finding.mapping == self.mapping && finding.case == self.case && finding.stage.is_some() && is_near()
    }
}

/// What a run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Every finding, accepted ones too, in their final order: by path, stage, line, column, rule.
    pub findings: Vec<Finding>,
    /// Every case, in the order of mapping, kind and name.
    pub cases: Vec<CaseResult>,
    /// The severity from which a finding that is not accepted fails the run.
    pub fail_on: Severity,
}

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors that are not accepted.
    pub errors: usize,
    /// Warnings that are not accepted.
    pub warnings: usize,
    /// Notes that are not accepted.
    pub notes: usize,
    /// Findings of any severity that are accepted.
    pub accepted: usize,
}

impl Report {
    /// Whether a finding that is not accepted reaches the fail level.
    pub fn failed(&self) -> bool {
        self.findings.iter().any(|finding| self.fails(finding))
    }

    /// Whether a finding is one of those that fail the run.
    pub fn fails(&self, finding: &Finding) -> bool {
        finding.accepted.is_none() && finding.severity >= self.fail_on
    }

    /// How many findings there are of each kind.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            *match (&finding.accepted, finding.severity) {
                (Some(_), _) => &mut counts.accepted,
                (None, Severity::Error) => &mut counts.errors,
                (None, Severity::Warning) => &mut counts.warnings,
                (None, Severity::Note) => &mut counts.notes,
            } += 1;
        }
        counts
    }
}
