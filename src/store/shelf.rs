//! What was read of a folder, kept between sessions: pieces of bytes by name, one file for each folder. Everything
//! here can be made again, so whatever can't be opened, read or written is thrown away without ado.
//!
//! A crash at any instant leaves the pieces of the last finished [`Keeper`]: the database commits as a whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use redb::{
    Database, Durability, ReadOnlyTable, ReadableDatabase as _, ReadableTable as _, TableDefinition,
};
use xxhash_rust::xxh3::xxh3_128;

use super::Places;
use crate::fault::contained;

const PIECES: TableDefinition<&str, &[u8]> = TableDefinition::new("pieces");
/// Name of the piece that says what the others mean; no file has it.
const VERSION: &str = "\0version";
/// Changes whenever the pieces change their meaning.
const FORMAT: u32 = 1;
/// Bytes of the database that are held in memory.
const MEMORY: usize = 32 * 1024 * 1024;
/// Pieces that wait to be written; more make the reader wait.
const WAITING: usize = 256;

/// The pieces of one folder.
#[derive(Clone)]
pub struct Shelf(Arc<Database>);

/// A look at all pieces as they were at one moment.
pub struct Look(Option<ReadOnlyTable<&'static str, &'static [u8]>>);

impl Look {
    /// Nothing kept.
    pub fn empty() -> Self {
        Self(None)
    }

    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let found = self.0.as_ref()?.get(name).ok()??;
        Some(found.value().to_vec())
    }

    /// The names of all pieces but the program's own.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let entries = self.0.as_ref().and_then(|table| table.iter().ok());
        entries
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.0.value().to_owned()))
            .filter(|name| !name.starts_with('\0'))
    }
}

impl Shelf {
    /// The shelf of a folder; `None` where the cache cannot be written, or another program holds it: then
    /// everything is read anew.
    pub fn open(places: &Places, folder: &Path) -> Option<Self> {
        let path = file(places, folder);
        let parent = path.parent()?;
        std::fs::create_dir_all(parent)
            .inspect_err(|error| tracing::warn!("no cache in {}: {error}", parent.display()))
            .ok()?;
        let kept = match contained(|| open(&path)) {
            Some(Ok(database)) => Some(Self::of(database)),
            // Another window has the same folder open.
            Some(Err(redb::DatabaseError::DatabaseAlreadyOpen)) => return None,
            Some(Err(error)) => {
                tracing::warn!("cache {} made anew: {error}", path.display());
                None
            }
            None => None,
        };
        let is_ours =
            |shelf: &Self| shelf.look().get(VERSION).as_deref() == Some(version().as_bytes());
        if let Some(shelf) = kept.filter(is_ours) {
            return Some(shelf);
        }
        // Damaged, or of another version: from the beginning, in a file of its own size.
        std::fs::remove_file(&path).ok()?;
        let database = open(&path).ok()?;
        write_version(&database).ok()?;
        Some(Self::of(database))
    }

    fn of(database: Database) -> Self {
        Self(Arc::new(database))
    }

    pub fn look(&self) -> Look {
        let read = self.0.begin_read().ok();
        Look(read.and_then(|read| read.open_table(PIECES).ok()))
    }

    /// Takes in what is to be kept, on a thread of its own.
    pub fn keeper(&self) -> Keeper {
        let (sender, receiver) = sync_channel(WAITING);
        let database = Arc::clone(&self.0);
        let started = std::thread::Builder::new()
            .name("keep".to_owned())
            .spawn(move || keep(&database, &receiver));
        Keeper {
            sender: Some(sender),
            thread: started.ok(),
        }
    }
}

/// Everything is in the system's cache folder; forgets all folders.
///
/// # Errors
/// What could not be removed.
pub fn clear(places: &Places) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder(places)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes pieces as they come; all of them count from [`Keeper::finish`] on, none before, and none at all if
/// the keeper is dropped.
pub struct Keeper {
    sender: Option<SyncSender<Order>>,
    thread: Option<JoinHandle<Result<(), redb::Error>>>,
}

enum Order {
    Put(String, Vec<u8>),
    Drop(String),
    /// Drops all pieces of files whose names are not among these.
    KeepOnly(BTreeSet<String>),
    Commit,
}

impl Keeper {
    pub fn put(&self, name: &str, bytes: Vec<u8>) {
        self.send(Order::Put(name.to_owned(), bytes));
    }

    pub fn drop_piece(&self, name: &str) {
        self.send(Order::Drop(name.to_owned()));
    }

    fn send(&self, order: Order) {
        // A writer that has failed says so when it is waited for.
        if let Some(sender) = &self.sender {
            let _ = sender.send(order);
        }
    }

    /// Makes what was put count, and drops the pieces that are not `wanted` any more.
    pub fn finish(self, wanted: BTreeSet<String>) -> Keeping {
        self.send(Order::KeepOnly(wanted));
        self.add()
    }

    /// Makes what was put count beside all that is kept.
    pub fn add(mut self) -> Keeping {
        self.send(Order::Commit);
        Keeping(self.thread.take())
    }
}

impl Drop for Keeper {
    /// Waits for the thread, so that nobody holds the file any more.
    fn drop(&mut self) {
        self.sender = None;
        Keeping(self.thread.take()).wait();
    }
}

/// Pieces on their way to the disk.
#[must_use = "a program that ends before it is done keeps nothing new"]
pub struct Keeping(Option<JoinHandle<Result<(), redb::Error>>>);

impl Keeping {
    /// Waits until they are there.
    pub fn wait(self) {
        match self.0.map(JoinHandle::join) {
            Some(Ok(Err(error))) => tracing::warn!("nothing new kept: {error}"),
            Some(Err(_)) => tracing::error!("the keeper panicked"),
            _ => {}
        }
    }
}

