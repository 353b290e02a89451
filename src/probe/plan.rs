//! What is sent: the rows of the table and the payloads of each.

use std::collections::BTreeSet;

use super::variation::{Base, VARIATIONS, own};
use super::{Options, Row, Start};
use crate::document::{Document, parse};
use crate::finding::Severity;
use crate::mapping::{Catalogue, Mapping};
use crate::spelling::SPELLINGS;
use crate::verdict::Judgement;

/// A payload.
pub(super) struct Sent {
    pub(super) row: usize,
    /// The fixture that it was made of.
    pub(super) case: String,
    pub(super) text: String,
    /// Whether it is the fixture's JSON in some spelling.
    pub(super) is_spelling: bool,
}

/// Rows and payloads.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) rows: Vec<Row>,
    pub(super) sent: Vec<Sent>,
}

impl Plan {
    fn row(&mut self, id: &'static str, summary: &'static str, severity: Severity) {
        self.rows.push(Row {
            id,
            summary,
            severity,
            skipped: None,
            ok: 0,
            lost: 0,
            corrupted: 0,
            set_aside: 0,
            not_reached: 0,
        });
    }

    /// Adds payloads to the last row; one that it has already says nothing new.
    fn send(&mut self, payloads: impl IntoIterator<Item = (String, String)>, is_spelling: bool) {
        let row = self.rows.len() - 1;
        let mut texts = BTreeSet::new();
        for (case, text) in payloads {
            if texts.insert(text.clone()) {
                self.sent.push(Sent { row, case, text, is_spelling });
            }
        }
        if texts.is_empty() {
            self.rows[row]
                .skipped
                .get_or_insert("no fixture has what it varies, or the mapping itself does not take it");
        }
    }

    fn skip(&mut self, reason: &'static str) {
        if let Some(row) = self.rows.last_mut() {
            row.skipped = Some(reason);
        }
    }
}

/// Plans a probe: as sent, every spelling, every variation, generated payloads.
pub(super) fn plan<'s>(mapping: &Mapping, catalogue: &Catalogue, starts: &'s [Start], options: &Options) -> Plan {
    let mut plan = Plan::default();
    let takes = |text: &str| matches!(own(mapping, text), Some(Judgement::Ok { .. }));
    // A golden that does not read is a finding of `check`; here there is nothing to compare an answer with.
    let read = |start: &'s Start| {
        let document = parse(&start.bytes).ok()?;
        takes(std::str::from_utf8(&start.bytes).ok()?).then_some((start, document))
    };
    let documents: Vec<(&Start, Document<'_>)> = starts.iter().filter_map(read).collect();
    plan.row("as-sent", "the fixture's own bytes", Severity::Error);
    let own =
        |(start, _): &(&Start, Document<'_>)| (start.name.clone(), String::from_utf8_lossy(&start.bytes).into_owned());
    // A text of a sequence has no byte order mark: it would stand in the middle of a stream.
    let in_sequence = |(case, text): (String, String)| match text.strip_prefix('\u{FEFF}') {
        Some(rest) if options.batch => (case, rest.to_owned()),
        _ => (case, text),
    };
    plan.send(documents.iter().map(own).map(in_sequence), true);
    for spelling in SPELLINGS {
        plan.row(spelling.id, spelling.summary, spelling.severity);
        let spelled = documents.iter().map(|(start, document)| (start.name.clone(), spelling.spell(document)));
        if options.batch && spelling.id == "byte-order-mark" {
            plan.skip("not in a batch: a text of a sequence has no byte order mark");
            continue;
        }
        plan.send(spelled, true);
    }
    let bases: Vec<(&str, Base<'_>)> = documents
        .iter()
        .map(|(start, document)| (start.name.as_str(), Base::new(mapping, catalogue, document)))
        .collect();
    for variation in VARIATIONS {
        plan.row(variation.id, variation.summary, variation.severity);
        if variation.needs_rename && mapping.renames.is_empty() {
            plan.skip("the mapping renames no key");
        } else if variation.batch_only && !options.batch {
            plan.skip("in a batch only");
        } else if variation.batch_only {
            // One is enough of the large ones.
            let of =
                |(name, base): &(&str, Base<'_>)| variation.payloads(base).pop().map(|text| ((*name).to_owned(), text));
            plan.send(bases.iter().find_map(of), false);
        } else {
            let payloads = bases
                .iter()
                .flat_map(|(name, base)| variation.payloads(base).into_iter().map(|text| ((*name).to_owned(), text)));
            plan.send(payloads, false);
        }
    }
    plan.row("generated", "payloads of the producer's own strategy", Severity::Error);
    if options.cases == 0 {
        plan.skip("--cases is 0");
    } else {
        let generated = mapping.producer.dto.generate(mapping.producer.config, options.seed, options.cases);
        let taken = generated.into_iter().filter(|text| takes(text));
        plan.send(taken.enumerate().map(|(index, text)| (format!("generated {}", index + 1), text)), false);
    }
    plan
}
