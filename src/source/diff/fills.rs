//! Which keys the code that makes a class fills, before and after.

use std::collections::{BTreeMap, HashSet};

use super::changes::Change;
use super::comparison::{Comparison, on_wire};
use super::pairs::Pair;
use crate::source::fill::{Fills, Site, is_filled_by_store};
use crate::source::java::class::KeyFacts;
use crate::source::spring::{Direction, Transport, WireClass};

/// A new key that code does not fill.
#[derive(Debug)]
pub struct Unfilled<'c> {
    /// The place of the key in the later class.
    pub key: usize,
    /// Code that fills it.
    pub filled_by: Vec<&'c Site>,
    /// Code that made the class before and does not fill it.
    pub forgotten_by: Vec<&'c Site>,
}

impl Unfilled<'_> {
    /// Whether all code that fills the key makes another part of the class than some code that does not.
    pub fn is_of_another_part(&self, forgotten_by: &Site) -> bool {
        self.filled_by.iter().all(|site| are_parts(site, forgotten_by))
    }
}

/// Whether two pieces of code share less than half of what the one that fills less fills: each makes its part of a whole, as
/// the listeners of an index do. Two mappers of one answer share nearly all.
fn are_parts(one: &Site, other: &Site) -> bool {
    let shared = one.filled.intersection(&other.filled).count();
    shared * 2 < one.filled.len().min(other.filled.len())
}

impl<'a> Comparison<'a> {
    /// The code that makes the class of a pair in both revisions.
    pub fn sites(&self, pair: &Pair) -> Vec<(&'a Site, &'a Site)> {
        let (before, after) = self.sites_of(pair);
        let mut left: Vec<&Site> = before;
        let mut found = Vec::new();
        // The method says which it is, else the file, where it has but one.
        let file = |site: &Site| site.place.path.to_string();
        let tail = |site: &Site| format!("{} {}", site.method, site.ordinal);
        let method = |site: &Site| format!("{} {}", site.place.path, tail(site));
        let mut rest = after;
        for identity in [&method as &dyn Fn(&Site) -> String, &tail, &file] {
            let (olds, news) = (by(&left, identity), by(&rest, identity));
            for (name, sites) in &news {
                if let ([new], Some([old])) = (sites.as_slice(), olds.get(name).map(Vec::as_slice)) {
                    found.push((*old, *new));
                }
            }
            let known: HashSet<*const Site> =
                found.iter().flat_map(|(old, new)| [&raw const **old, &raw const **new]).collect();
            left.retain(|site| !known.contains(&(&raw const **site)));
            rest.retain(|site| !known.contains(&(&raw const **site)));
        }
        found.sort_by(|(_, one), (_, other)| one.place.cmp(&other.place));
        found
    }

    /// The code that is new and makes the class of a pair.
    pub fn new_sites(&self, pair: &Pair) -> Vec<&'a Site> {
        let known: HashSet<*const Site> = self.sites(pair).iter().map(|(_, new)| &raw const **new).collect();
        let (_, after) = self.sites_of(pair);
        after.into_iter().filter(|site| !known.contains(&(&raw const **site))).collect()
    }

    /// The new keys of a pair that code which makes it leaves out.
    ///
    /// What a database gives is filled from there. Of a class that is read over a wire, code that forgets a key is found by
    /// other code that fills it.
    pub fn unfilled(&self, pair: &Pair) -> Vec<Unfilled<'a>> {
        let new = self.new_class(pair);
        let from =
            |is: fn(Transport) -> bool| new.uses.iter().any(|it| it.direction == Direction::Read && is(it.transport));
        if !on_wire(new, Direction::Written) || from(|transport| transport == Transport::Store) {
            return Vec::new();
        }
        let (_, after) = self.sites_of(pair);
        let known = self.sites(pair);
        let mut found = Vec::new();
        for change in &pair.changes {
            let &Change::Added { after: key } = change else { continue };
            let Some(facts) = self.fillable(new, key) else { continue };
            let fills = |site: &&Site| site.filled.contains(&facts.field);
            let filled_by: Vec<&Site> = after.iter().copied().filter(fills).collect();
            let old = known.iter().map(|(_, new)| *new);
            let forgotten_by: Vec<&Site> = old.filter(|site| leaves(site, &facts.field)).collect();
            let is_certain = after.iter().all(|site| site.is_complete) && !from(|_| true);
            let has_value = new.facts.class.keys()[key].default.is_some();
            if !forgotten_by.is_empty() && (!filled_by.is_empty() || is_certain && !has_value) {
                found.push(Unfilled { key, filled_by, forgotten_by });
            }
        }
        found
    }

    /// The facts of a key of the later revision that code has to fill: not by a store, and not set on objects from elsewhere.
    pub fn fillable<'c>(&self, class: &'c WireClass, key: usize) -> Option<&'c KeyFacts> {
        let facts = class.facts.keys.get(key).filter(|facts| facts.is_written)?;
        let sources = self.after.sources;
        let elsewhere = self.after.fills.is_set_elsewhere(sources, class.facts.id, &facts.field);
        // The keys of an unwrapped class are filled where that class is made.
        let is_own = sources.lineage(class.facts.id).iter().any(|(base, _)| *base == facts.declared_by);
        (facts.is_settable && is_own && !is_filled_by_store(facts) && !elsewhere).then_some(facts)
    }

    fn sites_of(&self, pair: &Pair) -> (Vec<&'a Site>, Vec<&'a Site>) {
        let of = |fills: &'a Fills, class: &WireClass| fills.of(class.facts.id).collect();
        (of(&self.before.fills, self.old(pair)), of(&self.after.fills, self.new_class(pair)))
    }
}

/// Whether code certainly leaves a field out. One that fills nothing makes an empty object on purpose.
pub fn leaves(site: &Site, field: &str) -> bool {
    site.is_complete && !site.is_empty() && !site.filled.contains(field)
}

fn by<'s>(sites: &[&'s Site], identity: &dyn Fn(&Site) -> String) -> BTreeMap<String, Vec<&'s Site>> {
    let mut found: BTreeMap<String, Vec<&Site>> = BTreeMap::new();
    for site in sites {
        found.entry(identity(site)).or_default().push(site);
    }
    found
}
