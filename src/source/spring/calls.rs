//! Seeds in bodies: what is sent, answered, converted, read and written by calls.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::seeds::listens;
use super::untyped::{is_open, is_untyped, said_by};
use super::{Direction, End, Forwarding, NotFollowed, Seeds, Transport, Use, camel};
use crate::source::java::enums::arguments;
use crate::source::java::expression::{Scope, classes_in};
use crate::source::java::index::{ClassId, JavaType, Sources, TypeName};
use crate::source::java::walk::{descendants, span};
use crate::source::place::Unread;

/// Templates whose methods send the arguments that are classes.
const TEMPLATES: &[(&str, Transport)] = &[
    ("RabbitTemplate", Transport::Rabbit),
    ("AmqpTemplate", Transport::Rabbit),
    ("RabbitOperations", Transport::Rabbit),
    ("RabbitMessagingTemplate", Transport::Rabbit),
    ("AsyncRabbitTemplate", Transport::Rabbit),
    ("SqsTemplate", Transport::Sqs),
    ("SqsOperations", Transport::Sqs),
    ("SqsAsyncOperations", Transport::Sqs),
    ("QueueMessagingTemplate", Transport::Sqs),
    ("SnsTemplate", Transport::Sqs),
    ("NotificationMessagingTemplate", Transport::Sqs),
    ("KafkaTemplate", Transport::Kafka),
    ("KafkaOperations", Transport::Kafka),
    ("ReplyingKafkaTemplate", Transport::Kafka),
    ("KafkaProducer", Transport::Kafka),
    ("JmsTemplate", Transport::Jms),
    ("JmsOperations", Transport::Jms),
    ("JmsMessagingTemplate", Transport::Jms),
    ("SimpMessagingTemplate", Transport::Stomp),
    ("SimpMessageSendingOperations", Transport::Stomp),
    ("StreamBridge", Transport::Stream),
    ("SseEmitter", Transport::Http),
    ("ResponseBodyEmitter", Transport::Http),
    ("RestTemplate", Transport::Http),
    ("RestOperations", Transport::Http),
    ("TestRestTemplate", Transport::Http),
];

/// Methods of a mapper that read.
pub(in crate::source) const READS: &[&str] =
    &["readValue", "readValues", "convertValue", "treeToValue", "readValueAs", "readerFor", "forType"];
/// Methods of a mapper that write.
pub(in crate::source) const WRITES: &[&str] = &["writeValueAsString", "writeValueAsBytes", "writeValue", "valueToTree"];
/// What a template of messages takes beside the message.
const NO_MESSAGE: &[&str] = &["MessagePostProcessor", "CorrelationData", "Map", "MessageHeaders"];
/// Steps of HTTP clients that read a class.
const CLIENT_READS: &[&str] = &["bodyToMono", "bodyToFlux", "toEntity", "toEntityList", "toEntityFlux", "body"];
/// Steps of HTTP clients and answers that write their argument.
const CLIENT_WRITES: &[&str] = &["bodyValue", "syncBody", "body"];
/// Packages of brokers.
const BROKERS: &[(&str, Transport)] = &[
    ("org.springframework.kafka", Transport::Kafka),
    ("org.springframework.amqp", Transport::Rabbit),
    ("org.springframework.jms", Transport::Jms),
    ("io.awspring", Transport::Sqs),
    ("org.springframework.messaging.simp", Transport::Stomp),
];
/// Operations of Redis that write.
const STORES: &[&str] = &["set", "setIfAbsent", "setIfPresent", "put", "putIfAbsent", "leftPush", "rightPush", "add"];
/// What a method takes that names a class for whoever calls it.
const TOKENS: &[&str] = &["Class", "TypeReference", "ParameterizedTypeReference", "TypeRef"];
/// Methods that hand a parameter to a method that hands it on are followed this far.
const MAX_HOPS: usize = 4;

/// Seeds of the bodies of a class.
pub(super) fn of_bodies(sources: &Sources, class: ClassId, seeds: &mut Seeds) {
    let declaration = sources.declaration(class);
    for method in declaration.methods.iter().chain(&declaration.constructors) {
        let body = Body::new(Scope::new(sources, class, method));
        for node in body.scope.body().into_iter().flat_map(descendants) {
            match node.kind() {
                "method_invocation" => body.call(node, seeds),
                "object_creation_expression" => body.creation(node, seeds),
                _ => {}
            }
        }
    }
}

