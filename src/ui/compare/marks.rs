//! What the data says about a stretch of text, as decorations: pale where words were kept, deep and
//! underlined where they were changed, dimmed where the page speaks and not the article.

use std::collections::BTreeSet;
use std::ops::Range;

use super::find::Hit;
use crate::article::Furniture;
use crate::paint::{Band, Decoration, Underline};
use crate::reuse::EditKind;
use crate::ui::theme::{Hue, Theme};
use crate::view::comparison::{Comparison, Mark};

/// All that the decorations depend on beside the comparison itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub dark: bool,
    pub current: Option<usize>,
    pub hovered: Option<(usize, usize)>,
    pub hidden: BTreeSet<EditKind>,
    /// Which search hits are shown, and which of them is current.
    pub hits: (u64, Option<usize>),
}

pub fn decorations(
    comparison: &Comparison,
    pane: usize,
    furniture: &[Furniture],
    theme: &Theme,
    key: &Key,
    hits: &[Hit],
) -> Vec<Decoration> {
    let marks = comparison.marks(pane, furniture);
    let hits = hits.iter().map(|hit| {
        let decoration = Decoration::fill(hit.range.clone(), theme.search_hit).band(Band::Letters);
        if key.hits.1 == Some(hit.number) {
            decoration.outline(theme.accent)
        } else {
            decoration
        }
    });
    let marks = marks
        .into_iter()
        .filter(|mark| !mark.span().is_empty())
        .filter_map(|mark| {
            let range = mark.span().range();
            match mark {
                Mark::Furniture(_) => Some(Decoration::letters(range, theme.furniture_ink)),
                Mark::Passage { index, .. } => Some(Decoration::fill(
                    range,
                    theme.hue(comparison.passages[index].kind).kept,
                )),
                Mark::Edit { passage, index, .. } => {
                    let shared = &comparison.passages[passage];
                    let edit = &shared.edits[index];
                    if key.hidden.contains(&edit.kind) {
                        return None;
                    }
                    let hue = theme.hue(shared.kind);
                    let mut decoration = changed(range, hue, edit.kind);
                    if key.hovered == Some((passage, index)) {
                        decoration = decoration.outline(hue.line);
                    }
                    Some(decoration)
                }
            }
        });
    // Hits last: they are painted above all else.
    marks.chain(hits).collect()
}

/// Words that were changed: deep and underlined, with a solid line where the change is of substance.
pub fn changed(range: Range<usize>, hue: Hue, kind: EditKind) -> Decoration {
    let underline = if kind.is_substantive() {
        Underline::Solid
    } else {
        Underline::Dotted
    };
    Decoration::fill(range, hue.changed)
        .band(Band::Letters)
        .underline(underline, hue.line)
}
