//! The system's folder dialog, and how to tell that there is none.
//!
//! On Linux rfd asks the desktop portal and falls back to `zenity`; with neither it answers like a
//! cancelled dialog. Two things tell them apart: whether either can be there at all, and that no person
//! cancels a dialog within a moment of asking for it.

use std::path::Path;
use std::time::{Duration, Instant};

use super::jobs::{Event, Picked, Reporter, spawn};

/// Faster than this nobody has seen a dialog, let alone cancelled it.
const TOO_FAST_FOR_A_PERSON: Duration = Duration::from_millis(250);

/// Shows the dialog; [`Event::Picked`] brings the answer.
pub fn pick_folder(frame: &eframe::Frame, start: Option<&Path>, reporter: Reporter) {
    if !may_have_dialog() {
        reporter.send(Event::Picked(Picked::NoDialog));
        return;
    }
    let mut dialog = rfd::AsyncFileDialog::new()
        .set_title("Open a folder of articles")
        .set_parent(frame);
    if let Some(start) = start.filter(|path| path.is_dir()) {
        dialog = dialog.set_directory(start);
    }
    // Made on this thread, as some systems demand; waited for on another.
    let answer = dialog.pick_folder();
    spawn("dialog", move || {
        let asked = Instant::now();
        let picked = match pollster::block_on(answer) {
            Some(folder) => Picked::Folder(folder.path().to_owned()),
            None if asked.elapsed() < TOO_FAST_FOR_A_PERSON => Picked::NoDialog,
            None => Picked::Cancelled,
        };
        reporter.send(Event::Picked(picked));
    });
}

#[cfg(any(target_os = "linux", target_os = "freebsd"))]
fn may_have_dialog() -> bool {
    let session_bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || std::env::var_os("XDG_RUNTIME_DIR")
            .is_some_and(|dir| Path::new(&dir).join("bus").exists());
    session_bus
        || on_path(
            "zenity",
            std::env::var_os("PATH").unwrap_or_default().as_os_str(),
        )
}

#[cfg(not(any(target_os = "linux", target_os = "freebsd")))]
fn may_have_dialog() -> bool {
    true
}

#[cfg(any(target_os = "linux", target_os = "freebsd"))]
fn on_path(program: &str, path: &std::ffi::OsStr) -> bool {
    std::env::split_paths(path).any(|folder| folder.join(program).is_file())
}

#[cfg(all(test, any(target_os = "linux", target_os = "freebsd")))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_on_the_path_only() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("zenity"), "").unwrap();
        assert!(on_path("zenity", folder.path().as_os_str()));
        assert!(!on_path("kdialog", folder.path().as_os_str()));
        assert!(!on_path("zenity", std::ffi::OsStr::new("")));
    }
}
