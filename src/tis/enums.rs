//! Enums of the services, in the order of their declaration, and what of them stands on the wires.
//!
//! Most are texts on the wires, so a class reads any word; which are expected is the key's domain: an enum's names, its
//! labels or codes, as the service that writes them has them.

use crate::java::enumeration::Names;
use crate::model::{Domain, Side, Str, Stranger, Words};

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
        static DOMAIN: Domain =
            Domain::names(Str::Borrowed("RecommendationStatus"), Words::Static(RECOMMENDATION_STATUS));
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
        static DOMAIN: Domain = Domain::names(Str::Borrowed("UnderNotice"), Words::Static(UNDER_NOTICE));
        &DOMAIN
    };
}

const UNDER_NOTICE: &[&str] = &["YES", "NO", "ON_HOLD"];

const RECOMMENDATION_STATUS: &[&str] =
    &["NOT_STARTED", "STARTED", "READY_TO_REVIEW", "READY_TO_SUBMIT", "SUBMITTED_TO_GMC", "COMPLETED", "DRAFT"];

/// The names of `UnderNotice` in a text.
pub static UNDER_NOTICE_NAMES: Domain = Domain::text("UnderNotice", Side::Name, UNDER_NOTICE);

/// The same as the UI reads them: in lower case, compared with `yes`.
pub static UNDER_NOTICE_NAMES_SHOWN: Domain = Domain::text("UnderNotice", Side::Name, UNDER_NOTICE).ignoring_case();

/// The labels of `UnderNotice` in a text.
pub static UNDER_NOTICE_LABELS: Domain = Domain::text("UnderNotice", Side::Label, &UnderNotice::LABELS);

/// The same as the UI reads them: in lower case, compared with `yes`.
pub static UNDER_NOTICE_LABELS_SHOWN: Domain =
    Domain::text("UnderNotice", Side::Label, &UnderNotice::LABELS).ignoring_case();

/// The same as recommendation reads them from the GMC (`UnderNotice.fromString`): in any case, and null for any other.
pub static UNDER_NOTICE_LABELS_READ: Domain = Domain {
    name: Str::Borrowed("UnderNotice"),
    words: Words::Static(&UnderNotice::LABELS),
    side: Side::Label,
    ignores_case: true,
    stranger: Stranger::Null,
};

/// The names of `RecommendationStatus` in a text.
pub static RECOMMENDATION_STATUS_NAMES: Domain =
    Domain::text("RecommendationStatus", Side::Name, RECOMMENDATION_STATUS);

/// The same as the UI's list reads them: a look-up of the label, which is undefined for any other name.
pub static RECOMMENDATION_STATUS_SHOWN: Domain = Domain {
    name: Str::Borrowed("RecommendationStatus"),
    words: Words::Static(RECOMMENDATION_STATUS),
    side: Side::Name,
    ignores_case: false,
    stranger: Stranger::Null,
};

/// The labels of `RecommendationGmcOutcome` in a text. What the GMC calls otherwise, recommendation takes for the last.
pub static GMC_OUTCOME_LABELS: Domain =
    Domain::text("RecommendationGmcOutcome", Side::Label, &["Approved", "Rejected", "Under Review"]);

/// The names of `RecommendationType` in a text.
pub static RECOMMENDATION_TYPE_NAMES: Domain =
    Domain::text("RecommendationType", Side::Name, &["REVALIDATE", "DEFER", "NON_ENGAGEMENT"]);

/// The names of TCS's `ProgrammeMembershipType` in a text.
pub static MEMBERSHIP_TYPE_NAMES: Domain = Domain::text(
    "ProgrammeMembershipType",
    Side::Name,
    &["SUBSTANTIVE", "LAT", "FTSTA", "MILITARY", "VISITOR", "ACADEMIC"],
);

/// Its labels, with one of which the UI compares.
pub static MEMBERSHIP_TYPE_LABELS: Domain = Domain::text(
    "ProgrammeMembershipType",
    Side::Label,
    &["Substantive", "LAT", "FTSTA", "Military", "Visitor", "Academic"],
);

/// Codes of deferral reasons and of the reasons below them (`DeferralReasonChangeLog`); inactive ones are not sent.
pub static DEFERRAL_CODES: Domain =
    Domain::text("DeferralReason", Side::Code, &["1", "2", "3", "4", "5", "6", "7", "8"]);

/// `connectionStatus`, which is no enum.
pub static YES_OR_NO: Domain = Domain::text("connectionStatus", Side::Code, &["Yes", "No"]);

/// `dataSource`, which is no enum.
pub static DATA_SOURCE: Domain = Domain::text("dataSource", Side::Code, &["TCS"]);
