//! Names every difference inside a passage, word by word. Decides nothing about whether it matters.
//!
//! ```text
//! a:  قال الوزير «نعم» اليوم في  موسكو
//! b:  قال الوزير “نعم” أمس   في  مدينة موسكو
//!               └quotes  └relative-day └inserted
//! ```

mod attribution;
mod days;
mod edge;
mod figures;
mod kinds;
mod lexicon;
mod namer;
mod names;
mod phrases;
mod rejoin;
mod separators;
mod spelling;
mod times;

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

use super::findings::{Edit, EditKind};
use super::join::{Join, in_a_row};
use super::lay::Laid;
use super::words::{Word, within};
use crate::article::Span;
use crate::text::is_invisible;
pub use days::same_day;
pub(super) use edge::prefixes;

/// One side of a passage: the article's text, the words of the unit and where they stand.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub words: &'a [Word],
    pub places: &'a [Span],
    /// Positions of the words in lines of date, place or author: each article has its own, and what is different in them
    /// was not changed by anybody.
    pub framing: &'a [Range<u32>],
    /// The day on which the article was published, where it is known.
    pub written: Option<Date>,
}

impl<'a> Source<'a> {
    fn is_framing(&self, at: usize) -> bool {
        within(self.framing, at)
    }

    fn word(&self, at: usize) -> &'a str {
        self.places[at].of(self.text)
    }

    fn span(&self, range: &Range<usize>) -> Span {
        super::span(&self.places[range.clone()])
    }

    /// What stands between a word and the next.
    fn behind(&self, at: usize) -> Span {
        Span {
            start: self.places[at].end,
            end: self.places[at + 1].start,
        }
    }

    /// What stands at both ends of a gap between these words.
    fn ends(&self, from: usize, to: usize) -> [(&'a str, Span); 2] {
        [from, to - 1].map(|at| (self.text, self.behind(at)))
    }

    /// True if a sentence or a paragraph ends between a word and the next.
    pub fn ends_sentence(&self, at: usize) -> bool {
        let behind = self.behind(at).of(self.text);
        behind.contains(['.', '!', '?', '؟', '…', '\n'])
    }

    /// A word with the conjunction before it that a blank has split off: `و قال`.
    fn with_split_waw(&self, at: usize) -> Option<Span> {
        let start = self.places[at].start as usize;
        let before = self.text.get(..start)?;
        let bare = before.trim_end_matches(|c: char| c == ' ' || is_invisible(c));
        let rest = bare.strip_suffix('و')?;
        let alone = !rest.ends_with(char::is_alphanumeric) && bare.len() < before.len();
        alone.then_some(Span {
            start: rest.len() as u32,
            end: self.places[at].end,
        })
    }

    /// The place before a word, or behind the last one `within`.
    fn point_before(&self, at: usize, within: &Range<usize>) -> Span {
        if at >= within.end {
            return self.point(within.end, within);
        }
        let byte = self.places[at].start;
        Span {
            start: byte,
            end: byte,
        }
    }

    /// The place behind the last word before `from`, or at the start.
    fn point(&self, from: usize, within: &Range<usize>) -> Span {
        let byte = if from > within.start {
            self.places[from - 1].end
        } else {
            self.places[within.start].start
        };
        Span {
            start: byte,
            end: byte,
        }
    }
}

/// The edit between marks that stand alone, where there is one.
pub(super) fn of_marks(a: (&str, Span), b: (&str, Span)) -> Vec<Edit> {
    let mut edits = Vec::new();
    if a.1.of(a.0) != b.1.of(b.0) {
        separators::compare(a, b, &mut edits);
    }
    edits
}

/// A passage whose edits are named, if need be in parts that can be gone through at once.
pub(super) struct Naming<'a> {
    a: Source<'a>,
    b: Source<'a>,
    /// How common each key is.
    chance: &'a [f32],
    laid: Cow<'a, Laid>,
    /// Positions of the words that only stand elsewhere, ascending.
    stray_a: Vec<usize>,
    stray_b: Vec<usize>,
    /// For each word of the passage, whether it has no partner.
    lone_a: Vec<bool>,
    lone_b: Vec<bool>,
    /// A prefix of the first word was left outside of the passage.
    is_cut: bool,
}

