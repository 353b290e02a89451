//! Beans and other code that makes mappers and converters.

use tree_sitter::Node;

use super::application::Modules;
use super::followed::{followed, texts};
use super::made::{is_left, is_made};
use super::mapper::{BOOT, Configured, PLAIN, SPRING, of_body};
use super::settings::module;
use crate::source::java::enums::arguments;
use crate::source::java::expression::Scope;
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::{Method, Value, find, has};
use crate::source::java::walk::{descendants, span};
use crate::source::place::{Place, Unread};
use crate::source::spring::Transport;

/// Converters of one method that are looked at: nobody makes more.
const MAX_CONVERTERS: usize = 32;
/// Types of mappers.
const MAPPERS: &[&str] = &["ObjectMapper", "JsonMapper"];
/// Types that change the builder of Spring Boot's mapper.
const CUSTOMIZERS: &[&str] = &["Jackson2ObjectMapperBuilderCustomizer", "JsonMapperBuilderCustomizer"];
/// Classes that take the place of Spring Boot's configuration of Spring MVC.
const WEB: &[&str] = &["WebMvcConfigurationSupport", "DelegatingWebMvcConfiguration"];

/// A bean that is a mapper.
#[derive(Clone, Debug)]
pub struct MapperBean {
    /// The module of its file.
    pub module: String,
    /// Where its method stands.
    pub place: Place,
    /// Its name: that of the method, or the one that the annotation gives.
    pub name: String,
    /// `@Primary`
    pub is_primary: bool,
    /// The profiles that it holds for, each by itself; none holds always.
    pub profiles: Vec<String>,
    /// Annotations that make it depend on something else.
    pub conditions: Vec<String>,
    /// Whether it is built from Spring Boot's own builder, so that `spring.jackson.*` reaches it.
    pub from_boot: bool,
    /// What it is.
    pub configured: Configured,
}

/// A bean that changes the builder of Spring Boot's mapper.
#[derive(Clone, Debug)]
pub struct Customizer {
    /// The module of its file.
    pub module: String,
    /// Where its method stands.
    pub place: Place,
    /// The profiles that it holds for, each by itself; none holds always.
    pub profiles: Vec<String>,
    /// What it does, whatever the builder was before.
    pub configured: Configured,
}

/// What mapper a converter has.
#[derive(Clone, Debug)]
pub enum Given {
    /// The one that is injected: the bean, or Spring Boot's.
    Injected,
    /// Its own, that the code makes.
    Own(Box<Configured>),
    /// None is given: what the converter makes for itself.
    Default(Box<Configured>),
    /// It could not be told.
    Unknown,
}

/// A converter between payloads and messages.
#[derive(Clone, Debug)]
pub struct Converter {
    /// The module of its file.
    pub module: String,
    /// What it converts for.
    pub transport: Transport,
    /// Where it is made.
    pub place: Place,
    /// Its class.
    pub class: String,
    /// Its mapper.
    pub given: Given,
    /// Where a mapper is handed to the method that makes it, although it does not use that one.
    pub ignores: Option<Place>,
}

/// Something that Spring Boot gives to its mapper, and that is not understood: a module, a serialiser.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The module of its file.
    pub module: String,
    /// Where it stands.
    pub place: Place,
    /// Lower-case fragment: what it is.
    pub what: String,
}

/// All of them, in the order of paths and places.
#[derive(Debug, Default)]
pub struct Beans {
    /// Mappers.
    pub mappers: Vec<MapperBean>,
    /// Builders that stand in for Spring Boot's.
    pub builders: Vec<MapperBean>,
    /// Customizers.
    pub customizers: Vec<Customizer>,
    /// What takes Spring Boot's converters away from Spring MVC, which then makes its own.
    pub web: Vec<Addition>,
    /// What else Spring Boot gives to its mapper.
    pub additions: Vec<Addition>,
    /// Converters.
    pub converters: Vec<Converter>,
}

