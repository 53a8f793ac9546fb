//! How long a folder takes to open for the first time, again, after ten files have changed, and to be followed in an
//! open window when one file changes, the way the window goes: articles, then what they share, each as a ratio to
//! merely reading the same files.
//!
//! `cargo bench --bench reopen -- FOLDER` (the bundled sample without one). The folder is copied, so that nothing
//! happens to it; the copy is read once beforehand, so that the disk's cache favours nobody. The peak of each
//! opening is its own where the system can forget the one before (Linux).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

mod measure;

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use measure::{files, folders, forget_peak, peak, read, resident, timed};

use muqabala::opening::Opening;
use muqabala::reuse::{Detector, Settings};
use muqabala::store::Places;
use muqabala::work::Watch;

fn main() {
    for folder in folders() {
        measure_folder(&folder);
    }
}

fn measure_folder(folder: &Path) {
    let scratch = tempfile::tempdir().unwrap();
    let (copy, places) = (scratch.path().join("copy"), scratch.path().join("places"));
    let places = Places::below(&places);
    for file in files(folder) {
        let to = copy.join(file.strip_prefix(folder).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&file, to).unwrap();
    }
    let files = files(&copy);
    let bytes = read(&files);
    let cat = (0..3).map(|_| timed(|| read(&files)).0).min().unwrap();
    println!(
        "{}: {} files, {:.1} MB, cat {:.1} ms",
        folder.display(),
        files.len(),
        bytes as f64 / 1e6,
        cat.as_secs_f64() * 1e3
    );
    println!(
        "{:<16}{:>22}{:>22}{:>22}{:>12}{:>10}",
        "opening", "articles", "and what they share", "and kept", "peak", "read"
    );
    let mut known = None;
    let mut line = |what: &str, is_open: bool| {
        forget_peak();
        let before = resident();
        let before_it = known.take().filter(|_| is_open);
        let (opened, detector) = open(&copy, &places, before_it);
        known = detector;
        let ratio = |took: Duration| {
            format!(
                "{:.0} ms {:>6.1} × cat",
                took.as_secs_f64() * 1e3,
                took.as_secs_f64() / cat.as_secs_f64()
            )
        };
        println!(
            "{what:<16}{:>22}{:>22}{:>22}{:>9.0} MB{:>10}",
            ratio(opened.articles),
            ratio(opened.shared),
            ratio(opened.kept),
            (peak() - before) / 1e6,
            opened.reread
        );
    };
    line("cold", false);
    line("again", false);
    line("again", false);
    for (i, file) in files
        .iter()
        .step_by((files.len() / 10).max(1))
        .take(10)
        .enumerate()
    {
        let mut file = std::fs::OpenOptions::new().append(true).open(file).unwrap();
        writeln!(file, "\nسطر جديد رقم {i}").unwrap();
    }
    line("ten changed", false);
    // As in a window in which the folder is open: the first change, and those after it.
    for what in ["one in a window", "one more"] {
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .open(&files[files.len() / 2])
            .unwrap();
        writeln!(file, "\nسطر آخر").unwrap();
        line(what, true);
    }
}

struct Opened {
    /// From the beginning on, each.
    articles: Duration,
    shared: Duration,
    kept: Duration,
    reread: usize,
}

fn open(root: &Path, places: &Places, known: Option<Detector>) -> (Opened, Option<Detector>) {
    let (watch, settings) = (Watch::silent(), Settings::default());
    let mut opening = Opening::new(root, Some(places)).knowing(known);
    let (articles, folder) = timed(|| opening.folder(root, &watch, &|_| {}).unwrap());
    let (shared, findings) = timed(|| {
        opening
            .follow(&folder.articles, &settings, &watch, None)
            .unwrap()
    });
    let (kept, mut detector) = timed(|| {
        opening
            .keep_followed(&folder.articles, &settings, &watch)
            .unwrap();
        let detector = opening.take_detector();
        opening.wait();
        detector
    });
    drop(findings);
    let opened = Opened {
        articles,
        shared: articles + shared,
        kept: articles + shared + kept,
        reread: folder.reread,
    };
    // As a window does when nobody waits.
    if let Some(detector) = &mut detector {
        detector.make_ready(&watch).unwrap();
    }
    (opened, detector)
}
