//! What the acts of the comparison and the screens around it do: pairs, columns, wordings, source texts,
//! and the way back and forward between them.

use std::sync::Arc;

use super::files::{self, Wish};
use super::history::Visit;
use super::state::State;
use crate::article::Span;
use crate::paint::copy_rich;
use crate::ui::collation::CollationView;
use crate::ui::command::{Act, Command};
use crate::ui::compare::CompareView;
use crate::ui::dialogs::Notice;
use crate::ui::source::SourceView;
use crate::ui::wordings::WordingsView;
use crate::view::collation::Collation;
use crate::view::wordings::Wordings;
use crate::view::{List, Screen};

impl State {
    pub(super) fn act_on_comparison(&mut self, ctx: &egui::Context, act: Act) {
        let setting = self.setting();
        let Some(compare) = &mut self.compare else {
            return;
        };
        match act {
            Act::NextPassage => compare.step(ctx, true),
            Act::PreviousPassage => compare.step(ctx, false),
            Act::NextEdit => compare.step_edit(ctx, true),
            Act::PreviousEdit => compare.step_edit(ctx, false),
            Act::NextPair => self.step_pair(1),
            Act::PreviousPair => self.step_pair(-1),
            Act::SwapSides => compare.swap_sides(setting),
            Act::LinkScrolling => compare.toggle_link(ctx),
            Act::ShowDetails => compare.toggle_details(),
            Act::SubstantiveOnly => compare.toggle_substantive(),
            Act::WordByWord => compare.toggle_words(),
            Act::ThroughFamily => {
                if let Some((article, span)) = compare.current_passage() {
                    self.show_wordings(article, span, false);
                }
            }
            Act::Collate => {
                let wanted = compare.comparison.articles;
                self.collate_family(wanted);
            }
            Act::CopyPassage => {
                if let Some(text) = compare.passage_as_text() {
                    crate::paint::copy(ctx, &text, true);
                }
            }
            Act::CopyTable => {
                if let Some(table) = compare.passage_as_table() {
                    copy_rich(ctx, table);
                }
            }
            Act::NextRow => compare.scroll_by(ctx, setting.size * 2.0),
            Act::PreviousRow => compare.scroll_by(ctx, -setting.size * 2.0),
            Act::NextPage => compare.scroll_pages(ctx, 0.85),
            Act::PreviousPage => compare.scroll_pages(ctx, -0.85),
            Act::FirstRow => compare.scroll_pages(ctx, -1e6),
            Act::LastRow => compare.scroll_pages(ctx, 1e6),
            act => self.act_on_article(ctx, act),
        }
    }

    pub(super) fn act_on_collation(&mut self, ctx: &egui::Context, act: Act) {
        let line = self.setting().size * 2.0;
        let page = ctx.content_rect().height() * 0.7;
        let Some(collation) = &mut self.collation else {
            return;
        };
        match act {
            Act::NextPassage => collation.step(true),
            Act::PreviousPassage => collation.step(false),
            Act::NextRow => collation.scroll_by(line),
            Act::PreviousRow => collation.scroll_by(-line),
            Act::NextPage => collation.scroll_by(page),
            Act::PreviousPage => collation.scroll_by(-page),
            Act::FirstRow => collation.scroll_by(f32::MIN),
            Act::LastRow => collation.scroll_by(f32::MAX),
            Act::ThroughFamily => {
                if let Some((article, span)) = collation.current_passage() {
                    self.show_wordings(article, span, true);
                }
            }
            act => self.act_on_article(ctx, act),
        }
    }

    pub(super) fn act_on_wordings(&mut self, ctx: &egui::Context, act: Act) {
        let line = self.setting().size * 2.0;
        let page = ctx.content_rect().height() * 0.7;
        let Some(wordings) = &mut self.wordings else {
            return;
        };
        match act {
            Act::NextRow => wordings.scroll_by(line),
            Act::PreviousRow => wordings.scroll_by(-line),
            Act::NextPage => wordings.scroll_by(page),
            Act::PreviousPage => wordings.scroll_by(-page),
            Act::FirstRow => wordings.scroll_by(-1e7),
            Act::LastRow => wordings.scroll_by(1e7),
            act => self.act_on_article(ctx, act),
        }
    }

