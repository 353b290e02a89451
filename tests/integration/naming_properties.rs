//! What holds of the renamed key for every page, not only for the captured ones.

use dtogate::document::parse_text;
use dtogate::java::config::MapperConfig;
use dtogate::java::write::emit;
use dtogate::mapping::Inputs;
use dtogate::model::values::values;
use dtogate::tis::config::{
    BOOT_AUTO, BOOT_AUTO_INDENT, BOOT_AUTO_INDENT_NON_NULL, ESCAPE_NON_ASCII, EXPLICIT_BEAN, FIND_MODULES,
    FIND_MODULES_INDENT,
};
use dtogate::tis::dto::recommendation::TraineeSummaryDto;
use dtogate::tis::mapping::doctors_summary;
use dtogate::verdict::{Judgement, judge};
use proptest::prelude::*;

/// Those that can write every date and write the names that the gateway reads.
const CONFIGS: [&MapperConfig; 7] = [
    &EXPLICIT_BEAN,
    &BOOT_AUTO,
    &BOOT_AUTO_INDENT,
    &BOOT_AUTO_INDENT_NON_NULL,
    &FIND_MODULES,
    &FIND_MODULES_INDENT,
    &ESCAPE_NON_ASCII,
];

/// A page under one configuration, as recommendation writes it.
fn page() -> impl Strategy<Value = String> {
    (values::<TraineeSummaryDto>(), proptest::sample::select(&CONFIGS[..]))
        .prop_map(|(page, config)| emit(config, &page).unwrap())
}

proptest! {
    #[test]
    fn the_typed_mapping_is_ok_for_every_page(page in page()) {
        let mapping = &doctors_summary::MAPPING;
        let outcome = mapping.run(&Inputs::payload(&page));
        let judgement = judge(mapping, &parse_text(&page).unwrap(), &outcome);
        prop_assert!(matches!(judgement, Judgement::Ok { .. }), "{judgement}\n{page}");
    }

    #[test]
    fn the_old_and_the_new_key_read_the_same(page in page()) {
        let document = parse_text(&page).unwrap();
        let key = document.members(0).map(|(key, _)| key).find(|&key| document.content(key) == "traineeInfo");
        let renamed = key.map(|key| {
            let mut renamed = page.clone();
            renamed.replace_range(document.span(key), "\"recommendationInfo\"");
            renamed
        });
        let renamed = renamed.as_deref().unwrap_or(&page);
        prop_assert_eq!(key.is_some(), renamed != page);
        let map = |text: &str| doctors_summary::MAPPING.run(&Inputs::payload(text));
        prop_assert_eq!(map(&page), map(renamed));
    }
}
