//! Small payloads of a class, as a mapper writes them: what a reader of a finding sees before and after.

use super::changes::{innermost, wire_name};
use crate::java::config::{Dates, MapperConfig};
use crate::model::{DateForm, Key, Type};
use crate::source::java::class::Facts;

/// What stands for an object, or for a value that is not modelled.
const MORE: &str = "{…}";

/// An object of some keys of a class, by their places, in the order of the class. `…` stands for further keys.
pub fn payload(facts: &Facts, config: &MapperConfig, places: &[usize]) -> String {
    let keys = facts.class.keys();
    let shown = |place: usize| {
        let shape = facts.keys.get(place).and_then(|facts| facts.shape.as_deref());
        Some(member(keys.get(place)?, shape, config))
    };
    let mut sorted = places.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut members: Vec<String> = sorted.iter().filter_map(|place| shown(*place)).collect();
    if members.len() < keys.len() {
        members.push("…".to_owned());
    }
    format!("{{{}}}", members.join(","))
}

/// An object of the first key of a class, with a member more that the class does not declare.
pub fn with(facts: &Facts, config: &MapperConfig, more: Option<&str>) -> String {
    let object = payload(facts, config, &[0]);
    let inner = object.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    let members: Vec<&str> = [inner].into_iter().filter(|it| !it.is_empty()).chain(more).collect();
    format!("{{{}}}", members.join(","))
}

/// A key with a value: `"size":1`.
pub fn member(key: &Key, shape: Option<&str>, config: &MapperConfig) -> String {
    let name = wire_name(key, config.naming);
    format!("{name:?}:{}", value(&key.ty, key, shape, config))
}

fn value(ty: &Type, key: &Key, shape: Option<&str>, config: &MapperConfig) -> String {
    match ty {
        Type::List(item) => format!("[{}]", value(item, key, shape, config)),
        Type::Map(item) => format!("{{\"…\":{}}}", value(item, key, shape, config)),
        Type::Class(_) | Type::Other(_) => MORE.to_owned(),
        Type::Leaf { ty: leaf, pattern, domain } => {
            let word = domain.as_deref().or(key.domain()).and_then(|domain| domain.words.get(0));
            match (leaf.date, pattern.as_deref(), word) {
                (Some(form), Some(pattern), _) => match shape {
                    Some("NUMBER" | "NUMBER_INT") => "1715333400000".to_owned(),
                    _ => format!("{:?}", patterned(pattern, form)),
                },
                (Some(form), None, _) if shape == Some("STRING") => format!("{:?}", iso(form, leaf.name)),
                (Some(form), None, _) => date(form, leaf.name, config.dates),
                (None, _, Some(word)) => format!("{word:?}"),
                _ => plain(leaf.name).to_owned(),
            }
        }
    }
}

fn plain(name: &str) -> &'static str {
    match name {
        "boolean" | "Boolean" => "true",
        "float" | "Float" | "double" | "Double" | "BigDecimal" => "1.5",
        "Duration" => "\"PT1H30M\"",
        _ if super::changes::integer_width(&name_of(name)).is_some() => "1",
        _ => "\"text\"",
    }
}

fn name_of(name: &str) -> Type {
    crate::source::java::leaves::named(name, "").map_or(Type::Other("".into()), Type::leaf)
}

fn iso(form: DateForm, name: &str) -> &'static str {
    match (form, name) {
        (DateForm::Date, _) => "2024-05-10",
        (DateForm::Time, _) => "09:30:00",
        (DateForm::DateTime, _) => "2024-05-10T09:30:00",
        (DateForm::Moment, "Date" | "Calendar" | "Timestamp") => "2024-05-10T09:30:00.000+00:00",
        (DateForm::Moment, _) => "2024-05-10T09:30:00Z",
    }
}

/// A date without a pattern.
fn date(form: DateForm, name: &str, dates: Dates) -> String {
    let is_old = form == DateForm::Moment && matches!(name, "Date" | "Calendar" | "Timestamp");
    match (dates, form) {
        (Dates::Text, _) => format!("{:?}", iso(form, name)),
        // Jackson knows the dates of `java.util` without a module.
        (_, DateForm::Moment) if is_old => "1715333400000".to_owned(),
        (Dates::Unsupported, _) => "(cannot be written)".to_owned(),
        (Dates::Arrays, DateForm::Date) => "[2024,5,10]".to_owned(),
        (Dates::Arrays, DateForm::Time) => "[9,30]".to_owned(),
        (Dates::Arrays, DateForm::DateTime) => "[2024,5,10,9,30]".to_owned(),
        (Dates::Arrays, DateForm::Moment) => "1715333400.000000000".to_owned(),
    }
}

/// The tenth of May 2024, 09:30:00, by a pattern of `DateTimeFormatter`.
fn patterned(pattern: &str, form: DateForm) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        let run = rest.chars().take_while(|it| *it == letter).count();
        let end = run * letter.len_utf8();
        match (letter, run) {
            ('y' | 'u', 2) => text.push_str("24"),
            ('y' | 'u', _) => text.push_str("2024"),
            ('M' | 'L', 1) => text.push('5'),
            ('M' | 'L', 2) => text.push_str("05"),
            ('M' | 'L', _) => text.push_str("May"),
            ('d', _) => text.push_str("10"),
            ('H' | 'h', 1) => text.push('9'),
            ('H' | 'h', _) => text.push_str("09"),
            ('m', _) => text.push_str("30"),
            ('s' | 'S' | 'n', _) => text.push_str(&"0".repeat(run)),
            ('X' | 'x' | 'Z', _) => text.push('Z'),
            ('\'', _) => {
                let quoted = rest.get(1..).unwrap_or_default();
                let length = quoted.find('\'').unwrap_or(quoted.len());
                text.push_str(&quoted[..length]);
                rest = quoted.get(length + 1..).unwrap_or_default();
                continue;
            }
            (other, _) if other.is_alphabetic() => text.push_str(iso(form, "")),
            (other, run) => text.extend(std::iter::repeat_n(other, run)),
        }
        rest = &rest[end..];
    }
    text
}

/// Whether the form of a key is left to the mapper: a date without a pattern and a class that writes it.
pub fn depends_on_mapper(facts: &Facts, place: usize) -> bool {
    let Some(key) = facts.class.keys().get(place) else { return false };
    let own = facts.keys.get(place).is_some_and(|key| key.serializer.is_some() || key.shape.is_some());
    matches!(innermost(&key.ty), Type::Leaf { ty, pattern: None, .. } if ty.date.is_some()) && !own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_form_of_their_pattern_or_mapper() {
        assert_eq!(patterned("dd/MM/yyyy", DateForm::Date), "10/05/2024");
        assert_eq!(patterned("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", DateForm::DateTime), "2024-05-10T09:30:00.000Z");
        assert_eq!(patterned("'é", DateForm::Date), "é");
        assert_eq!(date(DateForm::Date, "LocalDate", Dates::Arrays), "[2024,5,10]");
        assert_eq!(date(DateForm::Moment, "Date", Dates::Unsupported), "1715333400000");
        assert_eq!(date(DateForm::Moment, "Instant", Dates::Unsupported), "(cannot be written)");
    }
}
