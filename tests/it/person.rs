//! What a person does, driven through the accessibility tree: every act here finds its widget by the
//! name that a screen reader would say.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use muqabala::app::Window;
use muqabala::store::{Places, Settings};
use muqabala::ui::command::Command;
use muqabala::view::{List, Phase, Screen};

/// The program in a window of its own, with settings that end with the test.
pub struct Desk {
    pub harness: Harness<'static, Option<Window>>,
    _home: tempfile::TempDir,
}

impl Desk {
    pub fn at(folder: Option<PathBuf>) -> Self {
        Self::with_settings(folder, &Settings::default())
    }

    pub fn with_settings(folder: Option<PathBuf>, settings: &Settings) -> Self {
        let home = tempfile::tempdir().unwrap();
        let places = Places::below(home.path());
        settings.save(&Settings::default(), &places).unwrap();
        let harness = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .build_ui_state(
                move |ui, window: &mut Option<Window>| {
                    let window = window.get_or_insert_with(|| {
                        Window::new(ui.ctx(), places.clone(), folder.clone())
                    });
                    window.state.take_events();
                    window.frame(ui);
                },
                None,
            );
        Self {
            harness,
            _home: home,
        }
    }

    pub fn opened(folder: PathBuf) -> Self {
        let mut desk = Self::at(Some(folder));
        desk.wait("the folder is compared and indexed", |window| {
            window
                .state
                .session
                .as_ref()
                .is_some_and(|session| session.phase == Phase::Ready)
        });
        desk
    }

    pub fn places(&self) -> Places {
        Places::below(self._home.path())
    }

    pub fn window(&self) -> &Window {
        self.harness.state().as_ref().unwrap()
    }

    pub fn window_mut(&mut self) -> &mut Window {
        self.harness.state_mut().as_mut().unwrap()
    }

    /// Frames until something is so.
    pub fn wait(&mut self, what: &str, is_so: impl Fn(&Window) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while self
            .harness
            .state()
            .as_ref()
            .is_none_or(|window| !is_so(window))
        {
            assert!(Instant::now() < deadline, "waited in vain: {what}");
            std::thread::sleep(Duration::from_millis(5));
            self.harness.step();
        }
        self.settle();
    }

    pub fn settle(&mut self) {
        for _ in 0..4 {
            self.harness.step();
        }
    }

    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Clicks the widget whose name begins so.
    pub fn click(&mut self, name: &str) {
        self.harness
            .get_all_by(|node| node.label().is_some_and(|label| label.starts_with(name)))
            .next()
            .unwrap()
            .click();
        self.settle();
    }

    /// Clicks the first widget in whose name this stands.
    pub fn click_containing(&mut self, part: &str) {
        self.harness
            .get_all_by(|node| node.label().is_some_and(|label| label.contains(part)))
            .next()
            .unwrap()
            .click();
        self.settle();
    }

