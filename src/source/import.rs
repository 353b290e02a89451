//! A class of the sources as a definition in Rust. What the table of a definition cannot say stands in comments.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::java::class::{Facts, read};
use super::java::enums;
use super::java::expression::classes_in;
use super::java::index::{ClassId, Sources};
use super::java::syntax::Kind;
use crate::java::config::{Include, Unknown};
use crate::model::{Body, Domain, Key, Type};

/// Classes that hold each other are printed together, but not without end.
const MAX_CLASSES: usize = 64;

/// Leaf types without a pattern, by their Java name: the module and the Rust type.
const LEAVES: &[(&str, &str, &str)] = &[
    ("java.lang.Boolean", "java::types", "Flag"),
    ("java.lang.Double", "java::numbers", "DoubleObject"),
    ("java.lang.Integer", "java::boxed", "IntegerObject"),
    ("java.lang.Long", "java::boxed", "LongObject"),
    ("java.lang.String", "java::types", "Text"),
    ("java.math.BigDecimal", "java::numbers", "BigDecimal"),
    ("java.time.Duration", "java::duration", "Duration"),
    ("java.time.Instant", "datetime", "Instant"),
    ("java.time.LocalDate", "datetime", "LocalDate"),
    ("java.time.LocalDateTime", "datetime", "LocalDateTime"),
    ("java.time.OffsetDateTime", "datetime", "OffsetDateTime"),
    ("java.time.ZonedDateTime", "datetime", "ZonedDateTime"),
    ("java.util.Date", "datetime", "UtilDate"),
    ("java.util.UUID", "java::binary", "Uuid"),
    ("boolean", "java::numbers", "Bool"),
    ("double", "java::numbers", "Double"),
    ("int", "java::numbers", "Int"),
    ("long", "java::types", "Long"),
];

/// Words that are no names in Rust, though they may be those of fields in Java.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that are no names even with `r#`.
const NEVER: &[&str] = &["self", "super", "crate", "Self", "_"];

struct Import<'s> {
    sources: &'s Sources,
    service: &'s str,
    uses: BTreeSet<String>,
    domains: BTreeSet<String>,
    classes: Vec<ClassId>,
}

/// The definition of a class and of those that it holds, with all that they need.
pub fn rust(sources: &Sources, class: ClassId, service: &str) -> String {
    let mut import = Import {
        sources,
        service,
        uses: BTreeSet::from(["dtogate::model::Dto".to_owned()]),
        domains: BTreeSet::new(),
        classes: vec![class],
    };
    let mut structs = Vec::new();
    let mut at = 0;
    while let Some(&class) = import.classes.get(at) {
        structs.push(import.class(class));
        at += 1;
    }
    let uses: String = import.uses.iter().map(|path| format!("use {path};\n")).collect();
    let domains: String = import.domains.iter().map(|domain| format!("\n{domain}")).collect();
    format!("{uses}{domains}\n{}", structs.join("\n"))
}

