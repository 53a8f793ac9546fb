//! The engine behind all text of one egui context: fonts, shaped words, laid-out labels, glyph textures.
//!
//! Widgets reach it through [`engine`]. It must never be locked while egui's own locks are held, nor
//! while a caller's closure runs.

use std::sync::Arc;

use cosmic_text::{CacheKey, CacheKeyFlags, SwashCache};
use egui::{Color32, Context, Id, Mesh, Painter, Pos2, Rect, Shape, mutex::Mutex, pos2, vec2};

use super::{
    atlas::Atlas,
    cache::Cache,
    flow::{Spec, lay_out},
    layout::{Glyph, Layout},
    words::Words,
};

/// The engine as every widget of a context shares it.
pub type SharedEngine = Arc<Mutex<Engine>>;

/// Fonts, caches and textures for one egui context.
pub struct Engine {
    pub(super) words: Words,
    swash: SwashCache,
    atlas: Atlas,
    hasher: foldhash::fast::FixedState,
    labels: Cache<Kept>,
    pass: u64,
    generation: u64,
}

/// A laid-out label.
struct Kept {
    text: Box<str>,
    spec: Spec,
    layout: Arc<Layout>,
}

/// Labels kept for certain, and up to as many again: more than any screen shows.
const LABELS: usize = 2_000;

/// Font size in pixels from which on letters aren't fitted to the pixels.
const HINTED_BELOW: f32 = 16.0;

/// Sets the bundled faces as egui's own and makes the engine. Call it once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(super::egui_fonts());
    engine(ctx);
}

/// Lets the system's fonts stand in for what the bundled faces lack, in this context.
pub fn use_system_fonts(ctx: &Context) {
    engine(ctx).lock().words.seeker.on = true;
}

/// The engine of this context; made on first use.
pub fn engine(ctx: &Context) -> SharedEngine {
    let id = Id::unique("muqabala::paint::engine");
    let shared: SharedEngine = ctx.data_mut(|data| {
        data.get_temp_mut_or_insert_with(id, || Arc::new(Mutex::new(Engine::new())))
            .clone()
    });
    let (pass, scale) = (ctx.cumulative_pass_nr(), ctx.pixels_per_point());
    let mut locked = shared.lock();
    locked.begin(pass, scale);
    locked.words.seeker.seek(ctx);
    drop(locked);
    shared
}

impl Engine {
    fn new() -> Self {
        Self {
            words: Words::new(),
            swash: SwashCache::new(),
            atlas: Atlas::default(),
            hasher: foldhash::fast::FixedState::default(),
            labels: Cache::new(LABELS),
            pass: 0,
            generation: 0,
        }
    }

    fn begin(&mut self, pass: u64, scale: f32) {
        if pass == self.pass {
            return;
        }
        self.pass = pass;
        self.atlas.begin_frame(scale);
        if self.words.take_found() {
            self.labels.clear();
            self.generation += 1;
        }
        self.labels.tidy();
        self.words.tidy();
    }

    /// Grows when faces have come that earlier layouts lacked: those are to be made anew.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Glyph textures in use.
    pub fn page_count(&self) -> usize {
        self.atlas.page_count()
    }

    /// Lays out a short text, or finds it again.
    pub fn short(&mut self, text: &str, spec: &Spec) -> Arc<Layout> {
        use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
        let mut hasher = self.hasher.build_hasher();
        text.hash(&mut hasher);
        (spec.face, spec.weight, spec.align, spec.rtl, spec.max_lines).hash(&mut hasher);
        for length in [spec.size, spec.line_height, spec.width.unwrap_or(-1.0)] {
            length.to_bits().hash(&mut hasher);
        }
        let hash = hasher.finish();
        let known = self
            .labels
            .get(hash, |kept| &*kept.text == text && kept.spec == *spec);
        if let Some(kept) = known {
            return Arc::clone(&kept.layout);
        }
        let layout = Arc::new(lay_out(&mut self.words, text, spec));
        let kept = Kept {
            text: text.into(),
            spec: *spec,
            layout: Arc::clone(&layout),
        };
        self.labels.insert(hash, kept);
        layout
    }

    /// Lays out one paragraph without keeping it.
    pub fn paragraph(&mut self, text: &str, spec: &Spec) -> Layout {
        lay_out(&mut self.words, text, spec)
    }

