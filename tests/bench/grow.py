"""Makes a large folder of articles out of a smaller one: the whole folder several times over, each copy
under other file names, some days later, with a few words of every text exchanged for others of it.

    python3 tests/bench/grow.py SOURCE TARGET [COPIES]

SOURCE holds `outlet/YYYY-MM-DD_id.txt`. The same input gives the same output.
"""

import datetime
import pathlib
import random
import re
import sys

CHANGED_WORDS = 4
DAYS_BETWEEN_COPIES = 3


def later(name: str, copy: int) -> str:
    dated = re.match(r"(\d{4}-\d\d-\d\d)(.*)", name)
    if not dated:
        return f"c{copy}-{name}"
    day = datetime.date.fromisoformat(dated[1]) + datetime.timedelta(days=copy * DAYS_BETWEEN_COPIES)
    return f"{day}{dated[2].removesuffix('.txt')}-c{copy}.txt"


def changed(text: str, seed: str) -> str:
    """Exchanges some words for others of the same text; line ends and spaces stay."""
    chance = random.Random(seed)
    parts = re.split(r"(\s+)", text)
    words = [i for i, part in enumerate(parts) if part and not part.isspace()]
    for _ in range(min(CHANGED_WORDS, len(words) // 10)):
        parts[chance.choice(words)] = parts[chance.choice(words)]
    return "".join(parts)


def main() -> None:
    source, target = map(pathlib.Path, sys.argv[1:3])
    copies = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    files = sorted(source.rglob("*.txt"))
    if not files:
        sys.exit(f"No .txt files below {source}. Name a folder of articles")
    for file in files:
        text = file.read_text(encoding="utf-8")
        folder = target / file.parent.relative_to(source)
        folder.mkdir(parents=True, exist_ok=True)
        for copy in range(copies):
            name = later(file.name, copy) if copy else file.name
            (folder / name).write_text(changed(text, f"{file.name} {copy}") if copy else text, encoding="utf-8")


if __name__ == "__main__":
    main()
