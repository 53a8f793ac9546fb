//! Rich Text Format: control words are dropped, `\u` and `\'` give letters, and groups that hold no text of
//! the document (fonts, colours, pictures, headers, notes of the program) are left out. After Microsoft's
//! specification 1.9.1.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252, WINDOWS_1256};

use super::page::Page;
use super::{Pages, Source};
use crate::article::FileKind;
use crate::ingest::error::{Failure, SkipReason};
use crate::work::Watch;

/// Groups within groups; deeper ones are read as if they were flat.
const DEEPEST: usize = 4_000;
/// Bytes between two looks at the watch.
const STEP: usize = 64 * 1024;

/// Destinations that are no text of the document.
const SILENT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
    "fldinst",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "filetbl",
    "revtbl",
    "pgptbl",
    "userprops",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "mmathPr",
    "pntext",
    "pnseclvl",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "tc",
    "xe",
    "shpinst",
];

/// # Errors
/// It is no RTF, or holds no words; or the job was stopped.
pub(super) fn read(bytes: Vec<u8>, _: &Source, watch: &Watch) -> Result<Pages, Failure> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(SkipReason::Malformed("it does not begin as RTF does".to_owned()).into());
    }
    let mut reader = Rtf {
        bytes: &bytes,
        at: 0,
        state: State::default(),
        stack: Vec::new(),
        fonts: Vec::new(),
        waiting: Vec::new(),
        page: WINDOWS_1252,
        low: None,
        out: String::new(),
    };
    reader.run(watch)?;
    let text = reader.out.trim().to_owned();
    if !text.chars().any(char::is_alphanumeric) {
        return Err(SkipReason::NoWords.into());
    }
    Ok(Pages::one(Page {
        text,
        kind: FileKind::Rtf,
        ..Page::default()
    }))
}

#[derive(Clone, Copy)]
struct State {
    silent: bool,
    /// The group is the table of fonts.
    fonts: bool,
    /// Characters that follow `\u` for readers that don't know it.
    skip: usize,
    encoding: Option<&'static Encoding>,
    hidden: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            silent: false,
            fonts: false,
            skip: 1,
            encoding: None,
            hidden: false,
        }
    }
}

struct Rtf<'a> {
    bytes: &'a [u8],
    at: usize,
    state: State,
    stack: Vec<State>,
    /// Number and encoding of each font that names one.
    fonts: Vec<(i32, Option<&'static Encoding>)>,
    /// Bytes that wait to be decoded together.
    waiting: Vec<u8>,
    page: &'static Encoding,
    /// First half of a surrogate pair.
    low: Option<u16>,
    out: String,
}

impl Rtf<'_> {
    fn run(&mut self, watch: &Watch) -> Result<(), Failure> {
        let mut looked = 0;
        while let Some(&byte) = self.bytes.get(self.at) {
            if self.at >= looked {
                watch.check()?;
                looked = self.at + STEP;
            }
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.stack.len() < DEEPEST {
                        self.stack.push(self.state);
                    }
                    if self.bytes[self.at..].starts_with(b"\\*") {
                        self.at += 2;
                        self.state.silent = true;
                    }
                }
                b'}' => {
                    self.flush();
                    self.state = self.stack.pop().unwrap_or_default();
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                _ => self.byte(byte),
            }
        }
        self.flush();
        Ok(())
    }

    fn shown(&self) -> bool {
        !self.state.silent && !self.state.hidden
    }

    fn byte(&mut self, byte: u8) {
        if self.shown() {
            self.waiting.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.waiting.is_empty() {
            let encoding = self.state.encoding.unwrap_or(self.page);
            let text = encoding.decode_without_bom_handling(&self.waiting).0;
            self.out.push_str(&text);
            self.waiting.clear();
        }
    }

    fn push(&mut self, text: &str) {
        self.flush();
        if self.shown() {
            self.out.push_str(text);
        }
    }

    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else {
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    if let Some(byte) = self.hex() {
                        self.byte(byte);
                    }
                }
                b'\\' | b'{' | b'}' => self.byte(first),
                b'~' => self.push("\u{A0}"),
                b'_' => self.push("-"),
                b'\r' | b'\n' => self.push("\n"),
                b'*' => self.state.silent = true,
                _ => {}
            }
            return;
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..length.min(32)]).into_owned();
        let mut end = length;
        let negative =
            rest.get(end) == Some(&b'-') && rest.get(end + 1).is_some_and(u8::is_ascii_digit);
        end += usize::from(negative);
        let digits = rest[end..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number: Option<i32> = std::str::from_utf8(&rest[end..end + digits])
            .ok()
            .and_then(|digits| digits.parse().ok())
            .map(|n: i32| if negative { -n } else { n });
        end += digits;
        end += usize::from(rest.get(end) == Some(&b' '));
        self.at += end;
        self.word(&word, number);
    }

    fn hex(&mut self) -> Option<u8> {
        let digits = self.bytes.get(self.at..self.at + 2)?;
        let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        self.at += 2;
        Some(byte)
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "line" | "sect" | "page" | "row" => self.push("\n"),
            "tab" | "cell" => self.push("\t"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("•"),
            "zwj" => self.push("\u{200D}"),
            "zwnj" => self.push("\u{200C}"),
            "ltrmark" => self.push("\u{200E}"),
            "rtlmark" => self.push("\u{200F}"),
            "emspace" | "enspace" | "qmspace" => self.push(" "),
            "u" => self.unicode(number),
            "uc" => {
                self.state.skip = number
                    .and_then(|n| usize::try_from(n).ok())
                    .unwrap_or(1)
                    .min(16)
            }
            "bin" => {
                let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(self.bytes.len());
            }
            "v" => {
                self.flush();
                self.state.hidden = number != Some(0);
            }
            "ansi" => self.page = WINDOWS_1252,
            "mac" => self.page = MACINTOSH,
            "ansicpg" => self.page = code_page(number).unwrap_or(self.page),
            "f" | "af" => {
                if self.state.fonts {
                    self.fonts.push((number.unwrap_or(0), None));
                } else if word == "f" {
                    self.flush();
                    let font = self.fonts.iter().rev().find(|(n, _)| Some(*n) == number);
                    self.state.encoding = font.and_then(|(_, encoding)| *encoding);
                }
            }
            "fcharset" => {
                if let Some(font) = self.fonts.last_mut() {
                    font.1 = charset(number);
                }
            }
            "plain" => {
                self.flush();
                self.state.encoding = None;
                self.state.hidden = false;
            }
            "fonttbl" => {
                self.state.fonts = true;
                self.state.silent = true;
            }
            _ if SILENT.contains(&word) => {
                self.flush();
                self.state.silent = true;
            }
            _ => {}
        }
    }

    fn unicode(&mut self, number: Option<i32>) {
        let unit = number.unwrap_or(0x3F) as u16; // negative numbers wrap, as the format wants
        for _ in 0..self.state.skip {
            self.skip_one();
        }
        let c = match (self.low.take(), unit) {
            (_, 0xD800..=0xDBFF) => {
                self.low = Some(unit);
                return;
            }
            (Some(high), _) => char::decode_utf16([high, unit]).next().and_then(Result::ok),
            (None, _) => char::from_u32(unit.into()),
        };
        if let Some(c) = c.filter(|c| *c != '\0') {
            self.push(c.encode_utf8(&mut [0; 4]));
        }
    }

    /// One character that stands in for the one that `\u` gave.
    fn skip_one(&mut self) {
        match self.bytes.get(self.at) {
            Some(b'\\') => match self.bytes.get(self.at + 1) {
                Some(b'\'') => self.at = (self.at + 4).min(self.bytes.len()),
                // Another `\u`, a paragraph: nothing was put in.
                Some(b) if b.is_ascii_alphabetic() => {}
                Some(_) => self.at += 2,
                None => {}
            },
            Some(b'{' | b'}' | b'\r' | b'\n') | None => {}
            Some(_) => self.at += 1,
        }
    }
}

