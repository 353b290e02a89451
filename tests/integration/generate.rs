//! Generated values: every definition with its type behind a trait, arbitrary JSON, and how long and with which
//! seed properties are tried.
//!
//! A run is the same every time: fixed seed, a fixed number of cases each, no files of former failures. By hand,
//! for longer and elsewhere:
//!
//! ```text
//! PROPTEST_CASES=2000 DTOGATE_SEED=$RANDOM cargo test --release --test integration properties
//! ```
//!
//! A failure names its seed and the smallest value found; what it teaches belongs into a test of its own.

use std::fmt::Debug;
use std::sync::{Arc, LazyLock};

use dtogate::document::{Document, Kind, NodeId, parse_text};
use dtogate::java::config::{Dates, MapperConfig};
use dtogate::java::read::read;
use dtogate::java::write::{WriteError, emit};
use dtogate::mapping::DtoSpec;
use dtogate::model::leaf_type::{Format, LeafType};
use dtogate::model::places::{Place, places};
use dtogate::model::values::values;
use dtogate::model::{Dto, Type};
use dtogate::tis;
use pretty_assertions::Comparison;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

/// A value of some definition.
pub(crate) trait Sample: Debug {
    /// Writes it.
    fn emit(&self, config: &MapperConfig) -> Result<String, WriteError>;

    /// What serde's own derive writes, which knows nothing of the table.
    fn serialize(&self) -> Value;

    /// Whether serde's own derive reads a payload as this value.
    fn is_deserialized_from(&self, text: &str) -> bool;

    /// Reads a payload and compares it with this value; the message says what is different.
    fn is_read_from(&self, config: &MapperConfig, document: &Document<'_>) -> Result<(), String>;
}

impl<T: Dto + Serialize + DeserializeOwned> Sample for T {
    fn serialize(&self) -> Value {
        serde_json::to_value(self).unwrap()
    }

    fn is_deserialized_from(&self, text: &str) -> bool {
        serde_json::from_str::<T>(text).is_ok_and(|value| value == *self)
    }

    fn emit(&self, config: &MapperConfig) -> Result<String, WriteError> {
        emit(config, self)
    }

    fn is_read_from(&self, config: &MapperConfig, document: &Document<'_>) -> Result<(), String> {
        match read::<T>(config, document) {
            Ok(value) if value == *self => Ok(()),
            Ok(value) => Err(format!("another value is read:\n{}", Comparison::new(self, &value))),
            Err(error) => Err(format!("{} is refused: {}", document.pointer(error.node), error.refusal)),
        }
    }
}

/// A definition as properties need it.
pub(crate) struct Definition {
    /// What the catalogue has of it.
    pub(crate) spec: DtoSpec,
    /// Its values.
    pub(crate) values: fn() -> BoxedStrategy<Arc<dyn Sample>>,
    /// The value of an empty object.
    pub(crate) default: fn() -> Arc<dyn Sample>,
}

impl Definition {
    fn of<T: Dto + Serialize + DeserializeOwned>() -> Self {
        Definition {
            spec: DtoSpec::of::<T>(),
            values: || values::<T>().prop_map(|value| Arc::new(value) as Arc<dyn Sample>).boxed(),
            default: || Arc::new(T::default()),
        }
    }

    /// The definition of a name.
    pub(crate) fn named(name: &str) -> &'static Definition {
        let found = DEFINITIONS.iter().find(|definition| definition.spec.name() == name);
        found.unwrap_or_else(|| panic!("{name} is not among the definitions of tests/integration/generate.rs"))
    }
}

/// Every definition with its type, which `tis::CATALOGUE.dtos` has forgotten.
pub(crate) static DEFINITIONS: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    struct List(Vec<Definition>);

    impl tis::dto::Visitor for List {
        fn visit<T: Dto + Serialize + DeserializeOwned>(&mut self) {
            self.0.push(Definition::of::<T>());
        }
    }

    let mut list = List(Vec::new());
    tis::dto::visit(&mut list);
    list.0
});

