//! Which code makes objects of the classes on wires, and which of their fields it fills.
//!
//! A site is a builder chain, a constructor call with the setters behind it, or a method that MapStruct implements. What a
//! class holds by reading a payload or a document is no site. Fields that are set on an object from elsewhere, such as a
//! parameter, are known too, but of no site: whoever made it may leave them to that.

mod bodies;
mod constructors;
pub mod conversion;
mod inherited;
mod map_struct;
pub mod methods;
mod nested;
pub mod origin;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use conversion::Conversion;
use origin::{Given, Origin};

use super::java::class::{Facts, KeyFacts};
use super::java::index::{ClassId, Sources};
use super::place::Place;
use super::spring::{Direction, Inventory, WireClass};

/// Code that makes an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What it makes.
    pub class: ClassId,
    /// Where it stands.
    pub place: Place,
    /// The method: `Handler.answer(Order, int)`.
    pub method: String,
    /// Which of the sites of the method that make this class it is.
    pub ordinal: usize,
    /// The fields that it fills, by the name of the bean property.
    pub filled: BTreeSet<String>,
    /// The fields that it says it does not fill: `ignore = true` of MapStruct.
    pub ignored: BTreeSet<String>,
    /// Whether all that it fills was seen: nothing that is not understood gets hold of the object.
    pub is_complete: bool,
    /// Whether MapStruct writes it.
    pub is_mapped: bool,
    /// Whether it fills an object that it is handed, and all that it fills of that was seen.
    pub is_update: bool,
    /// Whether it makes the object with a builder.
    pub is_built: bool,
    /// The property that the value of a field is taken from as it is, where that is so.
    pub from: BTreeMap<String, Origin>,
    /// The properties of other objects that values are made of: a class, its property, and the field.
    pub reads: BTreeSet<(ClassId, String, String)>,
    /// What it hands a constructor, and the field that takes it, where each is known.
    pub placed: Vec<(String, String)>,
    /// What it has at hand to fill the object with.
    pub given: Given,
}

/// A field that is set on an object from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Where.
    pub place: Place,
    /// The method.
    pub method: String,
    /// Whether it is set to null, as it is written.
    pub is_null: bool,
}

/// All sites of a tree.
#[derive(Debug, Default)]
pub struct Fills {
    /// By path and place.
    pub sites: Vec<Site>,
    /// What MapStruct does, by path and place.
    pub conversions: Vec<Conversion>,
    /// Fields that are set on an object from elsewhere.
    loose: BTreeMap<ClassId, BTreeMap<String, Vec<Set>>>,
}

impl Fills {
    /// The sites that make a class.
    pub fn of(&self, class: ClassId) -> impl Iterator<Item = &Site> {
        self.sites.iter().filter(move |site| site.class == class)
    }

    /// The fields of a class that nothing ever fills: known where it is written and never read, not even from a store, and
    /// all code that makes it was understood.
    pub fn never_filled<'c>(&self, sources: &Sources, class: &'c WireClass) -> BTreeSet<&'c str> {
        let id = class.facts.id;
        let sites: Vec<&Site> = self.of(id).collect();
        let is_known = sites.iter().any(|site| !site.is_empty()) && sites.iter().all(|site| site.is_complete);
        if !is_known || !class.is_on_wire() || class.goes(Direction::Read) {
            return BTreeSet::new();
        }
        let rows = class
            .facts
            .rows()
            .filter(|(key, facts)| facts.is_written && key.default.is_none() && !is_filled_by_store(facts));
        let fields = rows.map(|(_, facts)| facts.field.as_str());
        let is_left = |field: &&str| {
            sites.iter().all(|site| !site.filled.contains(*field)) && !self.is_set_elsewhere(sources, id, field)
        };
        fields.filter(is_left).collect()
    }

    /// Whether a field is set on an object that the setting code did not make; by the name of a superclass, too.
    pub fn is_set_elsewhere(&self, sources: &Sources, class: ClassId, field: &str) -> bool {
        !self.set_elsewhere(sources, class, field).is_empty()
    }

    /// Where a field is set on an object that the setting code did not make; by the name of a superclass, too.
    pub fn set_elsewhere(&self, sources: &Sources, class: ClassId, field: &str) -> Vec<&Set> {
        let lineage = sources.lineage(class).into_iter();
        lineage.filter_map(|(class, _)| self.loose.get(&class)?.get(field)).flatten().collect()
    }
}

impl Site {
    /// Whether it makes an object with nothing in it, as one does where there is nothing to answer.
    pub fn is_empty(&self) -> bool {
        self.filled.is_empty()
    }
}

/// Finds the sites of the classes that are written to a wire or a store.
pub fn fills(sources: &Sources, inventory: &Inventory) -> Fills {
    let written = |class: &&WireClass| class.goes(Direction::Written);
    let targets: BTreeMap<ClassId, &Facts> =
        inventory.classes.iter().filter(written).map(|class| (class.facts.id, &class.facts)).collect();
    let mut fills = Fills::default();
    if targets.is_empty() {
        return fills;
    }
    for class in sources.classes() {
        let declaration = sources.declaration(class);
        let is_mapper = map_struct::is_mapper(sources, class);
        let made = OnceCell::new();
        for method in declaration.methods.iter().chain(&declaration.constructors) {
            if is_mapper && method.body.is_none() {
                let method = &*inherited::with_inherited(sources, class, method);
                let found = conversion::conversion(sources, class, method, &targets);
                map_struct::site(sources, class, method, &targets, found.as_ref(), &mut fills.sites);
                if let Some(found) = found {
                    nested::sites(sources, class, (method, &found), &made, &targets, &mut fills.sites);
                    fills.conversions.push(found);
                }
            }
            bodies::of_method(sources, class, method, &targets, &mut fills);
        }
    }
    let mut seen: BTreeMap<(String, String, ClassId), usize> = BTreeMap::new();
    for site in &mut fills.sites {
        let count = seen.entry((site.place.path.to_string(), site.method.clone(), site.class)).or_default();
        site.ordinal = *count;
        *count += 1;
    }
    fills
}

/// Annotations of fields that a store fills when it saves: Spring Data's, JPA's and Hibernate's.
const BY_STORE: &[&str] = &[
    "Id",
    "Version",
    "GeneratedValue",
    "CreatedDate",
    "CreatedBy",
    "LastModifiedDate",
    "LastModifiedBy",
    "CreationTimestamp",
    "UpdateTimestamp",
];

/// Whether a store fills a key: an identity, or what it notes of each change.
pub fn is_filled_by_store(facts: &KeyFacts) -> bool {
    facts.field == "id" || facts.annotations.iter().any(|(name, _)| BY_STORE.contains(&name.as_str()))
}
