//! What the tool is called: the binary of another crate has a name of its own, and messages name commands.

use std::sync::OnceLock;

/// The name of this repository's own binary, and of no other's unless it says so.
const OWN: &str = "dtogate";

static NAME: OnceLock<String> = OnceLock::new();

/// How a command of the tool begins.
pub fn name() -> &'static str {
    NAME.get().map_or(OWN, String::as_str)
}

/// Takes the name of the running program; the first one counts. Only [`crate::cli::main`] does.
pub(crate) fn called(program: Option<&std::ffi::OsStr>) {
    let stem = program.and_then(|program| std::path::Path::new(program).file_stem());
    if let Some(name) = stem.and_then(std::ffi::OsStr::to_str).filter(|name| is_plain(name)) {
        let _ = NAME.set(name.to_owned());
    }
}

/// A text of ours with the commands in it as they are called here.
pub(crate) fn named(text: &str) -> String {
    // A command may be broken over two lines.
    let after = |text: &str, end: &str| text.replace(&format!("`{OWN}{end}"), &format!("`{}{end}", name()));
    after(&after(text, " "), "\n")
}

/// Names that need no quotes in any shell.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || "_-.".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_but_main_gives_a_name() {
        assert_eq!((name(), named("run `dtogate review`").as_str()), ("dtogate", "run `dtogate review`"));
        assert!(is_plain("orders-2.1") && !is_plain("a b") && !is_plain("$(x)") && !is_plain(""));
    }
}
