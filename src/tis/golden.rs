//! Goldens in the binary, for a probe in a folder without `fixtures/`: a few of each mapping, in both layouts.
//!
//! They are the files themselves, so they cannot differ from the repository's.

use crate::mapping::Golden;

/// A golden of a mapping with its further inputs, for what it is observed with: `golden_inputs!("doctors-notes",
/// "typical3", "notes" "1234567")`, or without the key of an input that has none.
macro_rules! golden_inputs {
    ($mapping:literal, $name:literal $(, $input:literal $($key:literal)?)*) => {
        $crate::mapping::GoldenInputs {
            name: $name,
            payload: include_str!(concat!("../../../fixtures/", $mapping, "/valid/", $name, ".json")),
            further: &[$($crate::mapping::GoldenInput {
                name: $input,
                key: $crate::tis::golden::golden_inputs!(@key $($key)?),
                text: include_str!(concat!(
                    "../../../fixtures/", $mapping, "/valid/", $name, ".", $input, $("-", $key,)? ".json"
                )),
            }),*],
        }
    };
    (@key) => { None };
    (@key $key:literal) => { Some($key) };
}
pub(super) use golden_inputs;

macro_rules! golden {
    ($mapping:literal, $name:literal) => {
        Golden {
            mapping: $mapping,
            name: $name,
            bytes: include_bytes!(concat!("../../fixtures/", $mapping, "/valid/", $name, ".json")),
        }
    };
}

/// Every golden in the binary.
pub const GOLDENS: &[Golden] = &[
    golden!("connection-log", "fraction_3"),
    golden!("connection-log", "fraction_3@find_modules"),
    golden!("connection-log", "nulls"),
    golden!("connection-log", "zero_seconds@explicit_bean"),
    golden!("doctors-notes", "empty_list"),
    golden!("doctors-notes", "typical3"),
    golden!("doctors-notes", "typical3@explicit_bean"),
    golden!("doctors-summary", "all_nulls@explicit_bean"),
    golden!("doctors-summary", "empty_list"),
    golden!("doctors-summary", "key_in_values"),
    golden!("doctors-summary", "single@explicit_bean"),
    golden!("doctors-summary", "typical3"),
    golden!("doctors-summary", "typical3@explicit_bean"),
    golden!("doctors-summary", "typical3@find_modules"),
    golden!("doctors-summary", "unicode"),
];
