//! What `dtogate sources` says, in versioned structs of its own, so that the reader may change and the format not.
//!
//! A field is never renamed or given another meaning within a version; new fields may appear.

use schemars::JsonSchema;
use serde::Serialize;

use super::Found;
use crate::java::config::{Dates, Include, Layout, MapperConfig, Naming, Unknown};
use crate::model;
use crate::source::config::mapper::{Configured, Reason};
use crate::source::config::{Configuration, InForce, Maker};
use crate::source::java::class::KeyFacts;
use crate::source::java::inclusion::Inclusion;
use crate::source::java::strategies::{FIELD, SNAKE};
use crate::source::java::syntax::Kind;
use crate::source::spring::{Direction, Transport, WireClass};

/// The version of the structs below.
const SCHEMA_VERSION: u32 = 1;

/// What `dtogate sources --format json` writes.
///
/// Every field is always there; some may be null. Readers must expect fields that they do not know.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "dtogate sources")]
pub struct Output {
    /// The version of this format; 1.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// What was read: `work tree`, or a commit.
    pub tree: String,
    /// How many Java files were read, those of tests too.
    pub java_files: usize,
    /// The mapper in force for each module and transport.
    pub mappers: Vec<Mapper>,
    /// The classes that reach a wire or a store, by path and place.
    pub classes: Vec<Class>,
    /// Converters that are handed a mapper and make their own.
    pub ignored_mappers: Vec<Unread>,
    /// What was not understood, by place.
    pub unread: Vec<Unread>,
}

/// The mapper in force for a transport of a module.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Mapper {
    /// The module: the folder that holds `src/main`; empty for the root.
    pub module: String,
    /// The transport.
    pub transport: &'static str,
    /// What makes it.
    #[schemars(extend("enum" = ["spring-boot", "bean", "converter", "code", "none"]))]
    pub maker: &'static str,
    /// How dates without a pattern are written; null where there is no mapper.
    pub dates: Option<&'static str>,
    /// What happens to keys that the class does not have; null where there is no mapper.
    pub unknown: Option<&'static str>,
    /// Which keys are written; null where there is no mapper.
    pub include: Option<&'static str>,
    /// How fields become keys; null where there is no mapper.
    pub naming: Option<&'static str>,
    /// Where white space stands; null where there is no mapper.
    pub layout: Option<&'static str>,
    #[serde(skip)]
    summary: String,
    /// Why: what is said where.
    pub reasons: Vec<Setting>,
    /// Settings without effect, since a bean replaces the mapper that they are for.
    pub without_effect: Vec<Setting>,
    /// Settings of a profile; what is said above is without them.
    pub of_profiles: Vec<Setting>,
    /// What the mapper is under each of those profiles alone.
    pub under_profiles: Vec<UnderProfile>,
}

/// The mapper under a profile.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UnderProfile {
    /// The profile, or the expression of profiles, as it is written.
    pub profile: String,
    /// What the mapper does, in words.
    pub summary: String,
}

/// Something that is said at a place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Setting {
    /// `path:line:column`
    pub place: String,
    /// What is said.
    pub what: String,
}

/// A class.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Class {
    /// Its identity: `path/to/File.java#Outer.Inner`.
    pub id: String,
    /// Its name in the file.
    pub name: String,
    /// `path:line:column` of its name.
    pub place: String,
    /// What it is declared as.
    #[schemars(extend("enum" = ["class", "record", "interface"]))]
    pub kind: &'static str,
    /// Whether it is only stored: such a class is no wire.
    pub is_store_only: bool,
    /// Which ways it goes, by transport.
    pub uses: Vec<Use>,
    /// What it does with keys that it does not have; null where the mapper decides.
    pub unknown: Option<&'static str>,
    /// Which keys are written; null where the mapper decides.
    pub include: Option<&'static str>,
    /// What it is written as, where that is no object: `@JsonValue`.
    pub body: Option<String>,
    /// Its keys, in the order in which they are written.
    pub keys: Vec<Key>,
}

