//! All files of a tree, parsed, and which class a name means where it stands.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::lombok::write_accessors;
use super::parse::parse;
pub use super::source_file::SourceFile;
use super::syntax::{Annotation, JavaFile, TypeDeclaration, TypeUse};
use super::unicode::decoded;
use crate::finding::Text;
use crate::source::place::{Place, Span};
use crate::source::tree::{File, Skipped, Tree, TreeError};

/// Superclasses are followed this far: what is deeper is listed as unread.
pub const MAX_BASES: usize = 100;

/// Files that were parsed, by their text: equal files of two trees are parsed once.
#[derive(Debug, Default)]
pub struct Parsed {
    files: HashMap<Arc<str>, Option<Arc<JavaFile>>>,
}

impl Parsed {
    /// Parses what is not parsed yet, with two threads.
    fn add(&mut self, files: &[File]) {
        let mut fresh: Vec<&Arc<str>> = Vec::new();
        for file in files.iter().filter(|file| file.path.ends_with(".java")) {
            if !self.files.contains_key(&file.text) {
                self.files.insert(file.text.clone(), None);
                fresh.push(&file.text);
            }
        }
        let share = |first: usize| -> Vec<(Arc<str>, Option<Arc<JavaFile>>)> {
            let texts = fresh.iter().skip(first).step_by(2);
            texts.map(|&text| (text.clone(), parse(text).map(write_accessors).map(Arc::new))).collect()
        };
        let (one, other) = std::thread::scope(|scope| {
            let other = scope.spawn(|| share(1));
            let one = share(0);
            (one, other.join().unwrap_or_default())
        });
        self.files.extend(one);
        self.files.extend(other);
    }
}

/// A class of a tree. Its identity is its path and its name there: two classes of one name are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClassId {
    file: usize,
    declaration: usize,
}

/// A type with its names resolved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JavaType {
    /// What it is.
    pub name: TypeName,
    /// Its type arguments.
    pub arguments: Vec<JavaType>,
    /// How often it is an array.
    pub dimensions: usize,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeName {
    /// A class of the tree.
    Class(ClassId),
    /// A type parameter.
    Variable(String),
    /// A class of a library, or a primitive.
    External {
        /// Its name as it is written, without its package.
        name: String,
        /// Its package; empty where the file does not say.
        package: String,
    },
}

impl JavaType {
    /// A type of a library without arguments.
    pub fn external(name: &str) -> Self {
        let name = TypeName::External { name: name.to_owned(), package: String::new() };
        JavaType { name, arguments: Vec::new(), dimensions: 0 }
    }

    /// A class of the tree without arguments.
    pub fn class(class: ClassId) -> Self {
        JavaType { name: TypeName::Class(class), arguments: Vec::new(), dimensions: 0 }
    }

    /// The class of the tree that it is, unless it is an array.
    pub fn as_class(&self) -> Option<ClassId> {
        match self.name {
            TypeName::Class(class) if self.dimensions == 0 => Some(class),
            _ => None,
        }
    }

    /// The name of a type of a library.
    pub fn as_external(&self) -> Option<&str> {
        match &self.name {
            TypeName::External { name, .. } if self.dimensions == 0 => Some(name),
            _ => None,
        }
    }

    /// Whether it is a type of a library with one of these names.
    pub fn is_external(&self, names: &[&str]) -> bool {
        self.as_external().is_some_and(|name| names.contains(&name))
    }

    /// The classes of the tree that it names, in itself and in its arguments.
    pub fn classes(&self) -> Vec<ClassId> {
        let own = match self.name {
            TypeName::Class(class) => Some(class),
            TypeName::Variable(_) | TypeName::External { .. } => None,
        };
        own.into_iter().chain(self.arguments.iter().flat_map(JavaType::classes)).collect()
    }

    /// The names that mean no class of the tree, in itself and in its arguments: package and simple name.
    pub fn externals(&self, found: &mut BTreeSet<(String, String)>) {
        if let TypeName::External { name, package } = &self.name {
            found.insert((package.clone(), name.clone()));
        }
        self.arguments.iter().for_each(|argument| argument.externals(found));
    }

    /// The same with type parameters replaced by what they stand for.
    pub fn with(&self, bindings: &BTreeMap<String, JavaType>) -> JavaType {
        if let TypeName::Variable(name) = &self.name
            && let Some(bound) = bindings.get(name)
        {
            return JavaType { dimensions: bound.dimensions + self.dimensions, ..bound.clone() };
        }
        let arguments = self.arguments.iter().map(|argument| argument.with(bindings)).collect();
        JavaType { name: self.name.clone(), arguments, dimensions: self.dimensions }
    }
}

