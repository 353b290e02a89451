//! What MapStruct does with the keys of a class, before and after.

use std::collections::BTreeMap;

use super::changes::width;
use super::comparison::Comparison;
use super::fills::unowned;
use crate::source::fill::Fills;
use crate::source::fill::conversion::Conversion;
use crate::source::java::index::{JavaType, Sources};
use crate::source::spring::WireClass;

/// What a method does that fills the class of a pair: as it was, where it was there, and as it is.
pub type Converted<'a> = (Option<&'a Conversion>, &'a Conversion);

impl<'a> Comparison<'a> {
    /// The methods of MapStruct that fill a class of the later revision, in order; `old` is what it was in the earlier one.
    ///
    /// A method is the same by its file and signature, else by its signature, else by its name in its file, else by its
    /// signature in a mapper of another name.
    pub fn conversions(&self, old: Option<&WireClass>, new: &WireClass) -> Vec<Converted<'a>> {
        let of = |fills: &'a Fills, class: &WireClass| -> Vec<&'a Conversion> {
            fills.conversions.iter().filter(|it| it.target == class.facts.id).collect()
        };
        let mut before = old.map_or(Vec::new(), |old| of(&self.before.fills, old));
        let after = of(&self.after.fills, new);
        let mut found: Vec<Option<&Conversion>> = vec![None; after.len()];
        let in_file = |it: &Conversion| format!("{} {}", it.place.path, it.method);
        let signature = |it: &Conversion| it.method.clone();
        let name = |it: &Conversion| {
            let name = it.method.split_once('(').map_or(it.method.as_str(), |(name, _)| name);
            format!("{} {name}", it.place.path)
        };
        let unowned = |it: &Conversion| unowned(&it.method).to_owned();
        for identity in [&in_file as &dyn Fn(&Conversion) -> String, &signature, &name, &unowned] {
            let mut olds: BTreeMap<String, Vec<&Conversion>> = BTreeMap::new();
            for it in &before {
                olds.entry(identity(it)).or_default().push(it);
            }
            for (it, known) in after.iter().zip(&mut found).filter(|(_, known)| known.is_none()) {
                if let Some([one]) = olds.get(&identity(it)).map(Vec::as_slice) {
                    *known = Some(one);
                }
            }
            before.retain(|it| !found.iter().flatten().any(|known| std::ptr::eq(*known, *it)));
        }
        found.into_iter().zip(after).collect()
    }
}

/// What is lost where a value of one type goes to a key of another: its time, its fraction, its large values.
pub fn loses(sources: &Sources, from: &JavaType, to: &JavaType) -> Option<&'static str> {
    if from.dimensions + to.dimensions > 0 {
        return None;
    }
    let name = |ty: &JavaType| ty.as_external().map(|_| sources.shown(ty).to_string());
    let (from, to) = (name(from)?, name(to)?);
    const TIMES: &[&str] = &["LocalDateTime", "OffsetDateTime", "ZonedDateTime", "Instant", "Date", "Timestamp"];
    const FRACTIONS: &[&str] = &["double", "Double", "float", "Float", "BigDecimal"];
    match to.as_str() {
        "LocalDate" if TIMES.contains(&&*from) => Some("its time"),
        "LocalTime" if TIMES.contains(&&*from) => Some("its date"),
        to if FRACTIONS.contains(&&*from) && width(to).is_some() => Some("its fraction"),
        to if width(&from)? > width(to)? => Some("its large values"),
        _ => None,
    }
}
