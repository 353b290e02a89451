//! Jackson's naming strategies.

/// `PropertyNamingStrategies.SNAKE_CASE`: `orderReferenceNumber` becomes `order_reference_number`.
pub(crate) fn snake_case(field: &str) -> String {
    let mut key = String::with_capacity(field.len() + 4);
    let mut previous_was_upper = false;
    for character in field.chars() {
        let is_upper = character.is_uppercase();
        if is_upper && !previous_was_upper && !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
        key.extend(character.to_lowercase());
        previous_was_upper = is_upper;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn a_run_of_capitals_is_one_word() {
        assert_eq!(snake_case("orderReferenceNumber"), "order_reference_number");
        assert_eq!(snake_case("orderID"), "order_id");
        assert_eq!(snake_case("admin"), "admin");
    }
}
