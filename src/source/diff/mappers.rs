//! Two mappers of one module and transport against each other, and payloads that show what differs.

use std::collections::BTreeSet;

use super::{Comparison, sample};
use crate::java::config::{Dates, Layout, MapperConfig, Unknown};
use crate::model::{Body, Key, Seq};
use crate::source::config::in_code::InCode;
use crate::source::config::mapper::is_default;
use crate::source::config::{InForce, Maker};
use crate::source::java::annotations;
use crate::source::java::class::Facts;
use crate::source::java::inclusion::{Difference, is_optional};
use crate::source::java::strategies::{FIELD, SNAKE};
use crate::source::place::Place;
use crate::source::report::Found;
use crate::source::spring::{Direction, WireClass};

impl<'a> Comparison<'a> {
    /// The mappers that the code of a class calls in both revisions, of which one at least is its own.
    pub fn mappers_in_code(&self) -> impl Iterator<Item = (&'a InCode, &'a InCode)> {
        let (earlier, later): (&'a Found<'a>, &'a Found<'a>) = (self.before, self.after);
        later.configuration.in_code.iter().filter_map(move |after| {
            let all = earlier.configuration.in_code.iter().filter(|it| it.class == after.class);
            let before: Vec<&'a InCode> = all.collect();
            let same = before.iter().find(|it| it.name == after.name).copied();
            // Under another name it is the one that the same class went through.
            let passed = |of: &InCode, found: &Found<'_>| -> Vec<(String, Direction)> {
                of.goes.iter().map(|(class, direction)| (found.sources.identity(*class), *direction)).collect()
            };
            let now = passed(after, later);
            let passes = |it: &&InCode| passed(it, earlier).iter().any(|went| now.contains(went));
            let mut others = before.into_iter().filter(passes);
            let before = same.or_else(|| others.next().filter(|_| others.next().is_none()))?;
            (!before.is_injected || !after.is_injected).then_some((before, after))
        })
    }
}

/// Whether two mappers do something else on the wire.
pub fn differs(before: &InForce, after: &InForce) -> bool {
    facts(before) != facts(after)
        || before.configured.strategy != after.configured.strategy && are_named(before, after)
        || inclusion(before, after).is_some()
        || loses_optionals(before, after)
        || loses_optionals(after, before)
}

/// Whether the naming strategies of both are known.
pub fn are_named(before: &InForce, after: &InForce) -> bool {
    before.configured.strategy.is_some() && after.configured.strategy.is_some()
}

/// A value that one of two mappers leaves out and the other writes, where both are understood.
pub fn inclusion(before: &InForce, after: &InForce) -> Option<Difference> {
    before.configured.inclusion.differs(after.configured.inclusion, before.has_optionals && after.has_optionals)
}

/// Whether a mapper knew `Optional`, and another one does not, while both have one to write.
pub fn loses_optionals(before: &InForce, after: &InForce) -> bool {
    let has_some = before.has_optionals && after.has_optionals;
    has_some && before.configured.has_optionals && !after.configured.has_optionals
}

/// The mappers of both revisions under each profile that a setting names in one of them, where they differ there and not in
/// the same way without a profile.
pub fn under_profiles<'c>(comparison: &'c Comparison<'_>) -> impl Iterator<Item = (&'c str, InForce, InForce)> {
    comparison.mappers().flat_map(|(before, after)| {
        let of_both = before.under.iter().chain(&after.under);
        let profiles: BTreeSet<&str> = of_both.map(|(profile, _)| profile.as_str()).collect();
        profiles.into_iter().filter_map(move |profile| {
            let (old, new) = (before.under(profile), after.under(profile));
            let as_without = !differs(before, &old) && !differs(after, &new);
            (differs(&old, &new) && !as_without).then_some((profile, old, new))
        })
    })
}

type Compared = (Dates, Unknown, Layout, bool, Vec<(String, bool)>);

fn facts(mapper: &InForce) -> Compared {
    let MapperConfig { dates, unknown, layout, .. } = mapper.configured.config;
    (dates, unknown, layout, mapper.maker == Maker::None, features(mapper))
}

/// The features that are not what they are anyway.
fn features(mapper: &InForce) -> Vec<(String, bool)> {
    const OF_CONFIG: &[&str] = &["WRITE_DATES_AS_TIMESTAMPS", "INDENT_OUTPUT", "FAIL_ON_UNKNOWN_PROPERTIES"];
    let mut features = mapper.configured.features.clone();
    let is_boot = mapper.maker == Maker::Boot;
    features.retain(|(feature, is_on)| !OF_CONFIG.contains(&feature.as_str()) && !is_default(feature, *is_on, is_boot));
    features.sort();
    features
}

