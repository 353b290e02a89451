//! Application files: `application.properties` and `application.yml`, with their profiles, keys as Spring binds them.

use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser};

use crate::source::opaque::Opaque;
use crate::source::place::{Place, Span, Unread};
use crate::source::tree::File;

/// Collections that are nested deeper than this are no settings.
const MAX_DEPTH: usize = 64;

/// Prefixes of the keys that say something about a mapper, in canonical form.
const WANTED: &[&str] =
    &["spring.jackson.", "camel.dataformat.", "camel.rest.", "spring.kafka.", "spring.mvc.", "spring.http."];

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// Where its key stands.
    pub place: Place,
    /// The key as Spring binds it: parts joined by dots, small letters, without dashes and underscores.
    pub key: String,
    /// The key as it is written.
    pub written: String,
    /// The value. A placeholder with a default is that default.
    pub value: String,
    /// The profile that it holds for; none holds always.
    pub profile: Option<String>,
    /// Whether the value is that of a placeholder's default, which the environment may change.
    pub is_default: bool,
}

/// The module of a path: what stands before `src/main/`. An application file elsewhere belongs to none, but at the root.
pub fn module(path: &str) -> Option<&str> {
    if let Some(at) = path.find("src/main/").filter(|at| *at == 0 || path[..*at].ends_with('/')) {
        return Some(path[..at].trim_end_matches('/'));
    }
    (!path.trim_start_matches("config/").contains('/')).then_some("")
}

