//! A class in the place of another: what of the first the second lacks.
//!
//! A service that puts a DTO in the place of an entity changes nothing on the wire if the DTO has its keys.

use super::changes::{Change, Hints, compare, innermost, integer_width, is_date, pattern, simple_name};
use super::comparison::{Comparison, Ways};
use super::in_force::config_of;
use crate::finding::Severity;
use crate::model::Type;
use crate::source::report::Found;
use crate::source::spring::WireClass;

/// How deep classes in classes are compared.
const DEPTH: usize = 8;

/// What changes where one class stands for another.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Keys that are gone, by their path in the class: `lines/*/sku`.
    pub lost: Vec<String>,
    /// Keys that hold something else, each with what it was and is.
    pub changed: Vec<String>,
    /// Keys that are new.
    pub gained: Vec<String>,
}

impl Moved {
    /// Whether a reader of the first may miss something.
    pub fn is_loss(&self) -> bool {
        !self.lost.is_empty() || !self.changed.is_empty()
    }

    /// The losses as the end of a sentence; empty where nothing is lost.
    pub fn said(&self) -> String {
        let mut said = String::new();
        if !self.lost.is_empty() {
            let lost: Vec<String> = self.lost.iter().map(|key| format!("{key:?}")).collect();
            said = format!(", without {}", lost.join(", "));
        }
        for changed in &self.changed {
            said = format!("{said}; {changed}");
        }
        said
    }
}

/// What differs between a class before and another one after, for what goes these ways.
pub fn moved(comparison: &Comparison<'_>, one: &WireClass, other: &WireClass, ways: Ways) -> Moved {
    let mut found = Moved::default();
    Walk { comparison, ways, open: Vec::new(), found: &mut found }.classes(one, other, "");
    found
}

/// How much a change of type weighs, and what of an object is lost.
pub fn weight(comparison: &Comparison<'_>, (was, is): (&Type, &Type), ways: Ways) -> (Severity, Moved) {
    let is_list = |ty: &Type| matches!(ty, Type::List(_));
    if is_list(was) != is_list(is)
        || matches!(was, Type::Map(_)) && matches!(is, Type::Map(_)) != matches!(was, Type::Map(_))
    {
        let becomes_class = matches!(was, Type::Map(_)) && matches!(is, Type::Class(_));
        return (if becomes_class { Severity::Warning } else { Severity::Error }, Moved::default());
    }
    let (was, is) = (innermost(was), innermost(is));
    let is_text = |ty: &Type| matches!(ty, Type::Leaf { ty, domain: None, .. } if ty.name == "String");
    let is_enum = |ty: &Type| matches!(ty, Type::Leaf { domain: Some(_), .. });
    let severity = match (was, is) {
        (Type::Other(_), _) | (_, Type::Other(_)) => Severity::Warning,
        (Type::Class(one), Type::Class(other)) => {
            let (Some(one), Some(other)) =
                (named(comparison.before, one.name()), named(comparison.after, other.name()))
            else {
                return (Severity::Error, Moved::default());
            };
            let moved = moved(comparison, one, other, ways);
            return (if moved.is_loss() { Severity::Error } else { Severity::Note }, moved);
        }
        _ if is_text(was) && is_enum(is) => {
            if ways.read {
                Severity::Error
            } else {
                Severity::Note
            }
        }
        _ if is_enum(was) && is_text(is) => Severity::Note,
        // Both are texts on the wire, and a reader of the wider one takes the narrower.
        _ if !ways.read && is_text(was) && is_text_in_json(is) => Severity::Note,
        _ => match (integer_width(was), integer_width(is)) {
            (Some(one), Some(other)) if other >= one || !ways.read => Severity::Note,
            _ if wrapper(was) == wrapper(is) => Severity::Note,
            // One pattern writes one text of both.
            _ if !ways.read && is_date(was) && is_date(is) && pattern(was).is_some() && pattern(was) == pattern(is) => {
                Severity::Note
            }
            _ => Severity::Error,
        },
    };
    (severity, Moved::default())
}

/// Whether a value without a form of its own is a text in JSON under every mapper.
fn is_text_in_json(ty: &Type) -> bool {
    matches!(ty, Type::Leaf { ty, .. } if ["UUID", "URI", "URL"].contains(&ty.name))
}

/// A class on a wire, by its name in the tables.
pub(super) fn named<'f>(found: &'f Found<'_>, name: &str) -> Option<&'f WireClass> {
    found.inventory.classes.iter().find(|it| it.facts.class.name == name)
}

/// The name of a type with a primitive's wrapper for the primitive.
fn wrapper(ty: &Type) -> String {
    let Type::Leaf { ty, .. } = ty else { return format!("{ty:?}") };
    match ty.name {
        "boolean" => "Boolean",
        "float" | "double" | "Float" => "Double",
        "char" => "Character",
        name => name,
    }
    .to_owned()
}

struct Walk<'w, 'c> {
    comparison: &'w Comparison<'c>,
    ways: Ways,
    /// The pairs that are being compared: a class may hold itself.
    open: Vec<(String, String)>,
    found: &'w mut Moved,
}

