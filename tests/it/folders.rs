//! What becomes of folders as people have them: corrections in the window, files that change while a folder is
//! open, and input that is broken or hostile. The opened folder is never written to.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use egui::Key;
use muqabala::ingest::{self, Folder};
use muqabala::view::List;
use muqabala::work::Watch;

use egui_kittest::kittest::Queryable as _;

use super::person::Desk;
use muqabala::ui::command::Command;

const BODY: &str = "قال حارس المنارة القديمة إن العاصفة التي ضربت الساحل ليلة البارحة اقتلعت سبع عشرة شجرة \
    من حديقة البلدية، وأضاف أن فرق الصيانة وصلت اليوم قبل الفجر ومعها ثمانية قوارب مطاطية.";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn outlets(desk: &Desk) -> Vec<Option<String>> {
    let session = desk.window().state.session.as_ref().unwrap();
    let names = session
        .articles
        .iter()
        .map(|a| a.outlet_name().map(str::to_owned));
    names.collect()
}

/// Names, sizes and times of all files below a folder.
fn stamp(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let meta = entry.metadata().unwrap();
            format!(
                "{:?} {} {:?}",
                entry.path(),
                meta.len(),
                meta.modified().unwrap()
            )
        })
        .collect();
    all.sort();
    all
}

#[test]
fn an_outlet_is_corrected_in_the_window_and_forgotten_again() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.txt",
        format!("الرئيسية | رياضة\nعنوان\n{BODY}\nخاتمة أولى"),
    );
    write(
        folder.path(),
        "b.txt",
        format!("عنوان آخر\n{BODY}\nخاتمة ثانية"),
    );
    let before = stamp(folder.path());
    let mut desk = Desk::opened(folder.path().to_owned());
    assert_eq!(outlets(&desk), [None, None]);
    desk.send(Command::ShowList(List::Articles));
    desk.press(Key::F2);
    assert!(desk.shows("Correct this article"));
    // The first field has the focus.
    desk.type_in("مرصد الميناء");
    desk.press(Key::Enter);
    desk.wait("the correction holds", |window| {
        let session = window.state.session.as_ref().unwrap();
        session.articles[0].outlet_name() == Some("مرصد الميناء")
    });
    assert_eq!(outlets(&desk)[1], None);
    // Furniture is taken in again by one click.
    let words = |desk: &Desk| desk.window().state.session.as_ref().unwrap().articles[0].words;
    let furnished = words(&desk);
    desk.click_containing("of page furniture set apart");
    desk.wait("the furniture is text", |window| {
        window.state.session.as_ref().unwrap().articles[0]
            .furniture
            .is_empty()
    });
    assert_eq!(words(&desk), furnished + 2);
    desk.press(Key::F2);
    desk.click("Forget corrections");
    desk.wait("as it was read", |window| {
        let article = &window.state.session.as_ref().unwrap().articles[0];
        article.outlet.is_none() && !article.furniture.is_empty()
    });
    assert_eq!(stamp(folder.path()), before);
}

