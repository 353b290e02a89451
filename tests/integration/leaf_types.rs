//! The leaf types against Jackson itself: what each reads, and what it writes of that.
//!
//! Jackson is the one that Debian packages (2.14), without `JavaTimeModule`; types of `java.time` have rows of their own
//! in `fixtures/datetime`. And the public way to a leaf type of another crate.

use std::io::Write as _;
use std::process::{Command, Stdio};

use dtogate::datetime::UtilDate;
use dtogate::document::parse_text;
use dtogate::java::binary::{Bytes, Month, Uuid};
use dtogate::java::boxed::{IntegerObject, LongObject};
use dtogate::java::config::{Dates, MapperConfig};
use dtogate::java::enumeration::Enumeration;
use dtogate::java::leaf::{Leaf, Refusal, Token};
use dtogate::java::numbers::{BigDecimal, Bool, Double, DoubleObject, Int};
use dtogate::java::read::read;
use dtogate::java::types::{Flag, List, Long, Text};
use dtogate::java::write::emit;
use dtogate::java::writer::{WriteError, Writer};
use dtogate::model::schema::schema;
use dtogate::model::values::{leaf_values, values};
use dtogate::model::{Dto, LeafType};
use proptest::prelude::*;
use schemars::json_schema;

use crate::binary::repository;
use crate::generate;
use crate::probe_programs::{JARS, has_jackson, has_java};

/// A leaf type: the field of `Leaves.java`, and what ours writes for what it reads.
struct Row {
    field: &'static str,
    ours: fn(&Token<'_>) -> Result<String, Refusal>,
    values: fn() -> BoxedStrategy<String>,
}

const fn row<T: Leaf>(field: &'static str) -> Row {
    Row {
        field,
        ours: |token| T::read(token).map(|value| emit(&MapperConfig::ISO, &value).unwrap()),
        values: || leaf_values::<T>().prop_map(|value| emit(&MapperConfig::ISO, &value).unwrap()).boxed(),
    }
}

const ROWS: [Row; 14] = [
    row::<Int>("asInt"),
    row::<Long>("asLong"),
    row::<Double>("asDouble"),
    row::<Bool>("asBoolean"),
    row::<IntegerObject>("asInteger"),
    row::<LongObject>("asLongObject"),
    row::<DoubleObject>("asDoubleObject"),
    row::<Flag>("asBooleanObject"),
    row::<Text>("asString"),
    row::<BigDecimal>("asBigDecimal"),
    row::<Bytes>("asBytes"),
    row::<Uuid>("asUuid"),
    row::<Enumeration<Month>>("asMonth"),
    row::<UtilDate>("asDate"),
];

/// What every type is asked to read.
const SAMPLES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "2",
    "12",
    "255",
    "-129",
    "2147483647",
    "2147483648",
    "-2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "100000000000000000000",
    "0.0",
    "-0.0",
    "1.5",
    "-1.9",
    "1.50",
    "1e3",
    "1E+3",
    "1.0e-7",
    "123e-10",
    "2147483647.5",
    "2147483647.9",
    "2147483648.0",
    "-2147483648.9",
    "9223372036854775807.9",
    "9223372036854777856.0",
    "-9223372036854775809.5",
    "-9223372036854777856.0",
    "-0.9",
    "1.0",
    "1e400",
    "0.1",
    "100.0",
    "1234567.5",
    "12345678.5",
    "0.00012",
    "1e23",
    "[]",
    "[1]",
    "[1,-1,255]",
    "[null]",
    "[256]",
    "[\"a\"]",
    "{}",
    "{\"a\":1}",
    "\"\"",
    "\" \"",
    "\"null\"",
    "\"true\"",
    "\"True\"",
    "\"TRUE\"",
    "\"tRue\"",
    "\"false\"",
    "\"1\"",
    "\"0\"",
    "\" 7 \"",
    "\"1.5\"",
    "\"1.50\"",
    "\"1e3\"",
    "\"+5\"",
    "\"1d\"",
    "\"NaN\"",
    "\"Infinity\"",
    "\"-INF\"",
    "\"inf\"",
    "\"nan\"",
    "\".5\"",
    "\"5.\"",
    "\"x\"",
    "\"2147483647.9\"",
    "\"-0\"",
    "\"00\"",
    "\" 1 \"",
    "\"1.0\"",
    "\"NULL\"",
    "\"null \"",
    "\"TrUE\"",
    "\"False\"",
    "\"FALSE\"",
    "\"yes\"",
    "\" \\t\\n\"",
    "\"\u{a0}\"",
    "\"\u{2003}\"",
    // Digits of other scripts: Arabic, Devanagari, of full width, mathematical; and mixed.
    "\"١٢\"",
    "\"-٣\"",
    "\"१.५\"",
    "\"１１\"",
    "\"𝟏\"",
    "\"1٢\"",
    "\"٢e٣\"",
    "\"٩٢٢٣٣٧٢٠٣٦٨٥٤٧٧٥٨٠٧\"",
    "\"٠\"",
    "\"²\"",
    "\"Ⅷ\"",
    "\"é李\"",
    "\"AQID\"",
    "\"AQI=\"",
    "\"AQ==\"",
    "\"AQ\"",
    "\"AQID AQID\"",
    "\"A\"",
    "\"====\"",
    "\"AQ==AQ==\"",
    "\"_-__\"",
    "\"3f2504e0-4f89-41d3-9a0c-0305e82c3301\"",
    "\"3F2504E0-4F89-41D3-9A0C-0305E82C3301\"",
    "\"3f2504e04f8941d39a0c0305e82c3301\"",
    "\"3f2504e0-4f89-41d3-9a0c-0305e82c330\"",
    "\"AQIDBAUGBwgJCgsMDQ4PEA==\"",
    "\"JANUARY\"",
    "\"january\"",
    "\" MAY \"",
    "\"12\"",
    "11",
    "\"2024-01-15\"",
    "\"2024-01-15T10:30:45.123+00:00\"",
    "\"2024-01-15T10:30:45.123+0000\"",
    "\"2024-01-15T10:30:45Z\"",
    "\"2024-01-15T10:30:45+01:00\"",
    "\"2024-01-15T10:30:45+01\"",
    "\"2024-01-15T10:30\"",
    "\"2024-01-15T10:30:45.1\"",
    "\"2024-01-15T10:30:45.123456\"",
    "\"2024-02-29T23:59:59.999Z\"",
    "\"1705314600000\"",
    "\"-1\"",
    "\"15/01/2024\"",
    "\"2024-01-15 10:30:45\"",
    "1705314600000",
];

