//! Which keys the code that makes a class fills, before and after.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use super::changes::{Change, simple_name};
use super::comparison::Comparison;
use super::others::on_wire;
use super::pairs::Pair;
use crate::source::fill::conversion::Conversion;
use crate::source::fill::origin::Given;
use crate::source::fill::{Fills, Set, Site, is_filled_by_store};
use crate::source::java::annotations::bean_name;
use crate::source::java::class::KeyFacts;
use crate::source::java::expression::classes_in;
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::lombok::drops_initialiser;
use crate::source::java::syntax::{Method, Variable};
use crate::source::report::Found;
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
    /// Whether all code that fills the key makes another part of the class than some code that does not, or that makes a
    /// stub: less than a quarter, as one does to name an object in an answer.
    pub fn is_of_another_part(&self, forgotten_by: &Site) -> bool {
        let is_stub = |of: &Site| forgotten_by.filled.len() * 4 < of.filled.len();
        self.filled_by.iter().all(|site| are_parts(site, forgotten_by) || is_stub(site))
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
    ///
    /// The method says which it is, else the file, where it has but one, else a method of that name in a class of another. Of several in a method, those are one that fill the
    /// same: places in a text shift.
    pub fn sites(&self, pair: &Pair) -> Vec<(&'a Site, &'a Site)> {
        let known = self.known_sites.get(pair.after);
        known.map_or_else(|| self.paired_sites(pair), |known| known.get_or_init(|| self.paired_sites(pair)).clone())
    }

    fn paired_sites(&self, pair: &Pair) -> Vec<(&'a Site, &'a Site)> {
        let (mut left, mut rest) = self.sites_of(pair);
        let mut found: Vec<(&Site, &Site)> = Vec::new();
        let file = |site: &Site| site.place.path.to_string();
        let tail = |site: &Site| site.method.clone();
        let method = |site: &Site| format!("{} {}", site.place.path, site.method);
        let unowned = |site: &Site| unowned(&site.method).to_owned();
        let identities = [&method as &dyn Fn(&Site) -> String, &tail, &file, &unowned];
        for (identity, is_alone) in identities.into_iter().zip([false, false, true, true]) {
            let olds = by(&left, identity);
            for (name, news) in &by(&rest, identity) {
                let Some(olds) = olds.get(name) else { continue };
                if !is_alone || olds.len() == 1 && news.len() == 1 {
                    found.extend(alike(olds, news));
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

    /// Whether new code fills of the class of a pair just what code filled that is gone: it was moved.
    pub fn is_moved(&self, pair: &Pair, site: &Site) -> bool {
        let known: HashSet<*const Site> = self.sites(pair).iter().map(|(old, _)| &raw const **old).collect();
        let (before, _) = self.sites_of(pair);
        let gone = before.iter().filter(|old| !known.contains(&(&raw const ***old)));
        let is_same = |it: &&Site| it.is_complete && it.filled == site.filled;
        let mut alike = self.new_sites(pair).into_iter().filter(is_same);
        let place = alike.position(|it| std::ptr::eq(it, site));
        place.is_some_and(|place| place < gone.copied().filter(is_same).count())
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
        let mut meetings: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        let mut found = Vec::new();
        for change in &pair.changes {
            let &Change::Added { after: key } = change else { continue };
            let Some(facts) = settable(self.after.sources, new, key) else { continue };
            let elsewhere = self.after.fills.set_elsewhere(self.after.sources, new.facts.id, &facts.field);
            let fills = |site: &&Site| site.filled.contains(&facts.field);
            let filled_by: Vec<&Site> = after.iter().copied().filter(fills).collect();
            let old = known.iter().map(|(_, new)| *new);
            let mut may_meet = |site: &'a Site, set: &'a Set| {
                let owners = (owner(&site.method), owner(&set.method));
                *meetings.entry(owners).or_insert_with(|| self.may_meet(owners.0, owners.1))
            };
            let mut forgotten_by: Vec<&Site> = old
                .filter(|site| leaves(site, &facts.field) && !elsewhere.iter().any(|set| may_meet(site, set)))
                .collect();
            // A document of an index is what this code puts there.
            let is_certain =
                after.iter().all(|site| site.is_complete) && !from(|transport| transport != Transport::Index);
            if filled_by.is_empty() {
                // Who reads the class may get the key from elsewhere; what MapStruct writes has it from its source or not.
                forgotten_by.retain(|site| {
                    let may_have_value = !elsewhere.is_empty() || self.is_initialised(new, key, site);
                    (is_certain || site.is_mapped) && !may_have_value
                });
            }
            if !forgotten_by.is_empty() {
                found.push(Unfilled { key, filled_by, forgotten_by });
            }
        }
        found
    }

    /// Whether a key has a value of its own in what code makes: its initialiser, which a builder of Lombok drops.
    pub fn is_initialised(&self, class: &WireClass, key: usize, site: &Site) -> bool {
        let has_default = class.facts.class.keys()[key].default.is_some();
        has_default && !(site.is_built && self.drops_initialiser(class, key))
    }

    /// Whether a builder makes objects of a class without the initialiser of a key.
    pub fn drops_initialiser(&self, class: &WireClass, key: usize) -> bool {
        let Some(facts) = class.facts.keys.get(key) else { return false };
        let declaration = self.after.sources.declaration(facts.declared_by);
        let field = declaration.fields.iter().find(|field| field.name == facts.field);
        let is_dropped = |field: &Variable| field.value.is_some() && drops_initialiser(declaration, field);
        field.is_some_and(is_dropped)
    }

    /// Whether code of a class may get an object from code of another one: some file knows both classes.
    fn may_meet(&self, one: &str, other: &str) -> bool {
        let mut files = self.after.sources.files.iter().filter(|source| !source.file.is_test());
        one == other || files.any(|source| source.file.text.contains(one) && source.file.text.contains(other))
    }

    /// Whether code is given a value that is called like a key; none where it is not known what it is given.
    pub fn has_source(&self, site: &Site, class: &WireClass, key: usize) -> Option<bool> {
        let sources = self.after.sources;
        let (row, facts) = class.facts.rows().nth(key)?;
        let names: Vec<&str> =
            [&*facts.field, &*row.name].into_iter().chain(row.aliases.iter().map(|it| &**it)).collect();
        let Given { classes, names: others, is_open } = &site.given;
        let is_known = !(*is_open || classes.is_empty() && others.is_empty());
        let is_named = |other: &String| names.iter().any(|name| is_like(name, other));
        let has_it = others.iter().any(is_named)
            || classes.iter().any(|it| has_value(sources, *it, (site.class, &names), DEPTH));
        is_known.then_some(has_it)
    }

    /// What code is given, in words.
    pub fn shown_source(&self, site: &Site) -> String {
        let Given { classes, names, .. } = &site.given;
        let class = |class: &ClassId| simple_name(&self.after.sources.declaration(*class).name).to_owned();
        let shown: Vec<String> =
            if classes.is_empty() { names.iter().cloned().collect() } else { classes.iter().map(class).collect() };
        shown.join(", ")
    }

    /// Other code that fills a field of a document and makes another part of it, as the listeners of an index do.
    pub fn filled_in_another_part(&self, pair: &Pair, site: &Site, field: &str) -> Option<&'a Site> {
        let new = self.new_class(pair);
        let mut written = new.uses.iter().filter(|it| it.direction == Direction::Written);
        let is_document = written.any(|it| it.transport == Transport::Index);
        let mut others = self.after.fills.of(new.facts.id).filter(|other| other.filled.contains(field));
        others.find(|other| is_document && are_parts(site, other))
    }

    /// Other code that fills a field and makes the same part of a class.
    pub fn filled_beside(&self, site: &Site, field: &str) -> Option<&'a Site> {
        let others = self.after.fills.of(site.class).filter(|other| !std::ptr::eq(*other, site));
        others.filter(|other| other.filled.contains(field)).find(|other| !are_parts(site, other))
    }

    /// The facts of a key of the later revision that code can fill: not by a store.
    pub fn settable<'c>(&self, class: &'c WireClass, key: usize) -> Option<&'c KeyFacts> {
        settable(self.after.sources, class, key)
    }

    /// The facts of a key of the later revision that code has to fill: not by a store, and not set on objects from elsewhere.
    pub fn fillable<'c>(&self, class: &'c WireClass, key: usize) -> Option<&'c KeyFacts> {
        let sources = self.after.sources;
        let facts = settable(sources, class, key)?;
        (!self.after.fills.is_set_elsewhere(sources, class.facts.id, &facts.field)).then_some(facts)
    }

    /// Code that makes something on a wire of a property of a class, and the field that it fills.
    pub fn fed_by(&self, class: ClassId, property: &str) -> Option<(&'a Site, &'a str)> {
        let goes = |site: &&Site| {
            let mut classes = self.after.inventory.classes.iter();
            classes.any(|it| it.facts.id == site.class && on_wire(it, Direction::Written))
        };
        let sites = self.after.fills.sites.iter().filter(goes);
        let mut reads = sites.flat_map(|site| site.reads.iter().map(move |(of, read, field)| (*of, read, site, field)));
        reads.find(|(of, read, ..)| *of == class && *read == property).map(|(.., site, field)| (site, field.as_str()))
    }

    /// Where a key was set on objects from elsewhere, if nothing sets it any more, newly fills it, or newly names it.
    pub fn no_longer_set(&self, pair: &Pair, was: &KeyFacts, is: &KeyFacts) -> Option<&'a Set> {
        let (old, new) = (self.old(pair), self.new_class(pair));
        let set = |found: &'a Found<'a>, id: ClassId, field: &str| -> Vec<&'a Set> {
            let sets = found.fills.set_elsewhere(found.sources, id, field);
            sets.into_iter().filter(|set| !set.is_null).collect()
        };
        let before = set(self.before, old.facts.id, &was.field);
        if before.is_empty() || !set(self.after, new.facts.id, &is.field).is_empty() {
            return None;
        }
        let known = self.sites(pair);
        let (_, after) = self.sites_of(pair);
        let is_new = |site: &&&Site| {
            let old = known.iter().find(|(_, new)| std::ptr::eq(*new, **site));
            old.is_none_or(|(old, _)| !old.filled.contains(&was.field))
        };
        let newly_fills = after.iter().filter(is_new).any(|site| site.filled.contains(&is.field));
        let maps = |it: &Conversion, field: &str| it.keys.get(field).is_some_and(|key| !key.is_ignored);
        let newly_maps = self
            .conversions(Some(old), new)
            .into_iter()
            .any(|(before, after)| maps(after, &is.field) && !before.is_some_and(|before| maps(before, &was.field)));
        // A document may be changed by the names of its keys: `changes.put("size", 1)`.
        let key = new.facts.rows().find(|(_, facts)| facts.field == is.field).map_or(&*is.field, |(key, _)| &*key.name);
        let spelled = |sources: &Sources| -> usize {
            let files = sources.files.iter().filter(|source| !source.file.is_test());
            files.map(|source| source.file.text.matches(&format!("{key:?}")).count()).sum()
        };
        let is_spelled = spelled(self.after.sources) > spelled(self.before.sources);
        (!newly_fills && !newly_maps && !is_spelled).then(|| before[0])
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

