//! The text view: positions, scrolling without jumps, arbitrary text and decorations.

use egui::{Event, Modifiers, PointerButton, RawInput, Rect, pos2, vec2};
use proptest::prelude::*;

use super::*;
use crate::paint::{caret::Stop, install};

const SCREEN: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 300.0));

struct Stage {
    ctx: Context,
    view: TextView,
    scroll: f32,
    copied: Option<String>,
    origin: Pos2,
}

impl Stage {
    fn new(text: &str) -> Self {
        let ctx = Context::default();
        install(&ctx);
        Self {
            ctx,
            view: TextView::new(text.into(), ViewStyle::default()),
            scroll: 0.0,
            copied: None,
            origin: Pos2::ZERO,
        }
    }

    fn frame(&mut self, events: Vec<Event>, decorations: &[Decoration]) {
        self.frame_with(Modifiers::NONE, events, decorations);
    }

    fn frame_with(
        &mut self,
        modifiers: Modifiers,
        mut events: Vec<Event>,
        decorations: &[Decoration],
    ) {
        events.insert(0, Event::ModifiersChanged(modifiers));
        let input = RawInput {
            screen_rect: Some(SCREEN),
            events,
            ..RawInput::default()
        };
        let (view, scroll, origin) = (&mut self.view, &mut self.scroll, &mut self.origin);
        let output = self.ctx.run_ui(input, |ui| {
            let rect = SCREEN.shrink(10.0);
            *origin = view.show(ui, rect, scroll, decorations).origin;
        });
        for command in &output.platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                self.copied = Some(text.clone());
            }
        }
        output.drop_without_applying_deltas();
    }

    fn show(&mut self) {
        self.frame(Vec::new(), &[]);
    }

    fn click(&mut self, at: Pos2, modifiers: Modifiers) {
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        };
        self.frame_with(modifiers, vec![Event::PointerMoved(at), button(true)], &[]);
        self.frame_with(modifiers, vec![button(false)], &[]);
    }

    /// Middle of the first rectangle of `part`, on the screen.
    fn middle_of(&mut self, part: &str) -> Pos2 {
        let at = self.view.text().find(part).unwrap();
        let ctx = self.ctx.clone();
        let rects = self.view.rects(&ctx, at..at + part.len());
        rects[0].center() + self.origin.to_vec2()
    }
}

fn long_text(paragraphs: usize) -> String {
    let sentence = "وصلت القافلة إلى السوق القديم صباح اليوم وفتحت المتاجر أبوابها للزوار. ";
    (0..paragraphs)
        .map(|n| format!("{} {}\n", n, sentence.repeat(1 + n % 5)))
        .collect()
}

#[test]
fn line_ends_and_invisible_marks_shift_nothing() {
    let plain = "الأول\nالثاني\nالثالث";
    for text in [
        "الأول\r\nالثاني\r\nالثالث",
        "الأول\rالثاني\u{2028}الثالث",
        "\u{FEFF}ال\u{200F}أول\n\u{202B}الثاني\u{202C}\nال\u{200B}ثالث",
    ] {
        let (mut a, mut b) = (Stage::new(plain), Stage::new(text));
        a.show();
        b.show();
        for word in ["الثاني", "الثا"] {
            assert_eq!(a.middle_of(word), b.middle_of(word), "{text:?}");
        }
        assert_eq!(a.view.height(), b.view.height());
    }
}

#[test]
fn a_jump_lands_on_the_line_and_stays_there() {
    let text = long_text(3_000);
    let mut stage = Stage::new(&text);
    stage.show();
    for part in [text.len() - 3_000, text.len() / 2, 0, text.len() / 3] {
        let byte = (part..).find(|at| text.is_char_boundary(*at)).unwrap();
        let ctx = stage.ctx.clone();
        stage.scroll = stage.view.y_of(&ctx, byte) - 60.0;
        for _ in 0..3 {
            stage.show();
            let on_screen = stage.view.y_of(&ctx, byte) - stage.scroll;
            assert!((on_screen - 60.0).abs() < 0.6, "{byte}: {on_screen}");
        }
    }
}

