#!/usr/bin/env python3
"""Holds a report against a list of what a careful reader found.

    muqabala report FOLDER --json report.json
    python3 tests/check_expected.py report.json expected.json

`expected.json` lists articles (path, chars, outlet, published, page_furniture), passages (a, a_start, a_end,
b, b_start, b_end) and pairs under `no_passage`; offsets are characters, end exclusive. Each listed passage
and stretch of furniture has to be covered to at least 80 % (several of ours may cover one); outlets and
dates have to be as listed, null included; pairs without a passage have to stay without. Ends with status 1
where anything falls short.
"""
import json
import sys

LEAST = 0.8


def main(report_path, expected_path):
    report = json.load(open(report_path, encoding="utf-8"))
    expected = json.load(open(expected_path, encoding="utf-8"))
    wrong = 0

    def say(good, text):
        nonlocal wrong
        wrong += not good
        print(("     " if good else "WRONG"), text)

    ours = {article["path"]: article for article in report["articles"]}
    for article in expected["articles"]:
        own = ours.get(article["path"])
        if own is None:
            say(False, f"{article['path']}: not read")
            continue
        for key in ("chars", "outlet", "published"):
            same = fold(own[key]) == fold(article[key])
            say(same, f"{article['path']}: {key} {own[key]!r}" + ("" if same else f", expected {article[key]!r}"))
        for start, end in article["page_furniture"]:
            share = covered(start, end, own["page_furniture"])
            say(share >= LEAST, f"{article['path']}: furniture {start}..{end} covered to {share:.0%}")
    for passage in expected["passages"]:
        found = [p for p in report["passages"] if p["a"]["path"] == passage["a"] and p["b"]["path"] == passage["b"]]
        shares = []
        for side in "ab":
            spans = [(p[side]["start"], p[side]["end"]) for p in found]
            shares.append(covered(passage[side + "_start"], passage[side + "_end"], spans))
        kinds = "/".join(sorted({p["kind"] for p in found})) or "nothing"
        text = f"{passage['a'][:3]}–{passage['b'][:3]} {passage['kind']}: covered to {shares[0]:.0%} and {shares[1]:.0%} by {kinds}"
        say(min(shares) >= LEAST, text)
    for a, b in expected["no_passage"]:
        found = [p for p in report["passages"] if {p["a"]["path"], p["b"]["path"]} == {a, b}]
        say(not found, f"{a[:3]}–{b[:3]}: {len(found)} passages, expected none")
    print(f"{wrong} wrong")
    return wrong == 0


def fold(value):
    """Spellings of one outlet's name are not what is checked here."""
    if not isinstance(value, str):
        return value
    return value.translate(str.maketrans("أإآىة", "اااي" + "ه"))


def covered(start, end, spans):
    if end <= start:
        return 1.0
    inside = {i for low, high in spans for i in range(max(low, start), min(high, end))}
    return len(inside) / (end - start)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(0 if main(*sys.argv[1:]) else 1)