impl Beans {
    /// Puts each under the module whose configuration holds for its file.
    pub(super) fn of_modules(&mut self, modules: &Modules) {
        let mappers = self.mappers.iter_mut().chain(&mut self.builders).map(|it| (&mut it.module, &it.place));
        let customizers = self.customizers.iter_mut().map(|it| (&mut it.module, &it.place));
        let additions = self.additions.iter_mut().chain(&mut self.web).map(|it| (&mut it.module, &it.place));
        let converters = self.converters.iter_mut().map(|it| (&mut it.module, &it.place));
        for (module, place) in mappers.chain(customizers).chain(additions).chain(converters) {
            if let Some(of) = modules.of(&place.path) {
                of.clone_into(module);
            }
        }
    }
}

/// Whether a type is a mapper.
pub(super) fn is_mapper(name: &str) -> bool {
    MAPPERS.contains(&name.rsplit('.').next().unwrap_or_default())
}

/// Finds the beans of a tree.
pub fn beans(sources: &Sources) -> Beans {
    let mut beans = Beans::default();
    for class in sources.classes() {
        let Some(module) = module(sources.path(class)) else { continue };
        for found in &sources.declaration(class).annotations {
            if matches!(found.name.as_str(), "JsonComponent" | "JacksonComponent" | "JsonMixin" | "JacksonMixin") {
                let place = sources.place(class, found.span);
                let what =
                    format!("@{} changes how Spring Boot's mapper writes or reads: it is not understood", found.name);
                beans.additions.push(Addition { module: module.to_owned(), place, what });
            }
        }
        of_class(sources, class, module, &mut beans);
        let declared = sources.declaration(class);
        // Made once for the class: it looks through the texts of the tree.
        let has_beans = declared.methods.iter().any(|method| has(&method.annotations, &["Bean"]));
        let is_made = !has_beans || is_made(sources, class);
        for method in &declared.methods {
            let scope = Scope::new(sources, class, method);
            let Some(body) = scope.body() else { continue };
            if has(&method.annotations, &["Bean"]) {
                if !is_made || bean(&scope, class, method, body, module, &mut beans) {
                    continue;
                }
            } else if is_left(sources, declared, method) {
                continue;
            }
            converters(&scope, class, method, body, module, &mut beans);
        }
    }
    beans
}

/// What a class says about the mapper without a method of its own that makes one.
fn of_class(sources: &Sources, class: ClassId, module: &str, beans: &mut Beans) {
    let declared = sources.declaration(class);
    let based = |names: &[&str]| {
        let bases = declared.implements.iter().chain(&declared.extends);
        bases.map(|base| base.name.rsplit('.').next().unwrap_or_default()).find(|base| names.contains(base))
    };
    let enabled = find(&declared.annotations, "EnableWebMvc").map(|found| (found.span, "@EnableWebMvc"));
    let web = enabled.or_else(|| Some((declared.span, based(WEB)?)));
    if let Some((span, what)) = web.filter(|_| is_made(sources, class)) {
        let what = format!("{what} takes Spring Boot's converters away: Spring MVC makes its own");
        beans.web.push(Addition { module: module.to_owned(), place: sources.place(class, span), what });
    }
    let customize = declared.methods.iter().find(|method| method.name == "customize");
    if let Some(method) = customize.filter(|_| based(CUSTOMIZERS).is_some() && is_made(sources, class)) {
        let scope = Scope::new(sources, class, method);
        if let Some(body) = scope.body() {
            let configured = of_body(&scope, body, BOOT);
            beans.customizers.push(customizer(&scope, class, method, &declared.name, module, configured));
        }
    }
}