fn keep(database: &Database, orders: &Receiver<Order>) -> Result<(), redb::Error> {
    // Most openings change nothing: no transaction without a piece.
    let mut write = None;
    for order in orders {
        let begun = match (&mut write, &order) {
            (None, Order::Commit) => return Ok(()),
            (Some(write), _) => write,
            (none, _) => none.insert(begin(database)?),
        };
        match order {
            Order::Put(name, bytes) => {
                begun
                    .open_table(PIECES)?
                    .insert(name.as_str(), bytes.as_slice())?;
            }
            Order::Drop(name) => drop(begun.open_table(PIECES)?.remove(name.as_str())?),
            Order::KeepOnly(wanted) => {
                let mut table = begun.open_table(PIECES)?;
                table.retain(|name, _| name.starts_with('\0') || wanted.contains(name))?;
            }
            Order::Commit => {
                if let Some(write) = write.take() {
                    write.commit()?;
                }
                return Ok(());
            }
        }
    }
    if let Some(write) = write {
        write.abort()?;
    }
    Ok(())
}

fn begin(database: &Database) -> Result<redb::WriteTransaction, redb::Error> {
    let mut write = database.begin_write()?;
    write.set_durability(Durability::Immediate)?;
    Ok(write)
}

/// Every page is checked: a damaged one would panic, loop, or be taken for what was kept.
fn open(path: &Path) -> Result<Database, redb::DatabaseError> {
    Database::builder()
        .set_cache_size(MEMORY)
        .set_check_integrity_on_open(true)
        .create(path)
}

fn write_version(database: &Database) -> Result<(), redb::Error> {
    let write = begin(database)?;
    write
        .open_table(PIECES)?
        .insert(VERSION, version().as_bytes())?;
    write.commit()?;
    Ok(())
}

/// Pieces of another build may mean something else.
fn version() -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let built = program.map(|meta| (meta.len(), meta.modified().ok()));
    format!("{FORMAT} {} {built:?}", env!("CARGO_PKG_VERSION"))
}

fn folder(places: &Places) -> PathBuf {
    places.cache.join("folders")
}

/// One file for each folder, named after its whole path.
fn file(places: &Places, opened: &Path) -> PathBuf {
    let whole = std::fs::canonicalize(opened).unwrap_or_else(|_| opened.to_owned());
    let name = xxh3_128(whole.as_os_str().as_encoded_bytes());
    folder(places).join(format!("{name:032x}.redb"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn pieces_count_from_the_finish_on() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path());
        let shelf = Shelf::open(&places, dir.path()).unwrap();
        let keeper = shelf.keeper();
        keeper.put("a", b"1".to_vec());
        keeper.put("b", b"2".to_vec());
        assert_eq!(shelf.look().get("a"), None);
        keeper.finish(names(&["a", "b"])).wait();
        assert_eq!(shelf.look().get("a").as_deref(), Some(&b"1"[..]));
        let keeper = shelf.keeper();
        keeper.put("a", b"9".to_vec());
        drop(keeper);
        // The next one waits for the end of the last.
        assert_eq!(shelf.look().get("a").as_deref(), Some(&b"1"[..]));
        shelf.keeper().finish(names(&["b"])).wait();
        drop(shelf);
        let shelf = Shelf::open(&places, dir.path()).unwrap();
        assert_eq!(shelf.look().get("a"), None);
        assert_eq!(shelf.look().get("b").as_deref(), Some(&b"2"[..]));
        // A second window on the same folder does without.
        assert!(Shelf::open(&places, dir.path()).is_none());
        drop(shelf);
        clear(&places).unwrap();
        let shelf = Shelf::open(&places, dir.path()).unwrap();
        assert_eq!(shelf.look().get("b"), None);
    }

    #[test]
    fn a_file_with_a_damaged_page_holds_all_or_nothing() {
        const PAGE: usize = 4096;
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path());
        let path = file(&places, dir.path());
        let piece = |i: usize| {
            (
                format!("file {i}"),
                vec![u8::try_from(i).unwrap(); 1000 + i],
            )
        };
        let all: Vec<(String, Vec<u8>)> = (0..40).map(piece).collect();
        let keeper = Shelf::open(&places, dir.path()).unwrap().keeper();
        for (name, bytes) in &all {
            keeper.put(name, bytes.clone());
        }
        keeper.add().wait();
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(PAGE) {
            let mut damaged = whole.clone();
            damaged[at..at + PAGE].fill(0);
            std::fs::write(&path, damaged).unwrap();
            let shelf = Shelf::open(&places, dir.path()).unwrap();
            let look = shelf.look();
            let found = look.names().count();
            assert!(found == 0 || found == all.len(), "{at}: {found}");
            for (name, bytes) in all.iter().take(found) {
                assert_eq!(look.get(name).as_ref(), Some(bytes), "{at}");
            }
            let keeper = shelf.keeper();
            keeper.put("new", b"1".to_vec());
            keeper.add().wait();
            assert_eq!(shelf.look().get("new").as_deref(), Some(&b"1"[..]), "{at}");
        }
    }

    #[test]
    fn a_spoilt_file_is_made_anew_and_a_locked_place_does_without() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path());
        let path = file(&places, dir.path());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        for spoilt in [&b"no database"[..], &[0; 5000]] {
            std::fs::write(&path, spoilt).unwrap();
            let shelf = Shelf::open(&places, dir.path()).unwrap();
            assert_eq!(shelf.look().get("a"), None);
        }
        let places = Places {
            cache: path.join("below a file"),
            ..places
        };
        assert!(Shelf::open(&places, dir.path()).is_none());
    }
}
