//! A folder that changes while a person works on it: what they stand on, have chosen, asked for and decided stays theirs.
//! The window's own frames, without a window; each change is begun by the test, so that nothing depends on time.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event as Input, Key, Modifiers, RawInput};

use super::jobs::Event;
use super::session::Session;
use super::state::State;
use super::window::Window;
use crate::article::{Judgement, Verdict};
use crate::ingest::{Batch, Folder, content_id};
use crate::reuse::Wanted;
use crate::store::{self, Places};
use crate::ui::command::{Act, Command};
use crate::view::{Columns, Facet, List, Phase, Tables};
use crate::work::{Progress, Stage, Stop};

const HARBOUR: &str = "قال حارس المنارة القديمة إن العاصفة التي ضربت الساحل ليلة البارحة اقتلعت سبع عشرة شجرة \
    من حديقة البلدية، وأضاف أن فرق الصيانة وصلت اليوم قبل الفجر ومعها ثمانية قوارب مطاطية.";
const BRIDGE: &str = "أعلنت لجنة الجسر الخشبي أن ترميم الألواح المكسورة سيبدأ مطلع الأسبوع القادم بأيدي نجاري القرية، \
    وأن المارة سيعبرون على طوف صغير مربوط بحبلين إلى أن يثبت آخر مسمار في موضعه.";

struct Table {
    window: Window,
    ctx: egui::Context,
    folder: tempfile::TempDir,
    places: Places,
    _home: tempfile::TempDir,
}

impl Table {
    /// A folder of these articles, opened. `at_once`: rows that are counted within a frame.
    fn laid(articles: &[(&str, &str)], at_once: usize) -> Self {
        let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (ctx, places) = (egui::Context::default(), Places::below(home.path()));
        let window = Window::new(&ctx, places.clone(), None);
        let mut table = Self {
            window,
            ctx,
            folder,
            places,
            _home: home,
        };
        for (name, body) in articles {
            table.write(name, body);
        }
        table.state().at_once = at_once;
        let root = table.folder.path().to_owned();
        table.state().open(&root, false);
        // The tests say themselves when the folder has changed.
        table.state().watching = None;
        table.until("all is found", |state| {
            session_of(state).phase == Phase::Ready && !session_of(state).is_counting()
        });
        table
    }

    fn write(&self, name: &str, body: &str) {
        let text = format!("عنوان {name}\n{body}\nخاتمة {name}");
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn state(&mut self) -> &mut State {
        &mut self.window.state
    }

    fn session(&self) -> &Session {
        session_of(&self.window.state)
    }

    fn frame(&mut self, events: Vec<Input>) {
        let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0));
        let input = RawInput {
            screen_rect: Some(whole),
            events,
            ..RawInput::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| {
            self.window.state.take_events();
            self.window.frame(ui);
        });
        // Nobody paints them.
        output.textures_delta.clear();
    }

    fn until(&mut self, what: &str, is_so: impl Fn(&State) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while !is_so(&self.window.state) {
            assert!(Instant::now() < deadline, "waited in vain: {what}");
            std::thread::sleep(Duration::from_millis(3));
            self.frame(Vec::new());
        }
    }

    /// Between two frames: nothing that workers have sent is taken in.
    fn send(&mut self, command: Command) {
        self.window.state.commands.send(command);
        self.window.state.apply_all(&self.ctx);
    }

    fn act(&mut self, act: Act) {
        self.send(Command::Do(act));
    }

    /// Types into what has the keyboard, and submits it.
    fn submit(&mut self, text: &str) {
        self.frame(Vec::new());
        self.frame(vec![Input::Text(text.to_owned())]);
        self.frame(vec![Input::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }]);
    }

    fn changed(&mut self) {
        let root = self.session().root.clone();
        self.state().jobs().reporter().send(Event::Changed(root));
    }

    /// The folder as it is now, taken in.
    fn renew(&mut self) {
        let before = Arc::clone(&self.session().articles);
        self.changed();
        self.until("the folder is renewed", |state| {
            let session = session_of(state);
            !Arc::ptr_eq(&session.articles, &before) && session.phase == Phase::Ready
        });
    }

    /// The folder as it is now, of which the lists are not counted yet.
    fn renew_halfway(&mut self) {
        self.changed();
        self.until("the folder is about to be renewed", |state| {
            session_of(state).coming.is_some()
        });
    }

    fn is_whole(&mut self) {
        self.until("the lists are counted", |state| {
            session_of(state).coming.is_none() && !session_of(state).is_counting()
        });
    }

    fn answered(&mut self) {
        self.until("the question is answered", |state| {
            let session = session_of(state);
            !session.is_waiting() && !session.is_counting()
        });
    }

    fn pair(&self, first: &str, second: &str) -> u32 {
        let paths = [first, second].map(str::to_owned);
        self.session().pair_by_path(&paths).unwrap()
    }

    fn stand_on_pair(&mut self, first: &str, second: &str) {
        let pair = self.pair(first, second);
        let session = self.state().session.as_mut().unwrap();
        session.list = List::Pairs;
        session.point_at_pair(pair);
        assert_eq!(session.current_pair(), Some(pair));
    }

    fn stand_on(&mut self, path: &str) {
        self.send(Command::ShowList(List::Articles));
        let id = self.session().by_path(path).unwrap();
        let rows = &self.session().board.articles;
        let row = rows.iter().position(|&row| row == id).unwrap();
        self.send(Command::SelectRow(row));
    }

    fn current(&self) -> Option<String> {
        let session = self.session();
        session.path_of(session.current_article()?)
    }

    fn verdict(&self, first: &str, second: &str) -> Verdict {
        let pair = self.pair(first, second);
        let verdict = self.session().tables.verdicts.get(&pair);
        verdict.cloned().unwrap_or_default()
    }

    /// What is on the disk of this pair.
    fn kept(&mut self, first: &str, second: &str) -> Option<Verdict> {
        self.state().finish_writing();
        let kept = store::verdicts(&self.places);
        let content = |path: &str| {
            let id = self.session().by_path(path).unwrap();
            content_id(&self.session().articles[id as usize])
        };
        let pair = crate::article::PairId::new(content(first), content(second));
        kept.get(&pair).cloned()
    }

    /// The articles that have corrections on the disk.
    fn corrected(&mut self) -> Vec<String> {
        self.state().finish_writing();
        let corrections = store::corrections(&self.places);
        let articles = self.session().articles.iter();
        let articles = articles.filter(|article| corrections.contains_key(&content_id(article)));
        articles.map(|article| article.path.clone()).collect()
    }
}

