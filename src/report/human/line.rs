//! A finding without a block: a note, or one that is accepted.

use super::{LEAST_WIDTH, Options};
use crate::finding::Finding;
use crate::report::escape::{prose, seen};
use crate::report::text::{cut, more_places, wrap};

/// On one line, cut to the width; the place is never cut. What is cut of a reason stands in the file of acceptances.
pub(super) fn cut_to_width(label: &str, word: &str, finding: &Finding, text: &str, options: &Options) -> String {
    let (place, used) = place(word, finding);
    let room = options.width.saturating_sub(used).max(LEAST_WIDTH);
    format!("{label} {place}{}\n", cut(&prose(text), 0, room))
}

/// On as many lines as it takes: what a note explains stands nowhere else.
pub(super) fn wrapped(label: &str, word: &str, finding: &Finding, text: &str, options: &Options) -> String {
    const INDENT: usize = 4;
    let (place, used) = place(word, finding);
    // What stands before the text takes its room in the first line.
    let before = "-".repeat(used - 1);
    let width = options.width.max(LEAST_WIDTH) - INDENT;
    let lines = wrap(&format!("{before} {text}"), width);
    let behind = lines[before.len()..].replace('\n', &format!("\n{}", " ".repeat(INDENT)));
    format!("{label} {}{behind}\n", place.trim_end())
}

/// The place as a line begins with it, and how many columns it takes with the label.
fn place(word: &str, finding: &Finding) -> (String, usize) {
    let location = &finding.location;
    let pointer = if location.pointer.is_empty() { String::new() } else { format!(" {}", seen(&location.pointer)) };
    let (line, column) = location.line_and_column();
    let place = format!("{}:{line}:{column}{pointer}{}: ", seen(&location.path), more_places(finding));
    let used = word.len() + finding.rule.len() + "[] ".len() + place.chars().count();
    (place, used)
}
