//! The dialog in which a person says what counts as shared: how long and how alike a passage has to be, and which
//! words are the same. It decides nothing itself: what is wanted leaves as a command.

use egui::{Grid, Ui, vec2};

use super::bounds::whole;
use super::command::{Command, Commands};
use super::heading::{about, heading};
use super::theme::{self, Theme, UNIT};
use crate::paint::{Button, Checkbox, Direction, Label, TextField};
use crate::reuse::{Grades, Settings};

/// What stands in the dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct Deciding {
    numbers: [String; 3],
    reworded: bool,
    grades: Grades,
    /// What is wrong with the numbers.
    wrong: Option<String>,
    shown: bool,
}

/// The numbers that can be set, each with the least and the most that it may be.
const NUMBERS: [(&str, u32, u32); 3] = [
    ("Shortest copied passage, in words", 5, 500),
    ("Shortest reworded passage, in words", 5, 500),
    ("Least likeness of a passage, in percent", 30, 100),
];

/// What each grade of sameness is, with an example, in the order of [`Grades::NAMES`].
const GRADES: [(&str, &str); 11] = [
    ("Hamza", "أحمد / احمد"),
    ("Final ya", "على / علي"),
    ("Ta marbuta", "مدرسة / مدرسه"),
    ("Diacritics", "كُتِبَ / كتب"),
    ("Persian letters and ligatures", "کتاب / كتاب"),
    ("Digits", "٨ / 8"),
    ("Attached prefixes", "وبالمدارس / مدارس"),
    ("Endings", "مهندسون / مهندسين"),
    ("Transliterated names", "الأمريكي / الأميركي"),
    ("Numbers in words", "8 / ثمانية"),
    ("Names of months", "أيلول / سبتمبر"),
];

impl Deciding {
    pub fn new(now: &Settings) -> Self {
        let likeness = (now.likeness * 100.0).round() as u32;
        Self {
            numbers: [now.min_words, now.min_words_reworded, likeness].map(|n| n.to_string()),
            reworded: now.reworded,
            grades: now.grades,
            wrong: None,
            shown: false,
        }
    }

    /// The settings that stand here, or what is wrong with them.
    fn settings(&self) -> Result<Settings, String> {
        let mut numbers = [0; 3];
        for ((number, text), (name, least, most)) in
            numbers.iter_mut().zip(&self.numbers).zip(NUMBERS)
        {
            *number = whole(text)
                .filter(|n| (least..=most).contains(n))
                .ok_or_else(|| format!("{name}: a number from {least} to {most}."))?;
        }
        Ok(Settings {
            min_words: numbers[0],
            min_words_reworded: numbers[1],
            likeness: numbers[2] as f32 / 100.0,
            grades: self.grades,
            reworded: self.reworded,
        })
    }
}

/// Returns false when the dialog is to be closed.
pub fn show(ui: &mut Ui, deciding: &mut Deciding, commands: &mut Commands) -> bool {
    let theme = Theme::of(ui);
    heading(ui, "What counts as shared");
    let text = "It holds for every folder. The folder that is open is compared anew.";
    about(ui, text);
    let mut submitted = false;
    for (at, (text, (name, ..))) in deciding.numbers.iter_mut().zip(NUMBERS).enumerate() {
        ui.horizontal(|ui| {
            let field = TextField::new(text, name)
                .direction(Direction::Ltr)
                .width(72.0)
                .show(ui);
            submitted |= field.submitted;
            if at == 0 && !std::mem::replace(&mut deciding.shown, true) {
                field.response.request_focus();
            }
            ui.add(Label::new(name).color(theme.ink));
        });
    }
    let text = "Passages told in other words or another order";
    ui.add(Checkbox::new(&mut deciding.reworded, text).direction(Direction::Ltr));
    ui.add_space(UNIT);
    let above = Label::new("Words that are the same").size(theme::SMALL);
    ui.add(above.strong().color(theme.faint_ink));
    /// Wide enough for the longest name of a grade.
    const NAME: f32 = 230.0;
    Grid::new("grades")
        .num_columns(2)
        .min_col_width(NAME)
        .spacing(vec2(4.0 * UNIT, 0.0))
        .show(ui, |ui| {
            for (name, (text, example)) in Grades::NAMES.into_iter().zip(GRADES) {
                if let Some(on) = deciding.grades.switch(name) {
                    ui.add(Checkbox::new(on, text));
                    ui.add(Label::new(example).color(theme.faint_ink));
                    ui.end_row();
                }
            }
        });
    ui.add_space(UNIT);
    if let Some(wrong) = &deciding.wrong {
        ui.add(Label::new(wrong).color(theme.warning).wrap());
        ui.add_space(UNIT);
    }
    let mut stay = true;
    ui.horizontal(|ui| {
        submitted |= ui.add(Button::new("Compare anew").primary()).clicked();
        let usual = Button::new("As usual").tooltip("What serves for any folder");
        if ui.add(usual).clicked() {
            *deciding = Deciding {
                shown: true,
                ..Deciding::new(&Settings::default())
            };
        }
        stay = !ui.add(Button::new("Cancel")).clicked();
    });
    if submitted {
        match deciding.settings() {
            Ok(settings) => {
                commands.send(Command::KeepDetection(Box::new(settings)));
                return false;
            }
            Err(wrong) => deciding.wrong = Some(wrong),
        }
    }
    stay
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_what_is_set() {
        let mut settings = Settings {
            min_words: 12,
            likeness: 0.75,
            reworded: false,
            ..Settings::default()
        };
        settings.grades.spellings.ya = false;
        assert_eq!(Deciding::new(&settings).settings(), Ok(settings));
    }

    #[test]
    fn arabic_digits_are_read_and_nonsense_is_told() {
        let mut deciding = Deciding::new(&Settings::default());
        deciding.numbers[0] = "١٥".to_owned();
        assert_eq!(deciding.settings().unwrap().min_words, 15);
        for wrong in ["", "x", "0", "-3", "99999999999"] {
            deciding.numbers[2] = wrong.to_owned();
            assert!(deciding.settings().is_err(), "{wrong}");
        }
    }
}