/// A way that a class goes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Use {
    /// What carries it.
    pub transport: &'static str,
    /// Which way, as the service sees it.
    #[schemars(extend("enum" = ["written", "read"]))]
    pub direction: &'static str,
    /// `path:line:column` of what says so.
    pub place: String,
    /// What stands there.
    pub how: String,
}

/// In which directions a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Written and read.
    Both,
    /// Only written.
    Written,
    /// Only read.
    Read,
}

/// A key.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Key {
    /// Its name on the wire, without a naming strategy of the mapper.
    pub name: String,
    /// Whether the name stands in the source as such: then no naming strategy of the mapper changes it.
    pub explicit: bool,
    /// The field or bean property.
    pub field: String,
    /// `path:line:column` of the field, or of the accessor when there is none.
    pub place: String,
    /// Its Java type.
    pub java_type: String,
    /// In which directions it goes.
    pub way: Way,
    /// Other names that are read as this key.
    pub aliases: Vec<String>,
    /// The pattern of a date or time.
    pub pattern: Option<String>,
    /// `shape` of `@JsonFormat`.
    pub shape: Option<String>,
    /// What else `@JsonFormat` says: `timezone Europe/Rome`.
    pub format: Vec<String>,
    /// Whether it can be null; false where the type or an annotation says that it cannot.
    pub nullable: bool,
    /// Which rule decides whether it is written; null where class or mapper do.
    pub include: Option<&'static str>,
    /// The JSON of its initialiser; null where there is none or it could not be told.
    pub default: Option<String>,
    /// The words that it can hold; empty where it can hold anything.
    pub words: Vec<String>,
    /// The class that writes it, where one is named.
    pub serializer: Option<String>,
    /// The class that reads it, where one is named.
    pub deserializer: Option<String>,
    /// Its name in a store, where that is another.
    pub store_name: Option<String>,
    /// Its date forms in an index.
    pub index_formats: Vec<String>,
    /// Whether no code that makes the class fills it, where all such code was understood and the class is never read.
    pub unfilled: bool,
}

/// Something that was not understood, or is not as it looks.
#[derive(Debug, Serialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// `path:line:column`
    pub place: String,
    /// What.
    pub what: String,
}

impl Output {
    /// Everything that was found.
    pub fn new(found: &Found<'_>) -> Output {
        let (sources, configuration) = (found.sources, &found.configuration);
        Output {
            schema_version: SCHEMA_VERSION,
            tree: sources.name.clone(),
            java_files: sources.files.iter().filter(|source| source.java.is_some()).count(),
            mappers: mappers(configuration).map(mapper).collect(),
            classes: found.inventory.classes.iter().map(|class| self::class(found, class)).collect(),
            ignored_mappers: configuration
                .ignored
                .iter()
                .map(|it| Unread {
                    place: it.place.to_string(),
                    what: format!("{} does not use the mapper that is handed in at {}", it.class, it.given),
                })
                .collect(),
            unread: found
                .unread()
                .into_iter()
                .map(|it| Unread {
                    // A file that was left out has no line.
                    place: if it.place.span.line == 0 { it.place.path.to_string() } else { it.place.to_string() },
                    what: it.what,
                })
                .collect(),
        }
    }

    /// The classes on a wire, without those that are only stored.
    pub fn on_wire(&self) -> impl Iterator<Item = &Class> {
        self.classes.iter().filter(|class| !class.is_store_only)
    }

    /// The transports that have a class, in the order of reports, each with its classes.
    pub(super) fn by_transport(&self) -> Vec<(&'static str, Vec<&Class>)> {
        let of = |transport: &Transport| {
            let name = transport.name();
            let classes = self.classes.iter().filter(|class| class.uses.iter().any(|it| it.transport == name));
            (name, classes.collect::<Vec<_>>())
        };
        Transport::ALL.iter().map(of).filter(|(_, classes)| !classes.is_empty()).collect()
    }
}

/// The mappers of transports, and those that code makes for itself.
fn mappers(configuration: &Configuration) -> impl Iterator<Item = &InForce> {
    let own = configuration.in_code.iter().filter(|it| !it.is_injected).map(|it| &it.mapper);
    configuration.in_force.iter().chain(own)
}

