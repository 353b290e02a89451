//! What happened to a case: all that the rules look at.

use std::borrow::Cow;

use crate::compare::{Change, Difference, Listed, Tolerance, differences};
use crate::document::{
    Document, Json, Kind, NodeId, Order, Place, Style, Unreadable, WHITE_SPACE, parse, parse_first, write,
};
use crate::finding::{Finding, Location, Severity, Stage, Text};
use crate::fixture::{Case, Content, File};
use crate::java::config::Escape;
use crate::java::leaf::Refusal;
use crate::java::write::{config_style, spell};
use crate::mapping::{Further, Inputs, Mapper, Mapping, Outcome, Promise, Wire, consume};
use crate::model::written::{AT_LEAST, MOST_TIMES, grown};
use crate::pointer::Pointer;
use crate::spelling::Spelling;

/// A file whose content was looked at: the payload, a further input, an expectation.
pub struct Parsed<'o> {
    /// The file.
    pub file: &'o File,
    /// Its text, without a byte order mark; what is not UTF-8 is replaced.
    pub text: Text,
    /// Its value, or why it is not JSON.
    pub document: Result<Document<'o>, Unreadable>,
    /// Where content begins that stands after the value, and is no part of it.
    pub trailing: Option<Place>,
}

impl<'o> Parsed<'o> {
    /// Parses a payload as a Jackson 2 reader does: of an object or a list with content after it, the value alone
    /// counts.
    pub fn payload(file: &'o File) -> Self {
        let mut parsed = Parsed::new(file);
        if let Err(error) = &parsed.document
            && let Ok(first) = parse_first(file.content.bytes())
        {
            // What stands after it may be much; its first line is enough to point at.
            let (text, start) = (&parsed.text, first.text().len());
            let line = text[start..].trim_start_matches(WHITE_SPACE);
            let begin = text.len() - line.len();
            let end = begin + line.lines().next().map_or(0, str::len);
            debug_assert_eq!(error.place.span.start, begin);
            parsed.trailing = Some(Place { pointer: Pointer::ROOT, span: begin..end });
            parsed.document = Ok(first);
        }
        parsed
    }

    /// Parses a file.
    pub fn new(file: &'o File) -> Self {
        let bytes = file.content.bytes();
        let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let document = match &file.content {
            Content::Bytes(bytes) => parse(bytes),
            Content::TooLarge { size, limit } => Err(Unreadable {
                message: format!("expected at most {limit} bytes (--max-size), found {size}"),
                place: Place { pointer: Pointer::ROOT, span: 0..0 },
                stricter: true,
            }),
        };
        let text = match &document {
            Ok(document) => document.text().into(),
            Err(_) => lossy(body).as_ref().into(),
        };
        Parsed { file, text, document, trailing: None }
    }

    /// Refuses a payload of which one of these classes makes so much that it is neither judged nor mapped.
    pub(crate) fn bound(&mut self, wires: &[&Wire]) {
        let Ok(document) = &self.document else { return };
        let grown = |wire: &&Wire| Some((grown(wire.dto.class, wire.config.naming, document)?, wire.dto.name()));
        if let Some((length, name)) = wires.iter().filter_map(grown).max() {
            self.document = Err(Unreadable {
                message: format!(
                    "expected at most {} MiB with every key of {name} written, or {MOST_TIMES} times the payload; found \
                     {} MiB from a payload of {} KiB, so that values are left out of many rows",
                    AT_LEAST >> 20,
                    length >> 20,
                    self.text.len() >> 10
                ),
                place: Place { pointer: Pointer::ROOT, span: 0..1 },
                stricter: true,
            });
        }
    }

    /// The location of a place in the file.
    pub fn at(&self, place: &Place) -> Location {
        let body = self.file.content.bytes();
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        if std::str::from_utf8(body).is_ok() {
            Location::in_text(&self.file.path, &place.pointer, &self.text, place.span.clone())
        } else {
            Location::in_bytes(&self.file.path, body, place.span.start)
        }
    }

    /// The location of a node of the document.
    pub fn at_node(&self, document: &Document<'_>, node: NodeId) -> Location {
        self.at(&document.place(node))
    }

    /// The location of what a pointer names; the nearest value above it where it names nothing.
    pub fn at_pointer(&self, pointer: &Pointer) -> Location {
        let Ok(document) = &self.document else { return Location::file(&self.file.path) };
        let (mut node, mut is_there) = (0, true);
        for segment in pointer.segments() {
            match document.below(node, segment) {
                Some(below) => node = below,
                None => {
                    is_there = false;
                    break;
                }
            }
        }
        let span = if is_there { document.span(node) } else { head(document, node) };
        self.at(&Place { pointer: pointer.clone(), span })
    }

