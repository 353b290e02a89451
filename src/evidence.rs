//! What the payloads of a run showed of a leg: whether a row, whether a date.

use std::collections::BTreeMap;

use crate::document::Kind;
use crate::fixture::CaseKind;
use crate::mapping::Mapping;
use crate::model::class::{Body, Class, Type};
use crate::observation::Observation;

/// What all the payloads of one kind showed: a mapping's own, or those of one further input that were checked by
/// themselves.
#[derive(Clone)]
pub struct Evidence {
    /// The mapping.
    pub mapping: &'static Mapping,
    /// The further input; none for the mapping's own payloads.
    pub input: Option<&'static str>,
    /// The first of the payloads, as reports show it.
    pub path: String,
    /// How many payloads there were.
    pub payloads: usize,
    /// Whether the class has lists or maps, and how many items were in them.
    pub rows: Option<usize>,
    /// Whether the class has dates, and how many of them were not null.
    pub dates: Option<usize>,
}

impl Evidence {
    /// What one case shows; nothing where it cannot be read, or must be refused.
    pub fn of(observation: &Observation<'_>) -> Option<Self> {
        let case = observation.case;
        let payload = observation.own();
        let (Ok(document), Some(promised)) = (&payload.parsed.document, &payload.promised) else { return None };
        if case.kind == CaseKind::Invalid {
            return None;
        }
        let class = promised.wire.dto.class;
        let (has_rows, has_dates) = has(class);
        let dates = &promised.promise.dates;
        let is_date = |node: usize| dates.binary_search(&node).is_ok();
        let root_is_map = matches!(&class.body, Body::Type(ty) if matches!(**ty, Type::Map(_)));
        let rows = || {
            let in_lists = (0..document.len()).filter(|&node| document.kind(node) == Kind::Array && !is_date(node));
            let of_root = if root_is_map { document.members(0).count() } else { 0 };
            in_lists.map(|node| document.items(node).count()).sum::<usize>() + of_root
        };
        Some(Evidence {
            mapping: case.mapping,
            input: case.input,
            path: case.payload.path.clone(),
            payloads: 1,
            rows: has_rows.then(rows),
            dates: has_dates.then(|| dates.iter().filter(|&&date| document.kind(date) != Kind::Null).count()),
        })
    }

    /// One for each leg, in the order of the first payloads.
    pub fn of_run(shown: impl IntoIterator<Item = Evidence>) -> Vec<Self> {
        let mut legs: Vec<Evidence> = Vec::new();
        let mut places: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
        for one in shown {
            let leg = *places.entry((one.mapping.id, one.input)).or_insert(legs.len());
            match legs.get_mut(leg) {
                None => legs.push(one),
                Some(leg) => {
                    leg.payloads += one.payloads;
                    leg.rows = leg.rows.zip(one.rows).map(|(rows, more)| rows + more);
                    leg.dates = leg.dates.zip(one.dates).map(|(dates, more)| dates + more);
                }
            }
        }
        legs
    }
}

/// Whether a class, or one that it holds, has lists or maps, and dates.
fn has(class: &'static Class) -> (bool, bool) {
    fn of_type(ty: &Type) -> (bool, bool) {
        match ty {
            Type::Leaf { ty, .. } => (false, ty.date.is_some()),
            Type::List(item) | Type::Map(item) => (true, of_type(item).1),
            Type::Class(_) | Type::Other(_) => (false, false),
        }
    }
    let (mut rows, mut dates) = (false, false);
    for class in std::iter::once(class).chain(class.nested()) {
        let types: Vec<&Type> = match &class.body {
            Body::Keys(keys) => keys.iter().map(|key| &key.ty).collect(),
            Body::Type(ty) => vec![ty],
        };
        for (has_rows, has_dates) in types.into_iter().map(of_type) {
            rows |= has_rows;
            dates |= has_dates;
        }
    }
    (rows, dates)
}
