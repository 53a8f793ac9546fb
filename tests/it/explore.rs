//! From the folder to the pair that matters: facets, search, lists, families and pictures in the window,
//! found by the names that a screen reader would say.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use muqabala::app::Session;
use muqabala::ui::articles::Fact;
use muqabala::ui::command::{Act, Command};
use muqabala::view::{Facet, List, Order, Phase, Restriction, Sides, Sort};

use super::person::Desk;

fn session(desk: &Desk) -> &Session {
    desk.window().state.session.as_ref().unwrap()
}

/// Articles, pairs and families that are shown.
fn shown(desk: &Desk) -> [usize; 3] {
    let board = &session(desk).board;
    [
        board.articles.len(),
        board.pairs.len(),
        board.families.len(),
    ]
}

#[test]
fn every_restriction_is_a_chip_that_can_be_let_go_of_undone_and_kept() {
    let mut desk = Desk::opened(super::sample());
    let all = shown(&desk);
    desk.click("بريد المرسى");
    let chosen = shown(&desk);
    assert!(chosen < all && desk.shows("of 31 articles"));
    desk.click("Leave out الضحى الجديد");
    assert_eq!(session(&desk).filter.restrictions().len(), 2);

    // Typing counts as one step; undo takes back one thing at a time.
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&desk), chosen);
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&desk), all);
    desk.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(shown(&desk), chosen);

    desk.send(Command::KeepFilter("المرسى وحده".to_owned()));
    desk.click("Let go of Outlet");
    assert_eq!(shown(&desk), all);
    desk.click("المرسى وحده");
    assert_eq!(shown(&desk), chosen);
    desk.click("Forget the selection");
    assert!(!desk.shows("Forget the selection"));
}

#[test]
fn a_long_name_of_a_selection_leaves_the_panel_as_wide_as_it_was() {
    let mut desk = Desk::opened(super::sample());
    let edge = |desk: &Desk| {
        let mut buttons = desk
            .harness
            .get_all_by(|node| node.label().is_some_and(|l| l.starts_with("Leave out")));
        buttons.next().unwrap().rect().max.x
    };
    let before = edge(&desk);
    desk.send(Command::KeepFilter("كل ما كتب عن المرسى ".repeat(9)));
    desk.settle();
    assert_eq!(edge(&desk), before);
    desk.click("Forget the selection");
    assert!(!desk.shows("Forget the selection"));
}

#[test]
fn facets_of_pairs_narrow_the_same_set() {
    let mut desk = Desk::opened(super::sample());
    let [articles, pairs, _] = shown(&desk);
    let value = |name: &str| Some(name.to_owned());
    desk.send(Command::Toggle(Facet::Change, value("Name")));
    let [some_articles, some_pairs, _] = shown(&desk);
    assert!(0 < some_pairs && some_pairs < pairs);
    assert!(0 < some_articles && some_articles < articles);
    // Every article that is shown is in a pair that is shown.
    let board = &session(&desk).board;
    let in_pairs: Vec<u32> = board
        .pairs
        .iter()
        .flat_map(|id| {
            let pair = &session(&desk).tables.pairs.0[*id as usize];
            [pair.first, pair.second]
        })
        .collect();
    assert!(board.articles.iter().all(|id| in_pairs.contains(id)));
    desk.send(Command::LetGo(Restriction::Only(
        Facet::Change,
        value("Name"),
    )));
    assert_eq!(shown(&desk)[1], pairs);
}

#[test]
fn days_can_be_typed_in_words() {
    let mut desk = Desk::opened(super::sample());
    desk.click("First day");
    desk.type_in("٥ آذار ٢٠٣١");
    desk.click("Last day");
    desk.type_in("8/3/2031");
    let range = session(&desk).filter.days.range;
    assert_eq!(
        range.map(|(a, b)| format!("{a} {b}")).as_deref(),
        Some("2031-03-05 2031-03-08")
    );
    assert!(shown(&desk)[0] < 31 && shown(&desk)[0] > 0);
}

