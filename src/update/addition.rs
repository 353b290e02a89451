//! A payload that becomes a golden: its name, its configuration, its expectation, its row of the manifest.

use std::path::Path;

use super::journal::{Change, digest};
use super::manifest::{Manifest, Row};
use super::verdict;
use crate::document::{Document, parse};
use crate::finding::{Finding, Location, Severity, Text};
use crate::fixture::{Case, CaseKind, Content, File, FurtherFile};
use crate::gate::{self, Options};
use crate::java::config::MapperConfig;
use crate::mapping::{Catalogue, DtoSpec, Mapping};
use crate::personal::{Synthetic, suspects, suspects_in_text};

/// A payload that shall become a golden.
pub struct Addition<'a> {
    /// The mapping that it is for.
    pub mapping: &'static Mapping,
    /// Whether it must arrive or be refused.
    pub kind: CaseKind,
    /// The name of the case, without a configuration.
    pub name: &'a str,
    /// The payload, by the path that the user knows.
    pub payload: File,
    /// What lies beside it.
    pub further: Vec<FurtherFile>,
    /// What it was written with; by default found from its bytes.
    pub config: Option<&'static MapperConfig>,
    /// Where it comes from.
    pub note: Option<&'a str>,
}

/// What an addition writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The name of the case, with `@<configuration>` where it is not the leg's own.
    pub name: String,
    /// The files.
    pub changes: Vec<Change>,
    /// The path of the expectation, relative to the root.
    pub expectation: String,
    /// Its text.
    pub expected: String,
    /// Whether another case's expectation of that path serves this case too.
    pub is_shared: bool,
    /// Expectations of the case in other configurations that say the same, and go.
    pub redundant: Vec<String>,
    /// The configurations that write exactly these bytes.
    pub fits: Vec<&'static str>,
    /// What `check` will find in the case.
    pub findings: Vec<Finding>,
}

/// Why a payload is not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAdded {
    /// One line for each reason, with its place.
    pub reasons: Vec<String>,
}

impl NotAdded {
    fn one(reason: String) -> Self {
        NotAdded { reasons: vec![reason] }
    }
}

/// What an addition is made against.
pub struct Against<'a> {
    /// The root.
    pub root: &'a Path,
    /// The lists.
    pub catalogue: &'a Catalogue,
    /// What is made up.
    pub synthetic: &'a Synthetic,
    /// The manifest, to which the rows are added.
    pub manifest: &'a mut Manifest,
    /// How a case is judged.
    pub options: &'a Options<'a>,
    /// What the additions before it write: it is as if it stood there.
    pub changes: Vec<Change>,
}

impl Against<'_> {
    /// What a file has, or will have.
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let planned = self.changes.iter().find(|change| change.path == path);
        planned.map_or_else(|| std::fs::read(self.root.join(path)).ok(), |change| change.after.clone())
    }
}

