//! Articles as text, driven as in `person`: the caret, what is selected, which way the text runs, and
//! who else carries what was selected.

use egui::{Key, Modifiers, accesskit};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use muqabala::article::{Correction, ReadingDirection, Span};
use muqabala::ui::command::{Act, Command};
use muqabala::view::{List, Screen};

use super::person::Desk;

/// The caret, in characters of the text as screen readers have it, and what is selected, of the first
/// article on the screen.
fn caret_and_selected(desk: &Desk) -> (usize, String) {
    let document = first_text(desk);
    let node = document.accesskit_node();
    let selection = node.text_selection().unwrap();
    let focus = node.text_selection_focus().unwrap();
    (focus.to_global_usv_index(), selection.text())
}

fn first_text(desk: &Desk) -> egui_kittest::Node<'_> {
    let mut all = desk.harness.get_all_by_role(accesskit::Role::Document);
    all.next().unwrap()
}

#[test]
fn an_article_is_read_with_a_caret_and_escape_leads_back_to_the_list() {
    let mut desk = Desk::opened(super::sample());
    desk.click("بريد المرسى");
    desk.send(Command::ShowList(List::Articles));
    let (rows, row) = (
        desk.rows(),
        desk.window().state.session.as_ref().unwrap().row(),
    );
    first_text(&desk).focus();
    desk.settle();
    desk.press(Key::ArrowDown);
    let (caret, selected) = caret_and_selected(&desk);
    assert!(caret > 0 && selected.is_empty());
    desk.press_with(Modifiers::SHIFT | Modifiers::COMMAND, Key::ArrowLeft);
    let (moved, selected) = caret_and_selected(&desk);
    assert!(moved > caret && !selected.trim().is_empty());
    desk.press_with(Modifiers::COMMAND, Key::End);
    let (end, selected) = caret_and_selected(&desk);
    assert!(end > moved && selected.is_empty());
    // The list has not moved, and one escape leaves the text but not the selection of articles.
    let session = desk.window().state.session.as_ref().unwrap();
    assert_eq!(session.row(), row);
    desk.press(Key::Escape);
    assert_eq!(desk.rows(), rows);
    desk.press(Key::ArrowDown);
    let session = desk.window().state.session.as_ref().unwrap();
    assert_eq!(session.row(), row + 1);
    desk.press(Key::Escape);
    assert!(desk.rows() > rows);
}

#[test]
fn a_text_is_turned_and_turned_back() {
    let mut desk = Desk::opened(super::sample());
    desk.press(Key::Enter);
    let direction = |desk: &Desk| {
        let text = first_text(desk);
        text.accesskit_node().data().text_direction()
    };
    assert_eq!(
        direction(&desk),
        Some(accesskit::TextDirection::RightToLeft)
    );
    desk.send(Command::Do(Act::TurnText));
    assert_eq!(
        direction(&desk),
        Some(accesskit::TextDirection::LeftToRight)
    );
    desk.click("Direction of the first article");
    desk.click("Direction by content");
    assert_eq!(
        direction(&desk),
        Some(accesskit::TextDirection::RightToLeft)
    );
    assert_eq!(desk.window().state.screen, Screen::Comparison);
}

#[test]
fn what_is_selected_is_found_in_other_articles_and_leaving_leads_back() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::ShowList(List::Articles));
    let session = desk.window().state.session.as_ref().unwrap();
    let side = session.findings.passages[0].a;
    let inside = Span::new(side.span.start as usize, side.span.start as usize + 8);
    desk.send(Command::FindElsewhere {
        article: side.article,
        span: inside,
    });
    assert_eq!(desk.window().state.screen, Screen::Wordings);
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Board);
    // Words outside every passage are looked for in all articles.
    let session = desk.window().state.session.as_ref().unwrap();
    let shares = |id: &u32| {
        let mut passages = session.findings.passages.iter();
        passages.any(|p| p.a.article == *id || p.b.article == *id)
    };
    let alone = (0..31).find(|id| !shares(id)).unwrap();
    let span = session.articles[alone as usize].body().next().unwrap();
    desk.send(Command::FindElsewhere {
        article: alone,
        span,
    });
    desk.wait("the articles that carry it", |window| {
        let session = window.state.session.as_ref().unwrap();
        session.board.articles == [alone]
    });
    assert_eq!(desk.window().state.screen, Screen::Board);
    assert!(desk.shows("Carries: "));
}

/// The article whose source text a key shows from the list that is shown, where it shows one.
fn source_of_list(desk: &mut Desk) -> Option<u32> {
    desk.press(Key::U);
    let state = &desk.window().state;
    let id = state.source.as_ref().map(|source| source.id);
    let id = id.filter(|_| state.screen == Screen::Source);
    desk.press(Key::Escape);
    id
}

#[test]
fn keys_act_on_the_article_that_is_shown() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::ShowList(List::Pairs));
    desk.press(Key::End);
    let session = desk.window().state.session.as_ref().unwrap();
    let pair = session.current_pair().unwrap();
    let first = session.tables.pairs.0[pair as usize].first;
    assert_ne!(Some(first), session.current_article());
    assert_eq!(source_of_list(&mut desk), Some(first));
    desk.send(Command::ShowList(List::Families));
    let state = &desk.window().state;
    let family = state.session.as_ref().unwrap().current_family().unwrap();
    let picked = state.families.picked(family);
    assert!(picked.is_some());
    assert_eq!(source_of_list(&mut desk), picked);
    // A picture shows no article: there is none to be acted on.
    desk.send(Command::ShowList(List::Pictures));
    assert_eq!(source_of_list(&mut desk), None);
    desk.press(Key::Enter);
    assert_eq!(desk.window().state.screen, Screen::Board);
}

