//! Where a passage begins inside a word: a conjunction that one side puts before its first word is no part
//! of what they share.
//!
//! ```text
//! a:  … . في دليل جديد …
//! b:  وفي دليل جديد …        the passage begins at في on both sides
//! ```

use super::Source;
use crate::reuse::lay::Laid;

/// Bytes of a prefix و or ف before the first word of either side, where the other side has the same word
/// without it; at most one is not nought.
pub(in crate::reuse) fn prefixes(a: Source, b: Source, laid: &Laid) -> [u32; 2] {
    let Some(first) = laid.joins.first() else {
        return [0; 2];
    };
    if first.moved || first.a() != laid.a.start || first.b() != laid.b.start {
        return [0; 2];
    }
    let (x, y) = (a.word(first.a()), b.word(first.b()));
    let bytes = |longer: &str, shorter: &str| match longer.strip_suffix(shorter) {
        Some(prefix @ ("و" | "ف")) => prefix.len() as u32,
        _ => 0,
    };
    [bytes(x, y), bytes(y, x)]
}
