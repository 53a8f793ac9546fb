//! The facets by which articles and pairs are chosen, and the values that are not names but bins.
//!
//! A facet's values are strings everywhere (`None` = unknown), so that a filter can be kept by name and
//! still means the same in another folder.

use serde::{Deserialize, Serialize};

use crate::article::{Article, FurnitureReason, Verdict};
use crate::reuse::{EditKind, PassageKind};

/// What articles or pairs can be chosen by, dates and the search box apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    // Of an article.
    Outlet,
    Credit,
    Sharing,
    FamilySize,
    FileType,
    Folder,
    // Of a pair.
    Kind,
    Words,
    Likeness,
    Apart,
    Across,
    Change,
    Verdict,
}

impl Facet {
    pub const ALL: [Self; 13] = [
        Self::Outlet,
        Self::Credit,
        Self::Sharing,
        Self::FamilySize,
        Self::FileType,
        Self::Folder,
        Self::Kind,
        Self::Words,
        Self::Likeness,
        Self::Apart,
        Self::Across,
        Self::Change,
        Self::Verdict,
    ];
    /// How many of [`Facet::ALL`], from the first, are of an article; the others are of a pair.
    pub const OF_ARTICLE: usize = 6;

    pub fn is_of_pair(self) -> bool {
        self as usize >= Self::OF_ARTICLE
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Outlet => "Outlet",
            Self::Credit => "Agency credit",
            Self::Sharing => "Text shared",
            Self::FamilySize => "Family size",
            Self::FileType => "File type",
            Self::Folder => "Folder",
            Self::Kind => "Pair is",
            Self::Words => "Shared words",
            Self::Likeness => "Likeness",
            Self::Apart => "Days apart",
            Self::Across => "Outlets of the pair",
            Self::Change => "What was changed",
            Self::Verdict => "Verdict",
        }
    }

    /// What the facet counts, for those that can be bounded exactly.
    pub fn amount(self) -> Option<&'static str> {
        match self {
            Self::Words => Some("words"),
            Self::Likeness => Some("%"),
            Self::Apart => Some("days"),
            _ => None,
        }
    }

    /// Fixed values, in their own order; empty where the values are names read off the folder.
    pub fn bins(self) -> &'static [&'static str] {
        match self {
            Self::Outlet | Self::Credit | Self::FileType | Self::Folder => &[],
            Self::Sharing => &SHARING,
            Self::FamilySize => &FAMILY_SIZES,
            Self::Kind => &KINDS,
            Self::Words => &WORDS,
            Self::Likeness => &LIKENESS,
            Self::Apart => &APART,
            Self::Across => &ACROSS,
            Self::Change => &CHANGES,
            Self::Verdict => &VERDICTS,
        }
    }
}

const SHARING: [&str; 4] = ["Copied", "Reworded", "Page furniture only", "Nothing"];
const FAMILY_SIZES: [&str; 6] = ["Alone", "2", "3–5", "6–10", "11–50", "Over 50"];
const KINDS: [&str; 2] = ["Copied", "Reworded"];
const WORDS: [&str; 7] = [
    "Under 20",
    "20–49",
    "50–99",
    "100–199",
    "200–499",
    "500–999",
    "1000 or more",
];
const LIKENESS: [&str; 6] = [
    "Under 50 %",
    "50–69 %",
    "70–84 %",
    "85–94 %",
    "95–99 %",
    "100 %",
];
const APART: [&str; 6] = [
    "Same day",
    "1 day",
    "2–7 days",
    "8–30 days",
    "31–365 days",
    "Over a year",
];
/// Bin of a pair within one outlet; the other bin is 0. A pair with an unknown outlet is in neither.
pub const WITHIN: usize = 1;
const ACROSS: [&str; 2] = ["Two outlets", "One outlet"];
const CHANGES: [&str; 14] = [
    "Name",
    "Number",
    "Attribution",
    "Left out",
    "Added",
    "Reworded",
    "Moved",
    "Relative day",
    "Month name",
    "Numeral",
    "Spelling",
    "Punctuation",
    "Quotation marks",
    "Nothing",
];
/// In the order of [`Judgement::ALL`].
const VERDICTS: [&str; 4] = ["Confirmed", "Coincidence", "Unsure", "No verdict"];
/// Bin of a pair that nobody has judged.
pub(super) const UNJUDGED: u32 = 3;

pub(super) fn verdict_bin(verdict: &Verdict) -> u32 {
    verdict
        .judgement
        .map_or(UNJUDGED, |judgement| judgement as u32)
}

