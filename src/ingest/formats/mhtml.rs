//! Pages saved as one file, and mails: MIME parts of which the first page is the article. Pictures and styles
//! stay where they are; nothing is fetched.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MimeHeaders as _};

use super::page::{Claim, Page};
use super::{Pages, Source, html};
use crate::article::{FileKind, Origin};
use crate::ingest::decode::decode_as;
use crate::ingest::error::{Failure, SkipReason};
use crate::ingest::furniture::names_an_outlet;
use crate::ingest::known;
use crate::ingest::lines::key;
use crate::work::Watch;

/// # Errors
/// It is no MIME file, or no part of it is a page with words; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, source: &Source, watch: &Watch) -> Result<Pages, Failure> {
    let kind = if source.extension == "eml" {
        FileKind::Mail
    } else {
        FileKind::Mhtml
    };
    let message = MessageParser::default()
        .parse(&bytes)
        .ok_or_else(|| SkipReason::Malformed("no MIME message".to_owned()))?;
    watch.check()?;
    let part = |subtype: &str| {
        message.parts.iter().find(|part| {
            part.content_type().is_some_and(|content| {
                content.c_type.eq_ignore_ascii_case("text")
                    && content
                        .c_subtype
                        .as_deref()
                        .is_some_and(|s| s.eq_ignore_ascii_case(subtype))
            })
        })
    };
    let (part, is_page) = part("html")
        .map(|part| (part, true))
        .or_else(|| part("plain").map(|part| (part, false)))
        .ok_or(SkipReason::NoArticle)?;
    let (from, to) = (part.offset_body as usize, part.offset_end as usize);
    let raw = bytes.get(from..to.min(bytes.len())).unwrap_or_default();
    let content = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let content = content
        .ok_or_else(|| SkipReason::Malformed("its page is not encoded as it says".to_owned()))?;
    let charset = part
        .content_type()
        .and_then(|content| content.attribute("charset"));
    let mut page = if is_page {
        let within = Source {
            charset: charset.map(str::to_owned),
            ..source.clone()
        };
        let mut pages = html::read(content, &within, watch)?;
        pages.pages.pop().unwrap_or_default()
    } else {
        let text = decode_as(content, charset, watch)?.text;
        Page::headed(None, &text, kind)
    };
    page.kind = kind;
    // A mail's subject is its headline, unless its page shows one.
    if page.said.headline.is_none() && (kind == FileKind::Mail || !is_page) {
        let said = page.said;
        page = Page::headed(message.subject(), &page.text, kind);
        page.said.append(said);
    }
    let header = |name: &str| message.header_raw(name).map(str::trim).map(str::to_owned);
    for name in ["Snapshot-Content-Location", "Content-Location"] {
        let here = header(name);
        let of_part = part
            .headers
            .iter()
            .find(|h| h.name.as_str().eq_ignore_ascii_case(name));
        let address = here.or_else(|| {
            let header = of_part?;
            let bytes = bytes.get(header.offset_start as usize..header.offset_end as usize)?;
            Some(String::from_utf8_lossy(bytes).trim().to_owned())
        });
        page.said.urls.extend(
            address
                .filter(|a| a.contains("://"))
                .and_then(|a| Claim::new(&a, Origin::Header)),
        );
    }
    if kind == FileKind::Mail
        && let Some(from) = message.from().and_then(|from| from.first())
    {
        // A person may have sent it on; an outlet writes under its own name.
        let name = from.name().unwrap_or_default();
        let site = from.address().and_then(|address| address.rsplit_once('@'));
        let known = site.is_some_and(|(_, site)| known::by_host(site).is_some());
        let told = match names_an_outlet(&key(name)) {
            true => Some(name),
            false => site.filter(|_| known).map(|(_, site)| site),
        };
        let claim = told.and_then(|told| Claim::new(told, Origin::Header));
        page.said.outlets.extend(claim);
    }
    if let Some(date) = header("Date").and_then(|date| Claim::new(&date, Origin::Header)) {
        // The day on which a page was saved; a mail's own day.
        if kind == FileKind::Mail {
            page.said.published.push(date);
        } else {
            page.said.crawled.push(date);
        }
    }
    Ok(Pages::one(page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pages(bytes: &[u8]) -> Result<Pages, Failure> {
        read(bytes.to_vec(), &Source::named("mhtml"), &Watch::silent())
    }

    #[test]
    fn the_page_of_a_saved_page() {
        let body = "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع.";
        let html = format!(
            "<html><head><title>السفينة تصل إلى الميناء</title></head><body><h1>السفينة تصل إلى الميناء</h1><p>{body}</p></body></html>"
        );
        let encoded: String = html
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() || b == b' ' {
                    (b as char).to_string()
                } else {
                    format!("={b:02X}")
                }
            })
            .collect::<Vec<_>>()
            .chunks(20)
            .map(|line| line.concat() + "=\r\n")
            .collect();
        let file = format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://almina.example/1\r\n\
             Date: Wed, 5 Mar 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
             Content-Location: https://almina.example/1\r\n\r\n{encoded}\r\n--b\r\n\
             Content-Type: text/css\r\n\r\np {{}}\r\n--b--\r\n"
        );
        let page = &pages(file.as_bytes()).unwrap().pages[0];
        assert_eq!(page.text, format!("السفينة تصل إلى الميناء\n\n{body}"));
        assert_eq!(page.kind, FileKind::Mhtml);
        assert_eq!(page.said.urls[0].value, "https://almina.example/1");
        assert!(page.said.crawled[0].value.contains("5 Mar 2031"));
    }

    #[test]
    fn the_subject_of_a_mail_is_its_headline() {
        let body = "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع.";
        let read = |kind: &str, body: &str| {
            let mail = format!(
                "Subject: السفينة تصل إلى الميناء\r\nMIME-Version: 1.0\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
            );
            let pages = read(mail.into_bytes(), &Source::named("eml"), &Watch::silent());
            pages.unwrap().pages.remove(0)
        };
        let headed = format!("السفينة تصل إلى الميناء\n\n{body}");
        for page in [read("plain", body), read("html", &format!("<p>{body}</p>"))] {
            assert_eq!(page.text, headed);
            assert!(page.said.headline.is_some());
        }
        let shown = read("html", &format!("<h1>عنوان آخر للخبر</h1><p>{body}</p>"));
        assert_eq!(shown.text, format!("عنوان آخر للخبر\n\n{body}"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = pages(&[b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n".to_vec(), tail].concat());
        }
    }
}
