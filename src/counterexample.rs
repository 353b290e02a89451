//! Values that a definition allows and the rest of a leg does not take: one value at a time is run through the mapping.
//!
//! A golden shows what was sent once. Here each key of a producer's class gets the values that its type and its domain
//! allow, in payloads that the mapping takes without them, so that a disagreement of two definitions is found before
//! anyone sends such a value.

use std::cell::OnceCell;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::compare::{Arrival, Fate, arrivals};
use crate::document::{Document, Json, Kind, NodeId, parse_text};
use crate::java::config::{Include, MapperConfig, Naming};
use crate::java::leaf::Refusal;
use crate::mapping::{Further, Inputs, Mapping, Outcome, Wire, consume};
use crate::model::places::Place;
use crate::model::values::json;
use crate::model::{Format, Type};
use crate::pointer::Pointer;

/// How many payloads of the producer's class are tried, where no golden has a value at a place.
const GENERATED: usize = 8;

/// How many values of a type's own strategy are tried, beside those at its limits.
const SAMPLES: usize = 4;

/// An input of a mapping.
#[derive(Clone, Copy)]
pub struct Input {
    /// The name of a further input; none for the producer's payload.
    pub name: Option<&'static str>,
    /// What it is.
    pub wire: Wire,
    /// What reads it.
    pub reader: Wire,
}

impl Input {
    /// The producer's payload, then the further inputs.
    pub fn all(mapping: &Mapping) -> Vec<Input> {
        let own = Input { name: None, wire: mapping.producer, reader: mapping.reader };
        let further = mapping.inputs.iter();
        let further = further.map(|input| Input { name: Some(input.name), wire: input.wire, reader: input.reader });
        std::iter::once(own).chain(further).collect()
    }

    /// A pointer in it as declarations write it: `notes:/notes/*`.
    pub fn declared(&self, pointer: &Pointer) -> String {
        match self.name {
            Some(name) => format!("{name}:{pointer}"),
            None => pointer.to_string(),
        }
    }
}

/// Payloads that a mapping takes, to be tried with other values.
pub struct Bases {
    mapping: &'static Mapping,
    bases: Vec<Base>,
    seed: u64,
}

struct Base {
    payload: Json,
    further: Vec<Further<'static>>,
    answer: Json,
    is_golden: bool,
    /// Whether the answer is refused by its consumer as it is.
    is_refused_behind: OnceCell<bool>,
}

/// What the mapping made of one value.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The value, as it was sent.
    pub value: String,
    /// What became of it.
    pub result: Tried,
}

/// What became of a value.
#[derive(Clone, Debug)]
pub enum Tried {
    /// The reader or the mapping refuses the whole message.
    Refused(String),
    /// The answer comes, and its consumer refuses that.
    ConsumerRefuses(String),
    /// Another value arrives, where an ordinary one arrives as it was sent.
    Changed(String),
    /// The answer comes.
    Answered {
        /// The answer.
        answer: Json,
        /// The answer to the payload as it was.
        before: Json,
    },
}

impl Bases {
    /// The goldens of a mapping and a few payloads of its producer's class; those that the mapping refuses are left out.
    pub fn new(mapping: &'static Mapping, seed: u64) -> Self {
        let goldens = mapping.probing.goldens.iter().map(|golden| {
            let further = golden.further.iter().map(|input| input.as_further()).collect();
            (Json::from(golden.payload), further, true)
        });
        // An absent member is null to every reader, and null can be replaced.
        let config = MapperConfig { include: Include::Always, ..*mapping.producer.config };
        let generated = mapping.producer.dto.generate(&config, seed, GENERATED);
        let opened = generated.into_iter().map(|text| (Json::from(open(mapping, text)), Vec::new(), false));
        let taken = goldens.chain(opened).filter_map(|(payload, further, is_golden)| {
            match mapping.run(&Inputs { payload: payload.clone(), further: &further }) {
                Outcome::Emitted(answer) => {
                    Some(Base { payload, further, answer, is_golden, is_refused_behind: OnceCell::new() })
                }
                Outcome::Refused { .. } => None,
            }
        });
        Bases { mapping, bases: taken.collect(), seed }
    }

    /// The values that a type and a domain allow at a place, null aside: words, limits and ordinary values. Dates are
    /// judged by what is observed of them ([`Dependence::lossy_dates`](crate::dependence::Dependence::lossy_dates)).
    pub fn values(&self, place: &Place) -> Vec<String> {
        if let Some(domain) = place.domain() {
            return domain.words.iter().map(|word| serde_json::Value::from(word).to_string()).collect();
        }
        let Type::Leaf { ty, pattern, domain } = place.ty else { return vec![] };
        if ty.date.is_some() {
            return vec![];
        }
        let limits: &[&str] = match ty.java {
            "int" | "java.lang.Integer" => &["2147483647", "-2147483648"],
            "long" | "java.lang.Long" => &["2147483648", "9223372036854775807", "-9223372036854775808"],
            "double" | "java.lang.Double" => &["1.5", "1.0E300"],
            "java.math.BigDecimal" => &["12345678901234567890.123"],
            "java.lang.String" => &["\"any text\"", "\"\""],
            _ => &[],
        };
        let values = (ty.values)(&Format { pattern: pattern.as_deref(), domain: domain.as_deref() });
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
        let samples = (0..SAMPLES).filter_map(|_| values.new_tree(&mut runner).ok()).map(|tree| json(&tree.current()));
        let samples = samples.filter(|sample| sample != "null");
        limits.iter().map(|limit| (*limit).to_owned()).chain(samples).collect()
    }

