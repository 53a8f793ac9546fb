//! Above the panes: where one is in the list, stepping from passage to passage, and for each side what
//! is known of the article and from where.

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::{CompareView, Listed, Place};
use crate::article::Article;
use crate::paint::{
    Button, Direction, Extent, Icon, Label, TextAlign, TextStyle, Weight, measure, text_in,
    that_fits,
};
use crate::reuse::{EditKind, same_day};
use crate::ui::command::{Act, Commands};
use crate::ui::known::{self, evidence};
use crate::ui::phrasing::{edit_name, group, kind_name, plural, title};
use crate::ui::theme::{self, Theme, UNIT};
use crate::ui::top_bar;
use crate::ui::verdict::told;
use crate::view::comparison::{Comparison, DateOrder, FIRST, Shared};

/// Height of a side's own header, in points.
pub const PANE_HEIGHT: f32 = 66.0;

/// From this width on, in points, there is room for more than the buttons.
const WIDE: f32 = 1000.0;
/// From this width on there is room for the pair's place in the list.
const PLACED: f32 = 840.0;
/// Up to this width there is room for the passages' buttons only.
const NARROW: f32 = 780.0;

pub fn bar(ui: &mut Ui, view: &CompareView, place: Place, commands: &mut Commands) {
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, 36.0), Sense::hover());
    // Three groups: the two at the sides take what they need.
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center)),
    );
    button(&mut left, Act::Back, Icon::Left, true, commands);
    left.add_space(UNIT);
    icon(&mut left, Act::PreviousPair, Icon::Up, false, commands);
    icon(&mut left, Act::NextPair, Icon::Down, false, commands);
    let is_pair = !view.comparison.passages.is_empty();
    let text = match place.listed {
        _ if !is_pair => "No pair".to_owned(),
        Listed::At { row, rows } => format!("Pair {} of {}", group(row + 1), group(rows)),
        Listed::Hidden => "Filtered out".to_owned(),
        Listed::NotYet => "Not listed yet".to_owned(),
    };
    if width > PLACED {
        left.add(Label::new(&text).size(theme::SMALL).color(theme.faint_ink));
        if width > WIDE && is_pair && place.listed == Listed::Hidden {
            let act = Act::ClearFilter;
            let tip = act.tooltip(left.ctx());
            let all = Button::new(act.label()).quiet().size(theme::SMALL);
            if left.add(all.tooltip(&tip)).clicked() {
                commands.act(act);
            }
        }
    }

    let total = view.comparison.passages.len();
    let (current, details) = match view.current() {
        Some(i) => {
            let passage = &view.comparison.passages[i];
            let details = format!(
                "{}, {}, {:.0} % equal{}",
                plural(passage.words as usize, "word", "words"),
                kind_name(passage.kind),
                passage.faithfulness() * 100.0,
                longer(passage)
            );
            (
                i + 1,
                if width > WIDE {
                    details
                } else {
                    kind_name(passage.kind).to_owned()
                },
            )
        }
        None => (0, String::new()),
    };
    let title = match total {
        0 => "No shared passage".to_owned(),
        _ => format!("Passage {current} of {total}"),
    };
    let style = TextStyle::new(theme::BODY, theme.ink).weight(Weight::Bold);
    let small = TextStyle::new(11.5, theme.faint_ink);
    let words = measure(ui.ctx(), &style, Extent::LINE, &title)
        .x
        .max(measure(ui.ctx(), &small, Extent::LINE, &details).x);
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::right_to_left(Align::Center)),
    );
    match width > NARROW {
        true => top_bar::looks(&mut right, commands),
        false => top_bar::menu(&mut right, commands),
    }
    right.add_space(UNIT);
    for act in [Act::ThroughFamily, Act::Collate] {
        let tip = act.tooltip(right.ctx());
        let offered = width > WIDE && place.has_family;
        if offered && right.add(Button::new(act.label()).tooltip(&tip)).clicked() {
            commands.act(act);
        }
    }
    if width > WIDE && place.has_family {
        let (label, tip) = match place.verdict {
            Some(verdict) => (verdict.label(), told(verdict)),
            None => (
                Act::AskVerdict.label(),
                Act::AskVerdict.tooltip(right.ctx()),
            ),
        };
        let button = Button::new(label).selected(place.verdict.is_some());
        if right.add(button.tooltip(&tip)).clicked() {
            commands.act(Act::AskVerdict);
        }
    }
    icon(
        &mut right,
        Act::ShowDetails,
        Icon::Panel,
        view.details.open,
        commands,
    );
    icon(
        &mut right,
        Act::LinkScrolling,
        if view.is_linked() {
            Icon::Linked
        } else {
            Icon::Unlinked
        },
        view.is_linked(),
        commands,
    );
    icon(&mut right, Act::SwapSides, Icon::Swap, false, commands);

    // Centred where there is room, else between the two other groups, its words cut short.
    let (from, to) = (left.min_rect().max.x + UNIT, right.min_rect().min.x - UNIT);
    const BUTTONS: f32 = 96.0;
    let words = words.min(to - from - BUTTONS).max(0.0);
    let half = (words + BUTTONS) / 2.0;
    let center = rect.center().x.min(to - half).max(from + half);
    let middle_rect = Rect::from_center_size(
        pos2(center, rect.center().y),
        vec2(2.0 * half, rect.height()),
    );
    let mut middle = ui.new_child(
        UiBuilder::new()
            .max_rect(middle_rect)
            .layout(Layout::left_to_right(Align::Center)),
    );
    icon(&mut middle, Act::PreviousPassage, Icon::Up, false, commands);
    let (label, response) =
        middle.allocate_exact_size(vec2(words + 2.0 * UNIT, rect.height()), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{title}, {details}"))
    });
    let centred = |style: TextStyle| style.align(TextAlign::Center).direction(Direction::Ltr);
    let above = if details.is_empty() { 1.0 } else { 0.55 };
    let (top, below) = label.split_top_bottom_at_fraction(above);
    text_in(ui.painter(), top, &centred(style), &title);
    text_in(ui.painter(), below, &centred(small), &details);
    icon(&mut middle, Act::NextPassage, Icon::Down, false, commands);
}

