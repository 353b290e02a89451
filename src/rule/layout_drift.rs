//! `layout-drift`

use super::{Check, Findings, Rule};
use crate::document::{Document, Lines, Place, Style, write};
use crate::finding::{Severity, Stage};
use crate::java::config::{Layout, MapperConfig};
use crate::java::write::{config_style, layout_style, spell};
use crate::observation::{Observation, Payload, Promised};
use crate::pointer::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "layout-drift",
    severity: Severity::Error,
    summary: "other bytes than the promised configuration writes for the same JSON",
    what: "Fires when the payload's own document (its keys, its values) would be written by the promised configuration \
           with other bytes: other white space, keys in another order, other escapes, numbers in another spelling. What \
           key-set-drift, date-form-drift or duplicate-key reports is not reported again. Indentation with CR LF, a \
           UTF-8 byte order mark, and characters beyond U+FFFF raw (writeValueAsString instead of bytes) are notes.",
    why: "Equal JSON in other bytes means that the serializer's configuration changed, and that was the only trace the \
          incident of December 2023 left on its pull request: a removed ObjectMapper bean let a dormant indent_output \
          take effect, the gateway's regular expression no longer matched its key, and the lists \
          were empty in production. Contract tests parse before they compare and saw nothing. The gateway read bytes \
          from 2022-06-23 to 2026-03-18; it parses today, and a proxy, a cache key, a signature or a log filter may not.",
    example: include_str!("examples/layout-drift.txt"),
    check: Check::Case(check),
};

fn check(observation: &Observation<'_>, findings: &mut Findings) {
    for payload in &observation.payloads {
        if let (Ok(document), Some(promised)) = (&payload.parsed.document, &payload.promised) {
            check_payload(observation, payload, document, promised, findings);
        }
    }
}

fn check_payload(
    observation: &Observation<'_>,
    payload: &Payload<'_>,
    document: &Document<'_>,
    promised: &Promised,
    findings: &mut Findings,
) {
    let text = document.text();
    let note = |message: &str, at: usize, findings: &mut Findings| {
        let place = Place { pointer: Pointer::ROOT, span: at..at + 1 };
        findings.push(
            observation
                .finding(RULE.id, Severity::Note, Stage::Read, payload.parsed.at(&place))
                .message(message.to_owned())
                .breaks("nobody who parses it")
                .fix("nothing, if the file is what the service sends"),
        );
    };
    if document.has_bom() {
        note("the payload begins with a UTF-8 byte order mark, which Jackson does not write", 0, findings);
    }
    if text == promised.exact {
        return;
    }
    let unix = text.replace("\r\n", "\n");
    if unix != text
        && let Some(at) = text.find("\r\n")
        && (unix == promised.exact || Some(&unix) == promised.exact_chars.as_ref())
    {
        note("the promised layout with CR LF, as Jackson indents on a Windows host", at, findings);
    }
    if unix == promised.exact {
        return;
    }
    if Some(&unix) == promised.exact_chars.as_ref() {
        let at = text.char_indices().find(|(_, character)| *character > '\u{FFFF}').map_or(0, |(at, _)| at);
        note(
            "characters beyond U+FFFF are raw, as writeValueAsString leaves them; a response has two escapes",
            at,
            findings,
        );
        return;
    }
    let promised_layout = promised.wire.config.layout_name();
    let mut found = Vec::new();
    let found_layout = found_layout(document);
    if found_layout != promised_layout {
        found.push(found_layout.to_owned());
    }
    found.extend(white_space_around(text).map(str::to_owned));
    found.extend(other_causes(document, promised));
    if found.is_empty() {
        found.push("other white space".to_owned());
    }
    let at = first_difference(text, &promised.exact);
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    let place = Place { pointer: pointer_at(document, at), span: at..at + width };
    findings.push(observation.finding(RULE.id, RULE.severity, Stage::Read, payload.parsed.at(&place))
.message(format!(
            "the layout is not that of {}: expected {promised_layout}, found {}",
            promised.wire.name(),
            found.join(", and ")
        ))
.before(around(&promised.exact, at))
.after(around(text, at))
// The layout is one fact about the whole document, wherever the first byte differs.
.pattern("")
.breaks(format!("whoever reads bytes before parsing them: {}", observation.mapping.byte_readers))
.fix("find what changed the ObjectMapper (a bean added or removed, spring.jackson.*, a library) and restore it; if \
              the new layout is meant, promise it: the mapping's producer wire, and new goldens"));
}