#[test]
fn scrolling_up_through_unknown_text_moves_by_what_was_asked() {
    let text = long_text(2_000);
    let mut stage = Stage::new(&text);
    stage.show();
    let ctx = stage.ctx.clone();
    stage.scroll = stage.view.y_of(&ctx, text.rfind("القافلة").unwrap());
    stage.show();
    for _ in 0..60 {
        let byte = stage.view.byte_at(&ctx, stage.scroll + 40.0);
        let before = stage.view.y_of(&ctx, byte) - stage.scroll;
        stage.scroll -= 30.0;
        stage.show();
        let after = stage.view.y_of(&ctx, byte) - stage.scroll;
        assert!((after - before - 30.0).abs() < 0.6, "{before} {after}");
    }
}

#[test]
fn asking_about_text_above_moves_nothing_on_the_screen() {
    let text = long_text(2_000);
    let mut stage = Stage::new(&text);
    stage.show();
    let ctx = stage.ctx.clone();
    stage.scroll = stage.view.y_of(&ctx, text.rfind("القافلة").unwrap());
    stage.show();
    let byte = stage.view.byte_at(&ctx, stage.scroll + 40.0);
    let before = stage.view.y_of(&ctx, byte) - stage.scroll;
    for part in 1..20 {
        let above = (text.len() / 20 * part..)
            .find(|at| text.is_char_boundary(*at))
            .unwrap();
        stage.view.y_of(&ctx, above);
        assert!((stage.view.y_of(&ctx, byte) - stage.scroll - before).abs() < 0.6);
        stage.show();
        let after = stage.view.y_of(&ctx, byte) - stage.scroll;
        assert!((after - before).abs() < 0.6, "{before} {after}");
    }
}

#[test]
fn a_new_width_keeps_the_top_line_at_the_top() {
    let text = long_text(300);
    let mut stage = Stage::new(&text);
    stage.show();
    let ctx = stage.ctx.clone();
    stage.scroll = stage.view.y_of(&ctx, text.len() / 2);
    stage.show();
    let top = stage.view.byte_at(&ctx, stage.scroll + 1.0);
    let style = ViewStyle {
        size: 26.0,
        ..*stage.view.style()
    };
    stage.view.set_style(style);
    stage.show();
    let y = stage.view.y_of(&ctx, top) - stage.scroll;
    assert!(y.abs() <= stage.view.line_height(), "{y}");
}

#[test]
fn a_short_text_is_measured_to_the_end() {
    let mut stage = Stage::new(&long_text(200));
    for _ in 0..200 {
        stage.show();
    }
    let guessed = stage.view.height();
    let ctx = stage.ctx.clone();
    let exact: f32 = {
        let len = stage.view.text().len();
        stage.view.rects(&ctx, 0..len);
        stage.view.height()
    };
    assert_eq!(guessed, exact);
}

#[test]
fn a_very_long_paragraph_is_cut_at_sentences() {
    let text = "قال الشاهد إنه رأى السفينة تبتعد عن الرصيف. ".repeat(2_500);
    let model = Model::new(text.as_str().into(), ViewStyle::default());
    let mut at = 0;
    while at < text.len() {
        let bytes = model.bytes(model.block_of(at));
        assert_eq!(bytes.start, at);
        assert!(text[bytes.clone()].trim_end().ends_with('.'));
        at = bytes.end;
    }
    assert_eq!(model.paragraph_of(text.len() / 2), 0..text.len());
}

