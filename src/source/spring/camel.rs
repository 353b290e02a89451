//! The steps of a route of Camel, and what each does with the body.

/// A step.
#[derive(Debug)]
pub(super) struct Step {
    /// The name of its method.
    name: &'static str,
    /// Whether a class that it is given is read.
    reads: bool,
    /// Whether a class that it is given, or the type of its argument, is written.
    writes: bool,
    /// Whether it hands the body to a class of the tree, which may set another one.
    hands: bool,
    /// Whether the body is another one behind it.
    changes: bool,
}

const fn step(name: &'static str) -> Step {
    Step { name, reads: false, writes: false, hands: false, changes: false }
}

/// All that say something of a body.
const STEPS: &[Step] = &[
    Step { reads: true, ..step("getBody") },
    Step { reads: true, ..step("getMandatoryBody") },
    Step { reads: true, changes: true, ..step("json") },
    Step { reads: true, ..step("type") },
    Step { reads: true, changes: true, ..step("convertBodyTo") },
    Step { reads: true, changes: true, ..step("unmarshal") },
    Step { changes: true, ..step("marshal") },
    Step { changes: true, ..step("transform") },
    Step { writes: true, ..step("outType") },
    Step { writes: true, changes: true, ..step("setBody") },
    Step { writes: true, ..step("requestBody") },
    Step { writes: true, ..step("sendBody") },
    Step { hands: true, changes: true, ..step("enrich") },
    Step { hands: true, changes: true, ..step("pollEnrich") },
    Step { hands: true, changes: true, ..step("aggregate") },
    Step { changes: true, ..step("aggregationStrategy") },
    Step { hands: true, ..step("multicast") },
    Step { hands: true, ..step("split") },
    Step { hands: true, changes: true, ..step("process") },
    Step { hands: true, changes: true, ..step("bean") },
];

fn is(name: &str, does: fn(&Step) -> bool) -> bool {
    STEPS.iter().any(|step| step.name == name && does(step))
}

/// Whether a class that a step is given is read.
pub(super) fn reads(name: &str) -> bool {
    is(name, |step| step.reads)
}

/// Whether a class that a step is given, or the type of its argument, is written.
pub(super) fn writes(name: &str) -> bool {
    is(name, |step| step.writes)
}

/// Whether a step hands the body to a class of the tree, which may set another one.
pub(super) fn hands(name: &str) -> bool {
    is(name, |step| step.hands)
}

/// Whether the body is another one behind a step.
pub(super) fn changes(name: &str) -> bool {
    is(name, |step| step.changes)
}
