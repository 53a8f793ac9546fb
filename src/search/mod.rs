//! Full-text search over the opened folder, on tantivy. Nothing else in the program names tantivy.
//!
//! The index lives in memory, is made by a worker and is never changed afterwards; a folder that is opened
//! anew gets a new one, made from the files of the one before where they were kept. Words are compared in their folded form, so that a query finds every
//! spelling. It must never decide what a word is or which spellings are the same: that is `text`'s.

mod analyser;
mod forms;
mod keeping;
mod marks;
mod months;
mod plurals;
mod query;

use std::ops::Bound;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, Searcher, Term};

use crate::article::Article;
use crate::text;
use crate::work::Stopped;
pub use keeping::IndexFile;
use marks::Phrase;
pub use marks::Sought;
pub use query::quoted;
use query::{Clause, Days, What};

/// A built index over the articles of one folder.
pub struct SearchIndex {
    reader: IndexReader,
    fields: Fields,
    /// For each segment and place in it which article stands there.
    places: Vec<Vec<u32>>,
    directory: RamDirectory,
    articles: Vec<Arc<Article>>,
}

/// How bare words are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Forms {
    /// With what is attached to them, their plurals and duals.
    #[default]
    All,
    /// As they were typed, in any spelling.
    Typed,
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Articles, best first.
    pub articles: Vec<u32>,
    /// What to mark in them.
    pub sought: Sought,
}

#[derive(Clone, Copy)]
struct Fields {
    /// What stands for an article and all that is indexed of it.
    key: Field,
    body: Field,
    outlet: Field,
    /// Day of publication, in days since 1 January 1970; absent when unknown.
    day: Field,
}

