//! The mapper configuration in force: for each module and transport, what it is and why.

pub mod application;
pub mod beans;
mod elsewhere;
mod followed;
pub mod in_code;
mod in_force;
mod made;
pub mod mapper;
mod opaque;
pub mod settings;

use application::Modules;
use beans::{Beans, Customizer, Given, MapperBean, beans};
use in_code::{InCode, in_code, is_call};
pub use in_force::{InForce, Maker};
use mapper::{BOOT, Configured, PLAIN, Reason, SPRING};
use settings::Setting;

use super::java::inclusion::{Inclusion, is_optional};
use super::java::index::Sources;
use super::java::strategies::{FIELD, known};
use super::opaque::Opaque;
use super::place::{Place, Unread};
use super::spring::{Inventory, Transport, Use, WireClass};

/// A converter that is handed a mapper and makes its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IgnoredMapper {
    /// Where the converter is made.
    pub place: Place,
    /// Where the mapper is handed in.
    pub given: Place,
    /// The class of the converter.
    pub class: String,
}

/// The configuration of all modules.
#[derive(Debug, Default)]
pub struct Configuration {
    /// By module and transport: those that have a class on a wire, and HTTP of each module with beans or settings.
    pub in_force: Vec<InForce>,
    /// Converters that are handed a mapper and make their own.
    pub ignored: Vec<IgnoredMapper>,
    /// Mappers that code calls itself.
    pub in_code: Vec<InCode>,
    /// All settings that were read.
    pub settings: Vec<Setting>,
    /// Which module's configuration holds for which path.
    pub modules: Modules,
    /// What was not understood.
    pub unread: Vec<Unread>,
    /// Files and code that are not understood as a whole.
    pub opaque: Vec<Opaque>,
}

/// Reads the configuration of a tree.
pub fn configuration(sources: &Sources, inventory: &Inventory) -> Configuration {
    let (mut unread, mut opaque) = (Vec::new(), Vec::new());
    let (modules, settings) = application::read_all(sources, &mut unread, &mut opaque);
    let mut beans = beans(sources);
    beans.of_modules(&modules);
    let in_code =
        in_code(sources, &modules, |module| in_force_of(module.to_owned(), Transport::Mapper, &beans, &settings));
    // What only mappers of the code's own read and write says nothing of the one that is injected.
    let is_own = |class: &WireClass, used: &Use| {
        let goes = (class.facts.id, used.direction);
        let mut callers = in_code.iter().filter(|it| it.goes.contains(&goes)).peekable();
        is_call(used) && callers.peek().is_some() && callers.all(|it| !it.is_injected)
    };
    let mut wanted: Vec<(String, Transport)> = Vec::new();
    for class in &inventory.classes {
        let over = class.uses.iter().filter(|found| !matches!(found.transport, Transport::Index | Transport::Store));
        for found in over.filter(|found| !is_own(class, found)) {
            if let Some(module) = modules.of(&found.place.path) {
                wanted.push((module.to_owned(), found.transport));
            }
        }
    }
    // A service that shows no class may still have a mapper that is worth knowing.
    wanted.extend(beans.mappers.iter().map(|bean| (bean.module.clone(), Transport::Http)));
    wanted.extend(
        settings
            .iter()
            .filter(|(_, it)| it.key.starts_with("spring.jackson."))
            .map(|(module, _)| (module.clone(), Transport::Http)),
    );
    wanted.extend(beans.converters.iter().map(|converter| (converter.module.clone(), converter.transport)));
    wanted.sort();
    wanted.dedup();
    let in_force = wanted.into_iter().map(|(module, transport)| {
        let over = inventory.classes.iter().filter(|class| {
            let mut uses = class.uses.iter().filter(|it| it.transport == transport);
            uses.any(|it| modules.of(&it.place.path) == Some(module.as_str()))
        });
        let has_optionals = over.flat_map(|class| &class.facts.keys).any(|key| is_optional(&key.java_type));
        InForce { has_optionals, ..in_force_of(module, transport, &beans, &settings) }
    });
    let in_force: Vec<InForce> = in_force.collect();
    for found in in_force.iter().chain(in_code.iter().map(|it| &it.mapper)) {
        unread.extend(found.configured.unread.iter().cloned());
    }
    unread.extend(elsewhere::changes(sources));
    unread.sort();
    unread.dedup();
    opaque.extend(opaque::of_code(sources, &unread));
    let ignored = beans.converters.iter().filter_map(|converter| {
        let given = converter.ignores.clone()?;
        Some(IgnoredMapper { place: converter.place.clone(), given, class: converter.class.clone() })
    });
    Configuration {
        ignored: ignored.collect(),
        in_code,
        in_force,
        settings: settings.into_iter().map(|(_, setting)| setting).collect(),
        modules,
        unread,
        opaque,
    }
}

