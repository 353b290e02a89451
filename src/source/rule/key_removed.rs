//! `key-removed`

use super::{Check, Rule, quoted};
use crate::finding::{Finding, Severity};
use crate::source::diff::changes::Change;
use crate::source::diff::{Comparison, Pair, Ways, simple_name};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "key-removed",
    severity: Severity::Error,
    summary: "a key is no longer written or no longer read",
    what: "Fires for a key of a class on a wire that the head does not have, that it no longer writes or no longer reads, and \
           for an alias that it no longer reads. Where all repositories given with --repo have the class and none of them has \
           the key, all change together: then this is a note.",
    why: "A reader that looks for the key finds nothing: a mapper fills null without a word, a user interface shows an empty \
          cell. A sender's value is dropped, or its whole payload is refused where unknown keys are.",
    example: include_str!("examples/key-removed.txt"),
    check: Check::Diff(check),
};

fn check(comparison: &Comparison<'_>, findings: &mut Vec<Finding>) {
    for (pair, change) in comparison.changes() {
        match change {
            Change::Removed { before } => removed(comparison, pair, *before, findings),
            Change::Aliases { before, after, lost, .. } if !lost.is_empty() => {
                let ways = comparison.ways(pair, Some(*before), Some(*after));
                if ways.read {
                    let key = &comparison.new_class(pair).facts.class.keys()[*after];
                    let lost = quoted(lost.iter().map(String::as_str));
                    findings.push(
                        comparison
                            .finding(RULE.id, RULE.severity, pair, (Some(*before), Some(*after)))
                            .message(format!("{lost} is no longer read as the key {:?}", key.name))
                            .before(format!("{{{lost}:…}} fills {:?}", key.name))
                            .after(format!("{{{lost}:…}} does not"))
                            .fix("keep the alias until no sender uses it"),
                    );
                }
            }
            _ => {}
        }
    }
    for pair in &comparison.pairs {
        one_way(comparison, pair, findings);
        unindexed(comparison, pair, findings);
    }
}

/// Keys that stay in the class and that an index has no more.
fn unindexed(comparison: &Comparison<'_>, pair: &Pair, findings: &mut Vec<Finding>) {
    let (old, new) = (comparison.old(pair), comparison.new_class(pair));
    if !old.is_indexed() || !new.is_indexed() {
        return;
    }
    for (after, facts) in new.facts.keys.iter().enumerate().filter(|(_, facts)| facts.is_transient) {
        let Some(before) = pair.earlier(after) else { continue };
        if old.facts.keys.get(before).is_some_and(|was| !was.is_transient) {
            findings.push(
                comparison
                    .finding(RULE.id, RULE.severity, pair, (Some(before), Some(after)))
                    .message(format!(
                        "the index no longer has the key {:?} of {}: @Transient leaves it out",
                        facts.field,
                        simple_name(&new.facts.class.name)
                    ))
                    .after("{…}".to_owned())
                    .fix("keep the key in the index until nobody searches or reads it"),
            );
        }
    }
}

fn removed(comparison: &Comparison<'_>, pair: &Pair, before: usize, findings: &mut Vec<Finding>) {
    let (old, new) = (comparison.old(pair), comparison.new_class(pair));
    let key = &old.facts.class.keys()[before];
    let ways = comparison.ways(pair, Some(before), None);
    let lacks = |class: &crate::model::Class| {
        class.keys().iter().all(|it| it.name != key.name && !it.aliases.contains(&key.name))
    };
    let severity = if comparison.agree(new, ways, lacks) { Severity::Note } else { RULE.severity };
    let verb = if ways.written { "writes" } else { "reads" };
    findings.push(
        comparison
            .finding(RULE.id, severity, pair, (Some(before), None))
            .message(format!("{} no longer {verb} the key {:?}", simple_name(&new.facts.class.name), key.name))
            .fix("keep the key until no reader or sender uses it, or change both sides together"),
    );
}

/// Keys that stay and go one way less.
fn one_way(comparison: &Comparison<'_>, pair: &Pair, findings: &mut Vec<Finding>) {
    let (old, new) = (comparison.old(pair), comparison.new_class(pair));
    for (after, (key, facts)) in new.facts.rows().enumerate() {
        let Some(before) = pair.earlier(after) else { continue };
        let Some(was) = old.facts.keys.get(before).filter(|_| !pair.has(&Change::Renamed { before, after })) else {
            continue;
        };
        let ways = comparison.ways(pair, Some(before), None);
        let lost = Ways {
            written: ways.written && was.is_written && !facts.is_written,
            read: ways.read && was.is_read && !facts.is_read,
        };
        let verb = match lost {
            Ways { written: true, .. } => "writes",
            Ways { read: true, .. } => "reads",
            _ => continue,
        };
        findings.push(
            comparison
                .finding(RULE.id, RULE.severity, pair, (Some(before), Some(after)))
                .message(format!("{} no longer {verb} the key {:?}", simple_name(&new.facts.class.name), key.name))
                .after(crate::source::diff::sample::payload(
                    &new.facts,
                    &crate::source::diff::config_of(comparison.after, new),
                    &[],
                ))
                .fix("keep its accessor, or change both sides together"),
        );
    }
}
