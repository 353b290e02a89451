//! What waits for a person: everything in which `fixtures/` and the binary differ, grouped by cause.
//!
//! Nothing is remembered between runs: what was accepted does not differ any more, and the next run finds the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::acceptances;
use super::captures::Captures;
use super::cause::{Causes, causes};
use super::journal::{Change, digest};
use super::keys::Edits;
use super::left;
use super::manifest::{self, Manifest, Row};
use super::moved::Moved;
use super::question::{Kind, Place, Question, RowEdit};
use super::values::{self, Red, with_rewritten};
use super::versions::{self, KeyEdit, Step};
use super::{table, verdict};
use crate::accepted::{Acceptance, Acceptances};
use crate::error::Error;
use crate::fixture::{Case, CaseKind, Content, File, read_store};
use crate::gate::{Options, known_names};
use crate::java::config::MapperConfig;
use crate::mapping::{Catalogue, Declared, DtoSpec, Mapping};

/// Finds what waits below a root. `without_keys`: the goldens stay as they are, whatever the definitions say.
///
/// # Errors
///
/// What cannot be read.
pub fn pending(
    root: &Path,
    catalogue: &Catalogue,
    options: &Options<'_>,
    without_keys: bool,
) -> Result<Vec<Question>, Error> {
    let store = read_store(root, catalogue, options.max_size)?;
    let manifest = read_manifest(root)?;
    let acceptances = Acceptances::read(root, catalogue, &known_names(), options.max_size)?;
    let mut found = Found {
        root,
        catalogue,
        options,
        known: acceptances.entries.clone(),
        manifest: manifest.as_ref().map(|(_, rows)| rows),
        questions: BTreeMap::new(),
    };
    let captures = Captures::read(root, catalogue, found.manifest)?;
    let edits = if without_keys { Edits::default() } else { observed(&store.cases, &captures) };
    let rewritten = found.keys(&store.cases, &edits, &captures);
    // A case whose keys are renamed is judged with the acceptances that are renamed with it.
    let moved: Vec<Moved> = found.questions.values().flat_map(|question| question.moved.clone()).collect();
    found.known = acceptances::moved_entries(&acceptances.entries, &moved);
    found.goldens(&store.cases, &rewritten)?;
    let (values, red) = values::questions(&store.cases, &rewritten, &found.known, options);
    found.expectations(&store.cases, &rewritten, &red);
    let mut questions: Vec<Question> = found.questions.into_values().collect();
    questions.extend(values);
    questions.extend(table::questions(root, &store.cases, options, !captures.files.is_empty())?);
    questions
        .iter_mut()
        .for_each(|question| question.places.extend(acceptances::shown(&acceptances.text, &question.moved)));
    let moved: Vec<Moved> = questions.iter().flat_map(|question| question.moved.clone()).collect();
    for question in questions.iter_mut().filter(|question| !question.moved.is_empty()) {
        (question.left, question.notes) = left::classes(root, catalogue, &question.moved);
        question.guards.extend(question.left.iter().cloned());
    }
    questions.extend(left::names(root, catalogue, &moved));
    questions.extend(acceptances::gone(&acceptances, catalogue, &store.cases, &moved));
    questions.sort_by(|left, right| (left.kind, &left.cause).cmp(&(right.kind, &right.cause)));
    Ok(questions)
}

/// The manifest's text and its rows; none where there is no manifest.
///
/// # Errors
///
/// That it cannot be read, or what of it is no row.
pub fn read_manifest(root: &Path) -> Result<Option<(String, Manifest)>, Error> {
    let text = match fs::read_to_string(root.join(manifest::PATH)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Error::Read { path: manifest::PATH.to_owned(), source }),
    };
    let rows = Manifest::parse(&text)
        .map_err(|(line, message)| Error::Usage(format!("cannot read {}:{line}: {message}", manifest::PATH)))?;
    Ok(Some((text, rows)))
}