/// What is other in ours, as (field, sample).
///
/// Java writes `9.999999999999999E22` before 19, and `1.0E23` as ours since then (JDK-4511638).
const EXCEPTIONS: &[(&str, &str)] = &[("asDouble", "1e23"), ("asDoubleObject", "1e23")];

fn jackson(asked: &[(usize, String)]) -> Vec<String> {
    let mut java = Command::new("java");
    java.args(["-Duser.timezone=UTC", "-Duser.language=en", "-cp", &JARS.join(":")])
        .arg(repository("tests/mappers/Leaves.java"));
    let mut java = java.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines: String = asked.iter().map(|(row, json)| format!("{}\t{json}\n", ROWS[*row].field)).collect();
    let mut stdin = java.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = java.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "Leaves.java failed");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn leaf_types_read_and_write_as_jackson_does() {
    if !has_java() || !has_jackson() {
        return;
    }
    let mut asked: Vec<(usize, String)> = Vec::new();
    for (place, row) in ROWS.iter().enumerate() {
        asked.extend(SAMPLES.iter().map(|sample| (place, (*sample).to_owned())));
        let generated = std::cell::RefCell::new(Vec::new());
        generate::check(row.field, 24, &(row.values)(), |value| {
            generated.borrow_mut().push(value);
            Ok(())
        });
        asked.extend(generated.into_inner().into_iter().map(|value| (place, value)));
    }
    let answers = jackson(&asked);
    assert_eq!(answers.len(), asked.len(), "an answer for each line");
    let mut differences = Vec::new();
    for ((row, json), jackson) in asked.iter().zip(&answers) {
        let Row { field, ours, .. } = &ROWS[*row];
        let found = match ours(&Token::of(&parse_text(json).unwrap(), 0)) {
            Ok(found) => found,
            Err(Refusal::Jackson(_)) => "error".to_owned(),
            // A year that our calendar does not hold.
            Err(Refusal::Stricter(_)) if jackson.starts_with("\"+") => continue,
            Err(Refusal::Stricter(message)) => message,
        };
        let is_exception = EXCEPTIONS.contains(&(field, json));
        if (found == *jackson) == is_exception {
            differences.push(format!("{field} of {json}: Jackson {jackson}, ours {found}"));
        }
    }
    println!("{} values read and written", asked.len());
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// A leaf type of another crate: an amount of pence that travels as `"12.34"`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Pence(Option<u32>);

static PENCE: LeafType = LeafType {
    name: "Money",
    java: "shop.Money",
    nullable: true,
    initial: "null",
    date: None,
    schema: |_, _| json_schema!({ "type": ["string", "null"], "pattern": "^[0-9]+\\.[0-9]{2}$" }),
    values: |_| (0..100_000_u32).prop_map(|pence| Token::text(format!("{}.{:02}", pence / 100, pence % 100))).boxed(),
};

impl Leaf for Pence {
    const TYPE: &'static LeafType = &PENCE;

    fn read(token: &Token<'_>) -> Result<Self, Refusal> {
        let refuse = || Refusal::expected("an amount such as 12.34", token);
        let Token::Text(text) = token else { return Err(refuse()) };
        let (pounds, pence) = text.split_once('.').ok_or_else(refuse)?;
        let number = |digits: &str| digits.parse::<u32>().map_err(|_| refuse());
        Ok(Pence(Some(number(pounds)? * 100 + number(pence)?)))
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), WriteError> {
        let pence = self.0.unwrap_or_default();
        writer.text(&format!("{}.{:02}", pence / 100, pence % 100));
        Ok(())
    }
}

/// An order.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Order", source = "invented", unknown = Refuse, include = NonNull)]
struct Order {
    /// Its number.
    #[dto(name = "order_no", alias = "number")]
    order_number: Int,
    /// What it costs.
    total: Pence,
    /// How urgent it is.
    #[dto(default = "\"normal\"", include = Always)]
    urgency: Text,
    /// Its lines.
    #[dto(include = Always)]
    order_lines: List<Text>,
    /// To whom it goes.
    ship_to: Option<Address>,
}

/// An address.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Address", source = "invented")]
struct Address {
    /// The street.
    street_name: Text,
}

#[test]
fn another_crate_defines_classes_and_leaf_types() {
    let snake = MapperConfig { naming: dtogate::java::config::Naming::Snake, ..MapperConfig::ISO };
    let text = r#"{"number":7,"total":"12.34","order_lines":["a"],"ship_to":{"street_name":"b"}}"#;
    let order: Order = read(&snake, &parse_text(text).unwrap()).unwrap();
    assert_eq!((order.order_number, order.total), (Int(7), Pence(Some(1234))));
    // The initialiser holds where the key is absent, and not where it is null.
    assert_eq!(order.urgency, Text(Some("normal".to_owned())));
    let null: Order = read(&snake, &parse_text(r#"{"urgency":null}"#).unwrap()).unwrap();
    assert_eq!(null.urgency, Text(None));
    // A name that the source spells is not changed by the naming strategy; nulls are left out unless a key wants them.
    let written =
        r#"{"order_no":7,"total":"12.34","urgency":"normal","order_lines":["a"],"ship_to":{"street_name":"b"}}"#;
    assert_eq!(emit(&snake, &order).unwrap(), written);
    assert_eq!(emit(&MapperConfig::ISO, &null).unwrap(), r#"{"order_no":0,"urgency":null,"orderLines":null}"#);
    let refused = read::<Order>(&MapperConfig::ISO, &parse_text(r#"{"total":"12"}"#).unwrap()).unwrap_err();
    assert_eq!(refused.refusal.to_string(), "expected an amount such as 12.34, found text \"12\"");
    assert!(read::<Order>(&MapperConfig::ISO, &parse_text(r#"{"strange":1}"#).unwrap()).is_err());
}

#[test]
fn tables_of_another_crate_make_schemas_and_values() {
    let schema = schema(Order::CLASS, Dates::Text);
    let validator = jsonschema::options().build(schema.as_value()).unwrap();
    assert_eq!(schema.as_value()["properties"]["urgency"]["default"], "normal");
    assert_eq!(Order::CLASS.nested().iter().map(|class| &*class.name).collect::<Vec<_>>(), ["shop.Address"]);
    generate::check("shop.Order", 64, &values::<Order>(), |order| {
        let text = emit(&MapperConfig::ISO, &order).unwrap();
        prop_assert!(validator.is_valid(&generate::json(&text)), "{}", text);
        prop_assert_eq!(read::<Order>(&MapperConfig::ISO, &parse_text(&text).unwrap()).ok(), Some(order));
        Ok(())
    });
}
