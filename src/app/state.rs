//! All state of the program, and what each command and event does to it.

use std::path::PathBuf;

use super::files::Wish;
use super::folder::Looking;
use super::history::History;
use super::jobs::{Event, Jobs, Outcome};
use super::keeping::{Keeping, Order};
use super::renewing::Renewal;
use super::session::{AT_ONCE, Session};
use super::taking::Arrived;
use super::undo::Touch;
use super::watching::Watching;
use crate::paint;
use crate::search::{self, Forms};
use crate::store::{Face, Places, Settings};
use crate::ui::articles::Reading;
use crate::ui::collation::CollationView;
use crate::ui::command::{Command, Commands};
use crate::ui::compare::{CompareView, Setting};
use crate::ui::dialogs::{Dialog, Notice};
use crate::ui::facets;
use crate::ui::families::Families;
use crate::ui::pictures::Pictures;
use crate::ui::source::SourceView;
use crate::ui::wordings::WordingsView;
use crate::view::{Filter, List, Screen};

pub struct State {
    pub settings: Settings,
    pub screen: Screen,
    pub session: Option<Session>,
    pub compare: Option<CompareView>,
    pub wordings: Option<WordingsView>,
    pub collation: Option<CollationView>,
    pub source: Option<SourceView>,
    pub dialog: Option<Dialog>,
    pub notice: Option<Notice>,
    /// What stands in the search box.
    pub query: String,
    pub facets: facets::Panel,
    /// The filters were shown beside the lists in the last frame.
    pub filters_shown: bool,
    pub families: Families,
    pub pictures: Pictures,
    pub reading: Reading,
    pub commands: Commands,
    /// The current row has moved and has to be in sight.
    pub follow: bool,
    pub focus_search: bool,
    pub(super) history: History,
    pub(super) places: Places,
    pub(super) jobs: Jobs,
    pub(super) keeping: Keeping,
    /// The folder dialog is open; a second one would confuse.
    pub(super) picking: bool,
    /// What is looked at, to be opened.
    pub(super) looking: Option<Looking>,
    /// The open folder is to be opened again, and what came of it while a reader minds.
    pub(super) renewal_wanted: bool,
    pub(super) renewal: Option<Box<Renewal>>,
    pub(super) watching: Option<Watching>,
    /// Rows up to which lists and facets are counted within a frame; more go to a worker.
    pub at_once: usize,
}

/// What only the window can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    PickFolder { start: Option<PathBuf> },
    Quit,
}

impl State {
    pub fn new(ctx: &egui::Context, places: Places) -> Self {
        let settings = Settings::load(&places);
        let keeping = Keeping::new(places.clone(), settings.clone());
        let detection = serde_json::from_value(settings.detection.clone()).unwrap_or_default();
        Self {
            settings,
            screen: Screen::Start,
            session: None,
            compare: None,
            wordings: None,
            collation: None,
            source: None,
            history: History::default(),
            dialog: None,
            notice: None,
            query: String::new(),
            facets: facets::Panel::default(),
            filters_shown: true,
            families: Families::default(),
            pictures: Pictures::default(),
            reading: Reading::default(),
            commands: Commands::default(),
            follow: false,
            focus_search: false,
            keeping,
            places,
            jobs: Jobs::new(ctx.clone(), detection),
            picking: false,
            looking: None,
            renewal_wanted: false,
            renewal: None,
            watching: None,
            at_once: AT_ONCE,
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
            spacing: self.settings.line_spacing.share(),
        }
    }

    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// Takes in what workers have sent, and brings the lists up to date. At most once a frame.
    pub fn take_events(&mut self) {
        for event in self.jobs.events() {
            self.take(event);
        }
        self.renew_if_wanted();
        if let Some(session) = &mut self.session {
            let arrived = session.refresh(&self.jobs);
            self.arrived(arrived);
        }
        self.want_early();
    }