    /// Sends a value at a place of an input, in each golden that has one there; in generated payloads where none has.
    pub fn send(&self, input: &Input, place: &Place, value: &str) -> Vec<Trial> {
        for is_golden in [true, false] {
            let bases = self.bases.iter().filter(|base| base.is_golden == is_golden);
            let trials: Vec<Trial> = bases.filter_map(|base| self.send_in(base, input, place, value)).collect();
            if !trials.is_empty() {
                return trials;
            }
        }
        vec![]
    }

    fn send_in(&self, base: &Base, input: &Input, place: &Place, value: &str) -> Option<Trial> {
        let at = match input.name {
            None => None,
            Some(name) => Some(base.further.iter().position(|further| further.name == name)?),
        };
        let json = at.map_or(&base.payload, |at| &base.further[at].json);
        let document = json.document().ok()?;
        let node = place.nodes(input.wire.config.naming, &document).into_iter().next()?;
        let sent = Json::from(replaced(&document, node, value));
        let mut further = base.further.clone();
        let payload = match at {
            None => sent.clone(),
            Some(at) => {
                further[at].json = sent.clone();
                base.payload.clone()
            }
        };
        let result = match self.mapping.run(&Inputs { payload, further: &further }) {
            Outcome::Refused { refusal, .. } => Tried::Refused(refusal.to_string()),
            Outcome::Emitted(answer) => match self.refused_behind(&answer) {
                Some(refusal)
                    if !base.is_refused_behind.get_or_init(|| self.refused_behind(&base.answer).is_some()) =>
                {
                    Tried::ConsumerRefuses(refusal.to_string())
                }
                // Most values arrive as they were sent, where they are expected; for that nothing has to be compared.
                _ if self.stands(&document.pointer(node), value, &answer) => {
                    Tried::Answered { answer, before: base.answer.clone() }
                }
                _ => match self.changed(base, place, input, &sent, &answer) {
                    Some(arrived) => Tried::Changed(arrived),
                    None => Tried::Answered { answer, before: base.answer.clone() },
                },
            },
        };
        Some(Trial { value: value.to_owned(), result })
    }

    fn refused_behind(&self, answer: &Json) -> Option<Refusal> {
        let consumer = self.mapping.consumer.as_ref()?;
        consume(consumer, &answer.document().ok()?).err().map(|(refusal, _)| refusal)
    }

    /// Whether a value stands in an answer as it was sent.
    fn stands(&self, source: &Pointer, value: &str, answer: &Json) -> bool {
        let target = self.mapping.target_pointer(source);
        answer.document().is_ok_and(|answer| answer.at(&target).is_some_and(|node| answer.raw(node) == value))
    }

    /// What arrives instead of a value of the producer's payload, where the value that stood there arrived as it was.
    fn changed(&self, base: &Base, place: &Place, input: &Input, sent: &Json, answer: &Json) -> Option<String> {
        if input.name.is_some() {
            return None;
        }
        let arrived = |sent: &Json, answer: &Json| -> Option<Option<String>> {
            let document = sent.document().ok()?;
            let promise = self.mapping.producer.dto.promise(self.mapping.producer.config, &document);
            let (canonical, answer) = (promise.canonical.document().ok()?, answer.document().ok()?);
            let at = canonical.pointer(place.nodes(Naming::Field, &canonical).into_iter().next()?);
            let is_it = |arrival: &Arrival| {
                let is_harmless = matches!(
                    arrival.fate,
                    Fate::NullOrAbsent | Fate::NumberSpelling | Fate::DateForm { .. } | Fate::Coerced | Fate::AsOwn
                );
                arrival.source == at && arrival.declared.is_none() && !is_harmless
            };
            let found = arrivals(self.mapping, &canonical, &answer).into_iter().find(is_it)?;
            Some(found.got.map(|node| answer.raw(node).to_owned()))
        };
        let changed = arrived(sent, answer)?;
        if arrived(&base.payload, &base.answer).is_some() {
            return None;
        }
        Some(changed.unwrap_or_else(|| "nothing".to_owned()))
    }
}

/// A payload with the branches open that a mapping's guards name.
fn open(mapping: &Mapping, text: String) -> String {
    let opened = mapping.probing.guards.iter().flat_map(|guard| guard.open);
    opened.fold(text, |text, (pointer, value)| {
        let Ok(document) = parse_text(&text) else { return text };
        let replaced = document.find(pointer).map(|node| replaced(&document, node, value));
        replaced.unwrap_or_else(|| text.clone())
    })
}

fn replaced(document: &Document<'_>, node: NodeId, value: &str) -> String {
    let (text, span) = (document.text(), document.span(node));
    format!("{}{value}{}", &text[..span.start], &text[span.end..])
}

/// The texts of a document at a place, each once.
pub fn texts(place: &Place, config: &MapperConfig, document: &Document<'_>) -> Vec<String> {
    let nodes = place.nodes(config.naming, document).into_iter();
    let mut texts: Vec<String> = nodes
        .filter(|&node| matches!(document.kind(node), Kind::Text { .. }))
        .map(|node| document.content(node).into_owned())
        .collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}
