//! The list of pairs, strongest first: both headlines, outlets, dates, shared words, share of each article.
//!
//! A row mirrors the comparison: the first article at the right, the second at the left, what they share
//! between them.

use std::sync::Arc;

use egui::{CornerRadius, Rect, Sense, Ui, pos2, vec2};

use super::command::{Command, Commands};
use super::known::{self, fact, facts};
use super::list::{self as lists, background, message, sort_bar};
use super::phrasing::{kind_name, plural, title};
use super::theme::{self, Theme, UNIT};
use super::verdict::{self, tag, told};
use crate::article::{Article, Verdict};
use crate::paint::{Direction, TextAlign, TextStyle, Weight, text_in, that_fits};
use crate::view::{Board, List, Order, Pair, Phase, Sort, Tables};

const ROW: f32 = 74.0;
const MIDDLE: f32 = 190.0;

/// What the list shows.
pub struct PairList<'a> {
    pub articles: &'a [Arc<Article>],
    pub tables: &'a Tables,
    pub board: &'a Board,
    pub sort: Sort,
    pub phase: &'a Phase,
    pub row: usize,
    /// The current row has just been moved by keyboard and has to be in sight.
    pub follow: bool,
}

pub fn show(ui: &mut Ui, list: &PairList, commands: &mut Commands) {
    let pairs = list.board.total_pairs;
    let about = plural(pairs, "pair shares text", "pairs share text");
    sort_bar(
        ui,
        (List::Pairs, Order::of(List::Pairs), list.sort),
        list.phase,
        &about,
        commands,
        |_, _| {},
    );
    if list.board.pairs.is_empty() {
        empty(ui, list);
        return;
    }
    let follow = list.follow.then_some(list.row);
    let count = list.board.pairs.len();
    lists::rows(ui, "pairs", ROW, count, follow, |ui, rect, row| {
        let id = list.board.pairs[row];
        let pair = &list.tables.pairs.0[id as usize];
        show_row(ui, rect, list, row, id, pair, commands);
    });
}

fn empty(ui: &mut Ui, list: &PairList) {
    let (headline, advice) = if list.phase.is_comparing() {
        (
            "Comparing…",
            "Pairs show up as soon as the articles have been compared. You can read them meanwhile, under Articles: what \
             the open one shares comes first.",
        )
    } else if list.board.total_pairs > 0 {
        (
            "No pair in this selection",
            "Remove a filter, or ask for one side instead of both.",
        )
    } else if !list.phase.is_compared() {
        lists::NOT_COMPARED
    } else if list.articles.len() < 2 {
        (
            "One article alone",
            "It takes two to share a passage. Open a folder with more articles.",
        )
    } else {
        (
            "No shared passages",
            "No two of these articles share a passage. They are all under Articles.",
        )
    };
    message(ui, headline, advice);
}

fn show_row(
    ui: &mut Ui,
    rect: Rect,
    list: &PairList,
    row: usize,
    id: u32,
    pair: &Pair,
    commands: &mut Commands,
) {
    let theme = Theme::of(ui);
    let [first, second] = [pair.first, pair.second].map(|i| list.articles[i as usize].as_ref());
    let response = ui.interact(rect, ui.scope_id().with(("pair", id)), Sense::click());
    let current = row == list.row;
    let verdict = list.tables.verdicts.get(&id);
    response.widget_info(|| {
        let mut name = format!(
            "{} shared words, {}. {}, {}. {}, {}",
            pair.words,
            kind_name(pair.kind()),
            title(first),
            known::spoken(first),
            title(second),
            known::spoken(second)
        );
        if let Some(verdict) = verdict {
            name.push_str(&format!(". {}", told(verdict)));
        }
        egui::WidgetInfo::selected(egui::Role::Button, true, current, name)
    });
    background(ui, rect, current, response.hovered(), response.has_focus());
    let inner = rect.shrink2(vec2(4.0 * UNIT, 2.0 * UNIT));
    let center = inner.center().x;
    let middle = MIDDLE.min(rect.width() * 0.3);
    let right = Rect::from_x_y_ranges(center + middle / 2.0..=inner.max.x, inner.y_range());
    let left = Rect::from_x_y_ranges(inner.min.x..=center - middle / 2.0, inner.y_range());
    side(ui, right, first, None, None);
    side(ui, left, second, pair.days_apart, verdict);
    shared(
        ui,
        theme,
        Rect::from_center_size(
            pos2(center, inner.center().y),
            vec2(middle - 8.0 * UNIT, inner.height()),
        ),
        pair,
    );
    let response = match response.hovered() {
        true => {
            let doubts = [first, second].map(|article| match known::doubts(article) {
                none if none.is_empty() => none,
                doubts => format!("{}\n{doubts}\n", title(article)),
            });
            crate::paint::tip(response, doubts.concat().trim_end())
        }
        false => response,
    };
    if response.secondary_clicked() {
        commands.send(Command::SelectRow(row));
    }
    response.context_menu(|ui| verdict::menu(ui, verdict, commands));
    if response.double_clicked() || response.clicked() {
        commands.send(Command::SelectRow(row));
        commands.send(Command::OpenPair(id));
    }
}

