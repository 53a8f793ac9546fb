//! The dialog in which a person corrects what was read of one article or many. What is left as it stands is left
//! to what was read; what is emptied is *unknown*.

use egui::Ui;
use jiff::civil::Date;

use super::command::{Act, Command, Commands};
use super::heading::heading;
use super::known;
use super::phrasing::plural;
use super::theme::{self, Theme, UNIT};
use crate::article::{Article, Aspect, Correction, Disputed, ReadingDirection, Span};
use crate::ingest::read_day;
use crate::paint::{Button, Direction, Label, TextField, TextView, menu_entry, path_text};

/// What stands in the dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correcting {
    articles: Vec<u32>,
    /// Their paths, by which they are found again under other numbers.
    paths: Vec<String>,
    now: Values,
    /// As it stood when the dialog was opened.
    before: Values,
    /// The headline is asked for one article only.
    single: bool,
    /// Some of the articles have been corrected before.
    corrected: bool,
    /// Values that were found too: chosen by a click.
    offers: Vec<Disputed>,
    /// What cannot be understood.
    wrong: Option<String>,
    shown: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Values {
    outlet: String,
    day: String,
    title: String,
    /// `None` where the articles differ; inside, what is decided.
    direction: Option<Option<ReadingDirection>>,
}

impl Correcting {
    /// `corrected`: a person has corrected some of these articles before.
    pub fn new<'a>(
        ids: Vec<u32>,
        articles: impl Iterator<Item = &'a Article> + Clone,
        corrected: bool,
    ) -> Self {
        /// The value of all, or nothing where they differ.
        fn common(mut values: impl Iterator<Item = String>) -> String {
            let first = values.next().unwrap_or_default();
            if values.all(|value| value == first) {
                first
            } else {
                String::new()
            }
        }
        /// More would be a list to be read.
        const OFFERS: usize = 6;
        let mut offers: Vec<Disputed> = Vec::new();
        for one in articles.clone().flat_map(|article| &article.disputed) {
            let known = |offer: &Disputed| {
                offer.aspect == one.aspect && offer.found.value == one.found.value
            };
            let asked = matches!(one.aspect, Aspect::Outlet | Aspect::Published);
            if asked && offers.len() < OFFERS && !offers.iter().any(known) {
                offers.push(one.clone());
            }
        }
        let single = ids.len() == 1;
        let first = articles.clone().next();
        let values = Values {
            outlet: common(
                articles
                    .clone()
                    .map(|a| a.outlet_name().unwrap_or("").to_owned()),
            ),
            day: common(
                articles
                    .clone()
                    .map(|a| a.day().map(|d| d.to_string()).unwrap_or_default()),
            ),
            title: first
                .filter(|_| single)
                .and_then(Article::title_text)
                .unwrap_or("")
                .to_owned(),
            direction: first.map(|first| first.direction).filter(|first| {
                let mut all = articles.clone();
                all.all(|article| article.direction == *first)
            }),
        };
        Self {
            articles: ids,
            paths: articles.map(|article| article.path.clone()).collect(),
            before: values.clone(),
            now: values,
            single,
            corrected,
            offers,
            wrong: None,
            shown: false,
        }
    }

    /// The folder has changed: `place` tells the article of a path. False where none of them is left.
    pub fn follow(&mut self, place: impl Fn(&str) -> Option<u32>) -> bool {
        let paths = self.paths.iter();
        self.articles = paths.filter_map(|path| place(path)).collect();
        !self.articles.is_empty()
    }

    /// What the person has decided, or what of it cannot be understood.
    fn correction(&self) -> Result<Correction, String> {
        let changed =
            |now: &str, before: &str| (now.trim() != before.trim()).then(|| now.trim().to_owned());
        let known = |text: String| (!text.is_empty()).then_some(text);
        let outlet = changed(&self.now.outlet, &self.before.outlet);
        let title = changed(&self.now.title, &self.before.title);
        let day: Option<Option<Date>> = match changed(&self.now.day, &self.before.day) {
            None => None,
            Some(text) if text.is_empty() => Some(None),
            Some(text) => match read_day(&text) {
                Some(day) => Some(Some(day)),
                None => return Err(format!("“{text}” is no day. Write it as 2031-03-05.")),
            },
        };
        Ok(Correction {
            outlet: outlet.map(known),
            published: day,
            title: title.map(known),
            direction: self
                .now
                .direction
                .filter(|_| self.now.direction != self.before.direction),
            restored: Vec::new(),
        })
    }
}

