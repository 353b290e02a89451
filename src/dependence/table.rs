//! The mapping table: what the consumer gets from where, as a reviewer reads it.
//!
//! One line for each part of the answer.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dependence, Source, shown};
use crate::compare::DateShape;
use crate::datetime::Form;
use crate::java::config::Dates;
use crate::mapping::{Declared, Wire};

/// A part of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its pointer; `*` for indexes that its sources share.
    pub target: String,
    /// What feeds it.
    pub sources: Vec<String>,
    /// The date forms on both sides, `LocalDate -> LocalDate as array`; none where no date is concerned.
    pub forms: Option<String>,
    /// What is declared of it, and why.
    pub declared: Option<(&'static str, &'static str)>,
    /// Of a date, the forms that were observed and that not every reader of it takes: all of them where the class has a
    /// pattern; else those that are neither a list nor as ISO 8601 has it.
    pub particular: Vec<DateShape>,
}

/// The table of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the answer has, in the order of its schema.
    pub rows: Vec<Row>,
    /// What is dropped, and why.
    pub dropped: Vec<(&'static str, &'static str)>,
    /// What is lost without a declaration.
    pub lost: Vec<String>,
    /// Of what nothing can be said.
    pub unknown: Vec<String>,
    /// The branches that hide others: what opens them, and why.
    pub guards: Vec<(String, &'static str)>,
    /// How many probes there were.
    pub probes: usize,
    /// How many of them the mapping refused.
    pub refused: usize,
    /// How many bases it refused, so that nothing could be tried there.
    pub refused_bases: usize,
}

impl Table {
    /// The table of what was observed; the forms of dates are those of the definitions.
    pub fn new(dependence: &Dependence) -> Self {
        Table::make(dependence, false)
    }

    /// The same with the forms of the answer's dates as they were observed.
    pub fn observed(dependence: &Dependence) -> Self {
        Table::make(dependence, true)
    }

    fn make(dependence: &Dependence, is_observed: bool) -> Self {
        let mapping = dependence.mapping;
        let made = [Declared::Added, Declared::Constant, Declared::Converted, Declared::Generated];
        let declared = |pointer: &str| {
            let found = dependence.declaration(&made, pointer);
            found.map(|declaration| (declaration.what.name(), declaration.reason))
        };
        let mut rows: Vec<Row> = Vec::new();
        for target in &dependence.targets {
            let sources = sources(dependence, &target.pointer);
            let mut forms_of: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
            for source in &sources {
                let (target_shown, source_shown) = shown(target, source);
                let at = rows.iter().position(|row| row.target == target_shown).unwrap_or_else(|| {
                    let declared = declared(&target.pointer);
                    let particular = vec![];
                    rows.push(Row { target: target_shown.clone(), sources: vec![], forms: None, declared, particular });
                    rows.len() - 1
                });
                if !rows[at].sources.contains(&source_shown) {
                    rows[at].sources.push(source_shown);
                }
                let form = form(source.form, &dependence.wire(source));
                forms_of.entry(target_shown).or_default().extend(form);
            }
            let shapes = dependence.date_shapes.get(&target.pattern).filter(|_| is_observed);
            let own = form(target.form, &mapping.target).map(|declared| {
                let shown = |shapes: &BTreeSet<DateShape>| shapes.iter().map(ToString::to_string).collect::<Vec<_>>();
                shapes.map_or_else(|| declared.to_owned(), |shapes| shown(shapes).join(" or "))
            });
            let has_pattern = target.form.is_some_and(|form| form.pattern.is_some());
            let is_particular = |shape: &&DateShape| has_pattern || !shape.is_usual();
            let particular: Vec<DateShape> = shapes.into_iter().flatten().filter(is_particular).cloned().collect();
            for (target_shown, mut forms) in forms_of {
                forms.dedup();
                let from: Vec<&str> = forms;
                if let Some(row) = rows.iter_mut().find(|row| row.target == target_shown)
                    && (own.is_some() || !from.is_empty())
                {
                    let from = if from.is_empty() { "no date".to_owned() } else { from.join(", ") };
                    row.forms = Some(format!("{from} -> {}", own.as_deref().unwrap_or("no date")));
                    row.particular.clone_from(&particular);
                }
            }
            if sources.is_empty() {
                let shown = target.pattern.clone();
                let is_fed_elsewhere = rows.iter().any(|row| row.target == shown && !row.sources.is_empty());
                let target_shown = if is_fed_elsewhere { target.pointer.clone() } else { shown };
                if !rows.iter().any(|row| row.target == target_shown) {
                    let declared = declared(&target.pointer);
                    let particular = vec![];
                    rows.push(Row { target: target_shown, sources: vec![], forms: None, declared, particular });
                }
            }
        }
        let dropped = mapping.declarations.iter().filter(|declaration| declaration.what == Declared::Dropped);
        let (probes, refused) = dependence.probes();
        Table {
            rows,
            dropped: dropped.map(|declaration| (declaration.pointer, declaration.reason)).collect(),
            lost: named(dependence, &dependence.lost()),
            unknown: named(dependence, &dependence.unknown()),
            guards: mapping
                .probing
                .guards
                .iter()
                .map(|guard| {
                    let open: Vec<String> =
                        guard.open.iter().map(|(pointer, value)| format!("{pointer} = {value}")).collect();
                    (open.join(", "), guard.reason)
                })
                .collect(),
            probes,
            refused,
            refused_bases: dependence.refused_bases,
        }
    }

