//! A folder → its articles and the files that gave none. Writes nowhere, fetches nothing, and never
//! fails as a whole for one file: what can't be read is listed with its reason.
//!
//! The way of a file: `walk` lists it, `unpack` opens what it is packed in, `formats` picks a reader by its
//! name, `decode` makes text of its bytes, `lines` cuts that up; then `claims` reads what the file says beside
//! the text, `furniture`, `dateline`, `dates`, `outlet` and `title` what the page says of itself, and `names`
//! what its path tells, `about` what tables of the folder do. At the end `settle` adds what only the whole folder can tell.

mod about;
mod cached;
mod claims;
mod correct;
mod dateline;
mod dates;
mod decode;
mod error;
mod folders;
mod formats;
mod furniture;
mod guard;
mod known;
mod level;
mod lines;
mod names;
mod outlet;
mod page;
mod places;
mod settle;
mod title;
mod unpack;
mod walk;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

pub use claims::host;
pub use correct::{content_id, corrected};
pub use error::{OpenError, SkipReason, Skipped};
pub use walk::check_root;

use self::error::Failure;
use self::formats::table::{self, About};
use self::formats::{Kind, Page};
use self::names::Names;
use self::page::Draft;
use crate::article::{Article, Correction, Corrections, OutletNames};
use crate::fault::contained;
use crate::store::{Keeper, Look};
use crate::work::{Stage, Stopped, Watch};

/// Larger files are skipped: positions are kept in 32 bits, and a decoded file may double in size.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Bytes read between two looks at the watch.
const STEP: usize = 4 * 1024 * 1024;
/// The first batch is small, so that a window fills at once; each next one doubles up to the largest.
const FIRST_BATCH: usize = 8;
const LARGEST_BATCH: usize = 64;

/// What a folder holds. Both lists are sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    pub articles: Vec<Arc<Article>>,
    pub skipped: Vec<Skipped>,
    /// The files that were looked at, sorted by path; how many of them were read, not recalled.
    pub files: Vec<String>,
    pub reread: usize,
    /// Something was kept of files that are there no more.
    pub forgotten: bool,
    /// The articles that a person has corrected, as indices, ascending.
    pub corrected: Vec<usize>,
}

/// What is known of a folder from before.
#[derive(Default)]
pub struct Memory<'a> {
    /// What was kept of its files; files that have not changed since are not read.
    pub look: Option<Look>,
    /// Takes what is worth keeping.
    pub keeper: Option<&'a Keeper>,
    /// What a person corrected.
    pub corrections: Option<&'a Corrections>,
}

/// News while a folder is opened. Articles are preliminary: furniture that only repetition shows, and
/// the headline below it, are settled in what [`open`] returns. The order is that of the workers.
#[derive(Clone, Debug)]
pub enum Batch {
    /// So many files will be read.
    Listed {
        files: usize,
    },
    Articles(Vec<Arc<Article>>),
    Skipped(Vec<Skipped>),
}

/// Reads all articles below `root` on rayon's current pool. `emit` is called from its threads.
///
/// The same folder gives the same result at any number of threads.
///
/// # Errors
/// [`OpenError`]: there is no such folder, nothing in it could be read, or the job was stopped; what
/// was emitted until then stands.
pub fn open(
    root: &Path,
    watch: &Watch,
    emit: &(dyn Fn(Batch) + Sync),
) -> Result<Folder, OpenError> {
    open_with(root, &Memory::default(), watch, emit)
}

