//! The console examples of the README and of `docs/` are real: the commands of a page run in a copy of the repository's
//! fixtures, one after the other, and print what it shows.
//!
//! `DTOGATE_README=update cargo test readme` writes the output anew; read the difference before committing it. A block
//! that starts with "console node" runs where there is a node.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pretty_assertions::assert_eq;

use crate::binary::without_progress;
use crate::probe_programs::has;
use crate::trees::{Tree, in_threads};

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

/// Runs the commands of a page, one after the other in a tree of its own; how many there are.
fn shows_real_output(page: &Path) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown = fs::read_to_string(page).unwrap();
    let tree = Tree::of_this_repository();
    tree.copy_captures();
    tree.write("tests/mappers/gateway.mjs", fs::read(root.join("tests/mappers/gateway.mjs")).unwrap());
    let mut written = String::new();
    let mut in_console = false;
    let mut commands = 0;
    for line in shown.lines() {
        if in_console && line.starts_with("```") {
            in_console = false;
        }
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        if !in_console || command.is_some() {
            written.push_str(line);
            written.push('\n');
        }
        if let Some(command) = command {
            commands += 1;
            written.push_str(&output(command, &tree));
        }
        in_console |= line == "```console" || line == "```console node" && has("node");
    }
    let mode = std::env::var("DTOGATE_README").unwrap_or_default();
    if mode == "update" {
        if shown != written {
            fs::write(page, written).unwrap();
        }
    } else if mode == "new" {
        // As insta does: `dtogate review` and `accept` take it from there.
        if shown != written {
            fs::write(page.with_extension("md.new"), written).unwrap();
        }
    } else {
        let differing = shown.lines().zip(written.lines()).position(|(shown, printed)| shown != printed);
        let part = |text: &str| -> String {
            let from = differing.unwrap_or(0).saturating_sub(5);
            text.lines().skip(from).take(20).collect::<Vec<_>>().join("\n")
        };
        let advice = "run DTOGATE_README=update cargo test readme, and read the diff";
        assert_eq!(part(&shown), part(&written), "{}: {advice}", page.display());
        assert_eq!(shown.len(), written.len(), "{}: {advice}", page.display());
    }
    commands
}

/// One screen: whoever opens it sees what it is, how it looks and where to go on. Pages are one book, and none is left out.
#[test]
fn the_readme_is_short_and_every_page_is_in_the_book() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.lines().count() <= 200, "{} lines", readme.lines().count());
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

/// What a command prints, in a shell that finds the binary under test.
fn output(command: &str, tree: &Tree) -> String {
    let binaries = Path::new(env!("CARGO_BIN_EXE_dtogate")).parent().unwrap();
    let path = format!("{}:{}", binaries.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["-c", command])
        .current_dir(tree.root())
        .envs([("PATH", path.as_str()), ("NO_COLOR", "1"), ("COLUMNS", "110")])
        .output()
        .unwrap();
    let stderr = without_progress(&String::from_utf8(output.stderr).unwrap());
    assert_eq!(stderr, "", "{command}");
    // One command has its standard error in its output.
    let mut stdout = without_progress(&String::from_utf8(output.stdout).unwrap());
    if !stdout.is_empty() && !stdout.ends_with('\n') {
        stdout.push('\n');
    }
    stdout
}