fn in_force_of(module: String, transport: Transport, beans: &Beans, settings: &[(String, Setting)]) -> InForce {
    let own: Vec<&Setting> = settings.iter().filter(|(of, _)| *of == module).map(|(_, it)| it).collect();
    let injected = || injected(&module, beans, &own);
    let converter = beans.converters.iter().find(|it| it.module == module && it.transport == transport);
    let plain =
        |maker, configured| Made { maker, configured, inert: Vec::new(), profiles: Vec::new(), under: Vec::new() };
    let web = beans.web.iter().find(|it| it.module == module && transport == Transport::Http);
    let made = match converter {
        Some(converter) => {
            let reason = |what: &str| Reason {
                place: converter.place.clone(),
                what: format!("{} {what}", converter.class),
                is_bean: false,
            };
            let mut made = match &converter.given {
                Given::Injected => injected(),
                Given::Own(configured) | Given::Default(configured) => plain(Maker::Converter, (**configured).clone()),
                Given::Unknown => {
                    let mut configured = Configured::new(SPRING);
                    let what = format!("which mapper {} has is not understood", converter.class);
                    configured.unread.push(Unread { place: converter.place.clone(), what });
                    plain(Maker::Converter, configured)
                }
            };
            made.configured.reasons.insert(
                0,
                reason(match converter.given {
                    Given::Injected => "takes the mapper that is injected",
                    Given::Own(_) => "has a mapper of its own",
                    Given::Default(_) => "is given no mapper and makes one",
                    Given::Unknown => "has a mapper that is not understood",
                }),
            );
            if let Some(web) = web {
                let what = format!("{}: whether {} is among them is not understood", web.what, converter.class);
                made.configured.unread.push(Unread { place: web.place.clone(), what });
            }
            made
        }
        None => match (transport, web) {
            (_, Some(web)) => {
                let mut configured = Configured::new(SPRING);
                let (place, what) = (web.place.clone(), web.what.clone());
                configured.reasons.push(Reason { place, what, is_bean: false });
                let jackson = own.iter().filter(|it| it.key.starts_with("spring.jackson."));
                let inert = jackson.map(|it| (*it).clone()).collect();
                Made { inert, ..plain(Maker::Converter, configured) }
            }
            (Transport::Rabbit | Transport::Jms, _) => plain(Maker::None, Configured::new(PLAIN)),
            (Transport::Kafka, _) => kafka(&own).unwrap_or_else(|| plain(Maker::None, Configured::new(PLAIN))),
            (Transport::Camel, _) => {
                let discovers = own.iter().find(|it| {
                    it.profile.is_none() && it.key.ends_with("jackson.autodiscoverobjectmapper") && it.value == "true"
                });
                match discovers {
                    Some(setting) => {
                        let mut made = injected();
                        let what = format!("{}: {}", setting.written, setting.value);
                        made.configured
                            .reasons
                            .insert(0, Reason { place: setting.place.clone(), what, is_bean: false });
                        made
                    }
                    None => plain(Maker::Converter, Configured::new(PLAIN)),
                }
            }
            _ => injected(),
        },
    };
    let Made { maker, configured, inert, profiles, under } = made;
    InForce { module, transport, maker, configured, has_optionals: false, inert, profiles, under }
}

