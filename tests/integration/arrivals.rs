//! What became of each value on its way, as facts: nothing is excused here.

use dtogate::compare::{Arrival, arrivals};
use dtogate::document::parse_text;
use dtogate::mapping::{Declared, Mapping};
use dtogate::tis::mapping::{connection_log, doctors_summary};
use pretty_assertions::assert_eq;

/// The facts, a line each: source, target, what happened, what is declared.
fn facts(mapping: &Mapping, sent: &str, got: &str) -> Vec<String> {
    let (sent, got) = (parse_text(sent).unwrap(), parse_text(got).unwrap());
    let arrivals = arrivals(mapping, &sent, &got);
    let line = |arrival: &Arrival| {
        let declared = arrival.declared.map_or_else(String::new, |what| format!(", {}", what.name()));
        format!("{} -> {}: {:?}{declared}", arrival.source, arrival.target, arrival.fate)
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
        ["/traineeInfo/0/notes -> /recommendationInfo/0/notes: Appeared, added"]
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
            "/traineeInfo/0/submissionDate -> /recommendationInfo/0/submissionDate: DateForm",
            "/traineeInfo/0/dateAdded -> /recommendationInfo/0/dateAdded: Changed",
            "/traineeInfo/0/x -> /recommendationInfo/0/x: Appeared",
        ]
    );
}

#[test]
fn null_absent_and_empty_are_three_things() {
    let facts = |sent: &str, got: &str| facts(&doctors_summary::MAPPING, sent, got).join("; ");
    let to = "/traineeInfo -> /recommendationInfo";
    assert_eq!(facts(r#"{"traineeInfo":null}"#, r#"{"recommendationInfo":[]}"#), format!("{to}: Changed"));
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