#[test]
fn what_contradicts_a_date_is_shown_and_one_click_makes_it_hold() {
    let folder = tempfile::tempdir().unwrap();
    let page = |outlet: &str, day: &str| {
        format!(
            "<html><head><title>خبر المنارة والعاصفة</title><meta property='og:site_name' content='{outlet}'>\
             <meta property='article:published_time' content='{day}T08:00:00Z'></head>\
             <body><h1>خبر المنارة والعاصفة</h1><p>{BODY}</p></body></html>"
        )
    };
    write(
        folder.path(),
        "altariq/2031-03-09_a.html",
        page("صحيفة الطريق", "2031-03-05"),
    );
    write(
        folder.path(),
        "almina/2031-03-06_b.html",
        page("مرصد الميناء", "2031-03-06"),
    );
    let mut desk = Desk::opened(folder.path().to_owned());
    // The list of pairs says it, and so does the comparison.
    assert!(desk.shows("date contradicted"));
    desk.press(Key::Enter);
    assert!(desk.shows("date contradicted"));
    desk.press(Key::E);
    assert!(desk.shows("is likely") || desk.shows("the file’s name says"));
    desk.press(Key::Escape);
    desk.send(Command::ShowList(List::Articles));
    desk.send(Command::SelectRow(0));
    desk.wait("the article at hand", |_| true);
    let at = desk.window().state.session.as_ref().unwrap();
    let disputed = at
        .articles
        .iter()
        .position(|a| a.day() == Some(jiff::civil::date(2031, 3, 5)))
        .unwrap();
    let row = at
        .board
        .articles
        .iter()
        .position(|&id| id as usize == disputed)
        .unwrap();
    desk.send(Command::SelectRow(row));
    assert!(desk.shows("Contradicted by the file’s name"));
    // The dialog offers the other value too.
    desk.press(Key::F2);
    desk.click_containing("2031-03-09\u{2069}, from the file’s name");
    desk.click("Correct");
    desk.wait("the other day holds", |window| {
        let session = window.state.session.as_ref().unwrap();
        let day = session.articles[disputed].day();
        day == Some(jiff::civil::date(2031, 3, 9))
    });
    assert!(!desk.shows("Contradicted by the file’s name"));
}

#[test]
fn files_that_change_while_the_folder_is_open_are_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", format!("عنوان\n{BODY}"));
    let mut desk = Desk::opened(folder.path().to_owned());
    // The watch begins on a thread of its own.
    std::thread::sleep(std::time::Duration::from_millis(300));
    write(folder.path(), "b.txt", format!("عنوان آخر\n{BODY}"));
    desk.wait("the new file", |window| {
        window.state.session.as_ref().unwrap().articles.len() == 2
    });
    desk.wait("its pair", |window| {
        window.state.session.as_ref().unwrap().tables.pairs.0.len() == 1
    });
    fs::remove_file(folder.path().join("a.txt")).unwrap();
    desk.wait("the file is gone", |window| {
        let session = window.state.session.as_ref().unwrap();
        session.articles.len() == 1 && session.tables.pairs.0.is_empty()
    });
}

fn opened(folder: &Path) -> Folder {
    ingest::open(folder, &Watch::silent(), &|_| {}).unwrap()
}

