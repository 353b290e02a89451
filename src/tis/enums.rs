//! Enums of the services, by the names that stand on the wires, in the order of their declaration.

use crate::java::enumeration::Names;
use crate::model::{Domain, Str, Words};

/// `ConnectionRequestType` of the gateway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConnectionRequestType;

impl Names for ConnectionRequestType {
    const DOMAIN: &'static Domain = {
        static DOMAIN: Domain =
            Domain::names(Str::Borrowed("ConnectionRequestType"), Words::Static(&["ADD", "REMOVE", "HIDE", "UNHIDE"]));
        &DOMAIN
    };
}

/// `Status` of deferral reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DeferralStatus;

impl Names for DeferralStatus {
    const DOMAIN: &'static Domain = {
        static DOMAIN: Domain = Domain::names(Str::Borrowed("Status"), Words::Static(&["CURRENT", "INACTIVE"]));
        &DOMAIN
    };
}

/// `RecommendationStatus` of recommendation and the gateway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RecommendationStatus;

impl Names for RecommendationStatus {
    const DOMAIN: &'static Domain = {
        static DOMAIN: Domain = Domain::names(
            Str::Borrowed("RecommendationStatus"),
            Words::Static(&[
                "NOT_STARTED",
                "STARTED",
                "READY_TO_REVIEW",
                "READY_TO_SUBMIT",
                "SUBMITTED_TO_GMC",
                "COMPLETED",
                "DRAFT",
            ]),
        );
        &DOMAIN
    };
}

/// `UnderNotice` of recommendation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnderNotice;

impl UnderNotice {
    /// The labels that the GMC uses, in the order of the names.
    pub const LABELS: [&'static str; 3] = ["Yes", "No", "On Hold"];
}

impl Names for UnderNotice {
    const DOMAIN: &'static Domain = {
        static DOMAIN: Domain = Domain::names(Str::Borrowed("UnderNotice"), Words::Static(&["YES", "NO", "ON_HOLD"]));
        &DOMAIN
    };
}
