//! The definitions of a catalogue against the classes that they mirror.

use super::config::InForce;
use super::diff::Partner;
use super::diff::changes::{Change, Hints, compare, domain};
use super::diff::simple_name;
use super::java::class::{Facts, read};
use super::java::index::ClassId;
use super::report::{Found, dates_name, include_name, layout_name, naming_name, unknown_name};
use super::spring::Direction;
use crate::java::config::{MapperConfig, Naming};
use crate::mapping::{Catalogue, Mapping, Wire};
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

/// A wire of a mapping whose configuration no mapper in force for its class has.
pub struct Configured<'a> {
    /// The mapping.
    pub mapping: &'static str,
    /// The wire.
    pub wire: Wire,
    /// The repository that has the class.
    pub found: &'a Found<'a>,
    /// The mapper in force that comes nearest.
    pub mapper: &'a InForce,
    /// What differs: the fact, by the definition, by the mapper.
    pub facts: Vec<(&'static str, &'static str, &'static str)>,
}

/// What the repositories say of the definitions.
pub struct Drift<'a> {
    /// Definitions with their classes, in the order of the catalogue.
    pub mirrored: Vec<Mirrored<'a>>,
    /// Definitions without.
    pub missing: Vec<Missing<'a>>,
    /// Wires with a configuration that is not in force, in the order of the mappings.
    pub configured: Vec<Configured<'a>>,
}

impl<'a> Drift<'a> {
    /// Compares all definitions whose service is one of the repositories: `NAME` of `NAME.Type`.
    pub fn new(repositories: &'a [Partner<'a>], catalogue: &Catalogue) -> Self {
        let mut drift = Drift { mirrored: Vec::new(), missing: Vec::new(), configured: Vec::new() };
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
        for mapping in catalogue.mappings {
            for (wire, direction) in wires(mapping) {
                let same = |it: &Configured<'_>| it.wire.name() == wire.name();
                if !drift.configured.iter().any(same) {
                    let found = drift.configured(mapping.id, wire, direction);
                    drift.configured.extend(found);
                }
            }
        }
        drift
    }

    /// What differs between the configuration of a wire and the mappers that its class goes through. Nothing where there is
    /// none: no code was found that sends it, or it goes into an index, whose own mapper writes it.
    fn configured(&self, mapping: &'static str, wire: Wire, direction: Direction) -> Option<Configured<'a>> {
        let mirrored = self.mirrored.iter().find(|it| it.definition.name == wire.dto.class.name)?;
        let found = mirrored.found;
        let class = found.inventory.classes.iter().find(|it| it.facts.id == mirrored.facts.id)?;
        let mappers = found.configuration.in_force.iter().filter(|mapper| {
            class.uses.iter().any(|used| {
                used.direction == direction
                    && used.transport == mapper.transport
                    && found.configuration.modules.of(&used.place.path) == Some(mapper.module.as_str())
            })
        });
        let compared = mappers.map(|mapper| {
            let config = &mapper.configured.config;
            (mapper, facts(wire.config, config, direction, wire.dto.class))
        });
        // A class may go over two transports, and a mapping is about one of them.
        let (mapper, facts) = compared.min_by_key(|(_, facts)| facts.len())?;
        (!facts.is_empty()).then_some(Configured { mapping, wire, found, mapper, facts })
    }
}

/// The wires of a mapping, and which way each goes from the service that has its class.
fn wires(mapping: &Mapping) -> Vec<(Wire, Direction)> {
    use Direction::{Read, Written};
    let inputs = mapping.inputs.iter().flat_map(|input| [(input.wire, Written), (input.reader, Read)]);
    let mut wires = vec![(mapping.producer, Written), (mapping.reader, Read)];
    wires.extend(inputs);
    // What nobody takes is stored, by a mapper of the store's own.
    if let Some(consumer) = &mapping.consumer {
        wires.extend([(mapping.target, Written), (consumer.wire, Read)]);
    }
    wires
}

/// What differs of two configurations, for what goes that way. What sources do not say is not compared: escapes, line ends,
/// the order of keys.
fn facts(
    defined: &MapperConfig,
    found: &MapperConfig,
    direction: Direction,
    class: &Class,
) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut facts = vec![("keys", naming_name(defined.naming), naming_name(found.naming))];
    match direction {
        Direction::Written => {
            facts.push(("dates", dates_name(defined.dates), dates_name(found.dates)));
            facts.push(("layout", layout_name(defined.layout), layout_name(found.layout)));
            if class.include.is_none() {
                facts.push(("keys included", include_name(defined.include), include_name(found.include)));
            }
        }
        Direction::Read if class.unknown.is_none() => {
            facts.push(("unknown keys", unknown_name(defined.unknown), unknown_name(found.unknown)));
        }
        Direction::Read => {}
    }
    facts.retain(|(_, defined, found)| defined != found);
    facts
}

fn differences(definition: &Class, facts: &Facts) -> Vec<Change> {
    let hints = Hints {
        same_class: &|one, other| simple_name(one) == simple_name(other),
        field_before: &|_| None,
        field_after: &|_| None,
        // A definition names its keys as the class does.
        naming: (Naming::Field, Naming::Field),
    };
    let mut found = compare(definition, &facts.class, &hints).changes;
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
