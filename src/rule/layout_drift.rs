//! `layout-drift`

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::{Check, Findings, Rule, brief};
use crate::document::{Document, Kind, Lines, NodeId, Place, Style, same_number, write};
use crate::finding::{Severity, Stage};
use crate::java::config::{self, Escape, Layout, MapperConfig};
use crate::java::write::{layout_style, spell};
use crate::mapping::ByteReaders;
use crate::observation::{Observation, Payload, Promised};
use crate::pointer::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "layout-drift",
    severity: Severity::Error,
    summary: "other bytes than the promised configuration writes for the same JSON",
    what: "Fires when the promised configuration would write the payload's own keys and values with other bytes. \
           Errors: other white space, other escapes, numbers in another spelling, sorted keys (a setting does that), \
           line ends of both kinds, and any other order of keys if somebody reads the bytes. Warning: some keys in \
           another order (fields moved in a class) that nobody reads as bytes. Notes: indentation with CR LF \
           throughout, a line end after the document, a UTF-8 byte order mark, and characters beyond U+FFFF that are \
           not escaped (writeValueAsString instead of bytes). What key-set-drift, date-form-drift or duplicate-key \
           reports is not reported again.",
    why: "Equal JSON in other bytes means that the serializer's configuration changed, and that was the only trace \
          the incident of December 2023 left on its pull request: a removed ObjectMapper bean let a dormant \
          indent_output take effect, the gateway's regular expression no longer matched its key, and the lists were \
          empty in production. Contract tests parse before they compare and saw nothing. The gateway read bytes from \
          2022-06-23 to 2026-03-18; it parses today, and a proxy, a cache key, a signature or a log filter may not.",
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
    let mut note = |message: &str, span: Range<usize>, fix: &'static str| {
        let place = Place { pointer: Pointer::ROOT, span };
        findings.push(
            observation
                .finding(RULE.id, Severity::Note, Stage::Read, payload.parsed.at(&place))
                .message(message.to_owned())
                .breaks("nobody who parses it")
                .fix(fix),
        );
    };
    const AS_SENT: &str = "nothing, if the file is what the service sends";
    if document.has_bom() {
        note("the payload begins with a UTF-8 byte order mark, which Jackson does not write", 0..1, AS_SENT);
    }
    if text == promised.exact.source() {
        return;
    }
    let body = text.trim_end_matches(['\r', '\n']);
    if body.len() < text.len() && !body.ends_with(char::is_whitespace) {
        let fix = "nothing, if the file was saved by an editor; else find what prints the body with a line end";
        note("a line end follows the document, and no serializer writes one", body.len()..text.len(), fix);
    }
    let ends = LineEnds::of(body);
    let promises_crlf = promised.wire.config.line_ends == config::LineEnds::CrLf;
    if let (LineEnds::CrLf { first }, false) = (ends, promises_crlf) {
        let message = "the lines end with CR LF, as Jackson indents on a Windows host: expected LF";
        note(message, first..first + 2, AS_SENT);
    }
    let mut causes = causes(document, promised, body);
    if promises_crlf && matches!(ends, LineEnds::Lf) && body.contains('\n') {
        causes.push(Cause {
            severity: Severity::Error,
            expected: "lines that end with CR LF".to_owned(),
            found: "LF".to_owned(),
        });
    }
    if let LineEnds::Mixed { crlf, lf, .. } = ends {
        causes.push(Cause {
            severity: Severity::Error,
            expected: "one kind of line end".to_owned(),
            found: format!("{crlf} CR LF among {lf} LF"),
        });
    }
    let unix = in_unix(body);
    if causes.is_empty() && unix != in_unix(&promised.exact) {
        if promised.exact_chars.as_deref().map(in_unix).as_ref() == Some(&unix) {
            let at = text.char_indices().find(|(_, character)| *character > '\u{FFFF}').map_or(0, |(at, _)| at);
            let message =
                "characters beyond U+FFFF are raw, as writeValueAsString leaves them; a response has two escapes";
            note(message, at..at + 1, AS_SENT);
            return;
        }
        causes.push(Cause {
            severity: Severity::Error,
            expected: promised.wire.config.layout_name().to_owned(),
            found: "other white space".to_owned(),
        });
    }
    let readers = observation.mapping.byte_readers;
    let is_read = matches!(readers, ByteReaders::Alive { .. });
    let Some(severity) = causes.iter().map(|cause| cause.severity).max() else { return };
    let severity = if is_read { Severity::Error } else { severity };
    let at = match ends {
        LineEnds::Mixed { first, .. } if causes.len() == 1 => first,
        _ => first_difference(text, &promised.exact),
    };
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    let place = Place { pointer: pointer_at(document, at), span: at..at + width };
    let listed: Vec<String> =
        causes.iter().map(|cause| format!("expected {}, found {}", cause.expected, cause.found)).collect();
    findings.push(
        observation
            .finding(RULE.id, severity, Stage::Read, payload.parsed.at(&place))
            .message(format!("the layout is not that of {}: {}", promised.wire.name(), listed.join("; ")))
            .before(around(&promised.exact, at))
            .after(around(text, at))
            // The layout is one fact about the whole document, wherever the first byte differs.
            .pattern("")
            .breaks(format!("whoever reads bytes before parsing them: {readers}"))
            .fix(fix(&causes, ends)),
    );
}

