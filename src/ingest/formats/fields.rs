//! What a field of a record is called, in English and Arabic: columns of tables, keys of JSON objects,
//! entries of front matter. Knows names alone; what a value holds is for its reader to judge.

use super::super::lines::key;

/// What a field tells of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::ingest) enum Role {
    Text,
    /// A summary: the text where there is no other.
    Lead,
    Title,
    Outlet,
    /// Where the article was first or last seen on the web.
    Url,
    /// An outlet or a URL: its value decides.
    Source,
    Credit,
    Published,
    Updated,
    Crawled,
    /// The file that a row of a metadata table is about.
    File,
    Direction,
    /// Furniture that a person restored.
    Restored,
    /// What stands for the text of the article that a row of a metadata table is about.
    Content,
}

/// Names by role, best first. Compared by [`spelled`].
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Text,
        &[
            "maintext",
            "articlebody",
            "fulltext",
            "articletext",
            "storytext",
            "newstext",
            "bodytext",
            "text",
            "body",
            "content",
            "article",
            "story",
            "rawtext",
            "cleantext",
            "contenttext",
            "plaintext",
            "paragraphs",
            "contents",
            "النص الكامل",
            "نص المقال",
            "نص الخبر",
            "النص",
            "نص",
            "المتن",
            "متن",
            "المحتوي",
            "محتوي",
            "متن الخبر",
            "متن المقال",
            "الخبر",
            "المقال",
            "contenthtml",
            "html",
        ],
    ),
    (
        Role::Lead,
        &[
            "description",
            "summary",
            "excerpt",
            "lead",
            "abstract",
            "snippet",
            "الملخص",
            "ملخص",
            "الوصف",
            "وصف",
            "المقدمه",
        ],
    ),
    (
        Role::Title,
        &[
            "title",
            "headline",
            "articletitle",
            "newstitle",
            "heading",
            "العنوان",
            "عنوان",
            "عنوان الخبر",
            "عنوان المقال",
            "titlepage",
            "subject",
        ],
    ),
    (
        Role::Outlet,
        &[
            "outlet",
            "medianame",
            "publisher",
            "newspaper",
            "sitename",
            "publication",
            "sourcename",
            "series",
            "newssource",
            "media",
            "site",
            "website",
            "agency",
            "feed",
            "feedname",
            "feedtitle",
            "channel",
            "provider",
            "domain",
            "sourcedomain",
            "sourcehostname",
            "hostname",
            "host",
            "mediaurl",
            "الصحيفه",
            "صحيفه",
            "الجريده",
            "جريده",
            "الموقع",
            "موقع",
            "الناشر",
            "ناشر",
            "الوسيله",
            "الوسيله الاعلاميه",
            "وسيله الاعلام",
            "القناه",
            "قناه",
            "اسم الموقع",
            "اسم الصحيفه",
            "الجهه",
            "جهه النشر",
            "المنصه",
        ],
    ),
    (
        Role::Url,
        &[
            "url",
            "link",
            "permalink",
            "canonicalurl",
            "articleurl",
            "uri",
            "sourceurl",
            "href",
            "pageurl",
            "weburl",
            "الرابط",
            "رابط",
            "رابط الخبر",
            "رابط المقال",
            "العنوان الالكتروني",
        ],
    ),
    (Role::Source, &["source", "المصدر", "مصدر", "origin", "src"]),
    (
        Role::Credit,
        &[
            "credit",
            "wire",
            "newsagency",
            "wireservice",
            "الوكاله",
            "وكاله",
            "نقلا عن",
        ],
    ),
    (
        Role::Published,
        &[
            "datepublished",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "datepublish",
            "publisheddatetime",
            "published",
            "publishedat",
            "publishedtime",
            "pubdate",
            "publishedon",
            "datetime",
            "date",
            "day",
            "createdat",
            "created",
            "dategmt",
            "timestamp",
            "time",
            "newsdate",
            "articledate",
            "issued",
            "تاريخ النشر",
            "التاريخ",
            "تاريخ",
            "تاريخ الخبر",
            "تاريخ المقال",
            "اليوم",
            "نشر في",
            "وقت النشر",
        ],
    ),
    (
        Role::Updated,
        &[
            "datemodified",
            "modifieddate",
            "modified",
            "updated",
            "updatedat",
            "dateupdated",
            "datemodify",
            "lastmodified",
            "modifiedtime",
            "lastupdated",
            "تاريخ التحديث",
            "التحديث",
            "اخر تحديث",
            "تاريخ التعديل",
        ],
    ),
    (
        Role::Crawled,
        &[
            "crawled",
            "crawledat",
            "crawldate",
            "collectdate",
            "datedownload",
            "downloaddate",
            "filedate",
            "fetched",
            "fetchedat",
            "scraped",
            "scrapedat",
            "retrieved",
            "indexeddate",
            "accessed",
            "warcdate",
            "savedat",
            "saved",
            "تاريخ الجمع",
            "تاريخ الحفظ",
            "تاريخ التحميل",
        ],
    ),
    (
        Role::File,
        &[
            "file",
            "filename",
            "path",
            "filepath",
            "localpath",
            "الملف",
            "ملف",
            "اسم الملف",
            "مسار",
        ],
    ),
    (Role::Direction, &["direction", "dir", "الاتجاه", "اتجاه"]),
    (Role::Restored, &["restored", "restoredfurniture"]),
    (Role::Content, &["contentid"]),
];

/// The role of a field's name, and how good a name for it it is: 0 is the best.
pub(in crate::ingest) fn role(name: &str) -> Option<(Role, usize)> {
    let name = spelled(name);
    NAMES.iter().find_map(|(role, names)| {
        let at = names.iter().position(|known| *known == name)?;
        Some((*role, at))
    })
}

/// `Publish_Date`, `publishDate` and `publish date` are one name; Arabic words stay apart.
fn spelled(name: &str) -> String {
    let key = key(name.trim_start_matches('@'));
    if key.is_ascii() {
        key.chars().filter(char::is_ascii_alphanumeric).collect()
    } else {
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_both_languages_and_any_spelling() {
        let of = |name: &str| role(name).map(|(role, _)| role);
        assert_eq!(of("Publish_Date"), Some(Role::Published));
        assert_eq!(of("publishDate"), Some(Role::Published));
        assert_eq!(of("تاريخ النّشر"), Some(Role::Published));
        assert_eq!(of("النصّ"), Some(Role::Text));
        assert_eq!(of("source-hostname"), Some(Role::Outlet));
        assert_eq!(of("المصدر"), Some(Role::Source));
        assert_eq!(of("likes"), None);
    }

    #[test]
    fn every_name_is_written_as_it_is_compared_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, names) in NAMES {
            for name in *names {
                assert_eq!(*name, spelled(name));
                assert!(seen.insert(name), "{name} stands twice");
            }
        }
    }
}
