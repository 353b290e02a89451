//! Application files: `application.properties` and `application.yml`, with their profiles, keys as Spring binds them.

use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser};

use crate::source::opaque::Opaque;
use crate::source::place::{Place, Span, Unread};
use crate::source::tree::{File, is_application};

/// Collections that are nested deeper than this are no settings.
const MAX_DEPTH: usize = 64;

/// Settings of one file that anchors and aliases make: of more, an alias is unread.
const MAX_COPIED: usize = 20_000;

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

/// What an application file says.
#[derive(Debug, Default)]
pub struct Application {
    /// The settings that say something about a mapper.
    pub settings: Vec<Setting>,
    /// The files that it imports, one each.
    pub imports: Vec<Setting>,
    /// What it says of profiles: which are active, and which come together.
    pub profiles: Vec<Setting>,
}

/// Reads an application file.
pub fn read(file: &File, unread: &mut Vec<Unread>, opaque: &mut Vec<Opaque>) -> Application {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let of_file = is_application(name).then(|| stem.split_once('-')).flatten().map(|(_, profile)| profile.to_owned());
    let documents = if name.ends_with(".properties") { properties(file) } else { yaml(file, unread, opaque) };
    let mut read = Application::default();
    for document in documents {
        let profiles = profiles(&document, &of_file, unread);
        for mut setting in document {
            let list = setting.key.trim_end_matches(|last: char| last.is_ascii_digit()).trim_end_matches('.');
            if list == "spring.config.import" {
                setting.profile = profiles.first().cloned().flatten();
                let files = setting.value.split(',').filter(|value| !value.trim().is_empty());
                read.imports.extend(files.map(|file| Setting { value: file.trim().to_owned(), ..setting.clone() }));
                continue;
            }
            if ["spring.profiles.active", "spring.profiles.include", "spring.profiles.default"].contains(&list)
                || setting.key.starts_with("spring.profiles.group.")
            {
                read.profiles.push(setting);
                continue;
            }
            if !WANTED.iter().any(|prefix| setting.key.starts_with(prefix)) {
                continue;
            }
            match placeholder(&setting.value) {
                Placeholder::None => {}
                Placeholder::Default(default) => (setting.value, setting.is_default) = (default, true),
                Placeholder::Unknown => {
                    let what = format!("{} comes from the environment", setting.written);
                    unread.push(Unread { place: setting.place.clone(), what });
                    continue;
                }
            }
            read.settings
                .extend(profiles.iter().map(|profile| Setting { profile: profile.clone(), ..setting.clone() }));
        }
    }
    read
}

/// The profiles that a document holds for, each by itself; none holds always.
fn profiles(document: &[Setting], of_file: &Option<String>, unread: &mut Vec<Unread>) -> Vec<Option<String>> {
    let mut profiles = Vec::new();
    for setting in document {
        let list = setting.key.trim_end_matches(|last: char| last.is_ascii_digit()).trim_end_matches('.');
        match list {
            "spring.config.activate.oncloudplatform" => {
                profiles.push(Some(format!("of the cloud platform {}", setting.value)));
            }
            "spring.config.activate.onprofile" | "spring.profiles" => {
                for profile in setting.value.split(',').map(str::trim) {
                    if profile.contains(['&', '!', '(']) {
                        let what = format!("{}: {profile}: what holds then is looked at by itself", setting.written);
                        unread.push(Unread { place: setting.place.clone(), what });
                        profiles.push(Some(profile.to_owned()));
                    } else {
                        profiles.extend(profile.split('|').map(|name| Some(name.trim().to_owned())));
                    }
                }
            }
            _ => {}
        }
    }
    if profiles.is_empty() {
        profiles.push(of_file.clone());
    }
    profiles
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
    /// With its anchor, and where in its document its settings begin.
    Map {
        prefix: String,
        key: Option<(String, Span)>,
        anchor: usize,
        from: usize,
        /// How many aliases before it were not followed.
        left_out: usize,
    },
    List {
        prefix: String,
        span: Span,
        index: usize,
    },
}

