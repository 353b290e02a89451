//! Two tables of one class against each other: of two revisions, or of a definition and the class that it mirrors.
//!
//! Nothing is weighed here: what a change means depends on who writes and who reads.

use std::borrow::Cow;

use crate::java::config::{Include, Naming, Unknown};
use crate::model::{Class, Domain, Key, Type};

/// What the tables alone do not say.
pub struct Hints<'h> {
    /// Whether a class of the first side is one of the second, by their names in the tables.
    pub same_class: &'h dyn Fn(&str, &str) -> bool,
    /// Whether a key of the first and a key of the second side, by their places, are one field with two names.
    pub same_field: &'h dyn Fn(usize, usize) -> bool,
    /// The naming strategies of the mappers of both sides.
    pub naming: (Naming, Naming),
}

impl Hints<'_> {
    /// Whether two keys have one name on the wire: a strategy of the mapper may give the name that the other spells out.
    fn same_name(&self, old: &Key, new: &Key) -> bool {
        // What another strategy does to all names is said once, of the mapper.
        if old.explicit == new.explicit {
            return old.name == new.name;
        }
        wire_name(old, self.naming.0) == wire_name(new, self.naming.1)
    }
}

/// The name that a mapper with a naming strategy writes a key under.
pub fn wire_name(key: &Key, naming: Naming) -> Cow<'_, str> {
    match naming {
        Naming::Snake if !key.explicit => Cow::Owned(crate::java::naming::snake_case(&key.name)),
        Naming::Snake | Naming::Field => Cow::Borrowed(&key.name),
    }
}

/// Two tables, key by key.
#[derive(Debug)]
pub struct Compared {
    /// Which keys are one, by their places, in the order of the first side.
    pub keys: Vec<(usize, usize)>,
    /// What differs, in the order of the first table, then of the second.
    pub changes: Vec<Change>,
}

/// A difference. Keys are told by their places in their tables.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A key that is gone.
    Removed {
        /// Where it was.
        before: usize,
    },
    /// A key that is new.
    Added {
        /// Where it is.
        after: usize,
    },
    /// A key with another name.
    Renamed {
        /// Where it was.
        before: usize,
        /// Where it is.
        after: usize,
    },
    /// A key that holds something else.
    Type {
        /// Where it was.
        before: usize,
        /// Where it is.
        after: usize,
    },
    /// A date with another pattern.
    Form {
        /// Where it was.
        before: usize,
        /// Where it is.
        after: usize,
    },
    /// A key that can hold other words.
    Words {
        /// Where it was.
        before: usize,
        /// Where it is.
        after: usize,
        /// Words that it can hold no more.
        lost: Vec<String>,
        /// Words that it can hold now.
        gained: Vec<String>,
    },
    /// A key that is read by other names besides.
    Aliases {
        /// Where it was.
        before: usize,
        /// Where it is.
        after: usize,
        /// Names that are no longer read.
        lost: Vec<String>,
        /// Names that are read now.
        gained: Vec<String>,
    },
    /// A key that could be null and cannot any more, or the other way round.
    Nullable {
        /// Where it was.
        before: usize,
        /// Where it is.
        after: usize,
    },
    /// A key that is written under another condition.
    Include {
        /// Where it was.
        before: usize,
        /// Where it is.
        after: usize,
    },
    /// The rule of the class about unknown keys.
    ClassUnknown {
        /// What it was.
        before: Option<Unknown>,
        /// What it is.
        after: Option<Unknown>,
    },
    /// The rule of the class about which keys are written.
    ClassInclude {
        /// What it was.
        before: Option<Include>,
        /// What it is.
        after: Option<Include>,
    },
    /// The keys that both have stand in another order.
    Order,
    /// An object that is now written as something else, or the other way round.
    Body,
}

