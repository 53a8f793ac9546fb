//! `muqabala report`: the headless twin of the window. The same loading, detection and pairs, printed.
//!
//! Computes nothing of its own: what stands here comes from `ingest`, `reuse` and `view`.

use std::io::{IsTerminal as _, Write};
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

use crate::article::{Article, Aspect, CharIndex, Found, Span, Sureness};
use crate::ingest::{Folder, OpenError};
use crate::opening::Opening;
use crate::reuse::{self, EditKind, Findings, PassageKind, Side};
use crate::store::Places;
use crate::text::escaped;
use crate::view::{Board, Facet, Filter, Hits, Sorts, Tables, plural};
use crate::work::{Progress, Stop, Watch};

/// What to report, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub folder: PathBuf,
    pub json: Option<Target>,
    /// Leaves out the articles that share nothing.
    pub only_pairs: bool,
    /// Uses what was kept of the folder, and keeps what is read.
    pub cache: bool,
    /// What counts as the same word.
    pub grades: reuse::Grades,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Stdout,
    File(PathBuf),
}

#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Stopped(#[from] crate::work::Stopped),
    #[error("{} could not be written: {cause}. Choose another place for the report.", path.display())]
    Write {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("The report could not be printed: {0}.")]
    Print(#[from] std::io::Error),
}

/// Opens the folder, detects, and prints.
///
/// # Errors
/// Where nothing could be read or the report could not be written; the message says what to do next.
pub fn run(options: &Options) -> Result<(), ReportError> {
    let watch = Watch::new(Stop::default(), progress_line());
    let places = options.cache.then(Places::of_person);
    let mut opening = Opening::new(&options.folder, places.as_ref());
    let folder = opening.folder(&options.folder, &watch, &|_| {})?;
    let settings = reuse::Settings {
        grades: options.grades,
        ..reuse::Settings::default()
    };
    let findings = opening.findings(&folder.articles, &settings, &watch)?;
    clear_progress_line();
    match &options.json {
        None => reader_may_leave(summary(&mut std::io::stdout().lock(), &folder, &findings))?,
        Some(target) => {
            let report = Report::new(options, &folder, &findings);
            let mut text = serde_json::to_vec_pretty(&report).map_err(std::io::Error::other)?;
            text.push(b'\n');
            match target {
                Target::Stdout => reader_may_leave(std::io::stdout().lock().write_all(&text))?,
                Target::File(path) => {
                    std::fs::write(path, &text).map_err(|cause| ReportError::Write {
                        path: path.clone(),
                        cause,
                    })?
                }
            }
        }
    }
    opening.wait();
    Ok(())
}

/// The JSON object; fields as people's scripts know them.
#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    folder: String,
    articles: Vec<ArticleEntry<'a>>,
    passages: Vec<PassageEntry<'a>>,
    families: Vec<FamilyEntry<'a>>,
    /// Left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    copies: Vec<CopiesEntry<'a>>,
    skipped: Vec<SkippedEntry<'a>>,
}

#[derive(Serialize)]
struct ArticleEntry<'a> {
    path: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    outlet_evidence: Option<&'a str>,
    outlet_sureness: Option<Sureness>,
    credit: Option<&'a str>,
    published: Option<String>,
    published_evidence: Option<&'a str>,
    published_sureness: Option<Sureness>,
    updated: Option<String>,
    crawled: Option<String>,
    /// What was found too and contradicts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    disputed: Vec<DisputedEntry<'a>>,
    chars: usize,
    words: u32,
    page_furniture: Vec<[usize; 2]>,
    /// What offsets refer to, where that is not the file itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct DisputedEntry<'a> {
    about: Aspect,
    value: &'a str,
    evidence: &'a str,
    from: &'static str,
}

#[derive(Serialize)]
struct PassageEntry<'a> {
    a: SideEntry<'a>,
    b: SideEntry<'a>,
    kind: PassageKind,
    words: u32,
    similarity: f64,
    family: u32,
    edits: Vec<EditEntry>,
}

#[derive(Serialize)]
struct SideEntry<'a> {
    path: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct EditEntry {
    kind: EditKind,
    a: [usize; 2],
    b: [usize; 2],
}