/// Seeds of calls to methods that hand a parameter on.
pub(super) fn of_forwarding(sources: &Sources, seeds: &mut Seeds) {
    let mut known: BTreeSet<Forwarding> = BTreeSet::new();
    for _ in 0..MAX_HOPS {
        let mut forwarding = std::mem::take(&mut seeds.forwarding);
        forwarding.retain(|it| known.insert(it.clone()));
        if forwarding.is_empty() {
            return;
        }
        forward(sources, &forwarding, seeds);
    }
}

fn forward(sources: &Sources, forwarding: &[Forwarding], seeds: &mut Seeds) {
    for class in sources.classes() {
        let declaration = sources.declaration(class);
        for method in declaration.methods.iter().chain(&declaration.constructors) {
            let scope = Scope::new(sources, class, method);
            for node in scope.body().into_iter().flat_map(descendants).filter(|node| node.kind() == "method_invocation")
            {
                let Some(name) = node.child_by_field_name("name").map(|name| scope.raw(name)) else { continue };
                for it in forwarding.iter().filter(|it| it.method == name) {
                    let Forwarding { class: owner, parameter, is_token, found, .. } = it;
                    let given = arguments(node);
                    let receiver = scope.receiver(node).and_then(|ty| ty.as_class());
                    let is_meant = receiver.is_some_and(|receiver| is_kind_of(sources, receiver, *owner));
                    let Some(argument) = given.get(*parameter).filter(|_| is_meant) else { continue };
                    let ty = if *is_token { scope.named_token(*argument) } else { scope.type_of(*argument) };
                    // Handed on once more.
                    let handed = method.parameters.iter().position(|it| it.name == scope.raw(*argument));
                    let is_open = ty.as_ref().is_none_or(|ty| ty.classes().is_empty());
                    if let Some(parameter) = handed.filter(|_| is_open) {
                        let method = method.name.clone();
                        seeds.forwarding.push(Forwarding { class, method, parameter, ..it.clone() });
                        continue;
                    }
                    if let Some(ty) = ty {
                        let place = sources.place(class, span(node, sources.text(class)));
                        let others = given.iter().enumerate().filter(|(place, _)| place != parameter);
                        let others: Vec<String> = others.map(|(_, other)| scope.address(*other)).collect();
                        let route = (!others.is_empty()).then(|| format!("{name} {}", others.join(" ")));
                        let how = format!("{name}() in {}", method.name);
                        let used = Use { place, how, ..found.clone() };
                        seeds.end(&declaration.name, route, ty, Use { how: found.how.clone(), ..used });
                    }
                }
            }
        }
    }
}

/// Whether one class is the other, extends it, or is an interface that the other implements.
fn is_kind_of(sources: &Sources, one: ClassId, other: ClassId) -> bool {
    let implemented = sources.declaration(other).implements.iter();
    let mut implemented = implemented.filter_map(|used| sources.resolve(other, used, &[]).as_class());
    sources.lineage(one).iter().any(|(class, _)| *class == other) || implemented.any(|interface| interface == one)
}

struct Body<'s> {
    scope: Scope<'s>,
    /// What a mapper in this body works for.
    mapper: Transport,
    is_camel: bool,
    is_web: bool,
    /// Whether it answers requests with a type that says nothing: then what it hands over has to.
    is_untyped: bool,
}

impl<'s> Body<'s> {
    fn new(scope: Scope<'s>) -> Self {
        let (sources, class) = (scope.sources, scope.class);
        let imports = |package| sources.imports_any(class, package);
        let is_camel = imports("org.apache.camel");
        let listens = listens(&scope.method.annotations);
        let mapper = match listens {
            Some((transport, _)) => transport,
            None if is_camel => Transport::Camel,
            None => Transport::Mapper,
        };
        let is_untyped = is_untyped(&scope);
        Body {
            scope,
            mapper,
            is_camel,
            is_web: imports("org.springframework.web") || imports("org.springframework.http"),
            is_untyped,
        }
    }

    fn found(&self, node: Node<'_>, way: (Transport, Direction), how: String) -> Use {
        let at = span(node, self.scope.sources.text(self.scope.class));
        Use { transport: way.0, direction: way.1, place: self.scope.sources.place(self.scope.class, at), how }
    }

