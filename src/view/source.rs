//! One article as it came and as it is compared: the raw text, and beside it what folding and page
//! furniture left of it.

use std::ops::Range;

use crate::article::{Article, Furniture, Span};
use crate::text::{self, Folded};

/// The two texts, and how positions lead from one to the other.
pub struct Source {
    /// What is compared: the folded body, its stretches set apart by blank lines.
    pub compared: String,
    /// Stretches of the body in the order of the text.
    parts: Vec<Part>,
    /// Raw letters that folding wrote otherwise or took away.
    pub changed: Vec<Span>,
    /// Raw letters that folding took away altogether: diacritics, tatweel, invisible marks.
    pub removed: usize,
    /// Words of page furniture.
    pub furniture_words: usize,
}

struct Part {
    raw: Span,
    /// Bytes of [`Source::compared`].
    at: Range<usize>,
    folded: Folded,
}

impl Source {
    /// Walks the whole text; a million characters take some tens of milliseconds.
    pub fn new(article: &Article) -> Self {
        let mut compared = String::with_capacity(article.text.len());
        let mut parts = Vec::new();
        let (mut changed, mut removed) = (Vec::new(), 0);
        for raw in article.body() {
            let part = raw.of(&article.text);
            if part.trim().is_empty() {
                continue;
            }
            if !compared.is_empty() {
                compared.push_str("\n\n");
            }
            let folded = text::fold(part);
            let from = compared.len();
            compared.push_str(folded.text());
            removed += note_changes(part, raw.start, &mut changed);
            parts.push(Part {
                raw,
                at: from..compared.len(),
                folded,
            });
        }
        let words = |f: &Furniture| text::words(f.span.of(&article.text)).count();
        Self {
            compared,
            parts,
            changed,
            removed,
            furniture_words: article.furniture.iter().map(words).sum(),
        }
    }

    /// Where a byte of the raw text stands in the compared one; inside page furniture, where it was left
    /// out.
    pub fn to_compared(&self, raw: usize) -> usize {
        let next = self.parts.partition_point(|p| (p.raw.end as usize) <= raw);
        let Some(part) = self.parts.get(next) else {
            return self.compared.len();
        };
        let local = raw.saturating_sub(part.raw.start as usize);
        // The folded bytes' sources ascend: the first that lies at the byte or behind it.
        let (mut low, mut high) = (0, part.at.len());
        while low < high {
            let middle = (low + high) / 2;
            let end = part.folded.source(middle..middle + 1).end;
            if end <= local {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut at = part.at.start + low;
        while !self.compared.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Where a byte of the compared text came from.
    pub fn to_raw(&self, compared: usize) -> usize {
        let next = self.parts.partition_point(|p| p.at.end <= compared);
        let Some(part) = self.parts.get(next) else {
            return self.parts.last().map_or(0, |part| part.raw.end as usize);
        };
        let local = compared.saturating_sub(part.at.start);
        part.raw.start as usize + part.folded.source(local..local + 1).start
    }
}

/// Adds what folding does to each letter of `part`; returns how many it takes away.
fn note_changes(part: &str, from: u32, changed: &mut Vec<Span>) -> usize {
    let (mut removed, mut out, mut letter) = (0, String::new(), [0; 4]);
    for (at, c) in part.char_indices() {
        let plain = c == ' ' || c == '\n' || c.is_ascii_lowercase() || c.is_ascii_digit();
        if plain {
            continue;
        }
        let own: &str = c.encode_utf8(&mut letter);
        text::fold_word(own, &mut out);
        if out == own {
            continue;
        }
        removed += usize::from(out.is_empty());
        let start = from + at as u32;
        let span = Span {
            start,
            end: start + own.len() as u32,
        };
        match changed.last_mut() {
            Some(last) if last.end == start => last.end = span.end,
            _ => changed.push(span),
        }
    }
    removed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::FurnitureReason;
    use proptest::prelude::*;

    fn article(text: &str, furniture: &[&str]) -> Article {
        let mut article = Article::bare("x", text);
        article.furniture = furniture
            .iter()
            .map(|part| {
                let start = text.find(part).unwrap();
                Furniture {
                    span: Span::new(start, start + part.len()),
                    reason: FurnitureReason::Navigation,
                }
            })
            .collect();
        article
    }

    #[test]
    fn furniture_is_left_out_and_spelling_folded() {
        let text = "الرئيسية | أخبار\nأُغلِقَ الميناءُ\nشارك الخبر\nإلى الغد";
        let source = Source::new(&article(text, &["الرئيسية | أخبار\n", "شارك الخبر\n"]));
        assert_eq!(source.compared, "اغلق الميناء\n\n\nالي الغد");
        assert_eq!((source.removed, source.furniture_words), (4, 4));
        let raw = text.find("إلى").unwrap();
        let compared = source.compared.find("الي").unwrap();
        assert_eq!(source.to_compared(raw), compared);
        assert_eq!(source.to_raw(compared), raw);
        // A menu leads to what follows it.
        assert_eq!(source.to_compared(3), 0);
    }

    proptest! {
        #[test]
        fn positions_lead_there_and_back(text in "[ا-يً-ْ أإآؤئةىـ\n]{0,80}") {
            let source = Source::new(&article(&text, &[]));
            let mut before = 0;
            for (at, _) in text.char_indices() {
                let compared = source.to_compared(at);
                prop_assert!(compared >= before, "backwards");
                before = compared;
            }
            for (at, _) in source.compared.char_indices() {
                let raw = source.to_raw(at);
                prop_assert!(text.is_char_boundary(raw));
                prop_assert_eq!(source.to_compared(raw), at);
            }
        }
    }
}
