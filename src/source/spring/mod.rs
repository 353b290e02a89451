//! Which classes reach a wire, and which one: seeds are found in declarations and calls, then followed through their keys.

mod answers;
mod calls;
mod camel;
mod functions;
mod handed;
mod not_followed;
mod open_keys;
mod paths;
mod routes;
mod seeds;
mod untyped;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

pub(super) use calls::{READS, WRITES};

pub use answers::Answer;

use super::java::class::{Facts, read};
use super::java::enums::{self, Enumeration};
use super::java::expression::{Scope, classes_in};
use super::java::index::{ClassId, JavaType, Sources};
use super::java::kinds;
use super::java::syntax::{Kind, Method};
use super::java::wire;
use super::place::{Place, Unread};

/// What carries a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    /// HTTP, as a server or a client.
    Http,
    /// Routes of Apache Camel.
    Camel,
    /// RabbitMQ.
    Rabbit,
    /// Amazon's queues and topics.
    Sqs,
    /// Kafka.
    Kafka,
    /// JMS.
    Jms,
    /// Messages over web sockets.
    Stomp,
    /// Spring Cloud Stream, whichever broker it has.
    Stream,
    /// An `ObjectMapper` that the code itself calls.
    Mapper,
    /// An index of Elasticsearch.
    Index,
    /// A database: no wire, but listed.
    Store,
}

impl Transport {
    /// All of them, in the order of reports.
    pub const ALL: &[Transport] = &[
        Transport::Http,
        Transport::Camel,
        Transport::Rabbit,
        Transport::Sqs,
        Transport::Kafka,
        Transport::Jms,
        Transport::Stomp,
        Transport::Stream,
        Transport::Mapper,
        Transport::Index,
        Transport::Store,
    ];

    /// What reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Transport::Http => "http",
            Transport::Camel => "camel",
            Transport::Rabbit => "rabbit",
            Transport::Sqs => "sqs",
            Transport::Kafka => "kafka",
            Transport::Jms => "jms",
            Transport::Stomp => "stomp",
            Transport::Stream => "stream",
            Transport::Mapper => "mapper",
            Transport::Index => "index",
            Transport::Store => "store",
        }
    }
}

/// Which way a payload goes, as the service sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The service writes it.
    Written,
    /// The service reads it.
    Read,
}

impl Direction {
    /// What reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Written => "written",
            Direction::Read => "read",
        }
    }
}

/// Why a class is on a wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// What carries it.
    pub transport: Transport,
    /// Which way it goes.
    pub direction: Direction,
    /// Where that is said: the first such place.
    pub place: Place,
    /// Lower-case fragment: what stands there.
    pub how: String,
}

impl Use {
    fn of_method(
        sources: &Sources,
        class: ClassId,
        method: &Method,
        (transport, direction): (Transport, Direction),
        how: &str,
    ) -> Self {
        let how = format!("{how} {}", method.name);
        Use { transport, direction, place: sources.place(class, method.span), how }
    }
}

/// A class on a wire.
#[derive(Clone, Debug)]
pub struct WireClass {
    /// Its table and facts.
    pub facts: Facts,
    /// Why it is there: one use for each transport and direction, in that order.
    pub uses: Vec<Use>,
}

impl WireClass {
    /// Whether it is written, or read, by something that is no store.
    pub fn is_on_wire(&self) -> bool {
        self.uses.iter().any(|found| found.transport != Transport::Store)
    }

    /// Whether it is a document of an index.
    pub fn is_indexed(&self) -> bool {
        self.uses.iter().any(|found| found.transport == Transport::Index)
    }

    /// Whether it goes a way at all.
    pub fn goes(&self, direction: Direction) -> bool {
        self.uses.iter().any(|found| found.direction == direction)
    }
}

/// An end of a wire that a declaration names: what a method of a controller, a client or a listener takes or gives.
#[derive(Clone, Debug)]
pub struct End {
    /// Whether a method that answers requests does so with a body, where that can be told.
    pub answer: Option<Answer>,
    /// The class that has the method, without its path.
    pub owner: String,
    /// Where and how.
    pub used: Use,
    /// What the other end knows of it, whatever the method is called: `GET /parcels/{}`.
    pub route: Option<String>,
    /// What is declared there.
    pub ty: JavaType,
}

