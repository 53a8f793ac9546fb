//! Copying: the text exactly as it stands, and beside it a rich twin that keeps its direction, for word
//! processors and mail.
//!
//! egui's clipboard takes plain text alone, so the rich twin goes through a [`Clipboard`] that the
//! program hands in; without one, or where it fails, egui's is used. Tests thus never touch a person's
//! clipboard.

use std::sync::Arc;

use egui::{Context, Id, mutex::Mutex};

use super::source::{is_invisible, paragraphs};

/// What is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub plain: String,
    /// A fragment of HTML in UTF-8.
    pub html: String,
}

/// Takes a copy; false where it could not.
pub type Clipboard = Arc<dyn Fn(&Copied) -> bool + Send + Sync>;

fn id() -> Id {
    Id::unique("muqabala::paint::clipboard")
}

/// Lets everything that is copied in this context go to `clipboard` first.
pub fn set_clipboard(ctx: &Context, clipboard: Clipboard) {
    ctx.data_mut(|data| data.insert_temp(id(), clipboard));
}

/// Lets copies go to the system's clipboard with their rich twin. Under Wayland egui's plain copying
/// stays: only the focused window's own connection may copy there.
pub fn use_system_clipboard(ctx: &Context) {
    let wayland = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    if cfg!(target_os = "linux") && wayland {
        return;
    }
    // Opened at the first copy and kept: on X11 the owner answers whoever pastes.
    let open = Mutex::new(None::<arboard::Clipboard>);
    set_clipboard(
        ctx,
        Arc::new(move |copied| {
            let mut open = open.lock();
            if open.is_none() {
                *open = arboard::Clipboard::new().ok();
            }
            let taken = open
                .as_mut()
                .map(|system| system.set_html(&copied.html, Some(&copied.plain)));
            if let Some(Err(error)) = &taken {
                tracing::warn!("copying with its formatting: {error}");
            }
            matches!(taken, Some(Ok(())))
        }),
    );
}

/// Copies `text` with a rich twin that runs right to left or left to right.
pub fn copy(ctx: &Context, text: &str, rtl: bool) {
    let copied = Copied {
        plain: text.to_owned(),
        html: html(text, rtl),
    };
    copy_rich(ctx, copied);
}

/// Copies a text with a rich twin of the caller's own.
pub fn copy_rich(ctx: &Context, copied: Copied) {
    let clipboard = ctx.data(|data| data.get_temp::<Clipboard>(id()));
    if !clipboard.is_some_and(|take| take(&copied)) {
        ctx.copy_text(copied.plain);
    }
}

/// `text` as HTML: a paragraph for each line that isn't blank, or a span where there is only one.
fn html(text: &str, rtl: bool) -> String {
    let attributes = if rtl {
        "dir=\"rtl\" lang=\"ar\""
    } else {
        "dir=\"ltr\""
    };
    let parts: Vec<String> = paragraphs(text)
        .into_iter()
        .map(|part| &text[part])
        .filter(|part| !part.trim().is_empty())
        .map(escape_html)
        .collect();
    let body = match parts.as_slice() {
        [one] => format!("<span {attributes}>{one}</span>"),
        many => many
            .iter()
            .map(|part| format!("<p {attributes}>{part}</p>"))
            .collect(),
    };
    // Without it, some programs take the bytes for Latin-1.
    format!("<meta charset=\"utf-8\">{body}")
}

/// `text` as it has to stand between tags.
pub fn escape_html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{A0}' => safe.push_str("&nbsp;"),
            // Bidi marks do their work in HTML too; other controls have none.
            c if is_invisible(c) && (c < ' ' || ('\u{7F}'..='\u{9F}').contains(&c)) => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twin_keeps_direction_and_paragraphs() {
        assert_eq!(
            html("قال <أ> & «ب»", true),
            "<meta charset=\"utf-8\"><span dir=\"rtl\" lang=\"ar\">قال &lt;أ&gt; &amp; «ب»</span>"
        );
        let two = html("one\r\n\r\n \u{A0}\r\ntwo\u{0}", false);
        assert!(two.ends_with("<p dir=\"ltr\">one</p><p dir=\"ltr\">two</p>"));
    }

    #[test]
    fn a_clipboard_of_our_own_comes_first_and_may_refuse() {
        let ctx = Context::default();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&taken);
        set_clipboard(
            &ctx,
            Arc::new(move |copied: &Copied| {
                log.lock().push(copied.clone());
                copied.plain != "refused"
            }),
        );
        let copies = |text: &str| {
            copy(&ctx, text, true);
            ctx.output_mut(|output| std::mem::take(&mut output.commands))
                .len()
        };
        assert_eq!(copies("نص"), 0);
        assert_eq!(copies("refused"), 1);
        assert_eq!(taken.lock()[0].plain, "نص");
    }
}
