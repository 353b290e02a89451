//! The report for people: a block per finding as rustc would print it, and the verdict in the last line.

pub(super) mod compare;
mod line;
pub(super) mod probe;

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::renderer::{AnsiColor, DEFAULT_LINE_NUM_STYLE, Effects, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Message, Padding, Renderer, Snippet};

use super::escape::{is_unseen, prose, seen};
use super::text::excerpt::{Window, window};
use super::text::{concerned, count, cut_both, cut_middle, more_places, subject_of, wrap};
use super::{Counts, Options, Report, Verdict};
use crate::finding::{Finding, Location, Severity, Subject};

/// Narrower terminals get lines that they have to break.
const LEAST_WIDTH: usize = 40;

/// Lines are cut before they are rendered, by what this report knows of carets and invisible characters.
const NEVER_CUT: usize = u16::MAX as usize;

/// Of more findings than these, a table says how often each rule fired.
const FEW: usize = 20;

/// Of cases with the same cause, so many are named.
const ALIKE: usize = 3;

const ERROR: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
const SUCCESS: Style = AnsiColor::BrightGreen.on_default().effects(Effects::BOLD);
const NOTE: Style = AnsiColor::BrightGreen.on_default().effects(Effects::BOLD);
const ACCEPTED: Style = AnsiColor::BrightCyan.on_default().effects(Effects::BOLD);

/// The whole report: a block per finding, a line per note and per accepted finding, the verdict.
///
/// Notes get a block too where they fail the run.
pub(super) fn render(report: &Report, options: &Options) -> String {
    if let Some(probed) = report.probed() {
        return probe::render(report, probed, options);
    }
    let verdict = match report.compared() {
        Some(compared) => compare::ending(report, compared, options),
        None => verdict_line(report, options),
    };
    let mut blocks = String::new();
    let mut lines = String::new();
    let mut accepted_lines = String::new();
    let open = || report.findings.iter().filter(|finding| finding.accepted.is_none());
    // Cases of one defect are told together, where the first of them stands.
    let mut causes: BTreeMap<Cause<'_>, Vec<&Finding>> = BTreeMap::new();
    for finding in open() {
        if let Some(cause) = cause(finding) {
            causes.entry(cause).or_default().push(finding);
        }
    }
    let mut told: BTreeMap<Cause<'_>, BTreeSet<&str>> = BTreeMap::new();
    for finding in &report.findings {
        let cause = cause(finding).filter(|_| finding.accepted.is_none());
        let is_other = |case: &&str| *case != finding.case;
        if cause.and_then(|cause| told.get(&cause)).is_some_and(|cases| cases.iter().any(is_other)) {
            continue;
        }
        let text = if has_block(finding, report.fail_on) {
            let mut alike: Vec<&Finding> = Vec::new();
            if let Some(cause) = cause {
                alike.extend(causes.get(&cause).into_iter().flatten().filter(|other| is_other(&&*other.case)));
                told.entry(cause).or_default().insert(&finding.case);
            }
            block(finding, &alike, options) + "\n"
        } else {
            shown(finding, report.fail_on, options)
        };
        if finding.accepted.is_some() {
            accepted_lines.push_str(&text);
        } else if has_block(finding, report.fail_on) {
            blocks.push_str(&text);
            blocks.push('\n');
        } else {
            lines.push_str(&text);
        }
    }
    lines.push_str(&accepted_lines);
    if !lines.is_empty() {
        lines.push('\n');
    }
    let table = if open().count() > FEW { by_rule(open()) + "\n" } else { String::new() };
    format!("{blocks}{lines}{table}{verdict}\n")
}

/// What findings of one defect in several cases have in common.
type Cause<'f> = (&'f str, Severity, &'f str, &'f str, &'f str);

