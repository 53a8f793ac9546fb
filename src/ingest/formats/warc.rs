//! Web archives: each answer of a server that is a page is an article, its address and the day it was
//! fetched known. Requests, pictures and what the archiver notes about itself are passed over.

use std::io::{Cursor, Read as _};

use flate2::read::{GzDecoder, ZlibDecoder};
use warc::{RecordType, WarcHeader, WarcReader};

use super::page::Claim;
use super::{Pages, Source, html};
use crate::article::{FileKind, Origin};
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// A page unpacks to no more than this, in bytes.
const LARGEST_PAGE: u64 = 32 * 1024 * 1024;

/// # Errors
/// It is no web archive, or no page in it can be read; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let mut pages = Pages::default();
    let (mut broken, mut first_broken) = (0, 0);
    for (i, record) in WarcReader::new(Cursor::new(bytes))
        .iter_records()
        .enumerate()
    {
        watch.check()?;
        if pages.is_full() {
            break;
        }
        let Ok(record) = record else {
            broken += 1;
            first_broken = if broken == 1 { i + 1 } else { first_broken };
            if broken > 100 {
                break;
            }
            continue;
        };
        if !matches!(
            record.warc_type(),
            RecordType::Response | RecordType::Resource
        ) {
            continue;
        }
        let day = record.date().format("%Y-%m-%d").to_string();
        let is_response = *record.warc_type() == RecordType::Response;
        // The crate's own way to a header panics at one that is no Unicode.
        let (head, body) = record.into_raw_parts();
        let address = head.as_ref().get(&WarcHeader::TargetURI).map(|uri| {
            let uri = String::from_utf8_lossy(uri);
            uri.trim_matches(['<', '>']).to_owned()
        });
        let Some(content) = content(&body, is_response) else {
            continue;
        };
        let within = Source {
            charset: content.charset,
            ..source.clone()
        };
        let part = (i + 1).to_string();
        match html::read(content.body, &within, watch) {
            Ok(read) => {
                for mut page in read.pages {
                    page.kind = FileKind::Warc;
                    let address = address
                        .as_deref()
                        .and_then(|a| Claim::new(a, Origin::Header));
                    page.said.urls.splice(0..0, address);
                    page.said.crawled.extend(Claim::new(&day, Origin::Header));
                    pages.pages.push(page.part(part.clone()));
                }
            }
            Err(Failure::Stopped) => return Err(Failure::Stopped),
            Err(Failure::Skip(reason)) => pages.skip(Some(part), reason),
        }
    }
    pages.cut();
    if broken > 0 && !pages.pages.is_empty() {
        pages.skip(
            None,
            SkipReason::BadLines {
                lines: broken,
                first: first_broken,
            },
        );
    }
    if pages.pages.is_empty() && pages.skipped.is_empty() {
        return Err(if broken > 0 {
            SkipReason::Malformed("no web archive that can be read".to_owned()).into()
        } else {
            SkipReason::NoArticle.into()
        });
    }
    Ok(pages)
}

struct Content {
    body: Vec<u8>,
    charset: Option<String>,
}

/// The page of a server's answer; `None` for errors, pictures and the like.
fn content(block: &[u8], is_response: bool) -> Option<Content> {
    if !is_response {
        let page = block
            .windows(5)
            .take(2048)
            .any(|w| w.eq_ignore_ascii_case(b"<html"));
        return page.then(|| Content {
            body: block.to_vec(),
            charset: None,
        });
    }
    let end = block.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&block[..end]);
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?.to_owned();
    if !status.starts_with('2') {
        return None;
    }
    let header = |name: &str| {
        head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_ascii_lowercase())
        })
    };
    let kind = header("content-type").unwrap_or_default();
    if !kind.contains("html") {
        return None;
    }
    let mut body = block[end + 4..].to_vec();
    if header("transfer-encoding").is_some_and(|value| value.contains("chunked")) {
        body = unchunked(&body).unwrap_or(body);
    }
    let packed = header("content-encoding").unwrap_or_default();
    let mut unpacked = Vec::new();
    let read = match packed.as_str() {
        "gzip" | "x-gzip" => GzDecoder::new(&*body)
            .take(LARGEST_PAGE)
            .read_to_end(&mut unpacked),
        "deflate" => ZlibDecoder::new(&*body)
            .take(LARGEST_PAGE)
            .read_to_end(&mut unpacked),
        _ => Err(std::io::ErrorKind::Unsupported.into()),
    };
    // Archivers unpack and leave the header standing.
    if read.is_ok() || !unpacked.is_empty() {
        body = unpacked;
    }
    let charset = kind.split_once("charset=").map(|(_, name)| {
        name.split(';')
            .next()
            .unwrap_or("")
            .trim_matches(['"', '\'', ' '])
            .to_owned()
    });
    Some(Content { body, charset })
}

/// HTTP's chunks put together; `None` where the body is not in chunks, whatever its header says.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut rest = body;
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = rest.windows(2).position(|w| w == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end])
            .ok()?
            .split(';')
            .next()?
            .trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let from = end + 2;
        let chunk = rest.get(from..from.checked_add(size)?.min(rest.len()))?;
        out.extend_from_slice(chunk);
        match rest.get(from + chunk.len() + 2..) {
            Some(next) if chunk.len() == size => rest = next,
            _ => return Some(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(kind: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://almina.example/1\r\n\
             WARC-Date: 2031-03-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1-{kind}>\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    #[test]
    fn pages_are_read_with_address_and_day() {
        let body = "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع.";
        let html =
            format!("<html><body><h1>السفينة تصل إلى الميناء</h1><p>{body}</p></body></html>");
        let chunked = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n\
             {:x}\r\n{html}\r\n0\r\n\r\n",
            html.len()
        );
        let archive = [
            record("request", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", chunked.as_bytes()),
            record(
                "response",
                b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n123",
            ),
            record(
                "response",
                b"HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<html>x",
            ),
        ]
        .concat();
        let pages = read(archive, &Source::named("warc"), &Watch::silent()).unwrap();
        assert_eq!(pages.pages.len(), 1);
        let page = &pages.pages[0];
        assert_eq!(page.text, format!("السفينة تصل إلى الميناء\n\n{body}"));
        assert_eq!(page.part.as_deref(), Some("2"));
        assert_eq!(page.said.crawled[0].value, "2031-03-05");
        assert_eq!(page.said.urls[0].value, "https://almina.example/1");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read([b"WARC/1.0\r\n".to_vec(), tail.clone()].concat(), &Source::named("warc"), &Watch::silent());
            let _ = read(record("response", &tail), &Source::named("warc"), &Watch::silent());
            let _ = unchunked(&tail);
        }
    }
}
