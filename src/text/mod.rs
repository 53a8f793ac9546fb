//! Arabic as the rest of the program sees it: words in source positions, spellings folded to one form,
//! and the small tables (months, numbers, relative days) that reading and comparing share.
//!
//! Knows no articles and reads no files. Folding is for comparison only: what a person sees is always
//! the source, and every folded range leads back to it ([`Folded::source`]).
//!
//! ```
//! use muqabala::text::{fold, words};
//!
//! let source = "قالَ «الأمين» أمسِ";
//! let found: Vec<&str> = words(source).map(|word| &source[word]).collect();
//! assert_eq!(found, ["قالَ", "الأمين", "أمسِ"]);
//!
//! let folded = fold(source);
//! let at = folded.text().find("امس").unwrap();
//! assert_eq!(&source[folded.source(at..at + "امس".len())], "أمسِ");
//! ```

mod clock;
mod days;
mod escape;
mod fold;
pub mod hijri;
mod letters;
mod months;
mod numbers;
mod turned;
mod words;

pub use clock::{Clock, clock};
pub use days::{NamedDay, WEEKDAYS, Which, named_day, relative_day};
pub use escape::escaped;
pub use fold::{Folded, Spellings, fold, fold_word, fold_word_by, is_invisible, is_quote};
pub use letters::letters;
pub use months::{MONTHS, hijri_month, month};
pub use numbers::{Amount, amount, fraction, number_word, ordinal, whole_number};
pub use words::{without_waw, words};
