//! `dtogate import`: what it prints compiles, since it is compiled here, and its table is that of the class.
//!
//! `DTOGATE_IMPORT=update cargo test imported` writes the definitions anew.

#[expect(unreachable_pub, reason = "a definition is public where it is used")]
#[rustfmt::skip]
mod definitions;

use dtogate::java::config::Naming;
use dtogate::model::{Class, Dto};
use dtogate::source::diff::changes::{Change, Hints, compare};
use dtogate::source::java::class::read;
use dtogate::source::java::index::Sources;
use pretty_assertions::assert_eq;

use crate::binary::{folder, repository, run, write};

const FILE: &str = "tests/integration/imported/definitions.rs";

/// Text that git may have given other line ends.
fn definitions() -> String {
    std::fs::read_to_string(repository(FILE)).expect("the definitions")
}

/// A copy of the sources that belongs to no checkout.
fn sources() -> tempfile::TempDir {
    let root = folder();
    for name in ["ParcelDto.java", "Base.java", "AddressDto.java"] {
        let text = std::fs::read_to_string(repository("tests/import/shop").join(name)).expect("a source");
        write(root.path(), &format!("src/main/java/shop/{name}"), text);
    }
    root
}

#[test]
fn what_is_imported_is_what_is_compiled() {
    let root = sources();
    let printed = run(root.path(), &["import", "src/main/java/shop/ParcelDto.java", "--service", "shop"]);
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
    let text = format!("//! What `dtogate import` prints for `tests/import`.\n\n{}", printed.stdout);
    if std::env::var_os("DTOGATE_IMPORT").is_some_and(|value| value == "update") {
        std::fs::write(repository(FILE), &text).expect("written");
    }
    assert_eq!(text, definitions());
}

#[test]
fn the_table_of_a_definition_is_that_of_its_class() {
    let root = sources();
    let sources = Sources::work_tree(root.path()).unwrap();
    let differs = |class: &Class, name: &str| {
        let id = sources.find(&format!("src/main/java/shop/{name}.java#{name}")).unwrap();
        let facts = read(&sources, id);
        let simple = |name: &str| name.rsplit(['.', '#']).next().unwrap_or_default().to_owned();
        let hints = Hints {
            same_class: &|one, other| simple(one) == simple(other),
            field_before: &|_| None,
            field_after: &|_| None,
            naming: (Naming::Field, Naming::Field),
        };
        let keys: Vec<String> = facts.class.keys().iter().map(|key| key.name.to_string()).collect();
        let told = |change: Change| match change {
            Change::Added { after } => format!("lacks {}", keys[after]),
            Change::Type { before, .. } => format!("type of {}", class.keys()[before].name),
            Change::Form { before, .. } => format!("pattern of {}", class.keys()[before].name),
            Change::Nullable { before, .. } => format!("null of {}", class.keys()[before].name),
            other => format!("{other:?}"),
        };
        compare(class, &facts.class, &hints).changes.into_iter().map(told).collect::<Vec<_>>()
    };
    // Each of these has a comment in the definition: a text holds the words of the enum.
    let parcel = differs(definitions::ParcelDto::CLASS, "ParcelDto");
    assert_eq!(parcel, ["type of state", "pattern of seen", "null of owner", "lacks anything"]);
    for comment in ["the pattern \"yyyy MM dd HH\"", "it cannot be null", "\"anything\", whose type has no definition"]
    {
        assert!(definitions().contains(&format!("    // unread: {comment}\n")), "{comment}");
    }
    assert_eq!(differs(definitions::AddressDto::CLASS, "AddressDto"), ["lacks next"]);
}

#[test]
fn a_class_is_named_and_what_is_none_is_refused() {
    let root = sources();
    write(root.path(), "Two.java", "class One { public String a; }\nclass Two { public String b; }\n");
    let named = |class: &str| run(root.path(), &["import", class, "--service", "x"]);
    assert!(named("Two.java").stdout.contains("pub struct Two {"));
    assert!(named("Two.java#One").stdout.contains("pub struct One {"));
    named("Two.java#Three").refused("no class of that file is named \"Three\"; there are: One, Two");
    named("None.java").refused("cannot read None.java");
    write(root.path(), "a.txt", "");
    named("a.txt").refused("expected a Java file");
    // Names that Rust keeps for itself, and texts that would end a comment.
    let hostile = "class Odd { public String type; public String self; public String Größe; @com.fasterxml.jackson.annotation.JsonProperty(\"a\\n}\") public String b; }\n";
    write(root.path(), "Odd.java", hostile);
    let odd = named("Odd.java").stdout;
    for part in ["pub r#type: Text", "pub key_self: Text", "#[dto(name = \"self\")]", "#[dto(name = \"a\\n}\")]"] {
        assert!(odd.contains(part), "{part:?} in {odd}");
    }
    assert!(odd.lines().all(|line| line != "}`: `String`."), "{odd}");
}