/// With line feeds alone at the ends of lines; copied only where there are others.
fn in_unix(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// Something that differs in the bytes, and what stands there instead.
struct Cause {
    severity: Severity,
    expected: String,
    found: String,
}

/// What ends the lines of a document.
#[derive(Clone, Copy)]
enum LineEnds {
    /// LF, or there is one line.
    Lf,
    /// CR LF, all of them.
    CrLf { first: usize },
    /// Some of each, and where the rarer stands first.
    Mixed { crlf: usize, lf: usize, first: usize },
}

impl LineEnds {
    fn of(text: &str) -> Self {
        let Some(first) = text.find("\r\n") else { return LineEnds::Lf };
        let crlf = text.matches("\r\n").count();
        let lf = text.matches('\n').count() - crlf;
        let bare =
            || text.match_indices('\n').map(|(at, _)| at).find(|&at| at == 0 || text.as_bytes()[at - 1] != b'\r');
        match lf {
            0 => LineEnds::CrLf { first },
            _ => LineEnds::Mixed { crlf, lf, first: if crlf <= lf { first } else { bare().unwrap_or(first) } },
        }
    }
}

fn fix(causes: &[Cause], ends: LineEnds) -> &'static str {
    if causes.iter().all(|cause| cause.severity == Severity::Warning) {
        return "put the fields of the class back in their order; if the new order is meant, write the goldens again";
    }
    if matches!(ends, LineEnds::Mixed { .. }) && causes.len() == 1 {
        return "save the bytes of the service: an editor, a checkout (.gitattributes) or a proxy changed line ends";
    }
    "find what changed the ObjectMapper (a bean added or removed, spring.jackson.*, a library) and restore it; if the new \
     layout is meant, promise it: the mapping's producer wire, and new goldens"
}

