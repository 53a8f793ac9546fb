//! A folder on its way from the disk to articles and findings, by way of what was kept of it before. The window
//! and the report both go this way, so that they show the same. Reads and compares nothing of its own.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::article::{Article, Corrections};
use crate::ingest::{self, Batch, Folder, Memory, OpenError};
use crate::reuse::{self, Detector, Findings, First};
use crate::store::{self, Keeping, Places, Shelf};
use crate::work::{Stopped, Watch};

/// Names of pieces that are about the folder as a whole; no file has them. Findings of a whole run, findings
/// that followed changes, and what is needed to follow more of them.
const FINDINGS: &str = "\0findings";
const FOLLOWED: &str = "\0followed";
const DETECTOR: &str = "\0detector";

/// One opening of one folder.
pub struct Opening {
    shelf: Option<Shelf>,
    corrections: Corrections,
    keeping: Vec<Keeping>,
    /// What follows the folder's changes.
    detector: Option<Detector>,
}

impl Opening {
    /// With `places` what was kept there is used, and what is read is kept; without, every file is read.
    pub fn new(root: &Path, places: Option<&Places>) -> Self {
        let own = places.map(store::outlets).unwrap_or_default();
        ingest::know_outlets(&own);
        Self {
            shelf: places.and_then(|places| Shelf::open(places, root)),
            corrections: places.map(store::corrections).unwrap_or_default(),
            keeping: Vec::new(),
            detector: None,
        }
    }

    /// With what an earlier opening of the same folder has left ([`Opening::take_detector`]).
    pub fn knowing(self, detector: Option<Detector>) -> Self {
        Self { detector, ..self }
    }

    /// The folder's articles, with what the person corrected.
    ///
    /// # Errors
    /// As [`ingest::open`].
    pub fn folder(
        &mut self,
        root: &Path,
        watch: &Watch,
        emit: &(dyn Fn(Batch) + Sync),
    ) -> Result<Folder, OpenError> {
        let keeper = self.shelf.as_ref().map(Shelf::keeper);
        let memory = Memory {
            look: self.shelf.as_ref().map(Shelf::look),
            keeper: keeper.as_ref(),
            corrections: Some(&self.corrections),
        };
        let opened = ingest::open_with(root, &memory, watch, emit);
        let keeping = match (keeper, &opened) {
            (Some(keeper), Ok(folder)) if folder.reread > 0 || folder.forgotten => {
                let wanted: BTreeSet<String> = folder.files.iter().cloned().collect();
                Some(keeper.finish(wanted))
            }
            // What was read until a stop need not be read again.
            (Some(keeper), Err(OpenError::Stopped)) => Some(keeper.add()),
            _ => None,
        };
        self.keeping.extend(keeping);
        opened
    }

    /// What the articles share: as found before, where they are the same, otherwise by a whole run. The same
    /// with and without what was kept.
    ///
    /// # Errors
    /// [`Stopped`] when the job is asked to end.
    pub fn findings(
        &mut self,
        articles: &[Arc<Article>],
        settings: &reuse::Settings,
        watch: &Watch,
    ) -> Result<Findings, Stopped> {
        let key = key(articles, settings, watch)?;
        if let Some(findings) = self.found(FINDINGS, &key, watch)? {
            return Ok(findings);
        }
        let findings = reuse::detect(articles, settings, watch)?;
        self.keep_found(FINDINGS, &key, &findings, watch)?;
        Ok(findings)
    }

    /// What the articles share, for a window: where some of them are others than when the folder was last
    /// compared, only these are compared ([`Detector`] says what that means for what is found). Where it takes a whole
    /// run, what one article shares may be shown `first`. Writes nothing.
    ///
    /// # Errors
    /// [`Stopped`] when the job is asked to end.
    pub fn follow(
        &mut self,
        articles: &[Arc<Article>],
        settings: &reuse::Settings,
        watch: &Watch,
        first: Option<&First>,
    ) -> Result<Arc<Findings>, Stopped> {
        let known = self.detector.take();
        self.detector = known.filter(|detector| detector.is_for(settings));
        if self.detector.is_none() {
            let key = key(articles, settings, watch)?;
            for name in [FINDINGS, FOLLOWED] {
                if let Some(findings) = self.found(name, &key, watch)? {
                    return Ok(Arc::new(findings));
                }
            }
            self.detector = self.kept_detector(settings, watch)?;
        }
        let detector = self
            .detector
            .get_or_insert_with(|| Detector::new(settings.clone()));
        detector.update_showing(articles, watch, first).cloned()
    }

