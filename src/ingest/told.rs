//! Outlet, credit and day wherever a page, a file or its place can tell them, each in a folder of its own; and what
//! tells nothing stays unknown. All outlets are invented but the agencies.

use std::fs;

use crate::article::{Article, Sureness};
use crate::work::Watch;

const HEAD: &str = "السفينة الأولى تصل إلى الميناء بعد تأخر";
const BODY: &str = "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع بين العواصف، وكان في \
    استقبالها جمع كبير من الأهالي.\n\nوقال القبطان إن الطاقم بخير، وإن السفينة ستبقى أسبوعين قبل أن تعود إلى البحر من جديد في \
    رحلة أطول.";

fn read(name: &str, content: &str) -> Article {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(name), content).unwrap();
    let folder = super::open(dir.path(), &Watch::silent(), &|_| {}).unwrap();
    (*folder.articles[0]).clone()
}

/// Outlet, credit and day of publication; empty for unknown.
fn told(name: &str, content: &str) -> [String; 3] {
    let article = read(name, content);
    [
        article.outlet_name().unwrap_or("").to_owned(),
        article.credit_name().unwrap_or("").to_owned(),
        article.day().map(|day| day.to_string()).unwrap_or_default(),
    ]
}

fn page(head: &str, top: &str, foot: &str) -> String {
    let paragraphs: String = BODY.split("\n\n").map(|p| format!("<p>{p}</p>")).collect();
    format!(
        "<html><head>{head}</head><body><div class='x'><h1>{HEAD}</h1>{top}{paragraphs}</div>{foot}</body></html>"
    )
}

#[test]
fn what_plain_texts_tell() {
    for (under, after, want) in [
        ("خاص – صحيفة الميناء", "", ["صحيفة الميناء", "", ""]),
        (
            "كتب: سامر الحلو – صحيفة الميناء",
            "",
            ["صحيفة الميناء", "", ""],
        ),
        ("غزة - خاص", "", ["", "", ""]),
        ("", "المصدر: صحيفة الميناء", ["صحيفة الميناء", "", ""]),
        (
            "",
            "جميع الحقوق محفوظة لموقع الميناء © 2031",
            ["الميناء", "", ""],
        ),
        ("", "https://www.alarabiya.net/a/b", ["العربية", "", ""]),
        (
            "",
            "وقال لمراسل «الميناء» إن الرحلة كانت صعبة.",
            ["", "", ""],
        ),
        ("", "(أ ف ب)", ["", "أ ف ب", ""]),
        ("بيروت (رويترز)", "", ["رويترز", "رويترز", ""]),
        (
            "الأربعاء 5 آذار 2031 الساعة 10:15",
            "",
            ["", "", "2031-03-05"],
        ),
        ("نشر في: 12 شتنبر 2030", "", ["", "", "2030-09-12"]),
        ("٢٥/٣/٢٠٣١", "", ["", "", "2031-03-25"]),
        (
            "الأحد 22 جمادى الأولى 1440 هـ الموافق 27 يناير 2019",
            "",
            ["", "", "2019-01-27"],
        ),
        ("منذ يومين", "", ["", "", ""]),
        (
            "",
            "وكانت السفينة قد غادرت في 12 يناير 2029 من الميناء الجنوبي.",
            ["", "", ""],
        ),
    ] {
        let text = format!("{HEAD}\n{under}\n\n{BODY}\n\n{after}");
        assert_eq!(told("a.txt", &text), want, "{under} … {after}");
    }
    let front =
        format!("---\nsource: مرصد الميناء\ncrawled: 2031-03-07\n---\n{HEAD}\nمنذ يومين\n\n{BODY}");
    assert_eq!(told("a.txt", &front), ["مرصد الميناء", "", "2031-03-05"]);
    let both = format!("{HEAD}\nنشر: 5 مارس 2031 - آخر تحديث: 6 مارس 2031 12:00\n\n{BODY}");
    let article = read("a.txt", &both);
    let updated = article.dates.updated.map(|found| found.value.to_string());
    assert_eq!(updated.as_deref(), Some("2031-03-06"));
}

