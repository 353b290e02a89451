//! Who breaks, and what to do, for each kind of failure.

use crate::finding::FailureKind;

/// Who breaks and how, and one thing to do.
pub(super) fn of(rule: &str, kind: FailureKind) -> (&'static str, &'static str) {
    const NO_ANSWER: &str = "whoever waits for the answer gets none";
    match kind {
        FailureKind::Lost if rule == "spelling-sensitive" => (
            "whoever reads the answer finds nothing there, without an error anywhere, as soon as a producer's layout changes",
            "parse the payload and rename the key in the parsed value; do not search its text",
        ),
        FailureKind::Lost => (
            "whoever reads the answer finds nothing there, without an error anywhere",
            "carry the value over under the mapping's name for it, or declare it dropped in the mapping, with the reason",
        ),
        FailureKind::Corrupted => (
            "whoever reads the answer reads something other than what was sent",
            "write each value as it was sent, in the form of the mapping's target class, and nothing else",
        ),
        FailureKind::NotJson => ("no reader takes the answer", "write one JSON document in UTF-8, and log elsewhere"),
        FailureKind::ContentType => {
            ("readers that look at the content type refuse the answer", "declare application/json")
        }
        FailureKind::TimedOut => (
            NO_ANSWER,
            "find what it waits for; a program that starts slowly needs --batch, a slow machine a longer --timeout",
        ),
        FailureKind::Flooded => {
            (NO_ANSWER, "write one answer for each payload; a larger one needs a larger --max-output")
        }
        FailureKind::EndedBadly => (NO_ANSWER, "run the command by hand with the payload, and read its standard error"),
        FailureKind::NoOutput => (
            NO_ANSWER,
            "write the answer to standard output, and flush it before the program ends; with --batch read many \
             payloads, each after a record separator (U+001E), and write as many answers",
        ),
        FailureKind::Miscounted => (
            "no answer can be matched with its payload",
            "write a record separator, one answer and a line feed for each payload, and log elsewhere",
        ),
        FailureKind::BadStatus => {
            ("whoever calls the gateway gets an error", "look for this payload in the gateway's log")
        }
        FailureKind::CutOff => (
            "no reader takes half an answer",
            "close the connection only after the whole body, and check the Content-Length",
        ),
        FailureKind::NoConnection => (NO_ANSWER, "look in the gateway's log for why it closes the connection"),
        FailureKind::DidNotAsk => (
            "the answer says nothing about the payload",
            "give the gateway $DTOGATE_PRODUCER as its producer's address, and switch its cache off",
        ),
    }
}
