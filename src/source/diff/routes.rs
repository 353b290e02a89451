//! What a route lets pass, before and after.

use std::collections::BTreeMap;

use super::comparison::Comparison;
use crate::source::java::index::{JavaType, Sources};
use crate::source::place::Place;
use crate::source::report::Found;
use crate::source::spring::{Route, Step};

/// How many routes are followed from one to the next.
const MAX_ROUTES: usize = 16;

/// A route of both revisions, before and after.
pub type Both<'a> = (&'a Route, &'a Route);

/// The routes that both revisions have, each under a name that it has alone.
pub fn both<'a>(comparison: &Comparison<'a>) -> Vec<Both<'a>> {
    let olds = by_name(comparison.before);
    by_name(comparison.after)
        .into_iter()
        .filter_map(|(name, news)| match (news.as_slice(), olds.get(name).map(Vec::as_slice)) {
            ([new], Some([old])) => Some((*old, *new)),
            _ => None,
        })
        .collect()
}

/// The types that a route binds from now on, where it let pass more than it does.
pub fn newly_bound<'a>(comparison: &Comparison<'a>, (old, new): Both<'a>) -> Vec<&'a (JavaType, Place)> {
    if old.untyped <= new.untyped {
        return Vec::new();
    }
    let shown = |sources: &Sources, ty: &JavaType| sources.shown(ty).to_string();
    let known: Vec<String> = old.bound.iter().map(|(ty, _)| shown(comparison.before.sources, ty)).collect();
    let is_new = |(ty, _): &&(JavaType, Place)| !known.contains(&shown(comparison.after.sources, ty));
    new.bound.iter().filter(is_new).collect()
}

/// A REST route that ended with a class and goes on to another one now.
pub struct Redirected<'a> {
    /// Before and after.
    pub route: Both<'a>,
    /// What it ended with.
    pub was: &'a JavaType,
    /// What it ends with, where that is known.
    pub is: Option<&'a JavaType>,
}

/// The REST routes that ended with a class and go on to another route now.
pub fn redirected<'a>(comparison: &Comparison<'a>) -> Vec<Redirected<'a>> {
    let moved = both(comparison).into_iter().filter(|(old, new)| new.is_rest && old.to != new.to);
    moved
        .filter_map(|(old, new)| {
            let was = ends_with(comparison.before, old)?;
            Some(Redirected { route: (old, new), was, is: ends_with(comparison.after, new) })
        })
        .collect()
}

/// The class that a route, or what it goes on to, leaves as the body.
fn ends_with<'a>(found: &'a Found<'a>, route: &'a Route) -> Option<&'a JavaType> {
    let mut at = route;
    for _ in 0..MAX_ROUTES {
        if let Some(body) = &at.body {
            return Some(body);
        }
        if at.untyped > 0 {
            return None;
        }
        let to = at.to.as_ref()?;
        at = found.inventory.routes.iter().find(|it| it.name == *to)?;
    }
    None
}

/// Steps of a route that changed the body and that it does no more, and that no other one took over.
pub fn lost_steps<'a>(comparison: &Comparison<'a>) -> Vec<(Both<'a>, Vec<&'a Step>)> {
    let text = |step: &Step| (step.name.clone(), step.given.clone());
    let routes = both(comparison);
    let count = |found: &'a Found<'a>| {
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for step in found.inventory.routes.iter().flat_map(|route| &route.steps) {
            *counts.entry(text(step)).or_default() += 1;
        }
        counts
    };
    let (olds, news) = (count(comparison.before), count(comparison.after));
    let lost = routes.into_iter().filter_map(|(old, new)| {
        let mut left: Vec<&Step> = new.steps.iter().collect();
        let mut lost: Vec<&Step> = old.steps.iter().collect();
        let same: [fn(&Step, &Step) -> bool; 3] = [
            |one, other| one.name == other.name && one.given == other.given,
            // Renamed in its place, or given something else.
            |one, other| one.given == other.given && !one.given.is_empty(),
            |one, other| one.name == other.name,
        ];
        for is_same in same {
            lost.retain(|old| match left.iter().position(|new| is_same(old, new)) {
                Some(place) => {
                    left.remove(place);
                    false
                }
                None => true,
            });
        }
        // Another way to do it, and what went to another route.
        let went = |step: &Step| news.get(&text(step)) >= olds.get(&text(step));
        lost.retain(|step| !went(step));
        (left.is_empty() && !lost.is_empty()).then_some(((old, new), lost))
    });
    lost.collect()
}

/// Whether the body is an object where a route ends: of the route itself, or of the one that it goes on to.
pub fn makes_object(found: &Found<'_>, route: &Route) -> bool {
    let further = route.to.as_ref().and_then(|to| found.inventory.routes.iter().find(|it| it.name == *to));
    route.makes_object || further.is_some_and(|it| it.makes_object)
}

fn by_name<'a>(found: &'a Found<'a>) -> BTreeMap<&'a str, Vec<&'a Route>> {
    let mut routes: BTreeMap<&str, Vec<&Route>> = BTreeMap::new();
    for route in &found.inventory.routes {
        routes.entry(&route.name).or_default().push(route);
    }
    routes
}
