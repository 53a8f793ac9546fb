//! A folder that is still being compared: the open article shows what it shares already, and says that this is not
//! all yet. What the job sends is sent here by hand, one after the other, so that nothing depends on time.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Key;
use muqabala::app::{Event, Session};
use muqabala::article::Article;
use muqabala::ingest::Folder;
use muqabala::reuse::{Detector, Findings, First, Settings, Wanted};
use muqabala::ui::command::{Act, Command};
use muqabala::view::{Columns, Early, List, Order, Pairs, Phase, Screen, Sort, Sorts, Tables};
use muqabala::work::{Progress, Stage, Stop, Watch};

use super::person::Desk;

const STILL: &str = "The rest of the folder is still being compared";
const BEFORE: &str = "Comparing it with the other articles";

/// The sample as it is while it is being compared, with all that will be found.
struct Comparing {
    desk: Desk,
    wanted: Wanted,
    stop: Stop,
    articles: Vec<Arc<Article>>,
}

impl Comparing {
    fn new() -> Self {
        Self::of(super::sample())
    }

    fn of(folder: PathBuf) -> Self {
        let mut desk = Desk::opened(folder);
        let (wanted, stop) = (Wanted::default(), Stop::default());
        let state = &mut desk.window_mut().state;
        let opened = state.session.take().unwrap();
        let session = Session::new(opened.root.clone(), stop.clone(), wanted.clone(), 20_000);
        state.session = Some(session);
        let articles = opened.articles.to_vec();
        let mut comparing = Self {
            desk,
            wanted,
            stop,
            articles,
        };
        let folder = Folder {
            articles: comparing.articles.clone(),
            ..Folder::default()
        };
        let tables = Tables::unrelated(Columns::new(&comparing.articles));
        comparing.send(Event::Opened { folder, tables });
        comparing.at(Stage::Aligning);
        comparing
    }

    fn send(&mut self, event: Event) {
        self.desk.window().state.jobs().reporter().send(event);
        self.desk.settle();
    }

    fn at(&mut self, stage: Stage) {
        let (done, total) = (1, 3);
        self.send(Event::Progress(Progress { stage, done, total }));
    }

    /// Compares all, and hands on what the window has asked for meanwhile.
    fn compare(&mut self) -> Findings {
        let reporter = self.desk.window().state.jobs().reporter();
        let articles = self.articles.clone();
        let first = First::new(self.wanted.clone(), move |article, findings| {
            let early = Early::new(&articles, article, findings);
            reporter.send(Event::Early(Box::new(early)));
        });
        let mut detector = Detector::new(Settings::default());
        let watch = Watch::silent();
        detector
            .update_showing(&self.articles, &watch, Some(&first))
            .unwrap();
        self.desk.settle();
        detector.into_findings()
    }

    fn found(&mut self, findings: Findings) {
        self.at(Stage::Families);
        let (findings, columns) = (Arc::new(findings), Columns::new(&self.articles));
        let pairs = Pairs::new(&self.articles, &findings);
        let sorts = Sorts::default();
        let tables = Tables::with_pairs(&self.articles, columns, &findings, pairs, sorts);
        self.send(Event::Found { findings, tables });
        self.at(Stage::Indexing);
    }

    fn session(&self) -> &Session {
        self.desk.window().state.session.as_ref().unwrap()
    }

    fn select(&mut self, article: u32) {
        let rows = &self.session().board.articles;
        let row = rows.iter().position(|id| *id == article).unwrap();
        self.desk.send(Command::SelectRow(row));
    }

    fn current(&self) -> Option<u32> {
        self.session().current_article()
    }
}

/// The article with most pairs, and how many it has.
fn sociable(findings: &Findings) -> (u32, usize) {
    let others = |article: u32| {
        let both = findings.passages.iter().map(|p| [p.a, p.b]);
        let both = both.map(|sides| sides.map(|side| side.article));
        let mut both: Vec<[u32; 2]> = both.filter(|both| both.contains(&article)).collect();
        both.dedup();
        both.len()
    };
    let members = findings.families.iter().flat_map(|f| f.articles.clone());
    let counted = members.map(|article| (others(article), article));
    let (count, article) = counted.max().unwrap();
    (article, count)
}

