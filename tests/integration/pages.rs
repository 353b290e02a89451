//! The page of `--format html`: what it holds, how large it is; and the pages that `.ci/browser` opens.

use std::fs;
use std::path::Path;

use dtogate::finding::{Finding, Location, Severity};
use dtogate::pointer::Pointer;
use dtogate::report::{Format, Options, Report, render};
use pretty_assertions::assert_eq;

use crate::binary::{folder, repository, run, write};
use crate::{reports, sinks};

const OPTIONS: Options = Options { width: 100, color: false, acceptances: true };

/// What a page must not let anything of.
const HOSTILE: &str = "</pre></script><script>document.title='forged'</script><img src=//evil.example/x onerror=\
                       document.title='forged'>'\"&lt;]]>{{x}}{%x%}\u{202E}\u{1B}[31m\n::error::forged\u{200B}";

fn page(report: &Report) -> String {
    render(report, Format::Html, &OPTIONS).primary
}

/// The findings of the sample, as many times as it takes; each with a place and values of its own.
fn many(count: usize) -> Report {
    let sample = reports::sample();
    let finding = |(at, finding): (usize, &Finding)| {
        let text = format!("{{\"rows\":[{}]}}", vec!["{\"id\":\"a\",\"day\":[2023,12,8]}"; at % 40 + 1].join(","));
        let start = text.rfind('[').unwrap();
        let path = format!("fixtures/orders/valid/case_{at}.json");
        let pointer = Pointer::ROOT.key("rows").index(at % 40).key("day");
        let location = Location::in_text(path, &pointer, &text.into(), start..start + 11);
        Finding { location, case: format!("case_{at}"), ..finding.clone() }
    };
    let findings = sample.findings.iter().cycle().take(count).enumerate().map(finding).collect();
    Report { findings, ..sample }
}

#[test]
fn a_page_of_a_thousand_findings_is_small() {
    let bytes = page(&many(1_000)).len();
    println!("{bytes} bytes");
    assert!(bytes < 2_000_000, "{bytes} bytes");
}

/// All that a reader decides by, in words that are there without a script.
#[test]
fn a_page_says_what_the_human_report_says() {
    let report = reports::sample();
    let text = page(&report);
    let human = render(&report, Format::Human, &OPTIONS).primary;
    let verdict = human.lines().last().unwrap();
    assert!(text.contains(&format!("<footer>{verdict}</footer>")), "{verdict}");
    assert_eq!(text.matches("<article ").count(), report.findings.len());
    for part in [
        "<h1 class=\"fail\">FAIL</h1>",
        "submissionDate",
        "fixtures/doctors-summary/valid/typical3.json:4:24",
        "/traineeInfo/0/submissionDate (and 2 more places)",
        "<del>",
        "<ins>",
        "the list of doctors is empty",
        "register JavaTimeModule",
        "rule = &#34;date-form-drift&#34;",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(page(&Report::new(Severity::Error)).contains("<h1 class=\"ok\">PASS</h1>"));
}

/// Nothing of a text becomes an element, and nothing is fetched: what is fetched would be named by an attribute.
#[test]
fn no_text_becomes_markup() {
    let reports = |text: &str| [sinks::of_check(text), sinks::of_probe(text), sinks::of_comparison(text)];
    let tags = |text: &str| text.match_indices('<').count();
    for (harmless, hostile) in reports("x").iter().zip(reports(HOSTILE)) {
        let text = page(&hostile);
        assert!(!text.contains("<script>document") && !text.contains("<img"), "{text}");
        // Marks of differences and lines come with the values; all other elements are those of the harmless page.
        let marks = |text: &str| text.matches("<del>").count() + text.matches("<ins>").count();
        let own = |text: &str| tags(text) - 2 * marks(text);
        assert_eq!(own(&text), own(&page(harmless)));
        let names = ["src=", "href=\"http", "href=\"//", "onerror", "style=", "javascript:"];
        for tag in text.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            assert!(names.iter().all(|name| !tag.contains(name)), "{tag}");
        }
        let style = text.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).unwrap();
        assert!(!style.contains("url(") && !style.contains("@import"));
    }
}

