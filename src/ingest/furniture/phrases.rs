//! The set phrases by which pages speak of themselves, in the order of the reasons. Data and look-ups
//! only; where in a page a phrase counts is decided in `form`.

use std::sync::LazyLock;

use crate::ingest::known;
use crate::ingest::lines::key;

/// Folded phrases; the lists below are in common spelling.
pub(super) struct Phrases(Vec<String>);

impl Phrases {
    /// Phrases parted by `|`.
    fn of(phrases: &str) -> Self {
        let mut keys: Vec<String> = phrases.split('|').map(key).collect();
        keys.sort();
        keys.dedup();
        Self(keys)
    }

    pub fn is(&self, key: &str) -> bool {
        self.0
            .binary_search_by(|phrase| phrase.as_str().cmp(key))
            .is_ok()
    }

    /// A phrase stands at the beginning of `key`.
    pub fn begin(&self, key: &str) -> bool {
        let first = key.split(' ').next().unwrap_or(key);
        // Sorted: all phrases that begin `key` stand just before it, after its first word alone.
        let end = self.0.partition_point(|phrase| phrase.as_str() <= key);
        self.0[..end]
            .iter()
            .rev()
            .take_while(|phrase| phrase.as_str() >= first)
            .any(|phrase| {
                key.strip_prefix(phrase.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
    }

    /// A phrase stands anywhere in `key`.
    pub fn within(&self, key: &str) -> bool {
        self.begin(key)
            || key
                .match_indices(' ')
                .any(|(i, _)| self.begin(&key[i + 1..]))
    }
}

/// Names of sections, menus and tickers.
pub(super) static SECTIONS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        الرئيسية | الصفحة الرئيسية | الشريط الإخباري | شريط الأخبار | آخر الأخبار | أحدث الأخبار |
        أهم الأخبار | عاجل | أخبار | الأخبار | أخبار اليوم | أخبار العالم | أخبار عربية |
        أخبار محلية | أخبار دولية | أخبار عالمية | أخبار عربية ودولية | أخبار محلية ودولية |
        أخبار مصر | أخبار سوريا | أخبار لبنان | أخبار فلسطين | أخبار العراق | أخبار الوطن |
        سياسة | السياسة | شؤون سياسية | محليات | المحليات | محلية | الوطن العربي | العالم |
        العالم العربي | عربي ودولي | عربي وعالمي | عربية ودولية | دولي | دوليات | عربيات | عالم |
        اقتصاد | الاقتصاد | مال وأعمال | اقتصاد وأعمال | رياضة | الرياضة | ثقافة | ثقافة وفنون |
        ثقافة وفن | فن | فنون | منوعات | المنوعات | مجتمع | المجتمع | صحة | صحة وطب | علوم |
        علوم وتكنولوجيا | تكنولوجيا | تقنية | سياحة | حوادث | حوادث وقضايا | تحقيقات | تقارير |
        تقارير وتحقيقات | مقالات | آراء | رأي | كتاب وآراء | رأي ومقالات | افتتاحيات | ملفات |
        حوارات | مقابلات | فيديو | صور | فيديو وصور | صوت وصورة | انفوجرافيك | كاريكاتير |
        بودكاست | مدونات | المرأة | أسرة | تعليم | دين | دنيا ودين | مناطق | محافظات | المحافظات |
        بلديات | القائمة | القائمة الرئيسية | بحث | ابحث | البحث في الموقع | اتصل بنا | من نحن |
        عن الموقع | تسجيل الدخول | تسجيل دخول | الأرشيف | أرشيف | خريطة الموقع | البث المباشر |
        بث مباشر | البث الحي | الطقس | menu | home | search | login | العربية | english |
        français | انتقل إلى المحتوى | تخطى إلى المحتوى | تجاوز إلى المحتوى | إعلان | اعلانات |
        advertisement | الأكثر قراءة | الأكثر مشاهدة
        ",
    )
});

