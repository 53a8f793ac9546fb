//! Full-text search over the opened folder, on tantivy. Nothing else in the program names tantivy.
//!
//! The index lives in memory, is built by a worker and is never changed afterwards; a folder that is
//! opened anew gets a new one. Words are compared in their folded form, so that a query finds every
//! spelling. It must never decide what a word is or which spellings are the same: that is `text`'s.

mod analyser;
mod forms;
mod marks;
mod plurals;
mod query;

use std::ops::Bound;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, Searcher, TantivyDocument, Term};

use crate::article::Article;
use crate::text;
use crate::work::{Stage, Stopped, Watch};
use marks::Phrase;
pub use marks::Sought;
use query::{Clause, Days, What};

/// A built index over the articles of one folder.
pub struct SearchIndex {
    reader: IndexReader,
    fields: Fields,
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
    /// Index of the article in the list that was handed in.
    article: Field,
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
    /// # Errors
    /// [`SearchError::Stopped`] when asked to stop; otherwise what tantivy reports.
    pub fn build(articles: &[Arc<Article>], watch: &Watch) -> Result<Self, SearchError> {
        /// Bytes that the writer may fill before it starts a new segment.
        const BUDGET: usize = 64 << 20;
        let (schema, fields) = schema();
        let index = tantivy::Index::create_in_ram(schema);
        index
            .tokenizers()
            .register(analyser::NAME, analyser::Analyser);
        // One thread: the other core is the person's.
        let mut writer = index.writer_with_num_threads(1, BUDGET)?;
        for (id, article) in articles.iter().enumerate() {
            if id % 64 == 0 {
                watch.check()?;
                watch.progress(Stage::Indexing, id, articles.len());
            }
            let mut document = TantivyDocument::default();
            document.add_u64(fields.article, id as u64);
            // Page furniture is no part of the article: a menu's words would find every page.
            for stretch in article.body() {
                document.add_text(fields.body, stretch.of(&article.text));
            }
            if let Some(outlet) = article.outlet_name() {
                document.add_text(fields.outlet, outlet);
            }
            if let Some(day) = article.day() {
                document.add_i64(fields.day, day_number(day));
            }
            writer.add_document(document)?;
        }
        watch.check()?;
        writer.commit()?;
        watch.progress(Stage::Indexing, articles.len(), articles.len());
        Ok(Self {
            reader: index.reader()?,
            fields,
            articles: articles.to_vec(),
        })
    }

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
        let columns = searcher
            .segment_readers()
            .iter()
            .map(|segment| {
                Ok(segment
                    .fast_fields()
                    .u64("article")?
                    .first_or_default_col(0))
            })
            .collect::<Result<Vec<_>, tantivy::TantivyError>>()?;
        let mut hits: Vec<(f32, u32)> = top
            .into_iter()
            .map(|(score, at)| {
                let article = columns[at.segment_ord as usize].get_val(at.doc_id);
                (score, article as u32)
            })
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
                query
            }
            What::Word { word, prefix: true } => {
                let beginnings: Vec<String> = match forms {
                    Forms::Typed => vec![word.clone()],
                    Forms::All => forms::beginnings(word).collect(),
                };
                let words = self.beginning_with(searcher, &beginnings)?;
                let query = any_of(body, word, &words);
                sought.beginnings.extend(beginnings);
                query
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
        article: schema.add_u64_field("article", FAST),
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
mod tests {
    use super::*;
    use crate::article::{Found, Furniture, FurnitureReason, Place, Span};

    fn found<T>(value: T) -> Option<Found<T>> {
        Some(Found::new(value, "", Place::Folder))
    }

    fn index() -> SearchIndex {
        let mut first = Article::bare("a.txt", "أعلنت إدارة الميناء إضراب العمّال يوم الأحد");
        first.outlet = found("صدى المرفأ".to_owned());
        first.dates.published = found(jiff::civil::date(2031, 3, 5));
        let second = Article::bare("b.txt", "انتهى اضراب عمال الميناء بعد ثلاثة أيام");
        let mut third = Article::bare("c.txt", "الرئيسية | إضراب\nالسد يمتلئ بعد الأمطار");
        let menu = Span::new(0, third.text.find('\n').unwrap());
        third.furniture.push(Furniture {
            span: menu,
            reason: FurnitureReason::Navigation,
        });
        let articles: Vec<_> = [first, second, third].into_iter().map(Arc::new).collect();
        SearchIndex::build(&articles, &Watch::silent()).unwrap()
    }

    fn sorted(index: &SearchIndex, query: &str) -> Option<Vec<u32>> {
        let mut hits = index.find(query, Forms::Typed).unwrap()?.articles;
        hits.sort();
        Some(hits)
    }

    #[test]
    fn a_query_finds_every_spelling_but_no_page_furniture() {
        let index = index();
        assert_eq!(sorted(&index, "إضراب "), Some(vec![0, 1]));
        assert_eq!(sorted(&index, "اضراب العمال "), Some(vec![0]));
        assert_eq!(sorted(&index, "الرئيسية "), Some(vec![]));
    }

    #[test]
    fn phrases_prefixes_exclusion_and_fields() {
        let index = index();
        assert_eq!(sorted(&index, "«اضراب عمال»"), Some(vec![1]));
        // Quoted, only this spelling answers.
        assert_eq!(sorted(&index, "«إضراب عمال»"), Some(vec![]));
        assert_eq!(sorted(&index, "الميناء -«إضراب»"), Some(vec![1]));
        assert_eq!(sorted(&index, "المين"), Some(vec![0, 1]));
        assert_eq!(sorted(&index, "بعد -الميناء "), Some(vec![2]));
        assert_eq!(sorted(&index, "-الميناء "), Some(vec![2]));
        assert_eq!(sorted(&index, "outlet:صدى"), Some(vec![0]));
        assert_eq!(sorted(&index, "outlet:«صدى المرفأ» الميناء"), Some(vec![0]));
        assert_eq!(sorted(&index, "date:2031-03"), Some(vec![0]));
        assert_eq!(sorted(&index, "date:2030"), Some(vec![]));
        assert_eq!(sorted(&index, "date:soon"), Some(vec![]));
        assert_eq!(index.find(" … ", Forms::All).unwrap(), None);
    }

    #[test]
    fn forms_are_found_unless_only_what_was_typed_is_wanted() {
        let index = index();
        let both = |query: &str, forms| {
            let mut answer = index.find(query, forms).unwrap().unwrap();
            answer.articles.sort();
            answer.articles
        };
        assert_eq!(both("عامل ", Forms::All), [0, 1]);
        assert_eq!(both("عمال ", Forms::Typed), [1]);
        assert_eq!(both("مطر ", Forms::Typed), [0_u32; 0]);
        // Unfinished, behind an article.
        assert_eq!(both("مين", Forms::All), [0, 1]);
        let answer = index.find("سد ", Forms::All).unwrap().unwrap();
        let marks = answer.sought.marks(&index.articles[2]);
        let marked: Vec<&str> = marks
            .iter()
            .map(|span| span.of(&index.articles[2].text))
            .collect();
        assert_eq!(marked, ["السد"]);
    }

    #[test]
    fn carriers_of_a_text_come_first() {
        let index = index();
        let likely = index
            .likely_carriers("انتهى إضراب عمال ميناء بعد أيام ثلاثة", 2)
            .unwrap();
        assert_eq!(likely[0], 1);
        assert_eq!(index.likely_carriers("لا شيء مشترك", 5).unwrap(), [0_u32; 0]);
    }

    #[test]
    fn a_stopped_build_ends() {
        let stop = crate::work::Stop::default();
        stop.stop();
        let articles = [Arc::new(Article::bare("a.txt", "نص"))];
        let built = SearchIndex::build(&articles, &Watch::new(stop, |_| {}));
        assert!(matches!(built, Err(SearchError::Stopped(_))));
    }
}
