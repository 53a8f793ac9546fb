//! All state of the program, and what each command and event does to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::{Event, Jobs, Outcome, Picked};
use super::session::Session;
use crate::ingest::OpenError;
use crate::paint;
use crate::store::{Appearance, Face, Places, Settings, unpack_sample};
use crate::ui::articles::Reading;
use crate::ui::command::{Act, Command, Commands};
use crate::ui::compare::{CompareView, Setting};
use crate::ui::dialogs::{Dialog, Notice};
use crate::ui::wordings::WordingsView;
use crate::view::wordings::Wordings;
use crate::view::{DayFilter, Filter, List, Screen};

pub struct State {
    pub settings: Settings,
    pub screen: Screen,
    pub session: Option<Session>,
    pub compare: Option<CompareView>,
    pub wordings: Option<WordingsView>,
    pub dialog: Option<Dialog>,
    pub notice: Option<Notice>,
    /// What stands in the search box and in the outlets' box.
    pub query: String,
    pub find_outlet: String,
    pub reading: Reading,
    pub commands: Commands,
    /// The current row has moved and has to be in sight.
    pub follow: bool,
    pub focus_search: bool,
    places: Places,
    jobs: Jobs,
    /// The folder dialog is open; a second one would confuse.
    picking: bool,
}

/// What only the window can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    PickFolder { start: Option<PathBuf> },
    Quit,
}

impl State {
    pub fn new(ctx: &egui::Context, places: Places) -> Self {
        Self {
            settings: Settings::load(&places),
            screen: Screen::Start,
            session: None,
            compare: None,
            wordings: None,
            dialog: None,
            notice: None,
            query: String::new(),
            find_outlet: String::new(),
            reading: Reading::default(),
            commands: Commands::default(),
            follow: false,
            focus_search: false,
            places,
            jobs: Jobs::new(ctx.clone()),
            picking: false,
        }
    }

    pub fn setting(&self) -> Setting {
        let face = match self.settings.face {
            Face::Naskh => paint::Face::Naskh,
            Face::Classical => paint::Face::Classical,
            Face::Sans => paint::Face::Sans,
        };
        Setting {
            face,
            size: self.settings.text_size,
        }
    }

    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// Opens a folder, in place of the one that is open.
    pub fn open(&mut self, folder: &Path, remember: bool) {
        if let Some(session) = &self.session {
            session.stop();
        }
        let stop = self.jobs.open(folder.to_owned());
        self.session = Some(Session::new(folder.to_owned(), stop));
        self.compare = None;
        self.wordings = None;
        self.dialog = None;
        self.notice = None;
        self.reading = Reading::default();
        self.query.clear();
        self.find_outlet.clear();
        self.screen = Screen::Board;
        if remember {
            self.settings.remember(folder);
            self.save();
        }
    }

