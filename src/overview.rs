//! The mappings of a run as a report draws them: what feeds what, and which keys no payload fills.

use crate::dependence::{Dependence, Row, SEED, Table};
use crate::document::{Document, Kind, parse};
use crate::mapping::{Catalogue, Mapping};
use crate::model::places::places;
use crate::report::{Leg, Report, Target};

/// A leg for each mapping that the report is about, in the order of the catalogue. `payloads` gives the payloads of a
/// mapping that arrive: what they hold is filled.
pub fn legs(report: &Report, catalogue: &Catalogue, payloads: &dyn Fn(&Mapping) -> Vec<Vec<u8>>) -> Vec<Leg> {
    let is_concerned = |mapping: &&'static Mapping| {
        report.cases.iter().any(|case| case.mapping == mapping.id)
            || report.findings.iter().any(|finding| finding.mapping == mapping.id)
            || report.probed().is_some_and(|probed| probed.mapping == mapping.id)
    };
    catalogue.mappings.iter().filter(is_concerned).map(|mapping| leg(mapping, &payloads(mapping))).collect()
}

fn leg(mapping: &'static Mapping, payloads: &[Vec<u8>]) -> Leg {
    let table = Table::new(&Dependence::observe(mapping, SEED));
    let owned = |(what, reason): (&str, &str)| (what.to_owned(), reason.to_owned());
    let target = |row: Row| {
        let Row { target, sources, forms, declared, particular: _ } = row;
        Target { pointer: target, sources, forms, declared: declared.map(owned) }
    };
    let documents: Vec<Document<'_>> = payloads.iter().filter_map(|bytes| parse(bytes).ok()).collect();
    let naming = mapping.producer.config.naming;
    let is_filled =
        |document: &Document<'_>, nodes: Vec<usize>| nodes.into_iter().any(|node| document.kind(node) != Kind::Null);
    let unfilled = places(mapping.producer.dto.class)
        .into_iter()
        .filter(|place| place.key().is_some())
        .filter(|place| !documents.iter().any(|document| is_filled(document, place.nodes(naming, document))))
        .map(|place| place.pointer(naming).to_string());
    let by = mapping.consumer.as_ref().map(|consumer| format!(", read by {}", consumer.name)).unwrap_or_default();
    Leg {
        mapping: mapping.id.to_owned(),
        summary: mapping.summary.to_owned(),
        producer: mapping.producer.name(),
        consumer: format!("{}{by}", mapping.target.name()),
        targets: table.rows.into_iter().map(target).collect(),
        dropped: table.dropped.into_iter().map(owned).collect(),
        lost: table.lost,
        payloads: documents.len(),
        unfilled: if documents.is_empty() { Vec::new() } else { unfilled.collect() },
    }
}
