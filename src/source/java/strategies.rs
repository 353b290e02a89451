//! Naming strategies: which of Jackson's a class or an expression is.

use tree_sitter::Node;

use super::annotations::constant_field;
use super::enums::arguments;
use super::expression::Scope;
use super::index::{ClassId, Sources};
use super::syntax::{Method, Value};
use super::walk::{children, descendants};

/// Classes, constants and methods that stand for each other are followed this far: they can do so in circles.
const MAX_HOPS: usize = 8;
/// The methods that make a strategy another one than its base.
const OWN: &[&str] =
    &["translate", "nameForField", "nameForGetterMethod", "nameForSetterMethod", "nameForConstructorParameter"];

/// Jackson's strategies: the constant, and what the class of it is called.
const STRATEGIES: &[(&str, &[&str])] = &[
    (
        "SNAKE_CASE",
        &["SnakeCaseStrategy", "LowerCaseWithUnderscoresStrategy", "CAMEL_CASE_TO_LOWER_CASE_WITH_UNDERSCORES"],
    ),
    ("UPPER_SNAKE_CASE", &["UpperSnakeCaseStrategy"]),
    ("KEBAB_CASE", &["KebabCaseStrategy"]),
    ("LOWER_DOT_CASE", &["LowerDotCaseStrategy"]),
    ("LOWER_CASE", &["LowerCaseStrategy"]),
    ("LOWER_CAMEL_CASE", &["LowerCamelCaseStrategy"]),
    ("UPPER_CAMEL_CASE", &["UpperCamelCaseStrategy", "PascalCaseStrategy", "PASCAL_CASE_TO_CAMEL_CASE"]),
];

/// `order_id`.
pub const SNAKE: &str = "SNAKE_CASE";
/// What Jackson does without a strategy.
pub const FIELD: &str = "LOWER_CAMEL_CASE";

/// The constant of one of Jackson's strategies, by that or by the name of its class, with or without what stands before it.
pub fn known(name: &str) -> Option<&'static str> {
    let last = name.rsplit(['.', '$']).next().unwrap_or_default();
    STRATEGIES.iter().find(|(constant, classes)| *constant == last || classes.contains(&last)).map(|(it, _)| *it)
}

/// The strategy of a class that is named inside of another one: one of Jackson's, or one that extends it and changes nothing.
pub fn of_class(sources: &Sources, class: ClassId, name: &str) -> Option<&'static str> {
    let (mut class, mut name) = (class, name);
    for _ in 0..MAX_HOPS {
        let Some(own) = sources.find_type(class, name) else { return known(name) };
        let declaration = sources.declaration(own);
        if declaration.methods.iter().any(|method| OWN.contains(&method.name.as_str())) {
            return None;
        }
        (class, name) = (own, declaration.extends.first()?.name.as_str());
    }
    None
}

/// The strategy that an expression is: a constant, an object, or what a method of the tree gives.
pub fn of_expression<'s>(scope: &Scope<'s>, node: Node<'s>) -> Option<&'static str> {
    within(scope, node, 0)
}

fn within<'s>(scope: &Scope<'s>, node: Node<'s>, hops: usize) -> Option<&'static str> {
    if hops >= MAX_HOPS {
        return None;
    }
    let (sources, class) = (scope.sources, scope.class);
    match node.kind() {
        "parenthesized_expression" => within(scope, children(node).next()?, hops + 1),
        "cast_expression" => within(scope, node.child_by_field_name("value")?, hops + 1),
        "object_creation_expression" => {
            // An anonymous class may do anything.
            let is_plain = arguments(node).is_empty() && !children(node).any(|child| child.kind() == "class_body");
            of_class(sources, class, scope.raw(node.child_by_field_name("type")?)).filter(|_| is_plain)
        }
        "identifier" | "field_access" => {
            let name = scope.raw(node);
            if let Some(value) = local(scope, node, name) {
                return within(scope, value?, hops + 1);
            }
            let Some((owner, field)) = constant_field(name, sources, class) else {
                // What stands in the tree and is no constant may be anything.
                let outer = name.rsplit_once('.').map(|(outer, _)| outer);
                let is_library = outer.is_none_or(|outer| sources.find_type(class, outer).is_none());
                return known(name)
                    .filter(|_| is_library && scope.type_of(node).is_none_or(|ty| ty.as_class().is_none()));
            };
            let value = field.value.clone()?;
            let node = sources.file(owner).tree.root_node().descendant_for_byte_range(value.start, value.end)?;
            // What stands in a field needs no method around it; that of another class knows no variable of this one.
            let method = sources.declaration(owner).methods.first();
            match method {
                Some(method) => within(&Scope::new(sources, owner, method), node, hops + 1),
                None => within(&Scope::new(sources, owner, scope.method), node, hops + 1),
            }
        }
        "method_invocation" => {
            let owner = scope.receiver(node)?;
            let name = scope.raw(node.child_by_field_name("name")?);
            let (class, method, _) = scope.find_method(&owner, name, Some(arguments(node).len()))?;
            let scope = Scope::new(sources, class, method);
            within(&scope, returned(&scope, method)?, hops + 1)
        }
        _ => None,
    }
}

/// The value of a variable of the method; the outer option says whether there is one, the inner whether nothing else is
/// ever given to it.
fn local<'s>(scope: &Scope<'s>, node: Node<'s>, name: &str) -> Option<Option<Node<'s>>> {
    if node.kind() != "identifier" {
        return None;
    }
    if scope.method.parameters.iter().any(|parameter| parameter.name == name) {
        return Some(None);
    }
    let is_named = |node: Node<'s>, side| node.child_by_field_name(side).is_some_and(|it| scope.raw(it) == name);
    let nodes = || scope.body().into_iter().flat_map(descendants);
    let mut declared = nodes().filter(|it| it.kind() == "variable_declarator" && is_named(*it, "name"));
    let first = declared.next()?;
    let is_changed = nodes().any(|it| it.kind() == "assignment_expression" && is_named(it, "left"));
    Some(first.child_by_field_name("value").filter(|_| !is_changed && declared.next().is_none()))
}

/// What a method gives back, where it does nothing else.
fn returned<'s>(scope: &Scope<'s>, method: &Method) -> Option<Node<'s>> {
    method.body.as_ref()?;
    let mut statements = scope.body().into_iter().flat_map(children);
    let first = statements.next().filter(|it| it.kind() == "return_statement")?;
    children(first).next().filter(|_| statements.next().is_none())
}

/// The strategy that `@JsonNaming` names.
pub fn of_annotation(sources: &Sources, class: ClassId, value: &Value) -> Option<&'static str> {
    match value {
        Value::Class(used) => of_class(sources, class, &used.name),
        _ => None,
    }
}
