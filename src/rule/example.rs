//! The example of a rule: small fixture trees in one text file.
//!
//! The format is that of txtar: lines before the first marker are a comment; a marker line
//! `-- failing: PATH --` or `-- fixed: PATH --` begins a file, whose path is relative to a root. The line end
//! before the next marker belongs to the file only if the marker says `(newline)`.

/// A file of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExampleFile {
    /// Relative to the root.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// A parsed example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// What is special, in a sentence or two.
    pub comment: &'static str,
    /// The files for which the rule fires.
    pub failing: Vec<ExampleFile>,
    /// The files for which it does not.
    pub fixed: Vec<ExampleFile>,
}

impl Example {
    /// Parses the text of an example.
    pub fn parse(text: &'static str) -> Self {
        let mut example = Example::default();
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut header = None;
        for line in text.split_inclusive('\n') {
            let at = line.as_ptr() as usize - text.as_ptr() as usize;
            if let Some(marker) = line.trim_end().strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
                pieces.push((header, &text[start..at]));
                header = Some(marker);
                start = at + line.len();
            }
        }
        pieces.push((header, &text[start..]));
        for (header, text) in pieces {
            let without_end = text.strip_suffix('\n').unwrap_or(text);
            let file = |path: &'static str| match path.strip_suffix(" (newline)") {
                Some(path) => ExampleFile { path, text },
                None => ExampleFile { path, text: without_end },
            };
            match header {
                None => example.comment = text.trim(),
                Some(header) => {
                    if let Some(path) = header.strip_prefix("failing: ") {
                        example.failing.push(file(path));
                    } else if let Some(path) = header.strip_prefix("fixed: ") {
                        example.fixed.push(file(path));
                    }
                }
            }
        }
        example
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_begin_at_markers_and_end_without_the_last_newline() {
        let example = Example::parse("Why.\n-- failing: a/b.json --\n{\n}\n-- fixed: a/b.json (newline) --\n{}\n");
        assert_eq!(example.comment, "Why.");
        assert_eq!(example.failing, [ExampleFile { path: "a/b.json", text: "{\n}" }]);
        assert_eq!(example.fixed, [ExampleFile { path: "a/b.json", text: "{}\n" }]);
    }
}