/// Makes the files of an addition and adds its rows to the manifest; writes nothing.
///
/// # Errors
///
/// Personal data, a configuration that cannot be found, a name that is taken, a payload that the mapping refuses.
pub fn add(addition: &Addition<'_>, against: &mut Against<'_>) -> Result<Added, NotAdded> {
    let Addition { mapping, kind, name, payload, further, .. } = addition;
    let files: Vec<&File> = std::iter::once(payload).chain(further.iter().map(|further| &further.file)).collect();
    for file in &files {
        if let Content::TooLarge { size, limit } = file.content {
            let reason = format!("{}: expected at most {limit} bytes (--max-size), found {size}", file.path);
            return Err(NotAdded::one(reason));
        }
    }
    let reasons: Vec<String> = files.iter().flat_map(|file| personal(file, against.synthetic)).collect();
    if !reasons.is_empty() {
        return Err(NotAdded { reasons });
    }
    if !is_case_name(name) {
        return Err(NotAdded::one(format!(
            "{}: expected a name of small letters, digits and _, found {name:?}; name it with --name",
            payload.path
        )));
    }
    let (config, fits) = configuration(addition, against.catalogue)?;
    let own = mapping.producer.config;
    let full = if config.name == own.name { (*name).to_owned() } else { format!("{name}@{}", config.name) };
    let folder = format!("fixtures/{}/{}", mapping.id, kind.name());
    let at = |file: &str| format!("{folder}/{file}");
    let read = |path: &str| against.read(path);

    let path = at(&format!("{full}.json"));
    if let Some(there) = read(&path)
        && there != payload.content.bytes()
    {
        return Err(NotAdded::one(format!("{path} is there with other bytes; name this one with --name")));
    }
    let mut case = Case {
        mapping,
        kind: *kind,
        name: full.clone(),
        configuration: (config.name != own.name).then_some(config),
        payload: File { path: path.clone(), content: payload.content.clone() },
        further: further.clone(),
        expected: None,
        input: None,
    };
    let expected = match kind {
        CaseKind::Invalid => verdict::refusal(&case, &[], against.options),
        _ => verdict::answer(&case, against.options),
    };
    let expected = expected.map_err(|reason| NotAdded::one(format!("{}: {reason}", payload.path)))?;
    let shared = at(&format!("{name}.expected.json"));
    let is_shared = full != **name && read(&shared).is_some_and(|there| there == expected.as_bytes());
    let expectation = if is_shared { shared } else { at(&format!("{full}.expected.json")) };
    if !is_shared
        && let Some(there) = read(&expectation)
        && there != expected.as_bytes()
    {
        let reason = format!("{expectation} is there and expects something else; name this payload with --name");
        return Err(NotAdded::one(reason));
    }
    case.expected = Some(File { path: expectation.clone(), content: Content::Bytes(expected.clone().into_bytes()) });
    let findings = gate::judge(&case, &[], against.options).1;

    let root = against.root;
    let mut changes = Vec::new();
    let mut write = |path: &str, bytes: Option<&[u8]>| {
        let before = std::fs::read(root.join(path)).ok();
        changes.push(Change { path: path.to_owned(), before, after: bytes.map(<[u8]>::to_vec) });
    };
    write(&path, Some(payload.content.bytes()));
    // That of the leg's own configuration serves the others: one of theirs that says the same is said once.
    let mut redundant = Vec::new();
    if !is_shared {
        write(&expectation, Some(expected.as_bytes()));
        let others = against.catalogue.configs.iter().filter(|_| full == **name);
        let others = others.map(|config| at(&format!("{name}@{}.expected.json", config.name)));
        redundant.extend(
            others.filter(|path| std::fs::read(root.join(path)).is_ok_and(|there| there == expected.as_bytes())),
        );
        redundant.iter().for_each(|path| write(path, None));
    }
    set_row(addition, &path, payload, mapping.producer.dto, config, against.manifest);
    for input in further {
        let label = match &input.key {
            Some(key) => format!("{}-{key}", input.name),
            None => input.name.clone(),
        };
        let Some(spec) = mapping.inputs.iter().find(|spec| spec.name == input.name) else { continue };
        let path = at(&format!("{full}.{label}.json"));
        write(&path, Some(input.file.content.bytes()));
        set_row(addition, &path, &input.file, spec.wire.dto, spec.wire.config, against.manifest);
    }
    let fits = fits.iter().map(|config| config.name).collect();
    Ok(Added { name: full, changes, expectation, expected, is_shared, redundant, fits, findings })
}

/// The lines that say what looks like personal data in a file.
pub fn personal(file: &File, synthetic: &Synthetic) -> Vec<String> {
    let bytes = file.content.bytes();
    // What stands there is not said again: this line may go into a log that more people read.
    let line = |place: &str, what: &str, text: &str, instead: &str| {
        let first: String = text.chars().take(1).collect();
        format!("{place}: looks like personal data: {what} {first}…; put {instead} in its place")
    };
    match parse(bytes) {
        Ok(document) => {
            let text = Text::from(document.text());
            let found = suspects(&document, synthetic).into_iter();
            let place = |node| {
                let place = document.place(node);
                let location = Location::in_text(&file.path, &place.pointer, &text, place.span);
                format!("{location}: {}", place.pointer)
            };
            found.map(|suspect| line(&place(suspect.node), &suspect.what, &suspect.text, &suspect.instead)).collect()
        }
        Err(_) => {
            let found = suspects_in_text(&String::from_utf8_lossy(bytes), synthetic).into_iter();
            found.map(|(what, text, instead)| line(&file.path, &what, &text, &instead)).collect()
        }
    }
}

/// What a payload was written with, and all that would have written the same bytes.
type Configured = (&'static MapperConfig, Vec<&'static MapperConfig>);

fn configuration(addition: &Addition<'_>, catalogue: &Catalogue) -> Result<Configured, NotAdded> {
    let Addition { mapping, kind, payload, config, .. } = addition;
    let own = mapping.producer.config;
    let dto = mapping.producer.dto;
    let document = match parse(payload.content.bytes()) {
        Ok(document) => document,
        // What is not JSON was written by no configuration.
        Err(_) if *kind == CaseKind::Invalid => return Ok((config.unwrap_or(own), vec![])),
        Err(error) => {
            let reason = format!("{}: {error}; add what must be refused with --invalid", payload.path);
            return Err(NotAdded::one(reason));
        }
    };
    let fits = fitting(dto, &document, catalogue);
    if let Some(config) = config {
        return Ok((config, fits));
    }
    match fits.first() {
        Some(_) if fits.iter().any(|fit| fit.name == own.name) => Ok((own, fits)),
        Some(first) => Ok((first, fits)),
        None if *kind == CaseKind::Invalid => Ok((own, fits)),
        None => Err(NotAdded::one(format!(
            "{}: no configuration writes {} in these bytes; {}; name one with --wire to add it all the same, or add it \
             with --invalid",
            payload.path,
            dto.name(),
            nearest(dto, &document, payload, catalogue)
        ))),
    }
}

