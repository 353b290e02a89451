//! For programs: the structs of [`super::Output`] as they are.

use super::Output;
use crate::report::escape;

/// The schema of what `dtogate sources --format json` writes.
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Output>()
}

pub(super) fn render(output: &Output) -> String {
    // Texts, numbers and lists only: there is nothing that cannot be written.
    escape::json(&serde_json::to_string_pretty(output).unwrap_or_default()) + "\n"
}
