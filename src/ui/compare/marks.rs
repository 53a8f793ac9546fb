//! What the data says about a stretch of text, as decorations: pale where words were kept, deep and
//! underlined where they were changed, grey where the page speaks and not the article.

use std::collections::BTreeSet;
use std::ops::Range;

use super::find::Hit;
use crate::paint::{Band, Decoration, Underline};
use crate::reuse::EditKind;
use crate::ui::theme::{Hue, Theme};
use crate::view::comparison::{Comparison, Mark};

/// All that the decorations depend on beside the comparison itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub dark: bool,
    pub current: Option<usize>,
    /// The edit that is lit up, as passage and edit.
    pub lit: Option<(usize, usize)>,
    pub hidden: BTreeSet<EditKind>,
    /// Which search hits are shown, and which of them is current.
    pub hits: (u64, Option<usize>),
    /// The strongest thing in common has been found.
    pub candidate: bool,
}

/// `marks` are of this comparison and pane.
pub fn decorations(
    comparison: &Comparison,
    marks: &[Mark],
    theme: &Theme,
    key: &Key,
    hits: &[Hit],
) -> Vec<Decoration> {
    let mut made = Vec::new();
    for mark in marks.iter().copied() {
        let range = mark.span().range();
        if range.is_empty() {
            continue;
        }
        match mark {
            Mark::Furniture(_) => made.push(self::furniture(range, theme)),
            Mark::LeftOut(..) => made.push(Decoration::letters(range, theme.faint_ink)),
            Mark::Candidate(_) => made.push(
                Decoration::fill(range, theme.hovered).underline(Underline::Dashed, theme.accent),
            ),
            Mark::Passage { index, .. } => {
                let hue = theme.hue(comparison.passages[index].kind);
                // The current one stands out: the others step back.
                let fill = match key.current {
                    Some(current) if current != index => hue.pale(theme.paper),
                    _ => hue.kept,
                };
                made.push(Decoration::fill(range, fill));
            }
            Mark::Edit {
                passage,
                index,
                letters,
                ..
            } => {
                let shared = &comparison.passages[passage];
                let kind = shared.edits[index].kind;
                if key.hidden.contains(&kind) {
                    continue;
                }
                let hue = theme.hue(shared.kind);
                let first = made.len();
                let letters = letters.map(|letters| letters.range());
                push_changed(&mut made, range, letters, hue, kind);
                if key.lit == Some((passage, index)) {
                    made[first].outline = Some(hue.line);
                }
            }
        }
    }
    // Hits last: they are painted above all else.
    made.extend(hits.iter().map(|hit| {
        let mut decoration =
            Decoration::fill(hit.range.clone(), theme.search_hit).band(Band::Letters);
        decoration.color = Some(theme.ink);
        if key.hits.1 == Some(hit.number) {
            decoration = decoration.outline(theme.accent);
        }
        decoration
    }));
    made
}

/// Text of the page that is no part of the article.
pub fn furniture(range: Range<usize>, theme: &Theme) -> Decoration {
    Decoration {
        fill: Some(theme.furniture),
        ..Decoration::letters(range, theme.furniture_ink)
    }
}

/// Words that were changed: deep and underlined, with a solid line where the change is of substance.
/// Where only letters were, those alone are deep, and the line under the word leads to them.
pub fn push_changed(
    made: &mut Vec<Decoration>,
    word: Range<usize>,
    letters: Option<Range<usize>>,
    hue: Hue,
    kind: EditKind,
) {
    let underline = if kind.is_substantive() {
        Underline::Solid
    } else {
        Underline::Dotted
    };
    let fill = |range| Decoration::fill(range, hue.changed).band(Band::Letters);
    match letters {
        None => made.push(fill(word).underline(underline, hue.line)),
        Some(letters) => {
            made.push(Decoration {
                range: word,
                band: Band::Letters,
                underline: Some((underline, hue.line)),
                ..Decoration::default()
            });
            if !letters.is_empty() {
                made.push(fill(letters));
            }
        }
    }
}
