//! `words-changed`

use std::collections::{HashMap, HashSet};

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity};
use crate::model::Stranger;
use crate::source::diff::changes::{Change, domain};
use crate::source::diff::{Comparison, simple_name};
use crate::source::java::enums::Enumeration;
use crate::source::java::index::ClassId;
use crate::source::report::Found;
use crate::source::spring::Direction;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "words-changed",
    severity: Severity::Error,
    summary: "a key takes fewer words, or has new ones that a reader refuses",
    what: "Fires where the enum of a key that is read lost a word; where it is only written, this is a warning, and an error where \
           it has new words instead. It fires too where constants exchange their words. A new word is a note, and an error \
           where a repository given with --repo reads the key and refuses it.",
    why: "Jackson refuses a word that is no constant of the enum, and with it the whole payload: one row that is still stored \
          with the old word takes the list down.",
    example: include_str!("examples/words-changed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (pair, change) in comparison.changes() {
        let Change::Words { before, after, lost, gained } = change else { continue };
        let new = comparison.new_class(pair);
        let key = &new.facts.class.keys()[*after];
        let name = simple_name(&new.facts.class.name);
        let ways = comparison.ways(pair, Some(*before), Some(*after));
        let finding = |severity, what: &str, words: &[String], fix: &str| {
            let words = quoted(words.iter().map(String::as_str));
            comparison
                .finding(RULE.id, severity, pair, (Some(*before), Some(*after)))
                .message(format!("the key {:?} of {name} {what} {words}", key.name))
                .fix(fix)
        };
        if !lost.is_empty() {
            // What is written under another word is no word less: readers know the old one.
            let renamed = ways.written && !gained.is_empty();
            let severity = if ways.read || renamed { RULE.severity } else { Severity::Warning };
            let what = if ways.read { "no longer takes" } else { "no longer holds" };
            findings.push(
                finding(severity, what, lost, "keep the constant until nobody sends or stores it")
                    .before(format!("{{{:?}:{:?}}}", key.name, lost[0]))
                    .after(ways.read.then(|| "refused".to_owned())),
            );
        }
        if !gained.is_empty() {
            let refuses = |class: &crate::model::Class| {
                let theirs = class.keys().iter().find(|it| it.name == key.name).and_then(domain);
                theirs.is_some_and(|theirs| {
                    theirs.stranger == Stranger::Refused && {
                        let known: HashSet<&str> = theirs.words.iter().collect();
                        gained.iter().any(|word| !known.contains(word.as_str()))
                    }
                })
            };
            let mut takers = comparison.takers(new).iter();
            let refusing = takers.find(|other| ways.written && other.is_partner && refuses(other.class));
            let severity = if refusing.is_some() { RULE.severity } else { Severity::Note };
            let found = finding(severity, "can now hold", gained, "let every reader know the word before it is sent")
                .before(None)
                .after(format!("{{{:?}:{:?}}}", key.name, gained[0]));
            findings.push(match refusing {
                Some(other) => found.breaks(format!("{} refuses the word", other.who)),
                None => found,
            });
        }
    }
    exchanged(comparison, findings);
    at_ends(comparison, findings);
}

/// Enums that an answer or a body is, alone or in a list: no key holds them.
fn at_ends<'c>(comparison: &Comparison<'c>, findings: &mut Vec<Finding>) {
    let (before, after) = (comparison.before, comparison.after);
    for (id, new) in &after.inventory.enums {
        let identity = after.sources.identity(*id);
        let old = before.sources.find(&identity).and_then(|id| Some((id, before.inventory.enums.get(&id)?)));
        let Some((old_id, old)) = old else { continue };
        let at = |found: &Found<'_>, id: ClassId, direction: Direction| {
            found.inventory.ends.iter().any(|end| end.used.direction == direction && end.ty.classes().contains(&id))
        };
        let goes = |direction| at(before, old_id, direction) && at(after, *id, direction);
        let (written, read) = (goes(Direction::Written), goes(Direction::Read));
        let missing = |of: &'c Enumeration, other: &Enumeration| -> Vec<&'c str> {
            let known: HashSet<&str> = other.domain.words.iter().collect();
            of.domain.words.iter().filter(|word| !known.contains(word)).collect()
        };
        let (lost, gained) = (missing(old, new), missing(new, old));
        let (Some(first), true) = (lost.first(), written || read) else { continue };
        let severity = if read || !gained.is_empty() { RULE.severity } else { Severity::Warning };
        let place = |found: &Found<'_>, id: ClassId| found.sources.place(id, found.sources.declaration(id).span);
        let what = if read { "no longer takes" } else { "no longer holds" };
        let name = simple_name(&identity);
        findings.push(
            comparison
                .finding_at(
                    RULE.id,
                    severity,
                    (Some(&place(before, old_id)), Some(&place(after, *id))),
                    (&identity, ""),
                )
                .message(format!("{name} {what} {}", quoted(lost.iter().copied())))
                .before(format!("{first:?}"))
                .after(if read { "refused".to_owned() } else { format!("{:?}", gained.first().unwrap_or(&"…")) })
                .breaks("whoever sends or knows the word")
                .fix("keep the constant until nobody sends or stores it"),
        );
    }
}

/// Constants that exchange their words: the set of words is the same, and each means something else.
fn exchanged<'c>(comparison: &Comparison<'c>, findings: &mut Vec<Finding>) {
    let (before, after) = (comparison.before, comparison.after);
    for (id, new) in &after.inventory.enums {
        let identity = after.sources.identity(*id);
        let old = before.sources.find(&identity).and_then(|id| before.inventory.enums.get(&id));
        let Some(old) = old else { continue };
        let by_name: HashMap<&str, usize> =
            old.constants.iter().enumerate().rev().map(|(place, it)| (it.name.as_str(), place)).collect();
        let words = |of: &'c Enumeration| -> HashSet<&'c str> { of.domain.words.iter().collect() };
        let (of_old, of_new) = (words(old), words(new));
        let moved = new.constants.iter().enumerate().find_map(|(place, constant)| {
            let earlier = *by_name.get(constant.name.as_str())?;
            let (was, is) = (old.domain.words.get(earlier)?, new.domain.words.get(place)?);
            (was != is && of_old.contains(is) && of_new.contains(was)).then_some((
                constant,
                &old.constants[earlier],
                was,
                is,
            ))
        });
        let Some((constant, earlier, was, is)) = moved else { continue };
        let name = simple_name(&identity);
        findings.push(
            comparison
                .finding_at(
                    RULE.id,
                    RULE.severity,
                    (Some(&earlier.place), Some(&constant.place)),
                    (&identity, &constant.name),
                )
                .message(format!("{name}.{} is {is:?} on the wire now, and was {was:?}", constant.name))
                .before(format!("{was:?}"))
                .after(format!("{is:?}"))
                .breaks("whoever reads or stored the word and knows what it meant")
                .fix("keep each constant's word, or use words that nobody knows yet"),
        );
    }
}
