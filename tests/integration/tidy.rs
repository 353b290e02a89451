//! House rules: lists equal folders, ids equal names, files stay small.

use std::collections::BTreeSet;
use std::fs;

use clap::ValueEnum;
use dtogate::datetime::FORMS;
use dtogate::report::Format;
use dtogate::rule::RULES;
use dtogate::tis::CATALOGUE;
use pretty_assertions::assert_eq;

use crate::files::{self, root};

/// The names in a folder with an ending, without it; folders have the ending `/`.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}")) {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let name = if entry.file_type().unwrap().is_dir() { format!("{name}/") } else { name };
        names.extend(name.strip_suffix(ending).map(str::to_owned));
    }
    names
}

/// The names without those that are no item of the list.
fn items(folder: &str, others: &[&str]) -> BTreeSet<String> {
    let mut names = names(folder, ".rs");
    for other in others {
        assert!(names.remove(*other), "{folder}/{other}.rs is gone; take it out of this test");
    }
    names
}

fn set(names: impl IntoIterator<Item = impl Into<String>>) -> BTreeSet<String> {
    names.into_iter().map(Into::into).collect()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (at, character) in name.char_indices() {
        if character.is_uppercase() && at > 0 && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

#[test]
fn every_rule_is_listed() {
    let listed = set(RULES.iter().map(|rule| rule.id.replace('-', "_")));
    assert_eq!(items("src/rule", &["mod", "example", "reading", "table"]), listed);
    assert_eq!(names("src/rule/examples", ".txt"), set(RULES.iter().map(|rule| rule.id)));
}

#[test]
fn every_mapping_is_listed_and_has_fixtures() {
    let listed = set(CATALOGUE.mappings.iter().map(|mapping| mapping.id));
    assert_eq!(items("src/tis/mapping", &["mod"]), set(listed.iter().map(|id| id.replace('-', "_"))));
    let mut folders = names("fixtures", "/");
    folders.remove("captures");
    folders.remove("datetime");
    assert_eq!(folders, listed);
}

#[test]
fn every_definition_is_listed() {
    let mut files = BTreeSet::new();
    for service in names("src/tis/dto", "/") {
        let types = items(&format!("src/tis/dto/{service}"), &["mod"]);
        files.extend(types.into_iter().map(|file| format!("{service}.{file}")));
    }
    let listed = CATALOGUE.dtos.iter().map(|dto| {
        let (service, name) = dto.name().split_once('.').unwrap();
        format!("{service}.{}", snake(name))
    });
    assert_eq!(files, set(listed));
}

#[test]
fn every_date_form_report_format_and_verb_is_listed() {
    assert_eq!(
        items("src/datetime", &["mod", "annotated", "java_time", "tests"]),
        set(FORMS.iter().map(|form| form.file))
    );
    let formats =
        Format::value_variants().iter().map(|format| format.to_possible_value().unwrap().get_name().to_owned());
    assert_eq!(items("src/report", &["mod", "escape", "model"]), set(formats));
    let command = <dtogate::cli::Cli as clap::CommandFactory>::command();
    let verbs = command.get_subcommands().map(|verb| verb.get_name().to_owned()).filter(|verb| verb != "help");
    assert_eq!(items("src/cli", &["mod", "output", "process", "progress"]), set(verbs));
}

#[test]
fn lists_are_sorted_and_unique() {
    fn check<'n>(what: &str, names: impl Iterator<Item = &'n str>) {
        let names: Vec<&str> = names.collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted, "{what}");
    }
    check("rules", RULES.iter().map(|rule| rule.id));
    check("mappings", CATALOGUE.mappings.iter().map(|mapping| mapping.id));
    let configs: BTreeSet<&str> = CATALOGUE.configs.iter().map(|config| config.name).collect();
    assert_eq!(configs.len(), CATALOGUE.configs.len());
    let dtos: BTreeSet<&str> = CATALOGUE.dtos.iter().map(|dto| dto.name()).collect();
    assert_eq!(dtos.len(), CATALOGUE.dtos.len());
}

#[test]
fn wires_name_listed_definitions_and_configurations() {
    for mapping in CATALOGUE.mappings {
        let consumer = mapping.consumer.map(|consumer| consumer.wire);
        let wires = [mapping.producer, mapping.reader, mapping.target];
        for wire in wires.into_iter().chain(mapping.inputs.iter().map(|input| input.wire)).chain(consumer) {
            assert!(CATALOGUE.dto(wire.dto.name()).is_some(), "{}: {}", mapping.id, wire.name());
            assert_eq!(CATALOGUE.config(wire.config.name), Some(wire.config), "{}: {}", mapping.id, wire.name());
        }
    }
}

#[test]
fn definitions_are_named_alike_everywhere() {
    for dto in CATALOGUE.dtos {
        let schema = serde_json::to_value(dto.schema(dtogate::java::config::Dates::Text)).unwrap();
        assert_eq!(schema["title"], dto.name(), "the title of the schema is the class's name");
        let source = &dto.class.source;
        assert!(
            dtogate::update::left::names_source(source),
            "{}: expected a source such as \"REPOSITORY, PATH/TO/Class.java at COMMIT\", found {source:?}",
            dto.name()
        );
        for nested in dto.class.nested() {
            assert!(CATALOGUE.dto(&nested.name).is_some(), "{}: {} is not listed", dto.name(), nested.name);
        }
    }
}

#[test]
fn summaries_are_fragments() {
    let summaries = RULES.iter().map(|rule| (rule.id, rule.summary));
    let configs = CATALOGUE.configs.iter().map(|config| (config.name, config.summary));
    for (id, summary) in summaries.chain(configs) {
        assert!(!summary.is_empty() && !summary.ends_with('.') && !summary.contains('\n'), "{id}: {summary:?}");
    }
    for rule in RULES {
        assert!(rule.summary.starts_with(char::is_lowercase), "{}: {:?}", rule.id, rule.summary);
        assert!(rule.what.starts_with("Fires ") && rule.what.ends_with('.') && rule.why.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn no_source_file_is_long_and_engine_files_name_nothing_of_tis() {
    let sources: Vec<String> =
        ["src", "tests", "benches", "dtogate-derive/src", "examples/orders/src", "examples/orders/tests"]
            .iter()
            .flat_map(|folder| files::files_below(folder).into_iter().map(move |file| format!("{folder}/{file}")))
            .filter(|file| file.ends_with(".rs"))
            .collect();
    assert!(sources.len() > 40);
    for relative in sources {
        let text = fs::read_to_string(root().join(&relative)).unwrap();
        let lines = text.lines().count();
        assert!(lines <= 500, "{relative}: {lines} lines");
        let joins = relative.starts_with("src/tis/") || relative == "src/main.rs" || !relative.starts_with("src/");
        assert!(joins || !text.contains("crate::tis"), "{relative} depends on the definitions");
    }
}