/// A bean that is a mapper, or that changes Spring Boot's.
fn bean<'s>(
    scope: &Scope<'s>,
    class: ClassId,
    method: &'s Method,
    body: Node<'s>,
    module: &str,
    beans: &mut Beans,
) -> bool {
    let returned = method.ty.as_ref().map_or("", |ty| ty.name.as_str());
    let is_builder = returned.ends_with("JsonMapper.Builder");
    let returned = returned.rsplit('.').next().unwrap_or_default();
    let mut add = |what| {
        let place = scope.sources.place(class, method.span);
        beans.additions.push(Addition { module: module.to_owned(), place, what });
    };
    if MAPPERS.contains(&returned) {
        beans.mappers.push(mapper_bean(scope, class, method, body, module));
    } else if is_builder {
        add(format!("the bean {} replaces Spring Boot's builder: it is not understood", method.name));
    } else if returned == "Jackson2ObjectMapperBuilder" {
        let mut builder = mapper_bean(scope, class, method, body, module);
        if let Some(taken) = method.parameters.first() {
            let what =
                format!("the builder {} is handed {}: what that does is not understood", method.name, taken.name);
            let place = scope.sources.place(class, taken.span);
            builder.configured.unread.push(Unread { place, what });
        }
        beans.builders.push(MapperBean { from_boot: false, ..builder });
    } else if returned.ends_with("Module") && scope.sources.imports_any(class, "com.fasterxml.jackson") {
        add(format!("the module {} changes Spring Boot's mapper: it is not understood", method.name));
    } else if CUSTOMIZERS.contains(&returned) {
        let mut configured = of_body(scope, body, BOOT);
        let does = ["lambda_expression", "method_reference", "object_creation_expression"];
        if !descendants(body).any(|node| does.contains(&node.kind())) {
            let place = scope.sources.place(class, method.span);
            let what = format!("what the customizer {} does is said elsewhere: it is not understood", method.name);
            configured.unread.push(Unread { place, what });
        }
        beans.customizers.push(customizer(scope, class, method, &method.name, module, configured));
    } else {
        return false;
    }
    true
}

/// A customizer with the profiles that it holds for.
fn customizer<'s>(
    scope: &Scope<'s>,
    class: ClassId,
    method: &'s Method,
    name: &str,
    module: &str,
    mut configured: Configured,
) -> Customizer {
    let place = scope.sources.place(class, method.span);
    let (profiles, others) = conditions(scope, class, method);
    for other in others {
        let what = format!("the customizer {name} depends on @{other}");
        configured.unread.push(Unread { place: place.clone(), what });
    }
    Customizer { module: module.to_owned(), place, profiles, configured }
}

/// A profile that is no expression of several.
fn plain_profile(value: &Value) -> Option<&str> {
    let Value::Text(text) = value else { return None };
    Some(text.trim()).filter(|name| !name.is_empty() && !name.contains(['!', '&', '|', '(', '$']))
}