/// A point that payloads pass.
#[derive(Clone, Debug)]
pub struct Route {
    /// What reports call it: `direct:parcels`, `GET /api/parcels`, `Parcels.merge`.
    pub name: String,
    /// Where it begins.
    pub place: Place,
    /// How many of its steps read JSON and bind no class.
    pub untyped: usize,
    /// The classes that its steps bind, each with the place.
    pub bound: Vec<(JavaType, Place)>,
    /// Whether some step leaves an object as the body.
    pub makes_object: bool,
    /// The binding mode that it names, such as `auto`, with its place.
    pub mode: Option<(String, Place)>,
    /// The route that it goes on to, by its address.
    pub to: Option<String>,
    /// The body that it sets after that, where its class is known.
    pub body: Option<JavaType>,
    /// Its steps that change the body, as they are written.
    pub steps: Vec<Step>,
    /// Whether it begins with a request: `rest(..).get(..)`.
    pub is_rest: bool,
}

/// A step of a route.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name: `enrich`.
    pub name: String,
    /// What it is given, without white space.
    pub given: String,
    /// Where it stands.
    pub place: Place,
}

/// The classes on the wires of a tree.
#[derive(Debug, Default)]
pub struct Inventory {
    /// In order of their paths and places.
    pub classes: Vec<WireClass>,
    /// The enums that their keys hold, by identity of the class.
    pub enums: BTreeMap<ClassId, Enumeration>,
    /// The ends that declarations name, in the order of the sources.
    pub ends: Vec<End>,
    /// Parameters of controllers that are filled from form fields and query parameters, in the order of the sources.
    pub forms: Vec<End>,
    /// What payloads pass, in the order of the sources.
    pub routes: Vec<Route>,
    /// What was not understood of the ways to a wire.
    pub unread: Vec<Unread>,
    /// Code that decides over what was not understood, by the place of that.
    pub decided: BTreeMap<Place, Range<usize>>,
    /// Keys of maps that answers are, as far as code writes them out.
    pub map_keys: Vec<MapKey>,
    /// Ways to a wire that are not followed.
    pub not_followed: Vec<NotFollowed>,
}

/// A key of a map that a method answers with.
#[derive(Clone, Debug)]
pub struct MapKey {
    /// The class and the method.
    pub owner: String,
    /// The key, as its constant or its literal says it.
    pub key: String,
    /// Where the method stands.
    pub place: Place,
}

/// A way to a wire that is not followed.
#[derive(Clone, Debug)]
pub struct NotFollowed {
    /// Where, and what.
    pub unread: Unread,
    /// The classes that go there, as far as they are named.
    pub classes: Vec<ClassId>,
}

/// A type that something carries.
#[derive(Clone, Debug)]
struct Seed {
    ty: JavaType,
    found: Use,
}

/// A method that hands a parameter on to a wire: its callers know what that is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Forwarding {
    class: ClassId,
    method: String,
    parameter: usize,
    /// Whether the parameter names the class: `Class<T>`.
    is_token: bool,
    found: Use,
}

/// Where seeds go.
#[derive(Debug, Default)]
struct Seeds {
    seeds: Vec<Seed>,
    ends: Vec<End>,
    forms: Vec<End>,
    /// Payloads of a type parameter: which class declares it, and its name.
    generic: Vec<(ClassId, String, Use)>,
    /// Methods that hand a parameter on to a wire, by class, method and place of the parameter.
    forwarding: Vec<Forwarding>,
    unread: Vec<Unread>,
    decided: BTreeMap<Place, Range<usize>>,
    map_keys: Vec<MapKey>,
    not_followed: Vec<NotFollowed>,
}

impl Seeds {
    /// Lists what the body of a method decides and does not say.
    fn unread(&mut self, scope: &Scope<'_>, unread: Unread) {
        self.decided.extend(scope.method.body.clone().map(|body| (unread.place.clone(), body)));
        self.unread.push(unread);
    }

    fn add(&mut self, ty: JavaType, found: Use) {
        if !classes_in(&ty).is_empty() {
            self.seeds.push(Seed { ty, found });
        }
    }

    /// Follows a parameter of a method to what its callers hand over.
    fn forward(&mut self, class: ClassId, method: &Method, parameter: usize, found: Use) {
        let method = method.name.clone();
        self.forwarding.push(Forwarding { class, method, parameter, is_token: false, found });
    }

    /// Adds what a method takes or gives.
    fn end(&mut self, owner: &str, route: Option<String>, ty: JavaType, used: Use) {
        self.ends.push(End { answer: None, owner: owner.to_owned(), used: used.clone(), route, ty: ty.clone() });
        self.add(ty, used);
    }
}

