//! How long a person waits for what the open article shares, while its folder is compared: from the start of
//! detection to the first findings, and from each further article that is opened until its findings are there.
//!
//! `cargo bench --bench first -- FOLDER…` (the bundled sample without one). The ratio is to the whole of detection in
//! the same run; beside it stands what looking at articles adds to that.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

mod measure;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use measure::{each_folder, timed};
use muqabala::article::Article;
use muqabala::reuse::{Detector, First, Settings, Wanted};
use muqabala::work::Watch;

const ROUNDS: usize = 3;
/// A person who opens one article after another as fast as they can look.
const PAUSE: Duration = Duration::from_millis(50);

fn main() {
    each_folder(measure_folder);
}

fn measure_folder(articles: &[Arc<Article>]) {
    let mut shares = Vec::new();
    let (mut plain, mut showing) = (Duration::MAX, Duration::MAX);
    for round in 0..ROUNDS {
        let mut detector = Detector::new(Settings::default());
        let run = || detector.update(articles, &Watch::silent()).map(drop);
        let (took, _) = timed(run);
        plain = plain.min(took);
        let article = (articles.len() * (round + 1) / (ROUNDS + 2)) as u32;
        let (first, whole) = first_of(articles, article);
        showing = showing.min(whole);
        shares.push((first, first.as_secs_f64() / whole.as_secs_f64()));
    }
    shares.sort_by_key(|(first, _)| *first);
    let (first, share) = shares[ROUNDS / 2];
    println!(
        "  first findings after {:.0} ms, {share:.2} of the whole run; {:.0} ms with them, {:.0} ms without",
        first.as_secs_f64() * 1e3,
        showing.as_secs_f64() * 1e3,
        plain.as_secs_f64() * 1e3,
    );
    let mut waits = one_after_another(articles);
    waits.sort_unstable();
    let at = |share: f64| {
        let at = (waits.len() as f64 - 1.0) * share;
        waits[at.round() as usize].as_secs_f64() * 1e3
    };
    if !waits.is_empty() {
        println!(
            "  {} articles opened later: findings after {:.1} ms, 95 % {:.1} ms, at most {:.1} ms",
            waits.len(),
            at(0.5),
            at(0.95),
            at(1.0)
        );
    }
}

/// From the start to the findings of one article, and to those of all.
fn first_of(articles: &[Arc<Article>], article: u32) -> (Duration, Duration) {
    let wanted = Wanted::default();
    wanted.set(Some(article));
    let since = Instant::now();
    let shown = Arc::new(Mutex::new(Duration::ZERO));
    let at = shown.clone();
    let first = First::new(wanted, move |_, _| *at.lock().unwrap() = since.elapsed());
    let mut detector = Detector::new(Settings::default());
    detector
        .update_showing(articles, &Watch::silent(), Some(&first))
        .unwrap();
    let whole = since.elapsed();
    let shown = *shown.lock().unwrap();
    (shown, whole)
}

/// How long each article was waited for that was opened after the first had been shown.
fn one_after_another(articles: &[Arc<Article>]) -> Vec<Duration> {
    let wanted = Wanted::default();
    wanted.set(Some(0));
    let (sender, shown) = std::sync::mpsc::channel();
    let sender = Mutex::new(sender);
    let first = First::new(wanted.clone(), move |article, _| {
        let _ = sender.lock().unwrap().send(article);
    });
    let mut waits = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut detector = Detector::new(Settings::default());
            detector
                .update_showing(articles, &Watch::silent(), Some(&first))
                .unwrap();
        });
        let mut next = shown.recv().map(|_| 1);
        while let Ok(at) = next {
            std::thread::sleep(PAUSE);
            // Far apart, so that nothing is known of it from the one before.
            let article = (at * 7919 % articles.len()) as u32;
            let since = Instant::now();
            wanted.set(Some(article));
            next = shown.recv().map(|_| at + 1);
            if next.is_ok() {
                waits.push(since.elapsed());
            }
        }
    });
    waits
}
