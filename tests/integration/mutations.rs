//! The acceptance table: a mutation of the repository's fixtures or of its mapping, and the exact rules that fire.
//!
//! The first rule of a row is the defect's own; the others are what it drags along. No more, no fewer.

use std::collections::BTreeSet;

use dtogate::mapping::{Catalogue, Mapper, Mapping, Outcome};
use dtogate::tis;
use dtogate::tis::mapping::{doctors_by_gmc_id, doctors_summary};
use pretty_assertions::assert_eq;

use crate::files;
use crate::historical::TEXT_MAPPERS;
use crate::trees::{Tree, fired, in_threads};

/// A defect, how it is made, and the rules that fire for it.
struct Mutation {
    name: &'static str,
    make: fn(&Tree),
    rules: &'static [&'static str],
}

const PAGE: &str = "fixtures/doctors-summary/valid/typical3.json";
const COMPACT_PAGE: &str = "fixtures/doctors-summary/valid/typical3@explicit_bean.json";
const EXPECTED_PAGE: &str = "fixtures/doctors-summary/valid/typical3.expected.json";
const LOG: &str = "fixtures/connection-log/valid/fraction_3.json";
const DETAILS: &str = "fixtures/recommendation-details/valid/as_sent.json";
const DOCTORS: &str = "fixtures/gmc-doctors-collected/valid/all_codes.json";
const ACCEPTED: &str = "fixtures/accepted.toml";