#[test]
fn an_article_that_is_opened_early_shows_what_it_shares_and_that_this_is_not_all() {
    let mut comparing = Comparing::new();
    assert_eq!(comparing.session().list, List::Articles);
    assert!(comparing.desk.shows(BEFORE));
    // The articles themselves are all there.
    assert!(comparing.desk.shows("31 articles") && !comparing.desk.shows("31 articles so far"));
    let (article, others) = sociable(&comparing.compare());
    comparing.select(article);
    assert!(comparing.desk.shows(BEFORE) && !comparing.desk.shows(STILL));
    let findings = comparing.compare();
    assert!(comparing.desk.shows(STILL) && !comparing.desk.shows(BEFORE));
    let shares = format!("Shares text with {others} articles");
    assert!(comparing.desk.shows(&shares));
    // Sorted by what is not known yet: the rows change places under it when it is.
    let by = Order::SharedWords;
    let sort = Sort {
        by,
        reversed: false,
    };
    comparing.desk.send(Command::SetSort(List::Articles, sort));
    comparing.select(article);
    comparing.found(findings);
    assert!(!comparing.desk.shows(STILL) && comparing.desk.shows(&shares));
    assert_eq!(comparing.current(), Some(article));
    assert_eq!(comparing.session().list, List::Articles);
    assert!(comparing.session().early.is_none());
}

#[test]
fn a_pair_that_is_opened_early_stays_open_when_all_is_found() {
    let mut comparing = Comparing::new();
    let (article, _) = sociable(&comparing.compare());
    comparing.select(article);
    let findings = comparing.compare();
    comparing.desk.click_containing("words\u{2069} · ");
    let open = |comparing: &Comparing| {
        let state = &comparing.desk.window().state;
        let compare = state.compare.as_ref().unwrap();
        assert_eq!(state.screen, Screen::Comparison);
        let shown = &compare.comparison;
        assert!(shown.articles.contains(&article));
        (
            shown.articles,
            shown.passages.clone(),
            shown.left_out.clone(),
        )
    };
    let early = open(&comparing);
    assert!(!early.1.is_empty());
    assert!(comparing.desk.shows("Not listed yet"));
    // Who else carries it is not known.
    comparing.desk.send(Command::Do(Act::ThroughFamily));
    assert!(
        comparing
            .desk
            .shows("when the whole folder has been compared")
    );
    comparing.desk.press(Key::Escape);
    comparing.found(findings);
    assert_eq!(open(&comparing), early);
    // Nor does the list behind it change.
    assert_eq!(comparing.session().list, List::Articles);
    assert!(!comparing.desk.shows("Not listed yet"));
    comparing.desk.send(Command::Do(Act::ThroughFamily));
    assert_eq!(comparing.desk.window().state.screen, Screen::Wordings);
}

#[test]
fn one_of_many_near_copies_leads_early_to_the_one_that_has_the_pairs() {
    let folder = super::near_copies(8);
    let mut comparing = Comparing::of(folder.path().to_owned());
    let first = comparing.compare().copies[0].first;
    comparing.select(u32::from(first == 0));
    comparing.compare();
    assert!(
        comparing
            .desk
            .shows("One of 8 near-copies. Pairs with other texts")
    );
    comparing.desk.click("\u{2068}Unknown outlet");
    comparing.compare();
    assert_eq!(comparing.current(), Some(first));
    assert!(
        comparing
            .desk
            .shows("One of 8 near-copies, and stands for all")
    );
    assert!(comparing.desk.shows("Shares text with 7 articles"));
    // By the keyboard, too.
    comparing.desk.press(Key::Enter);
    assert_eq!(comparing.desk.window().state.screen, Screen::Comparison);
}

#[test]
fn two_articles_that_are_compared_before_anything_is_known_show_what_they_share() {
    let mut comparing = Comparing::new();
    let findings = comparing.compare();
    let [a, b] = [findings.passages[0].a, findings.passages[0].b].map(|side| side.article);
    comparing.desk.send(Command::OpenArticles([a, b]));
    let passages = |comparing: &Comparing| {
        let compare = comparing.desk.window().state.compare.as_ref().unwrap();
        compare.comparison.passages.len()
    };
    assert_eq!(passages(&comparing), 0);
    comparing.compare();
    assert!(passages(&comparing) > 0);
}

#[test]
fn work_that_is_stopped_leaves_what_was_found_early_and_says_so() {
    let mut comparing = Comparing::new();
    let (article, _) = sociable(&comparing.compare());
    comparing.select(article);
    comparing.compare();
    comparing.desk.click("Stop");
    assert!(comparing.stop.is_stopped());
    comparing.send(Event::Finished(muqabala::app::Outcome::Stopped));
    assert_eq!(comparing.session().phase, Phase::Stopped(Stage::Aligning));
    assert!(comparing.desk.shows("Shares text with"));
    assert!(
        comparing
            .desk
            .shows("The work was stopped before the rest of the folder was compared")
    );
}
