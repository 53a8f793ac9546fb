//! The comparison and the screens around it, driven as in `person`: every act by its key or by the name
//! of its widget, every outcome read from the accessibility tree.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use muqabala::app::Session;
use muqabala::paint::{Copied, set_clipboard};
use muqabala::ui::command::{Act, Command};
use muqabala::view::{Facet, List, Screen};

use super::person::Desk;

fn opened() -> Desk {
    Desk::opened(super::sample())
}

fn session(desk: &Desk) -> &Session {
    desk.window().state.session.as_ref().unwrap()
}

/// Opens the first pair of the list that is so; returns its two articles.
fn open_pair(desk: &mut Desk, is_so: impl Fn(&Session, &muqabala::view::Pair) -> bool) -> [u32; 2] {
    let session = session(desk);
    let found = session.board.pairs.iter().copied().find(|id| {
        let pair = &session.tables.pairs.0[*id as usize];
        is_so(session, pair)
    });
    let id = found.expect("the sample has such a pair");
    let pair = &session.tables.pairs.0[id as usize];
    let sides = [pair.first, pair.second];
    desk.send(Command::OpenPair(id));
    settle(desk);
    sides
}

fn several_passages(_: &Session, pair: &muqabala::view::Pair) -> bool {
    pair.passages.len() > 1
}

/// With changes of substance and others, both with a reading on either side.
fn with_edits(session: &Session, pair: &muqabala::view::Pair) -> bool {
    let passages = &session.findings.passages[pair.passages.clone()];
    let edits = passages.iter().flat_map(|passage| &passage.edits);
    let mut edits = edits.filter(|edit| !edit.a.is_empty() && !edit.b.is_empty());
    edits.clone().any(|edit| edit.kind.is_substantive())
        && edits.any(|edit| !edit.kind.is_substantive())
}

/// Until a glide has come to rest.
fn settle(desk: &mut Desk) {
    for _ in 0..40 {
        desk.harness.step();
    }
}

/// Tops of the badges of a passage, left and right.
fn badge_tops(desk: &Desk, passage: usize) -> Vec<f64> {
    let name = format!("Passage {passage}, ");
    let badges = desk
        .harness
        .query_all_by(move |node| node.label().is_some_and(|label| label.starts_with(&name)));
    let mut tops = Vec::new();
    for badge in badges {
        tops.push(badge.accesskit_node().raw_bounds().unwrap().y0);
    }
    tops
}

fn is_level(desk: &Desk, passage: usize) -> bool {
    let tops = badge_tops(desk, passage);
    tops.len() == 2 && (tops[0] - tops[1]).abs() < 1.5
}

/// Where the widget is whose name begins so.
fn bounds_of(desk: &Desk, name: &'static str) -> Rect {
    let node = desk
        .harness
        .get_by(|node| node.label().is_some_and(|label| label.starts_with(name)));
    node.rect()
}

fn count(desk: &Desk, part: &'static str) -> usize {
    desk.harness
        .query_all_by(move |node| {
            let says = |text: Option<String>| text.is_some_and(|text| text.contains(part));
            says(node.label()) || says(node.value())
        })
        .count()
}

/// What is copied from now on.
fn clipboard(desk: &Desk) -> Arc<Mutex<Vec<Copied>>> {
    let copied = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&copied);
    set_clipboard(
        &desk.harness.ctx,
        Arc::new(move |copy: &Copied| {
            log.lock().unwrap().push(copy.clone());
            true
        }),
    );
    copied
}

#[test]
fn the_first_passage_is_level_at_once_and_every_other_when_stepped_to() {
    let mut desk = opened();
    open_pair(&mut desk, several_passages);
    assert!(is_level(&desk, 1), "{:?}", badge_tops(&desk, 1));
    desk.press(Key::N);
    settle(&mut desk);
    assert!(is_level(&desk, 2), "{:?}", badge_tops(&desk, 2));
    desk.press(Key::X);
    settle(&mut desk);
    desk.press(Key::P);
    settle(&mut desk);
    assert!(is_level(&desk, 1));
}

#[test]
fn unlocked_panes_part_and_come_level_again_when_locked() {
    let mut desk = opened();
    open_pair(&mut desk, several_passages);
    desk.press(Key::L);
    // The text that has the keyboard scrolls alone.
    let is_text = |label: String| label.starts_with("first article, at the right, ");
    let name = desk
        .harness
        .get_by(|node| node.label().is_some_and(is_text));
    name.focus();
    desk.settle();
    desk.send(Command::Do(Act::NextRow));
    settle(&mut desk);
    assert!(!is_level(&desk, 1));
    desk.press(Key::L);
    desk.press(Key::P);
    settle(&mut desk);
    assert!(is_level(&desk, 1));
}

