//! dtogate answers one question on a pull request: will the JSON that passes between our services still arrive?
//!
//! It keeps golden JSON fixtures of what a producer really writes, reads each one with a Rust definition of the
//! producer's DTO, maps it to the consumer's DTO, writes that, and compares. Rules look at each step; each rule names one
//! kind of defect.
//!
//! # Words
//!
//! A **DTO** is a Rust type that mirrors one Java class or TypeScript interface; a **wire** is a DTO under one mapper
//! configuration; a **leg** leads from a producer's wire to a consumer's; a **mapping** is what happens in between; a
//! **fixture** is one golden payload of a mapping; a **spelling** is one of many texts with the same JSON value, a
//! **layout** the spelling that a configuration writes; an **observation** is what happened to a fixture; a **rule** names
//! a defect; a **finding** is a rule that fired, with a place; a **location** is path, JSON Pointer, line and column.
//!
//! # Code map
//!
//! ```text
//! fixtures/ or paths -> Case -> parse -> map -> emit -> Outcome -> compare -> Observation
//!                                                                                 |
//!                                               rules -> Finding -> Report -> format -> bytes
//! ```
//!
//! - [`document`]: text to value with spans; the only thing that parses JSON. [`spelling`]: equal texts of a document.
//! - [`model`]: the table of a class, of a definition (`#[derive(Dto)]`) or of a source; schemas and values from it.
//! - [`java`]: how Jackson reads and writes: configurations, coercions, exact bytes. [`datetime`]: its dates.
//! - [`mapping`]: what a mapping is, and the lists ([`mapping::Catalogue`]) that a gate works on. [`tis`]: the lists of
//!   the real system, the only place that joins engine and definitions.
//! - [`fixture`], [`accepted`]: the files of a repository. [`compare`]: differences by typed [`mod@pointer`],
//!   and whether what was sent arrives.
//! - [`observation`]: what happened to a case. [`evidence`]: what the cases of a run showed of a leg. [`rule`]: the defects. [`finding`]: what a rule found, and where.
//! - [`dependence`]: which output of a mapping depends on which input, observed by grafting typed values; the table.
//! - [`verdict`]: did a renamed value arrive, and as it was sent? A judgement of any mapper's answer.
//! - [`probe`]: an outside mapper as the subject: a command line; variations, and what became of each.
//! - [`input`]: payloads from paths: files, folders, lines, standard input. [`personal`]: what no repository may hold.
//! - [`update`]: what a person accepts becomes files, all of a group or none. [`suggest`]: "did you mean".
//!   [`tool`]: what the binary is called.
//! - [`explanation`]: the words of a rule; `glossary`: those of the pages. [`overview`]: mappings as a report draws them.
//! - [`gate`]: the straight line. [`report`]: what a verb found, and its formats. [`cli`]: the verbs, and
//!   [`cli::main`], the tool over a catalogue: `examples/orders` is another crate that has one.
//!
//! # Invariants
//!
//! - Only fixture and input reading, [`update`], [`cli::main`] and the running of a probed command touch the outside world;
//!   only [`cli::main`] prints, and `review`. `check` opens no socket and writes no file unless told to.
//! - A rule sees an observation, the evidence of a run, a mapping's dependence, a store or the acceptances and adds
//!   findings; it never prints, sorts, filters or accepts.
//! - No two files use each other, by however many steps; nothing but [`tis`] has a word of the real system.
//! - [`report`] depends on [`finding`], and on the words of [`explanation`], alone; a format renders all that it is given
//!   and never changes the exit code. What a probe finds are findings too, in the same report.
//! - Text from outside reaches a sink through [`report::escape`] only: terminals, GitHub's runner, XML, Markdown, standard
//!   error. JSON keeps the value and escapes it.
//! - A finding keeps the bytes it is about; lines and columns are counted when they are shown, from one index for a text.
//! - Severity, acceptance and the fail level are applied once, in [`gate`]; findings are sorted once; no order comes from a
//!   hash map.
//! - A payload that does not parse or map is an outcome. An [`error::Error`] means that the gate could not run. Content
//!   problems (malformed, encoding, stray file, too deep, too large) are findings.
//! - Exit 0: nothing at or above the fail level. 1: findings. 2: could not run.
//! - The last line of the human report states the verdict and the counts, accepted ones included.
//! - Dependence is observed, never read from source: a mapping is a function. What a mapping refuses is unknown,
//!   never lost. The rules about mappings run once for each mapping of `fixtures/`, without `--filter` and `--wire`, and
//!   not for payloads: those change nothing about the mapping in the binary.
//! - `<case>.expected.json` and `table.json` are truth that a person wrote or accepted: `add`, `review` and `accept` write
//!   them when they are told to, and nothing else does.
//! - Absent, null and a value are three states.
//!
//! # Where we are stricter than Jackson, on purpose
//!
//! These are `unreadable-payload`, although Jackson reads them:
//!
//! - UTF-16 and UTF-32. A UTF-8 byte order mark is skipped and noted.
//! - Lone surrogates (`\uD83D` without its other half): strict readers refuse them, others show a box.
//! - Dates with a year outside -9999..9999.
//! - More than [`document::MAX_DEPTH`] levels of lists and objects.
//! - A payload of which its class would write more than 4 MiB and more than 8 times its length ([`model::written`]):
//!   memory has a bound.
//!
//! And these we do not model: `ALLOW_UNQUOTED_FIELD_NAMES` of the gateway (an unquoted key is not JSON), and the reading of
//! the earlier of two repeated keys, whose value Jackson also converts before the later one wins, and whether the zone in
//! the brackets of a `ZonedDateTime` or of a change event's date exists.

// `#[derive(Dto)]` names this crate as any other crate does.
extern crate self as dtogate;

pub mod cli;
pub mod datetime;
pub mod document;
pub mod error;
pub mod java;
pub mod mapping;
pub mod model;
pub mod pointer;

// Public for the tests, benches and fuzz targets of this repository alone: no part of what is promised to others.
#[doc(hidden)]
pub mod accepted;
#[doc(hidden)]
pub mod compare;
#[doc(hidden)]
pub mod counterexample;
#[doc(hidden)]
pub mod dependence;
#[doc(hidden)]
pub mod evidence;
#[doc(hidden)]
pub mod explanation;
#[doc(hidden)]
pub mod finding;
#[doc(hidden)]
pub mod fixture;
#[doc(hidden)]
pub mod gate;
#[doc(hidden)]
pub mod input;
#[doc(hidden)]
pub mod observation;
#[doc(hidden)]
pub mod overview;
#[doc(hidden)]
pub mod personal;
#[doc(hidden)]
#[cfg(unix)]
pub mod probe;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod rule;
#[doc(hidden)]
#[cfg(feature = "sources")]
pub mod source;
#[doc(hidden)]
pub mod spelling;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod tis;
#[doc(hidden)]
pub mod tool;
#[doc(hidden)]
pub mod update;
#[doc(hidden)]
pub mod verdict;

mod glossary;
mod location;