fn session_of(state: &State) -> &Session {
    state.session.as_ref().unwrap()
}

fn noted(note: &str) -> Verdict {
    Verdict {
        judgement: Some(Judgement::Confirmed),
        note: note.to_owned(),
    }
}

#[test]
fn a_correction_is_for_the_article_that_the_dialog_was_opened_on() {
    let mut table = Table::laid(&[("c.txt", HARBOUR), ("d.txt", HARBOUR)], 0);
    table.write("a.txt", BRIDGE);
    table.write("b.txt", BRIDGE);
    table.renew_halfway();
    table.stand_on("d.txt");
    table.act(Act::Correct);
    table.is_whole();
    table.submit("مرصد الميناء");
    assert_eq!(table.corrected(), ["d.txt"]);
}

#[test]
fn a_correction_begun_while_articles_arrive_stays_with_its_article() {
    let mut table = Table::laid(&[("a.txt", HARBOUR), ("b.txt", BRIDGE)], 20_000);
    let articles = table.session().articles.to_vec();
    let root = table.session().root.clone();
    let stop = Stop::default();
    table.state().session = Some(Session::new(root, stop, Wanted::default(), 20_000));
    // In the order of arrival, and then in that of their paths.
    let arrived = articles.iter().rev().cloned().collect();
    let reporter = table.state().jobs().reporter();
    reporter.send(Event::Batch(Batch::Articles(arrived)));
    table.until("both are listed", |state| {
        session_of(state).board.articles.len() == 2
    });
    table.send(Command::ShowList(List::Articles));
    let board = &table.session().board;
    let row = board.articles.iter().position(|&id| id == 0).unwrap();
    table.send(Command::SelectRow(row));
    assert_eq!(table.current().as_deref(), Some("b.txt"));
    table.act(Act::Correct);
    let folder = Folder {
        articles: articles.clone(),
        ..Folder::default()
    };
    let tables = Tables::unrelated(Columns::new(&articles));
    reporter.send(Event::Opened { folder, tables });
    let (stage, done, total) = (Stage::Fingerprinting, 0, 2);
    reporter.send(Event::Progress(Progress { stage, done, total }));
    table.until("they have their places", |state| session_of(state).settled);
    table.submit("مرصد الميناء");
    assert_eq!(table.corrected(), ["b.txt"]);
}

#[test]
fn a_dialog_about_an_article_that_is_gone_is_closed() {
    let mut table = Table::laid(&[("c.txt", HARBOUR), ("d.txt", HARBOUR)], 0);
    fs::remove_file(table.folder.path().join("c.txt")).unwrap();
    table.renew_halfway();
    table.stand_on("c.txt");
    table.act(Act::Correct);
    table.is_whole();
    assert!(table.state().dialog.is_none() && table.state().notice.is_some());
}

