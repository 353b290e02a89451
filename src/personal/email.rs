//! E-mail addresses outside the domains that nobody owns.

use super::Pattern;

/// The kind.
pub(super) const PATTERN: Pattern =
    Pattern { name: "e-mail address", instead: "one below example.invalid or example.com", find };

fn find(text: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = text[from..].find('@').map(|at| from + at) {
        from = at + 1;
        let is_local = |character: char| character.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(character);
        let is_domain = |character: char| character.is_alphanumeric() || ".-".contains(character);
        let local = text[..at]
            .rfind(|character| !is_local(character))
            .map_or(0, |end| end + text[end..].chars().next().map_or(0, char::len_utf8));
        let end = text[at + 1..].find(|character| !is_domain(character)).map_or(text.len(), |length| at + 1 + length);
        let domain = text[at + 1..end].trim_end_matches(['.', '-']);
        let is_address = local < at && domain.contains('.') && !domain.starts_with('.') && !domain.contains("..");
        if is_address && !is_nobodys(&domain.to_lowercase()) {
            return Some(text[local..at + 1 + domain.len()].to_owned());
        }
    }
    None
}

/// Whether a domain is one of those that are kept for examples (RFC 2606).
fn is_nobodys(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let kept = ["com", "net", "org"];
    let last = labels.last().copied().unwrap_or_default();
    last == "invalid"
        || last == "example"
        || labels[0] == "example"
        || labels.len() > 2 && labels[labels.len() - 2] == "example" && kept.contains(&last)
}
