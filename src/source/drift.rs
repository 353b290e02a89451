//! The definitions of a catalogue against the classes that they mirror.

use super::diff::Partner;
use super::diff::changes::{Change, Hints, changes, domain};
use super::diff::simple_name;
use super::java::class::{Facts, read};
use super::java::index::ClassId;
use super::report::Found;
use crate::mapping::Catalogue;
use crate::model::Class;

/// A definition and its class.
pub struct Mirrored<'a> {
    /// The definition.
    pub definition: &'static Class,
    /// The repository that has the class.
    pub found: &'a Found<'a>,
    /// The class.
    pub facts: Facts,
    /// What differs, the definition being the earlier side.
    pub changes: Vec<Change>,
}

/// A definition whose class was not found.
pub struct Missing<'a> {
    /// The definition.
    pub definition: &'static Class,
    /// The repository that should have it.
    pub repository: &'a str,
    /// Whether the file that the definition names is there all the same.
    pub has_file: bool,
}

/// What the repositories say of the definitions.
pub struct Drift<'a> {
    /// Definitions with their classes, in the order of the catalogue.
    pub mirrored: Vec<Mirrored<'a>>,
    /// Definitions without.
    pub missing: Vec<Missing<'a>>,
}

impl<'a> Drift<'a> {
    /// Compares all definitions whose service is one of the repositories: `NAME` of `NAME.Type`.
    pub fn new(repositories: &'a [Partner<'a>], catalogue: &Catalogue) -> Self {
        let mut drift = Drift { mirrored: Vec::new(), missing: Vec::new() };
        for spec in catalogue.dtos {
            let definition = spec.class;
            let Some((service, name)) = definition.name.split_once('.') else { continue };
            let Some(repository) = repositories.iter().find(|repository| repository.name == service) else { continue };
            let files = files(&definition.source);
            match class(&repository.found, name, &files) {
                Some(id) => {
                    let facts = read(repository.found.sources, id);
                    let changes = differences(definition, &facts);
                    drift.mirrored.push(Mirrored { definition, found: &repository.found, facts, changes });
                }
                None => {
                    let paths = repository.found.sources.files.iter().map(|source| &source.file.path);
                    let has_file = files.iter().any(|file| paths.clone().any(|path| ends_with(path, file)));
                    drift.missing.push(Missing { definition, repository: &repository.name, has_file });
                }
            }
        }
        drift
    }
}

fn differences(definition: &Class, facts: &Facts) -> Vec<Change> {
    let hints = Hints { same_class: &|one, other| simple_name(one) == simple_name(other), same_field: &|_, _| false };
    let mut found = changes(definition, &facts.class, &hints);
    // A definition may hold the words of an enum in a text: the wire is the same.
    found.retain(|change| match *change {
        Change::Type { before, after } => {
            domain(&definition.keys()[before]).is_none() || domain(&facts.class.keys()[after]).is_none()
        }
        _ => true,
    });
    found
}

/// The class of a name, outside of tests; of several, one whose file the definition names, or that is on a wire.
fn class(found: &Found<'_>, name: &str, files: &[&str]) -> Option<ClassId> {
    let sources = found.sources;
    let named: Vec<ClassId> =
        sources.classes().filter(|class| simple_name(&sources.declaration(*class).name) == name).collect();
    let in_file = named.iter().find(|class| files.iter().any(|file| ends_with(sources.path(**class), file)));
    let on_wire = || {
        named.iter().find(|class| found.inventory.classes.iter().any(|it| it.facts.id == **class && it.is_on_wire()))
    };
    in_file.or_else(on_wire).or(named.first()).copied()
}

/// The Java files that the source of a definition names.
fn files(source: &str) -> Vec<&str> {
    let words = source.split([' ', ',', ';', '(', ')']);
    words.filter(|word| word.ends_with(".java")).collect()
}

fn ends_with(path: &str, file: &str) -> bool {
    path.strip_suffix(file).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
