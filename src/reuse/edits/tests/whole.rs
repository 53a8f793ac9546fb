//! What is promised of the edits of any passage: they lie in it, each tells of a difference, and no word is different
//! that none of them tells of.

use std::collections::HashSet;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::reuse::{Findings, Passage, Side};
use crate::text::{fold_word, words};

/// The edits of two texts laid against each other as told: what is joined in place, and what only stands elsewhere.
fn named(
    [one, other]: [&str; 2],
    [a, b]: [Range<usize>; 2],
    in_place: &[(usize, usize)],
    strays: &[(usize, usize)],
) -> Vec<(EditKind, Span, Span)> {
    let articles = [article("a", one), article("b", other)];
    let corpus = Corpus::new(&articles, &Settings::default(), &Watch::silent()).unwrap();
    let joins = |joins: &[(usize, usize)], moved| -> Vec<Join> {
        let join = |(i, j): &(usize, usize)| Join::new(*i, *j, moved);
        joins.iter().map(join).collect()
    };
    let laid = Laid {
        a,
        b,
        score: 0.0,
        joins: joins(in_place, false),
    };
    let places = [0, 1].map(|unit| corpus.units[unit].places());
    let source = |at: usize| Source {
        text: &articles[at].text,
        words: &corpus.units[at].words,
        places: &places[at],
        framing: &[],
        written: None,
    };
    let strays = joins(strays, true);
    let naming = Naming::new(source(0), source(1), &laid, &strays, &corpus.chance);
    let parts = naming.parts(usize::MAX).map(|part| naming.part(part));
    let edits = naming.all(parts).into_iter();
    edits.map(|edit| (edit.kind, edit.a, edit.b)).collect()
}

#[test]
fn words_that_stand_opposite_themselves_are_no_edit() {
    // Each بحار has found the other one; and nothing has joined the number.
    let text = "روى بحار عن بحار قديم";
    let strays = [(1, 3), (3, 1)];
    let in_place = [(0, 0), (2, 2), (4, 4)];
    assert_eq!(named([text; 2], [0..5, 0..5], &in_place, &strays), []);
    let text = "روى بحار 15 حكاية";
    let in_place = [(0, 0), (1, 1), (3, 3)];
    assert_eq!(named([text; 2], [0..4, 0..4], &in_place, &[]), []);
}

#[test]
fn the_place_of_what_one_side_has_not_lies_in_the_passage() {
    // Both end with the name; one has a word more, and the other goes on outside.
    let (a, b) = ("زار القرية جوتيريش خلسة", "زار القرية غوتيريش ثم عاد");
    let found = named([a, b], [0..4, 0..3], &[(0, 0), (1, 1)], &[]);
    let end = "زار القرية غوتيريش".len();
    let word = |text: &str, word: &str| {
        let start = text.find(word).unwrap();
        Span::new(start, start + word.len())
    };
    let name = (EditKind::Spelling, word(a, "جوتيريش"), word(b, "غوتيريش"));
    let more = (EditKind::Deleted, word(a, "خلسة"), Span::new(end, end));
    assert_eq!(found, [name, more]);
}

#[test]
fn a_conjunction_before_a_first_word_that_was_thought_to_stand_elsewhere_is_told() {
    let (a, b) = ("نشرت البلدية خريطة", "ونشرت البلدية خريطة");
    let in_place = [(1, 1), (2, 2)];
    let found = named([a, b], [0..3, 0..3], &in_place, &[(0, 0)]);
    let first = |word: &str| Span::new(0, word.len());
    let edit = (EditKind::Reworded, first("نشرت"), first("ونشرت"));
    assert_eq!(found, [edit]);
}

/// What an editor, a program or a keyboard puts into a text, or between two words of it. No new lines: a line of a date
/// is each article's own, and no edit tells of it.
const ODD: [&str; 32] = [
    "\u{200F}",
    "\u{202E}",
    "\u{200B}",
    "«",
    "»",
    "(",
    ").",
    "،",
    "…",
    "–",
    "و",
    "12",
    "٣٫٥",
    "1,250",
    "%15",
    "15 %",
    "3-1",
    "12/5/2030",
    "4:20",
    "أمس",
    "اليوم",
    "الماضي",
    "الاثنين",
    "خمسة",
    "وعشرين",
    "مليون",
    "الرابعة",
    "و20",
    "دقيقة",
    "أول",
    "بحسب البيان",
    "جوتيريش",
];

