//! What each act does to the state: on the list screen, in the comparison, and between screens.

use super::files::Wish;
use super::session::Stepped;
use super::state::{Effect, State};
use super::undo::Touch;
use crate::article::Judgement;
use crate::store::{Appearance, Face, unpack_sample};
use crate::ui::asking::Asking;
use crate::ui::command::{Act, Command};
use crate::ui::compare::CompareView;
use crate::ui::dialogs::{Dialog, Notice};
use crate::view::{Filter, List, Restriction, Screen};

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
                    match session.phase.is_working() {
                        true => {
                            session.stop();
                            // Nor does what was to follow begin by itself.
                            self.renewal_wanted = false;
                        }
                        false => self.commands.send(Command::LetGo(Restriction::Carrying)),
                    }
                }
            }
            Act::GoOn => self.go_on(),
            Act::Search => match (self.screen, &mut self.compare) {
                (Screen::Comparison, Some(compare)) => compare.open_find(),
                (Screen::Start, _) => {}
                _ => {
                    self.show_board();
                    self.focus_search = true;
                }
            },
            Act::ClearFilter => {
                if let Some(session) = &mut self.session {
                    session.change_filter(Touch::Choice, |filter| *filter = Filter::default());
                }
                self.filter_replaced();
            }
            Act::Undo | Act::Redo => {
                let session = self.session.as_mut();
                match session.and_then(|session| session.step_back(act == Act::Redo)) {
                    Some(Stepped::Filter) => self.filter_replaced(),
                    Some(Stepped::Verdict(pair, verdict)) => self.keep_verdict(pair, verdict),
                    None => {}
                }
            }
            Act::FindText if self.session.is_some() => {
                let carrying = self
                    .session
                    .as_ref()
                    .map(|session| session.filter.carrying.clone());
                self.dialog = Some(Dialog::FindText(Asking::new(carrying.unwrap_or_default())));
            }
            Act::KeepFilter if self.session.is_some() => {
                self.dialog = Some(Dialog::KeepFilter(Asking::default()));
            }
            Act::FindText | Act::KeepFilter => {}
            Act::WordForms => {
                self.settings.word_forms = !self.settings.word_forms;
                self.save();
                self.ask();
            }
            Act::ShowFilters if self.screen == Screen::Board => {
                self.settings.filters = Some(!self.filters_shown);
                self.save();
            }
            Act::ShowFilters => {}
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
            Act::NextSpacing => {
                self.settings.line_spacing = self.settings.line_spacing.next();
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
            Act::Correct => self.ask_for_corrections(ctx),
            Act::NameOutlets => self.ask_for_outlets(),
            Act::Decide => self.ask_what_counts(),
            Act::ExportCorrections => self.export_corrections(),
            Act::ExportOutlets => self.export_outlets(),
            Act::ClearCache => self.clear_cache(),
            Act::Confirm => self.judge_as(Some(Judgement::Confirmed)),
            Act::CallCoincidence => self.judge_as(Some(Judgement::Coincidence)),
            Act::CallUnsure => self.judge_as(Some(Judgement::Unsure)),
            Act::NoVerdict => self.judge_as(None),
            Act::AskVerdict => self.ask_for_verdict(),
            Act::ExportPairs => self.export_pairs(),
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
            Act::Forward => self.go_forward(),
            act => match self.screen {
                Screen::Comparison => self.act_on_comparison(ctx, act),
                Screen::Collation => self.act_on_collation(ctx, act),
                Screen::Source => self.act_on_source(ctx, act),
                Screen::Wordings => self.act_on_wordings(ctx, act),
                Screen::Start | Screen::Board => self.act_on_board(ctx, act),
            },
        }
        None
    }

    fn act_on_board(&mut self, ctx: &egui::Context, act: Act) {
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
            Act::SelectRow => {
                if let Some(article) = session
                    .current_article()
                    .filter(|_| session.list == List::Articles)
                {
                    session.toggle_selected(article);
                }
                return;
            }
            Act::SelectNone => return session.selected.clear(),
            Act::Collate if session.list == List::Families => {
                return self.collate_current_family();
            }
            Act::OpenRow if session.list == List::Families => {
                let family = session.current_family();
                let article = family.and_then(|id| session.representative(id));
                let strongest = article.and_then(|article| session.strongest_pair(article));
                if let Some(pair) = strongest {
                    self.compare_pair(pair);
                }
                return;
            }
            Act::OpenRow if session.list == List::Pairs => {
                if let Some(pair) = session.current_pair() {
                    self.compare_pair(pair);
                }
                return;
            }
            Act::OpenRow if session.list == List::Articles => {
                // The strongest pair of the article that is being read.
                let current = session.current_article();
                if let Some(both) = current.and_then(|id| session.strongest_of(id)) {
                    self.compare_articles(both);
                }
                return;
            }
            act => return self.act_on_article(ctx, act),
        }
        self.follow = true;
    }

    /// Acts about one article: the one in hand.
    pub(super) fn act_on_article(&mut self, ctx: &egui::Context, act: Act) {
        let Some(id) = self.article_in_hand(ctx) else {
            return;
        };
        match act {
            Act::ShowSource => self.show_source(id),
            Act::OpenFile => self.hand_over(id, Wish::Open),
            Act::RevealFile => self.hand_over(id, Wish::Reveal),
            _ => {}
        }
    }

    /// The article that the person looks at.
    pub(super) fn article_in_hand(&self, ctx: &egui::Context) -> Option<u32> {
        match self.screen {
            Screen::Start => None,
            Screen::Board => self.article_of_list(),
            Screen::Comparison => Some(self.compare.as_ref()?.article_in_hand(ctx)),
            Screen::Wordings => self.wordings.as_ref()?.article_in_hand(ctx),
            Screen::Collation => Some(self.collation.as_ref()?.article_in_hand(ctx)),
            Screen::Source => Some(self.source.as_ref()?.id),
        }
    }

    /// The article of the list that is shown: of a pair the first, of a family the one that is read.
    fn article_of_list(&self) -> Option<u32> {
        let session = self.session.as_ref()?;
        match session.list {
            List::Articles => session.current_article(),
            List::Pairs => {
                let pair = session.current_pair()? as usize;
                session.tables.pairs.0.get(pair).map(|pair| pair.first)
            }
            List::Families => self.families.picked(session.current_family()?),
            List::Pictures => None,
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
            Screen::Board => match self.session.as_ref().map(|session| session.list) {
                Some(List::Articles) => self.reading.turn(),
                Some(List::Families) => self.families.turn(),
                _ => {}
            },
            Screen::Collation => {
                if let Some(collation) = &mut self.collation {
                    collation.turn(ctx);
                }
            }
            Screen::Source => {
                if let Some(source) = &mut self.source {
                    source.turn();
                }
            }
            Screen::Start => {}
        }
    }

    fn back(&mut self) {
        if self.notice.take().is_some() {
            return;
        }
        match self.screen {
            Screen::Comparison => {
                if !self.compare.as_mut().is_some_and(CompareView::close_find) {
                    self.go_back();
                }
            }
            Screen::Wordings | Screen::Collation | Screen::Source => self.go_back(),
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
