//! The definition of `ok`, `lost` and `corrupted`, clause by clause, over bodies that the captures may not have.

use dtogate::document::parse_text;
use dtogate::mapping::{Inputs, Mapping, Outcome};
use dtogate::tis::mapping::{connection_log, connection_log_sync, doctors_by_gmc_id, doctors_summary};
use dtogate::verdict::{judge, judge_beside};

use crate::versions;

const COUNTS: &str = r#""countTotal":1,"countUnderNotice":0,"totalPages":1,"totalResults":1"#;
const ROW: &str = r#"{"gmcReferenceNumber":"1234567","submissionDate":"2024-01-15"}"#;
const OTHER: &str = r#"{"gmcReferenceNumber":"7654321","submissionDate":"2024-01-15"}"#;

/// A page with the counts and these members.
fn page(members: &str) -> String {
    format!("{{{COUNTS},{members}}}")
}

/// What is sent and answered names keys as the captures do; so does the judgement. In between they have today's names.
fn judged(mapping: &Mapping, sent: &str, outcome: &Outcome) -> String {
    let outcome = match outcome {
        Outcome::Emitted(answer) => Outcome::emitted(versions::leg(mapping, answer)),
        refused => refused.clone(),
    };
    let judgement = judge(mapping, &parse_text(&versions::leg(mapping, sent)).unwrap(), &outcome);
    versions::leg_as_captured(mapping, &judgement.to_string())
}

/// The answer of a mapping to a payload, with keys as the captures have them.
fn answer_of(mapping: &Mapping, sent: &str) -> Outcome {
    match mapping.run(&Inputs::payload(versions::leg(mapping, sent))) {
        Outcome::Emitted(answer) => Outcome::emitted(versions::leg_as_captured(mapping, &answer)),
        refused => refused,
    }
}

/// The typed mapping over a payload.
fn typed(sent: &str) -> String {
    judged(&doctors_summary::MAPPING, sent, &answer_of(&doctors_summary::MAPPING, sent))
}

/// An answer that some other mapper gave.
fn other(sent: &str, answer: &str) -> String {
    judged(&doctors_summary::MAPPING, sent, &Outcome::emitted(answer))
}