/// A text, and what is done to it: where, with which odd piece, and how.
type Told = (Vec<u16>, Vec<(prop::sample::Index, usize, u8)>);

fn told() -> impl Strategy<Value = [String; 2]> {
    let edits = || {
        let edit = (any::<prop::sample::Index>(), 0..ODD.len(), 0_u8..8);
        prop::collection::vec(edit, 0..14)
    };
    let text = |(seeds, edits): Told| {
        let invented = invented(&seeds);
        let mut words: Vec<String> = invented.split(' ').map(str::to_owned).collect();
        for (at, odd, how) in edits {
            let at = at.index(words.len());
            match how {
                0 => words[at] = ODD[odd].to_owned(),
                1 => words.insert(at, ODD[odd].to_owned()),
                2 => words[at].insert_str(0, ODD[odd]),
                3 => words[at].push_str(ODD[odd]),
                4 if words.len() > 1 => drop(words.remove(at)),
                5 => words.insert(at, words[at].clone()),
                6 => words[at].insert(0, 'و'),
                _ => words.rotate_left(at % 7),
            }
        }
        words.join(" ")
    };
    (
        prop::collection::vec(any::<u16>(), 14..70),
        edits(),
        edits(),
    )
        .prop_map(move |(seeds, one, other)| [(seeds.clone(), one), (seeds, other)].map(text))
}

fn passages(names: [&str; 2], [one, other]: &[String; 2]) -> Findings {
    find(&[article(names[0], one), article(names[1], other)])
}

/// The words of a passage that no edit tells of, as they are seen; none of a conjunction that stands alone.
fn untold(text: &str, side: Side, edits: impl Iterator<Item = Span>) -> Vec<String> {
    let edits: Vec<Span> = edits.collect();
    let base = side.span.start as usize;
    let passage = side.span.of(text);
    words(passage)
        .filter(|word| {
            let span = Span::new(base + word.start, base + word.end);
            let mut folded = String::new();
            fold_word(&passage[word.clone()], &mut folded);
            folded != "و" && !edits.iter().any(|edit| edit.overlaps(span))
        })
        .map(|word| {
            passage[word]
                .chars()
                .filter(|c| !is_invisible(*c))
                .nfc()
                .collect()
        })
        .collect()
}

/// A passage as it is seen from the other side.
fn mirrored(passage: &Passage) -> (Side, Side, HashSet<(EditKind, [u32; 4])>) {
    let edit = |edit: &Edit| {
        let kind = match edit.kind {
            EditKind::Inserted => EditKind::Deleted,
            EditKind::Deleted => EditKind::Inserted,
            kind => kind,
        };
        (kind, [edit.b.start, edit.b.end, edit.a.start, edit.a.end])
    };
    (
        passage.b,
        passage.a,
        passage.edits.iter().map(edit).collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn edits_tell_of_every_difference_and_of_nothing_else(texts in told()) {
        let found = passages(["a", "b"], &texts);
        for passage in &found.passages {
            for edit in &passage.edits {
                for (span, side) in [(edit.a, passage.a), (edit.b, passage.b)] {
                    prop_assert!(side.span.start <= span.start && span.end <= side.span.end, "{edit:?}");
                }
                let same = edit.a.of(&texts[0]) == edit.b.of(&texts[1]);
                prop_assert!(!same || edit.kind == EditKind::Moved, "{edit:?} {texts:?}");
            }
            let in_a = untold(&texts[0], passage.a, passage.edits.iter().map(|edit| edit.a));
            let in_b = untold(&texts[1], passage.b, passage.edits.iter().map(|edit| edit.b));
            prop_assert_eq!(in_a, in_b);
        }
    }

    #[test]
    fn edits_do_not_depend_on_which_article_is_named_first(texts in told()) {
        let (there, back) = (passages(["a", "b"], &texts), passages(["b", "a"], &texts));
        prop_assert_eq!(there.passages.len(), back.passages.len());
        for (passage, turned) in there.passages.iter().zip(&back.passages) {
            // The first text is always article 0, but not always in front.
            let (a, b, edits) = mirrored(turned);
            prop_assert_eq!((passage.a.article, passage.b.article), (a.article, b.article));
            prop_assert_eq!((passage.a.span, passage.b.span), (a.span, b.span));
            let told: HashSet<_> = passage
                .edits
                .iter()
                .map(|edit| (edit.kind, [edit.a.start, edit.a.end, edit.b.start, edit.b.end]))
                .collect();
            prop_assert_eq!(told, edits);
        }
    }
}