#[test]
fn only_what_is_of_substance_is_marked_by_one_switch() {
    let mut desk = opened();
    // High enough for every row of the list: only those in sight are in the tree.
    desk.harness.set_size(vec2(1280.0, 3000.0));
    open_pair(&mut desk, with_edits);
    desk.press(Key::E);
    let all = count(&desk, " becomes ");
    desk.press(Key::S);
    let some = count(&desk, " becomes ");
    assert!(0 < some && some < all, "{some} of {all}");
    assert!(
        desk.window()
            .state
            .compare
            .as_ref()
            .unwrap()
            .is_substantive_only()
    );
    desk.click("Substantive only");
    assert_eq!(count(&desk, " becomes "), all);
}

#[test]
fn edits_are_listed_by_kind_with_counts_or_by_place() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    desk.press(Key::E);
    assert!(count(&desk, " of the kind ") > 0);
    desk.click("By place");
    assert_eq!(count(&desk, " of the kind "), 0);
    assert!(count(&desk, " becomes ") > 1);
}

#[test]
fn passages_are_listed_with_length_likeness_and_kinds_of_edit() {
    let mut desk = opened();
    open_pair(&mut desk, several_passages);
    desk.press(Key::E);
    let passages = session(&desk).tables.pairs.0.len();
    assert!(passages > 0);
    let tab = desk
        .harness
        .query_all_by(|node| {
            node.label().is_some_and(|label| {
                label.ends_with(" passages") && label.starts_with(|c: char| c.is_ascii_digit())
            })
        })
        .next()
        .unwrap();
    tab.click();
    desk.settle();
    for part in ["Go to passage 1, ", " words, ", " % equal"] {
        assert!(desk.shows(part), "{part}");
    }
    desk.click("Go to passage 2, ");
    settle(&mut desk);
    assert!(is_level(&desk, 2));
}

#[test]
fn a_passage_is_shown_word_by_word() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    desk.press(Key::A);
    assert!(count(&desk, " stands beside ") > 3);
    assert!(desk.shows("words are the same on both sides"));
    desk.click("Word by word");
    let row = desk
        .harness
        .query_all_by(|node| node.label().is_some_and(|l| l.contains(" stands beside ")))
        .next()
        .unwrap();
    row.click();
    desk.settle();
    desk.press(Key::A);
    assert_eq!(count(&desk, " stands beside "), 0);
}

#[test]
fn edits_are_stepped_through_by_key() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    let before = desk.window().state.compare.as_ref().unwrap().lit_edit();
    assert_eq!(before, None);
    desk.press(Key::Period);
    let first = desk.window().state.compare.as_ref().unwrap().lit_edit();
    desk.press(Key::Period);
    let second = desk.window().state.compare.as_ref().unwrap().lit_edit();
    assert!(first.is_some() && first < second);
    desk.press(Key::Comma);
    assert_eq!(
        desk.window().state.compare.as_ref().unwrap().lit_edit(),
        first
    );
}

#[test]
fn a_caret_on_an_edit_lights_its_twin() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    let is_text = |label: String| label.starts_with("first article, at the right, ");
    let text = desk
        .harness
        .get_by(|node| node.label().is_some_and(is_text));
    text.focus();
    desk.settle();
    let lit = |desk: &Desk| desk.window().state.compare.as_ref().unwrap().lit_edit();
    // Through the text word by word until the caret meets the first edit.
    for _ in 0..400 {
        if lit(&desk).is_some() {
            return;
        }
        desk.harness
            .key_press_modifiers(Modifiers::COMMAND, Key::ArrowLeft);
        desk.harness.step();
    }
    panic!("the caret met no edit");
}

#[test]
fn a_ruler_leads_anywhere_by_keyboard() {
    let mut desk = opened();
    open_pair(&mut desk, several_passages);
    let before = desk.window().state.compare.as_ref().unwrap().standing();
    desk.harness
        .get_by_label("Position in the first article")
        .focus();
    desk.settle();
    desk.press(Key::End);
    let at_end = desk.window().state.compare.as_ref().unwrap().standing();
    assert_ne!(before, at_end);
    desk.press(Key::Home);
    assert_ne!(
        desk.window().state.compare.as_ref().unwrap().standing(),
        at_end
    );
}

