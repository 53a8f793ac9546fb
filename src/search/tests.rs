//! Queries against a handful of articles.

use std::collections::BTreeMap;

use super::*;
use crate::article::{Found, Furniture, FurnitureReason, Place, Span};
use crate::work::Watch;

fn found<T>(value: T) -> Option<Found<T>> {
    Some(Found::new(value, "", Place::Folder))
}

fn index() -> SearchIndex {
    let mut first = Article::bare("a.txt", "أعلنت إدارة الميناء إضراب العمّال يوم الأحد");
    first.outlet = found("صدى المرفأ".to_owned());
    first.dates.published = found(jiff::civil::date(2031, 3, 5));
    let second = Article::bare("b.txt", "انتهى اضراب عمال الميناء بعد ثلاثة أيام");
    let mut third = Article::bare("c.txt", "الرئيسية | إضراب\nالسد يمتلئ بعد الأمطار");
    let menu = Span::new(0, third.text.find('\n').unwrap());
    third.furniture.push(Furniture {
        span: menu,
        reason: FurnitureReason::Navigation,
    });
    let articles: Vec<_> = [first, second, third].into_iter().map(Arc::new).collect();
    SearchIndex::build(&articles, &Watch::silent()).unwrap()
}

fn sorted(index: &SearchIndex, query: &str) -> Option<Vec<u32>> {
    let mut hits = index.find(query, Forms::Typed).unwrap()?.articles;
    hits.sort();
    Some(hits)
}

#[test]
fn a_query_finds_every_spelling_but_no_page_furniture() {
    let index = index();
    assert_eq!(sorted(&index, "إضراب "), Some(vec![0, 1]));
    assert_eq!(sorted(&index, "اضراب العمال "), Some(vec![0]));
    assert_eq!(sorted(&index, "الرئيسية "), Some(vec![]));
}

#[test]
fn phrases_prefixes_exclusion_and_fields() {
    let index = index();
    assert_eq!(sorted(&index, "«اضراب عمال»"), Some(vec![1]));
    // Quoted, only this spelling answers.
    assert_eq!(sorted(&index, "«إضراب عمال»"), Some(vec![]));
    assert_eq!(sorted(&index, "الميناء -«إضراب»"), Some(vec![1]));
    assert_eq!(sorted(&index, "المين"), Some(vec![0, 1]));
    assert_eq!(sorted(&index, "بعد -الميناء "), Some(vec![2]));
    assert_eq!(sorted(&index, "-الميناء "), Some(vec![2]));
    assert_eq!(sorted(&index, "outlet:صدى"), Some(vec![0]));
    assert_eq!(sorted(&index, "outlet:«صدى المرفأ» الميناء"), Some(vec![0]));
    assert_eq!(sorted(&index, "date:2031-03"), Some(vec![0]));
    assert_eq!(sorted(&index, "date:2030"), Some(vec![]));
    assert_eq!(sorted(&index, "date:soon"), Some(vec![]));
    assert_eq!(index.find(" … ", Forms::All).unwrap(), None);
}

#[test]
fn forms_are_found_unless_only_what_was_typed_is_wanted() {
    let index = index();
    let both = |query: &str, forms| {
        let mut answer = index.find(query, forms).unwrap().unwrap();
        answer.articles.sort();
        answer.articles
    };
    assert_eq!(both("عامل ", Forms::All), [0, 1]);
    assert_eq!(both("عمال ", Forms::Typed), [1]);
    assert_eq!(both("مطر ", Forms::Typed), [0_u32; 0]);
    // Unfinished, behind an article.
    assert_eq!(both("مين", Forms::All), [0, 1]);
    let answer = index.find("سد ", Forms::All).unwrap().unwrap();
    let marks = answer.sought.marks(&index.articles[2]);
    let marked: Vec<&str> = marks
        .iter()
        .map(|span| span.of(&index.articles[2].text))
        .collect();
    assert_eq!(marked, ["السد"]);
}

