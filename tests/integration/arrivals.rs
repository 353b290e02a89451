//! What became of each value on its way, as facts: nothing is excused here.

use dtogate::compare::{Arrival, Fate, arrivals};
use dtogate::document::parse_text;
use dtogate::mapping::{Declared, Mapping};
use dtogate::tis::mapping::{connection_log, connection_log_sync, doctors_summary};
use pretty_assertions::assert_eq;

use crate::versions;

/// The facts, a line each: source, target, what happened, what is declared. Keys are named as they were captured.
fn facts(mapping: &Mapping, sent: &str, got: &str) -> Vec<String> {
    let (sent, got) = (versions::leg(mapping, sent), versions::leg(mapping, got));
    let (sent, got) = (parse_text(&sent).unwrap(), parse_text(&got).unwrap());
    let arrivals = arrivals(mapping, &sent, &got);
    let line = |arrival: &Arrival| {
        let declared = arrival.declared.map_or_else(String::new, |what| format!(", {}", what.name()));
        let line = format!("{} -> {}: {:?}{declared}", arrival.source, arrival.target, arrival.fate);
        versions::leg_as_captured(mapping, &line)
    };
    arrivals.iter().map(line).collect()
}

#[test]
fn a_page_that_arrives_has_no_facts_but_what_is_declared() {
    let sent = r#"{"traineeInfo":[{"admin":"a"}],"countTotal":1}"#;
    assert_eq!(
        facts(
            &doctors_summary::MAPPING,
            sent,
            r#"{"countTotal":1.0,"recommendationInfo":[{"admin":"a","notes":true}]}"#
        ),
        [
            "/traineeInfo/0/notes -> /recommendationInfo/0/notes: Appeared, added",
            "/countTotal -> /countTotal: NumberSpelling",
        ]
    );
}

#[test]
fn each_kind_of_change_is_a_fact_of_its_own() {
    let sent = r#"{"traineeInfo":[{"gmcReferenceNumber":1234567,"doctorLastName":"LOT5.50","admin":"a","sanction":null,"newField":1,"submissionDate":[2024,1,15],"dateAdded":"2024-01-15"}]}"#;
    let got = r#"{"recommendationInfo":[{"gmcReferenceNumber":"1234567","doctorLastName":"LOT5.5","submissionDate":"2024-01-15","dateAdded":"2024-01-16","x":1}]}"#;
    assert_eq!(
        facts(&doctors_summary::MAPPING, sent, got),
        [
            "/traineeInfo/0/gmcReferenceNumber -> /recommendationInfo/0/gmcReferenceNumber: Coerced",
            "/traineeInfo/0/doctorLastName -> /recommendationInfo/0/doctorLastName: Changed",
            "/traineeInfo/0/admin -> /recommendationInfo/0/admin: Missing",
            "/traineeInfo/0/sanction -> /recommendationInfo/0/sanction: NullOrAbsent",
            "/traineeInfo/0/newField -> /recommendationInfo/0/newField: UnknownDropped",
            "/traineeInfo/0/submissionDate -> /recommendationInfo/0/submissionDate: DateForm { sent: Array, got: Text(\"yyyy-MM-dd\") }",
            "/traineeInfo/0/dateAdded -> /recommendationInfo/0/dateAdded: Changed",
            "/traineeInfo/0/x -> /recommendationInfo/0/x: Appeared",
        ]
    );
}