struct Made {
    maker: Maker,
    configured: Configured,
    inert: Vec<Setting>,
    profiles: Vec<Setting>,
    under: Vec<(String, Configured)>,
}

/// Spring for Kafka's own serialisers, when settings name them.
fn kafka(settings: &[&Setting]) -> Option<Made> {
    let named = settings.iter().find(|it| it.key.starts_with("spring.kafka.") && it.value.contains("Json"))?;
    let mut configured = Configured::new(SPRING);
    let what = format!("{}: {}", named.written, named.value);
    configured.reasons.push(Reason { place: named.place.clone(), what, is_bean: false });
    Some(Made { maker: Maker::Converter, configured, inert: Vec::new(), profiles: Vec::new(), under: Vec::new() })
}

/// The mapper that is injected: the bean of the module, else Spring Boot's.
fn injected(module: &str, beans: &Beans, settings: &[&Setting]) -> Made {
    let jackson: Vec<&Setting> = settings.iter().filter(|it| it.key.starts_with("spring.jackson.")).copied().collect();
    let holds = |profile: Option<&str>| -> Vec<&Setting> {
        jackson.iter().filter(|it| it.profile.as_deref() == profile).copied().collect()
    };
    let (always, mut profiles) = (holds(None), jackson.clone());
    profiles.retain(|it| it.profile.is_some());
    let owned = |settings: &[&Setting]| -> Vec<Setting> { settings.iter().map(|it| (*it).clone()).collect() };
    let of_module = || beans.mappers.iter().filter(|bean| bean.module == module);
    // Where all of them hold for a profile, Spring Boot makes the mapper without one.
    let is_always = of_module().any(|bean| bean.profiles.is_empty());
    let candidates: Vec<&MapperBean> = of_module().filter(|_| is_always).collect();
    let chosen = candidates.iter().find(|bean| bean.is_primary).or(candidates.first());
    let builder = beans.builders.iter().find(|bean| bean.module == module);
    if let Some(bean) = chosen.copied().filter(|bean| !bean.from_boot).or(builder) {
        let mut configured = replaced(bean);
        // A mapper that takes the builder changes what that one makes.
        if let Some(built) = chosen.filter(|it| it.from_boot) {
            change(&mut configured, &built.place, &built.configured);
        }
        if !bean.profiles.is_empty() {
            let what = format!("the bean {} depends on @Profile", bean.name);
            configured.unread.push(Unread { place: bean.place.clone(), what });
        }
        if candidates.len() > 1 && !bean.is_primary {
            let what =
                format!("{} beans are mappers and none is @Primary: {} is taken here", candidates.len(), bean.name);
            configured.unread.push(Unread { place: bean.place.clone(), what });
        }
        let inert = owned(&[&always[..], &profiles].concat());
        return Made { maker: Maker::Bean, configured, inert, profiles: Vec::new(), under: Vec::new() };
    }
    let mut names: Vec<&str> = profiles.iter().filter_map(|it| it.profile.as_deref()).collect();
    let customizers = || beans.customizers.iter().filter(|it| it.module == module);
    names.extend(of_module().filter(|_| !is_always).flat_map(|it| &it.profiles).map(String::as_str));
    names.extend(customizers().flat_map(|it| &it.profiles).map(String::as_str));
    names.sort_unstable();
    names.dedup();
    // What holds for a profile wins over what holds always.
    let under = |name: &&str| {
        let settings = [&always[..], &holds(Some(name))].concat();
        let holds = |it: &&Customizer| it.profiles.is_empty() || it.profiles.iter().any(|of| of == name);
        let customizers: Vec<&Customizer> = customizers().filter(holds).collect();
        let mut holding = of_module().filter(|it| !is_always && it.profiles.iter().any(|of| of == name));
        let bean = holding.next().or(chosen.copied());
        let configured = match bean.filter(|bean| !bean.from_boot) {
            Some(bean) => replaced(bean),
            None => boot(module, beans, bean, &settings, &customizers),
        };
        ((*name).to_owned(), configured)
    };
    let unconditional: Vec<&Customizer> = customizers().filter(|it| it.profiles.is_empty()).collect();
    Made {
        maker: Maker::Boot,
        configured: boot(module, beans, chosen.copied(), &always, &unconditional),
        inert: Vec::new(),
        under: names.iter().map(under).collect(),
        profiles: owned(&profiles),
    }
}

