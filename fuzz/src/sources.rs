//! The source readers: any text is read as Java, as YAML or as properties without a panic, twice alike.

use std::fmt::Write as _;

use dtogate::source::config::configuration;
use dtogate::source::java::class;
use dtogate::source::java::index::{Parsed, Sources};
use dtogate::source::spring::inventory;
use dtogate::source::tree::{File, Tree};

/// A byte that chooses what the text is: Java, YAML, properties.
pub fn run(bytes: &[u8]) {
    let Some((&kind, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let path = match kind % 3 {
        0 => "src/main/java/shop/Order.java",
        1 => "src/main/resources/application.yml",
        _ => "src/main/resources/application.properties",
    };
    assert_eq!(read(path, text), read(path, text));
}

/// What was read, as one text.
fn read(path: &str, text: &str) -> String {
    let file = File { path: path.into(), text: text.into() };
    let tree = Tree { name: "work tree".to_owned(), files: vec![file], beside: vec![], skipped: vec![] };
    let sources = Sources::new(tree, &mut Parsed::default());
    let found = inventory(&sources);
    let mut said = format!("{:?}", configuration(&sources, &found).unread);
    for id in sources.classes() {
        let facts = class::read(&sources, id);
        // Writing to a String does not fail.
        let _ = write!(said, "{:?}", facts.class);
    }
    said
}
