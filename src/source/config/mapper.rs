//! What the code that makes a mapper configures: a list of calls whose effect on the wire is known.

use tree_sitter::Node;

use crate::java::config::{Dates, Include, Layout, MapperConfig, Naming, Unknown};
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::parse::Reader;
use crate::source::java::syntax::{Method, Value};
use crate::source::java::walk::{descendants, span};
use crate::source::place::{Place, Unread};

/// Features that change how a value is read or written, but no fact of the table.
const OTHERS: &[&str] = &[
    "ALLOW_UNQUOTED_FIELD_NAMES",
    "FAIL_ON_EMPTY_BEANS",
    "READ_UNKNOWN_ENUM_VALUES_AS_NULL",
    "ACCEPT_CASE_INSENSITIVE_ENUMS",
    "ACCEPT_EMPTY_STRING_AS_NULL_OBJECT",
    "ACCEPT_SINGLE_VALUE_AS_ARRAY",
    "FAIL_ON_NULL_FOR_PRIMITIVES",
    "UNWRAP_ROOT_VALUE",
    "WRAP_ROOT_VALUE",
    "DEFAULT_VIEW_INCLUSION",
    "ADJUST_DATES_TO_CONTEXT_TIME_ZONE",
    "WRITE_DURATIONS_AS_TIMESTAMPS",
    "READ_DATE_TIMESTAMPS_AS_NANOSECONDS",
    "WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS",
    "WRITE_ENUMS_USING_TO_STRING",
    "READ_ENUMS_USING_TO_STRING",
    "USE_BIG_DECIMAL_FOR_FLOATS",
    "WRITE_BIGDECIMAL_AS_PLAIN",
    "SORT_PROPERTIES_ALPHABETICALLY",
    "ORDER_MAP_ENTRIES_BY_KEYS",
    "ESCAPE_NON_ASCII",
    "ALLOW_COMMENTS",
    "ALLOW_SINGLE_QUOTES",
    "AUTO_CLOSE_SOURCE",
    "ACCEPT_CASE_INSENSITIVE_PROPERTIES",
    "FAIL_ON_INVALID_SUBTYPE",
    "FAIL_ON_IGNORED_PROPERTIES",
    "ALLOW_COERCION_OF_SCALARS",
];

/// Features that are on unless something switches them. Those whose default depends on Jackson's version are not told.
const ON: &[&str] = &[
    "FAIL_ON_EMPTY_BEANS",
    "ADJUST_DATES_TO_CONTEXT_TIME_ZONE",
    "READ_DATE_TIMESTAMPS_AS_NANOSECONDS",
    "WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS",
    "AUTO_CLOSE_SOURCE",
    "FAIL_ON_INVALID_SUBTYPE",
    "ALLOW_COERCION_OF_SCALARS",
];
/// Features that are off unless something switches them; durations are where Spring Boot makes the mapper.
const OFF: &[&str] = &[
    "ALLOW_UNQUOTED_FIELD_NAMES",
    "READ_UNKNOWN_ENUM_VALUES_AS_NULL",
    "ACCEPT_CASE_INSENSITIVE_ENUMS",
    "ACCEPT_EMPTY_STRING_AS_NULL_OBJECT",
    "ACCEPT_SINGLE_VALUE_AS_ARRAY",
    "UNWRAP_ROOT_VALUE",
    "WRAP_ROOT_VALUE",
    "USE_BIG_DECIMAL_FOR_FLOATS",
    "WRITE_BIGDECIMAL_AS_PLAIN",
    "ORDER_MAP_ENTRIES_BY_KEYS",
    "ESCAPE_NON_ASCII",
    "ALLOW_COMMENTS",
    "ALLOW_SINGLE_QUOTES",
    "ACCEPT_CASE_INSENSITIVE_PROPERTIES",
    "FAIL_ON_IGNORED_PROPERTIES",
];

/// Whether a feature is what it is anyway, where Spring Boot makes the mapper or something else does.
pub fn is_default(feature: &str, is_on: bool, is_boot: bool) -> bool {
    let of_boot = is_boot && feature == "WRITE_DURATIONS_AS_TIMESTAMPS";
    if is_on { ON.contains(&feature) } else { OFF.contains(&feature) || of_boot }
}

/// Modules without effect on the facts of the table.
const HARMLESS_MODULES: &[&str] = &["Jdk8Module", "ParameterNamesModule", "AfterburnerModule", "BlackbirdModule"];

/// How the methods begin that set something on a mapper or on its builder.
const SETTERS: &[&str] = &[
    "set",
    "add",
    "register",
    "activate",
    "enable",
    "disable",
    "configure",
    "serializer",
    "deserializer",
    "mixIn",
    "dateFormat",
    "simpleDateFormat",
    "timeZone",
    "locale",
    "annotationIntrospector",
    "visibility",
    "defaultTyping",
    "filters",
    "postConfigurer",
    "findAndRegisterModules",
];