    fn call(&self, node: Node<'s>, seeds: &mut Seeds) {
        let Some(name_node) = node.child_by_field_name("name") else { return };
        let name = self.scope.raw(name_node);
        let given = arguments(node);
        let token = || given.iter().rev().find_map(|argument| self.scope.token(*argument));
        let how = || format!("{name}()");
        let is = |list: &[&str]| list.contains(&name);
        if is(READS) {
            let found = self.found(name_node, (self.mapper, Direction::Read), how());
            match token() {
                Some(ty) => seeds.add(ty, found),
                None => self.forwarded_token(&given, found, seeds),
            }
            return;
        }
        if is(WRITES) {
            self.sent(node, &given, (self.mapper, Direction::Written), seeds);
            return;
        }
        if self.is_camel && camel::reads(name) {
            let ty = given.iter().rev().find_map(|argument| self.scope.named_token(*argument));
            if let Some(ty) = ty {
                seeds.add(ty, self.found(name_node, (Transport::Camel, Direction::Read), how()));
            }
            return;
        }
        if self.is_camel && camel::writes(name) {
            if let Some(ty) = token() {
                seeds.add(ty, self.found(name_node, (Transport::Camel, Direction::Written), how()));
            } else {
                self.sent(node, &given, (Transport::Camel, Direction::Written), seeds);
            }
            return;
        }
        if name == "payload" && self.scope.sources.imports_any(self.scope.class, "io.awspring") {
            self.sent(node, &given, (Transport::Sqs, Direction::Written), seeds);
            return;
        }
        if self.is_web && (is(CLIENT_READS) || is(CLIENT_WRITES)) {
            match token() {
                Some(ty) => seeds.add(ty, self.found(name_node, (Transport::Http, Direction::Read), how())),
                None => {
                    let found = self.found(name_node, (Transport::Http, Direction::Read), how());
                    self.forwarded_token(&given, found, seeds);
                    if is(CLIENT_WRITES) {
                        self.sent(node, &given, (Transport::Http, Direction::Written), seeds);
                    }
                }
            }
            return;
        }
        let imports = |package| self.scope.sources.imports_any(self.scope.class, package);
        if matches!(name, "withPayload" | "createMessage")
            && node.child_by_field_name("object").is_some_and(|it| self.scope.raw(it).ends_with("MessageBuilder"))
        {
            self.sent(node, &given, (self.messaging(), Direction::Written), seeds);
            return;
        }
        if matches!(name, "toJson" | "fromJson" | "toJsonTree") && imports("com.google.gson") {
            let ty = token().or_else(|| given.first().and_then(|argument| self.scope.type_of(*argument)));
            let classes = ty.iter().flat_map(classes_in).collect();
            let shown = ty.map_or_else(|| "something".to_owned(), |ty| self.scope.sources.shown(&ty).to_string());
            let what = format!("{name}() of Gson writes or reads {shown}: its keys are not followed");
            self.not_followed(name_node, what, classes, seeds);
            return;
        }
        let on = node.child_by_field_name("object").map_or("", |object| self.scope.raw(object));
        if on.contains("opsFor") && STORES.contains(&name) && imports("org.springframework.data.redis") {
            self.sent(node, &given, (Transport::Store, Direction::Written), seeds);
            return;
        }
        // What a handler of Spring's own exceptions hands to the method that answers: (exception, body, headers, ..).
        if name == "handleExceptionInternal" && self.is_web {
            self.sent(node, &given, (Transport::Http, Direction::Written), seeds);
            return;
        }
        if matches!(name, "ok" | "of" | "ofNullable")
            && self.is_web
            && self.scope.raw(node).starts_with("ResponseEntity")
        {
            self.sent(node, &given, (Transport::Http, Direction::Written), seeds);
            return;
        }
        self.template(node, name_node, &given, seeds);
    }

