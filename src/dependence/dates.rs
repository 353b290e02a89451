//! What of a date does not arrive: two dates that the producer tells apart, and the answer does not.

use super::base::Tree;
use super::probing::{Base, Effect, Probe};
use super::{DateLoss, Source};
use crate::document::parse_text;
use crate::java::config::{Include, MapperConfig};
use crate::java::leaf::Refusal;

/// What is lost of the date at a pointer of a part, in any of the bases that have it.
///
/// How a date is read and written does not hang on the rest of the payload: that is asked in the first of them.
pub(super) fn loss(probe: &Probe<'_>, bases: &[Base], at: usize, pointer: &str, source: &Source) -> Option<DateLoss> {
    let with_date: Vec<&Base> = bases.iter().filter(|base| base.trees[at].clone().at(pointer).is_some()).collect();
    let first = with_date.first()?;
    let answer = probe.answer(first)?;
    for value in probe.values(at, pointer) {
        if let Effect::Refused(Refusal::Jackson(message), Some(place)) =
            probe.effect(first, &answer, at, pointer, Tree::Raw(value.to_owned()))
            && place == pointer
        {
            return Some(DateLoss::Refused { value: value.clone(), message });
        }
    }
    if source.feeds.is_empty() {
        return None;
    }
    // Only what the producer itself writes so counts.
    let pair = |(what, vary): &(&'static str, Vary)| {
        let pairs = probe.values(at, pointer).iter().filter_map(|one| Some((*what, one, vary(one)?)));
        pairs.into_iter().find(|(_, _, other)| is_written(probe, first, at, pointer, other))
    };
    let pairs: Vec<_> = VARIATIONS.iter().filter_map(pair).collect();
    with_date.into_iter().find_map(|base| {
        let is_same = |one: &str, other: &str| arrives_the_same(probe, base, (at, pointer), source, (one, other));
        let (what, one, other) = pairs.iter().find(|(_, one, other)| is_same(one, other))?;
        Some(DateLoss::Same { what, one: (*one).clone(), other: other.clone() })
    })
}

/// Whether two values of a date give one answer in a base.
fn arrives_the_same(
    probe: &Probe<'_>,
    base: &Base,
    (at, pointer): (usize, &str),
    source: &Source,
    (one, other): (&str, &str),
) -> bool {
    let Some(base) = probe.regraft(base, at, pointer, one) else { return false };
    let Some(answer) = probe.answer(&base) else { return false };
    let effect = |raw: &str| probe.effect(&base, &answer, at, pointer, Tree::Raw(raw.to_owned()));
    let Effect::Changed(changed) = effect(other) else { return false };
    // A base in which no date makes a difference hides this one: a branch, not a loss.
    let changes =
        |value: &String| matches!(effect(value), Effect::Changed(changed) if !source.feeds.is_disjoint(&changed));
    source.feeds.is_disjoint(&changed) && probe.values(at, pointer).iter().any(changes)
}

/// Whether the producer writes a value so: read and written again it is the same text.
fn is_written(probe: &Probe<'_>, base: &Base, at: usize, pointer: &str, value: &str) -> bool {
    let wire = &probe.parts[at].wire;
    let config = MapperConfig { include: Include::Always, ..*wire.config };
    let mut tree = base.trees[at].clone();
    let Some(place) = tree.at(pointer) else { return false };
    *place = Tree::Raw(value.to_owned());
    let text = tree.text(&config);
    let Ok(document) = parse_text(&text) else { return false };
    let Ok(Ok(again)) = wire.dto.round_trip(&config, &config, &document) else { return false };
    parse_text(&again).is_ok_and(|again| again.find(pointer).is_some_and(|node| again.raw(node) == value))
}

/// A value made another in one respect only.
type Vary = fn(&str) -> Option<String>;

const VARIATIONS: [(&str, Vary); 4] =
    [("time of day", hour), ("seconds", second), ("precision", fraction), ("offset", offset)];

/// Before the time, the time, and what is after it: of a text.
fn split(raw: &str) -> Option<(&str, &str, &str)> {
    let (day, rest) = raw.split_once('T')?;
    let end = rest.find(['Z', '+', '-', '"', '[']).unwrap_or(rest.len());
    Some((day, &rest[..end], &rest[end..]))
}

