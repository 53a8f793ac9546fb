//! How long a folder takes to open for the first time, again, and after ten files have changed, the way the window
//! goes: articles, then what they share, each as a ratio to merely reading the same files.
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

use measure::{files, folders, peak, read, resident, timed};

use muqabala::opening::Opening;
use muqabala::reuse::Settings;
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
        "{:<14}{:>22}{:>22}{:>22}{:>12}{:>10}",
        "opening", "articles", "and what they share", "and kept", "peak", "read"
    );
    let line = |what: &str| {
        // Writing 5 makes the kernel forget the peak so far.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let before = resident();
        let opened = open(&copy, &places);
        let ratio = |took: Duration| {
            format!(
                "{:.0} ms {:>6.1} × cat",
                took.as_secs_f64() * 1e3,
                took.as_secs_f64() / cat.as_secs_f64()
            )
        };
        println!(
            "{what:<14}{:>22}{:>22}{:>22}{:>9.0} MB{:>10}",
            ratio(opened.articles),
            ratio(opened.shared),
            ratio(opened.kept),
            (peak() - before) / 1e6,
            opened.reread
        );
    };
    line("cold");
    line("again");
    line("again");
    for (i, file) in files
        .iter()
        .step_by((files.len() / 10).max(1))
        .take(10)
        .enumerate()
    {
        let mut file = std::fs::OpenOptions::new().append(true).open(file).unwrap();
        writeln!(file, "\nسطر جديد رقم {i}").unwrap();
    }
    line("ten changed");
}

struct Opened {
    /// From the beginning on, each.
    articles: Duration,
    shared: Duration,
    kept: Duration,
    reread: usize,
}

fn open(root: &Path, places: &Places) -> Opened {
    let watch = Watch::silent();
    let mut opening = Opening::new(root, Some(places));
    let (articles, folder) = timed(|| opening.folder(root, &watch, &|_| {}).unwrap());
    let (shared, findings) = timed(|| {
        opening
            .follow(&folder.articles, &Settings::default(), &watch)
            .unwrap()
    });
    let (kept, ()) = timed(|| opening.wait());
    drop(findings);
    Opened {
        articles,
        shared: articles + shared,
        kept: articles + shared + kept,
        reread: folder.reread,
    }
}
