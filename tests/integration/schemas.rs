//! The JSON Schemas of the definitions: a snapshot each, and that schema and serde agree.
//!
//! Both come from one Rust type by two derives, and the leaf types write both by hand, so they can part.

use dtogate::document::NodeId;
use dtogate::java::config::{Dates, MapperConfig};
use dtogate::tis::CATALOGUE;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::generate::{self, DEFINITIONS, Definition, document, fail};
use crate::snapshots;

const MODES: [Dates; 3] = [Dates::Text, Dates::Arrays, Dates::Unsupported];

/// The snapshots of this module, relative to `snapshots/`, without `.snap`.
pub(crate) fn snapshot_names() -> impl Iterator<Item = String> {
    CATALOGUE.dtos.iter().map(|dto| format!("schemas/{}", dto.name()))
}

fn validator(definition: &Definition, dates: Dates) -> Validator {
    let schema = definition.spec.schema(dates).to_value();
    let built = jsonschema::options().should_validate_formats(true).build(&schema);
    built.unwrap_or_else(|error| panic!("{}, {dates:?}: {error}", definition.spec.name()))
}

fn config(dates: Dates) -> MapperConfig {
    MapperConfig { dates, ..MapperConfig::ISO }
}

/// What is written for an empty object: every key that the class itself has.
fn all_defaults(definition: &Definition) -> Value {
    generate::json(&(definition.default)().emit(&MapperConfig::ISO).unwrap())
}

/// The keys of the class itself that are dates.
fn date_keys(definition: &Definition) -> Vec<String> {
    let text = (definition.default)().emit(&MapperConfig::ISO).unwrap();
    let document = document(&text);
    let promise = definition.spec.promise(&MapperConfig::ISO, &document);
    let key = |node: &NodeId| document.pointer(*node).to_string().trim_start_matches('/').to_owned();
    promise.dates.iter().map(key).collect()
}

fn with(object: &Value, key: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[key] = value;
    object
}

#[test]
fn every_schema_is_the_accepted_one() {
    snapshots::assert_all(CATALOGUE.dtos.iter().map(|dto| {
        let schema = serde_json::to_string_pretty(&dto.schema(Dates::Text)).unwrap();
        ("schemas".to_owned(), dto.name().to_owned(), schema)
    }));
}

#[test]
fn written_values_validate() {
    for definition in &*DEFINITIONS {
        let validators = MODES.map(|dates| (dates, validator(definition, dates)));
        let name = definition.spec.name();
        for (dates, validator) in &validators {
            // The one value that a mapper without JavaTimeModule writes for certain.
            let text = (definition.default)().emit(&config(*dates)).unwrap();
            assert!(validator.is_valid(&generate::json(&text)), "{name}, {dates:?}: {text}");
        }
        generate::check(name, 24, &(definition.values)(), |value| {
            for (dates, validator) in &validators {
                match value.emit(&config(*dates)) {
                    Ok(text) => validator
                        .validate(&generate::json(&text))
                        .map_err(|error| fail(format!("{dates:?}, {}: {error}\n{text}", error.instance_path())))?,
                    Err(error) if *dates != Dates::Unsupported => return Err(fail(format!("{dates:?}: {error}"))),
                    // A date that is not null has no text there.
                    Err(_) => {}
                }
            }
            Ok(())
        });
    }
}

#[test]
fn a_value_of_the_wrong_type_is_rejected() {
    let mut rejected = 0;
    for definition in &*DEFINITIONS {
        for dates in MODES {
            let (validator, sound) = (validator(definition, dates), all_defaults(definition));
            assert!(validator.is_valid(&sound));
            for (key, _) in sound.as_object().into_iter().flatten() {
                // No Java type here is written as an object or as a list of booleans.
                for wrong in [json!({}), json!([true])] {
                    let broken = with(&sound, key, wrong);
                    assert!(!validator.is_valid(&broken), "{}, {dates:?}: {broken}", definition.spec.name());
                    rejected += 1;
                }
            }
        }
    }
    println!("{rejected} values of a wrong type rejected");
    assert!(rejected > 0, "nothing was tried");
}

