//! What holds for every value: round trips in every configuration, spellings, mappings, and that nothing panics.
//!
//! How long and with which seed, and how to run longer by hand: see [`crate::generate`].

use std::cell::Cell;
use std::sync::Arc;

use dtogate::document::{Document, Kind, NodeId, Style, parse_text, write};
use dtogate::finding::Stage;
use dtogate::java::config::{Dates, Include, Layout, LineEnds, MapperConfig, Unknown};
use dtogate::mapping::{Further, InputSpec, Inputs, Mapping, Outcome};
use dtogate::model::places::{Place, places};
use dtogate::model::{Body, Type};
use dtogate::pointer::Pointer;
use dtogate::spelling::{SPELLINGS, Spelling};
use dtogate::tis::CATALOGUE;
use dtogate::tis::mapping::{doctors_notes, doctors_summary};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;
use serde_json::Value;

use crate::generate::{self, DEFINITIONS, Definition, Sample, document, fail, has_unsupported_date};
use crate::versions::leg;

fn style(layout: Layout, line_ends: LineEnds) -> Style<'static> {
    let line_end = match line_ends {
        LineEnds::Lf => "\n",
        LineEnds::CrLf => "\r\n",
    };
    match layout {
        Layout::Compact => Style::COMPACT,
        Layout::Indented => Style { line_end, ..Style::JACKSON_INDENTED },
        Layout::IndentedNoSpaces => Style { line_end, before_colon: "", after_colon: "", ..Style::JACKSON_INDENTED },
    }
}

/// Whether a null is left out that another value stands for when it is read: the class's own initialiser, or no entry of
/// a map, as in Java.
fn leaves_out_a_null(definition: &Definition, config: &MapperConfig, value: &dyn Sample) -> bool {
    let (class, text) = (definition.spec.class, value.emit(&MapperConfig::ISO).unwrap());
    let document = document(&text);
    let is_null = |node: NodeId| document.kind(node) == Kind::Null;
    let is_map = matches!(&class.body, Body::Type(body) if matches!(&**body, Type::Map(_)));
    let places = places(class);
    let mut has_initialiser = places.iter().filter(|place| place.key().is_some_and(|key| key.default.is_some()));
    let initial = |place: &Place| place.nodes(MapperConfig::ISO.naming, &document).into_iter().any(is_null);
    config.include == Include::NonNull
        && (has_initialiser.any(initial) || is_map && document.members(0).any(|(_, entry)| is_null(entry)))
}

fn round_trips(definition: &Definition, config: &MapperConfig, value: &dyn Sample) -> Result<bool, String> {
    let text = match value.emit(config) {
        Ok(text) => text,
        Err(_) if config.dates == Dates::Unsupported && has_unsupported_date(definition, value) => return Ok(false),
        Err(error) => return Err(format!("not written: {error}")),
    };
    if config.dates == Dates::Unsupported && has_unsupported_date(definition, value) {
        return Err(format!("a date was written without JavaTimeModule: {text}"));
    }
    if value.emit(config).as_ref() != Ok(&text) {
        return Err(format!("written twice, two texts: {text}"));
    }
    let document = parse_text(&text).map_err(|error| format!("{error}: {text}"))?;
    if leaves_out_a_null(definition, config, value) {
        return Ok(true);
    }
    value.is_read_from(config, &document).map_err(|message| format!("{message}\n{text}"))?;
    match definition.spec.round_trip(config, config, &document) {
        Ok(Ok(again)) if again == text => Ok(true),
        other => Err(format!("read and written again: {other:?}\n{text}")),
    }
}

#[test]
fn every_value_comes_back_in_every_configuration() {
    let (written, refused) = (Cell::new(0), Cell::new(0));
    for definition in &*DEFINITIONS {
        generate::check(definition.spec.name(), 16, &(definition.values)(), |value| {
            for config in CATALOGUE.configs {
                let came_back = round_trips(definition, config, &*value)
                    .map_err(|message| fail(format!("{}: {message}", config.name)))?;
                let count = if came_back { &written } else { &refused };
                count.set(count.get() + 1);
            }
            Ok(())
        });
    }
    println!("{} round trips, {} dates refused without JavaTimeModule", written.get(), refused.get());
    assert!(written.get() > 0 && refused.get() > 0);
}

