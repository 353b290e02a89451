//! What goes through a mapping: bases of typed values, and one of them with a value changed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::base::{Pool, ROWS, Tree};
use super::seen::Seen;
use super::shape::Shape;
use crate::compare::{Change, Tolerance, differences};
use crate::document::{Document, Json, Kind, parse_text};
use crate::java::leaf::Refusal;
use crate::mapping::{Further, GoldenInputs, Inputs, Mapping, Outcome, Probing, Wire};
use crate::pointer::Pointer;

/// How often a base that the mapping refuses is mended before it is given up.
const MENDED: usize = 12;

/// The payload, or one further input.
pub(super) struct Part {
    /// The input's name; none for the payload.
    pub(super) name: Option<&'static str>,
    /// For which row it is.
    pub(super) row: Option<usize>,
    pub(super) wire: Wire,
    pub(super) shape: Shape,
    pub(super) pool: Rc<Pool>,
}

impl Part {
    /// What stands in front of its patterns.
    pub(super) fn input(&self) -> String {
        self.name.map_or(String::new(), |name| format!("{name}:"))
    }

    /// What stands in front of its pointers.
    pub(super) fn label(&self) -> String {
        match (self.name, self.row) {
            (None, _) => String::new(),
            (Some(name), None) => format!("{name}:"),
            (Some(name), Some(row)) => format!("{name}-{row}:"),
        }
    }
}

/// One set of inputs, and the answer to it.
pub(super) struct Base {
    pub(super) trees: Vec<Tree>,
    pub(super) texts: Vec<Json>,
    pub(super) keys: Vec<Option<String>>,
    pub(super) answer: Json,
    /// Where leaves of a part stand in its text; not of every base, nor every leaf.
    spans: BTreeMap<(usize, String), Range<usize>>,
}

impl Base {
    fn new(trees: Vec<Tree>, texts: Vec<Json>, keys: Vec<Option<String>>, answer: Json) -> Self {
        Base { trees, texts, keys, answer, spans: BTreeMap::new() }
    }
}

/// What a change of one value did.
pub(super) enum Effect {
    /// These parts of the answer are others.
    Changed(BTreeSet<String>),
    /// No answer: why, and where in the changed part if it is there.
    Refused(Refusal, Option<String>),
}

pub(super) struct Probe<'m> {
    pub(super) mapping: &'static Mapping,
    /// What maps: the mapping's own function, or a program in its place.
    map: &'m dyn Fn(&Inputs<'_>) -> Outcome,
    pub(super) parts: Vec<Part>,
    pub(super) target: Shape,
}

/// The value that a base has at a leaf: of the pool, or null.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    Value(usize),
    Null,
}

impl<'m> Probe<'m> {
    pub(super) fn new(mapping: &'static Mapping, map: &'m dyn Fn(&Inputs<'_>) -> Outcome, seed: u64) -> Self {
        let Probing { samples, goldens, .. } = mapping.probing;
        let part =
            |name: Option<&'static str>, rows: &[Option<usize>], wire: Wire, samples: &[&str], goldens: &[&str]| {
                let shape = Shape::of(&wire);
                let pool = Rc::new(Pool::new(&wire, &shape, seed, samples, goldens));
                let part = |&row| Part { name, row, wire, shape: shape.clone(), pool: Rc::clone(&pool) };
                rows.iter().map(part).collect::<Vec<Part>>()
            };
        let payloads: Vec<&str> = goldens.iter().map(|golden| golden.payload).collect();
        let mut parts = part(None, &[None], mapping.producer, samples, &payloads);
        for input in mapping.inputs {
            let rows: Vec<Option<usize>> = if input.keyed { (0..ROWS).map(Some).collect() } else { vec![None] };
            let further = goldens.iter().flat_map(|golden| golden.further);
            let texts: Vec<&str> =
                further.filter(|further| further.name == input.name).map(|further| further.text).collect();
            parts.extend(part(Some(input.name), &rows, input.wire, &[], &texts));
        }
        Probe { mapping, map, parts, target: Shape::of(&mapping.target) }
    }