/// Parts of parts of a source are looked at this deep for a value.
const DEPTH: usize = 2;

/// The facts of a key that code can fill and no store does.
fn settable<'c>(sources: &Sources, class: &'c WireClass, key: usize) -> Option<&'c KeyFacts> {
    let facts = class.facts.keys.get(key).filter(|facts| facts.is_written)?;
    // The keys of an unwrapped class are filled where that class is made.
    let is_own = sources.lineage(class.facts.id).iter().any(|(base, _)| *base == facts.declared_by);
    (facts.is_settable && is_own && !is_filled_by_store(facts)).then_some(facts)
}

/// A method without its class: `answer(Order, int)`.
pub(super) fn unowned(method: &str) -> &str {
    let name = method.split('(').next().unwrap_or_default();
    method.get(name.rfind('.').map_or(0, |dot| dot + 1)..).unwrap_or(method)
}

/// The class of a method as reports call it.
fn owner(method: &str) -> &str {
    let name = method.split('(').next().unwrap_or_default();
    simple_name(name.rsplit_once('.').map_or(name, |(owner, _)| owner))
}

/// Whether two names may mean one value: they are equal, or one is the other with a word more, `size` or `parcelSize`.
fn is_like(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short == long || short.len() > 4 && (long.starts_with(&short) || long.ends_with(&short))
}

