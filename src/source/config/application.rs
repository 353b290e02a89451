//! The application files of a tree: which of them hold for a module, in the order in which one wins over another.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::settings::{Application, Setting, module, read};
use crate::source::java::index::Sources;
use crate::source::java::syntax::{Value, find};
use crate::source::opaque::Opaque;
use crate::source::place::Unread;
use crate::source::tree::{File, is_application};

/// Files that import files are followed this far.
const MAX_IMPORTS: usize = 8;
/// Annotations of the class that starts an application.
const STARTERS: &[&str] = &["SpringBootApplication", "EnableAutoConfiguration"];

/// What holds in which module.
#[derive(Debug, Default)]
pub struct Modules {
    /// The one module with an application in it; none where there are several, or none.
    application: Option<String>,
    /// Modules with application files of their own.
    own: BTreeSet<String>,
}

impl Modules {
    /// The module whose configuration holds for a path: its own, or that of the application that it is a part of.
    pub fn of<'p>(&'p self, path: &'p str) -> Option<&'p str> {
        let own = module(path)?;
        if self.own.contains(own) { Some(own) } else { Some(self.application.as_deref().unwrap_or(own)) }
    }
}

/// How settings stand to each other: the later wins.
type Rank = (i8, usize, Arc<str>, usize, usize);

/// All settings with their modules, in the order in which they win.
pub(super) fn read_all(
    sources: &Sources,
    unread: &mut Vec<Unread>,
    opaque: &mut Vec<Opaque>,
) -> (Modules, Vec<(String, Setting)>) {
    let mut found = Files { sources, ranked: Vec::new(), profiles: Vec::new(), unread, opaque };
    let mut modules = Modules { application: application(sources), own: BTreeSet::new() };
    for source in sources.files.iter().filter(|source| !source.file.is_test() && is_application(&source.file.path)) {
        let Some(module) = module(&source.file.path) else { continue };
        match location(&source.file.path, module) {
            Some(rank) => {
                modules.own.insert(module.to_owned());
                found.add(&source.file, module, rank, &source.file.path, 0);
            }
            None => found.elsewhere(&source.file),
        }
    }
    found.property_sources();
    let Files { mut ranked, profiles, .. } = found;
    for (module, setting) in profiles {
        let has_profiles = |(of, _, it): &(String, Rank, Setting)| *of == module && it.profile.is_some();
        if ranked.iter().any(has_profiles) {
            let what = format!("{}: {}: each profile is looked at by itself", setting.written, setting.value);
            unread.push(Unread { place: setting.place, what });
        }
    }
    ranked.sort_by(|(module, rank, _), (other, other_rank, _)| (module, rank).cmp(&(other, other_rank)));
    (modules, ranked.into_iter().map(|(module, _, setting)| (module, setting)).collect())
}

/// The module of the only application.
fn application(sources: &Sources) -> Option<String> {
    let starts = |class: &_| STARTERS.iter().any(|name| find(&sources.declaration(*class).annotations, name).is_some());
    let of = sources.classes().filter(starts).filter_map(|class| module(sources.path(class)));
    let modules: BTreeSet<&str> = of.collect();
    let mut modules = modules.into_iter();
    modules.next().filter(|_| modules.next().is_none()).map(str::to_owned)
}

/// Where Spring Boot finds a file, as a rank: what starts the application first, then its resources, then beside it.
fn location(path: &str, module: &str) -> Option<i8> {
    let rest = path.strip_prefix(module).unwrap_or(path).trim_start_matches('/');
    let name = rest.rsplit('/').next().unwrap_or(rest);
    let folders: Vec<&str> = rest.strip_suffix(name).unwrap_or_default().trim_end_matches('/').split('/').collect();
    let rank = match folders.as_slice() {
        ["src", "main", resources] if resources.starts_with("resources") => 1,
        ["src", "main", resources, "config"] if resources.starts_with("resources") => 2,
        [""] => 3,
        ["config"] => 4,
        _ => return None,
    };
    Some(if name.starts_with("bootstrap") { 0 } else { rank })
}

