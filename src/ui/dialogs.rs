//! What lies over the page: typing a path, the files that were not read, the keys, and notices.

use egui::{
    Align2, Area, Context, Frame, Id, Key, Margin, Modal, Order, ScrollArea, Sense, Ui, vec2,
};

use super::asking::{self, Asking};
use super::command::{Act, Command, Commands};
use super::correct::{self, Correcting};
use super::deciding::{self, Deciding};
use super::heading::{about, heading};
use super::outlets::{self, Naming};
use super::theme::{self, Theme, UNIT};
use super::verdict::{self, Judging};
use crate::ingest::Skipped;
use crate::paint::{
    Button, Direction, Icon, Label, Row, TextAlign, TextField, TextStyle, path_text, text_in,
};

/// The one dialog that may be open.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    TypePath {
        path: String,
        /// Why the person is asked to type, or what was wrong with what they typed.
        why: Option<String>,
        /// The field has not had the focus yet.
        fresh: bool,
    },
    Skipped,
    Correct(Box<Correcting>),
    Outlets(Box<Naming>),
    Decide(Box<Deciding>),
    Keys,
    FindText(Asking),
    KeepFilter(Asking),
    Verdict(Box<Judging>),
    /// The command palette.
    Commands {
        query: String,
        row: usize,
        fresh: bool,
    },
}

/// Something to be told, until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
}

/// Shows the open dialog; returns false when it is to be closed.
pub fn show(
    ctx: &Context,
    dialog: &mut Dialog,
    skipped: &[Skipped],
    commands: &mut Commands,
) -> bool {
    let id = Id::unique("dialog");
    let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::same(18));
    let response = Modal::new(id).frame(frame).show(ctx, |ui| {
        let room = ui.ctx().content_rect().size();
        ui.set_width((room.x - 80.0).clamp(260.0, 620.0));
        match dialog {
            Dialog::TypePath { path, why, fresh } => {
                type_path(ui, path, why.as_deref(), fresh, commands)
            }
            Dialog::Skipped => skipped_files(ui, skipped, room.y - 220.0),
            Dialog::Correct(correcting) => {
                within(ui, room.y, |ui| correct::show(ui, correcting, commands))
            }
            Dialog::Outlets(naming) => within(ui, room.y, |ui| {
                outlets::show(ui, naming, room.y - 480.0, commands)
            }),
            Dialog::Decide(deciding) => {
                within(ui, room.y, |ui| deciding::show(ui, deciding, commands))
            }
            Dialog::Keys => keys(ui, room.y - 200.0),
            Dialog::FindText(asking) => asking::find_text(ui, asking, commands),
            Dialog::KeepFilter(asking) => asking::keep_filter(ui, asking, commands),
            Dialog::Verdict(judging) => verdict::show(ui, judging, commands),
            Dialog::Commands { query, row, fresh } => {
                palette(ui, query, row, fresh, room.y - 240.0, commands)
            }
        }
    });
    response.inner && !response.should_close()
}

/// A dialog that may be higher than the window can be scrolled.
fn within(ui: &mut Ui, height: f32, contents: impl FnOnce(&mut Ui) -> bool) -> bool {
    const MARGINS: f32 = 64.0;
    ScrollArea::vertical()
        .max_height(height - MARGINS)
        // A window that has not been laid out yet offers little.
        .min_scrolled_height(height - MARGINS)
        .show(ui, contents)
        .inner
}

fn type_path(
    ui: &mut Ui,
    path: &mut String,
    why: Option<&str>,
    fresh: &mut bool,
    commands: &mut Commands,
) -> bool {
    heading(ui, "Open a folder by its path");
    let text = why.unwrap_or("Type or paste the path of a folder of articles.");
    about(ui, text);
    let width = ui.available_width();
    let field = TextField::new(path, "Path of a folder")
        .hint("/home/…/articles")
        .direction(Direction::Ltr)
        .width(width)
        .show(ui);
    if std::mem::take(fresh) {
        field.response.request_focus();
    }
    ui.add_space(2.0 * UNIT);
    let mut open = field.submitted;
    let mut stay = true;
    ui.horizontal(|ui| {
        open |= ui.add(Button::new("Open").primary()).clicked();
        stay = !ui.add(Button::new("Cancel")).clicked();
    });
    let wanted = path.trim().trim_matches(['"', '\'']);
    if open && !wanted.is_empty() {
        // The dialog stays until the folder is known to be one.
        commands.send(Command::OpenPath(expanded(wanted)));
    }
    stay
}

