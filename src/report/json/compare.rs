//! What `diff --format json` and `drift --format json` write.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Counts, Location, SCHEMA_VERSION, Severity, Tool, Verdict};
use crate::finding;
use crate::report::escape;
use crate::report::{Compared, Report};

/// What `dtogate diff --format json` and `dtogate drift --format json` write.
///
/// Every field is always there; some may be null. Readers must expect fields that they do not know.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "dtogate comparison of sources")]
pub struct Output<'a> {
    /// The version of this format; 1.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Who wrote it.
    pub tool: Tool<'a>,
    /// The verb.
    #[schemars(extend("enum" = ["diff", "drift"]))]
    pub verb: &'a str,
    /// The earlier side, or what is promised.
    pub before: &'a str,
    /// The later side, or what is there.
    pub after: &'a str,
    /// How many classes were compared.
    pub classes: usize,
    /// Whether the run passed.
    pub verdict: Verdict,
    /// The severity from which a finding that is not accepted fails the run.
    pub fail_on: Severity,
    /// How many findings there are of each kind.
    pub counts: Counts,
    /// Every finding, accepted ones too, by path, line, column and rule.
    pub findings: Vec<Finding<'a>>,
    /// What else there is to say, a sentence fragment each.
    pub remarks: &'a [String],
}

/// A rule that fired.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding<'a> {
    /// The id of the rule.
    pub rule: &'a str,
    /// How much it weighs.
    pub severity: Severity,
    /// The class, as `path/to/File.java#Outer.Inner`; a module or a test file where no class is concerned.
    pub class: &'a str,
    /// The key on the wire, or what of the class is concerned; empty where all of it is.
    pub key: &'a str,
    /// Where it stands in the later side; in the earlier one, where it is gone.
    pub location: Location<'a>,
    /// Where it stood in the earlier side; null where it was not there.
    pub earlier: Option<Location<'a>>,
    /// What is wrong.
    pub message: &'a str,
    /// A payload of before, in small.
    pub before: Option<&'a str>,
    /// A payload of after, in small.
    pub after: Option<&'a str>,
    /// Who breaks, and how.
    pub breaks: &'a str,
    /// One thing to do.
    pub fix: &'a str,
    /// The reason for which it is accepted; null where it is not.
    pub accepted: Option<&'a str>,
    /// The entry for `dtogate-accepted.toml` that accepts exactly this finding.
    pub acceptance: String,
}

/// The JSON Schema (2020-12) of the document; `dtogate schema diff-report` prints it.
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Output<'_>>()
}

pub(super) fn render(report: &Report, compared: &Compared) -> String {
    let Compared { verb, before, after, classes, remarks } = compared;
    let crate::report::Counts { errors, warnings, notes, accepted } = report.counts();
    let output = Output {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        verb,
        before,
        after,
        classes: *classes,
        verdict: if report.failed() { Verdict::Fail } else { Verdict::Pass },
        fail_on: report.fail_on.into(),
        counts: Counts { errors, warnings, notes, accepted },
        findings: report.findings.iter().map(of_finding).collect(),
        remarks,
    };
    // Texts, numbers and lists only: there is nothing that cannot be written.
    escape::json(&serde_json::to_string_pretty(&output).unwrap_or_default()) + "\n"
}

fn of_finding(found: &finding::Finding) -> Finding<'_> {
    let subject = found.subject.as_deref();
    Finding {
        rule: found.rule,
        severity: found.severity.into(),
        class: subject.map_or("", |subject| &subject.class),
        key: subject.map_or("", |subject| &subject.key),
        location: of_location(&found.location),
        earlier: subject.and_then(|subject| subject.earlier.as_ref()).map(of_location),
        message: &found.message,
        before: found.before.as_deref(),
        after: found.after.as_deref(),
        breaks: &found.breaks,
        fix: &found.fix,
        accepted: found.accepted.as_deref(),
        acceptance: found.acceptance(),
    }
}

fn of_location(location: &finding::Location) -> Location<'_> {
    let (line, column) = location.line_and_column();
    Location { path: &location.path, pointer: &location.pointer, line, column }
}