    /// Types into the widget that has the focus.
    pub fn type_in(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    pub fn shows(&self, part: &str) -> bool {
        self.harness
            .query_all_by(|node| {
                node.label().is_some_and(|label| label.contains(part))
                    || node.value().is_some_and(|value| value.contains(part))
            })
            .next()
            .is_some()
    }

    pub fn send(&mut self, command: Command) {
        self.harness
            .state_mut()
            .as_mut()
            .unwrap()
            .state
            .commands
            .send(command);
        self.settle();
    }

    pub fn rows(&self) -> usize {
        self.window().state.session.as_ref().unwrap().rows()
    }
}

#[test]
fn the_start_page_offers_every_way_in() {
    let recent = tempfile::tempdir().unwrap();
    let mut settings = Settings::default();
    settings.remember(recent.path());
    let mut desk = Desk::with_settings(None, &settings);
    desk.settle();
    for name in [
        "Open folder…",
        "Open the sample",
        "Type a path…",
        "Open /",
        "Forget ",
    ] {
        assert!(desk.shows(name), "{name}");
    }
    desk.click("Forget ");
    assert!(!desk.shows("Forget "));
}

#[test]
fn the_sample_opens_from_the_start_page_and_its_pairs_show_up() {
    let mut desk = Desk::at(None);
    desk.settle();
    desk.click("Open the sample");
    desk.wait("ready", |window| {
        window
            .state
            .session
            .as_ref()
            .is_some_and(|session| session.phase == Phase::Ready)
    });
    let session = desk.window().state.session.as_ref().unwrap();
    assert_eq!(session.list, List::Pairs);
    assert_eq!(session.tables.pairs.0.len(), 32);
    assert!(desk.shows("shared words, copied"));
    // The sample is nobody's folder: it is not remembered.
    assert!(desk.window().state.settings.recent.is_empty());
}

#[test]
fn facets_filter_at_once_and_can_be_let_go_of() {
    let mut desk = Desk::opened(super::sample());
    let all = desk.rows();
    desk.click("بريد المرسى");
    let some = desk.rows();
    assert!(0 < some && some < all);
    desk.click("Both sides");
    assert!(desk.rows() < some);
    desk.click("Show all");
    assert_eq!(desk.rows(), all);
    // Undated articles are a value of the date facet.
    desk.click("Articles ");
    desk.click("Unknown");
    assert!(desk.rows() > 0 && desk.rows() < 31);
    desk.press(Key::Escape);
    assert_eq!(desk.rows(), 31);
}

#[test]
fn a_pair_is_opened_and_stepped_through_by_keyboard() {
    let mut desk = Desk::opened(super::sample());
    let several = {
        let session = desk.window().state.session.as_ref().unwrap();
        session
            .board
            .pairs
            .iter()
            .position(|&id| session.tables.pairs.0[id as usize].passages.len() > 1)
            .unwrap()
    };
    for _ in 0..several {
        desk.press(Key::ArrowDown);
    }
    desk.press(Key::Enter);
    assert_eq!(desk.window().state.screen, Screen::Comparison);
    assert!(desk.shows("Passage 1 of "));
    assert!(desk.shows("first article, at the right"));
    desk.press(Key::N);
    assert!(desk.shows("Passage 2 of "));
    desk.press(Key::P);
    assert!(desk.shows("Passage 1 of "));
    desk.press(Key::X);
    assert_eq!(desk.window().state.screen, Screen::Comparison);
    desk.press(Key::CloseBracket);
    assert!(desk.shows(&format!("Pair {} of", several + 2)));
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Board);
}

#[test]
fn a_badge_in_the_gutter_leads_to_its_passage() {
    let mut desk = Desk::opened(super::sample());
    let several = {
        let session = desk.window().state.session.as_ref().unwrap();
        *session
            .board
            .pairs
            .iter()
            .find(|&&id| session.tables.pairs.0[id as usize].passages.len() > 1)
            .unwrap()
    };
    desk.send(Command::OpenPair(several));
    desk.click("Next passage");
    assert!(desk.shows("Passage 2 of "));
    desk.click("Passage 1, ");
    assert!(desk.shows("Passage 1 of "));
}

#[test]
fn searching_finds_every_spelling() {
    let mut desk = Desk::opened(super::sample());
    desk.press_with(Modifiers::COMMAND, Key::F);
    let field = desk.harness.get_by_label("Search all articles");
    field.type_text("اضراب");
    desk.wait("hits", |window| {
        window
            .state
            .session
            .as_ref()
            .is_some_and(|session| session.board.articles.len() < 31)
    });
    let hits = desk
        .window()
        .state
        .session
        .as_ref()
        .unwrap()
        .board
        .articles
        .len();
    assert!(hits > 0);
    // A letter that is a shortcut elsewhere is typed here.
    desk.harness
        .get_by_label("Search all articles")
        .type_text("n");
    desk.settle();
    assert_eq!(desk.window().state.query, "اضرابn");
}

#[test]
fn a_folder_that_is_not_there_leads_back_with_a_message() {
    let mut desk = Desk::at(Some("/no/such/folder".into()));
    desk.wait("the message", |window| window.state.notice.is_some());
    assert_eq!(desk.window().state.screen, Screen::Start);
    assert!(desk.shows("/no/such/folder"));
    desk.click("Dismiss");
    assert!(desk.window().state.notice.is_none());
}

#[test]
fn a_path_can_be_typed() {
    let mut desk = Desk::at(None);
    desk.settle();
    desk.click("Type a path…");
    let path = super::sample();
    desk.harness
        .get_by_label("Path of a folder")
        .type_text(path.to_str().unwrap());
    desk.settle();
    desk.press(Key::Enter);
    desk.wait("articles", |window| {
        window
            .state
            .session
            .as_ref()
            .is_some_and(|session| !session.articles.is_empty())
    });
}

