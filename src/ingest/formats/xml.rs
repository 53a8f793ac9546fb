//! XML as a stream of elements and text, the same for all formats that are made of it. Resolves no entity
//! but the five of XML and numbers: a document can neither grow by them nor reach a file.

use quick_xml::Reader;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// Elements nest no deeper than this in documents of people.
const DEEPEST: usize = 1_000;
/// Events between two looks at the watch.
const STEP: usize = 10_000;

/// What a stream of XML brings. Names come without their prefix.
pub(super) enum Node<'a> {
    Open(&'a str, &'a Attributes<'a>),
    Close(&'a str),
    Text(&'a str),
}

pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute, its prefix left out.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .find_map(|attribute| {
                (attribute.key.local_name().as_ref() == name.as_bytes())
                    .then(|| String::from_utf8_lossy(&attribute.value).into_owned())
            })
    }
}

/// Feeds all of `xml` to `take`. A document that breaks off gives what came before.
///
/// # Errors
/// It nests too deep, or the job was stopped.
pub(super) fn walk(xml: &str, watch: &Watch, mut take: impl FnMut(Node)) -> Result<(), Failure> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    for count in 0usize.. {
        if count.is_multiple_of(STEP) {
            watch.check()?;
        }
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(SkipReason::TooDeep.into());
                }
                let name = local(tag.local_name().as_ref());
                take(Node::Open(&name, &Attributes(&tag)));
            }
            Ok(Event::Empty(tag)) => {
                let name = local(tag.local_name().as_ref());
                take(Node::Open(&name, &Attributes(&tag)));
                take(Node::Close(&name));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(&local(tag.local_name().as_ref())));
            }
            Ok(Event::Text(text)) => take(Node::Text(&text.decode().unwrap_or_default())),
            Ok(Event::CData(text)) => take(Node::Text(&text.decode().unwrap_or_default())),
            Ok(Event::GeneralRef(entity)) => {
                let c = entity.resolve_char_ref().ok().flatten().or_else(|| {
                    match &*entity.decode().unwrap_or_default() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        "nbsp" => Some('\u{A0}'),
                        _ => None,
                    }
                });
                if let Some(c) = c {
                    take(Node::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    Ok(())
}

fn local(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
