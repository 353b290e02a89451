//! Java text to declarations, by tree-sitter.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use tree_sitter::{Node, Parser};

use super::syntax::{
    Annotation, AnnotationDeclaration, Constant, Import, JavaFile, Kind, Method, Modifiers, TypeDeclaration, TypeUse,
    Value, Variable,
};
use super::walk::{all_children, children, descendants};
use crate::source::place::Span;

/// Expressions, types and classes that are nested deeper than this are not read: a text may be anything.
pub const MAX_DEPTH: usize = 64;

/// Reads a file. Text that is no Java gives what could be understood of it, and the places of the rest.
pub fn parse(text: &str) -> Option<JavaFile> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_java::LANGUAGE.into()).ok()?;
    let tree = parser.parse(text, None)?;
    let mut file = JavaFile {
        package: String::new(),
        imports: Vec::new(),
        types: Vec::new(),
        annotations: Vec::new(),
        errors: Vec::new(),
        deep: Vec::new(),
        tree: tree.clone(),
    };
    let reader = Reader::new(text);
    for node in children(tree.root_node()) {
        match node.kind() {
            "package_declaration" => {
                if let Some(name) = children(node).find(|child| child.kind().ends_with("identifier")) {
                    file.package = reader.dotted(name);
                }
            }
            "import_declaration" => {
                if let Some(name) = children(node).find(|child| child.kind().ends_with("identifier")) {
                    let is_wildcard = children(node).any(|child| child.kind() == "asterisk");
                    let is_static = all_children(node).any(|child| child.kind() == "static");
                    file.imports.push(Import { name: reader.dotted(name), is_static, is_wildcard });
                }
            }
            _ => reader.declaration(node, "", &mut file.types, 0),
        }
    }
    if text.contains("@interface") {
        let declared = descendants(tree.root_node()).filter(|node| node.kind() == "annotation_type_declaration");
        file.annotations = declared.filter_map(|node| reader.annotation_type(node)).collect();
    }
    if tree.root_node().has_error() {
        reader.errors(tree.root_node(), &mut file.errors);
    }
    file.deep = reader.deep.take();
    // A type may be read more than once.
    file.deep.sort_unstable();
    file.deep.dedup();
    Some(file)
}

/// Reads declarations and types of one text.
#[derive(Debug)]
pub struct Reader<'t> {
    /// The text of the file.
    text: &'t str,
    /// A byte that was asked for last, and its column from 0: nodes are read one after the other, and a line may be as
    /// long as a file.
    last: Cell<(usize, usize)>,
    /// Types that stand deeper in others than is read.
    deep: RefCell<Vec<Span>>,
}

impl<'t> Reader<'t> {
    /// Of a text.
    pub fn new(text: &'t str) -> Self {
        Reader { text, last: Cell::new((0, 0)), deep: RefCell::default() }
    }

    /// The stretch of a node: what [`super::walk::span`] says, counted from the node before.
    fn span(&self, node: Node<'_>) -> Span {
        let (at, start) = (node.start_byte(), node.start_position());
        let line_start = at - start.column;
        let (last, column) = self.last.get();
        let (from, before) = if (line_start..=at).contains(&last) { (last, column) } else { (line_start, 0) };
        let column = self.text.get(from..at).map_or(start.column, |between| before + between.chars().count());
        self.last.set((at, column));
        Span { start: at, end: node.end_byte(), line: start.row + 1, column: column + 1 }
    }

