//! Seeds in declarations: endpoints, listeners, clients and documents.

use std::collections::BTreeMap;

pub(super) use super::paths::MAPPINGS;
use super::{Direction, End, Seeds, Transport, Use, answers, paths, untyped};
use crate::source::java::expression::Scope;
use crate::source::java::index::{ClassId, JavaType, Sources};
use crate::source::java::syntax::{Annotation, Kind, Method, TypeDeclaration, find, has};
use crate::source::place::Unread;

/// Classes whose methods answer requests.
const CONTROLLERS: &[&str] = &["RestController", "Controller", "RestControllerAdvice", "ControllerAdvice"];
/// Interfaces whose methods make requests.
const CLIENTS: &[&str] = &["FeignClient", "HttpExchange"];
/// Methods of such interfaces without an annotation on the interface.
const EXCHANGES: &[&str] =
    &["GetExchange", "PostExchange", "PutExchange", "PatchExchange", "DeleteExchange", "HttpExchange"];
/// Templates and operations of Redis that name what they keep.
const CACHES: &[&str] = &[
    "RedisTemplate",
    "RedisOperations",
    "ReactiveRedisTemplate",
    "ReactiveRedisOperations",
    "ValueOperations",
    "HashOperations",
    "ListOperations",
];
/// Parameters of a client that are no body.
const NO_BODY: &[&str] =
    &["PathVariable", "RequestParam", "RequestHeader", "CookieValue", "SpringQueryMap", "MatrixVariable"];
/// Methods that take messages.
pub(super) const LISTENERS: &[(&str, Transport)] = &[
    ("RabbitListener", Transport::Rabbit),
    ("RabbitHandler", Transport::Rabbit),
    ("SqsListener", Transport::Sqs),
    ("SqsHandler", Transport::Sqs),
    ("KafkaListener", Transport::Kafka),
    ("KafkaHandler", Transport::Kafka),
    ("JmsListener", Transport::Jms),
    ("StreamListener", Transport::Stream),
    ("MessageMapping", Transport::Stomp),
];
/// Parameters of a listener that are no payload.
const NO_PAYLOAD: &[&str] = &["Header", "Headers", "DestinationVariable"];

/// The transport that a method listens at.
pub(super) fn listens(annotations: &[Annotation]) -> Option<(Transport, &'static str)> {
    let found = LISTENERS.iter().find(|(name, _)| has(annotations, &[name]));
    found.map(|(name, transport)| (*transport, *name))
}

/// Seeds of the declarations of a class.
pub(super) fn of_declarations(sources: &Sources, class: ClassId, seeds: &mut Seeds) {
    let declaration = sources.declaration(class);
    documents(sources, class, declaration, seeds);
    caches(sources, class, declaration, seeds);
    let is_client = has(&declaration.annotations, CLIENTS);
    let is_controller = has(&declaration.annotations, CONTROLLERS);
    for method in &declaration.methods {
        if is_client || has(&method.annotations, EXCHANGES) {
            request(sources, class, (class, &BTreeMap::new()), method, seeds);
        } else if is_controller {
            endpoint(sources, (class, declaration), (class, &BTreeMap::new()), method, seeds);
        }
        if let Some((transport, name)) = listens(&method.annotations) {
            listener(sources, class, method, (transport, name), seeds);
        }
    }
    if is_controller {
        inherited(sources, class, declaration, seeds);
    }
    if is_client {
        // A client often extends the interface that the controller implements.
        for (owner, bindings) in sources.supers(class).into_iter().skip(1) {
            let methods = sources.declaration(owner).methods.iter();
            for method in methods.filter(|it| has(&it.annotations, MAPPINGS) || has(&it.annotations, EXCHANGES)) {
                request(sources, class, (owner, &bindings), method, seeds);
            }
        }
    }
}

