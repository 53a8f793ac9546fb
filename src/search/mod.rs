//! Full-text search over the opened folder, on tantivy. Nothing else in the program names tantivy.
//!
//! The index lives in memory, is built by a worker and is never changed afterwards; a folder that is
//! opened anew gets a new one. Words are compared in their folded form, so that a query finds every
//! spelling. It must never decide what a word is or which spellings are the same: that is `text`'s.

mod analyser;
mod query;

use std::ops::Bound;
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, TantivyDocument, Term};

use crate::article::Article;
use crate::text;
use crate::work::{Stage, Stopped, Watch};
use query::{Clause, Days, What};

/// A built index over the articles of one folder.
pub struct SearchIndex {
    reader: IndexReader,
    fields: Fields,
    articles: usize,
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
            articles: articles.len(),
        })
    }

    /// The articles that answer a query, best first; `None` for a query without any word.
    ///
    /// All words must occur, in any spelling; `"…"` asks for a phrase, `-` excludes, the last word may be
    /// unfinished, `outlet:` and `date:` (`2031`, `2031-03`, `2031-03-05`, `2031-03-01..2031-03-09`) look
    /// at what is known about the article.
    ///
    /// # Errors
    /// What tantivy reports; an odd query is not an error.
    pub fn find(&self, query: &str) -> Result<Option<Vec<u32>>, SearchError> {
        let clauses = query::parse(query);
        if clauses.is_empty() {
            return Ok(None);
        }
        if self.articles == 0 {
            return Ok(Some(Vec::new()));
        }
        let mut parts: Vec<(Occur, Box<dyn Query>)> = clauses
            .iter()
            .map(|clause| {
                let occur = if clause.exclude {
                    Occur::MustNot
                } else {
                    Occur::Must
                };
                (occur, self.query(clause))
            })
            .collect();
        if clauses.iter().all(|clause| clause.exclude) {
            parts.push((Occur::Must, Box::new(AllQuery)));
        }
        let searcher = self.reader.searcher();
        let top = searcher.search(
            &BooleanQuery::new(parts),
            &TopDocs::with_limit(self.articles).order_by_score(),
        )?;
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
        Ok(Some(hits.into_iter().map(|(_, article)| article).collect()))
    }

    fn query(&self, clause: &Clause) -> Box<dyn Query> {
        let Fields {
            body, outlet, day, ..
        } = self.fields;
        match &clause.what {
            What::Words { words, prefix } => words_query(body, words, *prefix),
            What::Outlet { words } => words_query(outlet, words, true),
            What::Days(Days { first, last }) => {
                let term =
                    |date: Date| Bound::Included(Term::from_field_i64(day, day_number(date)));
                Box::new(RangeQuery::new(term(*first), term(*last)))
            }
            What::Nothing => Box::new(EmptyQuery),
        }
    }
}

/// Words that stand in a row; with `prefix`, the last one may be unfinished.
fn words_query(field: Field, words: &[String], prefix: bool) -> Box<dyn Query> {
    /// Completions of an unfinished word that are looked at.
    const EXPANSIONS: u32 = 2000;
    let terms: Vec<Term> = words
        .iter()
        .map(|word| Term::from_field_text(field, word))
        .collect();
    match (terms.len(), prefix) {
        (0, _) => Box::new(EmptyQuery),
        (_, true) => {
            let mut query = PhrasePrefixQuery::new(terms);
            query.set_max_expansions(EXPANSIONS);
            Box::new(query)
        }
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
        let mut hits = index.find(query).unwrap()?;
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
        assert_eq!(sorted(&index, "«إضراب عمال»"), Some(vec![1]));
        assert_eq!(sorted(&index, "المين"), Some(vec![0, 1]));
        assert_eq!(sorted(&index, "بعد -الميناء "), Some(vec![2]));
        assert_eq!(sorted(&index, "-الميناء "), Some(vec![2]));
        assert_eq!(sorted(&index, "outlet:صدى"), Some(vec![0]));
        assert_eq!(sorted(&index, "outlet:«صدى المرفأ» الميناء"), Some(vec![0]));
        assert_eq!(sorted(&index, "date:2031-03"), Some(vec![0]));
        assert_eq!(sorted(&index, "date:2030"), Some(vec![]));
        assert_eq!(sorted(&index, "date:soon"), Some(vec![]));
        assert_eq!(index.find(" … ").unwrap(), None);
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
