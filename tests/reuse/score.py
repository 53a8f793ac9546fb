"""Scores a report against a set with known answers (`plant.py` makes one), by plagdet.

    muqabala report SET/docs --json report.json
    python3 tests/reuse/score.py report.json SET/gold.jsonl PLAGDET [--by type] [--between A-PREFIX B-PREFIX] [--half 0|1]

PLAGDET is a scorer of Potthast et al. 2010 that takes GOLD and DETECTIONS as JSON lines with `a`, `a_start`,
`a_end`, `b`, `b_start`, `b_end`. Articles are told apart by their file names. `--between` scores only pairs
of an article whose name begins with the one and an article whose name begins with the other. `--half` scores
half of all pairs of articles, told apart by a hash of their names: look at what fails in half 0 only, and let
half 1 confirm what was learnt. Any other option goes to the scorer.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile


def main() -> None:
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    report, gold, scorer, *options = sys.argv[1:]
    between = None
    if "--between" in options:
        at = options.index("--between")
        between = options[at + 1 : at + 3]
        del options[at : at + 3]
    half = None
    if "--half" in options:
        at = options.index("--half")
        half = int(options[at + 1])
        del options[at : at + 2]
    cases = [json.loads(line) for line in open(gold, encoding="utf-8") if line.strip()]
    with_ending = any(case["a"].endswith(".txt") for case in cases)

    def name(path: str) -> str:
        return pathlib.Path(path).name if with_ending else pathlib.Path(path).stem

    def asked(one: str, other: str) -> bool:
        pair = "\t".join(sorted([one, other])).encode()
        return half is None or hashlib.sha256(pair).digest()[0] % 2 == half

    new = lambda: tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8")
    with new() as out, new() as wanted:
        for case in cases:
            if asked(case["a"], case["b"]):
                wanted.write(json.dumps(case, ensure_ascii=False) + "\n")
        wanted.flush()
        for passage in json.load(open(report, encoding="utf-8"))["passages"]:
            sides = [(name(passage[side]["path"]), passage[side]["start"], passage[side]["end"]) for side in "ab"]
            if between:
                sides.sort(key=lambda side: not side[0].startswith(between[0]))
                if not all(side[0].startswith(prefix) for side, prefix in zip(sides, between)):
                    continue
            a, b = sides
            if not asked(a[0], b[0]):
                continue
            keys = ["a", "a_start", "a_end", "b", "b_start", "b_end"]
            out.write(json.dumps(dict(zip(keys, a + b))) + "\n")
        out.flush()
        subprocess.run([sys.executable, scorer, wanted.name, out.name, *options], check=True)


if __name__ == "__main__":
    main()