#[test]
fn a_ruler_is_clicked_and_dragged() {
    let mut desk = opened();
    open_pair(&mut desk, several_passages);
    let standing = |desk: &Desk| desk.window().state.compare.as_ref().unwrap().standing();
    let bounds = bounds_of(&desk, "Position in the first article");
    let at = |share: f32| pos2(bounds.center().x, bounds.min.y + share * bounds.height());
    desk.harness.hover_at(at(0.8));
    desk.harness.drag_at(at(0.8));
    desk.settle();
    let pressed = standing(&desk);
    desk.harness.hover_at(at(0.1));
    desk.settle();
    let dragged = standing(&desk);
    assert_ne!(pressed, dragged);
    desk.harness.drop_at(at(0.1));
    settle(&mut desk);
    // Let go, the pointer moves nothing any more.
    let dropped = standing(&desk);
    desk.harness.hover_at(at(0.9));
    desk.settle();
    assert_eq!(standing(&desk), dropped);
}

#[test]
fn the_pointer_on_an_edit_tells_both_readings_and_lights_its_twin() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    let text = bounds_of(&desk, "first article, at the right, ");
    let lit = |desk: &Desk| desk.window().state.compare.as_ref().unwrap().lit_edit();
    // Over the text in steps smaller than a word, until the pointer meets an edit.
    let across = |y: f32| (0..40).map(move |x| pos2(text.max.x - 12.0 - 14.0 * x as f32, y));
    let over = (0..40)
        .flat_map(|row| across(text.min.y + 10.0 + 12.0 * row as f32))
        .filter(|at| text.contains(*at));
    for at in over {
        desk.harness.hover_at(at);
        desk.harness.step();
        if lit(&desk).is_some() {
            settle(&mut desk);
            assert!(count(&desk, "at the left: ") + count(&desk, "at the right: ") > 0);
            return;
        }
    }
    panic!("the pointer met no edit");
}

/// Two articles that have no pair.
fn apart(desk: &Desk) -> [u32; 2] {
    let session = session(desk);
    let count = session.articles.len() as u32;
    let mut pairs = (1..count).map(|other| [0, other]);
    pairs.find(|pair| session.pair_of(*pair).is_none()).unwrap()
}

#[test]
fn sides_that_change_places_before_the_answer_still_get_it() {
    let mut desk = opened();
    let apart = apart(&desk);
    // Both within one frame: no answer can be there between them.
    let commands = &mut desk.window_mut().state.commands;
    commands.send(Command::OpenArticles(apart));
    commands.send(Command::Do(Act::SwapSides));
    desk.settle();
    let shown = desk.window().state.compare.as_ref().unwrap();
    assert_eq!(shown.comparison.articles, [apart[1], apart[0]]);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !desk.shows("These two share no passage: ") {
        assert!(std::time::Instant::now() < deadline, "no answer");
        std::thread::sleep(std::time::Duration::from_millis(10));
        desk.settle();
    }
}

#[test]
fn two_articles_that_share_nothing_say_why() {
    let mut desk = opened();
    let apart = apart(&desk);
    desk.send(Command::OpenArticles(apart));
    assert_eq!(desk.window().state.screen, Screen::Comparison);
    assert!(desk.shows("These two share no passage"));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !desk.shows("These two share no passage: ") {
        assert!(std::time::Instant::now() < deadline, "no answer");
        std::thread::sleep(std::time::Duration::from_millis(10));
        desk.window_mut().state.take_events();
        desk.settle();
    }
    assert!(desk.shows("No shared passage"));
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Board);
}

#[test]
fn a_pair_that_the_filter_hides_says_so_and_can_be_listed_again() {
    let mut desk = opened();
    let sides = open_pair(&mut desk, several_passages);
    let row = session(&desk).cursor[List::Pairs as usize];
    let at = format!("Pair {} of {}", row + 1, session(&desk).board.pairs.len());
    assert!(desk.shows(&at));
    let articles = &session(&desk).articles;
    let outlets = sides.map(|id| articles[id as usize].outlet_name().map(str::to_owned));
    for outlet in BTreeSet::from(outlets) {
        desk.send(Command::ToggleNot(Facet::Outlet, outlet));
    }
    assert!(!desk.shows(&at) && desk.shows("Filtered out"));
    desk.click("Show all");
    assert!(desk.shows(&at) && !desk.shows("Filtered out"));
    // The list goes on from there.
    desk.press(Key::CloseBracket);
    assert!(desk.shows(&format!("Pair {} of", row + 2)));
}

