//! Tables of mappings that say something else than what is observed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::journal::Change;
use super::moved::Moved;
use super::question::{Kind, Place, Question};
use super::versions::{KeyEdit, Step};
use crate::dependence::{Dependence, SEED, Table, TableDocument, differing_lines};
use crate::error::Error;
use crate::fixture::Case;
use crate::gate::{Options, in_threads};
use crate::java::config::Naming;
use crate::mapping::{Mapping, Wire};
use crate::pointer::unescape;

/// A question for each cause for which tables differ. With captures, what has changed in the classes of answers is
/// recorded as that of payloads is.
///
/// # Errors
///
/// A table that is there and cannot be read.
pub(super) fn questions(
    root: &Path,
    cases: &[Case],
    options: &Options<'_>,
    has_captures: bool,
) -> Result<Vec<Question>, Error> {
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
        let reviewed = before.as_deref().map(|text| TableDocument::parse(mapping.id, text));
        let renames =
            reviewed.iter().flatten().next().map(|reviewed| Renames::between(reviewed, &table)).unwrap_or_default();
        let losses =
            losses(mapping.id, reviewed.as_ref().map(|read| read.as_ref().map(|old| renames.apply(old))), &table);
        let is_order = is_of_order(&places);
        let is_all = reviewed.iter().flatten().next().is_some_and(|old| renames.apply(old) == table);
        let order = is_order.then(|| OTHER_ORDER.to_owned());
        let cause = order.or_else(|| renames.names().filter(|_| is_all));
        let cause = cause.unwrap_or_else(|| format!("lines of {}", mapping.id));
        let question = questions.entry(cause.clone()).or_insert_with(|| Question::new(Kind::Table, cause));
        question.places.extend(places);
        question.guards.extend(losses);
        question.moved.extend(renames.moved(mapping.id));
        if has_captures {
            question.steps.extend(renames.steps(mapping.target));
        }
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

/// Values that have another pointer than in the reviewed table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Renames {
    targets: BTreeMap<String, String>,
    sources: BTreeMap<String, String>,
}

impl Renames {
    /// What the reviewed table has and the observed one has not belongs, in its order, to what came: where as many went
    /// as came. A value that only feeds something else now is in both, and is no rename.
    fn between(reviewed: &TableDocument, table: &TableDocument) -> Self {
        let pairs = |of: fn(&TableDocument) -> Vec<&str>| -> BTreeMap<String, String> {
            let (old, new) = (of(reviewed), of(table));
            let gone: Vec<&str> = old.iter().copied().filter(|pointer| !new.contains(pointer)).collect();
            let come: Vec<&str> = new.iter().copied().filter(|pointer| !old.contains(pointer)).collect();
            if gone.len() != come.len() {
                return BTreeMap::new();
            }
            gone.into_iter().zip(come).map(|(from, to)| (from.to_owned(), to.to_owned())).collect()
        };
        Renames { targets: pairs(targets), sources: pairs(sources) }
    }

    /// The reviewed table with the new names; its reasons are those of the mapping.
    fn apply(&self, reviewed: &TableDocument) -> TableDocument {
        let mut table = reviewed.clone();
        let rename = |names: &BTreeMap<String, String>, pointer: &mut String| {
            if let Some(to) = names.get(pointer) {
                pointer.clone_from(to);
            }
        };
        for row in &mut table.rows {
            rename(&self.targets, &mut row.target);
            row.sources.iter_mut().for_each(|source| rename(&self.sources, source));
        }
        table.dropped.iter_mut().for_each(|dropped| rename(&self.sources, &mut dropped.pointer));
        table.lost.iter_mut().chain(&mut table.unknown).for_each(|source| rename(&self.sources, source));
        for guard in &mut table.guards {
            for (from, to) in &self.sources {
                // `/pointer = value`, several with commas between.
                let opened = guard.open.split(", ").map(|open| match open.split_once(" = ") {
                    Some((pointer, value)) if pointer == from => format!("{to} = {value}"),
                    _ => open.to_owned(),
                });
                guard.open = opened.collect::<Vec<_>>().join(", ");
            }
        }
        table
    }

