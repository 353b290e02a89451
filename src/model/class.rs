//! The table of a class: what its keys are called on the wire, what they hold, and how a mapper treats them.
//!
//! Example: `#[derive(Dto)]` makes a table of a Rust definition in a `static`; a reader of Java or TypeScript sources
//! makes the same table at run time with owned words. One type serves both, so the two can be compared.
//!
//! A table is data: it can be walked, compared and printed. Classes that hold themselves are no problem, since a
//! [`ClassRef`] is followed only on demand.

use std::fmt;
use std::ops::Deref;

use super::domain::{Domain, DomainRef, Seq, Str};
use super::leaf_type::LeafType;
use crate::java::config::{Include, Unknown};

/// A Java class or a TypeScript interface.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// The qualified name, `<service>.<Type>`.
    pub name: Str,
    /// What it is: the first lines of its documentation; empty where there is none.
    pub doc: Str,
    /// Repository, file and commit that it was taken from.
    pub source: Str,
    /// `@JsonIgnoreProperties` on the class, where there is one; else the reading mapper decides.
    pub unknown: Option<Unknown>,
    /// `@JsonInclude` on the class, where there is one; else the writing mapper decides.
    pub include: Option<Include>,
    /// What it holds.
    pub body: Body,
}

impl Class {
    /// The keys of an object; none where the body is another type.
    pub fn keys(&self) -> &[Key] {
        match &self.body {
            Body::Keys(keys) => keys,
            Body::Type(_) => &[],
        }
    }

    /// The names that are read as another key, as (alias, key).
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.keys().iter().flat_map(|key| key.aliases.iter().map(|alias| (&**alias, &*key.name)))
    }

    /// The classes that it holds, and those that they hold, each once and without itself, as far as the program has them.
    pub fn nested(&self) -> Vec<&'static Class> {
        fn walk(ty: &Type, found: &mut Vec<&'static Class>) {
            match ty {
                Type::Class(ClassRef::Static(class)) => {
                    let class = class();
                    if found.iter().all(|other| other.name != class.name) {
                        found.push(class);
                        walk_class(class, found);
                    }
                }
                Type::List(inner) | Type::Map(inner) => walk(inner, found),
                Type::Class(ClassRef::Named(_)) | Type::Leaf { .. } | Type::Other(_) => {}
            }
        }
        fn walk_class(class: &Class, found: &mut Vec<&'static Class>) {
            match &class.body {
                Body::Keys(keys) => keys.iter().for_each(|key| walk(&key.ty, found)),
                Body::Type(ty) => walk(ty, found),
            }
        }
        let mut found = Vec::new();
        walk_class(self, &mut found);
        found.retain(|class| class.name != self.name);
        found
    }
}

/// What a class holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The keys of an object, in the order in which they are written.
    Keys(Seq<Key>),
    /// Another type: a body that is a map or a list, with a name of its own.
    Type(TypeRef),
}

/// A key of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The name on the wire, without a naming strategy of the mapper.
    pub name: Str,
    /// Whether the name stands in the source as such (`@JsonProperty("name")`): then no naming strategy changes it.
    pub explicit: bool,
    /// What it is; empty where there is no documentation.
    pub doc: Str,
    /// `@JsonAlias`: other names that are read as this key.
    pub aliases: Seq<Str>,
    /// What it holds.
    pub ty: Type,
    /// The words that it can hold, where its type does not say so: a text that holds the names of an enum.
    pub domain: Option<DomainRef>,
    /// The JSON text of the field's initialiser, which is the value when the key is absent; none where the type's own
    /// default holds (null, or 0 and false of a primitive).
    pub default: Option<Str>,
    /// `@JsonInclude` on the field, where there is one; else the class decides.
    pub include: Option<Include>,
    /// Whether it can be null, where the source says so (`@NotNull`, `T | null`); else the type decides.
    pub nullable: Option<bool>,
    /// Whether it can be absent: `key?: T` in TypeScript.
    pub optional: bool,
}

