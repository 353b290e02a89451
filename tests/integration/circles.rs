//! House rules about who may know whom: no circle between files of `src/`, and no word of the real system in the engine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use pretty_assertions::assert_eq;

use crate::files::{self, root};

/// Words of the real system, as they stand in names and texts.
const WORDS: &[&str] = &[
    "doctor",
    "doctors",
    "gmc",
    "nhs",
    "recommendation",
    "recommendations",
    "reval",
    "revalidation",
    "tcs",
    "tis",
    "trainee",
    "trainees",
];

/// A module, by the names on its path; the root has none.
type Path = Vec<String>;

/// The files of `src/` but `main.rs`, by module; their tests and comments left out.
fn modules() -> BTreeMap<Path, String> {
    let mut modules = BTreeMap::new();
    for file in files::files_below("src").into_iter().filter(|file| file.ends_with(".rs") && file != "main.rs") {
        let mut path: Path = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if path.last().is_some_and(|last| last == "mod" || last == "lib") {
            path.pop();
        }
        let text = fs::read_to_string(root().join("src").join(&file)).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        modules.insert(path, lines.collect::<Vec<_>>().join("\n"));
    }
    modules
}

/// The names in a text, with `::` between those of one path.
fn paths(code: &str) -> impl Iterator<Item = &str> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_' || character == ':';
    code.split(move |character| !is_part(character)).filter(|path| !path.is_empty())
}

/// The paths of a `use` declaration, without its braces and new names.
fn expand(prefix: &str, tree: &str, found: &mut Vec<Path>) {
    let mut depth = 0;
    let is_end = |character: char| {
        depth += i32::from(character == '{') - i32::from(character == '}');
        character == ',' && depth == 0
    };
    for part in tree.split(is_end).map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('{') {
            Some((outer, inner)) => {
                expand(&format!("{prefix}{outer}"), inner.trim_end().trim_end_matches('}'), found);
            }
            None => {
                let name = part.split(" as ").next().unwrap_or(part).trim();
                found.push(format!("{prefix}{name}").split("::").map(str::to_owned).collect());
            }
        }
    }
}

/// What a file declares with `use`: the paths, and whether they are handed on (`pub use`). And the rest of the file.
type Declared = (Vec<(bool, Path)>, String);

fn declared(code: &str) -> Declared {
    let (mut uses, mut rest) = (Vec::new(), String::new());
    for statement in code.split_inclusive(';') {
        let start = statement.rfind("use ").filter(|&at| {
            statement[..at].lines().last().is_none_or(|line| line.trim().is_empty() || line.trim().starts_with("pub"))
        });
        match start {
            Some(at) => {
                let line = statement[..at].rfind('\n').map_or(0, |newline| newline + 1);
                rest.push_str(&statement[..line]);
                let mut found = Vec::new();
                expand("", statement[at + "use ".len()..].trim_end_matches(';'), &mut found);
                let is_public = statement[line..at].trim().starts_with("pub");
                uses.extend(found.into_iter().map(|path| (is_public, path)));
            }
            None => rest.push_str(statement),
        }
    }
    (uses, rest)
}

/// A path from the root of the crate; none for one of another crate.
fn absolute(here: &Path, path: &[String], modules: &BTreeMap<Path, String>) -> Option<Path> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([here, rest].concat()),
        "super" => {
            let ups = path.iter().take_while(|name| *name == "super").count();
            Some([&here[..here.len().saturating_sub(ups)], &path[ups..]].concat())
        }
        _ => {
            let child = [here.as_slice(), &path[..1]].concat();
            modules.contains_key(&child).then(|| [here.as_slice(), path].concat())
        }
    }
}

/// Which file uses which others: a name that is handed on counts as its own file's.
fn graph(modules: &BTreeMap<Path, String>) -> BTreeMap<Path, BTreeSet<Path>> {
    let parsed: BTreeMap<&Path, Declared> = modules.iter().map(|(path, code)| (path, declared(code))).collect();
    let handed_on = |module: &Path, name: &String| {
        let (uses, _) = parsed.get(module)?;
        let (_, path) = uses.iter().find(|(is_public, path)| *is_public && path.last() == Some(name))?;
        absolute(module, path, modules)
    };
    let file_of = |path: &Path| {
        let mut path = path.clone();
        for _ in 0..8 {
            let length = (0..=path.len()).rev().find(|&length| modules.contains_key(&path[..length].to_vec()))?;
            let module = path[..length].to_vec();
            match path.get(length).and_then(|name| handed_on(&module, name)) {
                Some(elsewhere) => path = [elsewhere, path[length + 1..].to_vec()].concat(),
                None => return Some(module),
            }
        }
        None
    };
    let mut graph = BTreeMap::new();
    for (&here, (uses, rest)) in &parsed {
        // What is only handed on is a declaration; what the file uses itself is a dependence.
        let is_used = |path: &Path| path.last().is_some_and(|name| paths(rest).any(|other| other == name));
        let used = uses.iter().filter(|(is_public, path)| !is_public || is_used(path)).map(|(_, path)| path.clone());
        // A root lists its children: `child::ITEM` is such a line. All else that it takes from them it declares.
        let inline = paths(rest)
            .filter(|path| path.starts_with("crate::") || path.starts_with("super::"))
            .map(|path| path.split("::").map(str::to_owned).collect::<Path>());
        let targets = used.chain(inline).filter_map(|path| file_of(&absolute(here, &path, modules)?));
        let targets: BTreeSet<Path> = targets.filter(|target| target != here && !target.is_empty()).collect();
        graph.insert(here.clone(), targets);
    }
    graph
}