#[test]
fn shared_words_can_be_bounded_exactly() {
    let mut desk = Desk::opened(super::sample());
    let words = |desk: &Desk| {
        let (board, pairs) = (&session(desk).board, &session(desk).tables.pairs.0);
        let of = |id: &u32| pairs[*id as usize].words;
        board.pairs.iter().map(of).collect::<Vec<u32>>()
    };
    let mut all = words(&desk);
    all.sort_unstable();
    let middle = all[all.len() / 2];
    // All facets in sight.
    desk.harness.set_size(egui::vec2(1280.0, 2400.0));
    desk.settle();
    // The tab that sorts by them has an arrow behind its name.
    desk.harness.get_by_label("Shared words").click();
    desk.settle();
    desk.click_containing("Shared words, at least");
    desk.type_in(&middle.to_string());
    let expected = all.iter().filter(|words| **words >= middle).count();
    assert_eq!(words(&desk).len(), expected);
    assert!(words(&desk).iter().all(|words| *words >= middle));
    assert!(desk.shows(&format!("Let go of Shared words: at least {middle} words")));
    desk.click("Let go of Shared words");
    assert_eq!(words(&desk).len(), all.len());
}

#[test]
fn search_finds_forms_and_shows_where() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::ShowList(List::Articles));
    assert!(desk.shows("Date ↓") && !desk.shows("Relevance"));
    desk.send(Command::SetQuery("عبّارة ".to_owned()));
    desk.wait("answered", |window| {
        !window.state.session.as_ref().unwrap().is_waiting()
    });
    assert!(desk.shows("Relevance ↓"));
    let best_first = session(&desk).board.articles.clone();
    desk.click("Relevance");
    let mut turned = session(&desk).board.articles.clone();
    turned.reverse();
    assert_eq!(turned, best_first);
    desk.click("Relevance");
    let with_forms = shown(&desk)[0];
    let row = session(&desk).current_article().unwrap();
    let article = &session(&desk).articles[row as usize];
    let snippet = session(&desk).snippets.of(row, article).unwrap();
    let marked = muqabala::text::fold(&snippet.text[snippet.marks[0].clone()]);
    assert!(marked.text().contains("عبار"), "{}", marked.text());
    desk.send(Command::Do(Act::WordForms));
    desk.wait("answered again", |window| {
        window.state.session.as_ref().unwrap().board.articles.len() != with_forms
    });
    assert!(shown(&desk)[0] < with_forms);
}

#[test]
fn a_pasted_sentence_leads_to_all_who_carry_it() {
    let mut desk = Desk::opened(super::sample());
    // A passage that several articles of the sample share.
    let (text, carriers) = {
        let session = session(&desk);
        let families = &session.tables.links.families;
        let family = families.iter().max_by_key(|family| family.size).unwrap();
        let pair = session
            .tables
            .links
            .pairs_of(family.representative)
            .next()
            .unwrap();
        let passage =
            &session.findings.passages[session.tables.pairs.0[pair as usize].passages.start];
        let side = passage.a;
        let text = side.span.of(&session.articles[side.article as usize].text);
        (text.to_owned(), [passage.a.article, passage.b.article])
    };
    desk.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert!(desk.shows("Text to be found"));
    desk.type_in(&text.replace('\n', " "));
    desk.press(Key::Enter);
    desk.wait("answered", |window| {
        !window.state.session.as_ref().unwrap().is_waiting()
    });
    let session = session(&desk);
    assert_eq!(session.list, List::Articles);
    for carrier in carriers {
        assert!(session.board.articles.contains(&carrier), "{carrier}");
        let article = &session.articles[carrier as usize];
        assert!(!session.snippets.marks(carrier, article).is_empty());
    }
    assert!(session.board.articles.len() < 31);
    assert!(desk.shows("Carries: "));
}

