//! How much work a frame is, in the window as it is but without a screen: time per frame on the thread that
//! answers the mouse, and time until a choice has its answer on the screen. The ratio is to an idle frame of
//! the same window in the same run.
//!
//! `cargo bench --bench frames -- FOLDER` (the bundled sample without one).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench speaks to a terminal and may fail"
)]

mod measure;

use std::time::{Duration, Instant};

use egui::{Key, vec2};
use egui_kittest::Harness;
use measure::folders;
use muqabala::app::Window;
use muqabala::store::Places;
use muqabala::ui::command::{Act, Command};
use muqabala::view::{Facet, List, Phase};

type Desk = Harness<'static, Option<Window>>;

fn main() {
    let folder = folders().swap_remove(0);
    println!("{}", folder.display());
    let named = folder.clone();
    let home = tempfile::tempdir().unwrap();
    let places = Places::below(home.path());
    let since = Instant::now();
    let mut desk: Desk = Harness::builder()
        .with_size(vec2(1280.0, 720.0))
        .build_ui_state(
            move |ui, window: &mut Option<Window>| {
                let window = window.get_or_insert_with(|| {
                    Window::new(ui.ctx(), places.clone(), Some(folder.clone()))
                });
                window.state.take_events();
                window.frame(ui);
            },
            None,
        );
    println!(
        "first frame after {:.1} ms",
        since.elapsed().as_secs_f64() * 1e3
    );

    let mut loading = Vec::new();
    let mut stages: Vec<(String, Duration)> = Vec::new();
    while session(&desk, |session| {
        session.phase != Phase::Ready || session.is_counting()
    }) {
        let stage = session(&desk, |session| match &session.phase {
            Phase::Working(progress) => format!("{:?}", progress.stage),
            other => format!("{other:?}"),
        });
        let took = frame(&mut desk);
        loading.push(took);
        match stages.last_mut().filter(|(last, _)| *last == stage) {
            Some((_, longest)) => *longest = took.max(*longest),
            None => stages.push((stage, took)),
        }
        std::thread::sleep(Duration::from_millis(8));
    }
    println!(
        "opened and searchable after {:.1} s",
        since.elapsed().as_secs_f64()
    );
    again(&mut desk, &named);
    for (stage, longest) in stages {
        let longest = longest.as_secs_f64() * 1e3;
        println!("{stage:<16} longest frame {longest:>7.2} ms");
    }
    for _ in 0..10 {
        desk.step();
    }
    let mut idle = times(60, || frame(&mut desk));
    let unit = median(&mut idle);
    let say = |what: &str, times: &mut Vec<Duration>| report(what, times, unit);
    say("while the folder opens", &mut loading);
    say("idle", &mut idle);

    send(&mut desk, Command::ShowList(List::Pairs));
    say(
        "moving down the pairs",
        &mut times(200, || key(&mut desk, Key::ArrowDown)),
    );
    send(&mut desk, Command::ShowList(List::Articles));
    say(
        "moving down the articles",
        &mut times(200, || key(&mut desk, Key::ArrowDown)),
    );
    let outlet = session(&desk, |session| {
        let mut outlets = session.board.values(&session.tables.columns, Facet::Outlet);
        outlets.find_map(|(name, _)| name.map(|name| name.to_string()))
    });
    let change = Some(Facet::Change.bins()[0].to_owned());
    for (what, facet, value) in [
        ("an outlet", Facet::Outlet, &outlet),
        ("a kind of change", Facet::Change, &change),
    ] {
        for list in List::ALL {
            send(&mut desk, Command::ShowList(list));
            until_counted(&mut desk);
            let (mut answers, mut frames) = (Vec::new(), Vec::new());
            for _ in 0..40 {
                let since = Instant::now();
                let command = Command::Toggle(facet, value.clone());
                let longest = send(&mut desk, command).max(until_counted(&mut desk));
                answers.push(since.elapsed());
                frames.push(longest);
            }
            let name = format!("{what}, {}", list.label().to_lowercase());
            say(&format!("{name}: answer"), &mut answers);
            say(&format!("{name}: frame"), &mut frames);
        }
    }
    typing(&mut desk, unit);
    send(&mut desk, Command::ShowList(List::Pairs));
    let pairs = session(&desk, |session| session.board.pairs.len() as u32);
    if pairs == 0 {
        return;
    }
    let mut next = 0;
    let open = || {
        let id = session(&desk, |session| {
            session.board.pairs[next % session.board.pairs.len()]
        });
        next += 1;
        send(&mut desk, Command::OpenPair(id))
    };
    say("opening a pair", &mut times(40, open));
    say(
        "scrolling a pair",
        &mut times(300, || key(&mut desk, Key::ArrowDown)),
    );
    say(
        "all wordings",
        &mut times(1, || send(&mut desk, Command::Do(Act::ThroughFamily))),
    );
}