/// The configurations that write exactly these bytes for what the payload means.
fn fitting(dto: DtoSpec, document: &Document<'_>, catalogue: &Catalogue) -> Vec<&'static MapperConfig> {
    let fits = |config: &&MapperConfig| {
        !document.has_bom() && dto.promise(config, document).text.as_deref() == Ok(document.text())
    };
    catalogue.configs.iter().filter(fits).collect()
}

/// What comes nearest, and where it differs first.
fn nearest(dto: DtoSpec, document: &Document<'_>, payload: &File, catalogue: &Catalogue) -> String {
    if document.has_bom() {
        return "it begins with a byte order mark, which none writes".to_owned();
    }
    let text = document.text();
    let trimmed = text.trim_end();
    if trimmed.len() < text.len()
        && let Ok(shorter) = parse(trimmed.as_bytes())
        && let Some(config) = fitting(dto, &shorter, catalogue).first()
    {
        let name = config.name;
        return format!("without the white space at its end it is what {name} writes: an editor has added that");
    }
    let common = |config: &&MapperConfig| {
        let promised = dto.promise(config, document).text.unwrap_or_else(|_| String::new().into());
        promised.bytes().zip(text.bytes()).take_while(|(left, right)| left == right).count()
    };
    let Some((length, config)) =
        catalogue.configs.iter().map(|config| (common(&config), config)).max_by_key(|(length, _)| *length)
    else {
        return "there is none".to_owned();
    };
    let place = Location::in_bytes(&payload.path, text.as_bytes(), length);
    format!("{} comes nearest and differs first at {place}", config.name)
}

fn set_row(
    addition: &Addition<'_>,
    path: &str,
    file: &File,
    dto: DtoSpec,
    config: &MapperConfig,
    manifest: &mut Manifest,
) {
    let bytes = file.content.bytes();
    let name = path.trim_start_matches("fixtures/").to_owned();
    if manifest.row(&name).is_some_and(|row| row.fits(bytes)) {
        return;
    }
    // A golden with the bytes of a capture is that capture.
    let digest = digest(bytes);
    let capture = manifest.rows().find(|row| row.file.starts_with("captures/") && row.sha256 == digest).cloned();
    let mut row = match capture {
        Some(capture) => {
            Row { note: format!("captured: {}", &capture.file["captures/".len()..]), file: name, ..capture }
        }
        None => Row {
            file: name,
            part: "added".to_owned(),
            dto: Some(dto.name().to_owned()),
            config: Some(config.name.to_owned()),
            case: Some(addition.name.to_owned()),
            bytes: 0,
            sha256: String::new(),
            // Where it lay on one machine tells nobody else anything.
            note: format!("added: {}", addition.payload.path.rsplit('/').next().unwrap_or_default()),
        },
    };
    if let Some(note) = addition.note {
        row.note = note.to_owned();
    }
    row.measure(bytes);
    manifest.set(row);
}

/// A name for a case, made of what a file is called.
pub fn case_name(stem: &str) -> String {
    let stem = stem.split(['@', '.']).next().unwrap_or(stem);
    let mut name = String::new();
    for character in stem.chars() {
        if character.is_ascii_alphanumeric() {
            name.push(character.to_ascii_lowercase());
        } else if !name.ends_with('_') && !name.is_empty() {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// Whether a name is one that `fixtures/` takes on every system.
fn is_case_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !name.is_empty() && name.len() <= 100 && name.bytes().all(is_plain)
}

/// Whether a finding fails a run at its usual level.
pub fn fails(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cases_come_from_names_of_files() {
        for (stem, name) in [
            ("Page 1 (copy)", "page_1_copy"),
            ("typical3@explicit_bean", "typical3"),
            ("a.b", "a"),
            ("é", ""),
            ("--x--", "x"),
        ] {
            assert_eq!(case_name(stem), name);
            assert_eq!(is_case_name(&case_name(stem)), !name.is_empty());
        }
        assert!(!is_case_name("A") && !is_case_name("../x") && !is_case_name(&"a".repeat(101)));
    }
}
