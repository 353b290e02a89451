//! What is sent: the rows of the table and the payloads of each.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::subject::{FurtherText, Payload, Subject};
use super::variation::{Base, VARIATIONS, own};
use super::{Options, Row, Start};
use crate::document::{Document, parse};
use crate::finding::Severity;
use crate::mapping::{Catalogue, Further, Mapping, Shrinking};
use crate::spelling::{AS_SENT, GENERATED, SPELLINGS};
use crate::verdict::Judgement;

/// A payload.
pub(super) struct Sent {
    pub(super) row: usize,
    /// The fixture that it was made of.
    pub(super) case: String,
    /// The fixture's file.
    pub(super) path: Option<String>,
    pub(super) payload: Payload,
    /// Whether it is the fixture's JSON in some spelling.
    pub(super) is_spelling: bool,
    /// Which of the generated payloads it is.
    pub(super) generated: Option<usize>,
}

impl Sent {
    /// The payload's text; all of them are made of texts.
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.payload.bytes).unwrap_or_default()
    }
}

/// Rows and payloads.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) rows: Vec<Row>,
    pub(super) sent: Vec<Sent>,
    /// Fixtures that the mapping itself does not bring through.
    pub(super) left_out: Vec<String>,
}

impl Plan {
    fn row(&mut self, id: &'static str, summary: &'static str, severity: Severity) {
        self.rows.push(Row {
            id,
            summary,
            severity,
            not_run: None,
            ok: 0,
            lost: 0,
            corrupted: 0,
            skipped: 0,
            accepted: 0,
            did_not_run: 0,
            not_reached: 0,
        });
    }

    /// Adds payloads to the last row; one that it has already says nothing new.
    fn send<'s>(&mut self, payloads: impl IntoIterator<Item = (&'s Start, String)>, is_spelling: bool) {
        let row = self.rows.len() - 1;
        let mut texts = BTreeSet::new();
        for (start, text) in payloads {
            if texts.insert((text.clone(), start.further.clone())) {
                let payload = Payload { bytes: Arc::from(text.into_bytes()), further: start.further.clone() };
                let (case, path) = (start.name.clone(), start.path.clone());
                self.sent.push(Sent { row, case, path, payload, is_spelling, generated: None });
            }
        }
        if texts.is_empty() {
            self.rows[row]
                .not_run
                .get_or_insert("no fixture has what it varies, or the mapping itself does not take it");
        }
    }

    fn skip(&mut self, reason: &'static str) {
        if let Some(row) = self.rows.last_mut() {
            row.not_run = Some(reason);
        }
    }
}

/// Plans a probe: as sent, every spelling, every variation, generated payloads.
pub(super) fn plan(mapping: &Mapping, catalogue: &Catalogue, starts: &[Start], options: &Options) -> Plan {
    let mut plan = Plan::default();
    // A golden that does not read is a finding of `check`; here there is nothing to compare an answer with.
    let documents: Vec<(&Start, Document<'_>)> = starts
        .iter()
        .filter_map(|start| {
            let text = std::str::from_utf8(&start.bytes).ok()?;
            takes(mapping, text, &start.further).then_some((start, parse(&start.bytes).ok()?))
        })
        .collect();
    let is_taken = |start: &&Start| documents.iter().any(|(taken, _)| taken.name == start.name);
    plan.left_out = starts.iter().filter(|start| !is_taken(start)).map(|start| start.name.clone()).collect();
    let is_batch = options.subject.is_batch();
    plan.row(AS_SENT, "the fixture's own bytes", Severity::Error);
    let own = |(start, _): &(&'_ Start, Document<'_>)| String::from_utf8_lossy(&start.bytes).into_owned();
    // A text of a sequence has no byte order mark: it would stand in the middle of a stream.
    let in_sequence = |text: String| match text.strip_prefix('\u{FEFF}') {
        Some(rest) if is_batch => rest.to_owned(),
        _ => text,
    };
    // One that begins with such a mark is a payload of that row, where a loss is a warning.
    let (marked, plain): (Vec<_>, Vec<_>) = documents
        .iter()
        .map(|both| (both.0, in_sequence(own(both))))
        .partition(|(_, text)| text.starts_with('\u{FEFF}'));
    plan.send(plain, true);
    for spelling in SPELLINGS {
        plan.row(spelling.id, spelling.summary, spelling.severity);
        let spelled = documents.iter().map(|(start, document)| (*start, spelling.spell(document)));
        if is_batch && spelling.has_bom() {
            plan.skip("not in a batch: a text of a sequence has no byte order mark");
            continue;
        }
        let marked = marked.iter().filter(|_| spelling.has_bom()).cloned();
        plan.send(spelled.chain(marked), true);
    }
    let further: Vec<Vec<Further<'_>>> =
        documents.iter().map(|(start, _)| start.further.iter().map(FurtherText::as_further).collect()).collect();
    let bases: Vec<(&Start, Base<'_>)> = documents
        .iter()
        .zip(&further)
        .map(|((start, document), further)| (*start, Base::new(mapping, catalogue, document, further)))
        .collect();
    for variation in VARIATIONS {
        plan.row(variation.id, variation.summary, variation.severity);
        if variation.needs_rename && mapping.renames.is_empty() {
            plan.skip("the mapping renames no key");
        } else if variation.is_large && matches!(options.subject, Subject::Command(_)) {
            plan.skip("only with --batch or --target");
        } else if variation.is_large {
            // One is enough of the large ones.
            let first = bases.iter().find_map(|(start, base)| Some((*start, variation.payloads(base).pop()?)));
            plan.send(first, false);
        } else {
            let payloads = bases
                .iter()
                .flat_map(|(start, base)| variation.payloads(base).into_iter().map(move |text| (*start, text)));
            plan.send(payloads, false);
        }
    }
    plan.row(GENERATED, "payloads of the producer's own strategy", Severity::Error);
    if options.cases == 0 {
        plan.skip("--cases is 0");
    }
    let (row, before) = (plan.rows.len() - 1, plan.sent.len());
    for (index, shrinking) in generated(mapping, options).iter().enumerate() {
        // The configuration may not be able to write it; the mapping may not take it.
        let Some(text) = shrinking.text().filter(|text| takes(mapping, text, &[])) else { continue };
        let (case, payload) = (format!("generated {}", index + 1), Payload::alone(text.into_bytes()));
        plan.sent.push(Sent { row, case, path: None, payload, is_spelling: false, generated: Some(index) });
    }
    if plan.sent.len() == before && options.cases > 0 {
        plan.skip("the mapping itself takes none of them without further inputs");
    }
    plan
}

/// The generated payloads, the same for the same seed.
pub(super) fn generated(mapping: &Mapping, options: &Options) -> Vec<Box<dyn Shrinking>> {
    mapping.producer.dto.shrinking(mapping.producer.config, options.seed, options.cases)
}

/// Whether the mapping itself brings a payload through; what it does not, is demanded of no other mapper.
pub(super) fn takes(mapping: &Mapping, text: &str, further: &[FurtherText]) -> bool {
    let further: Vec<Further<'_>> = further.iter().map(FurtherText::as_further).collect();
    matches!(own(mapping, text, &further), Some(Judgement::Ok { .. }))
}