/// The files of a case that were written by a service, with what wrote them.
fn payloads(case: &Case) -> impl Iterator<Item = (&File, DtoSpec, &'static MapperConfig)> {
    let producer = case.mapping.producer;
    let own = (&case.payload, producer.dto, case.configuration.unwrap_or(producer.config));
    let further = case.further.iter().filter_map(|further| {
        let spec = case.mapping.inputs.iter().find(|spec| spec.name == further.name)?;
        Some((&further.file, spec.wire.dto, spec.wire.config))
    });
    std::iter::once(own).chain(further)
}

/// What the definitions have changed, as the goldens that must arrive show it, and the captures of classes that no golden
/// shows.
fn observed(cases: &[Case], captures: &Captures) -> Edits {
    let mut edits = Edits::default();
    let mut shown = BTreeSet::new();
    for case in cases.iter().filter(|case| case.kind == CaseKind::Valid) {
        payloads(case).for_each(|(file, dto, config)| {
            shown.insert(dto.name());
            edits.observe(dto, config, file.content.bytes());
        });
    }
    for (dto, config, bytes) in captures.files.iter().filter(|(dto, ..)| !shown.contains(dto.name())) {
        edits.observe(*dto, config, bytes);
    }
    edits.settle();
    edits
}

struct Found<'f> {
    root: &'f Path,
    catalogue: &'f Catalogue,
    options: &'f Options<'f>,
    /// The acceptances: what is known of a case is not what it is refused for.
    known: Vec<Acceptance>,
    manifest: Option<&'f Manifest>,
    questions: BTreeMap<(Kind, String), Question>,
}