/// What a person is told of each hostile file, while the one good article opens.
#[test]
fn hostile_files_end_in_a_reason_each() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    write(dir, "good.txt", BODY);
    // A small file that unpacks to half a gigabyte.
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..512 {
        bomb.write_all(&zeros).unwrap();
    }
    write(dir, "bomb.txt.gz", bomb.finish().unwrap());
    let sparse = fs::File::create(dir.join("huge.txt")).unwrap();
    sparse.set_len(5 << 30).unwrap();
    write(
        dir,
        "deep.html",
        format!("{}{BODY}", "<div>".repeat(100_000)),
    );
    write(dir, "deep.json", format!("{}1", "[".repeat(100_000)));
    write(dir, "broken.docx", b"PK\x03\x04 and no more");
    write(
        dir,
        "broken.pdf",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>",
    );
    write(
        dir,
        "broken.doc",
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0],
    );
    write(
        dir,
        "entities.xml",
        "<!DOCTYPE x [<!ENTITY a \"&#x61;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss>&a;&f;</rss>",
    );
    write(
        dir,
        "garbage.txt",
        (0u32..4000)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8)
            .collect::<Vec<u8>>(),
    );
    write(dir, "no-texts.csv", "a,b\n1,2\n");
    // Five containers in one another, and a page that repeats its parts without end.
    let mut nest = BODY.as_bytes().to_vec();
    for _ in 0..5 {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&nest).unwrap();
        nest = gz.finish().unwrap();
    }
    write(dir, "nest.txt.gz.gz.gz.gz.gz", nest);
    write(
        dir,
        "repeats.html",
        format!(
            "<html><body>{}</body></html>",
            "<table><tr><td>".repeat(20_000)
        ),
    );
    write(dir, "empty.html", "");
    write(dir, "blank.docx", "");
    write(
        dir,
        "fonts.rtf",
        format!("{{\\rtf1{}", "{\\f0".repeat(200_000)),
    );
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let name = std::ffi::OsStr::from_bytes(b"\xC7\xCE\xC8\xC7\xD1.pdf");
        fs::write(dir.join(name), "no document").unwrap();
        std::os::unix::fs::symlink(dir, dir.join("again")).unwrap();
        std::os::unix::fs::symlink("gone.txt", dir.join("dead.txt")).unwrap();
        std::os::unix::net::UnixListener::bind(dir.join("socket.txt")).unwrap();
    }
    let opened = opened(dir);
    let paths: Vec<&str> = opened.articles.iter().map(|a| a.path.as_str()).collect();
    assert_eq!(paths, ["good.txt"]);
    let told: Vec<(&str, String)> = opened
        .skipped
        .iter()
        .map(|s| (s.path.as_str(), s.reason.to_string()))
        .collect();
    for (path, part) in [
        ("bomb.txt.gz", "It unpacks to more than 256 MB"),
        ("broken.doc", "It is damaged"),
        ("broken.docx", "It is damaged"),
        ("broken.pdf", ""),
        ("deep.html", "nested too deep"),
        ("deep.json", "It is damaged"),
        ("entities.xml", "There is no article in it"),
        ("garbage.txt", "not text"),
        ("huge.txt", "larger than 256 MB"),
        ("no-texts.csv", "No column of it holds texts"),
        ("nest.txt.gz.gz.gz.gz.gz", "opened 3 deep, no deeper"),
        ("repeats.html", "nested too deep"),
        ("empty.html", "The file is empty"),
        ("blank.docx", ""),
        ("fonts.rtf", ""),
        #[cfg(unix)]
        ("\\xC7\\xCE\\xC8\\xC7\\xD1.pdf", "It is damaged"),
        #[cfg(unix)]
        ("again", "A link to another folder is not followed"),
        #[cfg(unix)]
        ("dead.txt", "leads nowhere"),
        #[cfg(unix)]
        ("socket.txt", "Neither a file nor a folder"),
    ] {
        let found = told.iter().find(|(told, _)| *told == path);
        assert!(
            found.is_some_and(|(_, reason)| reason.contains(part)),
            "{path}: {found:?}"
        );
    }
}

#[test]
fn scripts_and_addresses_of_a_page_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let page = format!(
        "<html><head><title>عنوان الخبر - مرصد</title><script>document.write('نص من برنامج')</script>\
         <meta property='og:site_name' content='مرصد الميناء'></head><body onload='x()'>\
         <h1>عنوان الخبر الطويل</h1><p>{BODY}</p><img src='http://127.0.0.1:1/x.png'><iframe src='file:///etc/passwd'></iframe>\
         </body></html>"
    );
    write(folder.path(), "a.html", page);
    write(folder.path(), "a_files/b.txt", BODY);
    let opened = opened(folder.path());
    assert_eq!(opened.articles.len(), 1);
    let article = &opened.articles[0];
    assert_eq!(&*article.text, format!("عنوان الخبر الطويل\n\n{BODY}"));
    assert_eq!(article.outlet_name(), Some("مرصد الميناء"));
    assert_eq!(opened.skipped[0].path, "a_files");
}

#[test]
fn a_table_in_the_folder_tells_of_its_files() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "sub/a.txt", format!("عنوان\n{BODY}"));
    write(folder.path(), "b.txt", BODY);
    write(
        folder.path(),
        "metadata.csv",
        "file,outlet,date,title\nsub/a.txt,مرصد الميناء,2031-03-05,عنوان مصحح\n",
    );
    let opened = opened(folder.path());
    let a = opened
        .articles
        .iter()
        .find(|a| a.path == "sub/a.txt")
        .unwrap();
    assert_eq!(a.outlet_name(), Some("مرصد الميناء"));
    assert_eq!(a.day(), Some(jiff::civil::date(2031, 3, 5)));
    assert_eq!(a.title_text(), Some("عنوان مصحح"));
    assert_eq!(opened.skipped.len(), 1);
}

