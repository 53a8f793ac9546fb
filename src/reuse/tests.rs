//! What detection promises, on texts made up for it.

use std::sync::Arc;

use super::*;
use crate::article::{Furniture, FurnitureReason, Span};

pub(super) fn article(path: &str, text: &str) -> Arc<Article> {
    Arc::new(Article::bare(path, text))
}

pub(super) fn find(articles: &[Arc<Article>]) -> Findings {
    detect(articles, &Settings::default(), &Watch::silent()).unwrap()
}

const WIRE: &str = "قال حارس المنارة القديمة إن العاصفة التي ضربت الساحل ليلة البارحة اقتلعت سبع عشرة شجرة \
    من حديقة البلدية، وأضاف أن فرق الصيانة وصلت اليوم قبل الفجر ومعها ثمانية قوارب مطاطية.";
const OTHER: &str = "افتتح متحف الخزف جناحا جديدا يعرض أواني نادرة جمعها تاجر رحالة من جزر بعيدة، \
    ودعت المديرة تلاميذ المدارس إلى زيارة مجانية كل خميس.";
const THIRD: &str = "تراجعت أسعار الزعفران في سوق الجملة بعد موسم حصاد وفير، وتوقع مزارعون أن يستمر الهبوط \
    حتى نهاية الشتاء ما لم تفتح منافذ تصدير أخرى.";

fn kinds(passage: &Passage) -> Vec<EditKind> {
    passage.edits.iter().map(|edit| edit.kind).collect()
}

#[test]
fn a_printed_wire_text_is_found_among_other_text() {
    let a = format!("{OTHER}\n{WIRE}");
    let b = format!("{WIRE}\n{THIRD}");
    let found = find(&[article("a.txt", &a), article("b.txt", &b)]);
    assert_eq!(found.passages.len(), 1);
    let passage = &found.passages[0];
    assert_eq!(passage.kind, PassageKind::Copy);
    assert_eq!(passage.a.span.of(&a), WIRE);
    assert_eq!(passage.b.span.of(&b), WIRE);
    assert_eq!(passage.similarity, 1.0);
    assert_eq!(passage.edits, []);
    assert_eq!(
        found.families,
        [Family {
            articles: vec![0, 1]
        }]
    );
}

#[test]
fn an_edited_copy_is_one_passage_with_its_edits_named() {
    let edited = WIRE
        .replace("قال حارس", "قال «حارس")
        .replace("القديمة", "القديمه»")
        .replace("اليوم", "أمس")
        .replace("ثمانية", "8")
        .replace("سبع عشرة شجرة", "سبع عشرة شجرة معمرة");
    let found = find(&[article("a.txt", WIRE), article("b.txt", &edited)]);
    assert_eq!(found.passages.len(), 1);
    let passage = &found.passages[0];
    assert_eq!(
        kinds(passage),
        [
            EditKind::Quotes,
            EditKind::Spelling,
            EditKind::Quotes,
            EditKind::Inserted,
            EditKind::RelativeDay,
            EditKind::Numeral
        ]
    );
    let day = &passage.edits[4];
    assert_eq!((day.a.of(WIRE), day.b.of(&edited)), ("اليوم", "أمس"));
    let inserted = &passage.edits[3];
    assert_eq!(inserted.b.of(&edited), "معمرة");
    assert!(inserted.a.is_empty());
}

#[test]
fn a_name_in_quotation_marks_is_told_from_the_words_beside_it() {
    let with = |name: &str| WIRE.replace("من حديقة البلدية", &format!("{name} من حديقة البلدية"));
    let (one, other) = (with("لمجموعات «الشراع»"), with("لعناصر «حماة الساحل»"));
    let found = find(&[article("a.txt", &one), article("b.txt", &other)]);
    let edits: Vec<_> = found.passages[0]
        .edits
        .iter()
        .map(|edit| (edit.kind, edit.a.of(&one), edit.b.of(&other)))
        .collect();
    assert_eq!(
        edits,
        [
            (EditKind::Reworded, "لمجموعات", "لعناصر"),
            (EditKind::Name, "الشراع", "حماة الساحل"),
        ]
    );
}