/// Bin of a pair without any edit.
const UNCHANGED: u32 = 13;

/// What a kind of edit is called.
pub fn edit_name(kind: EditKind) -> &'static str {
    CHANGES[change_bin(kind)]
}

fn change_bin(kind: EditKind) -> usize {
    match kind {
        EditKind::Name => 0,
        EditKind::Number => 1,
        EditKind::Attribution => 2,
        EditKind::Deleted => 3,
        EditKind::Inserted => 4,
        EditKind::Reworded => 5,
        EditKind::Moved => 6,
        EditKind::RelativeDay => 7,
        EditKind::Month => 8,
        EditKind::Numeral => 9,
        EditKind::Spelling => 10,
        EditKind::Punctuation => 11,
        EditKind::Quotes => 12,
    }
}

/// The bins of all kinds that occur, as bits.
pub(super) fn changes_of(kinds: impl Iterator<Item = EditKind>) -> u32 {
    let bits = kinds.fold(0, |bits, kind| bits | 1 << change_bin(kind));
    if bits == 0 { 1 << UNCHANGED } else { bits }
}

pub(super) fn sharing_of(article: &Article, copied: u32, shared: u32) -> usize {
    let repeated = |reason: FurnitureReason| matches!(reason, FurnitureReason::Repeated { .. });
    if copied > 0 {
        0
    } else if shared > 0 {
        1
    } else if article.furniture.iter().any(|f| repeated(f.reason)) {
        2
    } else {
        3
    }
}

/// `size`: articles of the family, 1 for an article that has none.
pub(super) fn family_size_bin(size: usize) -> usize {
    bin(&[2, 3, 6, 11, 51], size)
}

pub(super) fn kind_bin(kind: PassageKind) -> usize {
    match kind {
        PassageKind::Copy => 0,
        PassageKind::Reworded => 1,
    }
}

pub(super) fn words_bin(words: u32) -> usize {
    bin(&[20, 50, 100, 200, 500, 1000], words as usize)
}

/// `likeness`: 0 to 1. Whole percents as they are shown, so that nothing short of all is 100 %.
pub(super) fn likeness_bin(likeness: f32) -> usize {
    bin(&[50, 70, 85, 95, 100], percent(likeness) as usize)
}

/// Whole percents, none rounded up.
pub(super) fn percent(share: f32) -> u32 {
    (share * 100.0) as u32
}

pub(super) fn apart_bin(days: i32) -> usize {
    bin(&[1, 2, 8, 31, 366], days.unsigned_abs() as usize)
}

/// The bin of a value, given where each bin but the first begins.
fn bin(begins: &[usize], value: usize) -> usize {
    begins.partition_point(|begin| *begin <= value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Judgement;

    #[test]
    fn bins_are_as_they_are_called() {
        assert_eq!(WORDS[words_bin(19)], "Under 20");
        assert_eq!(WORDS[words_bin(20)], "20–49");
        assert_eq!(WORDS[words_bin(1000)], "1000 or more");
        assert_eq!(LIKENESS[likeness_bin(0.999)], "95–99 %");
        assert_eq!(LIKENESS[likeness_bin(1.0)], "100 %");
        assert_eq!(LIKENESS[likeness_bin(0.2)], "Under 50 %");
        assert_eq!(APART[apart_bin(0)], "Same day");
        assert_eq!(APART[apart_bin(-8)], "8–30 days");
        assert_eq!(APART[apart_bin(366)], "Over a year");
        assert_eq!(FAMILY_SIZES[family_size_bin(1)], "Alone");
        assert_eq!(FAMILY_SIZES[family_size_bin(50)], "11–50");
        assert_eq!(FAMILY_SIZES[family_size_bin(51)], "Over 50");
    }

    #[test]
    fn verdicts_are_as_they_are_called() {
        let verdicts = Judgement::ALL.map(Some).into_iter().chain([None]);
        for (bin, judgement) in verdicts.enumerate() {
            let verdict = Verdict {
                judgement,
                ..Verdict::default()
            };
            assert_eq!(verdict_bin(&verdict) as usize, bin);
            assert_eq!(VERDICTS[bin], verdict.label());
        }
    }

    #[test]
    fn facets_of_articles_come_first() {
        let of_pairs: Vec<bool> = Facet::ALL.iter().map(|facet| facet.is_of_pair()).collect();
        assert!(of_pairs.is_sorted());
        for (at, facet) in Facet::ALL.iter().enumerate() {
            assert_eq!(*facet as usize, at);
        }
    }
}
