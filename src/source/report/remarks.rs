//! What is remarkable about classes and keys, in words.

use super::output::{Class, Key, Way};

impl Key {
    /// What is remarkable about it, in words.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        match self.way {
            Way::Both => {}
            Way::Written => remarks.push("only written".to_owned()),
            Way::Read => remarks.push("only read".to_owned()),
        }
        if self.field != self.name {
            remarks.push(format!("field {}", self.field));
        }
        if !self.aliases.is_empty() {
            remarks.push(format!("also read as {}", self.aliases.join(", ")));
        }
        remarks.extend(self.pattern.iter().map(|pattern| format!("pattern {pattern}")));
        remarks.extend(self.shape.iter().map(|shape| format!("shape {shape}")));
        remarks.extend(self.format.iter().cloned());
        if !self.nullable {
            remarks.push("not null".to_owned());
        }
        remarks.extend(self.include.iter().map(|include| format!("included {include}")));
        remarks.extend(self.default.iter().map(|default| format!("default {default}")));
        if !self.words.is_empty() {
            remarks.push(format!("one of {}", self.words.join(", ")));
        }
        remarks.extend(self.serializer.iter().map(|by| format!("written by {by}")));
        remarks.extend(self.deserializer.iter().map(|by| format!("read by {by}")));
        remarks.extend(self.store_name.iter().map(|name| format!("stored as {name}")));
        if !self.index_formats.is_empty() {
            remarks.push(format!("indexed as {}", self.index_formats.join(", ")));
        }
        if self.unfilled {
            remarks.push("nothing fills it".to_owned());
        }
        remarks
    }
}

impl Class {
    /// What is remarkable about it, in words.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        remarks.extend(self.unknown.iter().map(|unknown| format!("unknown keys {unknown}")));
        remarks.extend(self.include.iter().map(|include| format!("included {include}")));
        remarks.extend(self.body.iter().map(|body| format!("written as {body}")));
        remarks
    }
}