struct Files<'f> {
    sources: &'f Sources,
    ranked: Vec<(String, Rank, Setting)>,
    profiles: Vec<(String, Setting)>,
    unread: &'f mut Vec<Unread>,
    opaque: &'f mut Vec<Opaque>,
}

impl<'f> Files<'f> {
    fn add(&mut self, file: &File, module: &str, location: i8, first: &Arc<str>, depth: usize) {
        let Application { settings, imports, profiles } = read(file, self.unread, self.opaque);
        let kind = ["yaml", "yml", "properties"].iter().position(|kind| first.ends_with(&format!(".{kind}")));
        for setting in settings {
            let rank = (location, kind.unwrap_or_default(), first.clone(), depth, self.ranked.len());
            self.ranked.push((module.to_owned(), rank, setting));
        }
        self.profiles.extend(profiles.into_iter().map(|it| (module.to_owned(), it)));
        for import in imports {
            match self.resource(module, &file.path, &import.value).filter(|_| depth < MAX_IMPORTS) {
                // What is imported wins over the file that imports it, and holds where that one does.
                Some(imported) => {
                    let from = self.ranked.len();
                    self.add(imported, module, location, first, depth + 1);
                    for (_, _, setting) in &mut self.ranked[from..] {
                        setting.profile = setting.profile.take().or_else(|| import.profile.clone());
                    }
                }
                None => {
                    let what = format!("{}: {}: it is not read", import.written, import.value);
                    self.unread.push(Unread { place: import.place, what });
                }
            }
        }
    }

    /// The file of the module that an import names: `optional:classpath:x.yml`, or `x.yml` beside the importing one.
    fn resource(&self, module: &str, from: &str, named: &str) -> Option<&'f File> {
        let named = named.trim();
        let named = named.strip_prefix("optional:").unwrap_or(named);
        let path = match named.strip_prefix("classpath:") {
            Some(path) => {
                let base = if module.is_empty() { String::new() } else { format!("{module}/") };
                format!("{base}src/main/resources/{}", path.trim_start_matches('/'))
            }
            None if named.contains(':') => return None,
            None => format!("{}{named}", &from[..from.rfind('/').map_or(0, |at| at + 1)]),
        };
        let is_read = [".yml", ".yaml", ".properties"].iter().any(|kind| path.ends_with(kind));
        self.sources.find_file(&path).filter(|_| is_read).map(|source| &source.file)
    }

    /// An application file where Spring Boot does not look for one: it may hold by an argument of the command line.
    fn elsewhere(&mut self, file: &File) {
        let read = read(file, &mut Vec::new(), &mut Vec::new());
        if let Some(setting) = read.settings.first() {
            let what = "an application file where Spring Boot does not look for one: it is not read".to_owned();
            self.unread.push(Unread { place: setting.place.clone(), what: what.clone() });
            let (place, content) = (setting.place.clone(), Some(file.text.clone()));
            self.opaque.push(Opaque { place, what, content, is_file: true });
        }
    }

    /// `@PropertySource("classpath:x.properties")`: everything else wins over it.
    fn property_sources(&mut self) {
        for class in self.sources.classes() {
            let Some(module) = module(self.sources.path(class)) else { continue };
            for annotation in &self.sources.declaration(class).annotations {
                if annotation.name != "PropertySource" {
                    continue;
                }
                let place = self.sources.place(class, annotation.span);
                let texts = match annotation.get("value") {
                    Some(Value::List(values)) => values.as_slice(),
                    Some(value) => std::slice::from_ref(value),
                    None => &[],
                };
                for named in
                    texts.iter().filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None })
                {
                    match self.resource(module, self.sources.path(class), named) {
                        Some(file) => self.add(file, module, -1, &file.path, 0),
                        None => {
                            let what = format!("@PropertySource({named:?}): it is not read");
                            self.unread.push(Unread { place: place.clone(), what });
                        }
                    }
                }
            }
        }
    }
}