#[derive(Serialize)]
struct FamilyEntry<'a> {
    id: usize,
    articles: Vec<&'a str>,
}

/// Near-copies, of which the first has the passages that all share with others.
#[derive(Serialize)]
struct CopiesEntry<'a> {
    first: &'a str,
    others: Vec<&'a str>,
}

#[derive(Serialize)]
struct SkippedEntry<'a> {
    path: &'a str,
    reason: String,
}

impl<'a> Report<'a> {
    fn new(options: &Options, folder: &'a Folder, findings: &'a Findings) -> Self {
        let articles = &folder.articles;
        let index: Vec<CharIndex> = articles.iter().map(|a| CharIndex::new(&a.text)).collect();
        let path = |id: u32| articles[id as usize].path.as_str();
        let chars = |id: u32, span: Span| index[id as usize].chars(span);
        let side = |side: Side| {
            let [start, end] = chars(side.article, side.span);
            SideEntry {
                path: path(side.article),
                start,
                end,
            }
        };
        let mut in_pair = vec![!options.only_pairs; articles.len()];
        for passage in &findings.passages {
            in_pair[passage.a.article as usize] = true;
            in_pair[passage.b.article as usize] = true;
        }
        Self {
            format: 1,
            folder: options.folder.display().to_string(),
            articles: (0..)
                .zip(articles)
                .filter(|(id, _)| in_pair[*id as usize])
                .map(|(id, article)| ArticleEntry::new(article, &index[id as usize]))
                .collect(),
            passages: findings
                .passages
                .iter()
                .map(|passage| PassageEntry {
                    a: side(passage.a),
                    b: side(passage.b),
                    kind: passage.kind,
                    words: passage.words,
                    // Three digits are what the measure is good for.
                    similarity: (f64::from(passage.similarity) * 1000.0).round() / 1000.0,
                    family: passage.family,
                    edits: passage
                        .edits
                        .iter()
                        .map(|edit| EditEntry {
                            kind: edit.kind,
                            a: chars(passage.a.article, edit.a),
                            b: chars(passage.b.article, edit.b),
                        })
                        .collect(),
                })
                .collect(),
            families: findings
                .families
                .iter()
                .enumerate()
                .map(|(id, family)| FamilyEntry {
                    id,
                    articles: family.articles.iter().map(|&id| path(id)).collect(),
                })
                .collect(),
            copies: findings
                .copies
                .iter()
                .map(|copies| CopiesEntry {
                    first: path(copies.first),
                    others: copies.others.iter().map(|&id| path(id)).collect(),
                })
                .collect(),
            skipped: folder
                .skipped
                .iter()
                .map(|skipped| SkippedEntry {
                    path: &skipped.path,
                    reason: skipped.reason.to_string(),
                })
                .collect(),
        }
    }
}

impl<'a> ArticleEntry<'a> {
    fn new(article: &'a Article, index: &CharIndex) -> Self {
        let published = article.dates.published.as_ref();
        let day = |found: Option<&Found<Date>>| found.map(|found| found.value.to_string());
        Self {
            path: &article.path,
            title: article.title_text(),
            outlet: article.outlet_name(),
            outlet_evidence: article.outlet.as_ref().map(|found| found.evidence.as_str()),
            outlet_sureness: article.outlet.as_ref().map(|found| found.sureness),
            credit: article.credit_name(),
            published: published.map(|found| found.value.to_string()),
            published_evidence: published.map(|found| found.evidence.as_str()),
            published_sureness: published.map(|found| found.sureness),
            updated: day(article.dates.updated.as_ref()),
            crawled: day(article.dates.crawled.as_ref()),
            disputed: article
                .disputed
                .iter()
                .map(|one| DisputedEntry {
                    about: one.aspect,
                    value: &one.found.value,
                    evidence: &one.found.evidence,
                    from: one.found.place.words(),
                })
                .collect(),
            chars: index.char_at(article.text.len()),
            words: article.words,
            page_furniture: article
                .furniture
                .iter()
                .map(|f| index.chars(f.span))
                .collect(),
            text: (!article.kind.is_plain()).then_some(&*article.text),
        }
    }
}

