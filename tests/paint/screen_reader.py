#!/usr/bin/env python3
"""Reads the real window as a screen reader does, over AT-SPI, and checks what it is told.

    xvfb-run -a dbus-run-session -- python3 tests/paint/screen_reader.py target/debug/muqabala [FOLDER]

FOLDER is one whose strongest pair can be opened; the bundled sample by default. Needs Debian's
at-spi2-core, gir1.2-atspi-2.0, python3-pyatspi and xdotool.
"""
import os, signal, subprocess, sys, tempfile, time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "..", "..", "assets", "sample")


def announce():
    """Says that a screen reader is running; programs publish nothing before."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ["IsEnabled", "ScreenReaderEnabled"]:
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", value, None, 0, 5000, None)


announce()
import pyatspi  # noqa: E402


def nodes(node):
    if node is not None:
        yield node
        for at in range(node.childCount):
            yield from nodes(node[at])


def wait(what, look):
    deadline = time.time() + 20
    while time.time() < deadline:
        try:
            found = look()
            if found:
                return found
        except GLib.GError:
            pass  # the tree changed under us
        time.sleep(0.2)
    sys.exit(f"waited in vain: {what}")


checks = []


def check(what, ok, seen=""):
    checks.append(ok)
    print("ok  " if ok else "FAIL", what, seen if not ok else "")


def xdotool(*args):
    return subprocess.run(["xdotool", *args], check=True, capture_output=True, text=True, timeout=20).stdout


def walk():
    app = wait("the program", lambda: next((a for a in pyatspi.Registry.getDesktop(0) if a and a.name == "muqabala"), None))
    frame = wait("the window has its title", lambda: next((n for n in nodes(app) if n.getRole() == pyatspi.ROLE_FRAME and "Muqabala" in n.name), None))
    xdotool("windowfocus", "--sync", xdotool("search", "--name", "Muqabala").split()[0])
    check("the window has a name", " – Muqabala" in frame.name, frame.name)

    field = wait("the search box", lambda: next((n for n in nodes(app) if n.getRole() == pyatspi.ROLE_ENTRY), None))
    wait("the folder is searchable", lambda: field.getState().contains(pyatspi.STATE_SENSITIVE))
    xdotool("key", "ctrl+f")
    xdotool("type", "--delay", "120", "عام 2031 BBC")
    text = field.queryText()
    wait("what was typed is heard", lambda: text.getText(0, -1) == "عام 2031 BBC")
    check("the caret is behind what was typed", text.caretOffset == 12, text.caretOffset)
    xdotool("key", "shift+Home")
    wait("the selection is heard", lambda: text.getNSelections() == 1)
    check("the selection is the whole", text.getSelection(0)[:2] == (0, 12), text.getSelection(0))
    check("the caret is at its moving end", text.caretOffset == 0, text.caretOffset)
    xdotool("key", "BackSpace", "Escape")

    def documents():
        xdotool("key", "Return")
        time.sleep(0.5)
        return [n for n in nodes(app) if n.getRole() == pyatspi.ROLE_DOCUMENT_FRAME]
    wait("the lists are there", lambda: any("words" in n.name for n in nodes(app)))
    first, second = wait("a pair is open", lambda: len(documents()) == 2 and documents())
    check("the article at the right is read first", "at the right" in first.name and "at the left" in second.name)
    for document in (first, second):
        text = document.queryText()
        whole = text.getText(0, -1)
        check("an article is heard whole", len(whole) == text.characterCount > 200, len(whole))
        word, start, end = text.getStringAtOffset(2, pyatspi.TEXT_GRANULARITY_WORD)
        check("by words", whole[start:end] == word and " " not in word.strip(), word)
        line, start, end = text.getStringAtOffset(2, pyatspi.TEXT_GRANULARITY_LINE)
        check("by lines", start == 0 and whole[start:end] == line and len(line) > 3, line)
        x = [text.getCharacterExtents(at, pyatspi.DESKTOP_COORDS)[0] for at in range(4)]
        check("letters stand from right to left", x == sorted(x, reverse=True) and x[0] > x[3], x)
        height = text.getCharacterExtents(0, pyatspi.DESKTOP_COORDS)[3]
        check("and have a height", height > 10, height)
        document.queryComponent().grabFocus()
        wait("it takes the keyboard", lambda: document.getState().contains(pyatspi.STATE_FOCUSED))
        text.setCaretOffset(5)
        wait("the caret goes where it is put", lambda: text.caretOffset == 5)
        xdotool("key", "Left")
        wait("an arrow moves it onward", lambda: text.caretOffset == 6)
        xdotool("key", "shift+ctrl+Left")
        wait("words are selected", lambda: text.getNSelections() == 1 and text.getSelection(0)[0] == 6)
    names = [n.name for n in nodes(app) if n.getRole() == pyatspi.ROLE_PUSH_BUTTON]
    check("every button has a name", all(names), [n for n in names if not n])


def main():
    folder = sys.argv[2] if len(sys.argv) > 2 else SAMPLE
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{what}_HOME": os.path.join(home, what) for what in ["CONFIG", "CACHE", "DATA"]}
        env = {**os.environ, **places, "LIBGL_ALWAYS_SOFTWARE": "1"}
        env.pop("WAYLAND_DISPLAY", None)
        program = subprocess.Popen([sys.argv[1], folder], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        signal.signal(signal.SIGALRM, lambda *_: (program.kill(), os._exit(2)))
        signal.alarm(150)
        try:
            walk()
        finally:
            program.kill()
    print(f"{sum(checks)} of {len(checks)} checks hold")
    sys.exit(not all(checks))


if __name__ == "__main__":
    main()