/// The same with what is known of the folder from before; the result is the same as without.
///
/// # Errors
/// As [`open`].
pub fn open_with(
    root: &Path,
    memory: &Memory,
    watch: &Watch,
    emit: &(dyn Fn(Batch) + Sync),
) -> Result<Folder, OpenError> {
    watch.progress(Stage::Listing, 0, 0);
    let listing = walk::list(root, watch)?;
    let shown = root.display().to_string();
    if listing.seen == 0 && listing.skipped.is_empty() {
        return Err(OpenError::NothingInFolder { path: shown });
    }
    let files = listing.files;
    let mut skipped = listing.skipped;
    emit(Batch::Listed { files: files.len() });
    if !skipped.is_empty() {
        emit(Batch::Skipped(skipped.clone()));
    }

    let root_name = std::path::absolute(root)
        .ok()
        .and_then(|root| Some(root.file_name()?.to_string_lossy().into_owned()))
        .unwrap_or_default();
    let names = Names::new(&root_name, files.iter().map(|file| file.path.as_str()));
    let (about, missed) = about::of_files(&files, watch)?;
    if !missed.is_empty() {
        emit(Batch::Skipped(missed.clone()));
        skipped.extend(missed);
    }
    let around = Around::new(&names, &about);
    let outbox = Outbox::new(emit);
    let (done, reread) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let step = (files.len() / 200).clamp(1, 64);
    watch.progress(Stage::Reading, 0, files.len());
    let read: Vec<(Vec<Draft>, Vec<Skipped>)> = files
        .par_iter()
        .map(|file| {
            let (drafts, skips, anew) = recall_or_read(file, memory, &around, watch)?;
            reread.fetch_add(usize::from(anew), Ordering::Relaxed);
            outbox.push(&drafts, &skips);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if done.is_multiple_of(step) {
                watch.progress(Stage::Reading, done, files.len());
            }
            Ok((drafts, skips))
        })
        .collect::<Result<_, Stopped>>()?;
    outbox.flush();
    watch.progress(Stage::Reading, files.len(), files.len());

    let mut drafts: Vec<Draft> = Vec::with_capacity(read.len());
    for (found, skip) in read {
        drafts.extend(found);
        skipped.extend(skip);
    }
    // Rows of a table come by number: `#10` after `#9`.
    drafts.sort_by(|a, b| a.path.cmp(&b.path));
    skipped.sort_by(|a, b| a.path.cmp(&b.path));
    if drafts.is_empty() {
        return Err(OpenError::NothingReadable {
            path: shown,
            skipped,
        });
    }
    // A corrected outlet counts when the pages of one outlet are held against one another.
    let decided: BTreeMap<usize, &Correction> = match memory.corrections {
        Some(all) if !all.is_empty() => {
            let find = |(i, draft): (usize, &Draft)| Some((i, all.get(&draft.content_id())?));
            drafts.par_iter().enumerate().filter_map(find).collect()
        }
        _ => BTreeMap::new(),
    };
    for (i, correction) in &decided {
        drafts[*i].take_decision(correction);
    }
    settle::settle(&mut drafts, watch)?;
    let articles = drafts
        .par_iter()
        .enumerate()
        .map(|(i, draft)| {
            let article = draft.article();
            Arc::new(match decided.get(&i) {
                Some(correction) => corrected(&article, correction),
                None => article,
            })
        })
        .collect();
    let forgotten = memory.look.as_ref().is_some_and(|look| {
        let listed = |name: &str| {
            files
                .binary_search_by(|file| file.path.as_str().cmp(name))
                .is_ok()
        };
        !look.names().all(|name| listed(&name))
    });
    Ok(Folder {
        articles,
        skipped,
        files: files.into_iter().map(|file| file.path).collect(),
        reread: reread.into_inner(),
        forgotten,
        corrected: decided.into_keys().collect(),
    })
}

/// What is read of an article from elsewhere than its file.
#[derive(Clone, Copy)]
struct Around<'a> {
    names: &'a Names,
    about: &'a BTreeMap<String, About>,
    /// Stands for all that tables say of articles by their content, and for what the person says of outlets.
    by_content: u64,
}

impl<'a> Around<'a> {
    fn new(names: &'a Names, about: &'a BTreeMap<String, About>) -> Self {
        let by_content = about.iter().filter(|(key, _)| table::is_content_key(key));
        let told: String = by_content.map(|row| format!("{row:?}")).collect();
        let told = format!("{told}{}", known::own());
        Self {
            names,
            about,
            by_content: xxh3_64(told.as_bytes()),
        }
    }
}