    pub(super) fn act_on_source(&mut self, ctx: &egui::Context, act: Act) {
        let line = self.setting().size * 2.0;
        let page = ctx.content_rect().height() * 0.7;
        let Some(source) = &mut self.source else {
            return;
        };
        match act {
            Act::NextRow => source.scroll_by(line),
            Act::PreviousRow => source.scroll_by(-line),
            Act::NextPage => source.scroll_by(page),
            Act::PreviousPage => source.scroll_by(-page),
            Act::FirstRow => source.scroll_by(f32::MIN),
            Act::LastRow => source.scroll_by(f32::MAX),
            act => self.act_on_article(ctx, act),
        }
    }

    /// The articles are others than before: what is open keeps to them by their paths, or is left.
    pub(super) fn articles_changed(&mut self) {
        self.history.clear();
        (self.wordings, self.collation, self.source) = (None, None, None);
        let articles = self.session.as_ref().map(|session| &session.articles);
        let place = |path: &str| {
            let at = articles?.iter().position(|article| article.path == path)?;
            u32::try_from(at).ok()
        };
        let found = self.compare.as_ref().map(|view| view.paths().map(place));
        match (found, &mut self.compare) {
            (Some([Some(first), Some(second)]), Some(view)) => {
                view.comparison.articles = [first, second];
            }
            _ => self.compare = None,
        }
        let is_there = match self.screen {
            Screen::Start | Screen::Board => true,
            Screen::Comparison => self.compare.is_some(),
            Screen::Wordings | Screen::Collation | Screen::Source => false,
        };
        if !is_there {
            self.screen = Screen::Board;
        }
    }

    /// The findings are others than before: the comparison that is open shows the new ones, and the person
    /// stays where they were in it.
    pub(super) fn findings_changed(&mut self) {
        let (setting, screen) = (self.setting(), self.screen);
        let Some(standing) = self.compare.as_ref().map(CompareView::standing) else {
            return;
        };
        let before = self.compare.take();
        self.set_comparison(standing.articles);
        if let (Some(view), Some(before)) = (&mut self.compare, before) {
            view.keep_choices_of(&before);
            view.stand(standing, setting);
        }
        self.screen = screen;
    }

    /// The list behind the comparison goes on from the pair that is compared, wherever it stands by now.
    pub(super) fn point_at_compared(&mut self) {
        if self.screen == Screen::Comparison
            && let (Some(session), Some(compare)) = (&mut self.session, &self.compare)
            && let Some(pair) = session.pair_of(compare.comparison.articles)
        {
            session.point_at_pair(pair);
        }
    }

    /// Where the person is, to come back to.
    fn here(&self) -> Option<Visit> {
        Some(match self.screen {
            Screen::Start => return None,
            Screen::Board => Visit::Board,
            Screen::Comparison => Visit::Comparison(self.compare.as_ref()?.standing()),
            Screen::Wordings => {
                let (article, span) = self.wordings.as_ref()?.base()?;
                Visit::Wordings { article, span }
            }
            Screen::Collation => {
                let view = self.collation.as_ref()?;
                let others = view.collation.others.iter();
                Visit::Collation {
                    members: view.members().to_vec(),
                    base: view.collation.base.article,
                    shown: others.map(|column| column.article).collect(),
                }
            }
            Screen::Source => Visit::Source(self.source.as_ref()?.id),
        })
    }

    fn leave(&mut self) {
        if let Some(here) = self.here() {
            self.history.leave(here);
        }
    }

    /// The lists, from wherever the person is.
    pub(super) fn show_board(&mut self) {
        if self.screen != Screen::Board {
            self.leave();
            self.screen = Screen::Board;
        }
    }

    /// Back to where the person was before, or up to the list.
    pub(super) fn go_back(&mut self) {
        let to = self.here().and_then(|here| self.history.back(here));
        self.show(to.unwrap_or(Visit::Board));
    }

    pub(super) fn go_forward(&mut self) {
        let to = self.here().and_then(|here| self.history.forward(here));
        if let Some(to) = to {
            self.show(to);
        }
    }