#[test]
fn a_mistyped_path_leaves_the_open_folder_as_it_is_and_can_be_mended() {
    let mut desk = Desk::opened(super::sample());
    desk.click("بريد المرسى");
    let rows = desk.rows();
    desk.press_with(Modifiers::COMMAND, Key::L);
    let other = super::near_copies(2);
    let path = other.path().to_str().unwrap();
    let type_path = |desk: &mut Desk, path: &str| {
        desk.press_with(Modifiers::COMMAND, Key::A);
        desk.type_in(path);
        desk.press(Key::Enter);
    };
    type_path(&mut desk, &format!("{path}-typo"));
    let deadline = Instant::now() + Duration::from_secs(20);
    while !desk.shows("There is no folder at") {
        assert!(Instant::now() < deadline, "nothing is said");
        std::thread::sleep(Duration::from_millis(5));
        desk.settle();
    }
    assert!(desk.shows("Open a folder by its path"));
    let session = desk.window().state.session.as_ref().unwrap();
    assert_eq!(session.root, super::sample());
    assert!(session.filter.is_active() && desk.rows() == rows);
    type_path(&mut desk, path);
    desk.wait("the other folder", |window| {
        let session = window.state.session.as_ref().unwrap();
        session.root == other.path() && session.articles.len() == 2
    });
    assert!(!desk.shows("Open a folder by its path"));
}

#[test]
fn work_can_be_stopped_and_what_was_found_stays() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..3000 {
        let text = format!(
            "الخبر رقم {i} من أخبار المدينة\n\n{}",
            "سار الموكب في الشارع الكبير حتى الساحة ".repeat(40)
        );
        std::fs::write(folder.path().join(format!("{i}.txt")), text).unwrap();
    }
    let mut desk = Desk::at(Some(folder.path().to_owned()));
    desk.wait("the first articles", |window| {
        window
            .state
            .session
            .as_ref()
            .is_some_and(|session| !session.articles.is_empty())
    });
    let working = |window: &Window| {
        window
            .state
            .session
            .as_ref()
            .is_some_and(|session| session.phase.is_working())
    };
    if working(desk.window()) {
        desk.click("Stop");
    }
    desk.wait("the end", |window| !working(window));
    assert!(
        !desk
            .window()
            .state
            .session
            .as_ref()
            .unwrap()
            .articles
            .is_empty()
    );
}

#[test]
fn text_size_and_appearance_are_kept() {
    let mut desk = Desk::opened(super::sample());
    let before = desk.window().state.settings.clone();
    desk.click("Larger text");
    desk.click("Light or dark");
    let after = desk.window().state.settings.clone();
    assert!(after.text_size > before.text_size);
    assert_ne!(after.appearance, before.appearance);
    desk.window().state.finish_writing();
    assert_eq!(Settings::load(&desk.places()), after);
}

#[test]
fn an_article_says_where_its_outlet_and_date_were_read() {
    let mut desk = Desk::opened(super::sample());
    desk.click("Articles ");
    assert!(desk.shows("Outlet: "));
    assert!(desk.shows("Published: "));
}

/// The first pair of the list that has an edit of its own, opened.
fn with_edits(desk: &mut Desk) {
    let pair = {
        let session = desk.window().state.session.as_ref().unwrap();
        let passages = &session.findings.passages;
        let has_edits = |id: &&u32| {
            let pair = &session.tables.pairs.0[**id as usize];
            passages[pair.passages.clone()].iter().any(|passage| {
                let edits = &passage.edits;
                edits.len() > 3 && edits.iter().any(|edit| !edit.kind.is_substantive())
            })
        };
        *session.board.pairs.iter().find(has_edits).unwrap()
    };
    desk.send(Command::OpenPair(pair));
}

#[test]
fn every_edit_is_listed_as_before_and_after_and_leads_to_its_place() {
    let mut desk = Desk::opened(super::sample());
    with_edits(&mut desk);
    assert!(!desk.shows("What the pair says"));
    desk.press(Key::E);
    assert!(desk.shows("What the pair says"));
    assert!(desk.shows(" becomes "));
    let passages = {
        let view = desk.window().state.compare.as_ref().unwrap();
        view.comparison.passages.len()
    };
    desk.click(&format!("{passages} passage"));
    desk.click("Go to passage 1, ");
    assert!(desk.shows("Passage 1 of "));
    desk.press(Key::E);
    assert!(!desk.shows("What the pair says"));
}

#[test]
fn words_are_found_in_both_articles_and_escape_closes_the_bar_first() {
    let mut desk = Desk::opened(super::sample());
    desk.press(Key::Enter);
    desk.press_with(Modifiers::COMMAND, Key::F);
    desk.harness
        .get_by_label("Find in both articles")
        .type_text("تل العرعر");
    desk.settle();
    assert!(
        desk.shows("1 of "),
        "the first hit is current as soon as there is one"
    );
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Comparison);
    assert!(!desk.shows("Find in both articles"));
    desk.press(Key::Escape);
    assert_eq!(desk.window().state.screen, Screen::Board);
}

