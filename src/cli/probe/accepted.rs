//! Which findings of a probe may stay: entries of the acceptances that name a variation.

use std::path::Path;

use jiff::civil::Date;

use super::{Arguments, MAX_GOLDEN};
use crate::accepted::{Acceptance, Acceptances, Matched};
use crate::error::Error;
use crate::finding::Finding;
use crate::gate::{judge_acceptances, known_names};
use crate::mapping::{Catalogue, Mapping};
use crate::probe::Report;

/// The entries that are about a mapping.
pub(super) struct Accepted {
    acceptances: Acceptances,
    /// Those that hold today, in their order.
    pub(super) live: Vec<Acceptance>,
    /// Those that have expired.
    expired: Vec<Acceptance>,
    today: Date,
}

impl Accepted {
    /// Reads the file; there are none where there is none.
    pub(super) fn read(
        arguments: &Arguments,
        root: Option<&Path>,
        mapping: &Mapping,
        catalogue: &Catalogue,
        today: Date,
    ) -> Result<Self, Error> {
        let acceptances = match (&arguments.accepted, root) {
            (Some(file), _) => {
                Acceptances::of_file(file, file.display().to_string(), catalogue, &known_names(), MAX_GOLDEN)?
            }
            (None, Some(root)) => Acceptances::read(root, catalogue, &known_names(), MAX_GOLDEN)?,
            (None, None) => Acceptances::default(),
        };
        let own = acceptances.entries.iter().filter(|entry| entry.variation.is_some() && entry.mapping == mapping.id);
        let (expired, live) = own.cloned().partition(|entry| entry.expired(today));
        Ok(Accepted { acceptances, live, expired, today })
    }

    /// The file, as a report shows it; none where there is none.
    pub(super) fn file(&self) -> Option<String> {
        Some(self.acceptances.path.clone()).filter(|path| !path.is_empty())
    }

    /// What is wrong with the entries: those that have expired, and those that accept nothing of what was sent with their
    /// variation.
    pub(super) fn stale(&self, report: &Report, is_complete: bool) -> Vec<Finding> {
        let mut live: Vec<(&Acceptance, usize)> = self.live.iter().map(|entry| (entry, 0)).collect();
        for (at, _) in report.failures.iter().filter_map(|failure| failure.accepted.as_ref()) {
            live[*at].1 += 1;
        }
        // Of a variation of which something was not judged by itself nothing can be said.
        let is_judged = |entry: &Acceptance| {
            let mut rows = report.rows.iter().filter(|row| entry.variation.as_deref() == Some(row.id));
            rows.any(|row| row.not_run.is_none() && (row.skipped, row.did_not_run, row.not_reached) == (0, 0, 0))
        };
        live.retain(|(entry, count)| *count > 0 || is_judged(entry));
        let entries: Vec<(&Acceptance, usize)> =
            live.into_iter().chain(self.expired.iter().map(|entry| (entry, 0))).collect();
        let Acceptances { path, text, entries: _ } = &self.acceptances;
        judge_acceptances(&Matched { path, text, entries: &entries, today: self.today, complete: is_complete })
    }
}