    /// Shows a place without leaving a trace of the one before it.
    fn show(&mut self, visit: Visit) {
        self.follow = true;
        let setting = self.setting();
        match visit {
            Visit::Board => self.screen = Screen::Board,
            Visit::Comparison(standing) => {
                self.set_comparison(standing.articles);
                if let Some(compare) = &mut self.compare {
                    compare.stand(standing, setting);
                }
            }
            Visit::Wordings { article, span } => self.set_wordings(article, span, true),
            Visit::Collation {
                members,
                base,
                shown,
            } => self.set_collation(members, Some(base), &shown),
            Visit::Source(id) => self.set_source(id),
        }
    }

    /// Moves along the list of pairs without leaving the comparison.
    fn step_pair(&mut self, by: isize) {
        let Some(session) = &mut self.session else {
            return;
        };
        if session.board.pairs.is_empty() {
            return;
        }
        session.list = List::Pairs;
        session.move_row(by);
        let pair = session.current_pair();
        let pair = pair.and_then(|pair| session.tables.pairs.0.get(pair as usize));
        if let Some(sides) = pair.map(|pair| [pair.first, pair.second]) {
            self.set_comparison(sides);
        }
    }

    pub(super) fn compare_pair(&mut self, pair: u32) {
        let pairs = self.session.as_ref().map(|session| &session.tables.pairs.0);
        if let Some(pair) = pairs.and_then(|pairs| pairs.get(pair as usize)) {
            self.compare_articles([pair.first, pair.second]);
        }
    }

    /// An article in its list; one that the list does not show is shown in its strongest pair.
    pub(super) fn show_article(&mut self, article: u32) {
        let Some(session) = &mut self.session else {
            return;
        };
        match session.board.articles.iter().position(|&id| id == article) {
            Some(row) => {
                session.show_list(List::Articles);
                session.select_row(row);
                self.follow = true;
            }
            None => {
                if let Some(pair) = session.strongest_pair(article) {
                    self.compare_pair(pair);
                }
            }
        }
    }

    /// Compares any two articles; where they share nothing, asks why.
    pub(super) fn compare_articles(&mut self, articles: [u32; 2]) {
        let around = match (self.screen, &self.wordings, &self.collation) {
            (Screen::Wordings, Some(wordings), _) => wordings.base(),
            (Screen::Collation, _, Some(collation)) => collation.current_passage(),
            _ => None,
        };
        self.leave();
        self.set_comparison(articles);
        // Who comes from one passage reads on in that passage.
        if let (Some(compare), Some((article, span))) = (&mut self.compare, around) {
            compare.point_at(article, span);
        }
    }

    fn set_comparison(&mut self, [x, y]: [u32; 2]) {
        let setting = self.setting();
        let Some(session) = &mut self.session else {
            return;
        };
        let count = session.articles.len() as u32;
        if x == y || x >= count || y >= count {
            return;
        }
        // The same two again keep where the person was.
        let is_open = |view: &CompareView| {
            let open = view.comparison.articles;
            open == [x, y] || open == [y, x]
        };
        if let Some(pair) = session.pair_of([x, y]) {
            session.point_at_pair(pair);
        }
        if !self.compare.as_ref().is_some_and(is_open) {
            let comparison = session.compared([x, y]);
            let articles = comparison
                .articles
                .map(|id| Arc::clone(&session.articles[id as usize]));
            let asked = comparison.passages.is_empty();
            let sides = comparison.articles;
            let mut view = CompareView::new(comparison, articles, setting);
            if let Some(before) = &self.compare {
                view.keep_choices_of(before);
            }
            if asked {
                view.ask_why();
                self.jobs.explain(session.articles.clone(), sides);
            }
            self.compare = Some(view);
        }
        // What is found later must not lead away from here.
        session.touch();
        self.screen = Screen::Comparison;
        self.follow = true;
    }

    /// The answer to why two articles share nothing.
    pub(super) fn take_why(&mut self, articles: [u32; 2], answer: crate::reuse::WhyNot) {
        // The sides may have changed places since it was asked.
        let [x, y] = articles;
        if let Some(compare) = &mut self.compare
            && [[x, y], [y, x]].contains(&compare.comparison.articles)
        {
            compare.take_why(answer);
        }
    }