/// The endpoints that a controller takes from its superclasses and interfaces as they are.
fn inherited(sources: &Sources, class: ClassId, declaration: &TypeDeclaration, seeds: &mut Seeds) {
    let mut known: Vec<&str> = declaration.methods.iter().map(|method| method.name.as_str()).collect();
    for (owner, bindings) in sources.supers(class).into_iter().skip(1) {
        let methods = &sources.declaration(owner).methods;
        for method in methods.iter().filter(|method| method.body.is_some() && has(&method.annotations, MAPPINGS)) {
            // What the controller declares itself overrides it; that was looked at.
            if known.contains(&method.name.as_str()) {
                continue;
            }
            known.push(&method.name);
            endpoint(sources, (class, declaration), (owner, &bindings), method, seeds);
        }
    }
}

fn resolve(sources: &Sources, class: ClassId, method: &Method) -> Option<JavaType> {
    Some(sources.resolve(class, method.ty.as_ref()?, &method.type_parameters))
}

/// What a typed template of Redis keeps.
fn caches(sources: &Sources, class: ClassId, declaration: &TypeDeclaration, seeds: &mut Seeds) {
    for field in &declaration.fields {
        let ty = sources.resolve(class, &field.ty, &[]);
        if !ty.is_external(CACHES) {
            continue;
        }
        for direction in [Direction::Written, Direction::Read] {
            let (place, how) = (sources.place(class, field.span), format!("kept by {}", field.name));
            seeds.add(ty.clone(), Use { transport: Transport::Store, direction, place, how });
        }
    }
}

fn documents(sources: &Sources, class: ClassId, declaration: &TypeDeclaration, seeds: &mut Seeds) {
    for annotation in &declaration.annotations {
        let comes_from = |package| sources.is_from(class, annotation, package);
        let transport = match annotation.name.as_str() {
            "Document" if comes_from("org.springframework.data.elasticsearch") => Transport::Index,
            "Document" | "Entity" | "MappedSuperclass" | "Table" | "RedisHash" | "DynamoDbBean" => Transport::Store,
            _ => continue,
        };
        for direction in [Direction::Written, Direction::Read] {
            let (place, how) = (sources.place(class, annotation.span), format!("@{}", annotation.name));
            seeds.add(JavaType::class(class), Use { transport, direction, place, how });
        }
    }
}

/// A method of a controller: it writes what it returns and reads its body.
/// It stands in the controller or in a class that the controller inherits it from, whose type parameters are bound.
fn endpoint(
    sources: &Sources,
    (class, declaration): (ClassId, &TypeDeclaration),
    (owner, bindings): (ClassId, &BTreeMap<String, JavaType>),
    method: &Method,
    seeds: &mut Seeds,
) {
    let Some((mapped_by, mapped)) = mapped(sources, owner, method) else { return };
    if listens(&method.annotations).is_some() && !has(&method.annotations, &["SendTo"]) {
        return;
    }
    let at = |direction, how| Use::of_method(sources, owner, method, (Transport::Http, direction), how);
    let route = paths::of_endpoint(sources, (class, owner), (mapped_by, mapped));
    let writes_body = has(&declaration.annotations, &["RestController", "RestControllerAdvice", "ResponseBody"])
        || has(&method.annotations, &["ResponseBody"])
        || has(&mapped.annotations, &["ResponseBody"]);
    if let Some(ty) = resolve(sources, owner, method).map(|ty| ty.with(bindings))
        && (writes_body || ty.is_external(&["ResponseEntity", "HttpEntity", "Mono", "Flux"]))
    {
        let used = at(Direction::Written, "answer of");
        untyped::endpoint(&Scope::new(sources, owner, method), &ty, &used, seeds);
        seeds.end(&sources.declaration(class).name, route.clone(), ty, used);
        if let Some(end) = seeds.ends.last_mut() {
            end.answer = answers::of(sources, owner, method);
        }
    }
    if let Some(view) = find(&method.annotations, "JsonView") {
        let what = format!("{} answers in a view: which keys that has is not looked at", method.name);
        seeds.unread.push(Unread { place: sources.place(owner, view.span), what });
    }
    for (place, parameter) in method.parameters.iter().enumerate() {
        let inherited = mapped.parameters.get(place).filter(|_| mapped_by != owner);
        let is_body = has(&parameter.annotations, &["RequestBody", "RequestPart"])
            || inherited.is_some_and(|inherited| has(&inherited.annotations, &["RequestBody", "RequestPart"]));
        let ty = sources.resolve(owner, &parameter.ty, &method.type_parameters).with(bindings);
        if is_body || ty.is_external(&["RequestEntity", "HttpEntity"]) {
            seeds.end(&sources.declaration(class).name, route.clone(), ty, at(Direction::Read, "body of"));
        } else if is_form(sources, &ty)
            && parameter.annotations.iter().chain(inherited.iter().flat_map(|it| &it.annotations)).all(of_form)
        {
            let owner = sources.declaration(class).name.clone();
            let used = at(Direction::Read, "form of");
            seeds.forms.push(End { answer: None, owner, used, route: route.clone(), ty });
        }
    }
}

