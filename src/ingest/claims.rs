//! What a file says of its article beside the text → values with their evidence. Judges each claim by itself;
//! which one holds where several speak is for `page` to say.

use jiff::civil::Date;

use super::dates::{self, Order};
use super::formats::{Claim, Said};
use super::lines::key;
use super::{furniture, known};
use crate::article::{Found, Origin, Place, Sureness};

/// A day of the claims, best first; unreadable ones give none.
pub(super) fn days(claims: &[Claim]) -> Vec<(Found<Date>, Order)> {
    claims
        .iter()
        .filter_map(|claim| {
            let day = dates::value(&claim.value).filter(|day| !dates::is_beginning(day.date))?;
            let found = Found::new(day.date, claim.value.clone(), Place::Beside(claim.origin));
            Some((found.sure(day.sureness.min(trust(claim.origin))), day.order))
        })
        .collect()
}

/// The day of publication that is told from the day on which the page was saved.
pub(super) fn told_from(said: &Said, saved: Date) -> Option<Found<Date>> {
    let claim = said.ago.as_ref()?;
    let (ago, sureness) = dates::days_ago(&claim.value)?;
    let day = saved.checked_sub(jiff::Span::new().days(ago)).ok()?;
    let found = Found::new(day, claim.value.clone(), Place::Beside(claim.origin));
    Some(found.sure(sureness))
}

/// The day in the page's address (`…/2031/03/05/…`), where the site puts it there.
pub(super) fn day_of_address(said: &Said) -> Option<Found<Date>> {
    said.urls.iter().find_map(|claim| {
        let (_, path) = claim.value.split_once("://")?.1.split_once('/')?;
        let parts: Vec<&str> = path.split(['/', '-', '_', '?', '&', '=', '.']).collect();
        let day = parts.windows(3).find_map(|three| {
            let number = |at: usize, digits: std::ops::RangeInclusive<usize>| {
                let part: &str = three[at];
                let all = part.bytes().all(|byte| byte.is_ascii_digit());
                (all && digits.contains(&part.len())).then(|| part.parse::<i16>().ok())?
            };
            let year = number(0, 4..=4).filter(|year| (1990..2100).contains(year))?;
            let (month, day) = (number(1, 1..=2)?, number(2, 1..=2)?);
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        })?;
        let place = Place::Beside(Origin::Address);
        Some(Found::new(day, claim.value.clone(), place).sure(Sureness::Likely))
    })
}

/// Outlets that the file names, best first.
pub(super) fn outlets(said: &Said) -> Vec<Found<String>> {
    said.outlets.iter().filter_map(outlet).collect()
}

/// The outlet whose known site the page's address is.
pub(super) fn known_site(said: &Said) -> Option<Found<String>> {
    said.urls.iter().find_map(|claim| {
        let known = known::by_host(host(&claim.value)?)?;
        Some(Found::new(
            known.name.clone(),
            claim.value.clone(),
            Place::Beside(claim.origin),
        ))
    })
}

/// The site's own name, where nothing else names the outlet.
pub(super) fn unknown_site(said: &Said) -> Option<Found<String>> {
    said.urls.iter().find_map(|claim| {
        let host = host(&claim.value)?;
        let bare = host.strip_prefix("www.").unwrap_or(host);
        let archive = [
            "web.archive.org",
            "archive.is",
            "archive.ph",
            "t.co",
            "bit.ly",
            "localhost",
        ];
        let local =
            bare.starts_with("127.") || bare.starts_with("192.168.") || archive.contains(&bare);
        (!local && bare.contains('.')).then(|| {
            let place = Place::Beside(claim.origin);
            Found::new(bare.to_lowercase(), claim.value.clone(), place).sure(Sureness::Likely)
        })
    })
}

/// The agency that the file credits.
pub(super) fn credit(said: &Said) -> Option<Found<String>> {
    let claim = said.credits.first()?;
    let known = known::by_name(&claim.value).map(|known| known.name.clone());
    Some(Found::new(
        known.unwrap_or_else(|| claim.value.clone()),
        claim.value.clone(),
        Place::Beside(claim.origin),
    ))
}

