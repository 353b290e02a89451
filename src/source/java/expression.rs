//! The static type of an expression, as far as it can be told without a compiler.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, HashMap};

use tree_sitter::Node;

use super::annotations::{bean_name, constant};
use super::enums::arguments;
use super::index::{ClassId, JavaType, Sources};
use super::lombok::singular_of;
use super::parse::{Reader, is_type};
use super::syntax::{Kind, Method};
use super::walk::{children, descendants, parents};

/// Expressions that are nested deeper than this have no known type.
const MAX_DEPTH: usize = 32;
/// Steps that are taken for the type of one expression: names can stand for each other in circles.
const MAX_STEPS: usize = 2_000;
/// Declarations of one name that are looked at.
const MAX_SAME: usize = 200;

/// Formats of Camel that write and read JSON.
const FORMATS: &[&str] = &["JacksonDataFormat", "GsonDataFormat", "JsonbDataFormat", "ListJacksonDataFormat"];

/// Methods that give what they are called on, or what it holds.
const SAME: &[&str] =
    &["get", "orElse", "orElseThrow", "orElseGet", "block", "join", "toBuilder", "build", "getBody", "blockOptional"];

/// Mappers that read a class which is an argument: `mapper.readValue(text, Parcel.class)`.
pub const READERS: &[&str] =
    &["readValue", "convertValue", "treeToValue", "getBody", "getMapper", "getBean", "readValueAs", "getProperty"];

/// A method or constructor of a class, in whose body expressions stand.
#[derive(Debug)]
pub struct Scope<'s> {
    /// The sources.
    pub sources: &'s Sources,
    /// The class.
    pub class: ClassId,
    /// The method.
    pub method: &'s Method,
    /// What declares a variable, by its name, in the order of the text.
    locals: OnceCell<BTreeMap<&'s str, Vec<Node<'s>>>>,
    /// What each node of the body stands in. The tree itself looks for that from its root on, each time.
    parents: OnceCell<HashMap<usize, Node<'s>>>,
    depth: Cell<usize>,
    steps: Cell<usize>,
}

impl<'s> Scope<'s> {
    /// The scope of a method of a class.
    pub fn new(sources: &'s Sources, class: ClassId, method: &'s Method) -> Self {
        let (locals, parents) = (OnceCell::new(), OnceCell::new());
        Scope { sources, class, method, locals, parents, depth: Cell::new(0), steps: Cell::new(0) }
    }