#[test]
fn lists_sort_by_any_column_and_rows_tell_what_was_chosen() {
    let mut desk = Desk::opened(super::sample());
    for list in [List::Pairs, List::Articles, List::Families] {
        desk.send(Command::ShowList(list));
        for &by in Order::of(list) {
            let rows = |desk: &Desk| {
                let board = &session(desk).board;
                match list {
                    List::Pairs => board.pairs.clone(),
                    List::Articles => board.articles.clone(),
                    _ => board.families.clone(),
                }
            };
            desk.send(Command::SetSort(
                list,
                Sort {
                    by,
                    reversed: false,
                },
            ));
            let (forth, mut same) = (rows(&desk), rows(&desk));
            desk.send(Command::SetSort(list, Sort { by, reversed: true }));
            let mut back = rows(&desk);
            back.sort_unstable();
            same.sort_unstable();
            assert_eq!(back, same, "{by:?}");
            assert_eq!(forth.len(), desk.rows());
        }
    }
    desk.send(Command::ShowList(List::Articles));
    assert!(!desk.shows("family of "));
    desk.send(Command::ToggleColumn(Fact::FamilySize));
    assert!(desk.shows("family of "));
}

#[test]
fn several_articles_are_selected_by_keyboard() {
    let mut desk = Desk::opened(super::sample());
    desk.send(Command::ShowList(List::Articles));
    desk.press(Key::Space);
    desk.press(Key::ArrowDown);
    desk.press(Key::Space);
    assert_eq!(session(&desk).selected.len(), 2);
    assert!(desk.shows("2 selected") && desk.shows("Compare the two"));
    desk.press(Key::Space);
    assert_eq!(session(&desk).selected.len(), 1);
    // What a filter hides stays selected, and is let go of all the same.
    let selected = *session(&desk).selected.first().unwrap();
    let article = &session(&desk).articles[selected as usize];
    let outlet = article.outlet_name().map(str::to_owned);
    desk.send(Command::ToggleNot(Facet::Outlet, outlet));
    assert!(!session(&desk).board.articles.contains(&selected));
    assert!(desk.shows("1 selected"));
    desk.click("Select none");
    assert!(session(&desk).selected.is_empty() && !desk.shows("selected"));
}

#[test]
fn a_family_is_read_as_a_timeline_and_as_a_table() {
    let mut desk = Desk::opened(super::sample());
    desk.click("Families ");
    let family = session(&desk).current_family().unwrap();
    let size = session(&desk).tables.links.families[family as usize].size as usize;
    assert!(size > 2);
    assert!(desk.shows("Shares most with the others") && desk.shows("Of the earlier ones"));
    desk.click("Table");
    desk.click("Outlets in a day");
    assert_eq!(session(&desk).sorts.families.by, Order::Peak);
    desk.press(Key::Enter);
    assert!(desk.window().state.compare.is_some());
}

#[test]
fn pictures_lead_into_the_lists() {
    let mut desk = Desk::opened(super::sample());
    desk.click("Pictures");
    assert!(desk.shows("printed first") || desk.shows(" first, "));
    desk.click("Graph of outlets");
    assert!(desk.shows("words shared with"));
    desk.click("Own and shared text");
    assert!(desk.shows("words copied"));
    desk.click("Table");
    desk.click("Outlet by outlet");
    let rows = session(&desk).board.pairs.len();
    // The first cell of the table is the strongest: its pairs are what is shown then.
    desk.click_containing(" later, ");
    let session = session(&desk);
    assert_eq!(
        (session.list, session.filter.sides),
        (List::Pairs, Sides::Both)
    );
    assert!(!session.board.pairs.is_empty() && session.board.pairs.len() < rows);
}

/// A folder too large for a frame is counted beside the window. Everything arrives the same.
#[test]
fn what_is_counted_by_a_worker_is_what_is_counted_at_once() {
    let still = |desk: &mut Desk| {
        desk.wait("counted", |window| {
            let session = window.state.session.as_ref();
            session.is_some_and(|session| {
                let drawn = session.list != List::Pictures || !session.overviews_are_due();
                session.phase == Phase::Ready
                    && !session.is_counting()
                    && !session.is_waiting()
                    && drawn
            })
        });
    };
    let mut at_once = Desk::opened(super::sample());
    let mut beside = Desk::at(None);
    beside.settle();
    beside.window_mut().state.at_once = 0;
    beside.send(Command::OpenPath(super::sample()));
    still(&mut beside);
    assert_eq!(session(&beside).list, List::Pairs);
    let outlet = Some("بريد المرسى".to_owned());
    let by = |by, reversed| Sort { by, reversed };
    let commands = [
        Command::Toggle(Facet::Outlet, outlet.clone()),
        Command::SetSort(List::Articles, by(Order::Title, true)),
        Command::ShowList(List::Articles),
        Command::SelectRow(3),
        Command::SetQuery("ميناء ".to_owned()),
        Command::Do(Act::Undo),
        Command::ToggleNot(Facet::Change, Some("Name".to_owned())),
        Command::ShowList(List::Pictures),
        Command::SetSides(Sides::Both),
        Command::Do(Act::ClearFilter),
        Command::ShowList(List::Families),
    ];
    for command in commands {
        for desk in [&mut at_once, &mut beside] {
            desk.send(command.clone());
            still(desk);
        }
        let (x, y) = (session(&at_once), session(&beside));
        assert_eq!(x.board, y.board, "{command:?}");
        assert_eq!((x.list, x.cursor), (y.list, y.cursor), "{command:?}");
        let numbers = |session: &Session| session.overviews.as_ref().map(|(_, made)| made.clone());
        assert_eq!(numbers(x), numbers(y), "{command:?}");
    }
}

