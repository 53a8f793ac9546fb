//! The bundled faces and the order in which they stand in for one another.
//!
//! It must never look at the system's fonts: Arabic and Latin are shaped the same on every machine. What
//! the bundled faces lack is [`system`](super::system)'s matter.

use std::sync::Arc;

use cosmic_text::{FontSystem, fontdb};
use unicode_script::Script;

use super::system::EMOJI;

const VAZIRMATN: &[u8] = include_bytes!("../../fonts/Vazirmatn-Regular.ttf");
const VAZIRMATN_MEDIUM: &[u8] = include_bytes!("../../fonts/Vazirmatn-Medium.ttf");
const VAZIRMATN_BOLD: &[u8] = include_bytes!("../../fonts/Vazirmatn-Bold.ttf");
const NASKH: &[u8] = include_bytes!("../../fonts/NotoNaskhArabic-Regular.ttf");
const NASKH_BOLD: &[u8] = include_bytes!("../../fonts/NotoNaskhArabic-Bold.ttf");
const AMIRI: &[u8] = include_bytes!("../../fonts/Amiri-Regular.ttf");
const AMIRI_BOLD: &[u8] = include_bytes!("../../fonts/Amiri-Bold.ttf");
const NOTO_SANS: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
const SYMBOLS: &[u8] = include_bytes!("../../fonts/NotoSansSymbols-Regular.ttf");
const SYMBOLS_2: &[u8] = include_bytes!("../../fonts/NotoSansSymbols2-Regular.ttf");

/// A bundled typeface that text can be set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Vazirmatn: a sans, for the interface and for reading.
    #[default]
    Sans,
    /// Noto Naskh Arabic: the everyday naskh of news.
    Naskh,
    /// Amiri: a classical book naskh.
    Classical,
}

impl Face {
    /// The faces an article can be read in, the default one first.
    pub const READING: [Self; 3] = [Self::Naskh, Self::Classical, Self::Sans];

    /// The name people know the face by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sans => "Vazirmatn",
            Self::Naskh => "Noto Naskh Arabic",
            Self::Classical => "Amiri",
        }
    }

    /// The face with this [`name`](Self::name), for settings.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::READING.into_iter().find(|face| face.name() == name)
    }

    /// The face that Latin words are set in among text of this one.
    pub(super) fn latin(self) -> Self {
        match self {
            // It has digits and full stops, but no letters to go with them.
            Self::Naskh => Self::Sans,
            other => other,
        }
    }

    /// Size that looks as large as Vazirmatn does at size 1: naskh faces draw smaller on the body.
    pub fn optical_scale(self) -> f32 {
        match self {
            Self::Sans => 1.0,
            Self::Naskh => 1.1,
            Self::Classical => 1.2,
        }
    }
}

/// How heavy text is set. A face without a medium cut uses its regular one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    #[default]
    Regular,
    Medium,
    Bold,
}

impl Weight {
    pub(super) fn css(self) -> fontdb::Weight {
        match self {
            Self::Regular => fontdb::Weight::NORMAL,
            Self::Medium => fontdb::Weight::MEDIUM,
            Self::Bold => fontdb::Weight::BOLD,
        }
    }
}

/// Vazirmatn (and the symbols) for the few strings that egui draws itself. None of them may be Arabic.
pub fn egui_fonts() -> egui::FontDefinitions {
    let mut fonts = egui::FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 4] = [
        ("Vazirmatn", VAZIRMATN),
        ("Noto Sans", NOTO_SANS),
        ("Noto Sans Symbols", SYMBOLS),
        ("Noto Sans Symbols2", SYMBOLS_2),
    ];
    for (name, data) in faces {
        let data = Arc::new(egui::FontData::from_static(data));
        fonts.font_data.insert(name.to_owned(), data);
        for family in [egui::FontFamily::Proportional, egui::FontFamily::Monospace] {
            fonts
                .families
                .entry(family)
                .or_default()
                .push(name.to_owned());
        }
    }
    fonts
}

