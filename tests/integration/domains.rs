//! The words that keys hold, and the values of keys that are absent.

use std::collections::BTreeSet;

use dtogate::document::{Kind, parse, parse_text};
use dtogate::java::config::MapperConfig;
use dtogate::java::read::read;
use dtogate::java::types::Flag;
use dtogate::model::coded::coded;
use dtogate::probe::variation::{Base, VARIATIONS};
use dtogate::tis::CATALOGUE;
use dtogate::tis::dto::recommendation::DoctorsForDB;
use pretty_assertions::assert_eq;

/// Every key with a domain holds one of its words, or null, in every payload that is generated.
#[test]
fn generated_values_keep_to_the_domain() {
    let mut seen = BTreeSet::new();
    for dto in CATALOGUE.dtos {
        for text in dto.generate(&MapperConfig::ISO, 7, 32) {
            let document = parse_text(&text).unwrap();
            for value in coded(dto.class, MapperConfig::ISO.naming, &document) {
                let word = document.content(value.node);
                let is_null = document.kind(value.node) == Kind::Null;
                assert!(
                    is_null || value.domain.has(&word),
                    "{}: {} in {text}",
                    dto.name(),
                    document.pointer(value.node)
                );
                seen.insert((dto.name(), value.domain.name.clone(), is_null));
            }
        }
    }
    for is_null in [true, false] {
        let row = ("recommendation.TraineeInfoDto", "UnderNotice".into(), is_null);
        assert!(seen.contains(&row), "{row:?} was not generated");
    }
}

/// `existsInGmc` is true in a document that lacks it, as its initialiser says, and null where null is sent.
#[test]
fn an_absent_key_has_the_value_of_its_initialiser() {
    for (text, exists) in
        [("{}", Some(true)), (r#"{"existsInGmc":null}"#, None), (r#"{"existsInGmc":false}"#, Some(false))]
    {
        let document = parse_text(text).unwrap();
        let doctor: DoctorsForDB = read(&MapperConfig::ISO, &document).unwrap();
        assert_eq!(doctor.exists_in_gmc, Flag(exists), "{text}");
        assert_eq!(serde_json::from_str::<DoctorsForDB>(text).unwrap().exists_in_gmc, Flag(exists), "{text} by serde");
    }
}

/// A word of a domain is no free text: the probe sends no other there.
#[test]
fn the_probe_sends_texts_only_where_any_is_written() {
    let variation = VARIATIONS.iter().find(|variation| variation.id == "text-classes").unwrap();
    let mut varied = 0;
    for golden in CATALOGUE.goldens.iter().filter(|golden| golden.name == "typical3") {
        let mapping = CATALOGUE.mapping(golden.mapping).unwrap();
        let document = parse(golden.bytes).unwrap();
        for text in variation.payloads(&Base::new(mapping, &CATALOGUE, &document, &[])) {
            let sent = parse_text(&text).unwrap();
            for value in coded(mapping.producer.dto.class, mapping.producer.config.naming, &sent) {
                let word = sent.content(value.node);
                let is_null = sent.kind(value.node) == Kind::Null;
                assert!(is_null || value.domain.has(&word), "{} in {text}", sent.pointer(value.node));
            }
            varied += 1;
        }
    }
    assert!(varied > 10, "{varied} payloads");
}
