//! Names that were left behind: a mapping that names a key which no class has any more, and a class that still has the
//! old name of a renamed key. Both are said before anything is written, since a person has to edit them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::moved::{Moved, split};
use super::question::{Kind, Place, Question};
use crate::java::naming::snake_case;
use crate::mapping::{Catalogue, Declared, DtoSpec, Mapping, Wire};
use crate::model::places;

/// A question for the mappings that name values which no class of theirs has; it cannot be accepted.
pub(super) fn names(root: &Path, catalogue: &Catalogue, moved: &[Moved]) -> Option<Question> {
    let mut question = Question::new(Kind::Declaration, "names of keys that are no more");
    let mut sources = Sources::new(root);
    for mapping in catalogue.mappings {
        let left = named(mapping).into_iter().filter(|&(_, pointer, is_answer)| !is_known(mapping, pointer, is_answer));
        for (what, pointer, is_answer) in left {
            let new = new_name(mapping, pointer, is_answer, moved);
            let found = sources.line(&format!("{:?}", mapping.id), &format!("{pointer:?}"));
            let (path, line) = match found {
                Some((path, line)) => (path, Some(line)),
                None => (format!("the mapping {}", mapping.id), None),
            };
            let before = line.unwrap_or_else(|| format!("{what} {pointer:?}"));
            let after = new.map(|new| before.replace(&format!("{pointer:?}"), &format!("{new:?}")));
            let place = Place { path, pointer: String::new(), before: Some(before), after };
            if !question.places.contains(&place) {
                question.places.push(place);
            }
        }
    }
    let what = "no class of the mapping has such a key any more: edit the lines, build, and accept again";
    question.blocked = Some(what.to_owned());
    (!question.places.is_empty()).then_some(question)
}

/// Why a rename may not pass lightly: a reader on its leg still has the old name; and where else a class has it.
pub(super) fn classes(root: &Path, catalogue: &Catalogue, moved: &[Moved]) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut guards, mut notes) = (BTreeSet::new(), BTreeSet::new());
    let mut sources = Sources::new(root);
    let mut on_legs: BTreeSet<&str> = BTreeSet::new();
    for one in moved {
        let Some(mapping) = catalogue.mapping(&one.mapping) else { continue };
        let (Some((above, from)), Some((_, to))) = (one.from.rsplit_once('/'), one.to.rsplit_once('/')) else {
            continue;
        };
        for (input, writer, reader) in hops(mapping) {
            on_legs.extend(with_nested(writer.dto).chain(with_nested(reader.dto)));
            let (own, new) = (split(&one.from), split(&one.to).1);
            let written = places::at(writer.dto.class, writer.config.naming, new);
            let old = places::at(reader.dto.class, reader.config.naming, own.1);
            let (true, Some(written), Some(old)) = (input == own.0, written, old) else { continue };
            // What is read under the new name, or written under the old one too, is another key.
            let is_read = places::places(reader.dto.class).iter().any(|place| written.is_read_at(place));
            if is_read || places::at(writer.dto.class, writer.config.naming, own.1).is_some() {
                continue;
            }
            let class = places::holder(reader.dto.class, &old).unwrap_or(reader.dto.class);
            let at = sources.field(&class.name, from);
            guards.insert(format!("{at} still has {from}, where {} writes {above}/{to}", writer.dto.name()));
        }
    }
    for one in moved {
        let (Some((_, from)), Some((_, to))) = (one.from.rsplit_once('/'), one.to.rsplit_once('/')) else { continue };
        for dto in catalogue.dtos.iter().filter(|dto| !on_legs.contains(dto.name())) {
            let has = |name: &str| dto.class.keys().iter().any(|key| key.name == name);
            if has(from) && !has(to) {
                notes.insert(format!("{} has {from} too", sources.field(dto.name(), from)));
            }
        }
    }
    (guards, notes)
}