/// A key corrects the article in hand, whatever screen it is on; its path is told.
#[test]
fn the_article_that_is_shown_is_corrected_by_key() {
    let mut desk = Desk::opened(super::sample());
    let asks_about = |desk: &mut Desk, id: u32| {
        let session = desk.window().state.session.as_ref().unwrap();
        let path = session.articles[id as usize].path.clone();
        desk.press(Key::F2);
        assert!(
            desk.shows("Correct this article") && desk.shows(&path),
            "{path}"
        );
        desk.press(Key::Escape);
    };
    desk.send(Command::ShowList(List::Pairs));
    desk.press(Key::End);
    let session = desk.window().state.session.as_ref().unwrap();
    let pair = &session.tables.pairs.0[session.current_pair().unwrap() as usize];
    let sides = [pair.first, pair.second];
    asks_about(&mut desk, sides[0]);
    // Of two that are compared, the first.
    desk.send(Command::OpenArticles(sides));
    asks_about(&mut desk, sides[0]);
    desk.press(Key::Escape);
    desk.send(Command::ShowList(List::Families));
    let state = &desk.window().state;
    let family = state.session.as_ref().unwrap().current_family().unwrap();
    let picked = state.families.picked(family).unwrap();
    asks_about(&mut desk, picked);
    // What is selected in the list is meant there only.
    desk.send(Command::ToggleSelected(sides[0]));
    desk.send(Command::ShowSource(sides[1]));
    asks_about(&mut desk, sides[1]);
    desk.press(Key::Escape);
    asks_about(&mut desk, sides[0]);
}

/// Whoever thinks better of a search is where they were before.
#[test]
fn all_articles_are_searched_from_any_screen() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::ShowSource(0));
    desk.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert!(desk.shows("Text to be found"));
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Source);
    desk.press_with(Modifiers::COMMAND, Key::F);
    assert_eq!(desk.window().state.screen, Screen::Board);
    desk.type_in("قال");
    assert_eq!(desk.window().state.query, "قال");
    desk.send(Command::ShowSource(0));
    desk.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    desk.type_in("قال حارس المنارة القديمة");
    desk.press(Key::Enter);
    assert_eq!(desk.window().state.screen, Screen::Board);
    assert!(desk.shows("Carries: "));
}

#[test]
fn the_source_text_is_turned_with_what_is_compared_of_it() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::ShowSource(0));
    let directions = |desk: &Desk| -> Vec<_> {
        let texts = ["Raw text of", "Compared text of"].map(|name| {
            let text = desk
                .harness
                .get_by(|node| node.label().is_some_and(|label| label.starts_with(name)));
            text.accesskit_node().data().text_direction().unwrap()
        });
        texts.into()
    };
    assert_eq!(
        directions(&desk),
        [accesskit::TextDirection::RightToLeft; 2]
    );
    desk.press(Key::D);
    assert_eq!(
        directions(&desk),
        [accesskit::TextDirection::LeftToRight; 2]
    );
    desk.press(Key::D);
    assert_eq!(
        directions(&desk),
        [accesskit::TextDirection::RightToLeft; 2]
    );
}

#[test]
fn a_corrected_direction_holds_on_every_screen_and_is_taken_back() {
    let direction = |desk: &Desk| {
        let text = first_text(desk);
        text.accesskit_node().data().text_direction()
    };
    let rtl = Some(accesskit::TextDirection::RightToLeft);
    let ltr = Some(accesskit::TextDirection::LeftToRight);
    let mut desk = Desk::opened(super::sample());
    let correct = |desk: &mut Desk, direction: Option<ReadingDirection>| {
        let correction = Correction {
            direction: Some(direction),
            ..Correction::default()
        };
        desk.send(Command::Correct {
            articles: (0..31).collect(),
            correction,
        });
        desk.wait("the correction holds", |window| {
            let articles = &window.state.session.as_ref().unwrap().articles;
            articles
                .iter()
                .all(|article| article.direction == direction)
        });
    };
    let shown = |desk: &mut Desk, expected: Option<accesskit::TextDirection>| {
        desk.send(Command::ShowList(List::Families));
        assert_eq!(direction(desk), expected, "a family");
        let session = desk.window().state.session.as_ref().unwrap();
        let side = session.findings.passages[0].a;
        let (article, span) = (side.article, side.span);
        desk.press(Key::U);
        assert_eq!(direction(desk), expected, "a source text");
        desk.press(Key::Escape);
        desk.press(Key::F);
        assert_eq!(desk.window().state.screen, Screen::Collation);
        assert_eq!(direction(desk), expected, "columns");
        desk.press(Key::Escape);
        desk.send(Command::ShowWordings { article, span });
        assert_eq!(desk.window().state.screen, Screen::Wordings);
        assert_eq!(direction(desk), expected, "wordings");
        desk.press(Key::Escape);
    };
    correct(&mut desk, Some(ReadingDirection::LeftToRight));
    shown(&mut desk, ltr);
    // The key turns the text that is shown, not one of another list.
    desk.press(Key::D);
    assert_eq!(direction(&desk), rtl);
    correct(&mut desk, None);
    shown(&mut desk, rtl);
}