/// The same folder opened again, by way of what was kept of it, against reading its files.
fn again(desk: &mut Desk, folder: &std::path::Path) {
    let files = measure::files(folder);
    let (cat, bytes) = measure::timed(|| measure::read(&files));
    let since = Instant::now();
    send(desk, Command::OpenPath(folder.to_owned()));
    // What is open stays until the folder has been looked at.
    while session(desk, |session| session.phase == Phase::Ready) {
        frame(desk);
    }
    let mut searchable = None;
    while session(desk, |session| {
        session.phase != Phase::Ready || session.is_counting()
    }) {
        frame(desk);
        if searchable.is_none() && session(desk, |session| session.index.is_some()) {
            searchable = Some(since.elapsed());
        }
        std::thread::sleep(Duration::from_millis(8));
    }
    let (all, searchable) = (since.elapsed(), searchable.unwrap_or(since.elapsed()));
    let times = |took: Duration| took.as_secs_f64() / cat.as_secs_f64();
    println!(
        "reading all {:.0} MB {:.2} s; opened again, searchable {:.1} s ({:.1} ×), all there {:.1} s ({:.1} ×)",
        bytes as f64 / 1e6,
        cat.as_secs_f64(),
        searchable.as_secs_f64(),
        times(searchable),
        all.as_secs_f64(),
        times(all),
    );
}

/// A query typed letter by letter: until its hits are on the screen, and the longest frame until then.
fn typing(desk: &mut Desk, unit: Duration) {
    let (mut until_shown, mut frames) = (Vec::new(), Vec::new());
    let mut slowest: Vec<(Duration, &str)> = Vec::new();
    send(desk, Command::ShowList(List::Articles));
    for query in [
        "وزير الخارجية",
        "أسعار النفط",
        "قرار مجلس الوزراء",
        "«مجلس الوزراء»",
        "مباراة -كأس",
    ] {
        for (end, _) in query.char_indices().skip(1).chain([(query.len(), ' ')]) {
            let since = Instant::now();
            let mut longest = send(desk, Command::SetQuery(query[..end].to_owned()));
            while session(desk, muqabala::app::Session::is_waiting) {
                longest = longest.max(frame(desk));
                rest();
            }
            longest = longest.max(until_counted(desk)).max(frame(desk));
            until_shown.push(since.elapsed());
            slowest.push((since.elapsed(), &query[..end]));
            frames.push(longest);
        }
    }
    report("key to hits on the screen", &mut until_shown, unit);
    report("longest frame of a key", &mut frames, unit);
    slowest.sort();
    for (took, query) in slowest.iter().rev().take(5) {
        println!("    {:>7.1} ms {query}", took.as_secs_f64() * 1e3);
    }
    send(desk, Command::SetQuery(String::new()));
}

/// Frames until what was asked for is shown. Returns the longest.
fn until_counted(desk: &mut Desk) -> Duration {
    let mut longest = Duration::ZERO;
    let counting = |session: &muqabala::app::Session| {
        session.is_counting() || session.list == List::Pictures && session.overviews_are_due()
    };
    while session(desk, counting) {
        longest = longest.max(frame(desk));
        rest();
    }
    longest.max(frame(desk))
}

/// A screen asks for the next frame only when something has arrived; the worker needs the processor.
fn rest() {
    std::thread::sleep(Duration::from_millis(2));
}

fn session<T>(desk: &Desk, ask: impl Fn(&muqabala::app::Session) -> T) -> T {
    ask(desk
        .state()
        .as_ref()
        .unwrap()
        .state
        .session
        .as_ref()
        .unwrap())
}

fn frame(desk: &mut Desk) -> Duration {
    let since = Instant::now();
    desk.step();
    since.elapsed()
}

/// Two frames: one that applies the command, one that shows what came of it.
fn send(desk: &mut Desk, command: Command) -> Duration {
    desk.state_mut()
        .as_mut()
        .unwrap()
        .state
        .commands
        .send(command);
    let first = frame(desk);
    first.max(frame(desk))
}

fn key(desk: &mut Desk, key: Key) -> Duration {
    let act = if key == Key::ArrowDown {
        Act::NextRow
    } else {
        Act::PreviousRow
    };
    send(desk, Command::Do(act))
}

fn times(count: usize, mut work: impl FnMut() -> Duration) -> Vec<Duration> {
    (0..count).map(|_| work()).collect()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn report(what: &str, times: &mut [Duration], unit: Duration) {
    if times.is_empty() {
        return;
    }
    let middle = median(times);
    let high = times[(times.len() * 99 / 100).min(times.len() - 1)];
    println!(
        "{what:<26} median {:>7.2} ms ({:>5.1} × idle)  99th percentile {:>7.2} ms  longest {:>7.2} ms",
        middle.as_secs_f64() * 1e3,
        middle.as_secs_f64() / unit.as_secs_f64(),
        high.as_secs_f64() * 1e3,
        times[times.len() - 1].as_secs_f64() * 1e3
    );
}
