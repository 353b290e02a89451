//! A JSON text with its parse, to share.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::parse::parse;
use super::place::Unreadable;
use super::tree::{Document, Found};

/// An owned text that is or should be JSON. It is parsed when first asked for its document, and never again; copies
/// share text and parse.
#[derive(Clone)]
pub struct Json(Arc<Inner>);

struct Inner {
    source: Source,
    found: OnceLock<Result<Arc<Found>, Unreadable>>,
}

/// A text that others share, or one that was written for this: megabytes are not copied from the one to the other.
enum Source {
    Shared(Arc<str>),
    Owned(String),
}

impl Json {
    fn of(source: Source, found: OnceLock<Result<Arc<Found>, Unreadable>>) -> Self {
        Json(Arc::new(Inner { source, found }))
    }

    /// A text that nobody has parsed yet.
    pub fn new(source: impl Into<Arc<str>>) -> Self {
        Json::of(Source::Shared(source.into()), OnceLock::new())
    }

    /// A text of which the document is known already; `source` is the document's text, with its byte order mark.
    pub fn parsed(source: Arc<str>, document: &Document<'_>) -> Self {
        debug_assert_eq!(source.strip_prefix('\u{FEFF}').unwrap_or(&source), document.text());
        Json::of(Source::Shared(source), OnceLock::from(Ok(document.found.clone())))
    }

    /// The text as it came, with a byte order mark where it has one.
    pub fn source(&self) -> &str {
        match &self.0.source {
            Source::Shared(source) => source,
            Source::Owned(source) => source,
        }
    }

    /// The text without a byte order mark.
    pub fn text(&self) -> &str {
        self.source().strip_prefix('\u{FEFF}').unwrap_or(self.source())
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// What [`parse()`] refuses.
    pub fn document(&self) -> Result<Document<'_>, &Unreadable> {
        let parse = || parse(self.source().as_bytes()).map(|document| document.found);
        let found = self.0.found.get_or_init(parse).as_ref()?;
        Ok(Document { text: self.text(), found: found.clone() })
    }
}

impl From<String> for Json {
    fn from(source: String) -> Self {
        Json::of(Source::Owned(source), OnceLock::new())
    }
}

impl From<&str> for Json {
    fn from(source: &str) -> Self {
        Json::new(source)
    }
}

impl From<&String> for Json {
    fn from(source: &String) -> Self {
        Json::new(source.as_str())
    }
}

impl From<&Json> for Json {
    fn from(json: &Json) -> Self {
        json.clone()
    }
}

impl Deref for Json {
    type Target = str;

    fn deref(&self) -> &str {
        self.source()
    }
}

impl Borrow<str> for Json {
    fn borrow(&self) -> &str {
        self.source()
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.source() == other.source()
    }
}

impl Eq for Json {}

impl PartialEq<str> for Json {
    fn eq(&self, other: &str) -> bool {
        self.source() == other
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.source(), f)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_the_parse_and_the_mark_is_no_part_of_the_document() {
        let json = Json::from("\u{FEFF}{\"a\":[1]}");
        let copy = json.clone();
        let (one, other) = (json.document().unwrap(), copy.document().unwrap());
        assert!(Arc::ptr_eq(&one.found, &other.found), "parsed twice");
        assert!(one.has_bom() && one.text() == "{\"a\":[1]}" && json.source().starts_with('\u{FEFF}'));
        let known = Json::parsed(Arc::from(json.source()), &one);
        assert!(Arc::ptr_eq(&known.document().unwrap().found, &one.found), "parsed though it was known");
        assert_eq!(Json::from("{").document().unwrap_err(), &parse(b"{").unwrap_err());
    }
}
