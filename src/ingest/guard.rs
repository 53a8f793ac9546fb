//! Keeps a file that makes a reader loop, or nest without end, from holding up the folder: readers of other people's
//! formats work on threads of their own with large stacks, and are left behind when they take too long.

use std::cell::RefCell;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::error::{Failure, SkipReason};
use super::formats::{Kind, Pages};
use super::unpack;
use crate::fault::contained;
use crate::work::Watch;

/// Any file gets so long, and a large one longer.
const LEAST: Duration = Duration::from_secs(30);
const PER_MEGABYTE: Duration = Duration::from_secs(2);
/// Between two looks whether the whole job has been stopped.
const LOOK: Duration = Duration::from_millis(20);
/// A reader that asks its watch ends by itself within this time after its end has come.
const GRACE: Duration = Duration::from_millis(500);
/// Trees of documents are walked by recursion; pages of the stack that are not used cost nothing.
pub(super) const STACK: usize = 64 * 1024 * 1024;

/// How long a file may take, by its size.
pub(super) fn limit(file: &Path) -> Duration {
    let bytes = std::fs::metadata(file).map_or(0, |meta| meta.len());
    LEAST + PER_MEGABYTE * u32::try_from(bytes >> 20).unwrap_or(u32::MAX).min(10_000)
}

pub(super) fn too_long(limit: Duration) -> SkipReason {
    SkipReason::TookTooLong {
        seconds: limit.as_secs(),
    }
}

struct Task {
    name: String,
    bytes: Vec<u8>,
    kind: Kind,
    watch: Watch,
}

/// A reader's thread, which waits for the next file.
struct Helper {
    tasks: Sender<Task>,
    results: Receiver<Result<Pages, Failure>>,
}

thread_local! {
    /// Each worker has its own.
    static HELPER: RefCell<Option<Helper>> = const { RefCell::new(None) };
}

impl Helper {
    fn new() -> Option<Self> {
        let (tasks, todo) = channel::<Task>();
        let (done, results) = channel();
        let work = move || {
            for task in todo {
                let Task {
                    name,
                    bytes,
                    kind,
                    watch,
                } = task;
                let read = || unpack::pages(&name, bytes, kind, &watch);
                let result = contained(read).unwrap_or(Err(SkipReason::Failed.into()));
                if done.send(result).is_err() {
                    return;
                }
            }
        };
        let started = Builder::new()
            .name("reader".to_owned())
            .stack_size(STACK)
            .spawn(work);
        started.ok().map(|_| Self { tasks, results })
    }
}

/// What [`unpack::pages`] gives, within `limit`.
///
/// # Errors
/// As [`unpack::pages`]; [`SkipReason::TookTooLong`] where the reader has been left behind.
pub(super) fn pages(
    name: &str,
    bytes: Vec<u8>,
    kind: Kind,
    limit: Duration,
    watch: &Watch,
) -> Result<Pages, Failure> {
    // Plain text is read by code of ours, which asks the watch.
    if kind.told_by(&bytes).is_plain() {
        return unpack::pages(name, bytes, kind, watch);
    }
    let helper = HELPER.with(|slot| slot.borrow_mut().take());
    let Some(helper) = helper.or_else(Helper::new) else {
        // No thread to be had: better unguarded than unread.
        return unpack::pages(name, bytes, kind, watch);
    };
    let task = Task {
        name: name.to_owned(),
        bytes,
        kind,
        watch: watch.within(limit),
    };
    if helper.tasks.send(task).is_err() {
        return Err(SkipReason::Failed.into());
    }
    let end = Instant::now() + limit;
    let mut stopped = None;
    loop {
        match helper.results.recv_timeout(LOOK) {
            Ok(result) => {
                HELPER.with(|slot| slot.borrow_mut().replace(helper));
                return result;
            }
            Err(RecvTimeoutError::Disconnected) => return Err(SkipReason::Failed.into()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = Instant::now();
        if now < end && watch.check().is_ok() {
            continue;
        }
        if now.duration_since(*stopped.get_or_insert(now)) > GRACE {
            // The thread goes on until its reader ends, if ever; nobody listens any more.
            tracing::error!(path = name, "a reader was left behind");
            return Err(Failure::Stopped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::Source;
    use crate::work::Stop;

    fn forever(_: Vec<u8>, _: &Source, _: &Watch) -> Result<Pages, Failure> {
        loop {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn patient(_: Vec<u8>, _: &Source, watch: &Watch) -> Result<Pages, Failure> {
        loop {
            watch.check()?;
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn panicking(_: Vec<u8>, _: &Source, _: &Watch) -> Result<Pages, Failure> {
        panic!("a reader of another house")
    }

    fn deep(_: Vec<u8>, _: &Source, _: &Watch) -> Result<Pages, Failure> {
        fn down(left: usize) -> usize {
            let room = std::hint::black_box([left; 128]);
            if left == 0 {
                room[0]
            } else {
                1 + down(left - 1) + room[1] - left
            }
        }
        assert_eq!(down(20_000), 20_000);
        Ok(Pages::default())
    }

    #[test]
    fn a_reader_that_never_ends_is_left_behind_and_the_next_file_is_read() {
        let short = Duration::from_millis(30);
        let watch = Watch::silent();
        for reader in [forever, patient] {
            let read = pages("a.pdf", Vec::new(), Kind::Read(reader), short, &watch);
            assert_eq!(read, Err(Failure::Stopped));
        }
        let read = pages("a.pdf", Vec::new(), Kind::Read(panicking), LEAST, &watch);
        assert_eq!(read, Err(SkipReason::Failed.into()));
        let read = pages("a.pdf", Vec::new(), Kind::Read(deep), LEAST, &watch);
        assert_eq!(read, Ok(Pages::default()));
    }

    #[test]
    fn a_stop_does_not_wait_for_the_reader() {
        let stop = Stop::default();
        let watch = Watch::new(stop.clone(), |_| {});
        stop.stop();
        let read = pages("a.pdf", Vec::new(), Kind::Read(forever), LEAST, &watch);
        assert_eq!(read, Err(Failure::Stopped));
    }
}