/// Whether a class has a value that may be meant by one of some names, in itself or in what it holds: not in what is to be
/// filled, which it may hold too.
fn has_value(sources: &Sources, class: ClassId, (target, names): (ClassId, &[&str]), depth: usize) -> bool {
    let is_named = |property: &str| names.iter().any(|name| is_like(name, property));
    sources.lineage(class).into_iter().any(|(class, _)| {
        let declaration = sources.declaration(class);
        let getter = |method: &Method| {
            let bean = method.name.strip_prefix("get").or(method.name.strip_prefix("is"));
            method.parameters.is_empty() && bean.is_some_and(|it| is_named(&bean_name(it)))
        };
        let held = |field: &Variable| classes_in(&sources.resolve(class, &field.ty, &[]));
        let holds = |field: &Variable| {
            let mut others = held(field).into_iter().filter(|it| *it != target);
            others.any(|it| has_value(sources, it, (target, names), depth - 1))
        };
        declaration.fields.iter().any(|field| is_named(&field.name) || depth > 0 && holds(field))
            || declaration.methods.iter().any(getter)
    })
}

/// Of so many pieces of code in one method each is tried with each.
const MOST_TRIED: usize = 200;

/// Where there are more, each is tried with so many on both sides of its place.
const NEAR: usize = 20;

