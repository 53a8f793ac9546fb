//! `muqabala report` as scripts and people call it.

use std::path::Path;
use std::process::{Command, Output};

use super::near_copies;

fn muqabala(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muqabala"))
        .args(arguments)
        .output()
        .unwrap()
}

fn json(folder: &Path, more: &[&str]) -> serde_json::Value {
    let output = muqabala(&[&["report", folder.to_str().unwrap(), "--json", "-"], more].concat());
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Status, and the one line on standard error.
fn failure(arguments: &[&str]) -> (i32, String) {
    let output = muqabala(arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.trim_end().lines().count(), 1, "{message}");
    assert!(output.stdout.is_empty());
    (output.status.code().unwrap(), message)
}

#[test]
fn the_same_folder_gives_the_same_report_at_any_number_of_threads() {
    let one = json(&super::sample(), &["--threads", "1"]);
    let four = json(&super::sample(), &["--threads", "4"]);
    assert_eq!(one, four);
    assert_eq!(one["format"], 1);
    assert!(one["passages"].as_array().unwrap().len() >= 32);
}

#[test]
fn lists_are_sorted_and_offsets_are_characters() {
    let report = json(&super::sample(), &[]);
    let articles = report["articles"].as_array().unwrap();
    let paths: Vec<&str> = articles
        .iter()
        .map(|a| a["path"].as_str().unwrap())
        .collect();
    assert!(paths.is_sorted());
    let key = |p: &serde_json::Value| {
        let side = |s: &str| {
            (
                p[s]["path"].as_str().unwrap().to_owned(),
                p[s]["start"].as_u64().unwrap(),
            )
        };
        let ((a, a_start), (b, b_start)) = (side("a"), side("b"));
        (a, b, a_start, b_start)
    };
    let passages = report["passages"].as_array().unwrap();
    assert!(passages.iter().map(key).is_sorted());
    for passage in passages {
        assert!(passage["a"]["path"].as_str() < passage["b"]["path"].as_str());
        for side in ["a", "b"] {
            let side = &passage[side];
            let article = articles.iter().find(|a| a["path"] == side["path"]).unwrap();
            let (start, end) = (
                side["start"].as_u64().unwrap(),
                side["end"].as_u64().unwrap(),
            );
            assert!(start < end && end <= article["chars"].as_u64().unwrap());
        }
        let similarity = passage["similarity"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&similarity));
        for edit in passage["edits"].as_array().unwrap() {
            for side in ["a", "b"] {
                let (from, to) = (
                    edit[side][0].as_u64().unwrap(),
                    edit[side][1].as_u64().unwrap(),
                );
                let passage = (
                    passage[side]["start"].as_u64().unwrap(),
                    passage[side]["end"].as_u64().unwrap(),
                );
                assert!(
                    passage.0 <= from && from <= to && to <= passage.1,
                    "an edit outside its passage"
                );
            }
        }
    }
}

#[test]
fn only_pairs_leaves_out_what_shares_nothing() {
    let all = json(&super::sample(), &[]);
    let some = json(&super::sample(), &["--only-pairs"]);
    assert_eq!(all["passages"], some["passages"]);
    let count = |report: &serde_json::Value| report["articles"].as_array().unwrap().len();
    assert!(count(&some) < count(&all));
}

#[test]
fn a_folder_of_rubbish_is_reported_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file =
        |name: &str, content: &[u8]| std::fs::write(folder.path().join(name), content).unwrap();
    file(
        "good.txt",
        "وصلت السفينة إلى المرفأ بعد رحلة دامت أسبوعين في بحر هائج.".as_bytes(),
    );
    file("empty.txt", b"");
    file("blank.txt", b" \n\n ");
    let noise: Vec<u8> = (0..4096u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8)
        .collect();
    file("noise.txt", &noise);
    file("\u{202e}odd name.txt", b"\xff\xfe");
    let report = json(folder.path(), &[]);
    let paths: Vec<&str> = report["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["good.txt"]);
    let skipped = report["skipped"].as_array().unwrap();
    assert_eq!(skipped.len(), 4);
    assert!(
        skipped
            .iter()
            .all(|s| s["reason"].as_str().unwrap().len() > 5)
    );
}

#[test]
fn nothing_to_read_ends_with_status_1_and_says_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let (status, message) = failure(&["report", empty.path().to_str().unwrap()]);
    assert_eq!(status, 1);
    assert!(message.contains("Choose a folder"), "{message}");
    let (status, message) = failure(&["report", "/no/such/folder"]);
    assert_eq!(status, 1);
    assert!(message.contains("/no/such/folder"), "{message}");
    let file = super::root().join("Cargo.toml");
    let (status, message) = failure(&["report", file.to_str().unwrap()]);
    assert_eq!(status, 1);
    assert!(message.contains("is a file"), "{message}");
}

