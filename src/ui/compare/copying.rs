//! Taking a passage along: both wordings as text, or a table with every edit for documents and
//! spreadsheets.

use super::lists::reading;
use super::{CompareView, phrasing};
use crate::paint::{Copied, escape_html};
use crate::view::comparison::{FIRST, SECOND};

impl CompareView {
    /// The current passage in both wordings, with outlet and date, for a report or a message.
    pub fn passage_as_text(&self) -> Option<String> {
        let passage = self.comparison.passages.get(self.current?)?;
        let side = |pane: usize| {
            let article = &self.articles[pane];
            let text = passage.spans[pane].of(&article.text).trim();
            format!(
                "{} · {}\n{text}\n",
                phrasing::facts(article),
                phrasing::title(article)
            )
        };
        Some(format!("{}\n{}", side(FIRST), side(SECOND)))
    }

    /// The current passage as a table: both wordings, then its edits. Plain, it is tab-separated; its rich
    /// twin reads from right to left, with the changed words marked.
    pub fn passage_as_table(&self) -> Option<Copied> {
        let index = self.current?;
        let passage = self.comparison.passages.get(index)?;
        let facts = [FIRST, SECOND].map(|pane| {
            let article = &self.articles[pane];
            let (facts, title) = (phrasing::facts(article), phrasing::title(article));
            // Isolates are for the screen: a cell has a direction of its own.
            format!("{facts} · {title}").replace(['\u{2068}', '\u{2069}'], "")
        });
        let wordings =
            [FIRST, SECOND].map(|pane| one_line(passage.spans[pane].of(&self.articles[pane].text)));
        let number = format!("Passage {}", index + 1);
        let marked = [FIRST, SECOND].map(|pane| self.marked(index, pane));
        let mut plain = vec![line("", &facts), line(&number, &wordings)];
        let mut html = String::from(
            "<meta charset=\"utf-8\"><table dir=\"rtl\" border=\"1\" cellpadding=\"6\" style=\"border-collapse:collapse\">",
        );
        html.push_str(&row("th", "", &facts.map(|text| escape_html(&text))));
        html.push_str(&row("td", &number, &marked));
        for edit in &passage.edits {
            let name = phrasing::edit_name(edit.kind);
            let readings = [FIRST, SECOND].map(|pane| reading(edit, pane, &self.articles));
            plain.push(line(name, &readings));
            html.push_str(&row("td", name, &readings.map(|text| escape_html(&text))));
        }
        html.push_str("</table>");
        Some(Copied {
            plain: plain.join("\n"),
            html,
        })
    }

    /// One wording as HTML, with changed words underlined.
    fn marked(&self, index: usize, pane: usize) -> String {
        let passage = &self.comparison.passages[index];
        let (span, text) = (passage.spans[pane], &self.articles[pane].text);
        let mut edits: Vec<_> = passage
            .edits
            .iter()
            .map(|edit| (edit.spans[pane], edit.kind))
            .filter(|(own, _)| !own.is_empty())
            .collect();
        edits.sort_unstable();
        let piece = |from: u32, to: u32| {
            escape_html(text.get(from as usize..to as usize).unwrap_or_default())
        };
        let (mut html, mut done) = (String::new(), span.start);
        for (own, kind) in edits {
            if own.start < done || own.end > span.end {
                continue;
            }
            html.push_str(&piece(done, own.start));
            html.push_str(&format!(
                "<u style=\"background:#ffcf5c;color:#1f1d1a\" title=\"{}\">{}</u>",
                phrasing::edit_name(kind),
                piece(own.start, own.end)
            ));
            done = own.end;
        }
        html.push_str(&piece(done, span.end));
        html.trim().replace('\n', "<br>")
    }
}

/// A row of HTML; `cells` are HTML already.
fn row(tag: &str, head: &str, cells: &[String; 2]) -> String {
    let [first, second] = cells;
    format!(
        "<tr><{tag}>{}</{tag}><{tag} dir=\"auto\">{first}</{tag}><{tag} dir=\"auto\">{second}</{tag}></tr>",
        escape_html(head)
    )
}

/// A row of tab-separated cells.
fn line(head: &str, cells: &[String; 2]) -> String {
    [head, &one_line(&cells[FIRST]), &one_line(&cells[SECOND])].join("\t")
}

/// A cell of a tab-separated table has neither tabs nor line ends.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