/// Headings over links to other articles.
pub(super) static RELATED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        انظر أيضا | أنظر أيضا | اقرأ أيضا | قد تقرأ أيضا | اقرؤوا أيضا | اقرأوا أيضا |
        اقرئي أيضا | شاهد أيضا | طالع أيضا | تابع أيضا | تصفح أيضا | للمزيد | اقرأ المزيد |
        اقرأ للمزيد | المزيد | المزيد من الأخبار | المزيد حول هذا الموضوع | المزيد من القسم |
        مواضيع ذات صلة | موضوعات ذات صلة | أخبار ذات صلة | مقالات ذات صلة | مواد ذات صلة |
        روابط ذات صلة | قصص ذات صلة | تقارير ذات صلة | ذات صلة | مواضيع متعلقة | أخبار متعلقة |
        مقالات متعلقة | مواضيع مرتبطة | أخبار مرتبطة | مواضيع مشابهة | أخبار مشابهة |
        مقالات مشابهة | مواضيع قد تهمك | مواضيع تهمك | قد يهمك | قد يهمك أيضا | ربما يهمك |
        ربما يهمك أيضا | قد يعجبك | قد يعجبك أيضا | ربما يعجبك | الأكثر قراءة | الأكثر مشاهدة |
        الأكثر تداولا | الأكثر شيوعا | آخر الأخبار | أحدث الأخبار | أخبار أخرى | مواضيع أخرى |
        موضوعات أخرى | مقالات أخرى | مقالات أخرى للكاتب | مقالات سابقة للكاتب | مختارات |
        اخترنا لك | اخترنا لكم | لا يفوتك | لا تفوتك | نرشح لك | ننصحك بقراءة | من نفس القسم |
        في هذا القسم | أخبار القسم | الخبر السابق | الخبر التالي | المقال السابق | المقال التالي |
        المقالة السابقة | المقالة التالية | السابق | التالي | related | related articles |
        read also | read more
        ",
    )
});

/// With these a line is a link even when a headline follows without a colon.
pub(super) static RELATED_BEFORE_HEADLINE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        انظر أيضا | اقرأ أيضا | قد تقرأ أيضا | شاهد أيضا | طالع أيضا | مواضيع ذات صلة |
        أخبار ذات صلة | مقالات ذات صلة | موضوعات ذات صلة | الخبر السابق | الخبر التالي |
        المقال السابق | المقال التالي
        ",
    )
});

/// Glued to the first headline on pages that lost their line breaks.
pub(super) const OTHER_ARTICLES: &str = "مقالات اخري للكاتب";

/// What only a site says, about itself or about a text's source.
pub(super) static NOTICES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        أنت الآن تتصفح | انت تتصفح الآن | لا نتحمل أي مسؤولية | لا يتحمل الموقع |
        لا تتحمل إدارة الموقع | الرجوع إلى المصدر الأصلي | الرجوع الى المصدر الاصلي |
        جميع الحقوق محفوظة | كافة الحقوق محفوظة | كل الحقوق محفوظة | حقوق النشر محفوظة |
        حقوق الطبع محفوظة | all rights reserved | لا تعبر بالضرورة عن رأي |
        لا يعبر بالضرورة عن رأي | لا تعبر بالضرورة عن وجهة نظر | تعبر عن رأي كاتبها |
        يعبر عن رأي كاتبه | تعبر عن آراء أصحابها | سياسة الخصوصية | ملفات تعريف الارتباط |
        شروط الاستخدام | تم نسخ الرابط | ولا يتحمل مسؤولية | ولا تتحمل مسؤولية | هذا الخبر منقول من | هذا المحتوى من |
        لن يتم نشر عنوان بريدك
        ",
    )
});

pub(super) static NOTICE_BEGINS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        رابط الخبر | رابط المقال | رابط مختصر | الرابط المختصر | رابط قصير | الرابط القصير |
        رابط المصدر | الرابط الأصلي | المصدر الأصلي | مصدر الخبر الأصلي
        ",
    )
});