    /// A method of a template: it sends its arguments, and reads a class that is named.
    fn template(&self, node: Node<'s>, name_node: Node<'s>, given: &[Node<'s>], seeds: &mut Seeds) {
        // Only what is called on a field or a variable: asking for every type would be slow.
        let Some(object) = node.child_by_field_name("object") else { return };
        if !matches!(object.kind(), "identifier" | "field_access" | "method_invocation") || given.is_empty() {
            return;
        }
        let name = self.scope.raw(name_node);
        let is_sending = [
            "send",
            "Send",
            "exchange",
            "ForObject",
            "ForEntity",
            "put",
            "publish",
            "onvert",
            "postForLocation",
            "receive",
        ];
        if !is_sending.iter().any(|part| name.contains(part)) {
            return;
        }
        let Some(receiver) = self.scope.type_of(object) else { return };
        if receiver.is_external(&["RedisTemplate", "StringRedisTemplate", "ReactiveRedisTemplate", "RedisOperations"]) {
            let classes: Vec<ClassId> =
                given.iter().filter_map(|it| self.scope.type_of(*it)).flat_map(|ty| classes_in(&ty)).collect();
            let what = format!("{name}() sends a message over Redis: what is in it is not followed");
            self.not_followed(name_node, what, classes, seeds);
            return;
        }
        let transport = TEMPLATES.iter().find(|(template, _)| receiver.is_external(&[template])).map(|(_, it)| *it);
        let Some(transport) = transport else { return };
        let how = format!("{name}()");
        let token = given.iter().rev().find_map(|argument| self.scope.token(*argument));
        // (Parcel) template.receiveAndConvert("parcels")
        let token = token.or_else(|| self.scope.expected(node).filter(|_| name.starts_with("receive")));
        self.point(name_node, given, (transport, token.as_ref()), seeds);
        let found = self.found(name_node, (transport, Direction::Read), how);
        match token {
            Some(ty) => seeds.add(ty, found),
            None => self.forwarded_token(given, found, seeds),
        }
        // What only takes messages is given no payload.
        if !name.starts_with("receive") {
            self.sent(node, given, (transport, Direction::Written), seeds);
        }
    }

    /// What is sent and asked for at one call, told by what else it is given: an exchange, a queue, a path.
    fn point(
        &self,
        name_node: Node<'s>,
        given: &[Node<'s>],
        (transport, token): (Transport, Option<&JavaType>),
        seeds: &mut Seeds,
    ) {
        let name = self.scope.raw(name_node);
        let is_payload = |argument: &Node<'s>| {
            let ty = self.scope.type_of(*argument);
            argument.kind() != "lambda_expression" && !ty.is_some_and(|ty| ty.is_external(NO_MESSAGE))
        };
        let payload = match transport {
            Transport::Http if name.contains("exchange") => Some(2),
            _ if name.starts_with("receive") => None,
            Transport::Http => ["post", "put", "patch"].iter().any(|verb| name.starts_with(verb)).then_some(1),
            _ => given.iter().rposition(is_payload),
        };
        let others = given.iter().enumerate().filter(|(place, argument)| {
            Some(*place) != payload && argument.kind() != "lambda_expression" && self.scope.token(**argument).is_none()
        });
        let others: Vec<String> = others.map(|(_, argument)| self.scope.address(*argument)).collect();
        let owner = &self.scope.sources.declaration(self.scope.class).name;
        let mut end = |direction, ty: JavaType| {
            let used = self.found(name_node, (transport, direction), format!("{name}() in {}", self.scope.method.name));
            let route = (!others.is_empty()).then(|| format!("{name} {}", others.join(" ")));
            seeds.ends.push(End { answer: None, owner: owner.clone(), used, route, ty });
        };
        if let Some(ty) = token {
            end(Direction::Read, ty.clone());
        }
        let payload = payload.and_then(|place| given.get(place)).filter(|it| self.scope.token(**it).is_none());
        let is_map = |node: Node<'s>| self.scope.raw(node).starts_with("Map.of");
        let ty = payload.and_then(|payload| match is_map(*payload) {
            true => Some(JavaType::external("Map")),
            false => self.scope.type_of(*payload),
        });
        if let Some(ty) = ty {
            end(Direction::Written, ty);
        }
    }

    fn creation(&self, node: Node<'s>, seeds: &mut Seeds) {
        let Some(ty) = node.child_by_field_name("type") else { return };
        let name = self.scope.raw(ty).split('<').next().unwrap_or_default().trim();
        let transport = match name {
            "ResponseEntity" | "HttpEntity" | "RequestEntity" => Transport::Http,
            "ProducerRecord" => Transport::Kafka,
            "GenericMessage" => self.messaging(),
            _ => return,
        };
        self.sent(node, &arguments(node), (transport, Direction::Written), seeds);
    }

    /// The arguments of a call go to a wire: those that are classes, those of a type parameter when it is bound.
    fn sent(&self, node: Node<'s>, given: &[Node<'s>], way: (Transport, Direction), seeds: &mut Seeds) {
        let at = node.child_by_field_name("name").unwrap_or(node);
        let word =
            node.child_by_field_name("name").or(node.child_by_field_name("type")).map(|name| self.scope.raw(name));
        let how = format!("{}()", word.and_then(|word| word.split('<').next()).unwrap_or_default());
        for (place, argument) in given.iter().enumerate().filter(|(_, argument)| argument.kind() != "lambda_expression")
        {
            let found = self.found(at, way, how.clone());
            if self.scope.token(*argument).is_some() {
                continue;
            }
            let ty = self.scope.type_of(*argument);
            match ty.as_ref().map(|ty| &ty.name) {
                Some(TypeName::Variable(parameter)) => {
                    seeds.generic.push((self.scope.class, parameter.clone(), found.clone()));
                    self.forwarded(*argument, found, seeds);
                }
                Some(TypeName::External { name, .. }) if name == "Object" => self.forwarded(*argument, found, seeds),
                _ => {
                    let is_told = ty.as_ref().is_some_and(|ty| !classes_in(ty).is_empty() || !is_open(ty));
                    if self.is_untyped && place == 0 && !is_told && said_by(&self.scope, *argument).is_open {
                        let what =
                            format!("{} answers with {how}: which class that is was not found", self.scope.method.name);
                        seeds.unread(&self.scope, Unread { place: found.place.clone(), what });
                    }
                    if let Some(ty) = ty.filter(|ty| !is_client_class(self.scope.sources, ty)) {
                        seeds.add(ty, found);
                    }
                }
            }
        }
    }