impl Found<'_> {
    fn question(&mut self, kind: Kind, cause: &str) -> &mut Question {
        self.questions.entry((kind, cause.to_owned())).or_insert_with(|| Question::new(kind, cause))
    }

    /// One question for all keys that the definitions have changed; the goldens as they would be, by path.
    fn keys(&mut self, cases: &[Case], edits: &Edits, captures: &Captures) -> BTreeMap<String, Vec<u8>> {
        let mut rewritten = BTreeMap::new();
        if edits.is_empty() {
            return rewritten;
        }
        let manifest = self.manifest;
        let cause = edits.cause();
        let question = self.question(Kind::Keys, &cause);
        for case in cases {
            for (file, dto, config) in payloads(case) {
                let before = file.content.bytes();
                let Some((after, _)) = edits.apply(dto, config, before) else { continue };
                question.cases.insert(case.id());
                question.readers.insert(reader(case.mapping));
                if rewritten.contains_key(&file.path) {
                    continue;
                }
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let body = |bytes: &[u8]| text(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
                let Causes { places, lost, .. } = causes(&file.path, &body(before), &body(&after), &[]);
                question.places.extend(places);
                question.guards.extend(lost.iter().map(|pointer| format!("the goldens lose {pointer}")));
                if let Some(row) = manifest.and_then(|manifest| manifest.row(in_fixtures(&file.path))) {
                    let mut row =
                        Row { part: "derived".to_owned(), note: renamed_note(edits, &row.note), ..row.clone() };
                    row.measure(&after);
                    question.rows.push(RowEdit::Set(row));
                }
                question.changes.push(Change {
                    path: file.path.clone(),
                    before: Some(before.to_vec()),
                    after: Some(after.clone()),
                });
                rewritten.insert(file.path.clone(), after);
            }
        }
        for step in edits.steps() {
            if let (KeyEdit::Add { key, value, .. }, Some(question)) =
                (step.edit, self.questions.get_mut(&(Kind::Keys, cause.clone())))
            {
                question.guards.insert(format!("the goldens get {key}: {value}, which no service wrote there"));
            }
        }
        // Without captures no payload is of an older version.
        let steps = if captures.files.is_empty() { Vec::new() } else { edits.steps() };
        if rewritten.is_empty() && steps.is_empty() {
            self.questions.remove(&(Kind::Keys, cause));
            return rewritten;
        }
        let moved = acceptances::moved(&edits.steps(), self.catalogue);
        let question = self.question(Kind::Keys, &cause);
        let path = || versions::PATH.to_owned();
        let line = |step: &Step| Some(step.to_string());
        let place = |step| Place { path: path(), pointer: String::new(), before: None, after: line(step) };
        question.places.extend(steps.iter().map(place));
        (question.moved, question.steps) = (moved, steps);
        rewritten
    }

    /// Goldens that are not what the manifest says.
    fn goldens(&mut self, cases: &[Case], rewritten: &BTreeMap<String, Vec<u8>>) -> Result<(), Error> {
        let Some(manifest) = self.manifest else { return Ok(()) };
        let mut there = BTreeSet::new();
        for case in cases {
            for (file, dto, config) in payloads(case) {
                let name = in_fixtures(&file.path);
                if !there.insert(name.to_owned()) || rewritten.contains_key(&file.path) {
                    continue;
                }
                let bytes = file.content.bytes();
                let row = manifest.row(name);
                if matches!(file.content, Content::TooLarge { .. }) || row.is_some_and(|row| row.fits(bytes)) {
                    continue;
                }
                let capture = capture_of(manifest, bytes);
                let what = if row.is_some() { "changed" } else { "new" };
                let source = if capture.is_some() { "bytes of a capture" } else { "bytes that no capture has" };
                let question = self.question(Kind::Golden, &format!("{what} in {}, {source}", case.mapping.id));
                question.cases.insert(case.id());
                question.readers.insert(reader(case.mapping));
                question.places.push(Place {
                    path: file.path.clone(),
                    pointer: String::new(),
                    before: row.map(|row| format!("{} bytes, {}", row.bytes, short(&row.sha256))),
                    after: Some(format!("{} bytes, {}", bytes.len(), short(&digest(bytes)))),
                });
                let mut new = match (capture, row) {
                    (Some(capture), _) => Row {
                        note: format!("captured: {}", &capture.file["captures/".len()..]),
                        file: name.to_owned(),
                        ..capture.clone()
                    },
                    (None, Some(row)) => row.clone(),
                    (None, None) => Row {
                        file: name.to_owned(),
                        part: "added".to_owned(),
                        dto: Some(dto.name().to_owned()),
                        config: Some(config.name.to_owned()),
                        case: Some(case.name.split('@').next().unwrap_or_default().to_owned()),
                        bytes: 0,
                        sha256: String::new(),
                        note: String::new(),
                    },
                };
                new.measure(bytes);
                question.rows.push(RowEdit::Set(new));
                if capture.is_none() {
                    question.guards.insert("no capture has these bytes: say where they come from".to_owned());
                }
            }
        }
        let expectations: BTreeSet<&str> =
            cases.iter().filter_map(|case| Some(case.expected.as_ref()?.path.as_str())).collect();
        for row in manifest.rows().filter(|row| !there.contains(&row.file)) {
            let path = format!("fixtures/{}", row.file);
            let mapping = row.file.split('/').next().unwrap_or_default();
            let bytes = fs::read(self.root.join(&path));
            if self.catalogue.mapping(mapping).is_none() {
                if bytes.is_ok_and(|bytes| !row.fits(&bytes)) {
                    let question = self.question(Kind::Golden, "changed in captures");
                    question.places.push(Place { path, pointer: String::new(), before: None, after: None });
                    let why = "captures are what services wrote: restore them with git checkout fixtures/captures";
                    question.blocked = Some(why.to_owned());
                }
                continue;
            }
            if bytes.is_ok() {
                // It lies where no case takes it: a stray file, which `check` reports.
                continue;
            }
            let orphan = format!("{}.expected.json", path.trim_end_matches(".json"));
            let orphan = Some(orphan).filter(|orphan| !expectations.contains(orphan.as_str()));
            let orphan = orphan.and_then(|orphan| Some((fs::read(self.root.join(&orphan)).ok()?, orphan)));
            let question = self.question(Kind::Golden, &format!("gone from {mapping}"));
            question.cases.insert(row.file.trim_end_matches(".json").to_owned());
            question.guards.insert("a case disappears".to_owned());
            let before = Some(format!("{} bytes", row.bytes));
            question.places.push(Place { path, pointer: String::new(), before, after: None });
            question.rows.push(RowEdit::Remove(row.file.clone()));
            question.changes.extend(orphan.map(|(bytes, path)| Change { path, before: Some(bytes), after: None }));
        }
        Ok(())
    }

    /// Expectations that are not what the mapping answers, or how a case is refused.
    fn expectations(&mut self, cases: &[Case], rewritten: &BTreeMap<String, Vec<u8>>, red: &Red) {
        let mut written: BTreeMap<String, Option<String>> = BTreeMap::new();
        for original in cases {
            let (case, is_rewritten) = with_rewritten(original, rewritten);
            let made = match case.kind {
                CaseKind::Invalid => verdict::refusal(&case, &self.known, self.options),
                _ => verdict::answer(&case, self.options),
            };
            let keys = self.questions.keys().find(|(kind, _)| *kind == Kind::Keys).cloned().filter(|_| is_rewritten);
            let after = match made {
                Ok(after) => after,
                Err(why) => {
                    let cause = match case.kind {
                        CaseKind::Invalid => "a case of invalid/ is not refused any more".to_owned(),
                        _ => {
                            format!("no answer: {}", why.trim_end_matches("; add what must be refused with --invalid"))
                        }
                    };
                    let key = keys.unwrap_or((Kind::Expectation, cause.clone()));
                    let question = self.question(key.0, &key.1);
                    question.cases.insert(case.id());
                    question.places.push(Place {
                        path: case.payload.path.clone(),
                        pointer: String::new(),
                        before: None,
                        after: None,
                    });
                    question.blocked = Some(format!("{cause}: fix the definitions, or move the case"));
                    continue;
                }
            };
            let own = own_expectation(&case.payload.path);
            let (path, before) = match &case.expected {
                Some(expected) => {
                    (expected.path.clone(), Some(String::from_utf8_lossy(expected.content.bytes()).into_owned()))
                }
                None => (own.clone(), None),
            };
            let found = match (&before, case.kind) {
                (None, _) => Causes {
                    names: BTreeSet::from(["none yet".to_owned()]),
                    places: vec![Place {
                        path: path.clone(),
                        pointer: String::new(),
                        before: None,
                        after: Some(after.clone()),
                    }],
                    ..Causes::default()
                },
                (Some(before), CaseKind::Invalid) => refusal_causes(&path, before, &after),
                (Some(before), _) => causes(&path, before, &after, &generated(case.mapping)),
            };
            if found.is_empty() {
                written.entry(path).or_insert(None);
                continue;
            }
            // Refused for what its mapping's other goldens are red for too: it says something once those are mended.
            if case.kind == CaseKind::Invalid
                && found.came.iter().any(|rule| red.contains(&(case.mapping.id, rule.as_str())))
            {
                continue;
            }
            // Where the case that an expectation belongs to takes it as it is, another one needs one of its own.
            let (path, before) = match written.get(&path) {
                Some(other) if other.as_deref() != Some(after.as_str()) && path != own => (own, None),
                _ => (path, before),
            };
            // Another case of the same expectation has asked for the same already.
            if written.get(&path).is_some_and(|other| other.as_deref() == Some(after.as_str())) {
                continue;
            }
            let cause = found.names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = found.names.len().saturating_sub(3);
            let cause = if more == 0 { cause } else { format!("{cause} and {more} more") };
            let key = keys.unwrap_or((Kind::Expectation, cause));
            let row = self.manifest.and_then(|manifest| manifest.row(in_fixtures(&case.payload.path))).cloned();
            let question = self.question(key.0, &key.1);
            question.cases.insert(case.id());
            question.readers.insert(reader(case.mapping));
            if !found.lost.is_empty() {
                let lost: Vec<&str> = found.lost.iter().map(String::as_str).collect();
                question.guards.insert(format!("an expectation loses {}", lost.join(", ")));
                let is_set = |edit: &RowEdit| matches!(edit, RowEdit::Set(set) if Some(&set.file) == row.as_ref().map(|row| &row.file));
                if !question.rows.iter().any(is_set) {
                    question.rows.extend(row.map(RowEdit::Set));
                }
            }
            if written.insert(path.clone(), Some(after.clone())).flatten().is_none() {
                question.places.extend(found.places);
                let before = before.map(String::into_bytes);
                question.changes.push(Change { path, before, after: Some(after.into_bytes()) });
            }
        }
    }
}

