//! The system's fonts, for what the bundled faces lack: other scripts and colour emoji.
//!
//! Nothing is looked up before the first character without a glyph, and then on a worker; the text is
//! shaped anew when a face was found. Only faces that hold a missing character are taken, and they stand
//! behind all bundled ones, so that Arabic and Latin look the same on every machine.

use std::{collections::BTreeSet, sync::Arc};

use cosmic_text::{
    Fallback as _, FontSystem, PlatformFallback,
    fontdb::{Database, FaceInfo, ID, Style, Weight},
};
use egui::{Context, mutex::Mutex};
use unicode_script::UnicodeScript as _;

/// Families with colour emoji on the systems we run on, and the one that is free to install.
pub const EMOJI: [&str; 4] = [
    "Noto Color Emoji",
    "Apple Color Emoji",
    "Segoe UI Emoji",
    "Twemoji Mozilla",
];
/// Characters looked for in one text; garbage bytes must not keep the worker busy for ever.
const MOST: usize = 2_000;

/// Looks for faces with the characters that shaping found none for.
#[derive(Default)]
pub struct Seeker {
    /// Off unless the program asks for the system's fonts: tests and pictures don't depend on them.
    pub on: bool,
    lacking: BTreeSet<char>,
    sought: BTreeSet<char>,
    busy: bool,
    found: Arc<Mutex<Option<Vec<FaceInfo>>>>,
}

impl Seeker {
    /// Notes characters without a glyph.
    pub fn lacks(&mut self, chars: impl Iterator<Item = char>) {
        if !self.on {
            return;
        }
        for c in chars.filter(|c| is_sought(*c)) {
            if self.sought.len() < MOST && !self.sought.contains(&c) {
                self.lacking.insert(c);
            }
        }
    }

    /// True while a search is due or under way.
    pub fn is_seeking(&self) -> bool {
        self.busy || !self.lacking.is_empty()
    }

    /// Begins a search where one is due; asks for a repaint when it is over.
    pub fn seek(&mut self, ctx: &Context) {
        if self.busy || self.lacking.is_empty() {
            return;
        }
        let chars = std::mem::take(&mut self.lacking);
        self.sought.extend(&chars);
        let (found, ctx) = (Arc::clone(&self.found), ctx.clone());
        let worker = std::thread::Builder::new().name("system fonts".to_owned());
        let started = worker.spawn(move || {
            let faces = faces_with(&chars);
            *found.lock() = Some(faces);
            ctx.request_repaint();
        });
        match started {
            Ok(_) => self.busy = true,
            Err(error) => tracing::warn!("no thread for looking at the system’s fonts: {error}"),
        }
    }

    /// Faces that a search found since last asked.
    pub fn found(&mut self) -> Vec<FaceInfo> {
        let found = self.found.lock().take();
        if found.is_some() {
            self.busy = false;
        }
        found.unwrap_or_default()
    }
}

/// True for characters that a font can be expected to have a glyph for.
fn is_sought(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) // private use
        && !matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFFD}')
}

/// True for what people expect to see in colour.
pub fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{1F1E6}'..='\u{1F1FF}')
}

/// A face for every character that any installed font has.
fn faces_with(chars: &BTreeSet<char>) -> Vec<FaceInfo> {
    let mut db = Database::new();
    db.load_system_fonts();
    if db.is_empty() {
        return Vec::new();
    }
    let order = in_order(&db);
    let mut fonts =
        FontSystem::new_with_locale_and_db_and_fallback("ar".to_owned(), db, PlatformFallback);
    let mut taken: Vec<ID> = Vec::new();
    for c in chars {
        let mut has = |id: ID| {
            let font = fonts.get_font(id, Weight::NORMAL);
            font.is_some_and(|font| font.as_swash().charmap().map(*c) != 0)
        };
        if taken.iter().any(|id| !is_emoji(*c) && has(*id)) {
            continue;
        }
        let families: Vec<&str> = match is_emoji(*c) {
            true => EMOJI.to_vec(),
            false => PlatformFallback.script_fallback(c.script(), "ar").to_vec(),
        };
        let preferred = families
            .iter()
            .flat_map(|family| order.iter().filter(move |(_, name)| name == family));
        let face = preferred.chain(&order).find(|(id, _)| has(*id));
        if let Some((id, _)) = face
            && !taken.contains(id)
        {
            taken.push(*id);
        }
    }
    let db = fonts.db();
    taken
        .iter()
        .filter_map(|id| db.face(*id).cloned())
        .collect()
}

/// Upright faces, the plain ones first; the same order however the folders were read.
fn in_order(db: &Database) -> Vec<(ID, String)> {
    let mut faces: Vec<&FaceInfo> = db
        .faces()
        .filter(|face| face.style == Style::Normal)
        .filter(|face| !super::fonts::is_bundled(face))
        .collect();
    let name = |face: &FaceInfo| {
        let name = face.families.first().map_or("", |(name, _)| name.as_str());
        name.to_owned()
    };
    faces.sort_by_cached_key(|face| {
        let heavy = face.weight.0.abs_diff(400);
        let cut = face.post_script_name.clone();
        (heavy, face.monospaced, name(face), cut, face.index)
    });
    faces
        .into_iter()
        .map(|face| (face.id, name(face)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sought_unless_asked_for() {
        let mut off = Seeker::default();
        off.lacks("漢".chars());
        assert!(off.lacking.is_empty());
        let mut on = Seeker {
            on: true,
            ..Seeker::default()
        };
        on.lacks("漢\u{E000}\u{FE0F}\u{200D}\n".chars());
        assert_eq!(on.lacking.iter().collect::<String>(), "漢");
    }
}
