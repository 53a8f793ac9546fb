//! What a page shows beside its article's text: which line is the headline, which name its title ends or
//! begins with, the day under the headline, the name in the footer; and which lines about the article (bylines,
//! counters, “read also”) are none of its text.

use dom_query::Document;

use super::blocks::{Block, blocks};
use crate::ingest::lines::key;
use crate::ingest::{dates, furniture, known, outlet};

/// Blocks below the headline among which its day and byline stand.
const BELOW: usize = 10;
/// Blocks at the end among which the footer's name stands.
const FOOT: usize = 60;

/// What the page shows beside the article's text.
#[derive(Default)]
pub(super) struct Shown {
    /// The headline, where a line of the page is what its title says beside a name.
    pub headline: Option<String>,
    /// That name.
    pub site: Option<String>,
    /// The name in the footer.
    pub owner: Option<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub ago: Option<String>,
}

/// Reads what is shown, and takes out of the page what is shown about the article. `headline` is the one that is
/// known already, `title` the page's own.
pub(super) fn read(doc: &Document, headline: Option<&str>, title: Option<&str>) -> Shown {
    let blocks = blocks(doc);
    let mut shown = Shown::default();
    let stands = |text: &str| blocks.iter().any(|block| block.text == text);
    let standing = headline.filter(|headline| Some(*headline) != title && stands(headline));
    if let Some(title) = title {
        // A page whose first heading is its own name.
        let longer = standing.and_then(|name| {
            let rest = rest_of(title, name)?;
            let is_longer = rest.split(' ').count() > name.split(' ').count().max(2);
            (is_longer && stands(rest)).then(|| (rest.to_owned(), name.to_owned()))
        });
        let found = match standing {
            Some(_) if longer.is_some() => longer,
            Some(headline) => beside(title, headline).map(|site| (headline.to_owned(), site)),
            None => parts(title, &blocks),
        };
        (shown.headline, shown.site) = found.unzip();
    }
    shown.owner = owner(&blocks, title);
    let headline = shown.headline.as_deref().or(headline);
    let at = headline.and_then(|headline| {
        blocks
            .iter()
            .position(|block| block.text == headline && block.linked == 0)
    });
    if let Some(at) = at {
        below(&blocks[at + 1..], &mut shown);
    }
    drop_read_also(&blocks);
    shown
}

/// The page's title is a line of the page and a name: `السفينة تصل - مرصد الميناء`, `مرصد الميناء: السفينة تصل`.
fn parts(title: &str, blocks: &[Block]) -> Option<(String, String)> {
    let mut blocks = blocks
        .iter()
        .filter(|block| block.words >= 3 && block.linked == 0);
    blocks.find_map(|block| Some((block.text.clone(), beside(title, &block.text)?)))
}

/// What the title says beside the headline, where that is one name.
fn beside(title: &str, headline: &str) -> Option<String> {
    let name = rest_of(title, headline)?;
    let one = !name.contains(['|', '»', '–', '—']) && name.split(' ').count() <= 5;
    one.then(|| name.to_owned())
}

/// What the title says before or after one of its parts, without the mark between them.
fn rest_of<'t>(title: &'t str, part: &str) -> Option<&'t str> {
    const MARKS: [char; 9] = ['-', '–', '—', '|', '»', '«', '·', ':', '/'];
    let before = title.strip_suffix(part);
    let rest = title.strip_prefix(part).or(before)?.trim();
    let name = rest.trim_matches(|c: char| MARKS.contains(&c) || c.is_whitespace());
    let marked = name.len() < rest.len();
    (marked && !name.is_empty()).then_some(name)
}

/// Whose rights the footer reserves, where that is surely a name.
fn owner(blocks: &[Block], title: Option<&str>) -> Option<String> {
    let foot = &blocks[blocks.len().saturating_sub(FOOT)..];
    foot.iter().rev().find_map(|block| {
        let name = outlet::owner(&block.spaced)?;
        let words = key(&name);
        let in_title = title.is_some_and(|title| key(title).contains(&words));
        let plain = block.linked == 0 && words.split(' ').count() <= 3;
        let sure = in_title
            || plain
            || known::by_key(&words).is_some()
            || furniture::names_an_outlet(&words);
        sure.then_some(name)
    })
}

/// The lines between the headline and the text.
fn below(blocks: &[Block], shown: &mut Shown) {
    let prose = blocks.iter().position(Block::is_prose);
    let head = &blocks[..prose.unwrap_or(blocks.len()).min(BELOW)];
    for block in head {
        let about = is_about(block);
        let day = dates::value(&block.spaced).filter(|_| block.words <= 14 && block.linked == 0);
        if day.is_some() && about {
            let updated = key(&block.spaced).contains("تحديث");
            let (published, updated) = match dates::in_line(&block.spaced) {
                [Some(published), Some(updated)] => (Some(published), Some(updated)),
                _ if updated => (None, Some(block.spaced.clone())),
                _ => (Some(block.spaced.clone()), None),
            };
            shown.published = shown.published.take().or(published);
            shown.updated = shown.updated.take().or(updated);
        }
        let ago = block.words <= 6 && dates::days_ago(&block.spaced).is_some();
        if ago {
            shown.ago.get_or_insert_with(|| block.spaced.clone());
        }
        if about || ago {
            block.remove();
        }
    }
}