#[test]
fn a_weekday_that_contradicts_makes_a_day_unsure_and_one_that_agrees_makes_it_sure() {
    let sureness = |line: &str| {
        let article = read("a.txt", &format!("{HEAD}\n{line}\n\n{BODY}"));
        article
            .dates
            .published
            .map(|found| (found.value.to_string(), found.sureness))
    };
    let sure = |day: &str, sureness| Some((day.to_owned(), sureness));
    assert_eq!(
        sureness("الأربعاء 5 آذار 2031"),
        sure("2031-03-05", Sureness::Sure)
    );
    assert_eq!(
        sureness("الاثنين 5 آذار 2031"),
        sure("2031-03-05", Sureness::Unsure)
    );
    // Months of the Hijri year begin a day sooner or later than the calendar says.
    assert_eq!(
        sureness("11 ربيع الآخر 1452هـ"),
        sure("2030-08-11", Sureness::Likely)
    );
    assert_eq!(
        sureness("الأحد 11 ربيع الآخر 1452هـ"),
        sure("2030-08-11", Sureness::Sure)
    );
    assert_eq!(
        sureness("الاثنين 11 ربيع الآخر 1452هـ"),
        sure("2030-08-12", Sureness::Sure)
    );
}

#[test]
fn what_pages_tell() {
    let title = format!("<title>{HEAD} - مرصد الميناء</title>");
    let site = "<meta property='og:site_name' content='مرصد الميناء'>";
    for (head, top, foot, want) in [
        (site, "", "", ["مرصد الميناء", "", ""]),
        (title.as_str(), "", "", ["مرصد الميناء", "", ""]),
        (
            "<meta name='twitter:site' content='@AlArabiya'>",
            "",
            "",
            ["العربية", "", ""],
        ),
        (
            "",
            "",
            "<footer><p>جميع الحقوق محفوظة لصحيفة الميناء 2031</p></footer>",
            ["صحيفة الميناء", "", ""],
        ),
        (
            "",
            "",
            "<footer><p>© 2031 All rights reserved</p><p>سياسة الخصوصية</p></footer>",
            ["", "", ""],
        ),
        (
            "<link rel='canonical' href='https://www.almina.example/2031/03/05/ship'>",
            "",
            "",
            ["almina.example", "", "2031-03-05"],
        ),
        (
            "",
            "<div itemprop='publisher'><meta itemprop='name' content='مرصد الميناء'></div>",
            "",
            ["مرصد الميناء", "", ""],
        ),
        (
            site,
            "<div>أضيف في 5 مارس 2031 - 09:12</div>",
            "",
            ["مرصد الميناء", "", "2031-03-05"],
        ),
        (
            site,
            "<span>5 مارس 2031</span><span>عدد القراءات: 12</span>",
            "",
            ["مرصد الميناء", "", "2031-03-05"],
        ),
        (
            site,
            "<p>بيروت (رويترز)</p>",
            "",
            ["مرصد الميناء", "رويترز", ""],
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2031-03-05T10:00:00+03:00\",\
             \"publisher\":{\"name\":\"مرصد الميناء\"}}</script>",
            "",
            "",
            ["مرصد الميناء", "", "2031-03-05"],
        ),
    ] {
        assert_eq!(
            told("a.html", &page(head, top, foot)),
            want,
            "{head} … {top} … {foot}"
        );
    }
    // The day of the visit is not the day of the article.
    let clock = "<div class='date-now'>اليوم: الخميس 20 مارس 2031</div>";
    let day = read(
        "a.html",
        &page("", "", "").replace("<body>", &format!("<body>{clock}")),
    );
    assert_eq!(day.day(), None);
    let visit = day.dates.crawled.map(|found| found.value.to_string());
    assert_eq!(visit.as_deref(), Some("2031-03-20"));
    let saved = "<!--\n Page saved with SingleFile \n url: https://almina.example/a \n saved date: Fri Mar 07 2031 10:00:00 GMT+0300\n-->";
    let page = page("", "<div class='meta'>منذ يومين</div>", "");
    assert_eq!(
        told("a.html", &format!("{saved}{page}")),
        ["almina.example", "", "2031-03-05"]
    );
}