/// Returns false when the dialog is to be closed.
pub fn show(ui: &mut Ui, correcting: &mut Correcting, commands: &mut Commands) -> bool {
    let theme = Theme::of(ui);
    let what = if correcting.single {
        "Correct this article".to_owned()
    } else {
        format!(
            "Correct {}",
            plural(correcting.articles.len(), "article", "articles")
        )
    };
    heading(ui, &what);
    if let ([path], true) = (&correcting.paths[..], correcting.single) {
        let path = path_text(path);
        let width = ui.available_width();
        let label = Label::new(&path).direction(Direction::Ltr).width(width);
        ui.add(label.size(theme::SMALL).color(theme.ink));
    }
    let about = "Corrections are kept apart from the files and found again when a file is moved. Empty a field \
                 to say that it is unknown.";
    ui.add(Label::new(about).color(theme.faint_ink).wrap());
    ui.add_space(UNIT);
    let width = ui.available_width();
    let mut submitted = false;
    let hint = if correcting.single {
        "Unknown"
    } else {
        "Several, or unknown"
    };
    let mut field =
        |ui: &mut Ui, text: &mut String, name: &str, hint: &str, direction: Option<Direction>| {
            ui.add(Label::new(name).size(theme::SMALL).color(theme.faint_ink));
            let mut field = TextField::new(text, name).hint(hint).width(width);
            if let Some(direction) = direction {
                field = field.direction(direction);
            }
            let shown = field.show(ui);
            submitted |= shown.submitted;
            ui.add_space(UNIT);
            shown.response
        };
    let outlet = field(ui, &mut correcting.now.outlet, "Outlet", hint, None);
    if !std::mem::replace(&mut correcting.shown, true) {
        outlet.request_focus();
    }
    offer(
        ui,
        &correcting.offers,
        Aspect::Outlet,
        &mut correcting.now.outlet,
    );
    field(
        ui,
        &mut correcting.now.day,
        "Published",
        hint,
        Some(Direction::Ltr),
    );
    offer(
        ui,
        &correcting.offers,
        Aspect::Published,
        &mut correcting.now.day,
    );
    if correcting.single {
        field(ui, &mut correcting.now.title, "Headline", "None", None);
    }
    ui.add(
        Label::new("The text reads")
            .size(theme::SMALL)
            .color(theme.faint_ink),
    );
    ui.horizontal(|ui| {
        for (direction, name) in [
            (None, "As its letters say"),
            (Some(ReadingDirection::RightToLeft), "Right to left"),
            (Some(ReadingDirection::LeftToRight), "Left to right"),
        ] {
            let chosen = correcting.now.direction == Some(direction);
            if ui.add(Button::new(name).selected(chosen)).clicked() {
                correcting.now.direction = Some(direction);
            }
        }
    });
    if let Some(wrong) = &correcting.wrong {
        ui.add_space(UNIT);
        ui.add(Label::new(wrong).color(theme.warning).wrap());
    }
    ui.add_space(2.0 * UNIT);
    let (mut apply, mut stay, mut forget) = (submitted, true, false);
    ui.horizontal(|ui| {
        apply |= ui.add(Button::new("Correct").primary()).clicked();
        stay = !ui.add(Button::new("Cancel")).clicked();
        if correcting.corrected {
            forget = ui
                .add(
                    Button::new("Forget corrections").tooltip("Back to what was read of the files"),
                )
                .clicked();
        }
    });
    if forget {
        commands.send(Command::ForgetCorrections(correcting.articles.clone()));
        return false;
    }
    if !apply {
        return stay;
    }
    match correcting.correction() {
        Ok(correction) => {
            if !correction.is_empty() {
                commands.send(Command::Correct {
                    articles: correcting.articles.clone(),
                    correction,
                });
            }
            false
        }
        Err(wrong) => {
            correcting.wrong = Some(wrong);
            stay
        }
    }
}

/// The other values that were found, each one click away.
fn offer(ui: &mut Ui, offers: &[Disputed], aspect: Aspect, text: &mut String) {
    let mut offers = offers.iter().filter(|one| one.aspect == aspect).peekable();
    if offers.peek().is_none() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for one in offers {
            let found = &one.found;
            let label = format!(
                "\u{2068}{}\u{2069}, from {}",
                found.value,
                found.place.words()
            );
            let button = Button::new(&label)
                .size(theme::SMALL)
                .selected(*text == found.value)
                .tooltip(&found.evidence);
            if ui.add(button).clicked() {
                text.clone_from(&found.value);
            }
        }
    });
    ui.add_space(UNIT);
}

/// What is known of an article and from where; what contradicts it has a button that makes it hold instead.
pub fn known_lines(ui: &mut Ui, article: &Article, id: u32, commands: &mut Commands) {
    let theme = Theme::of(ui);
    for (at, line) in known::lines(article).into_iter().enumerate() {
        let label = Label::new(&line.text)
            .size(theme::SMALL)
            .direction(Direction::Ltr);
        let chosen = line.against.as_ref().and_then(instead);
        let Some(correction) = chosen else {
            let color = match line.against {
                Some(_) => theme.warning,
                None => theme.faint_ink,
            };
            ui.add(label.color(color));
            continue;
        };
        ui.push_id(("known", at), |ui| {
            let size = egui::vec2(ui.available_width(), 24.0);
            let layout = egui::Layout::right_to_left(egui::Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                let button = Button::new("Use this")
                    .size(theme::SMALL)
                    .tooltip("Correct the article: this value holds instead");
                if ui.add(button).clicked() {
                    commands.send(Command::Correct {
                        articles: vec![id],
                        correction,
                    });
                }
                let width = ui.available_width();
                ui.add(label.color(theme.warning).width(width));
            });
        });
    }
}

