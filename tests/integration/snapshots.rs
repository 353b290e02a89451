//! Snapshots: one way to bind their settings.

/// Compares a text with `snapshots/<folder>/<name>.snap`.
///
/// The folder stands beside the sources, whatever the test's module is, so that a reviewer finds it by name.
#[track_caller]
pub(crate) fn assert(folder: &str, name: &str, text: &str) {
    let path = format!("{}/snapshots/{folder}", env!("CARGO_MANIFEST_DIR"));
    insta::with_settings!({
        snapshot_path => path,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}