/// Headline above, outlet and date below, as a reader of the page would see them.
fn side(
    ui: &Ui,
    rect: Rect,
    article: &Article,
    days_later: Option<i32>,
    verdict: Option<&Verdict>,
) {
    let theme = Theme::of(ui);
    let (top, mut below) = rect.split_top_bottom_at_fraction(0.56);
    if let Some(verdict) = verdict {
        below.min.x += tag(ui, below, verdict);
    }
    let headline = TextStyle::new(15.0, theme.ink)
        .weight(Weight::Medium)
        .align(TextAlign::Right);
    text_in(ui.painter(), top, &headline, &title(article));
    let later = match days_later {
        Some(days) if days != 0 => format!(
            " · \u{2068}{} later\u{2069}",
            plural(days.unsigned_abs() as usize, "day", "days")
        ),
        Some(_) => " · \u{2068}same day\u{2069}".to_owned(),
        None => String::new(),
    };
    let style = TextStyle::new(theme::SMALL, theme.faint_ink).from_the_right();
    let facts = facts(article);
    let texts = [format!("{facts}{later}"), facts, fact(article)];
    let text = that_fits(ui.ctx(), &style, below.width(), &texts);
    text_in(ui.painter(), below, &style, &text);
}

/// The number of shared words, and under it each article's share, growing to its own side.
fn shared(ui: &Ui, theme: &Theme, rect: Rect, pair: &Pair) {
    let painter = ui.painter();
    let hue = theme.hue(pair.kind());
    let third = rect.height() / 3.0;
    let line = |nth: f32| {
        Rect::from_min_size(
            pos2(rect.min.x, rect.min.y + third * nth),
            vec2(rect.width(), third),
        )
    };
    let text = |size: f32, color, weight| {
        TextStyle::new(size, color)
            .weight(weight)
            .align(TextAlign::Center)
            .direction(Direction::Ltr)
    };
    let words = plural(pair.words as usize, "word", "words");
    text_in(
        painter,
        line(0.0),
        &text(15.0, theme.ink, Weight::Bold),
        &words,
    );
    let bars = line(1.0);
    let (y, height) = (bars.center().y, 7.0);
    let middle = bars.center().x;
    let half = bars.width() / 2.0 - 2.0;
    for (share, side) in [(pair.share_first, 1.0), (pair.share_second, -1.0)] {
        let bar = |share: f32| {
            let (near, far) = (
                middle + side * 2.0,
                middle + side * (2.0 + half * share.max(0.02)),
            );
            Rect::from_x_y_ranges(
                near.min(far)..=near.max(far),
                y - height / 2.0..=y + height / 2.0,
            )
        };
        painter.rect_filled(bar(1.0), CornerRadius::same(3), theme.hairline);
        painter.rect_filled(bar(share), CornerRadius::same(3), hue.line);
    }
    let below = line(2.0);
    let style = |align| {
        TextStyle::new(11.5, theme.faint_ink)
            .direction(Direction::Ltr)
            .align(align)
    };
    text_in(
        painter,
        below,
        &style(TextAlign::Left),
        &percent(pair.share_second),
    );
    text_in(
        painter,
        below,
        &style(TextAlign::Right),
        &percent(pair.share_first),
    );
    if rect.width() > 110.0 {
        text_in(
            painter,
            below,
            &text(11.5, hue.line, Weight::Medium),
            kind_name(pair.kind()),
        );
    }
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
