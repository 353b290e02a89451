//! Goldens in the binary, for a probe in a folder without `fixtures/`: a few of each mapping, in both layouts.
//!
//! They are the files themselves, so they cannot differ from the repository's.

use crate::mapping::Golden;

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