#[test]
fn marks_beside_a_changed_word_are_edits_of_their_own() {
    let edited = WIRE
        .replace("المنارة القديمة", "«الفنارة» القديمة")
        .replace("حديقة البلدية،", "حديقة المدينة العامة.");
    let found = find(&[article("a.txt", WIRE), article("b.txt", &edited)]);
    let edits: Vec<_> = found.passages[0]
        .edits
        .iter()
        .map(|edit| (edit.kind, edit.a.of(WIRE), edit.b.of(&edited)))
        .collect();
    assert_eq!(
        edits,
        [
            (EditKind::Quotes, "", "«"),
            (EditKind::Name, "المنارة", "الفنارة"),
            (EditKind::Quotes, "", "»"),
            (EditKind::Reworded, "البلدية", "المدينة العامة"),
            (EditKind::Punctuation, "،", "."),
        ]
    );
}

#[test]
fn moved_sentences_stay_one_passage() {
    let a = format!("{WIRE} {OTHER} {THIRD}");
    let b = format!("{THIRD} {WIRE} {OTHER}");
    let found = find(&[article("a.txt", &a), article("b.txt", &b)]);
    assert_eq!(found.passages.len(), 1);
    assert!(kinds(&found.passages[0]).contains(&EditKind::Moved));
    assert_eq!(found.passages[0].similarity, 1.0);
}

#[test]
fn words_that_stand_elsewhere_are_not_moved_and_a_sentence_is() {
    let kept = WIRE.replace("وأضاف أن", "أن");
    let a = format!("{kept} وأضاف. {OTHER}");
    let b = format!("{WIRE} {OTHER}");
    let moved = |a: &str, b: &str| -> Vec<String> {
        let found = find(&[article("a.txt", a), article("b.txt", b)]);
        let edits = found.passages.iter().flat_map(|passage| &passage.edits);
        edits
            .filter(|edit| edit.kind == EditKind::Moved)
            .map(|edit| edit.a.of(a).to_owned())
            .collect()
    };
    assert_eq!(moved(&a, &b), Vec::<String>::new());
    let parts: Vec<&str> = WIRE.split("، ").collect();
    let turned = format!("{}، {}. {OTHER}", parts[1], parts[0]);
    let found = moved(&turned, &b);
    assert!(
        found.len() == 1 && found[0].starts_with("وأضاف"),
        "{found:?}"
    );
}

#[test]
fn a_day_under_another_name_is_told_from_another_day() {
    let dated = |path: &str, text: &str, day: Option<i8>| {
        let found = |day| {
            let date = jiff::civil::date(2035, 4, day);
            crate::article::Found::new(date, "", crate::article::Place::FileName)
        };
        let mut article = Article::clone(&article(path, text));
        article.dates.published = day.map(found);
        Arc::new(article)
    };
    // The fourth is a Wednesday.
    for (name, days, kind) in [
        ("مساء أمس", [Some(4), Some(5)], EditKind::RelativeDay),
        ("مساء أمس", [Some(4), Some(4)], EditKind::RelativeDay),
        ("مساء أمس", [Some(4), None], EditKind::RelativeDay),
        ("الأربعاء", [Some(4), Some(5)], EditKind::RelativeDay),
        ("الأحد", [Some(4), Some(5)], EditKind::Number),
        ("الأحد", [Some(4), None], EditKind::RelativeDay),
    ] {
        let later = WIRE.replace("وصلت اليوم", &format!("وصلت {name}"));
        let found = find(&[
            dated("a.txt", WIRE, days[0]),
            dated("b.txt", &later, days[1]),
        ]);
        let edits: Vec<_> = found.passages[0]
            .edits
            .iter()
            .map(|edit| (edit.kind, edit.a.of(WIRE), edit.b.of(&later)))
            .collect();
        assert_eq!(edits, [(kind, "اليوم", name)], "{days:?}");
    }
}

#[test]
fn shuffled_words_are_found_among_many_texts_of_the_same_words() {
    // Each word stands in some sixty of the texts, so that none tells two of them apart.
    let word = |number: u64| invented(&[(number * 5 + 1) as u16 | 1]);
    // A generator whose numbers follow no pattern (Steele, Lea, Flood 2014).
    let mixed = |number: u64| {
        let mut z = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ z >> 31
    };
    let text = |seed: u64| -> Vec<String> {
        (0..120_u64)
            .map(|i| word(mixed(seed * 120 + i + 1) & 0x1ff))
            .collect()
    };
    let mut texts: Vec<Vec<String>> = (0..300).map(text).collect();
    let mut shuffled = texts[0][10..50].to_vec();
    for pair in shuffled.chunks_exact_mut(4) {
        pair.swap(0, 2);
        pair.swap(1, 3);
    }
    texts[1].splice(20..20, shuffled);
    let articles: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(i, words)| article(&format!("{i:03}.txt"), &words.join(" ")))
        .collect();
    let found = find(&articles);
    let pairs: Vec<_> = found
        .passages
        .iter()
        .map(|passage| (passage.a.article, passage.b.article))
        .collect();
    assert!(pairs == [(0, 1)], "{} pairs", pairs.len());
}

