//! A note as the UI declares it (H17d); `edit` is the UI's own and never sent.

use serde::{Deserialize, Serialize};

use crate::java::types::Text;
use crate::model::Dto;

/// `ui.INote`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(name = "ui.INote", source = "tis-revalidation-v2, notes-drawer.interfaces.ts at 42e7dd43fed8", unknown = Ignore)]
#[serde(default, rename_all = "camelCase")]
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
