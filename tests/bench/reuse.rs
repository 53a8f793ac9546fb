//! How long detection takes, as a ratio to the least that any program of this kind has to do: read all
//! files, decode them, fold every word, hash every five words in a row, sort the hashes.
//!
//! And what a change costs: one article that comes, becomes another or goes, as a share of the whole run.
//!
//! `cargo bench --bench reuse -- FOLDER…` (the bundled sample without one). Both sides of a ratio are the
//! best of three from the same run, taken in turns, with the same threads; the least is told on one thread as
//! well. Memory is that of a program of its own, which does nothing before.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

mod measure;

use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use foldhash::fast::FixedState;
use measure::{articles as read, files, folders, forget_peak, peak, processor, resident, timed};
use muqabala::article::Article;
use muqabala::reuse::{self, Detector, Findings, Settings};
use muqabala::text::{fold_word, words};
use muqabala::work::{Stage, Stop, Watch};
use rayon::prelude::*;

const ROUNDS: usize = 3;

/// Before a folder: only tell what memory it takes.
const MEMORY: &str = "--memory";

fn main() {
    let memory_only = std::env::args().any(|argument| argument == MEMORY);
    for folder in folders() {
        if memory_only {
            memory_of(&folder);
        } else {
            measure_folder(&folder);
            measure_changes(&folder);
        }
    }
}

fn measure_folder(folder: &Path) {
    let files = files(folder);
    let (mut floor, mut whole) = (Duration::MAX, Duration::MAX);
    let (mut grams, mut bytes, mut found) = (0, 0, Findings::default());
    let (mut floor_work, mut whole_work) = (Duration::MAX, Duration::MAX);
    let mut floor_on_one = Duration::MAX;
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1);
    let one_thread = one_thread.build().unwrap();
    for _ in 0..ROUNDS {
        let (took, _) = one_thread.install(|| timed(|| floor_of(&files)));
        floor_on_one = floor_on_one.min(took);
        let before = processor();
        let (took, count) = timed(|| floor_of(&files));
        floor = floor.min(took);
        floor_work = floor_work.min(processor() - before);
        grams = count;
        let before = processor();
        let (took, (findings, read)) = timed(|| {
            let articles = read(&files);
            let findings =
                reuse::detect(&articles, &Settings::default(), &Watch::silent()).unwrap();
            let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
            (findings, bytes)
        });
        whole = whole.min(took);
        whole_work = whole_work.min(processor() - before);
        (found, bytes) = (findings, read);
    }
    println!(
        "{}: {} files, {:.1} MB, {} threads",
        folder.display(),
        files.len(),
        bytes as f64 / 1e6,
        rayon::current_num_threads()
    );
    println!(
        "  floor    {:>9.1} ms  {grams} hashes of five words",
        floor.as_secs_f64() * 1e3
    );
    println!(
        "  detect   {:>9.1} ms  {:.1} × the floor; {} passages, {} families",
        whole.as_secs_f64() * 1e3,
        whole.as_secs_f64() / floor.as_secs_f64(),
        found.passages.len(),
        found.families.len()
    );
    println!(
        "  of the processor’s time {:.0} ms and {:.0} ms: {:.1} × the floor",
        floor_work.as_secs_f64() * 1e3,
        whole_work.as_secs_f64() * 1e3,
        whole_work.as_secs_f64() / floor_work.as_secs_f64()
    );
    println!(
        "  against the floor on one thread, {:.1} ms: {:.1} ×",
        floor_on_one.as_secs_f64() * 1e3,
        whole.as_secs_f64() / floor_on_one.as_secs_f64()
    );
    let itself = std::env::current_exe().unwrap();
    let alone = Command::new(itself).arg(MEMORY).arg(folder).status();
    assert!(alone.unwrap().success());
}

/// What a stage took.
struct Passed {
    stage: Stage,
    since: Instant,
    took: Duration,
    /// The most memory that was in use meanwhile, in bytes.
    peak: f64,
}

impl Passed {
    fn end(&mut self) {
        self.took = self.since.elapsed();
        self.peak = peak();
    }
}