    /// The body of the method.
    pub fn body(&self) -> Option<Node<'s>> {
        let body = self.method.body.clone()?;
        self.sources.file(self.class).tree.root_node().descendant_for_byte_range(body.start, body.end)
    }

    /// The node that a node stands in.
    pub fn parent(&self, node: Node<'s>) -> Option<Node<'s>> {
        let parents = self.parents.get_or_init(|| self.body().map(parents).unwrap_or_default());
        // Values of fields stand in no body.
        parents.get(&node.id()).copied().or_else(|| node.parent())
    }

    /// The text of a node.
    pub fn raw(&self, node: Node<'_>) -> &'s str {
        self.sources.text(self.class).get(node.byte_range()).unwrap_or_default()
    }

    /// A type that a node spells.
    pub fn resolve(&self, node: Node<'_>) -> JavaType {
        let reader = Reader::new(self.sources.text(self.class));
        self.sources.resolve(self.class, &reader.type_use(node, 0), &self.method.type_parameters)
    }

    /// What an argument says: the text of a literal or of a constant of the tree, else how it is written.
    pub fn address(&self, node: Node<'_>) -> String {
        let raw = self.raw(node);
        let text = match node.kind() {
            "string_literal" => Some(raw.trim_matches('"').to_owned()),
            "identifier" | "field_access" => constant(raw, self.sources, self.class),
            _ => None,
        };
        text.unwrap_or_else(|| raw.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The type of an expression.
    pub fn type_of(&self, node: Node<'s>) -> Option<JavaType> {
        let depth = self.depth.get();
        if depth == 0 {
            self.steps.set(0);
        }
        if depth >= MAX_DEPTH || self.steps.get() >= MAX_STEPS {
            return None;
        }
        self.depth.set(depth + 1);
        self.steps.set(self.steps.get() + 1);
        let ty = self.type_within(node);
        self.depth.set(depth);
        ty
    }

    /// The class of `X.class`, or the type of `new TypeReference<X>() {}`.
    pub fn token(&self, node: Node<'s>) -> Option<JavaType> {
        match node.kind() {
            "class_literal" => Some(self.resolve(children(node).next()?)),
            "object_creation_expression" => {
                let ty = self.resolve(node.child_by_field_name("type")?);
                // A format of Camel is given the class that it reads.
                if ty.is_external(FORMATS) {
                    return arguments(node).into_iter().rev().find_map(|argument| self.token(argument));
                }
                let is_reference = ty.is_external(&["TypeReference", "ParameterizedTypeReference", "TypeRef"]);
                is_reference.then(|| ty.arguments.into_iter().next()).flatten().or_else(|| {
                    // new TypeReference<>() {}: the type is on the variable, or it is what the method returns.
                    is_reference.then(|| self.expected(node)).flatten()
                })
            }
            _ => None,
        }
    }

    /// The class of a token, or of a variable or field that holds one.
    pub fn named_token(&self, node: Node<'s>) -> Option<JavaType> {
        self.token(node).or_else(|| {
            let name = (node.kind() == "identifier").then(|| self.raw(node))?;
            let declared = self.sources.declaration(self.class).fields.iter().find(|field| field.name == name)?;
            let value = declared.value.clone()?;
            let root = self.sources.file(self.class).tree.root_node();
            self.token(root.descendant_for_byte_range(value.start, value.end)?)
        })
    }

    /// What the place of an expression asks for: the type of the variable that it is assigned to, or of the method.
    pub fn expected(&self, node: Node<'s>) -> Option<JavaType> {
        let mut at = node;
        for _ in 0..MAX_DEPTH {
            at = self.parent(at)?;
            match at.kind() {
                "variable_declarator" => {
                    let ty = self.parent(at)?.child_by_field_name("type")?;
                    return (self.raw(ty) != "var").then(|| self.resolve(ty));
                }
                "assignment_expression" => {
                    let left = at.child_by_field_name("left").filter(|left| left.id() != node.id())?;
                    return self.type_of(left);
                }
                "return_statement" => {
                    let ty = self.method.ty.as_ref()?;
                    return Some(self.sources.resolve(self.class, ty, &self.method.type_parameters));
                }
                "cast_expression" => return Some(self.resolve(at.child_by_field_name("type")?)),
                // Arguments of a method of the tree have the types of its parameters.
                "argument_list" => {
                    let call = self.parent(at)?;
                    let place = children(at).position(|argument| argument.byte_range().contains(&node.start_byte()))?;
                    if let Some(parameter) = self.parameter(call, place) {
                        return Some(parameter);
                    }
                }
                "lambda_expression" | "block" => return None,
                _ => {}
            }
        }
        None
    }

    /// The type of a parameter of a method of the tree that is called.
    fn parameter(&self, call: Node<'s>, place: usize) -> Option<JavaType> {
        if call.kind() != "method_invocation" {
            return None;
        }
        let owner = self.receiver(call)?;
        let count = arguments(call).len();
        let (class, method, bindings) =
            self.find_method(&owner, self.raw(call.child_by_field_name("name")?), Some(count))?;
        let parameter = method.parameters.get(place)?;
        Some(self.sources.resolve(class, &parameter.ty, &method.type_parameters).with(&bindings))
    }

    /// The type of what a method is called on: the class itself when it is called on nothing.
    pub fn receiver(&self, call: Node<'s>) -> Option<JavaType> {
        match call.child_by_field_name("object") {
            None => Some(JavaType::class(self.class)),
            Some(object) => self.type_of(object),
        }
    }

    fn type_within(&self, node: Node<'s>) -> Option<JavaType> {
        match node.kind() {
            "identifier" => self.named(node),
            "this" => Some(JavaType::class(self.class)),
            "string_literal" => Some(JavaType::external("String")),
            "parenthesized_expression" => self.type_of(children(node).next()?),
            "cast_expression" => Some(self.resolve(node.child_by_field_name("type")?)),
            "ternary_expression" => {
                ["consequence", "alternative"].iter().find_map(|side| self.type_of(node.child_by_field_name(side)?))
            }
            "field_access" => {
                let object = self.type_of(node.child_by_field_name("object")?)?;
                self.field(&object, self.raw(node.child_by_field_name("field")?))
            }
            "object_creation_expression" => {
                let mut ty = self.resolve(node.child_by_field_name("type")?);
                // new Parcel<>(..) takes its arguments from where it goes, or from what it is given.
                if ty.arguments.is_empty() && self.raw(node.child_by_field_name("type")?).ends_with('>') {
                    let given = || arguments(node).into_iter().filter_map(|argument| self.type_of(argument)).next();
                    let made_of = ty.as_class().map(|class| self.made_of(class, &arguments(node))).unwrap_or_default();
                    match made_of.is_empty() {
                        true => ty.arguments.extend(given()),
                        false => ty.arguments = made_of,
                    }
                }
                Some(ty)
            }
            "method_invocation" => self.call(node),
            _ => None,
        }
    }

    fn call(&self, node: Node<'s>) -> Option<JavaType> {
        let name = self.raw(node.child_by_field_name("name")?);
        let given = arguments(node);
        if READERS.contains(&name)
            && let Some(token) = given.iter().rev().find_map(|argument| self.token(*argument))
        {
            return Some(token);
        }
        if name == "requireNonNull" || (name == "of" && self.raw(node).starts_with("Optional.")) {
            return self.type_of(*given.first()?);
        }
        if matches!(name, "of" | "asList" | "singletonList" | "singleton") {
            let item = given.first().and_then(|first| self.type_of(*first));
            let list = ["List", "Set", "Arrays", "Collections"].iter().any(|list| self.raw(node).starts_with(list));
            return list.then(|| JavaType { arguments: item.into_iter().collect(), ..JavaType::external("List") });
        }
        if let Some(answer) = self.answered(node, name, &given) {
            return Some(answer);
        }
        let owner = self.receiver(node)?;
        if let Some((class, method, bindings)) = self.find_method(&owner, name, Some(given.len())) {
            let ty = self.sources.resolve(class, method.ty.as_ref()?, &method.type_parameters);
            return Some(ty.with(&bindings).with(&self.inferred(class, method, &given)));
        }
        if owner.as_class().is_some() {
            return self.generated(&owner, name);
        }
        if SAME.contains(&name) && owner.arguments.len() == 1 {
            return owner.arguments.into_iter().next();
        }
        self.flowed(&owner, name, &given)
    }

    /// What a method gives that nobody wrote: one of Lombok, or one that a repository has by itself.
    pub(super) fn generated(&self, owner: &JavaType, name: &str) -> Option<JavaType> {
        let class = owner.as_class()?;
        // What Lombok generates: builders give the class in the end, getters their field.
        if matches!(name, "builder" | "build" | "toBuilder")
            || self.has_field(class, name)
            || singular_of(self.sources.declaration(class), name).is_some()
        {
            return self.record_or_builder(class, name, owner);
        }
        let bean =
            name.strip_prefix("get").or(name.strip_prefix("is")).and_then(|it| self.field(owner, &bean_name(it)));
        bean.or_else(|| self.stored(class, name))
    }

    fn has_field(&self, class: ClassId, name: &str) -> bool {
        self.sources
            .lineage(class)
            .iter()
            .any(|(class, _)| self.sources.declaration(*class).fields.iter().any(|field| field.name == name))
    }

    /// `parcel.size()` of a record is its component; of anything else it is a step of a builder, which gives the class.
    fn record_or_builder(&self, class: ClassId, name: &str, owner: &JavaType) -> Option<JavaType> {
        match self.sources.declaration(class).kind {
            Kind::Record if self.has_field(class, name) => self.field(owner, name),
            _ => Some(owner.clone()),
        }
    }

    /// The type of a name: a variable of the method, a parameter, a field; else a class.
    fn named(&self, node: Node<'s>) -> Option<JavaType> {
        let name = self.raw(node);
        if let Some(local) = self.local(node, name) {
            return local;
        }
        if let Some(parameter) = self.method.parameters.iter().find(|parameter| parameter.name == name) {
            return Some(self.sources.resolve(self.class, &parameter.ty, &self.method.type_parameters));
        }
        self.field(&JavaType::class(self.class), name)
            .or_else(|| self.sources.find_type(self.class, name).map(JavaType::class))
            .or_else(|| name.starts_with(char::is_uppercase).then(|| JavaType::external(name)))
    }

    /// What declares variables, by their names.
    fn locals(&self) -> &BTreeMap<&'s str, Vec<Node<'s>>> {
        self.locals.get_or_init(|| {
            let mut locals: BTreeMap<&'s str, Vec<Node<'s>>> = BTreeMap::new();
            for node in self.body().into_iter().flat_map(descendants) {
                match node.kind() {
                    "variable_declarator" | "enhanced_for_statement" => {
                        if let Some(name) = node.child_by_field_name("name") {
                            locals.entry(self.raw(name)).or_default().push(node);
                        }
                    }
                    "lambda_expression" => {
                        let list = node.child_by_field_name("parameters").into_iter().flat_map(descendants);
                        for name in list.filter(|it| it.kind() == "identifier") {
                            locals.entry(self.raw(name)).or_default().push(node);
                        }
                    }
                    _ => {}
                }
            }
            locals
        })
    }

    /// The variable that is declared last before its use; the outer option says whether there is one.
    fn local(&self, node: Node<'s>, name: &str) -> Option<Option<JavaType>> {
        let declared = self.locals().get(name)?;
        let before = declared.partition_point(|it| it.start_byte() < node.start_byte());
        let meant = declared[..before].iter().rev().take(MAX_SAME).find(|it| {
            // A lambda's own parameter holds inside of it only.
            it.kind() != "lambda_expression" || it.byte_range().contains(&node.start_byte())
        })?;
        let spelled = |ty: Option<Node<'s>>| ty.filter(|ty| self.raw(*ty) != "var").map(|ty| self.resolve(ty));
        let value = || meant.child_by_field_name("value");
        Some(match meant.kind() {
            "variable_declarator" => {
                let ty = self.parent(*meant).and_then(|parent| parent.child_by_field_name("type"));
                spelled(ty).or_else(|| self.type_of(value()?))
            }
            "enhanced_for_statement" => {
                let item = || self.type_of(value()?)?.arguments.into_iter().next();
                spelled(meant.child_by_field_name("type")).or_else(item)
            }
            _ => {
                let list = meant.child_by_field_name("parameters");
                let typed = list.into_iter().flat_map(children).find(|it| {
                    it.kind() == "formal_parameter"
                        && it.child_by_field_name("name").is_some_and(|it| self.raw(it) == name)
                });
                match typed {
                    Some(typed) => spelled(children(typed).find(|it| is_type(*it))),
                    None => self.taken(*meant),
                }
            }
        })
    }

    /// The type of a field, own or inherited.
    fn field(&self, owner: &JavaType, name: &str) -> Option<JavaType> {
        let class = owner.as_class()?;
        let own = self.sources.bindings(class, &owner.arguments);
        self.sources.lineage(class).into_iter().find_map(|(class, bindings)| {
            let field = self.sources.declaration(class).fields.iter().find(|field| field.name == name)?;
            Some(self.sources.resolve(class, &field.ty, &[]).with(&bindings).with(&own))
        })
    }

    /// A method of a class of the tree, own or inherited, with what the type parameters of its class stand for.
    pub fn find_method(
        &self,
        owner: &JavaType,
        name: &str,
        count: Option<usize>,
    ) -> Option<(ClassId, &'s Method, BTreeMap<String, JavaType>)> {
        let class = owner.as_class()?;
        let own = self.sources.bindings(class, &owner.arguments);
        let fits = |method: &&Method| method.name == name && count.is_none_or(|count| method.parameters.len() == count);
        self.sources.lineage(class).into_iter().find_map(|(class, mut bindings)| {
            let interfaces = self.sources.declaration(class).implements.iter();
            let interfaces = interfaces.filter_map(|used| self.sources.resolve(class, used, &[]).as_class());
            let (class, method) = std::iter::once(class)
                .chain(interfaces)
                .find_map(|class| Some((class, self.sources.declaration(class).methods.iter().find(fits)?)))?;
            for bound in bindings.values_mut() {
                *bound = bound.with(&own);
            }
            bindings.extend(own.clone());
            Some((class, method, bindings))
        })
    }
}

/// The classes of the tree that a type names, in itself and in its arguments.
pub fn classes_in(ty: &JavaType) -> Vec<ClassId> {
    ty.classes()
}
