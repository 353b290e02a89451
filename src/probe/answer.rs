//! What a mapper does with a payload: its answer, or how it fails to answer.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::finding::FailureKind;

/// After so many time-outs nothing more is sent: each costs its full time.
pub const MOST_TIMEOUTS: usize = 3;

/// How much is kept of an answer that did not arrive: as much as a person reads.
const KEPT: usize = 64 << 10;

/// Less is not kept: it would say nothing.
const LEAST_KEPT: usize = 1 << 10;

/// How much is kept of each of so many answers: all of them are at most `limit` bytes, or [`LEAST_KEPT`] each.
pub(super) fn room(limit: u64, answers: usize) -> usize {
    let each = usize::try_from(limit).unwrap_or(usize::MAX) / answers.max(1);
    each.clamp(LEAST_KEPT, KEPT)
}

/// Takes the answer to a payload, by its place; from any thread. One that is taken later takes the other's place: of a
/// batch with another number of answers none belongs to anything.
pub type Deliver<'d> = &'d (dyn Fn(usize, Answer) + Sync);

/// What the mapper did with a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it answered, or how it failed.
    pub result: Result<Vec<u8>, Misbehaviour>,
    /// A program's standard error, of a long one its beginning and its end; in a batch the first answer without a result
    /// has it.
    pub stderr: String,
    /// What a gateway declares of an answer that some readers do not take: lower-case fragment.
    pub complaint: Option<String>,
}

impl Answer {
    /// Something was answered.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Answer { result: Ok(bytes), stderr: String::new(), complaint: None }
    }

    /// What is kept of it once it is judged: nothing where it arrived, since there may be many and large ones; of another
    /// one so many bytes, with those that show what is wrong. Where these stand then, `at` says.
    pub(super) fn kept(mut self, has_arrived: bool, room: usize, at: Option<&mut Range<usize>>) -> Self {
        if let Ok(bytes) = &mut self.result {
            if has_arrived && self.complaint.is_none() {
                *bytes = vec![];
            } else if bytes.len() > room {
                let begin = at.as_ref().map_or(0, |at| at.start.saturating_sub(room / 2)).min(bytes.len() - room);
                let is_begin = |byte: Option<&u8>| byte.is_none_or(|byte| byte & 0xC0 != 0x80);
                let whole = |at: usize| (0..4).map(|back| at.saturating_sub(back)).find(|&at| is_begin(bytes.get(at)));
                let (begin, end) = (whole(begin).unwrap_or(begin), whole(begin + room).unwrap_or(begin + room));
                let mark = |is_cut: bool| if is_cut { "…".as_bytes() } else { &[] };
                let before = mark(begin > 0);
                if let Some(at) = at {
                    let place = |from: usize| (from.clamp(begin, end) - begin) + before.len();
                    *at = place(at.start)..place(at.end);
                }
                *bytes = [before, &bytes[begin..end], mark(end < bytes.len())].concat();
            }
        }
        // A program may say as much to each payload.
        if self.stderr.len() > room {
            let end = (0..4).map(|back| room - back).find(|&end| self.stderr.is_char_boundary(end)).unwrap_or(0);
            self.stderr.truncate(end);
            self.stderr.push('…');
            self.stderr.shrink_to_fit();
        }
        self
    }

    /// The answer to a payload that was not sent, or that nothing is known of.
    pub(super) fn failed(misbehaviour: Misbehaviour) -> Self {
        Answer { result: Err(misbehaviour), stderr: String::new(), complaint: None }
    }
}