    /// The keys that have another name, for a title: `a -> b`; none where there are none.
    fn names(&self) -> Option<String> {
        let mut names = BTreeSet::new();
        for (from, to) in self.targets.iter().chain(&self.sources) {
            let (old, new): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
            if old.len() == new.len() {
                let differing = old.iter().zip(&new).filter(|(old, new)| old != new);
                names.extend(differing.map(|(old, new)| format!("{old} -> {new}")));
            } else {
                names.insert(format!("{from} -> {to}"));
            }
        }
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// The renames of the class of the answer.
    fn steps(&self, target: Wire) -> Vec<Step> {
        let step = |(from, to): (&String, &String)| {
            let ((objects, from), (above, to)) = (from.rsplit_once('/')?, to.rsplit_once('/')?);
            let (from, to) = (unescape(from).into_owned(), unescape(to).into_owned());
            let is_own = from != to && (objects == above || self.targets.get(objects).is_some_and(|new| new == above));
            let edit = KeyEdit::Rename { from, to };
            // A key that another configuration writes otherwise is known by its plain name alone.
            (is_own && target.config.naming != Naming::Snake).then(|| Step {
                dto: target.dto.name().to_owned(),
                objects: above.to_owned(),
                edit,
            })
        };
        self.targets.iter().filter_map(step).collect()
    }

    fn moved<'r>(&'r self, mapping: &'r str) -> impl Iterator<Item = Moved> + 'r {
        let moved =
            |(from, to): (&String, &String)| Moved { mapping: mapping.to_owned(), from: from.clone(), to: to.clone() };
        self.sources.iter().chain(&self.targets).map(moved)
    }
}

/// The parts of the answer, in their order.
fn targets(table: &TableDocument) -> Vec<&str> {
    table.rows.iter().map(|row| row.target.as_str()).collect()
}

/// What is sent, each once, in the order in which the table names it.
fn sources(table: &TableDocument) -> Vec<&str> {
    let fed = table.rows.iter().flat_map(|row| &row.sources);
    let dropped = table.dropped.iter().map(|dropped| &dropped.pointer);
    let mut found: Vec<&str> = Vec::new();
    for source in fed.chain(dropped).chain(&table.lost).chain(&table.unknown) {
        if !found.contains(&source.as_str()) {
            found.push(source);
        }
    }
    found
}

/// The lines that differ, as places of a file. Of the same lines in another order there is nothing to show but the file.
pub(super) fn lines(path: &str, before: &str, after: &str) -> Vec<Place> {
    let place = |(before, after)| Place { path: path.to_owned(), pointer: String::new(), before, after };
    let found: Vec<Place> = differing_lines(before, after).into_iter().map(place).collect();
    if found.is_empty() && before != after { vec![place((None, None))] } else { found }
}

/// Whether a file has the same lines as before.
fn is_of_order(places: &[Place]) -> bool {
    !places.is_empty() && places.iter().all(|place| place.before.is_none() && place.after.is_none())
}

/// The cause of that.
const OTHER_ORDER: &str = "the same lines, in another order or layout";

/// The keys that have another name in every line, if that is all: `a -> b, c -> d`.
pub(super) fn cause(places: &[Place]) -> Option<String> {
    if is_of_order(places) {
        return Some(OTHER_ORDER.to_owned());
    }
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for place in places {
        let (before, after) = (place.before.as_deref()?, place.after.as_deref()?);
        // A line that is cut shows parts of words.
        if before.contains('…') || after.contains('…') {
            return None;
        }
        let (before, after) = (words(before), words(after));
        if before.len() != after.len() {
            return None;
        }
        for (from, to) in before.into_iter().zip(after).filter(|(before, after)| before != after) {
            // Numbers of lines and counts follow from something else.
            let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
            if is_number(from) || is_number(to) || *names.entry(from).or_insert(to) != to {
                return None;
            }
        }
    }
    let is_known = names.values().any(|to| names.contains_key(to));
    let names: Vec<String> = names.into_iter().map(|(from, to)| format!("{from} -> {to}")).collect();
    (!is_known && (1..=MANY).contains(&names.len())).then(|| names.join(", "))
}

/// With more names than these something else has happened.
const MANY: usize = 8;

/// The keys in a line.
fn words(line: &str) -> Vec<&str> {
    line.split(|character: char| !(character.is_alphanumeric() || "_-$".contains(character))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dependence::{DocumentRow, OpenedBy};

    #[test]
    fn a_rename_in_every_line_is_one_cause() {
        let before = "{\n  {\"target\": \"/a/*/sku\", \"sources\": [\"/b/*/sku\"]},\n  {\"target\": \"/n\"}\n}\n";
        let renamed = lines("t", before, &before.replace("sku", "article"));
        assert_eq!((renamed.len(), cause(&renamed)), (1, Some("sku -> article".to_owned())));
        let other = lines("t", before, &before.replace("[\"/b/*/sku\"]", "[]"));
        assert_eq!((other.len(), cause(&other)), (1, None));
        let two = before.replace("sku", "article").replace("\"/n\"", "\"/m\"");
        assert_eq!(cause(&lines("t", before, &two)).as_deref(), Some("n -> m, sku -> article"));
        let swapped = before.replace("\"/a/*/sku\"", "\"/b/*/sku\"").replace("[\"/b/", "[\"/a/");
        assert_eq!(cause(&lines("t", before, &swapped)), None);
        assert_eq!(cause(&lines("t", "line 316\n", "line 314\n")), None);
        let order = lines("t", "\"a\"\n\"b\"\n", "\"b\"\n\"a\"\n");
        assert_eq!((order.len(), cause(&order).as_deref()), (1, Some(OTHER_ORDER)));
        assert_eq!(lines("t", "a\n", "a\n"), []);
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
        let reviewed = table(&row("/sku", "\"/sku\", \"/n\""), "").0;
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
    }
    #[test]
    fn renamed_keys_of_a_table_are_told_from_values_that_feed_something_else() {
        let table = |rows: &[(&str, &[&str])], lost: &[&str]| TableDocument {
            version: 2,
            mapping: "orders".to_owned(),
            rows: rows
                .iter()
                .map(|(target, sources)| DocumentRow {
                    target: (*target).to_owned(),
                    sources: sources.iter().map(|source| (*source).to_owned()).collect(),
                    dates: None,
                    declared: None,
                })
                .collect(),
            dropped: vec![],
            lost: lost.iter().map(|source| (*source).to_owned()).collect(),
            unknown: vec![],
            guards: vec![OpenedBy { open: "/count = 1, /n = 2".to_owned(), reason: "one".to_owned() }],
        };
        let reviewed = table(&[("/sku", &["/sku"]), ("/count", &["/count"]), ("/at", &["stock:/day"])], &["/note"]);
        let renamed =
            table(&[("/article", &["/article"]), ("/count", &["/total"]), ("/at", &["stock:/at"])], &["/note"]);
        let renames = Renames::between(&reviewed, &renamed);
        assert_eq!(renames.names().as_deref(), Some("count -> total, day -> at, sku -> article"));
        let applied = renames.apply(&reviewed);
        assert_eq!((&applied.rows, &applied.guards[0].open), (&renamed.rows, &"/total = 1, /n = 2".to_owned()));
        assert!(losses("orders", Some(Ok::<_, ()>(applied)), &renamed).is_empty());
        let moved: Vec<Moved> = renames.moved("orders").collect();
        assert!(moved.iter().any(|moved| (&*moved.from, &*moved.to) == ("stock:/day", "stock:/at")), "{moved:?}");

        // The sku is fed by the note now, and the old source is lost: nothing is renamed.
        let moved = table(&[("/sku", &["/note"]), ("/count", &["/count"]), ("/at", &["stock:/day"])], &["/sku"]);
        let renames = Renames::between(&reviewed, &moved);
        assert_eq!(renames, Renames::default());
        let found = losses("orders", Some(Ok::<_, ()>(renames.apply(&reviewed))), &moved);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