fn mapper(found: &InForce) -> Mapper {
    let setting = |it: &crate::source::config::settings::Setting| Setting {
        place: it.place.to_string(),
        what: match &it.profile {
            Some(profile) => format!("{}: {} (profile {profile})", it.written, it.value),
            None => format!("{}: {}", it.written, it.value),
        },
    };
    let MapperConfig {
        name: _,
        summary: _,
        dates,
        unknown,
        // More is known of these than the table says.
        include: _,
        naming: _,
        escape: _,
        layout,
        // Facts that no setting of a source is read for yet.
        timestamps: _,
        order: _,
        line_ends: _,
        doubles: _,
    } = found.configured.config;
    let reason = |it: &Reason| Setting { place: it.place.to_string(), what: it.what.clone() };
    let is_json = found.maker != Maker::None;
    let fact = |fact: &'static str| is_json.then_some(fact);
    Mapper {
        module: found.module.clone(),
        transport: found.transport.name(),
        maker: match found.maker {
            Maker::Boot => "spring-boot",
            Maker::Bean => "bean",
            Maker::Converter => "converter",
            Maker::Code => "code",
            Maker::None => "none",
        },
        dates: fact(match dates {
            Dates::Text => "text",
            Dates::Arrays => "arrays",
            Dates::Unsupported => "unsupported",
        }),
        unknown: fact(unknown_name(unknown)),
        include: fact(found.configured.inclusion.name()),
        naming: fact(strategy_name(found.configured.strategy)),
        layout: fact(layout_name(layout)),
        summary: summary(&found.maker, &found.configured),
        reasons: found.configured.reasons.iter().map(reason).collect(),
        without_effect: found.inert.iter().map(setting).collect(),
        of_profiles: found.profiles.iter().map(setting).collect(),
        under_profiles: found
            .under
            .iter()
            .map(|(profile, configured)| UnderProfile {
                profile: profile.clone(),
                summary: summary(&found.maker, configured),
            })
            .collect(),
    }
}

pub(in crate::source) fn dates_name(dates: Dates) -> &'static str {
    match dates {
        Dates::Text => "as text",
        Dates::Arrays => "as arrays",
        Dates::Unsupported => "cannot be written",
    }
}

pub(in crate::source) fn naming_name(naming: Naming) -> &'static str {
    match naming {
        Naming::Field => "field",
        Naming::Snake => "snake",
    }
}

/// A naming strategy: as the table calls it, else by Jackson's constant.
fn strategy_name(strategy: Option<&'static str>) -> &'static str {
    match strategy {
        Some(FIELD) => naming_name(Naming::Field),
        Some(SNAKE) => naming_name(Naming::Snake),
        other => other.unwrap_or("unread"),
    }
}

pub(in crate::source) fn layout_name(layout: Layout) -> &'static str {
    match layout {
        Layout::Compact => "compact",
        Layout::Indented => "indented",
        Layout::IndentedNoSpaces => "indented-no-spaces",
    }
}

pub(in crate::source) fn unknown_name(unknown: Unknown) -> &'static str {
    match unknown {
        Unknown::Ignore => "ignored",
        Unknown::Refuse => "refused",
    }
}

pub(in crate::source) fn include_name(include: Include) -> &'static str {
    match include {
        Include::Always => "always",
        Include::NonNull => "non-null",
    }
}

fn class(found: &Found<'_>, class: &WireClass) -> Class {
    let (sources, facts) = (found.sources, &class.facts);
    let never = found.fills.never_filled(sources, class);
    Class {
        id: facts.class.name.to_string(),
        name: sources.declaration(facts.id).name.clone(),
        place: facts.place.to_string(),
        kind: match facts.kind {
            Kind::Class | Kind::Enum => "class",
            Kind::Record => "record",
            Kind::Interface => "interface",
        },
        is_store_only: !class.is_on_wire(),
        uses: class
            .uses
            .iter()
            .map(|it| Use {
                transport: it.transport.name(),
                direction: it.direction.name(),
                place: it.place.to_string(),
                how: it.how.clone(),
            })
            .collect(),
        unknown: facts.class.unknown.map(unknown_name),
        include: facts.inclusion.and_then(Inclusion::known),
        body: match &facts.class.body {
            model::Body::Keys(_) => None,
            model::Body::Type(ty) => Some(type_name(ty)),
        },
        keys: facts.rows().map(|(key, of)| self::key(found, key, of, never.contains(of.field.as_str()))).collect(),
    }
}