/// The mappings of a run are drawn, with what no golden fills.
#[test]
fn a_check_draws_its_mappings() {
    let folder = folder();
    let output = folder.path().join("report.html");
    let ran = run(&repository(""), &["check", "--format", "html", "--output", output.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = fs::read_to_string(&output).unwrap();
    let mappings = dtogate::tis::CATALOGUE.mappings.iter().map(|mapping| mapping.id);
    for mapping in mappings {
        assert!(text.contains(&format!("role=\"img\" aria-label=\"What {mapping} reads")), "{mapping}");
        let link = text.split(&format!("\">{mapping}</a>")).next().and_then(|before| before.rsplit("href=\"#").next());
        assert!(text.contains(&format!("id=\"{}\">{mapping}</h2>", link.unwrap())), "{mapping}: {link:?}");
    }
    for part in ["class=\"dropped\"", "end invented", "class=\"badge\">LocalDate", "payloads</summary>", "<path"] {
        assert!(text.contains(part), "{part}");
    }
    // A payload without rows fills no key of a row.
    write(folder.path(), "page.json", "{\"countTotal\":1}");
    let check = ["check", "--mapping", "doctors-summary", "--format", "html", "page.json"];
    let text = run(folder.path(), &check).stdout;
    assert!(text.contains("<li><code>/traineeInfo/*/doctorFirstName</code></li>"), "{text}");
    assert!(!text.contains("<li><code>/countTotal</code></li>"));
}

/// Each cell of a failure leads to a finding that is on the page.
#[test]
fn a_probe_is_a_matrix_that_leads_to_payloads() {
    let options = ["probe", "doctors-summary", "--batch", "--cases", "0", "--format", "html"];
    let ran =
        run(&repository(""), &[&options[..], &["--", "sed", "-z", "s/traineeInfo/recommendationInfo/g"]].concat());
    assert_eq!(ran.code, 1);
    let links: Vec<&str> = ran.stdout.split("<a href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 3, "{links:?}");
    for link in links {
        assert!(ran.stdout.contains(&format!(" id=\"{link}\"")), "{link}");
    }
    assert!(
        ran.stdout.contains("<figcaption>sent</figcaption>") && ran.stdout.contains("<figcaption>got</figcaption>")
    );
}

/// Writes the pages that `.ci/browser` opens, where it says a folder.
#[test]
fn pages_for_a_browser() {
    let Some(to) = std::env::var_os("DTOGATE_PAGES") else { return };
    let to = Path::new(&to);
    let put = |name: &str, text: &str| fs::write(to.join(format!("{name}.html")), text).unwrap();
    put("green", &run(&repository(""), &["check", "--format", "html"]).stdout);
    put("one", &page(&many(5).only(|finding| finding.rule == "date-form-drift")));
    put("many", &page(&many(200)));
    put("thousand", &page(&many(1_000)));
    let probe = [
        "probe",
        "doctors-summary",
        "--batch",
        "--format",
        "html",
        "--",
        "sed",
        "-z",
        "s/traineeInfo/recommendationInfo/g",
    ];
    put("probe", &run(&repository(""), &probe).stdout);
    let before = "record ParcelDto(String id, int size, State state) {\n  enum State { NEW, SENT }\n}\n";
    let after = "record ParcelDto(String id, State state, String weight) {\n  enum State { NEW, POSTED }\n}\n";
    #[cfg(feature = "sources")]
    put("diff", &crate::diff::diff(crate::diff::history(before, after).path(), &["--format", "html"]).stdout);
    put("hostile", &page(&sinks::of_check(HOSTILE)));
    put("hostile-probe", &page(&sinks::of_probe(HOSTILE)));
    put("hostile-diff", &page(&sinks::of_comparison(HOSTILE)));
}

/// A report with some of its findings.
trait Only {
    fn only(self, which: fn(&Finding) -> bool) -> Self;
}

impl Only for Report {
    fn only(mut self, which: fn(&Finding) -> bool) -> Self {
        self.findings.retain(which);
        self
    }
}
