//! Annotations of the tree that are made of others, Jackson's with `@JacksonAnnotationsInside` and Spring's: where one
//! stands, those stand that it is made of.

use std::sync::Arc;

use super::source_file::SourceFile;
use super::syntax::{Annotation, JavaFile, find, has};

/// Annotations that are made of others that are made of others are followed this far.
const MAX_DEPTH: usize = 8;
/// What says something of an annotation itself.
const OWN: &[&str] = &["Retention", "Target", "Documented", "Inherited", "Repeatable", "JacksonAnnotationsInside"];

/// An annotation of the tree that is made of others.
struct Composed {
    path: Arc<str>,
    package: String,
    name: String,
    of: Vec<Annotation>,
}

/// Puts what annotations are made of beside them, in every file that has one.
pub(super) fn expand(files: &mut [SourceFile]) {
    let composed: Vec<Composed> = files.iter().flat_map(composed).collect();
    if composed.is_empty() {
        return;
    }
    for source in files {
        let text = source.file.text.clone();
        let names = |it: &&Composed| text.contains(it.name.as_str());
        let Some(java) = &mut source.java else { continue };
        let visible: Vec<&Composed> =
            composed.iter().filter(names).filter(|it| sees(java, &source.file.path, it)).collect();
        if !visible.is_empty() {
            let file = Arc::make_mut(java);
            each_list(file, &mut |annotations| add(annotations, &visible, &composed));
        }
    }
}

fn composed(source: &SourceFile) -> Vec<Composed> {
    let Some(java) = &source.java else { return Vec::new() };
    let of = |annotations: &[Annotation]| -> Vec<Annotation> {
        // Jackson looks into an annotation only where it is told to.
        let has_jackson = has(annotations, &["JacksonAnnotationsInside"]);
        let means =
            |it: &&Annotation| !OWN.contains(&it.name.as_str()) && (has_jackson || !it.name.starts_with("Json"));
        annotations.iter().filter(means).cloned().collect()
    };
    let all = java.annotations.iter().map(|declared| Composed {
        path: source.file.path.clone(),
        package: java.package.clone(),
        name: declared.name.clone(),
        of: of(&declared.annotations),
    });
    all.filter(|it| !it.of.is_empty()).collect()
}

/// Whether a name in a file means an annotation of the tree.
fn sees(file: &JavaFile, path: &Arc<str>, composed: &Composed) -> bool {
    let imported = file
        .imports
        .iter()
        .find(|import| !import.is_wildcard && import.name.rsplit('.').next() == Some(composed.name.as_str()));
    match imported {
        Some(import) => import.name.starts_with(&composed.package),
        None => {
            *path == composed.path
                || file.package == composed.package
                || file.imports.iter().any(|import| import.is_wildcard && import.name == composed.package)
        }
    }
}

/// Every list of annotations of a file.
fn each_list(file: &mut JavaFile, change: &mut dyn FnMut(&mut Vec<Annotation>)) {
    for declared in &mut file.types {
        change(&mut declared.annotations);
        let methods = declared.methods.iter_mut().chain(&mut declared.constructors);
        for method in methods {
            change(&mut method.annotations);
            method.parameters.iter_mut().for_each(|parameter| change(&mut parameter.annotations));
        }
        declared.fields.iter_mut().for_each(|field| change(&mut field.annotations));
        declared.constants.iter_mut().for_each(|constant| change(&mut constant.annotations));
    }
}

/// What stands there itself has the last word, so the rest goes behind it.
fn add(annotations: &mut Vec<Annotation>, visible: &[&Composed], all: &[Composed]) {
    let mut known: Vec<&Composed> = visible.to_vec();
    let mut from = 0;
    for _ in 0..MAX_DEPTH {
        let until = annotations.len();
        for at in from..until {
            let (name, span) = (annotations[at].name.clone(), annotations[at].span);
            for part in known.iter().find(|it| it.name == name).into_iter().flat_map(|it| &it.of) {
                if find(annotations, &part.name).is_none() {
                    annotations.push(Annotation { span, ..part.clone() });
                }
            }
        }
        // What an annotation is made of is named in its own file; a name that is not unique means nothing there.
        known = all.iter().filter(|it| all.iter().filter(|other| other.name == it.name).count() == 1).collect();
        from = until;
    }
}