/// What the white space of a document is called.
fn found_layout(document: &Document<'_>) -> &'static str {
    let layout_name = |layout| MapperConfig { layout, ..MapperConfig::ISO }.layout_name();
    let spaced = |lines| Style { lines, after_colon: " ", ..Style::COMPACT };
    let named = [
        (layout_style(Layout::Compact), layout_name(Layout::Compact)),
        (layout_style(Layout::Indented), layout_name(Layout::Indented)),
        (layout_style(Layout::IndentedNoSpaces), layout_name(Layout::IndentedNoSpaces)),
        (spaced(Lines::Every("  ")), "indented by two blanks (`\"key\": value`)"),
        (spaced(Lines::Every("    ")), "indented by four blanks (`\"key\": value`)"),
        (spaced(Lines::Every("\t")), "indented by tabs (`\"key\": value`)"),
    ];
    let unix = document.text().replace("\r\n", "\n");
    let found = named.iter().find(|(style, _)| write(document, style) == unix.trim());
    found.map_or("a mixed layout", |(_, name)| name)
}

/// White space outside the document, which no layout has.
fn white_space_around(text: &str) -> Option<&'static str> {
    match (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace)) {
        (false, false) => None,
        (false, true) if text.trim_end() == text.trim_end_matches(['\r', '\n']) => {
            Some("a line end behind the document")
        }
        _ => Some("white space around the document"),
    }
}

/// What differs beside white space.
fn other_causes(document: &Document<'_>, promised: &Promised) -> Vec<String> {
    let mut causes = Vec::new();
    let layout = config_style(promised.wire.config);
    let spelled = Some(spell(promised.wire.config.escape));
    let kept_order = write(document, &Style { key: spelled, text: spelled, ..layout });
    let raw = write(document, &layout);
    if raw != kept_order {
        causes.push("texts with other escapes".to_owned());
    }
    if kept_order != promised.exact {
        let mut sorted_kept: Vec<char> = kept_order.chars().filter(|character| !character.is_whitespace()).collect();
        let mut sorted_exact: Vec<char> =
            promised.exact.chars().filter(|character| !character.is_whitespace()).collect();
        sorted_kept.sort_unstable();
        sorted_exact.sort_unstable();
        // The same characters in another order are members in another order; else a number is spelled otherwise.
        causes.push(
            if sorted_kept == sorted_exact { "keys in another order" } else { "numbers in another spelling" }
                .to_owned(),
        );
    }
    causes
}

fn first_difference(text: &str, other: &str) -> usize {
    let mut at = text.bytes().zip(other.bytes()).take_while(|(left, right)| left == right).count();
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The pointer of the innermost value or member around a byte.
fn pointer_at(document: &Document<'_>, at: usize) -> Pointer {
    let mut node = 0;
    'down: loop {
        for item in document.items(node) {
            if document.span(item).contains(&at) {
                node = item;
                continue 'down;
            }
        }
        for (key, value) in document.members(node) {
            if (document.span(key).start..document.span(value).end).contains(&at) {
                node = value;
                continue 'down;
            }
        }
        return document.pointer(node);
    }
}

/// The text around a byte, with white space visible.
fn around(text: &str, at: usize) -> String {
    let mut start = at.saturating_sub(24).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let cut: String = text[start..].chars().take(56).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start + cut.len() < text.len() { "…" } else { "" };
    // Only what would break the line; a backslash of the payload stays one.
    let visible = cut.replace('\r', "\\r").replace('\n', "\\n").replace('\t', "\\t");
    format!("{before}{visible}{after}")
}
