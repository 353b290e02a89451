//! A key made of digits is a key: in what feeds what, and in what arrives.

use dtogate::compare::{Fate, arrivals};
use dtogate::dependence::{Dependence, SEED, Table};
use dtogate::java::config::MapperConfig;
use dtogate::java::map::MapObject;
use dtogate::java::types::{List, Text};
use dtogate::mapping::{Inputs, MapError, Mapping, Outcome, TypedMapping, Values, Wire};
use dtogate::model::Dto;
use dtogate::pointer::Pointer;
use pretty_assertions::assert_eq;

/// How often a page was asked for, by status and by week.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Counts", source = "invented")]
struct Counts {
    /// Not found.
    #[dto(name = "404")]
    not_found: Text,
    /// By week.
    weeks: List<Week>,
    /// By the number of the page.
    pages: MapObject<Week>,
}

/// A week.
#[derive(Clone, Debug, Default, PartialEq, Dto)]
#[dto(name = "shop.Week", source = "invented")]
struct Week {
    /// The first.
    #[dto(name = "0")]
    first: Text,
    /// The second.
    #[dto(name = "1")]
    second: Text,
}

/// Passes the counts on; `1` loses the second week.
struct Passes<const FORGETS: usize>;

impl<const FORGETS: usize> TypedMapping for Passes<FORGETS> {
    type Reader = Counts;
    type Target = Counts;
    const READER: &'static MapperConfig = &MapperConfig::ISO;
    const WRITER: &'static MapperConfig = &MapperConfig::ISO;

    fn map(mut counts: Counts, _: &Values<'_>) -> Result<Counts, MapError> {
        if FORGETS == 1 {
            let weeks = counts.weeks.0.iter_mut().flatten().flatten();
            weeks.for_each(|week| week.second = Text::default());
        }
        Ok(counts)
    }
}

const fn mapping<const FORGETS: usize>() -> Mapping {
    Mapping { id: "counts", ..Mapping::typed::<Passes<FORGETS>>(Wire::of::<Counts>(&MapperConfig::ISO)) }
}

/// What was not found, as the first of a week that has no other.
struct Renames;

impl TypedMapping for Renames {
    type Reader = Counts;
    type Target = Week;
    const READER: &'static MapperConfig = &MapperConfig::ISO;
    const WRITER: &'static MapperConfig = &MapperConfig::ISO;

    fn map(counts: Counts, _: &Values<'_>) -> Result<Week, MapError> {
        Ok(Week { first: counts.not_found, ..Week::default() })
    }
}

static RENAMES: Mapping = Mapping {
    id: "not-found",
    renames: &[("/404", "/0")],
    ..Mapping::typed::<Renames>(Wire::of::<Week>(&MapperConfig::ISO))
};

static PASSES: Mapping = mapping::<0>();
static FORGETS: Mapping = mapping::<1>();

#[test]
fn a_table_names_them_as_they_are() {
    let lines = Table::new(&Dependence::observe(&PASSES, SEED)).lines();
    assert_eq!(
        lines,
        [
            "/404 <- /404",
            "/weeks <- /weeks",
            "/weeks/*/0 <- /weeks/*/0",
            "/weeks/*/1 <- /weeks/*/1",
            "/pages/key/0 <- /pages/key/0",
            "/pages/key/1 <- /pages/key/1",
        ]
    );
    let forgets = Dependence::observe(&FORGETS, SEED);
    let lost: Vec<&str> = forgets.lost().iter().map(|source| source.pattern.as_str()).collect();
    assert_eq!(lost, ["/weeks/*/1", "/weeks/*/1"]);
}

#[test]
fn a_value_under_one_arrives_or_is_missing_there() {
    let sent = r#"{"404":"a","weeks":[],"pages":{"1234567":{"0":"b","1":"c"}}}"#;
    let sent = Inputs::payload(sent);
    let Outcome::Emitted(answer) = PASSES.run(&sent) else { panic!("it is read") };
    let (sent, answer) = (sent.payload.document().unwrap(), answer.document().unwrap());
    assert_eq!(arrivals(&PASSES, &sent, &answer), []);
    let cut = dtogate::document::parse_text(r#"{"404":"a","weeks":[],"pages":{"1234567":{"0":"b"}}}"#).unwrap();
    let found = arrivals(&PASSES, &sent, &cut);
    let found: Vec<_> = found.iter().map(|arrival| (arrival.source.pattern().to_string(), &arrival.fate)).collect();
    assert_eq!(found, [("/pages/1234567/1".to_owned(), &Fate::Missing)]);
}

#[test]
fn a_rename_may_be_from_one_to_another() {
    let sent = dtogate::document::parse_text(r#"{"404":"a"}"#).unwrap();
    let fates = |got: &str| {
        let got = dtogate::document::parse_text(got).unwrap();
        let found = arrivals(&RENAMES, &sent, &got);
        found.iter().map(|found| (found.source.to_string(), found.fate.clone())).collect::<Vec<_>>()
    };
    let second = ("/1".to_owned(), Fate::NullOrAbsent);
    assert_eq!(fates(r#"{"0":"a","1":null}"#), std::slice::from_ref(&second));
    assert_eq!(fates(r#"{"0":"b","1":null}"#), [("/404".to_owned(), Fate::Changed), second]);
    assert_eq!(RENAMES.target_pointer(&Pointer::ROOT.key("404")), Pointer::ROOT.key("0"));
    assert_eq!(RENAMES.source_pointer(&Pointer::ROOT.key("0")), Pointer::ROOT.key("404"));
}