    /// The text with its parse, as a mapping gets it: a byte order mark included, what is not UTF-8 replaced.
    pub fn json(&self) -> Json {
        match &self.document {
            Ok(document) if self.trailing.is_some() => Json::parsed(document.text().into(), document),
            Ok(document) if document.has_bom() => Json::parsed(lossy(self.file.content.bytes()).into(), document),
            Ok(document) => Json::parsed(self.text.shared(), document),
            Err(_) => Json::new(lossy(self.file.content.bytes())),
        }
    }
}

/// The first byte of an object or list, all of anything else: what to point at when something in it is missing.
pub fn head(document: &Document<'_>, node: NodeId) -> std::ops::Range<usize> {
    let span = document.span(node);
    match document.kind(node) {
        Kind::Array | Kind::Object => span.start..span.start + 1,
        _ => span,
    }
}

/// A payload against what its wire promises.
pub struct Promised {
    /// The wire that promises.
    pub wire: Wire,
    /// What the producer would have written.
    pub promise: Promise,
    /// The differences between that and the payload, in the terms of the promise.
    pub differences: Vec<Difference>,
    /// The promised text; where the configuration cannot write its dates, with dates as text.
    pub text: Json,
    /// [`Promise::canonical`] with its parse.
    pub canonical: Json,
    /// The payload's own document in the promised layout, order and escapes.
    pub exact: Json,
    /// The same with characters beyond U+FFFF raw, as `writeValueAsString` leaves them.
    pub exact_chars: Option<String>,
}

impl Promised {
    /// Why the producer's own class does not take a node, where it does not.
    pub fn refusal(&self, node: NodeId) -> Option<&Refusal> {
        let refused = &self.promise.refused;
        refused.binary_search_by_key(&node, |(node, _)| *node).ok().map(|index| &refused[index].1)
    }

    /// The date of the payload in which a node stands.
    pub fn date_around(&self, document: &Document<'_>, node: NodeId) -> Option<NodeId> {
        let dates = &self.promise.dates;
        // Dates do not nest, so the last that begins before the node is the one.
        let index = dates.partition_point(|&date| date <= node).checked_sub(1)?;
        (node < document.after(dates[index])).then_some(dates[index])
    }

    /// Whether a difference is a value that the class has a key for and does not take, or reads as null: where nulls are
    /// left out, what it would write has no such key.
    pub fn is_value(&self, document: &Document<'_>, difference: &Difference) -> bool {
        difference.change == Change::Appeared
            && difference.found.is_some_and(|found| {
                document.kind(found) != Kind::Null
                    && (self.refusal(found).is_some() || self.promise.dates.binary_search(&found).is_ok())
            })
    }

    /// The date of the payload in which a difference lies: a matter of forms, not of keys and values. That the date's
    /// own key is gone or has appeared is a matter of keys.
    pub fn date_of(&self, document: &Document<'_>, difference: &Difference) -> Option<NodeId> {
        if difference.pointer.is_member()
            && matches!(difference.change, Change::Missing | Change::Appeared)
            && !self.is_value(document, difference)
        {
            return None;
        }
        if let Some(found) = difference.found {
            return self.date_around(document, found);
        }
        // Something is missing in a list: is the list a date?
        let list = difference.pointer.parent().filter(|_| !difference.pointer.is_member())?;
        self.date_around(document, document.at(&list)?)
    }

