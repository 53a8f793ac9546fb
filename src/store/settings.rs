//! What a person has set, and the folders they opened last.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Places, write_whole};

/// Every field has a default, so that files of other versions can be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub appearance: Appearance,
    pub face: Face,
    /// Size of article text, in points.
    pub text_size: f32,
    pub line_spacing: LineSpacing,
    /// Most recent first.
    pub recent: Vec<PathBuf>,
    /// Size of everything, 1 = as the system has it; `None` until the person has set it.
    pub zoom: Option<f32>,
    /// The filters are shown beside the lists; `None` until the person has said, and then where there is room.
    pub filters: Option<bool>,
    /// Selections under the names that the person gave them, as JSON: what they say is not this room's.
    pub kept_filters: BTreeMap<String, serde_json::Value>,
    /// What counts as shared, as JSON for the same reason.
    pub detection: serde_json::Value,
    /// Search finds forms of a word, not only what was typed.
    pub word_forms: bool,
    /// What the rows of the articles' list tell beside headline, outlet and date; names of columns.
    pub article_columns: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Appearance {
    #[default]
    System,
    Light,
    Dark,
}

/// The face that articles are set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// A naskh drawn for news.
    #[default]
    Naskh,
    /// A classical naskh.
    Classical,
    Sans,
}

/// How far the lines of an article stand apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineSpacing {
    Tight,
    #[default]
    Usual,
    Wide,
}

impl LineSpacing {
    /// Share of the usual distance from line to line.
    pub fn share(self) -> f32 {
        match self {
            Self::Tight => 0.85,
            Self::Usual => 1.0,
            Self::Wide => 1.25,
        }
    }

    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Tight => Self::Usual,
            Self::Usual => Self::Wide,
            Self::Wide => Self::Tight,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            appearance: Appearance::default(),
            face: Face::default(),
            text_size: 18.0,
            line_spacing: LineSpacing::default(),
            recent: Vec::new(),
            zoom: None,
            filters: None,
            kept_filters: BTreeMap::new(),
            detection: serde_json::Value::Null,
            word_forms: true,
            article_columns: ["length", "shared-with"].map(str::to_owned).to_vec(),
        }
    }
}

impl Settings {
    /// Sizes of article text that a person can step through, in points.
    pub const TEXT_SIZES: [f32; 9] = [13.0, 14.5, 16.0, 18.0, 20.0, 23.0, 26.0, 30.0, 36.0];
    const RECENT: usize = 8;

    /// Reads the settings; the defaults where there are none or they cannot be read.
    pub fn load(places: &Places) -> Self {
        let path = file(places);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                if error.kind() != std::io::ErrorKind::NotFound {
                    tracing::warn!("settings in {} not read: {error}", path.display());
                }
                return Self::default();
            }
        };
        let mut settings: Self = serde_json::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!("settings in {} not understood: {error}", path.display());
            Self::default()
        });
        settings.text_size = settings
            .text_size
            .clamp(Self::TEXT_SIZES[0], Self::TEXT_SIZES[8]);
        settings.zoom = settings.zoom.map(|zoom| zoom.clamp(0.5, 3.0));
        settings
    }

    /// # Errors
    /// Where the system's folder for settings cannot be written.
    pub fn save(&self, places: &Places) -> std::io::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        write_whole(&file(places), text.as_bytes())
    }

    /// Puts a folder at the head of the recent ones.
    pub fn remember(&mut self, folder: &Path) {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        self.forget(&folder);
        self.recent.insert(0, folder);
        self.recent.truncate(Self::RECENT);
    }

    pub fn forget(&mut self, folder: &Path) {
        self.recent.retain(|known| known != folder);
    }

    /// Keeps a selection under a name, in place of one that had it.
    pub fn keep_filter(&mut self, name: String, filter: &impl Serialize) {
        match serde_json::to_value(filter) {
            Ok(kept) => {
                self.kept_filters.insert(name, kept);
            }
            Err(error) => tracing::warn!("{name} not kept: {error}"),
        }
    }

    /// A kept selection; `None` where there is none of that name, or one that this version cannot read.
    pub fn kept_filter<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let kept = self.kept_filters.get(name)?.clone();
        serde_json::from_value(kept)
            .inspect_err(|error| tracing::warn!("{name} not understood: {error}"))
            .ok()
    }

    /// The next larger or smaller size of article text.
    pub fn step_text_size(&mut self, larger: bool) {
        let sizes = Self::TEXT_SIZES;
        let next = if larger {
            sizes.into_iter().find(|size| *size > self.text_size + 0.01)
        } else {
            sizes
                .into_iter()
                .rev()
                .find(|size| *size < self.text_size - 0.01)
        };
        self.text_size = next.unwrap_or(self.text_size);
    }
}

fn file(places: &Places) -> PathBuf {
    places.config.join("settings.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        assert_eq!(Settings::load(&places), Settings::default());
        let mut settings = Settings {
            appearance: Appearance::Dark,
            line_spacing: LineSpacing::default().next(),
            ..Settings::default()
        };
        settings.remember(Path::new("/one"));
        settings.remember(Path::new("/two"));
        settings.remember(Path::new("/one"));
        settings.step_text_size(true);
        settings.save(&places).unwrap();
        let read = Settings::load(&places);
        assert_eq!(read, settings);
        assert_eq!(read.recent, [PathBuf::from("/one"), PathBuf::from("/two")]);
        assert_eq!(read.text_size, 20.0);
    }

    #[test]
    fn a_spoilt_file_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        for spoilt in ["", "{", "[]", "{\"text_size\": \"big\"}", "\u{0}"] {
            write_whole(&file(&places), spoilt.as_bytes()).unwrap();
            assert_eq!(Settings::load(&places), Settings::default(), "{spoilt:?}");
        }
        write_whole(&file(&places), b"{\"text_size\": 9999, \"of_tomorrow\": 1}").unwrap();
        assert_eq!(Settings::load(&places).text_size, 36.0);
    }
}