#[test]
fn carriers_of_a_text_come_first() {
    let index = index();
    let likely = index
        .likely_carriers("انتهى إضراب عمال ميناء بعد أيام ثلاثة", 2)
        .unwrap();
    assert_eq!(likely[0], 1);
    assert_eq!(index.likely_carriers("لا شيء مشترك", 5).unwrap(), [0_u32; 0]);
}

#[test]
fn a_stopped_build_ends() {
    let stop = crate::work::Stop::default();
    stop.stop();
    let articles = [Arc::new(Article::bare("a.txt", "نص"))];
    let built = SearchIndex::build(&articles, &Watch::new(stop, |_| {}));
    assert!(matches!(built, Err(SearchError::Stopped(_))));
}

#[test]
fn months_answer_under_all_their_names() {
    let texts = [
        "اجتمعوا في يناير الماضي",
        "عقد في كانون الثاني",
        "ولد في كانون الأول",
    ];
    let articles: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| Arc::new(Article::bare(&format!("{at}.txt"), text)))
        .collect();
    let index = SearchIndex::build(&articles, &Watch::silent()).unwrap();
    let hits = |query: &str, forms| {
        let mut answer = index.find(query, forms).unwrap().unwrap();
        answer.articles.sort();
        answer
    };
    assert_eq!(hits("يناير", Forms::All).articles, [0, 1]);
    assert_eq!(hits("كانون الثاني", Forms::All).articles, [0, 1]);
    assert_eq!(hits("كانون الثاني", Forms::Typed).articles, [1]);
    let sought = hits("يناير", Forms::All).sought;
    let marks = sought.marks(&articles[1]);
    assert_eq!(marks[0].of(&articles[1].text), "كانون الثاني");
}

#[test]
fn a_kept_index_is_brought_up_to_date() {
    let article = |path: &str, text: &str| Arc::new(Article::bare(path, text));
    let mut articles: Vec<_> = (0..40)
        .map(|at| {
            article(
                &format!("{at:02}.txt"),
                &format!("قارب رقم {at} في الميناء"),
            )
        })
        .collect();
    let silent = Watch::silent();
    let first = SearchIndex::build(&articles, &silent).unwrap();
    let kept = first.files(&Default::default()).unwrap();
    let (same, changed) =
        SearchIndex::restore(kept.clone().into_iter(), &articles, &silent).unwrap();
    assert!(!changed);
    assert_eq!(sorted(&same, "17 "), Some(vec![17]));

    // One goes, one comes in front of all, one changes: the others move.
    articles.remove(5);
    articles[20] = article("21.txt", "سفينة رقم 21 في الميناء");
    articles.insert(0, article("00-a.txt", "زورق جديد"));
    let (next, changed) =
        SearchIndex::restore(kept.clone().into_iter(), &articles, &silent).unwrap();
    assert!(changed);
    let fresh = SearchIndex::build(&articles, &silent).unwrap();
    for query in ["زورق ", "سفينة ", "17 ", "5 ", "21 ", "الميناء ", "قارب "] {
        assert_eq!(sorted(&next, query), sorted(&fresh, query), "{query}");
    }
    assert_eq!(sorted(&next, "الميناء ").map(|hits| hits.len()), Some(39));
    // Only what is new has to be kept beside what is.
    let known = first.file_names();
    let new = next.files(&known).unwrap();
    assert!(
        new.iter()
            .all(|file| IndexFile::changes(&file.name) || !known.contains(&file.name))
    );
    let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for file in kept.iter().chain(&new) {
        all.insert(file.name.clone(), file.content.clone());
    }
    all.retain(|name, _| next.file_names().contains(name));
    let again = all
        .into_iter()
        .map(|(name, content)| IndexFile { name, content });
    let (again, changed) = SearchIndex::restore(again, &articles, &silent).unwrap();
    assert!(!changed);
    assert_eq!(sorted(&again, "سفينة "), Some(vec![21]));

    // What is no index is made anew.
    let half = kept.into_iter().take(2);
    let (anew, changed) = SearchIndex::restore(half, &articles, &silent).unwrap();
    assert!(changed);
    assert_eq!(sorted(&anew, "زورق "), Some(vec![0]));
}
