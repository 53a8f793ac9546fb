//! What a person thinks of a pair: asked for in a dialog, shown as a tag wherever the pair is.

use egui::{CornerRadius, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::command::{Act, Command, Commands};
use super::heading::heading;
use super::phrasing::title;
use super::theme::{self, Theme, UNIT};
use crate::article::{Article, Judgement, Verdict};
use crate::paint::{
    Button, Direction, Extent, Label, Tab, TextAlign, TextField, TextStyle, Weight, measure,
    menu_choice, text_in,
};

/// A pair that is being judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judging {
    pair: u32,
    /// The paths of its articles, by which it is found again under another number, and their headlines.
    paths: [String; 2],
    about: [String; 2],
    verdict: Verdict,
    /// The field has had the focus.
    shown: bool,
}

impl Judging {
    /// `verdict`: as it is so far.
    pub fn new(pair: u32, articles: [&Article; 2], verdict: Verdict) -> Self {
        Self {
            pair,
            paths: articles.map(|article| article.path.clone()),
            about: articles.map(title),
            verdict,
            shown: false,
        }
    }

    /// The folder has changed: `place` tells the pair of two paths. False where it is gone.
    pub fn follow(&mut self, place: impl FnOnce(&[String; 2]) -> Option<u32>) -> bool {
        let found = place(&self.paths);
        self.pair = found.unwrap_or(self.pair);
        found.is_some()
    }
}

/// Returns false when the dialog is to be closed.
pub fn show(ui: &mut Ui, judging: &mut Judging, commands: &mut Commands) -> bool {
    let theme = Theme::of(ui);
    heading(ui, "Verdict");
    let width = ui.available_width();
    for headline in &judging.about {
        let label = Label::new(headline).color(theme.faint_ink).width(width);
        ui.add(label.align(TextAlign::Right).max_lines(1));
    }
    ui.add_space(2.0 * UNIT);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = UNIT;
        let judgement = &mut judging.verdict.judgement;
        for one in Judgement::ALL.map(Some).into_iter().chain([None]) {
            let tab = ui.add(Tab::new(*judgement == one, name(one)));
            if crate::paint::tip(tab, act_of(one).explanation()).clicked() {
                *judgement = one;
            }
        }
    });
    ui.add_space(2.0 * UNIT);
    let field = TextField::new(&mut judging.verdict.note, "Note on the pair")
        .hint("A note, if you like")
        .width(width)
        .show(ui);
    if !std::mem::replace(&mut judging.shown, true) {
        field.response.request_focus();
    }
    ui.add_space(UNIT);
    let kept = "Kept beside your settings, not in the folder. It stays with the two texts, even when their files are moved.";
    let label = Label::new(kept).size(theme::SMALL).color(theme.faint_ink);
    ui.add(label.wrap());
    ui.add_space(2.0 * UNIT);
    let (mut confirmed, mut stay) = (field.submitted, true);
    ui.horizontal(|ui| {
        confirmed |= ui.add(Button::new("Keep").primary()).clicked();
        stay = !ui.add(Button::new("Cancel")).clicked();
    });
    if confirmed {
        let mut verdict = judging.verdict.clone();
        verdict.note = verdict.note.trim().to_owned();
        let pair = judging.pair;
        commands.send(Command::Judge { pair, verdict });
        return false;
    }
    stay
}

fn name(judgement: Option<Judgement>) -> &'static str {
    judgement.map_or("No verdict", Judgement::label)
}

fn act_of(judgement: Option<Judgement>) -> Act {
    match judgement {
        Some(Judgement::Confirmed) => Act::Confirm,
        Some(Judgement::Coincidence) => Act::CallCoincidence,
        Some(Judgement::Unsure) => Act::CallUnsure,
        None => Act::NoVerdict,
    }
}

/// The verdicts as entries of a pair's menu. The pair has to be the current one.
pub fn menu(menu: &mut Ui, so_far: Option<&Verdict>, commands: &mut Commands) {
    let so_far = so_far.and_then(|verdict| verdict.judgement);
    for one in Judgement::ALL.map(Some).into_iter().chain([None]) {
        if menu_choice(menu, so_far == one, name(one)) {
            commands.act(act_of(one));
        }
    }
    if menu_choice(menu, false, Act::AskVerdict.label()) {
        commands.act(Act::AskVerdict);
    }
}

/// A verdict in words, for a tooltip or a screen reader.
pub fn told(verdict: &Verdict) -> String {
    match verdict.note.as_str() {
        "" => verdict.label().to_owned(),
        note => format!("{}: \u{2068}{note}\u{2069}", verdict.label()),
    }
}

/// A tag at the left of `rect` that says the verdict. Returns the points it takes, the gap behind it included.
pub fn tag(ui: &Ui, rect: Rect, verdict: &Verdict) -> f32 {
    const HEIGHT: f32 = 19.0;
    let theme = Theme::of(ui);
    let style = TextStyle::new(11.5, theme.ink)
        .weight(Weight::Medium)
        .direction(Direction::Ltr)
        .align(TextAlign::Center);
    let text = match (verdict.judgement, verdict.note.is_empty()) {
        (None, _) => "Note".to_owned(),
        (Some(judgement), true) => judgement.label().to_owned(),
        (Some(judgement), false) => format!("{} · note", judgement.label()),
    };
    let width = measure(ui.ctx(), &style, Extent::LINE, &text).x + 4.0 * UNIT;
    if width > rect.width() {
        return 0.0;
    }
    let corner = pos2(rect.min.x, rect.center().y - HEIGHT / 2.0);
    let tag = Rect::from_min_size(corner, vec2(width, HEIGHT));
    let round = CornerRadius::same(9);
    let stroke = Stroke::new(1.0, theme.accent);
    ui.painter().rect_filled(tag, round, theme.hovered);
    ui.painter()
        .rect_stroke(tag, round, stroke, StrokeKind::Inside);
    text_in(ui.painter(), tag, &style, &text);
    width + 2.0 * UNIT
}
