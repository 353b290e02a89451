//! Observing: every base goes through the mapping, one graft at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::base::ROWS;
use super::graft::Graft;
use super::probing::{Effect, Probe, Turn};
use super::shape::Shape;
use super::{Dependence, Source, Target, dates};
use crate::compare::DateShape;
use crate::mapping::{Inputs, Mapping, Outcome};

impl Dependence {
    /// Observes a mapping with the values of a seed.
    pub fn observe(mapping: &'static Mapping, seed: u64) -> Self {
        observe(mapping, &|inputs| mapping.run(inputs), seed)
    }

    /// Observes something else in a mapping's place, such as an outside program.
    pub fn observe_as(mapping: &'static Mapping, map: &dyn Fn(&Inputs<'_>) -> Outcome, seed: u64) -> Self {
        observe(mapping, map, seed)
    }
}

fn observe(mapping: &'static Mapping, map: &dyn Fn(&Inputs<'_>) -> Outcome, seed: u64) -> Dependence {
    let probe = Probe::new(mapping, map, seed);
    let mut sources = probe.sources();
    let index: BTreeMap<String, usize> =
        sources.iter().enumerate().map(|(at, source)| (source.pointer.clone(), at)).collect();
    let mut existing = BTreeSet::new();
    let mut date_shapes: BTreeMap<String, BTreeSet<DateShape>> = BTreeMap::new();
    let mut unstable = BTreeSet::new();
    let mut seen = Vec::new();
    // Two bases of values, each with what the other has; one of nulls; one without rows; one for each guard; then the
    // goldens, whose values the others have too.
    let plain = [(Turn::Value(0), ROWS), (Turn::Value(1), ROWS), (Turn::Null, ROWS), (Turn::Value(0), 0)];
    let guarded = mapping.probing.guards.iter().map(|guard| (Turn::Value(0), ROWS, guard.open));
    let (mut bases, mut refused_bases) = (Vec::new(), 0);
    let generated = plain.into_iter().map(|(turn, rows)| (turn, rows, &[][..])).chain(guarded);
    let generated = generated.map(|(turn, rows, open)| probe.base(turn, rows, open).ok());
    for base in generated.chain(mapping.probing.goldens.iter().map(|golden| probe.golden(golden))) {
        let Some(mut base) = base else {
            refused_bases += 1;
            continue;
        };
        seen.push(probe.seen(&mut base));
        for (at, part) in probe.parts.iter().enumerate() {
            let mut pointers = Vec::new();
            part.shape.parts("", Some(ROWS), &mut pointers);
            probe.measure(&mut base, at, &pointers);
        }
        let Ok(answer) = base.answer.document() else { continue };
        let mut parts = Vec::new();
        probe.target.parts_of(&answer, 0, "", &mut parts);
        for part in &parts {
            // A null has no form.
            let raw = answer.find(part).map(|node| answer.raw(node)).filter(|&raw| raw != "null");
            if let (Some(raw), Some(_)) = (raw, probe.target.form(part)) {
                date_shapes.entry(probe.target.pattern(part)).or_default().insert(DateShape::of(raw));
            }
        }
        existing.extend(parts);
        if let Outcome::Emitted(again) = probe.run(&base.texts, &base.keys)
            && again != base.answer
        {
            unstable.extend(probe.changed(&answer, &again));
        }
        for (at, part) in probe.parts.iter().enumerate() {
            for Graft { source, place, tree, is_whole } in probe.grafts(at, &base) {
                let source = &mut sources[index[&format!("{}{source}", part.label())]];
                source.probes += 1;
                match probe.effect(&base, &answer, at, &place, tree) {
                    Effect::Changed(changed) if is_whole => source.feeds.extend(probe.outermost(changed)),
                    Effect::Changed(changed) => source.feeds.extend(changed),
                    Effect::Refused(..) => source.refused += 1,
                }
            }
        }
        bases.push(base);
    }
    for source in &mut sources {
        source.feeds.retain(|target| !unstable.contains(target));
    }
    // What an object holds is judged by itself; that it is there says something only where something hangs on that, or
    // where nobody can know.
    let objects = probe.objects();
    sources.retain(|source| !objects.contains(&source.pointer) || !source.feeds.is_empty() || source.refused > 0);
    for (at, part) in probe.parts.iter().enumerate() {
        let label = part.label();
        for source in &mut sources {
            if let Some(pointer) = source.pointer.strip_prefix(&label)
                && source.form.is_some()
                && !(label.is_empty() && pointer.contains(':'))
            {
                source.date_loss = dates::loss(&probe, &bases, at, pointer, source);
            }
        }
    }
    Dependence { refused_bases, seen, seed, date_shapes, ..probe.dependence(sources, &existing, unstable) }
}

impl Probe<'_> {
    /// Every leaf, list and object of the inputs, but the whole of one.
    fn sources(&self) -> Vec<Source> {
        let mut sources = Vec::new();
        for part in &self.parts {
            let mut pointers = Vec::new();
            part.shape.parts("", Some(ROWS), &mut pointers);
            pointers.extend(part.shape.objects(ROWS));
            sources.extend(pointers.into_iter().map(|pointer| Source {
                is_list: !matches!(part.shape.at(&pointer), Some(Shape::Leaf { .. })),
                form: part.shape.form(&pointer),
                pattern: format!("{}{}", part.input(), part.shape.pattern(&pointer)),
                pointer: format!("{}{pointer}", part.label()),
                feeds: BTreeSet::new(),
                probes: 0,
                refused: 0,
                date_loss: None,
            }));
        }
        sources
    }

    fn dependence(&self, sources: Vec<Source>, existing: &BTreeSet<String>, unstable: BTreeSet<String>) -> Dependence {
        let mut patterns = Vec::new();
        self.target.parts("", None, &mut patterns);
        let mut targets = Vec::new();
        for shape in &patterns {
            let target = |pointer: String| Target {
                is_list: matches!(self.target.at(shape), Some(Shape::List(_))),
                form: self.target.form(shape),
                pattern: shape.clone(),
                pointer,
            };
            let concrete: Vec<&String> =
                existing.iter().filter(|pointer| self.target.pattern(pointer) == *shape).collect();
            if concrete.is_empty() {
                targets.push(target(shape.clone()));
            }
            targets.extend(concrete.into_iter().map(|pointer| target(pointer.clone())));
        }
        let mut known: BTreeSet<String> = sources.iter().map(|source| source.pattern.clone()).collect();
        known.extend(sources.iter().map(Source::declared));
        let known_targets = patterns.into_iter().collect();
        Dependence {
            mapping: self.mapping,
            seed: 0,
            sources,
            targets,
            unstable,
            date_shapes: BTreeMap::new(),
            refused_bases: 0,
            seen: vec![],
            known,
            known_targets,
        }
    }
}