/// The gate compares layouts with the writer of documents, the promise comes from the writer of values.
#[test]
fn the_writers_of_documents_and_of_values_agree() {
    for definition in &*DEFINITIONS {
        generate::check(definition.spec.name(), 12, &(definition.values)(), |value| {
            for config in CATALOGUE.configs {
                let Ok(text) = value.emit(config) else { continue };
                for layout in [Layout::Compact, Layout::Indented, Layout::IndentedNoSpaces] {
                    let typed = value.emit(&MapperConfig { layout, ..*config });
                    let rewritten = write(&document(&text), &style(layout, config.line_ends));
                    prop_assert_eq!(typed.as_ref(), Ok(&rewritten), "{}, {:?}", config.name, layout);
                }
            }
            Ok(())
        });
    }
}

/// A payload with further inputs, as text.
#[derive(Clone, Debug)]
struct Sent {
    payload: String,
    further: Vec<(&'static str, Option<String>, String)>,
}

impl Sent {
    fn alone(&self) -> Sent {
        Sent { payload: self.payload.clone(), further: Vec::new() }
    }

    fn spelled(&self, spelling: &Spelling) -> Sent {
        let spell = |text: &str| spelling.spell(&document(text));
        let further = self.further.iter().map(|(name, key, text)| (*name, key.clone(), spell(text))).collect();
        Sent { payload: spell(&self.payload), further }
    }

    fn through(&self, mapping: &Mapping) -> Outcome {
        let further: Vec<Further<'_>> = self
            .further
            .iter()
            .map(|(name, key, text)| Further { name, key: key.as_deref(), json: text.into() })
            .collect();
        mapping.run(&Inputs { payload: (&self.payload).into(), further: &further })
    }
}

/// For whom further inputs are: the GMC numbers of a list, the only keys that there are so far.
fn gmc_numbers(mapping: &Mapping, payload: &str) -> Vec<String> {
    let page = generate::json(payload);
    let rows = ["traineeInfo", "connections"].into_iter().flat_map(|list| page[leg(mapping, list)].as_array().cloned());
    let number = leg(mapping, "gmcReferenceNumber");
    rows.flatten().filter_map(|row| row[&number].as_str().map(str::to_owned)).collect()
}

/// Whether there are notes from before the year 0. Jackson's `LocalDate` takes a date-time only where the `T` stands
/// behind a year of four digits, so the gateway refuses these: see
/// `a_note_from_before_the_year_0_is_refused_as_jackson_does`.
fn has_year_before_0(notes: &str) -> bool {
    let notes = generate::json(notes);
    let rows = notes["notes"].as_array().into_iter().flatten();
    let mut dates = rows.flat_map(|row| [&row["createdDate"], &row["updatedDate"]]);
    dates.any(|date| date.as_str().is_some_and(|date| date.starts_with('-')))
}

/// Whether TCS sends an id of a person that the gateway's 32 bits do not hold, and the gateway so refuses.
fn has_wide_id(record: &str) -> bool {
    generate::json(record)["tisPersonId"].as_i64().is_some_and(|id| i32::try_from(id).is_err())
}

/// What a mapping's producers send.
fn sent(mapping: &'static Mapping) -> BoxedStrategy<Sent> {
    let payload = (Definition::named(mapping.producer.dto.name()).values)();
    let inputs: Vec<_> = mapping
        .inputs
        .iter()
        .map(|input| proptest::collection::vec((Definition::named(input.wire.dto.name()).values)(), 0..4))
        .collect();
    (payload, inputs)
        .prop_map(|(payload, inputs)| {
            let payload = payload.emit(mapping.producer.config).unwrap();
            let keys = gmc_numbers(mapping, &payload);
            let one = |spec: &InputSpec, index: usize, value: &Arc<dyn Sample>| {
                let key = match spec.keyed {
                    true => Some(keys.get(index)?.clone()),
                    false if index == 0 => None,
                    false => return None,
                };
                let text = value.emit(spec.wire.config).unwrap();
                (!has_year_before_0(&text) && !has_wide_id(&text)).then_some((spec.name, key, text))
            };
            let further = mapping.inputs.iter().zip(&inputs).flat_map(|(spec, values)| {
                values.iter().enumerate().filter_map(move |(index, value)| one(spec, index, value)).collect::<Vec<_>>()
            });
            Sent { further: further.collect(), payload }
        })
        .boxed()
}

/// What of an outcome a spelling must not change: all but where in the text it happened.
fn essence(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Refused { stage, refusal, mut place, input } => {
            place.span = 0..0;
            Outcome::Refused { stage, refusal, place, input }
        }
        emitted => emitted,
    }
}

