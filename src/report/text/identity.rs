//! What a finding is known by from run to run: its fingerprint, and the file that it is shown at.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::finding::Finding;
use crate::report::Report;

/// A fingerprint for each finding, in their order: of rule, mapping or class, case and pointer with `*` for every index.
///
/// Lines, values and messages are not in it: the same defect keeps its fingerprint when a file grows. Findings that are
/// alike in all of that are numbered.
pub(in crate::report) fn fingerprints(findings: &[&Finding]) -> Vec<String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let fingerprint = |finding: &&Finding| {
        let of = identity(finding);
        let time = times.entry(of.clone()).or_default();
        *time += 1;
        let mut hash = Sha256::digest(&of).iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>();
        if *time > 1 {
            hash.push_str(&format!(":{time}"));
        }
        hash
    };
    findings.iter().map(fingerprint).collect()
}

fn identity(finding: &Finding) -> String {
    let Finding { rule, mapping, case, pattern, .. } = finding;
    let (about, part) = match (finding.subject.as_deref(), finding.evidence.as_deref()) {
        (Some(subject), _) => (subject.class.as_str(), subject.key.as_str()),
        // Which payload is the smallest may change with the mapper; what it does wrong does not.
        (None, Some(evidence)) => (mapping.as_str(), evidence.kind.name()),
        (None, None) if case.is_empty() => (mapping.as_str(), finding.location.path.as_str()),
        (None, None) => (mapping.as_str(), case.as_str()),
    };
    [rule, about, part, pattern].join("\0")
}

/// The file that a finding is shown at.
///
/// One that is in no file is about a golden: a payload of the binary has its place in `fixtures/`, a generated one was
/// made for a mapping, whose folder stands there.
pub(in crate::report) fn path(report: &Report, finding: &Finding) -> String {
    let Finding { mapping, case, payload, location, .. } = finding;
    let saved = finding.evidence.as_deref().and_then(|evidence| evidence.saved.as_ref());
    if !location.path.is_empty() {
        location.path.clone()
    } else if !payload.is_empty() {
        payload.clone()
    } else if let Some(saved) = saved {
        saved.clone()
    } else {
        let mapping = report.probed().map_or(mapping.as_str(), |probed| probed.mapping);
        match case.as_str() {
            "" => format!("fixtures/{mapping}"),
            case if case.starts_with("generated") => format!("fixtures/{mapping}"),
            case => format!("fixtures/{mapping}/valid/{case}.json"),
        }
    }
}

/// A path as a reference of a URI: what is no plain character of a path is encoded, and `%` too.
pub(in crate::report) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Location, Severity, Text};
    use crate::pointer::Pointer;

    fn at(text: &str, message: &str) -> Finding {
        let place = text.find('7').unwrap();
        let location = Location::in_text("a.json", &Pointer::ROOT.key("a"), &Text::from(text), place..place + 1);
        Finding::new("layout-drift", Severity::Error, location).mapping("orders").case("one").message(message)
    }

    fn fingerprints(findings: &[Finding]) -> Vec<String> {
        super::fingerprints(&findings.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_fingerprint_moves_with_no_line_and_is_never_shared() {
        let first = fingerprints(&[at("{\"a\":7}", "x"), at("{\"a\":7}", "y")]);
        assert_eq!(first, fingerprints(&[at("\n\n\n{\"a\":7}", "x"), at("{\n\"a\":7}", "z")]));
        assert_ne!(first[0], first[1]);
        let other = fingerprints(&[at("{\"a\":7}", "x").case("two")]);
        assert_ne!(first[0], other[0]);
    }

    #[test]
    fn a_path_is_encoded() {
        assert_eq!(uri("a b/ü:%.json"), "a%20b/%C3%BC%3A%25.json");
        assert_eq!(uri("/x/@y"), "file:///x/@y");
    }
}