#[test]
fn what_records_and_mails_tell() {
    let json = |fields: &str| {
        let text = serde_json::to_string(BODY).unwrap();
        format!("[{{\"title\":\"{HEAD}\",\"text\":{text},{fields}}}]")
    };
    for (fields, want) in [
        (
            "\"source\":{\"id\":null,\"name\":\"مرصد الميناء\"},\"publishedAt\":\"2031-03-05T08:00:00Z\"",
            ["مرصد الميناء", "", "2031-03-05"],
        ),
        (
            "\"source_domain\":\"almina.example\",\"date_publish\":\"2031-03-05 08:00:00\"",
            ["almina.example", "", "2031-03-05"],
        ),
        (
            "\"sitename\":\"مرصد الميناء\",\"hostname\":\"almina.example\",\"date\":\"2031-03-05\"",
            ["مرصد الميناء", "", "2031-03-05"],
        ),
        (
            "\"series\":\"مرصد الميناء\",\"date\":\"2031-03-05\"",
            ["مرصد الميناء", "", "2031-03-05"],
        ),
        (
            "\"media_name\":\"مرصد الميناء\",\"publish_date\":\"2031-03-05\"",
            ["مرصد الميناء", "", "2031-03-05"],
        ),
        ("\"source\":\"unknown\",\"date\":\"unknown\"", ["", "", ""]),
    ] {
        assert_eq!(told("a.json", &json(fields)), want, "{fields}");
    }
    // A name and the domain beside it are no contradiction.
    let both = read(
        "a.json",
        &json("\"sitename\":\"مرصد الميناء\",\"hostname\":\"almina.example\""),
    );
    assert!(both.disputed.is_empty(), "{:?}", both.disputed);
    let mail = |from: &str| {
        format!(
            "From: {from}\nTo: x@y.example\nSubject: {HEAD}\nDate: Wed, 05 Mar 2031 08:00:00 +0300\nMIME-Version: 1.0\n\
             Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{BODY}\n"
        )
    };
    assert_eq!(
        told("a.eml", &mail("news@sana.sy")),
        ["سانا", "", "2031-03-05"]
    );
    assert_eq!(
        told("a.eml", &mail("\"Samer\" <samer@almina.example>")),
        ["", "", "2031-03-05"]
    );
}

#[test]
fn a_folder_of_many_outlets_is_a_topic_and_one_of_another_spelling_contradicts_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, outlet: Option<&str>| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let site = outlet.map(|name| format!("<meta property='og:site_name' content='{name}'>"));
        fs::write(path, page(&site.unwrap_or_default(), "", "")).unwrap();
    };
    for (i, outlet) in ["مرصد الميناء", "بريد الجزيرة البعيدة", "صدى القلعة"]
        .into_iter()
        .enumerate()
    {
        write(&format!("storms/{i}.html"), Some(outlet));
        write(&format!("alqalaa/{i}.html"), Some("صحيفة القلعة"));
    }
    write("storms/9.html", None);
    write("alqalaa/9.html", None);
    let folder = super::open(dir.path(), &Watch::silent(), &|_| {}).unwrap();
    let of = |path: &str| folder.articles.iter().find(|a| a.path == path).unwrap();
    assert_eq!(of("storms/9.html").outlet_name(), None);
    assert_eq!(of("alqalaa/9.html").outlet_name(), Some("alqalaa"));
    assert!(
        folder
            .articles
            .iter()
            .all(|article| article.disputed.is_empty())
    );
}
