//! The date facet: a histogram to drag over, bounds to type, and a box for what is undated.

use egui::{
    Align, Color32, CornerRadius, Id, Key, Layout, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};
use jiff::civil::Date;

use super::command::{Command, Commands};
use super::phrasing::group;
use super::theme::{self, Theme, UNIT};
use crate::paint::{Checkbox, Direction, Label, Tab, TextAlign, TextField, TextStyle, text_in};
use crate::view::{Bin, BinUnit, DayFilter, Histogram, typed_days};

const HEIGHT: f32 = 72.0;
/// Width of the narrowest bar, in points.
const NARROWEST: f32 = 3.0;

/// What stands in the fields for the first and the last day.
#[derive(Default)]
pub struct Typed {
    text: [String; 2],
    /// The range that the fields were last filled from.
    of: Option<(Date, Date)>,
}

/// *Published*, and the unit of the bars.
pub fn heading(
    ui: &mut Ui,
    theme: &Theme,
    histogram: &Histogram,
    unit: Option<BinUnit>,
    commands: &mut Commands,
) {
    ui.horizontal(|ui| {
        let label = Label::new("Published").size(theme::SMALL).strong();
        ui.add(label.color(theme.faint_ink));
        if histogram.bins.is_empty() {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (of, label) in [
                (BinUnit::Month, "Months"),
                (BinUnit::Week, "Weeks"),
                (BinUnit::Day, "Days"),
            ] {
                let tab = ui.add(Tab::new(histogram.unit == of, label).size(11.5));
                let tip = "Bars of this length; click again for what fits";
                if crate::paint::tip(tab, tip).clicked() {
                    commands.send(Command::SetUnit(Some(of).filter(|of| unit != Some(*of))));
                }
            }
        });
    });
}

/// Fields of the facet, for those who have to know whether a person is typing.
pub fn is_field(id: Id) -> bool {
    [0, 1].map(field_id).contains(&id)
}

fn field_id(which: usize) -> Id {
    Id::unique(("day-bound", which))
}

/// First and last day as typed: a day, a month or a year, with any digits and names of months.
fn bounds(
    ui: &mut Ui,
    histogram: &Histogram,
    filter: DayFilter,
    typed: &mut Typed,
    commands: &mut Commands,
) {
    let (Some(first), Some(last)) = (histogram.bins.first(), histogram.bins.last()) else {
        return;
    };
    if typed.of != filter.range {
        typed.of = filter.range;
        typed.text = filter.range.map_or_else(Default::default, |(first, last)| {
            [first.to_string(), last.to_string()]
        });
    }
    let mut changed = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let width = (ui.available_width() - UNIT) / 2.0;
        for (which, name, hint) in [(0, "First day", "From"), (1, "Last day", "To")] {
            let field = TextField::new(&mut typed.text[which], name)
                .id(field_id(which))
                .hint(hint)
                .size(theme::SMALL)
                .width(width)
                .show(ui);
            changed |= field.response.changed();
        }
    });
    if !changed {
        return;
    }
    let [from, to] = typed.text.each_ref().map(|text| typed_days(text));
    let all = |text: &str| text.trim().is_empty();
    let range = match (from, to) {
        (Some((first, _)), Some((_, last))) => Some((first, last)),
        (Some((first, _)), None) if all(&typed.text[1]) => Some((first, last.last.max(first))),
        (None, Some((_, last))) if all(&typed.text[0]) => Some((first.first.min(last), last)),
        (None, None) if all(&typed.text[0]) && all(&typed.text[1]) => None,
        // Half a date is no bound yet.
        _ => return,
    };
    if range.is_none_or(|(first, last)| first <= last) && range != filter.range {
        // What the person typed stays as they typed it.
        typed.of = range;
        commands.send(Command::SetDays(DayFilter { range, ..filter }));
    }
}

