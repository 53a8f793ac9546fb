//! The seam between a long job and whoever waits for it: a stop flag and progress by stages.
//!
//! Rooms that compute take a [`Watch`]; only `app` and `main` make one. Nothing here starts a thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A flag that any clone can raise and every clone sees.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The job ended because it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

/// What a job is doing, in the order in which it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Listing,
    Reading,
    Furniture,
    Fingerprinting,
    Candidates,
    Aligning,
    Families,
    Indexing,
}

impl Stage {
    /// What the person reads while it runs.
    pub fn label(self) -> &'static str {
        match self {
            Self::Listing => "Looking for articles",
            Self::Reading => "Reading articles",
            Self::Furniture => "Setting page furniture apart",
            Self::Fingerprinting => "Taking fingerprints",
            Self::Candidates => "Finding candidates",
            Self::Aligning => "Aligning passages",
            Self::Families => "Forming families",
            Self::Indexing => "Indexing for search",
        }
    }
}

/// How far a stage has come, in its own units (files, articles, pairs).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done: usize,
    /// `0` while it is not known.
    pub total: usize,
}

/// What a job looks at (has it been stopped?) and reports to. Shared by the job's threads.
pub struct Watch {
    stop: Stop,
    report: Box<dyn Fn(Progress) + Send + Sync>,
    /// Work that is not done by then has to end.
    until: Option<Instant>,
}

impl Watch {
    pub fn new(stop: Stop, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self {
            stop,
            report: Box::new(report),
            until: None,
        }
    }

    /// For callers that neither stop nor listen.
    pub fn silent() -> Self {
        Self::new(Stop::default(), |_| {})
    }

    /// The flag that this watch looks at, for a job beside it.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// A watch over a part of the job that ends with the job, and at the latest after `time`. Reports nothing.
    pub fn within(&self, time: Duration) -> Self {
        Self {
            until: Instant::now().checked_add(time),
            ..Self::new(self.stop(), |_| {})
        }
    }

    /// To be asked at least every few milliseconds of work.
    ///
    /// # Errors
    /// [`Stopped`] once the job has been asked to end.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.stop.is_stopped() || self.until.is_some_and(|until| Instant::now() >= until) {
            Err(Stopped)
        } else {
            Ok(())
        }
    }

    /// Cheap, but not free: call it per batch, not per item.
    pub fn progress(&self, stage: Stage, done: usize, total: usize) {
        (self.report)(Progress { stage, done, total });
    }
}