#[test]
fn outlets_are_merged_under_a_name_in_the_window_and_told_apart_again() {
    let folder = tempfile::tempdir().unwrap();
    for (outlet, end) in [("almarsad-one", "أولى"), ("almarsad-two", "ثانية")] {
        write(
            folder.path(),
            &format!("{outlet}/a.txt"),
            format!("عنوان\n{BODY}\nخاتمة {end}"),
        );
    }
    let before = stamp(folder.path());
    let mut desk = Desk::opened(folder.path().to_owned());
    let names = |desk: &Desk| -> Vec<String> { outlets(desk).into_iter().flatten().collect() };
    assert_eq!(names(&desk), ["almarsad-one", "almarsad-two"]);
    desk.press(Key::F4);
    assert!(desk.shows("In this folder"));
    // The list behind the dialog names them too.
    let choose = |desk: &mut Desk, name: &str| {
        let rows = desk
            .harness
            .get_all_by(|node| node.label().is_some_and(|label| label.starts_with(name)));
        rows.last().unwrap().click();
        desk.settle();
    };
    choose(&mut desk, "almarsad-one");
    choose(&mut desk, "almarsad-two");
    desk.click("Keep names");
    assert!(desk.shows("Named by you"));
    desk.click("Close");
    desk.wait("both are one outlet", |window| {
        let session = window.state.session.as_ref().unwrap();
        let one = |a: &std::sync::Arc<muqabala::article::Article>| {
            a.outlet_name() == Some("almarsad-one")
        };
        session.articles.iter().all(one)
    });
    desk.press(Key::F4);
    choose(&mut desk, "almarsad-one");
    desk.click("Forget");
    desk.click("Close");
    desk.wait("both have their own names", |window| {
        let session = window.state.session.as_ref().unwrap();
        session.articles[1].outlet_name() == Some("almarsad-two")
    });
    assert_eq!(stamp(folder.path()), before);
}

/// What a person decided goes out as a table and comes in again on another machine, with the files under other names.
#[test]
fn corrections_travel_as_a_table_to_files_of_other_names() {
    use muqabala::article::{Article, Correction};
    use muqabala::store;

    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let own = "دمشق-سانا ";
    write(
        here.path(),
        "a.txt",
        format!("قارب كبير يعود إلى المرسى\n2031-03-05\n{own}{BODY}\nخاتمة"),
    );
    write(here.path(), "b.txt", format!("عنوان آخر\n{BODY}"));
    let read = opened(here.path());
    assert_eq!(read.articles[0].outlet_name(), Some("سانا"));
    let headline = read.articles[0].title_text();
    assert_eq!(headline, Some("قارب كبير يعود إلى المرسى"));
    let corrections = [
        Correction {
            outlet: Some(None),
            published: Some(None),
            title: Some(None),
            ..Correction::default()
        },
        Correction {
            outlet: Some(Some("مرصد الميناء".to_owned())),
            published: Some(Some(jiff::civil::date(2031, 3, 9))),
            ..Correction::default()
        },
    ];
    let rows = read.articles.iter().zip(&corrections);
    let rows = rows.map(|(article, correction)| {
        (
            &**article as &Article,
            ingest::content_id(article),
            correction,
        )
    });
    store::export_corrections(&there.path().join("metadata.csv"), rows).unwrap();
    fs::create_dir(there.path().join("moved")).unwrap();
    fs::copy(here.path().join("a.txt"), there.path().join("moved/x.txt")).unwrap();
    fs::copy(here.path().join("b.txt"), there.path().join("moved/y.txt")).unwrap();
    let moved = opened(there.path());
    let told: Vec<_> = moved
        .articles
        .iter()
        .map(|a| (a.path.as_str(), a.outlet_name(), a.day()))
        .collect();
    assert_eq!(
        told,
        [
            ("moved/x.txt", None, None),
            (
                "moved/y.txt",
                Some("مرصد الميناء"),
                Some(jiff::civil::date(2031, 3, 9))
            )
        ]
    );
    let headlines = |folder: &Folder| {
        let articles = folder.articles.iter();
        let all = articles.map(|article| article.title_text().map(str::to_owned));
        all.collect::<Vec<_>>()
    };
    assert_eq!(headlines(&moved), [None, headlines(&read).swap_remove(1)]);
}