/// Which side has clearly more words than the other, and how many.
fn longer(passage: &Shared) -> String {
    let side = |pane| if pane == FIRST { "right" } else { "left" };
    passage.longer().map_or_else(String::new, |(pane, more)| {
        format!("; {} more at the {}", group(more as usize), side(pane))
    })
}

fn button(ui: &mut Ui, act: Act, icon: Icon, quiet: bool, commands: &mut Commands) {
    let tip = act.tooltip(ui.ctx());
    let button = Button::new(act.label()).icon(icon).tooltip(&tip);
    if ui
        .add(if quiet { button.quiet() } else { button })
        .clicked()
    {
        commands.act(act);
    }
}

fn icon(ui: &mut Ui, act: Act, icon: Icon, selected: bool, commands: &mut Commands) {
    let tip = act.tooltip(ui.ctx());
    if ui
        .add(
            Button::icon_only(icon, act.label())
                .selected(selected)
                .tooltip(&tip),
        )
        .clicked()
    {
        commands.act(act);
    }
}

/// A side's header: headline, outlet, date, how much of it is shared.
pub fn pane(ui: &mut Ui, rect: Rect, article: &Article, pane: usize, comparison: &Comparison) {
    let theme = Theme::of(ui);
    let inner = rect.shrink2(vec2(5.0 * UNIT, 2.0 * UNIT));
    let (top, below) = inner.split_top_bottom_at_fraction(0.54);
    let headline = title(article);
    let strong = TextStyle::new(theme::LARGE, theme.ink)
        .weight(Weight::Bold)
        .align(TextAlign::Right);
    text_in(ui.painter(), top, &strong, &headline);

    // What is known of the article at the right, where its text begins; what the pair says at the left.
    let facts = facts(article, pane, comparison);
    let small = |align| TextStyle::new(theme::SMALL, theme.faint_ink).align(align);
    let shared = format!("{:.0} % shared", comparison.shares[pane] * 100.0);
    let shared_style = small(TextAlign::Left)
        .direction(Direction::Ltr)
        .weight(Weight::Medium);
    // The button for the direction stands before it.
    let below = below.with_min_x(below.min.x + 2.0 * UNIT);
    let width = measure(ui.ctx(), &shared_style, Extent::LINE, &shared).x;
    text_in(ui.painter(), below, &shared_style, &shared);
    let about = Rect::from_min_max(
        pos2(below.min.x + width + 3.0 * UNIT, below.min.y),
        below.max,
    );
    // One direction for all sides, so that outlet and date keep their places whatever the script.
    let style = small(TextAlign::Right).direction(Direction::Rtl);
    let texts = [facts.clone(), known::facts(article), known::fact(article)];
    let text = that_fits(ui.ctx(), &style, about.width(), &texts);
    text_in(ui.painter(), about, &style, &text);

    let response = ui.interact(rect, ui.scope_id().with(("side", pane)), Sense::hover());
    let tip = evidence(article);
    response.widget_info(|| {
        let doubts = known::spoken_doubts(article);
        let name = format!("{}: {headline}. {facts}{doubts}. {shared}", side_name(pane));
        egui::WidgetInfo::labeled(egui::Role::Label, true, name)
    });
    crate::paint::tip(response, &tip);
}

