//! Every typed mapping gives the same outcome for every spelling of every golden; those it cannot be asked of are named.

use std::path::Path;

use dtogate::document::Json;
use dtogate::fixture::read_store;
use dtogate::mapping::{Further, Inputs, Outcome};
use dtogate::observation::Observation;
use dtogate::spelling::{SPELLINGS, Spelling};
use dtogate::tis;
use pretty_assertions::assert_eq;

/// Goldens whose keys in another order are another document: a repeated key, or two that the reader reads as one.
const EXCLUDED: [&str; 3] = [
    "doctors-summary/invalid/both_keys",
    "doctors-summary/invalid/both_keys_old_first@explicit_bean",
    "doctors-summary/invalid/duplicate_key",
];

#[test]
fn spellings_make_no_difference() {
    let store = read_store(Path::new(env!("CARGO_MANIFEST_DIR")), &tis::CATALOGUE, 1 << 26).unwrap();
    let (mut tried, mut excluded) = (0, Vec::new());
    for case in &store.cases {
        let observation = Observation::of(case, case.mapping.producer, SPELLINGS);
        let own = observation.own();
        // What does not parse has no other spelling.
        let (Ok(document), Some(_)) = (&own.parsed.document, &observation.outcome) else { continue };
        // The gate knows it by construction; here it is tried.
        assert_eq!(observation.spellings_excluded, Some("the mapping reads values"), "{}", case.id());
        let further = case.further.iter().map(|further| {
            let json = Json::from(std::str::from_utf8(further.file.content.bytes()).unwrap());
            Further { name: &further.name, key: further.key.as_deref(), json }
        });
        let further: Vec<Further<'_>> = further.collect();
        let outcome = |payload: Json| match case.mapping.run(&Inputs { payload, further: &further }) {
            // Where a refusal stands in the text a spelling moves.
            Outcome::Refused { stage, refusal, place, .. } => Err((stage, refusal, place.pointer)),
            Outcome::Emitted(answer) => Ok(answer),
        };
        let as_sent = outcome(own.json.clone());
        let differs = |spelling: &&Spelling| outcome(spelling.spell(document).into()) != as_sent;
        let sensitive: Vec<&str> = SPELLINGS.iter().filter(differs).map(|spelling| spelling.id).collect();
        if sensitive.is_empty() {
            tried += 1;
        } else {
            excluded.push(case.id());
            assert!(sensitive.iter().all(|id| id.starts_with("keys-")), "{}: {sensitive:?}", case.id());
        }
    }
    assert_eq!(excluded, EXCLUDED);
    assert!(tried > 80, "{tried} goldens tried");
}
