//! The report for programs: versioned structs of its own, so that the engine may change and the format not.
//!
//! A field is never renamed or given another meaning within a version; new fields may appear. [`schema`] publishes
//! them.

pub mod compare;
pub mod probe;

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;
use super::escape;
use crate::finding;

/// The version of the structs below.
pub const SCHEMA_VERSION: u32 = 1;

/// What `dtogate check --format json` writes.
///
/// Every field is always there; some may be null. Readers must expect fields that they do not know.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "dtogate report")]
pub struct Output<'a> {
    /// The version of this format; 1.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// Who wrote it.
    pub tool: Tool<'a>,
    /// Whether the run passed.
    pub verdict: Verdict,
    /// The severity from which a finding that is not accepted fails the run.
    pub fail_on: Severity,
    /// How many findings there are of each kind.
    pub counts: Counts,
    /// Every case, by mapping, kind and name.
    pub cases: Vec<Case<'a>>,
    /// Every finding, accepted ones too, by path, line, column and rule.
    pub findings: Vec<Finding<'a>>,
}

/// The program that wrote a report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Tool<'a> {
    /// Its name: `dtogate`.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
}

/// Whether a run passed.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No finding that is not accepted reaches `fail_on`.
    Pass,
    /// At least one does.
    Fail,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; harmless as far as known.
    Note,
    /// Harmless today, a defect waiting for a change.
    Warning,
    /// Something does not arrive, or will not.
    Error,
}

/// How many findings there are of each kind.
#[derive(Debug, Serialize, JsonSchema)]
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

/// One case of a run.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Case<'a> {
    /// The mapping.
    pub mapping: &'a str,
    /// The name of the case, with `@configuration` where it has one.
    pub case: &'a str,
    /// `valid`, `invalid` or `payload` (a path on the command line).
    #[schemars(extend("enum" = ["valid", "invalid", "payload"]))]
    pub kind: &'a str,
    /// The payload's file.
    pub path: &'a str,
    /// How it came out.
    pub verdict: CaseVerdict,
    /// For `refused`: the rules that fired. For others: the rules whose findings are accepted.
    pub rules: Vec<&'a str>,
}

/// How a case came out.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CaseVerdict {
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

/// A rule that fired.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding<'a> {
    /// The id of the rule.
    pub rule: &'a str,
    /// How much it weighs.
    pub severity: Severity,
    /// Where on its way the payload was: `read`, `map` or `consumer`; null where no payload is concerned.
    #[schemars(extend("enum" = ["read", "map", "consumer", null]))]
    pub stage: Option<&'a str>,
    /// The mapping, empty where none is concerned.
    pub mapping: &'a str,
    /// The case, empty where none is concerned.
    pub case: &'a str,
    /// The first place.
    pub location: Location<'a>,
    /// The pointer with `*` for every index: what an accepted finding is matched by.
    pub pattern: &'a str,
    /// How many places this finding stands for; they differ in indexes only.
    pub places: usize,
    /// What is wrong.
    pub message: &'a str,
    /// What was promised, sent or expected.
    pub before: Option<&'a str>,
    /// What is there instead.
    pub after: Option<&'a str>,
    /// Who breaks, and how.
    pub breaks: &'a str,
    /// One thing to do.
    pub fix: &'a str,
    /// The reason for which it is accepted; null where it is not.
    pub accepted: Option<&'a str>,
    /// The entry for `fixtures/accepted.toml` that accepts exactly this finding.
    pub acceptance: String,
}

/// Where something was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Location<'a> {
    /// The file, with `/` on every system.
    pub path: &'a str,
    /// JSON Pointer (RFC 6901) of the value; empty for the whole document.
    pub pointer: &'a str,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

/// The JSON Schema (2020-12) of the document; `dtogate schema report` prints it.
pub fn schema() -> schemars::Schema {
    // Of what is written, not of what could be read: a field that may be null is required too.
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Output<'_>>()
}

/// The document as text.
pub(super) fn render(report: &Report) -> String {
    if let Some(probed) = report.probed() {
        return probe::render(report, probed);
    }
    if let Some(compared) = report.compared() {
        return compare::render(report, compared);
    }
    // Strings, numbers and lists only: there is nothing that cannot be written.
    let text = serde_json::to_string_pretty(&Output::from(report)).unwrap_or_default();
    let mut text = escape::json(&text);
    text.push('\n');
    text
}