#[test]
fn no_spelling_changes_what_a_mapping_answers() {
    for mapping in CATALOGUE.mappings {
        generate::check(mapping.id, 32, &sent(mapping), |sent| {
            for sent in [sent.alone(), sent] {
                let answer = essence(sent.through(mapping));
                for spelling in SPELLINGS {
                    let other = essence(sent.spelled(spelling).through(mapping));
                    prop_assert_eq!(&other, &answer, "{}", spelling.id);
                }
            }
            Ok(())
        });
    }
}

/// Whether a mapping must refuse a payload that its reader takes; each has its reason in the mapping.
fn must_refuse(mapping: &Mapping, sent: &Sent) -> bool {
    let payload = generate::json(&sent.payload);
    let key = |name: &str| leg(mapping, name);
    let rows = |list: &str| payload[key(list)].as_array().cloned();
    let has_null_row = |list: &str| rows(list).is_some_and(|rows| rows.contains(&Value::Null));
    let any = |list: &str, is: &dyn Fn(&Value) -> bool| rows(list).is_none_or(|rows| rows.iter().any(is));
    match mapping.id {
        "connection-log-sync" => {
            let no_time =
                |log: &Value| log.is_null() || !log[key("gmcId")].is_null() && log[key("eventDateTime")].is_null();
            payload[key("syncEnd")] != Value::Bool(true) && any("payload", &no_time)
        }
        // The gateway sets `notes` on every row without a guard, so a null row fails the page.
        "connections-connected" | "connections-discrepancies" => has_null_row("connections"),
        "doctors-notes" => has_null_row("traineeInfo"),
        "doctors-by-gmc-id" if payload[key("countTotal")] == 1 => {
            rows("traineeInfo").is_none_or(|rows| rows.first().is_none_or(Value::is_null))
        }
        "doctors-by-gmc-id" => !is_known_to_tcs(mapping, sent),
        "gmc-doctors-collected" => any("doctors", &|doctor| {
            doctor[key("gmcReferenceNumber")].is_null() || doctor[key("designatedBodyCode")].is_null()
        }),
        "manual-connection-update" => payload[key("gmcId")].is_null(),
        "tcs-doctor-info" => payload[key("gmcReferenceNumber")].as_str().is_none_or(|number| number.trim().is_empty()),
        _ => false,
    }
}

fn is_known_to_tcs(mapping: &Mapping, sent: &Sent) -> bool {
    let record = sent.further.iter().find(|(name, ..)| *name == "programme");
    record.is_some_and(|(.., record)| !generate::json(record)[leg(mapping, "gmcNumber")].is_null())
}

/// Whether the mapping uses nothing of this payload: its guard is closed.
fn is_ignored(mapping: &Mapping, payload: &Value) -> bool {
    match mapping.id {
        "connection-log-sync" => payload[leg(mapping, "syncEnd")] == Value::Bool(true),
        "doctors-by-gmc-id" => payload[leg(mapping, "countTotal")] != 1,
        _ => false,
    }
}

