//! What a mapper's configuration does to the bytes, against Jackson itself: white space, line ends, order, nulls, names and
//! initialisers.
//!
//! Jackson is the one that Debian packages (2.14).

use std::io::Write as _;
use std::process::{Command, Stdio};

use dtogate::document::parse_text;
use dtogate::java::boxed::IntegerObject;
use dtogate::java::config::{Include, KeyOrder, Layout, LineEnds, MapperConfig, Naming};
use dtogate::java::map::MapObject;
use dtogate::java::numbers::{Bool, Int};
use dtogate::java::read::read;
use dtogate::java::types::{List, Text};
use dtogate::java::write::emit;
use dtogate::model::Dto;

use crate::binary::repository;
use crate::probe_programs::{JARS, has_jackson, has_java};

/// A line of an order.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Line", source = "tests/mappers/Layouts.java")]
struct Line {
    /// The product.
    product_name: Text,
    /// How many.
    count: IntegerObject,
    /// Its tags.
    tags: List<Text>,
}

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Order", source = "tests/mappers/Layouts.java")]
struct Order {
    /// A number.
    zeta: Int,
    /// A text.
    alpha_beta: Text,
    /// Lists of lists.
    lists: List<List<IntegerObject>>,
    /// Its lines.
    lines: List<Line>,
    /// The line that matters.
    main_line: Option<Line>,
    /// Its labels.
    labels: MapObject<Text>,
    /// A note.
    #[dto(default = "\"normal\"")]
    note: Text,
    /// Whether it is known.
    #[dto(default = "true")]
    known: Bool,
    /// How often it was tried.
    #[dto(default = "3")]
    retries: IntegerObject,
    /// Its number.
    #[dto(name = "b_No")]
    order_number: IntegerObject,
    /// What it costs.
    #[dto(name = "Total")]
    total_price: Text,
}

const ISO: MapperConfig = MapperConfig::ISO;
const SORTED: MapperConfig = MapperConfig { order: KeyOrder::Sorted, ..ISO };
const NON_NULL: MapperConfig = MapperConfig { include: Include::NonNull, ..ISO };
const INDENT: MapperConfig = MapperConfig { layout: Layout::Indented, ..ISO };
const NO_SPACES: MapperConfig = MapperConfig { layout: Layout::IndentedNoSpaces, ..ISO };

/// A configuration by the words that `Layouts.java` knows.
const CONFIGS: &[(&str, MapperConfig)] = &[
    ("", ISO),
    ("sorted", SORTED),
    ("non_null", NON_NULL),
    ("snake", MapperConfig { naming: Naming::Snake, ..ISO }),
    ("sorted snake", MapperConfig { naming: Naming::Snake, ..SORTED }),
    ("indent", INDENT),
    ("no_spaces", NO_SPACES),
    ("non_null no_spaces sorted", MapperConfig { include: Include::NonNull, order: KeyOrder::Sorted, ..NO_SPACES }),
];

const BODIES: &[&str] = &[
    "{}",
    r#"{"zeta":7,"alphaBeta":"é\n\"😀","lists":[[],[1,null,2],null],"lines":[{"productName":"a","tags":[]},null,{"count":2,"tags":["x","y"]}],"mainLine":{},"labels":{"a":"1","m":null,"z":""},"b_No":5,"Total":"1"}"#,
    r#"{"zeta":7,"alpha_beta":"x","lines":[{"product_name":"a"}],"main_line":{"count":1},"labels":{}}"#,
    r#"{"lists":[],"lines":[],"labels":{},"mainLine":null}"#,
    // A name that an annotation spells is that name under every strategy, in both directions.
    r#"{"b_No":5}"#,
    r#"{"b_no":5}"#,
    r#"{"orderNumber":5}"#,
    r#"{"order_number":5}"#,
    r#"{"Total":"x"}"#,
    r#"{"total":"x"}"#,
    r#"{"total_price":"x"}"#,
    // An initialiser holds where the key is absent, not where it is null.
    r#"{"note":null,"known":null,"retries":null}"#,
    r#"{"note":"","known":false,"retries":""}"#,
];

/// The answers of Jackson on a JVM with a line separator.
fn jackson(line_separator: &str, asked: &[(&str, &str)]) -> Vec<String> {
    let mut java = Command::new("java");
    java.arg(format!("-Dline.separator={line_separator}")).args(["-cp", &JARS.join(":")]);
    let mut java = java
        .arg(repository("tests/mappers/Layouts.java"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: String = asked.iter().map(|(features, body)| format!("{features}\t{body}\n")).collect();
    let mut stdin = java.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = java.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "Layouts.java failed");
    let text = |line: &str| serde_json::from_str::<String>(line).unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(text).collect()
}

#[test]
fn configurations_write_the_bytes_of_jackson() {
    if !has_java() || !has_jackson() {
        return;
    }
    let asked: Vec<(&str, &str)> =
        CONFIGS.iter().flat_map(|(features, _)| BODIES.iter().map(|body| (*features, *body))).collect();
    for (line_ends, separator) in [(LineEnds::Lf, "\n"), (LineEnds::CrLf, "\r\n")] {
        let answers = jackson(separator, &asked);
        assert_eq!(answers.len(), asked.len(), "an answer for each line");
        let configs = CONFIGS.iter().flat_map(|(_, config)| BODIES.iter().map(move |_| config));
        for ((config, (features, body)), jackson) in configs.zip(&asked).zip(&answers) {
            let config = MapperConfig { line_ends, ..*config };
            let ours = match read::<Order>(&config, &parse_text(body).unwrap()) {
                Ok(order) => emit(&config, &order).unwrap(),
                Err(_) => "error".to_owned(),
            };
            assert_eq!(&ours, jackson, "{features:?} of {body}");
        }
    }
}

/// What Jackson wrote above, so that it holds where no Java is.
#[test]
fn sorted_and_without_spaces_as_jackson_wrote_it() {
    let body = r#"{"zeta":7,"lists":[[],[1]],"labels":{"z":"1","a":null},"mainLine":{"count":1},"b_No":5}"#;
    let order: Order = read(&ISO, &parse_text(body).unwrap()).unwrap();
    let snake = MapperConfig { naming: Naming::Snake, ..SORTED };
    assert_eq!(
        emit(&snake, &order).unwrap(),
        r#"{"Total":null,"alpha_beta":null,"b_No":5,"known":true,"labels":{"a":null,"z":"1"},"lines":null,"lists":[[],[1]],"main_line":{"count":1,"product_name":null,"tags":null},"note":"normal","retries":3,"zeta":7}"#
    );
    let windows = MapperConfig { include: Include::NonNull, line_ends: LineEnds::CrLf, ..NO_SPACES };
    let expected = [
        "{",
        "  \"zeta\":7,",
        "  \"lists\":[ [ ], [ 1 ] ],",
        "  \"mainLine\":{",
        "    \"count\":1",
        "  },",
        "  \"labels\":{",
        "    \"z\":\"1\"",
        "  },",
        "  \"note\":\"normal\",",
        "  \"known\":true,",
        "  \"retries\":3,",
        "  \"b_No\":5",
        "}",
    ];
    assert_eq!(emit(&windows, &order).unwrap(), expected.join("\r\n"));
}
