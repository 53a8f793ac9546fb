//! Colour, spacing and type of the whole window, in one place and on purpose.
//!
//! Amber says *copied*, blue says *reworded*, grey says *page furniture*: hues that colour-blind people
//! tell apart, each with a second cue (solid, dashed or no underline). A pale fill is what was kept, the
//! deeper fill inside it with an underline is what was changed, in both hues and both appearances.

use egui::{Color32, CornerRadius, Stroke, Visuals};

use crate::reuse::PassageKind;

/// Grid unit, in points. Distances are multiples of it.
pub const UNIT: f32 = 4.0;

/// Sizes of type, in points.
pub const SMALL: f32 = 12.5;
pub const BODY: f32 = 14.0;
pub const LARGE: f32 = 17.0;
pub const TITLE: f32 = 30.0;

/// The colours of one appearance.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Behind panels that frame the content.
    pub chrome: Color32,
    /// Behind lists and articles.
    pub paper: Color32,
    pub ink: Color32,
    /// For what is said in passing.
    pub faint_ink: Color32,
    /// Behind page furniture.
    pub furniture: Color32,
    /// Page furniture: readable, but plainly not the article.
    pub furniture_ink: Color32,
    pub hairline: Color32,
    pub accent: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// Behind the current row.
    pub selected: Color32,
    pub hovered: Color32,
    pub warning: Color32,
    pub copied: Hue,
    pub reworded: Hue,
    pub selection: Color32,
    pub search_hit: Color32,
}

/// One hue in its four uses.
#[derive(Clone, Copy, Debug)]
pub struct Hue {
    /// Behind words that were kept.
    pub kept: Color32,
    /// Behind words that were changed.
    pub changed: Color32,
    /// Lines: underlines, outlines, bands, bars.
    pub line: Color32,
    /// Text on `line`.
    pub on_line: Color32,
}

const LIGHT: Theme = Theme {
    chrome: Color32::from_rgb(0xF4, 0xF2, 0xED),
    paper: Color32::from_rgb(0xFF, 0xFE, 0xFC),
    ink: Color32::from_rgb(0x1F, 0x1D, 0x1A),
    faint_ink: Color32::from_rgb(0x4F, 0x4A, 0x43),
    furniture: Color32::from_rgb(0xEC, 0xEA, 0xE4),
    furniture_ink: Color32::from_rgb(0x50, 0x4B, 0x44),
    hairline: Color32::from_rgb(0xE1, 0xDD, 0xD4),
    accent: Color32::from_rgb(0x0B, 0x55, 0x52),
    on_accent: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    selected: Color32::from_rgb(0xDD, 0xEE, 0xEB),
    hovered: Color32::from_rgb(0xEF, 0xF3, 0xF0),
    warning: Color32::from_rgb(0x7F, 0x2E, 0x0C),
    copied: Hue {
        kept: Color32::from_rgb(0xFF, 0xEF, 0xC2),
        changed: Color32::from_rgb(0xFF, 0xCF, 0x5C),
        line: Color32::from_rgb(0x64, 0x43, 0x00),
        on_line: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    },
    reworded: Hue {
        kept: Color32::from_rgb(0xDD, 0xEC, 0xFC),
        changed: Color32::from_rgb(0xAA, 0xD2, 0xFA),
        line: Color32::from_rgb(0x09, 0x45, 0x80),
        on_line: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    },
    selection: Color32::from_rgb(0xBF, 0xE3, 0xDF),
    search_hit: Color32::from_rgb(0xA8, 0xB0, 0x70),
};

const DARK: Theme = Theme {
    chrome: Color32::from_rgb(0x1B, 0x1D, 0x20),
    paper: Color32::from_rgb(0x14, 0x16, 0x18),
    ink: Color32::from_rgb(0xF0, 0xED, 0xE6),
    faint_ink: Color32::from_rgb(0xC6, 0xC1, 0xB8),
    furniture: Color32::from_rgb(0x26, 0x29, 0x2D),
    furniture_ink: Color32::from_rgb(0xBA, 0xB5, 0xAC),
    hairline: Color32::from_rgb(0x35, 0x38, 0x3D),
    accent: Color32::from_rgb(0x5F, 0xCB, 0xC1),
    on_accent: Color32::from_rgb(0x08, 0x22, 0x20),
    selected: Color32::from_rgb(0x1B, 0x34, 0x32),
    hovered: Color32::from_rgb(0x24, 0x28, 0x2B),
    warning: Color32::from_rgb(0xF2, 0xA0, 0x7B),
    copied: Hue {
        kept: Color32::from_rgb(0x3B, 0x30, 0x0F),
        changed: Color32::from_rgb(0x60, 0x49, 0x07),
        line: Color32::from_rgb(0xF4, 0xC0, 0x3A),
        on_line: Color32::from_rgb(0x25, 0x1B, 0x00),
    },
    reworded: Hue {
        kept: Color32::from_rgb(0x16, 0x2E, 0x48),
        changed: Color32::from_rgb(0x1E, 0x50, 0x80),
        line: Color32::from_rgb(0x90, 0xC8, 0xFA),
        on_line: Color32::from_rgb(0x04, 0x1C, 0x33),
    },
    selection: Color32::from_rgb(0x1F, 0x55, 0x50),
    search_hit: Color32::from_rgb(0x2E, 0x55, 0x20),
};

