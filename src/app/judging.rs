//! What a person thinks of pairs: said by a key, a menu or a dialog, shown at once, kept beside the settings,
//! and written out with the table of pairs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::jobs::{Event, spawn};
use super::keeping::{Order, not_written};
use super::paths::pair_by_path;
use super::session::Session;
use super::state::State;
use super::undo::{Step, Touch};
use crate::article::{Article, Judgement, PairId, Verdict};
use crate::ingest::content_id;
use crate::store;
use crate::ui::dialogs::{Dialog, Notice};
use crate::ui::phrasing::plural;
use crate::ui::verdict::Judging;
use crate::view::{List, PAIR_COLUMNS, Screen, Tables, pair_row};

impl Session {
    /// What a person thinks of a pair from now on. Returns what they thought before.
    pub(super) fn judge(&mut self, pair: u32, verdict: Verdict) -> Verdict {
        let before = self.tables.verdicts.get(&pair).cloned();
        self.tables.judge(pair, verdict.clone());
        let id = id_of(&self.articles, &self.tables, pair);
        if let Some((paths, id)) = self.paths_of(pair).zip(id) {
            // Those said before are in what is coming already.
            let said = BTreeMap::from([(paths, (id, verdict))]);
            if let Some(coming) = &mut self.coming {
                judge_again(&said, &coming.articles, &mut coming.tables);
            }
            self.judged.extend(said);
        }
        self.stale = true;
        before.unwrap_or_default()
    }
}

/// What stands for a pair on the disk.
fn id_of(articles: &[Arc<Article>], tables: &Tables, pair: u32) -> Option<PairId> {
    let pair = tables.pairs.0.get(pair as usize)?;
    let content = |id: u32| articles.get(id as usize).map(|article| content_id(article));
    Some(PairId::new(content(pair.first)?, content(pair.second)?))
}

/// What a person has said holds over what a worker had read before that; but not of other texts.
pub(super) fn judge_again(
    judged: &BTreeMap<[String; 2], (PairId, Verdict)>,
    articles: &[Arc<Article>],
    tables: &mut Tables,
) {
    for (paths, (id, verdict)) in judged {
        let pair = pair_by_path(articles, tables, paths);
        let same = pair.filter(|&pair| id_of(articles, tables, pair) == Some(*id));
        if let Some(pair) = same {
            tables.judge(pair, verdict.clone());
        }
    }
}

impl State {
    /// Waits until all that a person decided is on the disk.
    pub fn finish_writing(&self) {
        self.keeping.finish(self.jobs.reporter());
    }

    /// The pair that the person looks at.
    fn pair_in_hand(&self) -> Option<u32> {
        let session = self.session.as_ref()?;
        match self.screen {
            Screen::Comparison => session.pair_of(self.compare.as_ref()?.comparison.articles),
            Screen::Board if session.list == List::Pairs => session.current_pair(),
            _ => None,
        }
    }

    fn verdict_of(&self, pair: u32) -> Verdict {
        let session = self.session.as_ref();
        let known = session.and_then(|session| session.tables.verdicts.get(&pair));
        known.cloned().unwrap_or_default()
    }

    /// Judges the pair in hand, whose note stays.
    pub(super) fn judge_as(&mut self, judgement: Option<Judgement>) {
        let Some(pair) = self.pair_in_hand() else {
            return self.no_pair();
        };
        let verdict = Verdict {
            judgement,
            ..self.verdict_of(pair)
        };
        self.judge(pair, verdict);
    }

    pub(super) fn judge(&mut self, pair: u32, verdict: Verdict) {
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(paths) = session.paths_of(pair) else {
            return;
        };
        let before = session.judge(pair, verdict.clone());
        if before != verdict {
            let step = Step::Verdict {
                pair: paths,
                verdict: before,
            };
            session.undo.remember(step, Touch::Choice);
            self.keep_verdict(pair, verdict);
        }
    }

    pub(super) fn keep_verdict(&mut self, pair: u32, verdict: Verdict) {
        let Some(session) = &self.session else { return };
        if let Some(pair) = id_of(&session.articles, &session.tables, pair) {
            let order = Order::Judge { pair, verdict };
            self.keeping.send(order, self.jobs.reporter());
        }
    }

    pub(super) fn ask_for_verdict(&mut self) {
        let Some(pair) = self.pair_in_hand() else {
            return self.no_pair();
        };
        let Some(session) = &self.session else { return };
        let of = &session.tables.pairs.0[pair as usize];
        let articles = [of.first, of.second].map(|id| &*session.articles[id as usize]);
        let judging = Judging::new(pair, articles, self.verdict_of(pair));
        self.dialog = Some(Dialog::Verdict(Box::new(judging)));
    }

    fn no_pair(&mut self) {
        let text = "A verdict is about two articles that share a passage. Choose one of the pairs, or open one.";
        self.notice = Some(Notice {
            text: text.to_owned(),
        });
    }

    /// Writes the pairs that are shown, with their verdicts, as a table among the person's documents.
    pub(super) fn export_pairs(&mut self) {
        let Some(session) = &self.session else { return };
        let (articles, tables) = (session.articles.clone(), session.tables.clone());
        let (board, reporter) = (session.board.clone(), self.jobs.reporter());
        let path = store::documents().join(format!("{} - pairs.csv", session.name));
        spawn("export", move || {
            let rows = board.pairs.iter();
            let rows = rows.map(|&pair| pair_row(&articles, &tables, pair));
            let text = match store::write_table(&path, &PAIR_COLUMNS, rows) {
                Ok(None) => "No pair is shown; nothing was written.".to_owned(),
                Ok(Some(written)) => format!(
                    "{} in {}.",
                    plural(written.rows, "pair is", "pairs are"),
                    written.path.display()
                ),
                Err(error) => not_written(&path, &error),
            };
            reporter.send(Event::Told(text));
        });
    }
}
