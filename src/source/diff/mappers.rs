//! Two mappers of one module and transport against each other, and payloads that show what differs.

use std::collections::BTreeSet;

use super::{Comparison, sample};
use crate::java::config::{Dates, Include, Layout, MapperConfig, Naming, Unknown};
use crate::model::Key;
use crate::source::config::in_code::InCode;
use crate::source::config::mapper::is_default;
use crate::source::config::{InForce, Maker};
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

type Facts = (Dates, Unknown, Include, Naming, Layout, bool, Vec<(String, bool)>);

fn facts(mapper: &InForce) -> Facts {
    let MapperConfig { dates, unknown, include, naming, layout, .. } = mapper.configured.config;
    (dates, unknown, include, naming, layout, mapper.maker == Maker::None, features(mapper))
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
    if old.naming != new.naming {
        // A name of two words shows it.
        places.extend(named(&|key| key.name.contains(char::is_uppercase)));
    }
    if places.first().is_none_or(|place| *place > 0) {
        places.insert(0, 0);
    }
    let null = named(&|key| key.ty.is_nullable()).filter(|_| old.include != new.include);
    let text = |config: &MapperConfig, is_none: bool| {
        let payload = match null {
            // What is not null is written either way.
            Some(_) if config.include == Include::NonNull => "{…}".to_owned(),
            Some(place) => format!("{{{:?}:null,…}}", keys[place].name),
            None => sample::payload(&class.facts, config, &places),
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
    (Some(text(old, before.maker == Maker::None)), Some(text(new, after.maker == Maker::None)))
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
