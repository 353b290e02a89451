//! Progress on standard error, for runs over a second: a bar on a terminal. Elsewhere a probe, which may take minutes,
//! writes a line from time to time, and other verbs nothing.

use std::cell::OnceCell;
use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter runs have none.
const DELAY: Duration = Duration::from_secs(1);

/// How often a sign without a count moves.
const TICK: Duration = Duration::from_millis(120);

/// How often a line is written where there is no terminal: whoever reads a log must not think that it hangs.
const EVERY: Duration = Duration::from_secs(10);

/// A sign that a run goes on; it may never be seen.
pub(super) struct Busy(Option<ProgressBar>);

impl Busy {
    /// Begins to wait: after a second it is shown, if standard error is a terminal.
    pub(super) fn new(what: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Busy(None);
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        let waiting = bar.clone();
        std::thread::spawn(move || {
            std::thread::sleep(DELAY);
            if !waiting.is_finished() {
                waiting.set_draw_target(ProgressDrawTarget::stderr());
                waiting.enable_steady_tick(TICK);
            }
        });
        Busy(Some(bar))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A bar that may never be seen.
pub(super) struct Bar {
    bar: OnceCell<ProgressBar>,
    /// Writes to standard error.
    announce: fn(&str),
    /// What is faster, if anything is.
    hint: &'static str,
    every: Duration,
}

/// What is faster than a process for each payload.
pub(super) const BATCH: &str = "; --batch is faster: one process for all payloads";

impl Bar {
    /// One that has not begun.
    pub(super) fn new(announce: fn(&str), hint: &'static str) -> Self {
        Bar { bar: OnceCell::new(), announce, hint, every: EVERY }
    }

    /// Counts from now on; each call of what it returns is one payload.
    pub(super) fn start(&self, payloads: Option<usize>) -> Box<dyn Fn() + Sync> {
        let hidden = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(payloads.map(|payloads| payloads as u64), hidden);
        let template = match payloads {
            Some(_) => "{bar:40} {pos}/{len} payloads, {eta} left",
            None => "{spinner} {pos} payloads",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let (ticking, announce, hint, every) = (bar.clone(), self.announce, self.hint, self.every);
        std::thread::spawn(move || {
            if !std::io::stderr().is_terminal() {
                let of = payloads.map_or_else(String::new, |payloads| format!(" of {payloads}"));
                loop {
                    std::thread::sleep(every);
                    if ticking.is_finished() {
                        return;
                    }
                    // All have come, and those that fail are made smaller.
                    let (position, is_over) = (ticking.position(), ticking.length() == Some(ticking.position()));
                    let what = if is_over { "; looking for the smallest that fail" } else { hint };
                    announce(&format!("probed {position}{of} payloads{what}\n"));
                }
            }
            std::thread::sleep(DELAY);
            if !ticking.is_finished() {
                ticking.set_draw_target(ProgressDrawTarget::stderr());
            }
        });
        let told = bar.clone();
        let _ = self.bar.set(bar);
        Box::new(move || told.inc(1))
    }

    /// Takes the bar away: the report follows.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.finish();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    static LINES: Mutex<String> = Mutex::new(String::new());

    #[test]
    fn a_long_run_without_a_terminal_says_that_it_goes_on() {
        if std::io::stderr().is_terminal() {
            return;
        }
        let mut bar = Bar::new(|line| LINES.lock().unwrap().push_str(line), BATCH);
        bar.every = Duration::from_millis(20);
        let told = bar.start(Some(3));
        told();
        told();
        let said = || LINES.lock().unwrap().clone();
        while said().lines().count() < 2 {
            std::thread::sleep(Duration::from_millis(5));
        }
        bar.finish();
        let expected = "probed 2 of 3 payloads; --batch is faster: one process for all payloads";
        assert_eq!(said().lines().nth(1), Some(expected));
    }
}
