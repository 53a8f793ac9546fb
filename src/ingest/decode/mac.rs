//! Mac Arabic, which the Encoding Standard leaves out. Its letters stand where those of ISO-8859-6 do; blanks
//! and marks of right-to-left text have a second place above 0xA0. After Apple's table MACOS/ARABIC.TXT.

pub(super) const NAME: &str = "x-mac-arabic";

/// 0x80 to 0xFF.
pub(super) const UPPER: &str = "Ä\u{A0}ÇÉÑÖÜáàâäں«çéèêëí…îïñó»ôö÷úùûü\
     \u{20}!\"#$٪&'()*+،-./٠١٢٣٤٥٦٧٨٩:؛<=>؟❊ءآأؤإئابةتثجحخدذرزسشصضطظعغ[\\]^_ـفقكلمنهوىي\
     \u{64B}\u{64C}\u{64D}\u{64E}\u{64F}\u{650}\u{651}\u{652}پٹچەڤگڈڑ{|}ژے";

/// True where the letters are those of ISO-8859-6 and the blanks and marks between them are this table's.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let (mut letters, mut marks, mut others) = (0usize, 0usize, 0usize);
    for byte in bytes.iter().take(64 * 1024) {
        match byte {
            0xC1..=0xDA | 0xE0..=0xF2 => letters += 1,
            // Undefined in ISO-8859-6, but for the no-break space and the marks that both have.
            0xA0..=0xA3 | 0xA5..=0xAB | 0xAE..=0xBA | 0xBC..=0xBE => marks += 1,
            0x00..=0x7F | 0xA4 | 0xAC | 0xAD | 0xBB | 0xBF => {}
            _ => others += 1,
        }
    }
    let all = letters + marks + others;
    // In Windows-1256 «و» and «ي» stand on marks' places or on Latin letters, in every third word.
    letters * 100 >= all * 70
        && marks * 100 >= all * 2
        && others * 100 <= all * 2
        && share_of_ya_and_lam(bytes) >= 12
}

/// Percent of the letters that are lam, ya and waw by this table: a seventh to a fifth in any Arabic text, and
/// rare accents when the bytes are Windows-1256.
fn share_of_ya_and_lam(bytes: &[u8]) -> usize {
    let upper = bytes.iter().take(64 * 1024).filter(|b| **b >= 0xC1);
    let (mut all, mut found) = (0usize, 0usize);
    for byte in upper {
        all += 1;
        found += usize::from(matches!(byte, 0xE4 | 0xE8 | 0xEA));
    }
    (found * 100).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::decode::by_table;

    /// Arabic text as an old Mac wrote it.
    pub(in crate::ingest::decode) fn encode(text: &str) -> Vec<u8> {
        text.chars()
            .map(|c| {
                let upper = UPPER.chars().position(|u| u == c).map(|at| 0x80 + at as u8);
                upper.unwrap_or(c as u8)
            })
            .collect()
    }

    #[test]
    fn the_table_is_whole_and_tells_itself_apart() {
        assert_eq!(UPPER.chars().count(), 128);
        let text = "افتتح رئيس البلدية صباح اليوم جسر المشاة الجديد، بحضور ١٤ من سكان الحي.";
        let bytes = encode(text);
        assert!(fits(&bytes));
        assert_eq!(by_table(&bytes, UPPER), text);
        assert!(!fits(&encoding_rs::WINDOWS_1256.encode(text).0));
        assert!(!fits(
            &encoding_rs::ISO_8859_6
                .encode(&text.replace(['١', '٤'], "1"))
                .0
        ));
    }
}
