//! How much work the comparison is: opening a pair, dragging the ruler from end to end, stepping, and
//! finding, in frames: the work of the thread that answers the mouse, whatever else the machine does.
//!
//! `cargo bench --bench compare -- FOLDER` takes the strongest pair of a folder (two editions of one book,
//! for instance); without one, two articles of a million characters with a thousand passages are made.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

mod measure;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use muqabala::app::Window;
use muqabala::article::{Article, Span};
use muqabala::ingest::Folder;
use muqabala::reuse::{Edit, EditKind, Findings, Passage, PassageKind, Side};
use muqabala::store::Places;
use muqabala::ui::command::{Act, Command};
use muqabala::view::{Columns, Phase, Sorts, Tables};

type Desk = Harness<'static, Option<Window>>;

fn main() {
    let named = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    match named {
        Some(folder) => measure_folder(folder.into()),
        None => measure_made(),
    }
}

fn desk(folder: Option<PathBuf>) -> (Desk, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let places = Places::below(home.path());
    let desk = Harness::builder()
        .with_size(vec2(1280.0, 720.0))
        .build_ui_state(
            move |ui, window: &mut Option<Window>| {
                let window = window
                    .get_or_insert_with(|| Window::new(ui.ctx(), places.clone(), folder.clone()));
                window.state.take_events();
                window.frame(ui);
            },
            None,
        );
    (desk, home)
}

fn measure_folder(folder: PathBuf) {
    println!("{}", folder.display());
    let (mut desk, _home) = desk(Some(folder));
    while desk
        .state()
        .as_ref()
        .and_then(|window| window.state.session.as_ref())
        .is_none_or(|session| session.phase != Phase::Ready)
    {
        desk.step();
        std::thread::sleep(Duration::from_millis(20));
    }
    measure(&mut desk);
}

/// Two million-character articles; every tenth word of each shared passage is changed.
fn measure_made() {
    const PASSAGES: usize = 1_000;
    let (articles, findings) = made(PASSAGES);
    println!(
        "two articles of {} and {} characters with {PASSAGES} passages",
        articles[0].text.chars().count(),
        articles[1].text.chars().count()
    );
    // The sample is opened first, so that the session is what it always is; then its content is replaced.
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let (mut desk, _home) = desk(Some(sample));
    while desk
        .state()
        .as_ref()
        .and_then(|window| window.state.session.as_ref())
        .is_none_or(|session| session.phase != Phase::Ready)
    {
        desk.step();
        std::thread::sleep(Duration::from_millis(20));
    }
    let columns = Columns::new(&articles);
    let unrelated = Tables::unrelated(columns);
    let tables = Tables::new(&articles, &findings, Sorts::default());
    let session = desk.state_mut().as_mut().unwrap().state.session.as_mut();
    let session = session.unwrap();
    // In this order: tables are of the articles that are there.
    let folder = Folder {
        articles,
        skipped: Vec::new(),
        ..Folder::default()
    };
    session.take_folder(folder, unrelated);
    session.take_findings(Arc::new(findings), tables);
    desk.step();
    measure(&mut desk);
}

fn made(count: usize) -> (Vec<Arc<Article>>, Findings) {
    const WORDS: [&str; 16] = [
        "الميناء",
        "أعلن",
        "صباح",
        "حارس",
        "المنارة",
        "العاصفة",
        "على",
        "الساحل",
        "قارب",
        "البلدية",
        "اليوم",
        "سوق",
        "النحاس",
        "إن",
        "الجسر",
        "القديم",
    ];
    let mut seed = 7_u64;
    let mut next = move |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let (mut first, mut second) = (String::new(), String::new());
    let mut passages = Vec::new();
    for _ in 0..count {
        for text in [&mut first, &mut second] {
            for _ in 0..80 {
                text.push_str(WORDS[next(16)]);
                text.push(' ');
            }
            text.push('\n');
        }
        let starts = [first.len(), second.len()];
        let mut edits = Vec::new();
        for word in 0..80 {
            let (x, y) = (next(16), next(16));
            let spans = [
                (&mut first, x),
                (&mut second, if word % 10 == 0 { y } else { x }),
            ]
            .map(|(text, word)| {
                let start = text.len();
                text.push_str(WORDS[word]);
                let span = Span::new(start, text.len());
                text.push(' ');
                span
            });
            if word % 10 == 0 {
                edits.push(Edit {
                    kind: EditKind::Reworded,
                    a: spans[0],
                    b: spans[1],
                });
            }
        }
        let side = |article: u32, start: usize, text: &str| Side {
            article,
            span: Span::new(start, text.len() - 1),
        };
        passages.push(Passage {
            a: side(0, starts[0], &first),
            b: side(1, starts[1], &second),
            kind: if passages.len() % 3 == 0 {
                PassageKind::Reworded
            } else {
                PassageKind::Copy
            },
            words: 80,
            similarity: 0.9,
            family: 0,
            edits,
        });
        first.push('\n');
        second.push('\n');
    }
    let article = |path: &str, text: &str| {
        let mut article = Article::bare(path, text);
        article.words = text.split_whitespace().count() as u32;
        Arc::new(article)
    };
    let findings = Findings {
        passages,
        families: vec![muqabala::reuse::Family {
            articles: vec![0, 1],
        }],
        ..Findings::default()
    };
    (
        vec![article("a.txt", &first), article("b.txt", &second)],
        findings,
    )
}

