//! The report for programs: versioned structs of its own, so that the probe may change and the format not.
//!
//! A field is never renamed or given another meaning within a version; new fields may appear. [`schema`] publishes
//! them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::finding;
use crate::report::{self, Probed, Report, escape};

/// The version of the structs below.
pub const SCHEMA_VERSION: u32 = 2;

/// What `dtogate probe --format json` writes.
///
/// Every field is always there; some may be null. Readers must expect fields that they do not know.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "dtogate probe report")]
pub struct Output<'a> {
    /// The version of this format; 2. In version 1 `skipped` was `set_aside`.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Whether the run passed.
    #[schemars(extend("enum" = ["pass", "fail"]))]
    pub verdict: &'static str,
    /// The mapping.
    pub mapping: &'a str,
    /// The command, as a shell would take it; the URL of a gateway.
    pub command: &'a str,
    /// How many goldens the run began with.
    pub fixtures: usize,
    /// Whether these were the ones in the binary.
    pub embedded: bool,
    /// Goldens that were not sent, since the mapping itself does not bring them through.
    pub left_out: &'a [String],
    /// The severity from which a failure fails the run.
    #[schemars(extend("enum" = ["note", "warning", "error"]))]
    pub fail_on: &'static str,
    /// The table: every spelling and variation, those that were not sent too.
    pub rows: Vec<Row<'a>>,
    /// Every kind of failure, the heaviest first.
    pub failures: Vec<Failure<'a>>,
    /// The acceptances of the mapping's variations that matched nothing, or have expired.
    pub stale_acceptances: Vec<Stale<'a>>,
    /// Every tolerance that was needed.
    pub notes: Vec<Note<'a>>,
}

/// A spelling or variation, and what became of its payloads.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row<'a> {
    /// Its id, as `dtogate list` names it.
    pub variation: &'a str,
    /// One line: what is special in it.
    pub summary: &'a str,
    /// The worst of its payloads.
    #[schemars(extend("enum" = ["ok", "lost", "corrupted", "accepted", "skipped", "did not run", "not reached", "not run"]))]
    pub verdict: &'a str,
    /// Why none was sent; null where some were.
    pub not_run: Option<&'a str>,
    /// Payloads whose value arrived.
    pub ok: usize,
    /// Payloads whose value did not.
    pub lost: usize,
    /// Payloads of which another value arrived.
    pub corrupted: usize,
    /// Payloads that fail in a way that is accepted.
    pub accepted: usize,
    /// Payloads that fail just as their golden does without the variation.
    pub skipped: usize,
    /// Payloads to which a mapper gave no answer that gave none at all in the run: it ended badly each time.
    pub did_not_run: usize,
    /// Payloads that were not sent, since the mapper had failed too often.
    pub not_reached: usize,
}

/// A kind of failure, with the smallest payload that shows it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Failure<'a> {
    /// The rule that the mapper breaks.
    pub rule: &'a str,
    /// How much it weighs.
    #[schemars(extend("enum" = ["note", "warning", "error"]))]
    pub severity: &'static str,
    /// What happened, in a word or two: `lost`, `corrupted`, `timed out`, `bad status`.
    pub kind: &'a str,
    /// How many payloads.
    pub payloads: usize,
    /// The row of the smallest.
    pub variation: &'a str,
    /// The golden that the smallest was made of, or `generated` with its number.
    pub case: &'a str,
    /// The golden's file, relative to the root; null for one in the binary and for a generated payload.
    pub path: Option<&'a str>,
    /// What is wrong with the answer to it.
    pub reason: &'a str,
    /// Where that is in the answer, with `*` for every index; empty where it is in no value.
    pub pointer: &'a str,
    /// Who breaks, and how.
    pub breaks: &'a str,
    /// One thing to do.
    pub fix: &'a str,
    /// The smallest payload.
    pub sent: &'a str,
    /// The names of the further inputs that the mapper could ask for besides: `notes-1234567`.
    pub further: &'a [String],
    /// The answer; null where there is none.
    pub got: Option<&'a str>,
    /// The command's standard error; of a long one its beginning and its end.
    pub stderr: &'a str,
    /// Where the payload was saved; null without `--save`.
    pub saved: Option<&'a str>,
    /// The reason for which it is accepted; null where it is not.
    pub accepted: Option<&'a str>,
    /// The entries for `fixtures/accepted.toml` that accept it: one for each variation and pointer.
    pub acceptance: String,
}