/// What was kept of a file if it is the same, otherwise what reading it gives; `true` when it was read.
fn recall_or_read(
    file: &walk::File,
    memory: &Memory,
    around: &Around,
    watch: &Watch,
) -> Result<(Vec<Draft>, Vec<Skipped>, bool), Stopped> {
    watch.check()?;
    let Around {
        names,
        about,
        by_content,
    } = *around;
    let remembers = memory.look.is_some() || memory.keeper.is_some();
    let of_parts = file.path.clone() + "#";
    let within = about
        .range(of_parts.clone()..)
        .next()
        .filter(|(path, _)| path.starts_with(&of_parts));
    // What tables say of rows or parts of a file is not part of its stamp.
    let stamp = if remembers && within.is_none() {
        cached::Stamp::of(
            &file.full,
            &file.path,
            names,
            about.get(&file.path),
            by_content,
        )
    } else {
        None
    };
    if let (Some(stamp), Some(look)) = (stamp, &memory.look)
        && let Some((drafts, skips)) = look
            .get(&file.path)
            .and_then(|bytes| cached::recall(&bytes, stamp))
    {
        return Ok((drafts, skips, false));
    }
    let (drafts, skips) = read_file(file, around, watch)?;
    let passing = |skip: &Skipped| {
        matches!(
            skip.reason,
            SkipReason::NoPermission
                | SkipReason::Vanished
                | SkipReason::Unreadable(_)
                | SkipReason::Failed
                | SkipReason::TookTooLong { .. }
        )
    };
    if let (Some(stamp), Some(keeper)) = (stamp, memory.keeper)
        && !skips.iter().any(passing)
        && let Some(bytes) = cached::keep(stamp, &drafts, &skips)
    {
        keeper.put(&file.path, bytes);
    }
    Ok((drafts, skips, true))
}

/// Takes in what a person has added to the table of outlets; folders are read with it from then on.
pub fn know_outlets(own: &[OutletNames]) {
    known::add(own);
}

/// The day that a person writes, in any of the ways that files do.
pub fn read_day(text: &str) -> Option<jiff::civil::Date> {
    dates::value(text).map(|found| found.date)
}

/// One file's articles, and the reasons for what gave none. A panic in a reader is such a reason.
fn read_file(
    file: &walk::File,
    around: &Around,
    watch: &Watch,
) -> Result<(Vec<Draft>, Vec<Skipped>), Stopped> {
    watch.check()?;
    let limit = guard::limit(&file.full);
    let within = watch.within(limit);
    let read = contained(|| try_file(file, around, limit, &within));
    let result = read.unwrap_or(Err(Failure::Skip(SkipReason::Failed)));
    match result {
        Ok(read) => Ok(read),
        Err(failure) => {
            let reason = match failure {
                Failure::Skip(reason) => reason,
                Failure::Stopped => {
                    // Unless it is the file alone that has to end.
                    watch.check()?;
                    guard::too_long(limit)
                }
            };
            let path = file.path.clone();
            Ok((Vec::new(), vec![Skipped { path, reason }]))
        }
    }
}