/// The files that can be reached from each other.
fn circles(graph: &BTreeMap<Path, BTreeSet<Path>>) -> BTreeSet<BTreeSet<String>> {
    let reached = |from: &Path| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(at) = open.pop() {
            for next in graph.get(at).into_iter().flatten() {
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        seen
    };
    let all: BTreeMap<&Path, BTreeSet<&Path>> = graph.keys().map(|path| (path, reached(path))).collect();
    let mut circles = BTreeSet::new();
    for (path, reached) in &all {
        if reached.contains(path) {
            let circle = reached.iter().filter(|other| all.get(**other).is_some_and(|back| back.contains(path)));
            circles.insert(circle.map(|path| path.join("::")).collect());
        }
    }
    circles
}

#[test]
fn files_know_each_other_one_way() {
    let modules = modules();
    assert!(modules.len() > 100, "{} modules", modules.len());
    let graph = graph(&modules);
    let edges = graph.values().map(BTreeSet::len).sum::<usize>();
    assert!(edges > 300, "{edges} edges: the uses are not found");
    assert_eq!(circles(&graph), BTreeSet::new());
}

#[test]
fn a_circle_is_found_through_braces_names_handed_on_and_paths() {
    let of = |files: &[(&str, &str)]| {
        let path = |name: &str| name.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect::<Path>();
        let modules = files.iter().map(|(name, code)| (path(name), (*code).to_owned())).collect();
        let circles = circles(&graph(&modules));
        circles.into_iter().map(|circle| circle.into_iter().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(of(&[("a", "use crate::{b::B, c};"), ("b", "use crate::a::A;"), ("c", "")]), ["a b"]);
    assert_eq!(of(&[("a", "use crate::b::B;"), ("b", "fn f() { crate::a::f() }")]), ["a b"]);
    // A root hands on the names of its children, which may use each other by it.
    let list = ("list", "pub mod one;\npub use one::One;\npub use two::Two;");
    assert_eq!(of(&[list, ("list::one", ""), ("list::two", "use super::One;")]), [""; 0]);
    assert_eq!(
        of(&[list, ("list::one", "use super::Two;"), ("list::two", "use super::One;")]),
        ["list::one list::two"]
    );
    // Its own use of a child is one of the two ways.
    let uses = ("list", "pub use one::One;\nfn f(_: One) {}\npub struct Own;");
    assert_eq!(of(&[uses, ("list::one", "use super::Own;")]), ["list list::one"]);
    assert_eq!(of(&[("list", "const ALL: &[Own] = &[one::IT];"), ("list::one", "use super::Own;")]), [""; 0]);
}

/// The words of a text: of names in every spelling, each in lower case.
fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut word = String::new();
    let mut before = ' ';
    for character in text.chars().chain([' ']) {
        let begins = character.is_uppercase() && before.is_lowercase();
        if !character.is_alphabetic() || begins {
            words.insert(std::mem::take(&mut word));
        }
        if character.is_alphabetic() {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words
}

#[test]
fn the_engine_has_no_word_of_the_real_system() {
    assert!(
        words("fn gmcId() { \"traineeInfo\" }").is_superset(&BTreeSet::from(["gmc".to_owned(), "trainee".to_owned()]))
    );
    let mut found = BTreeSet::new();
    for file in files::files_below("src").into_iter().filter(|file| file.ends_with(".rs")) {
        if file.starts_with("tis/") || file == "main.rs" {
            continue;
        }
        let text = fs::read_to_string(root().join("src").join(&file)).unwrap();
        // The root declares the module of that name, and says what it is.
        let text = if file == "lib.rs" { text.replace("`tis`", "").replace("pub mod tis;", "") } else { text };
        // A kind of number that is looked for has this name, whoever looks for it.
        let text = match file.starts_with("personal/") {
            true => text.replace("NHS number", "").replace("nhs_number", ""),
            false => text,
        };
        let words = words(&text);
        if WORDS.iter().any(|word| words.contains(*word)) {
            found.insert(format!("src/{file}"));
        }
    }
    assert_eq!(found, BTreeSet::new());
}
