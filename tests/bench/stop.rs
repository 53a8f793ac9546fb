//! How long a person waits who stops: from the moment at which detection is asked to end until it has, for moments
//! spread over a whole run, over one that follows a change, and over writing down what was learnt and reading it again.
//!
//! `cargo bench --bench stop -- FOLDER…` (the bundled sample without one). The ratio is to the whole of what is
//! stopped. Beside the longest stands the stage that was announced last before.

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
use muqabala::reuse::{Detector, Settings};
use muqabala::work::{Stage, Stop, Stopped, Watch};

const MOMENTS: u32 = 40;

fn main() {
    each_folder(measure_folder);
}

fn measure_folder(articles: &[Arc<Article>]) {
    let silent = Watch::silent();
    let new = || Detector::new(Settings::default());
    let whole = best(|| {
        let mut detector = new();
        timed(|| detector.update(articles, &silent).unwrap().passages.len()).0
    });
    stopped("first run", whole, new, |detector, watch| {
        detector.update(articles, watch).map(drop)
    });

    let mut known = new();
    known.update(articles, &silent).unwrap();
    let changed = changed(articles);
    let bytes = known.to_bytes(&silent).unwrap();
    let read = |watch: &Watch| Detector::from_bytes(&bytes, &Settings::default(), watch);
    let again = || read(&silent).unwrap().unwrap();
    let whole = best(|| {
        let mut detector = again();
        timed(|| detector.update(&changed, &silent).unwrap().passages.len()).0
    });
    stopped("change", whole, again, |detector, watch| {
        detector.update(&changed, watch).map(drop)
    });
    let whole = best(|| timed(|| known.to_bytes(&silent).unwrap().len()).0);
    let writing = |(): &mut (), watch: &Watch| known.to_bytes(watch).map(drop);
    stopped("writing", whole, || (), writing);
    let whole = best(|| timed(|| again().is_measured()).0);
    let reading = |(): &mut (), watch: &Watch| read(watch).map(drop);
    stopped("reading", whole, || (), reading);
}

fn best(mut run: impl FnMut() -> Duration) -> Duration {
    (0..3).map(|_| run()).min().unwrap_or_default()
}

/// Stops the work at moments spread over the time that it takes, each time on what was made for it.
fn stopped<T: Send>(
    what: &str,
    whole: Duration,
    make: impl Fn() -> T,
    work: impl Fn(&mut T, &Watch) -> Result<(), Stopped> + Sync,
) {
    let mut waits: Vec<(Duration, Option<Stage>)> = Vec::new();
    for moment in 0..MOMENTS {
        let (stop, stage) = (Stop::default(), Arc::new(Mutex::new(None)));
        let last = stage.clone();
        let watch = Watch::new(stop.clone(), move |progress| {
            *last.lock().unwrap() = Some(progress.stage);
        });
        let mut on = make();
        let since = Instant::now();
        let (asked, at, ended, result) = std::thread::scope(|scope| {
            let job = scope.spawn(|| {
                let result = work(&mut on, &watch);
                (Instant::now(), result)
            });
            let due = whole * (2 * moment + 1) / (2 * MOMENTS);
            std::thread::sleep(due.saturating_sub(since.elapsed()));
            stop.stop();
            let (asked, at) = (Instant::now(), *stage.lock().unwrap());
            let (ended, result) = job.join().unwrap();
            (asked, at, ended, result)
        });
        if result.is_err() {
            waits.push((ended.saturating_duration_since(asked), at));
        } else if ended > asked {
            // Too late to be stopped: that is waiting, too.
            waits.push((ended - asked, at));
        }
    }
    waits.sort_by_key(|(wait, _)| *wait);
    let Some((longest, stage)) = waits.last() else {
        println!("  {what:<10} was done before it could be stopped");
        return;
    };
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share).round() as usize].0;
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "  {what:<10} of {:>7.1} ms: median {:>6.1} ms, 95 % {:>6.1} ms, at most {:>6.1} ms ({:.3} × the whole; {})",
        milliseconds(whole),
        milliseconds(at(0.5)),
        milliseconds(at(0.95)),
        milliseconds(*longest),
        longest.as_secs_f64() / whole.as_secs_f64(),
        stage.map_or("before any stage", Stage::label),
    );
    for (wait, stage) in waits.iter().rev().take(4) {
        println!(
            "             {:>6.1} ms {}",
            milliseconds(*wait),
            stage.map_or("before any stage", Stage::label)
        );
    }
}

/// Every fortieth article has one more line.
fn changed(articles: &[Arc<Article>]) -> Vec<Arc<Article>> {
    let change = |(at, article): (usize, &Arc<Article>)| match at % 40 {
        7 => {
            let text = format!("{} كان هذا السطر آخر ما كتب", article.text);
            Arc::new(Article::bare(&article.path, &text))
        }
        _ => article.clone(),
    };
    articles.iter().enumerate().map(change).collect()
}
