//! The committed list of values that are made up: `fixtures/synthetic.toml`.

use serde::Deserialize;

/// Where the list is, relative to the root.
pub const PATH: &str = "fixtures/synthetic.toml";

/// Values that are made up, and the keys that hold such values.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Synthetic {
    /// The kinds of values.
    #[serde(default)]
    pub kind: Vec<Kind>,
}

/// One kind of value that names a person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// What it is, for a message: `name`.
    pub what: String,
    /// The keys that hold it, whatever the class; written apart or together, in any case of letters.
    #[serde(default)]
    pub keys: Vec<String>,
    /// How many digits make such a number: then every text of exactly so many digits is one, whatever its key.
    pub digits: Option<usize>,
    /// The values that are made up; a value of several words may be made of several of them.
    pub made_up: Vec<String>,
}

/// What to put in the place of a value that the list does not have.
pub(super) fn instead() -> String {
    format!("one of {PATH}, or, if it is made up, add it to `made_up` there,")
}

impl Synthetic {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// What cannot be understood, with line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| error.to_string())
    }

    /// What a value is and is not made up for: (kind, text).
    pub(super) fn unknown(&self, key: Option<&str>, text: &str, is_number: bool) -> Option<(String, String)> {
        let plain = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        for kind in &self.kind {
            let is_held = key.is_some_and(|key| kind.keys.iter().any(|held| plain(held) == plain(key)));
            let is_digits =
                !is_number && kind.digits == Some(text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            if (is_held || is_digits) && !kind.knows(text) {
                return Some((kind.what.clone(), text.to_owned()));
            }
        }
        None
    }
}

impl Kind {
    /// Whether a value is made up: itself, or every word of it. What has no letter and no digit, or one of them again
    /// and again, names nobody.
    fn knows(&self, text: &str) -> bool {
        let is_listed = |text: &str| self.made_up.iter().any(|known| known.to_lowercase() == text.to_lowercase());
        let is_nobody = |word: &str| {
            let first = word.chars().next();
            let again = word.chars().count() > 2 && word.chars().all(|character| Some(character) == first);
            !word.chars().any(char::is_alphanumeric) || self.digits.is_none() && again
        };
        is_listed(text.trim()) || text.split_whitespace().all(|word| is_nobody(word) || is_listed(word))
    }
}