    /// Takes in what workers have sent, and brings the lists up to date. At most once a frame.
    pub fn take_events(&mut self) {
        for event in self.jobs.events() {
            self.take(event);
        }
        let Some(session) = &mut self.session else {
            return;
        };
        session.refresh();
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Picked(picked) => self.take_picked(picked),
            Event::OpenFailed(error) => self.open_failed(&error),
            event => {
                let Some(session) = &mut self.session else {
                    return;
                };
                match event {
                    Event::Progress(progress) => session.take_progress(progress),
                    Event::Batch(batch) => session.take_batch(batch),
                    Event::Opened(folder) => session.take_folder(folder),
                    Event::Found { findings, pairs } => session.take_findings(findings, pairs),
                    Event::Indexed(index) => {
                        session.index = Some(index);
                        self.ask();
                    }
                    Event::Hits { query, hits } => session.take_hits(&query, hits),
                    Event::Finished(Outcome::Done) => session.finish(None),
                    Event::Finished(Outcome::Stopped) => session.finish(Some(None)),
                    Event::Finished(Outcome::Broken(why)) => session.finish(Some(Some(why))),
                    Event::Picked(_) | Event::OpenFailed(_) => {}
                }
            }
        }
    }

    fn take_picked(&mut self, picked: Picked) {
        self.picking = false;
        match picked {
            Picked::Folder(folder) => self.open(&folder, true),
            Picked::Cancelled => {}
            Picked::NoDialog => {
                let why = "This system has no folder dialog to offer (neither a desktop portal nor zenity answered). \
                           Type or paste the folder’s path instead, or drop the folder on the window.";
                self.ask_for_path(String::new(), Some(why.to_owned()));
            }
        }
    }

    fn open_failed(&mut self, error: &OpenError) {
        let Some(session) = self.session.take() else {
            return;
        };
        let root = session.root;
        self.screen = Screen::Start;
        // A folder that is gone must not be offered again.
        if !root.is_dir() {
            self.settings.forget(&root);
            self.save();
        }
        self.notice = Some(Notice {
            text: error.to_string(),
        });
    }

    fn ask_for_path(&mut self, path: String, why: Option<String>) {
        self.dialog = Some(Dialog::TypePath {
            path,
            why,
            fresh: true,
        });
    }

    /// Sends the query to the index, if there are both.
    fn ask(&self) {
        let Some(session) = &self.session else { return };
        if let Some(index) = &session.index
            && !session.filter.query.trim().is_empty()
        {
            self.jobs.find(index.clone(), session.filter.query.clone());
        }
    }

    /// Applies what was asked for during the frame.
    pub fn apply_all(&mut self, ctx: &egui::Context) -> Vec<Effect> {
        let commands = self.commands.take();
        commands
            .into_iter()
            .filter_map(|command| self.apply(ctx, command))
            .collect()
    }

    fn apply(&mut self, ctx: &egui::Context, command: Command) -> Option<Effect> {
        match command {
            Command::Do(act) => return self.act(ctx, act),
            Command::OpenPath(path) => self.open(&path, true),
            Command::ForgetRecent(path) => {
                self.settings.forget(&path);
                self.save();
            }
            Command::OpenPair(pair) => self.compare_pair(pair),
            Command::SearchFor(query) => {
                self.query.clone_from(&query);
                self.screen = Screen::Board;
                self.apply_to_session(Command::ShowList(List::Articles));
                self.apply_to_session(Command::SetQuery(query));
            }
            Command::OpenArticles(articles) => {
                let pair = self
                    .session
                    .as_ref()
                    .and_then(|session| session.pair_of(articles));
                if let Some(pair) = pair {
                    self.compare_pair(pair);
                }
            }
            command => self.apply_to_session(command),
        }
        None
    }

    fn apply_to_session(&mut self, command: Command) {
        let Some(session) = &mut self.session else {
            return;
        };
        match command {
            Command::ShowList(list) => {
                session.show_list(list);
                self.follow = true;
            }
            Command::ToggleOutlet(outlet) => {
                session.change_filter(|filter| filter.toggle_outlet(outlet))
            }
            Command::SetDays(days) => session.change_filter(|filter| filter.days = days),
            Command::SetSides(sides) => session.change_filter(|filter| filter.sides = sides),
            Command::SetQuery(query) => {
                session.change_filter(|filter| filter.query = query);
                self.ask();
            }
            Command::SetSort(sort) => session.change_sort(sort),
            Command::SelectRow(row) => session.select_row(row),
            _ => {}
        }
    }

    fn act(&mut self, ctx: &egui::Context, act: Act) -> Option<Effect> {
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

    /// The current passage through every article that carries it.
    fn show_wordings(&mut self) {
        let setting = self.setting();
        let (Some(session), Some(compare)) = (&self.session, &self.compare) else {
            return;
        };
        if let Some((article, span)) = compare.current_passage() {
            let wordings = Wordings::new(&session.articles, &session.findings, article, span);
            self.wordings = Some(WordingsView::new(wordings, &session.articles, setting));
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

    fn compare_pair(&mut self, pair: u32) {
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
            Screen::Wordings => self.screen = Screen::Comparison,
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

    fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.stop();
        }
        self.jobs.drop_events();
        self.compare = None;
        self.wordings = None;
        self.reading = Reading::default();
        self.query.clear();
        self.screen = Screen::Start;
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

    /// Sets open articles anew after a change of face or size.
    fn reset_text(&mut self) {
        let setting = self.setting();
        if let Some(compare) = &mut self.compare {
            compare.set(setting);
        }
        if let Some(wordings) = &mut self.wordings {
            wordings.set(setting);
        }
        self.save();
    }

    /// Settings that cannot be kept are no reason to bother the person: all else works.
    fn save(&self) {
        if let Err(error) = self.settings.save(&self.places) {
            tracing::warn!("settings not saved: {error}");
        }
    }
}
