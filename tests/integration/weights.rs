//! What findings weigh and say: notes, warnings, what the reader does, and values that a mapping changes on the way.

use std::collections::BTreeSet;

use dtogate::finding::Severity;
use dtogate::mapping::{ByteReaders, Catalogue, Mapper, Mapping, Outcome};
use dtogate::tis;
use dtogate::tis::mapping::{doctors_by_gmc_id, doctors_summary};
use pretty_assertions::assert_eq;

use crate::trees::{Tree, fired, in_threads};
use crate::{files, versions};

const PAGE: &str = "fixtures/doctors-summary/valid/typical3.json";
const NOTES: &str = "fixtures/doctors-notes/valid/typical3.notes-1234567.json";

/// A change, and the rule that notes it.
struct Note {
    name: &'static str,
    make: fn(&Tree),
    rule: &'static str,
}

/// What is worth knowing and harms nobody.
const NOTED: &[Note] = &[
    Note {
        name: "key added that every reader ignores",
        make: |tree| {
            tree.edit(PAGE, |text| text.replacen("  \"countTotal\"", "  \"pageSize\" : 20,\n  \"countTotal\"", 1))
        },
        rule: "key-set-drift",
    },
    Note {
        name: "key added that looks like an index",
        make: |tree| tree.edit(PAGE, |text| text.replacen("  \"countTotal\"", "  \"7\" : 20,\n  \"countTotal\"", 1)),
        rule: "key-set-drift",
    },
    Note {
        name: "key added to the notes of core",
        make: |tree| tree.edit(NOTES, |text| text.replacen("\"notes\"", "\"total\":1,\"notes\"", 1)),
        rule: "key-set-drift",
    },
    Note {
        name: "fixture saved with a line end",
        make: |tree| tree.edit(PAGE, |text| format!("{text}\n")),
        rule: "layout-drift",
    },
    Note {
        name: "all lines with CR LF",
        make: |tree| tree.edit(PAGE, |text| text.replace('\n', "\r\n")),
        rule: "layout-drift",
    },
];

#[test]
fn what_harms_nobody_is_a_note() {
    let wrong = in_threads(NOTED, |Note { name, make, rule }| {
        let mapping = if name.ends_with("of core") { "doctors-notes" } else { "doctors-summary" };
        let notes = |tree: &Tree| -> Vec<(String, &'static str)> {
            let report = tree.check_mapping(&tis::CATALOGUE, mapping);
            assert_eq!(fired(&report), BTreeSet::new(), "{name}");
            report
                .findings
                .into_iter()
                .filter(|found| found.accepted.is_none())
                .map(|found| (found.location.path, found.rule))
                .collect()
        };
        let tree = Tree::of_mapping(mapping);
        let before = notes(&tree);
        make(&tree);
        let found: BTreeSet<&str> =
            notes(&tree).into_iter().filter(|note| !before.contains(note)).map(|(_, rule)| rule).collect();
        (found != BTreeSet::from([*rule])).then(|| format!("{name}: expected {rule}, found {found:?}"))
    });
    assert_eq!(wrong.into_iter().flatten().collect::<Vec<_>>(), Vec::<String>::new());
}

/// A mapping over text that reads as the typed one does.
static PARSES: Catalogue = Catalogue {
    mappings: &[Mapping {
        map: Mapper::Text(|inputs| doctors_summary::MAPPING.run(inputs)),
        ..doctors_summary::MAPPING
    }],
    ..tis::CATALOGUE
};

/// Of two values that are refused the first is named, and another order of keys has another first.
#[test]
fn two_refused_values_are_no_matter_of_spelling() {
    let tree = Tree::new();
    let text = String::from_utf8(files::bytes("fixtures/doctors-summary/valid/single.json")).unwrap();
    let text = text.replace("\"2024-01-15\"", "\"soon\"").replace("\"2019-08-07\"", "\"later\"");
    tree.write("fixtures/doctors-summary/valid/single.json", text);
    let fired = fired(&tree.check(&PARSES));
    assert!(fired.contains("consumer-refuses") && !fired.contains("spelling-sensitive"), "{fired:?}");
}

