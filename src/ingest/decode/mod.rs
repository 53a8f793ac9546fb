//! Bytes of a file → text. Never panics, never guesses silently between text and something else: bytes
//! that are no text are refused.
//!
//! Order of belief: byte-order mark; the shape of UTF-16 without one; UTF-8; UTF-8 with a torn end; lines of
//! it among lines in Arabic of eight bits; UTF-8 with a few broken places; then `chardetng` with an Arabic
//! hint, checked against how much Arabic each eight-bit encoding would make of the bytes.

mod dos;
mod mac;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};

use super::error::{Failure, SkipReason};
use crate::work::{Stopped, Watch};

/// Bytes between two looks at the watch.
const STEP: usize = 1024 * 1024;
/// Bytes that tell an encoding.
const SAMPLE: usize = 64 * 1024;

/// A file's text without its byte-order mark, line endings as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    /// The encoding's name in the Encoding Standard.
    pub encoding: &'static str,
}

/// Decodes a whole file. What the file says of its encoding is believed only if it fits.
///
/// # Errors
/// [`SkipReason::Empty`], [`SkipReason::NotText`] or [`SkipReason::NoWords`]; or stopped.
pub(super) fn decode_as(
    bytes: Vec<u8>,
    declared: Option<&str>,
    watch: &Watch,
) -> Result<Decoded, Failure> {
    if bytes.is_empty() {
        return Err(SkipReason::Empty.into());
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let mut decoded = decode_bytes(bytes, declared, watch)?;
    // What a file system leaves at the end of a file when the machine fails.
    let end = decoded.text.trim_end_matches('\0').len();
    decoded
        .text
        .truncate(if end > 0 { end } else { decoded.text.len() });
    check(&decoded.text, watch)?;
    Ok(decoded)
}

fn decode_bytes(
    mut bytes: Vec<u8>,
    declared: Option<&'static Encoding>,
    watch: &Watch,
) -> Result<Decoded, Stopped> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding != UTF_8 {
            return with(encoding, &bytes[mark..], watch);
        }
        // Programs write it above whatever others have written.
        bytes.drain(..mark);
    }
    if let Some(encoding) = utf16_by_shape(&bytes) {
        return with(encoding, &bytes, watch);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text,
            encoding: UTF_8.name(),
        }),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let torn = error.utf8_error().error_len().is_none();
            let bytes = error.into_bytes();
            // The file was cut in the middle of its last character.
            if torn && !bytes[..valid].is_ascii() {
                return with(UTF_8, &bytes[..valid], watch);
            }
            if let Some(decoded) = line_by_line(&bytes, watch)? {
                return Ok(decoded);
            }
            if mostly_utf8(&bytes) {
                return with(UTF_8, &bytes, watch);
            }
            if mac::fits(&bytes) {
                return Ok(Decoded {
                    text: by_table(&bytes, mac::UPPER),
                    encoding: mac::NAME,
                });
            }
            if is_arabic(&by_table(sample(&bytes), dos::UPPER)) {
                return Ok(Decoded {
                    text: by_table(&bytes, dos::UPPER),
                    encoding: dos::NAME,
                });
            }
            let declared = declared.filter(|encoding| fits(encoding, &bytes));
            with(declared.unwrap_or_else(|| eight_bit(&bytes)), &bytes, watch)
        }
    }
}

/// The name of a part of an archive, where it is written in one of the encodings of Windows in Arabic or in UTF-8.
pub(super) fn name(bytes: &[u8]) -> Option<String> {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return Some(name.to_owned());
    }
    let windows = WINDOWS_1256.decode_without_bom_handling(bytes).0;
    [windows.into_owned(), by_table(bytes, dos::UPPER)]
        .into_iter()
        .find(|name| is_arabic(name))
}

