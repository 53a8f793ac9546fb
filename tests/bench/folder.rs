//! How long a folder takes from disk to findings, as a ratio to merely reading the same files.
//!
//! `cargo bench --bench folder -- FOLDER` (the bundled sample without one). Every line is measured in the
//! same run; the files are read once beforehand, so that the disk's cache favours nobody.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use muqabala::search::SearchIndex;
use muqabala::view::{Board, Columns, Filter, Pairs, Sort};
use muqabala::work::Watch;
use muqabala::{ingest, reuse};

fn main() {
    let folder = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let folder = folder.map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample"),
        PathBuf::from,
    );
    let files = files(&folder);
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
    let (open, opened) = timed(|| ingest::open(&folder, &watch, &|_| {}).unwrap());
    let articles = &opened.articles;
    let (detect, findings) =
        timed(|| reuse::detect(articles, &reuse::Settings::default(), &watch).unwrap());
    let (pairing, pairs) = timed(|| Pairs::new(articles, &findings));
    let peak = peak();
    let (index, built) = timed(|| SearchIndex::build(articles, &watch).unwrap());
    let columns = Columns::new(articles);
    let board = || {
        Board::new(
            articles,
            &columns,
            &pairs,
            &Filter::default(),
            None,
            Sort::default(),
        )
    };
    let (lists, _) = timed(board);
    let (query, hits) = timed(|| built.find("الر").unwrap().map_or(0, |hits| hits.len()));

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
    line("pairs", pairing, &format!("{} pairs", pairs.0.len()));
    line("open to pairs", open + detect + pairing, "");
    line("index for search", index, "");
    line("facets and lists", lists, "the work of one click");
    line("a query", query, &format!("{hits} hits"));
    println!(
        "peak memory {:.0} MB, of which {:.0} MB were there before; {:.1} × the text’s bytes",
        peak / 1e6,
        before / 1e6,
        (peak - before) / bytes as f64
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let since = Instant::now();
    let result = work();
    (since.elapsed(), result)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "txt") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What `cat` does: every byte once through a buffer.
fn read(files: &[PathBuf]) -> usize {
    files
        .iter()
        .map(|file| std::fs::read(file).unwrap().len())
        .sum()
}

/// Bytes of memory, from the system's own account; 0 where it keeps none.
fn memory(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes: f64 = line
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0.0);
    kilobytes * 1024.0
}

fn resident() -> f64 {
    memory("VmRSS:")
}

fn peak() -> f64 {
    memory("VmHWM:")
}
