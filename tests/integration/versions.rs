//! What tests say of real classes, in the names of today.
//!
//! Captures, and the payloads and names that tests write down, are those of the classes as they were captured. Before they
//! are used they are brought to the classes of today, change by change, as `fixtures/versions.jsonl` has them: so a key
//! that is renamed on both sides turns no test red that is not about that key.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dtogate::mapping::Mapping;
use dtogate::tis::CATALOGUE;
use dtogate::update::versions::{KeyEdit, PATH, Step, Versions, class_and_version};

use crate::binary::Run;
use crate::files;

/// The page of doctors, which most tests take for their payloads.
pub(crate) const PAGE: &str = "recommendation.TraineeSummaryDto";

static VERSIONS: LazyLock<Versions> = LazyLock::new(|| {
    let text = std::fs::read_to_string(files::root().join(PATH)).unwrap_or_default();
    Versions::parse(&text).unwrap_or_else(|(line, message)| panic!("{PATH}:{line}: {message}"))
});

/// A capture as its class would write it today; `path` is relative to the repository.
pub(crate) fn capture(path: &str) -> Vec<u8> {
    let bytes = files::bytes(path);
    let file = path.strip_prefix("fixtures/").unwrap_or(path);
    let manifest = files::manifest();
    let row = manifest.iter().find(|row| row.file == file);
    let Some((dto, config)) = row.and_then(|row| Some((row.dto.as_deref()?, row.config.as_deref()?))) else {
        return bytes;
    };
    VERSIONS.forward(dto, CATALOGUE.config(config), &bytes)
}

/// The text of a capture, as [`capture`].
pub(crate) fn capture_text(path: &str) -> String {
    String::from_utf8(capture(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A text about payloads of a class, with the keys as they are called today: payloads, answers, pointers, messages.
pub(crate) fn today(dto: &str, text: &str) -> String {
    let (class, version) = class_and_version(dto);
    let steps = VERSIONS.steps().iter().filter(|step| step.dto == class).skip(version);
    steps.fold(text.to_owned(), |text, step| match &step.edit {
        KeyEdit::Rename { from, to } => with_word(&text, from, to),
        KeyEdit::Drop { .. } | KeyEdit::Add { .. } | KeyEdit::Order { .. } => text,
    })
}

/// The reverse of [`today`]: what is said of a class, with the keys as they were captured.
pub(crate) fn as_captured(dto: &str, text: &str) -> String {
    let (class, _) = class_and_version(dto);
    let steps = VERSIONS.steps().iter().rev().filter(|step| step.dto == class);
    back(steps, text)
}

fn back<'s>(steps: impl Iterator<Item = &'s Step>, text: &str) -> String {
    steps.fold(text.to_owned(), |text, step| match &step.edit {
        KeyEdit::Rename { from, to } => with_word(&text, to, from),
        KeyEdit::Drop { .. } | KeyEdit::Add { .. } | KeyEdit::Order { .. } => text,
    })
}

/// The class of a payload below `fixtures/`: in the folder of a mapping that of its wire, else that of its row.
pub(crate) fn class_of(path: &str) -> Option<String> {
    static CLASSES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let rows = files::manifest().into_iter();
        rows.filter_map(|row| Some((row.file, class_and_version(&row.dto?).0.to_owned()))).collect()
    });
    let file = path.strip_prefix("fixtures/")?;
    let Some(mapping) = file.split('/').next().and_then(|id| CATALOGUE.mapping(id)) else {
        return CLASSES.get(file).cloned();
    };
    let label = file.rsplit('/').next()?.split_once('.').map_or("", |(_, label)| label.trim_end_matches(".json"));
    let is = |name: &str| label.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let further = mapping.inputs.iter().find(|spec| is(spec.name)).map(|spec| spec.wire);
    Some(further.unwrap_or(mapping.producer).dto.name().to_owned())
}

/// The mapping in whose folder a table or an expectation is: it names keys of several classes.
fn mapping_of(path: &str) -> Option<&'static Mapping> {
    let file = path.strip_prefix("fixtures/")?;
    let names_several = file.ends_with("/table.json") || file.ends_with(".expected.json");
    CATALOGUE.mapping(file.split('/').next()?).filter(|_| names_several)
}

/// A file below `fixtures/`, as it would be today.
pub(crate) fn file_today(path: &str, text: &str) -> String {
    match (mapping_of(path), class_of(path)) {
        (Some(mapping), _) => leg(mapping, text),
        (None, Some(class)) => today(&class, text),
        (None, None) => text.to_owned(),
    }
}

/// The reverse of [`file_today`].
pub(crate) fn file_as_captured(path: &str, text: &str) -> String {
    match (mapping_of(path), class_of(path)) {
        (Some(mapping), _) => leg_as_captured(mapping, text),
        (None, Some(class)) => as_captured(&class, text),
        (None, None) => text.to_owned(),
    }
}

