//! The time of day, in figures and in words. Knows no time zones, nor which half of the day words mean.

use super::numbers::{number_word, ordinal, whole_number};

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    minutes: u64,
    /// In words, which count the hours of half a day.
    in_words: bool,
    /// Nothing else is written so: `10.30` may be a number, `العاشره` a place, `10:30` is a time.
    pub sure: bool,
}

impl Clock {
    /// True if both can be the same time.
    pub fn meets(&self, other: &Self) -> bool {
        const HALF: u64 = 12 * 60;
        match self.in_words || other.in_words {
            true => self.minutes % HALF == other.minutes % HALF,
            false => self.minutes == other.minutes,
        }
    }
}

/// The time that folded words name, if they are nothing else: `10:30`, `10.30`, `1030`, `العاشره والنصف`, `الحاديه عشره الا ربعا`,
/// `9 و20 دقيقه`, `10`.
pub fn clock<S: AsRef<str>>(words: &[S]) -> Option<Clock> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    if let [figures] = &words[..]
        && let Some((hour, minutes)) = figures.split_once([':', '.'])
    {
        return of_figures(hour, minutes, figures.contains(':'));
    }
    // `1330`, as agencies write it.
    if let [figures] = &words[..]
        && figures.len() == 4
        && let Some((hour, minutes)) = figures.split_at_checked(2)
    {
        return of_figures(hour, minutes, false);
    }
    (1..=words.len().min(2)).rev().find_map(|of_hour| {
        let (hour, rest) = words.split_at(of_hour);
        let (hour, in_words) = hour_of(hour)?;
        let whole = 60 * hour;
        let (minutes, sure) = match rest {
            [] => (whole, false),
            ["الا", rest @ ..] => (whole.checked_sub(minutes_of(rest)?)?, true),
            [first, behind @ ..] => {
                let bare = first.strip_prefix('و')?;
                (whole + minutes_of(&[&[bare], behind].concat())?, true)
            }
        };
        Some(Clock {
            minutes,
            in_words,
            sure,
        })
    })
}

fn of_figures(hour: &str, minutes: &str, sure: bool) -> Option<Clock> {
    let two = |digits: &str| digits.len() == 2 && digits.bytes().all(|c| c.is_ascii_digit());
    let minutes: u64 = minutes.parse().ok().filter(|_| two(minutes))?;
    let hour: u64 = hour.parse().ok().filter(|_| hour.len() <= 2)?;
    (hour <= 24 && minutes < 60).then_some(Clock {
        minutes: 60 * hour + minutes,
        in_words: false,
        sure,
    })
}

fn hour_of(words: &[&str]) -> Option<(u64, bool)> {
    if let Some(hour) = ordinal(words).and_then(|hour| hour.whole_value()) {
        return (hour <= 12).then_some((hour, true));
    }
    let [only] = words else {
        return None;
    };
    let in_words = number_word(only).is_some();
    Some((whole_number(only).filter(|hour| *hour <= 24)?, in_words))
}

fn minutes_of(words: &[&str]) -> Option<u64> {
    match words {
        [part] => match part.strip_prefix("ال").unwrap_or(part) {
            "نصف" | "نصفا" => Some(30),
            "ثلث" | "ثلثا" => Some(20),
            "ربع" | "ربعا" => Some(15),
            _ => None,
        },
        [count, "دقيقه" | "دقاءق"] => whole_number(count).filter(|minutes| *minutes < 60),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_in_figures_and_in_words() {
        let read = |words: &str| clock(&words.split(' ').collect::<Vec<_>>());
        for (one, other, same) in [
            ("10:30", "10.30", true),
            ("10:30", "1030", true),
            ("10:30", "العاشره والنصف", true),
            ("22:30", "العاشره والنصف", true),
            ("10:30", "22:30", false),
            ("10:30", "العاشره والربع", false),
            ("9:45", "العاشره الا الربع", true),
            ("9:40", "العاشره الا ثلثا", true),
            ("11:30", "الحاديه عشره والنصف", true),
            ("10:05", "العاشره وخمس دقاءق", true),
            ("9:20", "9 و20 دقيقه", true),
            ("10:00", "العاشره", true),
            ("10:00", "10", true),
        ] {
            let (x, y) = (read(one).unwrap(), read(other).unwrap());
            assert!(x.sure || y.sure, "{one} / {other}");
            assert_eq!(x.meets(&y), same, "{one} / {other}");
            assert_eq!(y.meets(&x), same, "{other} / {one}");
        }
        for words in ["10:75", "25:00", "10.3", "العاشره صباحا", "الف والنصف", ""]
        {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
