//! The tables of the definitions against what knows nothing of them: serde's derives, and the payloads themselves.

use dtogate::java::config::MapperConfig;
use dtogate::java::token::Token;
use dtogate::model::values;
use proptest::prelude::*;
use serde_json::Value;

use crate::generate::{self, DEFINITIONS, document, fail};

/// The names, their order and the values of a definition come from two derives that know nothing of each other.
#[test]
fn the_table_and_serde_read_and_write_the_same() {
    for definition in &*DEFINITIONS {
        let default = (definition.default)();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let table: Vec<String> = definition.spec.class.keys().iter().map(|key| key.name.to_string()).collect();
        pretty_assertions::assert_eq!(table, keys(&default.serialize()), "{}", definition.spec.name());
        generate::check(definition.spec.name(), 24, &(definition.values)(), |value| {
            let text = value.emit(&MapperConfig::ISO).unwrap();
            prop_assert_eq!(generate::json(&text), value.serialize());
            prop_assert!(value.is_deserialized_from(&text), "{}", text);
            Ok(())
        });
    }
}

/// What a generated payload says is what the definition reads of it: a reader that drops a value would else hide it.
#[test]
fn generated_payloads_are_read_in_full() {
    for definition in &*DEFINITIONS {
        generate::check(definition.spec.name(), 24, &values::tokens(definition.spec.class), |token| {
            let text = values::json(&token);
            let document = document(&text);
            prop_assert_eq!(&Token::of(&document, 0), &token);
            let again = definition.spec.round_trip(&MapperConfig::ISO, &MapperConfig::ISO, &document);
            let again =
                again.map_err(|error| fail(error.refusal.to_string()))?.map_err(|error| fail(error.to_string()))?;
            prop_assert_eq!(again, text);
            Ok(())
        });
    }
}