/// Text in an encoding that the Encoding Standard leaves out, by its upper half.
fn by_table(bytes: &[u8], upper: &str) -> String {
    let upper: Vec<char> = upper.chars().collect();
    bytes
        .iter()
        .map(|byte| match byte.checked_sub(0x80) {
            None => char::from(*byte),
            Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{FFFD}'),
        })
        .collect()
}

/// True where nearly all that is not ASCII is Arabic and stands in words of its own: what is Arabic by one table are
/// accents within Latin words by another, and Cyrillic or Greek letters among which signs stand.
fn is_arabic(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic());
    let (mut own, mut mixed) = (0usize, 0usize);
    for word in words.filter(|word| !word.is_ascii() && word.chars().nth(1).is_some()) {
        let latin = word.contains(|c: char| c.is_ascii_alphabetic());
        *(if latin { &mut mixed } else { &mut own }) += 1;
    }
    own > mixed * 20 && share_of_arabic(text) >= 90
}

fn with(encoding: &'static Encoding, bytes: &[u8], watch: &Watch) -> Result<Decoded, Stopped> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut steps = bytes.chunks(STEP).peekable();
    while let Some(step) = steps.next() {
        watch.check()?;
        text.reserve(
            decoder
                .max_utf8_buffer_length(step.len())
                .unwrap_or(step.len() * 3),
        );
        // The reserved room holds the whole step, so nothing of it is left over.
        let _ = decoder.decode_to_string(step, &mut text, steps.peek().is_none());
    }
    text.shrink_to_fit();
    Ok(Decoded {
        text,
        encoding: encoding.name(),
    })
}

/// Arabic in UTF-16 has 06 (or 00, or 20 for general punctuation) in nearly every second byte.
///
/// It comes before UTF-8, because such bytes are valid UTF-8 too: control characters and ASCII.
fn utf16_by_shape(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let units = sample.len() / 2;
    if units < 4 {
        return None;
    }
    let high = |byte: &u8| matches!(byte, 0x00 | 0x06 | 0x20);
    let control = |byte: &u8| matches!(byte, 0x00 | 0x06);
    let count = |offset: usize, test: &dyn Fn(&u8) -> bool| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| test(b))
            .count()
    };
    let looks = |offset: usize| {
        count(offset, &high) * 100 >= units * 95
            && count(offset, &control) * 100 >= units * 80
            && count(1 - offset, &control) * 100 <= units * 20
    };
    if looks(1) {
        Some(UTF_16LE)
    } else if looks(0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 among Arabic of eight bits, each in lines of its own: somebody has joined files, or added a line to one.
fn line_by_line(bytes: &[u8], watch: &Watch) -> Result<Option<Decoded>, Stopped> {
    let lines = || bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'));
    // No two letters of eight bits are UTF-8.
    let is_utf8 = |line: &&[u8]| {
        let (good, broken) = utf8(line);
        broken == 0 || good > broken
    };
    let others = lines().filter(|line| !is_utf8(line)).flatten().copied();
    let others: Vec<u8> = others.take(SAMPLE).collect();
    let encoding = eight_bit(&others);
    let has_utf8 = || lines().any(|line| is_utf8(&line) && !line.is_ascii());
    if arabic_share(encoding, &others) < 85 || !has_utf8() {
        return Ok(None);
    }
    let mut text = String::with_capacity(bytes.len() * 2);
    for (i, line) in lines().enumerate() {
        if i % 1024 == 0 {
            watch.check()?;
        }
        let encoding = if is_utf8(&line) { UTF_8 } else { encoding };
        text.push_str(&encoding.decode_without_bom_handling(line).0);
    }
    let encoding = encoding.name();
    Ok(Some(Decoded { text, encoding }))
}

/// UTF-8 with a few broken places, as concatenated or badly cut files have them.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (good, broken) = utf8(bytes);
    good >= 20 * broken
}

/// How many characters beside ASCII are whole, and how many places are broken.
fn utf8(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk
            .valid()
            .bytes()
            .filter(|byte| byte & 0b1100_0000 == 0b1100_0000)
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (good, broken)
}

