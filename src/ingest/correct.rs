//! Applies what a person corrected to an article as it was read. Changes no text.

use xxhash_rust::xxh3::xxh3_128;

use crate::article::{Article, Aspect, ContentId, Correction, Found, Origin, Place};
use crate::text;

/// What a person's corrections of an article are kept by.
pub fn content_id(article: &Article) -> ContentId {
    id_of(&article.text)
}

/// The same of a text.
pub(super) fn id_of(text: &str) -> ContentId {
    xxh3_128(text.as_bytes())
}

/// A value that a person has decided on.
pub(super) fn by_person<T: ToString>(value: T) -> Found<T> {
    let evidence = value.to_string();
    Found::new(value, evidence, Place::Beside(Origin::Correction))
}

/// The article as a person corrected it. Applying a correction to an article that has it already changes
/// nothing more.
pub fn corrected(article: &Article, correction: &Correction) -> Article {
    let mut article = article.clone();
    if let Some(outlet) = &correction.outlet {
        article.outlet = outlet.clone().map(by_person);
        // The person has decided between them.
        article.disputed.retain(|one| one.aspect != Aspect::Outlet);
    }
    if let Some(published) = correction.published {
        article.dates.published = published.map(by_person);
        article
            .disputed
            .retain(|one| one.aspect != Aspect::Published);
    }
    if let Some(title) = &correction.title {
        article.named = title.clone().map(by_person);
        // What is no headline is none in the text either.
        article.title = article.title.filter(|_| title.is_some());
    }
    article.direction = correction.direction.unwrap_or(article.direction);
    let before = article.furniture.len();
    article.furniture.retain(|stretch| {
        !correction
            .restored
            .iter()
            .any(|span| span.overlaps(stretch.span))
    });
    if article.furniture.len() != before {
        let words = article
            .body()
            .map(|span| text::words(span.of(&article.text)).count())
            .sum::<usize>();
        article.words = u32::try_from(words).unwrap_or(u32::MAX);
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Furniture, FurnitureReason, ReadingDirection, Span};

    #[test]
    fn what_is_corrected_holds_and_the_rest_stays() {
        let mut article = Article::bare("a.txt", "الرئيسية\nوصل القارب");
        let menu = Span::new(0, article.text.find('\n').unwrap());
        article.furniture.push(Furniture {
            span: menu,
            reason: FurnitureReason::Navigation,
        });
        article.words = 2;
        article.outlet = Some(Found::new("سبق".to_owned(), "سبق", Place::Folder));
        let correction = Correction {
            published: Some(Some(jiff::civil::date(2031, 3, 5))),
            restored: vec![Span::new(0, 3)],
            ..Correction::default()
        };
        let corrected = corrected(&article, &correction);
        assert_eq!(corrected.outlet_name(), Some("سبق"));
        assert_eq!(corrected.day(), Some(jiff::civil::date(2031, 3, 5)));
        assert!(corrected.furniture.is_empty());
        assert_eq!(corrected.words, 3);
        let unknown = Correction {
            outlet: Some(None),
            ..Correction::default()
        };
        assert_eq!(super::corrected(&article, &unknown).outlet, None);
        article.title = Some(Span::new(menu.end as usize + 1, article.text.len()));
        article.direction = Some(ReadingDirection::LeftToRight);
        let none = Correction {
            title: Some(None),
            direction: Some(None),
            ..Correction::default()
        };
        let corrected = super::corrected(&article, &none);
        assert_eq!(corrected.title_text(), None);
        assert_eq!(corrected.direction, None);
        assert_eq!(content_id(&article), content_id(&corrected));
    }
}