#[test]
fn clicks_select_and_copying_gives_the_source() {
    let text = "خبر\u{200F} أول.\r\nكتب (المراسل) ABC من المرفأ.\r\nنهاية";
    let mut stage = Stage::new(text);
    stage.show();
    let word = stage.middle_of("المراسل");
    stage.click(word, Modifiers::NONE);
    stage.click(word, Modifiers::NONE);
    assert_eq!(&text[stage.view.selection()], "المراسل");
    stage.click(word, Modifiers::NONE);
    assert_eq!(
        &text[stage.view.selection()],
        "كتب (المراسل) ABC من المرفأ."
    );
    let end = stage.middle_of("نهاية");
    stage.click(stage.origin + vec2(360.0, 5.0), Modifiers::NONE);
    stage.click(end, Modifiers::SHIFT);
    stage.frame(vec![Event::Copy], &[]);
    let copied = stage.copied.take().unwrap();
    assert!(copied.starts_with("خبر\u{200F} أول.\r\nكتب") && text.contains(&copied));
    let select_all = press(egui::Key::A, Modifiers::COMMAND);
    stage.frame(vec![select_all, Event::Copy], &[]);
    stage.frame(vec![Event::Copy], &[]);
    assert_eq!(stage.copied.as_deref(), Some(text));
}

fn press(key: egui::Key, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

#[test]
fn shift_and_arrows_follow_the_direction_of_the_text() {
    let mut stage = Stage::new("سطر أول\nسطر ثان");
    stage.show();
    stage.click(stage.origin + vec2(350.0, 5.0), Modifiers::NONE);
    stage.view.select(0..0);
    let mut shifted = |key| {
        stage.frame(vec![press(key, Modifiers::SHIFT)], &[]);
        stage.view.selection()
    };
    assert_eq!(shifted(egui::Key::ArrowLeft), 0..2);
    assert!(shifted(egui::Key::ArrowRight).is_empty());
    assert_eq!(shifted(egui::Key::ArrowDown).end, "سطر أول\n".len());
}

#[test]
fn the_caret_goes_by_words_lines_and_paragraphs_and_selects_with_shift() {
    use egui::Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Home};
    let text = "عام 2031 في BBC\n\nسطر آخر";
    let mut stage = Stage::new(text);
    stage.show();
    let first = stage.middle_of("عام");
    stage.click(first, Modifiers::NONE);
    let at = |part: &str| text.find(part).unwrap();
    let ends = [at("2") - 1, at("2") + 4, at("في") + 4, at("B") + 3];
    let mut caret = |key, modifiers| {
        stage.frame(vec![press(key, modifiers)], &[]);
        (stage.view.caret(), stage.view.selection().is_empty())
    };
    caret(Home, Modifiers::NONE);
    for end in ends {
        assert_eq!(caret(ArrowLeft, Modifiers::COMMAND), (end, true));
    }
    assert_eq!(caret(ArrowRight, Modifiers::COMMAND), (at("B"), true));
    assert_eq!(caret(End, Modifiers::NONE), (ends[3], true));
    // From the end of a line to the next one, over the blank one between them, and back.
    assert_eq!(caret(ArrowDown, Modifiers::COMMAND), (at("سطر"), true));
    assert_eq!(caret(ArrowRight, Modifiers::NONE), (ends[3], true));
    assert_eq!(caret(ArrowDown, Modifiers::COMMAND), (at("سطر"), true));
    assert_eq!(caret(End, Modifiers::SHIFT), (text.len(), false));
    // An arrow lets go of what is selected, at its own end.
    assert_eq!(caret(ArrowRight, Modifiers::NONE), (at("سطر"), true));
    assert_eq!(caret(ArrowUp, Modifiers::COMMAND), (0, true));
    assert_eq!(caret(End, Modifiers::COMMAND), (text.len(), true));
}

#[test]
fn a_page_down_keeps_the_caret_in_sight() {
    let text = long_text(200);
    let mut stage = Stage::new(&text);
    stage.show();
    stage.click(stage.origin + vec2(200.0, 40.0), Modifiers::NONE);
    let mut last = stage.view.caret();
    for _ in 0..20 {
        stage.frame(vec![press(egui::Key::PageDown, Modifiers::NONE)], &[]);
        assert!(stage.view.caret() > last);
        last = stage.view.caret();
        let ctx = stage.ctx.clone();
        let y = stage.view.y_of(&ctx, last) - stage.scroll;
        assert!((-0.5..=280.0).contains(&y), "{y}");
    }
}