/// The files of a tree, and their classes by name.
#[derive(Debug)]
pub struct Sources {
    /// What the tree is called.
    pub name: String,
    /// The files, in order of their paths.
    pub files: Vec<SourceFile>,
    /// Files that guard the wire, by path.
    pub beside: Vec<File>,
    /// Files that were left out.
    pub skipped: Vec<Skipped>,
    qualified: BTreeMap<String, Vec<ClassId>>,
    identities: BTreeMap<String, ClassId>,
    below: OnceLock<BTreeMap<ClassId, Vec<ClassId>>>,
}

impl Sources {
    /// Parses a tree.
    pub fn new(mut tree: Tree, parsed: &mut Parsed) -> Sources {
        for file in tree.files.iter_mut().filter(|file| file.path.ends_with(".java")) {
            file.text = decoded(&file.text);
        }
        parsed.add(&tree.files);
        let mut files: Vec<SourceFile> = tree
            .files
            .into_iter()
            .map(|file| {
                let java =
                    if file.path.ends_with(".java") { parsed.files.get(&file.text).cloned().flatten() } else { None };
                SourceFile { text: Text::from(file.text.clone()), file, java }
            })
            .collect();
        super::meta::expand(&mut files);
        let (mut qualified, mut identities) = (BTreeMap::<String, Vec<ClassId>>::new(), BTreeMap::new());
        for (file, source) in files.iter().enumerate() {
            let Some(java) = &source.java else { continue };
            for (declaration, declared) in java.types.iter().enumerate() {
                let id = ClassId { file, declaration };
                qualified.entry(join(&java.package, &declared.name)).or_default().push(id);
                identities.insert(format!("{}#{}", source.file.path, declared.name), id);
            }
        }
        Sources {
            name: tree.name,
            files,
            beside: tree.beside,
            skipped: tree.skipped,
            qualified,
            identities,
            below: OnceLock::new(),
        }
    }