    /// What is shown is of other articles or findings than before: so is what is open.
    fn arrived(&mut self, arrived: Arrived) {
        if arrived.articles {
            self.articles_changed();
        }
        if arrived.findings {
            self.findings_changed();
        }
        if arrived.articles || arrived.findings {
            self.follow_in_dialog();
        }
        if arrived.index {
            self.ask();
        }
        if arrived.rows {
            self.point_at_compared();
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Picked(picked) => self.take_picked(picked),
            Event::Looked { folder, found } => self.take_looked(&folder, found),
            Event::Changed(root) => self.folder_changed(&root),
            Event::Renewed(renewal) => self.renewal = Some(renewal),
            Event::OpenFailed(error) => self.open_failed(&error),
            Event::Refused(text) | Event::Told(text) => self.notice = Some(Notice { text }),
            Event::KeptElsewhere { before, held } => {
                self.settings.take_kept(&before, &held);
                self.keeping
                    .send(Order::TakenIn(held), self.jobs.reporter());
            }
            Event::Why { articles, answer } => self.take_why(articles, answer),
            Event::Early(early) => self.take_early(*early),
            event => {
                let Some(session) = &mut self.session else {
                    return;
                };
                match event {
                    Event::Progress(progress) => session.take_progress(progress),
                    Event::Batch(batch) => session.take_batch(batch),
                    Event::Opened { folder, tables } => session.take_folder(folder, tables),
                    Event::Found { findings, tables } => session.take_findings(findings, tables),
                    Event::Counted(counted) => {
                        let arrived = session.take_counted(*counted);
                        self.arrived(arrived);
                    }
                    Event::Indexed(index) => {
                        if session.take_index(index) {
                            self.ask();
                        }
                    }
                    // An index of the articles before says nothing of these.
                    Event::Hits { of, .. } | Event::Carried { of, .. }
                        if !session.is_answered_by(&of) => {}
                    Event::Hits { query, answer, .. } => session.take_answer(&query, answer),
                    Event::Carried { text, carriers, .. } => {
                        session.take_carriers(&text, &carriers);
                    }
                    Event::Finished(Outcome::Done) => session.finish(None),
                    Event::Finished(Outcome::Stopped) => session.finish(Some(None)),
                    Event::Finished(Outcome::Broken(why)) => session.finish(Some(Some(why))),
                    Event::Picked(_)
                    | Event::Looked { .. }
                    | Event::Changed(_)
                    | Event::Renewed(_)
                    | Event::OpenFailed(_)
                    | Event::Early(_)
                    | Event::KeptElsewhere { .. }
                    | Event::Refused(_)
                    | Event::Told(_)
                    | Event::Why { .. } => {}
                }
            }
        }
    }

    /// The filter was replaced as a whole: the search box shows its query, and the index is asked anew.
    pub(super) fn filter_replaced(&mut self) {
        if let Some(session) = &self.session {
            self.query.clone_from(&session.filter.query);
        }
        self.ask();
    }

    fn keep_filter(&mut self, name: String, filter: &Filter) {
        let name = name.trim().to_owned();
        if !name.is_empty() {
            self.settings.keep_filter(name, filter);
            self.save();
        }
    }

    /// Sends the query to the index, if there are both.
    pub(super) fn ask(&mut self) {
        let Some(session) = &self.session else { return };
        let Some(index) = &session.index else { return };
        let Filter {
            query, carrying, ..
        } = &session.filter;
        if !query.trim().is_empty() {
            let forms = match self.settings.word_forms {
                true => Forms::All,
                false => Forms::Typed,
            };
            self.jobs.find(index.clone(), query.clone(), forms);
        }
        if carrying.trim().is_empty() {
            self.jobs.stop_finding();
        } else if session.is_finding() {
            self.jobs.find_text(index.clone(), carrying.clone());
        }
    }

    /// Applies what was asked for during the frame.
    pub fn apply_all(&mut self, ctx: &egui::Context) -> Vec<Effect> {
        let commands = self.commands.take();
        let effects = commands
            .into_iter()
            .filter_map(|command| self.apply(ctx, command))
            .collect();
        self.want_early();
        effects
    }

