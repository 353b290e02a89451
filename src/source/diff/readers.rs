//! Who is at the other end: legs of the catalogue whose class has the name, and classes of it in other repositories.

use super::changes::innermost;
use super::in_force::config_of;
use super::moved::{depth, named};
use super::others::Other;
use super::{Comparison, Ways, simple_name};
use crate::java::config::Unknown;
use crate::model::{Class, ClassRef, Key, Type};
use crate::source::spring::{Direction, WireClass};

/// What becomes of a key at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The class has it, or has things that are not understood: then nobody can say.
    Taken,
    /// The class has no such key, and passes over it.
    Dropped,
    /// The class has no such key, and the payload is refused for it.
    Refused,
}

impl Other<'_> {
    /// What becomes of a key that is sent to this reader.
    pub fn fate(&self, name: &str) -> Fate {
        let is_named = |key: &Key| key.name == name || key.aliases.iter().any(|alias| alias == name);
        let (is_taken, unknown) = match self.found {
            Some((found, wire)) => (
                !wire.facts.unread.is_empty()
                    || wire.facts.stands_for.is_some()
                    || wire.facts.rows().any(|(key, facts)| facts.is_read && is_named(key)),
                self.class.unknown.unwrap_or(config_of(found, wire).unknown),
            ),
            None => (self.class.keys().iter().any(is_named), self.class.unknown.unwrap_or(Unknown::Ignore)),
        };
        match unknown {
            _ if is_taken => Fate::Taken,
            Unknown::Refuse => Fate::Refused,
            _ => Fate::Dropped,
        }
    }
}

/// Each once, and the first few by name.
pub fn listed<'o>(others: impl IntoIterator<Item = &'o str>) -> String {
    const SHOWN: usize = 4;
    let mut others: Vec<&str> = others.into_iter().collect();
    others.dedup();
    let more = others.len().saturating_sub(SHOWN);
    others.truncate(SHOWN);
    let more = if more > 0 { format!(", {more} more") } else { String::new() };
    others.join(", ") + &more
}

/// How deep classes in classes are compared.
const DEPTH: usize = 8;

impl Comparison<'_> {
    /// Who takes what the service writes of a class.
    pub fn takers(&self, class: &WireClass) -> &[Other<'_>] {
        self.others.takers.get(simple_name(&class.facts.class.name)).map_or(&[], Vec::as_slice)
    }

    /// Who writes what the service reads of a class.
    pub fn givers(&self, class: &WireClass) -> &[Other<'_>] {
        self.others.givers.get(simple_name(&class.facts.class.name)).map_or(&[], Vec::as_slice)
    }

    /// The keys of a sender that a class does not take, also of the classes in it: `lines/*/sku`. With each, whether the class
    /// that lacks it refuses the payload for it.
    pub fn dropped(&self, giver: &Other<'_>, class: &WireClass) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        self.drop_keys(giver, (giver.class, class), "", &mut Vec::new(), &mut found);
        found
    }

    fn drop_keys<'g>(
        &self,
        giver: &'g Other<'_>,
        (given, class): (&'g Class, &WireClass),
        at: &str,
        open: &mut Vec<&'g str>,
        found: &mut Vec<(String, bool)>,
    ) {
        if open.len() >= DEPTH || open.contains(&&*given.name) {
            return;
        }
        open.push(&given.name);
        for key in given.keys() {
            let is_named = |it: &Key| it.name == key.name || it.aliases.contains(&key.name);
            let Some((own, _)) = class.facts.rows().find(|(it, facts)| facts.is_read && is_named(it)) else {
                let refuses =
                    class.facts.class.unknown.unwrap_or(config_of(self.after, class).unknown) == Unknown::Refuse;
                found.push((format!("{at}{}", key.name), refuses));
                continue;
            };
            let (Type::Class(theirs), Type::Class(ours)) = (innermost(&key.ty), innermost(&own.ty)) else { continue };
            let theirs = match theirs {
                ClassRef::Static(class) => Some(class()),
                ClassRef::Named(name) => {
                    giver.found.and_then(|(found, _)| named(found, name)).map(|it| &it.facts.class)
                }
            };
            // A class that is new itself has a finding of its own.
            let is_new = |ours: &WireClass| {
                self.new.iter().any(|new| self.after.inventory.classes[*new].facts.id == ours.facts.id)
            };
            let ours = named(self.after, ours.name()).filter(|ours| !is_new(ours));
            if let (Some(theirs), Some(ours)) = (theirs, ours) {
                let items = "/*".repeat(depth(&key.ty));
                self.drop_keys(giver, (theirs, ours), &format!("{at}{}{items}/", key.name), open, found);
            }
        }
        open.pop();
    }

    /// Whether other repositories have the class, and all of them fit by a test: then all change together.
    pub fn agree(&self, class: &WireClass, ways: Ways, fits: impl Fn(&Class) -> bool) -> bool {
        let of = |goes: bool, others| if goes { others } else { &[][..] };
        let others = of(ways.written, self.takers(class)).iter().chain(of(ways.read, self.givers(class)));
        let mut partners = others.filter(|other| other.is_partner).peekable();
        partners.peek().is_some() && partners.all(|other| fits(other.class))
    }

    /// Who is concerned, in a sentence. Of keys, another repository that has none of them in its class is not.
    pub fn concerned(&self, class: &WireClass, ways: Ways, keys: &[&str]) -> String {
        let has_one = |class: &Class| {
            let named =
                |key: &Key| keys.iter().any(|name| key.name == *name || key.aliases.iter().any(|it| it == name));
            keys.is_empty() || class.keys().iter().any(named)
        };
        let who = |others: &[Other<'_>]| {
            let concerned = others.iter().filter(|it| !it.is_partner || has_one(it.class));
            listed(concerned.map(|it| it.who.as_str()))
        };
        let over = |direction: Direction| {
            let uses = class.uses.iter().filter(|it| it.direction == direction);
            let mut names: Vec<&str> = uses.map(|it| it.transport.name()).filter(|name| *name != "store").collect();
            names.dedup();
            names.join(", ")
        };
        let more = if self.partners.is_empty() { ": --repo NAME=DIR adds one" } else { "" };
        let mut parts = Vec::new();
        if ways.written {
            let (takers, over) = (who(self.takers(class)), over(Direction::Written));
            parts.push(match takers.as_str() {
                "" => format!("whoever reads it over {over}; no reader is known here{more}"),
                takers => format!("read by {takers}"),
            });
        }
        if ways.read {
            let (givers, over) = (who(self.givers(class)), over(Direction::Read));
            parts.push(match givers.as_str() {
                "" => format!("whoever sends it over {over}; no sender is known here{more}"),
                givers => format!("sent by {givers}"),
            });
        }
        if parts.is_empty() { "nobody on a wire: it is only stored".to_owned() } else { parts.join("; ") }
    }
}