/// Compares two tables.
pub fn compare(before: &Class, after: &Class, hints: &Hints<'_>) -> Compared {
    let (old, new) = (before.keys(), after.keys());
    let mut found = Vec::new();
    if before.unknown != after.unknown {
        found.push(Change::ClassUnknown { before: before.unknown, after: after.unknown });
    }
    if before.include != after.include {
        found.push(Change::ClassInclude { before: before.include, after: after.include });
    }
    match (&before.body, &after.body) {
        (crate::model::Body::Keys(_), crate::model::Body::Keys(_)) => {}
        (crate::model::Body::Type(one), crate::model::Body::Type(other)) if same_type(one, other, hints) => {}
        _ => {
            found.push(Change::Body);
            return Compared { keys: Vec::new(), changes: found };
        }
    }
    let keys = pairs(old, new, hints);
    for (place, _) in old.iter().enumerate() {
        let Some(&(_, after)) = keys.iter().find(|(old, _)| *old == place) else {
            found.push(Change::Removed { before: place });
            continue;
        };
        of_key(place, after, (&old[place], &new[after]), hints, &mut found);
    }
    let is_new = |place: &usize| keys.iter().all(|(_, new)| new != place);
    found.extend((0..new.len()).filter(is_new).map(|after| Change::Added { after }));
    if !keys.is_sorted_by_key(|(_, new)| *new) {
        found.push(Change::Order);
    }
    Compared { keys, changes: found }
}

/// Which keys are one, by place, in the order of the first side.
fn pairs(old: &[Key], new: &[Key], hints: &Hints<'_>) -> Vec<(usize, usize)> {
    let named = |key: &Key| new.iter().position(|other| hints.same_name(key, other));
    let mut pairs: Vec<(usize, usize)> =
        old.iter().enumerate().filter_map(|(place, key)| Some((place, named(key)?))).collect();
    let rest_old: Vec<usize> = (0..old.len()).filter(|place| pairs.iter().all(|(old, _)| old != place)).collect();
    let rest_new: Vec<usize> = (0..new.len()).filter(|place| pairs.iter().all(|(_, new)| new != place)).collect();
    // How many keys that both have stand before it: a renamed key stays between its neighbours.
    let by_name = pairs.clone();
    let rank_old = |place: usize| by_name.iter().filter(|(old, _)| *old < place).count();
    let rank_new = |place: usize| by_name.iter().filter(|(_, new)| *new < place).count();
    let mut taken = Vec::new();
    for place in rest_old {
        let candidates: Vec<usize> = rest_new.iter().copied().filter(|new| !taken.contains(new)).collect();
        let same_field = candidates.iter().copied().find(|new| (hints.same_field)(place, *new));
        let reads_old = || candidates.iter().copied().find(|it| new[*it].aliases.contains(&old[place].name));
        let in_place = || {
            let fits = |new_place: &usize| {
                rank_old(place) == rank_new(*new_place) && same_type(&old[place].ty, &new[*new_place].ty, hints)
            };
            candidates.iter().copied().find(fits)
        };
        if let Some(found) = same_field.or_else(reads_old).or_else(in_place) {
            taken.push(found);
            pairs.push((place, found));
        }
    }
    pairs.sort_unstable();
    pairs
}

fn of_key(before: usize, after: usize, (old, new): (&Key, &Key), hints: &Hints<'_>, found: &mut Vec<Change>) {
    if !hints.same_name(old, new) {
        found.push(Change::Renamed { before, after });
    }
    if !same_type(&old.ty, &new.ty, hints) {
        found.push(Change::Type { before, after });
    }
    let (old_end, new_end) = (innermost(&old.ty), innermost(&new.ty));
    if pattern(old_end) != pattern(new_end) && is_date(old_end) && is_date(new_end) {
        found.push(Change::Form { before, after });
    }
    let (lost, gained) = (missing(domain(old), domain(new)), missing(domain(new), domain(old)));
    if !lost.is_empty() || !gained.is_empty() {
        found.push(Change::Words { before, after, lost, gained });
    }
    let names = |one: &Key, other: &Key| -> Vec<String> {
        let is_name = |name: &&crate::model::Str| !other.aliases.contains(name) && **name != other.name;
        one.aliases.iter().filter(is_name).map(|name| name.to_string()).collect()
    };
    let (lost, gained) = (names(old, new), names(new, old));
    if !lost.is_empty() || !gained.is_empty() {
        found.push(Change::Aliases { before, after, lost, gained });
    }
    // What a type says of null goes with the type.
    if old.nullable.is_some_and(|it| !it) != new.nullable.is_some_and(|it| !it)
        && old.ty.is_nullable()
        && new.ty.is_nullable()
    {
        found.push(Change::Nullable { before, after });
    }
    if old.include != new.include {
        found.push(Change::Include { before, after });
    }
}

