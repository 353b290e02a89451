//! Answers that lost their body, and bodies that are read as forms: no class changes, and nothing arrives.

use super::comparison::Comparison;
use super::ends::{ChangedEnd, both};
use crate::source::java::index::{JavaType, Sources};
use crate::source::report::Found;
use crate::source::spring::{Answer, Direction, End, Transport};

/// The answers that had a body and have none now, although the method still declares one.
pub fn emptied<'a>(comparison: &Comparison<'a>) -> Vec<ChangedEnd<'a>> {
    let lost = |end: &ChangedEnd<'_>| {
        let (before, after) = (end.before, end.after);
        let holds = |sources: &Sources, ty: &JavaType| {
            let held = ty.arguments.first().unwrap_or(ty);
            !held.is_external(&["Void", "void"]) && !sources.shown(held).to_string().is_empty()
        };
        before.answer == Some(Answer::Body)
            && after.answer == Some(Answer::Empty)
            && holds(comparison.after.sources, &after.ty)
    };
    both(comparison).into_iter().map(|(before, after)| ChangedEnd { before, after }).filter(lost).collect()
}

/// A parameter that was read as a JSON body and is bound from form fields and query parameters now, or the other way round.
pub struct Rebound<'a> {
    /// Before and after.
    pub end: ChangedEnd<'a>,
    /// Whether it is no body any more.
    pub is_form: bool,
}

/// Those of both revisions.
pub fn rebound<'a>(comparison: &Comparison<'a>) -> Vec<Rebound<'a>> {
    let (before, after) = (comparison.before, comparison.after);
    let was_body = crossed((&bodies(before), before), (&before_forms(after), after));
    let was_form = crossed((&before_forms(before), before), (&bodies(after), after));
    let to_form = was_body.into_iter().filter(|end| !has_alike(&bodies(after), after, end.after));
    let to_body = was_form.into_iter().filter(|end| !has_alike(&bodies(before), before, end.before));
    let rebound = to_form.map(|end| Rebound { end, is_form: true });
    rebound.chain(to_body.map(|end| Rebound { end, is_form: false })).collect()
}

fn bodies<'a>(found: &'a Found<'a>) -> Vec<&'a End> {
    let is_body = |end: &&End| {
        end.used.transport == Transport::Http
            && end.used.direction == Direction::Read
            && end.used.how.starts_with("body of ")
    };
    found.inventory.ends.iter().filter(is_body).collect()
}

fn before_forms<'a>(found: &'a Found<'a>) -> Vec<&'a End> {
    found.inventory.forms.iter().collect()
}

/// Pairs of one method, by what the other end knows of it or else by its name, that take a class of one name.
fn crossed<'a>(
    (olds, before): (&[&'a End], &Found<'_>),
    (news, after): (&[&'a End], &Found<'_>),
) -> Vec<ChangedEnd<'a>> {
    let mut found = Vec::new();
    for old in olds {
        let mut alike = news.iter().filter(|new| is_one(old, new) && named(before, old) == named(after, new));
        if let (Some(new), None) = (alike.next(), alike.next()) {
            found.push(ChangedEnd { before: old, after: new });
        }
    }
    found
}

fn has_alike(ends: &[&End], found: &Found<'_>, end: &End) -> bool {
    ends.iter().any(|it| is_one(it, end) && named(found, it) == named(found, end))
}

fn is_one(one: &End, other: &End) -> bool {
    let method = |end: &End| end.used.how.rsplit(' ').next().map(str::to_owned);
    match (&one.route, &other.route) {
        (Some(one), Some(other)) => one == other,
        _ => one.owner == other.owner && method(one) == method(other),
    }
}

fn named(found: &Found<'_>, end: &End) -> String {
    found.sources.shown(&end.ty).to_string()
}