#[test]
fn a_turned_text_stays_turned_and_a_sentence_of_other_letters_turns_itself() {
    let text = "قالت الوكالة إن الميناء مفتوح.\nThe port is open, it said.";
    let mut stage = Stage::new(text);
    stage.show();
    let x = |stage: &mut Stage, part: &str| stage.middle_of(part).x;
    // The Latin sentence ends at its right, and stands at the right.
    assert!(x(&mut stage, "said") > x(&mut stage, "The"));
    assert!(x(&mut stage, ".") < x(&mut stage, "مفتوح"));
    assert!(stage.middle_of("said.").x > 300.0);
    stage.view.turn(Direction::Ltr);
    let larger = ViewStyle {
        size: 20.0,
        ..*stage.view.style()
    };
    stage.view.set_style(larger);
    stage.show();
    assert!(!stage.view.is_rtl());
    assert!(x(&mut stage, ".") > x(&mut stage, "قالت"));
    stage.view.turn(Direction::Rtl);
    stage.show();
    let (end, ctx) = (text.len(), stage.ctx.clone());
    let stop = stage.view.rects(&ctx, end - 1..end)[0].center().x + stage.origin.x;
    assert!(stop < x(&mut stage, "The"));
}

#[test]
fn blank_lines_cost_a_little_room_however_many() {
    let paragraphs = ["وصلت السفينة إلى الرصيف.", "غادر المسافرون عند المساء."];
    let heights = ["\n\n", "\r\n\r\n\r\n", "\n \u{A0}\n\t\n\n\u{200F}\n"].map(|between| {
        let text = paragraphs.join(between);
        let mut stage = Stage::new(&text);
        stage.show();
        let ctx = stage.ctx.clone();
        // Positions never go back, and every one of them has a line.
        let mut above = 0.0;
        for (at, _) in text.char_indices() {
            let y = stage.view.y_of(&ctx, at);
            assert!(y >= above, "{at}");
            above = y;
        }
        let next = text.find("غادر").unwrap();
        let room = stage.view.y_of(&ctx, next) - stage.view.line_height();
        assert_eq!(room, (stage.view.line_height() * 0.5).round());
        // Down goes from text to text.
        stage.view.select(0..0);
        let down = press(egui::Key::ArrowDown, Modifiers::SHIFT);
        stage.click(stage.origin + vec2(350.0, 5.0), Modifiers::NONE);
        stage.frame(vec![down], &[]);
        assert!(stage.view.selection().end >= next);
        stage.view.height()
    });
    assert_eq!(heights[0], heights[1]);
    assert_eq!(heights[0], heights[2]);
    let mut blank = Stage::new("\n \n");
    blank.show();
    assert!(blank.view.height() >= blank.view.line_height());
}

#[test]
fn lines_without_an_end_paint_and_are_pointed_at() {
    for text in [
        "ا".repeat(60_000),
        "لا".repeat(30_000),
        format!("ب{}", "\u{64E}".repeat(20_000)),
        "👨\u{200D}👩\u{200D}👧".repeat(3_000),
        "\u{2067}\u{202B}ab".repeat(5_000),
        "\u{200F}".repeat(20_000),
        "\u{2028}".repeat(5_000),
    ] {
        let mut stage = Stage::new(&text);
        let marks = [
            Decoration::fill(1..text.len() / 2, Color32::RED),
            Decoration::fill(text.len() / 3..text.len(), Color32::RED).outline(Color32::RED),
        ];
        stage.frame(Vec::new(), &marks);
        stage.scroll = stage.view.height() / 2.0;
        stage.frame(Vec::new(), &marks);
        stage.view.select_all();
        stage.frame(vec![press(egui::Key::End, Modifiers::COMMAND)], &marks);
        let ctx = stage.ctx.clone();
        let hit = stage.view.hit(&ctx, pos2(50.0, stage.scroll + 20.0));
        assert!(text.is_char_boundary(hit));
    }
}