#[test]
fn a_sentence_that_lost_a_clause_is_one_passage() {
    let whole = format!(
        "{OTHER}\nروت حارسة المنارة سلوى الدرعي، في حديث إلى نشرة الميناء على هامش معرض الصدف الذي يقام كل خريف، \
         أن عاصفة البارحة اقتلعت شجرة الخروب.\n{THIRD}"
    );
    let short = "روت حارسة المنارة سلوى الدرعي أن عاصفة البارحة اقتلعت شجرة الخروب";
    let mut articles: Vec<_> = (0..200)
        .map(|number| article(&format!("{number}.txt"), &filler(number)))
        .collect();
    articles.push(article("short.txt", short));
    articles.push(article("whole.txt", &whole));
    let found = find(&articles);
    assert_eq!(found.passages.len(), 1);
    let passage = &found.passages[0];
    assert_eq!(passage.kind, PassageKind::Copy);
    assert_eq!(passage.a.span.of(short), short);
    let put_in = |edit: &&Edit| edit.kind == EditKind::Inserted;
    let put_in: Vec<_> = passage.edits.iter().filter(put_in).collect();
    assert_eq!(put_in.len(), 1);
    let clause = put_in[0].b.of(&whole);
    assert!(clause.starts_with("في حديث") && clause.ends_with("خريف"));
}

#[test]
fn two_copies_of_a_book_are_one_passage() {
    let words = |range: std::ops::Range<u32>| {
        let seeds: Vec<u16> = range.map(|i| (i * 7919 % 65_521) as u16).collect();
        invented(&seeds)
    };
    let book = words(0..9_000);
    let edited = format!("{} {} {}", words(0..4_000), WIRE, words(4_000..9_000));
    for (other, edits) in [(&book, 0), (&edited, 1)] {
        let found = find(&[article("a.txt", &book), article("b.txt", other)]);
        let passages = &found.passages;
        assert_eq!(passages.len(), 1);
        assert_eq!(passages[0].a.span.of(&book), book);
        assert_eq!(passages[0].kind, PassageKind::Copy);
        assert_eq!(passages[0].edits.len(), edits);
    }
}

#[test]
fn what_is_apart_is_kept_apart() {
    let a = format!("{WIRE} {OTHER}");
    let filler = "وفي شأن آخر تسلمت مكتبة الحي شحنة كتب مترجمة عن لغات آسيوية نادرة أهداها طبيب متقاعد \
        كان قد أمضى نصف عمره متنقلا بين موانئ المحيط وأرصفتها المزدحمة بالبحارة والتوابل والحكايات";
    let b = format!("{WIRE} {filler} {OTHER}");
    let c = format!("{OTHER} {THIRD} {filler} {THIRD} {WIRE}");
    let found = find(&[article("a.txt", &a), article("b.txt", &c)]);
    assert_eq!(found.passages.len(), 2);
    assert!(
        !find(&[article("a.txt", &a), article("b.txt", &b)])
            .passages
            .is_empty()
    );
}

#[test]
fn unlike_texts_share_nothing() {
    let found = find(&[
        article("a.txt", WIRE),
        article("b.txt", OTHER),
        article("c.txt", THIRD),
    ]);
    assert_eq!(found, Findings::default());
    assert_eq!(find(&[]), Findings::default());
    assert_eq!(
        find(&[article("a.txt", ""), article("b.txt", " ")]),
        Findings::default()
    );
}

#[test]
fn page_furniture_is_never_matched() {
    let text = format!("{WIRE}\n{OTHER}");
    let with_furniture = |path: &str| {
        let mut article = Article::clone(&article(path, &text));
        article.furniture = vec![Furniture {
            span: Span::new(0, WIRE.len()),
            reason: FurnitureReason::RelatedLinks,
        }];
        Arc::new(article)
    };
    let found = find(&[with_furniture("a.txt"), with_furniture("b.txt")]);
    assert_eq!(found.passages.len(), 1);
    assert!(found.passages[0].a.span.start as usize > WIRE.len());
}