#[test]
fn a_verdict_is_for_the_pair_that_the_dialog_was_opened_on() {
    let shared = [
        ("b.txt", HARBOUR),
        ("c.txt", HARBOUR),
        ("d.txt", BRIDGE),
        ("e.txt", BRIDGE),
    ];
    let mut table = Table::laid(&shared, 0);
    table.write("a.txt", HARBOUR);
    table.renew_halfway();
    table.stand_on_pair("d.txt", "e.txt");
    table.act(Act::AskVerdict);
    table.is_whole();
    table.submit("من بيان واحد");
    assert_eq!(table.verdict("d.txt", "e.txt").note, "من بيان واحد");
    assert_eq!(table.verdict("b.txt", "c.txt"), Verdict::default());
}

#[test]
fn what_is_judged_while_a_renewal_waits_is_not_lost() {
    let mut table = Table::laid(&[("b.txt", HARBOUR), ("c.txt", HARBOUR)], 20_000);
    table.stand_on_pair("b.txt", "c.txt");
    table.act(Act::OpenRow);
    table.write("a.txt", HARBOUR);
    table.changed();
    table.until("a renewal waits", |state| state.renewal.is_some());
    let pair = table.pair("b.txt", "c.txt");
    let verdict = noted("من بيان واحد");
    table.send(Command::Judge {
        pair,
        verdict: verdict.clone(),
    });
    table.act(Act::Back);
    table.until("it is shown", |state| {
        session_of(state).articles.len() == 3 && session_of(state).phase == Phase::Ready
    });
    assert_eq!(table.verdict("b.txt", "c.txt"), verdict);
    // The lists count it.
    let session = table.session();
    let value = |name: &str| Some(name.to_owned());
    let counts = session
        .board
        .values(&session.tables.columns, Facet::Verdict);
    let counts: Vec<usize> = counts.map(|(_, count)| count as usize).collect();
    assert_eq!(counts[0], 1);
    // The next key keeps the note.
    table.stand_on_pair("b.txt", "c.txt");
    table.act(Act::CallUnsure);
    let kept = table.kept("b.txt", "c.txt").unwrap();
    assert_eq!(
        (kept.judgement, kept.note.as_str()),
        (Some(Judgement::Unsure), "من بيان واحد")
    );
    table.send(Command::Toggle(Facet::Verdict, value("Unsure")));
    table.frame(Vec::new());
    assert_eq!(table.session().board.pairs.len(), 1);
}

#[test]
fn what_is_judged_while_new_lists_are_counted_is_not_lost() {
    let mut table = Table::laid(&[("b.txt", HARBOUR), ("c.txt", HARBOUR)], 0);
    table.write("a.txt", HARBOUR);
    table.renew_halfway();
    let pair = table.pair("b.txt", "c.txt");
    let verdict = noted("من بيان واحد");
    table.send(Command::Judge {
        pair,
        verdict: verdict.clone(),
    });
    table.is_whole();
    assert_eq!(table.verdict("b.txt", "c.txt"), verdict);
}

#[test]
fn a_verdict_is_not_for_another_text_under_the_same_name() {
    let mut table = Table::laid(&[("b.txt", HARBOUR), ("c.txt", HARBOUR)], 20_000);
    let pair = table.pair("b.txt", "c.txt");
    table.send(Command::Judge {
        pair,
        verdict: noted("من بيان واحد"),
    });
    table.write("c.txt", &format!("{BRIDGE}\n{HARBOUR}"));
    table.renew();
    assert_eq!(table.verdict("b.txt", "c.txt"), Verdict::default());
}

#[test]
fn redo_leaves_the_verdict_of_a_pair_that_was_gone_meanwhile() {
    let mut table = Table::laid(&[("b.txt", HARBOUR), ("c.txt", HARBOUR)], 20_000);
    let pair = table.pair("b.txt", "c.txt");
    let verdict = noted("من بيان واحد");
    table.send(Command::SetQuery("المنارة".to_owned()));
    table.answered();
    table.send(Command::Judge {
        pair,
        verdict: verdict.clone(),
    });
    let file = table.folder.path().join("c.txt");
    let text = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    table.renew();
    // There is nothing to take back of it: what was done before is.
    table.act(Act::Undo);
    assert_eq!(table.session().filter.query, "");
    fs::write(&file, text).unwrap();
    table.renew();
    assert_eq!(table.verdict("b.txt", "c.txt"), verdict);
    table.act(Act::Redo);
    table.act(Act::Redo);
    assert_eq!(table.verdict("b.txt", "c.txt"), verdict);
    assert_eq!(table.kept("b.txt", "c.txt"), Some(verdict));
}