    /// A passage through every article that carries it, under the earliest wording or the one named.
    pub(super) fn show_wordings(&mut self, article: u32, span: Span, own: bool) {
        if self.is_too_early() {
            return;
        }
        // Another base is another look at the same place.
        if self.screen != Screen::Wordings {
            self.leave();
        }
        self.set_wordings(article, span, own);
    }

    /// What was selected in an article, through every article that carries it: all wordings of the passage
    /// around it, or where there is none, the list of articles in which its words are found.
    pub(super) fn find_elsewhere(&mut self, article: u32, span: Span) {
        let setting = self.setting();
        let Some(session) = &self.session else { return };
        let found = Wordings::around(&session.articles, &session.findings, article, span);
        let Some(wordings) = found else {
            let text = span.of(&session.articles[article as usize].text).to_owned();
            self.show_board();
            return self.apply_to_session(Command::FindText(text));
        };
        let view = WordingsView::new(wordings, &session.articles, setting);
        self.leave();
        self.wordings = Some(view);
        self.screen = Screen::Wordings;
    }

    fn set_wordings(&mut self, article: u32, span: Span, own: bool) {
        let setting = self.setting();
        let Some(session) = &self.session else {
            return;
        };
        let make = match own {
            true => Wordings::with_base,
            false => Wordings::new,
        };
        let wordings = make(&session.articles, &session.findings, article, span);
        self.wordings = Some(WordingsView::new(wordings, &session.articles, setting));
        self.screen = Screen::Wordings;
    }

    /// The family that is current in its list as columns.
    pub(super) fn collate_current_family(&mut self) {
        let members = self.session.as_ref().and_then(|session| {
            let family = session.current_family()? as usize;
            Some(session.findings.families.get(family)?.articles.clone())
        });
        if let Some(members) = members {
            self.collate(members, None, &[]);
        }
    }

    /// The family of two compared articles as columns.
    fn collate_family(&mut self, wanted: [u32; 2]) {
        if self.is_too_early() {
            return;
        }
        let Some(session) = &self.session else {
            return;
        };
        let families = &session.findings.families;
        let of_both = |family: &&crate::reuse::Family| {
            let mut wanted = wanted.iter();
            wanted.all(|id| family.articles.binary_search(id).is_ok())
        };
        let members = families.iter().find(of_both);
        let members = members.map_or_else(|| wanted.to_vec(), |f| f.articles.clone());
        self.collate(members, None, &wanted);
    }

    pub(super) fn collate(&mut self, members: Vec<u32>, base: Option<u32>, wanted: &[u32]) {
        // Another base is another look at the same place.
        if self.screen != Screen::Collation {
            self.leave();
        }
        self.set_collation(members, base, wanted);
    }

    fn set_collation(&mut self, members: Vec<u32>, base: Option<u32>, wanted: &[u32]) {
        let setting = self.setting();
        let Some(session) = &self.session else {
            return;
        };
        let made = Collation::new(&session.articles, &session.findings, &members, base, wanted);
        if let Some(collation) = made {
            let view = CollationView::new(collation, members, &session.articles, setting);
            self.collation = Some(view);
            self.screen = Screen::Collation;
        }
    }

    pub(super) fn show_source(&mut self, id: u32) {
        self.leave();
        self.set_source(id);
    }

    fn set_source(&mut self, id: u32) {
        let setting = self.setting();
        let articles = self.session.as_ref().map(|session| &session.articles);
        if let Some(article) = articles.and_then(|articles| articles.get(id as usize)) {
            self.source = Some(SourceView::new(id, Arc::clone(article), setting));
            self.screen = Screen::Source;
        }
    }

    /// Hands an article's file to the system.
    pub(super) fn hand_over(&mut self, id: u32, wish: Wish) {
        let Some(session) = &self.session else {
            return;
        };
        let Some(article) = session.articles.get(id as usize) else {
            return;
        };
        match files::file_of(&session.root, &article.path) {
            Some(file) => files::ask_system(file, wish, self.jobs.reporter()),
            None => {
                let text = format!(
                    "The file of this article is no longer there: {}. Open the folder again to see what it holds now.",
                    article.path
                );
                self.notice = Some(Notice { text });
            }
        }
    }
}
