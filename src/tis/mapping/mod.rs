//! The mappings, a file a mapping.

pub mod connection_log;
pub mod doctors_notes;
pub mod doctors_summary;

use crate::mapping::Mapping;

/// Every mapping, by id.
pub const MAPPINGS: &[Mapping] = &[connection_log::MAPPING, doctors_notes::MAPPING, doctors_summary::MAPPING];