/// `~/…` and `file://…` as people paste them.
fn expanded(path: &str) -> std::path::PathBuf {
    if let Some(rest) = path.strip_prefix("~/").or((path == "~").then_some(""))
        && let Some(dirs) = directories::UserDirs::new()
    {
        return dirs.home_dir().join(rest);
    }
    match path.strip_prefix("file://") {
        Some(address) => decoded(address)
            .unwrap_or_else(|| address.to_owned())
            .into(),
        None => path.into(),
    }
}

/// An address without its `%D8%A3`, as file managers write it; `None` for what is not written so throughout.
fn decoded(address: &str) -> Option<String> {
    let mut parts = address.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        // `from_str_radix` lets a sign pass.
        let digits = Some(digits).filter(|d| d.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).ok()
}

fn skipped_files(ui: &mut Ui, skipped: &[Skipped], height: f32) -> bool {
    let theme = Theme::of(ui);
    heading(ui, "Files that are no articles here");
    if skipped.is_empty() {
        ui.add(Label::new("Every file of the folder was read.").color(theme.faint_ink));
    }
    let row = 40.0;
    ScrollArea::vertical()
        .max_height(height.max(120.0))
        .auto_shrink([false, true])
        .show_rows(ui, row, skipped.len(), |ui, rows| {
            for file in &skipped[rows] {
                let (rect, response) =
                    ui.allocate_exact_size(vec2(ui.available_width(), row), Sense::hover());
                let (top, below) = rect.split_top_bottom_at_fraction(0.5);
                let style = |size, color| {
                    TextStyle::new(size, color)
                        .direction(Direction::Ltr)
                        .align(TextAlign::Left)
                };
                let (path, reason) = (path_text(&file.path), file.reason.to_string());
                text_in(ui.painter(), top, &style(theme::BODY, theme.ink), &path);
                text_in(
                    ui.painter(),
                    below,
                    &style(theme::SMALL, theme.faint_ink),
                    &reason,
                );
                let whole = format!("{path}\n{reason}");
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &whole));
                crate::paint::tip(response, &whole);
            }
        });
    ui.add_space(2.0 * UNIT);
    !ui.add(Button::new("Close")).clicked()
}

/// Every act by name; typing narrows, Enter does the marked one.
fn palette(
    ui: &mut Ui,
    query: &mut String,
    row: &mut usize,
    fresh: &mut bool,
    height: f32,
    commands: &mut Commands,
) -> bool {
    let theme = Theme::of(ui);
    let (up, down) = ui.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        (
            input.consume_key(none, Key::ArrowUp),
            input.consume_key(none, Key::ArrowDown),
        )
    });
    let width = ui.available_width();
    let field = TextField::new(query, "Find a command")
        .hint("Find a command")
        .icon(Icon::Search)
        .width(width)
        .show(ui);
    if std::mem::take(fresh) {
        field.response.request_focus();
    }
    let wanted = query.trim().to_lowercase();
    let is_wanted = |act: &Act| {
        let (label, explanation) = (act.label(), act.explanation());
        wanted.is_empty()
            || label.to_lowercase().contains(&wanted)
            || explanation.to_lowercase().contains(&wanted)
    };
    let acts: Vec<Act> = Act::ALL
        .iter()
        .copied()
        .filter(|act| *act != Act::ShowCommands && is_wanted(act))
        .collect();
    if field.response.changed() {
        *row = 0;
    }
    *row = (*row + usize::from(down))
        .saturating_sub(usize::from(up))
        .min(acts.len().saturating_sub(1));
    let mut chosen = acts.get(*row).copied().filter(|_| field.submitted);
    ui.add_space(UNIT);
    if acts.is_empty() {
        ui.add(Label::new("No command of that name").color(theme.faint_ink));
    }
    ScrollArea::vertical()
        .max_height(height.max(160.0))
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, act) in acts.iter().enumerate() {
                let keys = act
                    .keys()
                    .first()
                    .map_or_else(String::new, |keys| ui.ctx().format_shortcut(keys));
                let line = Row::new(at == *row, act.label())
                    .trailing(&keys)
                    .height(30.0);
                let response = ui.add(line);
                if at == *row && (up || down) {
                    response.scroll_to_me(None);
                }
                if crate::paint::tip(response, act.explanation()).clicked() {
                    chosen = Some(*act);
                }
            }
        });
    if let Some(act) = chosen {
        commands.act(act);
        return false;
    }
    true
}

