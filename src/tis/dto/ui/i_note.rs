//! A note as the UI declares it (H17d); `edit` is the UI's own and never sent.

use proptest_derive::Arbitrary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::java::class::{Class, Dto};
use crate::java::config::Unknown;
use crate::java::types::Text;

/// `ui.INote`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Arbitrary)]
#[serde(rename = "ui.INote", default, rename_all = "camelCase")]
pub struct INote {
    /// A number in TypeScript, text on the wire.
    pub gmc_id: Text,
    /// The note.
    pub text: Text,
    /// Mongo id.
    pub id: Text,
    /// When it was written.
    pub created_date: Text,
    /// When it was changed.
    pub updated_date: Text,
}

impl Dto for INote {
    const CLASS: Class = Class {
        name: "ui.INote",
        source: "tis-revalidation-v2, notes-drawer.interfaces.ts at 42e7dd43fed8",
        unknown: Some(Unknown::Ignore),
        aliases: &[],
        nested: &[],
    };
}
