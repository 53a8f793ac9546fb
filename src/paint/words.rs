//! Shaping, a word at a time, remembered: half the words of a news text have been shaped before.
//!
//! Glyphs here are in units of the font size, so that one shaped word serves every size and scale.

use std::{collections::HashMap, hash::BuildHasher as _, sync::Arc};

use cosmic_text::{
    Attrs, AttrsList, CacheKeyFlags, Family, FontSystem, ShapeWord, Shaping, fontdb,
};
use unicode_script::Script;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    Face, Weight,
    cache::Cache,
    fonts::add_system_face,
    source::is_invisible,
    system::{Seeker, is_emoji},
};

/// One glyph of a word; lengths are in units of the font size.
#[derive(Clone, Copy, Debug)]
pub struct WordGlyph {
    pub font: fontdb::ID,
    pub weight: fontdb::Weight,
    pub flags: CacheKeyFlags,
    pub id: u16,
    /// Pen position at the word's left edge = 0, offsets included.
    pub x: f32,
    /// Upwards from the baseline.
    pub y: f32,
    /// Bytes of the word that this glyph draws: a whole ligature where it is one.
    pub start: u32,
    pub end: u32,
}

/// A grapheme of a word and where it stands. Ligatures are divided evenly among theirs.
#[derive(Clone, Copy, Debug)]
pub struct WordCluster {
    pub start: u32,
    pub end: u32,
    pub x: f32,
    pub w: f32,
}

/// A shaped word. Clusters stand in visual order, left to right, and tile the word's bytes.
#[derive(Debug, Default)]
pub struct Word {
    pub glyphs: Vec<WordGlyph>,
    pub clusters: Vec<WordCluster>,
    pub width: f32,
}

/// Heights of a face in units of the font size.
#[derive(Clone, Copy, Debug)]
pub struct FaceMetrics {
    pub ascent: f32,
    pub descent: f32,
}

/// The letters that digits and marks stand among. Faces have full stops of several kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Around {
    Arabic,
    Latin,
    Other,
}

impl Around {
    pub fn of(script: Script) -> Self {
        match script {
            Script::Arabic => Self::Arabic,
            Script::Latin => Self::Latin,
            _ => Self::Other,
        }
    }
}

#[derive(PartialEq, Eq, Hash, Clone)]
struct Key {
    text: Box<str>,
    face: Face,
    weight: Weight,
    rtl: bool,
    around: Around,
}

/// Shapes words and remembers them.
pub struct Words {
    pub fonts: FontSystem,
    pub seeker: Seeker,
    hasher: foldhash::fast::FixedState,
    shaped: Cache<(Key, Arc<Word>)>,
    metrics: HashMap<(Face, Weight), FaceMetrics, foldhash::fast::FixedState>,
}

/// Words kept for certain, and up to as many again: about 30 MB in all.
const KEPT: usize = 20_000;

impl Words {
    pub fn new() -> Self {
        Self {
            fonts: super::fonts::font_system(),
            seeker: Seeker::default(),
            hasher: foldhash::fast::FixedState::default(),
            shaped: Cache::new(KEPT),
            metrics: HashMap::default(),
        }
    }

    /// As [`shape_in`](Self::shape_in), for text with letters of its own.
    pub fn shape(&mut self, text: &str, face: Face, weight: Weight, rtl: bool) -> Arc<Word> {
        self.shape_in(text, face, weight, rtl, Around::Other)
    }

    /// Shapes `text`, which must lie within one level run and one break opportunity. Digits and marks are
    /// shaped as part of the letters that they stand among.
    pub fn shape_in(
        &mut self,
        text: &str,
        face: Face,
        weight: Weight,
        rtl: bool,
        around: Around,
    ) -> Arc<Word> {
        let setting = (face, weight, rtl, around);
        let hash = self.hasher.hash_one((text, setting));
        let known = self.shaped.get(hash, |(key, _)| {
            &*key.text == text && (key.face, key.weight, key.rtl, key.around) == setting
        });
        if let Some((_, word)) = known {
            return Arc::clone(word);
        }
        let word = Arc::new(self.shape_new(text, face, weight, rtl, around));
        let key = Key {
            text: text.into(),
            face,
            weight,
            rtl,
            around,
        };
        self.shaped.insert(hash, (key, Arc::clone(&word)));
        word
    }

