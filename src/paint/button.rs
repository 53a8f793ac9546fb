//! Buttons: a text, an icon drawn as shapes, or both.

use egui::{
    Color32, CornerRadius, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    Widget, WidgetInfo, pos2, vec2,
};

use super::{
    Direction, Extent, Text, TextStyle, Weight, label::focus_ring, marks::describe_text, tip::tip,
};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do here: filled with the accent colour.
    Primary,
    /// Framed.
    #[default]
    Secondary,
    /// Text alone until the pointer is over it.
    Quiet,
}

/// Icons, drawn as strokes so that they are crisp at any scale. Arrows that mean onward and back are
/// named by where they point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Left,
    Right,
    Up,
    Down,
    Close,
    Check,
    Plus,
    Minus,
    Search,
    Folder,
    Swap,
    Settings,
    Sun,
    Moon,
    Copy,
    /// The program's menu.
    Menu,
    /// A panel beside what is read.
    Panel,
    Linked,
    Unlinked,
    /// Lines of text that begin at the right.
    RightToLeft,
    /// Lines of text that begin at the left.
    LeftToRight,
}

/// A push button.
#[derive(Clone)]
#[must_use = "add it with ui.add"]
pub struct Button<'t> {
    text: &'t str,
    name: Option<&'t str>,
    icon: Option<Icon>,
    look: Look,
    size: f32,
    selected: bool,
    min_width: f32,
    tooltip: Option<&'t str>,
    direction: Direction,
}

impl<'t> Button<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            name: None,
            icon: None,
            look: Look::Secondary,
            size: 14.0,
            selected: false,
            min_width: 0.0,
            tooltip: None,
            direction: Direction::Auto,
        }
    }

    /// A button that shows only an icon; `name` is its tooltip and what screen readers say.
    pub fn icon_only(icon: Icon, name: &'t str) -> Self {
        Self {
            name: Some(name),
            icon: Some(icon),
            look: Look::Quiet,
            tooltip: Some(name),
            ..Self::new("")
        }
    }

    /// What screen readers say, where the text itself is a sign.
    pub fn name(mut self, name: &'t str) -> Self {
        self.name = Some(name);
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    pub fn primary(self) -> Self {
        self.look(Look::Primary)
    }

    pub fn quiet(self) -> Self {
        self.look(Look::Quiet)
    }

    /// Font size in points.
    pub fn size(mut self, points: f32) -> Self {
        self.size = points;
        self
    }

    /// Shows the button as switched on.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Least width in points.
    pub fn min_width(mut self, points: f32) -> Self {
        self.min_width = points;
        self
    }

    /// Which way icon and text are laid out; by the text unless told.
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    pub fn tooltip(mut self, text: &'t str) -> Self {
        self.tooltip = Some(text);
        self
    }

    /// Fill, frame and text colour for the state the button is in.
    fn colors(&self, ui: &Ui, response: &Response) -> (Color32, Stroke, Color32) {
        let visuals = ui.style().interact_selectable(response, self.selected);
        let accent = ui.visuals().selection.stroke.color;
        match self.look {
            Look::Primary => {
                let lift = if response.is_pointer_button_down_on() {
                    0.8
                } else if response.hovered() {
                    0.9
                } else {
                    1.0
                };
                let fill = accent.lerp_to_gamma(ui.visuals().panel_fill, 1.0 - lift);
                (fill, Stroke::NONE, readable_on(fill))
            }
            Look::Secondary => (
                visuals.weak_bg_fill,
                visuals.bg_stroke,
                visuals.text_color(),
            ),
            Look::Quiet if response.hovered() || self.selected => {
                (visuals.weak_bg_fill, Stroke::NONE, visuals.text_color())
            }
            Look::Quiet => (Color32::TRANSPARENT, Stroke::NONE, visuals.text_color()),
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let icon_room = if self.icon.is_some() {
            self.size * 1.15
        } else {
            0.0
        };
        let gap = if self.icon.is_some() && !self.text.is_empty() {
            6.0
        } else {
            0.0
        };
        let padding = if self.text.is_empty() { 7.0 } else { 12.0 };
        let mut style = TextStyle::new(self.size, Color32::PLACEHOLDER).weight(Weight::Medium);
        let available = (ui.available_width() - 2.0 * padding - icon_room - gap).max(self.size);
        let natural = Text::new(ui.ctx(), &style, Extent::LINE, self.text)
            .size()
            .x;
        let text_width = natural.min(available);
        let height = (self.size * 2.1).round();
        let width = (text_width + icon_room + gap + 2.0 * padding).max(self.min_width);
        let (rect, response) = ui.allocate_exact_size(vec2(width.ceil(), height), Sense::click());
        if ui.is_rect_visible(rect) {
            let (fill, stroke, text) = self.colors(ui, &response);
            let radius = CornerRadius::same(5);
            ui.painter()
                .rect(rect, radius, fill, stroke, StrokeKind::Inside);
            if response.has_focus() {
                focus_ring(ui, rect, 5);
            }
            style.color = text;
            let rtl = self.direction.is_rtl(self.text);
            style.direction = self.direction;
            let content = text_width + icon_room + gap;
            let left = rect.center().x - content / 2.0;
            // The icon stands where the text begins.
            let (icon_x, text_x) = if rtl {
                (left + text_width + gap, left)
            } else {
                (left, left + icon_room + gap)
            };
            if let Some(icon) = self.icon {
                let center = pos2(icon_x + icon_room / 2.0, rect.center().y);
                icon.paint(ui.painter(), center, icon_room, text);
            }
            if !self.text.is_empty() {
                let extent = match natural > available {
                    true => Extent::elided(text_width),
                    false => Extent::LINE,
                };
                let line = Text::new(ui.ctx(), &style, extent, self.text);
                let top = rect.center().y - line.size().y / 2.0;
                line.paint(ui.painter(), pos2(text_x, top));
            }
        }
        let name = self.name.unwrap_or(self.text);
        response.widget_info(|| match self.selected {
            true => WidgetInfo::selected(Role::Button, ui.is_enabled(), true, name),
            false => WidgetInfo::labeled(Role::Button, ui.is_enabled(), name),
        });
        let rtl = Direction::Auto.is_rtl(name);
        describe_text(ui.ctx(), response.id, name, rtl);
        match self.tooltip {
            Some(text) => tip(response, text),
            None if natural > available => tip(response, self.text),
            None => response,
        }
    }
}

/// Black or white, whichever is easier to read on `fill`.
pub(super) fn readable_on(fill: Color32) -> Color32 {
    let [r, g, b, _] = fill.to_array();
    let light = u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b) > 1_400;
    if light {
        Color32::from_gray(20)
    } else {
        Color32::WHITE
    }
}

