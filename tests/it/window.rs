//! The real window on a virtual screen (Xvfb), with mouse and keyboard from outside (xdotool), judged by
//! its title and by what its pixels show. Few, because each starts the program; what can be tested
//! without a screen is in `person`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Fill of copied words in the light appearance, as the theme has it.
const COPIED: [u8; 3] = [0xFF, 0xEF, 0xC2];

/// What panels stand on in the light appearance.
const CHROME: [u8; 3] = [0xF4, 0xF2, 0xED];

/// A screen with the program on it.
struct Screen {
    display: String,
    server: Child,
    program: Option<Child>,
    home: tempfile::TempDir,
}

impl Screen {
    fn new() -> Self {
        // The server chooses a free number and says it once it answers. Without -noreset it would start
        // over, deaf for a moment, whenever its last client leaves.
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts: .ci/setup installs it");
        let mut number = String::new();
        BufReader::new(server.stdout.as_mut().unwrap())
            .read_line(&mut number)
            .unwrap();
        assert!(!number.trim().is_empty(), "Xvfb found no free display");
        Self {
            display: format!(":{}", number.trim()),
            server,
            program: None,
            home: tempfile::tempdir().unwrap(),
        }
    }

    fn start(&mut self, arguments: &[&str], path: &Path) {
        let program = Command::new(env!("CARGO_BIN_EXE_muqabala"))
            .args(arguments)
            .env("DISPLAY", &self.display)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("XDG_CACHE_HOME", self.home.path().join("cache"))
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("PATH", path)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .spawn()
            .unwrap();
        self.program = Some(program);
        self.wait("the window is there", |screen| {
            screen
                .title()
                .is_some_and(|title| title.contains("Muqabala"))
        });
        self.wait("the first frame is painted", |screen| {
            screen.count(CHROME).iter().sum::<usize>() > 10_000
        });
        // Without a window manager nobody else gives it the keyboard.
        let id = self
            .run("xdotool", &["search", "--name", "Muqabala"])
            .unwrap();
        let id = id.lines().next().unwrap().to_owned();
        self.run("xdotool", &["windowfocus", "--sync", &id]);
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Option<String> {
        // Without a locale xdotool takes nothing but ASCII.
        let output = Command::new(program)
            .args(arguments)
            .env("DISPLAY", &self.display)
            .env("LC_ALL", "C.UTF-8")
            .output();
        let output =
            output.unwrap_or_else(|error| panic!("{program}: {error}; .ci/setup installs it"));
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn title(&self) -> Option<String> {
        let id = self.run("xdotool", &["search", "--name", "Muqabala"])?;
        self.run("xdotool", &["getwindowname", id.lines().next()?])
    }

    fn key(&self, key: &str) {
        self.run("xdotool", &["key", key]).unwrap();
    }

    fn click(&self, x: u32, y: u32) {
        let (x, y) = (x.to_string(), y.to_string());
        self.run("xdotool", &["mousemove", &x, &y]).unwrap();
        self.run("xdotool", &["click", "1"]).unwrap();
    }

    /// What is on the clipboard, in a format; nothing where it isn't there in that format.
    fn clipboard(&self, format: &str) -> Option<String> {
        self.run("xclip", &["-selection", "clipboard", "-o", "-t", format])
    }

    fn put_on_clipboard(&self, text: &str) {
        let file = self.home.path().join("clipboard.txt");
        std::fs::write(&file, text).unwrap();
        // It stays behind to answer whoever pastes: nothing of ours may wait for it.
        let status = Command::new("xclip")
            .args(["-selection", "clipboard", "-i", file.to_str().unwrap()])
            .env("DISPLAY", &self.display)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.expect(".ci/setup installs xclip").success());
    }

    /// Copies with the keyboard until the clipboard holds what is wanted.
    fn wait_for_copy(&self, what: &str, wanted: &str) {
        self.wait(what, |screen| {
            screen.key("ctrl+a");
            screen.key("ctrl+c");
            std::thread::sleep(Duration::from_millis(200));
            screen.clipboard("UTF8_STRING").as_deref() == Some(wanted)
        });
    }

    /// The screen's pixels, three bytes each, 1280 to a row.
    fn pixels(&self) -> Vec<u8> {
        let output = Command::new("import")
            .args(["-window", "root", "-depth", "8", "rgb:-"])
            .env("DISPLAY", &self.display)
            .output()
            .expect("ImageMagick is there: .ci/setup installs it");
        output.stdout
    }

    /// How many pixels are of a colour, in the left and the right half.
    fn count(&self, color: [u8; 3]) -> [usize; 2] {
        let mut halves = [0, 0];
        for (at, pixel) in self.pixels().chunks_exact(3).enumerate() {
            if pixel == color {
                halves[usize::from(at % 1280 >= 640)] += 1;
            }
        }
        halves
    }

    fn wait(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !is_so(self) {
            assert!(Instant::now() < deadline, "waited in vain: {what}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        for child in self.program.iter_mut().chain([&mut self.server]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn path() -> PathBuf {
    std::env::var_os("PATH").unwrap().into()
}

/// A PATH that holds nothing but a `zenity` that answers with `folder`; without one, nothing at all.
fn path_with_zenity(folder: &Path, answer: Option<&Path>) -> PathBuf {
    let bin = folder.join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    if let Some(answer) = answer {
        use std::os::unix::fs::PermissionsExt as _;
        // A person takes a moment to choose.
        let script = format!("#!/bin/sh\n/bin/sleep 1\necho '{}'\n", answer.display());
        let zenity = bin.join("zenity");
        std::fs::write(&zenity, script).unwrap();
        std::fs::set_permissions(&zenity, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    bin
}

#[test]
fn a_folder_given_as_argument_is_opened_compared_and_read_by_keyboard() {
    let mut screen = Screen::new();
    screen.start(&[super::sample().to_str().unwrap()], &path());
    screen.wait("the title names the folder", |screen| {
        screen
            .title()
            .is_some_and(|title| title.starts_with("sample"))
    });
    screen.wait("a pair opens side by side", |screen| {
        screen.key("Return");
        std::thread::sleep(Duration::from_millis(300));
        let [left, right] = screen.count(COPIED);
        left > 5000 && right > 5000
    });
    screen.key("Escape");
    screen.wait("the list is back", |screen| screen.count(COPIED) == [0, 0]);
}

#[test]
fn the_system_dialog_opens_a_folder() {
    let mut screen = Screen::new();
    let path = path_with_zenity(screen.home.path(), Some(&super::sample()));
    screen.start(&[], &path);
    screen.key("ctrl+o");
    screen.wait("the chosen folder opens", |screen| {
        screen
            .title()
            .is_some_and(|title| title.starts_with("sample"))
    });
}

#[test]
fn without_a_dialog_a_path_can_be_typed() {
    let mut screen = Screen::new();
    let path = path_with_zenity(screen.home.path(), None);
    screen.start(&[], &path);
    let before = screen.pixels();
    screen.key("ctrl+o");
    screen.wait("the program asks for a path", |screen| {
        screen.pixels() != before
    });
    std::thread::sleep(Duration::from_millis(500));
    screen.run(
        "xdotool",
        &["type", "--delay", "5", super::sample().to_str().unwrap()],
    );
    screen.key("Return");
    screen.wait("the typed folder opens", |screen| {
        screen
            .title()
            .is_some_and(|title| title.starts_with("sample"))
    });
}

#[test]
fn arabic_is_typed_pasted_and_copied_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let article = "\u{200F}مرسى النهر-ضفاف: وُلِدَ «المرفأ» عام 2031\r\n\r\nقالت BBC إن عبد\u{200C}الرحمن (62 عاماً) \
                   دفع 12.5% من\u{A0}الثمن…\r\n\tسلام، كلام، الإسلام؛ ملأى ـــ 3/6/2031.\r\n";
    std::fs::write(folder.path().join("نهر 1.txt"), article).unwrap();
    let mut screen = Screen::new();
    screen.start(&[folder.path().to_str().unwrap()], &path());

    // Into the search box by the keyboard. xdotool changes the keyboard's map for each Arabic letter, and
    // one that comes before the map did is lost on the way to any program: typed anew then.
    let typed = "عام 2031، قناة BBC (نهر) لا";
    screen.wait("the box takes what is typed", |screen| {
        screen.key("ctrl+f");
        screen.key("ctrl+a");
        screen.key("BackSpace");
        screen
            .run("xdotool", &["type", "--delay", "150", typed])
            .unwrap();
        screen.key("ctrl+a");
        screen.key("ctrl+c");
        std::thread::sleep(Duration::from_millis(300));
        screen.clipboard("UTF8_STRING").as_deref() == Some(typed)
    });
    // And by pasting: marks, joiners and bidi controls are kept.
    let pasted = "قُلْ \u{200F}«عبد\u{200C}الرحمن» \u{2067}12%\u{2069} OK";
    screen.put_on_clipboard(pasted);
    screen.key("ctrl+a");
    screen.key("ctrl+v");
    screen.wait_for_copy("what was pasted comes back", pasted);

    // The article, whole, as it stands in the file; with a twin that keeps its direction.
    screen.key("Escape");
    screen.key("Escape");
    std::thread::sleep(Duration::from_millis(500));
    screen.click(1150, 700);
    screen.wait_for_copy("the article comes as it is in its file", article);
    let rich = screen.clipboard("text/html").unwrap();
    assert!(
        rich.contains("dir=\"rtl\"") && rich.contains("عبد\u{200C}الرحمن (62 عاماً)"),
        "{rich}"
    );
    // From the end of the text, a word at a time, by the keyboard.
    screen.key("ctrl+End");
    screen.key("ctrl+shift+Right");
    screen.key("ctrl+c");
    screen.wait("the last word and what follows it", |screen| {
        let last = screen.clipboard("UTF8_STRING").unwrap_or_default();
        !last.is_empty() && article.ends_with(&last) && last.chars().count() < 12
    });
}
