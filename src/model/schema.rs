//! The JSON Schema (2020-12) of a class: what a mapper writes for it, from the table alone.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value};

use super::class::{Body, Class, ClassRef, Key, Type};
use super::domain::Domain;
use super::leaf_type::Format;
use crate::java::config::{Dates, Include};

/// The schema of what a mapper that writes dates so writes for a class; field names are those of the table.
pub fn schema(class: &Class, dates: Dates) -> Schema {
    let mut builder = Builder { root: class, dates, definitions: Map::new() };
    let body = builder.body(class);
    let mut root = json_schema!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": class.name });
    describe(&mut root, &class.doc);
    extend(&mut root, body);
    if !builder.definitions.is_empty() {
        root.insert("$defs".to_owned(), builder.definitions.into());
    }
    root
}

struct Builder<'c> {
    root: &'c Class,
    dates: Dates,
    definitions: Map<String, Value>,
}

impl Builder<'_> {
    fn body(&mut self, class: &Class) -> Schema {
        let keys = match &class.body {
            Body::Type(ty) => return self.ty(ty),
            Body::Keys(keys) => keys,
        };
        let properties: Map<String, Value> =
            keys.iter().map(|key| (key.name.clone().into_owned(), self.key(key).into())).collect();
        let is_always_there = |key: &&Key| !key.optional && key.include.or(class.include) != Some(Include::NonNull);
        let required: Vec<&str> = keys.iter().filter(is_always_there).map(|key| &*key.name).collect();
        json_schema!({ "type": "object", "properties": properties, "required": required })
    }

    fn key(&mut self, key: &Key) -> Schema {
        let mut schema = json_schema!({});
        describe(&mut schema, &key.doc);
        extend(&mut schema, self.ty(&key.ty));
        // That of its type is said with the type.
        if let Some(domain) = &key.domain {
            keep_to(&mut schema, domain);
        }
        // A table whose text is not JSON says nothing of an initialiser.
        if let Ok(initial) = serde_json::from_str::<Value>(key.initial()) {
            schema.insert("default".to_owned(), initial);
        }
        schema
    }

    fn ty(&mut self, ty: &Type) -> Schema {
        match ty {
            Type::Leaf { ty, pattern, domain } => {
                let format = Format { pattern: pattern.as_deref(), domain: domain.as_deref() };
                let mut schema = (ty.schema)(&format, self.dates);
                if let Some(domain) = format.domain {
                    keep_to(&mut schema, domain);
                }
                schema
            }
            Type::Class(class) => or_null(self.reference(class)),
            Type::List(item) => {
                let item = or_null(self.ty(item));
                json_schema!({ "type": ["array", "null"], "items": item })
            }
            Type::Map(value) => {
                let value = or_null(self.ty(value));
                json_schema!({ "type": "object", "additionalProperties": value })
            }
            Type::Other(_) => json_schema!({}),
        }
    }

    /// A reference to a class, whose schema is put among the definitions.
    fn reference(&mut self, class: &ClassRef) -> Schema {
        let name = class.name();
        if name == self.root.name {
            return json_schema!({ "$ref": "#" });
        }
        if let ClassRef::Static(class) = class
            && !self.definitions.contains_key(name)
        {
            // A class that holds itself finds its name taken.
            self.definitions.insert(name.to_owned(), Value::Null);
            let mut schema = json_schema!({});
            describe(&mut schema, &class().doc);
            let body = self.body(class());
            extend(&mut schema, body);
            self.definitions.insert(name.to_owned(), schema.into());
        }
        json_schema!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// The words of a domain, where the type says no more than that it is a text. They are what is written: that a reader
/// takes them in another case, or keeps a stranger, is no matter of a schema.
fn keep_to(schema: &mut Schema, domain: &Domain) {
    let types = match schema.get("type") {
        Some(Value::String(ty)) => vec![ty.clone()],
        Some(Value::Array(types)) => types.iter().filter_map(|ty| ty.as_str().map(str::to_owned)).collect(),
        _ => return,
    };
    if types.iter().any(|ty| ty == "string") && schema.get("enum").is_none() {
        let null = types.iter().any(|ty| ty == "null").then_some(Value::Null);
        let words: Vec<Value> = domain.words.iter().map(Value::from).chain(null).collect();
        schema.insert("enum".to_owned(), words.into());
    }
}

fn extend(schema: &mut Schema, with: Schema) {
    if let Value::Object(members) = with.to_value() {
        members.into_iter().for_each(|(name, value)| {
            schema.insert(name, value);
        });
    }
}

fn describe(schema: &mut Schema, doc: &str) {
    if !doc.is_empty() {
        schema.insert("description".to_owned(), doc.into());
    }
}

/// The schema of a value or null.
fn or_null(mut schema: Schema) -> Schema {
    match schema.get("type") {
        Some(Value::String(ty)) => {
            let types = vec![ty.clone(), "null".to_owned()];
            schema.insert("type".to_owned(), types.into());
            schema
        }
        Some(Value::Array(types)) if types.contains(&"null".into()) => schema,
        _ => {
            let is_nullable = |options: &Value| {
                let null = serde_json::json!({ "type": "null" });
                options.as_array().is_some_and(|options| options.contains(&Value::Null) || options.contains(&null))
            };
            if ["enum", "anyOf"].iter().any(|key| schema.get(*key).is_some_and(is_nullable)) {
                return schema;
            }
            json_schema!({ "anyOf": [schema, { "type": "null" }] })
        }
    }
}
