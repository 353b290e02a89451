//! The pages of dtogate's book that are about this crate: what they print is real, and the code that they show is its own.

#[path = "../../../tests/integration/page.rs"]
mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn readme_pages_show_real_output() {
    for name in ["accept.md", "another-system.md", "leg.md"] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        assert!(Command::new("cp").arg("-r").args([&fixtures, &folder]).status().unwrap().success());
        let binary = Path::new(env!("CARGO_BIN_EXE_orders"));
        let page = root().join("docs").join(name);
        let printed = |text: String| page::without_progress(&text);
        let commands = page::shows_real_output(&page, &folder, binary, |block| block == "console orders", printed);
        assert!(commands > 0, "{name}");
    }
}

/// A block of Rust in these pages that begins with a path is that file, or a part of it.
#[test]
fn pages_show_the_code_of_this_crate() {
    let mut blocks = 0;
    for name in ["another-system.md", "leg.md"] {
        let page = fs::read_to_string(root().join("docs").join(name)).unwrap();
        for block in page.split("```rust\n// ").skip(1) {
            let (path, rest) = block.split_once('\n').unwrap();
            let code = rest.split("```").next().unwrap();
            let file = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
            assert!(file.contains(code), "{name} shows other code than {path}:\n{code}");
            blocks += 1;
        }
    }
    assert!(blocks >= 3, "{blocks} blocks");
}

/// Who adds a leg is told what each field means.
#[test]
fn the_page_about_legs_explains_every_field_of_a_mapping() {
    let source = fs::read_to_string(root().join("src/mapping/leg.rs")).unwrap();
    let page = fs::read_to_string(root().join("docs/leg.md")).unwrap();
    let body = source.split_once("pub struct Mapping {").unwrap().1.split_once("\n}").unwrap().0;
    let fields: Vec<&str> = body
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    assert!(fields.len() >= 15, "{fields:?}");
    for field in fields {
        assert!(page.contains(&format!("\n| `{field}` | ")), "docs/leg.md has no row for `{field}`");
    }
}