    /// To be called once a frame.
    pub fn tidy(&mut self) {
        self.shaped.tidy();
    }

    /// Takes faces that the seeker found, and forgets the words that lacked them; true where any came.
    pub fn take_found(&mut self) -> bool {
        let found = self.seeker.found();
        for face in &found {
            add_system_face(&mut self.fonts, face);
        }
        if !found.is_empty() {
            self.shaped.retain(|(key, word)| {
                word.glyphs.iter().all(|g| g.id != 0) && !key.text.contains(is_emoji)
            });
        }
        !found.is_empty()
    }

    fn note_missing(&mut self, text: &str, shaped: &ShapeWord) {
        if !self.seeker.on {
            return;
        }
        // Emoji are asked for even where another face draws them in black.
        self.seeker.lacks(text.chars().filter(|c| is_emoji(*c)));
        for glyph in shaped.glyphs.iter().filter(|g| g.glyph_id == 0) {
            self.seeker.lacks(text[glyph.start..glyph.end].chars());
        }
    }

    /// Ascent and descent of a face, the same for every line set in it.
    pub fn metrics(&mut self, face: Face, weight: Weight) -> FaceMetrics {
        if let Some(metrics) = self.metrics.get(&(face, weight)) {
            return *metrics;
        }
        let word = self.cosmic("ا", face, weight, true);
        let metrics = word.glyphs.first().map_or(
            FaceMetrics {
                ascent: 1.0,
                descent: 0.4,
            },
            |glyph| FaceMetrics {
                ascent: glyph.ascent,
                descent: glyph.descent,
            },
        );
        self.metrics.insert((face, weight), metrics);
        metrics
    }

    fn cosmic(&mut self, text: &str, face: Face, weight: Weight, rtl: bool) -> ShapeWord {
        let attrs = Attrs::new()
            .family(Family::Name(face.name()))
            .weight(weight.css());
        let level = if rtl {
            unicode_bidi::Level::rtl()
        } else {
            unicode_bidi::Level::ltr()
        };
        ShapeWord::new(
            &mut self.fonts,
            text,
            &AttrsList::new(&attrs),
            0..text.len(),
            level,
            false,
            Shaping::Advanced,
        )
    }

    /// Shapes text of no script as if it followed `lead`: the shaper goes by the first letter.
    fn led(&mut self, lead: char, text: &str, face: Face, weight: Weight, rtl: bool) -> ShapeWord {
        let length = lead.len_utf8();
        let mut shaped = self.cosmic(&format!("{lead}{text}"), face, weight, rtl);
        shaped.glyphs.retain(|glyph| glyph.end > length);
        for glyph in &mut shaped.glyphs {
            glyph.start = glyph.start.saturating_sub(length);
            glyph.end -= length;
        }
        shaped
    }