/// Every scalar of a payload with its pointer.
fn scalars(value: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| scalars(value, &format!("{pointer}/{key}"), found))
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| scalars(value, &format!("{pointer}/{at}"), found));
        }
        scalar => found.push((pointer.to_owned(), scalar.clone())),
    }
}

/// Whether each value of the payload is in the answer, under its new name where it has one.
///
/// A date may take another form; which, the truth tables and the captures say.
fn arrives(mapping: &Mapping, payload: &str, answer: &str) -> Result<(), TestCaseError> {
    let sent = document(payload);
    let dates = mapping.producer.dto.promise(mapping.producer.config, &sent).dates;
    let dates: Vec<String> = dates.into_iter().map(|node| sent.pointer(node).to_string()).collect();
    let (answer, payload) = (generate::json(answer), generate::json(payload));
    let source = |declared: &str| mapping.source_pointer(&Pointer::read(declared)).to_string();
    let declared: Vec<String> = mapping.declarations.iter().map(|declaration| source(declaration.pointer)).collect();
    let is_declared = |pointer: &str| declared.iter().any(|pattern| lies_in(pointer, pattern));
    // Of a list of which only the first row is used, the others go nowhere.
    let first_row = leg(mapping, "/traineeInfo/0/");
    let other_row = |pointer: &str| mapping.id == "doctors-by-gmc-id" && !pointer.starts_with(&first_row);
    let mut values = Vec::new();
    scalars(&payload, "", &mut values);
    for date in &dates {
        values.retain(|(pointer, _)| !lies_in(pointer, date));
        values.push((date.clone(), payload.pointer(date).cloned().unwrap_or_default()));
    }
    for (pointer, value) in values {
        if is_declared(&pointer) || other_row(&pointer) || is_ignored(mapping, &payload) {
            continue;
        }
        let arrived = answer.pointer(&mapping.target_pointer(&Pointer::read(&pointer)).to_string());
        let arrived = arrived.ok_or_else(|| fail(format!("{pointer} does not arrive: {answer}")))?;
        if dates.contains(&pointer) {
            prop_assert_eq!(arrived.is_null(), value.is_null(), "{}", pointer);
        } else {
            prop_assert_eq!(arrived, &value, "{}", pointer);
        }
    }
    Ok(())
}

/// Whether a pointer names what a pattern names, or something in it.
fn lies_in(pointer: &str, pattern: &str) -> bool {
    let depth = pattern.matches('/').count();
    let above: String = pointer.split_inclusive('/').take(depth + 1).collect();
    Pointer::read(above.trim_end_matches('/')).matches(pattern)
}

#[test]
fn a_mapping_takes_whatever_its_producer_writes() {
    let (mapped, with_notes, null_rows) = (Cell::new(0), Cell::new(0), Cell::new(0));
    for mapping in CATALOGUE.mappings {
        generate::check(mapping.id, 96, &sent(mapping), |sent| {
            let refusal_is_right = must_refuse(mapping, &sent);
            match sent.through(mapping) {
                Outcome::Emitted(_) if refusal_is_right => return Err(fail("mapped, though it must be refused")),
                Outcome::Emitted(answer) => {
                    mapped.set(mapped.get() + 1);
                    with_notes.set(with_notes.get() + u32::from(answer.contains("\"notes\":true")));
                    let is_read = mapping.target.dto.read(mapping.target.config, &document(&answer)).is_ok();
                    // The index has the year of the era: of a year before 1 another year, and of -9999 one too many.
                    let is_far = mapping.id == "connection-log-sync" && answer.contains(":\"+");
                    prop_assert!(is_read || is_far, "{}", answer);
                    arrives(mapping, &sent.payload, &answer)?;
                }
                Outcome::Refused { stage: Stage::Map, .. } if refusal_is_right => {
                    null_rows.set(null_rows.get() + 1);
                }
                refused => return Err(fail(format!("{refused:?}"))),
            }
            Ok(())
        });
    }
    let (mapped, with_notes, null_rows) = (mapped.get(), with_notes.get(), null_rows.get());
    println!("{mapped} values mapped, {with_notes} of them with notes; {null_rows} refused for a null row");
    assert!(with_notes > 0 && null_rows > 0, "the generated values do not reach all of doctors-notes");
}