    /// The text of a node.
    pub fn raw(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    fn dotted(&self, node: Node<'_>) -> String {
        self.raw(node).split_whitespace().collect()
    }

    fn errors(&self, root: Node<'_>, errors: &mut Vec<Span>) {
        for node in descendants(root) {
            if node.is_error() || node.is_missing() {
                let at = self.span(node);
                // What stands inside of what is not understood says no more.
                if errors.last().is_none_or(|last: &Span| at.start >= last.end) {
                    errors.push(at);
                }
            }
        }
    }

    fn declaration(&self, node: Node<'_>, outer: &str, types: &mut Vec<TypeDeclaration>, depth: usize) {
        let kind = match node.kind() {
            "class_declaration" => Kind::Class,
            "record_declaration" => Kind::Record,
            "enum_declaration" => Kind::Enum,
            "interface_declaration" => Kind::Interface,
            _ => return,
        };
        if depth >= MAX_DEPTH {
            self.deep.borrow_mut().push(self.span(node));
            return;
        }
        let Some(name_node) = node.child_by_field_name("name") else { return };
        let simple = self.raw(name_node);
        let name = if outer.is_empty() { simple.to_owned() } else { format!("{outer}.{simple}") };
        let (annotations, modifiers) = self.modifiers(node);
        let types_of = |list: Option<Node<'_>>| -> Vec<TypeUse> {
            let lists = list.into_iter().flat_map(children);
            let names = lists.flat_map(|child| match child.kind() {
                "type_list" => children(child).collect(),
                _ => vec![child],
            });
            names.map(|child| self.type_use(child, 0)).collect()
        };
        let extended = children(node).find(|child| child.kind() == "extends_interfaces");
        let mut declaration = TypeDeclaration {
            kind,
            name: name.clone(),
            span: self.span(name_node),
            annotations,
            modifiers,
            parameters: self.type_parameters(node),
            extends: types_of(node.child_by_field_name("superclass").or(extended)),
            implements: types_of(node.child_by_field_name("interfaces")),
            fields: Vec::new(),
            methods: Vec::new(),
            constructors: Vec::new(),
            constants: Vec::new(),
        };
        if kind == Kind::Record {
            declaration.fields = self.parameters(node);
        }
        let place = types.len();
        let mut nested = Vec::new();
        let body = node.child_by_field_name("body").into_iter().flat_map(children);
        let members = body.flat_map(|member| match member.kind() {
            "enum_body_declarations" => children(member).collect(),
            _ => vec![member],
        });
        for member in members {
            match member.kind() {
                "field_declaration" | "constant_declaration" => {
                    let (annotations, mut modifiers) = self.modifiers(member);
                    modifiers.is_static |= kind == Kind::Interface;
                    modifiers.is_final |= kind == Kind::Interface;
                    self.variables(member, &annotations, modifiers, &mut declaration.fields);
                }
                "method_declaration" => {
                    let mut method = self.method(member);
                    method.modifiers.is_public |= kind == Kind::Interface && !method.modifiers.is_private;
                    declaration.methods.push(method);
                }
                "constructor_declaration" => declaration.constructors.push(self.method(member)),
                "enum_constant" => declaration.constants.extend(self.constant(member)),
                _ => self.declaration(member, &name, &mut nested, depth + 1),
            }
        }
        types.insert(place, declaration);
        types.append(&mut nested);
    }

    fn annotation_type(&self, node: Node<'_>) -> Option<AnnotationDeclaration> {
        let name = self.raw(node.child_by_field_name("name")?).to_owned();
        Some(AnnotationDeclaration { name, annotations: self.modifiers(node).0 })
    }

    fn type_parameters(&self, node: Node<'_>) -> Vec<String> {
        let list = node.child_by_field_name("type_parameters").into_iter().flat_map(children);
        let names = list.filter_map(|parameter| children(parameter).find(|child| child.kind().ends_with("identifier")));
        names.map(|name| self.raw(name).to_owned()).collect()
    }

    fn constant(&self, node: Node<'_>) -> Option<Constant> {
        let name = node.child_by_field_name("name")?;
        let arguments = node.child_by_field_name("arguments").into_iter().flat_map(children);
        Some(Constant {
            name: self.raw(name).to_owned(),
            span: self.span(name),
            annotations: self.modifiers(node).0,
            arguments: arguments.map(|argument| self.value(argument, 0)).collect(),
        })
    }

