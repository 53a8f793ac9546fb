//! Whole folders, made on the spot: what opens, what is skipped and why, and that threads don't matter.

use std::fs;

use super::*;
use crate::article::{FurnitureReason, Place};
use crate::work::Stop;

const BODY: &str = "قالت إدارة الحديقة إن الأشجار الجديدة ستزرع على جانبي الطريق قبل حلول فصل الشتاء.\n\
    وأضافت أن متطوعين من المدارس القريبة سيشاركون في العمل كل يوم جمعة حتى نهاية العام.";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn read(root: &Path) -> Result<Folder, OpenError> {
    open(root, &Watch::silent(), &|_| {})
}

fn skips(folder: &Folder) -> Vec<(&str, String)> {
    folder
        .skipped
        .iter()
        .map(|s| (s.path.as_str(), s.reason.to_string()))
        .collect()
}

#[test]
fn a_mixed_folder_opens_as_far_as_it_can() {
    let text = format!("عنوان أول\n\n{BODY}");
    let dir = folder(&[
        ("b/2.txt", text.as_bytes()),
        ("a.TXT", text.as_bytes()),
        ("c.md", text.as_bytes()),
        ("no extension", text.as_bytes()),
        ("Makefile", b"all:\n\techo"),
        ("README.md", b"About these files"),
        ("empty.txt", b""),
        ("blank.txt", b" \n \n"),
        ("zeros.txt", &[0; 64]),
        ("x.pdf", b"%PDF-1.4"),
        ("y.xlsx", b"PK"),
        ("1.jpg", b"\xFF\xD8"),
        ("b/2.jpg", b"\xFF\xD8"),
        (".hidden.txt", text.as_bytes()),
        (".gitignore", b"*.txt"),
    ]);
    let folder = read(dir.path()).unwrap();
    let paths: Vec<&str> = folder.articles.iter().map(|a| a.path.as_str()).collect();
    assert_eq!(paths, ["a.TXT", "b/2.txt", "c.md", "no extension"]);
    assert_eq!(&*folder.articles[0].text, text);
    let skips = skips(&folder);
    let paths: Vec<&str> = skips.iter().map(|s| s.0).collect();
    assert_eq!(
        paths,
        [
            "*.jpg",
            "Makefile",
            "README.md",
            "blank.txt",
            "empty.txt",
            "x.pdf",
            "y.xlsx",
            "zeros.txt"
        ]
    );
    assert_eq!(skips[0].1, "2 files of a kind that holds no articles");
    assert!(skips[5].1.starts_with("It is damaged"), "{}", skips[5].1);
    assert_eq!(skips[6].1, "Files of the kind .xlsx can’t be read yet");
}

#[test]
fn each_failure_says_what_to_do() {
    let dir = folder(&[("one.txt", BODY.as_bytes()), ("sub/broken.txt", b"")]);
    let error = |path: &Path| read(path).unwrap_err();
    assert!(matches!(
        error(&dir.path().join("none")),
        OpenError::NotFound { .. }
    ));
    assert!(matches!(
        error(&dir.path().join("one.txt")),
        OpenError::NotAFolder { .. }
    ));
    assert!(matches!(
        error(&dir.path().join("sub")),
        OpenError::NothingReadable { skipped, .. } if skipped.len() == 1
    ));
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(
        error(empty.path()),
        OpenError::NothingInFolder { .. }
    ));
}

#[cfg(unix)]
#[test]
fn links_in_circles_and_pipes_do_no_harm() {
    let dir = folder(&[("sub/one.txt", BODY.as_bytes())]);
    std::os::unix::fs::symlink(dir.path(), dir.path().join("sub/loop")).unwrap();
    std::os::unix::fs::symlink("gone.txt", dir.path().join("dead.txt")).unwrap();
    std::os::unix::fs::symlink("sub/one.txt", dir.path().join("linked.txt")).unwrap();
    std::os::unix::net::UnixListener::bind(dir.path().join("socket.txt")).unwrap();
    let folder = read(dir.path()).unwrap();
    let paths: Vec<&str> = folder.articles.iter().map(|a| a.path.as_str()).collect();
    assert_eq!(paths, ["linked.txt", "sub/one.txt"]);
    let reasons: Vec<&SkipReason> = folder.skipped.iter().map(|s| &s.reason).collect();
    assert_eq!(
        reasons,
        [
            &SkipReason::BrokenLink,
            &SkipReason::Special,
            &SkipReason::LinkedFolder
        ]
    );
}

#[test]
fn a_stop_ends_it_and_what_was_emitted_stands() {
    let files: Vec<(String, Vec<u8>)> = (0..200)
        .map(|i| (format!("{i:03}.txt"), BODY.as_bytes().to_vec()))
        .collect();
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(p, b)| (p.as_str(), b.as_slice()))
        .collect();
    let dir = folder(&files);
    let stop = Stop::default();
    let watch = Watch::new(stop.clone(), |_| {});
    let emitted = AtomicUsize::new(0);
    let result = open(dir.path(), &watch, &|batch| {
        if let Batch::Articles(articles) = batch {
            emitted.fetch_add(articles.len(), Ordering::Relaxed);
            stop.stop();
        }
    });
    assert_eq!(result.unwrap_err(), OpenError::Stopped);
    let emitted = emitted.load(Ordering::Relaxed);
    assert!((1..200).contains(&emitted), "{emitted}");
}

#[test]
fn furniture_repeated_by_an_outlet_and_threads_do_not_matter() {
    let mut files: Vec<(String, String)> = Vec::new();
    for i in 0..30 {
        let (outlet, menu) = if i % 3 == 0 {
            ("almina", "بيوت الميناء")
        } else {
            ("altariq", "أهل الطريق")
        };
        let line = |j: usize| {
            format!(
                "وفي اليوم رقم {j} من الأسبوع {i} اجتمع السكان في القاعة وناقشوا المسألة من جديد."
            )
        };
        let body: Vec<String> = (0..4).map(line).collect();
        files.push((
            format!("{outlet}/2019-03-{:02}_{i}.txt", i % 28 + 1),
            format!("{menu}\nاجتماع الأسبوع {i}\n{}\nنلقاكم غدا", body.join("\n")),
        ));
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_bytes()))
        .collect();
    let dir = folder(&files);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let emitted = AtomicUsize::new(0);
        let folder = pool
            .install(|| {
                open(dir.path(), &Watch::silent(), &|batch| {
                    if let Batch::Articles(articles) = batch {
                        assert!(articles.len() <= LARGEST_BATCH);
                        emitted.fetch_add(articles.len(), Ordering::Relaxed);
                    }
                })
            })
            .unwrap();
        assert_eq!(emitted.into_inner(), 30);
        folder
    };
    let folder = run(1);
    for article in &folder.articles {
        let outlet = article.outlet.as_ref().unwrap();
        assert_eq!(outlet.place, Place::Folder);
        assert!(article.title_text().unwrap().starts_with("اجتماع"));
        let of = if outlet.value == "almina" { 10 } else { 20 };
        let reasons: Vec<FurnitureReason> = article.furniture.iter().map(|f| f.reason).collect();
        assert_eq!(reasons, [FurnitureReason::Repeated { pages: of, of }; 2]);
    }
    let one = format!("{folder:?}");
    for threads in [2, 5] {
        assert_eq!(format!("{:?}", run(threads)), one);
    }
}
