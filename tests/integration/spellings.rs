//! Every typed mapping gives the same outcome for every spelling of every golden; those it cannot be asked of are named.

use std::path::Path;

use dtogate::fixture::read_store;
use dtogate::observation::Observation;
use dtogate::spelling::SPELLINGS;
use dtogate::tis;
use pretty_assertions::assert_eq;

/// Goldens whose keys in another order are another document, with the reason.
const EXCLUDED: [(&str, &str); 3] = [
    ("doctors-summary/invalid/both_keys", "two keys that the reader reads as one"),
    ("doctors-summary/invalid/both_keys_old_first@explicit_bean", "two keys that the reader reads as one"),
    ("doctors-summary/invalid/duplicate_key", "duplicate key"),
];

#[test]
fn spellings_make_no_difference() {
    let store = read_store(Path::new(env!("CARGO_MANIFEST_DIR")), &tis::CATALOGUE, 1 << 26).unwrap();
    let mut excluded = Vec::new();
    let mut tried = 0;
    for case in &store.cases {
        let observation = Observation::of(case, case.mapping.producer, SPELLINGS);
        let sensitive: Vec<&str> = observation.sensitive.iter().map(|sensitive| sensitive.spelling.id).collect();
        assert_eq!(sensitive, Vec::<&str>::new(), "{}", case.id());
        match observation.spellings_excluded {
            None => tried += 1,
            // What does not parse has no other spelling.
            Some("unreadable") => assert!(observation.outcome.is_none()),
            Some(reason) => excluded.push((case.id(), reason)),
        }
    }
    let listed: Vec<(String, &str)> = EXCLUDED.iter().map(|&(id, reason)| (id.to_owned(), reason)).collect();
    assert_eq!(excluded, listed);
    assert!(tried > 80, "{tried} goldens tried");
}
