//! Turns regions of words into passages of text: where they stand in the source, and what was changed.

use std::convert::Infallible;
use std::ops::Range;
use std::sync::Arc;

use super::edits::{self, Naming, Source};
use super::ends;
use super::findings::{Edit, Passage, PassageKind, Side};
use super::join::Join;
use super::lay::Laid;
use super::pair::Accepted;
use super::way::Way;
use super::words::{Corpus, Unit};
use crate::article::{Article, Span};
use crate::work::Stopped;

/// Where the words of two units stand; buffers of one thread. A long text has many passages, and its places
/// are worth reading once.
#[derive(Default)]
pub(super) struct Stand([(Option<u32>, Vec<Span>); 2]);

impl Stand {
    fn of(&mut self, corpus: &Corpus, units: [u32; 2]) -> [&[Span]; 2] {
        for ((known, places), unit) in self.0.iter_mut().zip(units) {
            if *known != Some(unit) {
                *known = Some(unit);
                corpus.units[unit as usize].places_into(places);
            }
        }
        self.0.each_ref().map(|(_, places)| &places[..])
    }
}

/// The passage that a region is. Its family is not known yet.
pub(super) fn describe(
    articles: &[Arc<Article>],
    corpus: &Corpus,
    stand: &mut Stand,
    accepted: Accepted,
) -> Passage {
    let name_edits = |a: Source, b: Source, laid: &Laid, strays: &[Join]| {
        let naming = Naming::new(a, b, laid, strays, &corpus.chance);
        Ok::<_, Infallible>(naming.all(naming.parts(usize::MAX).map(|part| naming.part(part))))
    };
    let places = stand.of(corpus, [accepted.unit_a, accepted.unit_b]);
    let Ok(passage) = describe_with(articles, corpus, places, accepted, name_edits);
    in_order(articles, passage)
}

/// The same for a long one, whose edits are named part by part.
///
/// # Errors
/// [`Stopped`] before the next part.
pub(super) fn describe_long(
    articles: &[Arc<Article>],
    corpus: &Corpus,
    accepted: Accepted,
    way: &mut Way<impl Default + Send>,
) -> Result<Passage, Stopped> {
    let units = vec![accepted.unit_a, accepted.unit_b];
    let places = way.each(units, |_, unit, _| Ok(corpus.units[unit as usize].places()))?;
    let places = [&places[0][..], &places[1]];
    let name_edits = |a: Source, b: Source, laid: &Laid, strays: &[Join]| {
        let naming = Naming::new(a, b, laid, strays, &corpus.chance);
        let parts = naming.parts(LONG).collect();
        Ok(naming.all(way.each(parts, |_, part, _| Ok(naming.part(part)))?))
    };
    let passage = describe_with(articles, corpus, places, accepted, name_edits)?;
    Ok(in_order(articles, passage))
}

/// Joined words of a passage that is long.
pub(super) const LONG: usize = 4096;

/// With the article in front whose path comes first. Only now: what was changed does not depend on names of files.
fn in_order(articles: &[Arc<Article>], passage: Passage) -> Passage {
    let path = |side: &Side| &articles[side.article as usize].path;
    match path(&passage.a) <= path(&passage.b) {
        true => passage,
        false => passage.mirrored(),
    }
}

