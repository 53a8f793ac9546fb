//! What a person thinks of a pair. It goes with the contents of both articles, so that it is found again when
//! files are moved or the folder changes around them. Plain data: `store` keeps it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ContentId;

/// What a person decided about the text that two articles share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// One text indeed, printed twice.
    Confirmed,
    /// The same words, and no common text behind them.
    Coincidence,
    Unsure,
}

impl Judgement {
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Coincidence, Self::Unsure];

    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed",
            Self::Coincidence => "Coincidence",
            Self::Unsure => "Unsure",
        }
    }
}

/// A judgement with a note; either may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verdict {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Judgement>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Verdict {
    pub fn is_empty(&self) -> bool {
        self.judgement.is_none() && self.note.is_empty()
    }

    /// The judgement in one word, as lists and tables show it.
    pub fn label(&self) -> &'static str {
        self.judgement.map_or("No verdict", Judgement::label)
    }
}

/// What stands for a pair: the contents of its articles, whichever comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PairId([ContentId; 2]);

impl PairId {
    pub fn new(one: ContentId, other: ContentId) -> Self {
        Self([one.min(other), one.max(other)])
    }

    pub fn contents(self) -> [ContentId; 2] {
        self.0
    }
}

/// All verdicts, by the pairs that they are about.
pub type Verdicts = BTreeMap<PairId, Verdict>;