    fn new(wire: Wire, document: &Document<'_>, json: &Json) -> Self {
        let mut promise = wire.dto.promise(wire.config, document);
        promise.dates.sort_unstable();
        promise.refused.sort_by_key(|(node, _)| *node);
        if promise.text.as_deref() == Ok(document.text()) {
            // What the producer would have written is what is there, so nothing can differ.
            let exact = if document.has_bom() { document.text().into() } else { json.clone() };
            share(&mut promise, json);
            let (text, canonical) = (json.clone(), promise.canonical.clone());
            return Promised { wire, promise, differences: vec![], exact, text, canonical, exact_chars: None };
        }
        share(&mut promise, json);
        let (text, canonical) = (promise.text.as_ref().unwrap_or(&promise.keys).clone(), promise.canonical.clone());
        let style = config_style(wire.config);
        // Where nothing can be promised, the layout still is: it does not depend on the value.
        let Ok(promised) = text.document() else {
            let style = Style { key: Some(spell(wire.config.escape)), text: Some(spell(wire.config.escape)), ..style };
            let exact = write(document, &style).into();
            let text = text.clone();
            return Promised { wire, promise, differences: vec![], exact, text, canonical, exact_chars: None };
        };
        let tolerance = Tolerance { key_order: true, listed: Listed::First, ..Tolerance::default() };
        let differences = differences(&promised, document, &tolerance);
        let in_escape = |escape| {
            let spell = Some(spell(escape));
            write(document, &Style { key: spell, text: spell, order: Order::Like(&promised), ..style })
        };
        let exact = in_escape(wire.config.escape).into();
        let has_astral = wire.config.escape == Escape::Bytes && document.text().bytes().any(|byte| byte >= 0xF0);
        let exact_chars = has_astral.then(|| in_escape(Escape::Text));
        Promised { wire, promise, differences, text: text.clone(), canonical, exact, exact_chars }
    }
}

/// The texts of a promise mostly are the payload's own: then they are that one, with its parse, and not copies of it.
fn share(promise: &mut Promise, payload: &Json) {
    if let Ok(text) = &mut promise.text
        && text.source() == payload.source()
    {
        *text = payload.clone();
    }
    let promised = promise.text.as_ref().ok();
    let known = [Some(payload), promised].into_iter().flatten().find(|known| known.text() == promise.canonical.text());
    if let Some(known) = known {
        promise.canonical = known.clone();
    }
}

/// A payload of a case: its own, or a further input.
pub struct Payload<'o> {
    /// The further input's label (`notes-1234567`); none for the case's own payload.
    pub label: Option<String>,
    /// The file.
    pub parsed: Parsed<'o>,
    /// Its text and parse, as a mapping gets them.
    pub json: Json,
    /// What reads it.
    pub reader: Wire,
    /// It against its wire; none where it is unreadable.
    pub promised: Option<Promised>,
}

/// A spelling of the payload for which the mapping had another outcome.
pub struct Sensitive {
    /// The spelling.
    pub spelling: &'static Spelling,
    /// What the mapping made of it.
    pub outcome: Outcome,
}

/// What happened to a case.
pub struct Observation<'o> {
    /// The case.
    pub case: &'o Case,
    /// Its mapping.
    pub mapping: &'static Mapping,
    /// Its payload, then its further inputs.
    pub payloads: Vec<Payload<'o>>,
    /// What the mapping made of it; none where an input is unreadable.
    pub outcome: Option<Outcome>,
    /// What its consumer made of that; none without an answer or a consumer.
    pub consumed: Option<Result<(), (Refusal, Place)>>,
    /// The spellings that were to be tried.
    pub spellings: &'static [Spelling],
    /// Those of them that make a difference.
    pub sensitive: Vec<Sensitive>,
    /// Why spellings were not tried, where they were not.
    pub spellings_excluded: Option<&'static str>,
    /// The expectation's file.
    pub expected: Option<Parsed<'o>>,
}

impl<'o> Observation<'o> {
    /// Runs a case. `wire` is what is promised of the payload.
    pub fn of(case: &'o Case, wire: Wire, spellings: &'static [Spelling]) -> Self {
        let mapping = case.mapping;
        let payload = |label: Option<String>, file, wire: Wire, reader: Wire| {
            let mut parsed = Parsed::payload(file);
            parsed.bound(&[&wire, &reader]);
            let json = parsed.json();
            let promised = parsed.document.as_ref().ok().map(|document| Promised::new(wire, document, &json));
            Payload { label, parsed, json, reader, promised }
        };
        let spec = |name: &str| mapping.inputs.iter().find(|input| input.name == name);
        let reader = case.input.and_then(spec).map_or(mapping.reader, |input| input.reader);
        let mut payloads = vec![payload(None, &case.payload, wire, reader)];
        for further in &case.further {
            let label = match &further.key {
                Some(key) => format!("{}-{key}", further.name),
                None => further.name.clone(),
            };
            if let Some(input) = spec(&further.name) {
                payloads.push(payload(Some(label), &further.file, input.wire, input.reader));
            }
        }
        let mut observation = Observation {
            case,
            mapping,
            payloads,
            outcome: None,
            consumed: None,
            spellings,
            sensitive: vec![],
            spellings_excluded: Some("unreadable"),
            expected: case.expected.as_ref().map(Parsed::new),
        };
        observation.run();
        observation
    }

