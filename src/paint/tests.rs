//! Widgets through the accessibility tree, as a person's tools see them; no GPU.

use egui::{Event, ImeEvent, Key, Modifiers, Ui, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use super::*;

#[derive(Default)]
struct Desk {
    ready: bool,
    clicks: usize,
    ticked: bool,
    text: String,
    submitted: bool,
}

fn desk(ui: &mut Ui, desk: &mut Desk) {
    if !desk.ready {
        install(ui.ctx());
        desk.ready = true;
    }
    if ui.add(Button::new("افتح المجلد")).clicked() {
        desk.clicks += 1;
    }
    ui.add(Label::new("12 خبراً من النهر").width(60.0));
    ui.add(Checkbox::new(&mut desk.ticked, "النهر").trailing("3"));
    let field = TextField::new(&mut desk.text, "search").hint("ابحث…");
    desk.submitted |= field.show(ui).submitted;
    ui.add(Row::new(
        true,
        "عنوان طويل لا يسعه هذا المكان الضيق مهما حاول",
    ));
    ui.add(Tab::new(true, "Pairs"));
}

fn harness() -> Harness<'static, Desk> {
    Harness::builder()
        .with_size(vec2(300.0, 300.0))
        .build_ui_state(desk, Desk::default())
}

#[test]
fn buttons_and_boxes_answer_by_name() {
    let mut h = harness();
    h.run();
    h.get_by_label("افتح المجلد").click();
    h.get_by_label("النهر, 3").click();
    h.run();
    assert_eq!(h.state().clicks, 1);
    assert!(h.state().ticked);
    // An elided label still says all of itself.
    assert!(h.query_by_value("12 خبراً من النهر").is_some());
}

#[test]
fn buttons_are_pressed_from_the_keyboard() {
    let mut h = harness();
    h.run();
    h.get_by_label("افتح المجلد").focus();
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().clicks, 1);
}

fn field_with(text: &str) -> Harness<'static, Desk> {
    let mut h = harness();
    h.run();
    h.get_by_label("search").focus();
    h.run();
    h.get_by_label("search").type_text(text);
    h.run();
    h
}

#[test]
fn a_field_takes_mixed_text_and_undoes_it() {
    let mut h = field_with("عام 2031");
    h.get_by_label("search").type_text(" BBC");
    h.run();
    assert_eq!(h.state().text, "عام 2031 BBC");
    assert_eq!(
        h.get_by_label("search").accesskit_node().value().as_deref(),
        Some("عام 2031 BBC")
    );
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert_eq!(h.state().text, "عام 2031");
    h.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    h.run();
    assert_eq!(h.state().text, "عام 2031 BBC");
    h.key_press(Key::Enter);
    h.run();
    assert!(h.state().submitted);
}

#[test]
fn left_is_onward_in_arabic() {
    let mut h = field_with("سلام");
    h.key_press(Key::Home);
    h.key_press(Key::ArrowLeft);
    h.get_by_label("search").type_text("X");
    h.run();
    assert_eq!(h.state().text, "سXلام");
    h.key_press(Key::Backspace);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.event(Event::Cut);
    h.run();
    assert_eq!(h.state().text, "");
}

#[test]
fn what_is_being_composed_is_replaced_by_what_is_meant() {
    let mut h = field_with("نص ");
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit {
            text: text.into(),
            active_range_chars: None,
        })
    };
    h.event(preedit("كت"));
    h.run();
    assert_eq!(h.state().text, "نص كت");
    h.event(preedit("كتا"));
    h.event(Event::Ime(ImeEvent::Commit("كتاب".into())));
    h.run();
    assert_eq!(h.state().text, "نص كتاب");
}

#[test]
fn pasted_lines_become_one_and_the_clear_button_empties() {
    let mut h = field_with("");
    h.event(Event::Paste("سطر\r\nآخر\tثم".into()));
    h.run();
    assert_eq!(h.state().text, "سطر آخر ثم");
    h.get_by_label("Clear").click();
    h.run();
    assert_eq!(h.state().text, "");
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert_eq!(h.state().text, "سطر آخر ثم");
}

#[test]
fn screen_readers_walk_a_field_and_set_its_selection() {
    use egui::accesskit::{Action, ActionData, ActionRequest, TextSelection};
    let mut h = field_with("عام 2031 BBC");
    h.key_press(Key::Home);
    h.run();
    let field = h.get_by_label("search");
    let node = field.accesskit_node();
    assert!(node.supports_text_ranges());
    assert_eq!(node.document_range().text(), "عام 2031 BBC");
    // Onward by characters, through runs of both directions.
    let mut at = node.document_start();
    let mut steps = 0;
    while !at.is_document_end() {
        at = at.forward_to_character_end();
        steps += 1;
        assert!(steps < 40);
    }
    assert_eq!(steps, "عام 2031 BBC".chars().count());
    // The number's box stands left of the first word's.
    let word = node.document_range();
    let boxes = word.bounding_boxes();
    assert!(boxes.len() >= 3 && boxes[0].x0 > boxes[1].x0);
    let anchor = node.document_start().forward_to_word_start();
    let focus = anchor.forward_to_word_start();
    let (anchor, focus) = (anchor.to_raw(), focus.to_raw());
    let (target_node, target_tree) = node.locate();
    let request = ActionRequest {
        action: Action::SetTextSelection,
        target_tree,
        target_node,
        data: Some(ActionData::SetTextSelection(TextSelection {
            anchor,
            focus,
        })),
    };
    h.event(Event::AccessKitActionRequest(request));
    h.event(Event::Cut);
    h.run();
    assert_eq!(h.state().text, "عام BBC");
}

#[test]
fn screen_readers_walk_an_article_and_hear_what_is_selected() {
    let text =
        "كتب (المراسل) ABC من المرفأ.\r\n\r\nوصلت السفينة 7 مساءً إلى الرصيف الشرقي بعد يومين.";
    let view = TextView::new(text.into(), ViewStyle::default());
    let mut h = Harness::builder()
        .with_size(vec2(300.0, 300.0))
        .build_ui_state(
            |ui, view: &mut TextView| {
                install(ui.ctx());
                let rect = ui.max_rect();
                view.show(ui, rect, &mut 0.0, &[]);
            },
            view,
        );
    let picked = text.find("السفينة").unwrap();
    h.state_mut().select(picked..picked + "السفينة 7".len());
    h.run();
    let node = h
        .get_by_role(egui::accesskit::Role::Document)
        .accesskit_node();
    assert_eq!(node.language(), Some("ar"));
    assert_eq!(node.document_range().text(), text.replace("\r\n\r\n", "\n"));
    let selection = node.text_selection().unwrap();
    assert_eq!(selection.text(), "السفينة 7");
    let line = node.document_start().forward_to_line_end();
    assert!(line < node.document_end());
}

#[test]
fn a_text_is_measured_as_it_is_painted() {
    let ctx = egui::Context::default();
    install(&ctx);
    let style = TextStyle::new(16.0, egui::Color32::BLACK);
    let short = measure(&ctx, &style, Extent::LINE, "خبر");
    let long = measure(&ctx, &style, Extent::LINE, "خبر عاجل من النهر");
    assert!(long.x > short.x && long.y == short.y);
    let wrapped = measure(
        &ctx,
        &style,
        Extent::wrapped(short.x + 2.0),
        "خبر عاجل من النهر",
    );
    assert!(wrapped.y > 2.0 * short.y && wrapped.x <= short.x + 2.5);
    let elided = Text::new(&ctx, &style, Extent::elided(80.0), "خبر عاجل من النهر");
    assert!(elided.size().x <= 80.5 && elided.layout().is_elided());
}
