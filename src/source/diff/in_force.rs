//! Which mapper a class goes through.

use crate::java::config::MapperConfig;
use crate::source::config::InForce;
use crate::source::config::in_code::is_call;
use crate::source::config::mapper::BOOT;
use crate::source::report::Found;
use crate::source::spring::{Transport, WireClass};

/// The mapper that a class goes through first.
pub fn config_of(found: &Found<'_>, class: &WireClass) -> MapperConfig {
    mapper_of(found, class).map_or(BOOT, |it| it.configured.config)
}

/// All that is known of it.
pub fn mapper_of<'f>(found: &'f Found<'_>, class: &WireClass) -> Option<&'f InForce> {
    let mut uses = class.uses.iter().filter(|it| it.transport != Transport::Store);
    uses.find_map(|used| {
        if is_call(used) {
            let goes = (class.facts.id, used.direction);
            let mut own = found.configuration.in_code.iter();
            if let Some(own) = own.find(|it| !it.is_injected && it.goes.contains(&goes)) {
                return Some(&own.mapper);
            }
        }
        let module = found.configuration.modules.of(&used.place.path)?;
        let same = |it: &&InForce| it.module == module && it.transport == used.transport;
        found.configuration.in_force.iter().find(same)
    })
}
