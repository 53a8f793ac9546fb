//! The words by which edits are told apart: who is named, who says, what is a place. Lists only; what they mean beside
//! one another is judged in [`super::kinds`], [`super::names`] and [`super::attribution`].

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

type Words = LazyLock<HashSet<&'static str, FixedState>>;

fn words(lists: &[&'static str]) -> HashSet<&'static str, FixedState> {
    lists
        .iter()
        .flat_map(|list| list.split_whitespace())
        .collect()
}

/// True if the word is one of the list, whatever particles and article are joined to it.
pub(super) fn is_listed(list: &Words, word: &str) -> bool {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let behind = bare.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(bare);
    let defined = |word: &'_ str| {
        word.strip_prefix("ال")
            .or_else(|| word.strip_prefix("لل"))
            .map(str::to_owned)
    };
    [word, bare, behind].iter().any(|form| list.contains(form))
        || [bare, behind]
            .iter()
            .any(|form| defined(form).is_some_and(|form| list.contains(form.as_str())))
}

/// Words that do nothing but credit what is told to somebody, folded, without a joined `و`.
pub(super) static ATTRIBUTION: Words =
    LazyLock::new(|| words(&["وفق وفقا طبقا بحسب حسبما بحسبما نقلا استنادا"]));

/// Words of saying, folded, without a joined `و`.
pub(super) static SAYS: Words = LazyLock::new(|| {
    words(&[
        "قال قالت ذكر ذكرت افاد افادت اعلن اعلنت اوضح اوضحت اكد اكدت اضاف اضافت اشار اشارت تابع \
         تابعت زعم زعمت صرح صرحت",
    ])
});

/// Words of passing on what somebody has said, folded, without a joined `و`: of other things, too.
pub(super) static PUBLISHES: Words = LazyLock::new(|| words(&["نقل نقلت نشر نشرت بثت اوردت"]));

/// Words that go on with what somebody says.
pub(super) static SAYING: Words = LazyLock::new(|| {
    words(&[
        "مشيرا مشيره موضحا موضحه مءكدا مءكده مضيفا مضيفه لافتا لافته مبينا مبينه قاءلا قاءله \
             معتبرا معتبره نوه لفت يقول تقول بين واصفا",
    ])
});

/// Those that news is credited to.
pub(super) static SOURCES: Words = LazyLock::new(|| {
    words(&[
        "وكاله وكالات صحيفه صحف قناه مصدر مصادر موقع مواقع بيان تصريح مراسل مراسلنا مجله جريده تقارير",
    ])
});

/// What something is done by, and nobody says: `وفق الضوابط`, `حسب التوقيت المحلي`.
pub(super) static RULES: Words = LazyLock::new(|| {
    words(&[
        "ضوابط شرط شروط اشتراطات قاعده قواعد نظام انظمه نظم لاءحه لواءح معيار معايير مقاييس قانون قوانين شريعه \
         احكام مبدا مباديء اسس خطه خطط برنامج استراتيجيه سياسه سياسات رءيه اهداف اوليات اولويات منهج منهجيه اليه \
         اليات اجراءات تعليمات مواصفات متطلبات احتياج احتياجات حاجه امكانات امكانيات ظروف نوع انواع فءه فءات تخصص \
         تخصصات مستوي ترتيب جدول نموذج تصميم توقيت موعد اتفاق اتفاقيه عقد",
    ])
});

/// Titles that stand before a name.
pub(super) static TITLES: Words = LazyLock::new(|| {
    words(&[
        "رءيس رءيسه سيد سيده دكتور دكتوره شيخ شيخه امير اميره ملك ملكه ناءب قاءد عميد لواء جنرال حاج استاذ \
         مهندس نقيب ملازم باشا شاعر شاعره",
    ])
});

/// Offices, in which somebody is named a word or two later.
pub(super) static OFFICES: Words = LazyLock::new(|| {
    words(&[
        "وزير وزيره مدير مديره متحدث متحدثه ناطق ناطقه قاضي محامي طبيب طبيبه سفير سفيره مبعوث مبعوثه مدرب لاعب لاعبه \
         خبير خبيره باحث باحثه كاتب كاتبه فنان فنانه عقيد مقدم راءد مشرف مفتي محافظ صياد",
    ])
});

/// Those who speak without being named.
pub(super) static SOMEBODY: Words = LazyLock::new(|| {
    words(&[
        "مسءول مسءوله مسءولون مسءولين شاهد شاهده شهود محلل محللون مراقب مراقبون ناشط ناشطون سكان اهالي مواطن مواطنون \
         عضو زعيم خبراء شرطي جندي ضابط رجل امراه شاب صحفي صحافي",
    ])
});

/// Kinds of places and bodies, behind which a name stands where they have no article.
pub(super) static PLACE_WORDS: Words = LazyLock::new(|| {
    words(&["مدينه بلده قريه محافظه مخيم حي وكاله صحيفه قناه شركه نادي تنظيم جماعه"])
});

/// Parts of words that outlets write in two ways and no rule tells, folded.
pub(super) const VARIANTS: &[(&str, &str)] = &[
    ("اميرك", "امريك"),
    ("نتانياهو", "نتنياهو"),
    ("صحافي", "صحفي"),
    ("ميليشي", "مليشي"),
    ("تليفزيون", "تلفزيون"),
    ("ديموقراط", "ديمقراط"),
    ("فيدرال", "فدرال"),
    ("ستيراتيج", "ستراتيج"),
    ("كومبيوتر", "كمبيوتر"),
    ("استديو", "استوديو"),
    ("بروتكول", "بروتوكول"),
    ("برتوكول", "بروتوكول"),
    ("كيماوي", "كيمياءي"),
    ("كيمياوي", "كيمياءي"),
    ("خضراوات", "خضروات"),
    ("خارطه", "خريطه"),
    ("بكتيريا", "بكتريا"),
    ("جرام", "غرام"),
    ("يونيسكو", "يونسكو"),
    ("تشيلسي", "تشلسي"),
    ("فيليبين", "فلبين"),
    ("اورب", "اوروب"),
    ("داوود", "داود"),
    ("كابول", "كابل"),
    ("ماءه", "مءه"),
    ("ذالك", "ذلك"),
    ("جيزان", "جازان"),
    ("جيرمان", "جرمان"),
    ("كبتاجون", "كبتاغون"),
    ("اوروجوا", "اوروغوا"),
    ("اوروجوي", "اوروغوي"),
    ("فرانسوا", "فرنسوا"),
    ("ميجاواط", "ميجاوات"),
    ("كيلوواط", "كيلووات"),
    ("تعرفه", "تعريفه"),
];

/// Words of names that are declined or written in two ways, folded.
pub(super) const VARIANT_NAMES: &[&[&str]] =
    &[&["بن", "ابن"], &["ابو", "ابي", "ابا"], &["سوريا", "سوريه"]];

/// Given names that hardly are other words as well.
pub(super) static GIVEN: Words = LazyLock::new(|| {
    words(&[
        "محمد احمد محمود حامد حميد حمد حمدان حسن حسين حسام خالد خليل خليفه ابراهيم اسماعيل اسحاق يوسف يعقوب يحيي \
         يونس ياسر ياسين عمر عمرو عثمان علاء عماد عبدالله عبدالرحمن عبدالعزيز عبدالملك عبدالكريم عبدالرحيم \
         عبداللطيف عبدالمجيد عبدالفتاح مصطفي مروان مشاري مازن ماهر ماجد سالم سليم سليمان سلمان سلطان سمير سامي \
         سعيد سعود سعد سيف فهد فيصل فارس فءاد فوزي نزار نبيل نايف ناصر نواف طارق طلال طه زياد زيد زكريا زهير \
         رامي رباح رشيد رضوان رياض جاسم جابر جمال جورج جهاد هاني هشام هيثم وليد واءل وسام بندر بدر بسام \
         بشار بشير تركي تميم ثامر قاسم قصي كمال لءي منصور منير موسي عيسي عدنان غسان ايمن انور اسامه اكرم ادريس \
         فاطمه خديجه عاءشه زينب مريم سعاد سميره نوره هند ساره رانيا ديما لينا",
    ])
});

/// What hardly anything but names has.
pub(super) static PEOPLE: Words = LazyLock::new(|| words(&["بن ابن ابو حماس داعش طالبان حزب"]));

/// Countries and cities.
pub(super) static PLACES: Words = LazyLock::new(|| words(&[COUNTRIES, CITIES]));

/// Countries without their article and ending, as what belongs to them is called.
pub(super) static NISBA: Words = LazyLock::new(|| {
    let base = |name: &'static str| {
        let bare = name.strip_prefix("ال").unwrap_or(name);
        ["يا", "يه", "ا", "ه"]
            .iter()
            .find_map(|end| bare.strip_suffix(end))
            .unwrap_or(bare)
    };
    COUNTRIES.split_whitespace().map(base).collect()
});

