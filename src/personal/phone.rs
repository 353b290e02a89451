//! Phone numbers: international ones, and those of the United Kingdom as they are dialled there.

use super::{Pattern, runs};

/// The kind.
pub(super) const PATTERN: Pattern = Pattern {
    name: "phone number",
    instead: "one that Ofcom keeps for fiction: 01632 960000 to 960999, 07700 900000 to 900999",
    find,
};

fn find(text: &str) -> Option<String> {
    let found = runs(text, |character| character.is_ascii_digit() || "+() -".contains(character));
    found.map(|run| run.trim_matches([' ', '-', ')'])).find(|run| is_number(run)).map(str::to_owned)
}

fn is_number(run: &str) -> bool {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let plus = run.matches('+').count();
    // A year of more than four digits is written with a sign: +10000-01-01.
    if run.rsplit('-').map(str::len).take(2).eq([2, 2]) && run.matches('-').count() == 2 {
        return false;
    }
    let run = run.trim_start_matches('(');
    let national = if run.starts_with('+') && plus == 1 {
        match digits.strip_prefix("44") {
            // As written: +44 (0)20 ...
            Some(national) => format!("0{}", national.trim_start_matches('0')),
            None => return (8..=15).contains(&digits.len()),
        }
    } else if plus > 0 {
        return false;
    } else if let Some(national) = digits.strip_prefix("0044") {
        format!("0{}", national.trim_start_matches('0'))
    } else {
        digits
    };
    let is_british = (10..=11).contains(&national.len())
        && national.starts_with('0')
        && !matches!(national.as_bytes()[1], b'0' | b'4' | b'6');
    // https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
    let fiction = [
        "01632960", "07700900", "02079460", "01144960", "01214960", "01314960", "01414960", "01514960", "01614960",
        "08081570", "09098790", "03069990",
    ];
    is_british && !fiction.iter().any(|prefix| national.starts_with(prefix))
}
