//! The search index of a folder, by way of what was kept of it: reading a folder again costs a second then, not
//! a minute.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::article::Article;
use crate::search::{IndexFile, SearchError, SearchIndex};
use crate::store::{Keeping, Look, Shelf};
use crate::work::Watch;

/// Name of the piece that lists the index's files, and what stands before the name of each.
const LIST: &str = "\0index";
const FILE: &str = "\0index/";

/// The index over these articles.
///
/// # Errors
/// As [`SearchIndex::build`].
pub fn index(
    articles: &[Arc<Article>],
    shelf: Option<&Shelf>,
    watch: &Watch,
) -> Result<(Arc<SearchIndex>, Option<Keeping>), SearchError> {
    let look = shelf.map_or_else(Look::empty, Shelf::look);
    let kept = look.get(LIST);
    let kept: BTreeSet<String> = kept
        .and_then(|bytes| postcard::from_bytes(&bytes).ok())
        .unwrap_or_default();
    let piece = |name: &String| format!("{FILE}{name}");
    let files = kept.iter().filter_map(|name| {
        Some(IndexFile {
            content: look.get(&piece(name))?,
            name: name.clone(),
        })
    });
    let (index, changed) = SearchIndex::restore(files, articles, watch)?;
    let index = Arc::new(index);
    let Some(shelf) = shelf.filter(|_| changed) else {
        return Ok((index, None));
    };
    let keeper = shelf.keeper();
    for file in index.files(&kept)? {
        keeper.put(&piece(&file.name), file.content);
    }
    let names = index.file_names();
    for name in kept.difference(&names) {
        keeper.drop_piece(&piece(name));
    }
    if let Ok(list) = postcard::to_allocvec(&names) {
        keeper.put(LIST, list);
    }
    Ok((index, Some(keeper.add())))
}