#[test]
fn the_way_back_and_forward_is_kept() {
    let mut desk = opened();
    let sides = open_pair(&mut desk, several_passages);
    desk.press(Key::N);
    settle(&mut desk);
    desk.press(Key::U);
    assert_eq!(desk.window().state.screen, Screen::Source);
    assert!(desk.shows("As it came: "));
    assert!(desk.shows("As it is compared: "));
    desk.press_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.window().state.screen, Screen::Comparison);
    let view = desk.window().state.compare.as_ref().unwrap();
    assert_eq!((view.comparison.articles, view.current()), (sides, Some(1)));
    desk.press_with(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(desk.window().state.screen, Screen::Source);
    desk.press(Key::Escape);
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Board);
    // Nothing before the list: it stays.
    desk.press_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.window().state.screen, Screen::Board);
}

#[test]
fn a_family_stands_in_columns_and_any_of_it_can_be_the_base() {
    let mut desk = opened();
    open_pair(&mut desk, |session, pair| {
        session.findings.families[pair.family as usize]
            .articles
            .len()
            > 2
    });
    desk.press(Key::F);
    assert_eq!(desk.window().state.screen, Screen::Collation);
    assert!(desk.shows("Base text, "));
    assert!(desk.shows("Column 1, ") && desk.shows("Column 2, "));
    assert!(desk.shows("Stretch 1 of "));
    let base = |desk: &Desk| {
        let view = desk.window().state.collation.as_ref().unwrap();
        view.collation.base.article
    };
    let first = base(&desk);
    desk.click("Make base");
    assert_ne!(base(&desk), first);
    desk.press(Key::N);
    desk.press(Key::ArrowDown);
    desk.click("Compare");
    assert_eq!(desk.window().state.screen, Screen::Comparison);
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Collation);
    desk.press(Key::W);
    assert_eq!(desk.window().state.screen, Screen::Wordings);
}

#[test]
fn another_wording_can_be_the_base() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    desk.press(Key::W);
    let base = |desk: &Desk| {
        desk.window()
            .state
            .wordings
            .as_ref()
            .unwrap()
            .base()
            .unwrap()
            .0
    };
    let first = base(&desk);
    desk.click("Make base");
    assert_ne!(base(&desk), first);
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Comparison);
}

#[test]
fn a_passage_is_copied_as_text_and_as_a_table() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    let copied = clipboard(&desk);
    desk.press(Key::C);
    desk.press_with(Modifiers::SHIFT, Key::C);
    let copied = copied.lock().unwrap();
    let [text, table] = &copied[..] else {
        panic!("{copied:?}")
    };
    assert_eq!(
        text.plain
            .lines()
            .filter(|line| line.contains(" · "))
            .count(),
        2
    );
    // Head, wordings, one row an edit; three cells each.
    assert!(table.plain.lines().count() > 3);
    assert!(
        table
            .plain
            .lines()
            .all(|line| line.matches('\t').count() == 2)
    );
    assert!(table.html.contains("<table dir=\"rtl\"") && table.html.contains("<u style="));
}

#[test]
fn a_file_that_is_gone_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(super::sample()).unwrap().flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
    }
    let mut desk = Desk::opened(folder.path().to_owned());
    for entry in std::fs::read_dir(folder.path()).unwrap().flatten() {
        std::fs::remove_file(entry.path()).unwrap();
    }
    desk.send(Command::RevealFile(0));
    assert!(desk.shows("is no longer there"));
    desk.click("Dismiss");
    desk.send(Command::OpenFile(0));
    assert!(desk.shows("is no longer there"));
}

#[test]
fn the_pair_says_what_speaks_for_which_being_the_source() {
    let mut desk = opened();
    open_pair(&mut desk, |_, pair| {
        pair.days_apart.is_some_and(|days| days > 0)
    });
    desk.press(Key::E);
    assert!(desk.shows("earlier."));
    assert!(desk.shows("likelier the source") || desk.shows("order unknown"));
}

#[test]
fn search_hits_are_counted_and_the_ruler_keeps_its_name() {
    let mut desk = opened();
    open_pair(&mut desk, with_edits);
    desk.press_with(Modifiers::COMMAND, Key::F);
    desk.harness
        .get_by_label("Find in both articles")
        .type_text("ال");
    desk.settle();
    assert!(desk.shows("1 of "));
    desk.click("Next hit");
    assert!(desk.shows("2 of "));
    assert!(desk.shows("Position in the second article"));
}
