//! Dependence of output on input: the real mappings, mutated ones, and the defects that really happened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use dtogate::dependence::{DateLoss, Dependence, Judged, SEED, Table, TableDocument};
use dtogate::finding::Severity;
use dtogate::mapping::{Catalogue, Declaration, GoldenInput, Inputs, Mapping, Outcome, Probing};
use dtogate::rule::{Check, Findings, RULES};
use dtogate::tis::CATALOGUE;
use pretty_assertions::assert_eq;

use crate::mutated::{self, MARCH_2026, OCTOBER_2025};
use crate::mutated_definitions as definitions;
use crate::rabbit_shape::RABBIT_CATALOGUE;
use crate::trees::{Tree, fired, in_threads};
use crate::{captured_log, files, versions};

/// A mutation of the mapping of that id, and the rules that fire for it over the goldens of this repository: the defect's
/// own first.
type Row = (&'static str, &'static str, &'static Catalogue, &'static [&'static str]);

// What a mapping does to a value shows in the goldens too: it does not come back (round-trip-loss), the answer is not the
// expected one, and cases of invalid/ are refused for one reason more (wrong-verdict).
const MUTATIONS: &[Row] = &[
    (
        "field not copied",
        "connection-log",
        &mutated::FORGETS,
        &["lossy-mapping", "unfed-target", "round-trip-loss", "unexpected-output", "wrong-verdict"],
    ),
    (
        "field not copied, where others are unknown",
        "doctors-by-gmc-id",
        &mutated::FORGETS_SURNAME,
        &["lossy-mapping", "unfed-target", "round-trip-loss", "unexpected-output", "wrong-verdict"],
    ),
    (
        "two fields' sources swapped",
        "connection-log",
        &mutated::SWAPS,
        &["crossed-fields", "round-trip-loss", "unexpected-output", "wrong-verdict"],
    ),
    // What is not asked any more still feeds others, so that nothing is lost; no golden of the repository shows it.
    ("one of two sources not asked", "doctors-by-gmc-id", &mutated::ASKS_ONE, &["crossed-fields", "unexpected-output"]),
    // It is the text that nearly every golden has, so that only a null shows it there.
    (
        "constant instead of a copy",
        "connection-log",
        &mutated::CONSTANT,
        &["lossy-mapping", "unfed-target", "unexpected-output"],
    ),
    // The source of that value feeds another too: not lost, and no other value comes in the place of one.
    (
        "constant instead of what says whether there is another",
        "manual-connection-update",
        &mutated::ALWAYS_EXISTS,
        &["unfed-target", "unexpected-output"],
    ),
    (
        "only the first list item mapped",
        "doctors-summary",
        &mutated::FIRST_ROW,
        &["lossy-mapping", "round-trip-loss", "unexpected-output", "wrong-verdict"],
    ),
    (
        "list items in another order",
        "doctors-summary",
        &mutated::REVERSES,
        &["crossed-fields", "round-trip-loss", "unexpected-output", "wrong-verdict"],
    ),
    (
        "time of day cut",
        "connection-log",
        &mutated::CUTS_TIME,
        &["lossy-datetime", "round-trip-loss", "unexpected-output"],
    ),
    ("declared drop that is not dropped", "connection-log", &mutated::DECLARES_WRONGLY, &["stale-declaration"]),
    ("generated value not declared", "connection-log", &mutated::DECLARES_NOTHING, &["unfed-target"]),
    // No golden has the new key yet, those of invalid/ neither.
    (
        "new field in the producer",
        "connection-log",
        &mutated::NEW_IN_PRODUCER,
        &["lossy-mapping", "key-set-drift", "wrong-verdict"],
    ),
    ("code that the reader does not know", "connection-log", &definitions::REFUSES_A_CODE, &["narrower-reader"]),
    ("status that the UI does not know", "doctors-summary", &definitions::UI_LACKS_A_STATUS, &["narrower-reader"]),
    ("key renamed in the UI alone", "doctors-summary", &definitions::UI_RENAMES, &["unfed-key", "unread-key"]),
    ("key that the consumer drops", "connection-log", &definitions::READS_ONE_LESS, &["unread-key"]),
    ("key that nothing feeds", "connection-log", &definitions::READS_ONE_MORE, &["unfed-key"]),
    // The definitions alone say it; the goldens have such a null too.
    (
        "null in the consumer",
        "connection-log",
        &definitions::CONSUMER_DEREFERENCES,
        &["null-dereferenced", "null-into-required"],
    ),
    ("new field in the consumer", "connection-log", &mutated::NEW_IN_CONSUMER, &["unfed-target", "unexpected-output"]),
];

#[test]
fn each_mutated_mapping_fires_its_rules_and_no_others() {
    let wrong = in_threads(MUTATIONS, |(name, id, catalogue, rules)| {
        let is_captured = *id == captured_log::MAPPING.id;
        let tree = if is_captured { Tree::of_captured_mapping(id) } else { Tree::of_mapping(id) };
        let found = fired(&tree.check_mapping(catalogue, id));
        let expected: BTreeSet<&str> = rules.iter().copied().collect();
        // A copy of a class is one of the captures' version: after a change it differs in more than its mutation.
        let is_copy_of_another = [versions::PAGE, "connection.ConnectionSummaryDto"]
            .into_iter()
            .any(|dto| mapping(&CATALOGUE, id).producer.dto.name() == dto && versions::has_changed(dto));
        let is_right = if is_copy_of_another { found.is_superset(&expected) } else { found == expected };
        (!is_right).then(|| format!("{name}: expected {expected:?}, found {found:?}"))
    });
    assert_eq!(wrong.into_iter().flatten().collect::<Vec<_>>(), Vec::<String>::new());
    // And of the real ones none.
    assert_eq!(fired(&Tree::of_this_repository().check(&CATALOGUE)), BTreeSet::new());
}

/// What was observed of a real mapping: once for every test that asks.
fn real(mapping: &'static Mapping, seed: u64) -> Arc<Dependence> {
    type Once = Arc<OnceLock<Arc<Dependence>>>;
    static OBSERVED: Mutex<BTreeMap<(&str, u64), Once>> = Mutex::new(BTreeMap::new());
    let once = Arc::clone(OBSERVED.lock().unwrap().entry((mapping.id, seed)).or_default());
    Arc::clone(once.get_or_init(|| Arc::new(Dependence::observe(mapping, seed))))
}

/// Every real mapping with each of these seeds, observed on all processors.
fn with_seeds<R: Send>(
    seeds: impl Iterator<Item = u64> + Clone,
    work: impl Fn(&'static Mapping, u64, &Dependence) -> R + Sync,
) -> Vec<R> {
    let pairs: Vec<_> =
        CATALOGUE.mappings.iter().flat_map(|mapping| seeds.clone().map(move |seed| (mapping, seed))).collect();
    in_threads(&pairs, |&(mapping, seed)| work(mapping, seed, &real(mapping, seed)))
}

/// What the rules about definitions find hangs on the definitions, not on the values that were drawn.
#[test]
fn no_definition_is_accused_by_one_seed_alone() {
    let rules = ["narrower-reader", "null-dereferenced", "unfed-key", "unread-key"];
    let found = with_seeds((0..20).chain([SEED]), |mapping, seed, _| {
        let dependence = real(mapping, seed);
        let judged = Judged::new(&dependence, None);
        let mut findings = Findings::default();
        for rule in RULES.iter().filter(|rule| rules.contains(&rule.id)) {
            if let Check::Mapping(check) = rule.check {
                check(&judged, &mut findings);
            }
        }
        let told = findings.into_vec().into_iter().map(|finding| (finding.rule, finding.pattern, finding.severity));
        (mapping.id, seed, told.collect::<BTreeSet<_>>())
    });
    // With the seed of `check` the findings are those that `fixtures/accepted.toml` accepts, which another test holds.
    for of_one in found.chunks(21) {
        let (_, _, accepted) = &of_one[20];
        of_one.iter().for_each(|(id, seed, found)| assert_eq!(found, accepted, "{id}, seed {seed}"));
    }
}

/// What a mapping refuses whatever else it is given, so that nothing is known of it: the gateway takes the first row of an
/// empty list, and TCS has ids beyond the 32 bits that the gateway's class takes.
const REFUSED: [(&str, &str); 2] =
    [("doctors-by-gmc-id", "/traineeInfo"), ("doctors-by-gmc-id", "programme:/tisPersonId")];

/// The times of notes are cut on H17 (`fixtures/accepted.toml`); nothing else is lost, invented or unknown.
#[test]
fn no_real_mapping_is_accused_whatever_the_seed() {
    for mapping in CATALOGUE.mappings {
        for input in mapping.inputs.iter().filter(|input| input.keyed) {
            let has_keys = mapping.probing.keys.iter().any(|(name, _)| *name == input.name);
            assert!(has_keys, "{}: say in `probing` where the keys of {} stand", mapping.id, input.name);
        }
    }
    with_seeds((0..20).chain([SEED]), |mapping, seed, dependence| {
        let (probes, refused) = dependence.probes();
        assert!(probes > 0 && refused < probes / 4, "{}: {refused} of {probes} refused", mapping.id);
        let lost: Vec<&str> = dependence.lost().iter().map(|source| source.pointer.as_str()).collect();
        let mut unknown: Vec<&str> = dependence.unknown().iter().map(|source| source.pointer.as_str()).collect();
        unknown.retain(|pointer| !REFUSED.contains(&(mapping.id, pointer)));
        let unfed =
            dependence.unfed().into_iter().chain(dependence.perhaps_unfed().into_iter().map(|(target, _)| target));
        let unfed: Vec<&str> = unfed.map(|target| target.pointer.as_str()).collect();
        let stale: Vec<String> = dependence.stale().into_iter().map(|stale| stale.pointer).collect();
        let mut dates: Vec<&str> = dependence.lossy_dates().map(|(source, _)| source.pointer.as_str()).collect();
        dates.retain(|pointer| mapping.id != "doctors-by-gmc-id" || !pointer.starts_with("notes:/notes/"));
        let found = (lost, unknown, unfed, stale, dates);
        assert_eq!(found, Default::default(), "{}, seed {seed}", mapping.id);
    });
}

#[test]
fn what_feeds_what_does_not_hang_on_the_seed() {
    let tables = with_seeds((0..5).chain([SEED]), |mapping, seed, dependence| {
        (mapping.id, seed, Table::new(dependence).lines())
    });
    for of_one in tables.chunks(6) {
        let (_, _, reviewed) = &of_one[5];
        of_one.iter().for_each(|(id, seed, lines)| assert_eq!(lines, reviewed, "{id}, seed {seed}"));
    }
}

#[test]
fn the_tables_are_those_that_were_reviewed() {
    let mut differing = Vec::new();
    for mapping in CATALOGUE.mappings {
        let table = Table::new(&real(mapping, SEED));
        let document = TableDocument::new(mapping.id, &table);
        assert_eq!(document.expected(), table.expected(), "{}: the document says what the table does", mapping.id);
        let path = format!("fixtures/{}/table.json", mapping.id);
        let reviewed = std::fs::read_to_string(files::root().join(&path)).unwrap_or_default();
        if reviewed != document.text() {
            differing.push(format!("dtogate explain {} --format json > {path}", mapping.id));
        }
    }
    assert!(differing.is_empty(), "tables differ; look at what these change:\n{}", differing.join("\n"));
}

/// The mapping of a catalogue, as it is observed.
fn observed(catalogue: &'static Catalogue, id: &str) -> Dependence {
    Dependence::observe(mapping(catalogue, id), SEED)
}

fn mapping(catalogue: &'static Catalogue, id: &str) -> &'static Mapping {
    catalogue.mapping(id).unwrap()
}

#[test]
fn the_ten_fields_of_march_2026_lose_six_keys() {
    let dependence = observed(&MARCH_2026, "doctors-summary");
    let lost: BTreeSet<&str> =
        dependence.lost().iter().filter_map(|source| source.pointer.strip_prefix("/traineeInfo/0/")).collect();
    let six =
        ["curriculumEndDate", "gmcOutcome", "programmeMembershipType", "programmeName", "sanction", "underNotice"];
    let six = six.map(versions::page);
    let six: BTreeSet<&str> = six.iter().map(String::as_str).collect();
    // The ten fields are those of then: what has another name today is lost too.
    if versions::has_changed(versions::PAGE) {
        assert!(lost.is_superset(&six), "{lost:?}");
        return;
    }
    assert_eq!(lost, six);
    assert_eq!(dependence.lost().len(), 12, "each of them in both rows");
    assert!(dependence.unfed().is_empty());
    let found = fired(&Tree::of_this_repository().check_mapping(&MARCH_2026, "doctors-summary"));
    // The goldens show it too: their own values do not come back, and the answers are not the expected ones.
    // The definitions alone show it as well: the UI reads the keys that the class has lost, and declares one dropped.
    let shown = ["lossy-mapping", "round-trip-loss", "unexpected-output", "wrong-verdict"];
    let defined = ["unfed-key", "unread-key"];
    assert_eq!(found, shown.into_iter().chain(defined).collect());
}

#[test]
fn the_rabbit_shape_of_h08_loses_five_keys() {
    let dependence = observed(&RABBIT_CATALOGUE, "connections-connected");
    let lost: BTreeSet<&str> = dependence
        .lost()
        .iter()
        .filter_map(|source| source.pointer.strip_prefix("/connections/0/")?.split('/').next())
        .collect();
    let five = ["connectionStatus", "exceptionReason", "hiddenDiscrepancies", "lastConnectionDateTime", "updatedBy"];
    let list = "connection.ConnectionSummaryDto";
    let five = five.map(|key| versions::today(list, key));
    let five: BTreeSet<&str> = five.iter().map(String::as_str).collect();
    // That class is one of then: what has another name today is lost too.
    if versions::has_changed(list) {
        assert!(lost.is_superset(&five), "{lost:?}");
        return;
    }
    assert_eq!(lost, five);
    let tree = Tree::new();
    for file in ["typical.json", "typical.expected.json"] {
        let path = format!("fixtures/connections-connected/valid/{file}");
        tree.write(&path, files::bytes(path.as_str()));
    }
    // Four fields of that class are fed by nobody on this leg, and the UI reads keys that it lacks; that the answer is
    // another one the golden shows too.
    let expected = ["lossy-mapping", "unfed-target", "unfed-key", "unread-key", "round-trip-loss", "unexpected-output"];
    assert_eq!(fired(&tree.check(&RABBIT_CATALOGUE)), BTreeSet::from(expected));
}

#[test]
fn nine_digits_of_october_2025_are_refused() {
    let dependence = observed(&OCTOBER_2025, "connection-log");
    let dates: Vec<_> = dependence.lossy_dates().collect();
    let [(source, DateLoss::Refused { value, .. })] = dates.as_slice() else { panic!("{dates:?}") };
    assert_eq!(source.pointer, versions::today("recommendation.ConnectionLogDto", "/eventDateTime"));
    assert!(value.len() != "\"2025-10-01T10:30:00.123\"".len(), "{value}");
    // What is refused is unknown, never lost; and what it may feed is not called unfed.
    assert!(dependence.lost().is_empty() && dependence.unfed().is_empty());
    let tree = Tree::new();
    let log = r#"{"gmcId":"1234567","newDesignatedBodyCode":null,"previousDesignatedBodyCode":null,"updatedBy":"Updated by GMC","eventDateTime":"2025-10-14T09:30:00.123456789"}"#;
    let log = versions::today("recommendation.ConnectionLogDto", log);
    tree.write("fixtures/connection-log/valid/log.json", log);
    tree.write("fixtures/connection-log/valid/log.expected.json", "{}");
    assert_eq!(fired(&tree.check(&OCTOBER_2025)), BTreeSet::from(["lossy-datetime", "consumer-refuses"]));
}

#[test]
fn every_index_is_judged_by_itself() {
    let first = observed(&mutated::FIRST_ROW, "doctors-summary");
    let lost: Vec<&str> = first.lost().iter().map(|source| source.pointer.as_str()).collect();
    assert!(!lost.is_empty() && lost.iter().all(|pointer| pointer.starts_with("/traineeInfo/1/")), "{lost:?}");
    let reversed = Table::new(&observed(&mutated::REVERSES, "doctors-summary")).lines();
    let line = "/recommendationInfo/0/admin <- /traineeInfo/1/admin";
    let line = versions::leg(mapping(&CATALOGUE, "doctors-summary"), line);
    assert!(reversed.contains(&line), "{reversed:#?}");
}

#[test]
fn a_guard_and_a_sample_open_what_generated_values_do_not_reach() {
    let hidden = Dependence::observe(&mutated::HIDDEN, SEED);
    assert!(hidden.lost().len() > 30, "{}", hidden.lost().len());
    let opened = Dependence::observe(mutated::opened(), SEED);
    let lost: Vec<&str> = opened.lost().iter().map(|source| source.pointer.as_str()).collect();
    assert_eq!((lost, opened.unfed().len()), (vec![], 0));
    // The table says where things come from, and of the guard that there is one.
    let real = Table::new(&observed(&CATALOGUE, "doctors-summary"));
    let table = Table::new(&opened);
    assert_eq!(table.expected(), real.expected());
    let guard = versions::page("guard /countTotal = 1: rows only where there is one doctor");
    assert_eq!(table.lines().last(), Some(&guard));
}

#[test]
fn what_is_refused_is_unknown_and_what_is_random_is_no_dependence() {
    let refused = Dependence::observe(&mutated::REFUSES, SEED);
    assert_eq!((refused.lost().len(), refused.unfed().len(), refused.unknown().len()), (0, 0, 5));
    assert_eq!(refused.refused_bases, 5, "four that are generated, and a golden");
    assert_eq!(refused.perhaps_unfed().len(), 5, "all of the answer but the id, and each may come from any value");
    let random = Dependence::observe(&mutated::RANDOM, SEED);
    assert_eq!(random.unstable, BTreeSet::from(["/id".to_owned()]));
    let real = observed(&mutated::CAPTURED, "connection-log");
    assert_eq!(Table::new(&random).lines(), Table::new(&real).lines());
}

#[test]
fn findings_about_mappings_point_into_the_table_and_can_be_accepted() {
    let tree = Tree::of_this_repository();
    let report = tree.check(&mutated::NOTES_UNDECLARED);
    let found = report.findings.iter().find(|finding| finding.pattern == "notes:/gmcId").unwrap();
    assert_eq!((found.rule, found.location.path.as_str()), ("lossy-mapping", "fixtures/doctors-notes/table.json"));
    assert!(found.location.line_and_column().0 > 1, "its line of the table");
    // Some notes have times from before the year 0, which the gateway refuses: unknown, and a form that is not taken.
    let open = report.findings.iter().filter(|found| found.accepted.is_none() && found.severity > Severity::Note);
    let entries: BTreeSet<String> = open
        .map(|finding| finding.acceptance().replace("reason = \"\"", "reason = \"nobody looks into a note\""))
        .collect();
    let entries = entries.into_iter().collect::<String>();
    tree.edit("fixtures/accepted.toml", |text| format!("{text}\n{entries}"));
    assert_eq!(fired(&tree.check(&mutated::NOTES_UNDECLARED)), BTreeSet::new());
    // Without a table the fixtures' folder stands in.
    tree.remove("fixtures/doctors-notes/table.json");
    let report = tree.check(&mutated::NOTES_UNDECLARED);
    let found = report.findings.iter().find(|finding| finding.pattern == "notes:/gmcId").unwrap();
    assert_eq!((found.accepted.is_some(), found.location.path.as_str()), (true, "fixtures/doctors-notes"));
}

#[test]
fn a_golden_opens_what_no_generated_value_does() {
    let generated = Dependence::observe(&mutated::LIKE_NO_OTHER, SEED);
    assert!(generated.lost().len() > 30, "{}", generated.lost().len());
    let with_golden = Dependence::observe(&mutated::LIKE_A_GOLDEN, SEED);
    let lost: Vec<&str> = with_golden.lost().iter().map(|source| source.pointer.as_str()).collect();
    assert_eq!((lost, with_golden.refused_bases), (vec![], 0));
    // Each mapping has one, with all its inputs, and takes it.
    for mapping in CATALOGUE.mappings {
        let goldens = mapping.probing.goldens;
        assert!(!goldens.is_empty(), "{}", lacks_a_golden(mapping.id));
        for golden in goldens {
            let path = format!("fixtures/{}/valid/{}.json", mapping.id, golden.name);
            assert_eq!(files::bytes(path.as_str()), golden.payload.as_bytes(), "{path}");
            let further: Vec<_> = golden.further.iter().map(GoldenInput::as_further).collect();
            let inputs = Inputs { payload: golden.payload.into(), further: &further };
            assert!(matches!(mapping.run(&inputs), Outcome::Emitted(_)), "{path}");
        }
        let without = Mapping { probing: Probing { goldens: &[], ..mapping.probing }, ..*mapping };
        let (of_both, generated) =
            (real(mapping, SEED).probes().0, Dependence::observe(Box::leak(Box::new(without)), SEED).probes().0);
        assert!(of_both > generated, "{}: {of_both} probes, {generated} without goldens", mapping.id);
    }
}

/// What a new mapping lacks, with the lines to paste.
fn lacks_a_golden(id: &str) -> String {
    let files = files::files_below(&format!("fixtures/{id}"));
    let name = files.iter().find_map(|file| file.strip_prefix("valid/")?.strip_suffix(".expected.json"));
    format!(
        "{id}: name a golden in the mapping (behind its name the name and key of each further input):\n    use \
         crate::tis::golden::golden_inputs;\n    probing: Probing {{ goldens: &[golden_inputs!({id:?}, {:?})], \
         ..Probing::PLAIN }},",
        name.unwrap_or("NAME")
    )
}

#[test]
fn what_a_mapping_without_goldens_lacks_is_named() {
    let said = lacks_a_golden("connection-log-sync");
    assert!(said.contains(r#"goldens: &[golden_inputs!("connection-log-sync", "#) && !said.contains("NAME"), "{said}");
}

#[test]
fn a_null_row_is_a_matter_of_the_list() {
    let page = |text: &str| versions::leg(mapping(&CATALOGUE, "doctors-summary"), text);
    let (sent, answered) = (page("/traineeInfo"), page("/recommendationInfo"));
    // Rows come and go, and nothing in them arrives.
    let empty = Dependence::observe(&mutated::EMPTY_ROWS, SEED);
    let list = empty.sources.iter().find(|source| source.pointer == sent).unwrap();
    assert_eq!(list.feeds, BTreeSet::from([answered.clone()]));
    let in_rows = |pointer: &str| [&sent, &answered].iter().any(|list| pointer.starts_with(&format!("{list}/")));
    assert_eq!(empty.lost().iter().filter(|source| in_rows(&source.pointer)).count(), 2 * 16);
    assert_eq!(empty.unfed().iter().filter(|target| in_rows(&target.pointer)).count(), 2 * 16);
    // A value that is the same in every row is not fed by what decides whether there is a row.
    let decided = Dependence::observe(&mutated::ROWS_WITH_ADMIN, SEED);
    let unfed: Vec<&str> = decided.unfed().iter().map(|target| target.pointer.as_str()).collect();
    assert_eq!(unfed, ["0", "1"].map(|row| page(&format!("/recommendationInfo/{row}/notes"))));
    assert!(decided.lost().is_empty());
    // Only a null row shows what counts them, and no row is null before.
    let counted = Dependence::observe(&mutated::COUNTS_NULLS, SEED);
    let results = page("/totalResults");
    let feeding: Vec<&str> = counted.fed_by(&results).map(|source| source.pointer.as_str()).collect();
    assert_eq!(feeding, [sent.as_str()]);
    // Where it is refused that counts, and nothing is lost by it.
    let refusing = real(mapping(&CATALOGUE, "doctors-notes"), SEED);
    let list = refusing.sources.iter().find(|source| source.pointer == sent).unwrap();
    assert!(list.refused >= 4 && list.feeds.contains(&answered), "{list:?}");
    // An object that is no row is a source where something hangs on its presence.
    let record = real(mapping(&CATALOGUE, "recommendation-details"), SEED);
    let objects: Vec<_> = record.sources.iter().filter(|source| source.pointer == "tcs:/key").collect();
    assert_eq!(objects.iter().map(|object| object.feeds.len()).collect::<Vec<_>>(), [3]);
}

#[test]
fn an_unknown_source_hides_only_what_it_could_feed() {
    let dependence = observed(&mutated::FORGETS_SURNAME, "doctors-by-gmc-id");
    assert!(!dependence.unknown().is_empty());
    let unfed: Vec<&str> = dependence.unfed().iter().map(|target| target.pointer.as_str()).collect();
    let surname = versions::leg(mapping(&CATALOGUE, "doctors-by-gmc-id"), "/surname");
    assert_eq!((unfed, dependence.perhaps_unfed().len()), (vec![surname.as_str()], 0));
    // What is refused whatever is tried may feed all of it: reported, and no defect.
    let refusing = Catalogue { mappings: std::slice::from_ref(&mutated::REFUSES), ..CATALOGUE };
    let tree = Tree::of_captured_mapping("connection-log");
    tree.remove("fixtures/accepted.toml");
    let report = tree.check(&refusing);
    let found = report.findings.iter().find(|finding| finding.rule == "unfed-target").unwrap();
    assert_eq!(found.severity, Severity::Note);
    assert_eq!(
        found.message,
        r#"nothing is known to feed 5 values of the answer, the first is "/gmcId": the unknown "/gmcId" may"#
    );
}

/// A value that is declared converted and is a copy; the real conversions are none.
#[test]
fn a_conversion_that_is_a_copy_is_stale() {
    let real = CATALOGUE.mapping("connection-log").unwrap();
    let converted = Declaration::converted("/gmcId", "upper case");
    let declarations = Vec::leak([real.declarations, &[converted]].concat());
    let mapping: &'static Mapping = Box::leak(Box::new(Mapping { declarations, ..*real }));
    let stale = Dependence::observe(mapping, SEED).stale();
    let told: Vec<(&str, &str)> = stale.iter().map(|stale| (stale.pointer.as_str(), stale.found.as_str())).collect();
    assert_eq!(told, [("/gmcId", "it is /gmcId as it was sent")]);
}