/// The causes for which a case of `invalid/` is refused otherwise.
fn refusal_causes(path: &str, before: &str, after: &str) -> Causes {
    let said = |text: &str| -> Option<(String, BTreeSet<String>)> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let rules = value.get("rules")?.as_array()?.iter().filter_map(|rule| rule.as_str().map(str::to_owned));
        Some((value.get("stage")?.as_str()?.to_owned(), rules.collect()))
    };
    let (old, new) = (said(before), said(after));
    if old == new && old.is_some() {
        return Causes::default();
    }
    let brief = |said: &Option<(String, BTreeSet<String>)>| {
        said.as_ref().map(|(stage, rules)| {
            let rules = rules.iter().cloned().collect::<Vec<_>>().join(", ");
            if rules.is_empty() { stage.clone() } else { format!("{stage} by {rules}") }
        })
    };
    let (old_text, new_text) = (brief(&old), brief(&new));
    let no_rules = BTreeSet::new();
    let gone = old.as_ref().map_or(&no_rules, |(_, rules)| rules);
    let kept = new.as_ref().map_or(&no_rules, |(_, rules)| rules);
    Causes {
        names: BTreeSet::from([format!(
            "refused at {} instead of {}",
            new_text.as_deref().unwrap_or("nothing"),
            old_text.as_deref().unwrap_or("nothing that can be read")
        )]),
        places: vec![Place { path: path.to_owned(), pointer: String::new(), before: old_text, after: new_text }],
        lost: gone.difference(kept).cloned().collect(),
        came: kept.difference(gone).cloned().collect(),
    }
}

