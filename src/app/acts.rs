//! What each act does to the state: on the list screen, in the comparison, and between screens.

use std::sync::Arc;

use super::state::{Effect, State};
use crate::article::Span;
use crate::store::{Appearance, Face, unpack_sample};
use crate::ui::command::Act;
use crate::ui::compare::CompareView;
use crate::ui::dialogs::{Dialog, Notice};
use crate::ui::wordings::WordingsView;
use crate::view::wordings::Wordings;
use crate::view::{DayFilter, Filter, List, Screen};

impl State {
    pub(super) fn act(&mut self, ctx: &egui::Context, act: Act) -> Option<Effect> {
        match act {
            Act::OpenFolder if self.picking => {}
            Act::OpenFolder => {
                self.picking = true;
                let start = self.session.as_ref().map(|session| session.root.clone());
                let start = start.or_else(|| self.settings.recent.first().cloned());
                return Some(Effect::PickFolder { start });
            }
            Act::TypePath => {
                let path = self
                    .session
                    .as_ref()
                    .map(|session| session.root.display().to_string());
                self.ask_for_path(path.unwrap_or_default(), None);
            }
            Act::OpenSample => match unpack_sample(&self.places) {
                Ok(folder) => self.open(&folder, false),
                Err(error) => {
                    let text = format!(
                        "The sample could not be laid out: {error}. Open a folder of your own instead."
                    );
                    self.notice = Some(Notice { text });
                }
            },
            Act::CloseFolder => self.close(),
            Act::StopWork => {
                if let Some(session) = &self.session {
                    session.stop();
                }
            }
            Act::Search => match (self.screen, &mut self.compare) {
                (Screen::Comparison, Some(compare)) => compare.open_find(),
                (Screen::Board, _) => self.focus_search = true,
                _ => {}
            },
            Act::ClearFilter => {
                self.query.clear();
                if let Some(session) = &mut self.session {
                    session.change_filter(|filter| {
                        *filter = Filter {
                            days: DayFilter::default(),
                            ..Filter::default()
                        }
                    });
                }
            }
            Act::TextLarger | Act::TextSmaller => {
                self.settings.step_text_size(act == Act::TextLarger);
                self.reset_text();
            }
            Act::NextFace => {
                self.settings.face = match self.settings.face {
                    Face::Naskh => Face::Classical,
                    Face::Classical => Face::Sans,
                    Face::Sans => Face::Naskh,
                };
                self.reset_text();
            }
            Act::TurnText => self.turn_text(ctx),
            Act::ZoomIn | Act::ZoomOut | Act::ZoomReset => self.zoom(ctx, act),
            Act::ToggleAppearance => {
                let dark = ctx.theme() == egui::Theme::Dark;
                self.settings.appearance = if dark {
                    Appearance::Light
                } else {
                    Appearance::Dark
                };
                self.save();
            }
            Act::ShowSkipped => self.dialog = Some(Dialog::Skipped),
            Act::ShowCommands => {
                self.dialog = Some(Dialog::Commands {
                    query: String::new(),
                    row: 0,
                    fresh: true,
                });
            }
            Act::ShowKeys => self.dialog = Some(Dialog::Keys),
            Act::Quit => return Some(Effect::Quit),
            Act::Back => self.back(),
            act if self.screen == Screen::Comparison => self.act_on_comparison(ctx, act),
            act => self.act_on_board(act),
        }
        None
    }

    fn act_on_board(&mut self, act: Act) {
        const PAGE: isize = 8;
        let Some(session) = self
            .session
            .as_mut()
            .filter(|_| self.screen == Screen::Board)
        else {
            return;
        };
        match act {
            Act::NextRow => session.move_row(1),
            Act::PreviousRow => session.move_row(-1),
            Act::NextPage => session.move_row(PAGE),
            Act::PreviousPage => session.move_row(-PAGE),
            Act::FirstRow => session.select_row(0),
            Act::LastRow => session.select_row(usize::MAX),
            Act::OpenRow if session.list == List::Pairs => {
                if let Some(pair) = session.current_pair() {
                    self.compare_pair(pair);
                }
                return;
            }
            Act::OpenRow => {
                // The strongest pair of the article that is being read.
                let strongest = session
                    .current_article()
                    .and_then(|id| session.strongest_pair(id));
                if let Some(pair) = strongest {
                    self.compare_pair(pair);
                }
                return;
            }
            _ => return,
        }
        self.follow = true;
    }