    fn method(&self, node: Node<'_>) -> Method {
        let (annotations, modifiers) = self.modifiers(node);
        let name = node.child_by_field_name("name").unwrap_or(node);
        Method {
            name: self.raw(name).to_owned(),
            ty: node.child_by_field_name("type").map(|ty| self.type_use(ty, 0)),
            type_parameters: self.type_parameters(node),
            parameters: self.parameters(node),
            span: self.span(name),
            annotations,
            modifiers,
            body: node.child_by_field_name("body").map(|body| body.byte_range()),
        }
    }

    fn parameters(&self, node: Node<'_>) -> Vec<Variable> {
        let list = node.child_by_field_name("parameters").into_iter().flat_map(children);
        list.filter_map(|parameter| {
            let (annotations, modifiers) = self.modifiers(parameter);
            match parameter.kind() {
                "formal_parameter" => {
                    let ty = self.type_use(parameter.child_by_field_name("type")?, 0);
                    let name = parameter.child_by_field_name("name")?;
                    Some(self.variable(name, ty, annotations, modifiers, None))
                }
                "spread_parameter" => {
                    let declarator = children(parameter).find(|child| child.kind() == "variable_declarator")?;
                    let ty = children(parameter).find(|child| is_type(*child))?;
                    let mut ty = self.type_use(ty, 0);
                    ty.dimensions += 1;
                    let name = declarator.child_by_field_name("name")?;
                    Some(self.variable(name, ty, annotations, modifiers, None))
                }
                _ => None,
            }
        })
        .collect()
    }

    fn variables(&self, node: Node<'_>, annotations: &[Annotation], modifiers: Modifiers, found: &mut Vec<Variable>) {
        let Some(ty) = node.child_by_field_name("type").map(|ty| self.type_use(ty, 0)) else { return };
        for declarator in children(node).filter(|child| child.kind() == "variable_declarator") {
            if let Some(name) = declarator.child_by_field_name("name") {
                let mut ty = ty.clone();
                ty.dimensions += self.dimensions(declarator);
                let value = declarator.child_by_field_name("value").map(|value| value.byte_range());
                found.push(self.variable(name, ty, annotations.to_vec(), modifiers, value));
            }
        }
    }

    fn variable(
        &self,
        name: Node<'_>,
        ty: TypeUse,
        annotations: Vec<Annotation>,
        modifiers: Modifiers,
        value: Option<Range<usize>>,
    ) -> Variable {
        Variable { name: self.raw(name).to_owned(), ty, span: self.span(name), annotations, modifiers, value }
    }

    fn dimensions(&self, node: Node<'_>) -> usize {
        let dimensions = node.child_by_field_name("dimensions");
        // Java allows 255; each is a list in a list.
        dimensions.map_or(0, |dimensions| self.raw(dimensions).matches('[').count().min(MAX_DEPTH))
    }

    fn modifiers(&self, node: Node<'_>) -> (Vec<Annotation>, Modifiers) {
        let (mut annotations, mut modifiers) = (Vec::new(), Modifiers::default());
        for list in children(node).filter(|child| child.kind() == "modifiers") {
            for modifier in all_children(list) {
                match modifier.kind() {
                    "annotation" | "marker_annotation" => annotations.push(self.annotation(modifier, 0)),
                    "public" => modifiers.is_public = true,
                    "private" => modifiers.is_private = true,
                    "protected" => modifiers.is_protected = true,
                    "static" => modifiers.is_static = true,
                    "transient" => modifiers.is_transient = true,
                    "final" => modifiers.is_final = true,
                    "abstract" => modifiers.is_abstract = true,
                    _ => {}
                }
            }
        }
        (annotations, modifiers)
    }

    fn annotation(&self, node: Node<'_>, depth: usize) -> Annotation {
        let name = node.child_by_field_name("name").map(|name| self.dotted(name)).unwrap_or_default();
        let mut elements = Vec::new();
        for element in node.child_by_field_name("arguments").into_iter().flat_map(children) {
            if element.kind() == "element_value_pair" {
                let key = element.child_by_field_name("key").map(|key| self.raw(key).to_owned());
                let value = element.child_by_field_name("value").map(|value| self.value(value, depth + 1));
                elements.extend(key.zip(value));
            } else {
                elements.push(("value".to_owned(), self.value(element, depth + 1)));
            }
        }
        Annotation { name: name.rsplit('.').next().unwrap_or_default().to_owned(), span: self.span(node), elements }
    }