/// A key as Spring binds it.
pub fn canonical(key: &str) -> String {
    let dotted = key.replace('[', ".").replace(']', "");
    dotted.chars().filter(|character| !matches!(character, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// The settings of an application file that say something about a mapper; those of `spring.profiles` excepted.
pub fn read(file: &File, unread: &mut Vec<Unread>, opaque: &mut Vec<Opaque>) -> Vec<Setting> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let of_file = stem.split_once('-').map(|(_, profile)| profile.to_owned());
    let documents = if name.ends_with(".properties") { properties(file) } else { yaml(file, unread, opaque) };
    let mut settings = Vec::new();
    for document in documents {
        let of_document = document.iter().find(|setting| {
            ["spring.config.activate.onprofile", "spring.profiles", "spring.profiles.0"].contains(&setting.key.as_str())
        });
        let profile = of_document.map(|setting| setting.value.clone()).or(of_file.clone());
        for mut setting in document {
            if !WANTED.iter().any(|prefix| setting.key.starts_with(prefix)) {
                continue;
            }
            setting.profile.clone_from(&profile);
            match placeholder(&setting.value) {
                Placeholder::None => {}
                Placeholder::Default(default) => (setting.value, setting.is_default) = (default, true),
                Placeholder::Unknown => {
                    let what = format!("{} comes from the environment", setting.written);
                    unread.push(Unread { place: setting.place.clone(), what });
                    continue;
                }
            }
            settings.push(setting);
        }
    }
    settings
}

enum Placeholder {
    None,
    Default(String),
    Unknown,
}

fn placeholder(value: &str) -> Placeholder {
    if !value.contains("${") {
        return Placeholder::None;
    }
    let inner = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    match inner.and_then(|inner| inner.split_once(':')) {
        Some((_, default)) if !default.contains("${") => Placeholder::Default(default.to_owned()),
        _ => Placeholder::Unknown,
    }
}

fn setting(path: &Arc<str>, span: Span, written: String, value: String) -> Setting {
    let (place, key) = (Place { path: path.clone(), span }, canonical(&written));
    Setting { place, key, written, value, profile: None, is_default: false }
}

/// The documents of a `.properties` file: lines joined by a backslash, `#---` between documents.
fn properties(file: &File) -> Vec<Vec<Setting>> {
    let mut documents = vec![Vec::new()];
    let (mut start, mut number) = (0, 0);
    let mut lines = file.text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let (at, first) = (start, number + 1);
        let mut logical = line.trim_end_matches(['\n', '\r']).to_owned();
        (start, number) = (start + line.len(), number + 1);
        let indent = logical.len() - logical.trim_start().len();
        if logical.trim_start().starts_with(['#', '!']) {
            if matches!(logical.trim(), "#---" | "!---") {
                documents.push(Vec::new());
            }
            continue;
        }
        while (logical.len() - logical.trim_end_matches('\\').len()) % 2 == 1 {
            logical.pop();
            let Some(next) = lines.next() else { break };
            (start, number) = (start + next.len(), number + 1);
            logical.push_str(next.trim_end_matches(['\n', '\r']).trim_start());
        }
        let body = logical.trim_start();
        let end = body.char_indices().scan(false, |escaped, (place, character)| {
            let ends = !*escaped && (matches!(character, '=' | ':') || character.is_whitespace());
            *escaped = !*escaped && character == '\\';
            Some((place, ends))
        });
        let end = end.filter(|(_, ends)| *ends).map(|(place, _)| place).next().unwrap_or(body.len());
        let (key, rest) = body.split_at(end);
        if key.is_empty() {
            continue;
        }
        let rest = rest.trim_start();
        let value = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start();
        let span = Span { start: at + indent, end: at + indent + key.len(), line: first, column: indent + 1 };
        if let Some(document) = documents.last_mut() {
            document.push(setting(&file.path, span, key.replace('\\', ""), value.trim_end().to_owned()));
        }
    }
    documents
}

enum Frame {
    Map { prefix: String, key: Option<(String, Span)> },
    List { prefix: String, span: Span, index: usize },
}

/// The documents of a YAML file, their keys joined by dots.
fn yaml(file: &File, unread: &mut Vec<Unread>, opaque: &mut Vec<Opaque>) -> Vec<Vec<Setting>> {
    let mut documents = vec![Vec::new()];
    let mut frames: Vec<Frame> = Vec::new();
    // The parser counts characters.
    let offsets: Vec<usize> = file.text.char_indices().map(|(at, _)| at).chain([file.text.len()]).collect();
    let byte = |marker: Marker| offsets.get(marker.index()).copied().unwrap_or(file.text.len());
    let refuse = |marker: &Marker, what: String, unread: &mut Vec<Unread>| {
        let at = byte(*marker);
        let span = Span { start: at, end: at, line: marker.line(), column: marker.col() + 1 };
        let place = Place { path: file.path.clone(), span };
        unread.push(Unread { place: place.clone(), what: what.clone() });
        Opaque { place, what, content: Some(file.text.clone()), is_file: true }
    };
    for event in Parser::new_from_str(&file.text) {
        let (event, at) = match event {
            Ok(event) => event,
            Err(error) => {
                opaque.push(refuse(error.marker(), format!("not YAML: {}", error.info()), unread));
                return documents;
            }
        };
        let span = Span { start: byte(at.start), end: byte(at.end), line: at.start.line(), column: at.start.col() + 1 };
        match event {
            Event::DocumentStart(_) => documents.push(Vec::new()),
            Event::Scalar(text, ..) => match frames.last_mut() {
                Some(Frame::Map { key, .. }) if key.is_none() => *key = Some((text.into_owned(), span)),
                _ => {
                    let (key, span) = next_key(&mut frames);
                    if let (Some(document), Some(span)) = (documents.last_mut(), span) {
                        document.push(setting(&file.path, span, key, text.into_owned()));
                    }
                }
            },
            Event::Alias(_) => match frames.last_mut() {
                Some(Frame::Map { key, .. }) if key.is_none() => *key = Some(("*".to_owned(), span)),
                _ => {
                    let (key, _) = next_key(&mut frames);
                    let canonical = canonical(&key);
                    if WANTED.iter().any(|prefix| canonical.starts_with(prefix) || prefix.starts_with(&canonical)) {
                        refuse(&at.start, format!("{key} is an alias"), unread);
                    }
                }
            },
            Event::MappingStart(..) | Event::SequenceStart(..) if frames.len() >= MAX_DEPTH => {
                let what = format!("expected at most {MAX_DEPTH} levels, found more");
                opaque.push(refuse(&at.start, what, unread));
                return documents;
            }
            Event::MappingStart(..) => {
                let prefix = next_key(&mut frames).0;
                frames.push(Frame::Map { prefix, key: None });
            }
            Event::SequenceStart(..) => {
                let (prefix, key) = next_key(&mut frames);
                frames.push(Frame::List { prefix, span: key.unwrap_or(span), index: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                frames.pop();
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    documents
}

/// The key of the value that comes next, with its place if it has one.
fn next_key(frames: &mut [Frame]) -> (String, Option<Span>) {
    match frames.last_mut() {
        None => (String::new(), None),
        Some(Frame::Map { prefix, key }) => {
            // A key that is a collection itself names no setting.
            let (key, span) = key.take().map_or(("?".to_owned(), None), |(key, span)| (key, Some(span)));
            (if prefix.is_empty() { key } else { format!("{prefix}.{key}") }, span)
        }
        Some(Frame::List { prefix, span, index }) => {
            *index += 1;
            (format!("{prefix}[{}]", *index - 1), Some(*span))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> (Vec<String>, Vec<String>) {
        let file = File { path: Arc::from(path), text: Arc::from(text) };
        let mut unread = Vec::new();
        let settings = read(&file, &mut unread, &mut Vec::new());
        let shown = settings.iter().map(|it| {
            let profile = it.profile.as_deref().map(|profile| format!(" [{profile}]")).unwrap_or_default();
            format!("{}:{} {}={}{profile}", it.place.span.line, it.place.span.column, it.key, it.value)
        });
        (shown.collect(), unread.iter().map(|it| format!("{} {}", it.place, it.what)).collect())
    }

    #[test]
    fn yaml_is_flattened_with_places_and_profiles() {
        let text = "é: 1\nspring:\n  jackson:\n    serialization.indent_output: true\n    serialization:\n      \
                    write-dates-as-timestamps: ${DATES:false}\n---\nspring.config.activate.on-profile: dev\n\
                    spring.jackson.default-property-inclusion: non_null\n---\nspring: {jackson: {locale: \"${L}\"}}\n";
        let (settings, unread) = of("src/main/resources/application.yml", text);
        assert_eq!(
            settings,
            [
                "4:5 spring.jackson.serialization.indentoutput=true",
                "6:7 spring.jackson.serialization.writedatesastimestamps=false",
                "9:1 spring.jackson.defaultpropertyinclusion=non_null [dev]",
            ]
        );
        assert_eq!(
            unread,
            ["src/main/resources/application.yml:11:20 spring.jackson.locale comes from the environment"]
        );
    }

    #[test]
    fn properties_are_read_as_java_reads_them() {
        let text = "# spring.jackson.locale=x\n  spring.jackson.serialization.INDENT_OUTPUT : tr\\\n    ue\n\
                    spring.jackson.locale de\n#---\nspring.config.activate.on-profile=dev\nspring.jackson.time-zone=UTC\n";
        let (settings, unread) = of("application-test.properties", text);
        assert_eq!(
            settings,
            [
                "2:3 spring.jackson.serialization.indentoutput=true [test]",
                "4:1 spring.jackson.locale=de [test]",
                "7:1 spring.jackson.timezone=UTC [dev]",
            ]
        );
        assert!(unread.is_empty());
    }

    #[test]
    fn hostile_yaml_is_told_and_bounded() {
        assert_eq!(of("application.yml", &format!("a: {}", "[".repeat(100_000))).1.len(), 1);
        assert!(of("application.yml", "a: b: c").1[0].contains("not YAML"));
        let alias = "a: &a {indent_output: true}\nspring:\n  jackson:\n    serialization: *a\n";
        assert_eq!(of("application.yml", alias).1, ["application.yml:4:20 spring.jackson.serialization is an alias"]);
        assert_eq!(of("application.yml", "? {a: b}\n: c\n"), (Vec::new(), Vec::new()));
    }

    #[test]
    fn modules_are_what_stands_before_the_sources() {
        assert_eq!(module("app/src/main/resources/application.yml"), Some("app"));
        assert_eq!(module("src/main/java/A.java"), Some(""));
        assert_eq!(module("config/application.yml"), Some(""));
        assert_eq!(module("docs/sample/application.yml"), None);
    }
}