/// Patterns of values that are another one with every answer.
fn generated(mapping: &Mapping) -> Vec<&'static str> {
    let declarations = mapping.declarations.iter();
    declarations
        .filter(|declaration| declaration.what == Declared::Generated)
        .map(|declaration| declaration.pointer)
        .collect()
}

/// Who reads what a mapping makes.
fn reader(mapping: &Mapping) -> String {
    mapping.consumer.map_or(mapping.reader_name, |consumer| consumer.name).to_owned()
}

fn in_fixtures(path: &str) -> &str {
    path.strip_prefix("fixtures/").unwrap_or(path)
}

fn own_expectation(payload: &str) -> String {
    format!("{}.expected.json", payload.strip_suffix(".json").unwrap_or(payload))
}

fn short(digest: &str) -> String {
    format!("SHA-256 {}…", digest.chars().take(8).collect::<String>())
}

fn capture_of<'m>(manifest: &'m Manifest, bytes: &[u8]) -> Option<&'m Row> {
    let digest = digest(bytes);
    manifest.rows().find(|row| row.file.starts_with("captures/") && row.sha256 == digest)
}

/// What the note of a golden says when its keys have been rewritten.
fn renamed_note(edits: &Edits, note: &str) -> String {
    let source = ["captured: ", "derived from ", "derived: "].iter().find_map(|prefix| note.strip_prefix(prefix));
    format!("derived: {}, from {}", edits.note(), source.unwrap_or(note))
}