/// What the types of mappers and of their builders have in their names.
const BUILDERS: &[&str] = &["ObjectMapper", "JsonMapper", "MapperBuilder"];

/// Methods that are handed a mapper and hand it on are followed this far: they can call each other.
const MAX_HELPERS: usize = 4;

/// Whether a method sets something on a mapper or on its builder.
pub(super) fn sets(name: &str) -> bool {
    SETTERS.iter().any(|prefix| name.starts_with(prefix))
}

/// Why a configuration is what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// Where that is said.
    pub place: Place,
    /// Lower-case fragment: what it does.
    pub what: String,
    /// Whether it is the bean that stands in for Spring Boot's mapper.
    pub is_bean: bool,
}

/// A mapper as its makers configure it.
#[derive(Clone, Debug)]
pub struct Configured {
    /// The facts that reach the wire.
    pub config: MapperConfig,
    /// Further features that were switched, and to what.
    pub features: Vec<(String, bool)>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What was not understood.
    pub unread: Vec<Unread>,
}

/// `new ObjectMapper()`: what Jackson itself does.
pub const PLAIN: MapperConfig = MapperConfig {
    name: "from-sources",
    summary: "as the sources configure it",
    dates: Dates::Unsupported,
    ..MapperConfig::ISO
};

/// What Spring's converters make for themselves: modules that are found, unknown keys ignored.
pub const SPRING: MapperConfig = MapperConfig { dates: Dates::Arrays, unknown: Unknown::Ignore, ..PLAIN };

/// What Spring Boot makes when nothing is set.
pub const BOOT: MapperConfig = MapperConfig { dates: Dates::Text, ..SPRING };

impl Configured {
    /// A configuration that is not changed yet.
    pub fn new(config: MapperConfig) -> Self {
        Configured { config, features: Vec::new(), reasons: Vec::new(), unread: Vec::new() }
    }

    /// Switches a feature; false when it is not known.
    pub fn switch(&mut self, feature: &str, is_on: bool) -> bool {
        match feature {
            "WRITE_DATES_AS_TIMESTAMPS" => {
                // Without the module that knows dates, none is written either way.
                if self.config.dates != Dates::Unsupported {
                    self.config.dates = if is_on { Dates::Arrays } else { Dates::Text };
                }
            }
            "INDENT_OUTPUT" => self.config.layout = if is_on { Layout::Indented } else { Layout::Compact },
            "FAIL_ON_UNKNOWN_PROPERTIES" => {
                self.config.unknown = if is_on { Unknown::Refuse } else { Unknown::Ignore };
            }
            _ if OTHERS.contains(&feature) => {}
            _ => return false,
        }
        self.features.retain(|(known, _)| known != feature);
        self.features.push((feature.to_owned(), is_on));
        true
    }

    /// Sets the inclusion; false when it is not known.
    pub fn include(&mut self, rule: &str) -> bool {
        self.config.include = match rule.to_ascii_uppercase().replace('-', "_").as_str() {
            "ALWAYS" => Include::Always,
            "NON_NULL" => Include::NonNull,
            _ => return false,
        };
        true
    }

    /// Sets the naming strategy; false when it is not known.
    pub fn naming(&mut self, strategy: &str) -> bool {
        self.config.naming = match strategy.rsplit('.').next().unwrap_or_default() {
            "SNAKE_CASE" | "SnakeCaseStrategy" | "CAMEL_CASE_TO_LOWER_CASE_WITH_UNDERSCORES" => Naming::Snake,
            "LOWER_CAMEL_CASE" | "LowerCamelCaseStrategy" => Naming::Field,
            _ => return false,
        };
        true
    }
}

/// Applies all that a body does to a mapper, in the order of the text. `start` is what it does before.
pub fn of_body<'s>(scope: &Scope<'s>, body: Node<'s>, start: MapperConfig) -> Configured {
    let mut configured = Configured::new(start);
    apply_all(scope, body, &mut configured, 0);
    configured.reasons.sort();
    configured
}

fn apply_all<'s>(scope: &Scope<'s>, body: Node<'s>, configured: &mut Configured, depth: usize) {
    let is_call = |node: &Node<'s>| matches!(node.kind(), "method_invocation" | "method_reference");
    let mut calls: Vec<Node<'s>> = descendants(body).filter(is_call).collect();
    // A chain stands around its beginning: what is called first ends first.
    calls.sort_by_key(Node::end_byte);
    // Whether the modules come before or after a feature is set, both hold.
    let is_module = |node: &Node<'s>| {
        let name = node.child_by_field_name("name").map_or("", |name| scope.raw(name));
        name.contains("odule")
    };
    let (modules, others): (Vec<_>, Vec<_>) = calls.into_iter().partition(is_module);
    for call in modules.into_iter().chain(others) {
        match helper(scope, call).filter(|_| depth < MAX_HELPERS) {
            Some(method) => {
                let scope = Scope::new(scope.sources, scope.class, method);
                if let Some(body) = scope.body() {
                    apply_all(&scope, body, configured, depth + 1);
                }
            }
            None if call.kind() == "method_reference" => refer(scope, call, configured),
            None => apply(scope, call, configured),
        }
    }
}