/// What messages say about values that are read otherwise than they were meant.
#[test]
fn messages_say_what_the_reader_does() {
    let said = |mapping: &str, golden: &str, change: fn(&str) -> String| {
        let tree = Tree::of_mapping(mapping);
        let path = format!("fixtures/{mapping}/valid/{golden}.json");
        tree.edit(&path, change);
        let report = tree.check_mapping(&tis::CATALOGUE, mapping);
        let own = report.findings.into_iter().filter(|finding| finding.location.path == path);
        let said =
            own.map(|finding| format!("{}: {}; {}; {}", finding.rule, finding.message, finding.breaks, finding.fix));
        let producer = tis::CATALOGUE.mapping(mapping).unwrap().producer.dto.name();
        versions::as_captured(producer, &said.collect::<Vec<String>>().join("\n"))
    };
    let page = |change| said("doctors-summary", "typical3", change);
    let time = page(|text| text.replacen("\"2024-01-15\"", "\"2026-12-01T09:30\"", 1));
    assert!(time.contains("arrives as \"2026-12-01\": the time is lost"), "{time}");
    assert!(!time.contains("WRITE_DATES"), "{time}");
    let slashes = page(|text| text.replacen("\"2024-01-15\"", "\"15/01/2024\"", 1));
    assert!(slashes.contains("date-form-drift") && slashes.contains("refuses the whole message"), "{slashes}");
    assert!(!slashes.contains("WRITE_DATES") && !slashes.contains("appeared"), "{slashes}");
    let array = page(|text| text.replacen("\"2024-01-15\"", "[ 2024, 1, 15 ]", 1));
    assert!(array.contains("disable WRITE_DATES_AS_TIMESTAMPS"), "{array}");
    let count = page(|text| text.replacen("\"countTotal\" : 3", "\"countTotal\" : \"3\"", 1));
    assert!(count.contains("arrives as 3") && !count.contains("another value"), "{count}");
    // What is said of a value is not what another one is refused for.
    let two = page(|text| {
        text.replacen("\"countTotal\" : 3", "\"countTotal\" : \"3\"", 1).replacen("\"2024-01-15\"", "\"15/01/2024\"", 1)
    });
    let count = two.lines().find(|line| line.contains("\"countTotal\"")).unwrap();
    assert!(count.contains("reads 3, and the whole message is refused for /traineeInfo/0/submissionDate"), "{two}");
    // A key that is gone: what the reader's class has for it.
    let renamed = page(|text| text.replacen("\"countTotal\"", "\"count\"", 1));
    assert!(renamed.contains("the gateway reads 0 for \"countTotal\", without an error"), "{renamed}");
    let answered = page(|text| text.replacen("\"traineeInfo\"", "\"recommendationInfo\"", 1));
    assert!(answered.contains("nobody yet: the gateway has [{") && !answered.contains("missing"), "{answered}");
    let empty = page(|_| "{ }".into());
    assert!(empty.contains("none of the 5 keys is there"), "{empty}");
    assert_eq!(empty.matches("key-set-drift").count(), 1, "{empty}");
    let dropped = page(|text| text.replacen("\"connectionStatus\" : \"Yes\"", "\"connectionStatus\" : \"YES\"", 1));
    assert!(
        dropped.contains("nobody today: it arrives as it is, and the doctors list of the UI drops it"),
        "{dropped}"
    );
    // Who takes a word last may know it all the same.
    let known = said("recommendation-details", "as_sent", |text| {
        text.replacen("\"underNotice\" : \"Yes\"", "\"underNotice\" : \"yes\"", 1)
    });
    assert!(known.contains("the recommendation page of the UI takes it too"), "{known}");
    let spaces = page(|text| text.replacen("\"NO\"", "\" NO\"", 1));
    assert!(spaces.contains("\"underNotice\" is \" NO\": expected"), "{spaces}");
    let space = said("connection-log", "fraction_3", |text| text.replacen(".123\"", ".123 \"", 1));
    assert!(space.contains("the space after it is lost"), "{space}");
    let null = said("recommendation-details", "typical", |text| {
        let at = text.find("\"underNotice\" : ").unwrap() + 16;
        let end = at + text[at..].find(',').unwrap();
        format!("{}null{}", &text[..at], &text[end..])
    });
    assert!(null.contains("null-into-required") && !null.contains("empty list"), "{null}");
    let order = page(|text| {
        let without = text.replacen("  \"totalPages\" : 1,\n", "", 1);
        without.replacen("  \"countTotal\"", "  \"totalPages\" : 1.0,\n  \"countTotal\"", 1)
    });
    let both = "expected keys in the order countTotal, countUnderNotice, totalPages, ..., found the order totalPages, \
                countTotal, countUnderNotice, ...; expected numbers as 1, found 1.0";
    assert!(order.contains(both), "{order}");
    let renamed = page(|text| {
        let text = text.replace("\"doctorFirstName\"", "\"doctorGivenName\"");
        text.replace("\"doctorLastName\"", "\"doctorFamilyName\"")
    });
    for (from, to) in [("doctorFirstName", "doctorGivenName"), ("doctorLastName", "doctorFamilyName")] {
        let said = format!("\"{from}\" is gone and \"{to}\" appeared");
        assert!(renamed.contains(&said), "{renamed}");
    }
    let collected = |change| said("gmc-doctors-collected", "typical", change);
    let last =
        collected(|text| text.replacen("\"submissionDate\":\"", "\"submissionDate\":\"31/02/2024\",\"was\":\"", 1));
    assert!(last.contains("it is read as \"29/02/2024\", the last day of the month"), "{last}");
    let deep = page(|text| text.replacen("\"No\"", &format!("{}1{}", "[".repeat(200), "]".repeat(200)), 1));
    assert!(deep.contains("unreadable-payload") && !deep.contains("cannot read it"), "{deep}");
}

