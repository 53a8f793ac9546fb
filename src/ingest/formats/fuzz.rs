//! Every reader against what it was not made for: any bytes, and valid files that were cut off, flipped, spliced and
//! doubled. None may panic, and none may take long or give more than it was given.

use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;

use super::{Kind, kind};
use crate::ingest::unpack::tests::{gz, zipped};
use crate::ingest::{guard, unpack};
use crate::work::Watch;

const BODY: &str =
    "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع بين العواصف.";
/// Even on a machine that is busy with other things; readers take milliseconds.
const LONGEST: Duration = Duration::from_secs(20);

const DOCX: &str = "word/document.xml";
const ODT: &str = "content.xml";

fn docx_xml() -> String {
    format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body><w:p><w:r><w:t>عنوان</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">{BODY}</w:t><w:tab/>\
         <w:br/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>خلية</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del></w:body></w:document>"
    )
}

fn odt_xml() -> String {
    format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:o\" xmlns:text=\"urn:t\"><office:body>\
         <office:text><text:h>عنوان</text:h><text:p>{BODY}<text:s text:c=\"3\"/><text:tab/></text:p>\
         <text:list><text:list-item><text:p>بند</text:p></text:list-item></text:list></office:text></office:body>\
         </office:document-content>"
    )
}

fn saved_page() -> String {
    format!(
        "<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><title>عنوان الخبر - مرصد</title>\
         <meta property=\"og:site_name\" content=\"مرصد الميناء\"><script type=\"application/ld+json\">\
         {{\"@type\":\"NewsArticle\",\"headline\":\"عنوان الخبر\",\"datePublished\":\"2031-03-05T08:00:00+03:00\",\
         \"publisher\":{{\"name\":\"مرصد\"}}}}</script></head><body><nav><a href=\"/\">الرئيسية</a></nav><article>\
         <h1>عنوان الخبر</h1><time datetime=\"2031-03-05\">5 آذار 2031</time><p>{BODY}</p><p>{BODY}</p></article>\
         <div class=\"related\"><ul><li>خبر آخر</li></ul></div></body></html>"
    )
}

/// A page of text in the simplest PDF that there is.
fn pdf() -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 700 Td (A ship of the new fleet came into port) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    out
}

fn warc() -> Vec<u8> {
    let page = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}",
        saved_page()
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://almina.example/1\r\n\
         WARC-Date: 2031-03-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    )
    .into_bytes()
}

fn mail() -> String {
    format!(
        "From: =?utf-8?B?2YXYsdi12K8=?= <a@almina.example>\r\nSubject: =?utf-8?B?2LnZhtmI2KfZhg==?=\r\n\
         Date: Wed, 5 Mar 2031 08:00:00 +0300\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         {BODY}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--b--\r\n",
        saved_page()
    )
}

/// A valid file of a format, under a name that leads to its reader.
fn valid(name: &str) -> Vec<u8> {
    match name {
        "a.html" => saved_page().into_bytes(),
        "a.mht" | "a.eml" => mail().into_bytes(),
        "a.json" => format!("[{{\"title\":\"عنوان\",\"text\":\"{BODY}\",\"date\":\"2031-03-05\",\"source\":{{\"name\":\"مرصد\"}}}}]")
            .into_bytes(),
        "a.jsonl" => format!("{{\"text\":\"{BODY}\"}}\n{{\"body\":\"{BODY}\",\"url\":\"https://almina.example/1\"}}\n").into_bytes(),
        "a.csv" => format!("title,text,source,date\nعنوان,\"{BODY}\",مرصد,2031-03-05\n").into_bytes(),
        "a.tsv" => format!("title\ttext\tdate\nعنوان\t{BODY}\t5/3/2031\n").into_bytes(),
        "a.md" => format!("---\ntitle: عنوان\nsource: مرصد\ndate: 2031-03-05\ntags: [a, b]\n---\n# عنوان\n\n{BODY}\n").into_bytes(),
        "a.txt" => format!("عنوان\nدمشق - سانا\n5 آذار 2031\n{BODY}\n").into_bytes(),
        "a.xml" => format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>مرصد</title><item><title>عنوان</title>\
             <description><![CDATA[<p>{BODY}</p>]]></description><pubDate>Wed, 05 Mar 2031 08:00:00 GMT</pubDate>\
             </item></channel></rss>"
        )
        .into_bytes(),
        "a.rtf" => b"{\\rtf1\\ansi\\ansicpg1256{\\fonttbl{\\f0\\fcharset178 Arial;}}\\f0 \\'e6\\'d5\\'e1\\par\\u1608?\\u1589? text\\par}".to_vec(),
        "a.doc" => super::doc::tests::document(BODY, b"and a little Latin text"),
        "a.pdf" => pdf(),
        "a.warc" => warc(),
        "a.docx" => zipped(&[(DOCX, docx_xml().as_bytes())]),
        "a.odt" => zipped(&[(ODT, odt_xml().as_bytes())]),
        "a.zip" => zipped(&[("x/a.txt", BODY.as_bytes()), ("x/b.html", saved_page().as_bytes())]),
        "a.txt.gz" => gz(BODY.as_bytes()),
        "a.warc.gz" => gz(&warc()),
        other => unreachable!("{other} is no name of these tests"),
    }
}