#[test]
fn a_verdict_is_given_by_key_counted_undone_and_found_again() {
    let mut desk = Desk::opened(super::sample());
    let all = shown(&desk);
    let facet = |desk: &Desk| {
        let (board, columns) = (&session(desk).board, &session(desk).tables.columns);
        let values = board.values(columns, Facet::Verdict);
        values.map(|(_, count)| count).collect::<Vec<_>>()
    };
    let pairs = all[1] as u32;
    assert!(!desk.shows("Verdict"));
    let judged = session(&desk).current_pair().unwrap();
    desk.press(Key::Num1);
    desk.press(Key::ArrowDown);
    desk.press(Key::Num2);
    assert_eq!(facet(&desk), [1, 1, 0, pairs - 2]);
    assert!(desk.shows("Verdict") && desk.shows(". Coincidence"));
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(facet(&desk), [1, 0, 0, pairs - 1]);
    desk.press_with(Modifiers::COMMAND, Key::Y);
    assert_eq!(facet(&desk), [1, 1, 0, pairs - 2]);

    // With a note, in the comparison.
    desk.send(Command::OpenPair(judged));
    desk.press(Key::V);
    desk.type_in("من بيان واحد");
    desk.press(Key::Enter);
    let verdict = |desk: &Desk, pair: u32| session(desk).tables.verdicts.get(&pair).cloned();
    let kept = verdict(&desk, judged).unwrap();
    assert_eq!(
        (kept.label(), kept.note.as_str()),
        ("Confirmed", "من بيان واحد")
    );
    desk.press(Key::Num3);
    let kept = verdict(&desk, judged).unwrap();
    assert_eq!(
        (kept.label(), kept.note.as_str()),
        ("Unsure", "من بيان واحد")
    );
    desk.press(Key::Escape);
    desk.send(Command::Toggle(Facet::Verdict, Some("Unsure".to_owned())));
    assert_eq!(session(&desk).board.pairs, [judged]);

    // The folder opened anew finds them by what the articles say.
    desk.window_mut().state.finish_writing();
    desk.send(Command::OpenPath(super::sample()));
    desk.wait("compared again", |window| {
        let session = window.state.session.as_ref();
        session.is_some_and(|session| session.phase == Phase::Ready && !session.filter.is_active())
    });
    assert_eq!(verdict(&desk, judged), Some(kept));
    assert_eq!(facet(&desk), [0, 1, 1, pairs - 2]);
}

