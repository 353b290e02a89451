//! What `dtogate sources` found, and the formats it is shown in. All of them show the same output.

mod human;
pub mod json;
mod markdown;
mod output;
mod remarks;

pub use output::{Class, Key, Mapper, Output, Setting, Unread, Use, Way};
pub(in crate::source) use output::{dates_name, include_name, layout_name, naming_name, unknown_name};

use super::config::{Configuration, configuration};
use super::fill::{Fills, fills};
use super::java::index::Sources;
use super::spring::{Inventory, inventory};

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