    fn shape_new(
        &mut self,
        text: &str,
        face: Face,
        weight: Weight,
        rtl: bool,
        around: Around,
    ) -> Word {
        if text == "\t" {
            let space = self.shape(" ", face, weight, rtl).width;
            return blank(text, space * 4.0);
        }
        // What has no ink is kept from the shaper, which would look through every font for it.
        let (drawn, origin) = drawn(text);
        let drawn = drawn.as_deref().unwrap_or(text);
        if drawn.is_empty() {
            return blank(text, 0.0);
        }
        let source = |at: usize| origin.as_ref().map_or(at, |map| map[at]);
        let shaped = match around {
            // An Arabic letter mark is never drawn.
            Around::Arabic => self.led('\u{61C}', drawn, face, weight, rtl),
            // Latin has no such mark. What its letter does to the spacing falls to the letter.
            Around::Latin => self.led('n', drawn, face, weight, rtl),
            Around::Other => self.cosmic(drawn, face, weight, rtl),
        };
        self.note_missing(drawn, &shaped);

        let mut starts: Vec<usize> = shaped.glyphs.iter().map(|g| g.start).collect();
        starts.push(0);
        starts.sort_unstable();
        starts.dedup();
        let end_of = |start: usize| {
            let next = starts.partition_point(|s| *s <= start);
            starts.get(next).copied().unwrap_or(drawn.len())
        };
        // The first cluster takes what is invisible before it, each the invisible after it.
        let byte = |at: usize| if at == 0 { 0 } else { source(at) as u32 };

        let mut word = Word::default();
        let mut pen = 0.0_f32;
        let mut spans: Vec<(usize, f32, f32)> = Vec::new();
        for glyph in &shaped.glyphs {
            let (start, end) = (glyph.start, end_of(glyph.start));
            word.glyphs.push(WordGlyph {
                font: glyph.font_id,
                weight: glyph.font_weight,
                flags: glyph.cache_key_flags,
                id: glyph.glyph_id,
                x: pen + glyph.x_offset,
                y: glyph.y_offset,
                start: byte(start),
                end: byte(end),
            });
            match spans.iter_mut().find(|(s, ..)| *s == start) {
                Some((_, x, right)) => {
                    *x = x.min(pen);
                    *right = right.max(pen + glyph.x_advance);
                }
                None => spans.push((start, pen, pen + glyph.x_advance)),
            }
            pen += glyph.x_advance;
        }
        word.width = pen;
        if !spans.iter().any(|(start, ..)| *start == 0) {
            // Bytes before the first glyph's cluster: give them a place without width at the start edge.
            let x = if rtl { pen } else { 0.0 };
            spans.push((0, x, x));
        }
        for (start, left, right) in spans {
            let end = end_of(start);
            divide(&drawn[start..end], left, right, rtl, |a, b, x, w| {
                word.clusters.push(WordCluster {
                    start: byte(start + a),
                    end: byte(start + b),
                    x,
                    w,
                });
            });
        }
        word.clusters
            .sort_by(|a, b| a.x.total_cmp(&b.x).then(order(a.start, b.start, rtl)));
        word
    }
}

fn order(a: u32, b: u32, rtl: bool) -> std::cmp::Ordering {
    if rtl { b.cmp(&a) } else { a.cmp(&b) }
}

/// Divides the room of a cluster evenly among its graphemes; calls `place` with bytes and room of each.
fn divide(
    cluster: &str,
    left: f32,
    right: f32,
    rtl: bool,
    mut place: impl FnMut(usize, usize, f32, f32),
) {
    let count = cluster.graphemes(true).count().max(1);
    let width = (right - left) / count as f32;
    if count == 1 {
        return place(0, cluster.len(), left, width);
    }
    for (nth, (at, grapheme)) in cluster.grapheme_indices(true).enumerate() {
        let column = if rtl { count - 1 - nth } else { nth };
        let x = left + width * column as f32;
        place(at, at + grapheme.len(), x, width);
    }
}

fn blank(text: &str, width: f32) -> Word {
    Word {
        glyphs: Vec::new(),
        clusters: vec![WordCluster {
            start: 0,
            end: text.len() as u32,
            x: 0.0,
            w: width,
        }],
        width,
    }
}

