//! `dtogate accept` and `review` where a class changes otherwise than by a name: keys in another order, values in another
//! form, a key that goes or comes where some goldens are special.

use dtogate::java::boxed::IntegerObject;
use dtogate::java::config::{Include, MapperConfig};
use dtogate::java::types::{List, Text};
use dtogate::mapping::{ByteReaders, Catalogue, DtoSpec, MapError, Mapping, TypedMapping, Values, Wire};
use dtogate::model::Dto;
use dtogate::update::checkout::Definitions;
use dtogate::update::definitions::digest;
use pretty_assertions::assert_eq;

use crate::binary::{folder, names, write};
use crate::updates::{LENIENT, VALID, all, run, run_as, text, waiting};

/// A mapper that leaves out nulls.
const SPARSE: MapperConfig = MapperConfig { name: "sparse", include: Include::NonNull, ..LENIENT };

/// A catalogue of orders whose lines have these keys.
macro_rules! orders {
    ($name:ident, $module:ident, $($key:ident: $ty:ty),*) => {
        mod $module {
            use super::*;

            /// An order.
            #[derive(Clone, Debug, Default, PartialEq, Dto)]
            #[dto(name = "shop.Order", source = "shop, Order.java")]
            pub(super) struct Order {
                /// What is ordered.
                lines: List<Line>,
            }

            /// A line of it.
            #[derive(Clone, Debug, Default, PartialEq, Dto)]
            #[dto(name = "shop.Line", source = "shop, Line.java")]
            pub(super) struct Line {
                $(
                    /// A key.
                    $key: $ty,
                )*
            }

            /// The order as it is.
            pub(super) struct Map;

            impl TypedMapping for Map {
                type Reader = Order;
                type Target = Order;
                const READER: &'static MapperConfig = &LENIENT;
                const WRITER: &'static MapperConfig = &LENIENT;

                fn map(order: Order, _: &Values<'_>) -> Result<Order, MapError> {
                    Ok(order)
                }
            }
        }

        static $name: Catalogue = Catalogue {
            dtos: &[DtoSpec::of::<$module::Order>(), DtoSpec::of::<$module::Line>()],
            configs: &[LENIENT, SPARSE],
            mappings: &[Mapping {
                id: "orders",
                summary: "orders as they are",
                source: "shop",
                reader_name: "the desk",
                byte_readers: ByteReaders::None("none"),
                ..Mapping::typed::<$module::Map>(Wire::of::<$module::Order>(&LENIENT))
            }],
            goldens: &[],
        };
    };
}

orders!(BEFORE, before, sku: Text, amount: Text, note: Text);
orders!(SWAPPED, swapped, sku: Text, note: Text, amount: Text);
orders!(NUMBERED, numbered, sku: Text, amount: IntegerObject, note: Text);
orders!(WITHOUT, without, sku: Text, amount: Text);
orders!(COLOURED, coloured, sku: Text, amount: Text, note: Text, colour: Text);

/// A root with a golden of two lines, and one more; nothing waits in it.
fn root(name: &str, more: &str) -> tempfile::TempDir {
    let root = folder();
    let path = |file: &str| root.path().join(file).display().to_string();
    write(root.path(), "fixtures/README.md", "");
    let lines = r#"{"lines":[{"sku":"A","amount":"1","note":"n"},{"sku":"B","amount":null,"note":null}]}"#;
    write(root.path(), "in/two.json", lines);
    write(root.path(), &format!("in/{name}.json"), more);
    for file in ["in/two.json".to_owned(), format!("in/{name}.json")] {
        let wire = if name == "sparse" && file.contains(name) { SPARSE.name } else { LENIENT.name };
        let added = run(root.path(), &BEFORE, &["add", "orders", &path(&file), "--wire", wire]);
        assert!(added.stderr.is_empty() && added.stdout.contains("written: "), "{}{}", added.stdout, added.stderr);
    }
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all"]).code, 0);
    assert_eq!(waiting(root.path(), &BEFORE), [""; 0]);
    root
}