/// The defect of a finding about a case: it is told once, with the cases that have it.
fn cause(finding: &Finding) -> Option<Cause<'_>> {
    let Finding { rule, severity, mapping, pattern, message, .. } = finding;
    (!finding.case.is_empty() && finding.subject.is_none()).then_some((rule, *severity, mapping, pattern, message))
}

/// How often each rule fired: a line for each, the most frequent first.
fn by_rule<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for finding in findings {
        match counts.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, count)) => *count += 1,
            None => counts.push((finding.rule, 1)),
        }
    }
    counts.sort_by(|(left, a), (right, b)| b.cmp(a).then(left.cmp(right)));
    let width = counts.iter().map(|(rule, _)| rule.len()).max().unwrap_or_default();
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    counts.push(("all", total));
    counts.iter().map(|(rule, count)| format!("{rule:width$}  {count:>5}\n")).collect()
}

/// Whether a finding is shown as a block; the others are a line.
fn has_block(finding: &Finding, fail_on: Severity) -> bool {
    finding.accepted.is_none() && (finding.severity >= fail_on || finding.severity > Severity::Note)
}

/// A finding as this report shows it: its block, or its line; ends with a line break.
pub(super) fn shown(finding: &Finding, fail_on: Severity, options: &Options) -> String {
    if let Some(reason) = &finding.accepted {
        let label = painted(&format!("accepted[{}]", finding.rule), ACCEPTED, options);
        line::cut_to_width(&label, "accepted", finding, reason, options)
    } else if has_block(finding, fail_on) {
        block(finding, &[], options) + "\n"
    } else {
        let label = painted(&format!("note[{}]", finding.rule), NOTE, options);
        line::wrapped(&label, "note", finding, &finding.message, options)
    }
}

/// The block of a finding, and of those that have the same cause.
fn block(finding: &Finding, alike: &[&Finding], options: &Options) -> String {
    let width = options.width.max(LEAST_WIDTH);
    let location = &finding.location;
    // The renderer sets everything in by the digits of the line number that it shows.
    let (line, column) = location.line_and_column();
    let digits = if location.excerpt().is_some() { line.to_string().len() } else { 0 };
    let room = |label: &str| width.saturating_sub(digits + " = : ".len() + label.len());

    let renderer = renderer(options);
    let level = level(finding.severity);
    let title = level.clone().primary_title(prose(&finding.message)).id(finding.rule);
    let title = renderer.render(&[Group::with_title(title)]);
    // The renderer would count the column in the part of the line that is shown, and set an origin of its own
    // apart from the snippet by a line `:::`, which is a command to GitHub.
    let arrow = painted("-->", DEFAULT_LINE_NUM_STYLE, options);
    let is_gone = finding.subject.as_deref().is_some_and(|subject| subject.earlier.is_some() && subject.is_gone);
    let when = if is_gone { " (before)" } else { "" };
    let place = format!("{:digits$}{arrow} {}:{line}:{column}{when}", "", seen(&location.path));

    let details = details(location, &level, width);
    let earlier = finding.subject.as_deref().and_then(|subject| subject.earlier.as_ref());
    let earlier = earlier.filter(|_| !is_gone).map_or(String::new(), |earlier| {
        let snippet = match earlier.excerpt() {
            Some(_) => renderer.render(&[self::details(earlier, &level, width)]) + "\n",
            None => String::new(),
        };
        let (line, column) = earlier.line_and_column();
        let digits = if earlier.excerpt().is_some() { line.to_string().len() } else { 0 };
        format!("{:digits$}{arrow} {}:{line}:{column} (before)\n{snippet}", "", seen(&earlier.path))
    });

    let mut notes: Vec<Message<'_>> = Vec::new();
    if let Some(concerned) = concerned(finding) {
        notes.push(note("mapping", concerned));
    }
    if !alike.is_empty() {
        let mut cases: Vec<&str> = alike.iter().map(|finding| finding.case.as_str()).collect();
        cases.dedup();
        let first = cases[..cases.len().min(ALIKE)].join(", ");
        let more = cases.len().saturating_sub(ALIKE);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        notes.push(note(
            "also in",
            wrap(&seen(&format!("{}: {first}{more}", count(cases.len(), "case", "cases"))), room("also in")),
        ));
    }
    if let Some(subject) = finding.subject.as_deref() {
        notes.push(note("class", cut_middle(&subject_of(subject), room("class"))));
    }
    if !location.pointer.is_empty() {
        let places = more_places(finding);
        let pointer = cut_middle(&location.pointer, room("pointer").saturating_sub(places.len()));
        notes.push(note("pointer", pointer + &places));
    }
    let width_of_values = room("before");
    let (before, after) = match (&finding.before, &finding.after) {
        (Some(before), Some(after)) => {
            let (before, after) = cut_both(before, after, width_of_values);
            (Some(before), Some(after))
        }
        (before, after) => {
            let alone = |value: &String| cut_both(value, value, width_of_values).0;
            (before.as_ref().map(alone), after.as_ref().map(alone))
        }
    };
    notes.extend(before.map(|before| note("before", before)));
    // One more space, so that the two values stand under each other.
    notes.extend(after.map(|after| note("after", format!(" {after}"))));
    notes.push(note("breaks", wrap(&finding.breaks, room("breaks"))));
    notes.push(note("fix", wrap(&finding.fix, room("fix"))));
    if options.acceptances && finding.offers_acceptance() {
        let entry = acceptance(finding);
        let all = if alike.is_empty() { "" } else { "; without its line `case` for all of them" };
        notes.push(note("accept", format!("only with evidence, in {}{all}:\n{entry}", finding.accepted_in())));
    }

    format!("{title}\n{earlier}{place}\n{}", renderer.render(&[details.elements(notes)]))
}

