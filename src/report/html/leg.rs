//! A mapping as a picture: what it reads on the left, what it writes on the right, and lines between.

use crate::report::escape::{prose, seen};
use crate::report::text::cut_middle;
use crate::report::{Leg, Report, Target, Verdict};

/// Height of a row.
const ROW: usize = 22;

/// Where the lines begin and end to bend.
const LEFT: usize = 372;
const RIGHT: usize = 528;

/// Columns of a pointer with what stands beside it.
const COLUMNS: usize = 46;

/// About how wide a character is, in tenths: a line ends before its text.
const TENTHS: usize = 78;

/// How wide the picture is.
const WIDTH: usize = 900;

/// A pointer on one of the sides.
pub(super) struct Key {
    pub(super) y: usize,
    pub(super) text: String,
    pub(super) title: String,
    pub(super) class: &'static str,
    /// A date form, or a word like `dropped`.
    pub(super) badge: String,
}

/// A line between two keys.
pub(super) struct Link {
    pub(super) path: String,
    pub(super) class: &'static str,
}

/// A payload of the leg.
pub(super) struct Golden {
    pub(super) name: String,
    pub(super) verdict: &'static str,
    pub(super) class: &'static str,
}

/// All that is shown of a leg.
pub(super) struct View {
    pub(super) mapping: String,
    pub(super) summary: String,
    pub(super) producer: String,
    pub(super) consumer: String,
    pub(super) height: usize,
    pub(super) left: Vec<Key>,
    pub(super) right: Vec<Key>,
    pub(super) links: Vec<Link>,
    pub(super) notes: Vec<(String, String)>,
    pub(super) goldens: Vec<Golden>,
    pub(super) payloads: usize,
    pub(super) unfilled: Vec<String>,
}

impl View {
    pub(super) fn new(report: &Report, leg: &Leg) -> Self {
        let Leg { mapping, summary, producer, consumer, targets, dropped, lost, payloads, unfilled } = leg;
        let mut sources: Vec<&str> = Vec::new();
        for source in targets.iter().flat_map(|target| &target.sources) {
            if !sources.contains(&source.as_str()) {
                sources.push(source);
            }
        }
        let form_of = |source: &str| {
            let fed = targets.iter().find(|target| target.sources.iter().any(|other| other == source));
            let forms = fed.and_then(|target| target.forms.as_deref());
            forms.and_then(|forms| forms.split_once(" -> ")).map_or("", |(from, _)| from)
        };
        let mut left: Vec<Key> = Vec::new();
        for source in &sources {
            let form = form_of(source);
            let form = if form == "no date" { "" } else { form };
            left.push(key(
                left.len(),
                source,
                if unfilled.iter().any(|other| other == source) { "bare" } else { "" },
                form,
            ));
        }
        for (pointer, _) in dropped {
            left.push(key(left.len(), pointer, "dropped", "dropped"));
        }
        for pointer in lost {
            left.push(key(left.len(), pointer, "lost", "lost"));
        }
        let mut right: Vec<Key> = Vec::new();
        let mut links = Vec::new();
        for (at, Target { pointer, sources: own, forms, declared }) in targets.iter().enumerate() {
            let word = declared.as_ref().map_or("", |(what, _)| what);
            let class = match (own.is_empty(), declared) {
                (true, Some(_)) => "invented",
                (true, None) => "lost",
                (false, _) => "",
            };
            let form = forms.as_deref().and_then(|forms| forms.split_once(" -> ")).map_or("", |(_, to)| to);
            let word = if class == "lost" { "nothing feeds it" } else { word };
            let badge = [form, word].into_iter().filter(|it| !it.is_empty() && *it != "no date").collect::<Vec<_>>();
            right.push(key(at, pointer, class, &badge.join(", ")));
            for source in own {
                let Some(from) = sources.iter().position(|other| other == source) else { continue };
                let begin = room(&left[from]).min(LEFT);
                let end = (WIDTH - room(&right[at])).max(RIGHT);
                let (from, to) = (middle(from), middle(at));
                let half = (LEFT + RIGHT) / 2;
                let differs = forms.as_deref().and_then(|it| it.split_once(" -> ")).is_some_and(|(a, b)| a != b);
                links.push(Link {
                    path: format!("M{begin} {from}H{LEFT}C{half} {from} {half} {to} {RIGHT} {to}H{end}"),
                    class: if differs { "date" } else { "" },
                });
            }
        }
        let declared = targets.iter().filter_map(|target| target.declared.as_ref().map(|it| (&target.pointer, it)));
        let notes = declared.map(|(pointer, (what, reason))| (format!("{what} {}", seen(pointer)), prose(reason)));
        let notes =
            notes.chain(dropped.iter().map(|(pointer, reason)| (format!("dropped {}", seen(pointer)), prose(reason))));
        let own = report.cases.iter().filter(|case| case.mapping == *mapping);
        let golden = |case: &crate::report::CaseResult| Golden {
            name: format!("{}/{}", case.kind.name(), seen(&case.case)),
            verdict: case.verdict.name(),
            class: match case.verdict {
                Verdict::Failed => "error",
                Verdict::Warned => "warning",
                Verdict::Accepted => "accepted",
                Verdict::Pass | Verdict::Refused => "pass",
            },
        };
        View {
            mapping: seen(mapping),
            summary: prose(summary),
            producer: seen(producer),
            consumer: seen(consumer),
            height: ROW * left.len().max(right.len()).max(1) + 8,
            notes: notes.collect(),
            goldens: own.map(golden).collect(),
            payloads: *payloads,
            unfilled: unfilled.iter().map(|pointer| seen(pointer)).collect(),
            left,
            right,
            links,
        }
    }
}

fn middle(row: usize) -> usize {
    ROW * row + ROW / 2 + 4
}

/// How much of the width a key takes.
fn room(key: &Key) -> usize {
    // A badge is written smaller.
    let badge = if key.badge.is_empty() { 0 } else { 1 + key.badge.chars().count() * 6 / 7 };
    (key.text.chars().count() + badge + 1) * TENTHS / 10
}

fn key(row: usize, pointer: &str, class: &'static str, badge: &str) -> Key {
    // The end of a pointer says more than its beginning, and what stands beside it takes room.
    let room = COLUMNS.saturating_sub(badge.chars().count() * 3 / 4);
    Key { y: middle(row) + 4, text: cut_middle(pointer, room.max(16)), title: seen(pointer), class, badge: seen(badge) }
}