/// True for a line about the article that is none of its text.
fn is_about(block: &Block) -> bool {
    /// What such lines consist of, beside numbers and names of months and days.
    const LABELS: &[&str] = &[
        "نشر",
        "نشرت",
        "النشر",
        "في",
        "بتاريخ",
        "تاريخ",
        "يوم",
        "الساعه",
        "ساعه",
        "اخر",
        "تحديث",
        "التحديث",
        "م",
        "ص",
        "صباحا",
        "مساء",
        "am",
        "pm",
        "gmt",
        "بتوقيت",
        "منذ",
        "قبل",
        "دقيقه",
        "دقائق",
        "اضيف",
        "published",
        "updated",
        "posted",
        "عدد",
        "القراءات",
        "المشاهدات",
        "الزيارات",
        "مشاهده",
        "قراءه",
        "on",
        "by",
        "التوقيت",
        "الاول",
        "الثاني",
        "الاخر",
        "الموافق",
        "هـ",
        "ه",
        "pst",
        "utc",
        "ايام",
        "ساعات",
    ];
    /// What such lines begin with.
    const OPENINGS: &[&str] = &[
        "عدد القراءات",
        "عدد المشاهدات",
        "عدد الزيارات",
        "القراءات",
        "المشاهدات",
        "الزيارات",
        "مشاهدات",
        "قراءات",
        "كتب بواسطه",
        "بواسطه",
        "المجموعه",
        "التفاصيل",
        "نشر بتاريخ",
        "نشر في",
        "اضيف بواسطه",
        "مرسله بواسطه",
        "اخر تحديث",
        "تاريخ النشر",
        "القسم",
        "الكاتب",
        "التصنيف",
        "حجم الخط",
        "طباعه",
        "مشاركه",
        "شارك",
        "اضف تعليق",
        "التعليقات",
        "وقت القراءه",
        "مده القراءه",
        "استمع",
        "الاستماع",
        "حفظ",
        "تعليقات",
    ];
    if block.words > 14 || block.is_prose() {
        return false;
    }
    let words = key(&block.spaced);
    let opens = OPENINGS.iter().any(|opening| {
        words
            .strip_prefix(opening)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    if opens || dates::value(&block.spaced).is_none() {
        return opens;
    }
    let mut others = words.split(' ').filter(|word| {
        !LABELS.contains(word)
            && !word.starts_with(|c: char| c.is_numeric())
            && dates::month(word, None).is_none()
            && !dates::is_weekday(word)
    });
    others.next().is_none()
}

/// `اقرأ أيضا` with the links to other articles that it stands above or before.
fn drop_read_also(blocks: &[Block]) {
    const OPENINGS: &[&str] = &[
        "اقرا ايضا",
        "اقرا المزيد",
        "اقرا كذلك",
        "اقراوا ايضا",
        "اقرئي ايضا",
        "شاهد ايضا",
        "شاهدوا ايضا",
        "تابع ايضا",
        "طالع ايضا",
        "انظر ايضا",
        "مواضيع ذات صله",
        "موضوعات ذات صله",
        "مقالات ذات صله",
        "اخبار ذات صله",
        "ذات صله",
        "قد يهمك",
        "قد يعجبك",
        "مواضيع متعلقه",
        "اخبار متعلقه",
        "مواضيع مرتبطه",
        "المواضيع المتشابهه",
        "اقرا في",
        "للمزيد",
        "المزيد من",
    ];
    const MOST: usize = 12;
    let opens = |block: &Block| {
        let words = key(&block.spaced);
        block.words <= 40 && OPENINGS.iter().any(|opening| words.starts_with(opening))
    };
    const ALONE: &[&str] = &[
        "اعلان",
        "اعلانات",
        "التعليقات",
        "تعليقات",
        "الوسوم",
        "وسوم",
        "كلمات مفتاحيه",
        "شارك",
        "مشاركه",
        "طباعه",
        "نسخ الرابط",
        "advertisement",
        "تم النسخ",
        "شارك الخبر",
        "شارك المقال",
        "اشترك",
        "حفظ",
    ];
    for block in blocks.iter().filter(|block| block.words <= 2) {
        if ALONE.contains(&key(&block.text).as_str()) {
            block.remove();
        }
    }
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| opens(block)) {
        // A sentence may begin with these words too.
        let short = block.words <= 6;
        let above_links = short && blocks.get(at + 1).is_some_and(Block::is_link);
        let announces = block.linked > 0 && block.text.chars().take(20).any(|c| c == ':');
        if block.is_link() || above_links || announces {
            block.remove();
        }
        if above_links {
            let others = blocks[at + 1..].iter().take(MOST);
            others
                .take_while(|other| other.is_link())
                .for_each(Block::remove);
        }
    }
}
