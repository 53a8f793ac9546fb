//! The folder as numbers: every article's words as ids, and how common each id is.
//!
//! Only [`Article::body`] is read, and each of its stretches is a text of its own from here on; so no
//! passage can ever touch page furniture.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::doubles::Double;
use super::grade::{Graded, Grader};
use super::vocabulary::Vocabulary;
use super::{Settings, lines, scripture};
use crate::article::{Article, Span};
use crate::text::words;
use crate::work::{Stage, Stopped, Watch};

/// One word by its two grades. Equal for words with the same folded form.
///
/// Four bytes a word, for a folder has millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Word(u32);

impl Word {
    const FORM_BITS: u32 = 8;
    /// The key of all words that came when keys had run out: common, so it says nothing.
    pub const LAST_KEY: u32 = (1 << (32 - Self::FORM_BITS)) - 1;

    /// `form` tells the forms of one key apart; those from the 256th on count as one.
    pub fn new(key: u32, form: u32) -> Self {
        Self(key.min(Self::LAST_KEY) << Self::FORM_BITS | form.min((1 << Self::FORM_BITS) - 1))
    }

    /// Equal for words with the same key; dense from 0, so that tables can be indexed with it.
    pub fn key(self) -> u32 {
        self.0 >> Self::FORM_BITS
    }
}

/// The article of units that are no more.
pub(super) const NOBODY: u32 = u32::MAX;

/// One stretch of one article's body. Cheap to clone.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Unit {
    pub article: u32,
    pub body: Span,
    pub words: Arc<[Word]>,
    pub stands: Places,
    /// Of the folded words: what is the same in any folder, in whatever order its articles come.
    pub mark: u64,
    /// Of the path and the place in it, likewise.
    pub name: u64,
    /// Positions of the words that stand in a line of date, place or author ([`lines::framing`]).
    pub framing: Arc<[Range<u32>]>,
    /// Positions of the words that are verses and sayings ([`scripture::quoted`]).
    pub scripture: Arc<[Range<u32>]>,
    /// For each word, how much of what it says by itself it says here, of 255: less as part of a formula. Empty where
    /// there are none, and until formulas are known.
    pub fresh: Arc<[u8]>,
}

impl Unit {
    /// Leaves nothing of it but its number.
    pub fn clear(&mut self) {
        *self = Self {
            body: self.body,
            article: self.article,
            ..Self::default()
        };
    }

    /// Where each word stands in the source.
    pub fn places(&self) -> Vec<Span> {
        let mut places = Vec::new();
        self.places_into(&mut places);
        places
    }

    /// The same into a buffer that is used again.
    pub fn places_into(&self, places: &mut Vec<Span>) {
        self.stands.spans(self.body.start, places);
    }

    /// How much of what the word at this position says by itself it says here, 0 to 1: less as part of a formula, and
    /// nothing where it [`frames`](Self::frames).
    pub fn fresh(&self, at: usize) -> f32 {
        match self.fresh.get(at) {
            _ if self.frames(at) => 0.0,
            Some(share) => f32::from(*share) / f32::from(u8::MAX),
            None => 1.0,
        }
    }

    /// True if the word at this position is part of a formula.
    pub fn is_formulaic(&self, at: usize) -> bool {
        self.fresh.get(at).is_some_and(|share| *share < u8::MAX)
    }

    /// The runs of words that are parts of formulas.
    pub fn formulas(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let words = self.fresh.iter().enumerate();
        for (word, _) in words.filter(|(_, share)| **share < u8::MAX) {
            match runs.last_mut() {
                Some(run) if run.end == word => run.end = word + 1,
                _ => runs.push(word..word + 1),
            }
        }
        runs
    }

    /// True if the word at this position stands in a line of date, place or author, or in a verse or saying.
    pub fn frames(&self, at: usize) -> bool {
        within(&self.framing, at) || within(&self.scripture, at)
    }

    /// How many of these words stand in no line of date, place or author.
    pub fn compared(&self, words: &Range<usize>) -> usize {
        let lines = self.framing.iter().map(|line| {
            let (start, end) = (line.start as usize, line.end as usize);
            end.min(words.end).saturating_sub(start.max(words.start))
        });
        words.len() - lines.sum::<usize>()
    }

    /// True if the word at this position stands in a line of date, place or author.
    pub fn is_framing(&self, at: usize) -> bool {
        within(&self.framing, at)
    }
}

