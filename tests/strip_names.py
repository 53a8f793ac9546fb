"""Copies articles of a corpus without what their names tell, to see what their own text says.

    python3 tests/strip_names.py CORPUS TARGET [COUNT]

CORPUS holds `OUTLET/DATE_ID.txt`; TARGET gets COUNT (200) of them, evenly spread, as `NUMBER.txt`, and beside
it `TARGET.truth.json` with the outlet and date of each. With `--judge PROGRAM TARGET` the report of TARGET is
held against that: right, wrong and unknown, every wrong one listed to be read by hand.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path


def strip(corpus, target, count=200):
    corpus, target = Path(corpus), Path(target)
    files = sorted(corpus.glob("*/*.txt"))
    picked = files[:: max(1, len(files) // int(count))][: int(count)]
    target.mkdir(parents=True)
    truth = {}
    for i, file in enumerate(picked):
        name = f"{i:03}.txt"
        shutil.copy(file, target / name)
        truth[name] = {"outlet": file.parent.name, "published": file.name[:10], "from": str(file)}
    Path(f"{target}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1))


def judge(program, target):
    truth = json.loads(Path(f"{target}.truth.json").read_text())
    out = subprocess.run([program, "report", target, "--json", "-", "--no-cache"], capture_output=True, check=True)
    report = json.loads(out.stdout)
    dates = {"right": 0, "wrong": 0, "unknown": 0}
    outlets = {}
    for article in report["articles"]:
        want = truth[article["path"]]
        day = article["published"]
        verdict = "unknown" if day is None else "right" if day == want["published"] else "wrong"
        dates[verdict] += 1
        if verdict == "wrong":
            print("date", article["path"], want["published"], day, repr(article["published_evidence"]))
        outlets.setdefault((want["outlet"], article["outlet"]), []).append(article)
    print("dates", dates)
    for (want, got), articles in sorted(outlets.items(), key=str):
        first = articles[0]
        print(f"outlet {want:14} -> {got} x{len(articles)}  {first['path']} {first['outlet_evidence']!r:.90}")


if __name__ == "__main__":
    if sys.argv[1] == "--judge":
        judge(*sys.argv[2:])
    else:
        strip(*sys.argv[1:])