/// Tries a property with generated values: so many, unless `PROPTEST_CASES` says otherwise.
#[track_caller]
pub(crate) fn check<S: Strategy>(
    what: &str,
    cases: u32,
    strategy: &S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        Some(text.parse::<u64>().unwrap_or_else(|error| panic!("{name}={text}: {error}")))
    };
    let seed = number("DTOGATE_SEED").unwrap_or(20_231_208);
    let config = Config::default();
    let config = Config {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { config.cases } else { cases },
        failure_persistence: None,
        max_shrink_iters: 4_096,
        rng_seed: RngSeed::Fixed(seed),
        ..config
    };
    if let Err(error) = TestRunner::new(config).run(strategy, property) {
        panic!("{what}, with DTOGATE_SEED={seed}: {error}");
    }
}

/// A failure of a property.
pub(crate) fn fail(message: impl Into<String>) -> TestCaseError {
    TestCaseError::fail(message.into())
}

/// The text as JSON.
pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The document of a text that was written by ourselves.
pub(crate) fn document(text: &str) -> Document<'_> {
    parse_text(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Every key that a definition has or takes.
pub(crate) fn known_keys() -> Vec<String> {
    let mut keys = std::collections::BTreeSet::new();
    for definition in &*DEFINITIONS {
        let aliases = definition.spec.class.aliases().map(|(alias, _)| alias.to_owned());
        let text = (definition.default)().emit(&MapperConfig::ISO).unwrap();
        let object = json(&text);
        keys.extend(object.as_object().into_iter().flatten().map(|(key, _)| key.clone()).chain(aliases));
    }
    keys.into_iter().collect()
}

/// Scalars: what Java's types take, nearly take and refuse.
pub(crate) fn scalars() -> BoxedStrategy<Value> {
    let number = |number: f64| Number::from_f64(number).map_or(Value::Null, Value::Number);
    let texts = ["", " ", "null", "true", "0", "-1.5", "2024-01-15", "2024-02-30", "15/01/2024", "\u{0}2024-01-15"];
    let times = ["2024-01-15T10:30:00", "2024-01-15T10:30:00.123Z", "2024-01-15T10:30", "+12345-01-01", "24:00:00"];
    prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        2 => any::<i64>().prop_map(Value::from),
        1 => (0..40_i64).prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(number),
        2 => proptest::sample::select([&texts[..], &times[..]].concat()).prop_map(Value::from),
        1 => ".{0,8}".prop_map(Value::from),
    ]
    .boxed()
}

/// Arbitrary JSON in which real keys occur.
pub(crate) fn arbitrary_json() -> BoxedStrategy<Value> {
    let keys = known_keys();
    scalars()
        .prop_recursive(4, 24, 6, move |inner| {
            let key = prop_oneof![6 => proptest::sample::select(keys.clone()), 1 => ".{0,6}"];
            prop_oneof![
                1 => proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
                1 => proptest::collection::vec(-1..2100_i64, 0..8).prop_map(Value::from),
                3 => proptest::collection::vec((key, inner), 0..8)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
        .boxed()
}

#[test]
fn the_definitions_are_those_of_the_catalogue() {
    let names: Vec<&str> = DEFINITIONS.iter().map(|definition| definition.spec.name()).collect();
    let catalogue: Vec<&str> = tis::CATALOGUE.dtos.iter().map(DtoSpec::name).collect();
    pretty_assertions::assert_eq!(names, catalogue);
}

/// Whether the value has a date, of any form, that is not null and that a mapper without `JavaTimeModule` cannot write.
pub(crate) fn has_unsupported_date(definition: &Definition, value: &dyn Sample) -> bool {
    let text = value.emit(&MapperConfig::ISO).unwrap();
    let document = document(&text);
    let is_unsupported = |place: &Place| match place.ty {
        Type::Leaf { ty, .. } => ty.date.is_some() && is_null_alone(ty),
        _ => false,
    };
    let is_set = |node: NodeId| document.kind(node) != Kind::Null;
    let mut places = places(definition.spec.class).into_iter().filter(is_unsupported);
    places.any(|place| place.nodes(MapperConfig::ISO.naming, &document).into_iter().any(is_set))
}

/// Whether nothing but null is written of a type without `JavaTimeModule`.
fn is_null_alone(ty: &LeafType) -> bool {
    (ty.schema)(&Format::default(), Dates::Unsupported).as_value() == &serde_json::json!({ "type": "null" })
}
