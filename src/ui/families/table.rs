//! The timeline as a table: day, outlet, headline, words, and whom it follows. What is nearly the same stands
//! as one row.

use egui::{Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::super::known::facts;
use super::super::list::background;
use super::super::phrasing::{group, title};
use super::super::theme::{self, Theme};
use super::{Choice, FamilyList};
use crate::paint::{Direction, TextAlign, TextStyle, Weight, text_in};
use crate::view::Timeline;

const ROW: f32 = 32.0;

pub struct Row {
    article: u32,
    /// Others that are nearly the same, where they are folded into this one.
    others: usize,
}

/// The rows of a family, made once for each way to show them.
#[derive(Default)]
pub struct Rows(Option<(bool, Vec<Row>)>);

impl Rows {
    pub fn of(&mut self, list: &FamilyList, timeline: &Timeline, fold: bool) -> &[Row] {
        if self.0.as_ref().is_none_or(|(folded, _)| *folded != fold) {
            self.0 = Some((fold, rows(list, timeline, fold)));
        }
        self.0.as_ref().map_or(&[], |(_, rows)| rows)
    }
}

pub fn show(
    ui: &mut Ui,
    list: &FamilyList,
    timeline: &Timeline,
    rows: &[Row],
    picked: u32,
) -> Option<Choice> {
    let mut choice = None;
    head(ui);
    ScrollArea::vertical()
        .id_salt("family-table")
        .auto_shrink(false)
        .show_rows(ui, ROW, rows.len(), |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for row in &rows[range] {
                choice = show_row(ui, list, timeline, row, picked).or(choice.take());
            }
        });
    choice
}

/// By day, undated last.
fn rows(list: &FamilyList, timeline: &Timeline, fold: bool) -> Vec<Row> {
    let mut articles: Vec<u32> = timeline
        .lanes
        .iter()
        .flat_map(|lane| &lane.articles)
        .map(|(_, article)| *article)
        .chain(timeline.undated.iter().copied())
        .collect();
    let day = |article: &u32| list.tables.columns.day[*article as usize];
    articles.sort_by_key(|article| (day(article).is_none(), day(article), *article));
    if !fold {
        return articles
            .into_iter()
            .map(|article| Row { article, others: 0 })
            .collect();
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut at = std::collections::BTreeMap::new();
    for article in articles {
        let like = list.tables.links.like[article as usize];
        match at.get(&like) {
            Some(&known) => rows[known as usize].others += 1,
            None => {
                at.insert(like, rows.len() as u32);
                rows.push(Row { article, others: 0 });
            }
        }
    }
    rows
}

/// Day, outlet, headline, what it follows.
fn columns(rect: Rect) -> [Rect; 4] {
    let (day, outlet, earlier) = (
        104.0,
        (rect.width() * 0.2).min(170.0),
        (rect.width() * 0.3).min(260.0),
    );
    let mut x = rect.min.x;
    [day, outlet, rect.width() - day - outlet - earlier, earlier].map(|width| {
        let column = Rect::from_min_max(pos2(x, rect.min.y), pos2(x + width, rect.max.y));
        x += width;
        column.shrink2(vec2(8.0, 0.0))
    })
}

fn head(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let style = TextStyle::new(11.5, theme.faint_ink)
        .weight(Weight::Bold)
        .direction(Direction::Ltr);
    let titles = [
        "Published",
        "Outlet",
        "Headline",
        "Shares most with the earlier",
    ];
    for (at, (column, title)) in columns(rect).into_iter().zip(titles).enumerate() {
        let align = if at == 0 {
            TextAlign::Left
        } else {
            TextAlign::Right
        };
        text_in(ui.painter(), column, &style.align(align), title);
    }
}

fn show_row(
    ui: &mut Ui,
    list: &FamilyList,
    timeline: &Timeline,
    row: &Row,
    picked: u32,
) -> Option<Choice> {
    let theme = Theme::of(ui);
    let article = &list.articles[row.article as usize];
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let follow = timeline.follow_of(row.article);
    let day = article
        .day()
        .map_or("no date".to_owned(), |day| day.to_string());
    let mut headline = title(article);
    if row.others > 0 {
        headline = format!(
            "{headline} \u{2068}(+{} nearly the same)\u{2069}",
            group(row.others)
        );
    }
    let earlier = follow.map_or_else(String::new, |follow| {
        let words = list.tables.pairs.0[follow.pair as usize].words;
        format!(
            "{} · \u{2068}{words} words\u{2069}",
            facts(&list.articles[follow.earlier as usize])
        )
    });
    let current = row.article == picked;
    response.widget_info(|| {
        let name = format!("{day}, {}, {headline}, {earlier}", facts(article));
        egui::WidgetInfo::selected(egui::Role::Button, true, current, name)
    });
    background(ui, rect, current, response.hovered(), response.has_focus());
    let [at_day, at_outlet, at_headline, at_earlier] = columns(rect);
    let ltr = TextStyle::new(theme::SMALL, theme.ink).direction(Direction::Ltr);
    text_in(ui.painter(), at_day, &ltr.align(TextAlign::Left), &day);
    let right = |size, color| TextStyle::new(size, color).from_the_right();
    let outlet = article.outlet_name().unwrap_or("Unknown outlet");
    text_in(
        ui.painter(),
        at_outlet,
        &right(theme::SMALL, theme.ink),
        outlet,
    );
    text_in(
        ui.painter(),
        at_headline,
        &right(theme::BODY, theme.ink),
        &headline,
    );
    text_in(
        ui.painter(),
        at_earlier,
        &right(theme::SMALL, theme.faint_ink),
        &earlier,
    );
    if response.double_clicked() {
        return follow.map(|follow| Choice::Compare([follow.earlier, row.article]));
    }
    response.clicked().then_some(Choice::Read(row.article))
}
