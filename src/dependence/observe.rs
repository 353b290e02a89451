//! The probing: bases through the mapping, one graft at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::base::{Pool, ROWS, Tree};
use super::shape::Shape;
use super::{Dependence, Source, Target, dates};
use crate::compare::{Change, Tolerance, differences, matches};
use crate::document::{Document, Kind, parse_text};
use crate::finding::pattern;
use crate::java::leaf::Refusal;
use crate::mapping::{Further, Inputs, Mapping, Outcome, Wire};

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
    pool: Pool,
}

impl Part {
    /// What stands in front of its pointers.
    fn label(&self) -> String {
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
    texts: Vec<String>,
    keys: Vec<Option<String>>,
    answer: String,
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
    target: Shape,
}

/// The value that a base has at a leaf: of the pool, or null.
#[derive(Clone, Copy)]
enum Turn {
    Value(usize),
    Null,
}

pub(super) fn observe(mapping: &'static Mapping, map: &dyn Fn(&Inputs<'_>) -> Outcome, seed: u64) -> Dependence {
    let probe = Probe::new(mapping, map, seed);
    let mut sources = probe.sources();
    let index: BTreeMap<String, usize> =
        sources.iter().enumerate().map(|(at, source)| (source.pointer.clone(), at)).collect();
    let mut existing = BTreeSet::new();
    let mut unstable = BTreeSet::new();
    // Two bases of values, each with what the other has; one of nulls; one without rows; one for each guard.
    let plain = [(Turn::Value(0), ROWS), (Turn::Value(1), ROWS), (Turn::Null, ROWS), (Turn::Value(0), 0)];
    let guarded = mapping.probing.guards.iter().map(|guard| (Turn::Value(0), ROWS, guard.open));
    let (mut bases, mut refused_bases) = (Vec::new(), 0);
    for (turn, rows, open) in plain.into_iter().map(|(turn, rows)| (turn, rows, &[][..])).chain(guarded) {
        let Ok(base) = probe.base(turn, rows, open) else {
            refused_bases += 1;
            continue;
        };
        let Ok(answer) = parse_text(&base.answer) else { continue };
        let mut parts = Vec::new();
        probe.target.parts_of(&answer, 0, "", &mut parts);
        existing.extend(parts);
        if let Outcome::Emitted(again) = probe.run(&base.texts, &base.keys)
            && again != base.answer
        {
            unstable.extend(probe.changed(&answer, &again));
        }
        for (at, part) in probe.parts.iter().enumerate() {
            for (pointer, grafts) in probe.grafts(at, &base, rows) {
                let source = &mut sources[index[&format!("{}{pointer}", part.label())]];
                for graft in grafts {
                    source.probes += 1;
                    match probe.effect(&base, &answer, at, &pointer, graft) {
                        Effect::Changed(changed) => source.feeds.extend(changed),
                        Effect::Refused(..) => source.refused += 1,
                    }
                }
            }
        }
        bases.push(base);
    }
    for source in &mut sources {
        source.feeds.retain(|target| !unstable.contains(target));
    }
    for (at, part) in probe.parts.iter().enumerate() {
        let label = part.label();
        for source in &mut sources {
            if let Some(pointer) = source.pointer.strip_prefix(&label)
                && source.form.is_some()
                && !(label.is_empty() && pointer.contains(':'))
            {
                source.date_loss = bases.iter().find_map(|base| dates::loss(&probe, base, at, pointer, source));
            }
        }
    }
    Dependence { refused_bases, ..probe.dependence(sources, &existing, unstable) }
}

impl<'m> Probe<'m> {
    fn new(mapping: &'static Mapping, map: &'m dyn Fn(&Inputs<'_>) -> Outcome, seed: u64) -> Self {
        let part = |name: Option<&'static str>, row, wire: Wire, samples: &[&str]| {
            let shape = Shape::of(&wire);
            let pool = Pool::new(&wire, &shape, seed, samples);
            Part { name, row, wire, shape, pool }
        };
        let mut parts = vec![part(None, None, mapping.producer, mapping.probing.samples)];
        for input in mapping.inputs {
            let rows: Vec<Option<usize>> = if input.keyed { (0..ROWS).map(Some).collect() } else { vec![None] };
            parts.extend(rows.into_iter().map(|row| part(Some(input.name), row, input.wire, &[])));
        }
        Probe { mapping, map, parts, target: Shape::of(&mapping.target) }
    }