fn outlet(claim: &Claim) -> Option<Found<String>> {
    let value = claim.value.trim();
    let place = Place::Beside(claim.origin);
    let words = key(value);
    if words.is_empty() || value.chars().count() > 80 || furniture::is_section(&words) {
        return None;
    }
    let found = |name: &str, sureness| {
        Some(Found::new(name.to_owned(), claim.value.clone(), place).sure(sureness))
    };
    // A person's own columns keep their spelling; `settle` levels those of one outlet.
    let own = matches!(
        claim.origin,
        Origin::Correction
            | Origin::MetadataTable
            | Origin::FrontMatter
            | Origin::Column
            | Origin::Field
    );
    let as_host = host(value).filter(|host| host.contains('.') && !value.contains(' '));
    if let Some(host) = as_host {
        return match known::by_host(host) {
            Some(known) => found(&known.name, Sureness::Sure),
            None => found(host.strip_prefix("www.").unwrap_or(host), Sureness::Likely),
        };
    }
    if let Some(handle) = value.strip_prefix('@') {
        // A social handle names an outlet only when the table knows it.
        let known = known::by_name(&handle.replace('_', " "))?;
        return found(&known.name, Sureness::Likely);
    }
    match known::by_name(value) {
        Some(known) if !own => found(&known.name, trust(claim.origin)),
        // A title may end in anything.
        None if claim.origin == Origin::TitleTag => found(value, Sureness::Likely),
        _ => found(value, trust(claim.origin)),
    }
}

fn trust(origin: Origin) -> Sureness {
    match origin {
        Origin::TimeTag | Origin::TitleTag | Origin::Footer | Origin::Address | Origin::Others => {
            Sureness::Likely
        }
        _ => Sureness::Sure,
    }
}

/// The host of an address, with or without its scheme.
pub fn host(address: &str) -> Option<&str> {
    let rest = address
        .trim()
        .split_once("://")
        .map_or(address.trim(), |(_, rest)| rest);
    // `web.archive.org/web/2019…/http://…` is a copy of another address.
    if let Some((_, inner)) = rest.split_once("/http")
        && rest.starts_with("web.archive.org/")
    {
        let inner = inner.trim_start_matches('s').trim_start_matches("://");
        return inner
            .split(['/', '?', '#', ':'])
            .next()
            .filter(|host| !host.is_empty());
    }
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(value: &str, origin: Origin) -> Option<String> {
        outlet(&Claim::new(value, origin)?).map(|found| found.value)
    }

    #[test]
    fn names_hosts_and_handles() {
        assert_eq!(
            name("مرصد الميناء", Origin::OpenGraph).as_deref(),
            Some("مرصد الميناء")
        );
        assert_eq!(name("SANA", Origin::OpenGraph).as_deref(), Some("سانا"));
        assert_eq!(name("SANA", Origin::Column).as_deref(), Some("SANA"));
        assert_eq!(
            name("https://www.sana.sy/?p=1", Origin::Column).as_deref(),
            Some("سانا")
        );
        assert_eq!(
            name("www.almina.example", Origin::Field).as_deref(),
            Some("almina.example")
        );
        assert_eq!(name("@almina", Origin::MetaTag), None);
        assert_eq!(name("رياضة", Origin::TitleTag), None);
    }

    #[test]
    fn days_in_addresses() {
        let day = |url: &str| {
            let said = Said {
                urls: Claim::new(url, Origin::Address).into_iter().collect(),
                ..Said::default()
            };
            day_of_address(&said).map(|found| found.value.to_string())
        };
        let of = |url: &str| day(url).unwrap_or_default();
        assert_eq!(of("https://almina.example/2031/03/05/ship"), "2031-03-05");
        assert_eq!(of("https://almina.example/news/2031/3/5/x"), "2031-03-05");
        assert_eq!(of("https://almina.example/a?d=2031-03-05"), "2031-03-05");
        for none in [
            "https://almina.example/2031/13/05/x",
            "https://almina.example/1204/12/11",
            "https://almina.example/a/20310305",
            "2031/03/05",
        ] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(host("https://user@www.sana.sy:80/a"), Some("www.sana.sy"));
        let copy = "https://web.archive.org/web/20190101000000/https://www.sana.sy/a";
        assert_eq!(host(copy), Some("www.sana.sy"));
        assert_eq!(host(""), None);
    }
}
