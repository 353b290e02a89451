//! The part of a line around a caret.
//!
//! A payload may be one line of megabytes, so nothing here looks further than one width from the caret.

use std::ops::Range;

use super::super::escape::push_seen;
use super::{CUT, columns};
use crate::finding::Excerpt;

/// Part of a line, and what to point at in it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::report) struct Window {
    /// The text to show.
    pub(in crate::report) text: String,
    /// The bytes of `text` to point at; empty for one place between or after characters.
    pub(in crate::report) span: Range<usize>,
}

/// A character of the payload in its shown form.
struct Cell {
    /// Where the character begins in the payload.
    source: usize,
    /// Where its shown form ends in the text of all cells.
    end: usize,
    columns: usize,
}

/// The line on which a span begins, cut to `width` columns around the beginning of the span.
pub(in crate::report) fn window(excerpt: &Excerpt, width: usize) -> Window {
    let text: &str = &excerpt.text;
    let target = floor(text, excerpt.span.start);
    let region = region(text, target, width);
    let more_left = region.start > 0 && !text[..region.start].ends_with('\n');
    let more_right = !matches!(text.as_bytes()[region.end..], [] | [b'\n', ..] | [b'\r', b'\n', ..]);

    let mut seen = String::new();
    let mut cells = Vec::new();
    for (offset, character) in text[region.clone()].char_indices() {
        let begin = seen.len();
        push_seen(&mut seen, character);
        cells.push(Cell { source: region.start + offset, end: seen.len(), columns: columns(&seen[begin..]) });
    }
    let caret = cells.partition_point(|cell| cell.source < target);

    let fits = !more_left && !more_right && sum(&cells) <= width;
    let shown = if fits { 0..cells.len() } else { around(&cells, caret, width.saturating_sub(2)) };
    let begin_of = |index: usize| if index == 0 { 0 } else { cells[index - 1].end };
    let cut_left = more_left || shown.start > 0;
    let cut_right = more_right || shown.end < cells.len();

    let mut window = String::new();
    if cut_left {
        window.push(CUT);
    }
    let shift = |index: usize| begin_of(index) - begin_of(shown.start) + if cut_left { CUT.len_utf8() } else { 0 };
    let behind = cells.partition_point(|cell| cell.source < excerpt.span.end).clamp(caret, shown.end.max(caret));
    let span = shift(caret)..shift(behind);
    window.push_str(&seen[begin_of(shown.start)..begin_of(shown.end)]);
    if cut_right {
        window.push(CUT);
    }
    Window { text: window, span }
}

/// The bytes of the line that can matter: at most a width on each side, a character being a column at least.
fn region(text: &str, target: usize, width: usize) -> Range<usize> {
    let in_line = |&(_, character): &(usize, char)| character != '\n';
    let start = text[..target].char_indices().rev().take_while(in_line).take(width).last().map_or(target, |(at, _)| at);
    let end = text[target..]
        .char_indices()
        .take_while(in_line)
        .take(width + 1)
        .last()
        .map_or(target, |(at, character)| target + at + character.len_utf8());
    // The carriage return of a line end is no part of the line, unless it is what the finding is about.
    let of_line_end = text[end..].starts_with('\n') && text[target..end].ends_with('\r') && end - 1 > target;
    start..if of_line_end { end - 1 } else { end }
}

/// The cells to show in `room` columns: a third of them before the caret, more where less follows it.
fn around(cells: &[Cell], caret: usize, room: usize) -> Range<usize> {
    let following = sum(&cells[caret..]).min(room * 2 / 3);
    let fitting = |cells: &mut dyn Iterator<Item = &Cell>, room: usize| {
        let mut used = 0;
        cells
            .take_while(|cell| {
                used += cell.columns;
                used <= room
            })
            .count()
    };
    let first = caret - fitting(&mut cells[..caret].iter().rev(), room - following);
    let last = caret + fitting(&mut cells[caret..].iter(), room - sum(&cells[first..caret]));
    first..last
}

fn sum(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.columns).sum()
}

