//! What code fills of the classes that it makes: a Java file each in `tests/fills`, with what is right in its first lines.
//!
//! `// = Api.parcel() 0: id size` is a site, its number among those of the method, and the fields that it fills.

use std::sync::Arc;

use dtogate::source::diff::Comparison;
use dtogate::source::gate::findings;
use dtogate::source::java::index::{Parsed, Sources};
use dtogate::source::report::Found;
use dtogate::source::tree::{File, Tree};
use dtogate::tis::CATALOGUE;
use pretty_assertions::assert_eq;

use crate::files;

fn tree(text: &str) -> Tree {
    let file = File { path: Arc::from("src/main/java/Api.java"), text: Arc::from(text) };
    Tree { name: "one file".to_owned(), files: vec![file], beside: Vec::new(), skipped: Vec::new() }
}

/// What is found in a file, a line for each site, and one for what is set on objects that others make.
fn found(text: &str) -> Vec<String> {
    let sources = Sources::new(tree(text), &mut Parsed::default());
    let found = Found::new(&sources);
    let words = |fields: &mut dyn Iterator<Item = &String>| fields.map(|field| format!(" {field}")).collect::<String>();
    let mut lines: Vec<String> = Vec::new();
    for site in &found.fills.sites {
        let ignores = match site.ignored.is_empty() {
            true => String::new(),
            false => format!(", ignores{}", words(&mut site.ignored.iter())),
        };
        let open = if site.is_complete { "" } else { ", open" };
        lines.push(format!("{} {}:{}{ignores}{open}", site.method, site.ordinal, words(&mut site.filled.iter())));
    }
    for class in &found.inventory.classes {
        let is_set = |field: &&String| found.fills.is_set_elsewhere(&sources, class.facts.id, field);
        let set = words(&mut class.facts.keys.iter().map(|key| &key.field).filter(is_set));
        if !set.is_empty() {
            lines.push(format!("elsewhere:{set}"));
        }
        let never = found.fills.never_filled(&sources, class);
        if text.contains("// = never") && !never.is_empty() {
            lines.push(format!("never: {}", never.into_iter().collect::<Vec<_>>().join(" ")));
        }
    }
    lines
}

#[test]
fn each_construct_fills_what_it_says() {
    let cases = files::files_below("tests/fills");
    assert!(cases.len() > 20, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for path in cases {
        let text = String::from_utf8(files::bytes(format!("tests/fills/{path}"))).unwrap();
        let expected: Vec<String> =
            text.lines().map_while(|line| line.strip_prefix("// = ")).map(str::to_owned).collect();
        let found = found(&text);
        if found != expected {
            wrong.push(format!("{path}: expected {expected:#?}, found {found:#?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A service that answers with a class: what its methods do, and its fields.
fn service(methods: &str, fields: &str) -> String {
    format!(
        "import java.util.*;\nimport java.time.*;\nimport com.fasterxml.jackson.databind.annotation.*;\n\
         import org.springframework.web.bind.annotation.*;\n@RestController\nclass Api {{\n{methods}}}\n\
         @lombok.Data\n@lombok.Builder\nclass Parcel {{\n{fields}}}\n"
    )
}

fn answer(name: &str, body: &str) -> String {
    format!("  @GetMapping(\"/{name}\")\n  Parcel {name}() {{\n    {body}\n  }}\n")
}

/// The rules that fire between two texts of one file, with their severities.
fn between(before: &str, after: &str) -> Vec<String> {
    let mut parsed = Parsed::default();
    let before = Sources::new(tree(before), &mut parsed);
    let after = Sources::new(tree(after), &mut parsed);
    let (before, after) = (Found::new(&before), Found::new(&after));
    let findings = findings(&Comparison::new(&before, &after, &[], &CATALOGUE));
    findings.into_iter().map(|finding| format!("{} {}", finding.severity, finding.rule)).collect()
}

#[test]
fn what_is_forgotten_weighs_what_it_can_break() {
    const OLD: &str = "  String code;\n  String size;\n";
    const NEW: &str = "  String code;\n  String size;\n  String weight;\n";
    let both = answer("parcel", "return Parcel.builder().code(\"1\").size(\"L\").build();");
    let code = answer("parcel", "return Parcel.builder().code(\"1\").build();");
    let moved = answer("other", "return Parcel.builder().code(\"1\").build();");
    let town = "  @GetMapping(\"/town\")\n  String town() {\n    return \"\";\n  }\n";
    let empty = answer("none", "return Parcel.builder().build();");
    let set = format!("{both}  void weigh(Parcel parcel) {{\n    parcel.setWeight(\"9\");\n  }}\n");
    let date = |annotation: &str| service(&both, &format!("{OLD}{annotation}  LocalDate day = LocalDate.now();\n"));
    let own = "  @JsonSerialize(using = com.fasterxml.jackson.datatype.jsr310.ser.LocalDateSerializer.class)\n";
    let list = |ty: &str| {
        let held = format!("class Box<T> {{\n  private {ty} all;\n  public {ty} getAll() {{ return all; }}\n}}\n");
        service("  @GetMapping(\"/box\")\n  Box<String> box() {\n    return null;\n  }\n", OLD) + &held
    };
    for (name, before, after, rules) in [
        ("nothing fills it", service(&both, OLD), service(&both, NEW), vec!["warning unfilled-key"]),
        ("set elsewhere", service(&set, OLD), service(&set, NEW), vec!["note key-added"]),
        ("an id", service(&both, OLD), service(&both, &NEW.replace("weight", "id")), vec!["note key-added"]),
        ("no longer filled", service(&both, OLD), service(&code, OLD), vec!["error no-longer-filled"]),
        ("in a method of another name", service(&both, OLD), service(&moved, OLD), vec!["error no-longer-filled"]),
        ("new itself", service(town, OLD), service(&code, OLD), vec!["note partly-filled", "note newly-bound-class"]),
        ("new itself and whole", service(town, OLD), service(&both, OLD), vec!["note newly-bound-class"]),
        ("an empty answer besides", service(&both, OLD), service(&(both.clone() + &empty), OLD), vec![]),
        ("Jackson's own serializer", date(""), date(own), vec!["note date-form-changed"]),
        ("a list of a type parameter", list("T"), list("List<String>"), vec!["error type-changed"]),
        (
            "a type parameter that was a list",
            list("T").replace("Box<String>", "Box<List<String>>"),
            list("List<String>").replace("Box<String>", "Box<List<String>>"),
            vec!["note type-changed"],
        ),
    ] {
        assert_eq!(between(&before, &after), rules, "{name}");
    }
}
