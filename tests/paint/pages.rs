//! Pages to look at and layouts to compare, for checking the painting of text by eye and against another
//! engine. No part of the program:
//!
//! ```text
//! cargo test --bench pages -- layout FILE FACE SIZE LINE WIDTH   prints each line of FILE laid out, as JSON
//! cargo test --bench pages -- window FILE [view|widgets] [dark] [scale]   shows FILE in a window
//! ```

use std::sync::Arc;

use eframe::egui;
use egui::{Color32, Vec2};
use muqabala::paint::{
    Band, Button, Checkbox, Decoration, Face, Icon, Label, Row, TextAlign, TextField, TextView,
    Underline, ViewStyle, Weight, engine, flow::Spec, install, use_system_clipboard,
    use_system_fonts,
};
use serde_json::json;
use unicode_segmentation::UnicodeSegmentation as _;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["layout", file, face, size, line, width] => {
            let face = Face::from_name(face).ok_or_else(|| anyhow::anyhow!("no face {face}"))?;
            let spec = Spec {
                face,
                weight: Weight::Regular,
                size: size.parse()?,
                line_height: line.parse()?,
                width: Some(width.parse()?),
                align: TextAlign::Start,
                rtl: true,
                max_lines: None,
            };
            layout(&std::fs::read_to_string(file)?, &spec)
        }
        ["window", file, options @ ..] => window(std::fs::read_to_string(file)?, options),
        // Run with all other benches: nothing to do.
        _ => Ok(()),
    }
}

/// Lines, and for each grapheme its line, left and right edges and family, as JSON.
#[expect(clippy::print_stdout, reason = "its output is what it is for")]
fn layout(text: &str, spec: &Spec) -> anyhow::Result<()> {
    let ctx = egui::Context::default();
    let shared = engine(&ctx);
    let paragraphs: Vec<serde_json::Value> = text
        .lines()
        .map(|paragraph| {
            let layout = shared.lock().paragraph(paragraph, spec);
            let lines: Vec<_> = (0..layout.line_count())
                .map(|nth| layout.line_bytes(nth))
                .collect();
            let graphemes: Vec<_> = paragraph
                .grapheme_indices(true)
                .map(|(at, grapheme)| {
                    let bytes = at..at + grapheme.len();
                    let rects: Vec<_> = layout
                        .rects(&bytes)
                        .iter()
                        .map(|r| [r.min.x, r.max.x])
                        .collect();
                    let engine = shared.lock();
                    let family = engine.family_at(&layout, at);
                    json!({"start": bytes.start, "end": bytes.end, "line": layout.line_of(at),
                        "rects": rects, "family": family})
                })
                .collect();
            json!({"lines": lines.iter().map(|l| [l.start, l.end]).collect::<Vec<_>>(), "graphemes": graphemes})
        })
        .collect();
    println!("{}", serde_json::to_string(&paragraphs)?);
    Ok(())
}

fn window(text: String, options: &[&str]) -> anyhow::Result<()> {
    let dark = options.contains(&"dark");
    let widgets = options.contains(&"widgets");
    let scale = options.iter().find_map(|o| o.parse::<f32>().ok());
    let face = options.iter().find_map(|o| Face::from_name(o));
    let size = Vec2::new(1280.0, 800.0);
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size(size),
        ..Default::default()
    };
    let text: Arc<str> = text.replace('\n', "\n\n").into();
    let app = move |cc: &eframe::CreationContext<'_>| {
        install(&cc.egui_ctx);
        use_system_fonts(&cc.egui_ctx);
        use_system_clipboard(&cc.egui_ctx);
        cc.egui_ctx.set_theme(if dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
        if let Some(scale) = scale {
            cc.egui_ctx.set_pixels_per_point(scale);
        }
        let style = ViewStyle {
            face: face.unwrap_or(Face::Naskh),
            ..ViewStyle::default()
        };
        let page = Page {
            widgets,
            decorations: decorations(&text),
            view: TextView::new(Arc::clone(&text), style),
            scroll: 0.0,
            field: "عام 2031 في BBC (نهر)".to_owned(),
            empty: String::new(),
            ticked: true,
        };
        Ok(Box::new(page) as Box<dyn eframe::App>)
    };
    eframe::run_native("pages", native, Box::new(app)).map_err(|error| anyhow::anyhow!("{error}"))
}