/// What a file declares is believed when it makes sense of the bytes, and no less than detection does.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE {
        return false; // both have been tried
    }
    let sample = sample(bytes);
    let other = arabic_share(WINDOWS_1256, sample).max(arabic_share(ISO_8859_6, sample));
    let (_, broken) = encoding.decode_without_bom_handling(sample);
    arabic_share(encoding, sample) >= other.max(60) || !broken && other < 60
}

/// A detector needs no more than a sample; the head may be ASCII markup, so look past it.
fn sample(bytes: &[u8]) -> &[u8] {
    let from = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    &bytes[from..bytes.len().min(from + SAMPLE)]
}

fn eight_bit(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(Some(b"sa"), Utf8Detection::Deny);
    if guess == WINDOWS_1256 || guess == ISO_8859_6 {
        return guess;
    }
    // The hint does not bind the detector. Where an Arabic encoding makes Arabic of it, take that.
    let (best, share) = [WINDOWS_1256, ISO_8859_6]
        .into_iter()
        .map(|encoding| (encoding, arabic_share(encoding, sample)))
        .fold(
            (guess, 0),
            |best, next| if next.1 > best.1 { next } else { best },
        );
    if share >= 85 { best } else { guess }
}

/// Percent of the non-ASCII characters that are everyday Arabic letters and marks.
fn arabic_share(encoding: &'static Encoding, sample: &[u8]) -> usize {
    share_of_arabic(&encoding.decode_without_bom_handling(sample).0)
}

fn share_of_arabic(text: &str) -> usize {
    let (mut all, mut arabic) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        arabic += usize::from(matches!(
            c,
            '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{0652}' | '،' | '؛' | '؟' | '«' | '»' | '\u{A0}'
        ));
    }
    (arabic * 100).checked_div(all).unwrap_or(0)
}

