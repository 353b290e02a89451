//! Two values side by side, with the difference marked to the character.

use std::ops::Range;

use crate::report::escape::seen;
use crate::report::text::{cut_both, cut_middle};

/// Characters of each side up to which the common parts within the difference are looked for.
const MOST: usize = 400;

/// Fewer equal characters than this between two differences are part of one.
const LEAST_SAME: usize = 3;

/// A part of a value: either what both sides have, or what only this one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) differs: bool,
}

/// The two values, each as parts, at most `width` columns of each around the first difference.
pub(super) fn marked(before: &str, after: &str, width: usize) -> (Vec<Part>, Vec<Part>) {
    let (before, after) = cut_both(before, after, width);
    let (left, right): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let prefix = left.iter().zip(&right).take_while(|(one, other)| one == other).count();
    let behind = left[prefix..].iter().rev().zip(right[prefix..].iter().rev());
    let suffix = behind.take_while(|(one, other)| one == other).count();
    let (mid_left, mid_right) = (&left[prefix..left.len() - suffix], &right[prefix..right.len() - suffix]);
    let same = if mid_left.len().max(mid_right.len()) <= MOST { common(mid_left, mid_right) } else { Vec::new() };

    let parts = |all: &[char], middle: &[char], is_same: &dyn Fn(usize) -> bool| {
        let mut parts = Vec::new();
        push(&mut parts, &all[..prefix], false);
        for (at, &character) in middle.iter().enumerate() {
            push(&mut parts, &[character], !is_same(at));
        }
        push(&mut parts, &all[all.len() - suffix..], false);
        parts
    };
    let in_left = |at: usize| same.iter().any(|&(left, _)| left == at);
    let in_right = |at: usize| same.iter().any(|&(_, right)| right == at);
    (parts(&left, mid_left, &in_left), parts(&right, mid_right, &in_right))
}

/// A value with the bytes of it that matter marked, at most about `width` characters around them.
pub(super) fn around(text: &str, at: Option<&Range<usize>>, width: usize) -> Vec<Part> {
    let plain = |text: String| Part { text, differs: false };
    let spot = at
        .filter(|at| !at.is_empty())
        .and_then(|at| Some((text.get(..at.start)?, text.get(at.clone())?, text.get(at.end..)?)));
    let Some((head, mark, tail)) = spot else { return vec![plain(cut_middle(text, width))] };
    let begin = head.char_indices().rev().take(width / 3).last().map_or(head.len(), |(at, _)| at);
    let end = tail.char_indices().nth(width / 3).map_or(tail.len(), |(at, _)| at);
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let parts = [
        plain(format!("{}{}", cut(begin > 0), seen(&head[begin..]))),
        Part { text: cut_middle(mark, width / 3), differs: true },
        plain(format!("{}{}", seen(&tail[..end]), cut(end < tail.len()))),
    ];
    parts.into_iter().filter(|part| !part.text.is_empty()).collect()
}

/// Appends characters; where they differ, white space can be seen.
fn push(parts: &mut Vec<Part>, characters: &[char], differs: bool) {
    if characters.is_empty() {
        return;
    }
    if parts.last().is_none_or(|last| last.differs != differs) {
        parts.push(Part { text: String::new(), differs });
    }
    if let Some(last) = parts.last_mut() {
        last.text.extend(characters.iter().map(|&character| if differs && character == ' ' { '␣' } else { character }));
    }
}

/// The longest common subsequence, without runs that are too short to say anything.
fn common(left: &[char], right: &[char]) -> Vec<(usize, usize)> {
    let columns = right.len() + 1;
    let mut lengths = vec![0u16; (left.len() + 1) * columns];
    for one in (0..left.len()).rev() {
        for other in (0..right.len()).rev() {
            lengths[one * columns + other] = if left[one] == right[other] {
                lengths[(one + 1) * columns + other + 1] + 1
            } else {
                lengths[(one + 1) * columns + other].max(lengths[one * columns + other + 1])
            };
        }
    }
    let (mut one, mut other, mut pairs) = (0, 0, Vec::new());
    while one < left.len() && other < right.len() {
        if left[one] == right[other] {
            pairs.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if lengths[(one + 1) * columns + other] >= lengths[one * columns + other + 1] {
            one += 1;
        } else {
            other += 1;
        }
    }
    let mut kept = Vec::new();
    for run in pairs.chunk_by(|a, b| a.0 + 1 == b.0 && a.1 + 1 == b.1) {
        if run.len() >= LEAST_SAME {
            kept.extend_from_slice(run);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn shown(parts: &[Part]) -> String {
        parts.iter().map(|part| if part.differs { format!("<{}>", part.text) } else { part.text.clone() }).collect()
    }

    fn both(before: &str, after: &str) -> (String, String) {
        let (before, after) = marked(before, after, 200);
        (shown(&before), shown(&after))
    }

    #[test]
    fn the_difference_is_marked_to_the_character() {
        assert_eq!(both("\"2023-12-08\"", "\"2023-12-09\""), ("\"2023-12-0<8>\"".into(), "\"2023-12-0<9>\"".into()));
        assert_eq!(both("{\"a\":1}", "{\"a\": 1}"), ("{\"a\":1}".into(), "{\"a\":<␣>1}".into()));
        assert_eq!(both("a b", "a  b"), ("a b".into(), "a <␣>b".into()));
        assert_eq!(both("x", "x"), ("x".into(), "x".into()));
        let (before, after) = both("{\"first\":1,\"same\":2,\"x\":3}", "{\"frist\":1,\"same\":2,\"y\":3}");
        assert_eq!(before, "{\"f<ir>st\":1,\"same\":2,\"<x>\":3}");
        assert_eq!(after, "{\"f<ri>st\":1,\"same\":2,\"<y>\":3}");
    }

    #[test]
    fn what_matters_of_a_value_is_marked_with_what_stands_around_it() {
        assert_eq!(shown(&around("{\"a\":1}", Some(&(5..6)), 90)), "{\"a\":<1>}");
        let long = format!("{}é1{}", "x".repeat(500), "y".repeat(500));
        assert_eq!(shown(&around(&long, Some(&(500..503)), 9)), "…xxx<é1>yyy…");
        // Without a place, and with a wrong one, the middle goes.
        assert_eq!(shown(&around(&long, None, 9)), "xxxx…yyyy");
        assert_eq!(shown(&around(&long, Some(&(501..502)), 9)), "xxxx…yyyy");
    }

    #[test]
    fn a_line_end_is_seen() {
        assert_eq!(both("{\n}", "{}"), ("{<␊>}".into(), "{}".into()));
    }
}