/// The words that a key can hold.
pub fn domain(key: &Key) -> Option<&Domain> {
    match innermost(&key.ty) {
        Type::Leaf { domain: Some(domain), .. } => Some(domain),
        _ => key.domain(),
    }
}

/// The words of one that the other does not have. Where the other can be any text, none is missing.
fn missing(one: Option<&Domain>, other: Option<&Domain>) -> Vec<String> {
    let (Some(one), Some(other)) = (one, other) else { return Vec::new() };
    let has = |word: &&str| other.words.iter().any(|known| known == *word);
    one.words.iter().filter(|word| !has(word)).map(str::to_owned).collect()
}

/// The name of a class without its path and its outer classes.
pub fn simple_name(identity: &str) -> &str {
    identity.rsplit(['#', '.']).next().unwrap_or(identity)
}

/// What a list or a map holds in the end.
pub fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        other => other,
    }
}

/// The pattern of a date.
pub fn pattern(ty: &Type) -> Option<&str> {
    match ty {
        Type::Leaf { pattern, .. } => pattern.as_deref(),
        _ => None,
    }
}

/// Whether a type is a date or a time.
pub fn is_date(ty: &Type) -> bool {
    matches!(ty, Type::Leaf { ty, .. } if ty.date.is_some())
}

/// Whether two types are one, patterns and words aside.
pub fn same_type(one: &Type, other: &Type, hints: &Hints<'_>) -> bool {
    match (one, other) {
        (Type::Leaf { ty: one, domain: a, .. }, Type::Leaf { ty: other, domain: b, .. }) => {
            // Types of Rust may read one type of Java in several ways.
            one.java == other.java || a.is_some() && b.is_some()
        }
        (Type::Class(one), Type::Class(other)) => (hints.same_class)(one.name(), other.name()),
        (Type::List(one), Type::List(other)) | (Type::Map(one), Type::Map(other)) => same_type(one, other, hints),
        (Type::Other(one), Type::Other(other)) => one == other,
        _ => false,
    }
}

/// How wide an integer is; none of what is none.
pub fn integer_width(ty: &Type) -> Option<u8> {
    let Type::Leaf { ty, .. } = ty else { return None };
    Some(match ty.name {
        "byte" | "Byte" => 1,
        "short" | "Short" => 2,
        "int" | "Integer" => 4,
        "long" | "Long" => 8,
        "BigInteger" => 16,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, leaf_types};

    fn class(keys: &[(&'static str, &str)]) -> Class {
        let key =
            |&(name, ty): &(&'static str, &str)| Key::new(name.into(), Type::leaf(leaf_types::named(ty).unwrap()));
        let body = Body::Keys(keys.iter().map(key).collect::<Vec<_>>().into());
        Class { name: "a.Parcel".into(), doc: "".into(), source: "".into(), unknown: None, include: None, body }
    }

    fn between(one: &[(&'static str, &str)], other: &[(&'static str, &str)]) -> Vec<Change> {
        let naming = (Naming::Field, Naming::Field);
        let hints = Hints { same_class: &|one, other| one == other, same_field: &|_, _| false, naming };
        compare(&class(one), &class(other), &hints).changes
    }

    #[test]
    fn a_key_between_its_neighbours_is_renamed_and_another_is_not() {
        let old = [("id", "String"), ("size", "int"), ("label", "String")];
        assert_eq!(between(&old, &old), []);
        let renamed = [("id", "String"), ("extent", "int"), ("label", "String")];
        assert_eq!(between(&old, &renamed), [Change::Renamed { before: 1, after: 1 }]);
        let elsewhere = [("id", "String"), ("label", "String"), ("extent", "int")];
        assert_eq!(between(&old, &elsewhere), [Change::Removed { before: 1 }, Change::Added { after: 2 }]);
        let otherwise = [("id", "String"), ("extent", "String"), ("label", "String")];
        assert_eq!(between(&old, &otherwise), [Change::Removed { before: 1 }, Change::Added { after: 1 }]);
    }

    #[test]
    fn order_and_types_are_compared() {
        let old = [("id", "String"), ("size", "int")];
        assert_eq!(between(&old, &[("size", "int"), ("id", "String")]), [Change::Order]);
        assert_eq!(between(&old, &[("id", "String"), ("size", "long")]), [Change::Type { before: 1, after: 1 }]);
    }
}
