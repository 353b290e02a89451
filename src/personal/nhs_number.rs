//! NHS numbers: ten digits of which the last checks the others.

use super::{Pattern, runs};

/// The kind.
pub(super) const PATTERN: Pattern =
    Pattern { name: "NHS number", instead: "ten digits whose last is not the check digit", find };

fn find(text: &str) -> Option<String> {
    let found = runs(text, |character| character.is_ascii_digit() || character == ' ' || character == '-');
    found.flat_map(|run| pieces(run.trim_matches([' ', '-']))).find(|run| is_number(run))
}

/// A run as it stands, and in groups: a number may stand beside others.
fn pieces(run: &str) -> Vec<String> {
    let groups: Vec<&str> = run.split([' ', '-']).collect();
    let mut pieces: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
    pieces.extend(
        groups
            .windows(3)
            .filter(|three| three.iter().map(|group| group.len()).eq([3, 3, 4]))
            .map(|three| three.join(" ")),
    );
    pieces
}

/// A JSON number that is one. Those that are given out begin with 4, 6 or 7; seconds since 1970 and 2 to the power of 31
/// do not.
pub(super) fn in_number(text: &str) -> Option<String> {
    (text.starts_with(['4', '6', '7']) && is_number(text)).then(|| text.to_owned())
}

/// Whether there are ten digits, and the last is that of the others modulo 11.
fn is_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|character| character.to_digit(10)).collect();
    if digits.len() != 10 || digits.iter().all(|&digit| digit == digits[0]) {
        return false;
    }
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == digits[9]
}
