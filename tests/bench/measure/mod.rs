//! What the benches share: the folder that was asked for, its files, time and memory.

#![allow(dead_code, reason = "each bench takes what it needs")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use muqabala::article::Article;
use rayon::prelude::*;

/// The folders named on the command line; the bundled sample where none is.
pub fn folders() -> Vec<PathBuf> {
    let named: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    if named.is_empty() {
        return vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample")];
    }
    named
}

/// Measures on the articles of one folder after another that was asked for, each under its name.
pub fn each_folder(measure: impl Fn(&[Arc<Article>])) {
    for folder in folders() {
        let articles = articles(&files(&folder));
        println!("{}: {} files", folder.display(), articles.len());
        measure(&articles);
    }
}

/// All text files of a folder and the folders in it, by path.
pub fn files(folder: &Path) -> Vec<PathBuf> {
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

/// What `cat` does: every byte once through a buffer. Returns the bytes.
pub fn read(files: &[PathBuf]) -> usize {
    let read = |file: &PathBuf| std::fs::read(file).unwrap().len();
    files.iter().map(read).sum()
}

/// The articles of some files, decoded and otherwise as they are.
pub fn articles(files: &[PathBuf]) -> Vec<Arc<Article>> {
    files
        .par_iter()
        .map(|file| {
            let bytes = std::fs::read(file).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let text = text.trim_start_matches('\u{feff}');
            Arc::new(Article::bare(&file.to_string_lossy(), text))
        })
        .collect()
}

pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let since = Instant::now();
    let result = work();
    (since.elapsed(), result)
}

/// The processor's time that this program has used so far, on all threads; none where the system keeps no
/// account. In hundredths of a second: what other programs do hardly shows in it.
pub fn processor() -> Duration {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = status.rsplit(')').next().unwrap_or("");
    let ticks = behind_name.split_whitespace().skip(11).take(2);
    Duration::from_millis(10 * ticks.filter_map(|n| n.parse::<u64>().ok()).sum::<u64>())
}

/// Time that this thread has worked so far, which other programs do not lengthen; the clock's where the
/// system keeps no account.
pub fn worked(since: Instant) -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat
        .split_whitespace()
        .next()
        .and_then(|ns| ns.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// Bytes of memory in use now; 0 where the system keeps no account.
pub fn resident() -> f64 {
    memory("VmRSS:")
}

/// The most bytes of memory that were in use at once so far; 0 where the system keeps no account.
pub fn peak() -> f64 {
    memory("VmHWM:")
}

/// Lets [`peak`] begin anew, where the system can.
pub fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn memory(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes: f64 = line
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0.0);
    kilobytes * 1024.0
}
