//! The progress bar of a probe: on a terminal, for runs over a second.

use std::cell::OnceCell;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter runs have none.
const DELAY: Duration = Duration::from_secs(1);

/// A bar that may never be seen.
#[derive(Default)]
pub(super) struct Bar(OnceCell<ProgressBar>);

impl Bar {
    /// Counts from now on; each call of what it returns is one payload.
    pub(super) fn start(&self, payloads: usize) -> Box<dyn Fn() + Sync> {
        let bar = ProgressBar::with_draw_target(Some(payloads as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} payloads, {eta} left") {
            bar.set_style(style);
        }
        let ticking = bar.clone();
        std::thread::spawn(move || {
            std::thread::sleep(DELAY);
            if !ticking.is_finished() {
                // indicatif draws nothing where standard error is no terminal.
                ticking.set_draw_target(ProgressDrawTarget::stderr());
            }
        });
        let told = bar.clone();
        let _ = self.0.set(bar);
        Box::new(move || told.inc(1))
    }

    /// Takes the bar away: the report follows.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.0.get() {
            bar.finish_and_clear();
        }
    }
}