#[test]
fn keys_in_another_order_are_one_question() {
    let root = root("three", r#"{"lines":[{"sku":"C","amount":"3","note":"x, y"}]}"#);
    let before = all(root.path());
    let list = waiting(root.path(), &SWAPPED);
    assert_eq!(list[0], "keys: keys of /lines/* in another order: 6 places in 2 cases");
    let accepted = run(root.path(), &SWAPPED, &["accept", "--all"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    let three = text(root.path(), &format!("{VALID}/three.json"));
    assert_eq!(three, r#"{"lines":[{"sku":"C","note":"x, y","amount":"3"}]}"#);
    let manifest = text(root.path(), "fixtures/manifest.jsonl");
    assert_eq!(manifest.matches("derived: keys in another order, from ").count(), 2, "{manifest}");
    let checked = run(root.path(), &SWAPPED, &["check"]);
    assert_eq!((checked.code, waiting(root.path(), &SWAPPED)), (0, vec![]), "{}", checked.stdout);
    assert_eq!(run(root.path(), &BEFORE, &["accept", "--all"]).code, 0);
    let goldens = |files: Vec<(String, Vec<u8>)>| -> Vec<(String, Vec<u8>)> {
        files.into_iter().filter(|(path, _)| path.starts_with(VALID)).collect()
    };
    assert_eq!(goldens(all(root.path())), goldens(before), "and back again");
}

/// One golden has its keys in another order on purpose: the class has not changed.
#[test]
fn an_order_that_one_golden_has_on_purpose_is_no_question() {
    let root = root("mixed", r#"{"lines":[{"note":"x","sku":"C","amount":"3"}]}"#);
    assert_eq!(waiting(root.path(), &BEFORE), [""; 0]);
}

/// Nobody knows what a service writes instead, so it is said with its places, and no expectation takes it for its own.
#[test]
fn a_value_that_a_class_does_not_write_any_more_is_said_with_its_places() {
    let root = root("three", r#"{"lines":[{"sku":"C","amount":"3","note":"x"}]}"#);
    write(root.path(), "in/bad.json", r#"{"lines":[{"sku":{},"amount":"3","note":"x"}]}"#);
    let bad = root.path().join("in/bad.json").display().to_string();
    let added = run(root.path(), &BEFORE, &["add", "orders", &bad, "--invalid"]);
    assert!(added.stdout.contains("written: "), "{}{}", added.stdout, added.stderr);
    let files = ["fixtures/orders/invalid/bad.expected.json".to_owned(), format!("{VALID}/three.json")];
    let texts = || files.clone().map(|file| text(root.path(), &file));
    let before = texts();
    let list = run(root.path(), &NUMBERED, &["review", "--list"]).stdout;
    let title = "golden: not what its class writes: /lines/*/amount in orders, round-trip-loss: 2 places in 2 cases\n";
    assert!(list.contains(title), "{list}");
    assert!(list.contains("fixtures/orders/valid/three.json:1:"), "{list}");
    assert!(list.contains(": edit these places, or capture the goldens again\n"), "{list}");
    let accepted = run(root.path(), &NUMBERED, &["accept", "--all"]);
    assert_eq!((accepted.code, accepted.stdout.contains("refused at")), (1, false), "{}", accepted.stdout);
    assert_eq!(texts(), before);
    // As it says.
    for file in ["two", "three"] {
        let path = format!("{VALID}/{file}.json");
        let edited = text(root.path(), &path).replace("\"1\"", "1").replace("\"3\"", "3");
        write(root.path(), &path, edited);
    }
    let accepted = run(root.path(), &NUMBERED, &["accept", "--all", "--reason", "the amount is a number"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    let checked = run(root.path(), &NUMBERED, &["check"]);
    assert_eq!((checked.code, waiting(root.path(), &NUMBERED)), (0, vec![]), "{}", checked.stdout);
}

/// A mapper that leaves out nulls does not write the key in every object: it goes all the same.
#[test]
fn a_key_that_goes_also_goes_where_some_leave_it_out() {
    let root = root("sparse", r#"{"lines":[{"sku":"C","amount":"3"}]}"#);
    let guarded = run(root.path(), &WITHOUT, &["accept", "--all"]);
    assert!(guarded.stdout.contains("waits: keys: note is gone: "), "{}", guarded.stdout);
    let accepted = run(root.path(), &WITHOUT, &["accept", "--all", "--reason", "nobody reads it"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    let two = r#"{"lines":[{"sku":"A","amount":"1"},{"sku":"B","amount":null}]}"#;
    assert_eq!(text(root.path(), &format!("{VALID}/two.json")), two);
    let checked = run(root.path(), &WITHOUT, &["check"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
}

/// A key that one golden has on purpose is not the old name of one that comes.
#[test]
fn a_key_that_comes_is_no_rename_of_one_that_a_golden_has_besides() {
    let root = root("more", r#"{"lines":[{"sku":"C","amount":"3","note":"x","color":"red"}]}"#);
    let list = waiting(root.path(), &COLOURED);
    assert!(list[0].starts_with("keys: colour is new: "), "{list:?}");
    let accepted = run(root.path(), &COLOURED, &["accept", "--all", "--reason", "the shop has colours"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    let more = text(root.path(), &format!("{VALID}/more.json"));
    assert_eq!(more, r#"{"lines":[{"sku":"C","amount":"3","note":"x","colour":null,"color":"red"}]}"#);
}

/// One expectation serves a case in every configuration: a second one that says the same is not written, and goes.
#[test]
fn an_expectation_that_says_the_same_is_there_once() {
    let root = folder();
    write(root.path(), "fixtures/README.md", "");
    let line = r#"{"lines":[{"sku":"C","amount":"3","note":"x"}]}"#;
    let add = |path: &str, text: &str, wire: &str| {
        write(root.path(), path, text);
        let path = root.path().join(path).display().to_string();
        run(root.path(), &BEFORE, &["add", "orders", &path, "--wire", wire]).stdout
    };
    add("in/one.json", line, SPARSE.name);
    assert_eq!(names(&root.path().join(VALID)), ["one@sparse.expected.json", "one@sparse.json"]);
    let own = add("in/one.json", line, LENIENT.name);
    assert!(own.contains("one@sparse.expected.json says the same: this one serves both\n"), "{own}");
    assert!(own.contains("removed: fixtures/orders/valid/one@sparse.expected.json\n"), "{own}");
    assert_eq!(names(&root.path().join(VALID)), ["one.expected.json", "one.json", "one@sparse.json"]);
    let again = add("in/one.json", line, SPARSE.name);
    assert!(again.contains("one.expected.json (that of the case in the other configuration)\n"), "{again}");
    assert_eq!(run(root.path(), &BEFORE, &["check"]).code, 0);
    // One that says something else stays.
    add("in/two.json", line, SPARSE.name);
    add("in/two.json", &line.replace("\"x\"", "\"y\""), LENIENT.name);
    let two: Vec<String> = names(&root.path().join(VALID)).into_iter().filter(|name| name.starts_with("two")).collect();
    assert_eq!(two, ["two.expected.json", "two.json", "two@sparse.expected.json", "two@sparse.json"]);
}

/// A leg's mapping names a golden of its own configuration: until there is one, `add` asks for it.
#[test]
fn a_golden_of_another_configuration_is_not_the_one_that_the_mapping_names() {
    let root = folder();
    for (path, text) in [("Cargo.toml", "name = \"dtogate\"\n"), ("defs/order.rs", ""), ("fixtures/README.md", "")] {
        write(root.path(), path, text);
    }
    let digest = digest(&root.path().join("defs")).unwrap();
    let definitions = Definitions { folder: "defs", digest: Box::leak(digest.into_boxed_str()) };
    write(root.path(), "in/one.json", r#"{"lines":[{"sku":"C","amount":"3","note":"x"}]}"#);
    let path = root.path().join("in/one.json").display().to_string();
    let add = |wire: &str| {
        let arguments = ["add", "orders", &path, "--wire", wire];
        run_as(root.path(), &BEFORE, &arguments, false, Some(definitions)).unwrap().stdout
    };
    let other = add(SPARSE.name);
    let next =
        format!("next: add a golden that {} wrote, which the leg promises: the mapping names that one\n", LENIENT.name);
    assert!(other.ends_with(&next), "{other}");
    let own = add(LENIENT.name);
    assert!(own.contains("next: name the golden in the mapping, since it is built in: probing: "), "{own}");
    assert!(own.ends_with("then: dtogate accept --all writes the table\n"), "{own}");
}
