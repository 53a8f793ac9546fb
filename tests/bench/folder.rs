//! How long a folder takes from disk to findings, as a ratio to merely reading the same files.
//!
//! `cargo bench --bench folder -- FOLDER` (the bundled sample without one). Every line is measured in the
//! same run; the files are read once beforehand, so that the disk's cache favours nobody.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

mod measure;

use std::path::Path;
use std::time::Duration;

use measure::{files, folders, peak, read, resident, timed};

use muqabala::search::{Forms, SearchIndex};
use muqabala::view::{Board, Filter, Hits, Sorts, Tables};
use muqabala::work::Watch;
use muqabala::{ingest, reuse};

fn main() {
    for folder in folders() {
        measure_folder(&folder);
    }
}

fn measure_folder(folder: &Path) {
    let files = files(folder);
    let bytes = read(&files);
    println!(
        "{}: {} files, {:.1} MB, {} threads",
        folder.display(),
        files.len(),
        bytes as f64 / 1e6,
        rayon::current_num_threads()
    );

    let watch = Watch::silent();
    let (cat, _) = timed(|| read(&files));
    let before = resident();
    let (open, opened) = timed(|| ingest::open(folder, &watch, &|_| {}).unwrap());
    let articles = &opened.articles;
    let (detect, findings) =
        timed(|| reuse::detect(articles, &reuse::Settings::default(), &watch).unwrap());
    let (pairing, tables) = timed(|| Tables::new(articles, &findings, Sorts::default()));
    let pairs = &tables.pairs;
    let peak = peak();
    let (index, built) = timed(|| SearchIndex::build(articles, &watch).unwrap());
    let board = || Board::new(&tables, &Filter::default(), Hits::default(), None);
    let (lists, _) = timed(board);
    let (query, hits) = timed(|| {
        let answer = built.find("الر", Forms::All).unwrap();
        answer.map_or(0, |answer| answer.articles.len())
    });

    let line = |what: &str, took: Duration, note: &str| {
        let ratio = took.as_secs_f64() / cat.as_secs_f64();
        println!(
            "{what:<28}{:>9.1} ms {ratio:>8.1} × cat  {note}",
            took.as_secs_f64() * 1e3
        );
    };
    line("cat (read every byte)", cat, "");
    line(
        "open (walk, decode, know)",
        open,
        &format!(
            "{} articles, {} skipped",
            articles.len(),
            opened.skipped.len()
        ),
    );
    line(
        "detect",
        detect,
        &format!(
            "{} passages, {} families",
            findings.passages.len(),
            findings.families.len()
        ),
    );
    line(
        "pairs, links, facets",
        pairing,
        &format!("{} pairs", pairs.0.len()),
    );
    line("open to pairs", open + detect + pairing, "");
    let note = format!(
        "{:.1} MB, {:.2} × the text’s bytes",
        built.size() as f64 / 1e6,
        built.size() as f64 / bytes as f64
    );
    line("index for search", index, &note);
    line("facets and lists", lists, "the work of one click");
    line("a query", query, &format!("{hits} hits"));
    println!(
        "peak memory {:.0} MB, of which {:.0} MB were there before; {:.1} × the text’s bytes",
        peak / 1e6,
        before / 1e6,
        (peak - before) / bytes as f64
    );
}