#[test]
fn the_command_palette_does_what_it_names() {
    let mut desk = Desk::opened(super::sample());
    desk.press_with(Modifiers::COMMAND, Key::K);
    desk.harness
        .get_by_label("Find a command")
        .type_text("close fol");
    desk.settle();
    desk.press(Key::Enter);
    assert_eq!(desk.window().state.screen, Screen::Start);
}

#[test]
fn the_legend_leaves_edits_unmarked() {
    let mut desk = Desk::opened(super::sample());
    with_edits(&mut desk);
    desk.press(Key::E);
    // What the list says it holds: of the rows themselves only those in sight are widgets.
    let listed = |desk: &Desk| {
        (0..1000usize)
            .find(|count| {
                desk.harness
                    .query_by_label(&format!("{count} edits"))
                    .is_some()
            })
            .unwrap()
    };
    let before = listed(&desk);
    for kind in [
        "Quotation marks ",
        "Spelling ",
        "Numeral ",
        "Month name ",
        "Punctuation ",
    ] {
        // The legend's own: a row of the list begins with the kind as well.
        let is_count = |label: &str| {
            label
                .strip_prefix(kind)
                .is_some_and(|count| count.parse::<usize>().is_ok())
        };
        let in_legend = desk
            .harness
            .query_all_by(|node| node.label().is_some_and(|label| is_count(&label)))
            .next();
        if let Some(button) = in_legend {
            button.click();
            desk.settle();
        }
    }
    assert!(listed(&desk) < before);
}

#[test]
fn a_passage_is_copied_in_both_wordings() {
    let mut desk = Desk::opened(super::sample());
    desk.press(Key::Enter);
    desk.press(Key::C);
    let copied = desk
        .window()
        .state
        .compare
        .as_ref()
        .unwrap()
        .passage_as_text();
    let copied = copied.unwrap();
    assert_eq!(
        copied.lines().filter(|line| line.contains(" · ")).count(),
        2,
        "{copied}"
    );
}

#[test]
fn a_passage_is_shown_in_all_its_wordings_and_each_can_be_compared_with_the_base() {
    let mut desk = Desk::opened(super::sample());
    desk.press(Key::ArrowDown);
    desk.press(Key::Enter);
    desk.press(Key::W);
    assert_eq!(desk.window().state.screen, Screen::Wordings);
    assert!(desk.shows("One passage in "));
    assert!(desk.shows("the base"));
    // Through the accessibility tree: its middle may lie below the window's edge.
    let is_another = |label: String| label.contains(" of substance. ");
    desk.harness
        .query_all_by(|node| node.label().is_some_and(is_another))
        .next()
        .expect("another wording")
        .click_accesskit();
    desk.settle();
    assert_eq!(desk.window().state.screen, Screen::Comparison);
}

/// A folder as the system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_dropped_folder_opens_and_a_dropped_article_opens_its_folder() {
    for dropped in [
        super::sample(),
        super::sample().join("2031-03-10_manqul.txt"),
    ] {
        let mut desk = Desk::at(None);
        desk.settle();
        desk.harness
            .input_mut()
            .hovered_files
            .push(egui::HoveredFile {
                path: Some(dropped.clone()),
                ..Default::default()
            });
        desk.settle();
        assert!(desk.shows("Drop the folder to open it"));
        desk.harness.input_mut().hovered_files.clear();
        desk.harness
            .input_mut()
            .dropped_files
            .push(std::sync::Arc::new(Dropped(dropped)));
        desk.wait("articles", |window| {
            window
                .state
                .session
                .as_ref()
                .is_some_and(|session| session.articles.len() == 31)
        });
    }
}

#[test]
fn a_folder_that_vanishes_while_it_is_read_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    for i in 0..2000 {
        std::fs::write(
            inner.join(format!("{i}.txt")),
            format!("خبر رقم {i} عن المدينة وأهلها ومينائها القديم"),
        )
        .unwrap();
    }
    let mut desk = Desk::at(Some(inner.clone()));
    std::fs::remove_dir_all(&inner).unwrap();
    desk.wait("an end", |window| {
        window.state.notice.is_some()
            || window
                .state
                .session
                .as_ref()
                .is_some_and(|session| !session.phase.is_working())
    });
}