/// True if a position lies in one of these ranges, which ascend.
pub(super) fn within(ranges: &[Range<u32>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at as u32);
    ranges
        .get(next)
        .is_some_and(|range| range.start <= at as u32)
}

#[derive(Debug, Default)]
pub(super) struct Corpus {
    /// In the order of the articles, then by start. None is empty.
    pub units: Vec<Unit>,
    /// For each key, how many words have it.
    pub counts: Vec<u32>,
    /// For each key, a hash that is the same in any folder.
    pub hashes: Vec<u64>,
    /// For each key, how likely a word taken at random has it, 0 to 1.
    pub chance: Vec<f32>,
    /// Words of the folder that counts and chances were measured on.
    pub total: usize,
    /// For each unit, what stands for it where it is one of many doubles.
    pub doubles: Vec<Option<Double>>,
}

impl Corpus {
    /// The articles as numbers, with what is common among them measured on them.
    pub fn new(
        articles: &[Arc<Article>],
        settings: &Settings,
        watch: &Watch,
    ) -> Result<Self, Stopped> {
        let mut vocabulary = Vocabulary::default();
        let all: Vec<u32> = (0..articles.len() as u32).collect();
        let units = Self::units(articles, &all, &mut vocabulary, settings, watch)?;
        let counts = vocabulary.counts();
        Ok(Self::of(units, &vocabulary, counts, settings))
    }

    /// Units of which it is known how common their words are in some folder: `counts` by key.
    pub fn of(
        units: Vec<Unit>,
        vocabulary: &Vocabulary,
        mut counts: Vec<u32>,
        settings: &Settings,
    ) -> Self {
        counts.resize(vocabulary.hashes.len(), 0);
        Self {
            doubles: vec![None; units.len()],
            units,
            hashes: vocabulary.hashes.clone(),
            chance: chances(&counts, &vocabulary.keys, settings),
            total: counts.iter().map(|n| *n as usize).sum(),
            counts,
        }
    }

    /// The units of some `chosen` articles, whose words the vocabulary learns.
    pub fn units(
        articles: &[Arc<Article>],
        chosen: &[u32],
        vocabulary: &mut Vocabulary,
        settings: &Settings,
        watch: &Watch,
    ) -> Result<Vec<Unit>, Stopped> {
        let total = chosen.len();
        watch.progress(Stage::Fingerprinting, 0, total);
        let mut units = Vec::new();
        // They remember what they have graded.
        let readers = Mutex::new(Vec::new());
        let read = |group: &[u32]| {
            shares(articles, group)
                .into_par_iter()
                .map(|chosen| {
                    let idle = readers.lock().ok().and_then(|mut idle| idle.pop());
                    let mut reader = idle.unwrap_or_else(|| Reader::new(settings));
                    let share = Share::of(articles, chosen, &mut reader, watch);
                    if let Ok(mut idle) = readers.lock() {
                        idle.push(reader);
                    }
                    share
                })
                .collect::<Result<Vec<Share>, Stopped>>()
        };
        let mut number = |mut shares: Vec<Share>| {
            for form in shares.iter_mut().flat_map(|share| &mut share.forms) {
                form.word = vocabulary.add(form.graded, form.count);
            }
            let numbered: Vec<Vec<Unit>> = shares.into_par_iter().map(Share::number).collect();
            units.extend(numbered.into_iter().flatten());
        };
        // Words are graded in parallel; ids are given out in order, so that they are the same each time, and meanwhile
        // the next group is graded.
        let mut ahead = Vec::new();
        for (batch, group) in chosen.chunks(Self::BATCH).enumerate() {
            watch.check()?;
            let shares = std::mem::take(&mut ahead);
            let ((), next) = rayon::join(|| number(shares), || read(group));
            ahead = next?;
            watch.progress(
                Stage::Fingerprinting,
                batch * Self::BATCH + group.len(),
                total,
            );
        }
        number(ahead);
        Ok(units)
    }

    /// Articles graded before their words get ids.
    const BATCH: usize = 2048;
}

/// Parts of a group of articles that a thread takes at a time: some hundred articles or a long one.
fn shares<'a>(articles: &[Arc<Article>], mut group: &'a [u32]) -> Vec<&'a [u32]> {
    const ARTICLES: usize = 256;
    const BYTES: usize = 1 << 20;
    let mut shares = Vec::new();
    while !group.is_empty() {
        let mut bytes = 0;
        let fits = group.iter().take(ARTICLES).take_while(|at| {
            let before = bytes;
            bytes += articles[**at as usize].text.len();
            before < BYTES
        });
        let (share, rest) = group.split_at(fits.count());
        shares.push(share);
        group = rest;
    }
    shares
}

