//! A reason to defer as recommendation writes it (H02a).

use proptest::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::java::class::{Class, Dto};
use crate::java::config::Unknown;
use crate::java::enumeration::Enumeration;
use crate::java::types::{List, Text};
use crate::tis::enums::DeferralStatus;

/// `recommendation.DeferralReasonDto`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename = "recommendation.DeferralReasonDto", default, rename_all = "camelCase")]
pub struct DeferralReasonDto {
    /// Code, a number as text.
    pub code: Text,
    /// What the reason is.
    pub reason: Text,
    /// Never set.
    pub abbr: Text,
    /// The reasons below it; null in those.
    pub sub_reasons: List<DeferralReasonDto>,
    /// Never set.
    pub status: Enumeration<DeferralStatus>,
}

impl Dto for DeferralReasonDto {
    const CLASS: Class = Class {
        name: "recommendation.DeferralReasonDto",
        source: "tis-revalidation-recommendation, dto/DeferralReasonDto.java at 6dc4e9e5b65f",
        unknown: Some(Unknown::Ignore),
        aliases: &[],
        nested: &[],
    };
}

impl Arbitrary for DeferralReasonDto {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    /// Reasons with reasons below them, and no deeper: as many levels as there are.
    fn arbitrary_with((): ()) -> Self::Strategy {
        let leaf = (any::<Text>(), any::<Text>(), any::<Text>(), any::<Enumeration<DeferralStatus>>()).prop_map(
            |(code, reason, abbr, status)| DeferralReasonDto { code, reason, abbr, status, sub_reasons: List(None) },
        );
        let items = proptest::collection::vec(leaf.clone().prop_map(Some), 0..3);
        let below = prop_oneof![1 => Just(None), 2 => items.prop_map(Some)];
        (leaf, below).prop_map(|(reason, below)| DeferralReasonDto { sub_reasons: List(below), ..reason }).boxed()
    }
}