/// Refuses what decodes without being text: programs, pictures, archives under a text file's name.
fn check(text: &str, watch: &Watch) -> Result<(), Failure> {
    let (mut chars, mut strange, mut words) = (0usize, 0usize, false);
    for (i, c) in text.chars().enumerate() {
        if i % STEP == 0 {
            watch.check()?;
        }
        chars += 1;
        match c {
            '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}' => {}
            '\0'..='\u{1F}' | '\u{7F}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}' => strange += 1,
            _ => words = words || c.is_alphanumeric(),
        }
    }
    // A stray control character now and then is a scar, not a format.
    if strange > 2 && strange * 50 > chars {
        Err(SkipReason::NotText.into())
    } else if !words {
        Err(SkipReason::NoWords.into())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "افتتح رئيس البلدية صباح اليوم جسر المشاة الجديد، بحضور عدد من سكان الحي.\r\n\
        وقال المهندس المشرف إن العمل استغرق ثمانية أشهر، وإن كلفته بلغت «مليوني» دينار؛ فهل يكفي ذلك؟\r\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    /// As the room's users call it, without a stop.
    fn decode(bytes: Vec<u8>) -> Result<Decoded, SkipReason> {
        decode_as(bytes, None, &Watch::silent()).map_err(|failure| match failure {
            Failure::Skip(reason) => reason,
            Failure::Stopped => unreachable!("nobody stops it"),
        })
    }

    fn decoded(bytes: Vec<u8>) -> (String, &'static str) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, bytes.as_slice()].concat();
        let cases = [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (
                with_mark(b"\xEF\xBB\xBF", TEXT.as_bytes().to_vec()),
                "UTF-8",
            ),
            (with_mark(b"\xFF\xFE", utf16(TEXT, false)), "UTF-16LE"),
            (with_mark(b"\xFE\xFF", utf16(TEXT, true)), "UTF-16BE"),
            (utf16(TEXT, false), "UTF-16LE"),
            (utf16(TEXT, true), "UTF-16BE"),
            (WINDOWS_1256.encode(TEXT).0.into_owned(), "windows-1256"),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decoded(bytes), (TEXT.to_owned(), encoding));
        }
        // ISO-8859-6 has no guillemets.
        let text = TEXT.replace(['«', '»'], "\"");
        let (bytes, _, lossy) = ISO_8859_6.encode(&text);
        assert!(!lossy);
        assert_eq!(decoded(bytes.into_owned()), (text.clone(), "ISO-8859-6"));
    }

    #[test]
    fn names_that_windows_wrote() {
        let dos = b"\x9F\xE9\xEA\xAB\xA2\xE7\xA0\xE9/\xA6\xA0\xA9 1.txt";
        let windows = WINDOWS_1256.encode("المستقبل/خبر 1.txt").0;
        for raw in ["المستقبل/خبر 1.txt".as_bytes(), dos, &windows] {
            assert_eq!(name(raw).as_deref(), Some("المستقبل/خبر 1.txt"));
        }
        for latin in [
            &b"caf\x82.txt"[..],
            b"\xE0 la temp\xEAte.txt",
            b"\xC9COLE.txt",
        ] {
            assert_eq!(name(latin), None);
        }
    }

    #[test]
    fn a_torn_end_loses_only_the_torn_character() {
        let bytes = TEXT.trim_end().trim_end_matches('؟').as_bytes();
        let torn = bytes[..bytes.len() - 1].to_vec();
        let (text, encoding) = decoded(torn);
        assert_eq!(encoding, "UTF-8");
        assert!(TEXT.starts_with(&text));
        assert!(text.len() >= bytes.len() - 2);
    }

    #[test]
    fn a_stray_control_character_is_tolerated_and_garbage_is_not() {
        let scarred = TEXT.replacen("اليوم", "اليو\0م", 1);
        assert_eq!(decoded(scarred.clone().into_bytes()).0, scarred);
        let padded = [TEXT.as_bytes(), &[0; 4096]].concat();
        assert_eq!(decoded(padded).0, TEXT);
        let mut noise: Vec<u8> = (0u32..3000)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        noise.splice(0..4, *b"PK\x03\x04");
        assert_eq!(decode(noise), Err(SkipReason::NotText));
        assert_eq!(decode(vec![0; 500]), Err(SkipReason::NotText));
    }

    #[test]
    fn lines_in_another_encoding_are_read_in_it() {
        let windows = |text: &str| WINDOWS_1256.encode(text).0.into_owned();
        let line = "قال المهندس: إن العمل مستمر.\n";
        for (parts, text) in [
            ([windows(TEXT), line.into()], format!("{TEXT}{line}")),
            ([line.into(), windows(TEXT)], format!("{line}{TEXT}")),
            ([TEXT.into(), windows(line)], format!("{TEXT}{line}")),
            ([b"\xEF\xBB\xBF".to_vec(), windows(TEXT)], TEXT.to_owned()),
        ] {
            assert_eq!(decoded(parts.concat()), (text, "windows-1256"));
        }
        // A character that was cut in two makes no other encoding of its line.
        let mut scarred = TEXT.repeat(4).into_bytes();
        scarred.remove(TEXT.find("اليوم").unwrap());
        assert_eq!(decoded(scarred).1, "UTF-8");
    }

    #[test]
    fn nothing_and_blanks_are_told_apart() {
        assert_eq!(decode(vec![]), Err(SkipReason::Empty));
        assert_eq!(decode(b" \r\n\t".to_vec()), Err(SkipReason::NoWords));
        assert_eq!(decode(b"\xEF\xBB\xBF".to_vec()), Err(SkipReason::NoWords));
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode(bytes);
        }

        #[test]
        fn utf8_text_comes_out_as_it_went_in(text in "[ء-ي0-9a-z «»،.\n]{1,200}") {
            match decode(text.clone().into_bytes()) {
                Ok(decoded) => prop_assert_eq!(decoded.text, text),
                Err(reason) => prop_assert_eq!(reason, SkipReason::NoWords),
            }
        }
    }
}
