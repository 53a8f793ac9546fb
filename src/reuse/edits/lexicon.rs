//! The words by which edits are told apart: who is named, who says, what is a place. Lists only; what they
//! mean beside one another is judged in [`super::phrases`].

use std::sync::LazyLock;

use crate::reuse::grade::stem;

/// Words that open an attribution, folded, without a joined `و`.
pub(super) const ATTRIBUTION: &[&str] = &[
    "وفق",
    "وفقا",
    "بحسب",
    "حسب",
    "حسبما",
    "نقلا",
    "نقلت",
    "نقل",
    "استنادا",
    "ذكرت",
    "افادت",
    "بحسبما",
];

/// True if the word has the stem of one of the list.
pub(super) fn has_stem(list: &Stems, word: &str) -> bool {
    list.binary_search(&stem(word)).is_ok()
}

/// The stems of a list, ascending.
type Stems = LazyLock<Vec<&'static str>>;

fn stems(list: &[&'static str]) -> Vec<&'static str> {
    let mut stems: Vec<_> = list.iter().map(|word| stem(word)).collect();
    stems.sort_unstable();
    stems
}

/// Those that news is credited to, folded.
pub(super) static SOURCES_STEMS: Stems = LazyLock::new(|| stems(SOURCES));
const SOURCES: &[&str] = &[
    "وكاله",
    "صحيفه",
    "قناه",
    "مصدر",
    "مصادر",
    "موقع",
    "بيان",
    "تصريح",
    "مراسل",
];

/// Words of saying, folded, without a joined `و`.
pub(super) const SAYS: &[&str] = &[
    "قال",
    "قالت",
    "ذكر",
    "ذكرت",
    "افاد",
    "افادت",
    "اعلن",
    "اعلنت",
    "اوضح",
    "اوضحت",
    "اكد",
    "اكدت",
    "نقل",
    "نقلت",
    "نشرت",
    "نشر",
    "بثت",
    "اوردت",
];

/// Words after which a name stands, folded.
pub(super) static TITLES_STEMS: Stems = LazyLock::new(|| stems(TITLES));
const TITLES: &[&str] = &[
    "الرءيس",
    "السيد",
    "الدكتور",
    "الشيخ",
    "الامير",
    "الملك",
    "الناءب",
    "القاءد",
    "العميد",
    "اللواء",
    "الجنرال",
    "مدينه",
    "بلده",
    "قريه",
    "محافظه",
    "تنظيم",
    "حركه",
    "جماعه",
    "شركه",
    "نادي",
];

/// Offices, in which somebody is named a word or two later, folded.
pub(super) static ROLES_STEMS: Stems = LazyLock::new(|| stems(ROLES));
const ROLES: &[&str] = &[
    "وزير",
    "رءيس",
    "مدير",
    "المتحدث",
    "الناطق",
    "القاضي",
    "المحامي",
    "المهندس",
    "الطبيب",
    "السفير",
    "المبعوث",
    "المدرب",
    "اللاعب",
    "الخبير",
    "الباحث",
    "الكاتب",
    "الفنان",
    "العقيد",
    "المقدم",
    "الراءد",
    "المشرف",
    "المفتي",
];

/// Those who speak without being named, folded.
pub(super) static SOMEBODY_STEMS: Stems = LazyLock::new(|| stems(SOMEBODY));
const SOMEBODY: &[&str] = &[
    "مسءول",
    "مسءولون",
    "شاهد",
    "شهود",
    "محلل",
    "مراقب",
    "ناشط",
    "سكان",
    "اهالي",
    "مواطن",
    "عضو",
    "زعيم",
    "متحدث",
    "ناطق",
    "خبراء",
];

/// Words that hardly anything but names has, folded.
pub(super) const NAME_PARTS: &[&str] = &[
    "بن",
    "ابو",
    "ابن",
    "عبدالله",
    "عبدالرحمن",
    "عبدالعزيز",
    "محمد",
    "احمد",
    "حسين",
    "خالد",
    "ابراهيم",
    "يوسف",
    "عمر",
    "محمود",
    "مصطفي",
    "سلمان",
    "فهد",
    "فيصل",
];

/// Countries and capitals, folded; what belongs to them has the same stem.
pub(super) static PLACES_STEMS: Stems = LazyLock::new(|| stems(PLACES));
const PLACES: &[&str] = &[
    "سوريا",
    "العراق",
    "السعوديه",
    "مصر",
    "الاردن",
    "لبنان",
    "اليمن",
    "تونس",
    "الجزاءر",
    "المغرب",
    "السودان",
    "ليبيا",
    "قطر",
    "الامارات",
    "البحرين",
    "الكويت",
    "عمان",
    "فلسطين",
    "اسراءيل",
    "ايران",
    "تركيا",
    "روسيا",
    "امريكا",
    "بريطانيا",
    "فرنسا",
    "المانيا",
    "الصين",
    "اليابان",
    "الهند",
    "باكستان",
    "افغانستان",
    "اوكرانيا",
    "موسكو",
    "واشنطن",
    "لندن",
    "باريس",
    "دمشق",
    "بغداد",
    "القاهره",
    "الرياض",
    "بيروت",
    "صنعاء",
    "طرابلس",
    "الدوحه",
    "انقره",
    "طهران",
    "بكين",
    "القدس",
    "غزه",
    "حلب",
    "الموصل",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn the_lists_are_folded() {
        let mut out = String::new();
        for list in [
            ATTRIBUTION,
            SOURCES,
            SAYS,
            TITLES,
            NAME_PARTS,
            PLACES,
            ROLES,
            SOMEBODY,
        ] {
            for word in list {
                fold_word(word, &mut out);
                assert_eq!(out, *word);
            }
        }
    }
}
