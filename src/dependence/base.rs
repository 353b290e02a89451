//! The payloads that a mapping is probed with, and grafts into them.

use std::collections::BTreeMap;

use super::shape::{MAP_KEY, Shape};
use crate::document::{Document, Kind, NodeId, Style, join, parse_text, write};
use crate::java::config::{Include, MapperConfig};
use crate::java::write::config_style;
use crate::mapping::Wire;

/// How many rows each list of a base has.
pub(super) const ROWS: usize = 2;

/// How many payloads the values are taken from.
const GENERATED: usize = 16;

/// How many values there are of a leaf, beside null.
const VALUES: usize = 8;

/// How many of them are of goldens: the others are what no golden has.
const GOLDEN_VALUES: usize = 2;

/// A payload in parts.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// A leaf, as it is spelled.
    Raw(String),
    /// A list.
    List(Vec<Tree>),
    /// An object.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// A payload of a shape: `choose` gives the spelling of the leaf at a pointer.
    pub(super) fn new(shape: &Shape, pointer: &str, rows: usize, choose: &mut impl FnMut(&str) -> String) -> Self {
        match shape {
            Shape::Leaf { .. } => Tree::Raw(choose(pointer)),
            Shape::List(item) => Tree::List(
                (0..rows).map(|row| Tree::new(item, &join(pointer, &row.to_string()), rows, choose)).collect(),
            ),
            Shape::Object(fields) => Tree::Object(
                fields
                    .iter()
                    .map(|(name, field)| (name.clone(), Tree::new(field, &join(pointer, name), rows, choose)))
                    .collect(),
            ),
        }
    }

    /// A payload as it is, its lists cut to [`ROWS`]. What the shape does not know is carried along as text.
    pub(super) fn of(document: &Document<'_>, node: NodeId, shape: Option<&Shape>) -> Self {
        match (shape, document.kind(node)) {
            (Some(Shape::List(item)), Kind::Array) => {
                Tree::List(document.items(node).take(ROWS).map(|node| Tree::of(document, node, Some(item))).collect())
            }
            (Some(Shape::Object(fields)), Kind::Object) => {
                let below = |name: &str| fields.iter().find(|(known, _)| known == name || known == MAP_KEY);
                let member = |(key, value): (NodeId, NodeId)| {
                    let name = document.content(key).into_owned();
                    let shape = below(&name).map(|(_, shape)| shape);
                    let raw = document.raw(key);
                    (raw[1..raw.len() - 1].to_owned(), Tree::of(document, value, shape))
                };
                Tree::Object(document.members(node).map(member).collect())
            }
            _ => Tree::Raw(document.raw(node).to_owned()),
        }
    }

    /// What stands at a pointer.
    pub(super) fn at(&mut self, pointer: &str) -> Option<&mut Tree> {
        pointer.split('/').skip(1).try_fold(self, |tree, segment| match tree {
            Tree::Raw(_) => None,
            Tree::List(items) => items.get_mut(segment.parse::<usize>().ok()?),
            Tree::Object(fields) => fields.iter_mut().find(|(name, _)| name == segment).map(|(_, tree)| tree),
        })
    }

    /// The payload in a configuration's layout.
    pub(super) fn text(&self, config: &MapperConfig) -> String {
        let mut text = String::with_capacity(1024);
        self.push(&mut text);
        match config_style(config) {
            style if style.lines == Style::COMPACT.lines => text,
            style => parse_text(&text).map(|document| write(&document, &style)).unwrap_or_default(),
        }
    }

    fn push(&self, out: &mut String) {
        match self {
            Tree::Raw(raw) => out.push_str(raw),
            Tree::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    item.push(out);
                }
                out.push(']');
            }
            Tree::Object(fields) => {
                out.push('{');
                for (index, (name, field)) in fields.iter().enumerate() {
                    out.push_str(if index > 0 { ",\"" } else { "\"" });
                    // Names are those of Java fields, or as a golden spells them: nothing in them is to be escaped.
                    out.push_str(name);
                    out.push_str("\":");
                    field.push(out);
                }
                out.push('}');
            }
        }
    }
}

/// The values that leaves are given: typed ones, from samples and from the definition's own strategy.
pub(super) struct Pool {
    shape: Shape,
    values: BTreeMap<String, Vec<String>>,
    nullable: BTreeMap<String, bool>,
}

