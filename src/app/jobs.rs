//! Long work on threads of its own. Workers get snapshots and send events; nothing here touches state.
//!
//! Each event carries the generation of the folder that it is about, so that what is still to be said of one that
//! was closed or replaced can be dropped. One job at a time works on a folder; what answers a question says which.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::counting::{Articles, Counted, Request, answer_requests};
use super::following::{Compared, Following};
use super::indexing::index;
use super::renewing::{Renewal, renew};
use crate::article::Article;
use crate::ingest::{Batch, Folder, OpenError, content_id};
use crate::opening::Opening;
use crate::reuse::{self, Carrier, Findings, First, Wanted, WhyNot};
use crate::search::{Answer, Forms, SearchError, SearchIndex};
use crate::store::{self, Places, Settings, Shelf};
use crate::view::{Columns, Early, Pairs, Sorts, Tables};
use crate::work::{Progress, Stage, Stop, Stopped, Watch};

/// What workers report. The whole list: the app handles each exactly once.
pub enum Event {
    Progress(Progress),
    /// Articles as they come, in no order; replaced by [`Event::Opened`].
    Batch(Batch),
    Opened {
        folder: Folder,
        tables: Tables,
    },
    OpenFailed(OpenError),
    /// What a wanted article shares, before the rest is found.
    Early(Box<Early>),
    Found {
        findings: Arc<Findings>,
        tables: Tables,
    },
    /// What lists, facets and pictures show.
    Counted(Box<Counted>),
    Indexed(Arc<SearchIndex>),
    /// Nothing more will come of this job.
    Finished(Outcome),
    /// What answers a query.
    Hits {
        of: Arc<SearchIndex>,
        query: String,
        answer: Option<Answer>,
    },
    /// The articles that carry a text, those with most of it first.
    Carried {
        of: Arc<SearchIndex>,
        text: String,
        carriers: Vec<Carrier>,
    },
    /// Files of this folder have changed on the disk.
    Changed(PathBuf),
    /// The open folder as it is now.
    Renewed(Box<Renewal>),
    /// The folder dialog closed.
    Picked(Picked),
    /// Whether a folder is one, before it takes the place of another.
    Looked {
        folder: PathBuf,
        found: Result<(), OpenError>,
    },
    /// Why two articles share no passage.
    Why {
        articles: [u32; 2],
        answer: WhyNot,
    },
    /// The system would not do what it was asked to; the message is for the person.
    Refused(String),
    /// Other windows have kept something: what this one knew `before`, and what is `held` by now.
    KeptElsewhere {
        before: Box<Settings>,
        held: Box<Settings>,
    },
    /// What came of writing something, for the person, whatever folder is open by now.
    Told(String),
}

/// How opening a folder ended.
pub enum Outcome {
    Done,
    Stopped,
    /// A worker's own fault; the message is for the person.
    Broken(String),
}

/// What came of asking for a folder.
#[derive(Debug, PartialEq, Eq)]
pub enum Picked {
    Folder(PathBuf),
    Cancelled,
    /// The system has no dialog to offer.
    NoDialog,
}

/// Starts jobs and collects their events.
pub struct Jobs {
    ctx: egui::Context,
    sender: Sender<(u64, Event)>,
    receiver: Receiver<(u64, Event)>,
    queries: Sender<(u64, Question)>,
    counts: Sender<(u64, Request)>,
    /// Counts folders that were opened or closed.
    generation: u64,
    /// What counts as shared, in jobs that begin from now on.
    pub detection: reuse::Settings,
    /// Stops the question that is being answered, when another is asked.
    explaining: Stop,
    /// The same for a text that is looked for.
    finding: Stop,
    /// What is known of the open folder.
    following: Following,
}

/// What the index is asked.
struct Question {
    index: Arc<SearchIndex>,
    query: String,
    forms: Forms,
}

/// Sends events about one folder and wakes the window.
#[derive(Clone)]
pub struct Reporter {
    ctx: egui::Context,
    sender: Sender<(u64, Event)>,
    generation: u64,
}

impl Reporter {
    pub fn send(&self, event: Event) {
        // The window may be gone already; then nobody needs to know.
        let _ = self.sender.send((self.generation, event));
        self.ctx.request_repaint();
    }
}

