//! All integration tests in one binary. The modules are the list of what is guarded:
//!
//! - `folders`: corrections, folders that change, broken and hostile files
//! - `house`: imports run downwards, each crate is named only in its room, every file says what it is for
//! - `sample`: what the bundled sample holds is found, and nothing else
//! - `report`: the headless twin's output, exit statuses and messages
//! - `person`: what a person does in the window, by mouse and keyboard, through the accessibility tree
//! - `reading`: articles as text: caret, selection, direction, who else carries what is selected
//! - `comparing`: the same in the comparison, its columns, wordings and source texts
//! - `early`: what the open article shares while its folder is still being compared
//! - `stopped`: work that was stopped or could not be done, and going on
//! - `windows`: several windows of the program at once
//! - `explore`: facets, search, lists, families and pictures as one set of articles
//! - `queries`: a hundred queries and what must answer them
//! - `window`: the real window on a real (virtual) screen

#![allow(
    clippy::unwrap_used,
    reason = "a test that unwraps fails, as it should"
)]

mod comparing;
mod early;
mod explore;
mod folders;
mod house;
mod person;
mod queries;
mod reading;
mod report;
mod sample;
mod stopped;
mod window;
mod windows;

use std::path::{Path, PathBuf};

/// The project's root.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sample() -> PathBuf {
    root().join("assets/sample")
}

/// A folder of so many articles that are the same but for a word.
fn near_copies(count: usize) -> tempfile::TempDir {
    const TEXT: &str = "رست صباح أمس في مرفأ البلدة القديم ثلاث سفن محملة بالخشب والقمح، وقال ربان إحداها إن \
        الريح أخرت الرحلة تسعة أيام عند رأس الغزال. وبدأ عمال الأرصفة تفريغ الحمولة قبل طلوع الشمس، بينما \
        تجمع تجار السوق أمام مكتب الجمارك ينتظرون الفواتير. وذكرت أمينة المستودع أن القمح سيكفي المخابز حتى \
        أول الصيف، وأن الخشب طلبته ورشة القوارب لترميم ستة زوارق حطمتها عاصفة الشتاء الماضي.";
    const DAYS: [&str; 8] = [
        "السبت",
        "الأحد",
        "الاثنين",
        "الثلاثاء",
        "الأربعاء",
        "الخميس",
        "الجمعة",
        "البارحة",
    ];
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        let text = TEXT.replace("أمس", DAYS[number % DAYS.len()]);
        std::fs::write(folder.path().join(format!("{number}.txt")), text).unwrap();
    }
    folder
}