const MUTATIONS: &[Mutation] = &[
    Mutation { name: "nothing", make: |_| {}, rules: &[] },
    Mutation {
        name: "key renamed in the payload",
        make: |tree| tree.edit(PAGE, |text| text.replace("\"traineeInfo\"", "\"trainees\"")),
        rules: &["key-set-drift", "null-into-required", "unexpected-output"],
    },
    Mutation {
        name: "key of a row renamed in the payload",
        make: |tree| tree.edit(PAGE, |text| text.replace("\"doctorLastName\"", "\"lastName\"")),
        rules: &["key-set-drift", "unexpected-output"],
    },
    Mutation {
        name: "key dropped",
        make: |tree| tree.edit(PAGE, |text| text.replacen("    \"sanction\" : \"No\",\n", "", 1)),
        rules: &["key-set-drift", "unexpected-output"],
    },
    Mutation {
        name: "key with a null dropped",
        make: |tree| tree.edit(PAGE, |text| text.replacen("    \"gmcOutcome\" : null,\n", "", 1)),
        rules: &["key-set-drift"],
    },
    Mutation {
        name: "key added",
        make: |tree| {
            tree.edit(PAGE, |text| text.replacen("  \"countTotal\"", "  \"pageSize\" : 20,\n  \"countTotal\"", 1))
        },
        rules: &["key-set-drift"],
    },
    Mutation {
        name: "key added that looks like an index",
        make: |tree| tree.edit(PAGE, |text| text.replacen("  \"countTotal\"", "  \"7\" : 20,\n  \"countTotal\"", 1)),
        rules: &["key-set-drift"],
    },
    Mutation {
        name: "key added without a name",
        make: |tree| tree.edit(PAGE, |text| text.replacen("  \"countTotal\"", "  \"\" : 20,\n  \"countTotal\"", 1)),
        rules: &["key-set-drift"],
    },
    Mutation {
        name: "list null",
        make: |tree| tree.edit(PAGE, |text| text[..text.find("[ {").unwrap()].to_owned() + "null\n}"),
        rules: &["null-into-required", "unexpected-output"],
    },
    Mutation {
        name: "producer writes null where the UI dereferences: a row",
        make: |tree| tree.edit(PAGE, |text| text.replacen("[ {", "[ null, {", 1)),
        rules: &["null-into-required", "unexpected-output"],
    },
    Mutation {
        name: "date as array",
        make: |tree| tree.edit(PAGE, |text| text.replacen("\"2024-01-15\"", "[ 2024, 1, 15 ]", 1)),
        rules: &["date-form-drift"],
    },
    Mutation {
        name: "date with a time",
        make: |tree| tree.edit(PAGE, |text| text.replacen("\"2024-01-15\"", "\"2024-01-15T00:00:00.000Z\"", 1)),
        rules: &["date-form-drift"],
    },
    Mutation {
        name: "fraction digits 3 -> 9",
        make: |tree| tree.edit(LOG, |text| text.replace(".123\"", ".123456789\"")),
        rules: &["date-form-drift", "consumer-refuses"],
    },
    Mutation {
        name: "layout compact -> indented",
        make: |tree| tree.edit(COMPACT_PAGE, |_| std::fs::read_to_string(tree.path(PAGE)).unwrap()),
        rules: &["layout-drift"],
    },
    Mutation {
        name: "layout indented -> compact",
        make: |tree| tree.edit(PAGE, |_| std::fs::read_to_string(tree.path(COMPACT_PAGE)).unwrap()),
        rules: &["layout-drift"],
    },
    Mutation {
        name: "fixture reformatted by an editor",
        make: |tree| tree.edit(PAGE, |text| text.replace("\" : ", "\": ").replace("[ {", "[{").replace("} ]", "}]")),
        rules: &["layout-drift"],
    },
    Mutation {
        name: "fixture saved with a line end",
        make: |tree| tree.edit(PAGE, |text| format!("{text}\n")),
        rules: &["layout-drift"],
    },
    Mutation {
        name: "keys in another order",
        make: |tree| {
            tree.edit(PAGE, |text| {
                let without = text.replacen("  \"totalPages\" : 1,\n", "", 1);
                without.replacen("  \"countTotal\"", "  \"totalPages\" : 1,\n  \"countTotal\"", 1)
            });
        },
        rules: &["layout-drift"],
    },
    Mutation {
        name: "non-ASCII escaped",
        make: |tree| tree.edit("fixtures/doctors-summary/valid/unicode.json", |text| text.replace('ë', "\\u00EB")),
        rules: &["layout-drift"],
    },
    Mutation {
        name: "number as text",
        make: |tree| tree.edit(PAGE, |text| text.replacen("\"totalPages\" : 1", "\"totalPages\" : \"1\"", 1)),
        rules: &["round-trip-loss"],
    },
    Mutation {
        name: "number beyond 64 bits",
        make: |tree| tree.edit(PAGE, |text| text.replacen("\"totalPages\" : 1", "\"totalPages\" : 1e400", 1)),
        rules: &["consumer-refuses"],
    },
    Mutation {
        name: "duplicate key",
        make: |tree| {
            tree.edit(PAGE, |text| {
                text.replacen("  \"totalPages\" : 1,\n", "  \"totalPages\" : 1,\n  \"totalPages\" : 1,\n", 1)
            });
        },
        rules: &["duplicate-key"],
    },
    Mutation {
        name: "payload truncated",
        make: |tree| tree.edit(PAGE, |text| text[..text.len() / 2].to_owned()),
        rules: &["unreadable-payload"],
    },
    Mutation {
        name: "expected file deleted",
        make: |tree| tree.remove(EXPECTED_PAGE),
        rules: &["missing-expectation"],
    },
    Mutation {
        name: "expected file of an invalid case deleted",
        make: |tree| tree.remove("fixtures/doctors-summary/invalid/truncated@explicit_bean.expected.json"),
        rules: &["missing-expectation"],
    },
    Mutation { name: "golden deleted, expected left", make: |tree| tree.remove(PAGE), rules: &["stray-file"] },
    Mutation {
        name: "expected file edited",
        make: |tree| tree.edit(EXPECTED_PAGE, |text| text.replacen("\"countTotal\":3", "\"countTotal\":4", 1)),
        rules: &["unexpected-output"],
    },
    Mutation {
        name: "expected file without a null",
        make: |tree| tree.edit(EXPECTED_PAGE, |text| text.replacen("\"gmcOutcome\":null,", "", 1)),
        rules: &["unexpected-output"],
    },
    Mutation {
        name: "invalid case mended",
        make: |tree| {
            tree.edit("fixtures/doctors-summary/invalid/truncated@explicit_bean.json", |_| {
                std::fs::read_to_string(tree.path(COMPACT_PAGE)).unwrap()
            });
        },
        rules: &["wrong-verdict"],
    },
    Mutation {
        name: "invalid case refused for one more reason",
        make: |tree| {
            tree.edit("fixtures/doctors-summary/invalid/duplicate_key.json", |text| text.replace("\" : ", "\": "));
        },
        rules: &["wrong-verdict"],
    },
    Mutation {
        name: "acceptance expired",
        make: |tree| {
            tree.edit(ACCEPTED, |text| {
                text.replacen("case = \"null_list\"", "case = \"null_list\"\nuntil = 2026-11-21", 1)
            })
        },
        rules: &["stale-acceptance", "null-into-required"],
    },
    Mutation {
        name: "acceptance that matches nothing",
        make: |tree| {
            tree.edit(ACCEPTED, |text| {
                format!("{text}\n[[accepted]]\nrule = \"layout-drift\"\nmapping = \"connection-log\"\npointer = \"\"\nreason = \"none\"\n")
            });
        },
        rules: &["stale-acceptance"],
    },
    Mutation {
        name: "notes of core with a renamed key",
        make: |tree| {
            tree.edit("fixtures/doctors-notes/valid/typical3.notes-1234567.json", |text| {
                text.replace("\"notes\"", "\"items\"")
            });
        },
        rules: &["key-set-drift", "unexpected-output"],
    },
    Mutation {
        name: "name that no constant has",
        make: |tree| tree.edit(PAGE, |text| text.replacen("\"NOT_STARTED\"", "\"COMPLETED_TWICE\"", 1)),
        rules: &["unknown-code", "unexpected-output"],
    },
    Mutation {
        name: "label for a name",
        make: |tree| tree.edit(PAGE, |text| text.replacen("\"NO\"", "\"No\"", 1)),
        rules: &["unknown-code", "unexpected-output"],
    },
    Mutation {
        name: "empty text for a name",
        make: |tree| tree.edit(PAGE, |text| text.replacen("\"SUBSTANTIVE\"", "\"\"", 1)),
        rules: &["unknown-code", "unexpected-output"],
    },
    Mutation {
        name: "H02: name that no constant has",
        make: |tree| tree.edit(DETAILS, |text| text.replacen("\"REVALIDATE\"", "\"REVALIDATION\"", 1)),
        rules: &["unknown-code", "unexpected-output"],
    },
    Mutation {
        name: "H02: name for a label",
        make: |tree| tree.edit(DETAILS, |text| text.replacen("\"Under Review\"", "\"UNDER_REVIEW\"", 1)),
        rules: &["unknown-code", "unexpected-output"],
    },
    Mutation {
        name: "H02: code that no reason has",
        make: |tree| tree.edit(DETAILS, |text| text.replacen("\"code\" : \"6\"", "\"code\" : \"66\"", 1)),
        rules: &["unknown-code", "unexpected-output"],
    },
    Mutation {
        name: "M14: name for a label",
        make: |tree| tree.edit(DOCTORS, |text| text.replacen("\"On Hold\"", "\"ON_HOLD\"", 1)),
        rules: &["unknown-code", "unexpected-output"],
    },
    Mutation {
        name: "H17: an id that the reader's class is too narrow for is not accepted",
        make: |tree| tree.edit(ACCEPTED, |text| without(text, "programme:/tisPersonId")),
        rules: &["narrower-reader"],
    },
    Mutation {
        name: "M14: an empty date that the reader refuses is not accepted",
        make: |tree| tree.edit(ACCEPTED, |text| without(text, "/doctors/*/submissionDate")),
        rules: &["narrower-reader"],
    },
    Mutation {
        name: "M14: a null that is dereferenced is not accepted",
        make: |tree| tree.edit(ACCEPTED, |text| without(text, "/doctors/*/gmcReferenceNumber")),
        rules: &["null-dereferenced"],
    },
];

