//! What tests say of real classes, in the names of today.
//!
//! Captures, and the payloads and names that tests write down, are those of the classes as they were captured. Before they
//! are used they are brought to the classes of today, change by change, as `fixtures/versions.jsonl` has them: so a key
//! that is renamed on both sides turns no test red that is not about that key.

use std::sync::LazyLock;

use dtogate::tis::CATALOGUE;
use dtogate::update::versions::{KeyEdit, PATH, Versions, class_and_version};

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
        KeyEdit::Drop { .. } | KeyEdit::Add { .. } => text,
    })
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
