//! Tables of mappings that say something else than what is observed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::journal::Change;
use super::question::{Kind, Place, Question};
use crate::dependence::{Dependence, SEED, Table, TableDocument, differing_lines};
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
        let mut places = lines(&path, before.as_deref().unwrap_or_default(), &after);
        // Of a new table its rows are of interest, not the frame around them.
        if before.is_none() {
            places.retain(|place| place.after.as_deref().is_some_and(|line| line.starts_with("{\"")));
        }
        let renamed = cause(&places);
        let reviewed =
            before.as_deref().map(|text| match renamed.as_deref().and_then(|name| name.split_once(" -> ")) {
                Some((from, to)) => TableDocument::parse(mapping.id, &with_word(text, from, to)),
                None => TableDocument::parse(mapping.id, text),
            });
        let losses = losses(mapping.id, reviewed, &table);
        let cause = renamed.unwrap_or_else(|| format!("lines of {}", mapping.id));
        let question = questions.entry(cause.clone()).or_insert_with(|| Question::new(Kind::Table, cause));
        question.places.extend(places);
        question.guards.extend(losses);
        question.readers.insert(mapping.consumer.map_or(mapping.reader_name, |consumer| consumer.name).to_owned());
        let before = before.map(String::into_bytes);
        question.changes.push(Change { path, before, after: Some(after.into_bytes()) });
    }
    Ok(questions.into_values().collect())
}

/// What a table loses against the reviewed one: why it may not pass lightly.
fn losses<E>(id: &str, reviewed: Option<Result<TableDocument, E>>, table: &TableDocument) -> Vec<String> {
    let reviewed = match reviewed {
        None => None,
        Some(Ok(reviewed)) => Some(reviewed),
        Some(Err(_)) => return vec![format!("the table of {id} cannot be read, so nobody sees what it loses")],
    };
    let known = |source: &String| reviewed.as_ref().is_some_and(|reviewed| reviewed.lost.contains(source));
    let mut losses: Vec<String> = table
        .lost
        .iter()
        .filter(|source| !known(source))
        .map(|source| format!("the table of {id} says that {source} is lost"))
        .collect();
    let found = table.expected();
    for (target, sources) in reviewed.iter().flat_map(TableDocument::expected) {
        match found.get(&target) {
            None => losses.push(format!("{target} of {id} has no line any more")),
            Some(found) => losses.extend(
                sources
                    .difference(found)
                    .map(|source| format!("{target} of {id} does not depend on {source} any more")),
            ),
        }
    }
    losses
}

/// The text with a key in the place of another: not where that is only a part of one.
fn with_word(text: &str, from: &str, to: &str) -> String {
    let is_in = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || "_-$".contains(c));
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from).filter(|_| !from.is_empty()) {
        let (before, behind) = (&rest[..at], &rest[at + from.len()..]);
        let is_word = !is_in(before.chars().last().or(result.chars().last())) && !is_in(behind.chars().next());
        result.push_str(before);
        result.push_str(if is_word { to } else { from });
        rest = behind;
    }
    result + rest
}

/// The lines that differ, as places of a file.
pub(super) fn lines(path: &str, before: &str, after: &str) -> Vec<Place> {
    let place = |(before, after)| Place { path: path.to_owned(), pointer: String::new(), before, after };
    differing_lines(before, after).into_iter().map(place).collect()
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

    #[test]
    fn a_table_that_loses_something_is_guarded_and_a_renamed_one_is_not() {
        let table = |rows: &str, lost: &str| {
            let text = format!(
                "{{\"version\": 2, \"mapping\": \"orders\", \"rows\": [{rows}], \"dropped\": [], \"lost\": [{lost}], \
                 \"unknown\": [], \"guards\": []}}"
            );
            (TableDocument::parse("orders", &text).unwrap(), text)
        };
        let row = |target: &str, sources: &str| {
            format!("{{\"target\": {target:?}, \"sources\": [{sources}], \"dates\": null, \"declared\": null}}")
        };
        let (reviewed, text) = table(&row("/sku", "\"/sku\", \"/n\""), "");
        let against = |table: &TableDocument| losses("orders", Some(Ok::<_, String>(reviewed.clone())), table);
        assert_eq!(against(&reviewed), [""; 0]);
        assert_eq!(against(&table(&row("/sku", "\"/sku\", \"/n\", \"/m\""), "").0), [""; 0], "more is no loss");
        assert_eq!(
            against(&table(&row("/sku", "\"/sku\""), "\"/n\"").0),
            ["the table of orders says that /n is lost", "/sku of orders does not depend on /n any more"]
        );
        assert_eq!(against(&table("", "").0), ["/sku of orders has no line any more"]);
        assert_eq!(losses("orders", None::<Result<_, String>>, &table("", "\"/n\"").0).len(), 1, "a first table too");
        assert_eq!(losses("orders", Some(Err("no table")), &reviewed).len(), 1);
        let renamed = TableDocument::parse("orders", &with_word(&text, "sku", "article")).unwrap();
        assert_eq!(renamed, table(&row("/article", "\"/article\", \"/n\""), "").0);
        assert_eq!(with_word("skus /sku \"sku\"", "sku", "a"), "skus /a \"a\"");
    }
}