    /// What feeds each part of the answer.
    pub fn expected(&self) -> BTreeMap<String, BTreeSet<String>> {
        let fed = self.rows.iter().filter(|row| !row.sources.is_empty());
        fed.map(|row| (row.target.clone(), row.sources.iter().cloned().collect())).collect()
    }

    /// The lines of the table: what `explain` shows.
    pub fn lines(&self) -> Vec<String> {
        self.lines_with(|row| row.forms.clone())
    }

    /// What each line is compared by with a line of another table: of the forms of dates only what not every reader takes.
    pub fn keys(&self) -> Vec<String> {
        let particular = |row: &Row| row.particular.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        self.lines_with(|row| Some(particular(row)))
    }

    fn lines_with(&self, forms: impl Fn(&Row) -> Option<String>) -> Vec<String> {
        let row = |row: &Row| {
            let sources = match row.sources.as_slice() {
                [] => String::new(),
                sources => format!(" <- {}", sources.join(", ")),
            };
            let forms = forms(row).map_or(String::new(), |forms| format!(" ({forms})"));
            let declared = row.declared.map_or(String::new(), |(what, reason)| format!("; {what}: {reason}"));
            let nothing = if row.sources.is_empty() && row.declared.is_none() { "; nothing feeds it" } else { "" };
            format!("{}{sources}{forms}{declared}{nothing}", row.target)
        };
        let mut lines: Vec<String> = self.rows.iter().map(row).collect();
        lines.extend(self.dropped.iter().map(|(pointer, reason)| format!("dropped {pointer}: {reason}")));
        lines.extend(self.lost.iter().map(|pointer| format!("lost {pointer}")));
        lines.extend(self.unknown.iter().map(|pointer| format!("unknown {pointer}")));
        lines.extend(self.guards.iter().map(|(open, reason)| format!("guard {open}: {reason}")));
        lines
    }

    /// How much was tried.
    pub fn evidence(&self) -> String {
        let bases = match self.refused_bases {
            0 => String::new(),
            count => format!("; {count} bases refused"),
        };
        format!("{} probes, {} of them refused{bases}", self.probes, self.refused)
    }

    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        let mut text = String::from("| consumer | producer | dates | declared |\n| --- | --- | --- | --- |\n");
        let code = |pointer: &String| format!("`{pointer}`");
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        let mut line = |target: &str, source: &str, forms: &str, declared: &str| {
            text.push_str(&format!("| {} | {} | {} | {} |\n", cell(target), cell(source), cell(forms), cell(declared)));
        };
        for row in &self.rows {
            let sources: Vec<String> = row.sources.iter().map(code).collect();
            let declared = match row.declared {
                Some((what, reason)) => format!("{what}: {reason}"),
                None if row.sources.is_empty() => "**nothing feeds it**".to_owned(),
                None => String::new(),
            };
            line(&code(&row.target), &sources.join(", "), row.forms.as_deref().unwrap_or_default(), &declared);
        }
        for (pointer, reason) in &self.dropped {
            line("", &format!("`{pointer}`"), "", &format!("dropped: {reason}"));
        }
        self.lost.iter().for_each(|pointer| line("", &code(pointer), "", "**lost**"));
        self.unknown.iter().for_each(|pointer| line("", &code(pointer), "", "unknown"));
        for (open, reason) in &self.guards {
            line("", &format!("`{open}`"), "", &format!("guard: {reason}"));
        }
        text.push_str(&format!("\n{}.\n", self.evidence()));
        text
    }
}

/// What feeds a part of the answer, without what goes without saying: a list for what comes from its items, and a guard
/// for what it lets through.
fn sources<'d>(dependence: &'d Dependence, target: &'d str) -> Vec<&'d Source> {
    let all: Vec<&Source> = dependence.fed_by(target).collect();
    let is_guard = |source: &Source| {
        let guards = dependence.mapping.probing.guards.iter().flat_map(|guard| guard.open);
        guards.into_iter().any(|(open, _)| source.pattern == dependence.source_pattern(open))
    };
    let holds_another = |list: &Source| {
        let inside = format!("{}/", list.pointer);
        all.iter().any(|source| source.pointer.starts_with(&inside))
    };
    let plain = all.iter().copied().filter(|source| !is_guard(source));
    let plain: Vec<&Source> = plain.filter(|source| !source.is_list || !holds_another(source)).collect();
    if plain.is_empty() { all } else { plain }
}

impl Dependence {
    /// What sends a source: the producer, or one of the further inputs.
    pub(crate) fn wire(&self, source: &Source) -> Wire {
        let mut inputs = self.mapping.inputs.iter();
        let input = source.place().0.and_then(|name| inputs.find(|input| input.name == name));
        input.map_or(self.mapping.producer, |input| input.wire)
    }
}

fn form(form: Option<&'static Form>, wire: &Wire) -> Option<&'static str> {
    form.map(|form| match (wire.config.dates, form.pattern, form.java_type) {
        (Dates::Arrays, None, "LocalDate") => "LocalDate as array",
        (Dates::Arrays, None, "LocalDateTime") => "LocalDateTime as array",
        _ => form.name,
    })
}

/// Sources with `*`, or with their indexes where another one of the same pattern arrives.
fn named(dependence: &Dependence, sources: &[&Source]) -> Vec<String> {
    let mut names = Vec::new();
    for source in sources {
        let shown = source.pattern.clone();
        let others = dependence.sources.iter().filter(|other| other.pattern == shown);
        let name = if others.into_iter().any(|other| !other.feeds.is_empty()) { source.pointer.clone() } else { shown };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