/// The acceptances without the one of a pointer.
fn without(accepted: &str, pointer: &str) -> String {
    let named = format!("pointer = \"{pointer}\"\n");
    let entries = accepted.split("\n[[accepted]]\n").filter(|entry| !entry.contains(&named));
    entries.collect::<Vec<_>>().join("\n[[accepted]]\n")
}

#[test]
fn each_mutation_fires_its_rules_and_no_others() {
    let wrong = in_threads(MUTATIONS, |Mutation { name, make, rules }| {
        // The mapping that is concerned; the others are as they were, which the first row shows once.
        let mapping = match *name {
            "fraction digits 3 -> 9" | "acceptance that matches nothing" => "connection-log",
            "notes of core with a renamed key" => "doctors-notes",
            name if name.starts_with("H02:") => "recommendation-details",
            name if name.starts_with("H17:") => "doctors-by-gmc-id",
            name if name.starts_with("M14:") => "gmc-doctors-collected",
            _ => "doctors-summary",
        };
        let report = match *name {
            "nothing" => Tree::of_this_repository().check(&tis::CATALOGUE),
            _ => {
                let tree = Tree::of_mapping(mapping);
                make(&tree);
                tree.check_mapping(&tis::CATALOGUE, mapping)
            }
        };
        let found = fired(&report);
        let expected: BTreeSet<&str> = rules.iter().copied().collect();
        (found != expected).then(|| format!("{name}: expected {expected:?}, found {found:?}"))
    });
    assert_eq!(wrong.into_iter().flatten().collect::<Vec<_>>(), Vec::<String>::new());
}

