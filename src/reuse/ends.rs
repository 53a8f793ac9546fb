//! Where a passage ends. Its words end with the last that has a partner; a reader sees it end with its sentence, and a
//! name or number that was changed there is what an editor looks for. Finds no passage, and makes none longer than its
//! sentences.
//!
//! ```text
//! a:  ١٢ نيسان ⏎ [لن تدخل الحكومة السوق، وبلغ عدد القتلى 12].
//! b:  ١٢ نيسان ⏎ [تدخل الحكومة السوق، وبلغ عدد القتلى 21].
//! ```

use std::ops::Range;

use super::edits::Source;
use super::findings::PassageKind;
use super::join::Join;
use super::lay::Laid;
use super::words::Unit;

/// Words of a sentence that have no partner and are part of a passage all the same, at each end.
const REST: usize = 3;

/// Words around the end of a passage within which a word that changed its place still stands at the end.
const NEAR: usize = 4;

/// One side of a passage.
pub(super) type Side<'a> = (Source<'a>, &'a Unit);

/// The same passage with the ends that a reader sees: without lines of date, place or author, which both articles have by
/// themselves; without words that only stand elsewhere on the other side; and with the few words of its first and last
/// sentence that were changed, put in or left out. What only stands elsewhere inside of it is joined no more, but beside it.
pub(super) fn mended(mut laid: Laid, kind: PassageKind, a: Side, b: Side) -> (Laid, Vec<Join>) {
    let frames = |join: &Join| a.1.is_framing(join.a()) || b.1.is_framing(join.b());
    let ends_well = |join: Option<&Join>| !join.is_some_and(frames);
    if !ends_well(laid.joins.first()) || !ends_well(laid.joins.last()) {
        laid = without(laid, frames);
    }
    let mut strays = take_strays(&mut laid.joins);
    // What is reworded fades out, and its words stand in whatever order; but it goes into no further sentence for them.
    leave_far(&mut laid, &mut strays, |hull, join| {
        kind == PassageKind::Copy
            || further(a.0, &hull.0, join.a())
            || further(b.0, &hull.1, join.b())
    });
    let (Some(first), Some(last)) = (laid.joins.first(), laid.joins.last()) else {
        return (laid, strays);
    };
    if (first.a(), first.b()) == (laid.a.start, laid.b.start) {
        let rest = [(a.0, first.a()), (b.0, first.b())].map(|(side, at)| rest_before(side, at));
        if let [Some(in_a), Some(in_b)] = rest {
            laid.a.start -= in_a;
            laid.b.start -= in_b;
        }
    }
    if (last.a() + 1, last.b() + 1) == (laid.a.end, laid.b.end) {
        let rest = [(a.0, last.a()), (b.0, last.b())].map(|(side, at)| rest_behind(side, at));
        if let [Some(in_a), Some(in_b)] = rest {
            laid.a.end += in_a;
            laid.b.end += in_b;
        }
    }
    (laid, strays)
}

/// Takes off both ends what is not to be there; all stays where nothing else is left.
fn without(mut laid: Laid, loose: impl Fn(&Join) -> bool) -> Laid {
    let firm = |join: &Join| !loose(join);
    let ends = (
        laid.joins.iter().position(firm),
        laid.joins.iter().rposition(firm),
    );
    if let (Some(first), Some(last)) = ends {
        laid.joins.truncate(last + 1);
        laid.joins.drain(..first);
        (laid.a, laid.b) = hull(laid.joins.iter());
    }
    laid
}

/// From the first joined word to the last, on both sides.
fn hull<'j>(joins: impl Iterator<Item = &'j Join>) -> (Range<usize>, Range<usize>) {
    let nothing = Range {
        start: usize::MAX,
        end: 0,
    };
    let with = |range: Range<usize>, at: usize| range.start.min(at)..range.end.max(at + 1);
    joins.fold((nothing.clone(), nothing), |(a, b), join| {
        (with(a, join.a()), with(b, join.b()))
    })
}