/// What the white space of a document is called, where it is not the promised one.
fn other_layout(document: &Document<'_>, promised: &MapperConfig, body: &str) -> Option<&'static str> {
    let layout_name = |layout| MapperConfig { layout, ..MapperConfig::ISO }.layout_name();
    let spaced = |lines| Style { lines, after_colon: " ", ..Style::COMPACT };
    let named = [
        (layout_style(Layout::Compact), layout_name(Layout::Compact)),
        (layout_style(Layout::Indented), layout_name(Layout::Indented)),
        (layout_style(Layout::IndentedNoSpaces), layout_name(Layout::IndentedNoSpaces)),
        (spaced(Lines::Every("  ")), "indented by two spaces (`\"key\": value`)"),
        (spaced(Lines::Every("    ")), "indented by four spaces (`\"key\": value`)"),
        (spaced(Lines::Every("\t")), "indented by tabs (`\"key\": value`)"),
    ];
    let unix = body.replace("\r\n", "\n");
    let is_written = |style: &Style<'_>| write(document, style) == unix.trim();
    if is_written(&layout_style(promised.layout)) {
        return (unix != unix.trim()).then_some("white space around the document");
    }
    let found = named.iter().find(|(style, _)| is_written(style));
    Some(found.map_or("a mixed layout", |(_, name)| name))
}

/// What differs between the bytes that are promised and those that are there, line ends apart.
fn causes(document: &Document<'_>, promised: &Promised, body: &str) -> Vec<Cause> {
    let config = promised.wire.config;
    let mut causes = Vec::new();
    let mut push = |severity, expected: String, found: String| causes.push(Cause { severity, expected, found });
    if let Some(found) = other_layout(document, config, body) {
        push(Severity::Error, config.layout_name().to_owned(), found.to_owned());
    }
    if let Some((expected, found)) = other_escape(document, config.escape) {
        push(Severity::Error, format!("texts as {expected}"), found);
    }
    // Where nothing can be promised, order and numbers are the payload's own.
    let Ok(wire) = promised.text.document() else { return causes };
    let spelled = Spelled::of(&wire, document);
    if let Some((expected, found)) = spelled.order {
        if spelled.is_sorted {
            push(
                Severity::Error,
                format!("keys in the order of the class ({expected})"),
                format!("all keys sorted ({found})"),
            );
        } else {
            push(Severity::Warning, format!("keys in the order {expected}"), format!("the order {found}"));
        }
    }
    if let Some((expected, found)) = spelled.number {
        push(Severity::Error, format!("numbers as {expected}"), found);
    }
    causes
}

/// The first text that is escaped otherwise than promised: how it would be written, and how it stands there. Characters
/// beyond U+FFFF raw are another matter, as long as all of them are.
fn other_escape(document: &Document<'_>, escape: Escape) -> Option<(String, String)> {
    let texts = || (0..document.len()).filter(|&node| matches!(document.kind(node), Kind::Text { .. }));
    let spelled = |node, escape| {
        let mut out = String::from("\"");
        spell(escape)(&document.content(node), &mut out);
        out.push('"');
        out
    };
    let first = texts().find(|&node| document.raw(node) != spelled(node, escape))?;
    let is_text = || texts().all(|node| document.raw(node) == spelled(node, Escape::Text));
    if escape == Escape::Bytes && is_text() {
        return None;
    }
    Some((brief(&spelled(first, escape)), brief(document.raw(first))))
}

/// How two documents of the same values differ in the order of keys and the spelling of numbers.
#[derive(Default)]
struct Spelled {
    /// The keys around the first place where the order differs: expected and found.
    order: Option<(String, String)>,
    /// Whether the keys of every object are sorted, and of one with enough keys that is no chance.
    is_sorted: bool,
    /// The first number that is spelled otherwise: expected and found.
    number: Option<(String, String)>,
}

/// Fewer keys are sorted by chance.
const ENOUGH: usize = 3;

impl Spelled {
    fn of(wire: &Document<'_>, document: &Document<'_>) -> Self {
        let mut spelled = Spelled::default();
        let (mut all_sorted, mut enough) = (true, false);
        let mut open = vec![(0, 0)];
        while let Some((expected, found)) = open.pop() {
            let is_number = |kind| matches!(kind, Kind::Integer | Kind::Float);
            match (wire.kind(expected), document.kind(found)) {
                (Kind::Array, Kind::Array) => {
                    let start = open.len();
                    open.extend(wire.items(expected).zip(document.items(found)));
                    open[start..].reverse();
                }
                (Kind::Object, Kind::Object) => {
                    let ours: Vec<(Cow<'_, str>, NodeId)> =
                        wire.members(expected).map(|(key, value)| (wire.content(key), value)).collect();
                    let theirs: Vec<(Cow<'_, str>, NodeId)> =
                        document.members(found).map(|(key, value)| (document.content(key), value)).collect();
                    all_sorted &= theirs.is_sorted_by(|(one, _), (other, _)| one <= other);
                    let by_name: HashMap<&str, NodeId> = theirs.iter().map(|(name, node)| (&**name, *node)).collect();
                    let known: HashMap<&str, NodeId> = ours.iter().map(|(name, node)| (&**name, *node)).collect();
                    let ordered: Vec<&str> =
                        ours.iter().map(|(name, _)| &**name).filter(|name| by_name.contains_key(name)).collect();
                    let there: Vec<&str> = theirs
                        .iter()
                        .filter(|(name, node)| known.contains_key(&**name) && by_name.get(&**name) == Some(node))
                        .map(|(name, _)| &**name)
                        .collect();
                    if let Some(at) = ordered.iter().zip(&there).position(|(ours, theirs)| ours != theirs) {
                        enough |= there.len() >= ENOUGH;
                        spelled.order.get_or_insert_with(|| (some(&ordered, at), some(&there, at)));
                    }
                    let start = open.len();
                    open.extend(ours.iter().filter_map(|(name, node)| Some((*node, *by_name.get(&**name)?))));
                    open[start..].reverse();
                }
                (ours, theirs) if is_number(ours) && is_number(theirs) => {
                    let (ours, theirs) = (wire.raw(expected), document.raw(found));
                    if ours != theirs && same_number(ours, theirs) {
                        spelled.number.get_or_insert_with(|| (brief(ours), brief(theirs)));
                    }
                }
                _ => {}
            }
        }
        spelled.is_sorted = all_sorted && enough;
        spelled
    }
}

/// A few keys from a place on.
fn some(keys: &[&str], at: usize) -> String {
    const FEW: usize = 3;
    let more = if keys.len() > at + FEW { ", ..." } else { "" };
    brief(&format!("{}{more}", keys[at..].iter().take(FEW).copied().collect::<Vec<_>>().join(", ")))
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