impl Hue {
    /// Behind words that were kept in a passage that is not the current one.
    pub fn pale(self, paper: Color32) -> Color32 {
        paper.lerp_to_gamma(self.kept, 0.5)
    }
}

impl Theme {
    /// The theme of the appearance that `ui` is shown in.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::dark_or_light(ui.visuals().dark_mode)
    }

    pub fn dark_or_light(dark: bool) -> &'static Self {
        if dark { &DARK } else { &LIGHT }
    }

    pub fn hue(&self, kind: PassageKind) -> Hue {
        match kind {
            PassageKind::Copy => self.copied,
            PassageKind::Reworded => self.reworded,
        }
    }

    /// egui's own widgets in these colours.
    fn visuals(&self, dark: bool) -> Visuals {
        let mut visuals = if dark {
            Visuals::dark()
        } else {
            Visuals::light()
        };
        visuals.panel_fill = self.chrome;
        visuals.window_fill = self.paper;
        visuals.extreme_bg_color = self.paper;
        visuals.faint_bg_color = self.hovered;
        visuals.window_stroke = Stroke::new(1.0, self.hairline);
        visuals.override_text_color = None;
        visuals.selection.bg_fill = self.selection;
        visuals.selection.stroke = Stroke::new(1.5, self.accent);
        visuals.hyperlink_color = self.accent;
        visuals.warn_fg_color = self.warning;
        visuals.error_fg_color = self.warning;
        let widgets = &mut visuals.widgets;
        for (widget, fill, ink) in [
            (&mut widgets.noninteractive, self.chrome, self.ink),
            (&mut widgets.inactive, self.paper, self.ink),
            (&mut widgets.hovered, self.hovered, self.ink),
            (&mut widgets.active, self.selected, self.ink),
            (&mut widgets.open, self.selected, self.ink),
        ] {
            widget.bg_fill = fill;
            widget.weak_bg_fill = fill;
            widget.bg_stroke = Stroke::new(1.0, self.hairline);
            widget.fg_stroke = Stroke::new(1.0, ink);
            widget.corner_radius = CornerRadius::same(6);
            widget.expansion = 0.0;
        }
        widgets.hovered.bg_stroke = Stroke::new(1.0, self.faint_ink);
        visuals
    }
}

/// Sets both appearances on a context, once.
pub fn install(ctx: &egui::Context) {
    for (theme, dark) in [(egui::Theme::Light, false), (egui::Theme::Dark, true)] {
        ctx.set_visuals_of(theme, Theme::dark_or_light(dark).visuals(dark));
    }
    // Where the system does not say, paper-white: most screens are shared in lit rooms.
    ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    ctx.all_styles_mut(|style| {
        style.spacing.item_spacing = egui::vec2(2.0 * UNIT, 2.0 * UNIT);
        style.spacing.button_padding = egui::vec2(3.0 * UNIT, 1.5 * UNIT);
        style.spacing.interact_size.y = 7.0 * UNIT;
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.interaction.tooltip_delay = 0.35;
        style.animation_time = 0.1;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast ratio as WCAG 2.1 defines it, 1 to 21.
    fn contrast(x: Color32, y: Color32) -> f32 {
        let luminance = |color: Color32| {
            let linear = |channel: u8| {
                let value = f32::from(channel) / 255.0;
                if value <= 0.04045 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
        };
        let (x, y) = (luminance(x), luminance(y));
        (x.max(y) + 0.05) / (x.min(y) + 0.05)
    }

    /// Everything that text stands on, with the texts that stand there.
    fn readings(theme: &Theme) -> Vec<(&'static str, Color32, Color32)> {
        let mut all = Vec::new();
        let fills = [
            ("chrome", theme.chrome),
            ("paper", theme.paper),
            ("selected row", theme.selected),
            ("hovered row", theme.hovered),
            ("selection", theme.selection),
            ("search hit", theme.search_hit),
            ("kept, copied", theme.copied.kept),
            ("kept, copied, not current", theme.copied.pale(theme.paper)),
            ("changed, copied", theme.copied.changed),
            ("kept, reworded", theme.reworded.kept),
            (
                "kept, reworded, not current",
                theme.reworded.pale(theme.paper),
            ),
            ("changed, reworded", theme.reworded.changed),
        ];
        all.extend(fills.map(|(name, fill)| (name, theme.ink, fill)));
        all.extend([
            ("said in passing", theme.faint_ink, theme.chrome),
            ("said in passing on paper", theme.faint_ink, theme.paper),
            ("said in passing in a row", theme.faint_ink, theme.selected),
            ("furniture", theme.furniture_ink, theme.furniture),
            ("a button", theme.on_accent, theme.accent),
            ("a warning", theme.warning, theme.chrome),
            ("a link", theme.accent, theme.paper),
            ("a number, copied", theme.copied.line, theme.copied.kept),
            (
                "the number, copied",
                theme.copied.on_line,
                theme.copied.line,
            ),
            (
                "a number, reworded",
                theme.reworded.line,
                theme.reworded.kept,
            ),
            (
                "the number, reworded",
                theme.reworded.on_line,
                theme.reworded.line,
            ),
        ]);
        all
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for theme in [LIGHT, DARK] {
            for (name, text, fill) in readings(&theme) {
                let ratio = contrast(text, fill);
                assert!(ratio >= 7.0, "{name}: {ratio}, {text:?} on {fill:?}");
            }
        }
    }
}
