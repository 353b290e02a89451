//! The one place that makes text safe for a sink: terminals, GitHub's runner, XML, Markdown, JSON, standard error.
//!
//! Payloads, file names and what a mapper writes come from outside. What a terminal obeys, what a reader cannot see and
//! what GitHub takes for a command is therefore shown by its name; JSON keeps the value and escapes it.

use std::fmt::Write as _;

/// Whether a character is invisible, moves the cursor or changes the order of others.
pub(crate) fn is_unseen(character: char) -> bool {
    match character {
        ' ' => false,
        // Unicode's default ignorable characters, its other format characters without a shape, and blanks that
        // are letters or symbols.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        // No characters, and not allowed in XML.
        | '\u{FFFE}'..='\u{FFFF}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => character.is_control() || character.is_whitespace(),
    }
}

/// Appends a character in a form that can be seen and does nothing.
pub(super) fn push_seen(seen: &mut String, character: char) {
    match character {
        // The control pictures have the order of the characters that they show.
        '\0'..='\u{1F}' => seen.extend(char::from_u32(0x2400 + u32::from(character))),
        '\u{7F}' => seen.push('␡'),
        // GitHub obeys `##[command]` anywhere in a line.
        '[' if seen.ends_with("##") => push_name(seen, character),
        _ if is_unseen(character) => push_name(seen, character),
        _ => seen.push(character),
    }
}

fn push_name(seen: &mut String, character: char) {
    // Writing to a String cannot fail.
    let _ = write!(seen, "<U+{:04X}>", u32::from(character));
}

/// The text on one line, in full: for every sink that is lines of text.
///
/// GitHub's runner obeys a line that begins with `::`, however far it is indented, so a text does not begin with it
/// either.
pub fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut rest = text;
    if text.trim_start().starts_with("::") {
        let (blanks, colons) = text.split_at(text.len() - text.trim_start().len());
        blanks.chars().for_each(|character| push_seen(&mut seen, character));
        push_name(&mut seen, ':');
        rest = &colons[1..];
    }
    rest.chars().for_each(|character| push_seen(&mut seen, character));
    seen
}

/// The text on one line, where it is prose: line breaks and indentation become spaces.
pub(super) fn prose(text: &str) -> String {
    seen(&text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

/// JSON with escapes for what a terminal or GitHub would obey; it means the same.
///
/// None of these characters occurs outside of strings, save for line breaks, and none follows a lone backslash.
pub fn json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && is_unseen(character) || character == '[' && escaped.ends_with("##") {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// A command's message, as `@actions/core` escapes it (`packages/core/src/command.ts`).
pub(super) fn command_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a command's property.
pub(super) fn command_property(text: &str) -> String {
    command_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A text in a cell of a table, as code: no line, bar or backtick of it can end the cell.
pub(super) fn cell(text: &str) -> String {
    let text = seen(text).replace('|', "\\|");
    let ticks = "`".repeat(1 + text.split(|character| character != '`').map(str::len).max().unwrap_or(0));
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(seen("a\tb\r\n\0\u{1B}[31m\u{7F}"), "a␉b␍␊␀␛[31m␡");
        assert_eq!(seen("\u{85}\u{9B}\u{A0}\u{AD}"), "<U+0085><U+009B><U+00A0><U+00AD>");
        assert_eq!(seen("\u{202E}\u{2066}\u{2069}\u{200B}\u{200D}"), "<U+202E><U+2066><U+2069><U+200B><U+200D>");
        assert_eq!(seen("\u{FEFF}\u{E0041}\u{2028}\u{3000}"), "<U+FEFF><U+E0041><U+2028><U+3000>");
        assert_eq!(seen("Zoë 田中 🦀 e\u{301} …"), "Zoë 田中 🦀 e\u{301} …");
    }

    #[test]
    fn every_bidirectional_control_is_unseen() {
        for character in ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}').chain(['\u{200E}', '\u{61C}']) {
            assert!(is_unseen(character), "{character:?}");
        }
    }

    #[test]
    fn the_old_form_of_a_github_command_is_broken() {
        assert_eq!(seen("##[error]x ###[a] #[b]"), "##<U+005B>error]x ###<U+005B>a] #[b]");
    }

    #[test]
    fn escapes_change_no_meaning() {
        let text = "\u{202E}\u{2066} \u{7F}\u{9B} \u{E0041} ##[error] \\##[ \\\\u005b \n\t\r\0 \u{1B}[31m Zoë 田 🦀";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let escaped = super::json(&json);
        assert_eq!(serde_json::from_str::<Vec<String>>(&escaped).unwrap(), [text]);
        assert!(!escaped.contains("##[") && !escaped.replace('\n', "").chars().any(is_unseen), "{escaped}");
        assert!(escaped.contains("Zoë 田 🦀"), "{escaped}");
    }

    #[test]
    fn escapes_are_those_of_the_toolkit() {
        assert_eq!(command_data("100%\r\n,:%0A"), "100%25%0D%0A,:%250A");
        assert_eq!(command_property("a:b,c%\r\n"), "a%3Ab%2Cc%25%0D%0A");
    }

    #[test]
    fn no_text_begins_a_command_of_a_line() {
        assert_eq!(seen("::error::x"), "<U+003A>:error::x");
        assert_eq!(seen(" \t::error::x"), " ␉<U+003A>:error::x");
        assert_eq!(seen("a::b"), "a::b");
        assert_eq!(prose("\n ::set-output::x"), "<U+003A>:set-output::x");
    }

    #[test]
    fn no_text_ends_a_cell() {
        assert_eq!(cell("a|b`c\n"), "``a\\|b`c␊``");
        assert_eq!(cell("`a`"), "`` `a` ``");
    }
}
