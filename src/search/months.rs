//! Months under all their names: who asks for `أيلول` means `سبتمبر` as well. Which names there are is
//! `text`'s to say.

use crate::text;

/// Names that are common words too (father, May's short form, a name): they bring no other name, and no other
/// name brings them.
const COMMON: [&str; 3] = ["اب", "ماي", "جوان"];

/// The other names of the month that these one or two words name, each as its words. Folded; none where they
/// name no month.
pub fn other_names(named: &[&str]) -> Vec<Vec<String>> {
    let month = match named {
        [one] if !COMMON.contains(one) => text::month(one, None),
        [one, two] => text::month(one, Some(two)).filter(|(_, words)| *words == 2),
        _ => None,
    };
    let Some((number, _)) = month else {
        return Vec::new();
    };
    let own = named.join(" ");
    text::MONTHS
        .iter()
        .filter(|(name, of)| *of == number && *name != own && !COMMON.contains(name))
        .map(|(name, _)| name.split(' ').map(str::to_owned).collect())
        .collect()
}

/// Month of a year as it is typed after `date:`, by number or by any of its names. Folds it.
pub fn number(typed: &str) -> Option<i8> {
    let folded = text::fold(typed.trim());
    let mut words = folded.text().split([' ', '_']);
    let (first, second) = (words.next()?, words.next());
    let named = text::month(first, second).map(|(number, _)| number as i8);
    named.or_else(|| typed.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_regions_names_stand_for_one_another() {
        let names = |named: &[&str]| -> Vec<String> {
            let found = other_names(named);
            found.iter().map(|words| words.join(" ")).collect()
        };
        assert!(names(&["ايلول"]).contains(&"سبتمبر".to_owned()));
        assert!(names(&["يناير"]).contains(&"كانون الثاني".to_owned()));
        assert!(names(&["كانون", "الثاني"]).contains(&"يناير".to_owned()));
        assert!(names(&["اب"]).is_empty() && names(&["ميناء"]).is_empty());
        assert!(!names(&["اغسطس"]).contains(&"اب".to_owned()));
        assert_eq!(number("آذار"), Some(3));
        assert_eq!(number("كانون_الثاني"), Some(1));
        assert_eq!(number("12"), Some(12));
    }
}
