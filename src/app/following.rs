//! What is known of the open folder between two of its changes: kept in memory, made ready and written down on a thread
//! of its own, so that nobody who waits for a change waits for that. Compares nothing itself.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::jobs::spawn;
use crate::article::Article;
use crate::opening::Opening;
use crate::reuse::{Detector, Settings};
use crate::store::Places;
use crate::work::{Stop, Watch};

/// Changes come in rows; what is written down is best what came of the last one.
const REST: Duration = Duration::from_secs(3);

/// Of one folder; clones share it.
#[derive(Clone, Default)]
pub struct Following(Arc<Shared>);

#[derive(Default)]
struct Shared {
    known: Mutex<Option<(PathBuf, Detector)>>,
    /// Ends what is done with it when nobody waits.
    stop: Mutex<Stop>,
    /// Counts who took it.
    turn: AtomicU64,
}

/// A folder as it was last compared.
pub struct Compared {
    pub root: PathBuf,
    pub places: Places,
    pub articles: Vec<Arc<Article>>,
    pub settings: Settings,
}

impl Following {
    /// What is known of a folder, if this is the one; of any other nothing is known from now on. What is being done with
    /// it ends first, within the time that it takes to write it down.
    pub fn take(&self, root: &Path) -> Option<Detector> {
        self.0.turn.fetch_add(1, Ordering::SeqCst);
        held(&self.0.stop).stop();
        let known = held(&self.0.known).take();
        known.and_then(|(of, detector)| (of == root).then_some(detector))
    }

    /// Gives it back as it is.
    pub fn put(&self, root: &Path, detector: Option<Detector>) {
        *held(&self.0.known) = detector.map(|detector| (root.to_owned(), detector));
    }

    /// Gives it back, to be made ready for the next change, and written down where that was not done.
    pub fn settle(&self, of: Compared, detector: Option<Detector>, written: bool) {
        let stop = Stop::default();
        *held(&self.0.stop) = stop.clone();
        self.put(&of.root, detector);
        let turn = self.0.turn.load(Ordering::SeqCst);
        let following = self.clone();
        spawn("settle", move || {
            let watch = Watch::new(stop, |_| {});
            following.with(turn, |known| make_ready(&of, known, &watch));
            if !written {
                std::thread::sleep(REST);
                following.with(turn, |known| write_down(&of, known, &watch));
            }
        });
    }

    /// Does something with it, unless somebody has taken it meanwhile.
    fn with(&self, turn: u64, work: impl FnOnce(&mut Option<(PathBuf, Detector)>)) {
        let mut known = held(&self.0.known);
        if self.0.turn.load(Ordering::SeqCst) == turn {
            work(&mut known);
        }
    }
}

fn make_ready(of: &Compared, known: &mut Option<(PathBuf, Detector)>, watch: &Watch) {
    if known.is_none() {
        let mut opening = Opening::new(&of.root, Some(&of.places));
        let learnt = opening.learn(&of.articles, &of.settings, watch);
        *known = learnt.map(|detector| (of.root.clone(), detector));
    }
    if let Some((_, detector)) = known {
        // Stopped, the next change does it.
        let _ = detector.make_ready(watch);
    }
}

fn write_down(of: &Compared, known: &mut Option<(PathBuf, Detector)>, watch: &Watch) {
    if let Some((_, detector)) = known.take() {
        let mut opening = Opening::new(&of.root, Some(&of.places)).knowing(Some(detector));
        // Stopped, it is written down after the next change.
        let _ = opening.keep_followed(&of.articles, &of.settings, watch);
        *known = opening
            .take_detector()
            .map(|detector| (of.root.clone(), detector));
        opening.wait();
    }
}

/// Whoever fell over while holding it left it whole: it is taken out to be changed.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_one_folder_is_not_taken_for_another() {
        let following = Following::default();
        let root = Path::new("folder");
        following.put(root, Some(Detector::new(Settings::default())));
        assert!(following.take(root).is_some());
        assert!(following.take(root).is_none());
        following.put(root, Some(Detector::new(Settings::default())));
        assert!(following.take(Path::new("other")).is_none());
        assert!(following.take(root).is_none());
    }

    #[test]
    fn what_was_followed_is_there_in_the_next_session() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path());
        let root = dir.path().join("folder");
        let article = |path: &str| Arc::new(Article::bare(path, "وصلت السفن إلى المرفأ صباح أمس"));
        let of = Compared {
            root: root.clone(),
            places: places.clone(),
            articles: vec![article("a"), article("b")],
            settings: Settings::default(),
        };
        let mut detector = Detector::new(Settings::default());
        let watch = Watch::silent();
        detector.update(&of.articles, &watch).unwrap();
        let found = detector.findings().clone();
        let mut known = Some((root.clone(), detector));
        write_down(&of, &mut known, &watch);
        assert!(known.is_some());
        let mut learnt = None;
        make_ready(&of, &mut learnt, &watch);
        assert_eq!(*learnt.unwrap().1.findings(), found);
        let mut opening = Opening::new(&root, Some(&places));
        let again = opening
            .follow(&of.articles, &of.settings, &watch, None)
            .unwrap();
        assert_eq!(again, found);
    }
}