/// Forty made-up words that no other number gives.
fn filler(number: u16) -> String {
    let seeds: Vec<u16> = (0..40)
        .map(|i| (number * 40 + i).wrapping_mul(31_337) / 5 * 5 + 1)
        .collect();
    invented(&seeds)
}

#[test]
fn a_text_that_many_printed_is_found_in_all_of_them() {
    let articles: Vec<_> = (0..30)
        .map(|i| {
            article(
                &format!("{i:02}.txt"),
                &format!("{} {WIRE} {}", filler(2 * i), filler(2 * i + 1)),
            )
        })
        .collect();
    let found = find(&articles);
    let whole = |p: &&Passage| p.words >= 25;
    assert_eq!(found.passages.iter().filter(whole).count(), 30 * 29 / 2);
    assert_eq!(found.families.len(), 1);
}

#[test]
fn one_of_many_copies_stands_for_all_and_is_paired_with_each() {
    let text = format!("{WIRE} {OTHER} {THIRD} {}", filler(900));
    let articles: Vec<_> = (0..12)
        .map(|i| {
            article(
                &format!("{i:02}.txt"),
                &format!("{text} {}", &filler(i)[..17]),
            )
        })
        .collect();
    let found = find(&articles);
    assert_eq!(found.copies.len(), 1);
    assert_eq!(found.copies[0].others.len(), 11);
    let first = found.copies[0].first;
    let whole = |p: &&Passage| p.words >= 60;
    let whole: Vec<&Passage> = found.passages.iter().filter(whole).collect();
    let with_first = |p: &&&Passage| p.a.article == first || p.b.article == first;
    assert_eq!(whole.iter().filter(with_first).count(), 11);
    // Two others are paired where they share something that the first does not have.
    assert!(whole.len() < 20);
    assert_eq!(found.families[0].articles.len(), 12);
    // Of a few, every pair is listed.
    assert_eq!(find(&articles[..4]).passages.len(), 6);
}

#[test]
fn what_the_first_of_many_copies_lost_is_stood_for_by_the_next_that_kept_it() {
    let copy = |i: u32, text: &str| article(&format!("{i:02}.txt"), text);
    let text = format!("{OTHER} {} {THIRD}", filler(900));
    let whole: Vec<_> = (0..12)
        .map(|i| copy(i, &format!("{text} {WIRE}")))
        .collect();
    let first = find(&whole).copies[0].first;
    let mut articles = whole.clone();
    articles[first as usize] = copy(first, &text);
    articles.push(article("other.txt", &format!("{} {WIRE}", filler(901))));
    let found = find(&articles);
    assert_eq!(found.copies[0].first, first);
    let with = |article: u32| {
        let of = |p: &&Passage| p.a.article == article || p.b.article == article;
        found.passages.iter().filter(of).collect::<Vec<_>>()
    };
    // All with the first, and with the one other that stands for what the first lost.
    assert_eq!(with(first).len(), 11);
    assert_eq!(found.passages.len(), 11 + 10 + 1);
    let outside = with(12);
    assert_eq!(outside.len(), 1);
    assert_eq!(outside[0].b.span.of(&articles[12].text), WIRE);
    assert_eq!(with(outside[0].a.article).len(), 12);
}

#[test]
fn a_few_words_changed_in_each_of_many_copies_make_no_more_pairs() {
    let text = format!("{OTHER} {} {THIRD} {WIRE}", filler(900));
    let words: Vec<&str> = text.split(' ').collect();
    let articles: Vec<_> = (0..12)
        .map(|i| {
            let mut words = words.clone();
            let (x, y) = (3 * i + 1, 50 + i);
            words.swap(x, y);
            words.swap(x + 1, y + 20);
            article(&format!("{i:02}.txt"), &words.join(" "))
        })
        .collect();
    let found = find(&articles);
    let first = found.copies[0].first;
    assert_eq!(found.passages.len(), 11);
    let with_first = |p: &Passage| p.a.article == first || p.b.article == first;
    assert!(found.passages.iter().all(with_first));
}

#[test]
fn a_title_of_office_makes_no_passage() {
    let title = "معالي أمين خزانة الإقليم الشرقي المشرف العام على دور الحكمة المهندس زاهر";
    let articles: Vec<_> = (0..12)
        .map(|i| {
            article(
                &format!("{i:02}.txt"),
                &format!("{} {title} {}", filler(2 * i), filler(2 * i + 1)),
            )
        })
        .collect();
    assert_eq!(find(&articles).passages, []);
    // Among two articles nobody can know that it is one.
    assert_eq!(find(&articles[..2]).passages.len(), 1);
}

