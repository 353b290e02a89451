//! The rules of a comparison of sources: each names one defect. A rule adds findings; it never sorts, filters or accepts.

mod binding_mode_changed;
mod configuration_drift;
mod constructor_lost;
mod converter_ignores_mapper;
mod date_form_changed;
mod definition_drift;
mod filled_otherwise;
mod ignored_key;
mod json_guard_removed;
mod json_surgery;
mod key_added;
mod key_policy_changed;
mod key_removed;
mod key_renamed;
mod label_changed;
mod mapper_changed;
mod mapper_swapped;
mod newly_bound_class;
mod newly_unread;
mod no_longer_filled;
mod null_handling_changed;
mod partly_filled;
mod payload_changed;
mod requirement_added;
mod set_to_null;
mod shadowed_setting;
mod type_changed;
mod unbound_class;
mod unfilled_key;
mod unread_changed;
mod value_narrowed;
mod words_changed;

use crate::finding::Finding;
use crate::source::diff::Comparison;
use crate::source::drift::Drift;

/// Every rule, by id.
pub const RULES: &[&Rule] = &[
    &binding_mode_changed::RULE,
    &configuration_drift::RULE,
    &constructor_lost::RULE,
    &converter_ignores_mapper::RULE,
    &date_form_changed::RULE,
    &definition_drift::RULE,
    &filled_otherwise::RULE,
    &ignored_key::RULE,
    &json_guard_removed::RULE,
    &json_surgery::RULE,
    &key_added::RULE,
    &key_policy_changed::RULE,
    &key_removed::RULE,
    &key_renamed::RULE,
    &label_changed::RULE,
    &mapper_changed::RULE,
    &mapper_swapped::RULE,
    &newly_bound_class::RULE,
    &newly_unread::RULE,
    &no_longer_filled::RULE,
    &null_handling_changed::RULE,
    &partly_filled::RULE,
    &payload_changed::RULE,
    &requirement_added::RULE,
    &set_to_null::RULE,
    &shadowed_setting::RULE,
    &type_changed::RULE,
    &unbound_class::RULE,
    &unfilled_key::RULE,
    &unread_changed::RULE,
    &value_narrowed::RULE,
    &words_changed::RULE,
];

/// A rule; the files of its example are a tree `before/` and a tree `after/`, failing and fixed each.
pub type Rule = crate::rule::Rule<Check>;

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Two revisions of a service.
    Diff(fn(&Comparison<'_>, &mut Vec<Finding>)),
    /// Definitions and the classes that they mirror.
    Drift(fn(&Drift<'_>, &mut Vec<Finding>)),
}

/// The words of a list in a message: `"a", "b"`.
fn quoted<'t>(words: impl IntoIterator<Item = &'t str>) -> String {
    words.into_iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ")
}
