//! The report for code scanning: SARIF 2.1.0, as GitHub takes it.
//!
//! What GitHub would refuse is not written: more than 25,000 results, or more than 10 MB. What is left out for that is
//! said in the document; the lightest are left out first.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::escape::{self, prose};
use super::text::identity::{fingerprints, path, uri};
use super::text::{concerned, count, cut_both, cut_middle, more_places, subject_of};
use super::{Report, Verb};
use crate::explanation;
use crate::finding::{Finding, Severity};

/// The most results of a run that GitHub takes.
const MOST_RESULTS: usize = 25_000;

/// The largest document that GitHub takes, with room for what stands around the results.
const MOST_BYTES: usize = 10_000_000 - 300_000;

/// Columns of a value in a message.
const WIDTH: usize = 1_000;

/// The document, on one line: a run with its rules, and a result for each finding, the heaviest first.
pub(super) fn render(report: &Report) -> String {
    let findings = report.worst_first();
    let fingerprints = fingerprints(&findings);
    let ids: BTreeSet<&str> = report.findings.iter().map(|finding| finding.rule).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let (mut results, mut bytes) = (Vec::new(), 0);
    for (finding, fingerprint) in findings.iter().zip(&fingerprints).take(MOST_RESULTS) {
        let result = result(report, finding, fingerprint, &ids);
        bytes += escape::json(&result.to_string()).len() + 1;
        if bytes > MOST_BYTES {
            break;
        }
        results.push(result);
    }
    let verb = match &report.verb {
        Verb::Check => "check",
        Verb::Probe(_) => "probe",
        Verb::Compare(compared) => compared.verb,
    };
    let left_out = report.findings.len() - results.len();
    let notifications = (left_out > 0).then(|| {
        let text = format!(
            "{} not in this document, the lightest ones: code scanning takes {MOST_RESULTS} results and 10 MB; \
             --format json has all",
            count(left_out, "finding is", "findings are")
        );
        json!({ "level": "warning", "message": { "text": text } })
    });
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": ids.iter().map(|id| rule(id)).collect::<Vec<_>>(),
            }},
            // Reports of two verbs about one commit do not replace each other.
            "automationDetails": { "id": format!("{}/{verb}/", env!("CARGO_PKG_NAME")) },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications.into_iter().collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    escape::json(&document.to_string()) + "\n"
}

/// A rule, with the page that `dtogate explain` prints.
fn rule(id: &str) -> Value {
    let Some(rule) = explanation::of(id) else { return json!({ "id": id }) };
    let page = rule.page();
    // A fence that is longer than any in the page.
    let fence = "`".repeat(3 + page.split(|character| character != '`').map(str::len).max().unwrap_or(0));
    json!({
        "id": id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.what },
        "help": { "text": page, "markdown": format!("{fence}text\n{page}{fence}\n") },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": ["compatibility"] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(report: &Report, finding: &Finding, fingerprint: &str, ids: &[&str]) -> Value {
    let location = &finding.location;
    let (line, column) = if location.path.is_empty() { (1, 1) } else { location.line_and_column() };
    let mut place = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&path(report, finding)) },
            "region": { "startLine": line, "startColumn": column },
        },
    });
    let name = finding.subject.as_deref().map_or_else(|| location.pointer.clone(), subject_of);
    if !name.is_empty() {
        place["logicalLocations"] = json!([{ "fullyQualifiedName": cut_middle(&name, WIDTH) }]);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": ids.iter().position(|id| *id == finding.rule),
        "level": level(finding.severity),
        "message": { "text": message(finding) },
        "locations": [place],
        // The first is the one that GitHub reads.
        "partialFingerprints": { "primaryLocationLineHash": fingerprint, "dtogateFinding/v1": fingerprint },
    });
    if let Some(earlier) = finding.subject.as_deref().and_then(|subject| subject.earlier.as_ref()) {
        let (line, column) = earlier.line_and_column();
        result["relatedLocations"] = json!([{
            "id": 1,
            "message": { "text": "where it was before" },
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&earlier.path) },
                "region": { "startLine": line, "startColumn": column },
            },
        }]);
    }
    if let Some(reason) = &finding.accepted {
        result["suppressions"] =
            json!([{ "kind": "external", "status": "accepted", "justification": plain(&prose(reason)) }]);
    }
    result
}

/// What is wrong in the first line; what else there is to say, a line each.
fn message(finding: &Finding) -> String {
    let mut lines = vec![prose(&finding.message)];
    let mut labelled = |label: &str, text: &str| lines.push(format!("{label}: {text}"));
    if let Some(concerned) = concerned(finding) {
        labelled("mapping", &concerned);
    }
    if !finding.location.pointer.is_empty() {
        labelled("pointer", &(cut_middle(&finding.location.pointer, WIDTH) + &more_places(finding)));
    }
    let sent = finding.evidence.as_deref().map(|evidence| (Some(&evidence.sent), evidence.got.as_ref()));
    let (names, (before, after)) = match sent {
        Some(sent) => (["sent", "got"], sent),
        None => (["before", "after"], (finding.before.as_ref(), finding.after.as_ref())),
    };
    let either = before.or(after).map(String::as_str).unwrap_or_default();
    let text = |of: Option<&String>| of.map_or(either, String::as_str).to_owned();
    let (cut_before, cut_after) = cut_both(&text(before), &text(after), WIDTH);
    if before.is_some() {
        labelled(names[0], &cut_before);
    }
    if after.is_some() {
        labelled(names[1], &cut_after);
    }
    labelled("breaks", &prose(&finding.breaks));
    labelled("fix", &prose(&finding.fix));
    plain(&lines.join("\n"))
}

/// A text in which nothing is a link: `[text](target)` is one in a message (SARIF 2.1.0, 3.11.6).
fn plain(text: &str) -> String {
    if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;

    fn rendered(findings: Vec<Finding>) -> (usize, Value) {
        let text = render(&Report { findings, ..Report::new(Severity::Error) });
        (text.len(), serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn what_github_would_refuse_is_left_out_and_said() {
        let found = |severity| Finding::new("layout-drift", severity, Location::file("a.json")).message("m");
        let mut many = vec![found(Severity::Note); MOST_RESULTS];
        many.push(found(Severity::Error));
        let (_, document) = rendered(many);
        let run = &document["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!((results.len(), &results[0]["level"]), (MOST_RESULTS, &json!("error")));
        let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert!(said.as_str().unwrap().starts_with("1 finding is not in this document"), "{said}");

        let large = found(Severity::Warning).message("\u{202E}".repeat(1_000_000));
        let (bytes, document) = rendered(vec![large; 20]);
        let results = document["runs"][0]["results"].as_array().unwrap().len();
        assert!(bytes < 10_000_000 && (1..20).contains(&results), "{bytes} bytes, {results} results");
    }

    #[test]
    fn nothing_in_a_message_is_a_link() {
        assert_eq!(plain("a [x](http://evil) \\"), "a \\[x\\](http://evil) \\\\");
        assert_eq!(plain("[ 2023, 12 ]"), "[ 2023, 12 ]");
    }
}
