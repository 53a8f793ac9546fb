//! A laid-out text as plain data: lines of glyphs to paint and clusters to point at.
//!
//! It must never need the fonts again: everything that painting and pointing ask is in here.

use std::ops::Range;

use cosmic_text::{CacheKeyFlags, fontdb};
use egui::Vec2;

/// A text that has been shaped and broken into lines. Positions are points from its top left corner.
#[derive(Debug, Default)]
pub struct Layout {
    pub(super) lines: Vec<Line>,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) clusters: Vec<Cluster>,
    /// Font size in points.
    pub(super) font_size: f32,
    pub(super) size: Vec2,
    pub(super) rtl: bool,
    pub(super) elided: bool,
    pub(super) bytes: usize,
}

/// One visual line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub glyphs: Range<u32>,
    /// Clusters of the line in visual order, left to right.
    pub clusters: Range<u32>,
    /// Bytes of the text on this line, blanks at its end included.
    pub bytes: Range<u32>,
    pub top: f32,
    pub height: f32,
    pub baseline: f32,
    /// Where the text of the line begins and ends, blanks at its end left out.
    pub left: f32,
    pub right: f32,
}

/// One glyph to paint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub font: fontdb::ID,
    pub weight: fontdb::Weight,
    pub flags: CacheKeyFlags,
    pub id: u16,
    pub x: f32,
    /// Downwards from the baseline.
    pub y: f32,
    pub start: u32,
    pub end: u32,
}

/// One grapheme and its room on the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cluster {
    pub start: u32,
    pub end: u32,
    pub x: f32,
    pub w: f32,
    pub rtl: bool,
}

/// Where a caret stands, in points from the layout's top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caret {
    pub x: f32,
    /// Top of the line.
    pub top: f32,
    pub height: f32,
    /// Which way the text at the caret runs.
    pub rtl: bool,
}

impl Layout {
    /// Width of the widest line and height of all lines, in points.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// True where the base direction is right to left.
    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// True where text was left out for want of room.
    pub fn is_elided(&self) -> bool {
        self.elided
    }

    /// Number of lines; at least one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }
}
