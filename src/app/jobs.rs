//! Long work on threads of its own. Workers get snapshots and send events; nothing here touches state.
//!
//! Each event carries the generation of the job that sent it, so that what a stopped or replaced job
//! still had to say can be dropped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::article::Article;
use crate::ingest::{self, Batch, Folder, OpenError};
use crate::reuse::{self, Findings, WhyNot};
use crate::search::{SearchError, SearchIndex};
use crate::view::Pairs;
use crate::work::{Progress, Stop, Watch};

/// What workers report. The whole list: the app handles each exactly once.
pub enum Event {
    Progress(Progress),
    /// Articles as they come, in no order; replaced by [`Event::Opened`].
    Batch(Batch),
    Opened(Folder),
    OpenFailed(OpenError),
    Found {
        findings: Arc<Findings>,
        pairs: Pairs,
    },
    Indexed(Arc<SearchIndex>),
    /// Nothing more will come of this job.
    Finished(Outcome),
    /// Articles that answer a query, best first.
    Hits {
        query: String,
        hits: Option<Vec<u32>>,
    },
    /// The folder dialog closed.
    Picked(Picked),
    /// Why two articles share no passage.
    Why {
        articles: [u32; 2],
        answer: WhyNot,
    },
    /// The system would not do what it was asked to; the message is for the person.
    Refused(String),
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
    queries: Sender<(u64, Arc<SearchIndex>, String)>,
    generation: u64,
    /// Stops the question that is being answered, when another is asked.
    explaining: Stop,
}

/// Sends events of one job and wakes the window.
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
    pub fn new(ctx: egui::Context) -> Self {
        let (sender, receiver) = unbounded();
        let (queries, asked) = unbounded();
        let answers = sender.clone();
        let window = ctx.clone();
        spawn("search", move || answer_queries(&asked, &answers, &window));
        Self {
            ctx,
            sender,
            receiver,
            queries,
            generation: 0,
            explaining: Stop::default(),
        }
    }

    /// Events of the running generation that have arrived.
    pub fn events(&self) -> Vec<Event> {
        self.receiver
            .try_iter()
            .filter(|(generation, event)| {
                *generation == self.generation || matches!(event, Event::Picked(_))
            })
            .map(|(_, event)| event)
            .collect()
    }

    /// Opens a folder: reads it, detects, indexes. Events of earlier folders are dropped from now on.
    pub fn open(&mut self, root: PathBuf) -> Stop {
        self.generation += 1;
        let stop = Stop::default();
        let reporter = self.reporter();
        let watched = stop.clone();
        spawn("open", move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| open(&root, watched, &reporter)));
            reporter.send(Event::Finished(outcome.unwrap_or_else(|panic| {
                Outcome::Broken(panic_message(panic.as_ref()))
            })));
        });
        stop
    }

    /// Forgets what the running job still has to say.
    pub fn drop_events(&mut self) {
        self.generation += 1;
    }

    /// Asks the index; [`Event::Hits`] answers. A newer query overtakes older ones.
    pub fn find(&self, index: Arc<SearchIndex>, query: String) {
        let _ = self.queries.send((self.generation, index, query));
    }

    /// Finds out why two articles share no passage; [`Event::Why`] answers. A newer question overtakes
    /// older ones.
    pub fn explain(&mut self, articles: Vec<Arc<Article>>, [x, y]: [u32; 2]) {
        self.explaining.stop();
        self.explaining = Stop::default();
        let (reporter, stop) = (self.reporter(), self.explaining.clone());
        spawn("explain", move || {
            let watch = Watch::new(stop, |_| {});
            let settings = reuse::Settings::default();
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
fn open(root: &std::path::Path, stop: Stop, reporter: &Reporter) -> Outcome {
    let progress = reporter.clone();
    let watch = Watch::new(stop, move |p| progress.send(Event::Progress(p)));
    let folder = match ingest::open(root, &watch, &|batch| reporter.send(Event::Batch(batch))) {
        Ok(folder) => folder,
        Err(OpenError::Stopped) => return Outcome::Stopped,
        Err(error) => {
            reporter.send(Event::OpenFailed(error));
            return Outcome::Done;
        }
    };
    let articles: Vec<Arc<Article>> = folder.articles.clone();
    reporter.send(Event::Opened(folder));
    let Ok(findings) = reuse::detect(&articles, &reuse::Settings::default(), &watch) else {
        return Outcome::Stopped;
    };
    let pairs = Pairs::new(&articles, &findings);
    reporter.send(Event::Found {
        findings: Arc::new(findings),
        pairs,
    });
    match SearchIndex::build(&articles, &watch) {
        Ok(index) => {
            reporter.send(Event::Indexed(Arc::new(index)));
            Outcome::Done
        }
        Err(SearchError::Stopped(_)) => Outcome::Stopped,
        Err(error) => Outcome::Broken(error.to_string()),
    }
}

/// Answers the newest query; those it overtook are not worth the work.
fn answer_queries(
    asked: &Receiver<(u64, Arc<SearchIndex>, String)>,
    answers: &Sender<(u64, Event)>,
    window: &egui::Context,
) {
    while let Ok(first) = asked.recv() {
        let (generation, index, query) = asked.try_iter().last().unwrap_or(first);
        let hits = index.find(&query).unwrap_or_else(|error| {
            tracing::warn!("search for {query:?} failed: {error}");
            Some(Vec::new())
        });
        if answers
            .send((generation, Event::Hits { query, hits }))
            .is_err()
        {
            return;
        }
        window.request_repaint();
    }
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