#[test]
fn arguments_that_are_off_end_with_status_2() {
    for arguments in [
        &["report"][..],
        &["report", "x", "--threads", "0"],
        &["report", "x", "--threads", "many"],
        &["report", "x", "--jason", "-"],
        &["report", "x", "--json"],
        &["report", "x", "y"],
        &["x", "y"],
        &["--json", "-"],
    ] {
        assert_eq!(failure(arguments).0, 2, "{arguments:?}");
    }
}

#[test]
fn the_report_is_written_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.json");
    let sample = super::sample();
    let output = muqabala(&[
        "report",
        sample.to_str().unwrap(),
        "--json",
        file.to_str().unwrap(),
    ]);
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    let written: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(written, json(&sample, &[]));
    let nowhere = folder.path().join("no/such/place.json");
    let (status, message) = failure(&[
        "report",
        sample.to_str().unwrap(),
        "--json",
        nowhere.to_str().unwrap(),
    ]);
    assert_eq!(status, 1);
    assert!(message.contains("Choose another place"), "{message}");
    assert_eq!(message.matches("os error").count(), 1, "{message}");
}

#[cfg(unix)]
#[test]
fn names_of_files_steer_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "وصلت السفينة إلى المرفأ.").unwrap();
    std::fs::write(folder.path().join("red\u{1b}[31m\nb\u{202e}.txt"), "").unwrap();
    let output = muqabala(&["report", folder.path().to_str().unwrap(), "--no-cache"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains("red\\u{1b}[31m\\u{a}b\\u{202e}.txt: "),
        "{printed}"
    );
}

#[test]
fn no_number_of_threads_is_too_large() {
    let report = json(&super::sample(), &["--threads", "1000000"]);
    assert_eq!(report["format"], 1);
}

#[test]
fn the_opened_folder_is_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        std::fs::write(
            folder.path().join(name),
            "أعلن المجلس البلدي افتتاح الحديقة العامة يوم السبت المقبل",
        )
        .unwrap();
    }
    let before = listing(folder.path());
    json(folder.path(), &[]);
    assert_eq!(listing(folder.path()), before);
}

fn listing(folder: &Path) -> Vec<(std::ffi::OsString, u64, std::time::SystemTime)> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let data = entry.metadata().unwrap();
            (entry.file_name(), data.len(), data.modified().unwrap())
        })
        .collect();
    entries.sort();
    entries
}

#[test]
fn many_near_copies_are_named_with_the_one_that_has_the_pairs() {
    let folder = near_copies(8);
    let report = json(folder.path(), &["--no-cache"]);
    let copies = &report["copies"][0];
    assert_eq!(copies["others"].as_array().unwrap().len(), 7);
    let passages = report["passages"].as_array().unwrap();
    assert_eq!(passages.len(), 7);
    for passage in passages {
        let sides = [&passage["a"]["path"], &passage["b"]["path"]];
        assert!(sides.contains(&&copies["first"]));
    }
    let output = muqabala(&["report", folder.path().to_str().unwrap(), "--no-cache"]);
    let summary = String::from_utf8(output.stdout).unwrap();
    let named = format!("\n      8  {}\n", copies["first"].as_str().unwrap());
    assert!(summary.contains(&named), "{summary}");
    // Of a few all pairs are listed, and nothing has to be said.
    let few = json(near_copies(4).path(), &["--no-cache"]);
    assert_eq!(few["passages"].as_array().unwrap().len(), 6);
    assert!(few.get("copies").is_none());
}

#[test]
fn one_of_a_kind_is_counted_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = "روت حارسة المنارة سلوى أن عاصفة البارحة اقتلعت شجرة الخروب أمام مخزن الزيتون العتيق ثم عاد الفتية إلى \
                ورشة الفخار وأشعلوا فرناً من طين أحمر جلبوه من وادي الصفصاف.";
    for name in ["a.txt", "b.txt"] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let output = muqabala(&["report", folder.path().to_str().unwrap(), "--no-cache"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let first = printed.lines().next();
    assert_eq!(
        first,
        Some("2 articles, 1 pair with 1 shared passage, 1 family")
    );
}

/// A page with a font whose letters are explained nowhere in the file: the library that reads pages panics at it.
fn page_with_half_a_font() -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 700 Td (harbour) Tj ET";
    let content = format!(
        "<< /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>",
        &content,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 9 0 R >>",
    ];
    let size = objects.len() + 1;
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    file += &format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

#[test]
fn a_library_that_panics_is_heard_of_as_a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "وصلت السفينة إلى المرفأ.").unwrap();
    std::fs::write(folder.path().join("b.pdf"), page_with_half_a_font()).unwrap();
    let output = muqabala(&["report", folder.path().to_str().unwrap(), "--no-cache"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("b.pdf: It is damaged"), "{printed}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