/// The names of the features that two mappers have otherwise, in one text.
pub fn other_features(before: &InForce, after: &InForce) -> String {
    let (old, new) = (features(before), features(after));
    let lost = old.iter().filter(|feature| !new.contains(feature));
    let gained = new.iter().filter(|feature| !old.contains(feature));
    let names: BTreeSet<&str> = lost.chain(gained).map(|(feature, _)| feature.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// The transports of a module whose mapper changes, in one text.
pub fn transports(comparison: &Comparison<'_>, module: &str) -> String {
    let of_module = comparison
        .mappers()
        .filter(|(before, after)| after.module == module && (before.maker != after.maker || differs(before, after)));
    let mut names: Vec<&str> = of_module.map(|(_, after)| after.transport.name()).collect();
    names.dedup();
    names.join(", ")
}

/// The classes that go over a transport of a module.
pub fn over<'c>(comparison: &'c Comparison<'_>, mapper: &InForce) -> impl Iterator<Item = &'c WireClass> {
    let (of, transport) = (mapper.module.clone(), mapper.transport);
    comparison.after.inventory.classes.iter().filter(move |class| {
        class.uses.iter().any(|it| {
            it.transport == transport && comparison.after.configuration.modules.of(&it.place.path) == Some(of.as_str())
        })
    })
}

/// A payload that shows the difference, as each of two mappers writes it.
pub fn shown(comparison: &Comparison<'_>, before: &InForce, after: &InForce) -> (Option<String>, Option<String>) {
    shown_by(over(comparison, after), before, after)
}

/// The same, of classes that go through them.
pub fn shown_by<'c>(
    classes: impl Iterator<Item = &'c WireClass>,
    before: &InForce,
    after: &InForce,
) -> (Option<String>, Option<String>) {
    let (old, new) = (&before.configured.config, &after.configured.config);
    let mut classes: Vec<&WireClass> =
        classes.filter(|class| class.facts.class.keys().iter().next().is_some()).collect();
    let date = |class: &WireClass| {
        (0..class.facts.class.keys().len()).find(|place| sample::depends_on_mapper(&class.facts, *place))
    };
    classes.sort_by_key(|class| (!class.goes(Direction::Written), date(class).is_none()));
    let Some(class) = classes.first() else { return (None, None) };
    let keys = class.facts.class.keys();
    let named = |is: &dyn Fn(&Key) -> bool| keys.iter().position(is);
    let mut places: Vec<usize> = date(class).filter(|_| old.dates != new.dates).into_iter().collect();
    if before.configured.strategy != after.configured.strategy {
        // A name of two words shows it.
        places.extend(named(&|key| key.name.contains(char::is_uppercase)));
    }
    if places.first().is_none_or(|place| *place > 0) {
        places.insert(0, 0);
    }
    let left_out = inclusion(before, after).and_then(|it| {
        let place = named(&|key| if it.value == "0" { !key.ty.is_nullable() } else { key.ty.is_nullable() })?;
        Some((it, place))
    });
    let optional = class.facts.keys.iter().position(|key| is_optional(&key.java_type));
    let optional = optional.filter(|_| loses_optionals(before, after) || loses_optionals(after, before));
    let text = |mapper: &InForce, is_after: bool| {
        let (config, is_none) = (&mapper.configured.config, mapper.maker == Maker::None);
        let payload = match (left_out, optional) {
            // What is not of that kind is written either way.
            (Some((it, _)), _) if it.is_left_out == is_after => "{…}".to_owned(),
            (Some((it, place)), _) => format!("{{{:?}:{},…}}", keys[place].name, it.value),
            (None, Some(place)) if !mapper.configured.has_optionals => {
                format!("{{{:?}:(cannot be written),…}}", keys[place].name)
            }
            (None, Some(place)) => sample::payload(&class.facts, config, &[place]),
            _ => sample::payload(&renamed(&class.facts, mapper.configured.strategy), config, &places),
        };
        match config.layout {
            _ if is_none => "no JSON: no converter is made".to_owned(),
            Layout::Compact => payload,
            // As Jackson's printer writes it: a line for each key, mostly with a space on both sides of the colon.
            Layout::Indented | Layout::IndentedNoSpaces => {
                let inner = payload.trim_start_matches('{').trim_end_matches('}');
                let colon = if config.layout == Layout::Indented { "\" : " } else { "\":" };
                format!(
                    "{{\n  {}\n}}",
                    inner.replacen("\":", colon, places.len()).replace(",\"", ",\n  \"").replace(",…", ",\n  …")
                )
            }
        }
    };
    (Some(text(before, false)), Some(text(after, true)))
}

/// The table of a class with the names that a strategy gives its keys, where the table of configurations has none such.
fn renamed(facts: &Facts, strategy: Option<&str>) -> Facts {
    let mut facts = facts.clone();
    let (Body::Keys(keys), Some(strategy)) =
        (&mut facts.class.body, strategy.filter(|it| ![FIELD, SNAKE].contains(it)))
    else {
        return facts;
    };
    let mut renamed: Vec<Key> = keys.iter().cloned().collect();
    for key in renamed.iter_mut().filter(|key| !key.explicit) {
        key.name = annotations::strategy(&key.name, strategy).map_or(key.name.clone(), Into::into);
    }
    *keys = Seq::Owned(renamed);
    facts
}

/// Whether a bean comes or goes while settings stand there: the bean, and a setting.
pub fn swapped<'c>(before: &'c InForce, after: &'c InForce) -> Option<(&'c Place, &'c Place)> {
    let bean = |it: &'c InForce| it.configured.reasons.iter().find(|it| it.is_bean);
    match (&before.maker, &after.maker) {
        (Maker::Bean, Maker::Boot) => {
            let of_settings = |place: &Place| !place.path.ends_with(".java");
            let setting = after.configured.reasons.iter().map(|it| &it.place).find(|place| of_settings(place));
            let setting =
                setting.or(after.configured.unread.iter().map(|it| &it.place).find(|place| of_settings(place)));
            Some((&bean(before)?.place, setting?))
        }
        (Maker::Boot, Maker::Bean) => Some((&bean(after)?.place, &after.inert.first()?.place)),
        _ => None,
    }
}

/// The module as the subject of a finding.
pub fn module_name(mapper: &InForce) -> String {
    if mapper.module.is_empty() { "the mapper".to_owned() } else { format!("the mapper of {}", mapper.module) }
}
