//! What the names of folders and files tell about outlets. Looks at names alone, all of a folder
//! together: one telling folder among others like it is an outlet, one alone may be anything.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lines::key;
use super::{dates, furniture, known};
use crate::article::{Found, Place};

/// Names of folders that say nothing about an outlet, parted by `|`.
const GENERIC: &str = "
    txt | text | texts | article | articles | news | data | dataset | corpus | corpora |
    download | downloads | documents | docs | doc | files | file | pages | page | html | raw |
    clean | cleaned | input | output | out | in | tmp | temp | new | old | test | train |
    dev | valid | all | misc | other | others | unknown | archive | archives | backup |
    img | image | images | photo | photos | scan | screenshot | whatsapp | telegram | id |
    export | exports | import | sample | samples | seed | seeds | part | batch | set | group |
    folder | dir | vol | volume | collection | source | sources | results | utf | utf8 |
    arabic | ar | english | en | media | press | web | desktop | home | politics | sport |
    sports | economy | business | culture | art | arts | science | tech | technology |
    health | local | international | world | opinion | religion | society | entertainment |
    middle east | finance | medical | story | stories | topic | topics | event | events |
    مقال | خبر | نص | تقرير | صورة | مقالات | أخبار | نصوص | ملفات | ملف | بيانات | جديد | مجلد | مجلد جديد | تنزيلات |
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
        let found = |name: &str| Some(Found::new(name.to_owned(), name.to_owned(), Place::Folder));
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
        // What follows a dot tells of the format: `m07_reuters.cp1256_crlf.txt`.
        let bare = stem.split('.').next().unwrap_or(stem);
        let segments: Vec<&str> = bare.split('_').filter(|s| !s.is_empty()).collect();
        // An outlet comes first, after numbers at most, and is not a word of a headline.
        let wordy = |segment: &&&str| !segment.contains(|c: char| c.is_numeric());
        let first = segments.iter().find(wordy);
        let known = first.and_then(|segment| Some((*segment, known::by_name(segment)?)));
        if let Some((segment, known)) = known
            && segments.iter().filter(wordy).count() <= 2
        {
            return Some(Found::new(
                known.name.clone(),
                segment.to_owned(),
                Place::FileName,
            ));
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let before = name_before_date(name)?;
        let common = self.dated.get(folder).is_some_and(|n| *n >= 3);
        (common && tells(before))
            .then(|| Found::new(before.to_owned(), before.to_owned(), Place::FileName))
    }
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

pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(!tells("خبر") && !tells("IMG") && !tells("WhatsApp"));
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
        assert_eq!(of("m07_reuters.nul_bytes.txt").as_deref(), Some("رويترز"));
        assert_eq!(of("trump_attacks_cnn_again.txt"), None);
        assert_eq!(of("000_5ebe.txt"), None);
    }
}
