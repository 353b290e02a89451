//! For people: mappers, the classes of each transport, their keys, and what was not understood.

use super::output::{Class, Output};
use crate::report::escape::seen;
use crate::report::text::count;

pub(super) fn render(output: &Output) -> String {
    let mut text = String::new();
    let mut line = |indent: usize, content: &str| {
        text.push_str(&" ".repeat(indent));
        text.push_str(&seen(content));
        text.push('\n');
    };
    if !output.mappers.is_empty() {
        line(0, "Mappers in force");
    }
    for mapper in &output.mappers {
        let module = if mapper.module.is_empty() { String::new() } else { format!(" of {}", mapper.module) };
        line(2, &format!("{}{module}: {}", mapper.transport, mapper.summary()));
        for reason in &mapper.reasons {
            line(4, &format!("{}  {}", reason.place, reason.what));
        }
        for setting in &mapper.without_effect {
            line(
                4,
                &format!("{}  {} has no effect: a bean replaces Spring Boot's mapper", setting.place, setting.what),
            );
        }
        for setting in &mapper.of_profiles {
            line(4, &format!("{}  {}", setting.place, setting.what));
        }
        for under in &mapper.under_profiles {
            line(4, &format!("under the profile {}: {}", under.profile, under.summary));
        }
    }
    for ignored in &output.ignored_mappers {
        line(2, &format!("{}  {}", ignored.place, ignored.what));
    }
    for (transport, classes) in output.by_transport() {
        line(0, "");
        line(0, &format!("On {transport}: {}", count(classes.len(), "class", "classes")));
        for class in classes {
            line(2, &format!("{}  {}", class.name, class.ways(transport)));
            for found in class.uses.iter().filter(|found| found.transport == transport) {
                line(4, &format!("{}  {}: {}", found.place, found.direction, found.how));
            }
        }
    }
    for class in &output.classes {
        line(0, "");
        keys(class, &mut line);
    }
    if !output.unread.is_empty() {
        line(0, "");
        line(0, "Unread");
    }
    for unread in &output.unread {
        line(2, &format!("{}  {}", unread.place, unread.what));
    }
    if !output.classes.is_empty() || !output.mappers.is_empty() || !output.unread.is_empty() {
        line(0, "");
    }
    line(0, &summary(output));
    text
}

fn keys(class: &Class, line: &mut impl FnMut(usize, &str)) {
    let remarks = class.remarks();
    let remarks = if remarks.is_empty() { String::new() } else { format!("; {}", remarks.join("; ")) };
    line(0, &format!("{} {}  {}{remarks}", class.kind, class.name, class.place));
    let width = |of: &dyn Fn(&super::Key) -> usize| class.keys.iter().map(of).max().unwrap_or(0).min(40);
    let names = width(&|key| key.name.chars().count());
    let types = width(&|key| key.java_type.chars().count());
    for key in &class.keys {
        let row = format!("{:names$}  {:types$}  {}", key.name, key.java_type, key.remarks().join("; "));
        line(2, row.trim_end());
    }
}

/// The last line: what was read and found.
pub(super) fn summary(output: &Output) -> String {
    let wires = output.on_wire().count();
    let stores = output.classes.len() - wires;
    let on_wire = match wires {
        0 => "no class on a wire".to_owned(),
        some => format!("{} on a wire", count(some, "class", "classes")),
    };
    format!(
        "{on_wire}, {stores} only stored, {} unread; {} of the {}",
        output.unread.len(),
        count(output.java_files, "Java file", "Java files"),
        if output.tree == "work tree" { output.tree.clone() } else { format!("commit {}", output.tree) },
    )
}