/// A passage of three paragraphs, and words inside it marked in each way there is.
fn decorations(text: &str) -> Vec<Decoration> {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices("\n\n").map(|(at, _)| at + 2))
        .collect();
    let Some(end) = starts.get(4) else {
        return Vec::new();
    };
    let passage = starts[1] + 20..end - 30;
    let passage = floor(text, passage.start)..floor(text, passage.end);
    let mut all = vec![Decoration::fill(
        passage.clone(),
        Color32::from_rgb(120, 180, 240).gamma_multiply(0.35),
    )];
    let marks = [
        Underline::Solid,
        Underline::Dotted,
        Underline::Dashed,
        Underline::Wavy,
    ];
    let words = text[passage.clone()].unicode_word_indices().skip(3);
    for (nth, (at, word)) in words.step_by(3).enumerate().take(12) {
        let at = passage.start + at;
        let color = Color32::from_rgb(220, 120, 20);
        let mark = Decoration::default().underline(marks[nth % 4], color);
        let mark = match nth % 3 {
            0 => Decoration {
                fill: Some(color.gamma_multiply(0.3)),
                ..mark
            },
            1 => mark.outline(color),
            _ => mark,
        };
        all.push(
            Decoration {
                range: at..at + word.len(),
                ..mark
            }
            .band(Band::Letters),
        );
    }
    all
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

struct Page {
    widgets: bool,
    view: TextView,
    decorations: Vec<Decoration>,
    scroll: f32,
    field: String,
    empty: String,
    ticked: bool,
}

impl eframe::App for Page {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |ui| match self.widgets {
            true => self.widgets(ui),
            false => self.view(ui),
        });
    }
}

impl Page {
    fn view(&mut self, ui: &mut egui::Ui) {
        let rect = ui.max_rect();
        if ui.rect_contains_pointer(rect) {
            self.scroll -= ui.input(|i| i.smooth_scroll_delta().y);
        }
        let most = (self.view.height() - rect.height()).max(0.0);
        self.scroll = self.scroll.clamp(0.0, most);
        let shown = self
            .view
            .show(ui, rect, &mut self.scroll, &self.decorations);
        self.view.menu(&shown.response, |_, _| {});
    }

    fn widgets(&mut self, ui: &mut egui::Ui) {
        ui.add(
            Label::new("مقابلة النصوص: 24 خبراً من 6 صحف")
                .size(24.0)
                .strong(),
        );
        ui.horizontal(|ui| {
            ui.add(Button::new("فتح مجلد…").primary().icon(Icon::Folder));
            ui.add(Button::new("Next passage").icon(Icon::Down));
            ui.add(Button::icon_only(Icon::Swap, "Swap"));
            ui.add(Checkbox::new(&mut self.ticked, "وكالة الضفاف").trailing("12"));
        });
        ui.add(
            TextField::new(&mut self.field, "search")
                .width(420.0)
                .icon(Icon::Search),
        );
        ui.add(
            TextField::new(&mut self.empty, "empty")
                .width(420.0)
                .hint("ابحث في النصوص…"),
        );
        for face in Face::READING {
            for weight in [Weight::Regular, Weight::Medium, Weight::Bold] {
                let sample = "خبر عاجل: (12%) لا BBC ١٢ «قال» ✓ → مُحَمَّدٌ 漢字 שלום 😀👍🏽🇯🇴 𓂀";
                let size = 16.0 * face.optical_scale();
                ui.add(Label::new(sample).face(face).weight(weight).size(size));
            }
        }
        ui.set_max_width(460.0);
        let long = "ارتفاع حركة الملاحة في «مرسى النهر» بنسبة 12.5% خلال عام 2031 مقارنة بما قبله";
        ui.add(Row::new(true, long).trailing("206"));
        ui.add(Row::new(false, "RTX: قال المتحدث (2031)").trailing("17"));
        ui.add(Row::new(
            false,
            "An English row that is far too long for the place it is given here",
        ));
        let paragraph =
            "نص طويل يلتف على أكثر من سطر، وفيه رقم 2031 وكلمة BBC وبريد a@b.example ثم ينتهي.";
        ui.add(Label::new(paragraph).wrap());
    }
}