/// Every key with a domain has its words in the schema, and no other text.
#[test]
fn a_word_of_no_domain_is_rejected() {
    let mut rejected = 0;
    for definition in &*DEFINITIONS {
        let (validator, sound) = (validator(definition, Dates::Text), all_defaults(definition));
        for key in definition.spec.class.keys().iter().filter(|key| sound.get(&*key.name).is_some()) {
            let Some(domain) = key.domain() else { continue };
            let name = definition.spec.name();
            let word = domain.words.iter().next().unwrap();
            if !validator.is_valid(&with(&sound, &key.name, json!(word))) {
                // The words are those of the items of a list.
                assert!(validator.is_valid(&with(&sound, &key.name, json!([word]))), "{name} {}", key.name);
                continue;
            }
            assert!(!validator.is_valid(&with(&sound, &key.name, json!("no such word"))), "{name} {}", key.name);
            rejected += 1;
        }
    }
    assert!(rejected > 10, "{rejected} keys with a domain");
}

#[test]
fn a_broken_date_is_rejected() {
    let mut rejected = 0;
    for definition in &*DEFINITIONS {
        let sound = all_defaults(definition);
        for key in date_keys(definition) {
            // The GMC's dates are the ones by `dd/MM/yyyy`.
            let is_gmc = definition.spec.name() == "gmc.DoctorsForDbDto" && key != "gmcLastUpdatedDateTime";
            for dates in MODES {
                let validator = validator(definition, dates);
                let broken = [
                    // No such day, and no time: `formats` are on.
                    json!("2024-02-30"),
                    json!(if is_gmc { "2024-01-15" } else { "15/01/2024" }),
                    json!("2024-01-15T10:30:00Z"),
                    json!(""),
                    json!(20240115),
                    json!(true),
                    json!([2024, 1]),
                    json!([2024, 13, 1]),
                    json!([2024, 13, 1, 10, 30]),
                    json!([2024, 1, 15, 10, 30, 0, 0, 0]),
                ];
                for broken in broken {
                    let object = with(&sound, &key, broken);
                    assert!(!validator.is_valid(&object), "{}, {dates:?}: {object}", definition.spec.name());
                    rejected += 1;
                }
            }
            // With a serializer of its own it is written without the module too, as an array.
            let has_own = definition.spec.name() == "integration.ConnectionInfoDto" && key != "lastConnectionDateTime";
            let without_module = validator(definition, Dates::Unsupported);
            for (array, is_written) in [(json!([2024, 1, 15]), has_own), (json!([2024, 1]), false)] {
                let object = with(&sound, &key, array);
                assert_eq!(without_module.is_valid(&object), is_written, "{}: {object}", definition.spec.name());
            }
        }
    }
    println!("{rejected} broken dates rejected");
    assert!(rejected > 0, "nothing was tried");
}

/// Whether JSON Schema, as we use it, can tell that no `long` is like this: it has no range, and 1.0 is an integer.
fn is_beyond_long(value: &Value) -> bool {
    match value {
        Value::Number(number) if number.is_f64() => number.as_f64().is_some_and(|number| number.fract() == 0.0),
        Value::Number(number) => number.as_i64().is_none(),
        _ => false,
    }
}

/// The other direction: a schema that accepts too much promises what nobody writes.
#[test]
fn what_a_schema_accepts_is_read_and_written_again() {
    for definition in &*DEFINITIONS {
        let validator = validator(definition, Dates::Text);
        let name = definition.spec.name();
        let replacement = generate::scalars().prop_filter("beyond a long", |value| !is_beyond_long(value));
        let strategy = ((definition.values)(), any::<proptest::sample::Index>(), replacement);
        let strategy = strategy.prop_map(|(value, member, replacement)| {
            let mut object = generate::json(&value.emit(&MapperConfig::ISO).unwrap());
            let members = object.as_object_mut().unwrap();
            let at = member.index(members.len());
            if let Some(slot) = members.values_mut().nth(at) {
                *slot = replacement;
            }
            object
        });
        generate::check(name, 48, &strategy, |object| {
            if !validator.is_valid(&object) {
                return Ok(());
            }
            let text = object.to_string();
            let document = document(&text);
            let written = definition
                .spec
                .round_trip(&MapperConfig::ISO, &MapperConfig::ISO, &document)
                .map_err(|error| fail(format!("{} is refused: {}", document.pointer(error.node), error.refusal)))?
                .map_err(|error| fail(error.to_string()))?;
            prop_assert_eq!(generate::json(&written), object);
            Ok(())
        });
    }
}

#[test]
fn the_dates_of_each_definition_are_found() {
    let of = |name: &str| date_keys(Definition::named(name));
    let time = crate::versions::today("recommendation.ConnectionLogDto", "eventDateTime");
    assert_eq!(of("connection.ConnectionLogDto"), [time]);
    assert_eq!(of("recommendation.TraineeInfoDto").len(), 4);
    assert_eq!(of("ui.IRecommendation"), [""; 0]);
}
