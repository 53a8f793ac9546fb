//! An index as files that somebody may keep, and brought up to date from such files: only articles that are
//! new or others than before are read into it. Knows no disk.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexSettings, TantivyDocument, Term};
use xxhash_rust::xxh3::Xxh3;

use super::{Fields, SearchError, SearchIndex, analyser, day_number, schema};
use crate::article::Article;
use crate::work::{Stage, Watch};

/// One file of an index. A file with the same name has the same content, but for those of [`Self::changes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFile {
    pub name: String,
    pub content: Vec<u8>,
}

/// The files that say what the others are.
const CHANGING: [&str; 2] = ["meta.json", ".managed.json"];

impl IndexFile {
    /// True where a file of this name may be another than before.
    pub fn changes(name: &str) -> bool {
        CHANGING.contains(&name)
    }
}

impl SearchIndex {
    /// An index over these articles.
    ///
    /// # Errors
    /// [`SearchError::Stopped`] when asked to stop; otherwise what tantivy reports.
    pub fn build(articles: &[Arc<Article>], watch: &Watch) -> Result<Self, SearchError> {
        let directory = RamDirectory::create();
        let index = Index::create(directory.clone(), schema().0, IndexSettings::default())?;
        let keys = keys(articles);
        let all = Changes {
            fresh: keys.iter().copied().enumerate().collect(),
            gone: Vec::new(),
        };
        Self::bring_up_to_date(index, directory, articles, &keys, all, watch)
    }

    /// The same from what [`SearchIndex::files`] gave before, whatever has changed since; with files that make
    /// no index a new one. Says whether its files are others now.
    ///
    /// # Errors
    /// As [`SearchIndex::build`].
    pub fn restore(
        files: impl Iterator<Item = IndexFile>,
        articles: &[Arc<Article>],
        watch: &Watch,
    ) -> Result<(Self, bool), SearchError> {
        let directory = RamDirectory::create();
        let whole = files
            .map(|file| directory.atomic_write(Path::new(&file.name), &file.content))
            .all(|written| written.is_ok());
        let opened = Index::open(directory.clone()).ok();
        let known = opened.filter(|index| whole && index.schema() == schema().0);
        let Some(index) = known else {
            return Ok((Self::build(articles, watch)?, true));
        };
        let keys = keys(articles);
        let changes = changes(&index, &keys)?;
        let many = changes.fresh.len() + changes.gone.len();
        if many == 0 {
            return Ok((Self::over(index, directory, articles, &keys)?, false));
        }
        if many * 2 > articles.len() {
            return Ok((Self::build(articles, watch)?, true));
        }
        let restored = Self::bring_up_to_date(index, directory, articles, &keys, changes, watch)?;
        Ok((restored, true))
    }

    /// All files of the index, but those whose names are `known`.
    ///
    /// # Errors
    /// What tantivy reports.
    pub fn files(&self, known: &BTreeSet<String>) -> Result<Vec<IndexFile>, SearchError> {
        let names = self.file_names();
        let wanted = names
            .into_iter()
            .filter(|name| IndexFile::changes(name) || !known.contains(name));
        wanted
            .map(|name| {
                let read = self.directory.atomic_read(Path::new(&name));
                let content = read.map_err(|error| {
                    tantivy::TantivyError::InternalError(format!("{name}: {error}"))
                })?;
                Ok(IndexFile { name, content })
            })
            .collect()
    }

    /// Names of all files of the index.
    pub fn file_names(&self) -> BTreeSet<String> {
        let managed = self
            .reader
            .searcher()
            .index()
            .directory()
            .list_managed_files();
        let names = managed
            .into_iter()
            .filter_map(|path| path.to_str().map(str::to_owned));
        let there = |name: &String| self.directory.exists(Path::new(name)).unwrap_or(false);
        names
            .chain(CHANGING.map(str::to_owned))
            .filter(there)
            .collect()
    }