    /// A value that is written down.
    pub fn value(&self, node: Node<'_>, depth: usize) -> Value {
        let other = || Value::Other(self.raw(node).to_owned());
        if depth > MAX_DEPTH {
            return other();
        }
        match node.kind() {
            "string_literal" => text_of(self.raw(node)).map_or_else(other, Value::Text),
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            kind if kind.ends_with("integer_literal") => Value::Number(self.raw(node).to_owned()),
            "identifier" | "scoped_identifier" | "field_access" => Value::Name(self.dotted(node)),
            "class_literal" => {
                children(node).next().map_or_else(other, |ty| Value::Class(self.type_use(ty, depth + 1)))
            }
            "element_value_array_initializer" | "array_initializer" => {
                Value::List(children(node).map(|value| self.value(value, depth + 1)).collect())
            }
            "annotation" | "marker_annotation" => Value::Annotation(self.annotation(node, depth + 1)),
            "parenthesized_expression" => {
                children(node).next().map_or_else(other, |inner| self.value(inner, depth + 1))
            }
            "binary_expression" => {
                let side = |name| node.child_by_field_name(name).map(|side| self.value(side, depth + 1));
                match (side("left"), side("right"), node.child_by_field_name("operator")) {
                    (Some(left), Some(right), Some(plus)) if self.raw(plus) == "+" => match (left, right) {
                        (Value::Text(left), Value::Text(right)) => Value::Text(left + &right),
                        (left, right) => Value::Joined(vec![left, right]),
                    },
                    _ => other(),
                }
            }
            _ => other(),
        }
    }

    /// A type where it is used.
    pub fn type_use(&self, node: Node<'_>, depth: usize) -> TypeUse {
        let named = |name: String| TypeUse { name, ..TypeUse::default() };
        if depth > MAX_DEPTH {
            self.deep.borrow_mut().push(self.span(node));
            return named("?".to_owned());
        }
        match node.kind() {
            "generic_type" => {
                let mut ty = children(node)
                    .find(|child| is_type(*child))
                    .map_or_else(TypeUse::default, |name| self.type_use(name, depth));
                let arguments = children(node).filter(|child| child.kind() == "type_arguments").flat_map(children);
                ty.arguments = arguments.map(|argument| self.type_use(argument, depth + 1)).collect();
                ty
            }
            "array_type" => {
                let element = node.child_by_field_name("element");
                let mut ty = element.map_or_else(TypeUse::default, |element| self.type_use(element, depth + 1));
                ty.dimensions += self.dimensions(node);
                ty
            }
            "annotated_type" => children(node)
                .find(|child| is_type(*child))
                .map_or_else(TypeUse::default, |ty| self.type_use(ty, depth + 1)),
            "wildcard" => children(node)
                .find(|child| is_type(*child))
                .map_or_else(|| named("?".to_owned()), |bound| self.type_use(bound, depth + 1)),
            "scoped_type_identifier" => {
                // `Outer<T>.Inner` and `java.util.@NonNull List` are named without what stands between.
                let parts = descendants(node).filter(|part| part.kind() == "type_identifier");
                named(parts.map(|part| self.raw(part)).collect::<Vec<_>>().join("."))
            }
            _ => named(self.dotted(node)),
        }
    }
}

/// Whether a node is a type.
pub fn is_type(node: Node<'_>) -> bool {
    let kind = node.kind();
    kind.ends_with("_type") || kind.ends_with("type_identifier")
}