#[test]
fn a_renewal_is_at_work_at_once_and_alone() {
    let mut table = Table::laid(&[("b.txt", HARBOUR), ("c.txt", HARBOUR)], 20_000);
    table.state().renewal_wanted = true;
    table.state().renew_if_wanted();
    assert!(table.session().phase.is_working());
    table.state().renewal_wanted = true;
    table.state().renew_if_wanted();
    // The second waits for the first.
    assert!(table.state().renewal_wanted);
    table.act(Act::StopWork);
    assert!(table.session().is_stopping());
}

#[test]
fn filters_work_while_a_renewal_reads_whatever_became_of_an_earlier_count() {
    let mut table = Table::laid(&[("b.txt", HARBOUR), ("c.txt", BRIDGE)], 0);
    let reading = Progress {
        stage: Stage::Reading,
        done: 0,
        total: 0,
    };
    let State { session, jobs, .. } = table.state();
    let session = session.as_mut().unwrap();
    session.stale = true;
    session.refresh(jobs);
    jobs.leave();
    session.take_progress(reading);
    let nobody = Some("nobody".to_owned());
    table.send(Command::Toggle(Facet::Outlet, nobody));
    table.until("the filter holds", |state| {
        session_of(state).board.articles.is_empty()
    });
}

#[test]
fn a_search_goes_on_through_a_renewal() {
    let mut articles = vec![("k.txt".to_owned(), BRIDGE)];
    articles.extend((0..6).map(|i| (format!("h{i}.txt"), HARBOUR)));
    let articles: Vec<(&str, &str)> = articles.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    for at_once in [0, 20_000] {
        let mut table = Table::laid(&articles, at_once);
        table.send(Command::SetQuery("المنارة".to_owned()));
        table.answered();
        table.stand_on("h3.txt");
        for path in ["h1.txt", "h4.txt"] {
            let id = table.session().by_path(path).unwrap();
            table.send(Command::ToggleSelected(id));
        }
        // One that is found too, and many that are not, before all others.
        table.write("a0.txt", HARBOUR);
        for i in 1..9 {
            table.write(&format!("a{i}.txt"), BRIDGE);
        }
        let before = Arc::clone(&table.session().articles);
        table.changed();
        table.until("the folder is renewed", |state| {
            !Arc::ptr_eq(&session_of(state).articles, &before)
        });
        // Before the new answer and after it.
        for shown in [6, 7] {
            let session = table.session();
            assert_eq!(session.board.articles.len(), shown, "at once: {at_once}");
            assert_eq!(table.current().as_deref(), Some("h3.txt"));
            let selected = session.selected.iter().map(|&id| session.path_of(id));
            let selected: BTreeSet<String> = selected.flatten().collect();
            assert_eq!(
                selected,
                BTreeSet::from(["h1.txt", "h4.txt"].map(str::to_owned))
            );
            assert_eq!(session.is_waiting(), shown == 6);
            table.answered();
        }
    }
}

#[test]
fn a_text_that_is_looked_for_is_looked_for_again_once() {
    let mut table = Table::laid(&[("b.txt", HARBOUR), ("k.txt", BRIDGE)], 20_000);
    table.send(Command::FindText(HARBOUR.to_owned()));
    table.answered();
    assert_eq!(table.session().board.articles.len(), 1);
    table.write("a.txt", HARBOUR);
    table.renew();
    table.answered();
    assert_eq!(table.session().board.articles.len(), 2);
    // Another choice is no reason to look again.
    let unknown = None;
    table.send(Command::Toggle(Facet::Outlet, unknown));
    table.frame(Vec::new());
    assert!(!table.session().is_waiting());
    assert_eq!(table.session().board.articles.len(), 2);
    table.act(Act::ClearFilter);
    table.frame(Vec::new());
    assert_eq!(table.session().board.articles.len(), 3);
}

#[test]
fn a_new_question_leads_to_the_top_of_what_answers_it() {
    let mut table = Table::laid(
        &[
            ("a.txt", HARBOUR),
            ("b.txt", "المنارة ثم المنارة ثم المنارة"),
            ("k.txt", BRIDGE),
            ("l.txt", BRIDGE),
        ],
        20_000,
    );
    table.send(Command::ShowList(List::Articles));
    table.send(Command::SetQuery("المنارة".to_owned()));
    table.answered();
    table.act(Act::ClearFilter);
    table.frame(Vec::new());
    table.stand_on("l.txt");
    // Counted once before the query is answered, and once after.
    table.act(Act::Undo);
    table.frame(Vec::new());
    table.answered();
    assert_eq!(table.session().board.articles.len(), 2);
    assert_eq!(table.session().row(), 0);
    assert_eq!(table.current().as_deref(), Some("b.txt"));
}
