//! Who published an article, as a careful reader would tell: the folder it was filed under, what the
//! page says of its source, the file's name, and last the agency of the dateline. Never a guess: what
//! is not said stays unknown.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::dateline::Dateline;
use super::dates;
use super::furniture::{self, form};
use super::known;
use super::lines::{Line, key};
use crate::article::{Found, FurnitureReason, Place, Span};
use crate::text;

/// Names of folders that say nothing about an outlet, parted by `|`.
const GENERIC: &str = "
    txt | text | texts | article | articles | news | data | dataset | corpus | corpora |
    download | downloads | documents | docs | doc | files | file | pages | page | html | raw |
    clean | cleaned | input | output | out | in | tmp | temp | new | old | test | train |
    dev | valid | all | misc | other | others | unknown | archive | archives | backup |
    export | exports | import | sample | samples | seed | seeds | part | batch | set | group |
    folder | dir | vol | volume | collection | source | sources | results | utf | utf8 |
    arabic | ar | english | en | media | press | web | desktop | home | politics | sport |
    sports | economy | business | culture | art | arts | science | tech | technology |
    health | local | international | world | opinion | religion | society | entertainment |
    middle east | finance | medical | story | stories | topic | topics | event | events |
    مقالات | أخبار | نصوص | ملفات | ملف | بيانات | جديد | مجلد | مجلد جديد | تنزيلات |
    التنزيلات | مستندات | المستندات | سطح المكتب | أرشيف | مدونة | صحف | جرائد | وكالات |
    مواقع | غير معروف | أخرى | عينة | قصة | موضوع | حدث | تقارير |
    سوريا | سورية | لبنان | الأردن | فلسطين | العراق | مصر | السعودية | الكويت | البحرين | قطر |
    الإمارات | عمان | اليمن | ليبيا | تونس | الجزائر | المغرب | موريتانيا | السودان | الصومال |
    إيران | تركيا | إسرائيل | روسيا | أمريكا | أميركا | أوروبا | الخليج العربي | الشام |
    syria | lebanon | jordan | palestine | iraq | egypt | saudi | saudi arabia | kuwait | bahrain |
    qatar | uae | oman | yemen | libya | tunisia | algeria | morocco | mauritania | sudan | somalia |
    iran | turkey | israel | russia | usa | europe
";

static GENERIC_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| GENERIC.split('|').map(key).collect());

/// What the names of folders and files tell when seen together.
pub(super) struct Names {
    /// Number of telling folders under each folder.
    siblings: BTreeMap<String, usize>,
    /// Files of the kind `name_date`, by folder.
    dated: BTreeMap<String, usize>,
    /// The opened folder's own name.
    root: String,
}