/// The numbers of an array that has a time.
fn numbers(raw: &str) -> Option<Vec<u32>> {
    let inner = raw.strip_prefix('[')?.strip_suffix(']')?;
    let numbers: Option<Vec<u32>> = inner.split(',').map(|number| number.trim().parse().ok()).collect();
    numbers.filter(|numbers| numbers.len() >= 5)
}

fn join(raw: &str, numbers: &[u32]) -> String {
    let texts: Vec<String> = numbers.iter().map(u32::to_string).collect();
    if raw.contains(", ") { format!("[ {} ]", texts.join(", ")) } else { format!("[{}]", texts.join(",")) }
}

fn hour(raw: &str) -> Option<String> {
    if let Some(mut numbers) = numbers(raw) {
        numbers[3] = (numbers[3] + 1) % 24;
        return Some(join(raw, &numbers));
    }
    let (day, time, rest) = split(raw)?;
    let hour: u32 = time.get(..2)?.parse().ok()?;
    Some(format!("{day}T{:02}{}{rest}", (hour + 1) % 24, &time[2..]))
}

fn second(raw: &str) -> Option<String> {
    if let Some(mut numbers) = numbers(raw).filter(|numbers| numbers.len() >= 6) {
        numbers[5] = (numbers[5] + 1) % 60;
        return Some(join(raw, &numbers));
    }
    let (day, time, rest) = split(raw)?;
    let second: u32 = time.get(6..8)?.parse().ok()?;
    Some(format!("{day}T{}{:02}{}{rest}", &time[..6], (second + 1) % 60, &time[8..]))
}

/// The last digit of the fraction, the finest that there is.
fn fraction(raw: &str) -> Option<String> {
    if let Some(mut numbers) = numbers(raw).filter(|numbers| numbers.len() == 7) {
        numbers[6] = if numbers[6] == 999_999_999 { numbers[6] - 1 } else { numbers[6] + 1 };
        return Some(join(raw, &numbers));
    }
    let (day, time, rest) = split(raw)?;
    let (seconds, digits) = time.split_once('.')?;
    let (digits, last) = digits.split_at_checked(digits.len().checked_sub(1)?)?;
    let last: u32 = last.parse().ok()?;
    Some(format!("{day}T{seconds}.{digits}{}{rest}", last % 9 + 1))
}

fn offset(raw: &str) -> Option<String> {
    let (day, time, rest) = split(raw)?;
    let end = rest.rfind('"')?;
    let other = match &rest[..end] {
        "" => return None,
        "+01:00" => "+02:00",
        _ => "+01:00",
    };
    Some(format!("{day}T{time}{other}{}", &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_respect_at_a_time() {
        let text = r#""2024-01-15T23:30:00.123""#;
        assert_eq!(hour(text).as_deref(), Some(r#""2024-01-15T00:30:00.123""#));
        assert_eq!(fraction(text).as_deref(), Some(r#""2024-01-15T23:30:00.124""#));
        assert_eq!(offset(text), None);
        assert_eq!(second(r#""2024-01-15T23:30:59.123Z""#).as_deref(), Some(r#""2024-01-15T23:30:00.123Z""#));
        assert_eq!(second("[2024,1,15,10,30,7]").as_deref(), Some("[2024,1,15,10,30,8]"));
        assert_eq!((second("[2024,1,15,10,30]"), second(r#""2024-01-15T23:30""#)), (None, None));
        assert_eq!(offset(r#""2024-01-15T23:30:00Z""#).as_deref(), Some(r#""2024-01-15T23:30:00+01:00""#));
        assert_eq!(hour("[2024,1,15,10,30]").as_deref(), Some("[2024,1,15,11,30]"));
        assert_eq!(fraction("[ 2024, 1, 15, 10, 30, 0, 5 ]").as_deref(), Some("[ 2024, 1, 15, 10, 30, 0, 6 ]"));
        assert_eq!((hour(r#""2024-01-15""#), fraction("[2024,1,15]")), (None, None));
    }
}