fn code_page(number: Option<i32>) -> Option<&'static Encoding> {
    match number? {
        65001 => Some(encoding_rs::UTF_8),
        // Arabic of DOS and Mac are rare; Windows writes 1256.
        708 | 720 | 1256 => Some(WINDOWS_1256),
        28596 => Some(encoding_rs::ISO_8859_6),
        number => Encoding::for_label(format!("windows-{number}").as_bytes()),
    }
}

fn charset(number: Option<i32>) -> Option<&'static Encoding> {
    Some(match number? {
        0 => return None,
        178..=180 => WINDOWS_1256,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        163 => encoding_rs::WINDOWS_1258,
        177 => encoding_rs::WINDOWS_1255,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(rtf: &[u8]) -> Result<String, SkipReason> {
        match read(rtf.to_vec(), &Source::named("rtf"), &Watch::silent()) {
            Ok(pages) => Ok(pages.pages[0].text.clone()),
            Err(Failure::Skip(reason)) => Err(reason),
            Err(Failure::Stopped) => unreachable!("nobody stops it"),
        }
    }

    #[test]
    fn letters_by_number_and_by_code_page() {
        let unicode = br"{\rtf1\ansi{\fonttbl{\f0 Amiri;}}{\*\generator X;}\uc1\u1602?\u1575?\u1585?\u1576?\par \uc2\u1602\'c7\'c8x}";
        assert_eq!(text(unicode).unwrap(), "قارب\nقx");
        let paged = b"{\\rtf1\\ansi\\ansicpg1256 \\'de\\'c7\\'d1\\'c8\\line\\{x\\}}";
        assert_eq!(text(paged).unwrap(), "قارب\n{x}");
        let by_font = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset178 B;}}\\f1\\'de\\'c7\\f0 \\'e9}";
        assert_eq!(text(by_font).unwrap(), "قا\u{e9}");
        assert_eq!(
            text(br"{\rtf1 a\u-10179?\u-8704?b}").unwrap(),
            "a\u{1F600}b"
        );
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        let rtf = br"{\rtf1{\info{\title T}}{\header H}a{\v hidden}{\pict 00ff}{\field{\*\fldinst LINK}{\fldrslt b}}}";
        assert_eq!(text(rtf).unwrap(), "ab");
        assert!(matches!(text(b"{}"), Err(SkipReason::Malformed(_))));
        assert_eq!(text(b"{\\rtf1}"), Err(SkipReason::NoWords));
        assert_eq!(
            text(&[b"{\\rtf1 a".to_vec(), vec![b'{'; 100_000]].concat()).unwrap(),
            "a"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(tail in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = text(&[b"{\\rtf1 ".to_vec(), tail].concat());
        }

        #[test]
        fn any_controls_are_read_or_refused(tail in "[\\\\{}a-z0-9' *-]{0,200}") {
            let _ = text(format!("{{\\rtf1 {tail}").as_bytes());
        }
    }
}
