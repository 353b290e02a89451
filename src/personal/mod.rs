//! Personal data in a payload: nothing about a living person belongs in a repository.
//!
//! Each kind looks at texts and names of members; names and numbers of people are those that the committed list
//! `fixtures/synthetic.toml` does not hold. That list says which keys hold names.

mod email;
mod nhs_number;
mod phone;
mod postcode;
mod synthetic;

pub use synthetic::{PATH, Synthetic};

use crate::document::{Document, Kind, NodeId};

/// A kind of personal data that its text gives away.
pub struct Pattern {
    /// What it is, for a message.
    pub name: &'static str,
    /// What to put in its place, for a message.
    pub instead: &'static str,
    /// The first text of that kind.
    pub find: fn(&str) -> Option<String>,
}

/// Every kind.
pub const PATTERNS: &[Pattern] = &[email::PATTERN, nhs_number::PATTERN, phone::PATTERN, postcode::PATTERN];

/// Something that looks like personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The node: a value, or a key where the name of a member is it.
    pub node: NodeId,
    /// What it looks like: `e-mail address`.
    pub what: String,
    /// The text.
    pub text: String,
    /// What to put in its place.
    pub instead: String,
}

/// All that looks like personal data in a payload, in the order of the text.
pub fn suspects(document: &Document<'_>, synthetic: &Synthetic) -> Vec<Suspect> {
    let mut found = Vec::new();
    let mut key_of = None;
    // Keys and values stand in the order of the text: a value directly after its key.
    let mut keys = vec![None; document.len()];
    for object in (0..document.len()).filter(|&node| document.kind(node) == Kind::Object) {
        for (key, value) in document.members(object) {
            keys[key] = Some((key, true));
            keys[value] = Some((key, false));
        }
    }
    for (node, &member) in keys.iter().enumerate() {
        if let Some((key, is_key)) = member {
            key_of = (!is_key).then(|| document.content(key).into_owned());
        }
        let is_number = document.kind(node) == Kind::Integer;
        if !is_number && !matches!(document.kind(node), Kind::Text { .. }) {
            continue;
        }
        let text = document.content(node);
        let own_key = member.is_some_and(|(_, is_key)| is_key);
        // An item of a list holds what the list's key says.
        let key = if own_key { None } else { key_of.as_deref() };
        if is_number {
            if let Some(number) = nhs_number::in_number(&text) {
                found.push(suspect(node, &nhs_number::PATTERN, number));
            }
        } else {
            let patterns = PATTERNS.iter().filter_map(|pattern| Some((pattern, (pattern.find)(&text)?)));
            found.extend(patterns.map(|(pattern, text)| suspect(node, pattern, text)));
        }
        found.extend(synthetic.unknown(key, &text, is_number).into_iter().map(|(what, text)| Suspect {
            node,
            instead: synthetic::instead(),
            what,
            text,
        }));
    }
    found
}

/// The same in a text that is no JSON: (what, text, what to put in its place), in each text between quotes.
pub fn suspects_in_text(text: &str, synthetic: &Synthetic) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for piece in text.split('"') {
        let patterns = PATTERNS.iter().filter_map(|pattern| Some((pattern, (pattern.find)(piece)?)));
        found.extend(patterns.map(|(pattern, text)| (pattern.name.to_owned(), text, pattern.instead.to_owned())));
        let unknown = synthetic.unknown(None, piece, false);
        found.extend(unknown.map(|(what, text)| (what, text, synthetic::instead())));
    }
    found
}

fn suspect(node: NodeId, pattern: &Pattern, text: String) -> Suspect {
    Suspect { node, what: pattern.name.to_owned(), text, instead: pattern.instead.to_owned() }
}

/// The runs of characters that a test takes, each with whether it stands alone: no letter or digit on either side.
fn runs(text: &str, takes: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let start = rest + text[rest..].find(&takes)?;
            let end = text[start..].find(|character| !takes(character)).map_or(text.len(), |length| start + length);
            rest = end;
            // What separates stands between two words, and belongs to neither.
            let lead = text[start..end].len() - text[start..end].trim_start_matches([' ', '-', ')']).len();
            let start = start + lead;
            let end = start + text[start..end].trim_end_matches([' ', '-', '(', '+']).len();
            if start == end {
                continue;
            }
            let before = text[..start].chars().next_back();
            let after = text[end..].chars().next();
            let joins = |character: Option<char>| {
                character.is_some_and(|character| character.is_alphanumeric() || "_:./".contains(character))
            };
            // A full stop or a colon after ends a sentence or a clause, where nothing follows it directly.
            let ends_sentence = after.is_some_and(|after| ".:".contains(after))
                && !text[end + 1..].chars().next().is_some_and(char::is_alphanumeric);
            if !joins(before) && (!joins(after) || ends_sentence) {
                return Some(&text[start..end]);
            }
        }
    })
}

#[cfg(test)]
mod tests;
