//! Above two articles that share no passage: why not. The strongest thing they have in common, and the
//! rule that left it out.

use egui::Ui;

use super::{CompareView, Why, lists::beginning};
use crate::paint::{Direction, Label, TextAlign};
use crate::reuse::Rule;
use crate::ui::phrasing::plural;
use crate::ui::theme::{self, Theme};
use crate::view::comparison::FIRST;

impl CompareView {
    pub(super) fn why_banner(&self, ui: &mut Ui, theme: &Theme) {
        let answer = match &self.why {
            Why::Unasked => return,
            Why::Asked => {
                let text = "These two share no passage. Looking for what they have in common…";
                ui.add(Label::new(text).color(theme.ink).strong());
                return;
            }
            Why::Known(answer) => answer,
        };
        let (headline, advice) = rule(answer.rule);
        ui.add(Label::new(&headline).color(theme.ink).strong().wrap());
        let said = |text: &str, ui: &mut Ui| {
            let label = Label::new(text).size(theme::SMALL);
            ui.add(label.color(theme.faint_ink).wrap());
        };
        if !advice.is_empty() {
            said(advice, ui);
        }
        if let Some(spans) = self.comparison.candidate {
            let words = answer.strongest.map_or(0, |common| common.words as usize);
            let text = format!(
                "The strongest thing they have in common, marked below ({} with a partner):",
                plural(words, "word", "words")
            );
            said(&text, ui);
            let quoted = beginning(spans[FIRST].of(&self.articles[FIRST].text));
            ui.add(
                Label::new(&quoted)
                    .color(theme.ink)
                    .direction(Direction::Rtl)
                    .align(TextAlign::Right)
                    .width(ui.available_width()),
            );
        }
    }
}

/// What the rule says, and what to make of it.
fn rule(rule: Rule) -> (String, &'static str) {
    let none = |because: String| format!("These two share no passage: {because}.");
    match rule {
        Rule::Shared => (
            "These two do share a passage.".to_owned(),
            "Compare them from the list of pairs to see it with its edits. Of many near-copies each is listed with one \
             that stands for all.",
        ),
        Rule::SameArticle => (
            "This is one article twice.".to_owned(),
            "Choose two different ones.",
        ),
        Rule::NothingInCommon => (
            none("they have nothing in common but single words".to_owned()),
            "No stretch of either has more than a few common words of the other.",
        ),
        Rule::TooShort { words, needed } => (
            none(format!(
                "what they have in common is too short, {} where {needed} are needed",
                plural(words as usize, "word", "words")
            )),
            "So few words are found together in texts that have nothing to do with one another.",
        ),
        Rule::TooUnlike { share, needed } => (
            none(format!(
                "only {:.0} % of the stretch is on both sides where {:.0} % are needed",
                share * 100.0,
                needed * 100.0
            )),
            "Two reports of one event look like this when each is written anew.",
        ),
        Rule::ByChance { says, needed } => (
            none(format!(
                "what they have in common says {says:.1} times what chance does where {needed:.1} are needed"
            )),
            "Its words are frequent in this folder, or belong to the subject that both write about.",
        ),
        Rule::Formulaic { words, needed } => (
            none(format!(
                "without formulas, dates and bylines {} are left where {needed} are needed",
                plural(words as usize, "word", "words")
            )),
            "Formulas are words that stand in many different surroundings of this folder. They count for little.",
        ),
        Rule::RewordedOff => (
            none("what they have in common is reworded".to_owned()),
            "Reworded passages are switched off.",
        ),
        Rule::Furniture(reason) => (
            none(format!(
                "what they have in common is page furniture, {}",
                lower(&reason.to_string())
            )),
            "Text of the page that is no part of the article is not compared.",
        ),
        Rule::NeverCompared => (
            none(
                "too little that they have in common is rare in a folder of this size to compare them"
                    .to_owned(),
            ),
            "In a folder of their own they would share it.",
        ),
    }
}

/// As it stands within a sentence.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
