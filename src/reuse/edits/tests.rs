//! Edits of whole passages, kind by kind, on pairs of short texts made up for it.

mod numbers;
mod whole;

use proptest::prelude::*;

use super::*;
use crate::reuse::Settings;
use crate::reuse::align::join;
use crate::reuse::ends::take_strays;
use crate::reuse::tests::{article, find, invented};
use crate::reuse::words::Corpus;
use crate::work::Watch;

/// A sentence between two others that two articles share, and what was changed in it.
fn edits(one: &str, other: &str) -> Vec<(EditKind, String, String)> {
    let text = |sentence: &str| {
        format!(
            "روت حارسة المنارة سلوى أن عاصفة البارحة اقتلعت شجرة الخروب أمام مخزن الزيتون العتيق. {sentence} ثم عاد \
             الفتية إلى ورشة الفخار وأشعلوا فرناً من طين أحمر جلبوه من وادي الصفصاف."
        )
    };
    let (a, b) = (text(one), text(other));
    let found = find(&[article("a.txt", &a), article("b.txt", &b)]);
    assert_eq!(found.passages.len(), 1, "{one} / {other}");
    let passage = &found.passages[0];
    let edit = |edit: &Edit| {
        (
            edit.kind,
            edit.a.of(&a).to_owned(),
            edit.b.of(&b).to_owned(),
        )
    };
    passage.edits.iter().map(edit).collect()
}

/// Two sentences, and what each edit between them is and where.
type Case<'c> = (&'c str, &'c str, &'c [(EditKind, &'c str, &'c str)]);

fn check(cases: &[Case]) {
    for (one, other, named) in cases {
        let found = edits(one, other);
        let marks = |edit: &&(EditKind, String, String)| edit.1 != "/" && edit.2 != "/";
        let found: Vec<_> = found
            .iter()
            .filter(marks)
            .map(|(kind, a, b)| (*kind, a.as_str(), b.as_str()))
            .collect();
        assert_eq!(found, *named, "{one} / {other}");
    }
}