const NAMES: [&str; 18] = [
    "a.html", "a.mht", "a.eml", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.md", "a.txt", "a.xml",
    "a.rtf", "a.doc", "a.pdf", "a.warc", "a.docx", "a.odt", "a.zip", "a.txt.gz",
];

/// What happens to a valid file.
#[derive(Clone, Debug)]
enum Harm {
    Cut(prop::sample::Index),
    Flip(Vec<(prop::sample::Index, u8)>),
    /// Bytes of other places, or of nowhere, in the middle.
    Splice(prop::sample::Index, Vec<u8>),
    /// A stretch many times over.
    Repeat(prop::sample::Index, prop::sample::Index, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        at().prop_map(Harm::Cut),
        prop::collection::vec((at(), any::<u8>()), 1..12).prop_map(Harm::Flip),
        (at(), prop::collection::vec(any::<u8>(), 0..40))
            .prop_map(|(at, bytes)| Harm::Splice(at, bytes)),
        (at(), at(), 2usize..200).prop_map(|(a, b, times)| Harm::Repeat(a, b, times)),
    ]
}

impl Harm {
    fn done_to(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        if bytes.is_empty() {
            return bytes;
        }
        match self {
            Self::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
            Self::Flip(places) => {
                for (at, byte) in places {
                    let at = at.index(bytes.len());
                    bytes[at] ^= byte;
                }
            }
            Self::Splice(at, other) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, other.iter().copied());
            }
            Self::Repeat(a, b, times) => {
                let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
                let stretch = bytes[a.min(b)..a.max(b)].to_vec();
                let most = 200_000 / stretch.len().max(1);
                let more = stretch.repeat((*times).min(most));
                bytes.splice(a.min(b)..a.min(b), more);
            }
        }
        bytes
    }
}

/// Reads it, within the time; says how many characters came out of it.
fn read(name: &str, bytes: Vec<u8>) -> Option<usize> {
    let kind = kind(Path::new(name));
    assert!(!matches!(kind, Kind::Later | Kind::NoArticles), "{name}");
    let watch = Watch::silent().within(LONGEST);
    // On a stack as large as in the program.
    let run = || unpack::pages(name, bytes, kind, &watch);
    let read = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(guard::STACK);
        builder.spawn_scoped(scope, run).unwrap().join()
    });
    // A panic of the reader is one of the test.
    let read = read.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    assert!(watch.check().is_ok(), "{name} took too long");
    let pages = read.ok()?;
    Some(pages.pages.iter().map(|page| page.text.len()).sum())
}

fn cases(usual: u32) -> ProptestConfig {
    // `PROPTEST_CASES=5000 cargo test --lib fuzz` looks harder.
    let wanted = std::env::var("PROPTEST_CASES").ok();
    let cases = wanted.and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

#[test]
fn valid_files_are_read() {
    for name in NAMES.into_iter().chain(["a.warc.gz"]) {
        let chars = read(name, valid(name));
        assert!(chars.is_some_and(|chars| chars > 2), "{name}: {chars:?}");
    }
}

macro_rules! fuzz {
    ($($test:ident: $name:literal x $cases:literal,)*) => {$(
        proptest! {
            #![proptest_config(cases($cases))]
            #[test]
            fn $test(harms in prop::collection::vec(harm(), 1..3), any in prop::collection::vec(any::<u8>(), 0..200)) {
                let whole = harms.iter().fold(valid($name), |bytes, harm| harm.done_to(bytes));
                let given = whole.len();
                let got = read($name, whole);
                // Nothing packed: no more comes out than went in, entities and character sets allowed for.
                if !$name.ends_with("zip") && !$name.ends_with("gz") && !$name.ends_with("docx") && !$name.ends_with("odt") {
                    prop_assert!(got.unwrap_or(0) <= given * 8 + 1000);
                }
                read($name, any);
            }
        }
    )*};
}

fuzz! {
    html: "a.html" x 64,
    mht: "a.mht" x 48,
    eml: "a.eml" x 48,
    json: "a.json" x 96,
    jsonl: "a.jsonl" x 96,
    csv: "a.csv" x 96,
    tsv: "a.tsv" x 96,
    markdown: "a.md" x 96,
    plain: "a.txt" x 96,
    feed: "a.xml" x 64,
    rtf: "a.rtf" x 96,
    doc: "a.doc" x 64,
    pdf_file: "a.pdf" x 64,
    warc_file: "a.warc" x 48,
    docx: "a.docx" x 64,
    odt: "a.odt" x 64,
    zip_file: "a.zip" x 48,
    gzip: "a.txt.gz" x 64,
    warc_gzip: "a.warc.gz" x 48,
}

proptest! {
    #![proptest_config(cases(64))]
    /// Harm inside a container that is whole: its checksums do not keep it from the reader.
    #[test]
    fn documents_within_whole_containers(harms in prop::collection::vec(harm(), 1..3)) {
        for (name, part, xml) in [("a.docx", DOCX, docx_xml()), ("a.odt", ODT, odt_xml())] {
            let harmed = harms.iter().fold(xml.into_bytes(), |bytes, harm| harm.done_to(bytes));
            read(name, zipped(&[(part, &harmed)]));
        }
        let page = harms.iter().fold(saved_page().into_bytes(), |bytes, harm| harm.done_to(bytes));
        read("a.zip", zipped(&[("a.html", &page)]));
        read("a.warc.gz", gz(&page));
    }
}
