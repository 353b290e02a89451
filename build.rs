//! Builds in the digest of the definitions, so that a binary can tell a checkout with others.

use std::path::Path;

#[path = "src/update/definitions.rs"]
#[expect(unreachable_pub, reason = "the library has it too")]
mod definitions;

fn main() {
    let folder = Path::new("src/tis");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/update/definitions.rs");
    let digest = definitions::digest(folder).expect("the definitions are readable");
    println!("cargo::rustc-env=DTOGATE_DEFINITIONS={digest}");
    println!("cargo::rustc-env=DTOGATE_DEFINITIONS_FOLDER={}", folder.display());
}
