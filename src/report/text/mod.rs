//! Text of payloads, made short enough for a line of a report.

pub(super) mod excerpt;
pub(super) mod identity;

use std::ops::Range;

use super::escape::{prose, push_seen, seen};
use crate::finding::{Finding, Subject};

/// Stands for what was cut.
const CUT: char = '…';

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

/// The text on one line of at most `width` columns, with the bytes that matter in it; without its middle where none do.
pub(super) fn cut_around(text: &str, at: Option<&Range<usize>>, width: usize) -> String {
    let Some(at) = at.filter(|at| columns(&seen(text)) > width && text.is_char_boundary(at.start)) else {
        return cut_middle(text, width);
    };
    // What stands before it tells where it is, most of the line what it is.
    let length = columns(&seen(text.get(at.clone()).unwrap_or_default()));
    let behind = columns(&seen(text.get(at.end..).unwrap_or_default()));
    let room = width.saturating_sub(length + 2);
    // In the middle of the line, or at its end where nothing more follows.
    let before = (room / 2).max(room.saturating_sub(behind)).max(width / 4);
    let from = text[..at.start].char_indices().rev().take(before).last().map_or(at.start, |(at, _)| at);
    cut(text, from, width)
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

/// Prose on lines of at most `width` columns, broken at spaces.
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

/// A number and what is counted.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
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

/// The class and the key of a finding.
pub(super) fn subject_of(subject: &Subject) -> String {
    match subject.key.as_str() {
        "" => seen(&subject.class),
        key => format!("{}, key {}", seen(&subject.class), seen(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn what_matters_is_in_sight() {
        let text = format!("{}é1,2{}", "x".repeat(500), "y".repeat(500));
        let shown = cut_around(&text, Some(&(500..503)), 40);
        assert!(shown.starts_with("…x") && shown.contains("xé1,2y") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() <= 40, "{shown}");
        // At an end, and longer than the line.
        assert!(cut_around(&text, Some(&(0..2)), 40).starts_with("xx"));
        let end = text.len() - 2..text.len();
        assert!(cut_around(&text, Some(&end), 40).ends_with("yyy"));
        assert!(cut_around(&text, Some(&(500..text.len())), 40).contains("xé1,2y"));
        // A text that fits is whole; without a place, and with a wrong one, the middle goes.
        assert_eq!(cut_around("abc", Some(&(1..2)), 40), "abc");
        assert_eq!(cut_around(&text, None, 40), cut_middle(&text, 40));
        assert_eq!(cut_around(&text, Some(&(501..502)), 40), cut_middle(&text, 40));
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
