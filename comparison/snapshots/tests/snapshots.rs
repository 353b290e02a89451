//! A service's test as it would be with insta: the payload, parsed, is held against the snapshot of the agreed one.
//!
//! What a test says is all that the comparison asks: `run.mjs` reads which passed.

macro_rules! payloads {
    ($($name:ident $file:literal)*) => {$(
        #[test]
        fn $name() {
            let value: serde_json::Value = serde_json::from_str(include_str!(concat!("../../payloads/", $file, ".json"))).unwrap();
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_json_snapshot!("parcel", value);
            });
        }
    )*};
}

payloads! {
    as_agreed "as-agreed"
    another_parcel "another-parcel"
    space_before_colon "space-before-colon"
    key_order "key-order"
    key_renamed "key-renamed"
    key_dropped "key-dropped"
    unknown_key_added "unknown-key-added"
    key_repeated "key-repeated"
    date_as_array "date-as-array"
    date_other_pattern "date-other-pattern"
    number_as_text "number-as-text"
    null_for_missing_key "null-for-missing-key"
    null_for_list "null-for-list"
    enum_value_added "enum-value-added"
    large_number "large-number"
    other_unit "other-unit"
    towns_swapped "towns-swapped"
}