/// An entry of the acceptances that accepts nothing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Stale<'a> {
    /// How much it weighs: one that has expired is an error.
    #[schemars(extend("enum" = ["warning", "error"]))]
    pub severity: &'static str,
    /// Where it stands: `path:line:column`.
    pub place: String,
    /// What is wrong with it.
    pub message: &'a str,
}

/// A tolerance that was needed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Note<'a> {
    /// Which.
    pub note: &'a str,
    /// For how many payloads.
    pub payloads: usize,
    /// Where in the answers: pointers with `*` for every index; empty where it is about the whole.
    pub at: &'a [String],
}

/// The JSON Schema (2020-12) of the document; `dtogate schema probe-report` prints it.
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Output<'_>>()
}

/// The document as text.
pub(super) fn render(report: &Report, probed: &Probed) -> String {
    let Probed { mapping, command, fixtures, embedded, left_out, accepted_in: _, rows, notes } = probed;
    let output = Output {
        schema_version: SCHEMA_VERSION,
        verdict: if report.failed() { "fail" } else { "pass" },
        mapping,
        command,
        fixtures: *fixtures,
        embedded: *embedded,
        left_out,
        fail_on: report.fail_on.name(),
        rows: rows.iter().map(Row::from).collect(),
        failures: report.findings.iter().filter_map(failure).collect(),
        stale_acceptances: report.findings.iter().filter_map(stale).collect(),
        notes: notes.iter().map(Note::from).collect(),
    };
    // Texts and numbers only: that cannot fail.
    escape::json(&serde_json::to_string_pretty(&output).unwrap_or_default()) + "\n"
}

impl<'a> From<&'a report::Row> for Row<'a> {
    fn from(row: &'a report::Row) -> Self {
        let &report::Row { id, summary, severity: _, not_run, ok, lost, corrupted, skipped, .. } = row;
        let &report::Row { accepted, did_not_run, not_reached, .. } = row;
        let verdict = row.verdict().name();
        Row {
            variation: id,
            summary,
            verdict,
            not_run,
            ok,
            lost,
            corrupted,
            accepted,
            skipped,
            did_not_run,
            not_reached,
        }
    }
}

impl<'a> From<&'a report::Note> for Note<'a> {
    fn from(note: &'a report::Note) -> Self {
        let report::Note { tolerance, payloads, at } = note;
        Note { note: tolerance, payloads: *payloads, at }
    }
}

/// A finding about an acceptance: it has no evidence.
fn stale(finding: &finding::Finding) -> Option<Stale<'_>> {
    let is_stale = finding.evidence.is_none();
    let (severity, message) = (finding.severity.name(), finding.message.as_str());
    is_stale.then(|| Stale { severity, place: finding.location.to_string(), message })
}

/// A failure of the mapper: it has evidence.
fn failure(finding: &finding::Finding) -> Option<Failure<'_>> {
    let evidence = finding.evidence.as_deref()?;
    let finding::Evidence { kind, variation, sent, further, got, stderr, saved, .. } = evidence;
    let path = finding.location.path.as_str();
    Some(Failure {
        rule: finding.rule,
        severity: finding.severity.name(),
        kind: kind.name(),
        payloads: finding.places,
        variation,
        case: &finding.case,
        path: (!path.is_empty()).then_some(path),
        reason: &finding.message,
        pointer: &finding.pattern,
        breaks: &finding.breaks,
        fix: &finding.fix,
        sent,
        further,
        got: got.as_deref(),
        stderr,
        saved: saved.as_deref(),
        accepted: finding.accepted.as_deref(),
        acceptance: finding.acceptance(),
    })
}