    /// Every leaf and list of the inputs.
    fn sources(&self) -> Vec<Source> {
        let mut sources = Vec::new();
        for part in &self.parts {
            let mut pointers = Vec::new();
            part.shape.parts("", Some(ROWS), &mut pointers);
            sources.extend(pointers.into_iter().map(|pointer| Source {
                is_list: matches!(part.shape.at(&pointer), Some(Shape::List(_))),
                form: part.shape.form(&pointer),
                pointer: format!("{}{pointer}", part.label()),
                feeds: BTreeSet::new(),
                probes: 0,
                refused: 0,
                date_loss: None,
            }));
        }
        sources
    }

    /// A base, mended until the mapping takes it.
    fn base(&self, turn: Turn, rows: usize, open: &[(&str, &str)]) -> Result<Base, Refusal> {
        let mut trees: Vec<Tree> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let row = part.row.unwrap_or(0);
            trees.push(Tree::new(&part.shape, "", rows, &mut |pointer| {
                let opened = open.iter().find(|(pattern, _)| at == 0 && matches(pattern, pointer));
                match (opened, turn) {
                    (Some((_, json)), _) => (*json).to_owned(),
                    (None, Turn::Value(turn)) => part.pool.value(pointer, row, turn),
                    (None, Turn::Null) => part.pool.null(pointer, row),
                }
            }));
        }
        let mut tried: BTreeMap<(usize, String), usize> = BTreeMap::new();
        loop {
            let texts: Vec<String> =
                self.parts.iter().zip(&trees).map(|(part, tree)| tree.text(part.wire.config)).collect();
            let keys: Vec<Option<String>> = self.parts.iter().map(|part| self.key(part, &texts[0])).collect();
            match self.run(&texts, &keys) {
                Outcome::Emitted(answer) => return Ok(Base { trees, texts, keys, answer }),
                Outcome::Refused { refusal, place, input, .. } => {
                    let at = self.part_of(input.as_deref(), &keys);
                    let mended = tried.entry((at, place.pointer.clone())).or_default();
                    *mended += 1;
                    let turn = *mended;
                    let part = &self.parts[at];
                    // Another value where the refused one stands, then null.
                    let other = match turn {
                        1..=3 => part.pool.value(&place.pointer, part.row.unwrap_or(0), turn + 1),
                        _ => "null".to_owned(),
                    };
                    match trees[at].at(&place.pointer) {
                        Some(Tree::Raw(raw)) if tried.values().sum::<usize>() <= MENDED && turn < 5 => *raw = other,
                        _ => return Err(refusal),
                    }
                }
            }
        }
    }

    /// For whom a keyed input is: what the payload says.
    fn key(&self, part: &Part, payload: &str) -> Option<String> {
        let row = part.row?.to_string();
        let (_, pointer) = self.mapping.probing.keys.iter().find(|(name, _)| Some(*name) == part.name)?;
        let document = parse_text(payload).ok()?;
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

    fn run(&self, texts: &[String], keys: &[Option<String>]) -> Outcome {
        let mut further = Vec::with_capacity(texts.len() - 1);
        for (at, part) in self.parts.iter().enumerate().skip(1) {
            let is_sent = part.row.is_none() || keys[at].is_some();
            if let (Some(name), true) = (part.name, is_sent) {
                further.push(Further { name, key: keys[at].as_deref(), text: &texts[at] });
            }
        }
        (self.map)(&Inputs { payload: &texts[0], further: &further })
    }

    /// What to change in a base: pointers of a part, and what to put there.
    fn grafts(&self, at: usize, base: &Base, rows: usize) -> Vec<(String, Vec<Tree>)> {
        let part = &self.parts[at];
        let mut pointers = Vec::new();
        part.shape.parts("", Some(rows), &mut pointers);
        let mut tree = base.trees[at].clone();
        let mut grafts = Vec::with_capacity(pointers.len());
        for pointer in pointers {
            match (part.shape.at(&pointer), tree.at(&pointer)) {
                (Some(Shape::List(_)), Some(Tree::List(items))) if items.is_empty() => {
                    let filled =
                        Tree::new(part.shape.at(&pointer).unwrap_or(&part.shape), &pointer, ROWS, &mut |leaf| {
                            part.pool.value(leaf, part.row.unwrap_or(0), 0)
                        });
                    grafts.push((pointer, vec![filled, Tree::Raw("null".to_owned())]));
                }
                (Some(Shape::List(_)), Some(_)) => {
                    grafts.push((pointer, vec![Tree::List(vec![]), Tree::Raw("null".to_owned())]));
                }
                (Some(Shape::Leaf { .. }), Some(Tree::Raw(current))) => {
                    let others = part.pool.others(&pointer, current);
                    grafts.push((pointer, others.into_iter().map(Tree::Raw).collect()));
                }
                _ => {}
            }
        }
        grafts
    }

    /// What the answer is when one value is another.
    pub(super) fn effect(&self, base: &Base, answer: &Document<'_>, at: usize, pointer: &str, graft: Tree) -> Effect {
        let mut tree = base.trees[at].clone();
        if let Some(place) = tree.at(pointer) {
            *place = graft;
        }
        let mut texts = base.texts.clone();
        texts[at] = tree.text(self.parts[at].wire.config);
        match self.run(&texts, &base.keys) {
            Outcome::Emitted(text) => Effect::Changed(self.changed(answer, &text)),
            Outcome::Refused { refusal, place, input, .. } => {
                let is_here = self.part_of(input.as_deref(), &base.keys) == at;
                Effect::Refused(refusal, is_here.then_some(place.pointer))
            }
        }
    }

    /// A base with one value another, if the mapping takes that.
    pub(super) fn regraft(&self, base: &Base, at: usize, pointer: &str, raw: &str) -> Option<Base> {
        let mut trees = base.trees.clone();
        *trees[at].at(pointer)? = Tree::Raw(raw.to_owned());
        let mut texts = base.texts.clone();
        texts[at] = trees[at].text(self.parts[at].wire.config);
        match self.run(&texts, &base.keys) {
            Outcome::Emitted(answer) => Some(Base { trees, texts, keys: base.keys.clone(), answer }),
            Outcome::Refused { .. } => None,
        }
    }

    /// The answer of a base as a document.
    pub(super) fn answer<'b>(&self, base: &'b Base) -> Option<Document<'b>> {
        parse_text(&base.answer).ok()
    }

    /// The values that a leaf of a part can have.
    pub(super) fn values(&self, at: usize, pointer: &str) -> &[String] {
        self.parts[at].pool.values(pointer)
    }

    /// The parts of the answer that are others than in a base.
    fn changed(&self, answer: &Document<'_>, text: &str) -> BTreeSet<String> {
        let Ok(found) = parse_text(text) else { return BTreeSet::new() };
        let differences = differences(answer, &found, &Tolerance { key_order: true, ..Tolerance::default() });
        let touched = differences.iter().flat_map(|difference| {
            let is_item = matches!(difference.change, Change::Missing | Change::Appeared);
            self.target.touched(&difference.pointer, is_item)
        });
        touched.collect()
    }

    fn dependence(&self, sources: Vec<Source>, existing: &BTreeSet<String>, unstable: BTreeSet<String>) -> Dependence {
        let mut patterns = Vec::new();
        self.target.parts("", None, &mut patterns);
        let mut targets = Vec::new();
        for shape in &patterns {
            let target = |pointer: String| Target {
                is_list: matches!(self.target.at(shape), Some(Shape::List(_))),
                form: self.target.form(shape),
                pointer,
            };
            let concrete: Vec<&String> = existing.iter().filter(|pointer| pattern(pointer) == *shape).collect();
            if concrete.is_empty() {
                targets.push(target(shape.clone()));
            }
            targets.extend(concrete.into_iter().map(|pointer| target(pointer.clone())));
        }
        let mut known: BTreeSet<String> = sources.iter().map(|source| pattern(&source.declared())).collect();
        known.extend(sources.iter().map(Source::declared));
        let known_targets = patterns.into_iter().collect();
        Dependence { mapping: self.mapping, sources, targets, unstable, refused_bases: 0, known, known_targets }
    }
}