impl Names {
    /// `paths` are relative to the opened folder, sorted.
    pub fn new<'a>(root: &str, paths: impl Iterator<Item = &'a str>) -> Self {
        let mut folders: BTreeMap<&str, ()> = BTreeMap::new();
        let mut dated: BTreeMap<String, usize> = BTreeMap::new();
        for path in paths {
            let mut folder = path.rsplit_once('/').map(|(folder, _)| folder);
            if name_before_date(file_name(path)).is_some() {
                *dated.entry(folder.unwrap_or("").to_owned()).or_default() += 1;
            }
            while let Some(here) = folder {
                if folders.insert(here, ()).is_some() {
                    break;
                }
                folder = here.rsplit_once('/').map(|(above, _)| above);
            }
        }
        let mut siblings: BTreeMap<String, usize> = BTreeMap::new();
        for folder in folders.keys() {
            let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            if tells(name) {
                *siblings.entry(above.to_owned()).or_default() += 1;
            }
        }
        Self {
            siblings,
            dated,
            root: root.to_owned(),
        }
    }

    /// The nearest folder above the file that reads like an outlet.
    pub fn folder(&self, path: &str) -> Option<Found<String>> {
        let found = |name: &str| {
            Some(Found {
                value: name.to_owned(),
                evidence: name.to_owned(),
                place: Place::Folder,
            })
        };
        let mut rest = path.rsplit_once('/').map(|(folder, _)| folder);
        while let Some(folder) = rest {
            let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let among_others = self.siblings.get(above).is_some_and(|n| *n >= 2);
            if tells(name) && (among_others || furniture::names_an_outlet(&key(name))) {
                return found(name);
            }
            rest = (!above.is_empty()).then_some(above);
        }
        let root = tells(&self.root) && furniture::names_an_outlet(&key(&self.root));
        if root { found(&self.root) } else { None }
    }

    /// `m01_skynews.txt`, `almina_2017-09-24_3.txt`.
    pub fn file(&self, path: &str) -> Option<Found<String>> {
        let name = file_name(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let segments: Vec<&str> = stem.split(['_', '.']).filter(|s| !s.is_empty()).collect();
        // An outlet comes first, after numbers at most, and is not a word of a headline.
        let wordy = |segment: &&&str| !segment.contains(|c: char| c.is_numeric());
        let first = segments.iter().find(wordy);
        let known = first.and_then(|segment| Some((*segment, known::by_name(segment)?)));
        if let Some((segment, known)) = known
            && segments.iter().filter(wordy).count() <= 2
        {
            return Some(Found {
                value: known.name.clone(),
                evidence: segment.to_owned(),
                place: Place::FileName,
            });
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let before = name_before_date(name)?;
        let common = self.dated.get(folder).is_some_and(|n| *n >= 3);
        (common && tells(before)).then(|| Found {
            value: before.to_owned(),
            evidence: before.to_owned(),
            place: Place::FileName,
        })
    }
}

/// What the page says of its source; the dateline's agency where it says nothing else.
pub(super) fn in_text(
    text: &str,
    lines: &[Line],
    reasons: &[Option<FurnitureReason>],
) -> Option<Found<String>> {
    let n = lines.len();
    let head = 0..n.min(6);
    let tail = n.saturating_sub(14)..n;
    head.clone()
        .chain(tail.clone().rev())
        .find_map(|i| said_source(text, &lines[i]))
        .or_else(|| {
            head.clone()
                .find_map(|i| breadcrumb(text, &lines[i], reasons[i]))
        })
        .or_else(|| tail.clone().rev().find_map(|i| copyright(text, &lines[i])))
        .or_else(|| channel(text, lines, reasons))
        .or_else(|| {
            head.chain(tail)
                .filter(|i| reasons[*i] != Some(FurnitureReason::RelatedLinks))
                .find_map(|i| address(text, &lines[i], reasons[i]))
        })
}

pub(super) fn in_dateline(text: &str, line: &Line, dateline: &Dateline) -> Option<Found<String>> {
    let credit = dateline.credit.as_ref()?;
    let from = line.span.start as usize;
    let span = Span::new(from + credit.evidence.0, from + credit.evidence.1);
    Some(Found {
        value: credit.name.clone(),
        evidence: span.of(text).to_owned(),
        place: Place::Text(span),
    })
}

/// `المصدر: …`, `… الرجوع إلى المصدر الأصلي للخبر من هنا …`, `رابط الخبر بصحيفة …: `,
/// `نشر في … يوم 24 - 09 - 2017`.
fn said_source(text: &str, line: &Line) -> Option<Found<String>> {
    let words = line.span.of(text);
    if line.words > 90 {
        return None;
    }
    const ORIGINAL: &str = "المصدر الاصلي";
    if line.key.contains(ORIGINAL) {
        let rest = after_key(words, ORIGINAL)?;
        let (_, name) = rest.rsplit_once("من هنا")?;
        let from = line.span.end as usize - rest.len();
        return named(text, line, name).map(|found| Found {
            evidence: rest.to_owned(),
            place: Place::Text(Span::new(from, line.span.end as usize)),
            ..found
        });
    }
    if line.words <= 30
        && let Some(rest) = line.key.strip_prefix("رابط الخبر ب")
        && rest.starts_with(['ص', 'م', 'ج', 'و'])
    {
        let before_colon = words.split(':').next()?;
        let name = before_colon
            .trim()
            .rsplit_once(" ب")
            .map(|(_, name)| name)?;
        return named(text, line, name);
    }
    if line.words <= 14 && !line.prose && line.key.starts_with("المصدر ") {
        let (_, rest) = words.split_once([':', '-', '|'])?;
        return rest
            .split(['+', '،', ',', '/', '|'])
            .find_map(|name| named(text, line, name));
    }
    if line.words <= 16 && line.key.starts_with("نشر في ") && line.key.contains(" يوم ") {
        let from = words.find("في ")? + "في ".len();
        let to = words.find(" يوم ")?;
        return named(text, line, words.get(from..to)?);
    }
    None
}

/// `أخبار العالم / اسم الصحيفة`, and a headline that ends in `| اسم الصحيفة`.
fn breadcrumb(text: &str, line: &Line, reason: Option<FurnitureReason>) -> Option<Found<String>> {
    let words = line.span.of(text);
    if reason == Some(FurnitureReason::Navigation) {
        return words
            .split(['/', '»', '«', '>', '›', '|', '•', '·', '-', '–'])
            .rev()
            .find(|part| {
                !furniture::is_section(&key(part)) && furniture::names_an_outlet(&key(part))
            })
            .and_then(|part| named(text, line, part));
    }
    if reason.is_none() && line.words <= 30 {
        let last = words
            .rsplit_once('|')
            .or_else(|| words.rsplit_once(" - "))?
            .1;
        let known =
            known::by_name(last).is_some_and(|k| k.name.contains(' ') || words.contains('|'));
        return if known { named(text, line, last) } else { None };
    }
    None
}

/// `جميع الحقوق محفوظة لصحيفة … 2017 ©`.
fn copyright(text: &str, line: &Line) -> Option<Found<String>> {
    let words = line.span.of(text);
    let reserved = line.key.contains("الحقوق محفوظه") || line.key.contains("حقوق النشر محفوظه");
    if line.words > 20 || !(reserved || words.contains('©')) {
        return None;
    }
    const EMPTY: &[&str] = &[
        "جميع",
        "كافه",
        "كل",
        "حقوق",
        "الحقوق",
        "النشر",
        "والنشر",
        "الطبع",
        "والطبع",
        "محفوظه",
        "لدي",
        "copyright",
        "copyrights",
        "c",
        "لموقع",
        "ل",
        "لـ",
        "عام",
        "لعام",
        "م",
    ];
    let mut name = text::words(words).filter(|word| {
        let key = key(&words[word.clone()]);
        !EMPTY.contains(&key.as_str()) && !key.bytes().all(|b| b.is_ascii_digit())
    });
    let first = name.next()?;
    let end = name.last().map_or(first.end, |last| last.end);
    let name = words.get(first.start..end)?;
    // The preposition is glued to the name: `لصحيفة`.
    let bare = name.strip_prefix("لـ").or_else(|| {
        name.strip_prefix('ل')
            .filter(|rest| furniture::names_an_outlet(&key(rest)))
    });
    named(text, line, bare.unwrap_or(name))
}

/// The name under a channel's address at the end of a page.
fn channel(
    text: &str,
    lines: &[Line],
    reasons: &[Option<FurnitureReason>],
) -> Option<Found<String>> {
    let contact = |i: usize| reasons[i] == Some(FurnitureReason::Contact);
    let last = lines.len().checked_sub(1)?;
    let at = (last.saturating_sub(3).max(1)..=last).rev().find(|i| {
        let words = lines[*i].span.of(text);
        contact(*i)
            && contact(*i - 1)
            && form::is_name(words, &lines[*i])
            && !form::is_addresses(words)
            && form::is_addresses(lines[*i - 1].span.of(text))
    })?;
    let words = lines[at].span.of(text);
    // A bar of services is no name.
    if furniture::is_share(&lines[at].key) || key(words).is_empty() {
        return None;
    }
    named(text, &lines[at], words)
}

/// A line that is a known site's address.
fn address(text: &str, line: &Line, reason: Option<FurnitureReason>) -> Option<Found<String>> {
    if !matches!(
        reason,
        Some(FurnitureReason::Contact | FurnitureReason::Notice)
    ) {
        return None;
    }
    let words = line.span.of(text);
    words.split_whitespace().find_map(|word| {
        let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next()?;
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let name = known::by_host(host)?.name.clone();
        Some(Found {
            value: name,
            evidence: word.to_owned(),
            place: Place::Text(line.span),
        })
    })
}

/// A name as the page writes it, in the table's spelling where that knows it.
fn named(text: &str, line: &Line, name: &str) -> Option<Found<String>> {
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')') || c.is_whitespace());
    let words = key(name);
    let count = words.split(' ').filter(|word| !word.is_empty()).count();
    if !(1..=5).contains(&count) || !name.contains(char::is_alphabetic) {
        return None;
    }
    if matches!(
        words.as_str(),
        "وكالات" | "الوكالات" | "متابعات" | "خاص" | "مواقع" | "انترنت" | "هنا"
    ) {
        return None;
    }
    let known = known::by_key(&words).or_else(|| known::by_host(name));
    Some(Found {
        value: known.map_or_else(|| name.to_owned(), |known| known.name.clone()),
        evidence: line.span.of(text).to_owned(),
        place: Place::Text(line.span),
    })
}