impl Jobs {
    pub fn new(ctx: egui::Context, detection: reuse::Settings) -> Self {
        let (sender, receiver) = unbounded();
        let (queries, asked) = unbounded();
        let answers = sender.clone();
        let window = ctx.clone();
        spawn("search", move || answer_queries(&asked, &answers, &window));
        let (counts, asked) = unbounded();
        let (answers, window) = (sender.clone(), ctx.clone());
        spawn("count", move || answer_requests(&asked, &answers, &window));
        Self {
            ctx,
            sender,
            receiver,
            queries,
            counts,
            generation: 0,
            detection,
            explaining: Stop::default(),
            finding: Stop::default(),
            following: Following::default(),
        }
    }

    /// Events about the open folder that have arrived, and those that are about none.
    pub fn events(&self) -> Vec<Event> {
        self.receiver
            .try_iter()
            .filter(|(generation, event)| {
                *generation == self.generation
                    || matches!(
                        event,
                        Event::Picked(_)
                            | Event::Looked { .. }
                            | Event::Changed(_)
                            | Event::KeptElsewhere { .. }
                            | Event::Told(_)
                    )
            })
            .map(|(_, event)| event)
            .collect()
    }

    /// Opens a folder: reads it, detects, indexes; what the `wanted` article shares comes first. The one before is left.
    pub fn open(&mut self, root: PathBuf, places: Places, wanted: Wanted) -> Stop {
        self.leave();
        let stop = Stop::default();
        let reporter = self.reporter();
        let (watched, settings) = (stop.clone(), self.detection.clone());
        let following = self.following.clone();
        spawn("open", move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                open(
                    &root, &places, &settings, &following, watched, wanted, &reporter,
                )
            }));
            reporter.send(Event::Finished(outcome.unwrap_or_else(|panic| {
                Outcome::Broken(panic_message(panic.as_ref()))
            })));
        });
        stop
    }

    /// Opens the open folder again, beside what is shown of it; [`Event::Renewed`] brings it. No other job may be at
    /// work on it.
    pub fn renew(&self, root: PathBuf, places: Places, before: Articles) -> Stop {
        let stop = Stop::default();
        let (reporter, watched) = (self.reporter(), stop.clone());
        let of = Compared {
            root,
            places,
            articles: before.to_vec(),
            settings: self.detection.clone(),
        };
        let following = self.following.clone();
        spawn("renew", move || {
            let work = || renew(of, &following, watched, &reporter);
            let outcome = catch_unwind(AssertUnwindSafe(work));
            reporter.send(Event::Finished(outcome.unwrap_or_else(|panic| {
                Outcome::Broken(panic_message(panic.as_ref()))
            })));
        });
        stop
    }

    /// Stops the questions about the open folder, and forgets what is still to be said of it.
    pub fn leave(&mut self) {
        self.generation += 1;
        self.explaining.stop();
        self.finding.stop();
    }

    /// Asks the index; [`Event::Hits`] answers. A newer query overtakes older ones.
    pub fn find(&self, index: Arc<SearchIndex>, query: String, forms: Forms) {
        let question = Question {
            index,
            query,
            forms,
        };
        let _ = self.queries.send((self.generation, question));
    }

    /// Asks who carries a text; [`Event::Carried`] answers. A newer text overtakes the one before.
    pub fn find_text(&mut self, index: Arc<SearchIndex>, text: String) {
        self.stop_finding();
        let (reporter, stop) = (self.reporter(), self.finding.clone());
        let settings = self.detection.clone();
        spawn("find text", move || {
            let watch = Watch::new(stop, |_| {});
            if let Ok(carriers) = carriers_of(&index, &text, &settings, &watch) {
                let of = index;
                reporter.send(Event::Carried { of, text, carriers });
            }
        });
    }

    /// Nobody waits any more for who carries a text.
    pub fn stop_finding(&mut self) {
        self.finding.stop();
        self.finding = Stop::default();
    }

    /// Asks for what the lists show; [`Event::Counted`] answers. A newer request overtakes older ones.
    pub fn count(&self, request: Request) {
        let _ = self.counts.send((self.generation, request));
    }

    /// Finds out why two articles share no passage; [`Event::Why`] answers. A newer question overtakes
    /// older ones.
    pub fn explain(&mut self, articles: Articles, [x, y]: [u32; 2]) {
        self.explaining.stop();
        self.explaining = Stop::default();
        let (reporter, stop) = (self.reporter(), self.explaining.clone());
        let settings = self.detection.clone();
        spawn("explain", move || {
            let watch = Watch::new(stop, |_| {});
            if let Ok(answer) = reuse::why_not(&articles, x, y, &settings, &watch) {
                reporter.send(Event::Why {
                    articles: [x, y],
                    answer,
                });
            }
        });
    }

    pub fn reporter(&self) -> Reporter {
        Reporter {
            ctx: self.ctx.clone(),
            sender: self.sender.clone(),
            generation: self.generation,
        }
    }
}

