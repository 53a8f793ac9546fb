//! The dialog in which a person names outlets: adds one, renames one, or makes several names one outlet. What they
//! keep holds for every folder, and is kept apart from all of them.

use egui::{ScrollArea, Ui};

use super::command::{Act, Command, Commands};
use super::heading::{about, heading};
use super::phrasing::{group, plural};
use super::theme::{self, Theme, UNIT};
use crate::article::OutletNames;
use crate::ingest::host;
use crate::paint::{Button, Direction, Label, Row, TextField};

/// What stands in the dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    name: String,
    also: String,
    sites: String,
    /// The person's outlet that is being changed.
    changing: Option<String>,
    /// The outlets of the open folder, with their articles.
    folder: Vec<(String, usize)>,
    own: Vec<OutletNames>,
    shown: bool,
}

/// What stands between names that are written in one line.
const MARKS: [char; 4] = ['،', ',', ';', '؛'];

impl Naming {
    /// `folder` are the outlets of the open folder with the number of their articles.
    pub fn new(folder: Vec<(String, usize)>, own: Vec<OutletNames>) -> Self {
        Self {
            folder,
            own,
            ..Self::default()
        }
    }

    /// The first one chosen gives the name, others become spellings of it.
    fn choose(&mut self, name: &str) {
        if let Some(own) = self.own.iter().find(|own| own.name == name) {
            let own = own.clone();
            return self.change(&own);
        }
        let known = |text: &str| parts(text).any(|part| part == name);
        if self.name.trim().is_empty() {
            name.clone_into(&mut self.name);
            // Renamed or not, what the files call it goes on to mean it.
            name.clone_into(&mut self.also);
        } else if self.name != name && !known(&self.also) {
            if !self.also.trim().is_empty() {
                self.also.push_str("، ");
            }
            self.also.push_str(name);
        }
    }

    fn change(&mut self, own: &OutletNames) {
        self.name.clone_from(&own.name);
        self.also = own.also.join("، ");
        self.sites = own.sites.join(", ");
        self.changing = Some(own.name.clone());
    }

    fn clear(&mut self) {
        self.name.clear();
        self.also.clear();
        self.sites.clear();
        self.changing = None;
    }

