//! Tables of mappings that say something else than what is observed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::journal::Change;
use super::question::{Kind, Place, Question};
use crate::dependence::{Dependence, SEED, Table, TableDocument};
use crate::error::Error;
use crate::fixture::Case;
use crate::gate::{Options, in_threads};
use crate::mapping::Mapping;

/// A question for each cause for which tables differ.
///
/// # Errors
///
/// A table that is there and cannot be read.
pub(super) fn questions(root: &Path, cases: &[Case], options: &Options<'_>) -> Result<Vec<Question>, Error> {
    let mut mappings: Vec<&'static Mapping> = Vec::new();
    for case in cases {
        if mappings.last().is_none_or(|mapping| mapping.id != case.mapping.id)
            && options.mapping.is_none_or(|only| only.id == case.mapping.id)
        {
            mappings.push(case.mapping);
        }
    }
    let observed = in_threads(&mappings, 1, |mapping| {
        TableDocument::new(mapping.id, &Table::new(&Dependence::observe(mapping, SEED)))
    });
    let mut questions: BTreeMap<String, Question> = BTreeMap::new();
    for (mapping, table) in mappings.into_iter().zip(observed) {
        let path = format!("fixtures/{}/table.json", mapping.id);
        let before = match fs::read_to_string(root.join(&path)) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => return Err(Error::Read { path, source }),
        };
        if before.as_deref().is_some_and(|text| TableDocument::parse(mapping.id, text).as_ref() == Ok(&table)) {
            continue;
        }
        let after = table.text();
        let places = lines(&path, before.as_deref().unwrap_or_default(), &after);
        let cause = cause(&places).unwrap_or_else(|| format!("lines of {}", mapping.id));
        let question = questions.entry(cause.clone()).or_insert_with(|| Question::new(Kind::Table, cause));
        question.places.extend(places);
        question.readers.insert(mapping.consumer.map_or(mapping.reader_name, |consumer| consumer.name).to_owned());
        let before = before.map(String::into_bytes);
        question.changes.push(Change { path, before, after: Some(after.into_bytes()) });
    }
    Ok(questions.into_values().collect())
}

/// The lines that differ: those that go beside those that come, in their order.
pub(super) fn lines(path: &str, before: &str, after: &str) -> Vec<Place> {
    let only = |text: &str, other: &str| -> Vec<String> {
        let other: Vec<&str> = other.lines().map(plain).collect();
        text.lines().map(plain).filter(|line| !other.contains(line)).map(str::to_owned).collect()
    };
    let (gone, new) = (only(before, after), only(after, before));
    let place = |at: usize| Place {
        path: path.to_owned(),
        pointer: String::new(),
        before: gone.get(at).cloned(),
        after: new.get(at).cloned(),
    };
    (0..gone.len().max(new.len())).map(place).collect()
}

/// A line without its comma: the last of a list has none.
fn plain(line: &str) -> &str {
    line.trim().trim_end_matches(',')
}

/// The one key that has another name in every line, if that is all.
pub(super) fn cause(places: &[Place]) -> Option<String> {
    let mut causes = places.iter().map(|place| {
        let (before, after) = (words(place.before.as_deref()?), words(place.after.as_deref()?));
        let differing = before.iter().zip(&after).filter(|(before, after)| before != after);
        let mut pairs: Vec<(&&str, &&str)> = differing.collect();
        pairs.dedup();
        match pairs.as_slice() {
            [(from, to), rest @ ..] if before.len() == after.len() && rest.iter().all(|pair| *pair == (*from, *to)) => {
                Some(format!("{from} -> {to}"))
            }
            _ => None,
        }
    });
    let first = causes.next()??;
    causes.all(|cause| cause.as_ref() == Some(&first)).then_some(first)
}

/// The keys in a line.
fn words(line: &str) -> Vec<&str> {
    line.split(|character: char| !(character.is_alphanumeric() || "_-$".contains(character))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rename_in_every_line_is_one_cause() {
        let before = "{\n  {\"target\": \"/a/*/sku\", \"sources\": [\"/b/*/sku\"]},\n  {\"target\": \"/n\"}\n}\n";
        let renamed = lines("t", before, &before.replace("sku", "article"));
        assert_eq!((renamed.len(), cause(&renamed)), (1, Some("sku -> article".to_owned())));
        let other = lines("t", before, &before.replace("[\"/b/*/sku\"]", "[]"));
        assert_eq!((other.len(), cause(&other)), (1, None));
        let more = lines(
            "t",
            before,
            &before.replace("{\"target\": \"/n\"}", "{\"target\": \"/n\"},\n  {\"target\": \"/m\"}"),
        );
        assert_eq!((more.len(), &more[0].before, cause(&more)), (1, &None, None), "a comma is no difference");
    }
}
