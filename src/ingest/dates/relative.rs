//! Times told from now: `منذ ساعتين`, `قبل 3 أيام`, `3 hours ago`. They mean a day only beside the day on which
//! the page was saved.

use super::parse::{self, Token};
use crate::article::Sureness;
use crate::text::number_word;

/// How long before the page was saved, in days, and how sure that is.
pub(in crate::ingest) fn days_ago(line: &str) -> Option<(i64, Sureness)> {
    let tokens = parse::tokens(line);
    if tokens.len() > 8 {
        return None;
    }
    (0..tokens.len()).find_map(|at| match parse::word(&tokens, at)? {
        "منذ" | "قبل" => amount(&tokens, at + 1),
        "ago" => amount(&tokens, at.checked_sub(2)?),
        _ => None,
    })
}

fn amount(tokens: &[Token], at: usize) -> Option<(i64, Sureness)> {
    let said = |i: usize| {
        parse::number(tokens, i)
            .map(|(value, _)| i64::from(value))
            .or_else(|| {
                parse::word(tokens, i)
                    .and_then(number_word)
                    .and_then(|n| i64::try_from(n).ok())
            })
    };
    // `ساعتين` and `ساعة` hold their number in themselves.
    let (count, unit) = match parse::word(tokens, at).and_then(unit) {
        Some(unit) => (1, unit),
        None => (said(at)?, parse::word(tokens, at + 1).and_then(unit)?),
    };
    let hours = count.checked_mul(unit)?;
    if !(0..24 * 400).contains(&hours) {
        return None;
    }
    // Hours may reach back over midnight; weeks and months are rounded.
    let sureness = if unit > 24 * 2 || hours < 24 && hours > 6 {
        Sureness::Unsure
    } else {
        Sureness::Likely
    };
    Some((hours / 24, sureness))
}

/// Hours of a unit, doubled where the word is a dual.
fn unit(word: &str) -> Option<i64> {
    Some(match word {
        "ثانيه" | "ثوان" | "ثواني" | "لحظات" | "قليل" | "دقيقه" | "دقائق" | "دقيقتين"
        | "minute" | "minutes" => 0,
        "ساعه" | "ساعات" | "hour" | "hours" => 1,
        "ساعتين" | "ساعتان" => 2,
        "يوم" | "ايام" | "يوما" | "day" | "days" => 24,
        "يومين" | "يومان" => 48,
        "اسبوع" | "اسابيع" | "week" | "weeks" => 24 * 7,
        "اسبوعين" | "اسبوعان" => 24 * 14,
        "شهر" | "اشهر" | "شهور" | "month" | "months" => 24 * 30,
        "شهرين" | "شهران" => 24 * 60,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_told_from_now() {
        let days = |line: &str| days_ago(line).map(|found| found.0);
        assert_eq!(days("منذ ساعتين"), Some(0));
        assert_eq!(days("منذ 3 أيام"), Some(3));
        assert_eq!(days("قبل يومين"), Some(2));
        assert_eq!(days("نشر منذ أسبوع"), Some(7));
        assert_eq!(days("5 days ago"), Some(5));
        for line in [
            "منذ العام الماضي",
            "منذ 3",
            "قبل الظهر",
            "قبل ثلاثة أيام قال الوزير إن الجسر مغلق حتى إشعار آخر",
        ] {
            assert_eq!(days(line), None, "{line}");
        }
        assert_eq!(days_ago("منذ شهرين").map(|f| f.1), Some(Sureness::Unsure));
    }
}