#[test]
fn a_note_from_before_the_year_0_is_refused_as_jackson_does() {
    let payload = r#"{"traineeInfo":[{"gmcReferenceNumber":"1234567"}]}"#.to_owned();
    let outcome = |date: &str| {
        let notes = format!(r#"{{"notes":[{{"createdDate":"{date}"}}]}}"#);
        let sent = Sent { payload: payload.clone(), further: vec![("notes", Some("1234567".to_owned()), notes)] };
        sent.through(&doctors_notes::MAPPING)
    };
    assert!(matches!(outcome("0001-01-01T10:30:00"), Outcome::Emitted(_)));
    let Outcome::Refused { stage: Stage::Read, place, input, .. } = outcome("-0001-01-01T10:30:00") else {
        panic!("expected a refusal, found {:?}", outcome("-0001-01-01T10:30:00"));
    };
    assert_eq!((place.pointer.to_string().as_str(), input.as_deref()), ("/notes/0/createdDate", Some("notes-1234567")));
}

#[test]
fn an_alias_is_read_as_its_key() {
    let aliased = Cell::new(0);
    for definition in DEFINITIONS.iter().filter(|definition| definition.spec.class.aliases().next().is_some()) {
        generate::check(definition.spec.name(), 48, &(definition.values)(), |value| {
            let text = value.emit(&MapperConfig::ISO).unwrap();
            let object = generate::json(&text);
            for (alias, key) in definition.spec.class.aliases() {
                let members = object.as_object().into_iter().flatten();
                let renamed = members
                    .map(|(name, value)| (if name == key { alias.to_owned() } else { name.clone() }, value.clone()));
                let renamed = Value::Object(renamed.collect());
                prop_assert!(renamed.get(alias).is_some() && renamed.get(key).is_none());
                let text = renamed.to_string();
                value.is_read_from(&MapperConfig::ISO, &document(&text)).map_err(fail)?;
                // Of both, the last wins.
                let [first, last] = [format!("{{\"{alias}\":[],"), format!(",\"{alias}\":[]}}")];
                let key_last = format!("{first}{}", &object.to_string()[1..]);
                value.is_read_from(&MapperConfig::ISO, &document(&key_last)).map_err(fail)?;
                let written = object.to_string();
                let alias_last = format!("{}{last}", &written[..written.len() - 1]);
                let is_same = value.is_read_from(&MapperConfig::ISO, &document(&alias_last)).is_ok();
                prop_assert_eq!(is_same, object[key] == Value::Array(Vec::new()));
                aliased.set(aliased.get() + 1);
            }
            Ok(())
        });
    }
    assert!(aliased.get() > 0, "no class has an alias");
}

#[test]
fn reading_arbitrary_json_never_panics() {
    generate::check("arbitrary JSON", 160, &generate::arbitrary_json(), |value| {
        let text = value.to_string();
        let document = document(&text);
        for definition in &*DEFINITIONS {
            for config in CATALOGUE.configs {
                let read = definition.spec.read(config, &document);
                let promise = definition.spec.promise(config, &document);
                // What is understood is always something that can be written, and a reading without an error is
                // one in which nothing was refused.
                prop_assert!(generate::json(&promise.canonical).is_object());
                prop_assert!(read.is_ok() || !promise.refused.is_empty() || config.unknown == Unknown::Refuse);
                prop_assert!(promise.refused.is_empty() || read.is_err());
            }
        }
        Ok(())
    });
}

/// Every value below the root, as (pointer, node).
fn values_below_the_root(document: &Document<'_>) -> Vec<(String, NodeId)> {
    let (mut found, mut open) = (Vec::new(), vec![0]);
    while let Some(node) = open.pop() {
        let below: Vec<NodeId> = document.members(node).map(|(_, value)| value).chain(document.items(node)).collect();
        found.extend(below.iter().map(|&node| (document.pointer(node).to_string(), node)));
        open.extend(below);
    }
    found
}

/// A lenient reading that gave up would say that everything is null.
#[test]
fn a_broken_value_is_not_understood_and_all_others_are() {
    for definition in &*DEFINITIONS {
        let strategy = ((definition.values)(), any::<Index>(), generate::arbitrary_json());
        generate::check(definition.spec.name(), 32, &strategy, |(value, at, replacement)| {
            let text = value.emit(&MapperConfig::ISO).unwrap();
            let sound = document(&text);
            let values = values_below_the_root(&sound);
            let (pointer, node) = &values[at.index(values.len())];
            let span = sound.span(*node);
            let broken = format!("{}{replacement}{}", &text[..span.start], &text[span.end..]);
            let promise = definition.spec.promise(&MapperConfig::ISO, &document(&broken));
            let [mut understood, mut expected] = [&*promise.canonical, &*text].map(generate::json);
            for whole in [&mut understood, &mut expected] {
                *whole.pointer_mut(pointer).ok_or_else(|| fail(format!("{pointer} is gone: {broken}")))? = Value::Null;
            }
            prop_assert_eq!(understood, expected, "{}: {}", pointer, broken);
            Ok(())
        });
    }
}

/// Text that is nearly what a mapping gets: a real payload that was cut, or has other characters somewhere.
fn nearly_sent(mapping: &'static Mapping) -> BoxedStrategy<Sent> {
    let noise = prop_oneof![Just(String::new()), "[{}\\[\\]:,\"\\\\ a0.e-]{1,3}", ".{1,3}"];
    (sent(mapping), any::<Index>(), any::<Index>(), noise, any::<bool>())
        .prop_map(|(sent, from, to, noise, in_payload)| {
            let edit = |text: &str| {
                let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let from = from.index(boundaries.len());
                let to = (from + to.index(6)).min(boundaries.len() - 1);
                format!("{}{noise}{}", &text[..boundaries[from]], &text[boundaries[to]..])
            };
            let further = sent.further.iter().map(|(name, key, text)| (*name, key.clone(), edit(text))).collect();
            let payload = if in_payload { edit(&sent.payload) } else { sent.payload };
            Sent { payload, further }
        })
        .boxed()
}

#[test]
fn mapping_arbitrary_text_never_panics() {
    let text = prop_oneof![any::<String>(), "[{}\\[\\]:,\"\\\\ a0.e-]{0,40}"];
    let json = generate::arbitrary_json().prop_map(|value| value.to_string());
    let payloads = prop_oneof![2 => text, 1 => json].boxed();
    for mapping in CATALOGUE.mappings {
        let alone = payloads.clone().prop_map(|payload| Sent { payload, further: Vec::new() });
        let strategy = prop_oneof![1 => alone, 1 => nearly_sent(mapping)];
        generate::check(mapping.id, 128, &strategy, |sent| {
            if let Outcome::Refused { place, input, .. } = sent.through(mapping) {
                let text = match &input {
                    None => &sent.payload,
                    Some(label) => &sent.further.iter().find(|input| labels(input) == *label).unwrap().2,
                };
                prop_assert!(place.span.end <= text.len(), "{:?} is not in {:?}", place, text);
            }
            Ok(())
        });
    }
}

fn labels((name, key, text): &(&'static str, Option<String>, String)) -> String {
    Further { name, key: key.as_deref(), json: text.into() }.label()
}

#[test]
fn the_properties_can_fail() {
    let has_no_list = |sent: Sent| -> Result<(), TestCaseError> {
        prop_assert!(!sent.payload.contains("traineeInfo"));
        Ok(())
    };
    let check = || generate::check("a property that does not hold", 8, &sent(&doctors_summary::MAPPING), has_no_list);
    assert!(std::panic::catch_unwind(check).is_err());
}
