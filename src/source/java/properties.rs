//! The properties of a class as Jackson collects them: fields, accessors and creators of one name are one property.
//!
//! The order is Jackson's: fields of the base class first, then accessors without a field; what has a name of its own
//! (`@JsonProperty("name")`) goes last; what a creator takes goes first.

mod arrange;
mod visibility;

use std::collections::BTreeMap;

use super::annotations::{Found, explicit_name, holds, shows};
use super::index::{ClassId, JavaType, MAX_BASES, Sources};
use super::lombok;
use super::syntax::{Annotation, Kind, Method, TypeDeclaration, Value, find, has};
use super::wire;
use crate::source::place::{Place, Unread};
use visibility::Visibility;

/// What type parameters stand for.
type Bindings = BTreeMap<String, JavaType>;

/// A property: what will be a key.
#[derive(Clone, Debug)]
pub struct Property<'s> {
    /// The name that its field or accessor gives.
    pub implicit: String,
    /// The name on the wire, without a naming strategy of the mapper.
    pub name: String,
    /// Whether that name stands in the source as such.
    pub explicit: bool,
    /// Its type.
    pub ty: JavaType,
    /// Whether it is written.
    pub is_written: bool,
    /// Whether it is read.
    pub is_read: bool,
    /// Whether it has a field, a component or a setter; else its getter makes the value.
    pub is_settable: bool,
    /// The class that declares it.
    pub class: ClassId,
    /// Where its field stands; where its getter or setter does, when it has no field.
    pub place: Place,
    /// Whether a creator takes it and refuses payloads without it: `@JsonProperty(required = true)`.
    pub is_required: bool,
    /// Its field's initialiser, as it stands there.
    pub initialiser: Option<&'s str>,
    /// The annotations of its field and accessors, those of the field first.
    pub annotations: Vec<Found<'s>>,
}

impl<'s> Property<'s> {
    /// Its annotation of a simple name; that of the class which comes first when several accessors have one.
    pub fn annotation(&self, name: &str) -> Option<Found<'s>> {
        self.annotations.iter().copied().find(|found| found.annotation.name == name)
    }
}

/// What became of a class.
#[derive(Debug, Default)]
pub struct Properties<'s> {
    /// In the order of the wire.
    pub properties: Vec<Property<'s>>,
    /// Whether a strategy that is not understood names them.
    pub has_unread_names: bool,
    /// What was not understood.
    pub unread: Vec<Unread>,
}

/// One way to a property.
#[derive(Clone, Debug)]
struct Accessor<'s> {
    class: ClassId,
    annotations: &'s [Annotation],
    ty: JavaType,
    place: Place,
    is_visible: bool,
    explicit: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Builder<'s> {
    implicit: String,
    field: Option<Accessor<'s>>,
    initialiser: Option<&'s str>,
    getter: Option<Accessor<'s>>,
    setter: Option<Accessor<'s>>,
    creator: Option<Accessor<'s>>,
}

impl<'s> Builder<'s> {
    fn all(&self) -> impl Iterator<Item = &Accessor<'s>> {
        [&self.field, &self.getter, &self.setter, &self.creator].into_iter().flatten()
    }

    /// Without its accessors that ignore, or nothing of it when none of the others has an annotation that shows it.
    fn without_ignored(mut self) -> Option<Self> {
        let ignores = |accessor: &Accessor<'_>| holds(accessor.annotations, "JsonIgnore");
        if !self.all().any(ignores) {
            return Some(self);
        }
        if !self.all().any(|accessor| !ignores(accessor) && shows(accessor.annotations)) {
            return None;
        }
        for accessor in [&mut self.field, &mut self.getter, &mut self.setter, &mut self.creator] {
            accessor.take_if(|accessor| ignores(accessor));
        }
        Some(self)
    }
}

/// Collects the properties of a class.
pub fn collect<'s>(sources: &'s Sources, class: ClassId) -> Properties<'s> {
    collect_within(sources, class, 0)
}

fn collect_within<'s>(sources: &'s Sources, class: ClassId, depth: usize) -> Properties<'s> {
    let mut collector = Collector {
        sources,
        class,
        builders: Vec::new(),
        places: BTreeMap::new(),
        visibility: Visibility::of(class_annotation(sources, class, "JsonAutoDetect")),
        has_unread_names: false,
        unread: Vec::new(),
        creators: Vec::new(),
    };
    collector.fields();
    collector.methods();
    collector.creators();
    collector.finish(depth)
}

