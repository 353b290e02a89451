//! The details of a doctor as the UI declares them (H17d).

use serde::{Deserialize, Serialize};

use super::INote;
use crate::java::boxed::LongObject;
use crate::java::types::{List, Text};
use crate::model::Dto;
use crate::tis::enums;

/// `ui.IDetailsSideNav`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(
    name = "ui.IDetailsSideNav",
    source = "tis-revalidation-v2, details-side-nav.interfaces.ts at 42e7dd43fed8",
    unknown = Ignore
)]
#[serde(default, rename_all = "camelCase")]
pub struct IDetailsSideNav {
    /// A number in TypeScript, text on the wire.
    pub gmc_number: Text,
    /// First names.
    pub forenames: Text,
    /// Last name.
    pub surname: Text,
    /// When the curriculum ends.
    pub curriculum_end_date: Text,
    /// Compared with the label `Military`; on the wire it is the name `MILITARY`.
    #[dto(domain = enums::MEMBERSHIP_TYPE_LABELS)]
    pub programme_membership_type: Text,
    /// Name of the training programme.
    pub programme_name: Text,
    /// When the programme ends.
    pub programme_end_date: Text,
    /// Name of the grade.
    pub current_grade: Text,
    /// Id of the person in TIS.
    pub tis_person_id: LongObject,
    /// The notes, newest first.
    pub notes: List<INote>,
    /// Code of the designated body that TCS has.
    pub tcs_designated_body: Text,
}