/// A question for what the tests of our own checkout ask of a new leg beside its table; it cannot be accepted.
pub fn of_checkout(root: &Path, catalogue: &Catalogue) -> Option<Question> {
    let mut question = Question::new(Kind::Declaration, "steps of a new leg");
    let mut sources = Sources::new(root);
    for dto in catalogue.dtos.iter().filter(|dto| !names_source(&dto.class.source)) {
        let (path, before) = sources
            .line(&format!("name = {:?}", dto.name()), &format!("{:?}", &*dto.class.source))
            .unwrap_or_else(|| (dto.name().to_owned(), format!("source = {:?}", &*dto.class.source)));
        let after = Some("source = \"REPOSITORY, PATH/TO/Class.java at COMMIT\"".to_owned());
        question.places.push(Place { path, pointer: String::new(), before: Some(before), after });
    }
    for mapping in catalogue.mappings.iter().filter(|mapping| mapping.probing.goldens.is_empty()) {
        let id = format!("id: {:?}", mapping.id);
        let path = sources.line(&id, &id).map_or_else(|| format!("the mapping {}", mapping.id), |(path, _)| path);
        let after = golden_line(root, mapping).unwrap_or_else(|| {
            format!("a golden that {} wrote: dtogate add {} FILE", mapping.producer.config.name, mapping.id)
        });
        question.places.push(Place { path, pointer: String::new(), before: None, after: Some(after) });
    }
    question.blocked = Some("write these, build, and accept again".to_owned());
    (!question.places.is_empty()).then_some(question)
}

/// Whether a definition says what it was taken from: `REPOSITORY, FILE at COMMIT`.
pub fn names_source(source: &str) -> bool {
    let is_commit = |text: &str| {
        let digits = text.chars().take_while(char::is_ascii_hexdigit).count();
        digits >= 7 && text.chars().nth(digits).is_none_or(|next| !next.is_alphanumeric())
    };
    let has_commit = [" at ", " before "].iter().any(|word| source.split(word).skip(1).any(is_commit));
    source.split_once(", ").is_some_and(|(repository, file)| !repository.is_empty() && file.contains('.')) && has_commit
}

/// The line that names the first golden of a mapping; none where it has none yet.
pub fn golden_line(root: &Path, mapping: &Mapping) -> Option<String> {
    let entries = fs::read_dir(root.join("fixtures").join(mapping.id).join("valid")).ok()?.flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter_map(|name| Some(name.strip_suffix(".json")?.to_owned())).collect();
    names.sort();
    let case = names.iter().find(|name| !name.contains(['.', '@']))?;
    let further = names.iter().filter_map(|name| name.strip_prefix(case)?.strip_prefix('.')).filter_map(|label| {
        let spec =
            mapping.inputs.iter().find(|spec| label == spec.name || label.starts_with(&format!("{}-", spec.name)))?;
        let key = label[spec.name.len()..].strip_prefix('-').map_or_else(String::new, |key| format!(" {key:?}"));
        Some(format!(", {:?}{key}", spec.name))
    });
    let further: String = further.collect();
    Some(format!(
        "probing: Probing {{ goldens: &[golden_inputs!({:?}, {case:?}{further})], ..Probing::PLAIN }},",
        mapping.id
    ))
}

fn with_nested(dto: DtoSpec) -> impl Iterator<Item = &'static str> {
    std::iter::once(&*dto.class.name).chain(dto.class.nested().into_iter().map(|class| &*class.name))
}

/// Who writes and who reads, with what stands before the pointers of their values.
fn hops(mapping: &Mapping) -> Vec<(String, Wire, Wire)> {
    let own = [(String::new(), mapping.producer, mapping.reader)].into_iter();
    let own = own.chain(mapping.consumer.map(|consumer| (String::new(), mapping.target, consumer.wire)));
    own.chain(mapping.inputs.iter().map(|input| (format!("{}:", input.name), input.wire, input.reader))).collect()
}

/// What a mapping names: what for, the pointer, and whether it is one of the answer.
fn named(mapping: &Mapping) -> Vec<(&'static str, &'static str, bool)> {
    let mut found = Vec::new();
    found.extend(mapping.renames.iter().flat_map(|&(from, to)| [("rename", from, false), ("rename", to, true)]));
    found.extend(mapping.identifiers.iter().map(|identifier| ("identifier", identifier.pointer, false)));
    found.extend(
        mapping
            .declarations
            .iter()
            .map(|declaration| (declaration.what.name(), declaration.pointer, declaration.what != Declared::Dropped)),
    );
    found.extend(mapping.probing.keys.iter().map(|&(_, pointer)| ("key of an input", pointer, false)));
    let opened = mapping.probing.guards.iter().flat_map(|guard| guard.open);
    found.extend(opened.map(|&(pointer, _)| ("guard", pointer, false)));
    if let Some(consumer) = &mapping.consumer {
        found.extend(consumer.required.iter().map(|required| ("required", required.pointer, true)));
        found.extend(consumer.dropped.iter().map(|dropped| (Declared::Dropped.name(), dropped.pointer, true)));
    }
    found
}

