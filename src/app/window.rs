//! The window: lays the panels out, frame by frame, and hands what they ask for to [`State`].

use std::path::PathBuf;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::dialog;
use super::state::{Effect, State};
use crate::store::{Appearance, Places};
use crate::ui::articles::{self, ArticleList, Fact};
use crate::ui::chips::{self, Chips};
use crate::ui::command::{Command, Focus, read_keys};
use crate::ui::compare::{CompareView, Place};
use crate::ui::facets::Facets;
use crate::ui::families::FamilyList;
use crate::ui::pairs::{self, PairList};
use crate::ui::pictures::Overview;
use crate::ui::status_bar::{self, Status};
use crate::ui::theme::{self, Theme};
use crate::ui::top_bar::{self, TopBar};
use crate::ui::{dialogs, facets, start};
use crate::view::{List, Screen};
use crate::{paint, ui};

/// Opens the window and stays until it is closed.
///
/// # Errors
/// Where the system has no screen or no graphics to offer.
pub fn run(folder: Option<PathBuf>) -> anyhow::Result<()> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Muqabala")
        .with_app_id("muqabala")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 420.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        ..Default::default()
    };
    eframe::run_native(
        "muqabala",
        options,
        Box::new(|creation| {
            let ctx = &creation.egui_ctx;
            let window = Window::new(ctx, Places::of_person(), folder);
            // Only in the real window: tests and pictures must not depend on the machine.
            paint::use_system_fonts(ctx);
            paint::use_system_clipboard(ctx);
            Ok(Box::new(window))
        }),
    )
    .map_err(|error| {
        anyhow::anyhow!(
            "The window could not be opened: {error}. `muqabala report FOLDER` works without one"
        )
    })
}

/// The program as eframe runs it.
pub struct Window {
    pub state: State,
    title: String,
    /// The keyboard was on an article's text in the last frame.
    in_text: bool,
}

impl Window {
    /// Nothing is read before the first frame: a folder that was given opens on a worker.
    pub fn new(ctx: &egui::Context, places: Places, folder: Option<PathBuf>) -> Self {
        paint::install(ctx);
        theme::install(ctx);
        let mut state = State::new(ctx, places);
        ctx.set_zoom_factor(state.settings.zoom.unwrap_or(1.0));
        if let Some(folder) = folder {
            state.open(&folder, true);
        }
        Self {
            state,
            title: String::new(),
            in_text: false,
        }
    }