fn key(found: &Found<'_>, key: &model::Key, facts: &KeyFacts, unfilled: bool) -> Key {
    let domain = match innermost(&key.ty) {
        model::Type::Leaf { domain: Some(domain), .. } => Some(&**domain),
        _ => key.domain(),
    };
    Key {
        name: key.name.to_string(),
        explicit: key.explicit,
        field: facts.field.clone(),
        place: facts.place.to_string(),
        java_type: found.sources.shown(&facts.java_type).to_string(),
        way: match (facts.is_written, facts.is_read) {
            (true, false) => Way::Written,
            (false, true) => Way::Read,
            _ => Way::Both,
        },
        aliases: key.aliases.iter().map(ToString::to_string).collect(),
        pattern: match innermost(&key.ty) {
            model::Type::Leaf { pattern: Some(pattern), .. } => Some(pattern.to_string()),
            _ => None,
        },
        shape: facts.shape.clone(),
        format: facts.format.iter().map(|(element, value)| format!("{element} {value}")).collect(),
        nullable: key.is_nullable(),
        include: facts.inclusion.and_then(Inclusion::known),
        default: key.default.as_ref().map(ToString::to_string),
        words: domain.map(|domain| domain.words.iter().map(str::to_owned).collect()).unwrap_or_default(),
        serializer: facts.serializer.clone(),
        deserializer: facts.deserializer.clone(),
        store_name: facts.store_name.clone(),
        index_formats: facts.index_formats.clone(),
        unfilled,
    }
}

/// What a list or a map holds in the end.
fn innermost(ty: &model::Type) -> &model::Type {
    match ty {
        model::Type::List(inner) | model::Type::Map(inner) => innermost(inner),
        other => other,
    }
}

fn type_name(ty: &model::Type) -> String {
    match ty {
        model::Type::Leaf { ty, .. } => ty.name.to_owned(),
        model::Type::Class(class) => class.name().to_owned(),
        model::Type::List(inner) => format!("List<{}>", type_name(inner)),
        model::Type::Map(inner) => format!("Map<String, {}>", type_name(inner)),
        model::Type::Other(name) => name.to_string(),
    }
}

impl Class {
    /// Which ways it goes over a transport.
    pub(super) fn ways(&self, transport: &str) -> String {
        let of = self.uses.iter().filter(|it| it.transport == transport);
        let mut ways: Vec<&str> = of.map(|it| it.direction).collect();
        ways.sort_by_key(|way| *way != Direction::Written.name());
        ways.join(" and ")
    }
}

impl Mapper {
    /// What it does, in words.
    pub fn summary(&self) -> &str {
        &self.summary
    }
}

/// What a mapper does, in words.
fn summary(maker: &Maker, configured: &Configured) -> String {
    let maker = match maker {
        Maker::None => return "no mapper: no converter of JSON is made".to_owned(),
        Maker::Boot => "Spring Boot's mapper",
        Maker::Bean => "a bean of the service",
        Maker::Converter => "a mapper of the converter",
        Maker::Code => "a mapper that the code makes",
    };
    let config = &configured.config;
    let dates = format!("dates {}", dates_name(config.dates));
    let unknown = format!("unknown keys {}", unknown_name(config.unknown));
    let mut facts = vec![dates, unknown, layout_name(config.layout).to_owned()];
    if configured.inclusion != Inclusion::Always {
        facts.push(format!("included {}", configured.inclusion.name()));
    }
    match configured.strategy {
        Some(FIELD) => {}
        Some(SNAKE) => facts.push("keys in snake case".to_owned()),
        other => facts.push(format!("keys named by {}", strategy_name(other))),
    }
    format!("{maker}: {}", facts.join(", "))
}