/// The correction that makes a contradicting value hold; only outlet and day of publication can be corrected.
fn instead(one: &Disputed) -> Option<Correction> {
    let mut correction = Correction::default();
    match one.aspect {
        Aspect::Outlet => correction.outlet = Some(Some(one.found.value.clone())),
        Aspect::Published => correction.published = Some(Some(one.found.value.parse().ok()?)),
        Aspect::Credit | Aspect::Updated | Aspect::Crawled => return None,
    }
    Some(correction)
}

/// An article's text, turned as the person has decided.
pub fn turned(mut view: TextView, article: &Article) -> TextView {
    match article.direction {
        Some(ReadingDirection::RightToLeft) => view.turn(Direction::Rtl),
        Some(ReadingDirection::LeftToRight) => view.turn(Direction::Ltr),
        None => {}
    }
    view
}

/// Entries of an article's menu; `at` is the byte that was pointed at.
pub fn menu(menu: &mut Ui, article: &Article, id: u32, at: usize, commands: &mut Commands) {
    if menu_entry(menu, true, Act::Correct.label()) {
        commands.act(Act::Correct);
    }
    let stretch = article.furniture.iter().find(|f| f.span.contains(at));
    if let Some(stretch) = stretch
        && menu_entry(menu, true, "Compare this page furniture too")
    {
        restore(vec![stretch.span], id, commands);
    }
}

/// How much of an article is set apart, and the button that takes it in again.
pub fn furniture_bar(ui: &mut Ui, article: &Article, id: u32, commands: &mut Commands) {
    if article.furniture.is_empty() {
        return;
    }
    let mut reasons: Vec<String> = article
        .furniture
        .iter()
        .map(|f| f.reason.to_string())
        .collect();
    reasons.dedup();
    let count = plural(article.furniture.len(), "stretch", "stretches");
    let text = format!("{count} of page furniture set apart · compare too");
    let tooltip = format!(
        "Take the dimmed text for article text and compare it. It was set apart as\n{}",
        reasons.join("\n")
    );
    let button = Button::new(&text)
        .quiet()
        .size(theme::SMALL)
        .tooltip(&tooltip);
    if ui.add(button).clicked() {
        let all = article.furniture.iter().map(|f| f.span).collect();
        restore(all, id, commands);
    }
}

fn restore(restored: Vec<Span>, id: u32, commands: &mut Commands) {
    commands.send(Command::Correct {
        articles: vec![id],
        correction: Correction {
            restored,
            ..Correction::default()
        },
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Found, Place};

    #[test]
    fn only_what_was_changed_is_decided() {
        let mut article = Article::bare("a.txt", "نص");
        article.outlet = Some(Found::new("سبق".to_owned(), "سبق", Place::Folder));
        let mut correcting = Correcting::new(vec![0], [&article].into_iter(), false);
        assert!(correcting.correction().unwrap().is_empty());
        correcting.now.day = "٥ آذار 2031".to_owned();
        let correction = correcting.correction().unwrap();
        assert_eq!(
            correction.published,
            Some(Some(jiff::civil::date(2031, 3, 5)))
        );
        assert_eq!(correction.outlet, None);
        correcting.now.outlet = String::new();
        assert_eq!(correcting.correction().unwrap().outlet, Some(None));
        correcting.now.day = "قبل العيد".to_owned();
        assert!(correcting.correction().is_err());
    }

    #[test]
    fn a_direction_and_a_headline_are_taken_back() {
        let mut article = Article::bare("a.txt", "نص");
        article.named = Some(Found::new("القارب".to_owned(), "القارب", Place::Folder));
        article.direction = Some(ReadingDirection::LeftToRight);
        let mut correcting = Correcting::new(vec![0], [&article].into_iter(), true);
        correcting.now.direction = Some(None);
        correcting.now.title.clear();
        let correction = correcting.correction().unwrap();
        assert_eq!(correction.direction, Some(None));
        assert_eq!(correction.title, Some(None));
        // Of several that differ, what is chosen holds for all.
        let other = Article::bare("b.txt", "نص");
        let mut correcting = Correcting::new(vec![0, 1], [&article, &other].into_iter(), true);
        assert!(correcting.correction().unwrap().is_empty());
        correcting.now.direction = Some(None);
        assert_eq!(correcting.correction().unwrap().direction, Some(None));
    }
}