#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error(transparent)]
    Stopped(#[from] Stopped),
    #[error("The search index could not be built: {0}")]
    Index(#[from] tantivy::TantivyError),
}

impl SearchIndex {
    /// The articles that answer a query; `None` for a query without any word.
    ///
    /// All words must occur, in any spelling and, with [`Forms::All`], in any form; `"…"` asks for words in a
    /// row in exactly this spelling, `-` excludes, the last word may be unfinished, `outlet:` and `date:`
    /// (`2031`, `2031-03`, `2031-03-05`, `2031-03-01..2031-03-09`) look at what is known about the article.
    ///
    /// # Errors
    /// What tantivy reports; an odd query is not an error.
    pub fn find(&self, query: &str, forms: Forms) -> Result<Option<Answer>, SearchError> {
        let clauses = query::parse(query);
        if clauses.is_empty() {
            return Ok(None);
        }
        if self.articles.is_empty() {
            return Ok(Some(Answer::default()));
        }
        let searcher = self.reader.searcher();
        let mut sought = Sought::default();
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut not_in: Vec<Phrase> = Vec::new();
        for clause in &clauses {
            // What is excluded is nothing to mark, and need not be in the text in its exact spelling.
            let mut own = Sought::default();
            let part = self.query(&searcher, clause, forms, &mut own)?;
            match (clause.exclude, &clause.what) {
                (true, What::Phrase { .. }) => not_in.append(&mut own.phrases),
                (true, _) => parts.push((Occur::MustNot, part)),
                (false, _) => {
                    parts.push((Occur::Must, part));
                    sought.add(own);
                }
            }
        }
        if clauses.iter().all(|clause| clause.exclude) {
            parts.push((Occur::Must, Box::new(AllQuery)));
        }
        let mut hits = self.hits(&searcher, &BooleanQuery::new(parts), self.articles.len())?;
        // The index knows words in one spelling only; which one stands there, the text says.
        if !(sought.phrases.is_empty() && not_in.is_empty()) {
            let answers = |hit: &u32| {
                let article = &self.articles[*hit as usize];
                sought.phrases.iter().all(|phrase| phrase.is_in(article))
                    && !not_in.iter().any(|phrase| phrase.is_in(article))
            };
            hits = hits.into_par_iter().filter(answers).collect();
        }
        Ok(Some(Answer {
            articles: hits,
            sought,
        }))
    }

    /// The articles that have most of a text's rarer words, most first: those among which its carriers are.
    ///
    /// # Errors
    /// What tantivy reports.
    pub fn likely_carriers(&self, text: &str, most: usize) -> Result<Vec<u32>, SearchError> {
        /// Words that are looked up; the rarest say most.
        const WORDS: usize = 60;
        let searcher = self.reader.searcher();
        let words: std::collections::BTreeSet<String> =
            folded_words(text).map(|(_, word)| word).collect();
        let term = |word: &str| Term::from_field_text(self.fields.body, word);
        let mut known: Vec<(u64, String)> = Vec::new();
        for word in words {
            let frequency = searcher.doc_freq(&term(&word))?;
            if frequency > 0 {
                known.push((frequency, word));
            }
        }
        known.sort();
        known.truncate(WORDS);
        if known.is_empty() || self.articles.is_empty() {
            return Ok(Vec::new());
        }
        // A carrier has at least some of the rarer half, whatever was reworded.
        let needed = (known.len() / 5).max(1);
        let parts = known
            .iter()
            .map(|(_, word)| {
                let query = TermQuery::new(term(word), IndexRecordOption::WithFreqs);
                (Occur::Should, Box::new(query) as Box<dyn Query>)
            })
            .collect();
        let mut query = BooleanQuery::new(parts);
        query.set_minimum_number_should_match(needed);
        self.hits(&searcher, &query, most)
    }

    /// An article as it was indexed.
    ///
    /// # Panics
    /// Where `id` is not one that this index has answered with.
    pub fn article(&self, id: u32) -> Arc<Article> {
        self.articles[id as usize].clone()
    }

    /// Bytes that the index takes.
    pub fn size(&self) -> u64 {
        let usage = self.reader.searcher().space_usage();
        usage.map_or(0, |usage| usage.total().get_bytes())
    }

    /// The best `most` articles that answer, best first.
    fn hits(
        &self,
        searcher: &Searcher,
        query: &dyn Query,
        most: usize,
    ) -> Result<Vec<u32>, SearchError> {
        let top = searcher.search(query, &TopDocs::with_limit(most).order_by_score())?;
        let mut hits: Vec<(f32, u32)> = top
            .into_iter()
            .map(|(score, at)| {
                let places = &self.places[at.segment_ord as usize];
                (score, places[at.doc_id as usize])
            })
            .filter(|(_, article)| (*article as usize) < self.articles.len())
            .collect();
        // Equal scores in the articles' order, whichever segment they came from.
        hits.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        Ok(hits.into_iter().map(|(_, article)| article).collect())
    }

    /// The query for one clause; what it looks for in the text goes into `sought`.
    fn query(
        &self,
        searcher: &Searcher,
        clause: &Clause,
        forms: Forms,
        sought: &mut Sought,
    ) -> Result<Box<dyn Query>, SearchError> {
        let Fields {
            body, outlet, day, ..
        } = self.fields;
        Ok(match &clause.what {
            What::Word {
                word,
                prefix: false,
            } => {
                let words = match forms {
                    Forms::Typed => [word.clone()].into(),
                    Forms::All => {
                        let frequency = |form: &str| {
                            let term = Term::from_field_text(body, form);
                            // A word that cannot be looked up is one that is not there.
                            searcher.doc_freq(&term).unwrap_or(0)
                        };
                        forms::forms(word, frequency)
                    }
                };
                let query = any_of(body, word, &words);
                sought.words.extend(words);
                self.or_month(query, &[word], forms, sought)
            }
            What::Word { word, prefix: true } => {
                let beginnings: Vec<String> = match forms {
                    Forms::Typed => vec![word.clone()],
                    Forms::All => forms::beginnings(word).collect(),
                };
                let words = self.beginning_with(searcher, &beginnings)?;
                let query = any_of(body, word, &words);
                sought.beginnings.extend(beginnings);
                self.or_month(query, &[word], forms, sought)
            }
            What::Month { words } => {
                sought.rows.insert(words.to_vec());
                let query = in_a_row(body, words, false);
                self.or_month(query, &[&words[0], &words[1]], forms, sought)
            }
            What::Phrase { words, letters } => {
                let phrase = Phrase::new(words.clone(), letters.clone());
                sought.phrases.push(phrase);
                in_a_row(body, words, false)
            }
            What::Outlet { words } => in_a_row(outlet, words, true),
            What::Days(Days { first, last }) => {
                let term =
                    |date: Date| Bound::Included(Term::from_field_i64(day, day_number(date)));
                Box::new(RangeQuery::new(term(*first), term(*last)))
            }
            What::Nothing => Box::new(EmptyQuery),
        })
    }

    /// What was asked for, or any other name of the month that it names.
    fn or_month(
        &self,
        query: Box<dyn Query>,
        named: &[&str],
        forms: Forms,
        sought: &mut Sought,
    ) -> Box<dyn Query> {
        let names = match forms {
            Forms::All => months::other_names(named),
            Forms::Typed => Vec::new(),
        };
        if names.is_empty() {
            return query;
        }
        let others = names
            .iter()
            .map(|words| in_a_row(self.fields.body, words, false));
        let any = std::iter::once(query).chain(others).collect();
        sought.rows.extend(names);
        Box::new(BooleanQuery::union(any))
    }

    /// Words of the folder with one of these beginnings, the first of them where there are very many.
    fn beginning_with(
        &self,
        searcher: &Searcher,
        beginnings: &[String],
    ) -> Result<std::collections::BTreeSet<String>, SearchError> {
        const MOST: usize = 2000;
        let mut found = std::collections::BTreeSet::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.body)?;
            for beginning in beginnings {
                let mut words = index
                    .terms()
                    .range()
                    .ge(beginning.as_bytes())
                    .into_stream()
                    .map_err(tantivy::TantivyError::from)?;
                let mut taken = 0;
                while taken < MOST && words.advance() {
                    match std::str::from_utf8(words.key()) {
                        Ok(word) if word.starts_with(beginning.as_str()) => {
                            found.insert(word.to_owned());
                            taken += 1;
                        }
                        _ => break,
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Any of the words; the one that was typed counts double.
fn any_of(field: Field, typed: &str, words: &std::collections::BTreeSet<String>) -> Box<dyn Query> {
    /// More are not worth scoring one by one.
    const SCORED: usize = 60;
    let term = |word: &str| Term::from_field_text(field, word);
    let exact = |weight| -> Box<dyn Query> {
        let query = TermQuery::new(term(typed), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), weight))
    };
    if words.len() > SCORED {
        let all = TermSetQuery::new(words.iter().map(|word| term(word)));
        return Box::new(BooleanQuery::union(vec![exact(2.0), Box::new(all)]));
    }
    let one = |word: &String| -> Box<dyn Query> {
        if word == typed {
            return exact(2.0);
        }
        Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
    };
    let mut parts: Vec<Box<dyn Query>> = words.iter().map(one).collect();
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::union(parts)),
    }
}

/// Words that stand in a row; with `prefix`, the last one may be unfinished.
fn in_a_row(field: Field, words: &[String], prefix: bool) -> Box<dyn Query> {
    let terms: Vec<Term> = words
        .iter()
        .map(|word| Term::from_field_text(field, word))
        .collect();
    match (terms.len(), prefix) {
        (0, _) => Box::new(EmptyQuery),
        (_, true) => Box::new(PhrasePrefixQuery::new(terms)),
        (1, false) => Box::new(TermQuery::new(
            terms[0].clone(),
            IndexRecordOption::WithFreqs,
        )),
        (_, false) => Box::new(PhraseQuery::new(terms)),
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(analyser::NAME)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let fields = Fields {
        key: schema.add_u64_field("key", FAST | INDEXED),
        body: schema.add_text_field("body", words()),
        outlet: schema.add_text_field("outlet", words()),
        day: schema.add_i64_field("day", INDEXED | FAST),
    };
    (schema.build(), fields)
}

fn day_number(day: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    // Whole days between two civil dates always fit.
    day.duration_since(epoch).as_hours() / 24
}

/// The folded words of a text, as index and query both see them.
fn folded_words(source: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> + '_ {
    text::words(source).filter_map(move |range| {
        let mut folded = String::new();
        text::fold_word(&source[range.clone()], &mut folded);
        (!folded.is_empty()).then_some((range, folded))
    })
}

#[cfg(test)]
mod tests;
