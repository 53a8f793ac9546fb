//! A passage word by word: which word of one side stands for which of the other, and under what kind of
//! edit. The answer to *why is this a match?*

use super::comparison::{FIRST, SECOND, Shared};
use crate::article::Span;
use crate::reuse::EditKind;
use crate::text;

/// One line of the alignment. An empty span is a side that has nothing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aligned {
    pub spans: [Span; 2],
    /// `None` where both words are the same after folding.
    pub edit: Option<EditKind>,
}

/// Words beyond this many on a side are paired in order without looking for equals.
const LOOKED_AT: usize = 12;

/// The lines of a passage, in the order of the first side. `texts` are the whole texts.
///
/// Words that no edit names are equal on both sides and stand in the same order; so they pair up as they
/// come, and what an edit names makes a line of its own.
pub fn aligned(passage: &Shared, texts: [&str; 2]) -> Vec<Aligned> {
    let plain = [FIRST, SECOND].map(|side| words_beside_edits(passage, side, texts[side]));
    let mut lines: Vec<Aligned> = passage
        .edits
        .iter()
        .map(|edit| Aligned {
            spans: edit.spans,
            edit: Some(edit.kind),
        })
        .collect();
    let same = |x: Span, y: Span| {
        let [x, y] = [x.of(texts[FIRST]), y.of(texts[SECOND])].map(folded);
        x == y
    };
    let [xs, ys] = &plain;
    let (mut i, mut j) = (0, 0);
    while i < xs.len() && j < ys.len() {
        if !same(xs[i], ys[j]) {
            // Something is left over on one side: go on at the nearest equals.
            let nearest = (1..LOOKED_AT).find_map(|ahead| {
                (0..=ahead)
                    .flat_map(|other| [(ahead, other), (other, ahead)])
                    .find(|&(di, dj)| {
                        let pair = xs.get(i + di).zip(ys.get(j + dj));
                        pair.is_some_and(|(x, y)| same(*x, *y))
                    })
            });
            let (di, dj) = nearest.unwrap_or((1, 1));
            (i, j) = (i + di, j + dj);
            continue;
        }
        lines.push(Aligned {
            spans: [xs[i], ys[j]],
            edit: None,
        });
        (i, j) = (i + 1, j + 1);
    }
    lines.sort_by_key(|line| (line.spans, line.edit));
    lines
}

/// The words of one side that no edit covers.
fn words_beside_edits(passage: &Shared, side: usize, whole: &str) -> Vec<Span> {
    let span = passage.spans[side];
    let from = span.start as usize;
    let mut named: Vec<Span> = passage.edits.iter().map(|edit| edit.spans[side]).collect();
    named.retain(|span| !span.is_empty());
    named.sort_unstable();
    // Edits may lie in one another; the end reached so far says whether a word is free of all before it.
    let mut next = 0;
    let mut reached = 0;
    text::words(span.of(whole))
        .map(|word| Span::new(from + word.start, from + word.end))
        .filter(|word| {
            while next < named.len() && named[next].start < word.end {
                reached = reached.max(named[next].end);
                next += 1;
            }
            reached <= word.start
        })
        .collect()
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    text::fold_word(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::PassageKind;
    use crate::view::comparison::SharedEdit;

    #[test]
    fn equal_words_pair_up_and_edits_have_lines_of_their_own() {
        let (first, second) = (
            "قال الوزير اليوم إن الجسر فتح",
            "قال أمس إن الجسر الجديد فُتح",
        );
        let at = |text: &str, word: &str| {
            let start = text.find(word).unwrap();
            Span::new(start, start + word.len())
        };
        let point = |byte: u32| Span {
            start: byte,
            end: byte,
        };
        let edit = |kind, spans| SharedEdit {
            kind,
            spans,
            letters: None,
        };
        let minister = at(first, "الوزير");
        let new = at(second, "الجديد");
        let passage = Shared {
            spans: [Span::new(0, first.len()), Span::new(0, second.len())],
            kind: PassageKind::Copy,
            words: 5,
            similarity: 0.9,
            edits: vec![
                edit(EditKind::Deleted, [minister, point(6)]),
                edit(
                    EditKind::RelativeDay,
                    [at(first, "اليوم"), at(second, "أمس")],
                ),
                edit(EditKind::Inserted, [point(at(first, "الجسر").end), new]),
            ],
        };
        let lines = aligned(&passage, [first, second]);
        let read: Vec<_> = lines
            .iter()
            .map(|line| (line.spans[0].of(first), line.spans[1].of(second), line.edit))
            .collect();
        assert_eq!(
            read,
            [
                ("قال", "قال", None),
                ("الوزير", "", Some(EditKind::Deleted)),
                ("اليوم", "أمس", Some(EditKind::RelativeDay)),
                ("إن", "إن", None),
                ("الجسر", "الجسر", None),
                ("", "الجديد", Some(EditKind::Inserted)),
                ("فتح", "فُتح", None),
            ]
        );
    }

    /// Every word of either side stands in some line, and the lines that carry no edit hold words that are
    /// the same in any spelling, as detection finds them.
    #[test]
    fn every_word_of_a_found_passage_stands_in_a_line() {
        use crate::article::Article;
        use std::sync::Arc;
        let sentence = |from: usize| -> String {
            let words = [
                "أعلنت",
                "بلدية",
                "المرسى",
                "إغلاق",
                "جسر",
                "الصيادين",
                "القديم",
                "أسبوعين",
                "لإصلاح",
                "أعمدته",
                "بعد",
                "عاصفة",
                "ضربت",
                "الساحل",
                "مساء",
                "الخميس",
                "الماضي",
                "وأغرقت",
                "ثمانية",
                "قوارب",
            ];
            let turned = words.iter().cycle().skip(from).take(20);
            turned.copied().collect::<Vec<_>>().join(" ")
        };
        let first = format!(
            "{}. {}.",
            sentence(0),
            sentence(7).replace("الماضي", "«الفائت»")
        );
        let second = format!("وذكرت مصادر أن {}، {}", sentence(0), sentence(7));
        let articles = [Article::bare("a", &first), Article::bare("b", &second)].map(Arc::new);
        let findings = crate::reuse::detect(
            &articles,
            &crate::reuse::Settings::default(),
            &crate::work::Watch::silent(),
        )
        .unwrap();
        assert!(!findings.passages.is_empty());
        for passage in &findings.passages {
            let texts = [&*first, &*second];
            let shared = Shared::new(passage, passage.a.article, texts);
            let lines = aligned(&shared, texts);
            for side in [FIRST, SECOND] {
                let from = shared.spans[side].start as usize;
                for word in text::words(shared.spans[side].of(texts[side])) {
                    let at = from + word.start;
                    let held = lines.iter().any(|line| line.spans[side].contains(at));
                    assert!(held, "{}", &texts[side][at..from + word.end]);
                }
            }
            for line in lines.iter().filter(|line| line.edit.is_none()) {
                let [x, y] = [FIRST, SECOND].map(|side| folded(line.spans[side].of(texts[side])));
                assert_eq!(x, y);
            }
        }
    }
}