/// The units of some articles. A folder has few words, many times: each is graded once here.
struct Share {
    units: Vec<Unit>,
    /// By first occurrence.
    forms: Vec<Form>,
}

/// A spelling in some articles.
struct Form {
    graded: Graded,
    count: u32,
    /// Known once ids are given out.
    word: Word,
}

/// What a thread reads articles with. A folder's words come again and again: what they are is worked out once.
struct Reader {
    grader: Grader,
    /// For each spelling of a share, by its hash, the number of its form, counted from one; `None` if it is no word. Small,
    /// for every word is looked up here.
    forms: HashMap<u64, Option<NonZeroU32>, FixedState>,
    /// The grades of the spellings of all shares.
    graded: HashMap<u64, Option<Graded>, FixedState>,
}

impl Reader {
    /// Spellings that are remembered from share to share: some 10 MB.
    const REMEMBERED: usize = 1 << 18;

    fn new(settings: &Settings) -> Self {
        Self {
            grader: Grader::new(settings),
            forms: HashMap::with_hasher(FixedState::with_seed(5)),
            graded: HashMap::with_hasher(FixedState::with_seed(15)),
        }
    }

    /// Turns to another share.
    fn begin(&mut self) {
        self.forms.clear();
        if self.graded.len() >= Self::REMEMBERED {
            self.graded.clear();
        }
    }

    /// The number of a word's form among those of the share; `None` if it is no word.
    fn form(&mut self, word: &str, forms: &mut Vec<Form>) -> Option<u32> {
        let Self {
            grader,
            forms: known,
            graded,
        } = self;
        let spelling = grader.spelling(word);
        let form = known.entry(spelling).or_insert_with(|| {
            let graded = *graded.entry(spelling).or_insert_with(|| grader.grade(word));
            forms.push(Form {
                graded: graded?,
                count: 0,
                word: Word(0),
            });
            NonZeroU32::new(forms.len() as u32)
        });
        form.map(|number| number.get() - 1)
    }
}

impl Share {
    /// Words are numbers of [`Share::forms`] for the time being.
    fn of(
        articles: &[Arc<Article>],
        chosen: &[u32],
        reader: &mut Reader,
        watch: &Watch,
    ) -> Result<Self, Stopped> {
        let mut share = Self {
            units: Vec::with_capacity(chosen.len()),
            forms: Vec::new(),
        };
        reader.begin();
        let (mut of_body, mut places, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
        for number in chosen.iter().copied() {
            let article = &articles[number as usize];
            for body in article.body() {
                let text = body.of(&article.text);
                of_body.clear();
                places.clear();
                for (at, word) in words(text).enumerate() {
                    if at.is_multiple_of(4096) {
                        watch.check()?;
                    }
                    let Some(form) = reader.form(&text[word.clone()], &mut share.forms) else {
                        continue;
                    };
                    of_body.push(Word(form));
                    places.push(place(body, word));
                }
                for Word(form) in &of_body {
                    share.forms[*form as usize].count += 1;
                }
                if !of_body.is_empty() {
                    share.units.push(Unit {
                        article: number,
                        body,
                        words: of_body.as_slice().into(),
                        stands: Places::new(body.start, &places, &mut bytes),
                        mark: 0,
                        name: xxh3_64_with_seed(article.path.as_bytes(), u64::from(body.start)),
                        framing: lines::framing(article, body, &places).into(),
                        scripture: scripture::quoted(&article.text, body, &places).into(),
                        fresh: Arc::default(),
                    });
                }
            }
        }
        Ok(share)
    }

    /// The units with the ids of their words.
    fn number(mut self) -> Vec<Unit> {
        for unit in &mut self.units {
            for word in Arc::make_mut(&mut unit.words) {
                let form = &self.forms[word.0 as usize];
                let mixed = unit.mark.rotate_left(5) ^ form.graded.form;
                unit.mark = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
                *word = form.word;
            }
        }
        self.units
    }
}

/// Where the words of a unit stand in the source, in two bytes a word: how far behind the word before each
/// begins, and how long it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Places(Arc<[u8]>);

impl Places {
    /// What does not fit in a byte follows in four.
    const MORE: u8 = u8::MAX;