/// The order of fields is a warning, the order that a setting makes an error, and so is any where the bytes are read.
#[test]
fn another_order_weighs_what_it_can_break() {
    static READ: Catalogue = Catalogue {
        mappings: &[Mapping {
            byte_readers: ByteReaders::Alive { who: "a signature", since: "2026-01-01" },
            ..doctors_summary::MAPPING
        }],
        ..tis::CATALOGUE
    };
    let weight = |catalogue: &Catalogue, change: fn(&str) -> String| {
        let tree = Tree::of_mapping("doctors-summary");
        tree.edit(PAGE, change);
        // Its entries name mappings that the other catalogue does not have.
        tree.remove("fixtures/accepted.toml");
        let report = tree.check_mapping(catalogue, "doctors-summary");
        report
            .findings
            .into_iter()
            .find(|finding| finding.location.path == PAGE && finding.rule == "layout-drift")
            .unwrap()
            .severity
    };
    let moved: fn(&str) -> String = |text| {
        let without = text.replacen("  \"totalPages\" : 1,\n", "", 1);
        without.replacen("  \"countTotal\"", "  \"totalPages\" : 1,\n  \"countTotal\"", 1)
    };
    assert_eq!(weight(&tis::CATALOGUE, moved), Severity::Warning);
    assert_eq!(weight(&READ, moved), Severity::Error);
}

/// The surname of `doctors-by-gmc-id` lost on the way.
static LOSING: Catalogue = Catalogue {
    mappings: &[Mapping {
        map: Mapper::Text(|inputs| match doctors_by_gmc_id::MAPPING.run(inputs) {
            Outcome::Emitted(answer) => Outcome::emitted(answer.replace("\"Fakelast0\"", "null")),
            refused => refused,
        }),
        ..doctors_by_gmc_id::MAPPING
    }],
    ..tis::CATALOGUE
};