/// Every answer in its place, for who needs them all at once.
pub(super) fn collected<E>(count: usize, run: impl FnOnce(Deliver<'_>) -> Result<(), E>) -> Result<Vec<Answer>, E> {
    let answers = Mutex::new(vec![Answer::failed(Misbehaviour::NotReached); count]);
    run(&|at, answer| answers.lock().unwrap_or_else(PoisonError::into_inner)[at] = answer)?;
    Ok(answers.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// How a mapper fails to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Neither answer nor end in time.
    TimedOut(Duration),
    /// More than it may write.
    Flooded(u64),
    /// A program ended with another code than 0, or by a signal.
    Ended(String),
    /// It ended well and wrote nothing; an HTTP answer without a body.
    Silent,
    /// A batch with another number of answers than payloads: which belongs to which is not known.
    Miscounted {
        /// The payloads.
        sent: usize,
        /// The answers.
        got: usize,
        /// The beginning of the first that is not JSON.
        stray: Option<String>,
    },
    /// An HTTP answer with another status than 200 to 299: the status and the beginning of the body.
    Status(u16, String),
    /// An HTTP answer that ends before its declared end.
    CutOff(String),
    /// An HTTP answer whose body is packed: its `Content-Encoding`.
    Encoded(String),
    /// No connection, or one that was reset: lower-case fragment.
    Connection(String),
    /// A gateway answered and had not asked for the payload; what it asked for instead.
    NotAsked(Vec<String>),
    /// The run had ended, or was ended, before it.
    NotReached,
}

impl Misbehaviour {
    /// The kind of failure; none for a payload that was not sent.
    pub fn kind(&self) -> Option<FailureKind> {
        Some(match self {
            Misbehaviour::TimedOut(_) => FailureKind::TimedOut,
            Misbehaviour::Flooded(_) => FailureKind::Flooded,
            Misbehaviour::Ended(_) => FailureKind::EndedBadly,
            Misbehaviour::Silent => FailureKind::NoOutput,
            Misbehaviour::Miscounted { .. } => FailureKind::Miscounted,
            Misbehaviour::Status(..) => FailureKind::BadStatus,
            Misbehaviour::CutOff(_) => FailureKind::CutOff,
            Misbehaviour::Encoded(_) => FailureKind::NotJson,
            Misbehaviour::Connection(_) => FailureKind::NoConnection,
            Misbehaviour::NotAsked(_) => FailureKind::DidNotAsk,
            Misbehaviour::NotReached => return None,
        })
    }
}

impl std::fmt::Display for Misbehaviour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Misbehaviour::TimedOut(limit) => write!(f, "no answer within {} s", limit.as_secs_f64()),
            Misbehaviour::Flooded(limit) => write!(f, "more than {limit} bytes of output"),
            Misbehaviour::Ended(how) => f.write_str(how),
            Misbehaviour::Silent => f.write_str("no output"),
            Misbehaviour::Miscounted { sent, got, stray } => {
                write!(f, "payloads sent: {sent}, answers in the batch: {got}; a record separator comes before each")?;
                let Some(stray) = stray else { return Ok(()) };
                write!(f, ". Something else is written to standard output: {stray:?}")
            }
            Misbehaviour::Status(status, body) if body.is_empty() => write!(f, "status {status}, no body"),
            Misbehaviour::Status(status, body) => write!(f, "status {status}: {body}"),
            Misbehaviour::CutOff(how) => write!(f, "the answer is cut off: {how}"),
            Misbehaviour::Encoded(how) => {
                write!(f, "the answer is not JSON: expected no Content-Encoding, found {how:?}; none was asked for")
            }
            Misbehaviour::Connection(how) => f.write_str(how),
            Misbehaviour::NotAsked(other) => {
                f.write_str("it answered without asking the producer for the payload")?;
                if other.is_empty() { Ok(()) } else { write!(f, "; it asked for {}", other.join(", ")) }
            }
            Misbehaviour::NotReached => f.write_str("not reached: the mapper had failed before"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_judged_answer_no_more_is_kept_than_is_read() {
        let length = |answer: Answer| answer.result.unwrap().len();
        let large = || Answer::of("é".repeat(1 << 20).into_bytes());
        assert_eq!(length(large().kept(true, KEPT, None)), 0);
        let kept = large().kept(false, KEPT, None).result.unwrap();
        assert!(kept.len() <= KEPT + 3 && kept.capacity() <= KEPT + 3);
        assert!(String::from_utf8(kept).unwrap().ends_with("é…"));
        assert_eq!(length(Answer::of(vec![0x80; KEPT * 2]).kept(false, KEPT, None)), KEPT + 3);
        assert_eq!(length(Answer::of(vec![b'x'; KEPT]).kept(false, KEPT, None)), KEPT);
        // Around what is wrong, and there it still is.
        let text = format!("{}wrong{}", "é".repeat(5_000), "é".repeat(5_000));
        let mut at = 10_000..10_005;
        let kept = Answer::of(text.into_bytes()).kept(false, 1_001, Some(&mut at)).result.unwrap();
        let kept = String::from_utf8(kept).unwrap();
        assert_eq!((&kept[at], kept.starts_with("…é"), kept.ends_with("é…")), ("wrong", true, true), "{kept}");
        assert!(kept.len() <= 1_001 + 9, "{}", kept.len());
        let mut said = Answer::of(vec![b'x']);
        said.stderr = "é".repeat(4_096);
        assert!(said.kept(false, 1_001, None).stderr.len() <= 1_001 + 3);
        // All of them are at most as much as one may be, where that is not nothing.
        assert_eq!((room(16 << 20, 2_048), room(16 << 20, 1), room(100, 2_048)), (8 << 10, KEPT, LEAST_KEPT));
        // Its content type is reported with it.
        let complaint = Some("no content type".to_owned());
        assert_eq!(length(Answer { complaint, ..Answer::of(vec![b'x'; 10]) }.kept(true, KEPT, None)), 10);
    }

    #[test]
    fn what_is_kept_is_bounded_and_never_nothing() {
        assert_eq!(room(16 << 20, 1), KEPT, "as much as a person reads");
        assert_eq!(room(1 << 20, 100), (1 << 20) / 100);
        assert_eq!(room(1 << 10, 100), LEAST_KEPT);
        assert_eq!(room(u64::MAX, 0), KEPT);
    }
}