/// The rules that fire when a text mapper stands in for the typed one.
fn rules_with(catalogue: &Catalogue) -> BTreeSet<&'static str> {
    fired(&Tree::of_mapping("doctors-summary").check_mapping(catalogue, "doctors-summary"))
}

#[test]
fn each_text_mapper_in_place_of_the_typed_one_is_found() {
    // Each fails on some spelling. What it does to the goldens themselves: the list is missing (null-into-required),
    // values are lost or changed (round-trip-loss), date arrays are passed on to a UI that shows text only
    // (consumer-refuses); the answer is never the expected one, if only for the order of a HashMap; and some cases of
    // invalid/ are refused for other reasons than the typed mapping's (wrong-verdict).
    let always = ["spelling-sensitive", "consumer-refuses", "round-trip-loss", "unexpected-output", "wrong-verdict"];
    // The last two take both layouts of the goldens: no golden loses its list.
    let loses_lists = ["regex_2022_06", "regex_2023_12_28"];
    let wrong = in_threads(&TEXT_MAPPERS, |(name, _, catalogue)| {
        let found = rules_with(catalogue);
        let lost = loses_lists.contains(name).then_some("null-into-required");
        // The first knows only the compact layout, and the leg promises the other: of what the producer writes, no row
        // reaches the list's new name.
        let unmapped: &[&str] = if *name == "regex_2022_06" { &["lossy-mapping", "unfed-target"] } else { &[] };
        let expected: BTreeSet<&str> = always.into_iter().chain(lost).chain(unmapped.iter().copied()).collect();
        (found != expected).then(|| format!("{name}: {found:?}"))
    });
    assert_eq!(wrong.into_iter().flatten().collect::<Vec<_>>(), Vec::<String>::new());
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
    assert!(lost.contains(&"/traineeInfo/*/doctorLastName"), "{lost:?}");
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
                Outcome::Emitted(answer) => {
                    Outcome::emitted(answer.replace("\"countTotal\":3,", "\"countTotal\":\"3\","))
                }
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
    assert_eq!(
        lost,
        BTreeSet::from(["/countTotal", "/traineeInfo/*/doctorFirstName", "/traineeInfo/*/doctorLastName"])
    );
}