/// Takes out the words that were joined out of order and make no stretch: that one word stands here and another there
/// has moved nothing. None where most words stand so: a text has been shuffled.
pub(super) fn take_strays(joins: &mut Vec<Join>) -> Vec<Join> {
    /// Joined words of the shortest stretch that a reader sees as moved, and words between two of its runs.
    const STRETCH: usize = 4;
    const GAP: usize = 2;
    let moved = |join: &&Join| join.moved;
    let all_moved: Vec<Join> = joins.iter().filter(moved).copied().collect();
    let goes_on =
        |x: &Join, y: &Join| y.a() - x.a() <= 1 + GAP && y.b() > x.b() && y.b() - x.b() <= 1 + GAP;
    let stretches = all_moved.chunk_by(goes_on);
    let strays: Vec<Join> = stretches
        .filter(|stretch| stretch.len() < STRETCH)
        .flatten()
        .copied()
        .collect();
    if strays.is_empty() || 2 * strays.len() > joins.len() {
        return Vec::new();
    }
    // Both ascend in `a`.
    let mut at = strays.iter().peekable();
    joins.retain(|join| at.next_if(|stray| stray.a() == join.a()).is_none());
    strays
}

/// A word that is said here and, by chance, far from here on the other side makes no passage longer, if it is `loose` given
/// what the passage is without such words.
fn leave_far(
    laid: &mut Laid,
    strays: &mut Vec<Join>,
    loose: impl Fn(&(Range<usize>, Range<usize>), &Join) -> bool,
) {
    let firm = hull(laid.joins.iter());
    let (in_a, in_b) = &firm;
    let near = |x: usize, y: usize| x.abs_diff(y) <= NEAR;
    let far = |join: &Join| {
        let inside = in_a.contains(&join.a()) && in_b.contains(&join.b());
        let at_start = near(join.a(), in_a.start) && near(join.b(), in_b.start);
        let at_end = near(join.a() + 1, in_a.end) && near(join.b() + 1, in_b.end);
        !inside && !at_start && !at_end && loose(&firm, join)
    };
    if strays.iter().any(far) {
        strays.retain(|join| !far(join));
        (laid.a, laid.b) = hull(laid.joins.iter().chain(&*strays));
    }
}

/// True if a sentence ends between these words and the one at this position.
fn further(side: Source, words: &Range<usize>, at: usize) -> bool {
    let mut between = match at {
        _ if at < words.start => at..words.start,
        _ if at >= words.end => words.end - 1..at,
        _ => return false,
    };
    between.any(|word| side.ends_sentence(word))
}

/// Words from the start of the sentence to the one at this position; `None` if there are many.
fn rest_before(side: Source, first: usize) -> Option<usize> {
    (0..=REST.min(first)).find(|n| first == *n || side.ends_sentence(first - n - 1))
}

/// Words behind the one at this position to the end of the sentence; `None` if there are many.
fn rest_behind(side: Source, last: usize) -> Option<usize> {
    let behind = side.words.len() - last - 1;
    (0..=REST.min(behind)).find(|n| behind == *n || side.ends_sentence(last + n))
}

#[cfg(test)]
mod tests {
    use super::super::findings::{EditKind, Passage};
    use super::super::tests::{article, find};

    const BODY: &str = "أعلنت دائرة المرافئ حصيلة أولية للعاصفة التي ضربت الرصيف الخشبي، وقالت إن الموج حال دون \
        وصول القوارب حتى الفجر. ونقلت عربات المتطوعين البضائع المبتلة إلى مخزن قريب، وبلغ عدد المراكب الغارقة";
    const NEXT: &str =
        "\nيفتتح نادي الدراجات مضمارا جديدا في التلال ويدعو هواة السباق إلى جولة مجانية كل خميس.";

    /// The two sides of the only passage, and its edits.
    fn only(a: &str, b: &str) -> (String, String, Vec<(EditKind, String, String)>) {
        let found = find(&[article("a.txt", a), article("b.txt", b)]);
        let [passage]: &[Passage] = &found.passages[..] else {
            panic!("{} passages", found.passages.len());
        };
        let edit = |edit: &super::super::Edit| {
            (edit.kind, edit.a.of(a).to_owned(), edit.b.of(b).to_owned())
        };
        (
            passage.a.span.of(a).to_owned(),
            passage.b.span.of(b).to_owned(),
            passage.edits.iter().map(edit).collect(),
        )
    }

    #[test]
    fn what_was_changed_at_an_end_is_an_edit_of_the_passage() {
        let (x, y) = (format!("{BODY} 12."), format!("{BODY} 21."));
        let (a, b, edits) = only(&format!("{x}{NEXT}"), &format!("سوق السمك\n{y}"));
        assert_eq!((a, b), (x, y));
        assert_eq!(edits, [(EditKind::Number, "12".into(), "21".into())]);
        // A word that one side alone has, before the first that both have.
        let (x, y) = (format!("لن {BODY} سبعة."), format!("{BODY} سبعة."));
        let (a, b, edits) = only(&x, &format!("سوق السمك\n{y}"));
        assert_eq!((a, b), (x, y));
        assert_eq!(edits, [(EditKind::Deleted, "لن".into(), String::new())]);
    }