/// The rest of the words from the first place where their key reads `phrase`.
fn after_key<'a>(words: &'a str, phrase: &str) -> Option<&'a str> {
    words
        .char_indices()
        .filter(|(i, c)| *c == 'ا' && (*i == 0 || words[..*i].ends_with(char::is_whitespace)))
        .map(|(i, _)| &words[i..])
        .find(|rest| key(rest).starts_with(phrase))
}

/// False for dates, numbers, generic names and whole sentences.
fn tells(name: &str) -> bool {
    let words = key(name);
    let generic = |name: &str| GENERIC_KEYS.iter().any(|key| key == name);
    if known::by_key(&words).is_some() && !generic(&words) {
        return true;
    }
    let bare = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let first = bare.split(' ').next().unwrap_or(bare);
    let numbered = words.contains(|c: char| c.is_ascii_digit());
    bare.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !(generic(bare) || numbered && generic(first))
        && !furniture::is_section(bare)
        && dates::in_name(name).is_none()
        && dates::month(first, bare.split(' ').nth(1)).is_none()
        && bare.split(' ').count() <= 5
}

/// `almina` of `almina_2017-09-24_3.txt`.
fn name_before_date(name: &str) -> Option<&str> {
    let (_, start, _) = dates::in_name(name)?;
    let before = name.get(..start)?;
    let bare = before.trim_end_matches(['_', '-', ' ', '.']);
    let clean = bare.len() < before.len()
        && bare
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | ' '))
        && bare.chars().count() >= 2;
    clean.then_some(bare)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::furniture::form::by_form;
    use crate::ingest::lines::lines;

    const BODY: &str = "قالت إدارة المتحف إن المعرض الجديد سيفتح أبوابه للزوار يوم الخميس المقبل بعد تأخير دام شهرين.\n\
        وأضافت أن القاعة الكبرى ستستقبل اللوحات التي وصلت من متاحف أخرى في المنطقة خلال الصيف الماضي.\n";

    fn said(text: &str) -> Option<String> {
        let lines: Vec<Line> = lines(text).collect();
        let form = by_form(text, &lines);
        in_text(text, &lines, &form.reasons).map(|found| found.value)
    }

    #[test]
    fn what_the_page_says_of_its_source() {
        for (head, foot, outlet) in [
            ("أخبار العالم / صحيفة الميناء", "", "صحيفة الميناء"),
            ("معرض جديد", "المصدر: مجلة الميناء + وكالات", "مجلة الميناء"),
            (
                "معرض جديد",
                "ويمكن الرجوع الى المصدر الأصلي للخبر من هنا بريد الميناء",
                "بريد الميناء",
            ),
            (
                "معرض جديد",
                "جميع الحقوق محفوظة لصحيفة الميناء © 2019",
                "صحيفة الميناء",
            ),
            (
                "معرض جديد",
                "https://t.me/almina\nأخبار الميناء",
                "أخبار الميناء",
            ),
            (
                "معرض جديد",
                "رابط الخبر بصحيفة الميناء: معرض جديد",
                "صحيفة الميناء",
            ),
            ("معرض جديد", "https://www.reuters.com/a/b", "رويترز"),
            ("معرض جديد | القدس العربي", "", "القدس العربي"),
        ] {
            let text = format!("{head}\n{BODY}{foot}");
            assert_eq!(said(&text).as_deref(), Some(outlet), "{head} … {foot}");
        }
    }

    #[test]
    fn what_says_nothing_stays_unknown() {
        for (head, foot) in [
            ("معرض جديد", ""),
            ("معرض جديد", "المصدر: وكالات"),
            ("رويترز تنشر صور المعرض", "شارك على فيسبوك تويتر"),
            ("معرض جديد - الخميس", "https://t.me/almina"),
        ] {
            assert_eq!(
                said(&format!("{head}\n{BODY}{foot}")),
                None,
                "{head} … {foot}"
            );
        }
    }

    #[test]
    fn folders_that_are_outlets_and_folders_that_are_not() {
        let paths = [
            "almina/2015-08-06_1.txt",
            "altariq/2.txt",
            "2017/3.txt",
            "txt/4.txt",
            "5.txt",
        ];
        let names = Names::new("corpus", paths.iter().copied());
        let of = |path: &str| names.folder(path).map(|found| found.value);
        assert_eq!(of("almina/2015-08-06_1.txt").as_deref(), Some("almina"));
        assert_eq!(of("altariq/2.txt").as_deref(), Some("altariq"));
        assert_eq!(of("2017/3.txt"), None);
        assert_eq!(of("txt/4.txt"), None);
        assert_eq!(of("5.txt"), None);
        // One folder alone may be anything, unless it is known.
        let alone = Names::new("corpus", ["festival/1.txt"].into_iter());
        assert_eq!(alone.folder("festival/1.txt"), None);
        let known = Names::new("corpus", ["sana/2015/1.txt"].into_iter());
        assert_eq!(
            known.folder("sana/2015/1.txt").map(|f| f.value).as_deref(),
            Some("sana")
        );
        assert!(!tells("2015-08") && !tells("part 3") && !tells("batch-02") && !tells("رياضة"));
        assert!(!tells("العراق") && !tells("تشرين الثاني 2015") && !tells("syria"));
    }

    #[test]
    fn file_names() {
        let paths = [
            "almina_2017-09-24_1.txt",
            "almina_2017-09-25_1.txt",
            "tariq_2017-09-25_1.txt",
        ];
        let names = Names::new("corpus", paths.iter().copied());
        let of = |path: &str| names.file(path).map(|found| found.value);
        assert_eq!(of("almina_2017-09-24_1.txt").as_deref(), Some("almina"));
        assert_eq!(of("m07_reuters.txt").as_deref(), Some("رويترز"));
        assert_eq!(of("m07_reuters.cp1256_crlf.txt").as_deref(), Some("رويترز"));
        assert_eq!(of("trump_attacks_cnn_again.txt"), None);
        assert_eq!(of("000_5ebe.txt"), None);
    }
}
