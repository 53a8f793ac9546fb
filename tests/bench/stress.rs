//! Folders that ask for too much: what they cost, held against a plain one of ten thousand articles.
//!
//! `cargo bench --bench stress` makes all texts itself, of words that nobody says. Each folder is a program of its
//! own, so that its memory is its own; times are the best of two.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

mod measure;

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use measure::{forget_peak, peak, timed};
use muqabala::article::Article;
use muqabala::reuse::{self, Settings};
use muqabala::work::Watch;

/// Before the number of a folder: only measure that one.
const ONE: &str = "--one";

type Folder = Vec<Arc<Article>>;
type Made = fn() -> Folder;

/// The first is what the others are held against.
const FOLDERS: [(&str, Made); 7] = [
    ("10,000 articles", plain),
    ("and 500 copies of one text", copies),
    ("the same, a word changed in each", near_copies),
    ("10,000 with one sentence in all", boilerplate),
    ("5,000 texts printed by ten each", printed),
    ("one text of 50 MB", long),
    ("1,000,000 empty articles", empty),
];

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != ONE);
    if let Some(number) = arguments.nth(1) {
        measure_one(FOLDERS[number.parse::<usize>().unwrap()].1());
        return;
    }
    println!(
        "{:<34} {:>8} {:>10} {:>9} {:>9} {:>9}",
        "", "MB", "passages", "ms", "× per MB", "peak MB"
    );
    let mut plain = None;
    for (number, (name, _)) in FOLDERS.iter().enumerate() {
        let itself = std::env::current_exe().unwrap();
        let output = Command::new(itself)
            .args([ONE, &number.to_string()])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let numbers: Vec<f64> = String::from_utf8(output.stdout)
            .unwrap()
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        let [megabytes, passages, ms, peak] = numbers[..] else {
            panic!("four numbers");
        };
        let cost = ms / megabytes;
        let plain = *plain.get_or_insert(cost);
        // What has no text has no cost for each byte of it.
        let ratio = match megabytes >= 1.0 {
            true => format!("{:.2}", cost / plain),
            false => "–".to_owned(),
        };
        println!("{name:<34} {megabytes:>8.1} {passages:>10} {ms:>9.0} {ratio:>9} {peak:>9.0}");
    }
}

/// Prints megabytes of text, passages, milliseconds, and megabytes of memory, the texts among them.
fn measure_one(articles: Folder) {
    forget_peak();
    let mut best = Duration::MAX;
    let mut passages = 0;
    for _ in 0..2 {
        let detect = || reuse::detect(&articles, &Settings::default(), &Watch::silent());
        let (took, found) = timed(detect);
        best = best.min(took);
        passages = found.unwrap().passages.len();
    }
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    println!(
        "{} {passages} {} {}",
        bytes as f64 / 1e6,
        best.as_secs_f64() * 1e3,
        peak() / 1e6
    );
}

fn plain() -> Folder {
    let mut writer = Writer::new(1);
    (0..10_000)
        .map(|number| article(number, &writer.text(300)))
        .collect()
}

fn copies() -> Folder {
    let text = Writer::new(2).text(300);
    let more = (0..500).map(|number| article(100_000 + number, &text));
    plain().into_iter().chain(more).collect()
}

fn near_copies() -> Folder {
    let text = Writer::new(2).text(300);
    let words: Vec<&str> = text.split(' ').collect();
    let mut chance = Writer::new(3);
    let more = (0..500).map(|number| {
        let mut words = words.clone();
        let other = chance.word();
        words[chance.below(300)] = &other;
        article(100_000 + number, &words.join(" "))
    });
    plain().into_iter().chain(more).collect()
}

fn boilerplate() -> Folder {
    let sentence = Writer::new(4).text(20);
    let mut writer = Writer::new(1);
    let text = |number| {
        let (before, behind) = (writer.text(150), writer.text(150));
        article(number, &format!("{before}. {sentence}. {behind}"))
    };
    (0..10_000).map(text).collect()
}

fn printed() -> Folder {
    let mut writer = Writer::new(5);
    let mut articles = Vec::new();
    for text in 0..5_000 {
        let words = writer.text(100);
        for copy in 0..10 {
            articles.push(article(
                10 * text + copy,
                &format!("{} {words}", writer.text(3)),
            ));
        }
    }
    articles
}

fn long() -> Folder {
    let mut writer = Writer::new(6);
    let mut text = String::new();
    while text.len() < 50_000_000 {
        text += &writer.text(1000);
        text += ".\n";
    }
    vec![article(0, &text), article(1, &writer.text(300))]
}

fn empty() -> Folder {
    (0..1_000_000).map(|number| article(number, "")).collect()
}

fn article(number: usize, text: &str) -> Arc<Article> {
    Arc::new(Article::bare(&format!("{number:07}.txt"), text))
}

/// Writes words of which few are common and most are rare, as in any language; the same each time.
struct Writer(u64);

impl Writer {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// xorshift64 (Marsaglia 2003).
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 11) as usize % limit
    }

    /// The word of a rank is the commoner the smaller the rank is (Zipf).
    fn word(&mut self) -> String {
        const WORDS: f64 = 60_000.0;
        const LETTERS: [char; 24] = [
            'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ',
            'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه',
        ];
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let mut number = (WORDS.powf(share) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let length = 3 + number as usize % 4;
        (0..length)
            .map(|_| {
                number /= LETTERS.len() as u64 + 1;
                LETTERS[number as usize % LETTERS.len()]
            })
            .collect()
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        words.join(" ")
    }
}
