//! The words of the pages and messages: those of `docs/glossary.md`, one text for both.

/// The page.
const PAGE: &str = include_str!("../docs/glossary.md");

/// Every word with what is said of it, in the order of the page.
pub(crate) fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGE.split("\n## ").skip(1).filter_map(|entry| entry.split_once('\n'))
}

/// What a word means, as `explain` prints it; capitals do not matter, nor does the s of several.
pub(crate) fn explain(word: &str) -> Option<String> {
    let is_meant = |name: &str| {
        name.eq_ignore_ascii_case(word) || word.strip_suffix('s').is_some_and(|one| name.eq_ignore_ascii_case(one))
    };
    let (name, text) = words().find(|(name, _)| is_meant(name))?;
    Some(format!("{name}\n{}\n", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_as_it_is_said() {
        let golden = explain("golden").expect("in the glossary");
        assert!(golden.starts_with("golden\nA payload kept"), "{golden}");
        assert_eq!(explain("Goldens"), Some(golden));
        assert_eq!(explain("gold"), None);
        for word in ["objectmapper", "as-sent", "generated", "corrupted", "Not run", "definitions", "root"] {
            assert!(explain(word).is_some(), "{word}");
        }
        assert!(words().count() > 30);
    }
}
