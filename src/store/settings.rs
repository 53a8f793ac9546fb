//! What a person has set, and the folders they opened last.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Places, kept};

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
    pub kept_filters: Map<String, Value>,
    /// What counts as shared, as JSON for the same reason.
    pub detection: Value,
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
            kept_filters: Map::new(),
            detection: Value::Null,
            word_forms: true,
            article_columns: ["length", "shared-with"].map(str::to_owned).to_vec(),
        }
    }
}

impl Settings {
    /// Sizes of article text that a person can step through, in points.
    pub const TEXT_SIZES: [f32; 9] = [13.0, 14.5, 16.0, 18.0, 20.0, 23.0, 26.0, 30.0, 36.0];
    const RECENT: usize = 8;

    /// Reads the settings. Each that is not there or cannot be understood, as one of another version, has its
    /// default.
    pub fn load(places: &Places) -> Self {
        let mut fields: Fields = kept::load(&file(places));
        fields.retain(|name, value| {
            let alone = Fields::from_iter([(name.clone(), value.clone())]);
            let read = serde_json::from_value::<Self>(alone.into());
            read.inspect_err(|error| tracing::warn!("setting {name} not understood: {error}"))
                .is_ok()
        });
        let mut settings: Self = serde_json::from_value(fields.into()).unwrap_or_default();
        settings.text_size = settings
            .text_size
            .clamp(Self::TEXT_SIZES[0], Self::TEXT_SIZES[8]);
        settings.zoom = settings.zoom.map(|zoom| zoom.clamp(0.5, 3.0));
        settings
    }

    /// Writes what is other than in `before`, which this window has read or written; all else stays as other
    /// windows and versions have left it.
    ///
    /// # Errors
    /// Where the system's folder for settings cannot be read or written.
    pub fn save(&self, before: &Self, places: &Places) -> std::io::Result<()> {
        let (before, now) = (before.fields()?, self.fields()?);
        kept::change(&file(places), |mut held: Fields| {
            for (name, now) in now {
                let before = before.get(&name).unwrap_or(&Value::Null);
                if *before != now {
                    let held = held.entry(name).or_insert(Value::Null);
                    *held = merged(held.take(), before, now);
                }
            }
            held
        })
    }

    /// By way of text, in which numbers are as short as a person would write them.
    fn fields(&self) -> serde_json::Result<Fields> {
        serde_json::from_str(&serde_json::to_string(self)?)
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

    /// Takes in the selections that other windows have kept or forgotten: this one knew of those in `before`, by now
    /// there are those in `held`.
    pub fn take_kept(&mut self, before: &Self, held: &Self) {
        let own = std::mem::take(&mut self.kept_filters);
        self.kept_filters = by_name(held.kept_filters.clone(), &before.kept_filters, own);
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

/// Values under names; settings as the file holds them, those of other versions included.
type Fields = Map<String, Value>;

/// One setting after a window has changed `before` into `now`, where by now `held` is in the file. What another
/// window has added to a list or under a name stays.
fn merged(held: Value, before: &Value, now: Value) -> Value {
    match (held, before, now) {
        (Value::Array(mut held), Value::Array(before), Value::Array(mut now)) => {
            held.retain(|one| !before.contains(one) && !now.contains(one));
            now.append(&mut held);
            now.into()
        }
        (Value::Object(held), Value::Object(before), Value::Object(now)) => {
            by_name(held, before, now).into()
        }
        (_, _, now) => now,
    }
}

/// The same for what stands under names.
fn by_name(mut held: Fields, before: &Fields, now: Fields) -> Fields {
    held.retain(|name, _| now.contains_key(name) || !before.contains_key(name));
    let changed = now.into_iter();
    held.extend(changed.filter(|(name, value)| before.get(name) != Some(value)));
    held
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
        settings.save(&Settings::default(), &places).unwrap();
        let read = Settings::load(&places);
        assert_eq!(read, settings);
        assert_eq!(read.recent, [PathBuf::from("/one"), PathBuf::from("/two")]);
        assert_eq!(read.text_size, 20.0);
    }

    #[test]
    fn a_spoilt_file_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        std::fs::create_dir_all(&places.config).unwrap();
        for spoilt in ["", "{", "[]", "{\"text_size\": \"big\"}", "\u{0}"] {
            std::fs::write(file(&places), spoilt).unwrap();
            assert_eq!(Settings::load(&places), Settings::default(), "{spoilt:?}");
        }
        std::fs::write(file(&places), "{\"text_size\": 9999, \"of_tomorrow\": 1}").unwrap();
        assert_eq!(Settings::load(&places).text_size, 36.0);
    }

    #[test]
    fn what_is_not_understood_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        std::fs::create_dir_all(&places.config).unwrap();
        let newer =
            r#"{"face": "kufi", "of_tomorrow": 1, "zoom": 1.2, "kept_filters": {"الميناء": {}}}"#;
        std::fs::write(file(&places), newer).unwrap();
        let read = Settings::load(&places);
        assert_eq!((read.face, read.zoom), (Face::default(), Some(1.2)));
        assert!(read.kept_filters.contains_key("الميناء"));
        let mut now = read.clone();
        now.step_text_size(true);
        now.save(&read, &places).unwrap();
        let text = std::fs::read_to_string(file(&places)).unwrap();
        let kept = r#""face": "kufi""#;
        assert!(
            text.contains(kept) && text.contains("of_tomorrow"),
            "{text}"
        );
        // Half a file is laid aside before another takes its place.
        std::fs::write(file(&places), &newer[..60]).unwrap();
        let read = Settings::load(&places);
        now.save(&read, &places).unwrap();
        let aside = places.config.join("settings.unreadable.json");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), newer[..60]);
        assert_eq!(Settings::load(&places), now);
    }

    #[test]
    fn a_window_saves_only_what_was_changed_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        let mut before = Settings::default();
        before.keep_filter("old".to_owned(), &1);
        before.remember(Path::new("/gone"));
        before.save(&Settings::default(), &places).unwrap();
        let (mut one, mut other) = (before.clone(), before.clone());
        one.keep_filter("الميناء".to_owned(), &2);
        one.remember(Path::new("/one"));
        one.appearance = Appearance::Dark;
        one.save(&before, &places).unwrap();
        other.zoom = Some(1.2);
        other.remember(Path::new("/other"));
        other.forget(Path::new("/gone"));
        other.kept_filters.remove("old");
        other.keep_filter("ساحل".to_owned(), &3);
        other.save(&before, &places).unwrap();
        let both = Settings::load(&places);
        assert_eq!(both.appearance, Appearance::Dark);
        assert_eq!(both.zoom, Some(1.2));
        let names: Vec<&String> = both.kept_filters.keys().collect();
        assert_eq!(names, ["الميناء", "ساحل"]);
        assert_eq!(both.recent, ["/other", "/one"].map(PathBuf::from));
    }
}