impl Icon {
    /// Paints the icon in a square of `side` points around `center`.
    pub fn paint(self, painter: &egui::Painter, center: Pos2, side: f32, color: Color32) {
        let stroke = Stroke::new((side / 10.0).max(1.2), color);
        let unit = side / 16.0;
        let at = |x: f32, y: f32| center + vec2(x, y) * unit;
        let line = |points: &[(f32, f32)]| {
            let points = points.iter().map(|(x, y)| at(*x, *y)).collect();
            painter.add(Shape::line(points, stroke));
        };
        match self {
            Self::Left => line(&[(2.5, -5.0), (-2.5, 0.0), (2.5, 5.0)]),
            Self::Right => line(&[(-2.5, -5.0), (2.5, 0.0), (-2.5, 5.0)]),
            Self::Up => line(&[(-5.0, 2.5), (0.0, -2.5), (5.0, 2.5)]),
            Self::Down => line(&[(-5.0, -2.5), (0.0, 2.5), (5.0, -2.5)]),
            Self::Close => {
                line(&[(-4.5, -4.5), (4.5, 4.5)]);
                line(&[(-4.5, 4.5), (4.5, -4.5)]);
            }
            Self::Check => line(&[(-5.0, 0.5), (-1.5, 4.0), (5.0, -4.0)]),
            Self::Plus => {
                line(&[(-5.0, 0.0), (5.0, 0.0)]);
                line(&[(0.0, -5.0), (0.0, 5.0)]);
            }
            Self::Minus => line(&[(-5.0, 0.0), (5.0, 0.0)]),
            Self::Search => {
                painter.circle_stroke(at(-1.0, -1.0), 4.2 * unit, stroke);
                line(&[(2.2, 2.2), (6.0, 6.0)]);
            }
            Self::Folder => line(&[
                (-6.0, 5.0),
                (-6.0, -5.0),
                (-1.5, -5.0),
                (0.0, -3.0),
                (6.0, -3.0),
                (6.0, 5.0),
                (-6.3, 5.0),
            ]),
            Self::Swap => {
                line(&[(-6.0, -3.0), (6.0, -3.0), (3.0, -6.0)]);
                line(&[(6.0, 3.0), (-6.0, 3.0), (-3.0, 6.0)]);
            }
            Self::Settings => {
                // Two sliders: a wheel with teeth turns to a blot at this size.
                for (y, knob) in [(-3.5, 2.5), (3.5, -2.5)] {
                    line(&[(-6.0, y), (knob - 2.2, y)]);
                    line(&[(knob + 2.2, y), (6.0, y)]);
                    painter.circle_stroke(at(knob, y), 2.0 * unit, stroke);
                }
            }
            Self::Sun => {
                painter.circle_stroke(center, 3.0 * unit, stroke);
                for eighth in 0..8 {
                    let direction = egui::Vec2::angled(std::f32::consts::TAU * eighth as f32 / 8.0);
                    let (near, far) = (
                        center + direction * 5.0 * unit,
                        center + direction * 6.8 * unit,
                    );
                    painter.line_segment([near, far], stroke);
                }
            }
            Self::Moon => {
                let outer = (0..=16).map(|i| 40.0 + 280.0 * i as f32 / 16.0);
                let inner = (0..=12).map(|i| 278.0 - 196.0 * i as f32 / 12.0);
                let mut points: Vec<Pos2> = outer
                    .map(|a| center + egui::Vec2::angled((a - 30.0).to_radians()) * 5.8 * unit)
                    .collect();
                points.extend(inner.map(|a| {
                    center
                        + vec2(3.4, -2.0) * unit
                        + egui::Vec2::angled((a - 30.0).to_radians()) * 4.6 * unit
                }));
                painter.add(Shape::closed_line(points, stroke));
            }
            Self::Copy => {
                let sheet = |x: f32, y: f32| Rect::from_min_max(at(x, y), at(x + 7.5, y + 9.0));
                for rect in [sheet(-1.5, -3.0), sheet(-6.0, -6.5)] {
                    painter.rect_stroke(rect, 1.5, stroke, StrokeKind::Middle);
                }
            }
            Self::RightToLeft | Self::LeftToRight => {
                let way = if self == Self::RightToLeft { 1.0 } else { -1.0 };
                for (y, end) in [(-6.0, -6.0), (-1.5, -6.0)] {
                    line(&[(6.5 * way, y), (end * way, y)]);
                }
                // And the arrow that they run along.
                line(&[(6.5 * way, 4.5), (-6.0 * way, 4.5)]);
                line(&[(-2.5 * way, 1.5), (-6.5 * way, 4.5), (-2.5 * way, 7.5)]);
            }
            Self::Menu => {
                for y in [-4.0, 0.0, 4.0] {
                    line(&[(-6.0, y), (6.0, y)]);
                }
            }
            Self::Panel => {
                let frame = Rect::from_min_max(at(-6.5, -5.5), at(6.5, 5.5));
                painter.rect_stroke(frame, 1.5, stroke, StrokeKind::Middle);
                line(&[(-1.5, -5.5), (-1.5, 5.5)]);
            }
            Self::Linked | Self::Unlinked => {
                // Two links of a chain, one in the other or apart.
                let inner = if self == Self::Linked { 1.5 } else { -1.0 };
                for (from, to) in [(-7.0, inner), (-inner, 7.0)] {
                    let link = Rect::from_min_max(at(from, -2.8), at(to, 2.8));
                    painter.rect_stroke(link, 2.8 * unit, stroke, StrokeKind::Middle);
                }
            }
        }
    }
}
