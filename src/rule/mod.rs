//! The rules: each names one defect.
//!
//! A rule sees what happened and adds findings; it never prints, sorts, filters or accepts.

mod consumer_refuses;
mod crossed_fields;
mod date_form_drift;
mod duplicate_key;
mod example;
mod inexact_number;
mod key_set_drift;
mod layout_drift;
mod lossy_datetime;
mod lossy_mapping;
mod missing_expectation;
mod narrower_reader;
mod null_dereferenced;
mod null_identifier;
mod null_into_required;
mod reading;
mod round_trip_loss;
mod spelling_sensitive;
mod stale_acceptance;
mod stale_declaration;
mod stray_file;
mod table;
mod trailing_content;
mod unexpected_output;
mod unfed_key;
mod unfed_target;
mod unknown_code;
mod unread_key;
mod unreadable_payload;
mod unseen_values;
mod wrong_verdict;

use std::collections::HashMap;

use crate::accepted::Matched;
use crate::dependence::Judged;
use crate::document::{Document, Kind, NodeId};
use crate::evidence::Evidence;
use crate::finding::{Finding, Severity};
use crate::fixture::Store;
use crate::observation::Observation;
use crate::pointer::{Pointer, unescape, written_segments};

pub use example::{Example, ExampleFile};
pub(crate) use wrong_verdict::refused_as;

/// How many findings of a rule in one file are shown one by one: each costs a walk through the document.
const SHOWN: usize = 100;

/// Every rule, by id.
pub const RULES: &[&Rule] = &[
    &consumer_refuses::RULE,
    &crossed_fields::RULE,
    &date_form_drift::RULE,
    &duplicate_key::RULE,
    &inexact_number::RULE,
    &key_set_drift::RULE,
    &layout_drift::RULE,
    &lossy_datetime::RULE,
    &lossy_mapping::RULE,
    &missing_expectation::RULE,
    &narrower_reader::RULE,
    &null_dereferenced::RULE,
    &null_identifier::RULE,
    &null_into_required::RULE,
    &round_trip_loss::RULE,
    &spelling_sensitive::RULE,
    &stale_acceptance::RULE,
    &stale_declaration::RULE,
    &stray_file::RULE,
    &trailing_content::RULE,
    &unexpected_output::RULE,
    &unfed_key::RULE,
    &unfed_target::RULE,
    &unknown_code::RULE,
    &unread_key::RULE,
    &unreadable_payload::RULE,
    &unseen_values::RULE,
    &wrong_verdict::RULE,
];

/// The rule that says of an invalid case what the case itself does not.
pub(crate) const MISSING_EXPECTATION: &str = missing_expectation::RULE.id;
pub(crate) const DATE_FORM_DRIFT: &str = date_form_drift::RULE.id;
pub(crate) const ROUND_TRIP_LOSS: &str = round_trip_loss::RULE.id;
pub(crate) const UNKNOWN_CODE: &str = unknown_code::RULE.id;