/// A corrected outlet counts when pages are held against one another: the line that stands on every page of an outlet
/// is furniture on the page that turns out to be its, and no longer on the one that turns out to be another's.
#[test]
fn repetition_is_found_anew_for_a_corrected_outlet() {
    use muqabala::article::{Correction, Corrections};
    use muqabala::ingest::Memory;

    let folder = tempfile::tempdir().unwrap();
    let line = |i: usize, j: usize| {
        format!("وفي اليوم رقم {j} من الأسبوع {i} اجتمع السكان في القاعة وناقشوا المسألة من جديد.")
    };
    for i in 0..12 {
        let (outlet, foot) = if i < 6 {
            ("almina", "نلقاكم غدا")
        } else {
            ("altariq", "بيوت أهل الطريق")
        };
        let body: Vec<String> = (0..4).map(|j| line(i, j)).collect();
        let text = format!("اجتماع الأسبوع {i}\n{}\n{foot}", body.join("\n"));
        write(folder.path(), &format!("{outlet}/{i:02}.txt"), text);
    }
    let read = |corrections: &Corrections| {
        let memory = Memory {
            corrections: Some(corrections),
            ..Memory::default()
        };
        ingest::open_with(folder.path(), &memory, &Watch::silent(), &|_| {}).unwrap()
    };
    let first = read(&Corrections::default());
    assert!(
        first
            .articles
            .iter()
            .all(|article| article.furniture.len() == 1)
    );
    let mut corrections = Corrections::default();
    corrections.insert(
        ingest::content_id(&first.articles[0]),
        Correction {
            outlet: Some(Some("altariq".to_owned())),
            ..Correction::default()
        },
    );
    let second = read(&corrections);
    assert_eq!(second.corrected, [0]);
    assert!(second.articles[0].furniture.is_empty());
    let reason = |at: usize| second.articles[at].furniture[0].reason.to_string();
    assert_eq!(reason(1), "On 5 of 5 pages of this outlet");
}

#[test]
fn what_counts_as_shared_is_set_kept_and_taken_back() {
    let mut desk = Desk::opened(super::sample());
    let pairs = |window: &muqabala::app::Window| {
        let session = window.state.session.as_ref();
        session.map_or(0, |session| session.tables.pairs.0.len())
    };
    let before = pairs(desk.window());
    // The first number has the keyboard; what can be no length is refused with the reason.
    let ask_for = |desk: &mut Desk, words: &str| {
        desk.press(Key::F6);
        desk.press_with(egui::Modifiers::COMMAND, Key::A);
        desk.type_in(words);
        desk.click("Compare anew");
    };
    ask_for(&mut desk, "0");
    assert!(desk.shows("a number from 5 to 500"));
    desk.press(Key::Escape);
    ask_for(&mut desk, "200");
    desk.wait("fewer pairs are left", |window| {
        (1..before).contains(&pairs(window))
    });
    let few = pairs(desk.window());
    // By mouse, too.
    desk.click("Menu");
    desk.click("What counts as shared");
    assert!(desk.shows("200"));
    desk.click("Hamza");
    desk.click("As usual");
    desk.click("Compare anew");
    desk.wait("all pairs are back", |window| pairs(window) == before);
    assert!(few < before);
}