/// The documents of a YAML file, their keys joined by dots.
fn yaml(file: &File, unread: &mut Vec<Unread>, opaque: &mut Vec<Opaque>) -> Vec<Vec<Setting>> {
    let mut documents = vec![Vec::new()];
    let mut frames: Vec<Frame> = Vec::new();
    // What each anchor names: settings by the rest of their keys.
    let mut anchors: HashMap<usize, Vec<(String, String)>> = HashMap::new();
    let (mut copied, mut left_out) = (0, 0);
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
        let event_span =
            Span { start: byte(at.start), end: byte(at.end), line: at.start.line(), column: at.start.col() + 1 };
        let span = event_span;
        match event {
            Event::DocumentStart(_) => documents.push(Vec::new()),
            Event::Scalar(text, _, anchor, _) => match frames.last_mut() {
                Some(Frame::Map { key, .. }) if key.is_none() => *key = Some((text.into_owned(), span)),
                _ => {
                    let (key, span) = next_key(&mut frames);
                    if anchor > 0 {
                        anchors.insert(anchor, vec![(String::new(), text.to_string())]);
                    }
                    if let (Some(document), Some(span)) = (documents.last_mut(), span) {
                        document.push(setting(&file.path, span, key, text.into_owned()));
                    }
                }
            },
            Event::Alias(id) => match frames.last_mut() {
                Some(Frame::Map { key, .. }) if key.is_none() => *key = Some(("*".to_owned(), span)),
                _ => {
                    let (key, span) = next_key(&mut frames);
                    let span = span.unwrap_or(event_span);
                    let named = anchors.get(&id).filter(|named| copied + named.len() <= MAX_COPIED);
                    let Some(document) = documents.last_mut() else { continue };
                    match named {
                        Some(named) => {
                            copied += named.len();
                            // `<<: *anchor`: the keys of the mapping itself win, so these stand before them.
                            let merged = merged(&key);
                            let from = frames.iter().rev().find_map(|frame| match frame {
                                Frame::Map { from, .. } => Some(*from),
                                Frame::List { .. } => None,
                            });
                            let at = from.filter(|_| merged.is_some()).unwrap_or(document.len());
                            let prefix = merged.unwrap_or(&key);
                            let whole = |rest: &str| match (prefix, rest) {
                                ("", rest) => rest.to_owned(),
                                (prefix, "") => prefix.to_owned(),
                                (prefix, rest) if rest.starts_with('[') => format!("{prefix}{rest}"),
                                (prefix, rest) => format!("{prefix}.{rest}"),
                            };
                            let copies =
                                named.iter().map(|(rest, value)| setting(&file.path, span, whole(rest), value.clone()));
                            let copies: Vec<Setting> = copies.collect();
                            document.splice(at..at, copies);
                        }
                        None => {
                            left_out += 1;
                            let canonical = canonical(&key);
                            if WANTED.iter().any(|it| canonical.starts_with(it) || it.starts_with(&canonical)) {
                                refuse(&at.start, format!("{key} is an alias"), unread);
                            }
                        }
                    }
                }
            },
            Event::MappingStart(..) | Event::SequenceStart(..) if frames.len() >= MAX_DEPTH => {
                let what = format!("expected at most {MAX_DEPTH} levels, found more");
                opaque.push(refuse(&at.start, what, unread));
                return documents;
            }
            Event::MappingStart(anchor, _) => {
                let prefix = next_key(&mut frames).0;
                let prefix = merged(&prefix).map(str::to_owned).unwrap_or(prefix);
                let from = documents.last().map_or(0, Vec::len);
                frames.push(Frame::Map { prefix, key: None, anchor, from, left_out });
            }
            Event::SequenceStart(..) => {
                let (prefix, key) = next_key(&mut frames);
                frames.push(Frame::List { prefix, span: key.unwrap_or(span), index: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let Some(Frame::Map { prefix, anchor: anchor @ 1.., from, left_out: before, .. }) = frames.pop() else {
                    continue;
                };
                let settings = documents.last().and_then(|document| document.get(from..)).unwrap_or_default();
                let rest = |it: &Setting| {
                    let rest = it.written.strip_prefix(&prefix)?;
                    Some((rest.strip_prefix('.').unwrap_or(rest).to_owned(), it.value.clone()))
                };
                copied += settings.len();
                // What lacks a part is not the whole.
                if copied <= MAX_COPIED && left_out == before {
                    anchors.insert(anchor, settings.iter().filter_map(rest).collect());
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    documents
}

/// The key of the mapping that a merge key stands in: `a` of `a.<<` and of `a.<<[0]`.
fn merged(key: &str) -> Option<&str> {
    let key = key.strip_suffix(|last: char| last == ']').and_then(|key| Some(key.rsplit_once('[')?.0)).unwrap_or(key);
    let before = key.strip_suffix("<<")?;
    before.strip_suffix('.').or(before.is_empty().then_some(""))
}

/// The key of the value that comes next, with its place if it has one.
fn next_key(frames: &mut [Frame]) -> (String, Option<Span>) {
    match frames.last_mut() {
        None => (String::new(), None),
        Some(Frame::Map { prefix, key, .. }) => {
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
        let settings = read(&file, &mut unread, &mut Vec::new()).settings;
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
    fn aliases_and_merges_are_copies_that_own_keys_win_over() {
        let text = "a: &a {locale: de, mapper: {x: &x 1}}\nb: &b {locale: en}\nspring:\n  jackson:\n    locale: fr\n    \
                    <<: [*a, *b]\n    time-zone: *x\n";
        let (settings, unread) = of("application.yml", text);
        assert_eq!(
            settings,
            [
                "6:5 spring.jackson.locale=en",
                "6:5 spring.jackson.locale=de",
                "6:5 spring.jackson.mapper.x=1",
                "5:5 spring.jackson.locale=fr",
                "7:5 spring.jackson.timezone=1",
            ]
        );
        assert!(unread.is_empty());
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
        let alias = "a: &a [indent_output]\nspring:\n  jackson:\n    serialization: *a\n";
        assert_eq!(of("application.yml", alias).1, ["application.yml:4:20 spring.jackson.serialization is an alias"]);
        // Each is twice the one before.
        let twice = |at: usize| format!("a{}: &a{} {{x: *a{at}, y: *a{at}}}\n", at + 1, at + 1);
        let laughs: String = (0..40).map(twice).collect();
        let (settings, unread) = of("application.yml", &format!("a0: &a0 {{z: 1}}\n{laughs}spring.jackson: *a40\n"));
        assert_eq!((settings.len(), unread), (0, vec!["application.yml:42:17 spring.jackson is an alias".to_owned()]));
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