#[test]
fn changes_are_named_by_what_they_change() {
    use EditKind::*;
    check(&[
        // One word written otherwise, and others.
        (
            "جاء عبد الله الدباغ",
            "جاء عبدالله الدباغ",
            &[(Spelling, "عبد الله", "عبدالله")],
        ),
        (
            "ولا سيما بائع التين",
            "ولاسيما بائع التين",
            &[(Spelling, "ولا سيما", "ولاسيما")],
        ),
        (
            "صاح البائع و نام الحارس",
            "صاح البائع نام الحارس",
            &[(Reworded, "و نام", "نام")],
        ),
        (
            "زاد الوزن 1,250% فجأة",
            "زاد الوزن 1250 فجأة",
            &[(Numeral, "1,250", "1250"), (Number, "%", "")],
        ),
        (
            "صاح البائع و نام الحارس",
            "صاح البائع ونام الحارس",
            &[(Spelling, "و نام", "ونام")],
        ),
        (
            "صاح به، ما رأيك",
            "صاح بهما رأيك",
            &[(Reworded, "به، ما", "بهما")],
        ),
        (
            "بكى القتيل طويلاً",
            "بكى القاتل طويلاً",
            &[(Reworded, "القتيل", "القاتل")],
        ),
        // Names.
        (
            "قال سالم الدباغ إن البئر جفت",
            "قال سليم الدباغ إن البئر جفت",
            &[(Name, "سالم", "سليم")],
        ),
        (
            "قال نزار القصباوي إن البئر جفت",
            "قال نزار الدلعوني إن البئر جفت",
            &[(Name, "القصباوي", "الدلعوني")],
        ),
        (
            "نقلته وكالة المرجان قبل قليل",
            "نقلته وكالة السنديان قبل قليل",
            &[(Name, "المرجان", "السنديان")],
        ),
        (
            "وترك السائق عربته",
            "وغادر السائق عربته",
            &[(Reworded, "وترك", "وغادر")],
        ),
        (
            "رأى الرئيس السابق للنقابة",
            "رأى الرئيس الحالي للنقابة",
            &[(Reworded, "السابق", "الحالي")],
        ),
        (
            "سكن قرية صغيرة نائية",
            "سكن قرية بعيدة نائية",
            &[(Reworded, "صغيرة", "بعيدة")],
        ),
        (
            "جاء عبد الله الدباغ",
            "جاء عبد الرحمن الدباغ",
            &[(Name, "الله", "الرحمن")],
        ),
        (
            "جاء عمر الدباغ",
            "جاء عمرو الدباغ",
            &[(Name, "عمر", "عمرو")],
        ),
        // Who is credited.
        (
            "وقال الخباز إن البئر جفت",
            "البئر جفت",
            &[(Attribution, "وقال الخباز إن", "")],
        ),
        (
            "نقل الجرحى ليلاً إلى المشفى",
            "إلى المشفى",
            &[(Deleted, "نقل الجرحى ليلاً", "")],
        ),
        (
            "فتحت السوق وفقاً للبلدية باكراً",
            "فتحت السوق باكراً",
            &[(Attribution, "وفقاً للبلدية", "")],
        ),
        (
            "فتحت السوق وفقاً للضوابط الجديدة",
            "فتحت السوق الجديدة",
            &[(Deleted, "وفقاً للضوابط", "")],
        ),
        (
            "فتحت السوق حسب التوقيت الصيفي",
            "فتحت السوق الصيفي",
            &[(Deleted, "حسب التوقيت", "")],
        ),
        // Days and months.
        (
            "وصل العنب أمس الأول باكراً",
            "وصل العنب أمس باكراً",
            &[(RelativeDay, "الأول", "")],
        ),
        (
            "وصل العنب أول من أمس باكراً",
            "وصل العنب أمس باكراً",
            &[(RelativeDay, "أول من", "")],
        ),
        (
            "وصل العنب أول أمس باكراً",
            "وصل العنب أمس باكراً",
            &[(RelativeDay, "أول", "")],
        ),
        (
            "وصل العنب أول أمس باكراً",
            "وصل العنب أمس الأول باكراً",
            &[(RelativeDay, "أول", ""), (RelativeDay, "", "الأول")],
        ),
        (
            "يصل العنب يوم غد باكراً",
            "يصل العنب اليوم باكراً",
            &[(RelativeDay, "يوم غد", "اليوم")],
        ),
        (
            "وصل العنب يوم الأحد باكراً",
            "وصل العنب اليوم الأحد باكراً",
            &[(RelativeDay, "يوم", "اليوم")],
        ),
        (
            "يصل العنب الأحد الماضي باكراً",
            "يصل العنب الأحد المقبل باكراً",
            &[(RelativeDay, "الماضي", "المقبل")],
        ),
        (
            "في ربيع الأول من عامه",
            "في ربيع الآخر من عامه",
            &[(Number, "الأول", "الآخر")],
        ),
        (
            "في جمادى الثانية من عامه",
            "في جمادى الآخرة من عامه",
            &[(Month, "الثانية", "الآخرة")],
        ),
        (
            "في مطلع كانون الأول بارداً",
            "في مطلع كانون الأول/ديسمبر بارداً",
            &[(Month, "", "ديسمبر")],
        ),
    ]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Words that are few and come again, so that some are joined out of order, edited here and there.
    #[test]
    fn a_passage_has_the_same_edits_in_parts(
        words in prop::collection::vec(0_u16..300, 20..120),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u16>(), 0_usize..4), 0..12),
        moved in any::<prop::sample::Index>(),
    ) {
        let mut other = words.clone();
        for (at, word, how) in edits {
            let at = at.index(other.len());
            match how {
                0 => other[at] = word,
                1 => other.insert(at, word),
                2 => drop(other.remove(at)),
                _ => other.rotate_left(at % 5),
            }
        }
        let tail = other.split_off(moved.index(other.len()));
        let other = [tail, other].concat();
        let texts = [invented(&words).replace(" في ", "، في "), invented(&other).replace(" من ", "\n\nمن ")];
        let articles = [article("a", &texts[0]), article("b", &texts[1])];
        let corpus = Corpus::new(&articles, &Settings::default(), &Watch::silent()).unwrap();
        let [unit_a, unit_b] = [0, 1].map(|unit| &corpus.units[unit]);
        let (a, b) = (&unit_a.words[..], &unit_b.words[..]);
        let mut laid = Laid { a: 0..a.len(), b: 0..b.len(), score: 0.0, joins: Vec::new() };
        join(a, b, &laid.a, &laid.b, &mut laid.joins);
        let places = [unit_a.places(), unit_b.places()];
        let strays = take_strays(&mut laid.joins);
        let source = |at: usize, words| Source { text: &texts[at], words, places: &places[at], framing: &[], written: None };
        let naming = Naming::new(source(0, a), source(1, b), &laid, &strays, &corpus.chance);
        let named = |joins| naming.all(naming.parts(joins).map(|part| naming.part(part)));
        let whole = named(usize::MAX);
        prop_assert_eq!(&named(1), &whole);
        prop_assert_eq!(&named(7), &whole);
        prop_assert_eq!(naming.parts(usize::MAX).count(), 1);
    }
}
