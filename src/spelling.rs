//! Texts that are equal as JSON: what a mapping must not tell apart.
//!
//! The incident of December 2023 was one space before a colon. Whoever reads bytes before parsing them depends on
//! one of these.

use crate::document::{Document, Lines, Order, Style, write};
use crate::finding::Severity;
use crate::java::config::Escape;
use crate::java::write::{push_escape, spell};

/// A way to spell a document.
pub struct Spelling {
    /// The id, as findings name it.
    pub id: &'static str,
    /// One line: what is special in it.
    pub summary: &'static str,
    /// How much a mapping that is misled by it weighs. What services really write is an error; what they could
    /// write and rarely do is a warning.
    pub severity: Severity,
    style: Style<'static>,
}

impl Spelling {
    /// Whether a byte order mark stands before the document.
    pub fn has_bom(&self) -> bool {
        self.style.lead == "\u{FEFF}"
    }

    /// Writes a document in this spelling.
    pub fn spell(&self, document: &Document<'_>) -> String {
        write(document, &self.style)
    }

    /// Whether it puts keys in another order.
    pub fn reorders(&self) -> bool {
        !matches!(self.style.order, Order::Kept)
    }
}

const fn spelling(id: &'static str, summary: &'static str, style: Style<'static>) -> Spelling {
    Spelling { id, summary, severity: Severity::Error, style }
}

const fn rare(id: &'static str, summary: &'static str, style: Style<'static>) -> Spelling {
    Spelling { id, summary, severity: Severity::Warning, style }
}

const COMPACT: Style<'static> = Style::COMPACT;

/// The seed of the shuffled order; any would do, this one never changes.
const SEED: u64 = 20_231_208;

/// The row of a probe with the payloads as they are.
pub const AS_SENT: &str = "as-sent";

/// The row of a probe with generated payloads.
pub const GENERATED: &str = "generated";

/// Every spelling.
pub const SPELLINGS: &[Spelling] = &[
    spelling("compact", "no white space", COMPACT),
    spelling("jackson-indented", "Jackson's pretty printer, a space before each colon", Style::JACKSON_INDENTED),
    spelling(
        "two-spaces",
        "JSON.stringify(value, null, 2)",
        Style { lines: Lines::Every("  "), after_colon: " ", ..COMPACT },
    ),
    spelling("four-spaces", "the same with four", Style { lines: Lines::Every("    "), after_colon: " ", ..COMPACT }),
    spelling("tabs", "the same with tabs", Style { lines: Lines::Every("\t"), after_colon: " ", ..COMPACT }),
    spelling("blank-after-colon", "no space before the colon, one after it", Style { after_colon: " ", ..COMPACT }),
    spelling("blank-before-colon", "one space before each colon", Style { before_colon: " ", ..COMPACT }),
    spelling("two-blanks-before-colon", "two spaces before each colon", Style { before_colon: "  ", ..COMPACT }),
    spelling("tab-before-colon", "a tab before each colon", Style { before_colon: "\t", ..COMPACT }),
    spelling("newline-before-colon", "a line feed before each colon", Style { before_colon: "\n", ..COMPACT }),
    spelling("return-before-colon", "a carriage return before each colon", Style { before_colon: "\r", ..COMPACT }),
    spelling("crlf-before-colon", "CR LF before each colon", Style { before_colon: "\r\n", ..COMPACT }),
    spelling("keys-reversed", "the keys of each object back to front", Style { order: Order::Reversed, ..COMPACT }),
    spelling(
        "keys-shuffled",
        "the keys of each object in a fixed disorder",
        Style { order: Order::Shuffled(SEED), ..COMPACT },
    ),
    spelling(
        "non-ascii-escaped",
        "every character beyond U+007F in a text as \\uXXXX",
        Style { text: Some(spell(Escape::NonAscii)), ..COMPACT },
    ),
    spelling("slash-escaped", "every / in a text as \\/", Style { text: Some(slash_escaped), ..COMPACT }),
    spelling(
        "leading-white-space",
        "a space, a tab and a line end before the document",
        Style { lead: " \t\r\n", ..COMPACT },
    ),
    spelling(
        "trailing-white-space",
        "a space, a tab and a line end after the document",
        Style { trail: " \t\r\n", ..COMPACT },
    ),
    rare("key-letters-escaped", "every letter of a key as \\uXXXX", Style { key: Some(letters_escaped), ..COMPACT }),
    rare("byte-order-mark", "a UTF-8 byte order mark before the document", Style { lead: "\u{FEFF}", ..COMPACT }),
];

fn slash_escaped(content: &str, out: &mut String) {
    let mut spelled = String::with_capacity(content.len() + 8);
    spell(Escape::Text)(content, &mut spelled);
    out.push_str(&spelled.replace('/', "\\/"));
}

fn letters_escaped(content: &str, out: &mut String) {
    for character in content.chars() {
        if character.is_alphabetic() {
            push_escape(character, out);
        } else {
            spell(Escape::Text)(character.encode_utf8(&mut [0; 4]), out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Tolerance, differences};
    use crate::document::parse;

    const TEXT: &str = r#"{"a":{"b\"/":"x/y é","c":[1.0,{},[]]},"d":null,"ö":"\ud83d\ude00"}"#;

    #[test]
    fn every_spelling_is_equal_as_json_and_another_text() {
        let document = parse(TEXT.as_bytes()).unwrap();
        let mut texts = std::collections::BTreeSet::new();
        for spelling in SPELLINGS {
            let text = spelling.spell(&document);
            let spelled = parse(text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", spelling.id));
            let tolerance = Tolerance { key_order: true, ..Tolerance::default() };
            assert_eq!(differences(&document, &spelled, &tolerance), [], "{}", spelling.id);
            assert!(texts.insert(text), "{} is another's text", spelling.id);
        }
        assert!(SPELLINGS.len() >= 16);
    }

    #[test]
    fn ids_are_unique_and_rare_ones_are_warnings() {
        let ids: std::collections::BTreeSet<&str> = SPELLINGS.iter().map(|spelling| spelling.id).collect();
        assert_eq!(ids.len(), SPELLINGS.len());
        let warnings: Vec<&str> = SPELLINGS
            .iter()
            .filter(|spelling| spelling.severity == Severity::Warning)
            .map(|spelling| spelling.id)
            .collect();
        assert_eq!(warnings, ["key-letters-escaped", "byte-order-mark"]);
    }

    #[test]
    fn jackson_indents_members_and_leaves_lists_inline() {
        let document = parse(br#"{"a":[],"b":{},"c":[{"d":1},2]}"#).unwrap();
        let indented = SPELLINGS.iter().find(|spelling| spelling.id == "jackson-indented").unwrap();
        let expected = "{\n  \"a\" : [ ],\n  \"b\" : { },\n  \"c\" : [ {\n    \"d\" : 1\n  }, 2 ]\n}";
        assert_eq!(indented.spell(&document), expected);
    }
}
