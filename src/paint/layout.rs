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
    /// Room without text in place of `bytes` bytes, with every caret at the side where text begins.
    pub(super) fn room(bytes: usize, height: f32, width: f32, rtl: bool) -> Self {
        let (x, bytes_on_line) = (if rtl { width } else { 0.0 }, 0..bytes as u32);
        let cluster = Cluster {
            start: 0,
            end: bytes as u32,
            x,
            w: 0.0,
            rtl,
        };
        let clusters: Vec<Cluster> = (bytes > 0).then_some(cluster).into_iter().collect();
        let line = Line {
            glyphs: 0..0,
            clusters: 0..clusters.len() as u32,
            bytes: bytes_on_line,
            top: 0.0,
            height,
            baseline: height,
            left: x,
            right: x,
        };
        Self {
            lines: vec![line],
            clusters,
            font_size: height,
            size: egui::vec2(0.0, height),
            rtl,
            bytes,
            ..Self::default()
        }
    }

    /// Puts the layout of a text's next paragraph below; it begins at byte `start`, and its last line
    /// reaches to byte `end`.
    pub(super) fn append(&mut self, below: Self, start: usize, end: usize) {
        let (glyphs, clusters) = (self.glyphs.len() as u32, self.clusters.len() as u32);
        let (byte, top) = (start as u32, self.size.y);
        self.glyphs
            .extend(below.glyphs.into_iter().map(|mut glyph| {
                glyph.start += byte;
                glyph.end += byte;
                glyph
            }));
        self.clusters
            .extend(below.clusters.into_iter().map(|mut cluster| {
                cluster.start += byte;
                cluster.end += byte;
                cluster
            }));
        self.lines.extend(below.lines.into_iter().map(|mut line| {
            line.glyphs = line.glyphs.start + glyphs..line.glyphs.end + glyphs;
            line.clusters = line.clusters.start + clusters..line.clusters.end + clusters;
            line.bytes = line.bytes.start + byte..line.bytes.end + byte;
            line.top += top;
            line.baseline += top;
            line
        }));
        if let Some(last) = self.lines.last_mut()
            && last.bytes.end < end as u32
        {
            let x = if self.rtl { last.left } else { last.right };
            self.clusters.push(Cluster {
                start: last.bytes.end,
                end: end as u32,
                x,
                w: 0.0,
                rtl: self.rtl,
            });
            last.bytes.end = end as u32;
            last.clusters.end += 1;
        }
        self.size.x = self.size.x.max(below.size.x);
        self.size.y += below.size.y;
        self.elided |= below.elided;
    }

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