    fn act_on_comparison(&mut self, ctx: &egui::Context, act: Act) {
        let setting = self.setting();
        let Some(compare) = &mut self.compare else {
            return;
        };
        match act {
            Act::NextPassage => compare.step(ctx, true),
            Act::PreviousPassage => compare.step(ctx, false),
            Act::NextPair => self.step_pair(1),
            Act::PreviousPair => self.step_pair(-1),
            Act::SwapSides => compare.swap_sides(setting),
            Act::LinkScrolling => compare.toggle_link(ctx),
            Act::ShowDetails => compare.toggle_details(),
            Act::ThroughFamily => self.show_wordings(),
            Act::CopyPassage => {
                if let Some(text) = compare.passage_as_text() {
                    ctx.copy_text(text);
                }
            }
            Act::NextRow => compare.scroll_by(ctx, setting.size * 2.0),
            Act::PreviousRow => compare.scroll_by(ctx, -setting.size * 2.0),
            Act::NextPage => compare.scroll_pages(ctx, 0.85),
            Act::PreviousPage => compare.scroll_pages(ctx, -0.85),
            Act::FirstRow => compare.scroll_pages(ctx, -1e6),
            Act::LastRow => compare.scroll_pages(ctx, 1e6),
            _ => {}
        }
    }

    /// Runs the article that is being read from the other side.
    fn turn_text(&mut self, ctx: &egui::Context) {
        match self.screen {
            Screen::Comparison => {
                if let Some(compare) = &mut self.compare {
                    compare.turn(ctx);
                }
            }
            Screen::Wordings => {
                if let Some(wordings) = &mut self.wordings {
                    wordings.turn(ctx);
                }
            }
            Screen::Board => self.reading.turn(),
            Screen::Start => {}
        }
    }

    /// What was selected in an article, through every article that carries it.
    pub(super) fn find_elsewhere(&mut self, article: u32, span: Span) {
        let setting = self.setting();
        let Some(session) = &self.session else { return };
        match Wordings::around(&session.articles, &session.findings, article, span) {
            Some(wordings) => {
                self.wordings = Some(WordingsView::new(wordings, &session.articles, setting));
                self.before_wordings = self.screen;
                self.screen = Screen::Wordings;
            }
            None => {
                let text = match session.phase.is_working() {
                    true => {
                        "No other article with these words so far: articles are still being compared."
                    }
                    false => {
                        "No other article shares a passage with these words. To find them one by one, search for them."
                    }
                };
                self.notice = Some(Notice {
                    text: text.to_owned(),
                });
            }
        }
    }

    /// The current passage through every article that carries it.
    fn show_wordings(&mut self) {
        let setting = self.setting();
        let (Some(session), Some(compare)) = (&self.session, &self.compare) else {
            return;
        };
        if let Some((article, span)) = compare.current_passage() {
            let wordings = Wordings::new(&session.articles, &session.findings, article, span);
            self.wordings = Some(WordingsView::new(wordings, &session.articles, setting));
            self.before_wordings = self.screen;
            self.screen = Screen::Wordings;
        }
    }

    /// Moves along the list of pairs without leaving the comparison.
    fn step_pair(&mut self, by: isize) {
        let Some(session) = &mut self.session else {
            return;
        };
        session.list = List::Pairs;
        session.move_row(by);
        if let Some(pair) = session.current_pair() {
            self.compare_pair(pair);
        }
    }

    pub(super) fn compare_pair(&mut self, pair: u32) {
        let setting = self.setting();
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(comparison) = session.comparison(pair) else {
            return;
        };
        let articles = comparison
            .articles
            .map(|id| Arc::clone(&session.articles[id as usize]));
        session.point_at_pair(pair);
        // The same pair again keeps where the person was.
        if self.compare.as_ref().is_none_or(|open| open.pair != pair) {
            self.compare = Some(CompareView::new(pair, comparison, articles, setting));
        }
        self.screen = Screen::Comparison;
        self.follow = true;
    }

    fn back(&mut self) {
        if self.notice.take().is_some() {
            return;
        }
        match self.screen {
            Screen::Comparison => {
                if !self.compare.as_mut().is_some_and(CompareView::close_find) {
                    self.screen = Screen::Board;
                }
            }
            Screen::Wordings => self.screen = self.before_wordings,
            Screen::Board => {
                // The search box is the last thing to leave; the folder stays open.
                if self
                    .session
                    .as_ref()
                    .is_some_and(|session| session.filter.is_active())
                {
                    self.commands.act(Act::ClearFilter);
                }
            }
            Screen::Start => {}
        }
        self.follow = true;
    }

    fn zoom(&mut self, ctx: &egui::Context, act: Act) {
        let zoom = match act {
            Act::ZoomIn => ctx.zoom_factor() + 0.1,
            Act::ZoomOut => ctx.zoom_factor() - 0.1,
            _ => 1.0,
        };
        let zoom = ((zoom * 10.0).round() / 10.0).clamp(0.5, 3.0);
        self.settings.zoom = Some(zoom);
        ctx.set_zoom_factor(zoom);
        self.save();
    }
}
