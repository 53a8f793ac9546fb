//! Writes what a person decides, in the order in which they decide it, on a thread of its own: the disk may take its
//! time. Whoever asked is told when it is there, or why it is not.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::counting::Articles;
use super::jobs::{Event, Reporter, spawn};
use crate::article::{Article, Correction, OutletNames, PairId, Verdict};
use crate::ingest::content_id;
use crate::store::{self, Places, Settings};
use crate::ui::phrasing::plural;

/// What is to be written.
pub enum Order {
    /// A correction of some articles of the folder `root`; `None` forgets all of theirs.
    Correct {
        root: PathBuf,
        articles: Vec<Arc<Article>>,
        correction: Option<Correction>,
    },
    /// The corrections of these articles, as a table among the person's documents.
    Export {
        folder: String,
        articles: Articles,
    },
    /// An outlet of the person's own, in place of what was kept under `before`; `None` only forgets that.
    Outlet {
        root: Option<PathBuf>,
        outlet: Option<OutletNames>,
        before: Option<String>,
    },
    ExportOutlets,
    /// What the person thinks of a pair.
    Judge {
        pair: PairId,
        verdict: Verdict,
    },
    /// What the person has set, as a whole.
    Settings(Box<Settings>),
    /// Whether another window has kept something; [`Event::KeptElsewhere`] tells.
    LookElsewhere,
    /// That has been taken in: changes are from there on.
    TakenIn(Box<Settings>),
    ClearCache,
    /// Tells when all that was asked for before has been done.
    Say(Sender<()>),
}

/// The thread that writes, and the way to it.
pub struct Keeping(Sender<(Order, Reporter)>);

impl Keeping {
    /// `settings`: as they were read.
    pub fn new(places: Places, settings: Settings) -> Self {
        let (sender, orders) = unbounded();
        spawn("keeping", move || keep(&orders, &places, settings));
        Self(sender)
    }

    /// Waits until everything is on the disk, but no longer than a person would.
    pub fn finish(&self, reporter: Reporter) {
        let (done, end) = bounded(1);
        self.send(Order::Say(done), reporter);
        if end.recv_timeout(Duration::from_secs(5)).is_err() {
            tracing::warn!("the program ends before everything is kept");
        }
    }

    pub fn send(&self, order: Order, reporter: Reporter) {
        let told = reporter.clone();
        if self.0.send((order, reporter)).is_err() {
            told.send(Event::Told(
                "Nothing can be kept any more; close the program and start it again.".to_owned(),
            ));
        }
    }
}

fn keep(orders: &Receiver<(Order, Reporter)>, places: &Places, mut settings: Settings) {
    for (order, reporter) in orders {
        match order {
            Order::Correct {
                root,
                articles,
                correction,
            } => match correct(places, &articles, correction.as_ref()) {
                Ok(()) => reporter.send(Event::Changed(root)),
                Err(error) => reporter.send(Event::Told(not_kept("correction", &error, places))),
            },
            Order::Export { folder, articles } => {
                reporter.send(Event::Told(export(places, &folder, &articles)));
            }
            Order::Outlet {
                root,
                outlet,
                before,
            } => match keep_outlet(places, outlet, before) {
                Ok(()) => root
                    .into_iter()
                    .for_each(|root| reporter.send(Event::Changed(root))),
                Err(error) => reporter.send(Event::Told(not_kept("outlet", &error, places))),
            },
            Order::ExportOutlets => reporter.send(Event::Told(export_outlets(places))),
            Order::Judge { pair, verdict } => {
                if let Err(error) = store::keep_verdict(places, pair, &verdict) {
                    reporter.send(Event::Told(not_kept("verdict", &error, places)));
                }
            }
            Order::Settings(now) => match now.save(&settings, places) {
                Ok(()) => settings = *now,
                Err(error) if now.kept_filters != settings.kept_filters => {
                    reporter.send(Event::Told(not_kept("selection", &error, places)));
                }
                // No reason to bother the person: all else works.
                Err(error) => tracing::warn!("settings not saved: {error}"),
            },
            Order::LookElsewhere => {
                let held = Settings::load(places);
                if held.kept_filters != settings.kept_filters {
                    let (before, held) = (Box::new(settings.clone()), Box::new(held));
                    reporter.send(Event::KeptElsewhere { before, held });
                }
            }
            Order::TakenIn(held) => settings.kept_filters = held.kept_filters,
            Order::Say(done) => drop(done.send(())),
            Order::ClearCache => reporter.send(Event::Told(clear_cache(places))),
        }
    }
}

fn not_kept(what: &str, error: &std::io::Error, places: &Places) -> String {
    format!(
        "The {what} could not be kept: {error}. Make room on the disk, or let the program write to {}.",
        places.config.display()
    )
}

pub(super) fn not_written(path: &Path, error: &std::io::Error) -> String {
    format!(
        "{} could not be written: {error}. Make room on the disk.",
        path.display()
    )
}

fn correct(
    places: &Places,
    articles: &[Arc<Article>],
    correction: Option<&Correction>,
) -> std::io::Result<()> {
    store::change_corrections(places, |corrections| {
        for article in articles {
            let content = content_id(article);
            match correction {
                Some(correction) => corrections.entry(content).or_default().merge(correction),
                None => drop(corrections.remove(&content)),
            }
        }
    })
}

/// What became of it, for the person.
fn export(places: &Places, folder: &str, articles: &[Arc<Article>]) -> String {
    let corrections = store::corrections(places);
    let corrected = articles.iter().filter_map(|article| {
        let content = content_id(article);
        Some((&**article, content, corrections.get(&content)?))
    });
    let path = store::documents().join(format!("{folder} - metadata.csv"));
    match store::export_corrections(&path, corrected) {
        Ok(None) => "No article of this folder has been corrected.".to_owned(),
        Ok(Some(written)) => format!(
            "Corrections of {} are in {}. Named metadata.csv and put into a folder of the same articles, the table is \
             read there.",
            plural(written.rows, "article", "articles"),
            written.path.display()
        ),
        Err(error) => not_written(&path, &error),
    }
}

fn keep_outlet(
    places: &Places,
    outlet: Option<OutletNames>,
    before: Option<String>,
) -> std::io::Result<()> {
    store::change_outlets(places, |all| {
        OutletNames::put(all, outlet, before.as_deref());
    })
}

/// What became of it, for the person.
fn export_outlets(places: &Places) -> String {
    let outlets = store::outlets(places);
    let path = store::documents().join("Muqabala outlets.json");
    match store::export_outlets(&path, &outlets) {
        Ok(path) => format!(
            "{} in {}.",
            plural(outlets.len(), "outlet is", "outlets are"),
            path.display()
        ),
        Err(error) => not_written(&path, &error),
    }
}

fn clear_cache(places: &Places) -> String {
    match store::clear_cache(places) {
        Ok(()) => "What was kept of folders is forgotten; they are read anew when they are opened."
            .to_owned(),
        Err(error) => format!(
            "The cache could not be cleared: {error}. It lies in {}.",
            places.cache.display()
        ),
    }
}
