//! Counts as they are read: in groups of three, and with their noun in its number.

/// A number with thousands set apart: `10,583`. A narrow space would hardly show in the sizes used here.
pub fn group(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

pub fn plural(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", group(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(group(0), "0");
        assert_eq!(group(999), "999");
        assert_eq!(group(10583), "10,583");
        assert_eq!(plural(1, "pair", "pairs"), "1 pair");
    }
}