    /// Learns from what was kept what it takes to follow the folder's next changes; `None` where nothing was.
    pub fn learn(
        &mut self,
        articles: &[Arc<Article>],
        settings: &reuse::Settings,
        watch: &Watch,
    ) -> Option<Detector> {
        let mut detector = self.kept_detector(settings, watch).ok()??;
        detector.update(articles, watch).ok()?;
        Some(detector)
    }

    fn kept_detector(
        &self,
        settings: &reuse::Settings,
        watch: &Watch,
    ) -> Result<Option<Detector>, Stopped> {
        match self.kept(DETECTOR) {
            Some(bytes) => Detector::from_bytes(&bytes, settings, watch),
            None => Ok(None),
        }
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.shelf.as_ref()?.look().get(name)
    }

    /// Keeps what [`Opening::follow`] has found, if it has compared anything.
    ///
    /// # Errors
    /// [`Stopped`] when the job is asked to end; what was kept before may stay, or a part of this be kept.
    pub fn keep_followed(
        &mut self,
        articles: &[Arc<Article>],
        settings: &reuse::Settings,
        watch: &Watch,
    ) -> Result<(), Stopped> {
        let (Some(shelf), Some(detector)) = (&self.shelf, &self.detector) else {
            return Ok(());
        };
        let bytes = detector.to_bytes(watch)?;
        let keeper = shelf.keeper();
        keeper.put(DETECTOR, bytes);
        let name = match detector.is_measured() {
            true => FINDINGS,
            false => FOLLOWED,
        };
        let findings = detector.findings().clone();
        self.keeping.push(keeper.add());
        let key = key(articles, settings, watch)?;
        self.keep_found(name, &key, &findings, watch)
    }

    /// What the next opening of the folder, in this session, has to know to follow its changes.
    pub fn take_detector(&mut self) -> Option<Detector> {
        self.detector.take()
    }

    /// Where what is kept of the folder lies, for whoever keeps more of it.
    pub fn shelf(&self) -> Option<Shelf> {
        self.shelf.clone()
    }

    fn found(&self, name: &str, key: &[u8], watch: &Watch) -> Result<Option<Findings>, Stopped> {
        let kept = self.kept(name);
        match kept.as_ref().and_then(|kept| kept.strip_prefix(key)) {
            Some(bytes) => Findings::from_bytes(bytes, watch),
            None => Ok(None),
        }
    }

    fn keep_found(
        &mut self,
        name: &str,
        key: &[u8],
        findings: &Findings,
        watch: &Watch,
    ) -> Result<(), Stopped> {
        if let Some(shelf) = &self.shelf {
            let bytes = findings.to_bytes(key, watch)?;
            let keeper = shelf.keeper();
            keeper.put(name, bytes);
            self.keeping.push(keeper.add());
        }
        Ok(())
    }

    /// Waits until all that was read and found is kept: not to be called where a person waits.
    pub fn wait(self) {
        self.keeping.into_iter().for_each(Keeping::wait);
    }
}

