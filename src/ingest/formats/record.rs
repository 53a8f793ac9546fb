//! A record of named values → an article: what tables, JSON objects and front matter have in common.
//! Knows no syntax.

use super::super::lines::key;
use super::fields::{Role, role};
use super::page::{Claim, Page, Said};
use super::{html, json};
use crate::article::{FileKind, Origin};

/// Names in an object within another come after all of its own, which are fewer.
const FARTHER: usize = 100;

/// Named values of one record, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    fields: Vec<(Role, usize, String)>,
}

impl Record {
    /// Takes a value if its name means something.
    pub fn push(&mut self, name: &str, value: &str) {
        if let Some((role, rank)) = role(name) {
            self.push_as(role, rank, value);
        }
    }

    pub fn push_as(&mut self, role: Role, rank: usize, value: &str) {
        let value = value.trim();
        if value.is_empty() || matches!(value, "null" | "None" | "nan" | "NaN" | "N/A" | "-") {
            return;
        }
        let names = matches!(role, Role::Outlet | Role::Source | Role::Credit);
        let days = matches!(role, Role::Published | Role::Updated | Role::Crawled);
        if (names || days) && is_unknown(value) {
            return;
        }
        let role = match role {
            Role::Source if is_url(value) => Role::Url,
            Role::Source => Role::Outlet,
            role => role,
        };
        self.fields.push((role, rank, value.to_owned()));
    }

    /// Adds what another record says of the same article, after what is known already.
    pub fn append(&mut self, other: Self) {
        self.fields.extend(other.fields);
    }

    /// What an object within another tells of the other's article: all but a text.
    pub fn farther(mut self) -> Self {
        self.fields
            .retain(|(role, rank, _)| *role != Role::Text && *rank < FARTHER);
        for (_, rank, _) in &mut self.fields {
            *rank += FARTHER;
        }
        self
    }

    /// True where a name of its own has this role.
    pub fn has_near(&self, wanted: Role) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|(role, rank, _)| *role == wanted && *rank < FARTHER)
    }

    /// The best value of a role.
    pub fn best(&self, wanted: Role) -> Option<&str> {
        self.fields
            .iter()
            .filter(|(role, ..)| *role == wanted)
            .min_by_key(|(_, rank, _)| *rank)
            .map(|(.., value)| value.as_str())
    }

    /// The text by the best name, unless another is much longer: exporters fill one of several columns.
    fn text(&self) -> Option<&str> {
        let of = |wanted: Role| {
            let longest = self
                .fields
                .iter()
                .filter(|(role, ..)| *role == wanted)
                .map(|(.., value)| value.len())
                .max()?;
            self.fields
                .iter()
                .filter(|(role, _, value)| *role == wanted && value.len() * 5 >= longest * 3)
                .min_by_key(|(_, rank, _)| *rank)
                .map(|(.., value)| value.as_str())
        };
        of(Role::Text).or_else(|| of(Role::Lead))
    }

    /// The article of this record; `None` where it has no text.
    pub fn page(&self, kind: FileKind, origin: Origin) -> Option<Page> {
        let text = self.text()?;
        let edited = json::edited(text);
        let text = html::text_of(edited.as_deref().unwrap_or(text));
        let title = self.best(Role::Title).map(html::text_of);
        let mut page = Page::headed(title.as_deref(), &text, kind);
        page.said.append(self.said(origin));
        Some(page)
    }

    /// What the record says beside the text.
    pub fn said(&self, origin: Origin) -> Said {
        let all = |wanted: Role| {
            let mut found: Vec<_> = self.fields.iter().filter(|f| f.0 == wanted).collect();
            found.sort_by_key(|(_, rank, _)| *rank);
            found
                .into_iter()
                .filter_map(|(.., value)| Claim::new(value, origin))
                .collect::<Vec<_>>()
        };
        Said {
            headline: None,
            title: None,
            outlets: all(Role::Outlet),
            credits: all(Role::Credit),
            urls: all(Role::Url),
            published: all(Role::Published),
            updated: all(Role::Updated),
            crawled: all(Role::Crawled),
            ago: None,
        }
    }
}

/// How people and programs write that they don't know.
pub(super) fn is_unknown(value: &str) -> bool {
    const WORDS: [&str; 9] = [
        "unknown",
        "undefined",
        "none",
        "na",
        "n a",
        "غير معروف",
        "مجهول",
        "غير محدد",
        "بلا",
    ];
    WORDS.contains(&key(value).as_str())
}

pub(super) fn is_url(value: &str) -> bool {
    let value = value.trim_start();
    value.starts_with("http://") || value.starts_with("https://") || value.starts_with("www.")
}
