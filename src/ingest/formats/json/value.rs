//! A value of a JSON file as it goes by: what the object or list around it wants to know of it, and the articles in it.
//! Builds no tree: of a list of articles nothing is held but the articles.

use std::fmt::Formatter;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Number;

use super::super::fields::{Role, role};
use super::super::page::{Page, one_line};
use super::super::record::Record;
use super::super::{MOST_ARTICLES, html};
use crate::article::{FileKind, Origin};
use crate::work::Watch;

/// Objects within objects that are looked into.
const DEEPEST: usize = 12;
/// After all names that promise a text: what an editor calls the blocks of one.
const BLOCKS: usize = 50;

/// Reads a value, and adds the articles in it to `found`.
pub(super) struct Value<'a> {
    /// What the name promises under which it stands.
    role: Option<Role>,
    depth: usize,
    found: &'a mut Vec<Page>,
    watch: &'a Watch,
}

impl<'a> Value<'a> {
    /// What stands by itself.
    pub fn alone(role: Option<Role>, found: &'a mut Vec<Page>, watch: &'a Watch) -> Self {
        Self {
            role,
            depth: 0,
            found,
            watch,
        }
    }

    fn inner(&mut self, role: Option<Role>) -> Value<'_> {
        Value {
            role,
            depth: self.depth + 1,
            found: self.found,
            watch: self.watch,
        }
    }

    /// Adds the article that a record is. What lies within it is of it, and no article of its own.
    fn add(&mut self, record: &Record, within: usize) {
        let near = |role| record.has_near(role);
        let is_article = record.best(Role::Text).is_some() || near(Role::Lead) && near(Role::Title);
        if is_article
            && within <= MOST_ARTICLES
            && let Some(page) = record.page(FileKind::Json, Origin::Field)
        {
            self.found.truncate(within);
            self.found.push(page);
        }
    }
}

/// What is known of a value that has been read.
pub(super) enum Seen {
    Nothing,
    Text(String),
    Number(String),
    List(List),
    Object(Box<Object>),
}

impl Seen {
    /// A string, a number, lines of strings, an object that is named or rendered.
    fn plain(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::List(list) => list.text,
            Self::Object(object) => object.name.map(|(_, name)| name),
        }
    }

    /// The text of an article as an editor of blocks keeps it.
    pub fn edited(self) -> Option<String> {
        match self {
            Self::List(list) if list.is_blocks => list.text,
            Self::Object(object) if object.is_edited => {
                object.record.best(Role::Text).map(str::to_owned)
            }
            _ => None,
        }
    }
}

pub(super) struct List {
    /// Its strings; under a name that promises a text its paragraphs. A list of articles is no text.
    text: Option<String>,
    /// Each of them is a block of an editor.
    is_blocks: bool,
}

/// What the object around wants to know of another.
#[derive(Default)]
pub(super) struct Object {
    record: Record,
    /// The best of the fields that stand for the whole object, and how good that is.
    name: Option<(usize, String)>,
    /// `"time"` of an article, or of the editor that saved it.
    time: Option<(usize, String)>,
    /// `"items"`: the lines of a list.
    items: Option<String>,
    /// `"type"` and the text of `"data"`: a block of an editor.
    has_type: bool,
    data: Option<Option<String>>,
    is_edited: bool,
}

impl Object {
    /// Takes a field. `own` is what the object's own name promises.
    fn take(&mut self, name: &str, value: Seen, own: Option<Role>) {
        if let Seen::Text(text) = &value {
            self.has_type |= name == "type";
            self.name_by(name, text, own);
        }
        match (role(name), value) {
            // `"content": {"title": …, "body": …}`: what lies in it tells of this article.
            (Some((Role::Text, rank)), Seen::Object(inner)) => match inner.name {
                Some((_, text)) => self.record.push_as(Role::Text, rank, &text),
                None => self.record.append(inner.record),
            },
            (Some((role, rank)), value) => {
                if name == "time" {
                    self.time = value.plain().map(|time| (rank, time));
                } else if let Some(text) = value.plain() {
                    self.record.push_as(role, rank, &text);
                }
            }
            // `"metadata": {"source": …}`.
            (None, Seen::Object(inner)) => {
                if name == "data" {
                    self.data = Some(inner.lines());
                }
                self.record.append(inner.record.farther());
            }
            (None, Seen::List(list)) if name == "items" => self.items = list.text,
            (None, Seen::List(list)) if name == "blocks" && list.is_blocks => {
                self.is_edited = list.text.is_some();
                let text = list.text.unwrap_or_default();
                self.record.push_as(Role::Text, BLOCKS, &text);
            }
            (None, _) => {}
        }
    }

