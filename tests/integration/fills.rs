//! What code fills of the classes that it makes: a Java file each in `tests/fills`, with what is right in its first lines.
//!
//! `// = Api.parcel() 0: id size` is a site, its number among those of the method, and the fields that it fills.

use std::sync::Arc;

use dtogate::source::java::index::{Parsed, Sources};
use dtogate::source::report::Found;
use dtogate::source::tree::{File, Tree};
use pretty_assertions::assert_eq;

use crate::files;

/// What is found in a file, a line for each site, and one for what is set on objects that others make.
fn found(text: &str) -> Vec<String> {
    let file = File { path: Arc::from("src/main/java/Api.java"), text: Arc::from(text) };
    let tree = Tree { name: "one file".to_owned(), files: vec![file], beside: Vec::new(), skipped: Vec::new() };
    let sources = Sources::new(tree, &mut Parsed::default());
    let found = Found::new(&sources);
    let words = |fields: &mut dyn Iterator<Item = &String>| fields.map(|field| format!(" {field}")).collect::<String>();
    let mut lines: Vec<String> = Vec::new();
    for site in &found.fills.sites {
        let ignores = match site.ignored.is_empty() {
            true => String::new(),
            false => format!(", ignores{}", words(&mut site.ignored.iter())),
        };
        let open = if site.is_complete { "" } else { ", open" };
        lines.push(format!("{} {}:{}{ignores}{open}", site.method, site.ordinal, words(&mut site.filled.iter())));
    }
    for class in &found.inventory.classes {
        let is_set = |field: &&String| found.fills.is_set_elsewhere(&sources, class.facts.id, field);
        let set = words(&mut class.facts.keys.iter().map(|key| &key.field).filter(is_set));
        if !set.is_empty() {
            lines.push(format!("elsewhere:{set}"));
        }
        let never = found.fills.never_filled(&sources, class);
        if text.contains("// = never") && !never.is_empty() {
            lines.push(format!("never: {}", never.into_iter().collect::<Vec<_>>().join(" ")));
        }
    }
    lines
}

#[test]
fn each_construct_fills_what_it_says() {
    let cases = files::files_below("tests/fills");
    assert!(cases.len() > 20, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for path in cases {
        let text = String::from_utf8(files::bytes(format!("tests/fills/{path}"))).unwrap();
        let expected: Vec<String> =
            text.lines().map_while(|line| line.strip_prefix("// = ")).map(str::to_owned).collect();
        let found = found(&text);
        if found != expected {
            wrong.push(format!("{path}: expected {expected:#?}, found {found:#?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