    /// Name of the family that the grapheme at `byte` is drawn in; none where nothing is drawn.
    pub fn family_at(&self, layout: &Layout, byte: usize) -> Option<&str> {
        let drawn = layout
            .glyphs
            .iter()
            .find(|g| (g.start as usize..g.end as usize).contains(&byte))?;
        let face = self.words.fonts.db().face(drawn.font)?;
        face.families.first().map(|(name, _)| name.as_str())
    }

    /// Adds the glyphs of lines `lines` to `ink`, with the layout's corner at `origin`.
    pub(super) fn ink(
        &mut self,
        ctx: &Context,
        ink: &mut Ink,
        layout: &Layout,
        lines: std::ops::Range<usize>,
        origin: Pos2,
        color: impl Fn(&Glyph) -> Color32,
    ) {
        let scale = ctx.pixels_per_point();
        let size = layout.font_size * scale;
        // Small letters are fitted to the pixels; larger ones keep their shapes, and are drawn in half
        // the time.
        let hinting = match size < HINTED_BELOW {
            true => CacheKeyFlags::empty(),
            false => CacheKeyFlags::DISABLE_HINTING,
        };
        // No boxes flash up while a face is being looked for.
        let seeking = self.words.seeker.is_seeking();
        for line in &layout.lines[lines] {
            // The baseline on a whole pixel: every line of a text looks alike.
            let baseline = ((origin.y + line.baseline) * scale).round();
            let glyphs = &layout.glyphs[line.glyphs.start as usize..line.glyphs.end as usize];
            for glyph in glyphs.iter().filter(|g| g.id != 0 || !seeking) {
                let color = color(glyph);
                let at = (
                    (origin.x + glyph.x) * scale,
                    baseline + (glyph.y * scale).round(),
                );
                let (key, x, y) = CacheKey::new(
                    glyph.font,
                    glyph.id,
                    size,
                    at,
                    glyph.weight,
                    glyph.flags | hinting,
                );
                let light = is_light(color);
                let image =
                    self.atlas
                        .image(ctx, key, light, &mut self.words.fonts, &mut self.swash);
                let Some(image) = image else { continue };
                let min = pos2((x + image.left) as f32, (y - image.top) as f32) / scale;
                let room = vec2(image.width as f32, image.height as f32) / scale;
                let tint = if image.colored { Color32::WHITE } else { color };
                self.mesh(ctx, ink, image.page).add_rect_with_uv(
                    Rect::from_min_size(min, room),
                    image.uv,
                    tint,
                );
            }
        }
    }

    /// Adds a filled rectangle to `ink`, its edges on whole pixels.
    pub(super) fn fill(&mut self, ctx: &Context, ink: &mut Ink, rect: Rect, color: Color32) {
        let scale = ctx.pixels_per_point();
        let (_, white) = self.atlas.texture(ctx, 0);
        let rect = Rect::from_min_max(snap(rect.min, scale), snap(rect.max, scale));
        self.mesh(ctx, ink, 0)
            .add_rect_with_uv(rect, Rect::from_min_max(white, white), color);
    }

    fn mesh<'i>(&mut self, ctx: &Context, ink: &'i mut Ink, page: usize) -> &'i mut Mesh {
        while ink.meshes.len() <= page {
            let (texture, _) = self.atlas.texture(ctx, ink.meshes.len());
            ink.meshes.push(Mesh::with_texture(texture));
        }
        &mut ink.meshes[page]
    }
}

/// Nearest point whose coordinates are whole pixels.
pub(super) fn snap(point: Pos2, scale: f32) -> Pos2 {
    pos2(
        (point.x * scale).round() / scale,
        (point.y * scale).round() / scale,
    )
}

pub(super) fn is_light(color: Color32) -> bool {
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    a > 0 && u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b) > 1_400
}

/// Rectangles and glyphs gathered for painting, one mesh per texture.
#[derive(Default)]
pub(super) struct Ink {
    meshes: Vec<Mesh>,
}

impl Ink {
    pub fn paint(self, painter: &Painter) {
        for mesh in self.meshes.into_iter().filter(|m| !m.is_empty()) {
            painter.add(Shape::mesh(mesh));
        }
    }
}
