//! What is not understood as a whole: all that can be told of it is whether it differs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::source::place::Place;

/// A file that cannot be read, or code whose effect is not known.
#[derive(Clone, Debug)]
pub struct Opaque {
    /// Where it begins.
    pub place: Place,
    /// Lower-case fragment: what it is.
    pub what: String,
    /// What it holds; none where that is not known.
    pub content: Option<Arc<str>>,
    /// Whether it is a file.
    pub is_file: bool,
}

/// All of them, in the order of their places.
#[derive(Debug)]
pub struct Opaques {
    /// Each.
    pub all: Vec<Opaque>,
    contents: BTreeSet<(bool, Arc<str>)>,
    files: BTreeMap<Arc<str>, usize>,
    codes: BTreeMap<String, usize>,
}

impl Opaques {
    /// Orders them.
    pub fn new(mut all: Vec<Opaque>) -> Self {
        all.sort_by(|one, other| one.place.cmp(&other.place));
        let contents = all.iter().filter_map(|it| Some((it.is_file, it.content.clone()?))).collect();
        let of = |is_file: bool| all.iter().enumerate().filter(move |(_, it)| it.is_file == is_file);
        let files = of(true).map(|(at, it)| (it.place.path.clone(), at)).collect();
        let codes = of(false).map(|(at, it)| (it.what.clone(), at)).collect();
        Opaques { contents, files, codes, all }
    }

    /// Whether one of them holds the same, wherever it stands.
    pub fn has_same(&self, other: &Opaque) -> bool {
        other.content.clone().is_some_and(|content| self.contents.contains(&(other.is_file, content)))
    }

    /// The file of a path.
    pub fn of_path(&self, path: &str) -> Option<&Opaque> {
        self.files.get(path).and_then(|at| self.all.get(*at))
    }

    /// Whether a file as a whole is what is not understood at a path.
    pub fn is_file(&self, path: &str, what: &str) -> bool {
        self.of_path(path).is_some_and(|file| file.what == what)
    }

    /// What stands where one of another revision stood.
    pub fn successor(&self, other: &Opaque) -> Option<&Opaque> {
        match other.is_file {
            true => self.of_path(&other.place.path),
            false => self.codes.get(&other.what).and_then(|at| self.all.get(*at)),
        }
    }
}