/// Sixty outlets in a ring, each sharing a paragraph with the next: a table of invented texts.
fn ring(folder: &std::path::Path) {
    const KINDS: [&str; 6] = ["صدى", "بريد", "أخبار", "منبر", "شبكة", "مرصد"];
    const PLACES: [&str; 10] = [
        "المرسى",
        "الضحى",
        "السهل",
        "القنطرة",
        "الربوة",
        "الساحل",
        "الواحة",
        "المنارة",
        "الجسر",
        "البستان",
    ];
    const LETTERS: [char; 16] = [
        'ب', 'ت', 'ج', 'ح', 'د', 'ر', 'س', 'ش', 'ص', 'ط', 'ع', 'ف', 'ق', 'ك', 'ل', 'م',
    ];
    let mut seed = 11_u64;
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut paragraph = |words: usize| -> String {
        let mut word = || {
            (0..4 + next(3))
                .map(|_| LETTERS[next(16)])
                .collect::<String>()
        };
        (0..words).map(|_| word()).collect::<Vec<_>>().join(" ")
    };
    let shared: Vec<String> = (0..60).map(|at| paragraph(30 + at)).collect();
    let mut table = "outlet,date,title,text\n".to_owned();
    for at in 0..60 {
        let outlet = format!("{} {}", KINDS[at % 6], PLACES[at / 6]);
        let (title, own) = (paragraph(9), paragraph(40));
        let (one, other) = (&shared[at], &shared[(at + 1) % 60]);
        let day = 1 + at % 28;
        table.push_str(&format!(
            "{outlet},2031-03-{day:02},{title},\"{own}.\n{one}.\n{other}.\"\n"
        ));
    }
    std::fs::write(folder.join("articles.csv"), table).unwrap();
}

#[test]
fn a_graph_of_fifty_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    ring(folder.path());
    let mut desk = Desk::opened(folder.path().to_owned());
    assert_eq!(
        session(&desk)
            .tables
            .columns
            .column(Facet::Outlet)
            .values
            .len(),
        60
    );
    desk.send(Command::ShowList(List::Pictures));
    for size in [egui::vec2(1280.0, 800.0), egui::vec2(800.0, 600.0)] {
        desk.harness.set_size(size);
        for graph in ["Graph of outlets", "Graph of texts"] {
            desk.click(graph);
            let nodes = desk.harness.get_all_by(|node| {
                node.label()
                    .is_some_and(|label| label.contains(" shared with "))
            });
            let names: Vec<egui::Rect> = nodes.map(|node| node.rect()).collect();
            assert_eq!(names.len(), 50, "{graph}");
            for (at, one) in names.iter().enumerate() {
                assert!(
                    one.width() > 60.0 && one.max.x <= size.x,
                    "{graph}: {one:?}"
                );
                for other in &names[at + 1..] {
                    // Rows may touch; names may not.
                    assert!(
                        !one.shrink(1.5).intersects(other.shrink(1.5)),
                        "{graph}: {one:?} {other:?}"
                    );
                }
            }
        }
    }
    desk.click_containing(" shared with ");
    assert_eq!(session(&desk).list, List::Articles);
}

/// One of many near-copies has the pairs of all; each of the others says which, and leads there.
#[test]
fn many_near_copies_lead_to_the_one_that_has_the_pairs() {
    let folder = super::near_copies(8);
    let mut desk = Desk::opened(folder.path().to_owned());
    let first = {
        let links = &session(&desk).tables.links;
        let (first, all) = links.near_copies(0).unwrap();
        assert_eq!((all, links.pairs_of(first).count()), (8, 7));
        first
    };
    let other = u32::from(first == 0);
    desk.send(Command::ShowArticle(other));
    assert!(desk.shows("One of 8 near-copies. Pairs with other texts"));
    assert!(desk.shows("Shares text with 1 article"));
    desk.click("\u{2068}Unknown outlet");
    assert!(desk.shows("One of 8 near-copies, and stands for all"));
    assert!(desk.shows("Shares text with 7 articles"));
}

/// The filters give way in a narrow window, and to whoever wants the room; they stay where the person left them.
#[test]
fn filters_can_be_hidden_and_give_way_where_it_is_narrow() {
    let mut desk = Desk::opened(super::sample());
    let outlet = "بريد المرسى";
    assert!(desk.shows(outlet));
    desk.harness.set_size(egui::vec2(640.0, 800.0));
    desk.settle();
    assert!(!desk.shows("Hide filters"));
    desk.click("Filters");
    desk.click(outlet);
    assert!(desk.shows("of 31 articles"));
    desk.press(Key::F9);
    assert!(!desk.shows("Hide filters") && desk.shows("of 31 articles"));

    desk.harness.set_size(egui::vec2(1280.0, 800.0));
    desk.settle();
    assert!(!desk.shows("Hide filters"));
    assert_eq!(desk.window().state.settings.filters, Some(false));
    desk.click("Filters");
    assert!(desk.shows("Hide filters"));
}
