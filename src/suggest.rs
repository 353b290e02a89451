//! "Did you mean": the known names that are nearly the one that was asked for.

use crate::tool;

/// How alike two names must be, from 0 to 1.
const ALIKE: f64 = 0.85;

/// Up to so many names are all told; more in a line help nobody.
const FEW: usize = 16;

/// Says that no thing of a kind has a name, and which was perhaps meant.
pub fn unknown<'k>(kind: &str, name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let found = format!("no {kind} is named {name:?}");
    match alike(name, known.iter().copied()).as_slice() {
        [] if known.is_empty() => format!("{found}; there are none"),
        [] if known.len() <= FEW => format!("{found}; there are: {}", known.join(", ")),
        [] => format!("{found}; `{} list` names all {}", tool::name(), known.len()),
        [one] => format!("{found}; did you mean {one}?"),
        [first @ .., last] => format!("{found}; did you mean {} or {last}?", first.join(", ")),
    }
}

/// The first of some names, and how many more there are.
pub fn some(known: &[&str]) -> String {
    const SHOWN: usize = 3;
    match known {
        [] => "none".to_owned(),
        known if known.len() <= SHOWN => known.join(", "),
        known => format!("{} and {} more", known[..SHOWN].join(", "), known.len() - SHOWN),
    }
}

/// The known names that a name may stand for, the likeliest first; at most three.
pub fn alike<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    // A qualified name is often asked for by its last part: `OrderDto` or `order`.
    let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "-");
    let asked = plain(name);
    let mut rated: Vec<(f64, &str)> = known
        .into_iter()
        .map(|known| {
            let other = plain(known);
            let part = asked.len() >= 3 && (other.contains(&asked) || asked.contains(&other));
            let last = other.rsplit('.').next().unwrap_or(&other);
            let rate = strsim::jaro_winkler(&asked, &other).max(strsim::jaro_winkler(&asked, last));
            (if part { rate.max(ALIKE) } else { rate }, known)
        })
        .filter(|(rate, _)| *rate >= ALIKE)
        .collect();
    rated.sort_by(|(left, a), (right, b)| right.total_cmp(left).then(a.cmp(b)));
    // Where one is meant for certain, others that are only alike are none.
    let best = rated.first().map_or(0.0, |(rate, _)| *rate);
    rated.retain(|(rate, _)| *rate > best - 0.08);
    rated.into_iter().map(|(_, known)| known).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_right_names_are_found_and_others_are_not() {
        let known = ["layout-drift", "key-set-drift", "date-form-drift", "shop.OrderDto", "explicit_bean"];
        for (asked, first) in [
            ("layout-drfit", "layout-drift"),
            ("layout_drift", "layout-drift"),
            ("LayoutDrift", "layout-drift"),
            ("OrderDto", "shop.OrderDto"),
            ("keyset-drift", "key-set-drift"),
            ("explicit-bean", "explicit_bean"),
            ("date-form", "date-form-drift"),
        ] {
            assert_eq!(alike(asked, known).first(), Some(&first), "{asked}");
        }
        assert_eq!(alike("order-service", known), [""; 0]);
        assert_eq!(alike("x", known), [""; 0]);
        assert!(alike("drift", known).len() == 3);
        assert_eq!(unknown("rule", "drfit", ["drift"]), "no rule is named \"drfit\"; did you mean drift?");
        assert_eq!(
            unknown("rule", "drift", ["a-drift", "b-drift", "c"]),
            "no rule is named \"drift\"; did you mean a-drift or b-drift?"
        );
        assert_eq!(unknown("rule", "x", ["drift"]), "no rule is named \"x\"; there are: drift");
        assert_eq!(unknown("rule", "x", []), "no rule is named \"x\"; there are none");
        assert_eq!(unknown("rule", "x", ["drift"; 17]), "no rule is named \"x\"; `dtogate list` names all 17");
    }
}