/// Finds the classes on the wires of a tree.
pub fn inventory(sources: &Sources) -> Inventory {
    let (mut seeds, mut routes, mut endings) = (Seeds::default(), Vec::new(), Vec::new());
    for class in sources.classes() {
        seeds::of_declarations(sources, class, &mut seeds);
        not_followed::of_declarations(sources, class, sources.declaration(class), &mut seeds);
        functions::beans(sources, class, &mut seeds);
        calls::of_bodies(sources, class, &mut seeds);
        routes::of_class(sources, class, (&mut routes, &mut endings), &mut seeds);
    }
    handed::answers(&routes, endings, &mut seeds);
    bind_generic(sources, &mut seeds);
    calls::of_forwarding(sources, &mut seeds);
    let mut inventory = close(sources, &seeds);
    let mut known = BTreeSet::new();
    for _ in 0..MAX_ENVELOPES {
        if !open_keys::of_inventory(sources, &inventory, &mut known, &mut seeds) {
            break;
        }
        calls::of_forwarding(sources, &mut seeds);
        inventory = close(sources, &seeds);
    }
    Inventory { routes, ..inventory }
}

/// Envelopes in envelopes are opened this far.
const MAX_ENVELOPES: usize = 3;

/// A generic publisher sends what its subclasses say: `class ParcelPublisher extends Publisher<Parcel>`.
fn bind_generic(sources: &Sources, seeds: &mut Seeds) {
    for (generic, parameter, found) in std::mem::take(&mut seeds.generic) {
        for class in sources.classes() {
            let lineage = sources.lineage(class);
            let bound = lineage.iter().skip(1).filter(|(base, _)| *base == generic);
            for ty in bound.filter_map(|(_, bindings)| bindings.get(&parameter)) {
                let declaration = sources.declaration(class);
                let how = format!("{}, by {}", found.how, declaration.name);
                let place = sources.place(class, declaration.span);
                seeds.add(ty.clone(), Use { place, how, ..found.clone() });
            }
        }
    }
}

/// Follows the seeds through the types of keys.
fn close(sources: &Sources, seeds: &Seeds) -> Inventory {
    let mut inventory = Inventory {
        unread: seeds.unread.clone(),
        decided: seeds.decided.clone(),
        map_keys: seeds.map_keys.clone(),
        ends: seeds.ends.clone(),
        forms: seeds.forms.clone(),
        not_followed: [seeds.not_followed.clone(), not_followed::of_files(sources)].concat(),
        ..Inventory::default()
    };
    let mut facts: BTreeMap<ClassId, Facts> = BTreeMap::new();
    let mut uses: BTreeMap<ClassId, BTreeMap<(Transport, Direction), Use>> = BTreeMap::new();
    let mut sorted = seeds.seeds.clone();
    sorted.sort_by(|one, other| (&one.found, &one.ty).cmp(&(&other.found, &other.ty)));
    let mut queue: VecDeque<(ClassId, Use)> = sorted
        .iter()
        .flat_map(|seed| classes_in(&seed.ty).into_iter().map(|class| (class, seed.found.clone())))
        .collect();
    while let Some((class, found)) = queue.pop_front() {
        if sources.declaration(class).kind == Kind::Enum {
            if let Some(read) = enums::read(sources, class) {
                inventory.enums.entry(class).or_insert(read);
            }
            continue;
        }
        let known = uses.entry(class).or_default();
        let way = (found.transport, found.direction);
        if known.contains_key(&way) {
            continue;
        }
        known.insert(way, found.clone());
        let facts = facts.entry(class).or_insert_with(|| read(sources, class));
        if let Some(ty) = &facts.stands_for {
            let name = &sources.declaration(class).name;
            if found.direction == Direction::Read && !wire::is_made_of_its_value(sources, class) {
                let what = format!("{name} is written as {}, and nothing makes one of it", sources.shown(ty));
                inventory.unread.push(Unread { place: facts.place.clone(), what });
            }
            let how = format!("value of {name}");
            queue.extend(classes_in(ty).into_iter().map(|held| (held, Use { how: how.clone(), ..found.clone() })));
        }
        for held in kinds::of_class(sources, class, found.direction == Direction::Written) {
            let how = format!("kind of {}", sources.declaration(class).name);
            let place = sources.place(held, sources.declaration(held).span);
            queue.push_back((held, Use { place, how, ..found.clone() }));
        }
        for key in &facts.keys {
            let goes = match found.direction {
                Direction::Written => key.is_written,
                Direction::Read => key.is_read,
            };
            for held in classes_in(&key.java_type).into_iter().chain(key.kinds.iter().copied()).filter(|_| goes) {
                let how = format!("{:?} of {}", key.field, sources.declaration(class).name);
                queue.push_back((held, Use { place: key.place.clone(), how, ..found.clone() }));
            }
        }
    }
    for (class, facts) in facts {
        let uses = uses.remove(&class).unwrap_or_default().into_values().collect();
        inventory.classes.push(WireClass { facts, uses });
    }
    inventory.unread.sort();
    inventory.unread.dedup();
    inventory
}
