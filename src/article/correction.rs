//! What a person corrected about an article. It goes with the article's content, so that it is found again
//! when the file is moved or renamed. Plain data: `ingest` applies it, `store` keeps it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ReadingDirection, Span};

/// What stands for a text: the same for the same characters, on every machine.
pub type ContentId = u128;

/// What of an article a person has decided. An outer `None` leaves a value to what was read; an inner one says
/// that it is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    #[serde(with = "decided", skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Option<String>>,
    #[serde(with = "decided", skip_serializing_if = "Option::is_none")]
    pub published: Option<Option<Date>>,
    #[serde(with = "decided", skip_serializing_if = "Option::is_none")]
    pub title: Option<Option<String>>,
    /// Unknown: as its letters say.
    #[serde(with = "decided", skip_serializing_if = "Option::is_none")]
    pub direction: Option<Option<ReadingDirection>>,
    /// Page furniture that is article text after all: every stretch that touches one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub restored: Vec<Span>,
}

impl Correction {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what a later correction decides.
    pub fn merge(&mut self, later: &Self) {
        let Self {
            outlet,
            published,
            title,
            direction,
            restored,
        } = later;
        self.outlet = outlet.clone().or_else(|| self.outlet.take());
        self.published = published.or_else(|| self.published.take());
        self.title = title.clone().or_else(|| self.title.take());
        self.direction = direction.or(self.direction);
        for span in restored {
            if !self.restored.contains(span) {
                self.restored.push(*span);
            }
        }
        self.restored.sort_unstable();
    }
}

/// All corrections, by the content that they are about.
pub type Corrections = BTreeMap<ContentId, Correction>;

/// `null` is a decision; leaving the field out is none.
mod decided {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[allow(
        clippy::option_option,
        reason = "serde's own shape for a field that may be null"
    )]
    pub fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => value.serialize(to),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(from).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_correction_adds_to_an_earlier_one() {
        let mut first = Correction {
            outlet: Some(Some("مرصد".to_owned())),
            restored: vec![Span::new(4, 8)],
            ..Correction::default()
        };
        first.merge(&Correction {
            published: Some(None),
            restored: vec![Span::new(0, 2), Span::new(4, 8)],
            ..Correction::default()
        });
        assert_eq!(first.outlet, Some(Some("مرصد".to_owned())));
        assert_eq!(first.published, Some(None));
        assert_eq!(first.restored, [Span::new(0, 2), Span::new(4, 8)]);
        first.merge(&Correction {
            outlet: Some(None),
            ..Correction::default()
        });
        assert_eq!(first.outlet, Some(None));
    }

    #[test]
    fn a_direction_is_taken_back() {
        let kept = r#"{"title":"القارب","direction":"right-to-left"}"#;
        let mut all: Correction = serde_json::from_str(kept).unwrap();
        assert_eq!(serde_json::to_string(&all).unwrap(), kept);
        all.merge(&Correction {
            title: Some(None),
            direction: Some(None),
            ..Correction::default()
        });
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(text, r#"{"title":null,"direction":null}"#);
        assert_eq!(serde_json::from_str::<Correction>(&text).unwrap(), all);
    }

    #[test]
    fn unknown_is_told_from_undecided_when_it_is_kept() {
        let kept = Correction {
            published: Some(None),
            ..Correction::default()
        };
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(text, r#"{"published":null}"#);
        assert_eq!(serde_json::from_str::<Correction>(&text).unwrap(), kept);
    }
}
