"""Holds what is read out of messy files against their true texts.

    python3 tests/check_messy.py target/debug/muqabala FOLDER

FOLDER holds `NAME.utf8.txt`, the truth, and the same article as `NAME.ANYTHING`. For every file: the share of
the truth's words that are found in order, and the share of the found words that don't belong, page
furniture left out. Exit status 1 where a file is below 99 % or above 2 %.
"""

import difflib
import json
import re
import subprocess
import sys
from pathlib import Path


def words(text):
    text = re.sub("[\u0640\u064b-\u0652\u0670\0\u200b-\u200f\u202a-\u202e\ufeff\u00ad]", "", text)
    return re.findall(r"\w+", text)


def main(program, folder):
    folder = Path(folder)
    out = subprocess.run(
        [program, "report", str(folder), "--json", "-", "--no-cache"], capture_output=True, check=True
    )
    report = json.loads(out.stdout)
    bad = 0
    seen = set()
    for article in report["articles"]:
        path = article["path"]
        seen.add(path)
        truth = folder / (path.split(".")[0] + ".utf8.txt")
        if not truth.exists():
            continue
        want = words(truth.read_text("utf-8"))
        text = article.get("text")
        if text is None:
            raw = (folder / path).read_bytes()
            text = None
            named = ["iso8859-6"] if "8859-6" in path else []
            for encoding in (*named, "utf-8-sig", "utf-16", "utf-16-le", "cp1256"):
                try:
                    text = raw.decode(encoding)
                except UnicodeError:
                    continue
                if len(text) == article["chars"]:
                    break
            if text is None or len(text) != article["chars"]:
                # Cut in the middle of a character.
                text = raw.decode("utf-8", "ignore")
        if "truncated" in path:
            have_chars = len("".join(words(text)))
            total, n = 0, 0
            while n < len(want) and total < have_chars:
                total += len(want[n])
                n += 1
            want = want[: max(n - 1, 0)]
        for start, end in reversed(article["page_furniture"]):
            text = text[:start] + "\n" + text[end:]
        got = words(text)
        match = difflib.SequenceMatcher(None, want, got, autojunk=False)
        same = sum(block.size for block in match.get_matching_blocks())
        found = same / max(len(want), 1)
        foreign = (len(got) - same) / max(len(got), 1)
        mark = "" if found >= 0.99 and foreign <= 0.02 else "  <--"
        bad += bool(mark)
        print(f"{found:7.2%} found {foreign:7.2%} foreign  {path}{mark}")
    for path in sorted(p.name for p in folder.iterdir()):
        if path not in seen:
            bad += 1
            reason = [s["reason"] for s in report["skipped"] if s["path"] == path]
            print(f"   not read  {path}: {reason}")
    print(f"{len(seen)} read, {bad} below the mark")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
