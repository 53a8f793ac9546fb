//! Work that was stopped or could not be done: what is shown is said to be what it is, and going on leads to the rest.

use muqabala::app::{Event, Outcome, Session};
use muqabala::ingest::Folder;
use muqabala::reuse::Wanted;
use muqabala::ui::command::Command;
use muqabala::view::{Columns, List, Phase, Tables};
use muqabala::work::{Progress, Stage, Stop};

use super::person::Desk;

/// What the job on the folder sends.
fn send(desk: &mut Desk, event: Event) {
    desk.window().state.jobs().reporter().send(event);
    desk.settle();
}

/// Another job begins, which has come so far; the person stops it.
fn stop_at(desk: &mut Desk, stage: Stage) {
    let session = desk.window_mut().state.session.as_mut().unwrap();
    session.begin(Stop::default());
    let (done, total) = (1, 3);
    send(desk, Event::Progress(Progress { stage, done, total }));
    desk.click("Stop");
    send(desk, Event::Finished(Outcome::Stopped));
}

fn phase(desk: &Desk) -> &Phase {
    &desk.window().state.session.as_ref().unwrap().phase
}

fn go_on(desk: &mut Desk) {
    desk.click("Go on");
    desk.wait("all is found", |window| {
        window.state.session.as_ref().unwrap().phase == Phase::Ready
    });
}

#[test]
fn a_renewal_that_is_stopped_leaves_what_was_before_and_can_go_on() {
    let mut desk = Desk::opened(super::sample());
    stop_at(&mut desk, Stage::Aligning);
    assert_eq!(*phase(&desk), Phase::Outdated);
    assert!(desk.shows("As before the change: 31 articles, 32 pairs"));
    assert!(!desk.shows("not all"));
    // Stopping again loses nothing.
    stop_at(&mut desk, Stage::Reading);
    assert!(desk.shows("As before the change: 31 articles, 32 pairs"));
    go_on(&mut desk);
    assert!(!desk.shows("As before the change"));
}

#[test]
fn lists_are_whole_while_a_change_is_taken_in() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::ShowList(List::Pairs));
    let session = desk.window_mut().state.session.as_mut().unwrap();
    session.begin(Stop::default());
    let (stage, done, total) = (Stage::Aligning, 1, 3);
    send(&mut desk, Event::Progress(Progress { stage, done, total }));
    assert!(desk.shows("Aligning passages, 1 of 3"));
    assert!(desk.shows("32 pairs share text") && !desk.shows("so far"));
}

#[test]
fn a_change_that_was_noticed_meanwhile_does_not_undo_the_stop() {
    let mut desk = Desk::opened(super::sample());
    let session = desk.window_mut().state.session.as_mut().unwrap();
    session.begin(Stop::default());
    send(&mut desk, Event::Changed(super::sample()));
    desk.click("Stop");
    send(&mut desk, Event::Finished(Outcome::Stopped));
    assert_eq!(*phase(&desk), Phase::Outdated);
}

#[test]
fn a_folder_that_is_gone_for_a_while_is_shown_as_it_was() {
    let folder = super::near_copies(3);
    let (root, aside) = (folder.path().join("in"), folder.path().join("aside"));
    std::fs::create_dir(&root).unwrap();
    for i in 0..3 {
        let name = format!("{i}.txt");
        std::fs::rename(folder.path().join(&name), root.join(&name)).unwrap();
    }
    let mut desk = Desk::opened(root.clone());
    std::fs::rename(&root, &aside).unwrap();
    send(&mut desk, Event::Changed(root.clone()));
    desk.wait("it is said to be gone", |window| {
        window.state.notice.is_some() && window.state.session.as_ref().unwrap().phase.is_at_rest()
    });
    assert!(desk.shows("There is no folder at"));
    assert!(desk.shows("As before the change: 3 articles, 3 pairs"));
    std::fs::rename(&aside, &root).unwrap();
    go_on(&mut desk);
    assert!(desk.shows("3 articles, 3 pairs") && !desk.shows("As before the change"));
}

/// All was found then, and nothing can be looked for.
#[test]
fn work_that_is_stopped_before_the_index_is_there_shows_all_and_searches_nothing() {
    let mut desk = Desk::opened(super::sample());
    let session = desk.window_mut().state.session.as_mut().unwrap();
    let (stage, done, total) = (Stage::Indexing, 0, 0);
    session.phase = Phase::Working(Progress { stage, done, total });
    session.index = None;
    desk.settle();
    desk.click("Stop");
    send(&mut desk, Event::Finished(Outcome::Stopped));
    assert!(desk.shows("Stopped while indexing for search. 31 articles, 32 pairs"));
    desk.send(Command::SetQuery("قال".to_owned()));
    assert!(desk.shows("not indexed") && !desk.shows("searching"));
    desk.send(Command::FindText("قال حارس المنارة القديمة".to_owned()));
    assert!(desk.shows("not indexed") && !desk.shows("Stop looking"));
    go_on(&mut desk);
    desk.wait("both are answered", |window| {
        !window.state.session.as_ref().unwrap().is_waiting()
    });
    assert!(!desk.shows("not indexed"));
}

/// Nobody knows yet whether anything is shared: no list may say that nothing is.
#[test]
fn what_was_not_compared_is_not_said_to_share_nothing() {
    let folder = super::near_copies(3);
    let mut desk = Desk::opened(folder.path().to_owned());
    let state = &mut desk.window_mut().state;
    let opened = state.session.take().unwrap();
    let session = Session::new(
        opened.root.clone(),
        Stop::default(),
        Wanted::default(),
        20_000,
    );
    state.session = Some(session);
    let articles = opened.articles.to_vec();
    let tables = Tables::unrelated(Columns::new(&articles));
    let folder = Folder {
        articles,
        ..Folder::default()
    };
    send(&mut desk, Event::Opened { folder, tables });
    stop_at(&mut desk, Stage::Candidates);
    assert!(desk.shows("Stopped while finding candidates. What is shown is not all. 3 articles"));
    for list in [List::Pairs, List::Families, List::Pictures] {
        desk.send(Command::ShowList(list));
        desk.wait("the list is there", |window| {
            let session = window.state.session.as_ref().unwrap();
            list != List::Pictures || session.overviews.is_some()
        });
        assert!(desk.shows("Not compared"), "{list:?}");
        assert!(
            !desk.shows("share a passage") && !desk.shows("shares a passage"),
            "{list:?}"
        );
    }
    go_on(&mut desk);
    assert_eq!(
        desk.window()
            .state
            .session
            .as_ref()
            .unwrap()
            .tables
            .pairs
            .0
            .len(),
        3
    );
}
