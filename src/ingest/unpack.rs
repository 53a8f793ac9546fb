//! The bytes of a file → its articles, whatever it is packed in. Holds the bounds that keep a small file from
//! filling the memory: how much may come out, of how many parts, how deep.

use std::io::{Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::decode;
use super::error::{Failure, SkipReason};
use super::formats::{self, Container, Kind, Pages, Source};
use super::{LARGEST, STEP, is_arabic};
use crate::work::Watch;

/// Containers within containers.
const DEEPEST: usize = 3;
/// Files in one container.
const MOST_PARTS: usize = 200_000;

/// What may still come out of one file.
struct Bounds {
    bytes: u64,
    depth: usize,
}

/// The articles of the file `name` (a path with `/`, its extension telling the format).
///
/// # Errors
/// Why the file as a whole gives none, or that the job was stopped.
pub(super) fn pages(
    name: &str,
    bytes: Vec<u8>,
    kind: Kind,
    watch: &Watch,
) -> Result<Pages, Failure> {
    let mut bounds = Bounds {
        bytes: LARGEST,
        depth: 0,
    };
    read(name, bytes, kind, &mut bounds, watch)
}

fn read(
    name: &str,
    bytes: Vec<u8>,
    kind: Kind,
    bounds: &mut Bounds,
    watch: &Watch,
) -> Result<Pages, Failure> {
    let source = Source::named(&formats::extension(Path::new(name)));
    let pages = match kind.told_by(&bytes) {
        Kind::Read(reader) | Kind::Plain(reader) => reader(bytes, &source, watch)?,
        Kind::Perhaps(reader) => match reader(bytes, &source, watch) {
            Err(Failure::Skip(_)) => return Err(SkipReason::UnknownKind.into()),
            Ok(pages) if !pages.pages.iter().any(is_arabic) => {
                return Err(SkipReason::UnknownKind.into());
            }
            pages => pages?,
        },
        Kind::Container(container) => {
            if bounds.depth >= DEEPEST {
                return Err(SkipReason::NestedTooDeep { most: DEEPEST }.into());
            }
            bounds.depth += 1;
            let pages = match container {
                Container::Gzip => gzip(name, &bytes, bounds, watch),
                Container::Zip => unzip(bytes, bounds, watch),
            };
            bounds.depth -= 1;
            pages?
        }
        Kind::Later | Kind::NoArticles => {
            return Err(SkipReason::Format {
                extension: source.extension,
            }
            .into());
        }
    };
    if formats::is_readme(name) && !pages.pages.iter().any(is_arabic) {
        return Err(SkipReason::Readme.into());
    }
    Ok(pages)
}

fn gzip(name: &str, bytes: &[u8], bounds: &mut Bounds, watch: &Watch) -> Result<Pages, Failure> {
    let content = all(&mut MultiGzDecoder::new(bytes), bounds, watch)?;
    let inner = name.strip_suffix(&name[name.len() - 3..]).unwrap_or(name);
    let kind = formats::kind(Path::new(inner));
    read(inner, content, kind, bounds, watch)
}

fn unzip(bytes: Vec<u8>, bounds: &mut Bounds, watch: &Watch) -> Result<Pages, Failure> {
    let broken = |error: zip::result::ZipError| SkipReason::Malformed(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(SkipReason::TooManyParts { most: MOST_PARTS }.into());
    }
    let mut found = Pages::default();
    let (mut without_articles, mut left_out) = (0, 0);
    for i in 0..archive.len() {
        watch.check()?;
        if found.is_full() {
            break;
        }
        let part = match archive.by_index(i) {
            Ok(part) => part,
            Err(error) => {
                found
                    .skipped
                    .push((Some(format!("{}", i + 1)), broken(error)));
                continue;
            }
        };
        if !part.is_file() {
            continue;
        }
        let name = part_name(&part);
        let hidden = name
            .split('/')
            .any(|part| part.starts_with('.') && part != ".." || part == "__MACOSX");
        if hidden {
            continue;
        }
        let kind = formats::kind(Path::new(&name));
        if matches!(kind, Kind::NoArticles) {
            without_articles += 1;
            continue;
        }
        if part.size() > bounds.bytes && part.size() <= LARGEST {
            left_out += 1;
            continue;
        }
        let read = if part.encrypted() {
            Err(SkipReason::Locked.into())
        } else if part.size() > LARGEST {
            Err(SkipReason::UnpacksTooLarge { limit: LARGEST }.into())
        } else {
            let mut part = part;
            all(&mut part, bounds, watch)
                .and_then(|content| read(&name, content, kind, bounds, watch))
        };
        match read {
            Err(Failure::Stopped) => return Err(Failure::Stopped),
            Err(Failure::Skip(reason)) => found.skipped.push((Some(name), reason)),
            Ok(inner) => {
                let within = |part: Option<String>| match part {
                    Some(part) => format!("{name}#{part}"),
                    None => name.clone(),
                };
                for mut page in inner.pages {
                    page.part = Some(within(page.part.take()));
                    found.pages.push(page);
                }
                for (part, reason) in inner.skipped {
                    found.skipped.push((Some(within(part)), reason));
                }
            }
        }
    }
    found.cut();
    if left_out > 0 {
        let reason = SkipReason::PartsLeftOut {
            files: left_out,
            limit: LARGEST,
        };
        found.skipped.push((None, reason));
    }
    if without_articles > 0 {
        found.skipped.push((
            Some("*".to_owned()),
            SkipReason::NoArticles {
                files: without_articles,
            },
        ));
    }
    if found.pages.is_empty() && found.skipped.is_empty() {
        return Err(SkipReason::NoArticle.into());
    }
    Ok(found)
}

/// A part's name with `/` between its folders; `./` before it says nothing.
fn part_name(part: &ZipFile<impl Read>) -> String {
    let name = match (decode::name(part.name_raw()), part.name()) {
        (Some(name), _) => name,
        (None, Ok(name)) => name.into_owned(),
        (None, Err(_)) => String::from_utf8_lossy(part.name_raw()).into_owned(),
    };
    let parts = name.split(['/', '\\']);
    let parts: Vec<&str> = parts.filter(|part| !matches!(*part, "" | ".")).collect();
    parts.join("/")
}

/// All of a stream, unless that is more than may still come out.
fn all(stream: &mut dyn Read, bounds: &mut Bounds, watch: &Watch) -> Result<Vec<u8>, Failure> {
    let broken = |error: std::io::Error| Failure::Skip(SkipReason::Malformed(error.to_string()));
    let mut content = Vec::new();
    loop {
        watch.check()?;
        let before = content.len();
        stream
            .take(STEP as u64)
            .read_to_end(&mut content)
            .map_err(broken)?;
        let read = content.len() - before;
        if read as u64 > bounds.bytes {
            bounds.bytes = 0;
            return Err(SkipReason::UnpacksTooLarge { limit: LARGEST }.into());
        }
        bounds.bytes -= read as u64;
        if read < STEP {
            return Ok(content);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write as _;

    const BODY: &str =
        "وصلت إلى الميناء أمس السفينة الأولى من الأسطول الجديد بعد رحلة دامت ثلاثة أسابيع.";

    pub fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            out.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn open(name: &str, bytes: Vec<u8>) -> Result<Pages, SkipReason> {
        pages(
            name,
            bytes,
            formats::kind(Path::new(name)),
            &Watch::silent(),
        )
        .map_err(|failure| match failure {
            Failure::Skip(reason) => reason,
            Failure::Stopped => unreachable!("nobody stops it"),
        })
    }

    #[test]
    fn packed_files_open_like_the_files_themselves() {
        let one = open("a.txt.gz", gz(BODY.as_bytes())).unwrap();
        assert_eq!(
            (one.pages[0].text.as_str(), &one.pages[0].part),
            (BODY, &None)
        );
        let json = format!("{{\"text\":\"{BODY}\"}}\n{{\"text\":\"{BODY}\"}}\n");
        let zip = zipped(&[
            ("x/a.txt", BODY.as_bytes()),
            ("x/b.jsonl.gz", &gz(json.as_bytes())),
            ("x/c.jpg", b"1"),
            ("x/d.txt", b""),
            ("__MACOSX/x/._a.txt", b"1"),
        ]);
        let found = open("a.zip", zip).unwrap();
        let parts: Vec<_> = found
            .pages
            .iter()
            .map(|p| p.part.clone().unwrap())
            .collect();
        assert_eq!(parts, ["x/a.txt", "x/b.jsonl.gz#1", "x/b.jsonl.gz#2"]);
        let skipped: Vec<_> = found
            .skipped
            .iter()
            .map(|(p, r)| (p.as_deref().unwrap(), r.clone()))
            .collect();
        assert_eq!(
            skipped,
            [
                ("x/d.txt", SkipReason::Empty),
                ("*", SkipReason::NoArticles { files: 1 })
            ]
        );
    }

    #[test]
    fn parts_that_no_longer_fit_are_counted() {
        let page = |megabytes: usize| vec![b' '; megabytes * 1024 * 1024];
        let (large, half) = (page(300), page(130));
        let zip = zipped(&[
            ("a.txt", BODY.as_bytes()),
            ("large.txt", &large),
            ("half.txt", &half),
            ("other.txt", &half),
            ("last.txt", &half),
            ("b.txt", BODY.as_bytes()),
        ]);
        let found = open("a.zip", zip).unwrap();
        let parts: Vec<_> = found.pages.iter().map(|p| p.part.as_deref()).collect();
        assert_eq!(parts, [Some("a.txt"), Some("b.txt")]);
        let (files, limit) = (2, LARGEST);
        assert_eq!(
            found.skipped,
            [
                (
                    Some("large.txt".to_owned()),
                    SkipReason::UnpacksTooLarge { limit }
                ),
                (Some("half.txt".to_owned()), SkipReason::NoWords),
                (None, SkipReason::PartsLeftOut { files, limit }),
            ]
        );
    }

    #[test]
    fn parts_together_give_no_more_articles_than_one_file() {
        let most = formats::MOST_ARTICLES;
        let table = format!("title,text\n{}", "خبر,نص\n".repeat(most / 2 + 1));
        let zip = zipped(&[("a.csv", table.as_bytes()), ("b.csv", table.as_bytes())]);
        let found = open("a.zip", zip).unwrap();
        assert_eq!(found.pages.len(), most);
        let too_many = SkipReason::TooManyArticles { most };
        assert_eq!(found.skipped, [(None, too_many)]);
    }

    #[test]
    fn the_folder_that_holds_a_part_is_not_hidden() {
        let zip = zipped(&[("./news/a.txt", BODY.as_bytes()), ("./.git/a.txt", b"1")]);
        let found = open("a.zip", zip).unwrap();
        assert_eq!(found.pages[0].part.as_deref(), Some("news/a.txt"));
        assert_eq!(found.pages.len() + found.skipped.len(), 1);
    }

    #[test]
    fn bombs_and_nests_end_in_a_reason() {
        let zeros = vec![b' '; 64 * 1024 * 1024];
        let bomb = gz(&[zeros.as_slice(); 5].concat());
        assert_eq!(
            open("a.txt.gz", bomb),
            Err(SkipReason::UnpacksTooLarge { limit: LARGEST })
        );
        let mut nest = BODY.as_bytes().to_vec();
        for _ in 0..5 {
            nest = gz(&nest);
        }
        let nested = open("a.txt.gz.gz.gz.gz.gz", nest);
        assert_eq!(nested, Err(SkipReason::NestedTooDeep { most: DEEPEST }));
        assert!(matches!(
            open("a.zip", b"PK\x03\x04 and no more".to_vec()),
            Err(SkipReason::Malformed(_))
        ));
        assert!(matches!(
            open("a.txt.gz", b"no gzip".to_vec()),
            Err(SkipReason::Malformed(_))
        ));
    }
}