/// A value that a rename moves to another level is missed there, although what held it is gone as a whole.
#[test]
fn a_moved_value_that_is_lost_is_found() {
    let tree = Tree::new();
    for file in ["single.json", "single.notes.json", "single.programme.json", "single.expected.json"] {
        let path = format!("fixtures/doctors-by-gmc-id/valid/{file}");
        tree.write(&path, files::bytes(path.as_str()));
    }
    let report = tree.check(&LOSING);
    // What the real mapping does wrong is found too; this tree has no acceptances.
    let accepted_elsewhere = ["lossy-datetime", "narrower-reader", "null-dereferenced"];
    let expected: BTreeSet<&str> =
        accepted_elsewhere.into_iter().chain(["round-trip-loss", "unexpected-output"]).collect();
    assert_eq!(fired(&report), expected);
    let lost: Vec<&str> = report.findings.iter().map(|finding| finding.pattern.as_str()).collect();
    assert!(lost.contains(&versions::page("/traineeInfo/*/doctorLastName").as_str()), "{lost:?}");
}

/// Values of `doctors-by-gmc-id` and of the page that arrive as others which look like the same date or number.
static ALMOST: Catalogue = Catalogue {
    mappings: &[
        Mapping {
            map: Mapper::Text(|inputs| match doctors_by_gmc_id::MAPPING.run(inputs) {
                Outcome::Emitted(answer) => {
                    let answer = answer.replace("\"LOT5.50\"", "\"LOT5.5\"");
                    Outcome::emitted(answer.replace("\"WT10:30:00\"", "\"WT10:30\""))
                }
                refused => refused,
            }),
            ..doctors_by_gmc_id::MAPPING
        },
        Mapping {
            map: Mapper::Text(|inputs| match doctors_summary::MAPPING.run(inputs) {
                Outcome::Emitted(answer) => Outcome::emitted({
                    let answer = versions::as_captured(versions::PAGE, &answer);
                    let answer = answer.replace("\"countTotal\":3,", "\"countTotal\":\"3\",");
                    let answer = answer.replace("\"2024-01-15\"", "\"2024-01-15T00:00:00\"");
                    versions::page(&answer.replace("\"totalPages\":1,", "\"totalPages\":true,"))
                }),
                refused => refused,
            }),
            ..doctors_summary::MAPPING
        },
    ],
    ..tis::CATALOGUE
};

/// Only dates are compared as dates; a number and a text of its digits are two values.
#[test]
fn what_looks_like_the_same_date_or_number_is_another_value() {
    let tree = Tree::new();
    for (file, replace) in [
        ("doctors-by-gmc-id/valid/single.json", true),
        ("doctors-by-gmc-id/valid/single.notes.json", false),
        ("doctors-by-gmc-id/valid/single.programme.json", false),
        ("doctors-summary/valid/typical3.json", false),
    ] {
        let path = format!("fixtures/{file}");
        let text = String::from_utf8(files::bytes(path.as_str())).unwrap();
        let almost = text.replace("Fakelast0", "LOT5.50").replace("Testfirst0", "WT10:30:00");
        tree.write(&path, if replace { almost } else { text });
    }
    let report = tree.check(&ALMOST);
    let lost: BTreeSet<&str> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "round-trip-loss")
        .map(|finding| finding.pattern.as_str())
        .collect();
    let expected = [
        "/countTotal",
        "/totalPages",
        "/traineeInfo/*/doctorFirstName",
        "/traineeInfo/*/doctorLastName",
        "/traineeInfo/*/submissionDate",
    ]
    .map(versions::page);
    assert_eq!(lost, expected.iter().map(String::as_str).collect());
}