    /// The broker of a message that names none: the one whose classes the file has.
    fn messaging(&self) -> Transport {
        let imports = |package: &&(&str, Transport)| self.scope.sources.imports_any(self.scope.class, package.0);
        BROKERS.iter().find(imports).map_or(Transport::Stream, |(_, transport)| *transport)
    }

    fn not_followed(&self, node: Node<'_>, what: String, classes: Vec<ClassId>, seeds: &mut Seeds) {
        let at = span(node, self.scope.sources.text(self.scope.class));
        let unread = Unread { place: self.scope.sources.place(self.scope.class, at), what };
        seeds.not_followed.push(NotFollowed { unread, classes });
    }

    /// A parameter of the method that names a class, and that is handed to what reads it: `Class<T> type`.
    fn forwarded_token(&self, given: &[Node<'s>], found: Use, seeds: &mut Seeds) {
        let method = self.scope.method;
        let is_token = |name: &str| TOKENS.contains(&name.rsplit('.').next().unwrap_or_default());
        let named = |argument: &Node<'s>| {
            let name = self.scope.raw(*argument);
            method.parameters.iter().position(|it| it.name == name && is_token(&it.ty.name))
        };
        if let Some(parameter) = given.iter().find_map(named) {
            let (class, method) = (self.scope.class, method.name.clone());
            seeds.forwarding.push(Forwarding { class, method, parameter, is_token: true, found });
        }
    }

    /// An argument that is a parameter of the method: its callers know what it is.
    fn forwarded(&self, argument: Node<'s>, found: Use, seeds: &mut Seeds) {
        let method = self.scope.method;
        let name = self.scope.raw(argument);
        if let Some(place) = method.parameters.iter().position(|parameter| parameter.name == name) {
            let (class, method) = (self.scope.class, method.name.clone());
            seeds.forwarding.push(Forwarding { class, method, parameter: place, is_token: false, found });
        }
    }
}

/// Whether a class is no payload: what a template takes besides, such as a post processor of the tree.
fn is_client_class(sources: &Sources, ty: &JavaType) -> bool {
    let Some(class) = ty.as_class() else { return false };
    let declaration = sources.declaration(class);
    declaration.implements.iter().any(|used| used.name.ends_with("PostProcessor") || used.name.ends_with("Callback"))
}
