//! The one integration test binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod action;
mod add;
mod arrivals;
mod bad_input;
mod binary;
mod captured_log;
mod cases;
mod circles;
mod command_line;
mod cross_read;
mod datetime_rows;
mod dependence;
mod dependencies;
#[cfg(feature = "sources")]
mod diff;
#[cfg(feature = "sources")]
mod diff_history;
#[cfg(feature = "sources")]
mod diff_trees;
mod digit_keys;
mod domains;
mod emitted;
mod exact_bytes;
mod files;
mod fills;
mod fixtures_manifest;
mod formats;
#[cfg(unix)]
mod fuzz;
mod generate;
mod historical;
#[cfg(feature = "sources")]
mod imported;
mod java_time_rows;
mod layouts;
mod leaf_types;
mod mutated;
mod mutated_definitions;
mod mutations;
mod naming_properties;
mod naming_rows;
#[cfg(unix)]
mod outputs;
mod page;
mod pages;
mod personal;
mod probe;
mod probe_commands;
mod probe_gateways;
mod probe_http;
mod probe_programs;
mod probe_reports;
mod probe_saves;
mod probe_table;
mod promised;
mod promises;
mod properties;
mod rabbit_shape;
mod readme;
mod renames;
mod reports;
mod reviewed_tables;
mod rule_examples;
mod schemas;
mod sinks;
mod snapshots;
#[cfg(feature = "sources")]
mod sources;
mod spellings;
mod tables;
mod tidy;
mod trees;
mod updates;
mod updates_of_classes;
mod verdicts;
mod versions;
mod weights;
