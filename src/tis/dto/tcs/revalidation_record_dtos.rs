//! What TCS answers to a question for several doctors (H02b): their records by GMC number.

use serde::{Deserialize, Serialize};

use super::RevalidationRecordDto;
use crate::java::map::Map;
use crate::model::Dto;

/// `tcs.RevalidationRecordDtos`: a `Map<String, RevalidationRecordDto>`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Dto)]
#[dto(name = "tcs.RevalidationRecordDtos", source = "TIS-TCS, RevalidationResource.java at 6e0dbb38c321")]
#[serde(transparent)]
pub struct RevalidationRecordDtos(pub Map<RevalidationRecordDto>);