fn decoration() -> impl Strategy<Value = Decoration> {
    let style = prop_oneof![
        Just(Underline::Solid),
        Just(Underline::Dotted),
        Just(Underline::Dashed),
        Just(Underline::Wavy)
    ];
    (0_usize..160, 0_usize..160, any::<u8>(), style).prop_map(|(a, b, flags, style)| {
        let paint = |bit: u8| (flags & bit != 0).then_some(Color32::RED);
        Decoration {
            range: a.min(b)..a.max(b),
            band: if flags & 1 != 0 {
                Band::Letters
            } else {
                Band::Line
            },
            fill: paint(2),
            outline: paint(4),
            underline: paint(8).map(|color| (style, color)),
            color: paint(16),
        }
    })
}

/// Goes through a text with the arrow that leads on, and back with the other.
fn lead_there_and_back(text: &str, width: f32) -> Result<(), TestCaseError> {
    let mut stage = Stage::new(text);
    stage.show();
    let ctx = stage.ctx.clone();
    let model = &mut stage.view.model;
    model.set_width(&ctx, width);
    let graphemes = text.chars().count();
    let mut stop = Stop::at(0);
    for onward in [true, false] {
        let (mut line, mut steps) = (model.y_of(&ctx, stop.byte), 0);
        loop {
            let left = model.runs_rtl(&ctx, stop) == onward;
            let Some(next) = model.step(&ctx, stop, left) else {
                break;
            };
            prop_assert!(text.is_char_boundary(next.byte));
            let (caret, corner) = model.caret(&ctx, next);
            // Lines are gone through in order, and none twice.
            let y = corner.y + caret.top;
            let in_order = if onward { y >= line } else { y <= line };
            prop_assert!(in_order, "{stop:?} {next:?}");
            (line, stop, steps) = (y, next, steps + 1);
            prop_assert!(
                caret.x.is_finite() && steps <= 2 * graphemes + 2,
                "{stop:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn a_blank_at_the_end_of_a_line_runs_with_the_line() {
    // The first line is a mark of the other direction and a blank.
    lead_there_and_back("\u{200F} لA«a«»%«A«(لJD", 138.2).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn anything_paints(
        text in prop_oneof![
            "[لاأبتن\u{64B}-\u{652} A-z0-9٠-٩%()«»\n\r\t\u{200B}-\u{200F}\u{2066}-\u{2069}]{0,120}",
            proptest::collection::vec(any::<char>(), 0..60).prop_map(|c| c.into_iter().collect()),
        ],
        decorations in proptest::collection::vec(decoration(), 0..12),
        scroll in -500.0_f32..2_000.0,
        selected in (0_usize..120, 0_usize..120),
    ) {
        let mut stage = Stage::new(&text);
        stage.view.select(selected.0..selected.1);
        stage.scroll = scroll;
        stage.frame(Vec::new(), &decorations);
        stage.frame(Vec::new(), &decorations);
    }

    #[test]
    fn arrows_lead_from_one_end_to_the_other_and_back(
        text in "[لاأبتن\u{64B}-\u{652} A-z0-9٠-٩%()«»\n\r\u{200F}]{1,90}", width in 40.0_f32..300.0,
    ) {
        lead_there_and_back(&text, width)?;
    }

    #[test]
    fn every_grapheme_is_hit_where_it_stands(text in "[لاأبتن\u{64B}-\u{652} A-z0-9٠-٩%()«»\n\r]{1,120}") {
        use unicode_segmentation::UnicodeSegmentation as _;
        let mut stage = Stage::new(&text);
        stage.show();
        let ctx = stage.ctx.clone();
        for (at, grapheme) in text.grapheme_indices(true) {
            for rect in stage.view.rects(&ctx, at..at + grapheme.len()) {
                if rect.width() > 0.5 {
                    let over = stage.view.model.over(&ctx, rect.center()).unwrap();
                    prop_assert!(over.start <= at && at < over.end, "{at} {over:?}");
                }
            }
        }
    }
}
