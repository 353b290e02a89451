//! For a page: tables of mappers, classes and keys.

use super::human::summary;
use super::output::Output;
use crate::report::escape::seen;

pub(super) fn render(output: &Output) -> String {
    let mut text = format!("# Wire inventory\n\n{}.\n", cell(&summary(output)));
    let mut table = |title: &str, head: &[&str], rows: Vec<Vec<String>>| {
        if rows.is_empty() {
            return;
        }
        text.push_str(&format!("\n{title}\n\n| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len())));
        for row in rows {
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
    };
    let mappers = output.mappers.iter().map(|mapper| {
        let reasons = mapper.reasons.iter().map(|it| format!("{} ({})", it.what, it.place));
        let inert = mapper.without_effect.iter().map(|it| format!("no effect: {} ({})", it.what, it.place));
        let profiles = mapper.of_profiles.iter().map(|it| format!("{} ({})", it.what, it.place));
        let under = mapper.under_profiles.iter().map(|it| format!("under the profile {}: {}", it.profile, it.summary));
        let why =
            reasons.chain(inert).chain(profiles).chain(under).map(|it| cell(&it)).collect::<Vec<_>>().join("<br>");
        vec![cell(mapper.transport), code(&mapper.module), cell(mapper.summary()), why]
    });
    table("## Mappers in force", &["transport", "module", "mapper", "why"], mappers.collect());
    let classes = output.classes.iter().map(|class| {
        let uses = class.uses.iter().map(|it| format!("{} {}: {} ({})", it.transport, it.direction, it.how, it.place));
        let uses = uses.map(|it| cell(&it)).collect::<Vec<_>>().join("<br>");
        vec![code(&class.name), uses, cell(&class.remarks().join("; ")), code(&class.place)]
    });
    table("## Classes", &["class", "ways", "remarks", "place"], classes.collect());
    for class in &output.classes {
        let rows = class
            .keys
            .iter()
            .map(|key| vec![code(&key.name), code(&key.java_type), cell(&key.remarks().join("; ")), code(&key.place)]);
        table(&format!("### {}", cell(&class.name)), &["key", "type", "remarks", "place"], rows.collect());
    }
    let listed = output.ignored_mappers.iter().chain(&output.unread);
    let unread = listed.map(|it| vec![code(&it.place), cell(&it.what)]);
    table("## Unread", &["place", "what"], unread.collect());
    text
}

/// A text that means nothing to Markdown.
fn cell(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in seen(text).chars() {
        if matches!(character, '|' | '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '~' | '$') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A text in a code span of a table; empty where it is.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    // A span cannot hold its own fence; in a table a bar ends a cell even there.
    let text = seen(text).replace('`', "'").replace('|', "\\|");
    format!("`{text}`")
}