impl Import<'_> {
    fn class(&mut self, id: ClassId) -> String {
        let facts = read(self.sources, id);
        let mut text = String::new();
        let name = rust_name(&self.sources.declaration(id).name);
        let java = self.sources.declaration(id).name.rsplit('.').next().unwrap_or_default().to_owned();
        let _ = writeln!(text, "/// `{}.{java}`.", self.service);
        for unread in &facts.unread {
            let _ = writeln!(text, "// unread, line {}: {}", unread.place.span.line, line(&unread.what));
        }
        let mut attributes = vec![
            format!("name = {:?}", format!("{}.{java}", self.service)),
            format!("source = {:?}", format!("{}, {}", self.service, self.sources.path(id))),
        ];
        attributes.extend(facts.class.unknown.map(|unknown| {
            let word = if unknown == Unknown::Ignore { "Ignore" } else { "Refuse" };
            format!("unknown = {word}")
        }));
        attributes.extend(facts.class.include.map(include));
        text.push_str("#[derive(Clone, Debug, Default, PartialEq, Dto)]\n");
        let _ = writeln!(text, "#[dto(\n    {}\n)]", attributes.join(",\n    "));
        if let Body::Type(ty) = &facts.class.body {
            return match self.ty(ty, id) {
                Some(ty) => format!("{text}pub struct {name}(pub {ty});\n"),
                None => format!("// unread: {name} is written as {}\n", line(&shown(ty))),
            };
        }
        let _ = writeln!(text, "pub struct {name} {{");
        for (place, key) in facts.class.keys().iter().enumerate() {
            text.push_str(&self.key(id, &facts, place, key));
        }
        text + "}\n"
    }

    fn key(&mut self, class: ClassId, facts: &Facts, place: usize, key: &Key) -> String {
        let field = &facts.keys[place];
        let mut text = String::new();
        let _ = writeln!(
            text,
            "    /// `{}`: `{}`.",
            line(&key.name),
            line(&self.sources.shown(&field.java_type).to_string())
        );
        let mut comment = |what: String| {
            let _ = writeln!(text, "    // unread: {}", line(&what));
        };
        if key.nullable == Some(false) && key.ty.is_nullable() {
            comment("it cannot be null".to_owned());
        }
        for (verb, by) in [("written", &field.serializer), ("read", &field.deserializer)] {
            if let Some(by) = by {
                comment(format!("{verb} by {by}"));
            }
        }
        if let Some(pattern) = unsaid_pattern(&key.ty) {
            comment(format!("the pattern {pattern:?}"));
        }
        if !field.is_written || !field.is_read {
            comment(format!("only {}", if field.is_written { "written" } else { "read" }));
        }
        for held in classes_in(&field.java_type) {
            let is_enum = self.sources.declaration(held).kind == Kind::Enum;
            if !is_enum && !self.classes.contains(&held) && self.classes.len() < MAX_CLASSES {
                self.classes.push(held);
            }
        }
        let Some(ty) = self.ty(&key.ty, class) else {
            // A comment of documentation would belong to the next field.
            let text = text.replace("    ///", "    //");
            return format!("{text}    // unread: {:?}, whose type has no definition\n", &*key.name);
        };
        let name = rust_field(&field.field);
        let mut attributes = Vec::new();
        if key.explicit || camel(name.trim_start_matches("r#")) != key.name {
            attributes.push(format!("name = {:?}", &*key.name));
        }
        attributes.extend(key.aliases.iter().map(|alias| format!("alias = {:?}", &**alias)));
        attributes.extend(key.default.iter().map(|default| format!("default = {:?}", &**default)));
        attributes.extend(key.include.map(include));
        if let Some(domain) = domain(&key.ty) {
            attributes.push(format!("domain = {}", self.domain(domain)));
        }
        if !attributes.is_empty() {
            let _ = writeln!(text, "    #[dto({})]", attributes.join(", "));
        }
        let _ = writeln!(text, "    pub {name}: {ty},");
        text
    }

    /// A type in Rust; none where there is none.
    fn ty(&mut self, ty: &Type, owner: ClassId) -> Option<String> {
        Some(match ty {
            Type::Other(_) => return None,
            Type::List(item) => {
                let list = self.used("java::types", "List");
                let item = match &**item {
                    Type::Class(class) => self.held(class.name())?,
                    item => self.ty(item, owner)?,
                };
                format!("{list}<{item}>")
            }
            Type::Map(value) => {
                let map = self.used("java::map", "MapObject");
                let value = match &**value {
                    Type::Class(class) => self.held(class.name())?,
                    value => self.ty(value, owner)?,
                };
                format!("{map}<{value}>")
            }
            // A struct of Rust cannot hold itself.
            Type::Class(class) if self.reaches(class.name(), owner) => return None,
            Type::Class(class) => format!("Option<{}>", self.held(class.name())?),
            Type::Leaf { domain: Some(_), .. } => self.used("java::types", "Text"),
            Type::Leaf { ty: leaf, pattern, .. } => match (leaf.java, pattern.as_deref()) {
                ("java.time.LocalDate", Some(known @ ("yyyy-MM-dd" | "dd/MM/yyyy"))) => {
                    let date = self.used("datetime", "PatternDate");
                    let pattern = if known == "yyyy-MM-dd" { "YearMonthDay" } else { "DayMonthYear" };
                    format!("{date}<{}>", self.used("datetime", pattern))
                }
                (java, _) => {
                    let (_, module, name) = LEAVES.iter().find(|(known, ..)| *known == java)?;
                    self.used(module, name)
                }
            },
        })
    }

    /// A name of the library, which is imported.
    fn used(&mut self, module: &str, name: &str) -> String {
        self.uses.insert(format!("dtogate::{module}::{name}"));
        name.to_owned()
    }

    /// The struct of a class that another one holds; none of what is not printed.
    fn held(&self, identity: &str) -> Option<String> {
        let class = self.sources.find(identity).filter(|class| self.classes.contains(class))?;
        Some(rust_name(&self.sources.declaration(class).name))
    }

    /// Whether a class holds another one, directly or through others that are no lists.
    fn reaches(&self, identity: &str, wanted: ClassId) -> bool {
        let Some(from) = self.sources.find(identity) else { return false };
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(class) = open.pop() {
            if class == wanted {
                return true;
            }
            if seen.insert(class) && seen.len() <= MAX_CLASSES {
                let facts = read(self.sources, class);
                let held = facts.class.keys().iter().filter_map(|key| match &key.ty {
                    Type::Class(class) => self.sources.find(class.name()),
                    _ => None,
                });
                open.extend(held);
            }
        }
        false
    }

    /// The name of the `static` that holds the words of an enum.
    fn domain(&mut self, domain: &Domain) -> String {
        let name = screaming(&domain.name);
        let words: Vec<String> = domain.words.iter().map(|word| format!("{word:?}")).collect();
        for used in ["Domain", "Str", "Words"] {
            self.uses.insert(format!("dtogate::model::{used}"));
        }
        self.domains.insert(format!(
            "/// `{}`.\npub static {name}: Domain =\n    Domain::names(Str::Borrowed({:?}), Words::Static(&[{}]));\n",
            line(&domain.name),
            &*domain.name,
            words.join(", ")
        ));
        name
    }
}

