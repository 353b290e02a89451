//! An outside mapper under test: what it makes of every fixture, in every spelling and variation.
//!
//! ```text
//! goldens -> plan (rows, payloads) -> subject (command, batch, gateway) -> Answer -> verdict -> Report -> bytes
//! ```
//!
//! The mapping says what should have come out, by [`crate::verdict`]. What the mapper does wrong is a failure in the
//! report, never an error of ours.

mod advice;
pub mod answer;
pub mod batch;
pub mod exec;
mod group;
pub mod http;
mod judged;
mod payload;
mod plan;
mod run;
pub mod save;
mod shrink;
pub mod subject;
pub mod talk;
pub mod variation;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::accepted::Acceptance;
use crate::finding::{Evidence, FailureKind, Finding, Location, Severity};
use crate::report::{self, Probed, Verb};

pub use group::escaped;
pub use run::probe;

pub use crate::report::{Note, Row, RowVerdict};

use subject::{FurtherText, Subject};

/// A payload to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The name of the case, with `@configuration` where it has one.
    pub name: String,
    /// Its file, as a report shows it; none for one in the binary.
    pub path: Option<String>,
    /// The payload.
    pub bytes: Vec<u8>,
    /// The further inputs of an aggregation.
    pub further: Arc<[FurtherText]>,
}

/// What to probe with.
pub struct Options {
    /// The mapper.
    pub subject: Subject,
    /// How many payloads are generated.
    pub cases: usize,
    /// What they are generated from.
    pub seed: u64,
    /// The severity from which a failure fails the run.
    pub fail_on: Severity,
    /// What is accepted of the mapping: entries with a variation, of those that hold today.
    pub accepted: Vec<Acceptance>,
}

/// A kind of failure, with the smallest payload that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule that the mapper breaks.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What happened.
    pub kind: FailureKind,
    /// How many payloads.
    pub count: usize,
    /// The row of the smallest.
    pub row: &'static str,
    /// The fixture that the smallest was made of.
    pub case: String,
    /// The fixture's file, as a report shows it.
    pub path: Option<String>,
    /// Lower-case fragment: what is wrong with the answer to it.
    pub reason: String,
    /// Where that is in the answer, with `*` for every index; empty where it is in no value.
    pub pointer: String,
    /// Every row and pointer with which it was seen, before any payload was made smaller.
    pub places: BTreeSet<(&'static str, String)>,
    /// The smallest payload.
    pub sent: String,
    /// The bytes of it that show what is wrong.
    pub sent_at: Option<Range<usize>>,
    /// What the mapper could ask for besides.
    pub further: Arc<[FurtherText]>,
    /// The answer, if there is one.
    pub got: Option<String>,
    /// The bytes of it that show what is wrong.
    pub got_at: Option<Range<usize>>,
    /// Standard error; of a long one its beginning and its end.
    pub stderr: String,
    /// Where it was saved.
    pub saved: Option<String>,
    /// Which of [`Options::accepted`] accepts it, and the reason there.
    pub accepted: Option<(usize, String)>,
}

/// What a probe found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The mapping.
    pub mapping: &'static str,
    /// The command, as a shell would take it; the URL of a gateway.
    pub command: String,
    /// How many fixtures there were.
    pub cases: usize,
    /// Whether these were the ones in the binary.
    pub embedded: bool,
    /// Those that were not sent, since the mapping itself does not bring them through.
    pub left_out: Vec<String>,
    /// The file of what may stay; none where there is none.
    pub accepted_in: Option<String>,
    /// The table.
    pub rows: Vec<Row>,
    /// Every kind of failure, the heaviest first.
    pub failures: Vec<Failure>,
    /// Tolerances that were needed.
    pub notes: Vec<Note>,
    /// The severity from which a failure fails the run.
    pub fail_on: Severity,
}

impl From<Report> for report::Report {
    /// The report that every format renders: each kind of failure is a finding.
    fn from(report: Report) -> Self {
        let Report { mapping, command, cases, embedded, left_out, accepted_in, rows, failures, notes, fail_on } =
            report;
        let probed = Probed { mapping, command, fixtures: cases, embedded, left_out, accepted_in, rows, notes };
        report::Report {
            findings: failures.into_iter().map(|failure| finding(mapping, failure)).collect(),
            verb: Verb::Probe(Box::new(probed)),
            ..report::Report::new(fail_on)
        }
    }
}

fn finding(mapping: &'static str, failure: Failure) -> Finding {
    let Failure { rule, severity, kind, count, row, case, path, reason, pointer, further, .. } = failure;
    let Failure { sent, sent_at, got, got_at, stderr, saved, accepted, places, .. } = failure;
    let further = further.iter().map(|further| further.as_further().label()).collect();
    let places = places.into_iter().collect();
    let evidence = Evidence { kind, variation: row, places, sent, further, sent_at, got, got_at, stderr, saved };
    let location = Location::file(path.unwrap_or_default());
    let (breaks, fix) = advice::of(rule, kind);
    let found = Finding::new(rule, severity, location).mapping(mapping).case(case).places(count).message(reason);
    let found = found.pattern(pointer).breaks(breaks).fix(fix);
    let accepted = accepted.map(|(_, reason)| reason);
    Finding { evidence: Some(Box::new(evidence)), accepted, ..found }
}
