//! Enums of the services, by the names that stand on the wires, in the order of their declaration.

use crate::java::enumeration::Names;

/// `ConnectionRequestType` of the gateway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConnectionRequestType;

impl Names for ConnectionRequestType {
    const NAME: &'static str = "ConnectionRequestType";
    const NAMES: &'static [&'static str] = &["ADD", "REMOVE", "HIDE", "UNHIDE"];
}

/// `Status` of deferral reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DeferralStatus;

impl Names for DeferralStatus {
    const NAME: &'static str = "Status";
    const NAMES: &'static [&'static str] = &["CURRENT", "INACTIVE"];
}

/// `RecommendationStatus` of recommendation and the gateway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RecommendationStatus;

impl Names for RecommendationStatus {
    const NAME: &'static str = "RecommendationStatus";
    const NAMES: &'static [&'static str] =
        &["NOT_STARTED", "STARTED", "READY_TO_REVIEW", "READY_TO_SUBMIT", "SUBMITTED_TO_GMC", "COMPLETED", "DRAFT"];
}

/// `UnderNotice` of recommendation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnderNotice;

impl UnderNotice {
    /// The labels that the GMC uses, in the order of the names.
    pub const LABELS: [&'static str; 3] = ["Yes", "No", "On Hold"];
}

impl Names for UnderNotice {
    const NAME: &'static str = "UnderNotice";
    const NAMES: &'static [&'static str] = &["YES", "NO", "ON_HOLD"];
}
