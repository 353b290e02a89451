//! The words that a value can be: the names, labels or codes of an enum.

use std::borrow::Cow;
use std::ops::Deref;

/// A text of a table: of the program, or read at run time.
pub type Str = Cow<'static, str>;

/// A list of a table: of the program, or made at run time.
pub type Seq<T> = Cow<'static, [T]>;

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
    /// The words in one text.
    pub fn join(&self, between: &str) -> String {
        self.iter().collect::<Vec<_>>().join(between)
    }

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
