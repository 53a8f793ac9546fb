//! What a person thinks of pairs, kept among their settings by the contents of the articles.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Places, kept};
use crate::article::{ContentId, PairId, Verdict, Verdicts};

/// One entry of the file, for people who look into it.
#[derive(Serialize, Deserialize)]
struct Entry {
    first: String,
    second: String,
    #[serde(flatten)]
    verdict: Verdict,
}

/// All verdicts; none where there are none or they cannot be read.
pub fn verdicts(places: &Places) -> Verdicts {
    by_pair(kept::load(&file(places)))
}

fn by_pair(entries: Vec<Entry>) -> Verdicts {
    let content = |text: &str| ContentId::from_str_radix(text, 16).ok();
    let of = |entry: Entry| {
        let pair = PairId::new(content(&entry.first)?, content(&entry.second)?);
        Some((pair, entry.verdict))
    };
    entries.into_iter().filter_map(of).collect()
}

/// Keeps one verdict beside those there are, whatever other windows do meanwhile; an empty one forgets.
///
/// # Errors
/// Where the system's folder for settings cannot be written.
pub fn keep_verdict(places: &Places, pair: PairId, verdict: &Verdict) -> std::io::Result<()> {
    kept::change(&file(places), |entries| {
        let mut all = by_pair(entries);
        match verdict.is_empty() {
            true => drop(all.remove(&pair)),
            false => drop(all.insert(pair, verdict.clone())),
        }
        all.into_iter().map(Entry::from).collect()
    })
}

impl From<(PairId, Verdict)> for Entry {
    fn from((pair, verdict): (PairId, Verdict)) -> Self {
        let [first, second] = pair.contents().map(|content| format!("{content:032x}"));
        Self {
            first,
            second,
            verdict,
        }
    }
}

fn file(places: &Places) -> PathBuf {
    places.config.join("verdicts.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Judgement;

    #[test]
    fn a_verdict_is_found_again_whichever_article_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path());
        let (one, other) = (PairId::new(7 << 100, 3), PairId::new(5, 6));
        let verdict = |judgement, note: &str| Verdict {
            judgement,
            note: note.to_owned(),
        };
        let confirmed = verdict(Some(Judgement::Confirmed), "من بيان واحد");
        keep_verdict(&places, one, &confirmed).unwrap();
        keep_verdict(&places, other, &verdict(None, "note")).unwrap();
        let kept = verdicts(&places);
        assert_eq!(kept.get(&PairId::new(3, 7 << 100)), Some(&confirmed));
        assert_eq!(kept.len(), 2);
        keep_verdict(&places, other, &Verdict::default()).unwrap();
        assert_eq!(verdicts(&places), Verdicts::from([(one, confirmed)]));
        std::fs::write(file(&places), "{").unwrap();
        assert!(verdicts(&places).is_empty());
        assert!(places.config.join("verdicts.unreadable.json").exists());
    }
}
