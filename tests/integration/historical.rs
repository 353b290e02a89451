//! The mappers that the gateway really had, as mappings: the tests' own catalogue.
//!
//! Each is the doctors-summary mapping with a text mapper in place of the typed one: `String.replaceAll` over the
//! body, then the gateway reads the result into a `HashMap` and writes it again, as its route did.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use dtogate::document::{Document, Kind, NodeId, Place, parse};
use dtogate::finding::Stage;
use dtogate::java::leaf::Refusal;
use dtogate::mapping::{Catalogue, Inputs, Mapper, Mapping, Outcome};
use dtogate::pointer::Pointer;
use dtogate::tis;
use dtogate::tis::mapping::doctors_summary;
use regex::Regex;

use crate::mutated::with;

/// A text mapper: what is found, and what replaces it.
pub(crate) struct TextMapper {
    pattern: LazyLock<Regex>,
    replacement: &'static str,
}

/// 007f22c, 2022-06-23: in production until 2024-01-02.
pub(crate) static REGEX_2022_06: TextMapper = TextMapper {
    pattern: LazyLock::new(|| Regex::new(r#""traineeInfo":"#).unwrap()),
    replacement: r#""recommendationInfo":"#,
};

/// 2e2a967, 2023-12-28: the first hotfix, which broke the old layout.
pub(crate) static REGEX_2023_12_28: TextMapper = TextMapper {
    pattern: LazyLock::new(|| Regex::new(r#""traineeInfo" :"#).unwrap()),
    replacement: r#""recommendationInfo" :"#,
};

/// 1b4ecd2, 2023-12-29: in production from 2024-01-02 to 2026-03-18. Java's `\s` is ASCII.
pub(crate) static REGEX_2023_12_29: TextMapper = TextMapper {
    pattern: LazyLock::new(|| Regex::new(r#""traineeInfo"(?-u:\s)?:"#).unwrap()),
    replacement: r#""recommendationInfo" :"#,
};

/// a8a4c43: a branch that never landed.
pub(crate) static NAME_PROCESSOR_BRANCH: TextMapper = TextMapper {
    pattern: LazyLock::new(|| Regex::new(r#""traineeInfo""#).unwrap()),
    replacement: r#""recommendationInfo""#,
};

impl TextMapper {
    /// The body after the replacement, before the gateway reads it.
    pub(crate) fn replace<'t>(&self, body: &'t str) -> Cow<'t, str> {
        self.pattern.replace_all(body, self.replacement)
    }

    /// The gateway's answer.
    pub(crate) fn map(&self, inputs: &Inputs<'_>) -> Outcome {
        gateway_map(&self.replace(&inputs.payload))
    }
}

/// What the gateway makes of a body that it reads into a `HashMap`: compact, of repeated keys the last.
///
/// The order of a `HashMap` is the keys', not the body's; here it is the alphabet.
pub(crate) fn gateway_map(body: &str) -> Outcome {
    let refused = |message: String| Outcome::Refused {
        stage: Stage::Map,
        refusal: Refusal::Jackson(message),
        place: Place { pointer: Pointer::ROOT, span: 0..0 },
        input: None,
    };
    match parse(body.as_bytes()) {
        Ok(document) if document.kind(0) == Kind::Object => {
            let mut out = String::with_capacity(body.len());
            write_sorted(&document, 0, &mut out);
            Outcome::emitted(out)
        }
        Ok(_) => refused("expected an object for a HashMap".to_owned()),
        Err(error) => refused(error.message),
    }
}

fn write_sorted(document: &Document<'_>, node: NodeId, out: &mut String) {
    match document.kind(node) {
        Kind::Object => {
            let members: BTreeMap<_, _> =
                document.members(node).map(|(key, value)| (document.content(key), value)).collect();
            out.push('{');
            for (index, (name, value)) in members.into_iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&serde_json::to_string(&name).unwrap());
                out.push(':');
                write_sorted(document, value, out);
            }
            out.push('}');
        }
        Kind::Array => {
            out.push('[');
            for (index, item) in document.items(node).enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_sorted(document, item, out);
            }
            out.push(']');
        }
        Kind::Text { .. } => out.push_str(&serde_json::to_string(&document.content(node)).unwrap()),
        _ => out.push_str(document.raw(node)),
    }
}

/// The real catalogue with a text mapper in place of the typed doctors-summary.
macro_rules! catalogue_with {
    ($mapper:ident) => {
        with!(Mapping { map: Mapper::Text(|inputs| $mapper.map(inputs)), ..doctors_summary::MAPPING })
    };
}

/// The four text mappers with the names of `naming/results.jsonl`, each with the catalogue that has it.
pub(crate) static TEXT_MAPPERS: [(&str, &TextMapper, Catalogue); 4] = [
    ("regex_2022_06", &REGEX_2022_06, catalogue_with!(REGEX_2022_06)),
    ("regex_2023_12_28", &REGEX_2023_12_28, catalogue_with!(REGEX_2023_12_28)),
    ("regex_2023_12_29", &REGEX_2023_12_29, catalogue_with!(REGEX_2023_12_29)),
    ("name_processor_branch", &NAME_PROCESSOR_BRANCH, catalogue_with!(NAME_PROCESSOR_BRANCH)),
];
