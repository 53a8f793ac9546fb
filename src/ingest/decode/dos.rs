//! MS-DOS Arabic (code page 720), which the Encoding Standard leaves out and in which Windows in Arabic names the
//! parts of an archive. After Microsoft's table, CP720.TXT.

pub(super) const NAME: &str = "cp720";

/// 0x80 to 0xFF.
pub(super) const UPPER: &str = "\u{80}\u{81}éâ\u{84}à\u{86}çêëèïî\u{8D}\u{8E}\u{8F}\u{90}\u{651}\u{652}ô¤ـûùءآأؤ£إئابةتثجحخدذرزسشص«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
     └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ضطظعغفµقكلمنهوىي≡\u{64B}\u{64C}\u{64D}\u{64E}\u{64F}\u{650}≈°∙·√ⁿ²■\u{A0}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::decode::{by_table, decode_as};
    use crate::work::Watch;

    #[test]
    fn the_table_is_whole_and_tells_itself_apart() {
        assert_eq!(UPPER.chars().count(), 128);
        let text = "افتتح رئيس البلدية صباح اليوم جسر المشاة الجديد بحضور 14 من سكان الحي.";
        let byte = |c: char| match UPPER.chars().position(|u| u == c) {
            Some(at) => 0x80 + at as u8,
            None => c as u8,
        };
        let bytes: Vec<u8> = text.chars().map(byte).collect();
        assert_eq!(by_table(&bytes, UPPER), text);
        let decoded = decode_as(bytes, None, &Watch::silent()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, NAME));
        let russian = encoding_rs::WINDOWS_1251
            .encode("Сегодня в порт прибыл первый корабль с юга")
            .0;
        let decoded = decode_as(russian.into_owned(), None, &Watch::silent()).unwrap();
        assert_ne!(decoded.encoding, NAME);
        // French has its accents where this table has Arabic letters.
        let french = b"La temp\xEAte a \xE9t\xE9 forte \xE0 c\xF4t\xE9 du port".to_vec();
        let decoded = decode_as(french, None, &Watch::silent()).unwrap();
        assert!(decoded.text.contains("tempête"));
    }
}