impl Walk<'_, '_> {
    fn classes(&mut self, one: &WireClass, other: &WireClass, at: &str) {
        let pair = (one.facts.class.name.to_string(), other.facts.class.name.to_string());
        if self.open.contains(&pair) || self.open.len() >= DEPTH {
            return;
        }
        self.open.push(pair);
        // Classes of one place are compared key by key below, whatever they are called.
        let naming = (config_of(self.comparison.before, one).naming, config_of(self.comparison.after, other).naming);
        let hints =
            Hints { same_class: &|one, other| one == other, field_before: &|_| None, field_after: &|_| None, naming };
        for change in compare(&one.facts.class, &other.facts.class, &hints).changes {
            self.change(one, other, &change, at);
        }
        let goes = |class: &WireClass, name: &str| {
            let key = class.facts.rows().find(|(key, _)| key.name == name);
            key.is_some_and(|(_, facts)| self.ways.written && facts.is_written || self.ways.read && facts.is_read)
        };
        let silent: Vec<String> = one
            .facts
            .rows()
            .filter(|(key, _)| {
                let is_there = other.facts.class.keys().iter().any(|it| it.name == key.name);
                is_there && goes(one, &key.name) && !goes(other, &key.name)
            })
            .map(|(key, _)| format!("{at}{}", key.name))
            .collect();
        self.found.lost.extend(silent);
        self.open.pop();
    }

    fn change(&mut self, one: &WireClass, other: &WireClass, change: &Change, at: &str) {
        let (old, new) = (one.facts.class.keys(), other.facts.class.keys());
        let goes = |class: &WireClass, place: usize| {
            let key = class.facts.keys.get(place);
            key.is_none_or(|key| self.ways.written && key.is_written || self.ways.read && key.is_read)
        };
        match *change {
            Change::Removed { before } if goes(one, before) => {
                self.found.lost.push(format!("{at}{}", old[before].name));
            }
            Change::Renamed { before, after } if goes(one, before) => {
                let is_alias = new[after].aliases.contains(&old[before].name);
                if self.ways.written || !is_alias {
                    self.found.lost.push(format!("{at}{}", old[before].name));
                    self.found.gained.push(format!("{at}{}", new[after].name));
                }
            }
            Change::Added { after } if goes(other, after) => {
                let key = &new[after];
                if self.ways.read && key.nullable == Some(false) && key.ty.is_nullable() {
                    self.found.changed.push(format!("it needs {:?}", format!("{at}{}", key.name)));
                }
                self.found.gained.push(format!("{at}{}", key.name));
            }
            Change::Type { before, after } => self.types((one, before), (other, after), at),
            Change::Form { before, .. } => {
                self.found.changed.push(format!("{:?} has another form", format!("{at}{}", old[before].name)));
            }
            Change::Words { before, ref lost, .. } if self.ways.read && !lost.is_empty() => {
                self.found.changed.push(format!("{:?} takes fewer words", format!("{at}{}", old[before].name)));
            }
            Change::Nullable { after, .. }
                if self.ways.read && new[after].nullable == Some(false) && new[after].ty.is_nullable() =>
            {
                self.found.changed.push(format!("it needs {:?}", format!("{at}{}", new[after].name)));
            }
            Change::Body => self.found.changed.push(format!(
                "{} is another kind of value than {}",
                simple_name(&other.facts.class.name),
                simple_name(&one.facts.class.name)
            )),
            _ => {}
        }
    }

    fn types(&mut self, (one, before): (&WireClass, usize), (other, after): (&WireClass, usize), at: &str) {
        let (was, is) = (&one.facts.class.keys()[before], &other.facts.class.keys()[after]);
        let held = |ty: &Type| match innermost(ty) {
            Type::Class(class) => Some(class.name().to_owned()),
            _ => None,
        };
        let path = format!("{at}{}{}", was.name, "/*".repeat(depth(&was.ty)));
        if let (Some(inner), Some(outer)) = (held(&was.ty), held(&is.ty))
            && depth(&was.ty) == depth(&is.ty)
        {
            let comparison = self.comparison;
            if let (Some(inner), Some(outer)) = (named(comparison.before, &inner), named(comparison.after, &outer)) {
                self.classes(inner, outer, &format!("{path}/"));
                return;
            }
        }
        if weight(self.comparison, (&was.ty, &is.ty), self.ways).0 >= Severity::Error {
            let shown = |found: &Found<'_>, class: &WireClass, place: usize| {
                let key = class.facts.keys.get(place);
                key.map_or(String::new(), |key| found.sources.shown(&key.java_type).to_string())
            };
            let (old, new) = (shown(self.comparison.before, one, before), shown(self.comparison.after, other, after));
            self.found.changed.push(format!("{:?} was {old} and is {new}", format!("{at}{}", was.name)));
        }
    }
}

/// How many lists and maps hold a value.
pub(super) fn depth(ty: &Type) -> usize {
    match ty {
        Type::List(inner) | Type::Map(inner) => 1 + depth(inner),
        _ => 0,
    }
}
