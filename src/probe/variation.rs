//! Payloads beyond the fixtures and their spellings: what a producer may send and no fixture happens to have.
//!
//! A variation is a list of edits of a payload's text, so the payload keeps its own layout. Nothing here knows a
//! definition but through the mapping: where the key is that it renames, and which values its own reader takes.

use std::cell::OnceCell;
use std::ops::Range;

use crate::document::{Document, Json, Kind, NodeId, parse, parse_text};
use crate::finding::Severity;
use crate::java::config::{Dates, MapperConfig};
use crate::java::write::spell;
use crate::mapping::{Catalogue, Further, Inputs, Mapping, Outcome};
use crate::model::coded::coded;
use crate::pointer::unescape;
use crate::report::escape::seen;
use crate::report::text::cut_middle;
use crate::verdict::{Judgement, judge_beside};

/// A way to vary a payload.
pub struct Variation {
    /// The id, as the table names it.
    pub id: &'static str,
    /// One line: what is special in it.
    pub summary: &'static str,
    /// How much a value that is lost weighs; a corrupted one is always an error.
    pub severity: Severity,
    /// Whether it needs a key that the mapping renames.
    pub needs_rename: bool,
    /// Whether it is too large for a process each: one payload of it is sent in a batch or over HTTP.
    pub is_large: bool,
    make: fn(&Base<'_>) -> Vec<String>,
}

impl Variation {
    /// The payloads that it makes of one.
    ///
    /// What the mapping itself does not bring through is demanded of no other mapper; only where a loss is a warning
    /// it is shown all the same.
    pub fn payloads(&self, base: &Base<'_>) -> Vec<String> {
        let mut payloads = (self.make)(base);
        payloads.retain(|text| match own(base.mapping, text, base.further) {
            Some(Judgement::Ok { .. }) => true,
            Some(Judgement::Lost { .. }) => self.severity < Severity::Error,
            _ => false,
        });
        payloads
    }
}

impl Variation {
    /// Its page: what is sent, by example, and what must come out.
    pub fn page(&self, catalogue: &Catalogue) -> String {
        let mut page = format!(
            "{} (a variation of `dtogate probe`)\n{}\n\nWhat must come out\nEvery value must arrive as it was sent, under \
             the mapping's names.\nA value that the mapping's reader converts may arrive converted.\nA lost value is {} \
             here, a corrupted one always an error.\n",
            self.id,
            self.summary,
            match self.severity {
                Severity::Error => "an error",
                Severity::Warning => "a warning",
                Severity::Note => "a note",
            },
        );
        let mut goldens: Vec<_> = catalogue.goldens.iter().collect();
        goldens.sort_by_key(|golden| golden.bytes.len());
        let example = goldens.iter().find_map(|golden| {
            let (mapping, document) = (catalogue.mapping(golden.mapping)?, parse(golden.bytes).ok()?);
            let text =
                self.payloads(&Base::new(mapping, catalogue, &document, &[])).into_iter().min_by_key(String::len)?;
            Some((mapping.id, golden.name, text))
        });
        if let Some((mapping, name, text)) = example {
            page.push_str(&format!("\nExample: {name} of {mapping}\n"));
            let text = seen_lines(&text);
            page.extend(text.lines().take(24).map(|line| format!("  | {}\n", cut_middle(line, 110))));
        }
        page
    }
}

/// The lines of a payload: what a terminal would obey is shown by its name, line ends are kept.
fn seen_lines(text: &str) -> String {
    text.lines().map(seen).collect::<Vec<_>>().join("\n")
}

/// The judgement of the mapping's own answer; none where it refuses the payload.
pub(super) fn own(mapping: &Mapping, text: &str, further: &[Further<'_>]) -> Option<Judgement> {
    let payload = Json::from(text);
    let outcome = mapping.run(&Inputs { payload: payload.clone(), further });
    let Outcome::Emitted(answer) = &outcome else { return None };
    let (sent, own) = (payload.document().ok()?, answer.document().ok()?);
    Some(judge_beside(mapping, &sent, &outcome, Some(&own)))
}

const fn error(id: &'static str, summary: &'static str, make: fn(&Base<'_>) -> Vec<String>) -> Variation {
    Variation { id, summary, severity: Severity::Error, needs_rename: false, is_large: false, make }
}

const fn of_key(
    severity: Severity,
    id: &'static str,
    summary: &'static str,
    make: fn(&Base<'_>) -> Vec<String>,
) -> Variation {
    Variation { id, summary, severity, needs_rename: true, is_large: false, make }
}

/// Every variation, in the order of the table.
pub const VARIATIONS: &[Variation] = &[
    error("unknown-keys", "a key that no class has, at each level", unknown_keys),
    error("list-order", "the items of a list in another order, which must be kept", list_order),
    of_key(Severity::Warning, "value-equals-key", "a text that is just the renamed key", |base| {
        base.texts_of_key(&["KEY"])
    }),
    of_key(Severity::Error, "value-holds-key", "a text with the renamed key in it", |base| {
        base.texts_of_key(&["x KEY y", "KEY y", "KEY:", "KEY : ["])
    }),
    of_key(Severity::Error, "value-quotes-key", "a text with the renamed key in quotation marks", |base| {
        base.texts_of_key(&["x \"KEY\" y", "\"KEY\""])
    }),
    of_key(Severity::Error, "value-quotes-key-colon", "the same with a colon, as a member would stand", |base| {
        base.texts_of_key(&["x \"KEY\":[] y", "\"KEY\" : null", "{\"KEY\":1}"])
    }),
    of_key(Severity::Error, "value-ends-in-key", "a text that ends in the renamed key", |base| {
        base.texts_of_key(&["x KEY", "x \"KEY"])
    }),
    of_key(Severity::Warning, "key-ends-in-key", "an unknown key that ends in the renamed key", key_ends_in_key),
    of_key(Severity::Warning, "nested-key", "the renamed key again, in an unknown object", nested_key),
    of_key(Severity::Warning, "both-keys", "the old and the new key, in either order", both_keys),
    // A reader that does not know the new name is a healthy one: no producer has written it yet.
    of_key(Severity::Note, "key-already-renamed", "the new key in place of the old one", already_renamed),
    error("page-size-0", "an empty list", |base| base.page(0)),
    error("page-size-1", "a list of one", |base| base.page(1)),
    error("page-size-20", "a list of 20", |base| base.page(20)),
    Variation {
        is_large: true,
        ..error("page-size-2000", "a list of 2,000; only with --batch or --target", |base| base.page(2000))
    },
    error("text-classes", "texts of every kind of character", text_classes),
    error("number-limits", "whole numbers at 2^53 and at the ends of 64 bits", number_limits),
    error("date-forms", "dates in every form that a configuration writes", date_forms),
];

/// The variation of that id.
pub fn find(id: &str) -> Option<&'static Variation> {
    VARIATIONS.iter().find(|variation| variation.id == id)
}

/// A key that the mapping renames, where a payload has it.
struct Renamed {
    key: NodeId,
    value: NodeId,
    from: String,
    to: String,
}

/// A payload to vary.
pub struct Base<'b> {
    mapping: &'b Mapping,
    catalogue: &'b Catalogue,
    document: &'b Document<'b>,
    further: &'b [Further<'b>],
    renamed: Vec<Renamed>,
    dates: Vec<NodeId>,
    free_texts: OnceCell<Vec<NodeId>>,
}

impl<'b> Base<'b> {
    /// A payload as it stands.
    pub fn new(
        mapping: &'b Mapping,
        catalogue: &'b Catalogue,
        document: &'b Document<'b>,
        further: &'b [Further<'b>],
    ) -> Self {
        let split = |pointer: &str| -> (String, String) {
            let (parent, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
            (parent.to_owned(), unescape(name).into_owned())
        };
        let renamed = |&(from, to): &(&str, &str)| {
            let ((parent, from), (_, to)) = (split(from), split(to));
            let object = document.find(&parent)?;
            let (key, value) = document.members(object).filter(|&(key, _)| document.content(key) == from).last()?;
            Some(Renamed { key, value, from, to })
        };
        let renamed = mapping.renames.iter().filter_map(renamed).collect();
        let dates = mapping.reader.dto.promise(mapping.reader.config, document).dates;
        Base { mapping, catalogue, document, further, renamed, dates, free_texts: OnceCell::new() }
    }

    /// Whether the mapping itself takes a payload; what it refuses no other mapper has to take.
    fn takes(&self, text: &str) -> bool {
        let inputs = Inputs { payload: text.into(), further: self.further };
        matches!(self.mapping.run(&inputs), Outcome::Emitted(_))
    }

    fn edited(&self, mut edits: Vec<(Range<usize>, String)>) -> String {
        edits.sort_by_key(|(range, _)| range.start);
        let (text, mut out, mut at) = (self.document.text(), String::new(), 0);
        for (range, new) in edits {
            out.push_str(&text[at..range.start]);
            out.push_str(&new);
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }

    fn replaced(&self, node: NodeId, new: &str) -> String {
        self.edited(vec![(self.document.span(node), new.to_owned())])
    }

    /// A member as the payload spells them: with the white space around the first colon.
    fn member(&self, key: &str, value: &str) -> String {
        let object = (0..self.document.len()).find_map(|node| self.document.members(node).next());
        let colon = object.map_or(":", |(key, value)| {
            &self.document.text()[self.document.span(key).end..self.document.span(value).start]
        });
        format!("{}{colon}{value}", quoted(key))
    }

    /// An edit that adds a member after the opening brace of an object, or before its closing one.
    fn added(&self, object: NodeId, member: &str, first: bool) -> (Range<usize>, String) {
        let span = self.document.span(object);
        let is_empty = self.document.members(object).next().is_none();
        let comma = if is_empty { "" } else { "," };
        if first {
            (span.start + 1..span.start + 1, format!("{member}{comma}"))
        } else {
            let inside = self.document.text()[..span.end - 1].trim_end().len();
            (inside..inside, format!("{comma}{member}"))
        }
    }

    /// The first node of each pattern of pointers, of those that are wanted.
    fn first_of_each(&self, wanted: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
        let mut seen = std::collections::BTreeSet::new();
        let keys: std::collections::BTreeSet<NodeId> =
            (0..self.document.len()).flat_map(|node| self.document.members(node)).map(|(key, _)| key).collect();
        let is_in_date =
            |node: NodeId| self.dates.iter().any(|&date| (date..self.document.after(date)).contains(&node));
        let nodes = (0..self.document.len()).filter(|node| !keys.contains(node) && !is_in_date(*node) && wanted(*node));
        nodes.filter(|&node| seen.insert(self.document.pointer(node).pattern())).collect()
    }

    /// The texts that may be any text; asked for by many variations, so that it is looked once.
    fn free_texts(&self) -> &[NodeId] {
        self.free_texts.get_or_init(|| {
            let is_text = |node| matches!(self.document.kind(node), Kind::Text { .. });
            let mut nodes = self.first_of_each(is_text);
            // A word of a domain is no free text, though its reader takes any: no producer writes another there.
            let producer = self.mapping.producer;
            let coded: std::collections::BTreeSet<NodeId> =
                coded(producer.dto.class, producer.config.naming, self.document)
                    .iter()
                    .map(|coded| coded.node)
                    .collect();
            nodes.retain(|node| !coded.contains(node));
            nodes.retain(|&node| self.takes(&self.replaced(node, "\"any text\"")));
            nodes
        })
    }

    /// A free text as each of these, `KEY` being the renamed key.
    fn texts_of_key(&self, texts: &[&str]) -> Vec<String> {
        let (Some(renamed), Some(node)) = (self.renamed.first(), self.free_texts().first().copied()) else {
            return vec![];
        };
        texts.iter().map(|text| self.replaced(node, &quoted(&text.replace("KEY", &renamed.from)))).collect()
    }

    /// The list of objects that a page is about: the renamed one, else the first.
    fn page_list(&self) -> Option<NodeId> {
        let has_objects = |node: NodeId| {
            self.document.items(node).next().is_some_and(|item| self.document.kind(item) == Kind::Object)
        };
        let renamed = self.renamed.iter().map(|renamed| renamed.value);
        renamed.chain(0..self.document.len()).find(|&node| has_objects(node))
    }

    fn page(&self, size: usize) -> Vec<String> {
        let Some(list) = self.page_list() else { return vec![] };
        let items: Vec<&str> = self.document.items(list).map(|item| self.document.raw(item)).collect();
        let page: Vec<&str> = items.iter().copied().cycle().take(size).collect();
        vec![self.replaced(list, &format!("[{}]", page.join(",")))]
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    spell(crate::java::config::Escape::Text)(text, &mut out);
    out.push('"');
    out
}

fn objects(base: &Base<'_>) -> Vec<NodeId> {
    base.first_of_each(|node| base.document.kind(node) == Kind::Object)
}

fn unknown_keys(base: &Base<'_>) -> Vec<String> {
    let member = base.member("dtogateUnknown", "{\"a\":[1,\"x\",null]}");
    let both = |object| [true, false].map(|first| base.edited(vec![base.added(object, &member, first)]));
    objects(base).into_iter().flat_map(both).collect()
}

fn list_order(base: &Base<'_>) -> Vec<String> {
    let mut payloads = vec![];
    for list in base.first_of_each(|node| base.document.items(node).count() > 1) {
        let mut items: Vec<&str> = base.document.items(list).map(|item| base.document.raw(item)).collect();
        items.rotate_left(1);
        payloads.push(base.replaced(list, &format!("[{}]", items.join(","))));
        items.reverse();
        payloads.push(base.replaced(list, &format!("[{}]", items.join(","))));
    }
    payloads
}

fn nested_key(base: &Base<'_>) -> Vec<String> {
    let mut payloads = vec![];
    for renamed in &base.renamed {
        let nested = base.member("dtogateUnknown", &format!("{{{}}}", base.member(&renamed.from, "[]")));
        for object in objects(base) {
            payloads.push(base.edited(vec![base.added(object, &nested, true)]));
            payloads.push(base.edited(vec![base.added(object, &nested, false)]));
        }
    }
    payloads
}

fn key_ends_in_key(base: &Base<'_>) -> Vec<String> {
    let mut payloads = vec![];
    for renamed in &base.renamed {
        for key in [format!("x{}", renamed.from), format!("x\"{}", renamed.from)] {
            payloads.push(base.edited(vec![base.added(0, &base.member(&key, "1"), false)]));
        }
    }
    // The root may be a list, which takes no member.
    if base.document.kind(0) == Kind::Object { payloads } else { vec![] }
}

fn both_keys(base: &Base<'_>) -> Vec<String> {
    let mut payloads = vec![];
    for renamed in &base.renamed {
        let (key, value) = (base.document.span(renamed.key), base.document.span(renamed.value));
        for other in ["null", base.document.raw(renamed.value)] {
            let member = base.member(&renamed.to, other);
            payloads.push(base.edited(vec![(key.start..key.start, format!("{member},"))]));
            payloads.push(base.edited(vec![(value.end..value.end, format!(",{member}"))]));
        }
    }
    payloads
}

fn already_renamed(base: &Base<'_>) -> Vec<String> {
    base.renamed.iter().map(|renamed| base.replaced(renamed.key, &quoted(&renamed.to))).collect()
}

/// Texts that one program or another has changed: replacement patterns, escapes, composition, direction, length.
const TEXTS: &[&str] = &[
    "",
    " leading and trailing ",
    "\u{e9}\u{df}\u{f8} e\u{301}",
    "\u{4e2d}\u{6587} \u{65e5}\u{672c}\u{8a9e}",
    "\u{627}\u{644}\u{639} \u{5e2}\u{5d1}",
    "\u{202e}override\u{202c}\u{200b}\u{feff}",
    "\u{1f600}\u{1f468}\u{200d}\u{1f469}",
    "\u{0}\u{1}\u{8}\t\n\u{c}\r\u{1b}\u{7f}",
    "\u{2028}\u{2029}\u{85}\u{a0}",
    "\\ \\\\ \" ' / \\\" \\u0041 \\n",
    "$1 $& \\1 & ${x} %s %n {{x}}",
    "<b>&amp;</b> </script> -- ;",
    "\u{fffd}\u{ffff}\u{e000}\u{10ffff}",
    "null",
    "true",
    "0123",
    "1e400",
];

fn text_classes(base: &Base<'_>) -> Vec<String> {
    let nodes = base.free_texts();
    let Some(&first) = nodes.first() else { return vec![] };
    let long = "x".repeat(10_000);
    let mut payloads: Vec<String> =
        TEXTS.iter().copied().chain([long.as_str()]).map(|text| base.replaced(first, &quoted(text))).collect();
    // And all of them in one payload, so that every field has some of them.
    let all = TEXTS.join(" ");
    payloads.push(base.edited(nodes.iter().map(|&node| (base.document.span(node), quoted(&all))).collect()));
    payloads
}

fn number_limits(base: &Base<'_>) -> Vec<String> {
    let mut payloads = vec![];
    let numbers = base.first_of_each(|node| base.document.kind(node) == Kind::Integer);
    for number in
        ["9007199254740991", "9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808"]
    {
        // Narrower fields refuse it; the first that takes it is enough.
        payloads.extend(numbers.iter().map(|&node| base.replaced(node, number)).find(|text| base.takes(text)));
        if base.document.kind(0) == Kind::Object {
            let member = base.member("dtogateUnknown", number);
            payloads.push(base.edited(vec![base.added(0, &member, false)]));
        }
    }
    payloads
}

fn date_forms(base: &Base<'_>) -> Vec<String> {
    if base.dates.is_empty() {
        return vec![];
    }
    let producer = base.mapping.producer;
    let mut forms: Vec<Dates> = vec![];
    for config in base.catalogue.configs {
        if !forms.contains(&config.dates) {
            forms.push(config.dates);
        }
    }
    let write = |dates| {
        let writer = MapperConfig { dates, ..*producer.config };
        producer.dto.round_trip(producer.config, &writer, base.document).ok()?.ok()
    };
    forms.into_iter().filter_map(write).filter(|text| parse_text(text).is_ok()).collect()
}