/// The line of a place with its caret.
fn details<'t>(location: &Location, level: &Level<'t>, width: usize) -> Group<'t> {
    let (line, _) = location.line_and_column();
    match location.excerpt() {
        Some(excerpt) => {
            let Window { text, span } = window(excerpt, width - (line.to_string().len() + " | ".len()));
            let snippet = Snippet::source(text).line_start(line);
            Group::with_level(level.clone()).element(snippet.annotation(AnnotationKind::Primary.span(span)))
        }
        None => Group::with_level(level.clone()).element(Padding),
    }
}

fn renderer(options: &Options) -> Renderer {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(NEVER_CUT)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn note(label: &'static str, text: String) -> Message<'static> {
    Level::NOTE.with_name(label).message(text)
}

/// The entry to paste, on lines that are safe to show.
///
/// Keys come from payloads. Where one of them needs it, characters are escaped as TOML escapes them, so that
/// the pasted entry still means the same.
fn acceptance(finding: &Finding) -> String {
    let entry = finding.acceptance();
    let unsafe_to_show = |text: &str| text.contains("##[") || text.chars().any(is_unseen);
    let reason = entry.lines().last().unwrap_or_default();
    if let Some(Subject { class, key, .. }) = finding.subject.as_deref() {
        let fields = [finding.rule, class, key];
        if !fields.into_iter().any(unsafe_to_show) {
            return entry.trim_end().to_owned();
        }
        let [rule, class, key] = fields.map(escaped_toml);
        return format!("[[accepted]]\nrule = {rule}\nclass = {class}\nkey = {key}\n{reason}");
    }
    let fields = [finding.rule, &finding.mapping, &finding.case, &finding.pattern];
    if !fields.into_iter().any(unsafe_to_show) {
        return entry.trim_end().to_owned();
    }
    let [rule, mapping, case, pointer] = fields.map(escaped_toml);
    let case = if finding.case.is_empty() { String::new() } else { format!("case = {case}\n") };
    format!("[[accepted]]\nrule = {rule}\nmapping = {mapping}\n{case}pointer = {pointer}\n{reason}")
}

/// A text as a basic string of TOML, in which nothing does anything.
pub(super) fn escaped_toml(text: &str) -> String {
    let mut escaped = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => escaped.extend(['\\', character]),
            '[' if escaped.ends_with("##") => escaped.push_str("\\u005B"),
            '\0'..='\u{FFFF}' if is_unseen(character) => escaped.push_str(&format!("\\u{:04X}", u32::from(character))),
            _ if is_unseen(character) => escaped.push_str(&format!("\\U{:08X}", u32::from(character))),
            _ => escaped.push(character),
        }
    }
    escaped.push('"');
    escaped
}

