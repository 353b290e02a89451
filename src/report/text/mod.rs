//! Text of payloads, made safe and short enough for a line of a report.
//!
//! Payloads come from outside. What a terminal obeys, what a reader cannot see and what GitHub takes for a
//! command is therefore shown by its name.

pub(super) mod excerpt;

use std::fmt::Write as _;

use crate::finding::Finding;

/// Stands for what was cut.
const CUT: char = '…';

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
fn push_seen(seen: &mut String, character: char) {
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

/// At least as many columns as any terminal needs for the text.
///
/// It may be too many (a line is then cut early), never too few.
fn columns(seen: &str) -> usize {
    let of_character = |character| match character {
        '\u{2010}'..='\u{2027}' | '\u{2400}'..='\u{2426}' => 1,
        '\u{1100}'.. => 2,
        _ => 1,
    };
    seen.chars().map(of_character).sum()
}

/// The text on one line, in full.
pub(crate) fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    text.chars().for_each(|character| push_seen(&mut seen, character));
    seen
}

/// The text on one line, where it is prose: line breaks and indentation are blanks.
pub(super) fn prose(text: &str) -> String {
    seen(&text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text from a byte on, on one line of at most `width` columns.
pub(super) fn cut(text: &str, from: usize, width: usize) -> String {
    let mut seen = String::new();
    if from > 0 {
        seen.push(CUT);
    }
    let mut used = columns(&seen);
    let mut fits_before_mark = seen.len();
    for character in text[from..].chars() {
        let end = seen.len();
        push_seen(&mut seen, character);
        used += columns(&seen[end..]);
        if used > width {
            seen.truncate(fits_before_mark);
            seen.push(CUT);
            return seen;
        }
        if used < width {
            fits_before_mark = seen.len();
        }
    }
    seen
}

/// Two texts to be compared, each on one line of at most `width` columns.
///
/// Long ones begin at the same place shortly before their first difference: two lines that are equal up to the
/// cut would say nothing.
pub(super) fn cut_both(before: &str, after: &str, width: usize) -> (String, String) {
    let same: usize =
        before.chars().zip(after.chars()).take_while(|(left, right)| left == right).map(|(c, _)| c.len_utf8()).sum();
    let fits = |text: &str, width: usize| {
        let mut used = 0;
        text.chars().all(|character| {
            let mut form = String::new();
            push_seen(&mut form, character);
            used += columns(&form);
            used <= width
        })
    };
    let equal = same == before.len() && same == after.len();
    let whole = fits(before, width) && fits(after, width);
    let from = if equal || whole || fits(&before[..same], width * 2 / 3) {
        0
    } else {
        before[..same].char_indices().rev().nth(width / 3).map_or(0, |(at, _)| at)
    };
    (cut(before, from, width), cut(after, from, width))
}

/// The text on one line of at most `width` columns, without its middle where it is too long.
///
/// For pointers, whose end says more than anything.
pub(crate) fn cut_middle(text: &str, width: usize) -> String {
    let seen = seen(text);
    if columns(&seen) <= width {
        return seen;
    }
    let room = width.saturating_sub(1);
    let fitting = |characters: &mut dyn Iterator<Item = char>, room: usize| {
        let mut used = 0;
        let mut length = 0;
        for character in characters {
            used += columns(character.encode_utf8(&mut [0; 4]));
            if used > room {
                break;
            }
            length += character.len_utf8();
        }
        length
    };
    let head = fitting(&mut seen.chars(), room / 2);
    let tail = seen.len() - fitting(&mut seen.chars().rev(), room - room / 2);
    format!("{}{CUT}{}", &seen[..head], &seen[tail..])
}

/// Prose on lines of at most `width` columns, broken at blanks.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut used = 0;
    for word in prose(text).split(' ') {
        let word_columns = columns(word);
        // A line that begins with `::` would be a command to GitHub, however far it is indented.
        let breaks = used + 1 + word_columns > width && !word.starts_with("::");
        match used {
            0 => {}
            _ if breaks => {
                wrapped.push('\n');
                used = 0;
            }
            _ => {
                wrapped.push(' ');
                used += 1;
            }
        }
        wrapped.push_str(word);
        used += word_columns;
    }
    wrapped
}

/// What follows a pointer that stands for several places.
pub(super) fn more_places(finding: &Finding) -> String {
    match finding.places {
        0 | 1 => String::new(),
        2 => " (and 1 more place)".to_owned(),
        places => format!(" (and {} more places)", places - 1),
    }
}

/// The mapping and the case of a finding; none where no mapping is concerned.
pub(super) fn concerned(finding: &Finding) -> Option<String> {
    match (finding.mapping.as_str(), finding.case.as_str()) {
        ("", _) => None,
        (mapping, "") => Some(seen(mapping)),
        (mapping, case) => Some(format!("{}, case {}", seen(mapping), seen(case))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_cut_leaves_the_width_and_a_mark() {
        assert_eq!(cut("abcdef", 0, 6), "abcdef");
        assert_eq!(cut("abcdefg", 0, 6), "abcde…");
        assert_eq!(cut("abcdefghijk", 3, 6), "…defg…");
        assert_eq!(cut("田中田中", 0, 6), "田中…");
        assert_eq!(cut("abcd\u{202E}", 0, 6), "abcd…");
        assert_eq!(cut("", 0, 6), "");
    }

    #[test]
    fn long_values_are_cut_around_their_first_difference() {
        let long = "x".repeat(5000);
        let (before, after) = cut_both(&format!("{long}é1{long}"), &format!("{long}é2{long}"), 30);
        assert_eq!((before.chars().count(), after.chars().count()), (30, 30));
        assert!(before.starts_with("…xxx") && before.contains("xé1x") && before.ends_with("x…"), "{before}");
        assert!(after.contains("xé2x"), "{after}");
        // A difference that is in sight needs no cut at the beginning, nor do equal values.
        assert!(cut_both(&format!("1{long}"), &format!("2{long}"), 30).0.starts_with("1xx"));
        assert!(cut_both(&long, &long, 30).0.starts_with('x'));
        assert_eq!(cut_both("\"2023\"", "[2023]", 30), ("\"2023\"".to_owned(), "[2023]".to_owned()));
        // Characters of every length stand at every byte where something is cut.
        for length in 1..60 {
            let begin = "aé田🦀".repeat(length);
            let (before, after) = cut_both(&format!("{begin}1"), &format!("{begin}2"), 20);
            assert!(before.ends_with('1') && after.ends_with('2'), "{before} {after}");
            assert!(columns(&before) <= 20 && columns(&after) <= 20, "{before} {after}");
        }
        // One value is the beginning of the other.
        let (before, after) = cut_both(&long, &format!("{long}!"), 30);
        assert!(before.ends_with('x') && after.ends_with("x!"), "{before} {after}");
    }

    #[test]
    fn a_pointer_keeps_its_end() {
        assert_eq!(cut_middle("/a/b", 20), "/a/b");
        assert_eq!(cut_middle(&format!("/begin{}/end", "/0".repeat(9000)), 20), "/begin/0/…/0/0/0/end");
        assert_eq!(cut_middle("/田中田中田中", 9), "/田…田中");
    }

    #[test]
    fn prose_is_broken_at_blanks_but_never_before_colons() {
        assert_eq!(wrap("one two three four", 9), "one two\nthree\nfour");
        assert_eq!(wrap("one\n   two", 9), "one two");
        assert_eq!(wrap("one two ::error::x", 9), "one two ::error::x");
        assert_eq!(wrap("abcdefghijklmnop q", 9), "abcdefghijklmnop\nq");
        assert_eq!(wrap("", 9), "");
    }
}
