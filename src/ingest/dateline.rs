//! The dateline and byline of a report: `موسكو-سانا`, `القاهرة - رويترز:`, `دمشق في 3 أيار 2012/ سانا/`,
//! `بيروت: «الصحيفة»`, `فلان الفلاني – عمّان`. Reads one line; whether the credited agency is also the
//! publisher is decided in `outlet`.

use super::dates::parse::{self, DateHit, Token, TokenKind};
use super::furniture::names_an_outlet;
use super::known;
use super::lines::key;
use super::places;
use crate::article::OutletNames;
use crate::text::hijri_month;

/// No dateline takes more tokens than this.
const MOST_TOKENS: usize = 48;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes in the line.
    pub end: usize,
    /// Nothing else stands on the line.
    pub alone: bool,
    pub credit: Option<Credit>,
    /// The day, where it is written with its year.
    pub date: Option<DateHit>,
}

/// The agency or outlet that a dateline names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credit {
    pub name: String,
    /// The whole dateline up to and with the name, bytes in the line.
    pub evidence: (usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Place,
    Outlet(&'static OutletNames),
    /// An unknown name in quotation marks that reads like an outlet’s.
    Quoted,
    /// `وكالات`, `متابعات`: somebody's text, nobody named.
    Anyone,
    Date(DateHit),
    /// A day without its year, or in the Hijri calendar.
    Dated,
    /// A person, most often.
    Other,
}

#[derive(Clone, Copy)]
struct Item {
    part: Part,
    from: usize,
    to: usize,
}

/// The dateline that the line begins with.
pub(super) fn dateline(line: &str) -> Option<Dateline> {
    let mut cut = line.len().min(400);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut tokens = parse::tokens(&line[..cut]);
    let whole = cut == line.len() && tokens.len() <= MOST_TOKENS;
    tokens.truncate(MOST_TOKENS);
    let (items, stop) = items(line, &tokens);
    let alone = whole && stop == Stop::EndOfLine;
    judge(line, &tokens, &items, stop, alone)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    EndOfLine,
    /// `:` or `--` or a closing slash: what follows is the report.
    Mark,
    /// The report follows the name directly.
    Prose,
}

fn items(line: &str, tokens: &[Token]) -> (Vec<Item>, Stop) {
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    let mut parted = true;
    while items.len() < 8 {
        let marks = at;
        while parse::mark(tokens, at).is_some() {
            at += 1;
        }
        let between = &tokens[marks..at];
        let is = |c: char| between.iter().any(|t| t.kind == TokenKind::Mark(c));
        let dashes = between
            .iter()
            .filter(|t| matches!(t.kind, TokenKind::Mark('-' | '–' | '—')))
            .count();
        let quoted = matches!(
            between.last().map(|t| &t.kind),
            Some(TokenKind::Mark('«' | '“' | '"' | '”'))
        );
        // `بيروت: «الصحيفة»` goes on after its colon.
        let place_first = quoted
            && matches!(
                items[..],
                [Item {
                    part: Part::Place,
                    ..
                }]
            );
        if !items.is_empty() && (is(':') && !place_first || dashes >= 2 || is('.')) {
            return (items, Stop::Mark);
        }
        if at >= tokens.len() {
            return (items, Stop::EndOfLine);
        }
        parted = parted || !between.is_empty();
        let Some(item) = item_at(line, tokens, at, quoted, parted) else {
            return (items, Stop::Prose);
        };
        parted = matches!(item.part, Part::Date(_) | Part::Dated);
        at = item.to;
        items.push(item);
    }
    (items, Stop::Prose)
}

fn item_at(line: &str, tokens: &[Token], from: usize, quoted: bool, parted: bool) -> Option<Item> {
    let item = |part, to| Some(Item { part, from, to });
    if let Some(hit) = parse::date_at(tokens, from) {
        return item(Part::Date(hit), hit.tokens.1);
    }
    if let Some(to) = part_of_date(tokens, from) {
        return item(Part::Dated, to);
    }
    if !parted {
        return None;
    }
    for words in (1..=known::most_words()).rev() {
        let Some(to) = words_from(tokens, from, words) else {
            continue;
        };
        let name = key(&line[tokens[from].start..tokens[to - 1].end]);
        let closed = to == tokens.len()
            || !matches!(tokens[to].kind, TokenKind::Word(_))
            || part_of_date(tokens, to).is_some();
        if closed && !quoted && words <= places::MOST_WORDS && places::is_place(&name) {
            return item(Part::Place, to);
        }
        // Only an agency's name runs into the report without a mark.
        if let Some(known) = known::by_key(&name).filter(|known| closed || known.agency) {
            return item(Part::Outlet(known), to);
        }
        if matches!(
            name.as_str(),
            "وكالات"
                | "الوكالات"
                | "متابعات"
                | "متابعه"
                | "خاص"
                | "مراسلنا"
                | "مراسلونا"
                | "مندوبنا"
                | "عواصم"
        ) {
            return item(Part::Anyone, to);
        }
    }
    // Anything of a few words up to the next mark.
    let to = (from..tokens.len())
        .find(|i| parse::mark(tokens, *i).is_some())
        .unwrap_or(tokens.len());
    let closed = matches!(parse::mark(tokens, to), Some('»' | '”' | '"' | '“'));
    let words = to - from;
    let only_words = (from..to).all(|i| parse::word(tokens, i).is_some());
    if quoted && closed && only_words {
        let name = key(&line[tokens[from].start..tokens[to - 1].end]);
        return if names_an_outlet(&name) {
            item(Part::Quoted, to)
        } else {
            None
        };
    }
    // `قال لـ«الصحيفة»`, `قال لوكالة «…»` tell to whom, not by whom.
    let last = parse::word(tokens, to - 1).unwrap_or("");
    let quotes = matches!(
        parse::mark(tokens, to),
        Some('«' | '“' | '"' | '(' | '{' | '”')
    );
    let to_whom = last == "ل" || quotes && last.starts_with('ل');
    if words <= 4 && only_words && !to_whom {
        return item(Part::Other, to);
    }
    None
}

/// The token past `count` words from `from` that only dots may part (`أ.ف.ب`).
fn words_from(tokens: &[Token], from: usize, count: usize) -> Option<usize> {
    let mut at = from;
    for i in 0..count {
        if i > 0 && parse::mark(tokens, at) == Some('.') && tokens[at].start == tokens[at - 1].end {
            at += 1;
        }
        let part = tokens.get(at)?;
        if matches!(part.kind, TokenKind::Mark(_)) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// `في 24 أيلول`, `25 شوال 1436 هـ الموافق`, `م`, a weekday: what surrounds a date.
fn part_of_date(tokens: &[Token], from: usize) -> Option<usize> {
    if let Some(word) = parse::word(tokens, from) {
        let around = matches!(word, "في" | "الموافق" | "م" | "ه" | "يوم");
        let dated =
            |at| parse::date_at(tokens, at).is_some() || day_and_month(tokens, at).is_some();
        return match word {
            "في" | "يوم" if !dated(from + 1) => None,
            _ if around => Some(from + 1),
            _ => super::dates::is_weekday(word).then_some(from + 1),
        };
    }
    day_and_month(tokens, from)
}

fn day_and_month(tokens: &[Token], from: usize) -> Option<usize> {
    parse::number(tokens, from)?;
    let first = parse::word(tokens, from + 1)?;
    let second = parse::word(tokens, from + 2);
    let (_, words) = super::dates::month(first, second).or_else(|| hijri_month(first, second))?;
    let mut at = from + 1 + words;
    if parse::number(tokens, at).is_some() {
        at += 1;
    }
    Some(at)
}

fn judge(
    line: &str,
    tokens: &[Token],
    items: &[Item],
    stop: Stop,
    alone: bool,
) -> Option<Dateline> {
    let last = items.last()?;
    let has = |test: fn(&Part) -> bool| items.iter().any(|item| test(&item.part));
    let place = has(|p| *p == Part::Place);
    let dates = items.iter().filter_map(|item| match item.part {
        Part::Date(hit) => Some(hit),
        _ => None,
    });
    let date = dates.min_by_key(|hit| (hit.hijri, hit.start));
    let dated = date.is_some() || has(|p| *p == Part::Dated);
    let anyone = has(|p| *p == Part::Anyone);
    let others = items.iter().filter(|item| item.part == Part::Other).count();
    let outlet = items
        .iter()
        .find(|item| matches!(item.part, Part::Outlet(_)))
        .or_else(|| items.iter().find(|item| item.part == Part::Quoted && place));
    // A dateline that runs into the report without a mark has to end with an agency.
    if stop == Stop::Prose
        && !matches!(last.part, Part::Outlet(known) if known.agency && (place || dated))
    {
        return None;
    }
    let trusted = outlet.is_some_and(|item| match item.part {
        Part::Outlet(known) => {
            place
                || anyone
                || dated && others == 0 && known.agency
                || alone && others > 0 && distinct(known)
        }
        _ => true,
    });
    let fits = trusted && (place || anyone || dated || others > 0)
        || items.len() >= 2 && others <= 2 && (place || anyone) && stop != Stop::Prose;
    if !fits || others > 3 || alone && others == items.len() {
        return None;
    }
    let end = tokens[last.to - 1].end;
    let credit = outlet.filter(|_| trusted).map(|item| Credit {
        name: match item.part {
            Part::Outlet(known) => known.name.clone(),
            _ => line[tokens[item.from].start..tokens[item.to - 1].end].to_owned(),
        },
        evidence: (tokens[0].start, tokens[item.to - 1].end),
    });
    Some(Dateline {
        end,
        alone,
        credit,
        date,
    })
}

/// Names that are no everyday words.
fn distinct(known: &OutletNames) -> bool {
    known.agency || known.name.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(line: &str) -> Option<String> {
        dateline(line)?.credit.map(|credit| credit.name)
    }

    #[test]
    fn agencies_in_datelines() {
        for (line, name) in [
            ("موسكو-سانا", "سانا"),
            (
                "حلب-سانا افتتحت المديرية اليوم معرضا للكتاب في المركز الثقافي",
                "سانا",
            ),
            (
                "القاهرة - رويترز: قال مصدر إن الاجتماع تأجل إلى الأسبوع المقبل",
                "رويترز",
            ),
            ("باريس (أ.ف.ب) - أعلن المتحف عن معرض جديد", "أ ف ب"),
            (
                "دمشق في 3 أيار/ سانا/ بحث الوزير مع نظيره سبل التعاون",
                "سانا",
            ),
            ("جنيف، المدينة القديمة (CNN)-- وصل الوفد", "سي إن إن"),
            ("الدوحة 5 رجب 1440 هـ الموافق 12 مارس 2019 م واس", "واس"),
            ("أحمد سالم – عين اليوم", "عين اليوم"),
            ("بيروت: «مجلة الميناء»: وصلت السفينة", "مجلة الميناء"),
        ] {
            assert_eq!(credit(line).as_deref(), Some(name), "{line}");
        }
    }

    #[test]
    fn the_date_in_a_dateline() {
        let found = dateline("الدوحة 5 رجب 1440 هـ الموافق 12 مارس 2019 م واس").unwrap();
        assert!(found.alone);
        assert_eq!(
            found.date.map(|hit| hit.date),
            Some(jiff::civil::date(2019, 3, 12))
        );
    }

    #[test]
    fn bylines_without_an_outlet() {
        for line in [
            "سمير الحداد-طرابلس",
            "حلب – نادر الصالح",
            "ليلى حسن - متابعات",
        ] {
            let found = dateline(line);
            assert!(
                found
                    .as_ref()
                    .is_some_and(|d| d.alone && d.credit.is_none()),
                "{line}: {found:?}"
            );
        }
    }

    #[test]
    fn headlines_and_prose_are_no_datelines() {
        for line in [
            "موسكو تعلن نتائج الدراسة الجديدة",
            "البلدية: افتتاح الجسر يوم الخميس",
            "اليوم - الجمعة",
            "دمشق: «لا عودة»",
            "وقال الوزير لرويترز إن الأمر محسوم.",
            "مدير المصنع لـ«الشرق الأوسط»",
            "وقالت «شينخوا»: إن المصنع توقف عن العمل",
            "وقال مدير المصنع لوكالة «رويترز»: إن العمل مستمر",
            "سانا الصغيرة تفوز بالجائزة",
            "الميناء والمطار.. خطة جديدة للنقل",
            "",
        ] {
            assert_eq!(dateline(line), None, "{line}");
        }
    }
}