/// Prints the time of each stage and the most memory that it had in use, the texts among it.
fn memory_of(folder: &Path) {
    let articles = read(&files(folder));
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let times = |memory: f64| memory / bytes.max(1) as f64;
    let texts = resident();
    println!(
        "  texts    {:>9.1} MB  {:.1} × their bytes",
        texts / 1e6,
        times(texts)
    );
    let stages: Arc<Mutex<Vec<Passed>>> = Arc::default();
    let of_stages = stages.clone();
    let watch = Watch::new(Stop::default(), move |progress| {
        let mut stages = of_stages.lock().unwrap();
        if stages
            .last()
            .is_none_or(|last| last.stage != progress.stage)
        {
            if let Some(last) = stages.last_mut() {
                last.end();
            }
            forget_peak();
            stages.push(Passed {
                stage: progress.stage,
                since: Instant::now(),
                took: Duration::ZERO,
                peak: 0.0,
            });
        }
    });
    let found = reuse::detect(&articles, &Settings::default(), &watch).unwrap();
    let mut stages = stages.lock().unwrap();
    if let Some(last) = stages.last_mut() {
        last.end();
    }
    for passed in stages.iter() {
        println!(
            "  {:<28} {:>9.1} ms  peak {:>8.1} MB  {:.1} ×",
            passed.stage.label(),
            passed.took.as_secs_f64() * 1e3,
            passed.peak / 1e6,
            times(passed.peak)
        );
    }
    let highest = stages
        .iter()
        .map(|passed| passed.peak)
        .fold(texts, f64::max);
    let edits: usize = found.passages.iter().map(|p| p.edits.len()).sum();
    println!(
        "  peak     {:>9.1} MB  {:.1} × the text’s bytes; {} passages with {edits} edits",
        highest / 1e6,
        times(highest),
        found.passages.len(),
    );
    println!(
        "  foretold {:>9.1} MB, of which {:.1} MB were taken",
        (texts + foretold(&articles) + (80 * found.passages.len() + 20 * edits) as f64) / 1e6,
        highest / 1e6,
    );
}

/// Bytes that detection promises to take at most, before it has found anything.
fn foretold(articles: &[Arc<Article>]) -> f64 {
    const LONG: usize = 4096;
    let of_words = |article: &Arc<Article>| {
        let words = words(&article.text).count();
        let of_each = if words > LONG { 32.0 * 4.0 / 3.0 } else { 32.0 };
        words as f64 * of_each
    };
    articles.iter().map(of_words).sum::<f64>() + 1e3 * articles.len() as f64 + 64e6
}

/// What it takes to follow one change at a time in a folder that has been compared; at three places of it.
fn measure_changes(folder: &Path) {
    let watch = Watch::silent();
    let mut articles = read(&files(folder));
    let mut whole = Duration::MAX;
    let mut detector = Detector::new(Settings::default());
    for _ in 0..ROUNDS {
        let mut again = Detector::new(Settings::default());
        let (took, _) = timed(|| again.update(&articles, &watch).unwrap().passages.len());
        whole = whole.min(took);
        detector = again;
    }
    // What the first change would have to do, and a window does while nobody waits.
    let (ready, _) = timed(|| detector.make_ready(&watch).unwrap());
    let mut follow = |articles: &[Arc<Article>]| {
        timed(|| detector.update(articles, &watch).unwrap().passages.len()).0
    };
    let none = follow(&articles);
    let (mut came, mut became, mut went) = (Vec::new(), Vec::new(), Vec::new());
    let step = articles.len() / (ROUNDS + 1);
    for round in 0..ROUNDS {
        let at = step * (round + 1);
        // Half of one article and half of another.
        let text = |at: usize| -> &str { &articles[at].text };
        let (head, tail) = (half(text(at), false), half(text(at / 2), true));
        let new = Article::bare(&format!("{}.new", articles[at].path), &(head + &tail));
        articles.insert(at + 1, Arc::new(new));
        came.push(follow(&articles));
        let text = format!("{} كان هذا السطر آخر ما كتب", articles[at + 1].text);
        articles[at + 1] = Arc::new(Article::bare(&articles[at + 1].path, &text));
        became.push(follow(&articles));
        articles.remove(at);
        went.push(follow(&articles));
    }
    let share = |what: &str, times: &mut [Duration]| {
        times.sort_unstable();
        let milliseconds = |at: usize| times[at].as_secs_f64() * 1e3;
        println!(
            "  {what}   {:>9.1} ms  {:.2} % of the whole run; at most {:.1} ms",
            milliseconds(0),
            100.0 * times[0].as_secs_f64() / whole.as_secs_f64(),
            milliseconds(times.len() - 1)
        );
    };
    println!(
        "  after a whole run of {:.0} ms, of one article",
        whole.as_secs_f64() * 1e3
    );
    share("ready ", &mut [ready]);
    share("none  ", &mut [none]);
    share("comes ", &mut came);
    share("alters", &mut became);
    share("goes  ", &mut went);
}

/// The first or the second half of a text.
fn half(text: &str, second: bool) -> String {
    let middle = text.ceil_char_boundary(text.len() / 2);
    match second {
        true => text[middle..].to_owned(),
        false => text[..middle].to_owned(),
    }
}

fn floor_of(files: &[PathBuf]) -> usize {
    let hasher = FixedState::with_seed(1);
    let mut grams: Vec<u64> = read(files)
        .par_iter()
        .flat_map_iter(|article| {
            let mut folded = String::new();
            let words: Vec<u64> = words(&article.text)
                .map(|word| {
                    fold_word(&article.text[word], &mut folded);
                    hasher.hash_one(folded.as_str())
                })
                .collect();
            let grams: Vec<u64> = words.windows(5).map(|gram| hasher.hash_one(gram)).collect();
            grams
        })
        .collect();
    grams.par_sort_unstable();
    grams.len()
}