/// The text of a literal in quotes; none with an escape that Java does not have.
fn text_of(literal: &str) -> Option<String> {
    let body = match literal.strip_prefix("\"\"\"") {
        // A text block: its indentation is not taken off, as no name on a wire has lines.
        Some(block) => block.strip_suffix("\"\"\"")?.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?,
        None => literal.strip_prefix('"')?.strip_suffix('"')?,
    };
    let (mut text, mut rest) = (String::with_capacity(body.len()), body.chars());
    while let Some(character) = rest.next() {
        text.push(match character {
            '\\' => match rest.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                's' => ' ',
                'u' => {
                    let digits: String = rest.by_ref().skip_while(|&digit| digit == 'u').take(4).collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
                }
                quoted @ ('"' | '\'' | '\\') => quoted,
                _ => return None,
            },
            plain => plain,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read_with_their_places() {
        let text = "package a.b;\nimport java.util.*;\n@Data class Crate<T> extends Box<T> implements Thing {\n  \
                    private List<? extends T>[] itéms, more[];\n  static class Lid { int size = 1; }\n  \
                    public int getSize(@Q String... names) { return 1; }\n}\nenum Side { LEFT(\"l\", 1), RIGHT; }\n";
        let file = parse(text).expect("Java");
        assert!(file.errors.is_empty());
        assert_eq!(file.package, "a.b");
        let names: Vec<&str> = file.types.iter().map(|declared| declared.name.as_str()).collect();
        assert_eq!(names, ["Crate", "Crate.Lid", "Side"]);
        let crate_type = &file.types[0];
        assert_eq!((crate_type.span.line, crate_type.span.column), (3, 13));
        assert_eq!(crate_type.extends[0].arguments[0].name, "T");
        assert_eq!(crate_type.implements[0].name, "Thing");
        assert_eq!(crate_type.fields[0].ty.dimensions, 1);
        assert_eq!(crate_type.fields[1].ty.dimensions, 2);
        // In characters, behind one of two bytes.
        assert_eq!((crate_type.fields[1].name.as_str(), crate_type.fields[1].span.column), ("more", 38));
        assert_eq!(crate_type.methods[0].parameters[0].ty.dimensions, 1);
        assert_eq!(file.types[2].constants[0].arguments, [Value::Text("l".to_owned()), Value::Number("1".to_owned())]);
    }

    #[test]
    fn text_that_is_no_java_has_places_of_errors() {
        let file = parse("class A { int x; %%% }\n").expect("a tree");
        assert_eq!(file.types[0].fields[0].name, "x");
        assert_eq!(file.errors.len(), 1);
        let deep = format!("class A {{ @B({}) int x; }}", "(".repeat(100_000));
        assert!(!parse(&deep).expect("a tree").errors.is_empty());
    }

    #[test]
    fn types_that_stand_too_deep_have_their_places() {
        let of = |levels: usize| {
            let (open, close) = ("List<".repeat(levels), ">".repeat(levels));
            parse(&format!("class A {{ {open}String{close} a; String b; }}")).expect("Java")
        };
        assert_eq!(of(60).deep, []);
        let file = of(70);
        assert_eq!((file.deep.len(), file.deep[0].line, file.types[0].fields.len()), (1, 1, 2));
        let classes = format!("{}{}", "class A { ".repeat(70), "}".repeat(70));
        assert_eq!(parse(&classes).expect("Java").deep.len(), 1);
    }

    #[test]
    fn columns_in_one_long_line_are_those_of_each_node_alone() {
        let text: String = (0..300).map(|at| format!("@Q(\"é\") String é{at}, ü{at}; ")).collect();
        let text = format!("class A {{ {text}}}");
        let file = parse(&text).expect("Java");
        for field in &file.types[0].fields {
            assert_eq!(field.span.column, text[..field.span.start].chars().count() + 1, "{}", field.name);
        }
    }

    #[test]
    fn literals_are_read_as_java_reads_them() {
        assert_eq!(text_of(r#""a\"b\u0041\n""#).as_deref(), Some("a\"bA\n"));
        assert_eq!(text_of(r#""\q""#), None);
    }
}
