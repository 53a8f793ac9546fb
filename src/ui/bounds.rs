//! Exact bounds of a facet that counts something, typed below its bins.

use std::collections::BTreeMap;

use egui::{Id, Ui};

use super::command::{Command, Commands};
use super::theme::{self, UNIT};
use crate::paint::TextField;
use crate::text;
use crate::view::{Bounds, Facet};

/// What stands in the fields for the least and the most of each facet.
#[derive(Default)]
pub struct Typed(BTreeMap<Facet, ([String; 2], Bounds)>);

/// Fields of the facets, for those who have to know whether a person is typing.
pub fn is_field(id: Id) -> bool {
    let facets = Facet::ALL.iter().filter(|facet| facet.amount().is_some());
    facets
        .flat_map(|facet| [0, 1].map(|which| field_id(*facet, which)))
        .any(|field| field == id)
}

fn field_id(facet: Facet, which: usize) -> Id {
    Id::unique(("bound", facet, which))
}

/// Nothing where the facet counts nothing.
pub fn show(ui: &mut Ui, facet: Facet, bounds: Bounds, typed: &mut Typed, commands: &mut Commands) {
    let Some(unit) = facet.amount() else {
        return;
    };
    let (text, of) = typed.0.entry(facet).or_default();
    if *of != bounds {
        *of = bounds;
        let shown = |bound: Option<u32>| bound.map_or_else(String::new, |bound| bound.to_string());
        *text = [shown(bounds.least), shown(bounds.most)];
    }
    let mut changed = false;
    ui.add_space(UNIT);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let width = (ui.available_width() - UNIT) / 2.0;
        for (which, name, hint) in [(0, "at least", "From"), (1, "at most", "To")] {
            let name = format!("{}, {name}", facet.label());
            let field = TextField::new(&mut text[which], &name)
                .id(field_id(facet, which))
                .hint(&format!("{hint}, {unit}"))
                .size(theme::SMALL)
                .width(width)
                .show(ui);
            changed |= field.response.changed();
        }
    });
    ui.add_space(UNIT);
    if !changed {
        return;
    }
    let [least, most] = text.each_ref().map(|text| number(text));
    let (Some(least), Some(most)) = (least, most) else {
        // What is no number is no bound yet.
        return;
    };
    let wanted = Bounds { least, most };
    let crossed = matches!((least, most), (Some(least), Some(most)) if least > most);
    if !crossed && wanted != bounds {
        // What the person typed stays as they typed it.
        *of = wanted;
        commands.send(Command::SetBounds(facet, wanted));
    }
}

/// A whole number in any digits; `Some(None)` where nothing stands, `None` where something else does.
#[allow(
    clippy::option_option,
    reason = "no bound and no number are two different things"
)]
fn number(text: &str) -> Option<Option<u32>> {
    let text = text.trim().trim_end_matches('%').trim();
    match text.is_empty() {
        true => Some(None),
        false => whole(text).map(Some),
    }
}

/// A whole number in whatever digits it is typed.
pub(super) fn whole(text: &str) -> Option<u32> {
    text::fold(text.trim()).text().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_digits_are_a_number() {
        assert_eq!(number("٤٠"), Some(Some(40)));
        assert_eq!(number(" 85 % "), Some(Some(85)));
        assert_eq!(number(""), Some(None));
        assert_eq!(number("many"), None);
        assert_eq!(number("-3"), None);
    }
}