#[test]
fn null_absent_and_empty_are_three_things() {
    let facts = |sent: &str, got: &str| facts(&doctors_summary::MAPPING, sent, got).join("; ");
    let to = "/traineeInfo -> /recommendationInfo";
    assert_eq!(facts(r#"{"traineeInfo":null}"#, r#"{"recommendationInfo":[]}"#), format!("{to}: EmptyOrNothing"));
    assert_eq!(
        facts("{}", r#"{"recommendationInfo":[]}"#),
        "/recommendationInfo -> /recommendationInfo: EmptyOrNothing"
    );
    assert_eq!(
        facts(r#"{"traineeInfo":[{}]}"#, r#"{"recommendationInfo":[]}"#),
        format!("{to}: Lost(\"/recommendationInfo is empty, the list was under /traineeInfo\")")
    );
    assert_eq!(
        facts(r#"{"traineeInfo":[]}"#, r#"{"recommendationInfo":null}"#),
        format!("{to}: Lost(\"/recommendationInfo is null, the list was under /traineeInfo\")")
    );
    assert_eq!(facts(r#"{"traineeInfo":null}"#, "{}"), format!("{to}: NullOrAbsent"));
    let new = "/recommendationInfo -> /recommendationInfo";
    assert_eq!(facts("{}", r#"{"recommendationInfo":null}"#), format!("{new}: NullOrAbsent"));
}

#[test]
fn what_is_declared_is_said_beside_the_fact() {
    let mapping = &connection_log::MAPPING;
    assert_eq!(
        facts(mapping, r#"{"gmcId":"1"}"#, r#"{"id":"x","gmcId":"1"}"#),
        [format!("/id -> /id: Appeared, {}", Declared::Generated.name())]
    );
}

/// A log in a message, its time as it is given.
fn log(key: &str, time: &str) -> String {
    format!(
        r#"{{"{key}":"1234567","{}":{time}}}"#,
        if key == "gmcId" { "eventDateTime" } else { "lastConnectionDateTime" }
    )
}

#[test]
fn a_date_in_another_form_than_the_targets_pattern_is_a_fact_of_its_own() {
    let facts = |sent: &str, got: &str| {
        let sent = format!(r#"{{"payload":[{}]}}"#, log("gmcId", sent));
        let got = format!(r#"{{"updates":[{}]}}"#, log("gmcReferenceNumber", got));
        facts(&connection_log_sync::MAPPING, &sent, &got)
    };
    let to = "/payload/0/eventDateTime -> /updates/0/lastConnectionDateTime";
    let right = r#""2025-12-08T10:30:00.000""#;
    assert_eq!(facts(right, right), [""; 0]);
    for (got, shape) in [
        (r#""2025-12-08T10:30:00""#, "Text(\"yyyy-MM-dd'T'HH:mm:ss\")"),
        (r#""2025-12-08T10:30:00.000000""#, "Text(\"yyyy-MM-dd'T'HH:mm:ss.SSSSSS\")"),
        (r#""2025-12-08T10:30""#, "Text(\"yyyy-MM-dd'T'HH:mm\")"),
    ] {
        let expected = format!("{to}: OutOfForm {{ pattern: \"yyyy-MM-dd'T'HH:mm:ss.SSS\", got: {shape} }}");
        // Whether it was sent so or not.
        for sent in [right, got] {
            assert_eq!(facts(sent, got), [expected.as_str()], "{sent} {got}");
        }
    }
    assert_eq!(facts(right, r#""2025-12-08T10:31:00""#), [format!("{to}: Changed")], "another time is worse");
}

/// A page may have thousands of rows; and what is harmless in a thousand of them hides nothing in the next.
#[test]
fn of_one_cause_the_first_hundred_are_kept_and_the_rest_counted() {
    let rows = |row: &dyn Fn(usize) -> String| (0..1000).map(row).collect::<Vec<_>>().join(",");
    let sent = rows(&|_| r#"{"submissionDate":[2024,1,15],"admin":"a"}"#.to_owned());
    let got = rows(&|at| {
        let day = if at == 999 { 16 } else { 15 };
        format!(r#"{{"submissionDate":"2024-01-{day}","admin":"b"}}"#)
    });
    let (sent, got) = (format!(r#"{{"traineeInfo":[{sent}]}}"#), format!(r#"{{"recommendationInfo":[{got}]}}"#));
    let today = |text: &str| versions::leg(&doctors_summary::MAPPING, text);
    let (sent, got) = (today(&sent), today(&got));
    let (sent, got) = (parse_text(&sent).unwrap(), parse_text(&got).unwrap());
    let arrivals = arrivals(&doctors_summary::MAPPING, &sent, &got);
    let count = |is: &dyn Fn(&Fate) -> bool, name: &str| {
        let of =
            arrivals.iter().filter(|arrival| is(&arrival.fate) && arrival.source.last().unwrap().name() == today(name));
        of.fold((0, 0), |(kept, all), arrival| (kept + 1, all + 1 + arrival.more))
    };
    assert_eq!(count(&|fate| matches!(fate, Fate::DateForm { .. }), "submissionDate"), (100, 999));
    assert_eq!(count(&|fate| *fate == Fate::Changed, "submissionDate"), (1, 1));
    assert_eq!(count(&|fate| *fate == Fate::Changed, "admin"), (100, 1000));
}