    /// Reads a work tree.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn work_tree(root: &std::path::Path) -> Result<Sources, TreeError> {
        Ok(Sources::new(crate::source::tree::work_tree(root)?, &mut Parsed::default()))
    }

    /// The classes outside of tests, in order of their paths and places.
    pub fn classes(&self) -> impl Iterator<Item = ClassId> {
        let files = self.files.iter().enumerate().filter(|(_, source)| !source.file.is_test());
        files.flat_map(|(file, source)| {
            let count = source.java.as_ref().map_or(0, |java| java.types.len());
            (0..count).map(move |declaration| ClassId { file, declaration })
        })
    }

    /// The file of a path.
    pub fn find_file(&self, path: &str) -> Option<&SourceFile> {
        self.files.binary_search_by(|source| (*source.file.path).cmp(path)).ok().map(|at| &self.files[at])
    }

    /// The class of an identity: `path/to/File.java#Outer.Inner`.
    pub fn find(&self, identity: &str) -> Option<ClassId> {
        self.identities.get(identity).copied()
    }

    /// The declaration of a class in the tree of its file.
    pub fn node(&self, class: ClassId) -> Option<tree_sitter::Node<'_>> {
        let at = self.declaration(class).span.start;
        self.file(class).tree.root_node().descendant_for_byte_range(at, at)?.parent()
    }

    /// What a class is called among the tables of a tree: `path/to/File.java#Outer.Inner`.
    pub fn identity(&self, class: ClassId) -> String {
        format!("{}#{}", self.path(class), self.declaration(class).name)
    }

    /// The path of the file of a class.
    pub fn path(&self, class: ClassId) -> &Arc<str> {
        &self.files[class.file].file.path
    }

    /// The text of the file of a class.
    pub fn text(&self, class: ClassId) -> &str {
        &self.files[class.file].file.text
    }

    /// The file of a class.
    pub fn file(&self, class: ClassId) -> &JavaFile {
        // A class has an id only because its file was parsed.
        self.files[class.file].java.as_deref().unwrap_or_else(|| unreachable!("a class stands in a parsed file"))
    }

    /// The declaration of a class.
    pub fn declaration(&self, class: ClassId) -> &TypeDeclaration {
        &self.file(class).types[class.declaration]
    }

    /// A place in the file of a class.
    pub fn place(&self, class: ClassId, span: Span) -> Place {
        Place { path: self.path(class).clone(), span }
    }

    /// The package that a simple name is imported from by name; an annotation's, mostly.
    pub fn imported_from(&self, class: ClassId, name: &str) -> Option<&str> {
        let imports = self.file(class).imports.iter().filter(|import| !import.is_static && !import.is_wildcard);
        imports
            .filter_map(|import| import.name.rsplit_once('.'))
            .find(|(_, last)| *last == name)
            .map(|(package, _)| package)
    }

    /// Whether a simple name comes from a package or one below it: it is imported by name, or else all of such a package is.
    pub fn comes_from(&self, class: ClassId, name: &str, package: &str) -> bool {
        let is_below = |found: &str| found.strip_prefix(package).is_some_and(|it| it.is_empty() || it.starts_with('.'));
        match self.imported_from(class, name) {
            Some(found) => is_below(found),
            None => self.file(class).imports.iter().any(|it| it.is_wildcard && !it.is_static && is_below(&it.name)),
        }
    }

    /// Whether an annotation comes from a package or one below it: it is written out, or its name is imported.
    pub fn is_from(&self, class: ClassId, annotation: &Annotation, package: &str) -> bool {
        let spelled = self.text(class).get(annotation.span.start..annotation.span.end).unwrap_or_default();
        let is_written_out =
            spelled.trim_start_matches('@').strip_prefix(package).is_some_and(|it| it.starts_with('.'));
        is_written_out || self.comes_from(class, &annotation.name, package)
    }

    /// Whether the file of a class imports anything from a package or one below it.
    pub fn imports_any(&self, class: ClassId, package: &str) -> bool {
        self.file(class).imports.iter().any(|import| {
            import.name.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// What a type means inside of a class; names of a method's own type parameters are variables too.
    pub fn resolve(&self, class: ClassId, ty: &TypeUse, parameters: &[String]) -> JavaType {
        let arguments = ty.arguments.iter().map(|argument| self.resolve(class, argument, parameters)).collect();
        JavaType { name: self.resolve_name(class, &ty.name, parameters), arguments, dimensions: ty.dimensions }
    }

    fn resolve_name(&self, class: ClassId, name: &str, parameters: &[String]) -> TypeName {
        let is_variable = |parameter: &String| parameter == name;
        if parameters.iter().any(is_variable) || self.declaration(class).parameters.iter().any(is_variable) {
            return TypeName::Variable(name.to_owned());
        }
        if let Some(found) = self.find_type(class, name) {
            return TypeName::Class(found);
        }
        let (package, simple) = match name.rsplit_once('.') {
            // `java.util.List`, but `Map.Entry`.
            Some((package, simple)) if package.starts_with(|first: char| first.is_lowercase()) => (package, simple),
            _ => (self.imported_from(class, name).unwrap_or_default(), name),
        };
        TypeName::External { name: simple.to_owned(), package: package.to_owned() }
    }

    /// The class of the tree that a name means inside of a class.
    pub fn find_type(&self, class: ClassId, name: &str) -> Option<ClassId> {
        let file = self.file(class);
        let first = name.split('.').next().unwrap_or(name);
        // Its own nested types, then those of the classes around it.
        let mut outer = Some(self.declaration(class).name.as_str());
        while let Some(scope) = outer {
            if let Some(found) = self.in_file(class, &format!("{scope}.{name}")) {
                return Some(found);
            }
            outer = scope.rsplit_once('.').map(|(before, _)| before);
        }
        if let Some(found) = self.in_file(class, name) {
            return Some(found);
        }
        for import in file.imports.iter().filter(|import| !import.is_wildcard) {
            if import.name.rsplit('.').next() == Some(first) {
                let rest = name.strip_prefix(first).unwrap_or_default();
                return self.nearest(class, &format!("{}{rest}", import.name));
            }
        }
        let wildcards = file.imports.iter().filter(|import| import.is_wildcard).map(|import| import.name.as_str());
        std::iter::once(file.package.as_str())
            .chain(wildcards)
            .find_map(|package| self.nearest(class, &join(package, name)))
            .or_else(|| name.contains('.').then(|| self.nearest(class, name)).flatten())
            .or_else(|| self.inherited_type(class, name))
    }

    /// A nested type that a superclass brings.
    fn inherited_type(&self, class: ClassId, name: &str) -> Option<ClassId> {
        let declaration = self.declaration(class);
        let mut bases = declaration.extends.iter().chain(&declaration.implements);
        bases.find_map(|base| {
            if base.name == name {
                return None;
            }
            let base = self.nearest_named(class, &base.name)?;
            self.in_file(base, &format!("{}.{name}", self.declaration(base).name))
        })
    }

    /// A class by an import or the package alone: enough for a superclass, and never circular.
    fn nearest_named(&self, class: ClassId, name: &str) -> Option<ClassId> {
        let file = self.file(class);
        let imported = file.imports.iter().find(|import| import.name.rsplit('.').next() == Some(name));
        match imported {
            Some(import) => self.nearest(class, &import.name),
            None => self.nearest(class, &join(&file.package, name)),
        }
    }

    fn in_file(&self, class: ClassId, name: &str) -> Option<ClassId> {
        self.find(&format!("{}#{name}", self.path(class)))
    }

    /// Of several classes with one qualified name, that whose path has most in common with the asking one.
    fn nearest(&self, class: ClassId, qualified: &str) -> Option<ClassId> {
        let common = |found: &ClassId| {
            let (one, other) = (self.path(*found).split('/'), self.path(class).split('/'));
            one.zip(other).take_while(|(one, other)| one == other).count()
        };
        let found = self.qualified.get(qualified)?;
        found.iter().copied().rev().max_by_key(common)
    }

    /// A class and its superclasses of the tree, the class itself first, each with what its type parameters stand for.
    pub fn lineage(&self, class: ClassId) -> Vec<(ClassId, BTreeMap<String, JavaType>)> {
        let mut lineage = vec![(class, BTreeMap::new())];
        while let Some((id, bindings)) = lineage.last() {
            let Some(base) = self.declaration(*id).extends.first() else { break };
            let base = self.resolve(*id, base, &[]).with(bindings);
            let Some(next) = base.as_class().filter(|next| lineage.iter().all(|(seen, _)| seen != next)) else { break };
            if lineage.len() >= MAX_BASES {
                break;
            }
            lineage.push((next, self.bindings(next, &base.arguments)));
        }
        lineage
    }

    /// A class with all its superclasses and interfaces of the tree, the nearest first, each with what its type parameters
    /// stand for.
    pub fn supers(&self, class: ClassId) -> Vec<(ClassId, BTreeMap<String, JavaType>)> {
        let mut supers = vec![(class, BTreeMap::new())];
        let mut at = 0;
        while let Some((id, bindings)) = supers.get(at).cloned().filter(|_| supers.len() < MAX_BASES) {
            let declaration = self.declaration(id);
            for used in declaration.extends.iter().chain(&declaration.implements) {
                let ty = self.resolve(id, used, &[]).with(&bindings);
                if let Some(next) = ty.as_class().filter(|next| supers.iter().all(|(seen, _)| seen != next)) {
                    supers.push((next, self.bindings(next, &ty.arguments)));
                }
            }
            at += 1;
        }
        supers
    }

    /// The classes outside of tests that extend or implement a class, however far below.
    pub fn below(&self, class: ClassId) -> &[ClassId] {
        let below = self.below.get_or_init(|| {
            let mut below: BTreeMap<ClassId, Vec<ClassId>> = BTreeMap::new();
            for class in self.classes() {
                for (base, _) in self.supers(class).into_iter().skip(1) {
                    below.entry(base).or_default().push(class);
                }
            }
            below
        });
        below.get(&class).map_or(&[], Vec::as_slice)
    }

    /// What the type parameters of a class stand for, given arguments.
    pub fn bindings(&self, class: ClassId, arguments: &[JavaType]) -> BTreeMap<String, JavaType> {
        self.declaration(class).parameters.iter().cloned().zip(arguments.iter().cloned()).collect()
    }

    /// A type as a person writes it: `List<Parcel>`.
    pub fn shown<'s>(&'s self, ty: &'s JavaType) -> Shown<'s> {
        Shown { sources: self, ty }
    }
}

/// A type as a person writes it.
#[derive(Debug)]
pub struct Shown<'s> {
    sources: &'s Sources,
    ty: &'s JavaType,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ty.name {
            TypeName::Class(class) => f.write_str(&self.sources.declaration(*class).name)?,
            TypeName::Variable(name) | TypeName::External { name, .. } => f.write_str(name)?,
        }
        for (place, argument) in self.ty.arguments.iter().enumerate() {
            f.write_str(if place == 0 { "<" } else { ", " })?;
            write!(f, "{}", self.sources.shown(argument))?;
        }
        f.write_str(if self.ty.arguments.is_empty() { "" } else { ">" })?;
        (0..self.ty.dimensions).try_for_each(|_| f.write_str("[]"))
    }
}

fn join(package: &str, name: &str) -> String {
    if package.is_empty() { name.to_owned() } else { format!("{package}.{name}") }
}
