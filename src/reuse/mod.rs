//! Finds the passages that articles share, and says what was changed in them. Articles in, findings out:
//! knows no files, no window and no clock.
//!
//! ```text
//! words → fingerprint → region → lay, align → judge → merge → edits → families
//!  ids     which pairs   where    word to      copy,   what a   kinds    who is
//!  and     to look at    in each  word         re-     reader             connected
//!  chance                text                  worded  sees as one
//!                           └ evidence, peaks: what a word says, and where that sums up highest
//! ```
//!
//! Of long texts, what goes on and on is followed first ([`strand`]), and blocks are compared for what that leaves over
//! ([`long`]).
//!
//! How common each word is, is measured on the folder and laid over what is known of Arabic news, so five
//! short articles need no other settings than a hundred thousand long ones. A passage is what stands out
//! from chance on both sides ([`region`]); how far it has to stand out grows with the size of the folder,
//! as in sequence search (the E-value of Karlin and Altschul 1990): a larger folder has more chances ([`judge`]).
//!
//! Same articles and settings, same findings: at any number of threads, in whatever order they come.

mod align;
mod apart;
mod carried;
mod change;
mod describe;
mod detector;
mod doubles;
mod edits;
mod ends;
mod evidence;
mod families;
mod features;
mod findings;
mod fingerprint;
mod first;
mod follow;
mod formula;
mod freed;
mod grade;
mod holders;
mod join;
mod judge;
mod lay;
mod lines;
mod lists;
mod long;
mod merge;
mod mixed;
mod pair;
mod parts;
mod peaks;
#[cfg(test)]
mod properties;
mod proposal;
mod region;
mod runs;
mod scripture;
mod settings;
mod shared;
mod sketch;
mod strand;
#[cfg(test)]
mod tests;
mod vocabulary;
mod way;
mod weights;
mod why;
mod words;
mod written;

use std::sync::Arc;

use crate::article::Article;
use crate::work::{Stopped, Watch};

pub use carried::{Carrier, carriers};
pub use detector::Detector;
pub use edits::same_day;
pub use findings::{
    Copies, Edit, EditKind, Family, Findings, LeftOut, LeftOutReason, Passage, PassageKind, Side,
};
pub use first::{First, Wanted};
pub use settings::{Grades, Settings};
pub use why::{Common, Rule, WhyNot, why_not};

use describe::span;

/// All passages that the articles share, with their edits and families.
///
/// Articles are best given in the order of their paths; in any other order the same passages are found,
/// and side `a` is still the one whose path comes first. Text of one article is never matched with itself,
/// and only [`Article::body`] is looked at.
///
/// Memory, besides the articles: at most 32 bytes a word (of which some 8 are kept for the next run), a third more
/// in articles of over 4,096 words, 1 KB an article, and 64 MB; then what is found, 80 bytes a passage and 20 an
/// edit. Near-copies take less. [`Detector`] does the same for a folder that changes.
///
/// # Errors
/// [`Stopped`] within some milliseconds of being asked to.
pub fn detect(
    articles: &[Arc<Article>],
    settings: &Settings,
    watch: &Watch,
) -> Result<Findings, Stopped> {
    let mut detector = Detector::new(settings.clone());
    detector.update(articles, watch)?;
    Ok(detector.into_findings())
}
