//! Glyph images in textures: pages that are filled row by row and dropped when there are too many.
//!
//! A page is never rewritten: meshes painted earlier in the same frame still point into it.

use std::collections::HashMap;

use cosmic_text::{CacheKey, FontSystem, SwashCache, SwashContent};
use egui::{Color32, ColorImage, Pos2, Rect, TextureHandle, TextureId, TextureOptions, pos2, vec2};

/// Side of a page in pixels: four megabytes of texture each.
const SIDE: usize = 1024;
/// Pages kept from one frame to the next.
const PAGES: usize = 6;
/// Glyphs taller or wider than this are left out: nobody reads them, and they would empty the pages.
const LARGEST: usize = 500;

/// Where a glyph's image lies and how it is placed relative to its pen position, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Image {
    pub page: usize,
    pub uv: Rect,
    pub left: i32,
    pub top: i32,
    pub width: usize,
    pub height: usize,
    /// Painted in its own colours.
    pub colored: bool,
}

struct Page {
    texture: TextureHandle,
    x: usize,
    y: usize,
    row: usize,
}

#[derive(Default)]
pub struct Atlas {
    pages: Vec<Page>,
    images: HashMap<(CacheKey, bool), Option<Image>, foldhash::fast::FixedState>,
    scale: f32,
}

impl Atlas {
    /// To be called when a frame begins: drops everything when pages run out or the scale changed.
    pub fn begin_frame(&mut self, pixels_per_point: f32) {
        if self.pages.len() > PAGES || self.scale != pixels_per_point {
            self.pages.clear();
            self.images.clear();
            self.scale = pixels_per_point;
        }
    }

    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// Texture of a page and the place of its white pixel.
    pub fn texture(&mut self, ctx: &egui::Context, page: usize) -> (TextureId, Pos2) {
        if self.pages.is_empty() {
            self.add_page(ctx);
        }
        let white = 1.5 / SIDE as f32;
        (self.pages[page].texture.id(), pos2(white, white))
    }

    /// The image of a glyph, drawn now if need be; `None` for glyphs without ink. `light` text is drawn
    /// a little fuller, as light on dark looks thinner than it is.
    pub fn image(
        &mut self,
        ctx: &egui::Context,
        key: CacheKey,
        light: bool,
        fonts: &mut FontSystem,
        swash: &mut SwashCache,
    ) -> Option<Image> {
        if let Some(known) = self.images.get(&(key, light)) {
            return *known;
        }
        let image = self.draw(ctx, key, light, fonts, swash);
        self.images.insert((key, light), image);
        image
    }

    fn draw(
        &mut self,
        ctx: &egui::Context,
        key: CacheKey,
        light: bool,
        fonts: &mut FontSystem,
        swash: &mut SwashCache,
    ) -> Option<Image> {
        let drawn = swash.get_image_uncached(fonts, key)?;
        let width = drawn.placement.width as usize;
        let height = drawn.placement.height as usize;
        if width == 0 || height == 0 || width > LARGEST || height > LARGEST {
            return None;
        }
        let colored = matches!(drawn.content, SwashContent::Color);
        let pixels: Vec<Color32> = if matches!(drawn.content, SwashContent::Mask) {
            drawn
                .data
                .iter()
                .map(|coverage| {
                    let a = if light { fuller(*coverage) } else { *coverage };
                    Color32::from_rgba_premultiplied(a, a, a, a)
                })
                .collect()
        } else {
            drawn
                .data
                .chunks_exact(4)
                .map(|p| Color32::from_rgba_unmultiplied(p[0], p[1], p[2], p[3]))
                .collect()
        };
        if pixels.len() != width * height {
            return None;
        }
        let page = self.room_for(ctx, width, height);
        let (x, y) = (self.pages[page].x, self.pages[page].y);
        self.pages[page].x += width + 1;
        self.pages[page].row = self.pages[page].row.max(height);
        self.pages[page].texture.set_partial(
            [x, y],
            ColorImage::new([width, height], pixels),
            TextureOptions::NEAREST,
        );
        let side = SIDE as f32;
        Some(Image {
            page,
            uv: Rect::from_min_size(
                pos2(x as f32 / side, y as f32 / side),
                vec2(width as f32 / side, height as f32 / side),
            ),
            left: drawn.placement.left,
            top: drawn.placement.top,
            width,
            height,
            colored,
        })
    }

    /// A page whose current row has room.
    fn room_for(&mut self, ctx: &egui::Context, width: usize, height: usize) -> usize {
        if self.pages.is_empty() {
            self.add_page(ctx);
        }
        let last = self.pages.len() - 1;
        let page = &mut self.pages[last];
        if page.x + width + 1 > SIDE {
            page.x = 0;
            page.y += page.row + 1;
            page.row = 0;
        }
        if page.y + height + 1 > SIDE {
            self.add_page(ctx);
        }
        self.pages.len() - 1
    }

    fn add_page(&mut self, ctx: &egui::Context) {
        let mut image = ColorImage::filled([SIDE, SIDE], Color32::TRANSPARENT);
        for y in 0..3 {
            for x in 0..3 {
                image[(x, y)] = Color32::WHITE;
            }
        }
        let name = format!("glyphs {}", self.pages.len());
        self.pages.push(Page {
            texture: ctx.load_texture(name, image, TextureOptions::NEAREST),
            x: 4,
            y: 0,
            row: 4,
        });
    }
}

/// The curve that egui uses for light text on dark ground: 2a − a².
fn fuller(coverage: u8) -> u8 {
    let a = f32::from(coverage) / 255.0;
    ((2.0 * a - a * a) * 255.0).round() as u8
}