impl<'a> From<&'a Report> for Output<'a> {
    fn from(report: &'a Report) -> Self {
        // The legs are drawn, never written: `explain --format json` has them.
        let super::Report { findings, cases, fail_on, verb: _, legs: _ } = report;
        let super::Counts { errors, warnings, notes, accepted } = report.counts();
        Output {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            verdict: if report.failed() { Verdict::Fail } else { Verdict::Pass },
            fail_on: (*fail_on).into(),
            counts: Counts { errors, warnings, notes, accepted },
            cases: cases.iter().map(Case::from).collect(),
            findings: findings.iter().map(Finding::from).collect(),
        }
    }
}

impl<'a> From<&'a super::CaseResult> for Case<'a> {
    fn from(result: &'a super::CaseResult) -> Self {
        let super::CaseResult { mapping, case, kind, path, verdict, rules } = result;
        Case {
            mapping,
            case,
            kind: kind.name(),
            path,
            verdict: (*verdict).into(),
            rules: rules.iter().copied().collect(),
        }
    }
}

impl<'a> From<&'a finding::Finding> for Finding<'a> {
    fn from(found: &'a finding::Finding) -> Self {
        let finding::Finding {
            rule,
            severity,
            stage,
            mapping,
            case,
            // The path of the case, which it says of itself.
            payload: _,
            location,
            pattern,
            places,
            message,
            before,
            after,
            breaks,
            fix,
            accepted,
            // Of a probe, which has a document of its own.
            evidence: _,
            // Of a comparison, which has a document of its own.
            subject: _,
        } = found;
        let (line, column) = location.line_and_column();
        Finding {
            rule,
            severity: (*severity).into(),
            stage: stage.map(finding::Stage::name),
            mapping,
            case,
            location: Location { path: &location.path, pointer: &location.pointer, line, column },
            pattern,
            places: *places,
            message,
            before: before.as_deref(),
            after: after.as_deref(),
            breaks,
            fix,
            accepted: accepted.as_deref(),
            acceptance: found.acceptance(),
        }
    }
}

impl From<finding::Severity> for Severity {
    fn from(severity: finding::Severity) -> Self {
        match severity {
            finding::Severity::Note => Severity::Note,
            finding::Severity::Warning => Severity::Warning,
            finding::Severity::Error => Severity::Error,
        }
    }
}

impl From<super::Verdict> for CaseVerdict {
    fn from(verdict: super::Verdict) -> Self {
        match verdict {
            super::Verdict::Pass => CaseVerdict::Pass,
            super::Verdict::Refused => CaseVerdict::Refused,
            super::Verdict::Accepted => CaseVerdict::Accepted,
            super::Verdict::Warned => CaseVerdict::Warned,
            super::Verdict::Failed => CaseVerdict::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn every_field_is_described() {
        fn undescribed(schema: &serde_json::Value, path: &str, missing: &mut Vec<String>) {
            if let Some(properties) = schema.get("properties").and_then(serde_json::Value::as_object) {
                for (name, property) in properties {
                    if property.get("description").is_none() {
                        missing.push(format!("{path}/{name}"));
                    }
                }
            }
            if let Some(definitions) = schema.get("$defs").and_then(serde_json::Value::as_object) {
                for (name, definition) in definitions {
                    undescribed(definition, &format!("{path}/{name}"), missing);
                }
            }
        }
        let schema = schema();
        let mut missing = Vec::new();
        undescribed(schema.as_value(), "", &mut missing);
        assert_eq!(missing, [""; 0]);
    }

    #[test]
    fn a_report_is_valid_by_its_own_schema() {
        let mut finding =
            finding::Finding::new("duplicate-key", finding::Severity::Note, finding::Location::file("a.json"))
                .pattern(String::new())
                .message("two keys")
                .breaks("readers")
                .fix("send one");
        let first = finding.clone();
        finding.before = Some("1".to_owned());
        finding.accepted = Some("known".to_owned());
        let report = Report { findings: vec![first, finding], ..Report::new(finding::Severity::Error) };
        let schema = schema();
        let mut instance: serde_json::Value = serde_json::from_str(&render(&report)).unwrap();
        let validator = jsonschema::validator_for(schema.as_value()).unwrap();
        assert!(validator.is_valid(&instance), "{:?}", validator.iter_errors(&instance).collect::<Vec<_>>());
        assert!(!validator.is_valid(&serde_json::json!({})));
        // What may be null may not be left out.
        instance["findings"][0].as_object_mut().unwrap().remove("accepted");
        assert!(!validator.is_valid(&instance));
    }
}