/// The character boundary at or before a byte: a location may be made by hand.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window, with `«»` around what is pointed at.
    fn marked(text: &str, span: Range<usize>, width: usize) -> String {
        let Window { text, span } = window(&Excerpt { text: text.into(), span }, width);
        format!("{}«{}»{}", &text[..span.start], &text[span.clone()], &text[span.end..])
    }

    fn at(text: &str, needle: &str) -> Range<usize> {
        let start = text.find(needle).unwrap();
        start..start + needle.len()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let text = "{\n  \"é\" : 1,\n  \"b\" : 2\n}";
        assert_eq!(marked(text, at(text, "1"), 40), "  \"é\" : «1»,");
        assert_eq!(marked(text, at(text, "2"), 40), "  \"b\" : «2»");
        assert_eq!(marked(text, 0..text.len(), 40), "«{»");
        assert_eq!(marked("", 0..0, 40), "«»");
        assert_eq!(marked("ab", 900..901, 40), "ab«»");
        assert_eq!(marked("é", 1..2, 40), "«é»");
    }

    #[test]
    fn a_line_end_is_shown_only_if_it_is_meant() {
        let text = "{\r\n \"a\" : 1\r\n}";
        assert_eq!(marked(text, at(text, "1"), 40), " \"a\" : «1»");
        assert_eq!(marked(text, at(text, "1\r\n}"), 40), " \"a\" : «1»");
        assert_eq!(marked(text, at(text, "\r\n}"), 40), " \"a\" : 1«␍»");
        assert_eq!(marked(text, at(text, "\n}"), 40), " \"a\" : 1␍«»");
        assert_eq!(marked("1\r2", 2..3, 40), "1␍«2»");
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let text = format!("{}HERE{}", "a".repeat(9000), "b".repeat(9000));
        let begin = format!("HERE{}", "b".repeat(9000));
        let end = format!("{}HERE", "a".repeat(9000));
        assert_eq!(marked(&text, 9000..9004, 32), "…aaaaaaaaaa«HERE»bbbbbbbbbbbbbbbb…");
        assert_eq!(marked(&begin, 0..4, 32), format!("«HERE»{}…", "b".repeat(26)));
        assert_eq!(marked(&end, 9000..9004, 32), format!("…{}«HERE»", "a".repeat(26)));
        assert_eq!(marked(&end, 9004..9004, 32), format!("…{}HERE«»", "a".repeat(26)));
        // A span that is longer than the window ends with it.
        assert_eq!(marked(&text, 9000..18000, 32), "…aaaaaaaaaa«HEREbbbbbbbbbbbbbbbb»…");
    }

    #[test]
    fn no_window_is_wider_than_asked() {
        let alphabet = ["a", "é", "田", "🦀", "\t", "\u{202E}", "##[", "\u{301}", "\r", " "];
        let text: String =
            (0..600).map(|index: usize| alphabet[index * index % 10 + index % 2 * (9 - index * index % 10)]).collect();
        for width in [40, 41, 57, 80] {
            for (start, _) in text.char_indices() {
                let window = window(&Excerpt { text: text.as_str().into(), span: start..start + 1 }, width);
                assert!(columns(&window.text) <= width, "{start}: {}", window.text);
                assert!(window.text.get(window.span).is_some());
                assert!(!window.text.chars().any(crate::report::escape::is_unseen), "{start}: {}", window.text);
                assert!(!window.text.contains("##["));
            }
        }
    }

    #[test]
    fn exact_fits_are_not_cut() {
        assert_eq!(marked(&"a".repeat(40), 39..40, 40), format!("{}«a»", "a".repeat(39)));
        assert_eq!(marked(&"a".repeat(40), 0..1, 40), format!("«a»{}", "a".repeat(39)));
        assert!(marked(&"a".repeat(41), 0..1, 40).ends_with("a…"));
        assert!(marked(&"a".repeat(41), 40..41, 40).starts_with("…a"));
        assert_eq!(marked(&format!("{}\r\n", "a".repeat(40)), 0..1, 40), format!("«a»{}", "a".repeat(39)));
    }
}