/// The class of a file: the one that is named, or that of the file's own name, or the first.
pub fn class_of(sources: &Sources, path: &str, name: Option<&str>) -> Option<ClassId> {
    let mut of_file: Vec<ClassId> = sources.classes().filter(|class| &**sources.path(*class) == path).collect();
    of_file.retain(|class| enums::read(sources, *class).is_none());
    let named = |wanted: &str| of_file.iter().copied().find(|class| sources.declaration(*class).name == wanted);
    match name {
        Some(name) => named(name),
        None => {
            let stem = path.rsplit('/').next().and_then(|file| file.strip_suffix(".java")).unwrap_or_default();
            named(stem).or(of_file.first().copied())
        }
    }
}

fn domain(ty: &Type) -> Option<&Domain> {
    match ty {
        Type::Leaf { domain, .. } => domain.as_deref(),
        _ => None,
    }
}

/// A pattern that no type of a definition has.
fn unsaid_pattern(ty: &Type) -> Option<&str> {
    match ty {
        Type::List(inner) | Type::Map(inner) => unsaid_pattern(inner),
        Type::Leaf { ty, pattern: Some(pattern), .. } => {
            let known = ty.java == "java.time.LocalDate" && matches!(&**pattern, "yyyy-MM-dd" | "dd/MM/yyyy");
            (!known).then_some(&**pattern)
        }
        _ => None,
    }
}

fn include(include: Include) -> String {
    format!("include = {}", if include == Include::NonNull { "NonNull" } else { "Always" })
}

fn shown(ty: &Type) -> String {
    match ty {
        Type::Other(name) => name.to_string(),
        Type::Leaf { ty, .. } => ty.name.to_owned(),
        Type::Class(class) => class.name().to_owned(),
        Type::List(inner) | Type::Map(inner) => shown(inner),
    }
}

/// A text of the sources in a comment: one line, whatever is in it.
fn line(text: &str) -> String {
    crate::report::escape::seen(text)
}

fn rust_name(java: &str) -> String {
    java.chars().filter(|character| character.is_alphanumeric() || *character == '_').collect()
}

fn rust_field(java: &str) -> String {
    let mut snake = String::new();
    let characters: Vec<char> = java.chars().collect();
    for (at, &character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| characters.get(before));
        if character.is_uppercase() && before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit()) {
            snake.push('_');
        }
        if character.is_alphanumeric() || character == '_' {
            snake.extend(character.to_lowercase());
        }
    }
    match snake.as_str() {
        name if NEVER.contains(&name) || name.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("key_{name}")
        }
        name if KEYWORDS.contains(&name) => format!("r#{name}"),
        "" => "key".to_owned(),
        _ => snake,
    }
}

fn camel(snake: &str) -> String {
    let mut parts = snake.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut name, part| {
        let mut characters = part.chars();
        name.extend(characters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(characters.as_str());
        name
    })
}

fn screaming(java: &str) -> String {
    let name = java.rsplit('#').next().unwrap_or(java);
    let parts: Vec<String> = name.split('.').map(rust_field).collect();
    parts.join("_").replace("r#", "").to_uppercase()
}