    fn apply(&mut self, ctx: &egui::Context, command: Command) -> Option<Effect> {
        match command {
            Command::Do(act) => return self.act(ctx, act),
            Command::OpenPath(path) => self.open_if_there(path),
            Command::ForgetRecent(path) => {
                self.settings.forget(&path);
                self.save();
            }
            Command::ToggleColumn(fact) => {
                let columns = &mut self.settings.article_columns;
                match columns.iter().position(|name| name == fact.name()) {
                    Some(at) => drop(columns.remove(at)),
                    None => columns.push(fact.name().to_owned()),
                }
                self.save();
            }
            Command::ForgetKept(name) => {
                self.settings.kept_filters.remove(&name);
                self.save();
            }
            Command::Judge { pair, verdict } => self.judge(pair, verdict),
            Command::OpenPair(pair) => self.compare_pair(pair),
            Command::FindElsewhere { article, span } => self.find_elsewhere(article, span),
            Command::SearchFor(words) => {
                let query = search::quoted(&words);
                self.query.clone_from(&query);
                self.show_board();
                self.apply_to_session(Command::ShowList(List::Articles));
                self.apply_to_session(Command::SetQuery(query));
            }
            Command::FindText(text) => {
                self.show_board();
                self.apply_to_session(Command::FindText(text));
            }
            Command::ShowArticle(article) => self.show_article(article),
            Command::OpenArticles(articles) => self.compare_articles(articles),
            Command::ShowSource(id) => self.show_source(id),
            Command::Correct {
                articles,
                correction,
            } => self.correct(&articles, Some(correction)),
            Command::KeepOutlet { outlet, before } => self.keep_outlet(Some(outlet), before),
            Command::KeepDetection(settings) => self.keep_detection(*settings),
            Command::ForgetOutlet(name) => self.keep_outlet(None, Some(name)),
            Command::ForgetCorrections(articles) => self.correct(&articles, None),
            Command::OpenFile(id) => self.hand_over(id, Wish::Open),
            Command::RevealFile(id) => self.hand_over(id, Wish::Reveal),
            Command::Collate {
                members,
                base,
                wanted,
            } => self.collate(members, base, &wanted),
            Command::ShowWordings { article, span } => self.show_wordings(article, span, true),
            command => self.apply_to_session(command),
        }
        None
    }

    pub(super) fn apply_to_session(&mut self, command: Command) {
        let Some(session) = &mut self.session else {
            return;
        };
        match command {
            Command::ShowList(list) => {
                session.show_list(list);
                self.follow = true;
            }
            Command::Toggle(facet, value) => {
                session.change_filter(Touch::Choice, |filter| filter.toggle(facet, value));
            }
            Command::ToggleNot(facet, value) => {
                session.change_filter(Touch::Choice, |filter| filter.toggle_not(facet, value));
            }
            Command::LetGo(restriction) => {
                session.change_filter(Touch::Choice, |filter| filter.let_go(&restriction));
                self.filter_replaced();
            }
            Command::SetFilter(filter) => {
                session.change_filter(Touch::Choice, |current| *current = *filter);
                self.filter_replaced();
            }
            Command::SetDays(days) => {
                session.change_filter(Touch::Days, |filter| filter.days = days);
            }
            Command::SetBounds(facet, bounds) => {
                session.change_filter(Touch::Days, |filter| filter.set_bounds(facet, bounds));
            }
            Command::SetSides(sides) => {
                session.change_filter(Touch::Choice, |filter| filter.sides = sides);
            }
            Command::SetUnit(unit) => session.set_unit(unit),
            Command::SetQuery(query) => {
                session.change_filter(Touch::Typing, |filter| filter.query = query);
                self.ask();
            }
            Command::FindText(text) => {
                session.change_filter(Touch::Choice, |filter| filter.carrying = text);
                session.show_list(List::Articles);
                self.ask();
            }
            Command::KeepFilter(name) => {
                let filter = session.filter.clone();
                self.keep_filter(name, &filter);
            }
            Command::UseKept(name) => {
                if let Some(filter) = self.settings.kept_filter(&name) {
                    session.change_filter(Touch::Choice, |current| *current = filter);
                    self.filter_replaced();
                }
            }
            Command::SetSort(list, sort) => session.change_sort(list, sort),
            Command::ToggleSelected(article) => session.toggle_selected(article),
            Command::SelectTo(row) => session.select_to(row),
            Command::SelectRow(row) => session.select_row(row),
            _ => {}
        }
    }

    /// Sets open articles anew after a change of face or size.
    pub(super) fn reset_text(&mut self) {
        let setting = self.setting();
        if let Some(compare) = &mut self.compare {
            compare.set(setting);
        }
        if let Some(wordings) = &mut self.wordings {
            wordings.set(setting);
        }
        if let Some(collation) = &mut self.collation {
            collation.set(setting);
        }
        if let Some(source) = &mut self.source {
            source.set(setting);
        }
        self.save();
    }

    /// Another window may have kept something while the person was there.
    pub(super) fn look_elsewhere(&self) {
        self.keeping
            .send(Order::LookElsewhere, self.jobs.reporter());
    }

    pub(super) fn save(&self) {
        let order = Order::Settings(Box::new(self.settings.clone()));
        self.keeping.send(order, self.jobs.reporter());
    }
}
