//! The line at the foot: what is being done and how far it is, what was found, what could not be read.

use egui::{Align, CornerRadius, Layout, Rect, Sense, Ui, pos2, vec2};

use super::command::{Act, Commands};
use super::phrasing::{group, plural};
use super::theme::{self, Theme, UNIT};
use crate::ingest::{SkipReason, Skipped};
use crate::paint::{Button, Label};
use crate::view::Phase;
use crate::work::Progress;

/// What the line speaks of.
pub struct Status<'a> {
    pub phase: &'a Phase,
    pub stopping: bool,
    pub articles: usize,
    pub pairs: usize,
    pub families: usize,
    pub skipped: &'a [Skipped],
}

pub fn show(ui: &mut Ui, status: &Status, commands: &mut Commands) {
    let theme = Theme::of(ui);
    ui.horizontal_centered(|ui| {
        match status.phase {
            Phase::Working(progress) | Phase::Renewing(progress) => {
                working(ui, theme, *progress, status.stopping, commands);
            }
            Phase::Ready => say(ui, &found(status)),
            Phase::Outdated => {
                say(ui, &format!("As before the change: {}", found(status)));
                act(ui, Act::GoOn, commands);
            }
            Phase::Stopped(stage) => {
                let what = stage.label().to_lowercase();
                let found = found(status);
                let not_all = match status.phase.is_compared() {
                    true => "",
                    false => "What is shown is not all. ",
                };
                say(ui, &format!("Stopped while {what}. {not_all}{found}"));
                act(ui, Act::GoOn, commands);
            }
            Phase::Broken(why) => {
                let text = format!(
                    "Something in the program went wrong: {why}. What was found so far is shown."
                );
                // Before the reason, which may be longer than the line.
                act(ui, Act::GoOn, commands);
                ui.add(Label::new(&text).size(theme::SMALL).color(theme.warning));
            }
        }
        if let Some(label) = aside(status.skipped) {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let tip = Act::ShowSkipped.tooltip(ui.ctx());
                if ui
                    .add(Button::new(&label).quiet().size(theme::SMALL).tooltip(&tip))
                    .clicked()
                {
                    commands.act(Act::ShowSkipped);
                }
            });
        }
    });
}

fn working(
    ui: &mut Ui,
    theme: &Theme,
    progress: Progress,
    stopping: bool,
    commands: &mut Commands,
) {
    let Progress { stage, done, total } = progress;
    let (bar, response) = ui.allocate_exact_size(vec2(160.0, 6.0), Sense::hover());
    let share = if total == 0 {
        0.0
    } else {
        (done as f32 / total as f32).min(1.0)
    };
    ui.painter()
        .rect_filled(bar, CornerRadius::same(3), theme.hairline);
    let filled = Rect::from_min_max(bar.min, pos2(bar.min.x + bar.width() * share, bar.max.y));
    ui.painter()
        .rect_filled(filled, CornerRadius::same(3), theme.accent);
    let text = match (stopping, total) {
        (true, _) => "Stopping…".to_owned(),
        (_, 0) => format!("{}…", stage.label()),
        _ => format!("{}, {} of {}", stage.label(), group(done), group(total)),
    };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &text));
    say(ui, &text);
    if !stopping {
        act(ui, Act::StopWork, commands);
    }
}

fn act(ui: &mut Ui, act: Act, commands: &mut Commands) {
    ui.add_space(UNIT);
    let tip = act.tooltip(ui.ctx());
    let button = Button::new(act.label()).size(theme::SMALL).tooltip(&tip);
    if ui.add(button).clicked() {
        commands.act(act);
    }
}

fn found(status: &Status) -> String {
    let articles = plural(status.articles, "article", "articles");
    if !status.phase.is_compared() || status.articles < 2 {
        return articles;
    }
    if status.pairs == 0 {
        return format!("{articles}, none shares a passage with another");
    }
    format!(
        "{articles}, {} in {}",
        plural(status.pairs, "pair", "pairs"),
        plural(status.families, "family", "families")
    )
}

/// Files that are no articles here, those first that a person might miss. One line of the list may stand for many
/// files.
fn aside(skipped: &[Skipped]) -> Option<String> {
    let files = |no_loss: bool| -> usize {
        let these = skipped.iter().filter(|s| s.reason.is_no_loss() == no_loss);
        these
            .map(|skipped| match skipped.reason {
                SkipReason::NoArticles { files } => files,
                _ => 1,
            })
            .sum()
    };
    let (lost, others) = (files(false), files(true));
    let holds = if others == 1 { "holds" } else { "hold" };
    match (lost, others) {
        (0, 0) => None,
        (0, _) => Some(format!(
            "{} {holds} no article",
            plural(others, "file", "files")
        )),
        (_, 0) => Some(format!("{} not read", plural(lost, "file", "files"))),
        _ => Some(format!(
            "{} not read, {} {holds} no article",
            plural(lost, "file", "files"),
            group(others)
        )),
    }
}

fn say(ui: &mut Ui, text: &str) {
    let color = Theme::of(ui).faint_ink;
    ui.add(Label::new(text).size(theme::SMALL).color(color));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missed_is_told_from_what_is_not() {
        let skipped = |reason| Skipped {
            path: String::new(),
            reason,
        };
        let pictures = skipped(SkipReason::NoArticles { files: 3 });
        let locked = skipped(SkipReason::Locked);
        let readme = skipped(SkipReason::Readme);
        let told = |files: &[&Skipped]| {
            let files: Vec<Skipped> = files.iter().map(|file| (*file).clone()).collect();
            aside(&files).unwrap_or_default()
        };
        assert_eq!(told(&[]), "");
        assert_eq!(told(&[&readme]), "1 file holds no article");
        assert_eq!(told(&[&readme, &pictures]), "4 files hold no article");
        assert_eq!(told(&[&locked]), "1 file not read");
        assert_eq!(
            told(&[&locked, &pictures]),
            "1 file not read, 3 hold no article"
        );
    }
}