    fn bring_up_to_date(
        index: Index,
        directory: RamDirectory,
        articles: &[Arc<Article>],
        keys: &[u64],
        Changes { fresh, gone }: Changes,
        watch: &Watch,
    ) -> Result<Self, SearchError> {
        /// Bytes that the writer may fill before it starts a new segment.
        const BUDGET: usize = 64 << 20;
        /// From so many segments on, small ones are joined: each costs a query a little.
        const MANY: usize = 24;
        let fields = register(&index);
        // One thread: the other core is the person's.
        let mut writer = index.writer_with_num_threads(1, BUDGET)?;
        if index.searchable_segment_ids()?.len() < MANY {
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        for key in gone {
            writer.delete_term(Term::from_field_u64(fields.key, key));
        }
        for (done, (id, key)) in fresh.iter().enumerate() {
            if done % 64 == 0 {
                watch.check()?;
                watch.progress(Stage::Indexing, done, fresh.len());
            }
            writer.add_document(document(fields, &articles[*id], *key))?;
        }
        watch.check()?;
        writer.commit()?;
        // What is joined meanwhile is among the files then.
        writer.wait_merging_threads()?;
        watch.progress(Stage::Indexing, fresh.len(), fresh.len());
        Self::over(index, directory, articles, keys)
    }

    /// An index that holds just these articles, which have these keys.
    fn over(
        index: Index,
        directory: RamDirectory,
        articles: &[Arc<Article>],
        keys: &[u64],
    ) -> Result<Self, SearchError> {
        let fields = register(&index);
        let reader = index.reader()?;
        let ids: HashMap<u64, u32, FixedState> = keys.iter().copied().zip(0..).collect();
        let searcher = reader.searcher();
        let places = searcher.segment_readers().iter().map(|segment| {
            let keys = segment.fast_fields().u64("key")?.first_or_default_col(0);
            let id = |at| ids.get(&keys.get_val(at)).copied().unwrap_or(u32::MAX);
            Ok((0..segment.max_doc()).map(id).collect())
        });
        let places = places.collect::<Result<Vec<Vec<u32>>, tantivy::TantivyError>>()?;
        Ok(Self {
            reader,
            fields,
            places,
            directory,
            articles: articles.to_vec(),
        })
    }
}

fn register(index: &Index) -> Fields {
    index
        .tokenizers()
        .register(analyser::NAME, analyser::Analyser);
    schema().1
}

/// How articles are others than those of an index.
struct Changes {
    /// Places of articles that the index does not have, with their keys.
    fresh: Vec<(usize, u64)>,
    /// Keys that no article has any more.
    gone: Vec<u64>,
}

fn changes(index: &Index, keys: &[u64]) -> Result<Changes, SearchError> {
    let mut known = BTreeSet::new();
    for segment in index.reader()?.searcher().segment_readers() {
        let column = segment.fast_fields().u64("key")?.first_or_default_col(0);
        known.extend(segment.doc_ids_alive().map(|at| column.get_val(at)));
    }
    let all = keys.iter().copied().enumerate();
    let fresh = all.filter(|(_, key)| !known.remove(key)).collect();
    let gone = known.into_iter().collect();
    Ok(Changes { fresh, gone })
}

fn document(fields: Fields, article: &Article, key: u64) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_u64(fields.key, key);
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
    document
}

/// What stands for each article: every text is read once for it.
fn keys(articles: &[Arc<Article>]) -> Vec<u64> {
    articles.par_iter().map(|article| key(article)).collect()
}

/// Changes when anything changes that is indexed. The path makes two articles of one text two.
fn key(article: &Article) -> u64 {
    let mut hash = Xxh3::new();
    let part = |hash: &mut Xxh3, bytes: &[u8]| {
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    part(&mut hash, article.path.as_bytes());
    part(&mut hash, article.text.as_bytes());
    part(&mut hash, article.outlet_name().unwrap_or("").as_bytes());
    let day = article.day().map(day_number);
    hash.update(format!("{day:?}").as_bytes());
    for furniture in &article.furniture {
        hash.update(&furniture.span.start.to_le_bytes());
        hash.update(&furniture.span.end.to_le_bytes());
    }
    hash.digest()
}