    fn run(&mut self) {
        // A further input that is judged by itself: its mapping has nothing else to read.
        if self.case.input.is_some() || self.payloads.iter().any(|payload| payload.parsed.document.is_err()) {
            return;
        }
        let mapping = self.mapping;
        let further: Vec<Further<'_>> = self
            .case
            .further
            .iter()
            .filter_map(|further| {
                let key = further.key.as_deref();
                let is_it = |payload: &&Payload<'_>| std::ptr::eq(payload.parsed.file, &further.file);
                // One that the mapping does not declare is no input of it.
                let json = self.payloads.iter().find(is_it)?.json.clone();
                Some(Further { name: &further.name, key, json })
            })
            .collect();
        let inputs = Inputs { payload: self.payloads[0].json.clone(), further: &further };
        let Ok(document) = &self.payloads[0].parsed.document else { return };
        let outcome = mapping.run(&inputs);
        if let (Outcome::Emitted(answer), Some(consumer)) = (&outcome, &mapping.consumer) {
            self.consumed = Some(match answer.document() {
                Ok(answer) => consume(consumer, &answer),
                Err(error) => Err((Refusal::Jackson(error.message.clone()), error.place.clone())),
            });
        }
        let mut sensitive = Vec::new();
        self.spellings_excluded = self.excluded(document);
        if self.spellings_excluded.is_none() {
            for spelling in self.spellings {
                let text = spelling.spell(document);
                if text == inputs.payload.source() {
                    continue;
                }
                let spelled = mapping.run(&Inputs { payload: text.into(), further: &further });
                if !same_outcome(&outcome, &spelled, spelling.reorders()) {
                    sensitive.push(Sensitive { spelling, outcome: spelled });
                }
            }
        }
        self.sensitive = sensitive;
        self.outcome = Some(outcome);
    }

    /// Why spellings say nothing about the mapping: it never sees one; or another order of keys would be another
    /// document.
    fn excluded(&self, document: &Document<'_>) -> Option<&'static str> {
        if matches!(self.mapping.map, Mapper::Values(_)) {
            return Some("the mapping reads values");
        }
        if !document.repeated_keys().is_empty() {
            return Some("duplicate key");
        }
        let mut aliases = self.mapping.reader.dto.class.aliases();
        let both =
            |(alias, key): (&str, &str)| document.member(0, alias).is_some() && document.member(0, key).is_some();
        aliases.any(both).then_some("two keys that the reader reads as one")
    }

    /// The case's own payload.
    pub fn own(&self) -> &Payload<'o> {
        &self.payloads[0]
    }

    /// The payload of a label; the case's own where there is none.
    pub fn payload(&self, label: Option<&str>) -> &Payload<'o> {
        self.payloads.iter().find(|payload| payload.label.as_deref() == label).unwrap_or(&self.payloads[0])
    }

    /// The text of the answer.
    pub fn answer(&self) -> Option<&str> {
        match &self.outcome {
            Some(Outcome::Emitted(answer)) => Some(answer),
            _ => None,
        }
    }

    /// The answer's value, or why it is not JSON.
    pub fn answer_document(&self) -> Option<Result<Document<'_>, &Unreadable>> {
        match &self.outcome {
            Some(Outcome::Emitted(answer)) => Some(answer.document()),
            _ => None,
        }
    }

    /// A finding about this case; the caller fills in what it knows better.
    pub fn finding(&self, rule: &'static str, severity: Severity, stage: Stage, location: Location) -> Finding {
        Finding::new(rule, severity, location)
            .stage(stage)
            .mapping(self.mapping.id.to_owned())
            .case(self.case.name.clone())
            .payload(self.case.payload.path.clone())
    }
}

/// A text in which what is not UTF-8 is replaced; nearly always there is nothing to replace, and that is soon seen.
fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Whether two outcomes are the same; where a refusal stands in the text does not count, spellings move it. Of several
/// values that are refused the first is named, and which that is depends on the order of the keys.
fn same_outcome(left: &Outcome, right: &Outcome, reordered: bool) -> bool {
    match (left, right) {
        (Outcome::Emitted(left), Outcome::Emitted(right)) => left == right,
        (
            Outcome::Refused { stage: left, place: left_place, .. },
            Outcome::Refused { stage: right, place: right_place, .. },
        ) => left == right && (reordered || left_place.pointer == right_place.pointer),
        _ => false,
    }
}