/// A font system that knows the bundled faces and nothing else.
pub(super) fn font_system() -> FontSystem {
    let mut db = fontdb::Database::new();
    // cosmic-text takes a face only where its weight is exactly the one asked for, so each family gets
    // an entry at each of our three weights, lighter cuts standing in for missing heavier ones.
    let (regular, medium, bold) = (
        fontdb::Weight::NORMAL,
        fontdb::Weight::MEDIUM,
        fontdb::Weight::BOLD,
    );
    add(&mut db, VAZIRMATN, &[regular]);
    add(&mut db, VAZIRMATN_MEDIUM, &[medium]);
    add(&mut db, VAZIRMATN_BOLD, &[bold]);
    add(&mut db, NASKH, &[regular, medium]);
    add(&mut db, NASKH_BOLD, &[bold]);
    add(&mut db, AMIRI, &[regular, medium]);
    add(&mut db, AMIRI_BOLD, &[bold]);
    for data in [NOTO_SANS, SYMBOLS, SYMBOLS_2] {
        add(&mut db, data, &[regular, medium, bold]);
    }
    db.set_sans_serif_family("Vazirmatn");
    db.set_serif_family("Amiri");
    db.set_monospace_family("Vazirmatn");
    FontSystem::new_with_locale_and_db_and_fallback("ar".to_owned(), db, Bundled)
}

fn add(db: &mut fontdb::Database, data: &'static [u8], weights: &[fontdb::Weight]) {
    let ids = db.load_font_source(fontdb::Source::Binary(Arc::new(data)));
    let faces: Vec<_> = ids.iter().filter_map(|id| db.face(*id).cloned()).collect();
    for id in ids {
        db.remove_face(id);
    }
    for face in faces {
        for weight in weights {
            let mut face = face.clone();
            face.weight = *weight;
            db.push_face_info(face);
        }
    }
}

/// Adds a face of the system's behind the bundled ones.
pub(super) fn add_system_face(fonts: &mut FontSystem, face: &fontdb::FaceInfo) {
    for weight in [Weight::Regular, Weight::Medium, Weight::Bold] {
        let mut face = face.clone();
        face.weight = weight.css();
        fonts.db_mut().push_face_info(face);
    }
}

/// True for a face of a family that is bundled, whatever its version.
pub(super) fn is_bundled(face: &fontdb::FaceInfo) -> bool {
    face.families
        .iter()
        .any(|(name, _)| BUNDLED.contains(&name.as_str()))
}

const BUNDLED: [&str; 6] = [
    "Vazirmatn",
    "Noto Sans",
    "Noto Naskh Arabic",
    "Amiri",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
];

/// The order of standing in: the bundled faces, then emoji where the system has them.
const COMMON: [&str; BUNDLED.len() + EMOJI.len()] = {
    let mut all = [""; BUNDLED.len() + EMOJI.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = match at < BUNDLED.len() {
            true => BUNDLED[at],
            false => EMOJI[at - BUNDLED.len()],
        };
        at += 1;
    }
    all
};

struct Bundled;

impl cosmic_text::Fallback for Bundled {
    fn common_fallback(&self) -> &[&'static str] {
        &COMMON
    }

    fn forbidden_fallback(&self) -> &[&'static str] {
        &[]
    }

    // The same order for every script: brackets look alike around Arabic and around numbers.
    fn script_fallback(&self, _script: Script, _locale: &str) -> &[&'static str] {
        &[]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_there_at_every_weight() {
        let fonts = font_system();
        for face in Face::READING {
            for weight in [Weight::Regular, Weight::Medium, Weight::Bold] {
                let exact = fonts.db().faces().any(|info| {
                    info.weight == weight.css()
                        && info.families.iter().any(|(name, _)| name == face.name())
                });
                assert!(exact, "{face:?} {weight:?}");
            }
        }
    }

    #[test]
    fn names_lead_back_to_faces() {
        for face in Face::READING {
            assert_eq!(Face::from_name(face.name()), Some(face));
        }
        assert_eq!(Face::from_name("Comic Sans"), None);
    }
}
