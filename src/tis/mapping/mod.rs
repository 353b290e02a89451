//! The mappings, a file a mapping.

pub mod connection_log;
pub mod connection_log_sync;
pub mod connections_connected;
pub mod connections_discrepancies;
pub mod doctors_by_gmc_id;
pub mod doctors_notes;
pub mod doctors_summary;
pub mod gmc_doctors_collected;
pub mod manual_connection_update;
pub mod recommendation_details;
pub mod tcs_doctor_info;

use crate::mapping::Mapping;

/// Every mapping, by id.
pub const MAPPINGS: &[Mapping] = &[
    connection_log::MAPPING,
    connection_log_sync::MAPPING,
    connections_connected::MAPPING,
    connections_discrepancies::MAPPING,
    doctors_by_gmc_id::MAPPING,
    doctors_notes::MAPPING,
    doctors_summary::MAPPING,
    gmc_doctors_collected::MAPPING,
    manual_connection_update::MAPPING,
    recommendation_details::MAPPING,
    tcs_doctor_info::MAPPING,
];
