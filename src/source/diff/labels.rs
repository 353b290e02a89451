//! Words of constants that Jackson does not write, and code hands out: `Status.OPEN` has the label `"Open"`.

use std::collections::{HashMap, HashSet};

use super::Comparison;
use crate::source::java::enums::{EnumConstant, getters, read};
use crate::source::java::index::{ClassId, Sources};
use crate::source::java::syntax::Kind;
use crate::source::java::walk::{descendants, span};
use crate::source::place::Place;

/// A constant whose word is another one.
#[derive(Debug)]
pub struct Label {
    /// The enum's name.
    pub class: String,
    /// The constant's name.
    pub constant: String,
    /// The field that holds the word.
    pub field: String,
    /// The words, before and after.
    pub words: (String, String),
    /// Where the constant stands, before and after.
    pub places: (Place, Place),
    /// The calls that hand it out in the later revision: the method, and where it is called.
    pub uses: Vec<(String, Place)>,
}

/// The constants of both revisions that have another word for a field, in code that asks for that field.
pub fn changed(comparison: &Comparison<'_>) -> Vec<Label> {
    let (before, after) = (comparison.before.sources, comparison.after.sources);
    let mut labels = Vec::new();
    let is_enum = |class: &ClassId| after.declaration(*class).kind == Kind::Enum;
    for class in after.classes().filter(is_enum) {
        let identity = after.identity(class);
        let Some(old) = before.find(&identity).filter(|old| before.text(*old) != after.text(class)) else { continue };
        let (Some(one), Some(other)) = (read(before, old), read(after, class)) else { continue };
        let by_name: HashMap<&str, &EnumConstant> = one.constants.iter().map(|it| (it.name.as_str(), it)).collect();
        let known: HashSet<&str> = other.domain.words.iter().collect();
        for (constant, was) in other.constants.iter().filter_map(|it| Some((it, *by_name.get(it.name.as_str())?))) {
            for (field, word) in &constant.words {
                let old = was.words.iter().find(|(name, _)| name == field).map(|(_, word)| word);
                // What Jackson writes for a constant is the domain of its keys, of which other rules speak.
                let Some(old) = old.filter(|old| *old != word && !known.contains(word.as_str())) else {
                    continue;
                };
                let uses = uses(after, class, &getters(after, class, field));
                if !uses.is_empty() {
                    labels.push(Label {
                        class: after.declaration(class).name.clone(),
                        constant: constant.name.clone(),
                        field: field.clone(),
                        words: (old.clone(), word.clone()),
                        places: (was.place.clone(), constant.place.clone()),
                        uses,
                    });
                }
            }
        }
    }
    labels
}

/// Where methods are called, or named as `Status::getLabel`. A getter that other classes have too counts only in a file that
/// names the enum.
fn uses(sources: &Sources, class: ClassId, getters: &[String]) -> Vec<(String, Place)> {
    if getters.is_empty() {
        return Vec::new();
    }
    let name = sources.declaration(class).name.rsplit('.').next().unwrap_or_default();
    let has_one = |other: &ClassId| getters.iter().any(|getter| has_getter(sources, *other, getter));
    let is_alone = sources.classes().filter(has_one).all(|other| other == class);
    let mut found = Vec::new();
    for source in sources.files.iter().filter(|it| !it.file.is_test()) {
        let Some(java) = &source.java else { continue };
        let text = &*source.file.text;
        if !getters.iter().any(|getter| text.contains(getter.as_str())) || !(is_alone || text.contains(name)) {
            continue;
        }
        for node in descendants(java.tree.root_node()) {
            let called = match node.kind() {
                "method_invocation" => node.child_by_field_name("name"),
                "method_reference" => node.child(node.child_count().saturating_sub(1) as u32),
                _ => None,
            };
            let Some(called) = called else { continue };
            let method = text.get(called.byte_range()).unwrap_or_default();
            if getters.iter().any(|getter| getter == method) {
                found.push((method.to_owned(), Place { path: source.file.path.clone(), span: span(called, text) }));
            }
        }
    }
    found
}

fn has_getter(sources: &Sources, class: ClassId, getter: &str) -> bool {
    let declaration = sources.declaration(class);
    let field = getter.strip_prefix("get").unwrap_or(getter);
    declaration.methods.iter().any(|method| method.name == getter)
        || declaration.fields.iter().any(|it| it.name.eq_ignore_ascii_case(field))
}