fn describe_with<E>(
    articles: &[Arc<Article>],
    corpus: &Corpus,
    [places_a, places_b]: [&[Span]; 2],
    accepted: Accepted,
    name_edits: impl FnOnce(Source, Source, &Laid, &[Join]) -> Result<Vec<Edit>, E>,
) -> Result<Passage, E> {
    let unit = |unit: u32| &corpus.units[unit as usize];
    let (unit_a, unit_b) = (unit(accepted.unit_a), unit(accepted.unit_b));
    let Accepted { kind, laid, .. } = accepted;
    let a = source(articles, unit_a, places_a);
    let b = source(articles, unit_b, places_b);
    let kind = kind.unwrap_or(PassageKind::Reworded);
    let (laid, strays) = ends::mended(laid, kind, (a, unit_a), (b, unit_b));
    let prefixes = edits::prefixes(a, b, &laid);
    let (bare_a, bare_b) = (
        bare(a, unit_a, &laid.a, prefixes[0]),
        bare(b, unit_b, &laid.b, prefixes[1]),
    );
    let (span_a, span_b) = with_marks(bare_a, bare_b);
    let mut edits = edits::of_marks(
        (a.text, marks_before(span_a, bare_a)),
        (b.text, marks_before(span_b, bare_b)),
    );
    edits.extend(name_edits(a, b, &laid, &strays)?);
    edits.extend(edits::of_marks(
        (a.text, marks_behind(span_a, bare_a)),
        (b.text, marks_behind(span_b, bare_b)),
    ));
    // A first word without the prefix that one side puts before it is the same on both.
    let same = usize::from(prefixes != [0; 2]);
    let joins = laid.joins.iter().chain(&strays);
    let equal = joins.filter(|join| {
        a.words[join.a()] == b.words[join.b()]
            && !unit_a.is_framing(join.a())
            && !unit_b.is_framing(join.b())
    });
    let compared = [(&laid.a, unit_a), (&laid.b, unit_b)].map(|(range, unit)| unit.compared(range));
    let [shorter, longer] = [compared[0].min(compared[1]), compared[0].max(compared[1])];
    Ok(Passage {
        a: Side {
            article: unit_a.article,
            span: span_a,
        },
        b: Side {
            article: unit_b.article,
            span: span_b,
        },
        kind,
        words: shorter as u32,
        similarity: (same + equal.count()) as f32 / longer as f32,
        family: 0,
        edits,
    })
}

/// The first to the last of some words, but for a prefix of so many bytes.
fn bare<'a>(side: Source<'a>, unit: &Unit, words: &Range<usize>, prefix: u32) -> Bare<'a> {
    let mut whole = span(&side.places[words.clone()]);
    whole.start += prefix;
    (side.text, unit.body, whole)
}

fn source<'a>(articles: &'a [Arc<Article>], unit: &'a Unit, places: &'a [Span]) -> Source<'a> {
    let article = &articles[unit.article as usize];
    Source {
        text: &article.text,
        words: &unit.words,
        places,
        framing: &unit.framing,
        written: article.day(),
    }
}

/// From the first to the last of some words.
pub(super) fn span(places: &[Span]) -> Span {
    match (places.first(), places.last()) {
        (Some(first), Some(last)) => Span {
            start: first.start,
            end: last.end,
        },
        _ => Span::default(),
    }
}

/// One side of a passage: the text, the stretch of body it lies in, and its first to last word.
type Bare<'a> = (&'a str, Span, Span);

/// What a passage has before its first word, and what behind its last.
fn marks_before(whole: Span, (_, _, words): Bare) -> Span {
    Span {
        end: words.start,
        ..whole
    }
}

fn marks_behind(whole: Span, (_, _, words): Bare) -> Span {
    Span {
        start: words.end,
        ..whole
    }
}

/// Takes in the quotation marks, brackets, stops and signs of numbers at the ends, where both sides have some.
fn with_marks(a: Bare, b: Bare) -> (Span, Span) {
    const OPENING: [char; 10] = ['(', '[', '{', '«', '“', '"', '‘', '$', '€', '£'];
    const CLOSING: [char; 14] = [
        '.', '!', '?', '؟', '…', ')', ']', '}', '»', '”', '"', '’', '%', '٪',
    ];
    let before = |(text, body, span): Bare| {
        let head = text
            .get(body.start as usize..span.start as usize)
            .unwrap_or("");
        (head.len() - head.trim_end_matches(OPENING).len()) as u32
    };
    let behind = |(text, body, span): Bare| {
        let tail = text.get(span.end as usize..body.end as usize).unwrap_or("");
        (tail.len() - tail.trim_start_matches(CLOSING).len()) as u32
    };
    let both = |x: u32, y: u32| if x.min(y) > 0 { (x, y) } else { (0, 0) };
    let heads = both(before(a), before(b));
    let tails = both(behind(a), behind(b));
    let widened = |span: Span, head: u32, tail: u32| Span {
        start: span.start - head,
        end: span.end + tail,
    };
    (
        widened(a.2, heads.0, tails.0),
        widened(b.2, heads.1, tails.1),
    )
}