/// A rule: what it looks at, and its explanation. Rules about sources look at other things than rules about payloads.
#[derive(Debug)]
pub struct Rule<C = Check> {
    /// The name of the defect; also the file's name and the snapshot's.
    pub id: &'static str,
    /// Its usual severity; a finding may weigh less.
    pub severity: Severity,
    /// One line: what it finds.
    pub summary: &'static str,
    /// What exactly fires.
    pub what: &'static str,
    /// Why that is bad, with the evidence.
    pub why: &'static str,
    /// The failing and the fixed example, which are its must-fire and must-not-fire cases too.
    pub example: &'static str,
    /// What it looks at.
    pub check: C,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One case.
    Case(fn(&Observation<'_>, &mut Findings)),
    /// One case and what the other rules found in it.
    Verdict(fn(&Observation<'_>, &[Finding], &mut Findings)),
    /// What depends on what in one mapping, whatever its fixtures are.
    Mapping(fn(&Judged<'_>, &mut Findings)),
    /// What the payloads of a run showed of one leg.
    Evidence(fn(&Evidence, &mut Findings)),
    /// The files of `fixtures/`.
    Store(fn(&Store, &mut Findings)),
    /// `fixtures/accepted.toml` and what its entries matched.
    Acceptances(fn(&Matched<'_>, &mut Findings)),
}

/// The rule of that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Where rules put what they find.
#[derive(Debug, Default)]
pub struct Findings {
    found: Vec<Finding>,
    groups: HashMap<Group, usize>,
    groups_of_file: HashMap<(&'static str, String), usize>,
}

/// What places of one finding have in common: rule, file, pattern, message.
type Group = (&'static str, String, String, String);

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Adds a finding, or counts one more place to that of the same rule, file, pattern and message.
    ///
    /// The finding is only made where it is new: a place costs a walk through the document, and a large payload may
    /// have the same defect in every row. Where a file has very many that differ, the last stands for the rest.
    pub fn group(
        &mut self,
        rule: &'static str,
        at: (&str, impl Into<Pointer>),
        message: String,
        make: impl FnOnce(String) -> Finding,
    ) {
        self.group_of(1, rule, at, message, make);
    }

    /// The same for so many places.
    pub fn group_of(
        &mut self,
        places: usize,
        rule: &'static str,
        at: (&str, impl Into<Pointer>),
        message: String,
        make: impl FnOnce(String) -> Finding,
    ) {
        let (path, pointer) = at;
        let group = (rule, path.to_owned(), pointer.into().pattern().to_string(), message);
        if let Some(&index) = self.groups.get(&group) {
            self.found[index].places += places;
            return;
        }
        let of_file = self.groups_of_file.entry((rule, group.1.clone())).or_default();
        *of_file += 1;
        if *of_file <= SHOWN {
            let finding = Finding { places, ..make(group.3.clone()) };
            self.groups.insert(group, self.found.len());
            self.found.push(finding);
            return;
        }
        let rest = (rule, group.1, String::new(), "rest".to_owned());
        let index = *self.groups.entry(rest).or_insert_with(|| {
            self.found.push(make(group.3).places(0));
            self.found.len() - 1
        });
        let finding = &mut self.found[index];
        finding.places += places;
        let plural = if finding.places == 1 { "" } else { "s" };
        finding.message = format!("{} more finding{plural} of {rule} in the file", finding.places);
    }

    /// What was found, in the order it was.
    pub fn into_vec(self) -> Vec<Finding> {
        self.found
    }

    /// Whether a rule has found something.
    pub fn has(&self, rule: &str) -> bool {
        self.found.iter().any(|finding| finding.rule == rule)
    }
}

/// A value as a message shows it: one line, cut.
fn brief(raw: &str) -> String {
    cut(&raw.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

/// The beginning of what may be long; white space in it stays.
fn cut(text: &str) -> String {
    const LONGEST: usize = 160;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The last segment of a pointer, as a reader would say it.
fn name(pointer: &Pointer) -> String {
    pointer.last().map_or_else(|| "the document".to_owned(), |segment| cut(&segment.name()))
}

/// The values that a pattern names; none for the last segment where its object has no such member.
fn expand(document: &Document<'_>, pattern: &str) -> Vec<(Pointer, Option<NodeId>)> {
    let mut places = vec![(Pointer::ROOT, Some(0))];
    for segment in written_segments(pattern) {
        let mut deeper = Vec::new();
        for (pointer, node) in places {
            let Some(node) = node else { continue };
            match (segment, document.kind(node)) {
                ("*", Kind::Array) => {
                    let items = document.items(node).enumerate();
                    deeper.extend(items.map(|(index, item)| (pointer.index(index), Some(item))));
                }
                (name, Kind::Object) => {
                    deeper.push((pointer.key(&unescape(name)), document.member(node, &unescape(name))))
                }
                // What is no list or object is required itself, and reported there.
                _ => {}
            }
        }
        places = deeper;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;

    #[test]
    fn a_rule_is_found_by_its_id() {
        assert!(RULES.iter().all(|rule| find(rule.id).is_some_and(|found| found.id == rule.id)));
        assert!(find("no-such-rule").is_none());
    }

    fn group(findings: &mut Findings, places: usize, message: &str) {
        let make = |message: String| Finding::new("a-rule", Severity::Note, Location::file("a.json")).message(message);
        findings.group_of(places, "a-rule", ("a.json", Pointer::ROOT), message.to_owned(), make);
    }

    #[test]
    fn places_of_one_finding_are_counted_and_of_very_many_the_last_stands_for_the_rest() {
        let mut findings = Findings::default();
        group(&mut findings, 3, "one");
        group(&mut findings, 4, "one");
        for index in 1..SHOWN {
            group(&mut findings, 1, &index.to_string());
        }
        assert_eq!(findings.found.len(), SHOWN);
        group(&mut findings, 1, "one too many");
        let said = |findings: &Findings| (findings.found[SHOWN].message.clone(), findings.found[SHOWN].places);
        assert_eq!(said(&findings), ("1 more finding of a-rule in the file".to_owned(), 1));
        group(&mut findings, 5, "and more");
        group(&mut findings, 1, "one");
        assert_eq!(said(&findings), ("6 more findings of a-rule in the file".to_owned(), 6));
        let places: Vec<usize> = findings.into_vec().iter().take(2).map(|finding| finding.places).collect();
        assert_eq!(places, [8, 1]);
    }
}