fn measure(desk: &mut Desk) {
    let pair = {
        let session = desk.state().as_ref().unwrap().state.session.as_ref();
        let pairs = &session.unwrap().tables.pairs.0;
        let by_words = (0..pairs.len()).max_by_key(|id| pairs[*id].words);
        by_words.expect("a pair to compare") as u32
    };
    let (first, ()) = timed(|| send(desk, Command::OpenPair(pair)));
    let (second, ()) = timed(|| desk.step());
    println!(
        "opening the pair          {:>7.1} ms until it is applied, {:.1} ms until it is painted",
        ms(first),
        ms(first + second)
    );
    let mut settling = times(60, || desk.step());
    report("frames right after", &mut settling);
    let mut idle = times(60, || desk.step());
    report("idle", &mut idle);
    let mut drag = drag_ruler(desk);
    report("dragging the ruler", &mut drag);
    let mut steps = times(100, || {
        send(desk, Command::Do(Act::NextPassage));
        desk.step();
    });
    report("stepping to a passage", &mut steps);
    let mut wheel = times(300, || {
        send(desk, Command::Do(Act::NextRow));
    });
    report("scrolling", &mut wheel);
    send(desk, Command::Do(Act::Search));
    desk.step();
    desk.get_by_label("Find in both articles")
        .type_text("القديم");
    let mut find = times(3, || desk.step());
    report("finding a word", &mut find);
    let mut drag = drag_ruler(desk);
    report("dragging with hits", &mut drag);
}

/// Presses at the top of the first article's ruler and goes down to its end and back.
fn drag_ruler(desk: &mut Desk) -> Vec<Duration> {
    const STEPS: usize = 400;
    let bounds = desk
        .get_by_label("Position in the first article")
        .accesskit_node()
        .raw_bounds()
        .unwrap();
    let x = ((bounds.x0 + bounds.x1) / 2.0) as f32;
    let at = |part: f32| -> Pos2 {
        let (top, bottom) = (bounds.y0 as f32 + 2.0, bounds.y1 as f32 - 2.0);
        pos2(x, top + (bottom - top) * part)
    };
    let button = |pressed, pos| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    desk.event(egui::Event::PointerMoved(at(0.0)));
    desk.step();
    desk.event(button(true, at(0.0)));
    desk.step();
    let found = (0..=2 * STEPS)
        .map(|step| {
            let part = step as f32 / STEPS as f32;
            let part = if part > 1.0 { 2.0 - part } else { part };
            desk.event(egui::Event::PointerMoved(at(part)));
            timed(|| desk.step()).0
        })
        .collect();
    desk.event(button(false, at(0.0)));
    desk.step();
    found
}

fn send(desk: &mut Desk, command: Command) {
    let window = desk.state_mut().as_mut().unwrap();
    window.state.commands.send(command);
    desk.step();
}

fn times(count: usize, mut work: impl FnMut()) -> Vec<Duration> {
    (0..count).map(|_| timed(&mut work).0).collect()
}

/// The work of this thread.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let since = Instant::now();
    let before = measure::worked(since);
    let result = work();
    (measure::worked(since).saturating_sub(before), result)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort();
    let high = times[(times.len() * 99 / 100).min(times.len() - 1)];
    println!(
        "{what:<26}median {:>7.2} ms  99th percentile {:>7.2} ms  longest {:>7.2} ms",
        ms(times[times.len() / 2]),
        ms(high),
        ms(times[times.len() - 1])
    );
}
