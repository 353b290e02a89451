//! A note as core writes it (H01b, H17b, H19): a Mongo entity on the wire.
//!
//! The time is `LocalDateTime` without annotation, with up to nine digits of fraction.

use serde::{Deserialize, Serialize};

use crate::datetime::LocalDateTime;
use crate::java::types::Text;
use crate::model::Dto;

/// `core.TraineeNote`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(name = "core.TraineeNote", source = "tis-revalidation-core, entity/TraineeNote.java at 82ffccdbb2c8")]
#[serde(default, rename_all = "camelCase")]
pub struct TraineeNote {
    /// Mongo id.
    pub id: Text,
    /// GMC number of the doctor.
    pub gmc_id: Text,
    /// The note.
    pub text: Text,
    /// When it was written.
    pub created_date: LocalDateTime,
    /// When it was changed.
    pub updated_date: LocalDateTime,
}
