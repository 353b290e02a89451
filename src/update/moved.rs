//! Values that have another pointer, in the text of `fixtures/accepted.toml`: only the pointers of its entries change.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::journal::Change;
use crate::pointer::Pointer;

/// Where the acceptances are, relative to the root.
pub const PATH: &str = "fixtures/accepted.toml";

/// A value that has another pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// The mapping of whose payload, further input or answer it is.
    pub mapping: String,
    /// Until then, with `*` for every index; with `<input>:` in front for one of a further input.
    pub from: String,
    /// Since then.
    pub to: String,
}

impl Moved {
    /// The new pointer of what a pointer names, where that is this value or something in it.
    pub(super) fn new_pointer(&self, mapping: &str, pointer: &str) -> Option<String> {
        let ((input, own), (from_input, from)) = (split(pointer), split(&self.from));
        if mapping != self.mapping || input != from_input {
            return None;
        }
        let moved = Pointer::read(own).moved(from, split(&self.to).1)?;
        Some(format!("{input}{moved}"))
    }
}

/// The input's name with its colon, and the pointer in its document.
pub(super) fn split(pointer: &str) -> (&str, &str) {
    match pointer.find(":/") {
        Some(at) if !pointer.starts_with('/') => pointer.split_at(at + 1),
        _ => ("", pointer),
    }
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    accepted: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    mapping: String,
    pointer: Spanned<String>,
}

/// The text with other pointers, and each that has changed: its line from 1, before, after.
///
/// Comments, order and layout stay. Of a text that is no list of acceptances nothing is changed.
pub(super) fn rewritten(text: &str, moved: &[Moved]) -> (String, Vec<(usize, String, String)>) {
    let entries: Vec<Entry> = toml::from_str(text).map(|file: Entries| file.accepted).unwrap_or_default();
    let mut splices: Vec<(Range<usize>, String, String)> = Vec::new();
    for Entry { mapping, pointer } in entries {
        let before = pointer.get_ref();
        // One after the other, as the keys of nested objects have their names: `/rows/*/sku` of renamed rows too.
        let after =
            moved.iter().fold(before.clone(), |pointer, one| one.new_pointer(&mapping, &pointer).unwrap_or(pointer));
        if after != *before {
            splices.push((pointer.span(), before.clone(), after));
        }
    }
    let mut result = text.to_owned();
    for (span, _, after) in splices.iter().rev() {
        result.replace_range(span.clone(), &quoted(after, &text[span.clone()]));
    }
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    (result, splices.into_iter().map(|(span, before, after)| (line(span.start), before, after)).collect())
}

/// A pointer as a TOML string, in the quotes that were there.
fn quoted(pointer: &str, like: &str) -> String {
    let is_plain = !pointer.contains('\'') && !pointer.contains(char::is_control);
    if like.starts_with('\'') && is_plain {
        return format!("'{pointer}'");
    }
    serde_json::Value::from(pointer).to_string()
}

/// The file with other pointers; none where no entry names one of them.
pub fn change(text: &str, moved: &[Moved]) -> Option<Change> {
    let (after, places) = rewritten(text, moved);
    let bytes = |text: String| Some(text.into_bytes());
    (!places.is_empty()).then(|| Change { path: PATH.to_owned(), before: bytes(text.to_owned()), after: bytes(after) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = concat!(
        "# known\n[[accepted]]\nrule = \"a\"   # why\nmapping = \"orders\"\npointer = '/lines/*/sku'\nreason = '''\nx\n'''\n\n",
        "[[accepted]]\npointer = \"stock:/sku\" # of the warehouse\nmapping = \"orders\"\r\n\n",
        "[[accepted]]\nmapping = \"bills\"\npointer = \"/lines/*/sku\"\n",
        "[[accepted]]\nmapping = \"orders\"\npointer = \"/lines/0/sku/code\"\n",
    );

    fn moved(from: &str, to: &str) -> Moved {
        Moved { mapping: "orders".to_owned(), from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn only_pointers_of_renamed_keys_change() {
        let (text, places) = rewritten(TEXT, &[moved("/lines/*/sku", "/lines/*/article")]);
        let expected = TEXT.replacen("'/lines/*/sku'", "'/lines/*/article'", 1).replace("/0/sku/", "/0/article/");
        assert_eq!(text, expected);
        let lines: Vec<usize> = places.iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [5, 19], "{places:?}");
        let (text, _) = rewritten(TEXT, &[moved("stock:/sku", "stock:/article")]);
        assert_eq!(text, TEXT.replace("stock:/sku", "stock:/article"));
        // A list and a key in it, both renamed.
        let both = [moved("/lines", "/rows"), moved("/rows/*/sku", "/rows/*/article")];
        assert!(rewritten(TEXT, &both).0.contains("'/rows/*/article'"));
        assert_eq!(change(TEXT, &[moved("/lines/*/sk", "/x")]), None);
        assert_eq!(change("no TOML", &[moved("/lines", "/rows")]), None);
    }

    #[test]
    fn a_pointer_keeps_the_quotes_that_it_can() {
        assert_eq!(quoted("/a'b", "'/x'"), "\"/a'b\"");
        assert_eq!(quoted("/a\"b", "\"/x\""), "\"/a\\\"b\"");
        assert_eq!(quoted("/ab", "'''/x'''"), "'/ab'");
    }
}