#[test]
fn set_phrases_do_not_hide_the_sentence_that_was_copied_with_them() {
    let (title, blessing) = ("معالي أمين خزانة الإقليم", "نسأل الله له السلامة");
    let text = |i: u16| {
        let [before, between, behind] = [0, 1, 2].map(|part| filler(3 * i + part));
        format!("{before} {title} {between} {blessing} {behind}")
    };
    let sentence = format!("وقد زار {title} جرحى الحريق البارحة وقال {blessing} والعودة");
    let mut articles: Vec<_> = (0..30)
        .map(|i| article(&format!("{i:02}.txt"), &text(i)))
        .collect();
    for at in [4, 17] {
        let with_sentence = format!(
            "{} {sentence} {}",
            articles[at].text,
            filler(200 + at as u16)
        );
        articles[at] = article(&articles[at].path, &with_sentence);
    }
    let found = find(&articles);
    assert_eq!(found.passages.len(), 1);
    assert_eq!(found.passages[0].a.span.of(&articles[4].text), sentence);
}

#[test]
fn a_sentence_of_boilerplate_joins_nothing_on_very_many_pages() {
    let notice = "جميع حقوق النشر محفوظة لصاحب الموقع ولا يجوز نسخ أي مادة منه أو توزيعها على غير \
        الأصدقاء دون إذن مكتوب من هيئة التحرير";
    let in_the_middle = |i: u16| format!("{} {notice} {}", filler(2 * i), filler(2 * i + 1));
    let at_the_foot = |i: u16| format!("{}\n{notice}", filler(2 * i));
    for page in [&in_the_middle as &dyn Fn(u16) -> String, &at_the_foot] {
        let articles: Vec<_> = (0..50)
            .map(|i| article(&format!("{i:02}.txt"), &page(i)))
            .collect();
        let found = find(&articles);
        assert_eq!(found.families, []);
        assert_eq!(found.left_out.len(), 50);
        let left_out = found.left_out[3];
        assert_eq!(
            (left_out.article, left_out.reason),
            (3, LeftOutReason::Formula)
        );
        assert_eq!(left_out.span.of(&articles[3].text), notice);
    }
}

#[test]
fn a_date_and_a_byline_make_no_passage() {
    let head = "الأربعاء 4 نيسان 2035\n\nخليج الصدف – تقرير: سلمى بنت العاقل الصفار\n\n";
    let text = |title: &str, body: &str| format!("{title}\n\n{head}{body}");
    let a = text("المنارة القديمة تغلق أبوابها", OTHER);
    let b = text("المنارة تفتح أبوابها من جديد", THIRD);
    assert_eq!(
        find(&[article("a.txt", &a), article("b.txt", &b)]).passages,
        []
    );
    // A passage that runs over them keeps them.
    let c = format!("{a}\n{WIRE}");
    let found = find(&[article("a.txt", &a), article("c.txt", &c)]);
    assert_eq!(found.passages[0].a.span.of(&a), a);
}

#[test]
fn a_stopped_job_says_so() {
    let stop = crate::work::Stop::default();
    stop.stop();
    let articles = [article("a.txt", WIRE), article("b.txt", WIRE)];
    let result = detect(&articles, &Settings::default(), &Watch::new(stop, |_| {}));
    assert_eq!(result.unwrap_err(), Stopped);
}

/// Texts of made-up words, of which a few are frequent; `seeds` give the words.
pub(super) fn invented(seeds: &[u16]) -> String {
    let letters = [
        'ب', 'ت', 'ج', 'د', 'ر', 'س', 'ع', 'ق', 'م', 'ن', 'ه', 'ص', 'ح', 'ش', 'ز', 'ط',
    ];
    let word = |seed: u16| -> String {
        match seed % 5 {
            0 => ["في", "من", "على", "إلى", "عن"][usize::from(seed / 5 % 5)].to_owned(),
            _ => (0..4)
                .map(|i| letters[usize::from(seed >> (4 * i)) % 16])
                .collect(),
        }
    };
    let words: Vec<String> = seeds.iter().map(|seed| word(*seed)).collect();
    words.join(" ")
}