    /// A base, mended until the mapping takes it.
    pub(super) fn base(&self, turn: Turn, rows: usize, open: &[(&str, &str)]) -> Result<Base, Refusal> {
        let mut trees: Vec<Tree> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let row = part.row.unwrap_or(0);
            trees.push(Tree::new(&part.shape, "", rows, &mut |pointer| {
                let opened = open.iter().find(|(pattern, _)| at == 0 && Pointer::read(pointer).matches(pattern));
                match (opened, turn) {
                    (Some((_, json)), _) => (*json).to_owned(),
                    (None, Turn::Value(turn)) => part.pool.value(pointer, row, turn),
                    (None, Turn::Null) => part.pool.null(pointer, row),
                }
            }));
        }
        let mut tried: BTreeMap<(usize, String), usize> = BTreeMap::new();
        loop {
            let texts: Vec<Json> =
                self.parts.iter().zip(&trees).map(|(part, tree)| tree.text(part.wire.config).into()).collect();
            let keys: Vec<Option<String>> = self.parts.iter().map(|part| self.key(part, &texts[0])).collect();
            match self.run(&texts, &keys) {
                Outcome::Emitted(answer) => return Ok(Base::new(trees, texts, keys, answer)),
                Outcome::Refused { refusal, place, input, .. } => {
                    let at = self.part_of(input.as_deref(), &keys);
                    let mended = tried.entry((at, place.pointer.to_string())).or_default();
                    *mended += 1;
                    let turn = *mended;
                    let part = &self.parts[at];
                    let pointer = place.pointer.to_string();
                    // Another value where the refused one stands, then null.
                    let other = match turn {
                        1..=3 => part.pool.value(&pointer, part.row.unwrap_or(0), turn + 1),
                        _ => "null".to_owned(),
                    };
                    match trees[at].at(&pointer) {
                        Some(Tree::Raw(raw)) if tried.values().sum::<usize>() <= MENDED && turn < 5 => *raw = other,
                        _ => return Err(refusal),
                    }
                }
            }
        }
    }

    /// A base that is a golden, its lists cut; none where the mapping refuses it, as then the gate says too.
    ///
    /// The key of a map is the golden's own: what is below it is tried in other bases.
    pub(super) fn golden(&self, golden: &GoldenInputs) -> Option<Base> {
        let (mut trees, mut keys) = (Vec::new(), Vec::new());
        let mut texts: Vec<Json> = Vec::new();
        for part in &self.parts {
            let key = texts.first().and_then(|payload| self.key(part, payload));
            let mut further = golden.further.iter().filter(|further| Some(further.name) == part.name);
            let text = match part.name {
                None => Some(golden.payload),
                Some(_) => further.find(|further| further.key == key.as_deref()).map(|further| further.text),
            };
            let tree = match text {
                Some(text) => Tree::of(&parse_text(text).ok()?, 0, Some(&part.shape)),
                // Nobody answered for this row, as in the case itself.
                None if part.row.is_some() => Tree::Raw("null".to_owned()),
                None => return None,
            };
            texts.push(tree.text(part.wire.config).into());
            keys.push(key.filter(|_| text.is_some()));
            trees.push(tree);
        }
        match self.run(&texts, &keys) {
            Outcome::Emitted(answer) => Some(Base::new(trees, texts, keys, answer)),
            Outcome::Refused { .. } => None,
        }
    }

    /// What a base and the answer to it are.
    pub(super) fn seen(&self, base: &mut Base) -> Seen {
        let mut seen = Seen { sources: BTreeMap::new(), targets: BTreeMap::new() };
        for (part, tree) in self.parts.iter().zip(&mut base.trees) {
            let mut pointers = Vec::new();
            part.shape.parts("", Some(ROWS), &mut pointers);
            for pointer in pointers {
                let state = match tree.at(&pointer) {
                    Some(Tree::Raw(raw)) => raw.clone(),
                    Some(Tree::List(items)) => items.len().to_string(),
                    Some(Tree::Object(_)) | None => continue,
                };
                seen.sources.insert(format!("{}{pointer}", part.label()), state);
            }
        }
        if let Ok(answer) = base.answer.document() {
            let mut pointers = Vec::new();
            self.target.parts_of(&answer, 0, "", &mut pointers);
            for pointer in pointers {
                let Some(node) = answer.find(&pointer) else { continue };
                let state = match answer.kind(node) {
                    Kind::Array => answer.items(node).count().to_string(),
                    _ => answer.raw(node).to_owned(),
                };
                seen.targets.insert(pointer, state);
            }
        }
        seen
    }

    /// The objects of the inputs, as sources name them.
    pub(super) fn objects(&self) -> BTreeSet<String> {
        let of = |part: &Part| -> Vec<String> {
            part.shape.objects(ROWS).into_iter().map(|pointer| format!("{}{pointer}", part.label())).collect()
        };
        self.parts.iter().flat_map(of).collect()
    }

    /// For whom a keyed input is: what the payload says.
    fn key(&self, part: &Part, payload: &Json) -> Option<String> {
        let row = part.row?.to_string();
        let (_, pointer) = self.mapping.probing.keys.iter().find(|(name, _)| Some(*name) == part.name)?;
        let document = payload.document().ok()?;
        let node = document.find(&pointer.replace('*', &row))?;
        // Nobody can ask for null's.
        (document.kind(node) != Kind::Null).then(|| document.content(node).into_owned())
    }

    /// Which part a refused input is.
    fn part_of(&self, input: Option<&str>, keys: &[Option<String>]) -> usize {
        let label = |at: usize| match (self.parts[at].name, &keys[at]) {
            (Some(name), Some(key)) => Some(format!("{name}-{key}")),
            (name, _) => name.map(str::to_owned),
        };
        (0..self.parts.len()).find(|&at| label(at).as_deref() == input).unwrap_or(0)
    }

    pub(super) fn run(&self, texts: &[Json], keys: &[Option<String>]) -> Outcome {
        let mut further = Vec::with_capacity(texts.len() - 1);
        for (at, part) in self.parts.iter().enumerate().skip(1) {
            let is_sent = part.row.is_none() || keys[at].is_some();
            if let (Some(name), true) = (part.name, is_sent) {
                further.push(Further { name, key: keys[at].as_deref(), json: texts[at].clone() });
            }
        }
        (self.map)(&Inputs { payload: texts[0].clone(), further: &further })
    }

    /// What the answer is when one value is another.
    pub(super) fn effect(&self, base: &Base, answer: &Document<'_>, at: usize, pointer: &str, graft: Tree) -> Effect {
        let mut texts = base.texts.clone();
        match (&graft, base.spans.get(&(at, pointer.to_owned()))) {
            // A scalar has one layout: it takes the place of the other, and the rest needs not be written again.
            (Tree::Raw(raw), Some(span)) if !raw.starts_with(['[', '{']) => {
                let text = texts[at].text();
                texts[at] = [&text[..span.start], raw, &text[span.end..]].concat().into();
            }
            _ => {
                let mut tree = base.trees[at].clone();
                if let Some(place) = tree.at(pointer) {
                    *place = graft;
                }
                texts[at] = tree.text(self.parts[at].wire.config).into();
            }
        }
        match self.run(&texts, &base.keys) {
            Outcome::Emitted(text) => Effect::Changed(self.changed(answer, &text)),
            Outcome::Refused { refusal, place, input, .. } => {
                let is_here = self.part_of(input.as_deref(), &base.keys) == at;
                Effect::Refused(refusal, is_here.then(|| place.pointer.to_string()))
            }
        }
    }

    /// A base with one value another, if the mapping takes that.
    pub(super) fn regraft(&self, base: &Base, at: usize, pointer: &str, raw: &str) -> Option<Base> {
        let mut trees = base.trees.clone();
        *trees[at].at(pointer)? = Tree::Raw(raw.to_owned());
        let mut texts = base.texts.clone();
        texts[at] = trees[at].text(self.parts[at].wire.config).into();
        let Outcome::Emitted(answer) = self.run(&texts, &base.keys) else { return None };
        let mut base = Base::new(trees, texts, base.keys.clone(), answer);
        self.measure(&mut base, at, &[pointer.to_owned()]);
        Some(base)
    }

    /// Notes where leaves of a part stand.
    pub(super) fn measure(&self, base: &mut Base, at: usize, pointers: &[String]) {
        let Ok(document) = base.texts[at].document() else { return };
        let span = |pointer: &String| Some(((at, pointer.clone()), document.span(document.find(pointer)?)));
        let spans: Vec<_> = pointers.iter().filter_map(span).collect();
        base.spans.extend(spans);
    }

    /// The answer of a base as a document.
    pub(super) fn answer<'b>(&self, base: &'b Base) -> Option<Document<'b>> {
        base.answer.document().ok()
    }

    /// The values that a leaf of a part can have.
    pub(super) fn values(&self, at: usize, pointer: &str) -> &[String] {
        self.parts[at].pool.values(pointer)
    }

    /// The parts of the answer that are others than in a base.
    pub(super) fn changed(&self, answer: &Document<'_>, other: &Json) -> BTreeSet<String> {
        let Ok(found) = other.document() else { return BTreeSet::new() };
        let differences = differences(answer, &found, &Tolerance { key_order: true, ..Tolerance::default() });
        let touched = differences.iter().flat_map(|difference| {
            let is_item = matches!(difference.change, Change::Missing | Change::Appeared);
            self.target.touched(&difference.pointer.to_string(), is_item)
        });
        touched.collect()
    }
}
