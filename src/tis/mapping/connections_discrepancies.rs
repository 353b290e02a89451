//! H09: connection's list of the discrepancies through the gateway to the UI; the classes and the route of H08.

use super::connections_connected;
use crate::mapping::{Mapping, Probing};
use crate::tis::golden::golden_inputs;

/// The mapping.
pub const MAPPING: Mapping = Mapping {
    id: "connections-discrepancies",
    summary: "H09: connection's discrepancies and core's notes per gmcId -> the gateway's body with `notes` -> the UI",
    source: "tis-revalidation-integration, ConnectionServiceRouter `direct:connection-discrepancies-summary` and \
             AttachNotesToConnectionProcessor at 3ee62e905a76",
    probing: Probing {
        goldens: &[golden_inputs!("connections-discrepancies", "as_sent", "notes" "1234567", "notes" "7654321")],
        ..connections_connected::MAPPING.probing
    },
    ..connections_connected::MAPPING
};