impl Key {
    /// A key of a name and a type, about which nothing else is known.
    pub const fn new(name: Str, ty: Type) -> Self {
        Key {
            name,
            explicit: false,
            doc: Str::Borrowed(""),
            aliases: Seq::Borrowed(&[]),
            ty,
            domain: None,
            default: None,
            include: None,
            nullable: None,
            optional: false,
        }
    }

    /// The words that it can hold: its own, or those of its type.
    pub fn domain(&self) -> Option<&Domain> {
        match (&self.domain, &self.ty) {
            (Some(domain), _) | (None, Type::Leaf { domain: Some(domain), .. }) => Some(domain),
            _ => None,
        }
    }

    /// The JSON text of its value in an object that lacks it: its initialiser's, or its type's.
    pub fn initial(&self) -> &str {
        self.default.as_deref().unwrap_or(match &self.ty {
            Type::Leaf { ty, .. } => ty.initial,
            Type::Class(_) | Type::List(_) | Type::Map(_) | Type::Other(_) => "null",
        })
    }

    /// Whether its value can be null: as the source says, or as its type does.
    pub fn is_nullable(&self) -> bool {
        self.nullable.unwrap_or_else(|| self.ty.is_nullable())
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A text, a number, a date: what stands at the end of a path.
    Leaf {
        /// The type itself.
        ty: &'static LeafType,
        /// The pattern of its `@JsonFormat`.
        pattern: Option<Str>,
        /// The constants of an enum.
        domain: Option<DomainRef>,
    },
    /// An object of a class.
    Class(ClassRef),
    /// A list; the list and its items can be null, as in Java.
    List(TypeRef),
    /// A map from texts; its values can be null.
    Map(TypeRef),
    /// What is not modelled, as the source spells it: `Map<Month, Object>`, `unknown`.
    Other(Str),
}

impl Type {
    /// A leaf type without a pattern and a domain.
    pub const fn leaf(ty: &'static LeafType) -> Self {
        Type::Leaf { ty, pattern: None, domain: None }
    }

    /// A list of a type that is made at run time.
    pub fn list_of(item: Type) -> Self {
        Type::List(TypeRef::Owned(Box::new(item)))
    }

    /// A map to a type that is made at run time.
    pub fn map_to(value: Type) -> Self {
        Type::Map(TypeRef::Owned(Box::new(value)))
    }

    /// Whether a value of it can be null.
    pub fn is_nullable(&self) -> bool {
        match self {
            Type::Leaf { ty, .. } => ty.nullable,
            Type::Class(_) | Type::List(_) | Type::Map(_) | Type::Other(_) => true,
        }
    }
}

/// A type that another one holds.
#[derive(Clone, Debug)]
pub enum TypeRef {
    /// Of the program.
    Static(&'static Type),
    /// Made at run time.
    Owned(Box<Type>),
}

impl Deref for TypeRef {
    type Target = Type;

    fn deref(&self) -> &Type {
        match self {
            TypeRef::Static(ty) => ty,
            TypeRef::Owned(ty) => ty,
        }
    }
}

impl PartialEq for TypeRef {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// A class that a type names. Two are equal when the names are: a class can hold itself.
#[derive(Clone)]
pub enum ClassRef {
    /// Of the program. A function, since a `static` cannot hold its own address through another's.
    Static(fn() -> &'static Class),
    /// By its qualified name, to be found among others that were read with it.
    Named(Str),
}

impl ClassRef {
    /// The qualified name of the class.
    pub fn name(&self) -> &str {
        match self {
            ClassRef::Static(class) => &class().name,
            ClassRef::Named(name) => name,
        }
    }
}

impl PartialEq for ClassRef {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

/// The name alone.
impl fmt::Debug for ClassRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClassRef").field(&self.name()).finish()
    }
}