/// The verdict and the counts, without colours.
pub(super) fn verdict(report: &Report) -> String {
    verdict_line(report, &Options { width: 0, color: false, acceptances: false })
}

fn verdict_line(report: &Report, options: &Options) -> String {
    let verdict = if report.failed() { painted("FAIL", ERROR, options) } else { painted("PASS", SUCCESS, options) };
    let mut mappings: Vec<&str> = report.cases.iter().map(|case| case.mapping.as_str()).collect();
    mappings.sort_unstable();
    mappings.dedup();
    let refused = report.cases.iter().filter(|case| case.verdict == Verdict::Refused).count();
    let refused = if refused == 0 { String::new() } else { format!(", {refused} refused as expected") };
    let Counts { errors, warnings, notes, accepted } = report.counts();
    // Otherwise FAIL beside "0 errors" would puzzle.
    let fail_on = match report.fail_on {
        Severity::Error => String::new(),
        severity => format!(" (fails on {severity})"),
    };
    format!(
        "{verdict}: {} of {}{refused}; {}, {}, {}, {accepted} accepted{fail_on}",
        count(report.cases.len(), "case", "cases"),
        count(mappings.len(), "mapping", "mappings"),
        count(errors, "error", "errors"),
        count(warnings, "warning", "warnings"),
        count(notes, "note", "notes"),
    )
}

