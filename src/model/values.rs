//! Values of a class: payloads that a mapper with dates as text can write, from the table alone.

use proptest::prelude::*;

use super::class::{Body, Class, ClassRef, Key, Type};
use super::domain::Domain;
use super::field::Dto;
use super::leaf_type::Format;
use crate::document::parse_text;
use crate::java::config::MapperConfig;
use crate::java::leaf::Leaf;
use crate::java::read::read;
use crate::java::token::Token;
use crate::java::write::emit;
use crate::java::writer::Writer;

/// Values of a definition: what its class can hold, read by the definition.
pub fn values<T: Dto>() -> BoxedStrategy<T> {
    tokens(T::CLASS).prop_filter_map("a value that its own class refuses", |token| typed(&token)).boxed()
}

/// Values of a leaf type.
pub fn leaf_values<T: Leaf>() -> BoxedStrategy<T> {
    let values = (T::TYPE.values)(&Format { pattern: T::PATTERN, domain: T::DOMAIN });
    values.prop_filter_map("a value that its own type refuses", |token| T::read(&token).ok()).boxed()
}

/// A generated payload as a definition reads it.
pub(crate) fn typed<T: Dto>(token: &Token<'_>) -> Option<T> {
    let text = json(token);
    read(&MapperConfig::ISO, &parse_text(&text).ok()?).ok()
}

/// The payload as a mapper with a configuration writes it; none where it cannot.
pub(crate) fn payload<T: Dto>(token: &Token<'_>, config: &MapperConfig) -> Option<String> {
    emit(config, &typed::<T>(token)?).ok()
}

/// What a class can hold, as a mapper without naming strategy and with dates as text writes it.
pub fn tokens(class: &'static Class) -> BoxedStrategy<Token<'static>> {
    of_class(class, &mut Vec::new())
}

/// How many objects of one class stand in each other: a class that holds itself ends there.
const DEEPEST: usize = 2;

fn of_class(class: &'static Class, open: &mut Vec<&'static Class>) -> BoxedStrategy<Token<'static>> {
    open.push(class);
    let values = match &class.body {
        Body::Type(ty) => of_type(ty, open),
        Body::Keys(keys) => {
            let names: Vec<&'static str> = keys.iter().map(|key| &*key.name).collect();
            let members: Vec<_> = keys.iter().map(|key| of_key(key, open)).collect();
            let object = move |values: Vec<Token<'static>>| {
                Token::Object(names.iter().map(|name| (*name).into()).zip(values).collect())
            };
            members.prop_map(object).boxed()
        }
    };
    open.pop();
    values
}

fn of_key(key: &'static Key, open: &mut Vec<&'static Class>) -> BoxedStrategy<Token<'static>> {
    let values = match (&key.domain, &key.ty) {
        // A text that holds the words of a domain holds no others.
        (Some(domain), Type::Leaf { .. }) => of_domain(domain),
        _ => of_type(&key.ty, open),
    };
    match key.nullable {
        Some(false) => values.prop_filter("null where there is none", |value| *value != Token::Null).boxed(),
        _ => values,
    }
}

fn of_domain(domain: &Domain) -> BoxedStrategy<Token<'static>> {
    let words: Vec<Token<'static>> = domain.words.iter().map(|word| Token::Text(word.to_owned().into())).collect();
    if words.is_empty() {
        return Just(Token::Null).boxed();
    }
    // No word is simpler than another.
    prop_oneof![1 => Just(Token::Null), 4 => proptest::sample::select(words).no_shrink()].boxed()
}

fn of_type(ty: &'static Type, open: &mut Vec<&'static Class>) -> BoxedStrategy<Token<'static>> {
    let null = || Just(Token::Null);
    match ty {
        Type::Leaf { ty, pattern, domain } => {
            (ty.values)(&Format { pattern: pattern.as_deref(), domain: domain.as_deref() })
        }
        Type::Class(class) => match followed(class, open) {
            Some(class) => prop_oneof![1 => null(), 9 => of_class(class, open)].boxed(),
            None => null().boxed(),
        },
        Type::List(item) => {
            if matches!(&**item, Type::Class(class) if followed(class, open).is_none()) {
                return null().boxed();
            }
            // An item's own null is the list's.
            let item = match &**item {
                Type::Class(_) => of_type(item, open),
                _ => prop_oneof![1 => null(), 9 => of_type(item, open)].boxed(),
            };
            prop_oneof![1 => null(), 6 => proptest::collection::vec(item, 0..4).prop_map(Token::Array)].boxed()
        }
        Type::Map(value) => proptest::collection::btree_map("[0-9]{7}", of_type(value, open), 1..4)
            .prop_map(|entries| Token::Object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect()))
            .boxed(),
        Type::Other(_) => null().boxed(),
    }
}

/// The class, unless it is only named, or stands open often enough.
fn followed(class: &ClassRef, open: &[&'static Class]) -> Option<&'static Class> {
    let ClassRef::Static(class) = class else { return None };
    let class = class();
    (open.iter().filter(|other| other.name == class.name).count() < DEEPEST).then_some(class)
}

/// The token as JSON.
pub fn json(token: &Token<'_>) -> String {
    let mut writer = Writer::new(&MapperConfig::ISO);
    write(token, &mut writer);
    writer.finish()
}

fn write(token: &Token<'_>, writer: &mut Writer<'_>) {
    match token {
        Token::Null => writer.null(),
        Token::Bool(value) => writer.bool(*value),
        Token::Integer(number) | Token::Float(number) => writer.number(number),
        Token::Text(text) => writer.text(text),
        Token::Array(items) => {
            let mut list = writer.list();
            items.iter().for_each(|item| write(item, list.item()));
            list.end();
        }
        Token::Object(members) => {
            let mut object = writer.object();
            members.iter().for_each(|(name, value)| write(value, object.member(name, true)));
            object.end();
        }
    }
}