/// A text mapper: renames wherever the text stands.
fn text(sent: &str) -> String {
    other(sent, &sent.replace(r#""traineeInfo":"#, r#""recommendationInfo":"#))
}

#[track_caller]
fn assert_starts(judgement: &str, start: &str) {
    assert!(judgement.starts_with(start), "{judgement}\nshould start with\n{start}");
}

#[test]
fn a_list_that_arrives_is_ok() {
    let sent = page(&format!(r#""traineeInfo":[{ROW},null]"#));
    assert_eq!(text(&sent), "ok");
    assert_eq!(typed(&sent), "ok: absent and null taken for the same");
    for list in ["[]", "null"] {
        let sent = page(&format!(r#""traineeInfo":{list}"#));
        assert_eq!((text(&sent).as_str(), typed(&sent).as_str()), ("ok", "ok"), "{list}");
    }
    // Nothing to rename; the typed mapper writes null.
    let none = format!("{{{COUNTS}}}");
    assert_eq!((text(&none).as_str(), typed(&none).as_str()), ("ok", "ok: absent and null taken for the same"));
    // Already under the new name.
    let new = page(&format!(r#""recommendationInfo":[{ROW}]"#));
    assert_eq!(text(&new), "ok");
    assert_starts(&typed(&new), "ok");
}

#[test]
fn white_space_escapes_and_order_are_spelling() {
    for key in ["\"traineeInfo\"  :", r#""\u0074raineeInfo":"#, "\"traineeInfo\"\r\n:"] {
        let sent = page(&format!("{key}[{ROW}]"));
        assert_starts(&typed(&sent), "ok");
        assert_eq!(text(&sent), "lost: /recommendationInfo is absent, the list is still under /traineeInfo");
    }
    let sent = page(r#""traineeInfo":[{"doctorLastName":"\u674e\ud83d\ude00"}]"#);
    assert_starts(&typed(&sent), "ok");
    assert_eq!(other(&sent, &page(r#""recommendationInfo":[{"doctorLastName":"李😀"}]"#)), "ok");
}

#[test]
fn a_list_under_another_name_is_lost() {
    for key in ["trainee_info", "TraineeInfo", "traineeInfo ", "doctors"] {
        let sent = page(&format!(r#""{key}":[{ROW}]"#));
        let null = format!("lost: /recommendationInfo is null, the list was under /{key}");
        let absent = format!("lost: /recommendationInfo is absent, the list is still under /{key}");
        assert_eq!((typed(&sent), text(&sent)), (null, absent));
    }
    let wrapped = format!(r#"{{"data":{}}}"#, page(&format!(r#""traineeInfo":[{ROW}]"#)));
    assert_eq!(typed(&wrapped), "lost: /recommendationInfo is null, the list was under /data/traineeInfo");
    assert_eq!(text(&wrapped), "lost: /recommendationInfo is absent, the list was under /data/traineeInfo");
}

#[test]
fn a_null_list_is_lost_where_it_stays() {
    for key in ["traineeInfo", "trainee_info"] {
        let sent = page(&format!(r#""{key}":null"#));
        let left = format!("lost: /recommendationInfo is absent, what was sent is still under /{key} (it is null)");
        assert_eq!(other(&sent, &sent), left);
        assert_starts(&typed(&sent), "ok");
    }
    // Left out is null to the consumer.
    assert_starts(&other(&page(r#""traineeInfo":null"#), &format!("{{{COUNTS}}}")), "ok");
}

#[test]
fn no_answer_and_no_list_are_lost() {
    let sent = page(&format!(r#""traineeInfo":[{ROW}]"#));
    assert_starts(&other(&sent, "<html>"), "lost: the answer is not JSON");
    assert_starts(&other(&sent, "[]"), "lost: /recommendationInfo is absent");
    assert_eq!(other(&sent, &page(r#""recommendationInfo":"x""#)), "lost: /recommendationInfo is not a list");
    let bad_date = page(r#""traineeInfo":[{"submissionDate":"15/01/2024"}]"#);
    assert_starts(&typed(&bad_date), "lost: no answer, read fails at /traineeInfo/0/submissionDate");
    assert_eq!(text(&bad_date), "ok");
    for value in [r#""x""#, r#"{"a":1}"#, "5", "true"] {
        let sent = page(&format!(r#""traineeInfo":{value}"#));
        assert_starts(&typed(&sent), "lost: no answer, read fails at /traineeInfo: expected a list");
        assert_eq!(text(&sent), "ok", "there was no list, and nothing else changed");
        assert_starts(&other(&sent, &sent), "lost: /recommendationInfo is absent");
    }
}

#[test]
fn of_two_keys_the_old_one_was_sent() {
    let old_first = page(&format!(r#""traineeInfo":[{ROW}],"recommendationInfo":[{OTHER}]"#));
    let wrong = r#"corrupted: /recommendationInfo/0/gmcReferenceNumber: sent "1234567", got "7654321""#;
    assert_eq!((text(&old_first).as_str(), typed(&old_first).as_str()), (wrong, wrong));
    assert_eq!(other(&old_first, &old_first), format!("{wrong} (and 1 more)"));
    let new_first = page(&format!(r#""recommendationInfo":[{OTHER}],"traineeInfo":[{ROW}]"#));
    assert_eq!(text(&new_first), "ok");
    assert_starts(&typed(&new_first), "ok");
    assert_eq!(other(&new_first, &new_first), format!("{wrong} (and 1 more)"));
    let null_wins = page(&format!(r#""traineeInfo":[{ROW}],"recommendationInfo":null"#));
    assert_starts(&typed(&null_wins), "lost: /recommendationInfo is null");
    let null_sent = page(&format!(r#""traineeInfo":null,"recommendationInfo":[{ROW}]"#));
    assert_starts(&typed(&null_sent), "corrupted: /recommendationInfo: sent null, got [");
}

#[test]
fn of_a_repeated_key_the_last_was_sent() {
    let sent = page(&format!(r#""traineeInfo":[{ROW}],"traineeInfo":[{OTHER}],"countTotal":2"#));
    assert_eq!(text(&sent), "ok");
    assert_starts(&typed(&sent), "ok");
    let first_won = other(&sent, &page(&format!(r#""recommendationInfo":[{ROW}]"#)));
    assert_starts(&first_won, "corrupted: /recommendationInfo/0/gmcReferenceNumber: sent \"7654321\"");
    assert!(first_won.ends_with("(and 1 more)"), "{first_won}");
}

#[test]
fn a_nested_key_and_a_key_that_ends_so_are_corrupted_by_text() {
    for key in [r#""links":{"traineeInfo":1}"#, r#""a\"traineeInfo":1"#] {
        let in_item = page(&format!(r#""traineeInfo":[{{{key}}}]"#));
        let broken = other(&in_item, &in_item.replace("traineeInfo\":", "recommendationInfo\":"));
        assert_starts(&broken, "corrupted: /recommendationInfo/0/");
        assert!(broken.contains("recommendationInfo"), "{broken}");
        assert!(typed(&in_item).contains("unknown key dropped: /recommendationInfo/*/"), "{}", typed(&in_item));
        let above = page(&format!(r#"{key},"traineeInfo":[{ROW}]"#));
        assert_starts(&other(&above, &above.replace("traineeInfo\":", "recommendationInfo\":")), "corrupted: /");
        assert_starts(&typed(&above), "ok");
    }
    let value = page(r#""traineeInfo":[{"admin":"traineeInfo"}]"#);
    assert_eq!(text(&value), "ok");
    assert_eq!(
        other(&value, &value.replace("traineeInfo", "recommendationInfo")),
        r#"corrupted: /recommendationInfo/0/admin: sent "traineeInfo", got "recommendationInfo""#
    );
}

#[test]
fn counts_are_coerced_but_not_invented() {
    let with_count = |count: &str| format!(r#"{{{count}"countUnderNotice":0,"totalPages":1,"totalResults":1}}"#);
    for count in [r#""countTotal":"1","#, r#""countTotal":" 1 ","#] {
        assert!(typed(&with_count(count)).ends_with("coerced to the declared type: /countTotal"), "{count}");
    }
    assert_eq!(typed(&with_count(r#""countTotal":1.0,"#)), "ok: absent and null taken for the same");
    for (count, sent) in [
        ("", "nothing sent"),
        (r#""countTotal":null,"#, "sent null"),
        (r#""countTotal":"","#, r#"sent """#),
        (r#""countTotal":1.9,"#, "sent 1.9"),
    ] {
        assert_starts(&typed(&with_count(count)), &format!("corrupted: /countTotal: {sent}, got "));
    }
}

#[test]
fn values_are_coerced_to_the_declared_type_only() {
    let row = |member: &str| page(&format!(r#""traineeInfo":[{{{member}}}]"#));
    for (member, pointer) in [
        (r#""gmcReferenceNumber":1234567"#, "gmcReferenceNumber"),
        (r#""doctorLastName":1.50"#, "doctorLastName"),
        (r#""admin":true"#, "admin"),
        (r#""notes":"TRUE""#, "notes"),
        (r#""notes":1"#, "notes"),
    ] {
        let note = format!("coerced to the declared type: /recommendationInfo/*/{pointer}");
        let row = row(member);
        assert!(typed(&row).ends_with(&note), "{}", typed(&row));
        assert_eq!(text(&row), "ok");
    }
    // A number is not what the class declares here.
    let answer = page(r#""recommendationInfo":[{"gmcReferenceNumber":1234567}]"#);
    assert_starts(&other(&row(r#""gmcReferenceNumber":"1234567""#), &answer), "corrupted: ");
    assert_starts(&typed(&row(r#""notes":2"#)), "corrupted: /recommendationInfo/0/notes: sent 2, got true");
}

#[test]
fn dates_may_be_rewritten_but_not_changed() {
    let row = |date: &str| page(&format!(r#""traineeInfo":[{{"submissionDate":{date}}}]"#));
    assert!(typed(&row("[2024,1,15]")).ends_with("dates rewritten as text"));
    assert_eq!(text(&row("[2024,1,15]")), "ok: dates are still arrays");
    for date in [r#""2024-01-15T10:30:00""#, r#""""#, r#"" ""#, "[]", "19737"] {
        assert_starts(&typed(&row(date)), "corrupted: /recommendationInfo/0/submissionDate: sent ");
    }
    let wrong = page(r#""recommendationInfo":[{"submissionDate":"2024-01-16"}]"#);
    assert_starts(&other(&row("[2024,1,15]"), &wrong), "corrupted: ");
    let cut = page(r#""recommendationInfo":[{"submissionDate":"2024-01-15"}]"#);
    assert_starts(&other(&row("[2024,1,15,10,30]"), &cut), "corrupted: ");
}

#[test]
fn only_unknown_keys_may_be_dropped() {
    let sent = page(r#""newTotal":9,"traineeInfo":[{"admin":"a","newField":1},{"newField":2}]"#);
    let notes = "unknown key dropped: /newTotal; unknown key dropped: /recommendationInfo/*/newField";
    assert!(typed(&sent).ends_with(notes), "{}", typed(&sent));
    let without = |members: &str| other(&sent, &page(&format!(r#""newTotal":9,"recommendationInfo":[{members}]"#)));
    assert_eq!(
        without(r#"{"newField":1},{"newField":2}"#),
        r#"corrupted: /recommendationInfo/0/admin: sent "a", got nothing"#
    );
    assert_starts(&without(r#"{"admin":"a","newField":1}"#), "corrupted: /recommendationInfo/1: sent {");
    assert_starts(&without(r#"{"admin":"a"},{},null"#), "corrupted: /recommendationInfo/2: nothing sent, got null");
}

#[test]
fn another_mapping_brings_its_own_renames_and_declarations() {
    let mapping = &connection_log::MAPPING;
    let sent = r#"{"gmcId":"1234567","eventDateTime":[2024,1,15,10,30]}"#;
    let answer = answer_of(mapping, sent);
    assert_eq!(
        judged(mapping, sent, &answer),
        "ok: absent and null taken for the same; dates rewritten as text",
        "the generated id is declared"
    );
    let lost = Outcome::emitted(r#"{"id":"x","gmcId":"1234567"}"#);
    assert_eq!(judged(mapping, sent, &lost), "lost: /requestTime is absent, what was sent was under /eventDateTime");
}

/// Two logs in a message, as sent to the index.
const LOGS: &str = r#"{"payload":[{"gmcId":"1234567","newDesignatedBodyCode":"1-FAKE1","updatedBy":"a","eventDateTime":"2025-12-08T10:30:00.000"},{"gmcId":"7654321","newDesignatedBodyCode":null,"updatedBy":null,"eventDateTime":"2026-01-30T12:06:42.120"}],"syncEnd":false}"#;

#[test]
fn names_in_rows_are_followed_in_every_row() {
    let mapping = &connection_log_sync::MAPPING;
    let judged_as = |sent: &str, answer: &str| judged(mapping, sent, &Outcome::emitted(answer));
    let Outcome::Emitted(answer) = answer_of(mapping, LOGS) else { panic!("no answer") };
    assert_eq!(judged_as(LOGS, &answer), "ok");
    // Each row by itself: lost, still under the old name, another row's.
    assert_eq!(
        judged_as(LOGS, &answer.replace("\"7654321\"", "null")),
        "lost: /updates/1/gmcReferenceNumber is null, what was sent was under /payload/1/gmcId"
    );
    let (before, last) = answer.rsplit_once("\"gmcReferenceNumber\"").unwrap();
    assert_eq!(
        judged_as(LOGS, &format!("{before}\"gmcId\"{last}")),
        "lost: /updates/1/gmcReferenceNumber is absent, what was sent is still under /updates/1/gmcId"
    );
    assert_eq!(
        judged_as(LOGS, &answer.replace("1234567", "7654321")),
        r#"corrupted: /updates/0/gmcReferenceNumber: sent "1234567", got "7654321""#
    );
    assert_starts(
        &judged_as(LOGS, &answer.replace("12:06", "13:06")),
        "corrupted: /updates/1/lastConnectionDateTime: ",
    );
    // What has no new name is compared as ever, and a row that is missing is.
    assert_eq!(
        judged_as(LOGS, &answer.replace("\"a\"", "\"b\"")),
        r#"corrupted: /updates/0/updatedBy: sent "a", got "b""#
    );
    let first = format!("{}]}}", answer.split_once("},{").unwrap().0.to_owned() + "}");
    assert_starts(&judged_as(LOGS, &first), "lost: /updates/1/gmcReferenceNumber is absent, what was sent was under");
    assert_eq!(judged_as(LOGS, LOGS), "lost: /updates is absent, the list is still under /payload");
    // Nothing to rename in a row, and no row.
    let null = r#"{"payload":[{"gmcId":null,"updatedBy":"a","eventDateTime":null}],"syncEnd":false}"#;
    assert_starts(&judged(mapping, null, &answer_of(mapping, null)), "ok");
    for empty in [r#"{"payload":[],"syncEnd":false}"#, r#"{"payload":[],"syncEnd":true}"#] {
        assert_eq!(judged(mapping, empty, &answer_of(mapping, empty)), "ok", "{empty}");
    }
    // A key of the producer's that the reader does not know, in one row.
    let unknown = LOGS.replacen("{\"gmcId\"", "{\"new\":1,\"gmcId\"", 1);
    let note = "ok: unknown key dropped: /updates/*/new";
    assert_eq!(judged_as(&unknown, &answer), note);
}

#[test]
fn of_two_keys_in_a_row_the_old_one_was_sent() {
    let mapping = &connection_log_sync::MAPPING;
    let sent = LOGS.replacen("{\"gmcId\"", "{\"gmcReferenceNumber\":\"1111111\",\"gmcId\"", 1);
    let Outcome::Emitted(answer) = answer_of(mapping, LOGS) else { panic!("no answer") };
    assert_eq!(judged(mapping, &sent, &Outcome::Emitted(answer.clone())), "ok");
    let other = Outcome::emitted(answer.replace("1234567", "1111111"));
    assert_starts(&judged(mapping, &sent, &other), "corrupted: /updates/0/gmcReferenceNumber: sent \"1234567\"");
}

#[test]
fn what_moves_to_another_level_is_followed() {
    let mapping = &doctors_by_gmc_id::MAPPING;
    let sent = std::fs::read_to_string("fixtures/doctors-by-gmc-id/valid/single.json").unwrap();
    let sent = versions::leg_as_captured(mapping, &sent);
    let Outcome::Emitted(answer) = answer_of(mapping, &sent) else { panic!("no answer") };
    let judged_as = |sent: &str, answer: &str| judged(mapping, sent, &Outcome::emitted(answer));
    assert_starts(&judged_as(&sent, &answer), "ok");
    assert_eq!(
        judged_as(&sent, &answer.replace("\"Fakelast0\"", "null")),
        "lost: /surname is null, what was sent was under /traineeInfo/0/doctorLastName"
    );
    assert_eq!(
        judged_as(&sent, &answer.replace("Fakelast0", "Fakelast1")),
        r#"corrupted: /surname: sent "Fakelast0", got "Fakelast1""#
    );
    // What comes from elsewhere is declared, and what nobody declares is seen.
    let added = answer.replacen("{", "{\"invented\":1,", 1);
    assert_eq!(judged_as(&sent, &added), "corrupted: /invented: nothing sent, got 1");
    let with_notes = answer.replace("\"notes\":null", "\"notes\":[]");
    assert_starts(&judged_as(&sent, &with_notes), "ok");
    let undeclared =
        Mapping { declarations: mapping.declarations.split_at(mapping.declarations.len() - 1).0, ..*mapping };
    let found = judged(&undeclared, &sent, &Outcome::emitted(with_notes));
    assert_eq!(found, "corrupted: /notes: nothing sent, got []");
    // A row whose other values are not all declared dropped is missed as a whole.
    let undropped: Vec<_> = mapping
        .declarations
        .iter()
        .filter(|declared| declared.pointer != "/traineeInfo/*/submissionDate")
        .copied()
        .collect();
    let undropped = Mapping { declarations: undropped.leak(), ..*mapping };
    assert_starts(&judged(&undropped, &sent, &Outcome::Emitted(answer)), "corrupted: /traineeInfo: sent [");
}

/// The index reads the time by a pattern and refuses any other form of it.
#[test]
fn a_date_is_written_by_the_pattern_of_its_target() {
    let mapping = &connection_log_sync::MAPPING;
    let Outcome::Emitted(answer) = answer_of(mapping, LOGS) else { panic!("no answer") };
    assert!(answer.contains("T10:30:00.000"), "{answer:?}");
    for (written, form) in [
        ("10:30:00", "yyyy-MM-dd'T'HH:mm:ss"),
        ("10:30:00.000000", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"),
        ("10:30", "yyyy-MM-dd'T'HH:mm"),
    ] {
        let judgement = judged(mapping, LOGS, &Outcome::emitted(answer.replace("10:30:00.000", written)));
        assert_starts(
            &judgement,
            "corrupted: /updates/0/lastConnectionDateTime: sent \"2025-12-08T10:30:00.000\", got",
        );
        assert!(judgement.ends_with(&format!("SSS, found {form}")), "{judgement}");
    }
    // As lists, and as it was sent: the pattern counts.
    let list = answer.replace(r#""2025-12-08T10:30:00.000""#, "[2025,12,8,10,30]");
    assert_starts(&judged(mapping, LOGS, &Outcome::emitted(list)), "corrupted: /updates/0/lastConnectionDateTime");
    let other = LOGS.replace("10:30:00.000", "10:30:00");
    assert_starts(
        &judged(mapping, &other, &Outcome::emitted(answer.replace("10:30:00.000", "10:30:00"))),
        "corrupted: /updates/0/lastConnectionDateTime: ",
    );
}

#[test]
fn a_list_is_never_nothing() {
    // The later of two keys is null, so that the mapping itself writes null: an empty list is not the same.
    let sent = versions::page(&page(&format!(r#""traineeInfo":[{ROW}],"recommendationInfo":null"#)));
    let Outcome::Emitted(own) = doctors_summary::MAPPING.run(&Inputs::payload(sent.as_str())) else {
        panic!("no answer")
    };
    let beside = |answer: &str| {
        let (sent, own) = (parse_text(&sent).unwrap(), own.document().unwrap());
        judge_beside(&doctors_summary::MAPPING, &sent, &Outcome::emitted(versions::page(answer)), Some(&own))
            .to_string()
    };
    let empty = page(r#""recommendationInfo":[]"#);
    assert_eq!(beside(&empty), "lost: /recommendationInfo is empty, the list was under /traineeInfo");
    for list in ["null", "[]"] {
        let sent = page(&format!(r#""traineeInfo":{list}"#));
        let other_list = if list == "null" { "[]" } else { "null" };
        let judgement = other(&sent, &page(&format!(r#""recommendationInfo":{other_list}"#)));
        assert!(!judgement.starts_with("ok"), "{list}: {judgement}");
    }
    assert_starts(&other(&format!("{{{COUNTS}}}"), &empty), "corrupted: /recommendationInfo: nothing sent, got []");
}

#[test]
fn content_behind_the_answer_is_corrupted() {
    let sent = page(&format!(r#""traineeInfo":[{ROW}]"#));
    let answer = page(&format!(r#""recommendationInfo":[{ROW}]"#));
    for rest in [r#"{"error":"x"}"#, "x", "\n[]", "}", "\u{B}", "\u{A0}"] {
        assert_starts(&other(&sent, &format!("{answer}{rest}")), "corrupted: content after the answer's JSON");
    }
    assert_eq!(other(&sent, &format!("{answer} \r\n")), "ok");
    assert_starts(&other(&sent, &answer[..answer.len() - 1]), "lost: the answer is not JSON");
}