    /// What has been written, where it has a name.
    fn outlet(&self) -> Option<OutletNames> {
        let name = self.name.trim().to_owned();
        let all = |text: &str| parts(text).map(str::to_owned).collect::<Vec<_>>();
        let mut also = all(&self.also);
        also.retain(|other| *other != name);
        let sites = all(&self.sites).iter().map(|site| bare(site)).collect();
        (!name.is_empty()).then_some(OutletNames {
            name,
            also,
            sites,
            agency: false,
        })
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(MARKS)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// `https://www.almina.example/news` is the site `almina.example`.
fn bare(site: &str) -> String {
    let host = host(site).unwrap_or(site);
    host.strip_prefix("www.").unwrap_or(host).to_lowercase()
}

/// Returns false when the dialog is to be closed.
pub fn show(ui: &mut Ui, naming: &mut Naming, height: f32, commands: &mut Commands) -> bool {
    let theme = Theme::of(ui);
    heading(ui, "Outlets");
    let text = "Choose an outlet below to rename it, or several to make them one, or write a new one. It holds for every \
                 folder; no file is changed.";
    about(ui, text);
    let width = ui.available_width();
    let mut submitted = false;
    let fields: [(&mut String, &str, &str, Option<Direction>); 3] = [
        (&mut naming.name, "Name", "As lists are to show it", None),
        (
            &mut naming.also,
            "Also written",
            "Other names, between commas",
            None,
        ),
        (
            &mut naming.sites,
            "Sites",
            "almina.example, …",
            Some(Direction::Ltr),
        ),
    ];
    for (at, (text, name, hint, direction)) in fields.into_iter().enumerate() {
        ui.add(Label::new(name).size(theme::SMALL).color(theme.faint_ink));
        let field = TextField::new(text, name).hint(hint).width(width);
        let field = match direction {
            Some(direction) => field.direction(direction),
            None => field,
        };
        let shown = field.show(ui);
        submitted |= shown.submitted;
        if at == 0 && !std::mem::replace(&mut naming.shown, true) {
            shown.response.request_focus();
        }
        ui.add_space(UNIT);
    }
    ui.horizontal(|ui| {
        submitted |= ui.add(Button::new("Keep names").primary()).clicked();
        if ui
            .add(Button::new("Clear").tooltip("Empty the three lines"))
            .clicked()
        {
            naming.clear();
        }
        let forget = "Back to the names that the program knows";
        if let Some(own) = naming.changing.clone()
            && ui.add(Button::new("Forget").tooltip(forget)).clicked()
        {
            OutletNames::put(&mut naming.own, None, Some(&own));
            commands.send(Command::ForgetOutlet(own));
            naming.clear();
        }
    });
    if submitted && let Some(outlet) = naming.outlet() {
        let before = naming.changing.take();
        OutletNames::put(&mut naming.own, Some(outlet.clone()), before.as_deref());
        commands.send(Command::KeepOutlet { outlet, before });
        naming.clear();
    }
    ui.add_space(UNIT);
    lists(ui, naming, height);
    ui.add_space(2.0 * UNIT);
    ui.horizontal(|ui| {
        let stay = !ui.add(Button::new("Close")).clicked();
        let tip = Act::ExportOutlets.tooltip(ui.ctx());
        let export = Button::new(Act::ExportOutlets.label()).tooltip(&tip);
        if !naming.own.is_empty() && ui.add(export).clicked() {
            commands.act(Act::ExportOutlets);
            return false;
        }
        stay
    })
    .inner
}

/// The outlets that can be chosen: the person's own, and those of the folder.
fn lists(ui: &mut Ui, naming: &mut Naming, height: f32) {
    let theme = Theme::of(ui);
    let mut chosen = None;
    ScrollArea::vertical()
        .max_height(height.max(96.0))
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let above = |ui: &mut Ui, text: &str| {
                ui.add_space(UNIT);
                ui.add(
                    Label::new(text)
                        .size(theme::SMALL)
                        .strong()
                        .color(theme.faint_ink),
                );
            };
            let mut row = |ui: &mut Ui, of: &str, (name, count): (&str, &str), current: bool| {
                ui.push_id((of, name), |ui| {
                    let row = Row::new(current, name).trailing(count).height(28.0);
                    if ui.add(row).clicked() {
                        chosen = Some(name.to_owned());
                    }
                });
            };
            if !naming.own.is_empty() {
                above(ui, "Named by you");
            }
            for own in &naming.own {
                let current = naming.changing.as_ref() == Some(&own.name);
                let count = plural(
                    own.also.len() + own.sites.len(),
                    "other name",
                    "other names",
                );
                row(ui, "own", (&own.name, &count), current);
            }
            if !naming.folder.is_empty() {
                above(ui, "In this folder");
            }
            for (name, articles) in &naming.folder {
                let current = naming.name == *name || parts(&naming.also).any(|part| part == name);
                let count = group(*articles);
                row(ui, "folder", (name, &count), current);
            }
        });
    if let Some(name) = chosen {
        naming.choose(&name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_one_chosen_gives_the_name() {
        let mut naming = Naming::new(
            vec![("almina".to_owned(), 3), ("صحيفة الميناء".to_owned(), 9)],
            Vec::new(),
        );
        naming.choose("صحيفة الميناء");
        naming.choose("almina");
        naming.choose("almina");
        naming.sites = "https://www.Almina.example/news, ".to_owned();
        let outlet = naming.outlet().unwrap();
        assert_eq!(outlet.name, "صحيفة الميناء");
        assert_eq!(outlet.also, ["almina"]);
        assert_eq!(outlet.sites, ["almina.example"]);
        // Renamed: what the files call it still means it.
        naming.name = "الميناء".to_owned();
        assert_eq!(naming.outlet().unwrap().also, ["صحيفة الميناء", "almina"]);
        naming.name = " ".to_owned();
        assert_eq!(naming.outlet(), None);
    }

    #[test]
    fn an_outlet_of_the_persons_own_is_changed() {
        let own = OutletNames {
            name: "الميناء".to_owned(),
            also: vec!["almina".to_owned()],
            ..OutletNames::default()
        };
        let mut naming = Naming::new(vec![("الميناء".to_owned(), 3)], vec![own.clone()]);
        naming.choose("الميناء");
        assert_eq!(naming.changing.as_deref(), Some("الميناء"));
        assert_eq!(naming.outlet(), Some(own));
    }
}
