//! What a run found, and the formats it is shown in.
//!
//! A format renders all that it is given and never changes the exit code.

pub mod escape;
mod github;
mod gitlab;
mod html;
mod human;
pub mod json;
mod junit;
mod markdown;
mod model;
mod sarif;
pub(crate) mod text;

pub use model::{CaseResult, Compared, Counts, Leg, Note, Probed, Report, Row, RowVerdict, Target, Verb, Verdict};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    /// For people: every finding with its place, its cause and one fix; the last line is the verdict
    Human,
    /// For programs: one versioned JSON document
    Json,
    /// For a job summary or a comment: a table, the worst first, never longer than GitHub takes
    Markdown,
    /// For GitHub Actions: an annotation per finding, and the human report
    Github,
    /// For CI servers: JUnit XML, a test case per case or variation
    Junit,
    /// For code scanning: SARIF 2.1.0, within GitHub's limits
    Sarif,
    /// For merge requests of GitLab: its Code Quality report
    Gitlab,
    /// To look at: one page that loads nothing from the network, with the mappings drawn
    Html,
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
        Format::Markdown => Rendered { primary: markdown::render(report), human: None },
        Format::Github => Rendered { primary: github::render(report), human: Some(human::render(report, options)) },
        Format::Junit => Rendered { primary: junit::render(report), human: None },
        Format::Sarif => Rendered { primary: sarif::render(report), human: None },
        Format::Gitlab => Rendered { primary: gitlab::render(report), human: None },
        Format::Html => Rendered { primary: html::render(report, options), human: None },
    }
}
