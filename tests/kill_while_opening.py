"""Kills the program at random instants of opening and keeping, and looks whether anything is lost.

    python3 tests/kill_while_opening.py PROGRAM FOLDER [TIMES]

FOLDER is copied, so that nothing happens to it. Each time a few files of the copy change, the report is
started and killed (-9) after a random while; then it is run again, and must say byte for byte what it says
without anything kept. Corrections that were saved before must be there after. Exit status 1 otherwise.
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


def main(program, source, times=20):
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as scratch:
        home, folder = Path(scratch) / "home", Path(scratch) / "folder"
        home.mkdir()
        shutil.copytree(source, folder)
        env = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")} | {"HOME": str(home)}
        config = home / ".config/muqabala"
        config.mkdir(parents=True)
        corrections = [{"content": "0" * 31 + "1", "outlet": "مرصد"}]
        (config / "corrections.json").write_text(json.dumps(corrections, ensure_ascii=False))

        def run(*more):
            command = [program, "report", str(folder), "--json", "-", *more]
            return subprocess.run(command, env=env, capture_output=True, check=True).stdout

        start = time.monotonic()
        run("--no-cache")
        whole = time.monotonic() - start
        files = sorted(folder.rglob("*.txt"))
        bad = 0
        for i in range(int(times)):
            for file in chance.sample(files, 5):
                with file.open("a") as out:
                    out.write(f"\nسطر جديد رقم {i}\n")
            command = [program, "report", str(folder), "--json", "/dev/null"]
            running = subprocess.Popen(command, env=env)
            after = chance.uniform(0.02, whole * 1.1)
            try:
                running.wait(after)
                how = "ended"
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGKILL)
                running.wait()
                how = "killed"
            same = run() == run("--no-cache")
            kept = json.loads((config / "corrections.json").read_text()) == corrections
            bad += not (same and kept)
            print(f"{i + 1:3} {how} after {after:5.2f} s: {'same' if same else 'DIFFERENT'}, "
                  f"corrections {'kept' if kept else 'LOST'}", flush=True)
        print(f"{bad} of {times} bad")
        return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