struct Collector<'s> {
    sources: &'s Sources,
    class: ClassId,
    builders: Vec<Builder<'s>>,
    /// Where each implicit name stands among the builders.
    places: BTreeMap<String, usize>,
    visibility: Visibility,
    has_unread_names: bool,
    unread: Vec<Unread>,
    /// The implicit names of what a creator takes.
    creators: Vec<String>,
}

impl<'s> Collector<'s> {
    fn declaration(&self, class: ClassId) -> &'s TypeDeclaration {
        self.sources.declaration(class)
    }

    fn builder(&mut self, implicit: &str) -> &mut Builder<'s> {
        let place = self.places.get(implicit).copied().unwrap_or_else(|| {
            self.builders.push(Builder { implicit: implicit.to_owned(), ..Builder::default() });
            self.places.insert(implicit.to_owned(), self.builders.len() - 1);
            self.builders.len() - 1
        });
        &mut self.builders[place]
    }

    fn accessor(
        &self,
        class: ClassId,
        annotations: &'s [Annotation],
        ty: JavaType,
        place: Place,
        public: bool,
    ) -> Accessor<'s> {
        let explicit = explicit_name(annotations, self.sources, class);
        let is_visible = public || shows(annotations);
        Accessor { class, annotations, ty, place, is_visible, explicit }
    }

    fn fields(&mut self) {
        let visibility = self.visibility;
        for (class, bindings) in self.sources.lineage(self.class).into_iter().rev() {
            let declaration = self.declaration(class);
            let is_record = declaration.kind == Kind::Record;
            // A record's static fields stand among its components only where they are no components.
            for field in declaration.fields.iter().filter(|field| !field.modifiers.is_static) {
                // A transient field is no field to Jackson, unless an annotation shows it; its getter still counts.
                let hidden = field.modifiers.is_transient && !shows(&field.annotations);
                let ty = self.sources.resolve(class, &field.ty, &[]).with(&bindings);
                let place = self.sources.place(class, field.span);
                let public = !hidden && (is_record || visibility.field(field.modifiers));
                let accessor = self.accessor(class, &field.annotations, ty, place, public);
                let initialiser =
                    field.value.clone().and_then(|value| self.sources.text(class).get(value)).filter(|_| !hidden);
                let builder = self.builder(&field.name);
                if is_record {
                    builder.creator = Some(accessor.clone());
                }
                builder.field = Some(accessor);
                builder.initialiser = initialiser;
            }
        }
    }

    fn methods(&mut self) {
        let visibility = self.visibility;
        let lineage = self.sources.lineage(self.class);
        for (class, bindings) in &lineage {
            for (owner, bindings) in self.with_interfaces(*class, bindings) {
                for method in self.declaration(owner).methods.iter().filter(|method| !method.modifiers.is_static) {
                    self.method(owner, method, &bindings);
                }
            }
        }
        // What Lombok generates stands behind what is written, and never instead of it.
        for (class, bindings) in &lineage {
            let is_value =
                self.sources.imported_from(*class, "Value") != Some("org.springframework.beans.factory.annotation");
            for field in &self.declaration(*class).fields {
                let generated = lombok::generated(self.declaration(*class), field, is_value);
                if generated.fluent && (generated.getter || generated.setter) {
                    let what = format!("the accessors of {:?} are fluent: Jackson does not see them", field.name);
                    self.unread.push(Unread { place: self.sources.place(*class, field.span), what });
                    continue;
                }
                let Some(named) = lombok::accessor_name(self.declaration(*class), field) else { continue };
                let (bean, ty) = (
                    super::annotations::bean_name(&named),
                    self.sources.resolve(*class, &field.ty, &[]).with(bindings),
                );
                let place = self.sources.place(*class, field.span);
                let is_flag = field.ty.name == "boolean" && field.ty.dimensions == 0;
                let is_visible = visibility.getter(is_flag, lombok::PUBLIC);
                let accessor = Accessor { class: *class, annotations: &[], ty, place, is_visible, explicit: None };
                if generated.getter && self.sees(&bean, |builder| builder.getter.is_none()) {
                    self.builder(&bean).getter = Some(accessor.clone());
                }
                if generated.setter && self.sees(&bean, |builder| builder.setter.is_none()) {
                    self.builder(&bean).setter =
                        Some(Accessor { is_visible: visibility.setter(lombok::PUBLIC), ..accessor });
                }
            }
        }
    }

    /// A class with its interfaces and those behind them. The first base of an interface has its turn as one.
    fn with_interfaces(&self, class: ClassId, bindings: &Bindings) -> Vec<(ClassId, Bindings)> {
        let mut declared = vec![(class, bindings.clone())];
        let mut at = 0;
        while let Some((owner, bindings)) = declared.get(at).cloned().filter(|_| at < MAX_BASES) {
            let declaration = self.declaration(owner);
            let bases = declaration.extends.iter().skip(usize::from(at == 0));
            for used in declaration.implements.iter().chain(bases) {
                let ty = self.sources.resolve(owner, used, &[]).with(&bindings);
                if let Some(next) = ty.as_class().filter(|next| declared.iter().all(|(seen, _)| seen != next)) {
                    declared.push((next, self.sources.bindings(next, &ty.arguments)));
                }
            }
            at += 1;
        }
        declared
    }

    /// Whether a property is new, or a test of it holds.
    fn sees(&self, implicit: &str, test: impl Fn(&Builder<'s>) -> bool) -> bool {
        self.places.get(implicit).is_none_or(|place| test(&self.builders[*place]))
    }

    fn method(&mut self, class: ClassId, method: &'s Method, bindings: &BTreeMap<String, JavaType>) {
        let resolve = |ty| self.sources.resolve(class, ty, &method.type_parameters).with(bindings);
        let place = self.sources.place(class, method.span);
        let annotations = method.annotations.as_slice();
        let Some(ty) = &method.ty else { return };
        let shown = shows(annotations);
        match method.parameters.as_slice() {
            [] if ty.name != "void" => {
                let is_flag = matches!(ty.name.as_str(), "boolean" | "Boolean") && ty.dimensions == 0;
                let bean = match (accessor_of(&method.name, "get"), accessor_of(&method.name, "is")) {
                    (Some(name), _) if name != "class" => name,
                    (_, Some(name)) if is_flag => name,
                    // A record's accessor is that of its component; an annotation makes a getter of any method.
                    _ if self.sees(&method.name, |_| false) || !self.is_component(class, &method.name) => {
                        if !shown || has(annotations, &["JsonValue", "JsonAnyGetter", "JsonCreator"]) {
                            return;
                        }
                        method.name.clone()
                    }
                    _ => method.name.clone(),
                };
                let is_visible = self.visibility.getter(accessor_of(&method.name, "get").is_none(), method.modifiers);
                let accessor = self.accessor(class, annotations, resolve(ty), place, is_visible);
                let builder = self.builder(&bean);
                match &mut builder.getter {
                    None => builder.getter = Some(accessor),
                    // An overridden method gives its annotations to the one that overrides it.
                    Some(getter) if getter.annotations.is_empty() => {
                        getter.annotations = accessor.annotations;
                        getter.explicit = accessor.explicit;
                        getter.is_visible |= accessor.is_visible;
                    }
                    Some(_) => {}
                }
            }
            [parameter] => {
                let bean = accessor_of(&method.name, "set").or_else(|| shown.then(|| method.name.clone()));
                if let Some(bean) = bean.filter(|_| !has(annotations, &["JsonCreator", "JsonAnySetter"])) {
                    let ty = resolve(&parameter.ty);
                    let is_visible = self.visibility.setter(method.modifiers);
                    let accessor = self.accessor(class, annotations, ty, place, is_visible);
                    let builder = self.builder(&bean);
                    if builder.setter.is_none() {
                        builder.setter = Some(accessor);
                    }
                }
            }
            _ => {}
        }
    }

    fn is_component(&self, class: ClassId, name: &str) -> bool {
        let declaration = self.declaration(class);
        declaration.kind == Kind::Record && declaration.fields.iter().any(|field| field.name == name)
    }

    fn creators(&mut self) {
        let declaration = self.declaration(self.class);
        let factories = declaration.methods.iter().filter(|method| has(&method.annotations, &["JsonCreator"]));
        let is_creator = |method: &&Method| {
            let named = |name| method.parameters.iter().all(|parameter| has(&parameter.annotations, &[name]));
            has(&method.annotations, &["JsonCreator", "ConstructorProperties"])
                || (!method.parameters.is_empty() && named("JsonProperty"))
        };
        let Some(creator) = declaration.constructors.iter().filter(is_creator).chain(factories).next() else { return };
        let mode =
            find(&creator.annotations, "JsonCreator").and_then(|found| found.get("mode")).and_then(Value::last_name);
        let listed = find(&creator.annotations, "ConstructorProperties").and_then(|found| found.get("value"));
        let names = listed.map(Value::texts).unwrap_or_default();
        let is_single = creator.parameters.len() == 1
            && names.is_empty()
            && !has(&creator.parameters[0].annotations, &["JsonProperty"]);
        if mode == Some("DISABLED") || declaration.kind == Kind::Enum {
            return;
        }
        if mode == Some("DELEGATING") || (is_single && mode != Some("PROPERTIES")) {
            // It takes what @JsonValue gives: the class is that value both ways.
            let taken = creator.parameters.first().map(|it| self.sources.resolve(self.class, &it.ty, &[]));
            if taken.is_some() && taken.map(|ty| wire::of(self.sources, &ty)) == wire::body(self.sources, self.class) {
                return;
            }
            let what = "it is read by a creator that takes one value: which form that has is not understood".to_owned();
            self.unread.push(Unread { place: self.sources.place(self.class, creator.span), what });
            return;
        }
        for (place, parameter) in creator.parameters.iter().enumerate() {
            let ty = self.sources.resolve(self.class, &parameter.ty, &creator.type_parameters);
            let at = self.sources.place(self.class, parameter.span);
            let accessor = self.accessor(self.class, &parameter.annotations, ty, at, true);
            let implicit = names.get(place).map_or(parameter.name.clone(), |name| (*name).to_owned());
            // A parameter belongs to the property whose key it names, whatever it is called itself.
            let key = accessor.explicit.clone().unwrap_or_else(|| implicit.clone());
            let known = self.places.contains_key(&key).then_some(key);
            let implicit = known.unwrap_or(implicit);
            self.creators.push(implicit.clone());
            self.builder(&implicit).creator = Some(accessor);
        }
    }

    /// An annotation of the class, of a superclass, or of an interface that it implements.
    fn class_annotation(&self, name: &str) -> Option<Found<'s>> {
        class_annotation(self.sources, self.class, name)
    }

    fn finish(mut self, depth: usize) -> Properties<'s> {
        let reads_by_builder = self.reads_by_builder();
        let builders = std::mem::take(&mut self.builders);
        let (mut properties, mut renamed) = (Vec::new(), Vec::new());
        for builder in builders.into_iter().filter_map(Builder::without_ignored) {
            let explicit: Vec<String> = builder.all().filter_map(|accessor| accessor.explicit.clone()).collect();
            let made = self.property(&builder, reads_by_builder);
            let Some(property) = made.filter(|property| !self.is_of_ignored_type(property)) else { continue };
            match explicit.first() {
                None => properties.push(property),
                Some(first) if explicit.iter().all(|name| name == first) => {
                    renamed.push(Property { name: first.clone(), explicit: true, ..property });
                }
                Some(_) => renamed.extend(self.two_names(&builder, property)),
            }
        }
        self.rename_by_strategy(&mut properties);
        let mut names: BTreeMap<String, usize> =
            properties.iter().enumerate().map(|(place, property)| (property.name.clone(), place)).collect();
        for property in renamed {
            match names.get(&property.name).map(|place| &mut properties[*place]) {
                Some(known) => {
                    known.is_read |= property.is_read;
                    known.is_written |= property.is_written;
                    known.annotations.extend(property.annotations);
                }
                None => {
                    names.insert(property.name.clone(), properties.len());
                    properties.push(property);
                }
            }
        }
        self.sort(&mut properties);
        self.ignore_listed(&mut properties);
        let properties = self.unwrap(properties, depth);
        Properties { properties, has_unread_names: self.has_unread_names, unread: self.unread }
    }

    /// One property from its accessors; none when no accessor of it is visible.
    fn property(&self, builder: &Builder<'s>, reads_by_builder: bool) -> Option<Property<'s>> {
        let visible = |accessor: &Option<Accessor<'s>>| accessor.as_ref().is_some_and(|found| found.is_visible);
        let is_built = reads_by_builder && builder.field.is_some();
        if !is_built && builder.all().all(|accessor| !accessor.is_visible) {
            return None;
        }
        let access = builder.all().find_map(|accessor| find(accessor.annotations, "JsonProperty")?.get("access"));
        let access = access.and_then(Value::last_name);
        let is_collection = |accessor: &Accessor<'s>| {
            accessor
                .ty
                .as_external()
                .is_some_and(|name| super::leaves::LISTS.contains(&name) || super::leaves::MAPS.contains(&name))
        };
        let is_written = visible(&builder.getter) || visible(&builder.field);
        let is_read = reads_by_builder
            || visible(&builder.setter)
            || visible(&builder.field)
            || builder.creator.is_some()
            // A visible getter makes a mutator of a private field; a collection is filled through its getter.
            || (visible(&builder.getter) && (builder.field.is_some() || builder.getter.as_ref().is_some_and(is_collection)));
        let main = builder.getter.as_ref().filter(|getter| getter.is_visible).or(builder.field.as_ref());
        let main = main.or(builder.creator.as_ref()).or(builder.setter.as_ref()).or(builder.getter.as_ref())?;
        let place = builder.field.as_ref().map_or(&main.place, |field| &field.place);
        Some(Property {
            implicit: builder.implicit.clone(),
            name: builder.implicit.clone(),
            explicit: false,
            ty: main.ty.clone(),
            is_written: is_written && access != Some("WRITE_ONLY"),
            is_read: is_read && access != Some("READ_ONLY"),
            class: builder.field.as_ref().map_or(main.class, |field| field.class),
            place: place.clone(),
            is_settable: builder.field.is_some() || builder.setter.is_some() || builder.creator.is_some(),
            // Elsewhere Jackson does not look at it.
            is_required: builder.creator.is_some() && builder.all().any(requires),
            initialiser: builder.initialiser,
            annotations: builder
                .all()
                .flat_map(|accessor| {
                    accessor.annotations.iter().map(|annotation| Found { class: accessor.class, annotation })
                })
                .collect(),
        })
    }

    /// A property that is written under one name and read under another is two.
    fn two_names(&self, builder: &Builder<'s>, property: Property<'s>) -> Vec<Property<'s>> {
        let name = |accessors: [&Option<Accessor<'s>>; 3]| {
            accessors.into_iter().flatten().find_map(|accessor| accessor.explicit.clone())
        };
        let written = name([&builder.getter, &builder.field, &builder.creator]);
        let read = name([&builder.creator, &builder.setter, &builder.field]);
        let half = |name: Option<String>, is_written, is_read| {
            let name = name.unwrap_or_else(|| property.name.clone());
            Property { name, explicit: true, is_written, is_read, ..property.clone() }
        };
        if written == read {
            return vec![half(written, property.is_written, property.is_read)];
        }
        vec![half(written, property.is_written, false), half(read, false, property.is_read)]
    }

    /// Whether Jackson builds the class with its builder, which has a method for each field.
    fn reads_by_builder(&self) -> bool {
        let declaration = self.declaration(self.class);
        has(&declaration.annotations, &["Jacksonized"])
            || find(&declaration.annotations, "JsonDeserialize").is_some_and(|found| found.get("builder").is_some())
    }
}

fn requires(accessor: &Accessor<'_>) -> bool {
    let found = find(accessor.annotations, "JsonProperty");
    found.is_some_and(|found| found.get("required") == Some(&Value::Bool(true)))
}

/// An annotation of a class, of a superclass, or of an interface that it implements: the nearest one.
pub fn class_annotation<'s>(sources: &'s Sources, class: ClassId, name: &str) -> Option<Found<'s>> {
    let lineage = sources.lineage(class);
    let of = |class: ClassId| {
        find(&sources.declaration(class).annotations, name).map(|annotation| Found { class, annotation })
    };
    let interfaces = |class: ClassId| {
        let implemented = sources.declaration(class).implements.iter();
        implemented.filter_map(move |used| sources.resolve(class, used, &[]).as_class())
    };
    lineage.iter().find_map(|(class, _)| of(*class).or_else(|| interfaces(*class).find_map(of)))
}

/// The name behind `get`, `is` or `set`.
fn accessor_of(method: &str, prefix: &str) -> Option<String> {
    let rest = method.strip_prefix(prefix).filter(|rest| !rest.is_empty())?;
    Some(super::annotations::bean_name(rest))
}
