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

/// The alignment of a passage, made piece by piece: that of a book takes longer than a frame.
#[derive(Clone, Debug)]
pub struct Alignment {
    /// For each side, where edits begin, ascending, each with the farthest end of those so far.
    named: [Vec<(u32, u32)>; 2],
    /// Where pieces begin on both sides, and where the last one ends.
    cuts: Vec<[u32; 2]>,
    /// Pieces that are done.
    done: usize,
    /// Lines that are edits.
    edits: usize,
    lines: Vec<Aligned>,
}

impl Alignment {
    pub fn new(passage: &Shared) -> Self {
        let named = [FIRST, SECOND].map(|side| {
            let spans = passage.edits.iter().map(|edit| edit.spans[side]);
            let mut named: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
            named.sort_unstable();
            // Edits may lie in one another; the end reached so far says whether a word is free of all before it.
            let mut reached = 0;
            let upto = named.iter().map(|span| {
                reached = reached.max(span.end);
                (span.start, reached)
            });
            upto.collect()
        });
        let mut cuts = vec![passage.spans.map(|span| span.start)];
        cuts.extend(passage.milestones());
        cuts.push(passage.spans.map(|span| span.end));
        Self {
            named,
            cuts,
            done: 0,
            edits: 0,
            lines: Vec::new(),
        }
    }

    /// Lines so far, in the order of the first side.
    pub fn lines(&self) -> &[Aligned] {
        &self.lines
    }

    /// Lines with the same word on both sides, so far.
    pub fn same(&self) -> usize {
        self.lines.len() - self.edits
    }

    /// Share of the passage that is aligned, 0 to 1.
    pub fn share(&self) -> f32 {
        self.done as f32 / (self.cuts.len() - 1) as f32
    }

    /// Aligns up to so many `pieces` more, of some hundred words each where edits part them. `passage` is the one that
    /// this was made for, `texts` are the whole texts.
    ///
    /// Words that no edit names are equal on both sides and stand in the same order; so they pair up as they
    /// come, and what an edit names makes a line of its own.
    pub fn go_on(&mut self, passage: &Shared, texts: [&str; 2], pieces: usize) {
        let last = self.cuts.len() - 1;
        for at in self.done..last.min(self.done + pieces) {
            let from = self.lines.len();
            let (start, end) = (self.cuts[at], self.cuts[at + 1]);
            let rest = passage.edits[self.edits..].iter();
            let inside =
                rest.take_while(|edit| at + 1 == last || edit.spans[FIRST].start < end[FIRST]);
            self.lines.extend(inside.map(|edit| Aligned {
                spans: edit.spans,
                edit: Some(edit.kind),
            }));
            self.edits += self.lines.len() - from;
            let plain = [FIRST, SECOND].map(|side| {
                let span = Span {
                    start: start[side],
                    end: end[side],
                };
                words_beside(&self.named[side], span, texts[side])
            });
            paired(&plain, texts, &mut self.lines);
            self.lines[from..].sort_by_key(|line| (line.spans, line.edit));
            self.done = at + 1;
        }
    }
}

/// Pairs up words that are the same, each a line.
fn paired([xs, ys]: &[Vec<Span>; 2], texts: [&str; 2], lines: &mut Vec<Aligned>) {
    let same = |x: Span, y: Span| {
        let [x, y] = [x.of(texts[FIRST]), y.of(texts[SECOND])];
        x == y || folded(x) == folded(y)
    };
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
}

/// The words of a stretch of one side that no edit covers.
fn words_beside(named: &[(u32, u32)], span: Span, whole: &str) -> Vec<Span> {
    let from = span.start as usize;
    let mut next = named.partition_point(|(start, _)| *start < span.start);
    text::words(span.of(whole))
        .map(|word| Span::new(from + word.start, from + word.end))
        .filter(|word| {
            while named.get(next).is_some_and(|(start, _)| *start < word.end) {
                next += 1;
            }
            next == 0 || named[next - 1].1 <= word.start
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

    fn aligned(passage: &Shared, texts: [&str; 2]) -> Vec<Aligned> {
        let mut alignment = Alignment::new(passage);
        while alignment.share() < 1.0 {
            alignment.go_on(passage, texts, 1);
        }
        alignment.lines().to_vec()
    }

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
            lengths: [5, 6],
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

    #[test]
    fn a_long_passage_is_aligned_piece_by_piece_without_losing_a_word() {
        let word = |at: usize| format!("كلمة{}", at * 7919 % 10_007);
        let words: Vec<String> = (0..3_000).map(word).collect();
        let mut others = words.clone();
        let changed: Vec<usize> = (30..3_000).step_by(60).collect();
        for at in &changed {
            others[*at] = format!("غيرها{at}");
        }
        let (first, second) = (words.join(" "), others.join(" "));
        let starts = |words: &[String]| {
            let mut from = 0;
            let start = |word: &String| {
                from += word.len() as u32 + 1;
                from - word.len() as u32 - 1
            };
            words.iter().map(start).collect::<Vec<u32>>()
        };
        let places = [starts(&words), starts(&others)];
        let span = |side: usize, words: &[String], at: usize| {
            let from = places[side][at] as usize;
            Span::new(from, from + words[at].len())
        };
        let passage = Shared {
            spans: [Span::new(0, first.len()), Span::new(0, second.len())],
            kind: PassageKind::Copy,
            words: 3_000,
            lengths: [3_000; 2],
            similarity: 0.98,
            edits: changed
                .iter()
                .map(|at| SharedEdit {
                    kind: EditKind::Reworded,
                    spans: [span(FIRST, &words, *at), span(SECOND, &others, *at)],
                    letters: None,
                })
                .collect(),
        };
        let milestones = passage.milestones();
        assert!(milestones.len() > 5);
        for [x, y] in &milestones {
            let at = places[FIRST].binary_search(x).unwrap();
            assert_eq!(places[SECOND][at], *y);
        }
        let mut alignment = Alignment::new(&passage);
        alignment.go_on(&passage, [&first, &second], 2);
        assert!(0.0 < alignment.share() && alignment.share() < 0.5);
        alignment.go_on(&passage, [&first, &second], usize::MAX / 2);
        assert_eq!(
            (alignment.share(), alignment.same()),
            (1.0, 3_000 - changed.len())
        );
        let firsts: Vec<u32> = alignment
            .lines()
            .iter()
            .map(|line| line.spans[FIRST].start)
            .collect();
        assert_eq!(firsts, places[FIRST]);
    }
}
