//! What a Java file declares, without what other files would say about it.

use std::ops::Range;

use crate::source::place::Span;

/// A file.
#[derive(Clone, Debug)]
pub struct JavaFile {
    /// The syntax tree, for what stands in bodies.
    pub tree: tree_sitter::Tree,
    /// The package; empty where there is none.
    pub package: String,
    /// The imports, in order.
    pub imports: Vec<Import>,
    /// All its types, nested ones behind those that hold them.
    pub types: Vec<TypeDeclaration>,
    /// The annotations that it declares.
    pub annotations: Vec<AnnotationDeclaration>,
    /// Where the parser did not understand the text.
    pub errors: Vec<Span>,
    /// Types that stand deeper in others than is read: what they are is not known.
    pub deep: Vec<Span>,
}

/// `@interface`: an annotation that may be made of others.
#[derive(Clone, Debug)]
pub struct AnnotationDeclaration {
    /// Its simple name.
    pub name: String,
    /// Those that stand on it.
    pub annotations: Vec<Annotation>,
}

/// An import.
#[derive(Clone, Debug)]
pub struct Import {
    /// The dotted name, without `.*`.
    pub name: String,
    /// `import static`.
    pub is_static: bool,
    /// `.*`.
    pub is_wildcard: bool,
}

/// What a type is declared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `class`
    Class,
    /// `record`
    Record,
    /// `enum`
    Enum,
    /// `interface`
    Interface,
}

/// A class, record, enum or interface.
#[derive(Clone, Debug)]
pub struct TypeDeclaration {
    /// What it is declared as.
    pub kind: Kind,
    /// Its name in the file, nested types with their outer ones: `Outer.Inner`.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// Its annotations.
    pub annotations: Vec<Annotation>,
    /// Its modifiers.
    pub modifiers: Modifiers,
    /// Its type parameters.
    pub parameters: Vec<String>,
    /// What it extends; an interface may extend several.
    pub extends: Vec<TypeUse>,
    /// What it implements.
    pub implements: Vec<TypeUse>,
    /// Its fields; the components of a record.
    pub fields: Vec<Variable>,
    /// Its methods.
    pub methods: Vec<Method>,
    /// Its constructors.
    pub constructors: Vec<Method>,
    /// The constants of an enum.
    pub constants: Vec<Constant>,
}

/// Modifiers that matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// `public`
    pub is_public: bool,
    /// `private`
    pub is_private: bool,
    /// `protected`
    pub is_protected: bool,
    /// `static`
    pub is_static: bool,
    /// `transient`
    pub is_transient: bool,
    /// `final`
    pub is_final: bool,
    /// `abstract`
    pub is_abstract: bool,
}

/// A field, a record's component or a parameter.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its type as it stands there.
    pub ty: TypeUse,
    /// Where its name stands.
    pub span: Span,
    /// Its annotations.
    pub annotations: Vec<Annotation>,
    /// Its modifiers.
    pub modifiers: Modifiers,
    /// The bytes of its initialiser.
    pub value: Option<Range<usize>>,
}

/// A method or a constructor.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name; a constructor has that of its class.
    pub name: String,
    /// What it returns; none for a constructor.
    pub ty: Option<TypeUse>,
    /// Its own type parameters.
    pub type_parameters: Vec<String>,
    /// Its parameters.
    pub parameters: Vec<Variable>,
    /// Where its name stands.
    pub span: Span,
    /// Its annotations.
    pub annotations: Vec<Annotation>,
    /// Its modifiers.
    pub modifiers: Modifiers,
    /// The bytes of its body.
    pub body: Option<Range<usize>>,
}

/// A constant of an enum.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Its annotations.
    pub annotations: Vec<Annotation>,
    /// Its arguments, those that are literals.
    pub arguments: Vec<Value>,
}

/// A type where it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeUse {
    /// Its name as it is written: `String`, `Map.Entry`, `int`, `?` without a bound.
    pub name: String,
    /// Its type arguments; the bound of a wildcard stands for it.
    pub arguments: Vec<TypeUse>,
    /// How often it is an array.
    pub dimensions: usize,
}

/// An annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Its simple name.
    pub name: String,
    /// Where it stands, with the `@`.
    pub span: Span,
    /// Its elements; a single one without a name is `value`.
    pub elements: Vec<(String, Value)>,
}

/// A value that is written down: an element of an annotation, an argument of a constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `"text"`, also joined of several.
    Text(String),
    /// `true`
    Bool(bool),
    /// `1`, as it is spelled.
    Number(String),
    /// `Include.NON_NULL`, `PATTERN`: a name, as it is spelled.
    Name(String),
    /// `X.class`
    Class(TypeUse),
    /// `{a, b}`
    List(Vec<Value>),
    /// `@Other(..)`
    Annotation(Annotation),
    /// `PREFIX + "text"`: what is joined to a text, where a part of it is a name.
    Joined(Vec<Value>),
    /// Anything else, as it is spelled.
    Other(String),
}

impl Value {
    /// The last part of a name.
    pub fn last_name(&self) -> Option<&str> {
        match self {
            Value::Name(name) => name.rsplit('.').next(),
            _ => None,
        }
    }

    /// Its texts: of a list, or the one that it is.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Value::Text(text) => vec![text],
            Value::List(values) => values.iter().flat_map(Value::texts).collect(),
            _ => Vec::new(),
        }
    }
}

impl Annotation {
    /// An element.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.elements.iter().find(|(element, _)| element == name).map(|(_, value)| value)
    }

    /// An element that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// The annotation of a simple name.
pub fn find<'a>(annotations: &'a [Annotation], name: &str) -> Option<&'a Annotation> {
    annotations.iter().find(|annotation| annotation.name == name)
}

/// Whether there is an annotation of one of these simple names.
pub fn has(annotations: &[Annotation], names: &[&str]) -> bool {
    annotations.iter().any(|annotation| names.contains(&annotation.name.as_str()))
}
