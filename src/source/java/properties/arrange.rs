//! What happens to the properties of a class once they are collected: names, order, what is ignored, what is unwrapped.

use std::collections::{BTreeMap, BTreeSet};

use super::{Collector, Property, class_annotation, collect_within};
use crate::source::java::annotations::{shows, strategy, text, texts};
use crate::source::java::strategies;
use crate::source::java::syntax::Value;
use crate::source::place::Unread;

/// Unwrapped classes are followed this far.
const MAX_UNWRAPPED: usize = 8;

impl<'s> Collector<'s> {
    /// Whether the class that a property holds is one of `@JsonIgnoreType`, and no annotation shows the property.
    pub(super) fn is_of_ignored_type(&self, property: &Property<'s>) -> bool {
        let ignored = property.ty.as_class().and_then(|held| class_annotation(self.sources, held, "JsonIgnoreType"));
        ignored.is_some_and(|found| found.annotation.get("value") != Some(&Value::Bool(false)))
            && !property.annotations.iter().any(|found| shows(std::slice::from_ref(found.annotation)))
    }

    pub(super) fn rename_by_strategy(&mut self, properties: &mut [Property<'s>]) {
        let Some(found) = self.class_annotation("JsonNaming") else { return };
        let Some(name) = found.annotation.get("value") else { return };
        let Value::Class(used) = name else { return };
        let Some(known) = strategies::of_class(self.sources, found.class, &used.name) else {
            let last = used.name.rsplit('.').next().unwrap_or_default();
            let what = format!("the naming strategy {last} is not known: the names of the keys may differ");
            self.unread.push(Unread { place: self.sources.place(found.class, found.annotation.span), what });
            self.has_unread_names = true;
            return;
        };
        for property in &mut *properties {
            if let Some(name) = strategy(&property.name, known) {
                (property.name, property.explicit) = (name, true);
            }
        }
    }

    pub(super) fn sort(&mut self, properties: &mut Vec<Property<'s>>) {
        let mut first: Vec<String> = Vec::new();
        if let Some(found) = self.class_annotation("JsonPropertyOrder") {
            if found.annotation.get("alphabetic") == Some(&Value::Bool(true)) {
                properties.sort_by(|one, other| one.name.cmp(&other.name));
            }
            let (names, all) = found
                .annotation
                .get("value")
                .map_or((Vec::new(), true), |names| texts(names, self.sources, found.class));
            first = names;
            if !all {
                let what = "not every name of the order is a text or a constant".to_owned();
                self.unread.push(Unread { place: self.sources.place(found.class, found.annotation.span), what });
            }
        }
        let places = |names: &[String]| -> BTreeMap<String, usize> {
            names.iter().enumerate().rev().map(|(place, name)| (name.clone(), place)).collect()
        };
        let (named, created) = (places(&first), places(&self.creators));
        let rank = |property: &Property<'s>| {
            let named = named.get(&property.name).or(named.get(&property.implicit)).copied();
            (named.unwrap_or(usize::MAX), created.get(&property.implicit).copied().unwrap_or(usize::MAX))
        };
        properties.sort_by_key(rank);
    }

    pub(super) fn ignore_listed(&mut self, properties: &mut Vec<Property<'s>>) {
        let Some(found) = self.class_annotation("JsonIgnoreProperties") else { return };
        let Some(listed) = found.annotation.get("value") else { return };
        let (names, all) = texts(listed, self.sources, found.class);
        if !all {
            let what = "not every ignored name is a text or a constant".to_owned();
            self.unread.push(Unread { place: self.sources.place(found.class, found.annotation.span), what });
        }
        let names: BTreeSet<String> = names.into_iter().collect();
        let allows = |element| found.annotation.get(element) == Some(&Value::Bool(true));
        let (getters, setters) = (allows("allowGetters"), allows("allowSetters"));
        for property in properties.iter_mut().filter(|property| names.contains(&property.name)) {
            property.is_written &= getters;
            property.is_read &= setters;
        }
        properties.retain(|property| property.is_written || property.is_read);
    }

    /// Puts the keys of unwrapped classes in the place of the property that holds them.
    pub(super) fn unwrap(&mut self, properties: Vec<Property<'s>>, depth: usize) -> Vec<Property<'s>> {
        let mut flat = Vec::with_capacity(properties.len());
        for property in properties {
            let unwrapped = property.annotation("JsonUnwrapped");
            let Some(found) = unwrapped.filter(|found| found.annotation.get("enabled") != Some(&Value::Bool(false)))
            else {
                flat.push(property);
                continue;
            };
            let Some(inner) = property.ty.as_class().filter(|_| depth < MAX_UNWRAPPED) else {
                let what = format!("{:?} is unwrapped, and its class is not among the sources", property.name);
                self.unread.push(Unread { place: property.place.clone(), what });
                continue;
            };
            let affix = |name| {
                found.annotation.get(name).and_then(|value| text(value, self.sources, found.class)).unwrap_or_default()
            };
            let (prefix, suffix) = (affix("prefix"), affix("suffix"));
            let inner = collect_within(self.sources, inner, depth + 1);
            self.unread.extend(inner.unread);
            flat.extend(inner.properties.into_iter().map(|inner| Property {
                name: format!("{prefix}{}{suffix}", inner.name),
                is_written: inner.is_written && property.is_written,
                is_read: inner.is_read && property.is_read,
                ..inner
            }));
        }
        flat
    }
}
