//! Several windows of the program at once, each a process of its own: what is kept in one is there in the others.

use muqabala::store::Settings;
use muqabala::ui::command::Command;
use muqabala::view::Filter;

use super::person::Desk;

/// Changes the settings as another window does.
fn elsewhere(desk: &Desk, change: impl FnOnce(&mut Settings)) {
    let before = Settings::load(&desk.places());
    let mut now = before.clone();
    change(&mut now);
    now.save(&before, &desk.places()).unwrap();
}

/// The person comes back to this window.
fn come_back(desk: &mut Desk) {
    desk.harness.event(egui::Event::WindowFocused(true));
    desk.settle();
}

fn kept(desk: &Desk) -> Vec<String> {
    let kept = &desk.window().state.settings.kept_filters;
    kept.keys().cloned().collect()
}

#[test]
fn selections_kept_in_another_window_are_there_when_the_person_comes_back() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::KeepFilter("هنا".to_owned()));
    desk.window().state.finish_writing();
    elsewhere(&desk, |settings| {
        settings.keep_filter("هناك".to_owned(), &Filter::default());
    });
    come_back(&mut desk);
    desk.wait("both are there", |window| {
        window.state.settings.kept_filters.len() == 2
    });
    assert!(desk.shows("هناك"));
    // What is forgotten there is forgotten here; what is kept here meanwhile stays.
    elsewhere(&desk, |settings| {
        settings.kept_filters.remove("هناك");
    });
    desk.send(Command::KeepFilter("وهنا".to_owned()));
    come_back(&mut desk);
    desk.wait("one is gone", |window| {
        !window.state.settings.kept_filters.contains_key("هناك")
    });
    assert_eq!(kept(&desk), ["هنا", "وهنا"]);
    // No window writes again what another has forgotten.
    desk.click("Larger text");
    desk.window().state.finish_writing();
    let held = Settings::load(&desk.places()).kept_filters;
    assert_eq!(held.keys().collect::<Vec<_>>(), ["هنا", "وهنا"]);
}