    #[test]
    fn other_marks_at_an_end_are_an_edit() {
        let (x, y) = (format!("«{BODY} سبعة.»"), format!("«{BODY} سبعة»."));
        let (_, _, edits) = only(&x, &format!("{y}{NEXT}"));
        assert_eq!(edits, [(EditKind::Quotes, ".»".into(), "».".into())]);
        let (x, y) = (format!("{BODY} 15%."), format!("{BODY} 15."));
        let (a, b, edits) = only(&x, &y);
        assert_eq!((a, b), (x, y));
        assert_eq!(edits, [(EditKind::Number, "%.".into(), ".".into())]);
    }

    #[test]
    fn what_goes_on_in_other_words_is_no_part_of_it() {
        let x = format!("{BODY} سبعة بعد أن جنحت إلى الصخور.");
        let y = format!("{BODY} تسعة.");
        let (a, b, edits) = only(&x, &y);
        assert_eq!((a.as_str(), b.as_str()), (BODY, BODY));
        assert_eq!(edits, []);
    }

    #[test]
    fn a_date_line_above_is_not_shared() {
        let with_date =
            |title: &str, day: u32| format!("{title}\n\n{day} نيسان 2031\n\n{BODY} سبعة.");
        let (x, y) = (
            with_date("الرصيف والعاصفة", 13),
            with_date("ليل بلا قوارب", 12),
        );
        let (a, b, edits) = only(&x, &y);
        assert!(a.starts_with("أعلنت") && b.starts_with("أعلنت"), "{a}");
        assert_eq!(edits, []);
    }

    #[test]
    fn what_is_different_in_a_date_line_is_no_edit() {
        let with = |outlet: &str, day: u32| {
            format!(
                "رصيف خشبي غرق ليلا قبل وصول المتطوعين إلى المرفأ القديم\n\nكفر الصنوبر - {outlet} - {day} نيسان 2031\n\n\
                 {BODY} سبعة."
            )
        };
        let (x, y) = (with("واتم", 13), with("الضحى", 12));
        let (a, b, edits) = only(&x, &y);
        assert_eq!((a, b), (x.clone(), y));
        assert_eq!(edits, []);
        // But what stands in no such line is told, though the other side has one there.
        let y = x.replace(
            "كفر الصنوبر - واتم - 13 نيسان 2031\n\n",
            "وأفاد شهود بما يلي:\n\n",
        );
        let (_, _, edits) = only(&x, &y);
        let told = |(_, a, b): &(_, String, String)| a.is_empty() && b.contains("شهود");
        assert!(edits.iter().any(told), "{edits:?}");
        assert!(
            edits.iter().all(|edit| !edit.1.contains("واتم")),
            "{edits:?}"
        );
    }

    #[test]
    fn a_word_that_stands_elsewhere_by_chance_stretches_no_passage() {
        let x = format!(
            "{BODY} سبعة.\n\nوعاد الصيادون إلى بيوتهم ثم أكد البحارة سلامة الجميع في الميناء القديم."
        );
        let y = x.replace("أكد البحارة", "روى البحارة");
        let (a, b, _) = only(
            &format!("{x}{NEXT}"),
            &format!("{y}\nأكد مصدر آخر أن الشتاء يبدأ مبكرا هذا العام."),
        );
        assert_eq!((a, b), (x, y));
    }

    #[test]
    fn nor_does_it_stretch_a_reworded_one_into_the_next_sentence() {
        let x = format!("{BODY} سبعة.");
        let y = "نشرت دائرة المرافئ حصيلة أولية عن العاصفة التي ضربت رصيفا خشبيا، وذكرت أن الموج حال دون وصول \
            القوارب حتى الفجر. كما نقلت عربات المتطوعين بضائع مبتلة إلى مخزن قريب، وبلغ عدد المراكب الغارقة سبعة.";
        let (a, b, _) = only(
            &format!("{x}{NEXT}"),
            &format!("{y}\nوقالت جدة البحار الصغير إنها تنتظر الربيع كي تزرع النعناع."),
        );
        assert!(a.ends_with(" سبعة."), "{a}");
        assert!(b.ends_with(" سبعة."), "{b}");
    }
}