    pub fn new(from: u32, spans: &[Span], buffer: &mut Vec<u8>) -> Self {
        buffer.clear();
        let mut push = |number: u32| match u8::try_from(number) {
            Ok(small) if small != Self::MORE => buffer.push(small),
            _ => {
                buffer.push(Self::MORE);
                buffer.extend(number.to_le_bytes());
            }
        };
        let mut last = from;
        for span in spans {
            push(span.start - last);
            push(span.end - span.start);
            last = span.end;
        }
        Self(buffer.as_slice().into())
    }

    /// The places as spans, one for each of [`Unit::words`].
    pub fn spans(&self, from: u32, spans: &mut Vec<Span>) {
        let mut bytes = self.0.iter().copied();
        let mut next = || match bytes.next()? {
            Self::MORE => {
                let mut number = [0; 4];
                for byte in &mut number {
                    *byte = bytes.next()?;
                }
                Some(u32::from_le_bytes(number))
            }
            small => Some(u32::from(small)),
        };
        spans.clear();
        spans.reserve(self.0.len() / 2);
        let mut last = from;
        while let (Some(gap), Some(len)) = (next(), next()) {
            let start = last + gap;
            last = start + len;
            spans.push(Span { start, end: last });
        }
    }
}

fn place(body: Span, word: Range<usize>) -> Span {
    Span {
        start: body.start + word.start as u32,
        end: body.start + word.end as u32,
    }
}

/// The share of each key, the folder's counts laid over what is known of Arabic news in general: a folder
/// of five articles says little about which words are common, one of thousands says all.
fn chances(counts: &[u32], keys: &HashMap<u64, u32, FixedState>, settings: &Settings) -> Vec<f32> {
    /// Words that the general knowledge weighs as much as.
    const WEIGHT: f64 = 30_000.0;
    /// The share of a word that is on no list.
    const UNLISTED: f64 = 4e-6;
    let total: f64 = counts.iter().map(|n| f64::from(*n)).sum();
    let mut prior = vec![UNLISTED; counts.len()];
    let mut grader = Grader::new(settings);
    for (per_100_000, list) in COMMON {
        for word in list.split(' ') {
            let id = grader.grade(word).and_then(|graded| keys.get(&graded.key));
            if let Some(id) = id {
                prior[*id as usize] += per_100_000 / 100_000.0;
            }
        }
    }
    counts
        .iter()
        .zip(prior)
        .map(|(n, prior)| ((f64::from(*n) + WEIGHT * prior) / (total + WEIGHT)) as f32)
        .collect()
}

/// Words of any Arabic news text by how often they stand among 100,000 words (rounded to
/// classes; particles, pronouns, verbs of saying and what news always speaks of).
const COMMON: &[(f64, &str)] = &[
    (3000.0, "في من"),
    (1500.0, "على أن"),
    (900.0, "إلى"),
    (500.0, "التي عن مع الذي"),
    (300.0, "ما لا خلال أو هذا هذه بن بعد"),
    (
        180.0,
        "بين كل العام ذلك أنه حيث اليوم كما قبل كان عام لم وقال حتى الله",
    ),
    (
        100.0,
        "العمل هو اي قد محمد أكثر رئيس عدد تم الماضي وفي إلا ومن مليون وأن ولا منذ له غير أمس كانت \
         منطقة وهو الأول الذين لها بشكل مجلس عليه بعض فيما فيها هي هناك أحد بها وزارة وذلك لكن عبر يوم \
         نحو جميع العالم عند وقد تلك أنها ثم أخرى",
    ),
    (
        55.0,
        "دولار شركة به منها مثل يكون وهي عليها الخاصة فيه الأولى ألف وأضاف قوات مليار أمام بأن قال دون \
         المتحدة أيضا مدينة إضافة يمكن بما الثاني وكان والتي مدير وزير فإن يتم بنسبة آخر الوقت بسبب \
         الرئيس وأوضح إذا حول عمل لدى تكون لهم أكبر الدول ولكن خاصه ضمن لن المقبل بل مشيرا فقط الآن \
         الأمر أما مما وما فقد أجل عدم حين ضد أول كبير كبيرة سنوات وأكد جانب وقت وهذا الجديد تحت ليس \
         نفسه إليه الحكومة الدولة دول الأمن الشعب",
    ),
];