/// Pairs of the code of one method, the most alike first.
fn alike<'s>(olds: &[&'s Site], news: &[&'s Site]) -> Vec<(&'s Site, &'s Site)> {
    if olds.len().max(news.len()) <= MOST_TRIED {
        return alike_within(olds, news, usize::MAX);
    }
    // What fills the same is one, whatever its place; of the rest only what is near.
    let mut found = Vec::new();
    let mut left: BTreeMap<&BTreeSet<String>, VecDeque<usize>> = BTreeMap::new();
    for (place, site) in olds.iter().enumerate() {
        left.entry(&site.filled).or_default().push_back(place);
    }
    let mut rest = Vec::new();
    for new in news {
        match left.get_mut(&new.filled).and_then(VecDeque::pop_front) {
            Some(old) => found.push((olds[old], *new)),
            None => rest.push(*new),
        }
    }
    let mut places: Vec<usize> = left.into_values().flatten().collect();
    places.sort_unstable();
    let left: Vec<&Site> = places.into_iter().map(|place| olds[place]).collect();
    found.extend(alike_within(&left, &rest, NEAR));
    found
}

/// The same of what stands within some places of each other.
fn alike_within<'s>(olds: &[&'s Site], news: &[&'s Site], near: usize) -> Vec<(&'s Site, &'s Site)> {
    let around = |old: usize| old.saturating_sub(near)..old.saturating_add(near).saturating_add(1).min(news.len());
    let mut candidates: Vec<(usize, usize)> =
        (0..olds.len()).flat_map(|old| around(old).map(move |new| (old, new))).collect();
    candidates.sort_by_cached_key(|&(old, new)| {
        let (one, other) = (&olds[old].filled, &news[new].filled);
        (one.symmetric_difference(other).count(), other_origins(olds[old], news[new]), old.abs_diff(new), old)
    });
    let (mut of_old, mut of_new) = (vec![false; olds.len()], vec![false; news.len()]);
    let mut found = Vec::new();
    for (old, new) in candidates {
        if !of_old[old] && !of_new[new] {
            (of_old[old], of_new[new]) = (true, true);
            found.push((olds[old], news[new]));
        }
    }
    found
}

/// How many fields two pieces of code take from another property: statements that change places are not that.
fn other_origins(one: &Site, other: &Site) -> usize {
    let taken = one.from.iter().filter_map(|(field, was)| Some((&was.property, &other.from.get(field)?.property)));
    taken.filter(|(was, is)| was != is).count()
}

fn by<'s>(sites: &[&'s Site], identity: &dyn Fn(&Site) -> String) -> BTreeMap<String, Vec<&'s Site>> {
    let mut found: BTreeMap<String, Vec<&Site>> = BTreeMap::new();
    for site in sites {
        found.entry(identity(site)).or_default().push(site);
    }
    found
}
