//! Classes at the other ends of wires, by their names: of the catalogue and of other repositories.

use std::collections::HashMap;

use super::changes::simple_name;
use crate::mapping::Catalogue;
use crate::model::Class;
use crate::source::report::Found;
use crate::source::spring::{Direction, Transport, WireClass};

/// Another service, as it is at its head.
#[derive(Debug)]
pub struct Partner<'a> {
    /// Its name.
    pub name: String,
    /// What its sources say.
    pub found: Found<'a>,
}

/// A class at the other end.
pub struct Other<'a> {
    /// Who has it, and where: `the UI (mapping orders-summary)`, `billing at src/…/Parcel.java:3:8`.
    pub who: String,
    /// The class.
    pub class: &'a Class,
    /// Whether it stands in a repository that was given, and so is what it is today.
    pub is_partner: bool,
    /// What was read with it, and the class there, where that is a repository.
    pub(super) found: Option<(&'a Found<'a>, &'a WireClass)>,
}

/// All who are at an end of a wire, by the simple name of the class that they have.
pub(super) struct Others<'a> {
    pub(super) takers: HashMap<&'a str, Vec<Other<'a>>>,
    pub(super) givers: HashMap<&'a str, Vec<Other<'a>>>,
}

impl<'a> Others<'a> {
    /// The mappings that are known first, then the other repositories, each in its order.
    pub(super) fn new(catalogue: &'a Catalogue, partners: &'a [Partner<'a>]) -> Self {
        let mut others = Others { takers: HashMap::new(), givers: HashMap::new() };
        let known = |who: String, class: &'a Class| Other { who, class, is_partner: false, found: None };
        for mapping in catalogue.mappings {
            let read = (mapping.producer, mapping.reader.dto.class, mapping.reader_name);
            let consumed = mapping.consumer.map(|it| (mapping.target, it.wire.dto.class, it.name));
            for (wire, class, who) in [Some(read), consumed].into_iter().flatten() {
                let taker = known(format!("{who} (mapping {})", mapping.id), class);
                others.takers.entry(simple_name(wire.dto.name())).or_default().push(taker);
            }
            let who = format!("{} (mapping {})", mapping.producer.dto.name(), mapping.id);
            let giver = known(who, mapping.producer.dto.class);
            others.givers.entry(simple_name(mapping.reader.dto.name())).or_default().push(giver);
        }
        for (partner, class) in partners.iter().flat_map(|it| it.found.inventory.classes.iter().map(move |of| (it, of)))
        {
            let other = || Other {
                who: format!("{} at {}", partner.name, class.facts.place),
                class: &class.facts.class,
                is_partner: true,
                found: Some((&partner.found, class)),
            };
            let name = simple_name(&class.facts.class.name);
            if on_wire(class, Direction::Read) {
                others.takers.entry(name).or_default().push(other());
            }
            if on_wire(class, Direction::Written) {
                others.givers.entry(name).or_default().push(other());
            }
        }
        others
    }
}

/// Whether a class goes a way over something that is no store.
pub fn on_wire(class: &WireClass, direction: Direction) -> bool {
    class.uses.iter().any(|it| it.direction == direction && it.transport != Transport::Store)
}
