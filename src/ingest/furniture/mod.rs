//! Text of a page that is no part of its article: by the page's own form, and by repetition across the
//! pages of one outlet. Reads lines; changes no text.

pub(super) mod form;
mod phrases;
pub(super) mod repeat;

/// True for the name of a section or a menu's entry; `key` is folded.
pub(super) fn is_section(key: &str) -> bool {
    phrases::SECTIONS.is(key)
}

/// True for the name of a service on which pages are shared.
pub(super) fn is_share(key: &str) -> bool {
    phrases::SHARE_STRONG.is(key)
}

pub(super) use phrases::names_an_outlet;