/// The method of the same class that is called with a mapper or a builder: `tune(builder)`, or `this::tune`.
fn helper<'s>(scope: &Scope<'s>, call: Node<'s>) -> Option<&'s Method> {
    let name = match call.kind() {
        "method_reference" => scope.raw(call).split_once("::").filter(|(of, _)| of.trim() == "this")?.1.trim(),
        _ => {
            let object = call.child_by_field_name("object");
            scope.raw(call.child_by_field_name("name").filter(|_| object.is_none_or(|it| it.kind() == "this"))?)
        }
    };
    let mut named = scope.sources.declaration(scope.class).methods.iter().filter(|method| method.name == name);
    let is_taken =
        |method: &Method| method.parameters.iter().any(|it| BUILDERS.iter().any(|kind| it.ty.name.contains(kind)));
    // Of several with one name it is not told which is meant.
    named.next().filter(|method| named.next().is_none() && is_taken(method))
}

/// A method that is handed over by its name, where it may set something.
fn refer<'s>(scope: &Scope<'s>, reference: Node<'s>, configured: &mut Configured) {
    let shown = scope.raw(reference);
    let is_whole = reference.parent().is_some_and(|around| around.kind() == "return_statement");
    if is_whole || shown.rsplit("::").next().is_some_and(sets) {
        let place = scope.sources.place(scope.class, span(reference, scope.sources.text(scope.class)));
        configured.unread.push(Unread { place, what: format!("{shown} on a mapper is not understood") });
    }
}

fn apply<'s>(scope: &Scope<'s>, call: Node<'s>, configured: &mut Configured) {
    let Some(name_node) = call.child_by_field_name("name") else { return };
    let name = scope.raw(name_node);
    let given = arguments(call);
    let reader = Reader::new(scope.sources.text(scope.class));
    let values: Vec<Value> = given.iter().map(|argument| reader.value(*argument, 0)).collect();
    let names: Vec<String> = values.iter().filter_map(|value| value.last_name().map(str::to_owned)).collect();
    let place = scope.sources.place(scope.class, span(name_node, scope.sources.text(scope.class)));
    let shown = given.iter().map(|argument| scope.raw(*argument)).collect::<Vec<_>>().join(", ");
    let flag = |place: usize| match values.get(place) {
        None => Some(true),
        Some(Value::Bool(flag)) => Some(*flag),
        Some(_) => None,
    };
    let is_understood = match name {
        "findAndRegisterModules" | "findAndAddModules" | "findModulesViaServiceLoader" => add_dates(configured),
        "registerModule" | "registerModules" | "addModule" | "addModules" | "modules" | "modulesToInstall" => {
            given.iter().all(|argument| {
                let text = scope.raw(*argument);
                match () {
                    () if text.contains("JavaTimeModule") => add_dates(configured),
                    () => HARMLESS_MODULES.iter().any(|module| text.contains(module)),
                }
            })
        }
        "disable" | "featuresToDisable" | "without" => names.iter().all(|feature| configured.switch(feature, false)),
        "enable" | "featuresToEnable" | "with" => names.iter().all(|feature| configured.switch(feature, true)),
        "configure" => match (names.first(), values.get(1)) {
            (Some(feature), Some(Value::Bool(is_on))) => configured.switch(feature, *is_on),
            _ => false,
        },
        "failOnUnknownProperties" => {
            flag(0).is_some_and(|is_on| configured.switch("FAIL_ON_UNKNOWN_PROPERTIES", is_on))
        }
        "indentOutput" => flag(0).is_some_and(|is_on| configured.switch("INDENT_OUTPUT", is_on)),
        "setSerializationInclusion" | "serializationInclusion" | "setDefaultPropertyInclusion" => {
            names.first().is_some_and(|rule| configured.include(rule))
        }
        "setPropertyNamingStrategy" | "propertyNamingStrategy" => {
            names.first().is_some_and(|strategy| configured.naming(strategy))
        }
        _ => {
            // Anything else that sets something on a mapper; a call that asks or builds has no effect.
            if sets(name) {
                configured
                    .unread
                    .push(Unread { place, what: format!("{name}({shown}) on a mapper is not understood") });
            }
            return;
        }
    };
    if is_understood {
        configured.reasons.push(Reason { place, what: format!("{name}({shown})"), is_bean: false });
    } else {
        configured.unread.push(Unread { place, what: format!("{name}({shown}) on a mapper is not understood") });
    }
}

fn add_dates(configured: &mut Configured) -> bool {
    if configured.config.dates == Dates::Unsupported {
        configured.config.dates = Dates::Arrays;
    }
    true
}
