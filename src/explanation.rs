//! What a rule is, in words: what `dtogate explain` prints of it, and what reports say beside its findings.
//!
//! Rules about payloads and rules about sources look at different things; their words are alike.

use crate::finding::Severity;
use crate::rule::{Example, ExampleFile};

/// The words of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// The name of the defect.
    pub id: &'static str,
    /// Its usual severity.
    pub severity: Severity,
    /// One line: what it finds.
    pub summary: &'static str,
    /// What exactly fires.
    pub what: &'static str,
    /// Why that is bad, with the evidence.
    pub why: &'static str,
    /// The failing and the fixed example.
    example: &'static str,
    /// The folder of the example's file.
    folder: &'static str,
}

/// The words of the rule of that id, whatever it looks at.
pub fn of(id: &str) -> Option<Explanation> {
    let of_payloads = crate::rule::RULES.iter().find(|rule| rule.id == id).map(|rule| {
        let crate::rule::Rule { id, severity, summary, what, why, example, check: _ } = rule;
        Explanation { id, severity: *severity, summary, what, why, example, folder: "src/rule/examples" }
    });
    #[cfg(feature = "sources")]
    let of_payloads = of_payloads.or_else(|| of_sources(id));
    of_payloads
}

#[cfg(feature = "sources")]
fn of_sources(id: &str) -> Option<Explanation> {
    let rule = crate::source::rule::RULES.iter().find(|rule| rule.id == id)?;
    let crate::source::rule::Rule { id, severity, summary, what, why, example, check: _ } = rule;
    Some(Explanation { id, severity: *severity, summary, what, why, example, folder: "src/source/rule/examples" })
}

impl Explanation {
    /// The whole page, with the example.
    pub fn page(&self) -> String {
        let Explanation { id, severity, summary, what, why, example, folder } = self;
        let example = Example::parse(example);
        // A line of the comment names what else fires.
        let (also, comment): (Vec<&str>, Vec<&str>) =
            example.comment.lines().partition(|line| line.starts_with("Also fires: "));
        let mut fails = format!("Fails\n{}", wrap(&comment.join(" ")));
        fails.extend(also.iter().map(|line| format!("\n{}", wrap(&format!("{line}.")))));
        let files = |title: &str, files: &[ExampleFile]| {
            let mut text = format!("{title}\n");
            for file in files {
                text.push_str(&format!("\n  {}\n", file.path));
                text.extend(file.text.lines().map(|line| format!("    | {line}\n")));
            }
            text
        };
        let passes = match example.failing == example.fixed {
            true => "Passes\n  the same files\n".to_owned(),
            false => files("Passes", &example.fixed),
        };
        format!(
            "{} ({})\n{}\n\nWhat\n{}\n\nWhy it is bad\n{}\n\n{}\n{passes}\nThe tests use this example: {folder}/{id}.txt\n",
            id,
            severity,
            wrap(summary),
            wrap(what),
            wrap(why),
            files(&fails, &example.failing),
        )
    }
}

/// A paragraph in lines of at most 100 columns, indented by two spaces.
pub(crate) fn wrap(paragraph: &str) -> String {
    const WIDTH: usize = 98;
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let line =
            lines.last_mut().filter(|line| line.is_empty() || line.chars().count() + 1 + word.chars().count() <= WIDTH);
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
