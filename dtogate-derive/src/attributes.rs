//! `#[dto(...)]` and the documentation, of a struct and of a field.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Meta, Result};

/// Of a struct.
#[derive(Default)]
pub(crate) struct OfClass {
    pub(crate) doc: String,
    pub(crate) name: Option<LitStr>,
    pub(crate) source: Option<Expr>,
    pub(crate) unknown: Option<Ident>,
    pub(crate) include: Option<Ident>,
}

/// Of a field.
#[derive(Default)]
pub(crate) struct OfKey {
    pub(crate) doc: String,
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<LitStr>,
    pub(crate) include: Option<Ident>,
    pub(crate) domain: Option<ExprPath>,
}

/// Which words a setting takes.
const UNKNOWN: &[&str] = &["Ignore", "Refuse"];
const INCLUDE: &[&str] = &["Always", "NonNull"];

impl OfClass {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut found = OfClass { doc: doc(attributes), ..OfClass::default() };
        each(attributes, |meta| match word(&meta).as_str() {
            "name" => once(&meta, &mut found.name, text),
            "source" => once(&meta, &mut found.source, |meta| meta.value()?.parse()),
            "unknown" => once(&meta, &mut found.unknown, |meta| one_of(meta, UNKNOWN)),
            "include" => once(&meta, &mut found.include, |meta| one_of(meta, INCLUDE)),
            other => Err(meta.error(format!("expected name, source, unknown or include, found {other}"))),
        })?;
        Ok(found)
    }
}

impl OfKey {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut found = OfKey { doc: doc(attributes), ..OfKey::default() };
        each(attributes, |meta| match word(&meta).as_str() {
            "name" => once(&meta, &mut found.name, text),
            "alias" => {
                found.aliases.push(text(&meta)?);
                Ok(())
            }
            "default" => once(&meta, &mut found.default, text),
            "include" => once(&meta, &mut found.include, |meta| one_of(meta, INCLUDE)),
            "domain" => once(&meta, &mut found.domain, |meta| meta.value()?.parse()),
            other => Err(meta.error(format!("expected name, alias, default, include or domain, found {other}"))),
        })?;
        Ok(found)
    }
}

/// The settings of every `#[dto(...)]`.
fn each(attributes: &[Attribute], mut setting: impl FnMut(ParseNestedMeta<'_>) -> Result<()>) -> Result<()> {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("dto")) {
        attribute.parse_nested_meta(&mut setting)?;
    }
    Ok(())
}

fn word(meta: &ParseNestedMeta<'_>) -> String {
    meta.path.get_ident().map_or_else(|| "a path".to_owned(), Ident::to_string)
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    meta.value()?.parse()
}

/// Sets what can be said once only.
fn once<T>(
    meta: &ParseNestedMeta<'_>,
    slot: &mut Option<T>,
    parse: impl FnOnce(&ParseNestedMeta<'_>) -> Result<T>,
) -> Result<()> {
    if slot.is_some() {
        return Err(meta.error(format!("expected {} once, found it again", word(meta))));
    }
    *slot = Some(parse(meta)?);
    Ok(())
}

fn one_of(meta: &ParseNestedMeta<'_>, words: &[&str]) -> Result<Ident> {
    let found: Ident = meta.value()?.parse()?;
    if words.iter().any(|word| found == word) {
        return Ok(found);
    }
    Err(syn::Error::new(found.span(), format!("expected {}, found {found}", words.join(" or "))))
}

/// The lines of a documentation, as one text: a paragraph's lines are joined by a space, as Markdown reads them.
fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(value) if value.path.is_ident("doc") => match &value.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    let mut doc = String::new();
    for line in lines {
        match line.as_str() {
            "" => doc.push_str("\n\n"),
            line => {
                if !doc.is_empty() && !doc.ends_with('\n') {
                    doc.push(' ');
                }
                doc.push_str(line);
            }
        }
    }
    doc.trim().to_owned()
}
