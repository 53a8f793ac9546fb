//! The names of the months, in all the sets that Arabic outlets print. Tells no dates: a name that is
//! also a common word (`ماي`, `آب`) is for the caller to judge by what stands around it.

/// Names of the twelve solar months with their number, folded ([`super::fold_word`]): Egypt and the
/// Gulf, the Levant and Iraq, Tunisia and Algeria, Morocco.
pub const MONTHS: &[(&str, u8)] = &[
    ("يناير", 1),
    ("كانون الثاني", 1),
    ("كانون ثاني", 1),
    ("جانفي", 1),
    ("فبراير", 2),
    ("شباط", 2),
    ("فيفري", 2),
    ("مارس", 3),
    ("اذار", 3),
    ("ابريل", 4),
    ("نيسان", 4),
    ("افريل", 4),
    ("مايو", 5),
    ("ايار", 5),
    ("ماي", 5),
    ("يونيو", 6),
    ("يونيه", 6),
    ("حزيران", 6),
    ("جوان", 6),
    ("يوليو", 7),
    ("يوليه", 7),
    ("تموز", 7),
    ("جويليه", 7),
    ("يوليوز", 7),
    ("اغسطس", 8),
    ("اب", 8),
    ("اوت", 8),
    ("غشت", 8),
    ("سبتمبر", 9),
    ("ايلول", 9),
    ("شتنبر", 9),
    ("اكتوبر", 10),
    ("تشرين الاول", 10),
    ("تشرين اول", 10),
    ("نوفمبر", 11),
    ("تشرين الثاني", 11),
    ("تشرين ثاني", 11),
    ("نونبر", 11),
    ("ديسمبر", 12),
    ("كانون الاول", 12),
    ("كانون اول", 12),
    ("دجنبر", 12),
];

const HIJRI: &[(&str, u8)] = &[
    ("محرم", 1),
    ("المحرم", 1),
    ("صفر", 2),
    ("ربيع الاول", 3),
    ("ربيع الثاني", 4),
    ("ربيع الاخر", 4),
    ("جمادي الاولي", 5),
    ("جمادي الاخره", 6),
    ("جمادي الثانيه", 6),
    ("رجب", 7),
    ("شعبان", 8),
    ("رمضان", 9),
    ("شوال", 10),
    ("ذو القعده", 11),
    ("ذي القعده", 11),
    ("ذو الحجه", 12),
    ("ذي الحجه", 12),
];

/// The solar month that `first` names, or `first` and `second` together, with the number of words that
/// the name takes (1 or 2). Both words folded.
pub fn month(first: &str, second: Option<&str>) -> Option<(u8, usize)> {
    const BEGIN: &[Letters] = &begin::<{ MONTHS.len() }>(MONTHS);
    look_up(MONTHS, BEGIN, first, second)
}

/// The same for the months of the Hijri year.
pub fn hijri_month(first: &str, second: Option<&str>) -> Option<(u8, usize)> {
    const BEGIN: &[Letters] = &begin::<{ HIJRI.len() }>(HIJRI);
    look_up(HIJRI, BEGIN, first, second)
}

/// The first two letters of a word: most words are told from all names by them.
type Letters = [u8; 4];

const fn begin<const NAMES: usize>(table: &[(&str, u8)]) -> [Letters; NAMES] {
    let mut all = [[0; 4]; NAMES];
    let mut at = 0;
    while at < NAMES {
        if let Some(letters) = table[at].0.as_bytes().first_chunk() {
            all[at] = *letters;
        }
        at += 1;
    }
    all
}

fn look_up(
    table: &[(&str, u8)],
    begin: &[Letters],
    first: &str,
    second: Option<&str>,
) -> Option<(u8, usize)> {
    let letters = first.as_bytes().first_chunk()?;
    let likely = table
        .iter()
        .zip(begin)
        .filter(|(_, begin)| *begin == letters);
    likely.map(|(month, _)| month).find_map(|(name, number)| {
        let rest = name.strip_prefix(first)?;
        if rest.is_empty() {
            return Some((*number, 1));
        }
        let tail = rest.strip_prefix(' ')?;
        (second == Some(tail)).then_some((*number, 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn every_region_names_the_same_month() {
        let mut out = String::new();
        for name in ["سبتمبر", "أيلول", "شتنبر"] {
            fold_word(name, &mut out);
            assert_eq!(month(&out, Some("الماضي")), Some((9, 1)));
        }
        assert_eq!(month("كانون", Some("الثاني")), Some((1, 2)));
        assert_eq!(month("كانون", Some("الاول")), Some((12, 2)));
        assert_eq!(month("تشرين", Some("اول")), Some((10, 2)));
        assert_eq!(month("كانون", None), None);
        assert_eq!(hijri_month("ذو", Some("الحجه")), Some((12, 2)));
    }

    #[test]
    fn the_tables_are_folded() {
        let mut out = String::new();
        for (name, number) in MONTHS.iter().chain(HIJRI) {
            fold_word(name, &mut out);
            assert_eq!(out, *name);
            assert!((1..=12).contains(number));
        }
    }
}