/// What a person reads in a terminal.
fn summary(out: &mut impl Write, folder: &Folder, findings: &Findings) -> std::io::Result<()> {
    let articles = &folder.articles;
    let tables = Tables::new(articles, findings, Sorts::default());
    let board = Board::new(&tables, &Filter::default(), Hits::default(), None);
    let pairs = &tables.pairs;
    writeln!(
        out,
        "{}, {} with {}, {}",
        plural(articles.len(), "article", "articles"),
        plural(pairs.0.len(), "pair", "pairs"),
        plural(findings.passages.len(), "shared passage", "shared passages"),
        plural(findings.families.len(), "family", "families")
    )?;
    writeln!(out, "\nOutlets")?;
    for (outlet, count) in board.values(&tables.columns, Facet::Outlet) {
        let name = escaped(outlet.map_or("unknown", |name| name));
        writeln!(out, "{count:>7}  {name}")?;
    }
    writeln!(out, "\nDays")?;
    for bin in board.days.bins.iter().filter(|bin| bin.count > 0) {
        if bin.first == bin.last {
            writeln!(out, "{:>7}  {}", bin.count, bin.first)?;
        } else {
            writeln!(out, "{:>7}  {} to {}", bin.count, bin.first, bin.last)?;
        }
    }
    if board.days.unknown > 0 {
        writeln!(out, "{:>7}  unknown", board.days.unknown)?;
    }
    if !board.pairs.is_empty() {
        writeln!(out, "\nPairs, strongest first")?;
    }
    for &id in &board.pairs {
        let pair = &pairs.0[id as usize];
        let kind = match pair.kind() {
            PassageKind::Copy => "copied",
            PassageKind::Reworded => "reworded",
        };
        writeln!(
            out,
            "{:>7} words {kind}, {:.0} % of the first, {:.0} % of the second",
            pair.words,
            pair.share_first * 100.0,
            pair.share_second * 100.0
        )?;
        for article in [pair.first, pair.second] {
            let article = &articles[article as usize];
            let day = article
                .day()
                .map_or("no date".to_owned(), |day| day.to_string());
            let outlet = escaped(article.outlet_name().unwrap_or("unknown"));
            let path = escaped(&article.path);
            writeln!(out, "         {day}  {outlet}  {path}")?;
        }
    }
    if !findings.copies.is_empty() {
        writeln!(
            out,
            "\nNear-copies, with the article that has the pairs of all"
        )?;
    }
    for copies in &findings.copies {
        let first = escaped(&articles[copies.first as usize].path);
        writeln!(out, "{:>7}  {first}", 1 + copies.others.len())?;
    }
    if !folder.skipped.is_empty() {
        let skipped = plural(folder.skipped.len(), "file", "files");
        writeln!(out, "\n{skipped} not read")?;
        for skipped in &folder.skipped {
            let reason = skipped.reason.to_string();
            let (path, reason) = (escaped(&skipped.path), escaped(&reason));
            writeln!(out, "         {path}: {reason}")?;
        }
    }
    Ok(())
}

/// A reader that has seen enough (`| head`) is no error.
fn reader_may_leave(printed: std::io::Result<()>) -> std::io::Result<()> {
    printed.or_else(|error| match error.kind() {
        std::io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })
}

/// A line on standard error that is written over again, if a person is there to see it.
fn progress_line() -> impl Fn(Progress) + Send + Sync + 'static {
    let seen = std::io::stderr().is_terminal();
    let last = std::sync::Mutex::new(std::time::Instant::now());
    move |progress| {
        let due = seen
            && last.lock().is_ok_and(|mut last| {
                let due = last.elapsed().as_millis() > 100;
                if due {
                    *last = std::time::Instant::now();
                }
                due
            });
        if due {
            let Progress { stage, done, total } = progress;
            // Standard error that went away is no reason to stop.
            let _ = write!(
                std::io::stderr(),
                "\r\x1b[K{} {done} / {total}",
                stage.label()
            );
        }
    }
}

fn clear_progress_line() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