const COUNTRIES: &str = "سوريا سوريه العراق السعوديه مصر الاردن لبنان اليمن تونس الجزاءر المغرب السودان ليبيا قطر \
    الامارات البحرين الكويت عمان فلسطين اسراءيل ايران تركيا روسيا امريكا اميركا بريطانيا فرنسا المانيا الصين اليابان \
    الهند باكستان افغانستان اوكرانيا اسبانيا ايطاليا البرتغال اليونان هولندا بلجيكا السويد النرويج الدنمارك فنلندا \
    بولندا النمسا سويسرا المجر رومانيا بلغاريا صربيا كرواتيا قبرص ايرلندا كندا المكسيك البرازيل الارجنتين تشيلي بيرو \
    كولومبيا فنزويلا كوبا بوليفيا الاكوادور نيجيريا غانا غينيا كينيا اثيوبيا اريتريا جيبوتي الصومال اوغندا رواندا تشاد \
    النيجر السنغال موريتانيا تنزانيا استراليا نيوزيلندا اندونيسيا ماليزيا سنغافوره تايلاند فيتنام الفلبين كوريا \
    بنغلاديش نيبال ايسلندا ارمينيا اذربيجان جورجيا كازاخستان اوزبكستان";

const CITIES: &str = "موسكو واشنطن لندن باريس برلين روما مدريد جنيف فيينا بروكسل اثينا كييف نيويورك دمشق بغداد القاهره \
    الرياض جده مكه بيروت صنعاء عدن طرابلس بنغازي الدوحه ابوظبي دبي الشارقه المنامه مسقط انقره اسطنبول طهران بكين \
    طوكيو دلهي كابل القدس غزه رفح حلب حمص حماه ادلب الرقه الموصل البصره كركوك اربيل الرباط طنجه مراكش وهران \
    جيزان جازان نجران ابها الطاءف تبوك حاءل بريده الدمام الاحساء ينبع القصيم الخرطوم الاسكندريه اسوان السويس";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn the_lists_are_folded() {
        let mut out = String::new();
        let sets = [
            &ATTRIBUTION,
            &SAYS,
            &PUBLISHES,
            &SAYING,
            &SOURCES,
            &RULES,
            &TITLES,
            &OFFICES,
            &SOMEBODY,
            &PLACE_WORDS,
            &GIVEN,
            &PEOPLE,
            &PLACES,
        ];
        let listed = sets.iter().flat_map(|set| set.iter());
        let variants = VARIANTS.iter().flat_map(|(one, other)| [one, other]);
        let names = VARIANT_NAMES.iter().copied().flatten();
        for word in listed.chain(variants).chain(names) {
            fold_word(word, &mut out);
            assert_eq!(out, *word);
        }
    }
}
