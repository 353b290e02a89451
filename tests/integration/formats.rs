//! The formats that other programs read, held against what those programs take.

use std::process::Command;

use dtogate::report::{Format, Options, Report, render};
use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::{reports, sinks};

const OPTIONS: Options = Options { width: 100, color: false, acceptances: true };

/// A report of each verb, harmless and hostile.
fn samples() -> Vec<(String, Report)> {
    let of = |name: &str| {
        let text = format!("a \"{name}\" value");
        [("check", sinks::of_check(&text)), ("probe", sinks::of_probe(&text)), ("diff", sinks::of_comparison(&text))]
    };
    let hostile = "[x](y)\u{202E}\n::error::]]><b>";
    let samples = [of("plain"), of(hostile)].into_iter().flatten().map(|(verb, report)| (verb.to_owned(), report));
    samples.chain([("sample".to_owned(), reports::sample())]).collect()
}

fn json(report: &Report, format: Format) -> Value {
    let text = render(report, format, &OPTIONS).primary;
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The public schema of SARIF 2.1.0, from the sources of the crate that carries it.
fn sarif_schema() -> Value {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc starts").stdout;
    let version = String::from_utf8(version).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    // Crates of other platforms need not be there.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata writes JSON");
    let packages = metadata["packages"].as_array().unwrap();
    let manifest = packages.iter().find(|package| package["name"] == "serde-sarif").expect("serde-sarif is there");
    let folder = std::path::Path::new(manifest["manifest_path"].as_str().unwrap()).parent().unwrap();
    let text = std::fs::read_to_string(folder.join("src/schema.json")).expect("it carries the schema");
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // `^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$` has a bracket that a strict reader of patterns refuses. Nothing of ours
    // says a language.
    for definition in ["run", "toolComponent"] {
        schema["definitions"][definition]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    assert!(schema["$id"].as_str().unwrap().ends_with("/sarif-schema-2.1.0.json"));
    schema
}

#[test]
fn sarif_is_valid_by_the_public_schema() {
    let validator = jsonschema::validator_for(&sarif_schema()).unwrap();
    let empty = ("empty".to_owned(), Report::new(dtogate::finding::Severity::Error));
    for (name, report) in samples().into_iter().chain([empty]) {
        let mut document = json(&report, Format::Sarif);
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, [""; 0], "{name}");
        let run = &document["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), report.findings.len(), "{name}");
        for result in results {
            // What GitHub asks for beyond the schema: a file with a line, and a rule with its words.
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(!uri.is_empty() && uri.bytes().all(|byte| byte.is_ascii_graphic()), "{name}: {uri}");
            assert!(place["region"]["startLine"].as_u64().unwrap() > 0, "{name}");
            let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(rule["help"]["text"].as_str().unwrap().contains("Why it is bad"), "{rule}");
            assert_eq!(result["level"].as_str().is_some(), true);
        }
        // The schema can say no.
        document["runs"][0]["columnKind"] = "bytes".into();
        assert!(!validator.is_valid(&document), "{name}");
    }
}

#[test]
fn what_is_accepted_is_suppressed_and_last() {
    let document = json(&reports::sample(), Format::Sarif);
    let results = document["runs"][0]["results"].as_array().unwrap();
    let levels: Vec<(&str, bool)> =
        results.iter().map(|result| (result["level"].as_str().unwrap(), result["suppressions"].is_array())).collect();
    let expected = [
        ("error", false),
        ("error", false),
        ("error", false),
        ("warning", false),
        ("warning", false),
        ("note", false),
        ("warning", true),
        ("warning", true),
    ];
    assert_eq!(levels, expected);
}

/// A payload that is in no file is shown at its golden.
#[test]
fn a_finding_without_a_file_points_at_its_golden() {
    let mut report = sinks::of_probe("x");
    let uri = |report: &Report| {
        let document = json(report, Format::Sarif);
        document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone()
    };
    assert_eq!(uri(&report), "fixtures/x.json");
    report.findings[0].location.path = String::new();
    report.findings[0].evidence.as_mut().unwrap().saved = None;
    report.findings[0].case = "typical3".to_owned();
    assert_eq!(uri(&report), "fixtures/orders/valid/typical3.json");
    report.findings[0].case = "generated 4".to_owned();
    assert_eq!(uri(&report), "fixtures/orders");
}

/// The fields that GitLab requires, each in its form (docs.gitlab.com/ci/testing/code_quality).
#[test]
fn gitlab_has_every_field_that_gitlab_requires() {
    for (name, report) in samples() {
        let issues = json(&report, Format::Gitlab);
        let issues = issues.as_array().unwrap();
        assert_eq!(issues.len(), report.findings.len(), "{name}");
        let fingerprints: std::collections::BTreeSet<&str> =
            issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), issues.len(), "{name}: a fingerprint is one finding's");
        for issue in issues {
            for field in ["description", "check_name"] {
                assert!(!issue[field].as_str().unwrap().is_empty(), "{name}: {issue}");
            }
            assert!(["info", "minor", "critical"].contains(&issue["severity"].as_str().unwrap()), "{name}: {issue}");
            let path = issue["location"]["path"].as_str().unwrap();
            assert!(!path.is_empty() && !path.starts_with("./"), "{name}: {issue}");
            assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() > 0, "{name}: {issue}");
        }
    }
}

#[test]
fn markdown_is_worst_first_below_the_limit_and_ends_with_the_verdict() {
    for (name, mut report) in samples() {
        let human = render(&report, Format::Human, &OPTIONS).primary;
        let ends = |text: &str| text.lines().last().unwrap().trim_matches('`').to_owned();
        let short = render(&report, Format::Markdown, &OPTIONS).primary;
        assert_eq!(ends(&short), ends(&human), "{name}");
        let weights = ["| error", "| warning", "| note", "| accepted"];
        let rows: Vec<usize> =
            short.lines().filter_map(|line| weights.iter().position(|weight| line.starts_with(weight))).collect();
        assert!(rows.is_sorted() && rows.len() >= report.findings.len(), "{name}: {short}");
        // The limit of a comment, in characters.
        report.findings = report.findings.iter().cycle().take(5_000).cloned().collect();
        let long = render(&report, Format::Markdown, &OPTIONS).primary;
        assert!(long.chars().count() < 65_536, "{name}: {}", long.chars().count());
        assert!(long.contains(" more do not fit here"), "{name}");
        assert!(ends(&long).starts_with("FAIL"), "{name}");
    }
}