/// Words under which a page lists its keywords.
pub(super) static TAGS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        الوسوم | وسوم | كلمات دلالية | الكلمات الدلالية | كلمات مفتاحية | الكلمات المفتاحية |
        كلمات البحث | سمات | السمات | هاشتاغ | tags | keywords
        ",
    )
});

/// A line that consists of these, with at least one of [`SHARE_STRONG`], is a share bar.
pub(super) static SHARE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        على | عبر | في | إلى | هذا | هذه | الخبر | المقال | الموضوع | الصفحة | بريد | البريد |
        الإلكتروني | إلكتروني | بالبريد | برسالة | لصديق | صديق | الرابط | رابط | حفظ | حجم | الخط | تكبير | تصغير |
        مع | أصدقائك | أصدقاءك | اب | بوك | فيس | واتس | a | x | plus | on | this | via | email |
        mail | pdf | link
        ",
    )
});

pub(super) static SHARE_STRONG: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        شارك | شاركها | شاركه | شاركنا | مشاركة | المشاركة | انشر | غرد | فيسبوك | فايسبوك |
        الفيسبوك | تويتر | واتساب | واتسآب | الواتساب | تلغرام | تلجرام | تليجرام | تيليجرام |
        تيليغرام | لينكدان | لينكدإن | لينكد | ماسنجر | فايبر | سكايب | انستغرام | إنستغرام |
        يوتيوب | بينتيريست | بنترست | طباعة | اطبع | إرسال | أرسل | نسخ | انسخ | facebook |
        twitter | whatsapp | telegram | linkedin | messenger | instagram | youtube | pinterest |
        viber | share | tweet | print | copy | google | reddit
        ",
    )
});

/// Invitations to follow, subscribe, write.
pub(super) static CONTACT_BEGINS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        تابعونا | تابعنا على | تابعنا عبر | تابعوا | للاشتراك | اشترك في | اشترك معنا |
        اشترك الآن | اشتركوا في | انضم إلى قناتنا | انضموا إلى | انضم إلينا | للتواصل |
        تواصلوا معنا | تواصل معنا | اتصل بنا | راسلنا | راسلونا | حمل تطبيق | حملوا تطبيق |
        لمتابعة آخر الأخبار | قناتنا على | صفحتنا على | follow us | contact us | subscribe
        ",
    )
});

/// The same where a number or an address follows.
pub(super) static ADDRESS_BEGINS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of("البريد الإلكتروني | بريد إلكتروني | الايميل | ايميل | هاتف | فاكس | ص ب | جوال")
});

/// Counted things.
pub(super) static COUNTED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of(
        "
        عدد المشاهدات | المشاهدات | مشاهدات | مشاهدة | شوهد | عدد القراءات | القراءات | قراءات |
        قراءة | عدد الزوار | الزيارات | زيارة | التعليقات | تعليقات | تعليق | عدد التعليقات |
        التقييم | صوت | دقائق | دقيقة | مرات | مرة | وقت القراءة | مدة القراءة | views |
        comments | لا توجد | لا يوجد
        ",
    )
});

/// What reads like the name of an outlet though no table knows it.
pub(in crate::ingest) fn names_an_outlet(key: &str) -> bool {
    if known::by_key(key).is_some() {
        return true;
    }
    let words: Vec<&str> = key.split(' ').collect();
    let kinds = [
        "صحيفه",
        "جريده",
        "وكاله",
        "قناه",
        "موقع",
        "شبكه",
        "بوابه",
        "مجله",
        "راديو",
        "اذاعه",
        "تلفزيون",
    ];
    let endings = [
        "نيوز",
        "برس",
        "الاخباريه",
        "اونلاين",
        "تي في",
        "نت",
        "tv",
        "news",
        "press",
        "online",
        "fm",
    ];
    (2..=5).contains(&words.len())
        && (words.first().is_some_and(|word| kinds.contains(word))
            || words.last().is_some_and(|word| endings.contains(word)))
}