/// The profiles that a bean holds for, and the annotations that make it depend on something else.
fn conditions<'s>(scope: &Scope<'s>, class: ClassId, method: &'s Method) -> (Vec<String>, Vec<&'s str>) {
    let all = method.annotations.iter().chain(&scope.sources.declaration(class).annotations);
    let (mut profiles, mut others) = (Vec::new(), Vec::new());
    for found in all.filter(|it| it.name.starts_with("Conditional") || it.name == "Profile") {
        let named = match found.get("value") {
            Some(Value::List(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        let named: Option<Vec<String>> = named.iter().map(|value| plain_profile(value).map(str::to_owned)).collect();
        match named.filter(|named| found.name == "Profile" && !named.is_empty() && profiles.is_empty()) {
            Some(named) => profiles = named,
            None => others.push(found.name.as_str()),
        }
    }
    (profiles, others)
}

fn mapper_bean<'s>(scope: &Scope<'s>, class: ClassId, method: &'s Method, body: Node<'s>, module: &str) -> MapperBean {
    let is_builder = |name: &str| matches!(name, "Jackson2ObjectMapperBuilder" | "JsonMapper.Builder");
    let from_boot = method.parameters.iter().any(|parameter| is_builder(&parameter.ty.name));
    let start = if from_boot { BOOT } else { start_of(scope, body) };
    let named = find(&method.annotations, "Bean").and_then(|bean| bean.text("name").or(bean.text("value")));
    let mut configured = of_body(scope, body, start);
    // What another method hands over is not guessed.
    let makes = ["Mapper(", "JsonMapper", "ObjectMapperBuilder", "enhancedObjectMapper", "uilder("];
    let is_made = |text: &str| makes.iter().any(|word| text.contains(word));
    // A name with these words may be that of a factory without a body here.
    let leads = texts(scope, body);
    if !from_boot && !leads.into_iter().any(is_made) {
        let place = scope.sources.place(class, method.span);
        let what =
            format!("the bean {} gets its mapper from code elsewhere: what that does is not understood", method.name);
        configured.unread.push(Unread { place, what });
    }
    let (profiles, others) = conditions(scope, class, method);
    MapperBean {
        module: module.to_owned(),
        place: scope.sources.place(class, method.span),
        name: named.unwrap_or(&method.name).to_owned(),
        is_primary: has(&method.annotations, &["Primary"]),
        profiles,
        conditions: others.into_iter().map(|it| format!("@{it}")).collect(),
        from_boot,
        configured,
    }
}

/// What a mapper is before anything is set on it.
pub(super) fn start_of<'s>(scope: &Scope<'s>, node: Node<'s>) -> crate::java::config::MapperConfig {
    let is_spring = |text: &str| text.contains("Jackson2ObjectMapperBuilder") || text.contains("enhancedObjectMapper");
    if texts(scope, node).into_iter().any(is_spring) { SPRING } else { PLAIN }
}

/// Converters that take a mapper, or make one.
fn converter(scope: &Scope<'_>, name: &str) -> Option<(Transport, crate::java::config::MapperConfig)> {
    let imports = |package| scope.sources.imports_any(scope.class, package);
    Some(match name {
        "Jackson2JsonMessageConverter" | "JacksonJsonMessageConverter" => (Transport::Rabbit, SPRING),
        "JacksonDataFormat" => (Transport::Camel, PLAIN),
        "MappingJackson2HttpMessageConverter" | "JacksonJsonHttpMessageConverter" => (Transport::Http, SPRING),
        "SqsMessagingMessageConverter" => (Transport::Sqs, SPRING),
        "MappingJackson2MessageConverter" => {
            let transport = match () {
                () if imports("org.springframework.jms") => Transport::Jms,
                () if imports("io.awspring") || imports("org.springframework.cloud.aws") => Transport::Sqs,
                () => Transport::Stomp,
            };
            (transport, SPRING)
        }
        "JsonSerializer" | "JsonDeserializer" | "JsonSerde" if imports("org.springframework.kafka") => {
            (Transport::Kafka, SPRING)
        }
        _ => return None,
    })
}

fn converters<'s>(scope: &Scope<'s>, class: ClassId, method: &Method, body: Node<'s>, module: &str, beans: &mut Beans) {
    let text = scope.sources.text(class);
    let handed = method.parameters.iter().find(|parameter| is_mapper(&parameter.ty.name));
    let made = descendants(body).filter(|node| node.kind() == "object_creation_expression").filter_map(|node| {
        let name = scope.raw(node.child_by_field_name("type")?).split('<').next().unwrap_or_default().trim();
        Some((node, name, converter(scope, name)?))
    });
    for (node, name, (transport, own)) in made.take(MAX_CONVERTERS) {
        let mapper = arguments(node)
            .into_iter()
            .find(|argument| {
                scope.type_of(*argument).is_some_and(|ty| ty.is_external(MAPPERS)) || makes(scope, *argument)
            })
            .or_else(|| set_later(scope, body));
        let given = match mapper {
            None if arguments(node).iter().all(|argument| !may_be_mapper(scope, *argument)) => {
                Given::Default(Box::new(Configured::new(own)))
            }
            None => Given::Unknown,
            Some(mapper) => given(scope, method, mapper, body),
        };
        let ignores = handed.filter(|_| matches!(given, Given::Own(_) | Given::Default(_)));
        beans.converters.push(Converter {
            module: module.to_owned(),
            transport,
            place: scope.sources.place(class, span(node, text)),
            class: name.to_owned(),
            given,
            ignores: ignores.map(|parameter| scope.sources.place(class, parameter.span)),
        });
    }
}

