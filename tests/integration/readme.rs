//! The console examples of the README are real: each command runs in a copy of the repository's fixtures, one after the
//! other, and prints what the README shows.
//!
//! `DTOGATE_README=update cargo test readme` writes the output anew; read the difference before committing it. A block
//! that starts with "console node" runs where there is a node.

use std::fs;
use std::path::Path;
use std::process::Command;

use pretty_assertions::assert_eq;

use crate::binary::without_progress;
use crate::probe_programs::has;
use crate::trees::Tree;

#[test]
fn readme_shows_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let tree = Tree::of_this_repository();
    tree.copy_captures();
    tree.write("tests/mappers/gateway.mjs", fs::read(root.join("tests/mappers/gateway.mjs")).unwrap());
    let mut written = String::new();
    let mut in_console = false;
    let mut commands = 0;
    for line in readme.lines() {
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
    assert!(commands > 8, "{commands} commands found");
    let mode = std::env::var("DTOGATE_README").unwrap_or_default();
    if mode == "update" {
        fs::write(root.join("README.md"), written).unwrap();
    } else if mode == "new" {
        // As insta does: `dtogate review` and `accept` take it from there.
        if readme != written {
            fs::write(root.join("README.md.new"), written).unwrap();
        }
    } else {
        let differing = readme.lines().zip(written.lines()).position(|(shown, printed)| shown != printed);
        let shown = |text: &str| -> String {
            let from = differing.unwrap_or(0).saturating_sub(5);
            text.lines().skip(from).take(20).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(shown(&readme), shown(&written), "run DTOGATE_README=update cargo test readme, and read the diff");
        assert_eq!(readme.len(), written.len(), "run DTOGATE_README=update cargo test readme, and read the diff");
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
