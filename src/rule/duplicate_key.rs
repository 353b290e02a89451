//! `duplicate-key`

use super::{Check, Findings, Rule, SHOWN};
use crate::finding::{Severity, Stage};
use crate::observation::Observation;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Error,
    summary: "a key occurs more than once in an object",
    what: "Fires for every key that occurs again in its object, under any spelling (`\"a\"` and `\"\\u0061\"` are one \
           key), in a payload, a further input or an expectation.",
    why: "RFC 8259 leaves open which of the two is read. Jackson and JSON.parse read the last, other readers the \
          first or fail; a text mapper that renames a key can make two of one (measured: the gateway's regular \
          expressions on a body that has both keys).",
    example: include_str!("examples/duplicate-key.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    let files = observation.payloads.iter().map(|payload| &payload.parsed).chain(&observation.expected);
    for parsed in files {
        let Ok(document) = &parsed.document else { continue };
        let repeated = document.repeated_keys();
        for &key in repeated.iter().take(SHOWN) {
            let name = document.content(key);
            let object = document.parent(key).unwrap_or(0);
            let value = |node| super::brief(document.raw(node));
            let first = document.members(object).find(|&(other, _)| document.content(other) == name);
            let location = parsed.at_node(document, key);
            let pointer = document.pointer(key);
            let message = format!("the key {name:?} occurs more than once in its object");
            findings.group(RULE.id, (&parsed.file.path, &pointer), message, |message| {
                observation
                    .finding(RULE.id, RULE.severity, Stage::Read, location)
                    .message(message)
                    .before(first.map(|(_, node)| value(node)))
                    .after(value(key + 1))
                    .breaks(format!(
                        "{} reads the last and forgets the others; another reader may not",
                        observation.mapping.reader_name
                    ))
                    .fix("write the key once")
            });
        }
        if let Some(&key) = repeated.get(SHOWN) {
            findings.push(
                observation
                    .finding(RULE.id, RULE.severity, Stage::Read, parsed.at_node(document, key))
                    .message(format!("{} more keys stand more than once in their objects", repeated.len() - SHOWN))
                    .places(repeated.len() - SHOWN)
                    .breaks("as above")
                    .fix("write each key once"),
            );
        }
    }
}
