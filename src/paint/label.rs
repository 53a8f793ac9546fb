//! Labels and rows: text as a widget, elided at the end of its own direction, with a tooltip of the whole.

use egui::{
    Color32, CornerRadius, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo,
    pos2, vec2,
};

use super::{
    Direction, Extent, Face, Icon, Text, TextAlign, TextStyle, Weight, marks::describe_text,
    tip::tip,
};

/// A text, drop-in for egui's label. Without [`wrap`](Self::wrap) or a width it takes the room it needs, up to
/// what is there, and is elided beyond.
#[derive(Clone)]
#[must_use = "add it with ui.add"]
pub struct Label<'t> {
    text: &'t str,
    style: TextStyle,
    color: Option<Color32>,
    width: Option<f32>,
    wrap: bool,
    max_lines: Option<usize>,
    sense: Sense,
    tooltip: bool,
}

impl<'t> Label<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            style: TextStyle::new(14.0, Color32::PLACEHOLDER),
            color: None,
            width: None,
            wrap: false,
            max_lines: None,
            sense: Sense::hover(),
            tooltip: true,
        }
    }

    /// Font size in points.
    pub fn size(mut self, points: f32) -> Self {
        self.style.size = points;
        self
    }

    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    pub fn face(mut self, face: Face) -> Self {
        self.style.face = face;
        self
    }

    pub fn weight(mut self, weight: Weight) -> Self {
        self.style.weight = weight;
        self
    }

    pub fn strong(self) -> Self {
        self.weight(Weight::Bold)
    }

    pub fn direction(mut self, direction: Direction) -> Self {
        self.style.direction = direction;
        self
    }

    pub fn align(mut self, align: TextAlign) -> Self {
        self.style.align = align;
        self
    }

    /// Height of a line in points.
    pub fn line_height(mut self, points: f32) -> Self {
        self.style.line_height = Some(points);
        self
    }

    /// Takes exactly this width in points, and aligns the text in it.
    pub fn width(mut self, points: f32) -> Self {
        self.width = Some(points);
        self
    }

    /// Breaks into lines instead of eliding.
    pub fn wrap(mut self) -> Self {
        self.wrap = true;
        self
    }

    /// Breaks into at most this many lines, then elides.
    pub fn max_lines(mut self, lines: usize) -> Self {
        (self.wrap, self.max_lines) = (true, Some(lines));
        self
    }

    pub fn sense(mut self, sense: Sense) -> Self {
        self.sense = sense;
        self
    }

    /// Leaves out the tooltip that shows the whole of an elided text.
    pub fn no_tooltip(mut self) -> Self {
        self.tooltip = false;
        self
    }

    fn extent(&self, available: f32) -> Extent {
        let room = self.width.unwrap_or(available).max(0.0);
        match self.wrap {
            true => Extent {
                width: Some(room),
                max_lines: self.max_lines,
            },
            false => Extent::elided(room),
        }
    }
}

impl Widget for Label<'_> {
    fn ui(mut self, ui: &mut Ui) -> Response {
        let fallback = ui.visuals().text_color();
        self.style.color = self.color.unwrap_or(fallback);
        let available = ui.available_width();
        let natural = Text::new(ui.ctx(), &self.style, Extent::LINE, self.text);
        let fits = natural.size().x <= available;
        let line = if self.width.is_none() && fits && !self.wrap {
            natural
        } else {
            let extent = match self.wrap && self.width.is_none() && fits {
                // A wrapping label that needs no wrapping is as wide as its text.
                true => Extent {
                    width: Some(natural.size().x),
                    max_lines: self.max_lines,
                },
                false => self.extent(available),
            };
            Text::new(ui.ctx(), &self.style, extent, self.text)
        };
        let width = match (self.width, self.wrap && !fits) {
            (Some(width), _) => width,
            (None, true) => available,
            (None, false) => line.size().x.min(available),
        };
        let response = place(ui, &line, vec2(width, line.size().y), self.text, self.sense);
        if self.tooltip && line.layout().is_elided() {
            return tip(response, self.text);
        }
        response
    }
}

/// Allocates room for a laid-out text, paints it and describes it to screen readers.
fn place(ui: &mut Ui, line: &Text, size: Vec2, text: &str, sense: Sense) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, sense);
    if ui.is_rect_visible(rect) {
        line.paint(ui.painter(), rect.min);
    }
    let role = if sense.senses_click() {
        Role::Link
    } else {
        Role::Label
    };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), text));
    describe_text(ui.ctx(), response.id, text, line.layout().is_rtl());
    response
}

