"""Kills the window at random instants of opening a folder and of keeping corrections, and looks what is lost.

    python3 tests/kill_window.py PROGRAM [TIMES] [DISPLAY]

Needs Xvfb and xdotool. A folder of made-up articles is opened in the real window on a screen of its own. Each time
a few files change and the window is killed (-9) while it opens the folder; then it is opened again, an article is
corrected by keyboard, and the window is killed within a moment of the Enter that asks for it. After each kill the
corrections must be whole, every correction that was there before must still be there, and the folder must read by
way of the cache byte for byte as it reads with an empty cache. Exit status 1 otherwise.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = "سفينة ميناء حارس منارة قارب شاطئ موج ريح مرفأ سوق جسر طريق مدرسة حديقة عامل مهندس كتاب باب نافذة مطر".split()


def article(chance, i):
    line = lambda: " ".join(chance.choice(WORDS) + str(chance.randrange(1000)) for _ in range(14)) + "."
    return f"عنوان المقال رقم {i}\n" + "\n".join(line() for _ in range(12)) + "\n"


class Killing:
    def __init__(self, program, scratch, display):
        self.program = str(Path(program).resolve())
        self.home, self.folder = Path(scratch) / "home", Path(scratch) / "folder"
        self.home.mkdir()
        self.folder.mkdir()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
        self.env = kept | {"HOME": str(self.home), "DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.corrections = self.home / ".config/muqabala/corrections.json"

    def report(self, home=None):
        env = self.env | ({"HOME": str(home)} if home else {})
        command = [self.program, "report", str(self.folder), "--json", "-"]
        return subprocess.run(command, env=env, capture_output=True, check=True).stdout

    def read(self):
        return json.loads(self.corrections.read_text()) if self.corrections.exists() else []

    def is_whole(self, before):
        """None, or what is wrong."""
        try:
            now = self.read()
        except ValueError:
            return "the corrections are corrupt"
        contents = {entry["content"] for entry in now}
        if not all(entry["content"] in contents for entry in before):
            return "a correction is lost"
        with tempfile.TemporaryDirectory() as fresh:
            shutil.copytree(self.home / ".config", Path(fresh) / ".config")
            if self.report() != self.report(fresh):
                return "the cache tells something else"
        return None

    def start(self):
        return subprocess.Popen([self.program, str(self.folder)], env=self.env, stderr=subprocess.DEVNULL)

    def type(self, *keys):
        subprocess.run(["xdotool", *keys], env=self.env, check=True, capture_output=True)

    def wait_for_window(self, running):
        for _ in range(300):
            found = subprocess.run(["xdotool", "search", "--pid", str(running.pid)], env=self.env, capture_output=True)
            if found.stdout.strip():
                # No window manager gives it the keyboard; it can't be had before the window is shown.
                focus = ["xdotool", "windowfocus", found.stdout.split()[-1].decode()]
                if subprocess.run(focus, env=self.env, capture_output=True).returncode == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError("no window")


def main(program, times="20", display=":65"):
    chance = random.Random(11)
    screen = subprocess.Popen(["Xvfb", display, "-screen", "0", "1280x800x24", "-noreset"], stderr=subprocess.DEVNULL)
    time.sleep(1)
    bad = corrected = 0
    try:
        with tempfile.TemporaryDirectory() as scratch:
            it = Killing(program, scratch, display)
            for i in range(400):
                (it.folder / f"{i:03}.txt").write_text(article(chance, i))
            (it.home / ".config").mkdir()
            for i in range(int(times)):
                before = it.read()
                for n in chance.sample(range(400), 5):
                    (it.folder / f"{n:03}.txt").write_text(article(chance, n))
                running = it.start()
                after = chance.uniform(0.05, 3.0)
                time.sleep(after)
                running.send_signal(signal.SIGKILL)
                running.wait()
                wrong = it.is_whole(before)
                bad += wrong is not None
                print(f"{i + 1:3} opening, killed after {after * 1000:5.0f} ms: {wrong or 'whole'}", flush=True)

                running = it.start()
                it.wait_for_window(running)
                time.sleep(4)
                # A row that has not been corrected yet.
                it.type("key", "--delay", "60", *["Down"] * (i + 1))
                it.type("key", "F2")
                time.sleep(0.7)
                it.type("type", "--delay", "60", f"outlet-{i}")
                it.type("key", "Return")
                after = chance.choice([chance.uniform(0, 0.05), chance.uniform(0, 0.6)])
                time.sleep(after)
                running.send_signal(signal.SIGKILL)
                running.wait()
                wrong = it.is_whole(before)
                bad += wrong is not None
                more = len(it.read()) > len(before)
                corrected += more
                print(f"{i + 1:3} correcting, killed {after * 1000:4.0f} ms after Enter: {wrong or 'whole'}, "
                      f"{'kept' if more else 'not yet kept'}", flush=True)
        print(f"{bad} of {2 * int(times)} bad, {corrected} corrections kept before the kill")
    finally:
        screen.terminate()
    # A run in which nothing was ever kept has tried nothing.
    return 1 if bad or not corrected else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
