//! What the code that makes a mapper configures: a list of calls whose effect on the wire is known.

use tree_sitter::Node;

use super::followed::Seen;
use crate::java::config::{Dates, Include, Layout, MapperConfig, Naming, Unknown};
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::inclusion::Inclusion;
use crate::source::java::parse::Reader;
use crate::source::java::strategies::{FIELD, SNAKE, of_expression};
use crate::source::java::syntax::Value;
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
const HARMLESS_MODULES: &[&str] = &["ParameterNamesModule", "AfterburnerModule", "BlackbirdModule"];

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
    /// Which keys are left out, of more rules than the table has.
    pub inclusion: Inclusion,
    /// The naming strategy, of more than the table has; none where it is not understood.
    pub strategy: Option<&'static str>,
    /// Whether it writes and reads `Optional`.
    pub has_optionals: bool,
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
        Configured {
            config,
            inclusion: if config.include == Include::Always { Inclusion::Always } else { Inclusion::NonNull },
            strategy: Some(if config.naming == Naming::Snake { SNAKE } else { FIELD }),
            // Spring finds the module; what is made by hand has none.
            has_optionals: config.dates != Dates::Unsupported,
            features: Vec::new(),
            reasons: Vec::new(),
            unread: Vec::new(),
        }
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
        self.inclusion = Inclusion::named(rule).unwrap_or(Inclusion::Unread);
        self.config.include = self.inclusion.of_table().unwrap_or(Include::Always);
        self.inclusion != Inclusion::Unread
    }

    /// Sets the naming strategy; false when it is not known.
    pub fn naming(&mut self, strategy: Option<&'static str>) -> bool {
        self.strategy = strategy;
        self.config.naming = if strategy == Some(SNAKE) { Naming::Snake } else { Naming::Field };
        strategy.is_some()
    }
}

/// Applies all that a body does to a mapper, in the order of the text. `start` is what it does before.
pub fn of_body<'s>(scope: &Scope<'s>, body: Node<'s>, start: MapperConfig) -> Configured {
    let mut configured = Configured::new(start);
    // Jackson 3 knows them without a module.
    configured.has_optionals |= scope.sources.imports_any(scope.class, "tools.jackson");
    apply_all(scope, body, &mut configured, &mut Seen::default());
    configured.reasons.sort();
    configured
}

/// Applies what more is done to a mapper.
pub(super) fn further<'s>(scope: &Scope<'s>, body: Node<'s>, configured: &mut Configured) {
    apply_all(scope, body, configured, &mut Seen::default());
    configured.reasons.sort();
}

fn apply_all<'s>(scope: &Scope<'s>, body: Node<'s>, configured: &mut Configured, seen: &mut Seen) {
    let kinds = ["method_invocation", "method_reference", "identifier", "field_access"];
    let is_call = |node: &Node<'s>| kinds.contains(&node.kind());
    let mut calls: Vec<Node<'s>> = descendants(body).filter(is_call).collect();
    // A chain stands around its beginning: what is called first ends first.
    calls.sort_by_key(Node::end_byte);
    // Whether the modules come before or after a feature is set, both hold.
    let is_module = |node: &Node<'s>| {
        let name = node.child_by_field_name("name").map_or("", |name| scope.raw(name));
        node.kind() == "method_invocation" && name.contains("odule")
    };
    let (modules, others): (Vec<_>, Vec<_>) = calls.into_iter().partition(is_module);
    for call in modules.into_iter().chain(others) {
        let is_followed = seen.follow(scope, call, |seen, found| apply_all(&found.scope, found.body, configured, seen));
        match call.kind() {
            _ if is_followed => {}
            "method_reference" => refer(scope, call, configured),
            "method_invocation" => apply(scope, call, configured),
            _ => {}
        }
    }
}

/// The rule that is given to `setSerializationInclusion(NON_NULL)`, also as a value that says the same of what is in it:
/// `JsonInclude.Value.construct(NON_NULL, ALWAYS)`.
fn rule_of<'s>(scope: &Scope<'s>, given: Option<Node<'s>>) -> Option<String> {
    let given = given?;
    match given.kind() {
        "method_invocation" => {
            let name = scope.raw(given.child_by_field_name("name")?);
            let is_value = scope.raw(given).starts_with("JsonInclude.Value.") || scope.raw(given).starts_with("Value.");
            let arguments = arguments(given);
            // What it says of contents is another matter.
            let says_more = arguments.get(1).is_some_and(|content| !scope.raw(*content).ends_with("ALWAYS"));
            let is_plain = is_value && name == "construct" && !says_more;
            rule_of(scope, arguments.first().copied()).filter(|_| is_plain)
        }
        "identifier" | "field_access" => Some(scope.raw(given).rsplit('.').next()?.to_owned()),
        _ => None,
    }
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

/// Applies one call alone, without what it is called on.
pub(super) fn apply<'s>(scope: &Scope<'s>, call: Node<'s>, configured: &mut Configured) {
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
        "findAndRegisterModules" | "findAndAddModules" | "findModulesViaServiceLoader" => {
            configured.has_optionals = true;
            add_dates(configured)
        }
        "registerModule" | "registerModules" | "addModule" | "addModules" | "modules" | "modulesToInstall" => {
            given.iter().all(|argument| {
                let text = scope.raw(*argument);
                match () {
                    () if text.contains("JavaTimeModule") => add_dates(configured),
                    () if text.contains("Jdk8Module") => {
                        configured.has_optionals = true;
                        true
                    }
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
            configured.include(rule_of(scope, given.first().copied()).as_deref().unwrap_or_default())
        }
        "setPropertyNamingStrategy" | "propertyNamingStrategy" => {
            configured.naming(given.first().and_then(|strategy| of_expression(scope, *strategy)))
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