pub fn show(
    ui: &mut Ui,
    histogram: &Histogram,
    filter: DayFilter,
    typed: &mut Typed,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    if histogram.bins.is_empty() {
        let text = if histogram.unknown_total > 0 {
            "No article here is dated"
        } else {
            "No articles yet"
        };
        ui.add(Label::new(text).size(theme::SMALL).color(theme.faint_ink));
    } else {
        // Bars that a person can hit, even of a day among years.
        let width = (NARROWEST * histogram.bins.len() as f32).max(ui.available_width());
        egui::ScrollArea::horizontal()
            .id_salt("bars")
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.set_width(width);
                bars(ui, theme, histogram, filter, commands);
                axis(ui, theme, histogram);
            });
        bounds(ui, histogram, filter, typed, commands);
    }
    if histogram.unknown_total > 0 {
        let mut unknown = filter.unknown;
        let count = group(histogram.unknown);
        let checkbox = Checkbox::new(&mut unknown, "Unknown")
            .direction(Direction::Ltr)
            .trailing(&count)
            .full_width();
        if ui.add(checkbox).clicked() {
            commands.send(Command::SetDays(DayFilter { unknown, ..filter }));
        }
    }
}

fn bars(
    ui: &mut Ui,
    theme: &Theme,
    histogram: &Histogram,
    filter: DayFilter,
    commands: &mut Commands,
) {
    let bins = &histogram.bins;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let anchor_id = response.id.with("anchor");
    let step = step(rect.width(), bins.len());
    let bin_at = |x: f32| (((x - rect.min.x) / step).max(0.0) as usize).min(bins.len() - 1);

    if let Some(pointer) = response.interact_pointer_pos() {
        let at = bin_at(pointer.x);
        if response.drag_started() || response.clicked() {
            ui.data_mut(|data| data.insert_temp::<usize>(anchor_id, at));
        }
        let anchor = ui
            .data(|data| data.get_temp::<usize>(anchor_id))
            .unwrap_or(at);
        let (from, to) = (anchor.min(at), anchor.max(at));
        let range = Some((bins[from].first, bins[to].last));
        if response.clicked() && filter.range == range {
            // A second click on the one chosen bar lets go of it.
            commands.send(Command::SetDays(DayFilter {
                range: None,
                ..filter
            }));
        } else if (response.dragged() || response.clicked()) && filter.range != range {
            commands.send(Command::SetDays(DayFilter { range, ..filter }));
        }
    }
    keys(
        ui,
        &response.id,
        response.has_focus(),
        bins,
        filter,
        commands,
    );

    let painter = ui.painter();
    let tallest = bins.iter().map(|bin| bin.total).max().unwrap_or(1).max(1) as f32;
    let floor = rect.max.y - 1.0;
    let hovered = response.hover_pos().map(|pos| bin_at(pos.x));
    for (at, bin) in bins.iter().enumerate() {
        let x = rect.min.x + step * at as f32;
        let gap = if step > 4.0 { 1.0 } else { 0.0 };
        let bar = |count: usize| {
            // A bar that exists can be seen, however small beside the tallest.
            let height = if count == 0 {
                0.0
            } else {
                ((count as f32 / tallest) * (HEIGHT - 6.0)).max(3.0)
            };
            Rect::from_min_max(
                pos2(x + gap, floor - height),
                pos2((x + step - gap).max(x + gap + 1.0), floor),
            )
        };
        let inside = filter
            .range
            .is_none_or(|(first, last)| bin.first <= last && first <= bin.last);
        if hovered == Some(at) {
            let column = Rect::from_min_max(pos2(x, rect.min.y), pos2(x + step, floor));
            painter.rect_filled(column, CornerRadius::same(2), theme.hovered);
        }
        painter.rect_filled(bar(bin.total), CornerRadius::same(1), theme.hairline);
        let color = if inside {
            theme.accent
        } else {
            theme.faint_ink.gamma_multiply(0.6)
        };
        painter.rect_filled(bar(bin.count), CornerRadius::same(1), color);
    }
    painter.hline(rect.x_range(), floor, Stroke::new(1.0, theme.hairline));
    if let Some((first, last)) = filter.range {
        let from = bins.partition_point(|bin| bin.last < first);
        let to = bins.partition_point(|bin| bin.first <= last);
        let brush = Rect::from_min_max(
            pos2(rect.min.x + step * from as f32, rect.min.y),
            pos2(rect.min.x + step * to as f32, floor),
        );
        painter.rect(
            brush,
            CornerRadius::same(3),
            Color32::TRANSPARENT,
            Stroke::new(1.5, theme.accent),
            StrokeKind::Inside,
        );
    }
    if response.has_focus() {
        painter.rect_stroke(
            rect.expand(2.0),
            CornerRadius::same(4),
            Stroke::new(1.5, theme.accent),
            StrokeKind::Outside,
        );
    }
    let unit = match histogram.unit {
        BinUnit::Day => "day",
        BinUnit::Week => "week",
        BinUnit::Month => "month",
        BinUnit::Year => "year",
    };
    response.widget_info(|| {
        let chosen = filter.range.map_or("all days".to_owned(), |(first, last)| {
            format!("{first} to {last}")
        });
        let name = format!(
            "Published by {unit}, {} bars, {chosen}. Left and right choose",
            bins.len()
        );
        egui::WidgetInfo::labeled(egui::Role::Slider, true, name)
    });
    if let Some(at) = hovered {
        let bin = &bins[at];
        let text = format!(
            "{}: {} of {} articles. Drag to choose",
            name_of(bin),
            group(bin.count),
            group(bin.total)
        );
        crate::paint::tip(response, &text);
    }
}