fn try_file(
    file: &walk::File,
    around: &Around,
    limit: Duration,
    watch: &Watch,
) -> Result<(Vec<Draft>, Vec<Skipped>), Failure> {
    let Around { names, about, .. } = *around;
    let bytes = read_bytes(&file.full, watch)?;
    watch.check()?;
    let read = guard::pages(&file.path, bytes, file.kind, limit, watch)?;
    let path = |part: Option<String>| match part {
        Some(part) => format!("{}#{part}", file.path),
        None => file.path.clone(),
    };
    // Folders inside a container are looked at together, as those of the opened folder are.
    let inner: Option<Names> =
        matches!(file.kind, Kind::Container(formats::Container::Zip)).then(|| {
            let parts = read.pages.iter().filter_map(|page| page.part.as_deref());
            Names::new("", parts)
        });
    let mut drafts = Vec::with_capacity(read.pages.len());
    for mut page in read.pages {
        watch.check()?;
        let part = page.part.take();
        let whole = path(part.clone());
        let content = || table::content_key(correct::id_of(&page.text));
        let about = about
            .get(&whole)
            .or_else(|| about.get(&file.path))
            .or_else(|| about.get(&content()));
        let mut draft = match (&inner, &part) {
            (Some(inner), Some(part)) => Draft::new(part.clone(), page, about, inner, watch)?,
            _ => Draft::new(whole.clone(), page, about, names, watch)?,
        };
        draft.path = whole;
        if draft.outlet.is_none() && inner.is_some() {
            draft.outlet = names.folder(&file.path).or_else(|| names.file(&file.path));
        }
        drafts.push(draft);
    }
    let skips = read
        .skipped
        .into_iter()
        .map(|(part, reason)| Skipped {
            path: path(part),
            reason,
        })
        .collect();
    Ok((drafts, skips))
}

fn read_bytes(path: &Path, watch: &Watch) -> Result<Vec<u8>, Failure> {
    let io = |error: std::io::Error| Failure::Skip(SkipReason::from_io(&error));
    let mut file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let too_large = Failure::Skip(SkipReason::TooLarge { limit: LARGEST });
    if size > LARGEST {
        return Err(too_large);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // In steps, so that a stop is noticed; the size may have been wrong, so that it is held.
    loop {
        watch.check()?;
        let read = (&mut file)
            .take(STEP as u64)
            .read_to_end(&mut bytes)
            .map_err(io)?;
        if read < STEP {
            return Ok(bytes);
        }
        if bytes.len() as u64 > LARGEST {
            return Err(too_large);
        }
    }
}

/// True when a good part of the first letters is Arabic.
fn is_arabic(page: &Page) -> bool {
    let letters = page.text.chars().filter(|c| c.is_alphabetic()).take(2000);
    let (mut all, mut arabic) = (0usize, 0usize);
    for c in letters {
        all += 1;
        arabic += usize::from(matches!(c, '\u{0600}'..='\u{06FF}' | '\u{FB50}'..='\u{FEFC}'));
    }
    arabic * 4 > all
}

/// Collects what workers have read and emits it in batches.
struct Outbox<'a> {
    emit: &'a (dyn Fn(Batch) + Sync),
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    articles: Vec<Arc<Article>>,
    skipped: Vec<Skipped>,
    limit: usize,
}

impl<'a> Outbox<'a> {
    fn new(emit: &'a (dyn Fn(Batch) + Sync)) -> Self {
        let waiting = Waiting {
            limit: FIRST_BATCH,
            ..Waiting::default()
        };
        Self {
            emit,
            waiting: Mutex::new(waiting),
        }
    }

    fn push(&self, drafts: &[Draft], skips: &[Skipped]) {
        let ready = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.skipped.extend_from_slice(skips);
            waiting
                .articles
                .extend(drafts.iter().map(|draft| Arc::new(draft.article())));
            if waiting.articles.len() + waiting.skipped.len() < waiting.limit {
                return;
            }
            waiting.limit = (waiting.limit * 2).min(LARGEST_BATCH);
            waiting.take()
        };
        self.send(ready);
    }

    fn flush(&self) {
        let rest = self
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        self.send(rest);
    }

    fn send(&self, (articles, skipped): (Vec<Arc<Article>>, Vec<Skipped>)) {
        if !articles.is_empty() {
            (self.emit)(Batch::Articles(articles));
        }
        if !skipped.is_empty() {
            (self.emit)(Batch::Skipped(skipped));
        }
    }
}

impl Waiting {
    fn take(&mut self) -> (Vec<Arc<Article>>, Vec<Skipped>) {
        (
            std::mem::take(&mut self.articles),
            std::mem::take(&mut self.skipped),
        )
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod told;