/// The whole way of a folder. Each step's result is sent as soon as it is there.
fn open(
    root: &std::path::Path,
    places: &Places,
    settings: &reuse::Settings,
    following: &Following,
    stop: Stop,
    wanted: Wanted,
    reporter: &Reporter,
) -> Outcome {
    let progress = reporter.clone();
    let watch = Watch::new(stop, move |p| progress.send(Event::Progress(p)));
    let known = following.take(root);
    let mut opening = Opening::new(root, Some(places)).knowing(known);
    let folder = match opening.folder(root, &watch, &|batch| reporter.send(Event::Batch(batch))) {
        Ok(folder) => folder,
        Err(OpenError::Stopped) => return Outcome::Stopped,
        Err(error) => {
            reporter.send(Event::OpenFailed(error));
            return Outcome::Done;
        }
    };
    let articles: Vec<Arc<Article>> = folder.articles.clone();
    let columns = Columns::new(&articles);
    reporter.send(Event::Opened {
        folder,
        tables: Tables::unrelated(columns.clone()),
    });
    // Search needs no findings: it is made ready beside them. Stopping goes to both.
    let indexing = index_beside(&articles, opening.shelf(), watch.stop(), reporter);
    let (of, told) = (articles.clone(), reporter.clone());
    let first = First::new(wanted, move |article, findings| {
        told.send(Event::Early(Box::new(Early::new(&of, article, findings))));
    });
    let Ok(findings) = opening.follow(&articles, settings, &watch, Some(&first)) else {
        return Outcome::Stopped;
    };
    let pairs = Pairs::new(&articles, &findings);
    let sorts = Sorts::default();
    let mut tables = Tables::with_pairs(&articles, columns, &findings, pairs, sorts);
    judge(&mut tables, &articles, places);
    reporter.send(Event::Found { findings, tables });
    watch.progress(Stage::Indexing, 0, 0);
    // Stopped, it is written down while nobody waits.
    let kept = opening.keep_followed(&articles, settings, &watch);
    let outcome = indexing.recv().unwrap_or(Outcome::Stopped);
    let of = Compared {
        root: root.to_owned(),
        places: places.clone(),
        articles,
        settings: settings.clone(),
    };
    let detector = opening.take_detector();
    // Nobody can open the shelf again before.
    opening.wait();
    following.settle(of, detector, kept.is_ok());
    outcome
}

/// What the person thought of these pairs before, in whatever folder.
pub(super) fn judge(tables: &mut Tables, articles: &[Arc<Article>], places: &Places) {
    let verdicts = store::verdicts(places);
    tables.judge_all(&verdicts, |id| content_id(&articles[id as usize]));
}