/// Whether an argument could be a mapper: `mapper.copy()`, `builder.build()`, but not a class or a text.
fn may_be_mapper<'s>(scope: &Scope<'s>, argument: Node<'s>) -> bool {
    let is_value = argument.kind().ends_with("_literal") || matches!(argument.kind(), "true" | "false");
    !is_value && scope.type_of(argument).is_none_or(|ty| ty.is_external(&["Jackson2ObjectMapperBuilder"]))
}

/// The argument of `converter.setObjectMapper(mapper)`.
fn set_later<'s>(scope: &Scope<'s>, body: Node<'s>) -> Option<Node<'s>> {
    let mut calls = descendants(body).filter(|node| node.kind() == "method_invocation");
    let call = calls.find(|node| {
        node.child_by_field_name("name").is_some_and(|name| matches!(scope.raw(name), "setObjectMapper" | "setMapper"))
    })?;
    arguments(call).into_iter().next()
}

/// Whether a mapper is injected, or made here.
fn given<'s>(scope: &Scope<'s>, method: &Method, mapper: Node<'s>, body: Node<'s>) -> Given {
    let name = scope.raw(mapper);
    let declares = |node: &Node<'s>| {
        node.kind() == "variable_declarator" && node.child_by_field_name("name").is_some_and(|it| scope.raw(it) == name)
    };
    let local = descendants(body).find(declares).and_then(|declared| declared.child_by_field_name("value"));
    match mapper.kind() {
        "identifier" | "field_access" => match local {
            Some(value) if makes(scope, value) => Given::Own(Box::new(of_body(scope, body, start_of(scope, value)))),
            Some(_) => Given::Unknown,
            None => injected(scope, method, name),
        },
        "object_creation_expression" => Given::Own(Box::new(of_body(scope, mapper, start_of(scope, mapper)))),
        "method_invocation" if makes(scope, mapper) => {
            Given::Own(Box::new(of_body(scope, mapper, start_of(scope, mapper))))
        }
        // objectMapper(): another bean of the same class.
        "method_invocation" => {
            let called = mapper.child_by_field_name("name").map_or("", |it| scope.raw(it));
            let methods = &scope.sources.declaration(scope.class).methods;
            match methods.iter().find(|declared| declared.name == called) {
                Some(bean) if has(&bean.annotations, &["Bean"]) => Given::Injected,
                Some(helper) => {
                    let helper = Scope::new(scope.sources, scope.class, helper);
                    helper.body().map_or(Given::Unknown, |body| {
                        Given::Own(Box::new(of_body(&helper, body, start_of(&helper, body))))
                    })
                }
                None if followed(scope, mapper).is_some() => {
                    Given::Own(Box::new(of_body(scope, mapper, start_of(scope, mapper))))
                }
                None => Given::Unknown,
            }
        }
        _ => Given::Unknown,
    }
}

/// A parameter, or a field of a class that Spring fills.
fn injected(scope: &Scope<'_>, method: &Method, name: &str) -> Given {
    let name = name.trim_start_matches("this.");
    if method.parameters.iter().any(|parameter| parameter.name == name) {
        return Given::Injected;
    }
    let field = scope.sources.declaration(scope.class).fields.iter().find(|field| field.name == name);
    match field {
        Some(field) if field.value.is_none() => Given::Injected,
        Some(field) => {
            let root = scope.sources.file(scope.class).tree.root_node();
            let value = field.value.clone().and_then(|value| root.descendant_for_byte_range(value.start, value.end));
            value.map_or(Given::Unknown, |value| Given::Own(Box::new(of_body(scope, value, start_of(scope, value)))))
        }
        None => Given::Unknown,
    }
}

/// Whether an expression makes a mapper.
pub(super) fn makes(scope: &Scope<'_>, node: Node<'_>) -> bool {
    let text = scope.raw(node);
    text.starts_with("new ObjectMapper")
        || text.starts_with("new JsonMapper")
        || text.contains("JsonMapper.builder()")
        || text.contains("Jackson2ObjectMapperBuilder.")
        || text.contains("enhancedObjectMapper()")
}