    /// One frame without the parts that need a real window. Returns what the window has to do.
    pub fn frame(&mut self, ui: &mut Ui) -> Vec<Effect> {
        let ctx = ui.ctx().clone();
        self.appearance(&ctx);
        self.fit_screen(&ctx);
        self.take_dropped(&ctx);
        let comes = egui::Event::WindowFocused(true);
        if ctx.input(|input| input.events.contains(&comes)) {
            self.state.look_elsewhere();
        }
        // Keys are for what lies on top.
        if self.state.dialog.is_none() && !egui::Popup::is_any_open(&ctx) {
            let focus = self.focus(&ctx);
            // From a text in the list, escape leads back to the list and no further; egui has taken the
            // keyboard away from it already.
            if std::mem::replace(&mut self.in_text, focus == Focus::Text)
                && self.state.screen == Screen::Board
            {
                ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
            }
            read_keys(&ctx, focus, &mut self.state.commands);
        }
        match self.state.screen {
            Screen::Start => self.start(ui),
            Screen::Board => self.board(ui),
            Screen::Comparison => self.comparison(ui),
            Screen::Wordings => self.wordings(ui),
            Screen::Collation => self.collation(ui),
            Screen::Source => self.source(ui),
        }
        self.overlays(&ctx);
        // What a screen reader says on coming to the window.
        let title = self.wanted_title();
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title));
        self.state.apply_all(&ctx)
    }

    fn focus(&self, ctx: &egui::Context) -> Focus {
        let State {
            compare,
            wordings,
            collation,
            source,
            reading,
            families,
            ..
        } = &self.state;
        let in_text = compare.as_ref().is_some_and(|view| view.has_focus(ctx))
            || wordings.as_ref().is_some_and(|view| view.has_focus(ctx))
            || collation.as_ref().is_some_and(|view| view.has_focus(ctx))
            || source.as_ref().is_some_and(|view| view.has_focus(ctx))
            || families.has_focus(ctx)
            || reading.has_focus(ctx);
        match ctx.memory(|memory| memory.focused()) {
            Some(id)
                if [top_bar::search_id(), CompareView::find_id()].contains(&id)
                    || facets::is_field(id) =>
            {
                Focus::Field
            }
            Some(_) if in_text => Focus::Text,
            Some(_) => Focus::Widget,
            None => Focus::Page,
        }
    }

    fn appearance(&self, ctx: &egui::Context) {
        let wanted = match self.state.settings.appearance {
            Appearance::System => egui::ThemePreference::System,
            Appearance::Light => egui::ThemePreference::Light,
            Appearance::Dark => egui::ThemePreference::Dark,
        };
        if ctx.options(|options| options.theme_preference) != wanted {
            ctx.set_theme(wanted);
        }
    }

    /// A screen of 4K that the system treats like a small one would show everything tiny.
    fn fit_screen(&self, ctx: &egui::Context) {
        const LARGE: f32 = 3000.0;
        if self.state.settings.zoom.is_some() || ctx.zoom_factor() != 1.0 {
            return;
        }
        let screen = ctx.input(|input| input.viewport().monitor_size);
        if screen.is_some_and(|size| size.x >= LARGE) {
            ctx.set_zoom_factor(1.8);
        }
    }

    fn take_dropped(&mut self, ctx: &egui::Context) {
        let dropped = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_owned())
                .find(|path| !path.as_os_str().is_empty())
        });
        if let Some(path) = dropped {
            // A dropped article stands for its folder.
            let folder = if path.is_file() {
                path.parent().map(PathBuf::from).unwrap_or(path)
            } else {
                path
            };
            self.state.commands.send(Command::OpenPath(folder));
        }
    }

    fn start(&mut self, ui: &mut Ui) {
        let fill = Theme::of(ui).chrome;
        let State {
            settings, commands, ..
        } = &mut self.state;
        CentralPanel::default()
            .frame(Frame::new().fill(fill))
            .show(ui, |ui| {
                start::show(ui, &settings.recent, commands);
            });
    }

    fn board(&mut self, ui: &mut Ui) {
        /// Narrower, the filters would take the room of what they filter.
        const ROOM_FOR_FILTERS: f32 = 760.0;
        let setting = self.state.setting();
        let State {
            session,
            commands,
            settings,
            filters_shown,
            query,
            facets: panel,
            families,
            pictures,
            reading,
            follow,
            focus_search,
            ..
        } = &mut self.state;
        let Some(session) = session else {
            self.state.screen = Screen::Start;
            return;
        };
        let theme = Theme::of(ui);
        let chrome = |x, y| {
            Frame::new()
                .fill(theme.chrome)
                .inner_margin(Margin::symmetric(x, y))
        };
        Panel::top("top")
            .frame(chrome(14, 4))
            .exact_size(48.0)
            .show(ui, |ui| {
                let bar = TopBar {
                    folder: &session.name,
                    can_search: session.index.is_some(),
                    word_forms: settings.word_forms,
                };
                top_bar::show(ui, &bar, query, std::mem::take(focus_search), commands);
            });
        Panel::bottom("status")
            .frame(chrome(14, 2))
            .exact_size(34.0)
            .show(ui, |ui| {
                let status = Status {
                    phase: &session.phase,
                    stopping: session.is_stopping() && session.phase.is_working(),
                    articles: session.articles.len(),
                    pairs: session.tables.pairs.0.len(),
                    families: session.findings.families.len(),
                    skipped: &session.skipped,
                };
                status_bar::show(ui, &status, commands);
            });
        let has_room = ui.available_width() >= ROOM_FOR_FILTERS;
        *filters_shown = settings.filters.unwrap_or(has_room);
        if *filters_shown {
            Panel::left("facets")
                .frame(chrome(14, 4))
                .resizable(true)
                .default_size(268.0)
                .size_range(200.0..=420.0)
                .show(ui, |ui| {
                    let shown = Facets {
                        board: &session.board,
                        version: session.version,
                        columns: &session.tables.columns,
                        filter: &session.filter,
                        unit: session.unit,
                        kept: &settings.kept_filters.keys().cloned().collect::<Vec<_>>(),
                    };
                    facets::show(ui, shown, panel, commands);
                });
        }
        CentralPanel::no_frame()
            .frame(Frame::new().fill(theme.paper))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let counted =
                    chips::tabs(ui, session.list, &session.board, *filters_shown, commands);
                let answers = !session.is_without_index();
                let chips = Chips {
                    board: &session.board,
                    filter: &session.filter,
                    counted,
                    waiting: session.is_waiting() && answers,
                    finding: session.is_finding() && answers,
                    unanswered: session.is_waiting() && !answers,
                    counting: session.counting_for(),
                    selected: session.selected.len(),
                    can_undo: session.undo.can_step(false),
                    can_redo: session.undo.can_step(true),
                };
                chips::show(ui, &chips, commands);
                let follow = std::mem::take(follow);
                match session.list {
                    List::Pairs => {
                        let list = PairList {
                            articles: &session.articles,
                            tables: &session.tables,
                            board: &session.board,
                            sort: session.sorts.pairs,
                            phase: &session.phase,
                            row: session.row(),
                            follow,
                        };
                        pairs::show(ui, &list, commands);
                    }
                    List::Articles => {
                        let list = ArticleList {
                            articles: &session.articles,
                            tables: &session.tables,
                            board: &session.board,
                            snippets: &session.snippets,
                            selected: &session.selected,
                            sort: session.sorts.articles,
                            facts: &Fact::named(&settings.article_columns),
                            phase: &session.phase,
                            early: session.early.as_ref(),
                            found: session.is_found(),
                            row: session.row(),
                            follow,
                            setting,
                        };
                        articles::show(ui, &list, reading, commands);
                    }
                    List::Families => {
                        let list = FamilyList {
                            articles: &session.articles,
                            findings: &session.findings,
                            tables: &session.tables,
                            board: &session.board,
                            version: session.version,
                            sort: session.sorts.families,
                            phase: &session.phase,
                            row: session.row(),
                            follow,
                            setting,
                        };
                        ui::families::show(ui, &list, families, commands);
                    }
                    List::Pictures => {
                        let overview = Overview {
                            articles: &session.articles,
                            tables: &session.tables,
                            board: &session.board,
                            made: session.overviews.as_ref(),
                            filter: &session.filter,
                            phase: &session.phase,
                        };
                        ui::pictures::show(ui, overview, pictures, commands);
                    }
                }
            });
    }

    fn comparison(&mut self, ui: &mut Ui) {
        let State {
            session,
            compare,
            commands,
            ..
        } = &mut self.state;
        let (Some(session), Some(compare)) = (session, compare) else {
            self.state.screen = Screen::Board;
            return;
        };
        let place = Place {
            listed: session.listed(compare.comparison.articles),
            has_family: session.is_found() && !compare.comparison.passages.is_empty(),
            verdict: session
                .pair_of(compare.comparison.articles)
                .and_then(|pair| session.tables.verdicts.get(&pair)),
        };
        compare.show(ui, place, commands);
    }

    fn wordings(&mut self, ui: &mut Ui) {
        let State {
            wordings, commands, ..
        } = &mut self.state;
        match wordings {
            Some(wordings) => wordings.show(ui, commands),
            None => self.state.screen = Screen::Comparison,
        }
    }

    fn collation(&mut self, ui: &mut Ui) {
        let State {
            collation,
            commands,
            ..
        } = &mut self.state;
        match collation {
            Some(collation) => collation.show(ui, commands),
            None => self.state.screen = Screen::Board,
        }
    }

    fn source(&mut self, ui: &mut Ui) {
        let State {
            source, commands, ..
        } = &mut self.state;
        match source {
            Some(source) => source.show(ui, commands),
            None => self.state.screen = Screen::Board,
        }
    }

    fn overlays(&mut self, ctx: &egui::Context) {
        let State {
            dialog,
            notice,
            session,
            commands,
            ..
        } = &mut self.state;
        if let Some(open) = dialog {
            let skipped = session.as_ref().map_or(&[][..], |session| &session.skipped);
            if !dialogs::show(ctx, open, skipped, commands) {
                *dialog = None;
            }
        }
        if !ctx.input(|input| input.raw.hovered_files.is_empty()) {
            dialogs::drop_here(ctx);
        }
        if let Some(shown) = notice
            && dialogs::notice(ctx, shown)
        {
            *notice = None;
        }
    }

    fn wanted_title(&self) -> String {
        match &self.state.session {
            Some(session) => format!("{} – Muqabala", session.name),
            None => "Muqabala".to_owned(),
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, _ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.state.take_events();
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        for effect in self.frame(ui) {
            match effect {
                Effect::PickFolder { start } => {
                    dialog::pick_folder(frame, start.as_deref(), self.state.jobs().reporter());
                }
                Effect::Quit => ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close),
            }
        }
        let title = self.wanted_title();
        if title != self.title {
            ui.ctx()
                .send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(session) = &self.state.session {
            session.stop();
        }
        self.state.finish_writing();
    }
}