/// Builds the search index on a thread of its own; how that ended comes over the channel.
fn index_beside(
    articles: &[Arc<Article>],
    shelf: Option<Shelf>,
    stop: Stop,
    reporter: &Reporter,
) -> Receiver<Outcome> {
    let (done, ended) = bounded(1);
    let (articles, reporter) = (articles.to_vec(), reporter.clone());
    spawn("index", move || {
        let watch = Watch::new(stop, |_| {});
        let work = || index(&articles, shelf.as_ref(), &watch);
        let built = catch_unwind(AssertUnwindSafe(work));
        let outcome = match built {
            Ok(Ok((index, keeping))) => {
                reporter.send(Event::Indexed(index));
                // Nobody else can write to the shelf meanwhile, nor open it again.
                if let Some(keeping) = keeping {
                    keeping.wait();
                }
                drop(shelf);
                Outcome::Done
            }
            Ok(Err(SearchError::Stopped(_))) => Outcome::Stopped,
            Ok(Err(error)) => Outcome::Broken(error.to_string()),
            Err(panic) => Outcome::Broken(panic_message(panic.as_ref())),
        };
        // Whoever opened the folder may have stopped waiting.
        let _ = done.send(outcome);
    });
    ended
}

/// Answers the newest query; those it overtook are not worth the work.
fn answer_queries(
    asked: &Receiver<(u64, Question)>,
    answers: &Sender<(u64, Event)>,
    window: &egui::Context,
) {
    while let Ok(first) = asked.recv() {
        let (generation, question) = asked.try_iter().last().unwrap_or(first);
        let Question {
            index,
            query,
            forms,
        } = question;
        let answer = index.find(&query, forms).unwrap_or_else(|error| {
            tracing::warn!("search for {query:?} failed: {error}");
            Some(Answer::default())
        });
        let of = index;
        if answers
            .send((generation, Event::Hits { of, query, answer }))
            .is_err()
        {
            return;
        }
        window.request_repaint();
    }
}

/// The likely carriers by their words, then those of them that really are.
fn carriers_of(
    index: &SearchIndex,
    text: &str,
    settings: &reuse::Settings,
    watch: &Watch,
) -> Result<Vec<Carrier>, Stopped> {
    /// One text may have been printed some hundred times; what has fewer of its words than all these is none.
    const LIKELY: usize = 1200;
    let likely = index.likely_carriers(text, LIKELY).unwrap_or_else(|error| {
        tracing::warn!("search for a text failed: {error}");
        Vec::new()
    });
    watch.check()?;
    let articles: Vec<Arc<Article>> = likely.iter().map(|id| index.article(*id)).collect();
    let mut carriers = reuse::carriers(text, &articles, settings, watch)?;
    for carrier in &mut carriers {
        carrier.article = likely[carrier.article as usize];
    }
    Ok(carriers)
}

/// Starts a named thread. A system that cannot start one more is told in the log; the window stays.
pub fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    let started = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work);
    if let Err(error) = started {
        tracing::error!("thread {name} could not be started: {error}");
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown cause".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_before_a_folder_changed_is_answered_and_before_another_was_opened_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let (root, places) = (dir.path().join("none"), Places::below(dir.path()));
        let mut jobs = Jobs::new(egui::Context::default(), reuse::Settings::default());
        let asked = jobs.reporter();
        let answer = || Event::Why {
            articles: [3, 5],
            answer: WhyNot {
                strongest: None,
                rule: reuse::Rule::NothingInCommon,
            },
        };
        let is_there = |jobs: &Jobs| {
            let is_why = |event: &Event| matches!(event, Event::Why { .. });
            jobs.events().iter().any(is_why)
        };
        jobs.renew(root.clone(), places.clone(), Articles::default());
        asked.send(answer());
        assert!(is_there(&jobs));
        jobs.open(root, places, Wanted::default());
        asked.send(answer());
        assert!(!is_there(&jobs));
    }

    #[test]
    fn questions_about_a_folder_that_is_left_are_stopped() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path());
        let mut jobs = Jobs::new(egui::Context::default(), reuse::Settings::default());
        let leaving: [fn(&mut Jobs, PathBuf, Places); 2] = [
            |jobs, _, _| jobs.leave(),
            |jobs, root, places| drop(jobs.open(root, places, Wanted::default())),
        ];
        for leave in leaving {
            let (index, _) = index(&[], None, &Watch::silent()).unwrap();
            jobs.find_text(index, "المرفأ".to_owned());
            jobs.explain(Articles::default(), [0, 0]);
            let asked = [jobs.finding.clone(), jobs.explaining.clone()];
            leave(&mut jobs, dir.path().join("other"), places.clone());
            assert!(asked.iter().all(Stop::is_stopped));
        }
    }
}