fn keys(ui: &mut Ui, height: f32) -> bool {
    let theme = Theme::of(ui);
    heading(ui, "Keys");
    ScrollArea::vertical().max_height(height.max(160.0)).auto_shrink([false, true]).show(ui, |ui| {
        egui::Grid::new("keys").num_columns(2).spacing(vec2(6.0 * UNIT, UNIT)).show(ui, |ui| {
            for act in Act::ALL.iter().filter(|act| !act.keys().is_empty()) {
                let keys: Vec<String> = act.keys().iter().map(|keys| ui.ctx().format_shortcut(keys)).collect();
                ui.add(Label::new(&keys.join(" or ")).strong().color(theme.ink).width(170.0));
                let width = ui.available_width();
                ui.add(Label::new(act.explanation()).color(theme.faint_ink).width(width).wrap());
                ui.end_row();
            }
        });
        ui.add_space(2.0 * UNIT);
        let text = "In the search box: several words all have to occur, in any spelling; “…” asks for a phrase; \
                    - before a word excludes it; outlet: and date: look at what is known of an article, as in date:2031-03.";
        ui.add(Label::new(text).size(theme::SMALL).color(theme.faint_ink).wrap());
    });
    ui.add_space(2.0 * UNIT);
    !ui.add(Button::new("Close")).clicked() && !ui.input(|input| input.key_pressed(Key::Escape))
}

/// Shows a notice at the foot of the window; returns true when it was dismissed.
pub fn notice(ctx: &Context, notice: &Notice) -> bool {
    let width = (ctx.content_rect().width() - 64.0).min(640.0);
    Area::new(Id::unique("notice"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -48.0))
        .show(ctx, |ui| {
            let theme = Theme::of(ui);
            let frame = Frame::popup(ui.style())
                .fill(theme.paper)
                .inner_margin(Margin::symmetric(16, 12));
            frame
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let bar = ui.allocate_exact_size(vec2(4.0, 24.0), Sense::hover()).0;
                        ui.painter().rect_filled(bar, 2, theme.warning);
                        let label = Label::new(&notice.text)
                            .color(theme.ink)
                            .max_lines(6)
                            .width(width - 90.0);
                        ui.add(label);
                        ui.add(Button::icon_only(Icon::Close, "Dismiss").quiet())
                            .clicked()
                    })
                    .inner
                })
                .inner
        })
        .inner
}

/// Over the whole window while something is dragged across it.
pub fn drop_here(ctx: &Context) {
    let whole = ctx.content_rect();
    Area::new(Id::unique("drop-here"))
        .order(Order::Foreground)
        .fixed_pos(whole.min)
        .interactable(false)
        .show(ctx, |ui| {
            let theme = Theme::of(ui);
            ui.painter()
                .rect_filled(whole, 0, theme.chrome.gamma_multiply(0.92));
            let frame = whole.shrink(6.0 * UNIT);
            let stroke = egui::Stroke::new(2.0, theme.accent);
            ui.painter()
                .rect_stroke(frame, 12, stroke, egui::StrokeKind::Inside);
            let text = "Drop the folder to open it";
            let response = ui.allocate_rect(whole, Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
            let style = TextStyle::new(24.0, theme.ink).align(TextAlign::Center);
            text_in(ui.painter(), whole, &style, text);
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_folder_is_its_path() {
        let is = |pasted: &str, path: &str| {
            assert_eq!(expanded(pasted), std::path::Path::new(path), "{pasted}");
        };
        is("/home/u/أخبار", "/home/u/أخبار");
        is(
            "file:///home/u/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1%20a%2bb",
            "/home/u/أخبار a+b",
        );
        is("file:///home/u/50%", "/home/u/50%");
        is("file:///home/u/%zz%D8", "/home/u/%zz%D8");
        // Only addresses are written so.
        is("/home/u/100%20", "/home/u/100%20");
    }
}
