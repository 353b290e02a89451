//! The table of a class: what its keys are called on the wire, what they hold, and how a mapper treats them.
//!
//! Example: `#[derive(Dto)]` makes a table of a Rust definition in a `static`; a reader of Java or TypeScript sources
//! makes the same table at run time with owned words. One type serves both, so the two can be compared.
//!
//! A table is data: it can be walked, compared and printed. Classes that hold themselves are no problem, since a
//! [`ClassRef`] is followed only on demand.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::leaf_type::LeafType;
use crate::java::config::{Include, Unknown};

/// A text of a table: of the program, or read at run time.
pub type Str = Cow<'static, str>;

/// A list of a table: of the program, or made at run time.
pub type Seq<T> = Cow<'static, [T]>;

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

/// The words that a value can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    /// What messages call it: mostly the name of the enum.
    pub name: Str,
    /// The words, in the order of their declaration.
    pub words: Words,
    /// Which side of the enum's constants they are.
    pub side: Side,
    /// Whether a reader takes them in any case.
    pub ignores_case: bool,
    /// What a reader does with any other word.
    pub stranger: Stranger,
}

impl Domain {
    /// The names of an enum as Jackson reads them: exactly these.
    pub const fn names(name: Str, words: Words) -> Self {
        Domain { name, words, side: Side::Name, ignores_case: false, stranger: Stranger::Refused }
    }
}

/// Which side of an enum's constants the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `ON_HOLD`: the constant's name.
    Name,
    /// `On Hold`: what it is shown as.
    Label,
    /// `2`: what another system calls it.
    Code,
}

/// What a reader does with a word that is none of the domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// It refuses it: Jackson's default.
    Refused,
    /// It takes it for null: `READ_UNKNOWN_ENUM_VALUES_AS_NULL`, or a look-up that finds none.
    Null,
    /// It takes it for this word: `@JsonEnumDefaultValue`.
    Default(Str),
    /// It keeps it: the value is a text, and the words are what is expected in it.
    Kept,
}

/// Words of the program, or read at run time.
#[derive(Clone, Debug)]
pub enum Words {
    /// Of the program.
    Static(&'static [&'static str]),
    /// Read at run time.
    Owned(Vec<String>),
}

impl Words {
    /// The words, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    /// The word at a place.
    pub fn get(&self, place: usize) -> Option<&str> {
        match self {
            Words::Static(words) => words.get(place).copied(),
            Words::Owned(words) => words.get(place).map(String::as_str),
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        match self {
            Words::Static(words) => words.len(),
            Words::Owned(words) => words.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

/// A domain that a key or a type names.
#[derive(Clone, Debug)]
pub enum DomainRef {
    /// Of the program.
    Static(&'static Domain),
    /// Made at run time.
    Owned(Box<Domain>),
}

impl Deref for DomainRef {
    type Target = Domain;

    fn deref(&self) -> &Domain {
        match self {
            DomainRef::Static(domain) => domain,
            DomainRef::Owned(domain) => domain,
        }
    }
}

impl PartialEq for DomainRef {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