/// Changes when anything changes that detection looks at.
fn key(
    articles: &[Arc<Article>],
    settings: &reuse::Settings,
    watch: &Watch,
) -> Result<[u8; 16], Stopped> {
    let mut hash = Xxh3::new();
    hash.update(format!("{settings:?} {}\n", articles.len()).as_bytes());
    for article in articles {
        watch.check()?;
        hash.update(article.path.as_bytes());
        hash.update(&(article.text.len() as u64).to_le_bytes());
        hash.update(article.text.as_bytes());
        // Lines that are headline, byline or date are told by what was read of them.
        hash.update(
            format!(
                "{:?}{:?}{:?}{:?}{:?}",
                article.title, article.outlet, article.credit, article.dates, article.furniture
            )
            .as_bytes(),
        );
    }
    Ok(hash.digest128().to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Correction;
    use crate::reuse::Settings;
    use std::fs;

    const BODY: &str = "قال حارس المنارة القديمة إن العاصفة التي ضربت الساحل ليلة البارحة اقتلعت سبع عشرة شجرة \
        من حديقة البلدية، وأضاف أن فرق الصيانة وصلت اليوم قبل الفجر ومعها ثمانية قوارب مطاطية.";

    /// Everything that a person could see of a folder.
    fn seen(root: &Path, places: Option<&Places>) -> (u64, usize, String) {
        let watch = Watch::silent();
        let mut opening = Opening::new(root, places);
        let folder = opening.folder(root, &watch, &|_| {}).unwrap();
        let findings = opening
            .findings(&folder.articles, &Settings::default(), &watch)
            .unwrap();
        opening.wait();
        let shown = format!("{:?}\n{:?}\n{findings:?}", folder.articles, folder.skipped);
        let outlets: Vec<_> = folder.articles.iter().map(|a| a.outlet_name()).collect();
        (
            xxhash_rust::xxh3::xxh3_64(shown.as_bytes()),
            folder.reread,
            format!("{outlets:?}"),
        )
    }

    #[test]
    fn a_folder_opened_again_reads_only_what_changed_and_shows_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(&dir.path().join("places"));
        let root = dir.path().join("folder");
        for outlet in ["almina", "altariq"] {
            fs::create_dir_all(root.join(outlet)).unwrap();
            for i in 0..5 {
                let text = format!("عنوان {i}\n2031-03-0{}\n{BODY}\nخاتمة رقم {i}", i + 1);
                fs::write(root.join(outlet).join(format!("{i}.txt")), text).unwrap();
            }
        }
        fs::write(root.join("broken.pdf"), "no pdf").unwrap();
        let same = |fresh: &(u64, usize, String), reread: usize| {
            let kept = seen(&root, Some(&places));
            assert_eq!((kept.0, kept.1), (fresh.0, reread));
        };
        let fresh = seen(&root, None);
        assert_eq!(fresh.1, 11);
        same(&fresh, 11);
        same(&fresh, 0);
        fs::write(root.join("altariq/1.txt"), format!("عنوان آخر\n{BODY}")).unwrap();
        fs::remove_file(root.join("altariq/2.txt")).unwrap();
        fs::write(root.join("altariq/9.txt"), BODY).unwrap();
        let changed = seen(&root, None);
        assert_ne!(changed.0, fresh.0);
        same(&changed, 2);
        same(&changed, 0);
        // A table that tells of a file makes that file be read again.
        fs::write(
            root.join("metadata.csv"),
            "file,outlet\nalmina/1.txt,مرصد\n",
        )
        .unwrap();
        let told = seen(&root, None);
        assert!(told.2.contains("مرصد"));
        same(&told, 2);
        store::clear_cache(&places).unwrap();
        same(&told, 12);
    }

    #[test]
    fn a_window_follows_what_changed_and_a_report_compares_anew() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(&dir.path().join("places"));
        let root = dir.path().join("folder");
        fs::create_dir_all(&root).unwrap();
        let filler =
            |i: usize| format!("سطر رقم {i} عن أمور أخرى لا شأن لها بغيرها من السطور.\n").repeat(40);
        for i in 0..30 {
            fs::write(root.join(format!("{i:02}.txt")), filler(i * 7919)).unwrap();
        }
        let follow = || {
            let mut opening = Opening::new(&root, Some(&places));
            let folder = opening.folder(&root, &Watch::silent(), &|_| {}).unwrap();
            let found = opening.follow(
                &folder.articles,
                &Settings::default(),
                &Watch::silent(),
                None,
            );
            let kept =
                opening.keep_followed(&folder.articles, &Settings::default(), &Watch::silent());
            kept.unwrap();
            opening.wait();
            found.unwrap()
        };
        let with = |findings: &Findings, a: u32, b: u32| {
            let is_it = |p: &&reuse::Passage| p.a.article == a && p.b.article == b;
            findings.passages.iter().filter(is_it).count()
        };
        let first = follow();
        assert_eq!(follow(), first);
        fs::write(root.join("31.txt"), BODY).unwrap();
        fs::write(root.join("32.txt"), BODY).unwrap();
        let followed = follow();
        assert_eq!(with(&followed, 30, 31), 1);
        assert_eq!(follow(), followed);
        assert_eq!(seen(&root, Some(&places)).0, seen(&root, None).0);
    }

    #[test]
    fn corrections_hold_when_a_file_is_moved() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(&dir.path().join("places"));
        let root = dir.path().join("folder");
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("a.txt"), BODY).unwrap();
        let open = || {
            let mut opening = Opening::new(&root, Some(&places));
            let folder = opening.folder(&root, &Watch::silent(), &|_| {}).unwrap();
            opening.wait();
            folder.articles
        };
        let mut corrections = Corrections::default();
        corrections.insert(
            ingest::content_id(&open()[0]),
            Correction {
                outlet: Some(Some("مرصد الميناء".to_owned())),
                ..Correction::default()
            },
        );
        store::save_corrections(&places, &corrections).unwrap();
        assert_eq!(open()[0].outlet_name(), Some("مرصد الميناء"));
        fs::rename(root.join("a.txt"), root.join("b.txt")).unwrap();
        let articles = open();
        assert_eq!(articles[0].path, "b.txt");
        assert_eq!(articles[0].outlet_name(), Some("مرصد الميناء"));
    }
}
