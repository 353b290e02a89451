//! What `dtogate sources` found, and the formats it is shown in. All of them show the same output.

mod human;
pub mod json;
mod markdown;
mod output;
mod remarks;

pub use output::{Class, Key, Mapper, Output, Setting, Unread, Use, Way};
pub(in crate::source) use output::{dates_name, include_name, layout_name, naming_name, unknown_name};

use std::sync::Arc;

use super::config::{Configuration, configuration};
use super::fill::{Fills, fills};
use super::java::index::{SourceFile, Sources};
use super::opaque::{Opaque, Opaques};
use super::place::{self, Place, Span};
use super::spring::{Inventory, inventory};
use super::tree::Skipped;

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
            add(path, Span::default(), reason, content.clone());
        }
        Opaques::new(all)
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
        for Skipped { path, reason, .. } in &self.sources.skipped {
            add(path, Span::default(), reason);
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