impl Pool {
    /// The values for what a wire carries.
    pub(super) fn new(wire: &Wire, shape: &Shape, seed: u64, samples: &[&str], goldens: &[&str]) -> Self {
        let mut pool = Pool { shape: shape.clone(), values: BTreeMap::new(), nullable: BTreeMap::new() };
        // An absent member is null to every reader, and null can be replaced.
        let config = MapperConfig { include: Include::Always, ..*wire.config };
        let generated = wire.dto.generate(&config, seed, GENERATED);
        let mut harvest = |text: &str, most: usize| {
            if let Ok(document) = parse_text(text) {
                pool.harvest(shape, &document, 0, "", most);
            }
        };
        samples.iter().for_each(|text| harvest(text, VALUES));
        goldens.iter().for_each(|text| harvest(text, GOLDEN_VALUES));
        generated.iter().for_each(|text| harvest(text, usize::MAX));
        // Blank values say the least; they come last.
        for values in pool.values.values_mut() {
            values.sort_by_key(|raw| raw.trim_matches(['"', ' ']).is_empty());
            values.truncate(VALUES);
        }
        pool
    }

    /// Takes the values of a payload, until a leaf has so many.
    fn harvest(&mut self, shape: &Shape, document: &Document<'_>, node: NodeId, pointer: &str, most: usize) {
        match shape {
            Shape::Leaf { nullable, .. } => {
                self.nullable.insert(pointer.to_owned(), *nullable);
                let raw = document.raw(node);
                let values = self.values.entry(pointer.to_owned()).or_default();
                if document.kind(node) != Kind::Null && values.len() < most && !values.iter().any(|value| value == raw)
                {
                    values.push(raw.to_owned());
                }
            }
            Shape::List(item) => {
                let below = join(pointer, "*");
                let items = document.items(node).filter(|&node| document.kind(node) != Kind::Null);
                items.for_each(|node| self.harvest(item, document, node, &below, most));
            }
            Shape::Object(fields) => {
                for (name, field) in fields {
                    // A map's keys are anybody's; each value of it is one of the shape.
                    let any = || (name == MAP_KEY).then(|| document.members(node).next()).flatten();
                    let member = document.member(node, name).or_else(|| any().map(|(_, value)| value));
                    if let Some(node) = member {
                        self.harvest(field, document, node, &join(pointer, name), most);
                    }
                }
            }
        }
    }

    /// The values of a leaf, beside null.
    pub(super) fn values(&self, pointer: &str) -> &[String] {
        self.values.get(&self.shape.pattern(pointer)).map_or(&[], Vec::as_slice)
    }

    /// A value of a leaf; another for another `turn` and in another row, where there are enough.
    pub(super) fn value(&self, pointer: &str, row: usize, turn: usize) -> String {
        let values = self.values(pointer);
        let at = (ROWS * (row + self.row_of(pointer)) + turn) % values.len().max(1);
        values.get(at).cloned().unwrap_or_else(|| "null".to_owned())
    }

    /// What to graft in place of a value: the next one, the first one (a sample's, where there is one), and null.
    pub(super) fn others(&self, pointer: &str, current: &str) -> Vec<String> {
        let values = self.values(pointer);
        let next = values.iter().position(|value| value == current).map_or(1, |at| at + 1);
        let null = self.nullable.get(&self.shape.pattern(pointer)).copied().unwrap_or_default();
        let mut others: Vec<String> = Vec::with_capacity(3);
        for other in [values.get(next % values.len().max(1)), values.first()].into_iter().flatten() {
            if other != current && !others.contains(other) {
                others.push(other.clone());
            }
        }
        others.extend((null && current != "null").then(|| "null".to_owned()));
        others
    }

    /// Null, or the first value of a leaf that cannot be null.
    pub(super) fn null(&self, pointer: &str, row: usize) -> String {
        match self.nullable.get(&self.shape.pattern(pointer)) {
            Some(false) => self.value(pointer, row, 0),
            _ => "null".to_owned(),
        }
    }

    /// The sum of the indexes in a pointer: another one for another row.
    fn row_of(&self, pointer: &str) -> usize {
        indexes(pointer, &self.shape.pattern(pointer)).into_iter().sum()
    }
}

/// The indexes in a pointer, which stand where its pattern has `*`.
pub(super) fn indexes(pointer: &str, pattern: &str) -> Vec<usize> {
    let pairs = pointer.rsplit('/').zip(pattern.rsplit('/'));
    let mut indexes: Vec<usize> =
        pairs.filter(|(_, pattern)| *pattern == "*").filter_map(|(segment, _)| segment.parse().ok()).collect();
    indexes.reverse();
    indexes
}