fn painted(text: &str, style: Style, options: &Options) -> String {
    if options.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Text;
    use crate::pointer::Pointer;

    const PLAIN: Options = Options { width: 60, color: false, acceptances: true };

    fn finding(location: Location) -> Finding {
        Finding::new("layout-drift", Severity::Error, location)
            .mapping("orders-summary")
            .message("compact, promised indented")
            .breaks("the UI")
            .fix("say so")
    }

    fn report(findings: Vec<Finding>) -> Report {
        Report { findings, ..Report::new(Severity::Error) }
    }

    /// The character above the first caret, and how many columns are underlined; for text of single columns.
    fn pointed_at(text: &str, needle: &str) -> (char, usize) {
        let start = text.find(needle).unwrap();
        let location = Location::in_text("a.json", &Pointer::ROOT, &Text::from(text), start..start + needle.len());
        let place = format!("--> {location}\n");
        let rendered = block(&finding(location), &[], &PLAIN);
        assert!(rendered.contains(&place), "{rendered}");
        let lines: Vec<&str> = rendered.lines().collect();
        let carets = lines.iter().position(|line| line.contains('^')).unwrap();
        let column = lines[carets].chars().position(|character| character == '^').unwrap();
        (lines[carets - 1].chars().nth(column).unwrap(), lines[carets].matches('^').count())
    }

    #[test]
    fn carets_stand_under_their_characters() {
        assert_eq!(pointed_at("{\"a\": 7}", "7"), ('7', 1));
        assert_eq!(pointed_at("{\r\n  \"Zoë\": 77\r\n}", "77"), ('7', 2));
        assert_eq!(pointed_at("{\n\t\t\"a\":\t77\n}", "77"), ('7', 2));
        assert_eq!(pointed_at("{\"a\"\t: 7}", "\t"), ('␉', 1));
        assert_eq!(pointed_at("{\"\u{202E}\": 7}", "7"), ('7', 1));
        assert_eq!(pointed_at("{\"\u{202E}\": 7}", "\u{202E}"), ('<', 8));
        assert_eq!(pointed_at(&format!("[\"{}\", 7]", "é".repeat(5000)), "7"), ('7', 1));
        assert_eq!(pointed_at(&format!("[\n{}77,\n 8]", " ".repeat(50)), "77"), ('7', 2));
        assert_eq!(pointed_at(&format!("[\n{}77,\n 8]", " ".repeat(30)), "77"), ('7', 2));
        assert_eq!(pointed_at(&format!("{{\n{}7}}", "\t".repeat(30)), "7"), ('7', 1));
    }

    #[test]
    fn a_caret_counts_wide_characters_twice() {
        let text: Text = Text::from("[\"田中🦀\", 7]");
        let start = text.find('7').unwrap();
        let rendered = block(&finding(Location::in_text("a", &Pointer::ROOT, &text, start..start + 1)), &[], &PLAIN);
        // Six columns for three characters.
        assert!(rendered.contains("\n1 | [\"田中🦀\", 7]\n  |            ^\n"), "{rendered}");
        assert!(rendered.contains("a:1:9\n"), "{rendered}");
    }

    #[test]
    fn an_empty_file_and_the_end_of_a_file_have_a_caret() {
        let empty = block(&finding(Location::in_text("a", &Pointer::ROOT, &Text::from(""), 0..0)), &[], &PLAIN);
        assert!(empty.contains("\n1 |\n  | ^\n"), "{empty}");
        let end = block(&finding(Location::in_text("a", &Pointer::ROOT, &Text::from("[1"), 2..2)), &[], &PLAIN);
        assert!(end.contains("\n1 | [1\n  |   ^\n"), "{end}");
    }

    #[test]
    fn a_long_span_is_underlined_to_the_edge_and_a_value_of_many_lines_on_its_first() {
        let text: Text = Text::from(format!("[\"{}\"]", "a".repeat(9000)));
        let long = block(&finding(Location::in_text("a", &Pointer::ROOT, &text, 1..text.len() - 1)), &[], &PLAIN);
        assert!(long.lines().take(5).all(|line| line.chars().count() <= 60), "{long}");
        let text: Text = Text::from("{\n  \"a\": [\n    1\n  ]\n}");
        let many = block(&finding(Location::in_text("a", &Pointer::ROOT, &text, 9..text.len() - 2)), &[], &PLAIN);
        assert!(many.contains("\n2 |   \"a\": [\n  |        ^\n"), "{many}");
    }

    #[test]
    fn a_place_without_text_has_no_snippet() {
        let rendered = block(&finding(Location::in_bytes("a.json", b"\xFF\xFE", 1)), &[], &PLAIN);
        assert!(
            rendered.starts_with("error[layout-drift]: compact, promised indented\n--> a.json:1:2\n"),
            "{rendered}"
        );
        assert!(!rendered.contains('^') && !rendered.contains("pointer:"), "{rendered}");
    }

    #[test]
    fn the_entry_to_paste_means_the_same_when_it_is_escaped() {
        let hostile = ["##[error]", "a\u{202E}b\nc\"\\", "🦀\u{E0041}", "it's ##[x] \"\"\" '''", "plain"];
        for key in hostile {
            let mut finding = finding(Location::file("a"));
            finding.pattern = format!("/{key}/*");
            finding.case = key.to_owned();
            let shown = acceptance(&finding);
            let table = |text: &str| text.parse::<toml::Table>().unwrap();
            assert_eq!(table(&shown), table(&finding.acceptance()), "{shown}");
            assert_eq!(shown.lines().count(), 6, "{shown}");
            assert!(!shown.contains("##[") && !shown.replace('\n', "").chars().any(is_unseen), "{shown}");
        }
    }

    #[test]
    fn one_cause_in_many_cases_is_told_once_and_many_findings_are_counted() {
        let of = |case: &str, message: &str| {
            let mut finding = finding(Location::file(format!("{case}.json"))).message(message);
            finding.case = case.to_owned();
            finding
        };
        let mut findings: Vec<Finding> = (0..5).map(|case| of(&format!("c{case}"), "the same")).collect();
        findings.push(of("c9", "another"));
        let text = render(&report(findings.clone()), &PLAIN);
        assert_eq!((text.matches("error[layout-drift]: the same").count(), text.matches("another").count()), (1, 1));
        assert!(text.contains("= also in: 4 cases: c1, c2, c3 and 1 more\n"), "{text}");
        assert!(
            text.ends_with("\n\nFAIL: 0 cases of 0 mappings; 6 errors, 0 warnings, 0 notes, 0 accepted\n"),
            "{text}"
        );
        // What is accepted is a line of its own, and of twenty findings and fewer there is no table.
        findings[1].accepted = Some("known".to_owned());
        let text = render(&report(findings.clone()), &PLAIN);
        assert!(
            text.contains("also in: 3 cases: c2, c3, c4\n") && text.contains("accepted[layout-drift] c1"),
            "{text}"
        );
        findings.extend((0..20).map(|case| of(&format!("d{case}"), "more")));
        findings[0].rule = "key-set-drift";
        let text = render(&report(findings), &PLAIN);
        assert!(
            text.contains("\n\nlayout-drift      24\nkey-set-drift      1\nall               25\n\nFAIL: "),
            "{text}"
        );
    }

    #[test]
    fn the_last_line_counts() {
        let last = |report: &Report| render(report, &PLAIN).lines().last().unwrap().to_owned();
        let mut report = report(Vec::new());
        assert_eq!(render(&report, &PLAIN), "PASS: 0 cases of 0 mappings; 0 errors, 0 warnings, 0 notes, 0 accepted\n");
        let mut accepted = finding(Location::file("a"));
        accepted.accepted = Some("known:\n  see the ticket".to_owned());
        report.findings = vec![finding(Location::file("a")), accepted];
        let case = |mapping: &str, verdict| super::super::CaseResult {
            mapping: mapping.to_owned(),
            case: "typical".to_owned(),
            kind: crate::finding::CaseKind::Valid,
            path: "a".to_owned(),
            verdict,
            rules: Default::default(),
        };
        report.cases = vec![case("m", Verdict::Failed)];
        assert_eq!(last(&report), "FAIL: 1 case of 1 mapping; 1 error, 0 warnings, 0 notes, 1 accepted");
        report.cases = vec![case("m", Verdict::Failed), case("n", Verdict::Refused), case("m", Verdict::Pass)];
        report.findings[0].severity = Severity::Warning;
        assert_eq!(
            last(&report),
            "PASS: 3 cases of 2 mappings, 1 refused as expected; 0 errors, 1 warning, 0 notes, 1 accepted"
        );
        report.fail_on = Severity::Warning;
        assert!(last(&report).ends_with("0 errors, 1 warning, 0 notes, 1 accepted (fails on warning)"));
        assert!(last(&report).starts_with("FAIL: "));
        assert!(render(&report, &PLAIN).contains("\naccepted[layout-drift] a:1:1: known: see the ticket\n\nFAIL"));
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let text: Text = Text::from("[\"\u{1B}[31m\", 7]");
        let mut accepted = finding(Location::file("a"));
        accepted.accepted = Some("known".to_owned());
        let report = report(vec![finding(Location::in_text("a", &Pointer::ROOT.index(1), &text, 9..10)), accepted]);
        let colored = render(&report, &Options { width: 60, color: true, acceptances: true });
        assert!(colored.contains("\u{1B}[1m\u{1B}[91mFAIL\u{1B}[0m: "), "{colored:?}");
        let mut stripped = String::new();
        for (index, part) in colored.split('\u{1B}').enumerate() {
            stripped.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        assert_eq!(stripped, render(&report, &PLAIN));
        assert!(!stripped.contains('\u{1B}'));
    }
}
