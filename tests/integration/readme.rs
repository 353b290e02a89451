//! The console examples of the README and of `docs/` are real: the commands of a page run in a copy of the repository's
//! fixtures, one after the other, and print what it shows.
//!
//! `DTOGATE_README=update cargo test readme` writes the output anew; read the difference before committing it. A block
//! "console node" runs where there is a node, one "console orders" in the example crate's tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstyle_svg::Term;

use crate::files::files_below;
use crate::page;
use crate::probe_programs::has;
use crate::trees::{Tree, in_threads};

/// The longest line of the README, printed ones too.
const WIDEST: usize = 120;

/// The README, then the pages of `docs/` by name.
pub(crate) fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    pages.insert(0, root.join("README.md"));
    pages
}

#[test]
fn readme_shows_real_output() {
    let pages = pages();
    let counts = in_threads(&pages, |page| shows_real_output(page));
    assert!(counts.iter().sum::<usize>() > 20 && counts[0] >= 5, "commands found: {counts:?}");
}

/// Runs the commands of a page in a tree of its own; how many there are.
fn shows_real_output(page: &Path) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = Tree::of_this_repository();
    tree.copy_captures();
    for file in files_below("examples/parcels") {
        let file = format!("examples/parcels/{file}");
        tree.write(&file, fs::read(root.join(&file)).unwrap());
    }
    tree.write("tests/mappers/gateway.mjs", fs::read(root.join("tests/mappers/gateway.mjs")).unwrap());
    let is_run = |block: &str| block == "console" || block == "console node" && has("node");
    let binary = Path::new(env!("CARGO_BIN_EXE_dtogate"));
    page::shows_real_output(page, tree.root(), binary, is_run, |text| page::without_progress(&text))
}

/// One screen: whoever opens it sees what it is, how it looks and where to go on. Pages are one book, and none is left out.
#[test]
fn the_readme_is_short_and_every_page_is_in_the_book() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.lines().count() <= 200, "{} lines", readme.lines().count());
    let shown = readme.lines();
    let wide: Vec<&str> = shown.filter(|line| line.chars().count() > WIDEST).collect();
    assert!(wide.is_empty(), "over {} characters: {wide:#?}", WIDEST);
    let summary = fs::read_to_string(root.join("docs/SUMMARY.md")).unwrap();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let name = page.file_name().unwrap().to_str().unwrap();
        assert!(["README.md", "SUMMARY.md"].contains(&name) || summary.contains(&format!("({name})")), "{name}");
        for (link, _) in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let path = page.parent().unwrap().join(link.split('#').next().unwrap());
            assert!(link.starts_with("http") || path.exists(), "{name} links to {link}");
        }
    }
}

/// The picture in the README is what a terminal shows: the colours of the real output.
#[test]
fn the_readme_shows_a_finding_as_a_terminal_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains("](docs/finding.svg)"), "the README shows no picture");
    let command = "dtogate check --mapping connection-log log.json";
    assert!(readme.contains(command), "the README prints another finding than its picture");
    let tree = Tree::of_this_repository();
    let golden = fs::read_to_string(tree.path("fixtures/connection-log/valid/fraction_3.json")).unwrap();
    tree.write("log.json", golden.replace("updatedBy", "changedBy"));
    let output = Command::new(env!("CARGO_BIN_EXE_dtogate"))
        .args(command.split(' ').skip(1))
        .args(["--color", "always"])
        .current_dir(tree.root())
        .env("COLUMNS", "110")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let drawn = Term::new().render_svg(&format!("$ {command}\n{}", String::from_utf8(output.stdout).unwrap()));
    let picture = root.join("docs/finding.svg");
    let kept = fs::read_to_string(&picture).unwrap_or_default();
    match std::env::var("DTOGATE_README").as_deref() {
        Ok("update") => fs::write(picture, drawn).unwrap(),
        Ok("new") if kept != drawn => fs::write(picture.with_extension("svg.new"), drawn).unwrap(),
        Ok("new") => {}
        _ => assert_eq!(kept, drawn, "run DTOGATE_README=update cargo test readme, and look at the picture"),
    }
}

/// CI does not run the comparison, since it needs npm; that its payloads, its list and the page go together is seen here.
#[test]
fn the_comparison_shows_every_payload_that_it_has() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let (page, list) = (read("docs/comparison.md"), read("comparison/faults.mjs"));
    let snapshots = read("comparison/snapshots/tests/snapshots.rs");
    let payloads = fs::read_dir(root.join("comparison/payloads")).unwrap();
    let names: Vec<String> =
        payloads.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    for name in &names {
        assert!(list.contains(&format!("\"{name}\"")), "comparison/faults.mjs has no {name}");
        assert!(snapshots.contains(&format!("\"{name}\"\n")), "no test with insta for {name}");
    }
    let rows = list.lines().filter_map(|line| line.trim().strip_prefix('[')?.strip_suffix("\"],")?.split_once(", \""));
    let labels: Vec<String> = rows.map(|(_, label)| label.replace("\\\"", "\"")).collect();
    assert_eq!(labels.len(), names.len(), "{labels:?}");
    for label in labels {
        assert!(page.contains(&format!("\n| {label} | ")), "the page has no row for: {label}");
    }
}
