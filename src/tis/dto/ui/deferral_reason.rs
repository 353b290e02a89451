//! A reason to defer as the UI declares it (H02c).

use proptest::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::java::class::{Class, Dto};
use crate::java::config::Unknown;
use crate::java::types::{List, Text};

/// `ui.DeferralReason`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename = "ui.DeferralReason", default, rename_all = "camelCase")]
pub struct DeferralReason {
    /// A number in TypeScript, text on the wire.
    pub code: Text,
    /// What the reason is.
    pub reason: Text,
    /// The reasons below it; null in those.
    pub sub_reasons: List<DeferralReason>,
}

impl Dto for DeferralReason {
    const CLASS: Class = Class {
        name: "ui.DeferralReason",
        source: "tis-revalidation-v2, recommendation-history.interface.ts at 42e7dd43fed8",
        unknown: Some(Unknown::Ignore),
        aliases: &[],
        nested: &[],
    };
}

impl Arbitrary for DeferralReason {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    /// Reasons with reasons below them, and no deeper: as many levels as there are.
    fn arbitrary_with((): ()) -> Self::Strategy {
        let leaf = (any::<Text>(), any::<Text>()).prop_map(|(code, reason)| DeferralReason {
            code,
            reason,
            sub_reasons: List(None),
        });
        let items = proptest::collection::vec(leaf.clone().prop_map(Some), 0..3);
        let below = prop_oneof![1 => Just(None), 2 => items.prop_map(Some)];
        (leaf, below).prop_map(|(reason, below)| DeferralReason { sub_reasons: List(below), ..reason }).boxed()
    }
}