/// Whether Spring fills a parameter of a type from form fields and query parameters, where no annotation says otherwise.
fn is_form(sources: &Sources, ty: &JavaType) -> bool {
    let kind = ty.as_class().map(|class| sources.declaration(class).kind);
    matches!(kind, Some(Kind::Class | Kind::Record))
}

/// Whether an annotation leaves a parameter one that is filled from a form.
fn of_form(annotation: &Annotation) -> bool {
    ["ModelAttribute", "Valid", "Validated", "NotNull", "NonNull", "ParameterObject"].contains(&&*annotation.name)
}

/// The declaration that maps a method to requests: its own, or that of an interface which it implements.
fn mapped<'s>(sources: &'s Sources, class: ClassId, method: &'s Method) -> Option<(ClassId, &'s Method)> {
    if has(&method.annotations, MAPPINGS) {
        return Some((class, method));
    }
    let same = |declared: &&Method| {
        declared.name == method.name
            && declared.parameters.len() == method.parameters.len()
            && has(&declared.annotations, MAPPINGS)
    };
    let mut supers = sources.supers(class).into_iter();
    supers.find_map(|(owner, _)| Some((owner, sources.declaration(owner).methods.iter().find(same)?)))
}

/// A method of a client: it reads what it returns and writes its body. It stands in the client or in an interface that
/// the client extends, whose type parameters are bound.
fn request(
    sources: &Sources,
    class: ClassId,
    (owner, bindings): (ClassId, &BTreeMap<String, JavaType>),
    method: &Method,
    seeds: &mut Seeds,
) {
    let name = &sources.declaration(class).name;
    let route = paths::of_request(sources, (class, owner), method);
    let at = |direction, how| Use::of_method(sources, owner, method, (Transport::Http, direction), how);
    if let Some(ty) = resolve(sources, owner, method) {
        seeds.end(name, route.clone(), ty.with(bindings), at(Direction::Read, "answer to"));
    }
    for parameter in method.parameters.iter().filter(|parameter| !has(&parameter.annotations, NO_BODY)) {
        let ty = sources.resolve(owner, &parameter.ty, &method.type_parameters).with(bindings);
        seeds.end(name, route.clone(), ty, at(Direction::Written, "body of"));
    }
}

/// A method that takes messages: it reads its payload, and writes what it returns.
fn listener(sources: &Sources, class: ClassId, method: &Method, by: (Transport, &str), seeds: &mut Seeds) {
    let (transport, name) = by;
    for parameter in method.parameters.iter().filter(|parameter| !has(&parameter.annotations, NO_PAYLOAD)) {
        let ty = sources.resolve(class, &parameter.ty, &method.type_parameters);
        let how = format!("message of @{name}");
        seeds.end(
            &sources.declaration(class).name,
            None,
            ty,
            Use::of_method(sources, class, method, (transport, Direction::Read), &how),
        );
    }
    if sources.declaration(class).kind != Kind::Interface
        && let Some(ty) = resolve(sources, class, method)
    {
        seeds.end(
            &sources.declaration(class).name,
            None,
            ty,
            Use::of_method(sources, class, method, (transport, Direction::Written), "answer of"),
        );
    }
}
