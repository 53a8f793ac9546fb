"""Scores a report against a set with known answers (`plant.py` makes one), by plagdet.

    muqabala report SET/docs --json report.json
    python3 tests/reuse/score.py report.json SET/gold.jsonl PLAGDET [--by type] [--between A-PREFIX B-PREFIX]

PLAGDET is a scorer of Potthast et al. 2010 that takes GOLD and DETECTIONS as JSON lines with `a`, `a_start`,
`a_end`, `b`, `b_start`, `b_end`. Articles are told apart by their file names. `--between` scores only pairs
of an article whose name begins with the one and an article whose name begins with the other; any other
option goes to the scorer.
"""

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
    cases = [json.loads(line) for line in open(gold, encoding="utf-8") if line.strip()]
    with_ending = any(case["a"].endswith(".txt") for case in cases)

    def name(path: str) -> str:
        return pathlib.Path(path).name if with_ending else pathlib.Path(path).stem

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for passage in json.load(open(report, encoding="utf-8"))["passages"]:
            sides = [(name(passage[side]["path"]), passage[side]["start"], passage[side]["end"]) for side in "ab"]
            if between:
                sides.sort(key=lambda side: not side[0].startswith(between[0]))
                if not all(side[0].startswith(prefix) for side, prefix in zip(sides, between)):
                    continue
            a, b = sides
            keys = ["a", "a_start", "a_end", "b", "b_start", "b_end"]
            out.write(json.dumps(dict(zip(keys, a + b))) + "\n")
        out.flush()
        subprocess.run([sys.executable, scorer, gold, out.name, *options], check=True)


if __name__ == "__main__":
    main()