pub fn side_name(pane: usize) -> &'static str {
    if pane == FIRST {
        "first article, at the right"
    } else {
        "second article, at the left"
    }
}

fn facts(article: &Article, pane: usize, comparison: &Comparison) -> String {
    let order = match comparison.order {
        _ if pane == FIRST => None,
        DateOrder::SameDay(_) => Some("same day".to_owned()),
        DateOrder::Apart(days) if days < 0 => Some(format!(
            "{} earlier",
            plural(days.unsigned_abs() as usize, "day", "days")
        )),
        DateOrder::Apart(days) => Some(format!("{} later", plural(days as usize, "day", "days"))),
        DateOrder::Unknown(_) => Some("dates don’t tell".to_owned()),
    };
    match order {
        Some(order) => format!("{} · \u{2068}{order}\u{2069}", known::facts(article)),
        None => known::facts(article),
    }
}

/// Both readings of an edit and its kind, beside the pointer.
pub fn edit_tip(
    response: &egui::Response,
    comparison: &Comparison,
    articles: &[std::sync::Arc<Article>; 2],
    passage: usize,
    edit: usize,
) {
    const LONGEST: usize = 160;
    let edit = &comparison.passages[passage].edits[edit];
    let reading = |pane: usize| {
        let text = edit.spans[pane].of(&articles[pane].text).trim();
        match text.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None if text.is_empty() => "nothing".to_owned(),
            None => text.to_owned(),
        }
    };
    let [first, second] = [0, 1].map(reading);
    let text = match edit.kind {
        EditKind::Inserted => format!(
            "{}\nat the left: \u{2068}{second}\u{2069}",
            edit_name(edit.kind)
        ),
        EditKind::Deleted => format!(
            "{}\nat the right: \u{2068}{first}\u{2069}",
            edit_name(edit.kind)
        ),
        kind => format!(
            "{}\nat the right: \u{2068}{first}\u{2069}\nat the left: \u{2068}{second}\u{2069}",
            edit_name(kind)
        ),
    };
    let written = |pane: usize| {
        let text = edit.spans[pane].of(&articles[pane].text);
        (text, articles[pane].day())
    };
    let same = match edit.kind {
        EditKind::RelativeDay => same_day(written(0), written(1)),
        _ => None,
    };
    let by_dates = match same {
        Some(true) => "\nthe same day, by the dates of both articles",
        Some(false) => "\nnot the same day, by the dates of both articles",
        None => "",
    };
    crate::paint::tip(response.clone(), &format!("{text}{by_dates}"));
}
