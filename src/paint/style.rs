//! How a short text is set: face, size, weight, colour, direction, alignment.

use egui::Color32;

use super::{Direction, Face, Weight};

/// Where lines stand in the room they are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextAlign {
    /// At the side where the text begins: right for right-to-left text.
    #[default]
    Start,
    /// At the side where the text ends.
    End,
    Left,
    Center,
    Right,
}

/// The look of a short text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Font size in points.
    pub size: f32,
    pub color: Color32,
    pub face: Face,
    pub weight: Weight,
    pub direction: Direction,
    pub align: TextAlign,
    /// Height of a line in points; without one, [`TextStyle::LINE_HEIGHT`] times the size.
    pub line_height: Option<f32>,
}

impl TextStyle {
    /// Arabic needs more room between lines than Latin does: marks stand above and below.
    pub const LINE_HEIGHT: f32 = 1.6;

    pub fn new(size: f32, color: Color32) -> Self {
        Self {
            size,
            color,
            face: Face::Sans,
            weight: Weight::Regular,
            direction: Direction::Auto,
            align: TextAlign::Start,
            line_height: None,
        }
    }

    #[must_use]
    pub fn face(mut self, face: Face) -> Self {
        self.face = face;
        self
    }

    #[must_use]
    pub fn weight(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }

    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Runs from the right edge to the left, as a line of Arabic does, whatever it holds.
    #[must_use]
    pub fn from_the_right(self) -> Self {
        self.align(TextAlign::Right).direction(Direction::Rtl)
    }

    #[must_use]
    pub fn align(mut self, align: TextAlign) -> Self {
        self.align = align;
        self
    }

    #[must_use]
    pub fn line_height(mut self, points: f32) -> Self {
        self.line_height = Some(points);
        self
    }

    /// Height of one line in points.
    pub fn line_points(&self) -> f32 {
        self.line_height
            .unwrap_or_else(|| (self.size * Self::LINE_HEIGHT).round())
    }
}
