"""Makes a set with known answers out of any folder of articles: passages of some articles are put into
others, changed in many ways, and what was put where is written down.

    python3 tests/reuse/plant.py SOURCE TARGET [--articles 2000] [--seed 1] [--runs WORDS]

SOURCE holds UTF-8 `.txt` files, in folders or not. TARGET gets `docs/*.txt` and `gold.jsonl`: one planted
passage a line, `a` and `b` with `a_start`, `a_end`, `b_start`, `b_end` in characters, `type` the way in
which it was changed. Articles that share text to begin with are left out, so what else is found is false.
Copies of one passage are siblings of one another and listed as such. The same input gives the same output.

With `--runs` every other article gets so many words in a row of another one, as they are, and articles are taken
as they come: how many of such runs are found, among formulas and all that real folders are full of? What else is
found there may well be true, so only recall says anything.
"""

import argparse
import itertools
import json
import pathlib
import random
import re
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"[^.!؟\n]*[.!؟\n]+\s*|[^.!؟\n]+$")

# Words of one meaning in news, each list one meaning.
SYNONYMS = [
    line.split()
    for line in """قال ذكر صرح أوضح
أكد شدد
أعلن كشف
أضاف تابع
أشار لفت نوه
بدأ شرع انطلق
انتهى اختتم
شهد عرف
طالب دعا ناشد
حول بشأن بخصوص
خلال أثناء
بسبب نتيجة جراء
كبير ضخم هائل
كبيرة ضخمة هائلة
جديد حديث
جديدة حديثة
مهم بارز
مهمة بارزة
عدد مجموعة
الناس الأهالي السكان
الحرب القتال المعارك
المباراة اللقاء المواجهة
الفريق المنتخب
البلاد الدولة
العام السنة
الماضي المنصرم الفائت
المقبل القادم
الحالي الراهن
الحالية الراهنة
أيضا كذلك
لكن غير
جميع كافة كل
منذ مذ
حاليا الآن
سريع عاجل
اجتماع لقاء
اتفاق تفاهم
مشروع خطة
تحقيق إنجاز
زيادة ارتفاع نمو
انخفاض تراجع هبوط
المنزل البيت الدار
الطريق الشارع
المال النقود
نجاح توفيق
مساعدة عون
رئيسي أساسي
رئيسية أساسية
ضد بوجه
أمس البارحة
وقال وذكر وصرح وأوضح
وأكد وشدد
وأضاف وتابع
وأشار ولفت
وأعلن وكشف""".splitlines()
]
MEANING = {word: group for group in SYNONYMS for word in group}
# Clauses that a hand puts in, of no event in particular.
PUT_IN = """وفق ما نقله متابعون للشأن المحلي
في خطوة لم تكن متوقعة من قبل كثيرين
كما جرت العادة في مناسبات مشابهة
من دون الخوض في مزيد من التفاصيل
بعد ساعات طويلة من الانتظار والترقب
على حد وصف أحد الحاضرين هناك
وسط اهتمام واسع من أبناء المنطقة
وهو أمر أثار تساؤلات عديدة لدى القراء""".splitlines()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("source", type=pathlib.Path)
    asked.add_argument("target", type=pathlib.Path)
    asked.add_argument("--articles", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--runs", type=int)
    given = asked.parse_args()
    chance = random.Random(given.seed)
    texts = (any_texts if given.runs else unlike_texts)(given.source, given.articles, chance)
    if len(texts) < 8:
        raise SystemExit(f"Fewer than 8 articles below {given.source} share no text. Name a larger folder")
    docs, gold = runs_planted(texts, given.runs, chance) if given.runs else planted(texts, chance)
    (given.target / "docs").mkdir(parents=True, exist_ok=True)
    for name, text in docs.items():
        (given.target / "docs" / f"{name}.txt").write_text(text, encoding="utf-8")
    with open(given.target / "gold.jsonl", "w", encoding="utf-8") as out:
        for case in gold:
            out.write(json.dumps(case, ensure_ascii=False) + "\n")
    print(f"{len(docs)} articles, {len(gold)} passages")


def shuffled_texts(source: pathlib.Path, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Texts of 120 to 3,000 words, each with its words."""
    files = sorted(source.rglob("*.txt"))
    chance.shuffle(files)
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace").lstrip("\ufeff")
        words = WORD.findall(plain(text))
        if 120 <= len(words) <= 3000:
            yield text, words


def any_texts(source: pathlib.Path, wanted: int, chance: random.Random) -> list[str]:
    return [text for text, _ in itertools.islice(shuffled_texts(source, chance), wanted)]


def unlike_texts(source: pathlib.Path, wanted: int, chance: random.Random) -> list[str]:
    """Those of which no two share more than two runs of five words."""
    seen: set[int] = set()
    texts = []
    for text, words in shuffled_texts(source, chance):
        grams = {hash(tuple(words[i : i + 5])) for i in range(len(words) - 4)}
        if len(grams & seen) > 2:
            continue
        seen |= grams
        texts.append(text)
        if len(texts) == wanted:
            break
    return texts


def plain(text: str) -> str:
    text = re.sub("[\u064b-\u0652\u0640]", "", text)
    return text.translate(str.maketrans("أإآىة", "ااايه"))


def runs_planted(texts: list[str], length: int, chance: random.Random) -> tuple[dict[str, str], list[dict]]:
    """Each text of the second half takes a run of words from one of the first."""
    docs = {f"t{i:05}": text for i, text in enumerate(texts)}
    names = list(docs)
    half = len(names) // 2
    gold = []
    for source, target in zip(names[:half], names[half : 2 * half]):
        words = list(WORD.finditer(docs[source]))
        at = chance.randrange(len(words) - length)
        start, end = words[at].start(), words[at + length - 1].end()
        changed = docs[source][start:end]
        docs[target] = put_in(docs[target], target, [(changed, source, start, end, "run")], gold, chance)
    return docs, gold_of(docs, gold)


def planted(texts: list[str], chance: random.Random) -> tuple[dict[str, str], list[dict]]:
    """A third of the texts give, a third take, a third do neither."""
    names = [f"t{i:05}" for i in range(len(texts))]
    docs = dict(zip(names, texts))
    third = len(names) // 3
    sources, targets = names[:third], names[third : 2 * third]
    puts: dict[str, list] = {name: [] for name in targets}
    kinds = itertools.cycle(KINDS)
    gold_sides = []
    free = list(targets)
    for source in sources:
        text = docs[source]
        span = stretch(text, chance)
        if span is None:
            continue
        copies = chance.choice([1, 1, 1, 1, 2, 2, 3, 5])
        # A target may take from up to three sources.
        for target in chance.sample(free, min(copies, len(free))):
            kind = next(kinds)
            for start, end in CUTS.get(kind, lambda s, c: [s])(span, chance):
                changed = KINDS[kind](text[start:end], chance).strip()
                puts[target].append((changed, source, start, end, kind))
            if len(puts[target]) >= 3:
                free.remove(target)
    for target, wanted in puts.items():
        docs[target] = put_in(docs[target], target, wanted, gold_sides, chance)
    return docs, gold_of(docs, gold_sides)


def stretch(text: str, chance: random.Random) -> tuple[int, int] | None:
    """A run of whole sentences, or now and then of words, of 12 to 200 words."""
    if chance.random() < 0.2:
        words = list(WORD.finditer(text))
        length = chance.randint(12, 40)
        at = chance.randrange(max(1, len(words) - length))
        picked = words[at : at + length]
        return picked[0].start(), picked[-1].end()
    sentences = [m for m in SENTENCE.finditer(text) if WORD.search(m.group())]
    wanted = chance.choice([1, 1, 2, 3, 4, 6])
    for _ in range(20):
        at = chance.randrange(len(sentences))
        picked = sentences[at : at + wanted]
        start, end = picked[0].start(), picked[-1].end()
        piece = text[start:end]
        if 12 <= len(WORD.findall(piece)) <= 200:
            return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    return None


def put_in(text: str, target: str, wanted: list, gold: list, chance: random.Random) -> str:
    """Puts passages between sentences of `text`, and notes where they came to stand."""
    ends = [m.end() for m in SENTENCE.finditer(text)]
    places = sorted(chance.sample(range(len(ends)), min(len(wanted), len(ends))))
    out, sides, last = "", [], 0
    for i, (changed, source, start, end, kind) in enumerate(wanted):
        at = ends[places[min(i, len(places) - 1)]]
        out += text[last:at]
        if out and not out[-1].isspace():
            out += " "
        sides.append((target, len(out), len(out) + len(changed), source, start, end, kind))
        out += changed + chance.choice([" ", "\n"])
        last = at
    gold += sides
    return out + text[last:]


def gold_of(docs: dict[str, str], sides: list) -> list[dict]:
    gold = []
    by_source: dict[str, list] = {}
    for side in sides:
        target, start, end, source, from_, to, kind = side
        gold.append(case(kind, (source, from_, to), (target, start, end)))
        by_source.setdefault(source, []).append(side)
    # Two copies of one stretch share it too, in so far as each kept it: not asked for, but not false.
    for copies in by_source.values():
        for one, other in itertools.combinations(copies, 2):
            if one[0] != other[0] and min(one[5], other[5]) > max(one[4], other[4]):
                both = case("sibling", one[:3], other[:3])
                gold.append(both | {"optional": one[6] + other[6] not in SURE})
    return gold


def case(kind: str, a: tuple, b: tuple) -> dict:
    a, b = sorted([a, b])
    keys = ["a", "a_start", "a_end", "b", "b_start", "b_end"]
    return {"type": kind, **dict(zip(keys, a + b))}


# The ways of changing a passage.


def words_changed(text: str, change) -> str:
    parts = re.split(r"(\s+)", text)
    return "".join(change(part) if part.strip() else part for part in parts)


def light(text: str, chance: random.Random) -> str:
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    spelled = str.maketrans("أإآىة", "ااايه")

    def change(word: str) -> str:
        if chance.random() < 0.4:
            word = word.translate(spelled)
        if chance.random() < 0.1 and len(word) > 3:
            word = word[:2] + "\u0640" * 2 + word[2:]
        if chance.random() < 0.1 and len(word) > 3:
            word = word[:1] + "\u064e" + word[1:]
        return word.translate(digits).replace("«", '"').replace("»", '"')

    return words_changed(text, change)


def synonyms(text: str, chance: random.Random) -> str:
    def change(word: str) -> str:
        bare = word.strip("،.؛:")
        if bare in MEANING and chance.random() < 0.8:
            return word.replace(bare, chance.choice(MEANING[bare]))
        return word

    return words_changed(text, change)


def dropped(text: str, chance: random.Random, rate: float = 0.12) -> str:
    return words_changed(text, lambda word: "" if chance.random() < rate else word)


def inserted(text: str, chance: random.Random) -> str:
    words = text.split()
    return " ".join(part for word in words for part in ([word, chance.choice(words)] if chance.random() < 0.1 else [word]))


def insdel(text: str, chance: random.Random) -> str:
    return inserted(dropped(text, chance), chance)


def clauses(text: str, chance: random.Random) -> str:
    parts = re.split(r"(?<=[،.؛])\s+", text)
    kept = [part for part in parts if len(parts) < 4 or chance.random() > 0.25]
    at = chance.randrange(len(kept) + 1)
    kept[at:at] = [chance.choice(PUT_IN) + "،"]
    return " ".join(kept)


def heavy(text: str, chance: random.Random) -> str:
    return dropped(clauses(synonyms(text, chance), chance), chance, 0.08)


def sentences_moved(text: str, chance: random.Random) -> str:
    parts = [m.group().strip() for m in SENTENCE.finditer(text) if m.group().strip()]
    if len(parts) < 2:
        parts = [part for part in re.split(r"(?<=،)\s+", text) if part]
    chance.shuffle(parts)
    return " ".join(parts)


def words_shuffled(text: str, chance: random.Random) -> str:
    out = []
    words = text.split()
    while words:
        window = words[: chance.randint(3, 7)]
        del words[: len(window)]
        chance.shuffle(window)
        out += window
    return " ".join(out)


def all_shuffled(text: str, chance: random.Random) -> str:
    words = text.split()
    chance.shuffle(words)
    return " ".join(words)


def half(span: tuple[int, int], chance: random.Random) -> list[tuple[int, int]]:
    middle = (span[0] + span[1]) // 2
    return [(span[0], middle)] if chance.random() < 0.5 else [(middle, span[1])]


KINDS = {
    "verbatim": lambda text, chance: text,
    "light": light,
    "synonyms": synonyms,
    "insdel": insdel,
    "clauses": clauses,
    "heavy": heavy,
    "sentences moved": sentences_moved,
    "words shuffled": words_shuffled,
    "all shuffled": all_shuffled,
    "cut": lambda text, chance: text,
}
CUTS = {"cut": half}
# Kinds of which two copies surely share the passage word for word.
SURE = {x + y for x in ("verbatim", "light") for y in ("verbatim", "light")}


if __name__ == "__main__":
    main()