/// What has another name in any class of a leg: (old, new), in the order in which it happened.
fn renames_of(mapping: &Mapping) -> Vec<(&'static str, &'static str)> {
    let wires = [mapping.producer, mapping.reader, mapping.target].into_iter();
    let wires: Vec<_> = wires.chain(mapping.inputs.iter().map(|spec| spec.wire)).map(|wire| wire.dto.name()).collect();
    let mut found: Vec<(&str, &str)> = Vec::new();
    for step in VERSIONS.steps().iter().filter(|step| wires.contains(&step.dto.as_str())) {
        let KeyEdit::Rename { from, to } = &step.edit else { continue };
        let pair = (from.as_str(), to.as_str());
        // The same rename in another class of the leg.
        let last = found.iter().rev().find(|(old, new)| [old, new].iter().any(|name| **name == from || **name == to));
        if last != Some(&pair) {
            found.push(pair);
        }
    }
    found
}

/// As [`today`], of a text that names keys of several classes of a leg.
pub(crate) fn leg(mapping: &Mapping, text: &str) -> String {
    renames_of(mapping).into_iter().fold(text.to_owned(), |text, (from, to)| with_word(&text, from, to))
}

/// The reverse of [`leg`].
pub(crate) fn leg_as_captured(mapping: &Mapping, text: &str) -> String {
    renames_of(mapping).into_iter().rev().fold(text.to_owned(), |text, (from, to)| with_word(&text, to, from))
}

/// What a run about a leg has printed, with the keys as they were captured.
pub(crate) fn run_as_captured(mapping: &Mapping, run: Run) -> Run {
    Run { stdout: leg_as_captured(mapping, &run.stdout), ..run }
}

/// As [`today`], of the page of doctors.
pub(crate) fn page(text: &str) -> String {
    today(PAGE, text)
}

/// What has another name today in the page of doctors, by the name that was captured: `old:new,old:new`.
pub(crate) fn renamed() -> String {
    let mut names: Vec<(String, String)> = Vec::new();
    for step in VERSIONS.steps().iter().filter(|step| step.dto == PAGE) {
        let KeyEdit::Rename { from, to } = &step.edit else { continue };
        match names.iter_mut().find(|(_, today)| today == from) {
            Some((_, today)) => today.clone_from(to),
            None => names.push((from.clone(), to.clone())),
        }
    }
    names.iter().map(|(from, to)| format!("{from}:{to}")).collect::<Vec<_>>().join(",")
}

/// Whether a class is another one than that of its captures: a copy of it that a test has is of those.
pub(crate) fn has_changed(dto: &str) -> bool {
    VERSIONS.steps().iter().any(|step| step.dto == dto)
}

/// The text with a word in the place of another: not where that is only a part of a word.
fn with_word(text: &str, from: &str, to: &str) -> String {
    let is_part = |character: Option<char>| character.is_some_and(|character| character.is_alphanumeric());
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let (before, behind) = (&rest[..at], &rest[at + from.len()..]);
        let is_word = !is_part(before.chars().last().or(result.chars().last())) && !is_part(behind.chars().next());
        result.push_str(before);
        result.push_str(if is_word { to } else { from });
        rest = behind;
    }
    result + rest
}

#[test]
fn only_whole_words_are_renamed() {
    assert_eq!(with_word(r#"{"sku":1} /lines/*/sku skus"#, "sku", "no"), r#"{"no":1} /lines/*/no skus"#);
    assert_eq!(with_word("skusku sku", "sku", "no"), "skusku no");
}

#[test]
fn what_was_renamed_twice_goes_back_to_its_first_name() {
    let step = |from: &str, to: &str| Step {
        dto: "shop.Order".to_owned(),
        objects: String::new(),
        edit: KeyEdit::Rename { from: from.to_owned(), to: to.to_owned() },
    };
    let steps = [step("sku", "no"), step("count", "sku"), step("no", "article")];
    assert_eq!(back(steps.iter().rev(), r#"{"article":1,"sku":2} /article"#), r#"{"sku":1,"count":2} /sku"#);
}

#[test]
fn a_file_names_its_class_by_its_mapping_or_by_its_row() {
    let class = |path: &str| class_of(path).unwrap_or_default();
    assert_eq!(class("fixtures/doctors-notes/valid/typical3.notes-1234567.json"), "core.TraineeNotesDto");
    assert_eq!(class("fixtures/doctors-summary/valid/invented.json"), PAGE);
    assert_eq!(class("fixtures/doctors-summary/table.json"), PAGE);
    assert_eq!(class(&crate::binary::doctors("explicit_bean", "typical3")), PAGE);
    assert_eq!(class("fixtures/accepted.toml"), "");
}
