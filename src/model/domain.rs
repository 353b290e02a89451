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

    /// The words that are expected in a text: exactly these, though its reader keeps any other.
    pub const fn text(name: &'static str, side: Side, words: &'static [&'static str]) -> Self {
        let (name, words) = (Str::Borrowed(name), Words::Static(words));
        Domain { name, words, side, ignores_case: false, stranger: Stranger::Kept }
    }

    /// The same for a reader that takes them in any case.
    #[must_use]
    pub const fn ignoring_case(mut self) -> Self {
        self.ignores_case = true;
        self
    }

    /// Whether a word is one of them, letter by letter: what a producer writes.
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }

    /// Whether a reader takes a word for one of them.
    pub fn takes(&self, word: &str) -> bool {
        self.has(word) || self.ignores_case && self.words.iter().any(|other| other.eq_ignore_ascii_case(word))
    }

    /// The word that another one most likely stands for: the same but for case and what is between the letters; else the
    /// one that is the fewest letters away, if a third of them are the same.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let letters = |word: &str| -> Vec<char> {
            let letters = word.chars().take(LONGEST).filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let found = letters(word);
        let near = |other: &str| {
            let other = letters(other);
            let distance = distance(&found, &other);
            (distance * 3 <= found.len().max(other.len()) * 2).then_some(distance)
        };
        self.words
            .iter()
            .filter_map(|other| Some((near(other)?, other)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, other)| other)
    }

    /// What a value is, for a message: `a name of Status (NEW, DONE)`.
    pub fn describe(&self) -> String {
        format!("a {} of {} ({})", self.side.name(), self.name, self.words.join(", "))
    }
}

/// So much of a word is compared: no constant is longer.
const LONGEST: usize = 64;

/// How many letters are to be changed, added or taken away.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (place, other) in right.iter().enumerate() {
            let changed = before + usize::from(letter != other);
            before = row[place + 1];
            row[place + 1] = changed.min(before + 1).min(row[place] + 1);
        }
    }
    row[right.len()]
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

impl Side {
    /// The word in messages.
    pub fn name(self) -> &'static str {
        match self {
            Side::Name => "name",
            Side::Label => "label",
            Side::Code => "code",
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    static STATUS: Domain = Domain::text("Status", Side::Name, &["NOT_STARTED", "ON_HOLD", "DONE"]);

    #[test]
    fn the_nearest_word_is_the_one_that_was_meant() {
        for (word, nearest) in [
            ("Not started", Some("NOT_STARTED")),
            ("onhold", Some("ON_HOLD")),
            ("DONE_TWICE", Some("DONE")),
            ("DNE", Some("DONE")),
            ("Perhaps", None),
            ("", None),
            ("?", None),
            ("\u{4e2d}\u{6587}", None),
        ] {
            assert_eq!(STATUS.nearest(word), nearest, "{word}");
        }
        assert_eq!(STATUS.nearest(&"x".repeat(1 << 20)), None);
    }

    #[test]
    fn only_a_reader_ignores_case() {
        let read = Domain { ignores_case: true, ..STATUS.clone() };
        assert!(read.takes("on_hold") && !read.has("on_hold") && !STATUS.takes("on_hold"));
        assert!(!read.takes("") && !read.takes("on hold"));
        assert_eq!(STATUS.describe(), "a name of Status (NOT_STARTED, ON_HOLD, DONE)");
    }
}