/// The mapper of a bean that stands in for Spring Boot's.
fn replaced(bean: &MapperBean) -> Configured {
    let mut configured = bean.configured.clone();
    let what = format!("the bean {} replaces Spring Boot's mapper", bean.name);
    configured.reasons.insert(0, Reason { place: bean.place.clone(), what, is_bean: true });
    if !bean.conditions.is_empty() {
        let what = format!("the bean {} depends on {}", bean.name, bean.conditions.join(", "));
        configured.unread.push(Unread { place: bean.place.clone(), what });
    }
    configured
}

/// Spring Boot's mapper with settings, and with what code changes of it.
fn boot(
    module: &str,
    beans: &Beans,
    chosen: Option<&MapperBean>,
    settings: &[&Setting],
    customizers: &[&Customizer],
) -> Configured {
    let mut configured = Configured::new(BOOT);
    for setting in settings {
        let what = format!("{}: {}", setting.written, setting.value);
        if apply(setting, &mut configured) {
            configured.reasons.push(Reason { place: setting.place.clone(), what, is_bean: false });
        } else {
            configured.unread.push(Unread { place: setting.place.clone(), what: format!("{what} is not understood") });
        }
    }
    for addition in beans.additions.iter().filter(|it| it.module == module) {
        configured.unread.push(Unread { place: addition.place.clone(), what: addition.what.clone() });
    }
    let customized = customizers.iter().map(|it| (&it.place, &it.configured));
    for (place, changes) in customized.chain(chosen.iter().map(|bean| (&bean.place, &bean.configured))) {
        change(&mut configured, place, changes);
    }
    configured
}

/// Changes a mapper as code does, and says so.
fn change(configured: &mut Configured, place: &Place, change: &Configured) {
    merge(configured, change);
    let what = "changes Spring Boot's mapper".to_owned();
    configured.reasons.push(Reason { place: place.clone(), what, is_bean: false });
    configured.reasons.extend(change.reasons.iter().cloned());
    configured.unread.extend(change.unread.iter().cloned());
}

/// What a customizer changes of Spring Boot's mapper: its own start is that mapper, so what differs was changed.
fn merge(configured: &mut Configured, change: &Configured) {
    for (feature, is_on) in &change.features {
        configured.switch(feature, *is_on);
    }
    if change.inclusion != Inclusion::Always {
        (configured.config.include, configured.inclusion) = (change.config.include, change.inclusion);
    }
    if change.strategy != Some(FIELD) {
        (configured.config.naming, configured.strategy) = (change.config.naming, change.strategy);
    }
}

/// Applies a setting of `spring.jackson`; false when it is not understood.
fn apply(setting: &Setting, configured: &mut Configured) -> bool {
    let key = setting.key.strip_prefix("spring.jackson.").unwrap_or_default();
    if let Some((group, feature)) = key.split_once('.')
        && ["serialization", "deserialization", "mapper", "parser", "generator", "datatype.datetime"].contains(&group)
    {
        let Ok(is_on) = setting.value.to_ascii_lowercase().parse::<bool>() else { return false };
        let written = setting.written.rsplit(['.', '[']).next().unwrap_or_default().trim_end_matches(']');
        let constant = written.replace('-', "_").to_ascii_uppercase();
        return feature.len() > 1 && configured.switch(&constant, is_on);
    }
    match key {
        "defaultpropertyinclusion" | "serializationinclusion" => configured.include(&setting.value),
        "propertynamingstrategy" => configured.naming(known(&setting.value)),
        _ => false,
    }
}