/// `text` without its invisible characters and, for each byte of the result and its end, where it came
/// from; `None` where nothing has to go.
fn drawn(text: &str) -> (Option<String>, Option<Vec<usize>>) {
    if !text.contains(is_invisible) {
        return (None, None);
    }
    let (mut kept, mut origin) = (String::with_capacity(text.len()), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| !is_invisible(*c)) {
        kept.push(c);
        origin.extend(at..at + c.len_utf8());
    }
    origin.push(text.len());
    (Some(kept), Some(origin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tiles(word: &Word, text: &str) {
        let mut clusters: Vec<_> = word.clusters.iter().map(|c| (c.start, c.end)).collect();
        clusters.sort_unstable();
        let mut at = 0;
        for (start, end) in clusters {
            assert_eq!(start, at, "{text:?} {:?}", word.clusters);
            assert!(text.is_char_boundary(start as usize), "{text:?}");
            at = end;
        }
        assert_eq!(at as usize, text.len(), "{text:?} {:?}", word.clusters);
    }

    #[test]
    fn a_ligature_is_one_glyph_and_two_clusters() {
        let mut words = Words::new();
        let word = words.shape("لا", Face::Sans, Weight::Regular, true);
        assert_eq!(word.glyphs.len(), 1);
        assert_eq!(word.clusters.len(), 2);
        // Right to left: the lam stands at the right.
        assert_eq!((word.clusters[1].start, word.clusters[1].end), (0, 2));
        assert!((word.clusters[0].w - word.width / 2.0).abs() < 1e-4);
    }

    #[test]
    fn invisible_characters_take_no_room() {
        let mut words = Words::new();
        let plain = words.shape("سلام", Face::Naskh, Weight::Regular, true);
        let marked_text = "\u{200F}سل\u{200E}ام\u{FEFF}";
        let marked = words.shape(marked_text, Face::Naskh, Weight::Regular, true);
        assert_eq!(plain.width, marked.width);
        tiles(&marked, marked_text);
    }

    #[test]
    fn a_full_stop_is_that_of_the_letters_around_it() {
        let mut words = Words::new();
        let mut stop = |text: &str, face, around| {
            let word = words.shape_in(text, face, Weight::Regular, false, around);
            tiles(&word, text);
            assert_eq!(word.glyphs.len(), text.chars().count());
            word.glyphs.iter().max_by_key(|g| g.start).unwrap().id
        };
        let (book, news) = (Face::Classical, Face::Naskh);
        let in_arabic = stop("نص.", book, Around::Other);
        assert_eq!(stop("2031.", book, Around::Arabic), in_arabic);
        assert_ne!(stop("2031.", book, Around::Latin), in_arabic);
        // The news naskh has a stop of its own for Latin, and no Latin letters.
        let in_arabic = stop("نص.", news, Around::Other);
        assert_eq!(stop(".", news, Around::Arabic), in_arabic);
        assert_ne!(stop(".", news, Around::Latin), in_arabic);
    }

    #[test]
    fn a_word_shaped_twice_is_shaped_once() {
        let mut words = Words::new();
        let first = words.shape("خبر", Face::Sans, Weight::Regular, true);
        let second = words.shape("خبر", Face::Sans, Weight::Regular, true);
        assert!(Arc::ptr_eq(&first, &second));
        let bold = words.shape("خبر", Face::Sans, Weight::Bold, true);
        assert_ne!(first.glyphs[0].font, bold.glyphs[0].font);
    }

    #[test]
    fn naskh_borrows_what_it_lacks() {
        let mut words = Words::new();
        for text in ["(قال)", "%12", "«BBC»", "—", "•", "✓", "→"] {
            let word = words.shape(text, Face::Naskh, Weight::Bold, true);
            assert!(word.glyphs.iter().all(|g| g.id != 0), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn clusters_tile_any_word(text in "\\PC{1,12}|[اأبلمن\u{64B}-\u{652}ـ\u{200C}-\u{200F}a-z0-9]{1,12}", rtl: bool) {
            let mut words = Words::new();
            let word = words.shape(&text, Face::Sans, Weight::Regular, rtl);
            tiles(&word, &text);
        }
    }
}