/// Left and right move a one-bar choice, with shift they stretch it; delete lets go.
fn keys(
    ui: &mut Ui,
    id: &Id,
    focused: bool,
    bins: &[Bin],
    filter: DayFilter,
    commands: &mut Commands,
) {
    if !focused {
        return;
    }
    ui.memory_mut(|memory| {
        let filter = egui::EventFilter {
            horizontal_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(*id, filter);
    });
    let (left, right, shift, clear) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        (
            pressed(Key::ArrowLeft),
            pressed(Key::ArrowRight),
            input.modifiers.shift,
            pressed(Key::Delete) || pressed(Key::Backspace),
        )
    });
    if clear && filter.range.is_some() {
        commands.send(Command::SetDays(DayFilter {
            range: None,
            ..filter
        }));
    }
    if !(left || right) {
        return;
    }
    let last = bins.len() - 1;
    let (from, to) = match filter.range {
        None if right => (0, 0),
        None => (last, last),
        Some((first, end)) => {
            let from = bins.partition_point(|bin| bin.last < first).min(last);
            let to = bins
                .partition_point(|bin| bin.first <= end)
                .saturating_sub(1)
                .clamp(from, last);
            let moved = if right {
                (to + 1).min(last)
            } else if shift {
                to.saturating_sub(1).max(from)
            } else {
                from.saturating_sub(1)
            };
            if shift { (from, moved) } else { (moved, moved) }
        }
    };
    let range = Some((bins[from].first, bins[to].last));
    commands.send(Command::SetDays(DayFilter { range, ..filter }));
}

/// Width of a bar with its gap, in points: a folder of one day is no reason for a wall.
fn step(width: f32, bins: usize) -> f32 {
    (width / bins.max(1) as f32).min(28.0)
}

fn axis(ui: &mut Ui, theme: &Theme, histogram: &Histogram) {
    let (Some(first), Some(last)) = (histogram.bins.first(), histogram.bins.last()) else {
        return;
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    // Under the bars, but never so narrow that the two days run into one another.
    let used = step(rect.width(), histogram.bins.len()) * histogram.bins.len() as f32;
    let rect = rect.with_max_x(rect.min.x + used.max(150.0).min(rect.width()));
    let style = |align| {
        TextStyle::new(11.5, theme.faint_ink)
            .direction(Direction::Ltr)
            .align(align)
    };
    text_in(
        ui.painter(),
        rect,
        &style(TextAlign::Left),
        &first.first.to_string(),
    );
    if histogram.bins.len() > 1 {
        text_in(
            ui.painter(),
            rect,
            &style(TextAlign::Right),
            &last.last.to_string(),
        );
    }
}

fn name_of(bin: &Bin) -> String {
    let weekday = |day: Date| match day.weekday() {
        jiff::civil::Weekday::Monday => "Monday",
        jiff::civil::Weekday::Tuesday => "Tuesday",
        jiff::civil::Weekday::Wednesday => "Wednesday",
        jiff::civil::Weekday::Thursday => "Thursday",
        jiff::civil::Weekday::Friday => "Friday",
        jiff::civil::Weekday::Saturday => "Saturday",
        jiff::civil::Weekday::Sunday => "Sunday",
    };
    if bin.first == bin.last {
        format!("{}, {}", weekday(bin.first), bin.first)
    } else {
        format!("{} to {}", bin.first, bin.last)
    }
}
