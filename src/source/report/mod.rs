//! What `dtogate sources` found, and the formats it is shown in. All of them show the same output.

mod human;
pub mod json;
mod markdown;
mod output;
mod remarks;

pub use output::{Class, Key, Mapper, Output, Setting, Unread, Use, Way};
pub(in crate::source) use output::{dates_name, include_name, layout_name, naming_name, unknown_name};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::config::{Configuration, configuration};
use super::fill::{Fills, fills};
use super::java::index::{SourceFile, Sources};
use super::java::parse::MAX_DEPTH;
use super::opaque::{Opaque, Opaques};
use super::place::{self, Place, Span};
use super::spring::{Inventory, inventory};
use super::tree::{File, LINK, SUBMODULE, Skipped, is_test};

/// How the output is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// For a page: tables
    Markdown,
    /// For programs: one versioned JSON document
    Json,
}

/// What is said of a file with errors in it.
const NO_JAVA: &str = "not Java as this reader knows it";

/// Of links and submodules so many are listed one by one.
const MOST_LINKS: usize = 20;

/// What is said of a type that stands too deep in others.
fn too_deep() -> String {
    format!("a type that stands deeper than {MAX_DEPTH} levels in others: what is inside of it is not read")
}

/// What the sources say.
#[derive(Debug)]
pub struct Found<'s> {
    /// The sources.
    pub sources: &'s Sources,
    /// The classes on a wire.
    pub inventory: Inventory,
    /// The mappers.
    pub configuration: Configuration,
    /// Which code makes what is written, and what it fills.
    pub fills: Fills,
}

impl<'s> Found<'s> {
    /// Reads everything.
    pub fn new(sources: &'s Sources) -> Self {
        let inventory = inventory(sources);
        let configuration = configuration(sources, &inventory);
        let fills = fills(sources, &inventory);
        Found { sources, inventory, configuration, fills }
    }

    /// Files and code of which only their content is known.
    pub fn opaque(&self) -> Opaques {
        let mut all: Vec<Opaque> = self.configuration.opaque.clone();
        let mut add = |path: &Arc<str>, span, what: &str, content| {
            let place = Place { path: path.clone(), span };
            all.push(Opaque { place, what: what.to_owned(), content, is_file: true });
        };
        for SourceFile { file, java, .. } in &self.sources.files {
            if let Some(error) = java.iter().flat_map(|java| &java.errors).next() {
                add(&file.path, *error, NO_JAVA, Some(file.text.clone()));
            }
        }
        for Skipped { path, reason, content } in &self.sources.skipped {
            // What another commit of a submodule holds may be anything but sources.
            if *reason != SUBMODULE {
                add(path, Span::default(), reason, content.clone());
            }
        }
        for (file, span) in self.deep() {
            let content = file.text.get(span.start..span.end).map(Arc::from);
            let place = Place { path: file.path.clone(), span };
            all.push(Opaque { place, what: too_deep(), content, is_file: false });
        }
        Opaques::new(all)
    }

    /// Types outside of tests that stand deeper in others than is read.
    fn deep(&self) -> impl Iterator<Item = (&File, Span)> {
        let files = self.sources.files.iter().filter(|source| !source.file.is_test());
        files.flat_map(|source| source.java.iter().flat_map(|java| &java.deep).map(|span| (&source.file, *span)))
    }

    /// Source files that are not read, in the order of their paths: why not, and the names on a wire that mean nothing here and are
    /// called as the class is that such a file must have.
    pub fn missing_files(&self) -> Vec<(&Skipped, Vec<String>)> {
        let is_source = |it: &&Skipped| it.path.ends_with(".java") && !is_test(&it.path);
        let mut skipped = self.sources.skipped.iter().filter(is_source).peekable();
        if skipped.peek().is_none() {
            return Vec::new();
        }
        let mut unknown: BTreeSet<(String, String)> = BTreeSet::new();
        for end in &self.inventory.ends {
            end.ty.externals(&mut unknown);
        }
        for class in &self.inventory.classes {
            class.facts.keys.iter().for_each(|key| key.java_type.externals(&mut unknown));
            let bases = self.sources.lineage(class.facts.id);
            let last = bases.last().and_then(|(id, _)| Some((*id, self.sources.declaration(*id).extends.first()?)));
            if let Some((id, base)) = last {
                self.sources.resolve(id, base, &[]).externals(&mut unknown);
            }
        }
        let named = |path: &str| -> Vec<String> {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let is_it = |(package, simple): &&(String, String)| {
                name.strip_suffix(".java") == Some(simple) && folder.ends_with(&package.replace('.', "/"))
            };
            unknown.iter().filter(is_it).map(|(_, simple)| simple.clone()).collect()
        };
        skipped.map(|it| (it, named(&it.path))).collect()
    }

    /// All that was not understood, in the order of its places.
    pub fn unread(&self) -> Vec<place::Unread> {
        let of_classes = self.inventory.classes.iter().flat_map(|class| &class.facts.unread);
        let of_enums = self.inventory.enums.values().flat_map(|read| &read.unread);
        let not_followed = self.inventory.not_followed.iter().map(|it| &it.unread);
        let of_ways = self.inventory.unread.iter().chain(not_followed).chain(&self.configuration.unread);
        let mut all: Vec<place::Unread> = of_classes.chain(of_enums).chain(of_ways).cloned().collect();
        let mut add = |path: &Arc<str>, span, what: &str| {
            all.push(place::Unread { place: Place { path: path.clone(), span }, what: what.to_owned() });
        };
        for source in &self.sources.files {
            for error in source.java.iter().flat_map(|java| &java.errors) {
                add(&source.file.path, *error, NO_JAVA);
            }
        }
        for (file, span) in self.deep() {
            add(&file.path, span, &too_deep());
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for Skipped { path, reason, .. } in &self.sources.skipped {
            let count = counts.entry(reason).or_default();
            *count += 1;
            // Links may be as many as there are files.
            if ![LINK, SUBMODULE].contains(reason) || *count <= MOST_LINKS {
                add(path, Span::default(), reason);
            }
        }
        for (reason, count) in counts.into_iter().filter(|(reason, _)| [LINK, SUBMODULE].contains(reason)) {
            let is_next = |it: &&Skipped| it.reason == reason;
            let next = self.sources.skipped.iter().filter(is_next).nth(MOST_LINKS);
            if let Some(Skipped { path, .. }) = next {
                let more = count - MOST_LINKS;
                add(path, Span::default(), &format!("{reason}; {more} such paths more, of which this is the first"));
            }
        }
        all.sort();
        all.dedup();
        all
    }
}

/// The output in a format; ends with a line break.
pub fn render(found: &Found<'_>, format: Format) -> String {
    let output = Output::new(found);
    match format {
        Format::Human => human::render(&output),
        Format::Markdown => markdown::render(&output),
        Format::Json => json::render(&output),
    }
}