/// What was named in one part of a passage.
#[derive(Default)]
pub(super) struct Named {
    edits: Vec<Edit>,
    /// Paragraphs that one side joins and the other doesn't.
    breaks: Vec<Edit>,
}

impl<'a> Naming<'a> {
    /// `strays` are the words that only stand elsewhere; `chance` says how common each key is.
    pub fn new(
        a: Source<'a>,
        b: Source<'a>,
        laid: &'a Laid,
        strays: &[Join],
        chance: &'a [f32],
    ) -> Self {
        let mut stray_a: Vec<usize> = strays.iter().map(Join::a).collect();
        let mut stray_b: Vec<usize> = strays.iter().map(Join::b).collect();
        stray_b.sort_unstable();
        // That was seen before it was joined anew.
        let is_cut = prefixes(a, b, laid) != [0; 2];
        let laid = rejoin::rejoined(a, b, laid, [&mut stray_a, &mut stray_b]);
        let mut lone_a = vec![true; laid.a.len()];
        let mut lone_b = vec![true; laid.b.len()];
        for join in &laid.joins {
            lone_a[join.a() - laid.a.start] = false;
            lone_b[join.b() - laid.b.start] = false;
        }
        Self {
            a,
            b,
            chance,
            laid,
            stray_a,
            stray_b,
            lone_a,
            lone_b,
            is_cut,
        }
    }

    /// Parts of at least so many `joins` each, by their numbers. Each begins with the join that the one before it ends
    /// with; they meet where a passage goes on word by word.
    pub fn parts(&self, joins: usize) -> impl Iterator<Item = Range<usize>> {
        let all = &self.laid.joins;
        let goes_on = |at: &usize| {
            let around = &all[at - 1..at + 2];
            around.iter().all(|join| !join.moved) && in_a_row(around).count() == 1
        };
        let mut from = Some(0_usize);
        std::iter::from_fn(move || {
            let start = from?;
            let far = start.saturating_add(joins)..all.len().saturating_sub(1);
            from = far.into_iter().find(goes_on);
            Some(start..from.map_or(all.len(), |end| end + 1))
        })
    }

    /// Names what is in a part, or between it and the ends of the passage.
    pub fn part(&self, joins: Range<usize>) -> Named {
        namer::named(self, joins)
    }

    /// All edits of the passage, given those of its parts.
    pub fn all(&self, parts: impl IntoIterator<Item = Named>) -> Vec<Edit> {
        /// Fewer words than this from one break to the next is a line: where breaks are frequent they end lines, not
        /// paragraphs, and say nothing.
        const LINE: usize = 20;
        let (mut edits, mut breaks) = (self.moved_runs(), Vec::new());
        for part in parts {
            edits.extend(part.edits);
            breaks.extend(part.breaks);
        }
        if breaks.len() * LINE <= self.laid.joins.len() {
            edits.extend(breaks);
        }
        self.repeat_names(&mut edits);
        edits.sort_by_key(Edit::place);
        edits
    }

    fn moved_runs(&self) -> Vec<Edit> {
        let joins = self.laid.joins.iter();
        let moved: Vec<Join> = joins.filter(|join| join.moved).copied().collect();
        let moved_run = |run: &[Join]| {
            let (first, last) = (run.first()?, run.last()?);
            Some(Edit {
                kind: EditKind::Moved,
                a: self.a.span(&(first.a()..last.a() + 1)),
                b: self.b.span(&(first.b()..last.b() + 1)),
            })
        };
        in_a_row(&moved).filter_map(moved_run).collect()
    }

    /// Where one word was put for another as a name, it is one wherever it was put for it again.
    fn repeat_names(&self, edits: &mut [Edit]) {
        let (a, b) = (self.a.text, self.b.text);
        let swap = |edit: &Edit| (edit.a.of(a), edit.b.of(b));
        let named = edits.iter().filter(|edit| edit.kind == EditKind::Name);
        let mut names: Vec<(&str, &str)> = named.map(swap).collect();
        names.sort_unstable();
        for edit in edits {
            if edit.kind == EditKind::Reworded && names.binary_search(&swap(edit)).is_ok() {
                edit.kind = EditKind::Name;
            }
        }
    }
}

#[cfg(test)]
mod tests;
