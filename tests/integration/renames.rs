//! A renamed key, and what a person or a file still calls by its old name.

use dtogate::mapping::{Catalogue, Consumer, Declaration, Mapping, Wire};
use dtogate::update::left::of_checkout;
use pretty_assertions::assert_eq;

use crate::binary::write;
use crate::updates::{ADDED, BEFORE, LENIENT, RENAMED, all, before as shop, root, run, text, waiting};

const ACCEPTED: &str = "fixtures/accepted.toml";

const OLD: &[Declaration] = &[Declaration::converted("/lines/*/sku", "upper case")];
const NEW: &[Declaration] = &[Declaration::converted("/lines/*/article", "upper case")];

/// The catalogue after the rename, with another mapping.
fn renamed(change: impl Fn(Mapping) -> Mapping) -> &'static Catalogue {
    let mappings = Box::leak(Box::new([change(RENAMED.mappings[0])]));
    Box::leak(Box::new(Catalogue { mappings, ..RENAMED }))
}

#[test]
fn accepted_findings_follow_a_renamed_key() {
    let root = root();
    let entry = |pointer: &str| {
        format!(
            "[[accepted]] # seen\nreason = '''\nas /lines/*/sku was\n'''\nmapping = \"orders\"\n\
             rule = \"null-identifier\"\npointer = {pointer} # why\n\n"
        )
    };
    let known = |pointer: &str| format!("# known\n\n{}{}", entry(pointer), entry("\"/number\""));
    write(root.path(), ACCEPTED, known("'/lines/*/sku'"));
    let list = run(root.path(), &RENAMED, &["review", "--list"]).stdout;
    assert!(list.starts_with("keys: sku -> article: "), "{list}");
    assert_eq!(run(root.path(), &RENAMED, &["accept", "--all"]).code, 0);
    assert_eq!(text(root.path(), ACCEPTED), known("'/lines/*/article'"));
    assert_eq!(waiting(root.path(), &RENAMED), [""; 0]);
}

/// The reason of an entry is a person's: it is never deleted with its key.
#[test]
fn an_accepted_finding_about_a_key_that_is_gone_waits_for_a_person() {
    let root = root();
    let known = |pointer: &str| {
        format!(
            "[[accepted]]\nrule = \"null-identifier\"\nmapping = \"orders\"\npointer = {pointer:?}\nreason = \"seen\"\n"
        )
    };
    let reason = ["accept", "--all", "--reason", "colours come and go"];
    assert_eq!(run(root.path(), &ADDED, &reason).code, 0);
    write(root.path(), ACCEPTED, known("/lines/*/colour"));
    assert_eq!(waiting(root.path(), &ADDED), [""; 0]);
    let accepted = run(root.path(), &BEFORE, &reason);
    assert_eq!((accepted.code, text(root.path(), ACCEPTED)), (1, known("/lines/*/colour")), "{}", accepted.stdout);
    let waits = "waits: acceptance: a key that is no more: 1 place in 1 file\n  no class has the key that it names: delete \
                 the entry, or give it the key that it is about now: fixtures/accepted.toml:1\n";
    assert!(accepted.stdout.ends_with(waits), "{}", accepted.stdout);
    write(root.path(), ACCEPTED, known("/lines/*/amount"));
    assert_eq!(waiting(root.path(), &BEFORE), [""; 0]);
}

/// What a mapping still calls by the old name is said with its line before anything is written.
#[test]
fn a_declaration_with_the_old_name_comes_first() {
    let root = root();
    let declared = renamed(|mapping| Mapping { declarations: OLD, ..mapping });
    let line = "Declaration::converted(\"/lines/*/sku\", \"upper case\"),";
    write(root.path(), "src/orders.rs", format!("id: \"orders\",\ndeclarations: &[\n    {line}\n],\n"));
    let before = all(root.path());
    let list = run(root.path(), declared, &["review", "--list"]);
    let first = format!(
        "declaration: names of keys that are no more: 1 place in 1 file\n  src/orders.rs:3\n    - {line}\n    + {}\n  cannot \
         be accepted: no class of the mapping has such a key any more: edit the lines, build, and accept again\n",
        line.replace("sku", "article")
    );
    assert!(list.code == 1 && list.stdout.starts_with(&first), "{}", list.stdout);
    let accepted = run(root.path(), declared, &["accept", "--all"]);
    assert_eq!((accepted.code, all(root.path())), (1, before), "{}", accepted.stdout);
    assert_eq!(accepted.stdout, format!("{first}nothing is accepted: edit these first\n"));
    // With the new name it is one command.
    let mended = renamed(|mapping| Mapping { declarations: NEW, ..mapping });
    assert!(!run(root.path(), mended, &["accept", "--all"]).stdout.contains("declaration: "));
}

/// A rename on one side of a hop needs a reason, which names the class that was forgotten.
#[test]
fn a_reader_with_the_old_name_needs_a_reason() {
    let root = root();
    let wire = Wire::of::<shop::Order>(&LENIENT);
    let forgotten = renamed(|mapping| Mapping {
        consumer: Some(Consumer { wire, name: "the page", required: &[], dropped: &[] }),
        ..mapping
    });
    write(
        root.path(),
        "src/line.rs",
        "#[dto(name = \"shop.Line\", source = \"shop\")]\npub struct Line {\n    pub sku: Text,\n",
    );
    let before = all(root.path());
    let guarded = run(root.path(), forgotten, &["accept", "--all"]);
    let why = "shop.Line (src/line.rs:3) still has sku, where shop.Order writes /lines/*/article\nnothing is accepted: \
               edit these first, or, of a class that keeps its name, a reason (--reason TEXT)\n";
    assert_eq!((guarded.code, guarded.stdout.as_str(), all(root.path())), (1, why, before));
    let reason = ["accept", "--all", "--reason", "the page takes its new name next week"];
    let accepted = run(root.path(), forgotten, &reason);
    assert!(accepted.stdout.contains("accepted: keys: sku -> article: "), "{}", accepted.stdout);
}

/// What tests ask of a new leg is said with the line to paste: a source, and a golden that is built in.
#[test]
fn the_steps_of_a_new_leg_are_told() {
    let root = root();
    let class = "#[dto(name = \"shop.Line\", source = \"shop, Line.java\")]";
    write(root.path(), "src/line.rs", format!("{class}\nid: \"orders\",\n"));
    let told = |root: &std::path::Path| -> Vec<String> {
        let question = of_checkout(root, &BEFORE).unwrap();
        question.places.into_iter().map(|place| format!("{}: {}", place.path, place.after.unwrap())).collect()
    };
    let source = "source = \"REPOSITORY, PATH/TO/Class.java at COMMIT\"";
    let golden = "probing: Probing { goldens: &[golden_inputs!(\"orders\", \"one\")], ..Probing::PLAIN },";
    let sources = [format!("shop.Order: {source}"), format!("src/line.rs:1: {source}")];
    let expected: Vec<String> = sources.iter().cloned().chain([format!("src/line.rs:2: {golden}")]).collect();
    assert_eq!(told(root.path()), expected);
    std::fs::remove_dir_all(root.path().join("fixtures/orders")).unwrap();
    assert_eq!(told(root.path()).pop().unwrap(), "src/line.rs:2: a golden that iso wrote: dtogate add orders FILE");
    assert_eq!(of_checkout(root.path(), &dtogate::tis::CATALOGUE), None, "ours lack nothing");
}