/// A row of a list that can be chosen: full width, one line, marked while it is selected.
#[derive(Clone)]
#[must_use = "add it with ui.add"]
pub struct Row<'t> {
    text: &'t str,
    selected: bool,
    size: f32,
    weight: Weight,
    direction: Direction,
    align: TextAlign,
    height: Option<f32>,
    /// Text at the other side, such as a count.
    trailing: Option<&'t str>,
    /// Where the row is one of several: whether it is the one that holds.
    checked: Option<bool>,
}

impl<'t> Row<'t> {
    pub fn new(selected: bool, text: &'t str) -> Self {
        Self {
            text,
            selected,
            size: 14.0,
            weight: Weight::Regular,
            direction: Direction::Auto,
            align: TextAlign::Start,
            height: None,
            trailing: None,
            checked: None,
        }
    }

    /// Keeps room for a tick before the text, and paints it where `checked`: for menus in which one of
    /// several entries holds.
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// Font size in points.
    pub fn size(mut self, points: f32) -> Self {
        self.size = points;
        self
    }

    pub fn weight(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }

    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    pub fn align(mut self, align: TextAlign) -> Self {
        self.align = align;
        self
    }

    /// Height of the row in points.
    pub fn height(mut self, points: f32) -> Self {
        self.height = Some(points);
        self
    }

    /// A short text, such as a count, at the side where the main text ends.
    pub fn trailing(mut self, text: &'t str) -> Self {
        self.trailing = Some(text);
        self
    }
}

impl Widget for Row<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let height = self.height.unwrap_or_else(|| (self.size * 1.9).round());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        let mut elided = false;
        if ui.is_rect_visible(rect) {
            let visuals = ui.style().interact_selectable(&response, self.selected);
            if self.selected || response.hovered() || response.has_focus() {
                let radius = CornerRadius::same(4);
                ui.painter().rect_filled(rect, radius, visuals.weak_bg_fill);
                if response.has_focus() {
                    focus_ring(ui, rect, 4);
                }
            }
            let style = TextStyle::new(self.size, visuals.text_color())
                .weight(self.weight)
                .direction(self.direction)
                .align(self.align);
            elided = self.contents(ui, rect.shrink2(vec2(8.0, 0.0)), &style);
        }
        let name = match self.trailing {
            Some(trailing) => format!("{}, {trailing}", self.text),
            None => self.text.to_owned(),
        };
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), self.selected, &name)
        });
        let rtl = self.direction.is_rtl(self.text);
        describe_text(ui.ctx(), response.id, self.text, rtl);
        if elided {
            return tip(response, self.text);
        }
        response
    }
}

impl Row<'_> {
    /// Paints both texts; true where the main one was elided.
    fn contents(&self, ui: &Ui, rect: egui::Rect, style: &TextStyle) -> bool {
        let mut room = rect;
        if let Some(trailing) = self.trailing {
            let faint = TextStyle {
                color: style.color.gamma_multiply(0.7),
                weight: Weight::Regular,
                ..*style
            };
            let line = Text::new(ui.ctx(), &faint, Extent::LINE, trailing);
            let at_left = style.align == TextAlign::Right
                || (style.align == TextAlign::Start && style.direction.is_rtl(self.text));
            let x = if at_left {
                room.min.x += line.size().x + 8.0;
                rect.min.x
            } else {
                room.max.x -= line.size().x + 8.0;
                rect.max.x - line.size().x
            };
            line.paint(ui.painter(), pos2(x, rect.center().y - line.size().y / 2.0));
        }
        if let Some(checked) = self.checked {
            let side = self.size + 6.0;
            let rtl = style.direction.is_rtl(self.text);
            let x = if rtl {
                room.max.x -= side;
                room.max.x + side / 2.0 + 3.0
            } else {
                room.min.x += side;
                room.min.x - side / 2.0 - 3.0
            };
            if checked {
                let center = pos2(x, rect.center().y);
                Icon::Check.paint(ui.painter(), center, self.size, style.color);
            }
        }
        let line = Text::new(ui.ctx(), style, Extent::elided(room.width()), self.text);
        let top = room.center().y - line.size().y / 2.0;
        line.paint(ui.painter(), pos2(room.min.x, top));
        line.layout().is_elided()
    }
}

/// The ring around the widget that the keyboard acts on.
pub(super) fn focus_ring(ui: &Ui, rect: egui::Rect, radius: u8) {
    let stroke = Stroke::new(2.0, ui.visuals().selection.stroke.color);
    ui.painter()
        .rect_stroke(rect, CornerRadius::same(radius), stroke, StrokeKind::Inside);
}