    fn name_by(&mut self, field: &str, text: &str, own: Option<Role>) {
        const RENDERED: &[&str] = &["rendered", "value", "#text"];
        const NAMES: &[&str] = &[
            "rendered", "name", "title", "main", "value", "text", "#text", "$date",
        ];
        let names = match own {
            None => &[],
            Some(Role::Text) => RENDERED,
            Some(_) => NAMES,
        };
        let best = self.name.as_ref().map_or(names.len(), |(best, _)| *best);
        let rank = names.iter().position(|name| *name == field);
        if let Some(rank) = rank.filter(|rank| *rank < best) {
            let lines = text.contains(['<', '\n']);
            let text = if lines {
                text.to_owned()
            } else {
                one_line(text)
            };
            self.name = Some((rank, text));
        }
    }

    /// All fields have been taken.
    fn close(mut self) -> Self {
        if let Some((rank, time)) = self.time.take() {
            // An editor notes when it saved last.
            let role = if self.is_edited {
                Role::Updated
            } else {
                Role::Published
            };
            self.record.push_as(role, rank, &time);
        }
        self
    }

    /// The text with the items below it.
    fn lines(&self) -> Option<String> {
        let text = self.record.best(Role::Text).map(str::to_owned);
        paragraphs(text.into_iter().chain(self.items.clone()).collect())
    }

    fn is_block(&self) -> bool {
        self.has_type && self.data.is_some()
    }

    /// The text of one of several paragraphs, where it has any (a picture has none); `None` for an article of its own.
    fn paragraph(self) -> Option<Option<String>> {
        const ARTICLE: [Role; 3] = [Role::Title, Role::Published, Role::Outlet];
        let text = self.lines();
        if self.is_block() {
            return Some(self.data.flatten().or(text));
        }
        let alone = ARTICLE.iter().all(|role| self.record.best(*role).is_none());
        (alone || text.is_none()).then_some(text)
    }
}

/// Paragraphs as one text. Markup in one of them makes it markup, where line ends are none.
fn paragraphs(parts: Vec<String>) -> Option<String> {
    const NEXT: &str = "</p>\n<p>";
    if parts.len() < 2 {
        return parts.into_iter().next();
    }
    if !parts.iter().any(|part| html::has_markup(part)) {
        return Some(parts.join("\n"));
    }
    let marked_up = parts.into_iter().map(|part| match html::has_markup(&part) {
        true => part,
        false => part.replace('\n', NEXT),
    });
    let text = marked_up.collect::<Vec<_>>().join(NEXT);
    Some(format!("<p>{text}</p>"))
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Seen;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Seen, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Seen;

    fn expecting(&self, out: &mut Formatter) -> std::fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Seen, E> {
        Ok(Seen::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Seen, E> {
        Ok(Seen::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Seen, E> {
        Ok(Seen::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Seen, E> {
        Ok(Seen::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Seen, E> {
        let number = Number::from_f64(number);
        Ok(number.map_or(Seen::Nothing, |number| Seen::Number(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Seen, E> {
        Ok(Seen::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Seen, A::Error> {
        if self.depth > DEEPEST {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Seen::Nothing);
        }
        let role = self.role;
        // A name that means nothing promises no text.
        let mut parts = role.map(|_| Vec::new());
        let mut is_blocks = true;
        while let Some(value) = list.next_element_seed(self.inner(role))? {
            self.watch.check().map_err(A::Error::custom)?;
            is_blocks &= matches!(&value, Seen::Object(object) if object.is_block());
            let Some(known) = &mut parts else {
                continue;
            };
            let part = match value {
                Seen::Text(text) => Some(Some(text)),
                Seen::Object(object) if role == Some(Role::Text) => object.paragraph(),
                Seen::List(list) if role == Some(Role::Text) => list.text.map(Some),
                _ => None,
            };
            match part {
                Some(part) => known.extend(part),
                None => parts = None,
            }
        }
        let text = match role {
            Some(Role::Text) => parts.and_then(paragraphs),
            _ => parts
                .filter(|parts| !parts.is_empty())
                .map(|parts| parts.join("\n")),
        };
        Ok(Seen::List(List { text, is_blocks }))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<Seen, A::Error> {
        if self.depth > DEEPEST {
            while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Seen::Nothing);
        }
        let within = self.found.len();
        let own = self.role;
        let mut object = Object::default();
        while let Some(name) = fields.next_key::<String>()? {
            self.watch.check().map_err(A::Error::custom)?;
            let promised = match name.as_str() {
                "items" | "blocks" => Some(Role::Text),
                name => role(name).map(|(role, _)| role),
            };
            let value = fields.next_value_seed(self.inner(promised))?;
            object.take(&name, value, own);
        }
        let object = object.close();
        self.add(&object.record, within);
        Ok(Seen::Object(Box::new(object)))
    }
}