/// Whether what is sent, or the answer, has a value there; everything of an object (`*`) is not asked about.
fn is_known(mapping: &Mapping, pointer: &str, is_answer: bool) -> bool {
    let (input, own) = split(pointer);
    let own = own.trim_end_matches("/*");
    let further = mapping.inputs.iter().find(|spec| format!("{}:", spec.name) == input).map(|spec| spec.wire);
    let wire = further.unwrap_or(if is_answer { mapping.target } else { mapping.producer });
    own.is_empty() || places::at(wire.dto.class, wire.config.naming, own).is_some()
}

/// What a value is called now: as the goldens show it, or as another class of the leg has it.
fn new_name(mapping: &Mapping, pointer: &str, is_answer: bool, moved: &[Moved]) -> Option<String> {
    let own = moved.iter().find_map(|one| one.new_pointer(mapping.id, pointer));
    let candidates = moved.iter().filter_map(|one| {
        let (from, to) = (one.from.rsplit_once('/')?.1, one.to.rsplit_once('/')?.1);
        let renamed = pointer.split('/').map(|segment| if segment == from { to } else { segment });
        Some(renamed.collect::<Vec<_>>().join("/"))
    });
    own.into_iter().chain(candidates).find(|new| new != pointer && is_known(mapping, new, is_answer))
}

/// The Rust files of a root, read once where something is looked for.
struct Sources {
    root: PathBuf,
    files: Option<Vec<(String, String)>>,
}

/// More files than these are no sources of definitions.
const MOST: usize = 5_000;

impl Sources {
    fn new(root: &Path) -> Self {
        Sources { root: root.to_owned(), files: None }
    }

    fn files(&mut self) -> &[(String, String)] {
        self.files.get_or_insert_with(|| {
            let mut found = Vec::new();
            collect(&self.root, &self.root.join("src"), &mut found);
            found.sort();
            found
        })
    }

    /// The first line with a text, at best in a file that has another one too: `path:line`, and the line.
    fn line(&mut self, file_with: &str, text: &str) -> Option<(String, String)> {
        let line = |(path, file): &(String, String)| {
            let (at, line) = file.lines().enumerate().find(|(_, line)| line.contains(text))?;
            Some((format!("{path}:{}", at + 1), line.trim().to_owned()))
        };
        let (own, others): (Vec<_>, Vec<_>) = self.files().iter().partition(|(_, file)| file.contains(file_with));
        // What two mappings share is in the file of one.
        own.into_iter().find_map(line).or_else(|| others.into_iter().find_map(line))
    }

    /// A class, and where its key is.
    fn field(&mut self, class: &str, key: &str) -> String {
        let name = format!("name = {class:?}");
        let field = format!("{}:", snake_case(key));
        let quoted = format!("{key:?}");
        let at = self.files().iter().find_map(|(path, file)| {
            let begin = file.find(&name)?;
            let above = file[..begin].matches('\n').count();
            let mut below = file[begin..].lines().enumerate();
            let (at, _) = below.find(|(_, line)| {
                line.trim_start().trim_start_matches("pub ").starts_with(&field) || line.contains(&quoted)
            })?;
            Some(format!("{path}:{}", above + at + 1))
        });
        at.map_or_else(|| class.to_owned(), |at| format!("{class} ({at})"))
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|end| end == "rs")
            && found.len() < MOST
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((crate::fixture::shown(&path, root), text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_names_a_repository_a_file_and_a_commit() {
        for source in [
            "shop, dto/Order.java at 5e37423f7019",
            "shop, dto/Order.java before 5b909b1 (2025)",
            "not public; as shop reads it, Order.java, Line.java at 6dc4e9e5b65f; unchanged",
        ] {
            assert!(names_source(source), "{source}");
        }
        for source in [
            "shop",
            "shop, Order.java",
            "Order.java at 5e37423f7019",
            "shop, Order.java at the head",
            "a, b at 5e37423",
        ] {
            assert!(!names_source(source), "{source}");
        }
    }
}
