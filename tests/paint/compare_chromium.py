#!/usr/bin/env python3
"""Compares our layout with Chromium's: line breaks, visual order, rectangles of ranges.

    cargo test --bench pages --no-run      # prints the path of the executable
    python3 tests/paint/compare_chromium.py EXECUTABLE [--face NAME] [--size 18] [--width 420]

Both engines get the paragraphs of torture.txt, the bundled font files in the same order of standing in,
the same size and width. Chromium lays the page out twice: with its own choice of a font file for each
letter, and with ours, as the two choose differently in Noto Naskh Arabic (see below). Needs Debian's
`chromium`; opens nothing but a file that it writes.

Where the engines differ, and why it stays so:
- Chromium ends lines after the hyphens of dates and numbers; we keep 2031-05-09 whole, as UAX 14 asks.
- We end lines after a slash in addresses, as UAX 14 allows; Chromium does so only in want of room.
- In Noto Naskh Arabic, which has digits but no Latin letters, we set the whole of a Latin word
  («Q3/2031», addresses) in Vazirmatn; Chromium left to itself mixes both faces within it.
- A number joined to Latin letters («€3.5m») is shaped as Latin by us, in two parts by Chromium: Amiri's
  full stops differ.
- We shape word by word: what a face does across a blank or a break opportunity (Amiri: «ه كلا», kerning
  beside a slash) is left out.
"""
import argparse, html, json, os, random, re, subprocess, sys, tempfile
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = os.path.join(HERE, "..", "..", "fonts")
FILES = {
    "Vazirmatn": "Vazirmatn-Regular.ttf",
    "Noto Naskh Arabic": "NotoNaskhArabic-Regular.ttf",
    "Amiri": "Amiri-Regular.ttf",
    "Noto Sans": "NotoSans-Regular.ttf",
    "Noto Sans Symbols": "NotoSansSymbols-Regular.ttf",
    "Noto Sans Symbols2": "NotoSansSymbols2-Regular.ttf",
}
# As in src/paint/fonts.rs: for Arabic, then for everything.
ORDER = ["Vazirmatn", "Noto Sans", "Noto Naskh Arabic", "Amiri", "Noto Sans Symbols", "Noto Sans Symbols2"]
FLAGS = """--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update
--disable-domain-reliability --disable-sync --disable-default-apps --no-first-run --no-pings
--metrics-recording-only --allow-file-access-from-files --font-render-hinting=none
--force-device-scale-factor=1 --hide-scrollbars --disable-dev-shm-usage
--run-all-compositor-stages-before-draw --virtual-time-budget=20000 --dump-dom""".split()
FLAGS.append("--host-resolver-rules=MAP * ~NOTFOUND")

SCRIPT = """
document.fonts.ready.then(() => {
  const out = [];
  for (const p of document.querySelectorAll('p')) {
    const base = p.getBoundingClientRect(), found = [], nodes = [];
    const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    for (let at = 0; walk.nextNode(); at += walk.currentNode.length) nodes.push([at, walk.currentNode]);
    const place = (offset, end) => {
      let [at, node] = nodes.findLast(([at]) => end ? at < offset : at <= offset) ?? nodes[0];
      return [node, offset - at];
    };
    for (const [a, b] of JSON.parse(p.dataset.at)) {
      const range = document.createRange();
      range.setStart(...place(a, false)); range.setEnd(...place(b, true));
      found.push([...range.getClientRects()].map(r => [r.left - base.left, r.right - base.left, r.top - base.top, r.bottom - base.top]));
    }
    out.push(found);
  }
  document.title = 'done';
  const fonts = [...document.fonts].map(f => f.family + ' ' + f.status);
  document.body.innerHTML = '<pre id=out></pre>';
  document.getElementById('out').textContent = JSON.stringify({out, fonts});
});
"""


def units(text):
    """UTF-16 offset of each byte offset at a character."""
    table, byte, unit = {}, 0, 0
    for c in text:
        table[byte] = unit
        byte += len(c.encode())
        unit += len(c.encode("utf-16-le")) // 2
    table[byte] = unit
    return table


def ours(executable, path, args):
    call = [executable, "layout", path, args.face, str(args.size), str(args.line), str(args.width)]
    return json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)


def marked_up(text, layout, main):
    """The paragraph as HTML, each stretch in the font file that we draw it with."""
    raw, parts, last = text.encode(), [], None
    for g in layout["graphemes"]:
        family = g["family"] if g["family"] in FILES else last
        piece = html.escape(raw[g["start"]:g["end"]].decode())
        if parts and family == last:
            parts[-1][1] += piece
        else:
            parts.append([family, piece])
        last = family
    return "".join(p if f in (None, main) else f"<span style='font-family:\"X {f}\"'>{p}</span>" for f, p in parts)


def chromium(pages, asked, args):
    faces = "".join(
        f'@font-face{{font-family:"X {n}";src:url("file://{os.path.abspath(os.path.join(FONTS, f))}")}}' for n, f in FILES.items())
    stack = ",".join(f'"X {n}"' for n in [args.face] + [n for n in ORDER if n != args.face])
    body = "".join(
        f"<p data-at='{json.dumps(at)}'>{page}</p>" for page, at in zip(pages, asked))
    page = f"""<!doctype html><html lang="ar"><meta charset="utf-8"><title>wait</title><style>{faces}
      body{{margin:0}} p{{margin:0 0 8px;direction:rtl;width:{args.width}px;font:{args.size}px/{args.line}px {stack};
      white-space:normal;text-rendering:geometricPrecision;overflow-wrap:anywhere}}</style>{body}<script>{SCRIPT}</script>"""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(page)
        call = ["chromium", *FLAGS, f"--user-data-dir={folder}/profile", f"file://{path}"]
        dom = subprocess.run(call, check=True, capture_output=True, text=True, timeout=280).stdout
    found = re.search(r'<pre id="out">(.*?)</pre>', dom, re.S)
    if not found:
        sys.exit("Chromium did not finish the page")
    answer = json.loads(html.unescape(found.group(1)))
    if any("error" in f for f in answer["fonts"]):
        sys.exit(f"fonts not loaded: {answer['fonts']}")
    return answer["out"]


def merged(spans):
    """Spans of one line, those that touch made one."""
    done = []
    for left, right in sorted(s for s in spans if s[1] - s[0] > 0.05):
        if done and left <= done[-1][1] + 0.6:
            done[-1][1] = max(done[-1][1], right)
        else:
            done.append([left, right])
    return done


def by_line(rects, line):
    lines = {}
    for left, right, top, bottom in rects:
        lines.setdefault(int(((top + bottom) / 2) // line), []).append([left, right])
    return {n: m for n, s in lines.items() if (m := merged(s))}


def break_kind(ours, theirs, graphemes, word):
    """Why the first line that differs ends elsewhere."""
    for a, b in zip(ours, theirs):
        if set(a) == set(b):
            continue
        # The shorter line is the one whose break the other engine did not need, or did not allow.
        where, ends = ("ours", max(a)) if len(a) < len(b) else ("theirs", max(b))
        longer = max(b) if len(a) < len(b) else max(a)
        last = word(graphemes[longer])
        if last in "-–":
            return f"breaks: number or date torn at a hyphen by {'them' if where == 'ours' else 'us'}"
        if last == "/":
            return f"breaks: after a slash by {'them' if where == 'ours' else 'us'}"
        return f"breaks: other, after «{last}»"
    return "breaks: last line"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("executable")
    parser.add_argument("--file", default=os.path.join(HERE, "torture.txt"))
    parser.add_argument("--face", default="Noto Naskh Arabic")
    parser.add_argument("--size", type=float, default=18)
    parser.add_argument("--line", type=float, default=32)
    parser.add_argument("--width", type=float, default=420)
    parser.add_argument("--ranges", type=int, default=2000)
    parser.add_argument("--show", type=int, default=12, help="differences to print")
    args = parser.parse_args()
    with open(args.file, encoding="utf-8") as file:
        paragraphs = file.read().splitlines()
    mine = ours(args.executable, args.file, args)

    # Every grapheme once, then the random ranges, graphemes at both ends.
    rng, asked, ranges = random.Random(2031), [], []
    each = -(-args.ranges // len(paragraphs))
    for text, layout in zip(paragraphs, mine):
        table, graphemes = units(text), layout["graphemes"]
        at = [[table[g["start"]], table[g["end"]]] for g in graphemes]
        own = []
        for _ in range(each):
            a = rng.randrange(len(graphemes))
            b = min(len(graphemes) - 1, a + rng.choice([0, 1, 2, 4, 8, 16, 40]))
            own.append((a, b))
            at.append([at[a][0], at[b][1]])
        asked.append(at)
        ranges.append(own)
    own = [html.escape(text) for text in paragraphs]
    same = [marked_up(text, layout, args.face) for text, layout in zip(paragraphs, mine)]
    for what, pages in [("each its own choice of font files", own), ("the same font file for each letter", same)]:
        compare(what, paragraphs, mine, ranges, chromium(pages, asked, args), args)


def compare(what, paragraphs, mine, ranges, theirs, args):
    breaks = order = 0
    agree = total = within = on_same_breaks = agree_same = 0
    kinds, shown = Counter(), 0
    worst = []
    for nth, (text, layout) in enumerate(zip(paragraphs, mine)):
        graphemes, answer = layout["graphemes"], theirs[nth]
        raw = text.encode()
        word = lambda g: raw[g["start"]:g["end"]].decode()
        # Lines: blanks hang at line ends, so they are left out.
        ink = [i for i, g in enumerate(graphemes) if word(g).strip() and g["rects"] and answer[i]]
        their_line = {i: min(by_line(answer[i], args.line), default=-1) for i in ink}
        same_lines = all(graphemes[i]["line"] == their_line[i] for i in ink)
        breaks += same_lines
        def rows(line_of, x_of):
            lines = {}
            for i in ink:
                lines.setdefault(line_of(i), []).append((round(x_of(i), 1), i))
            return [[i for _, i in sorted(lines[n])] for n in sorted(lines)]
        our_rows = rows(lambda i: graphemes[i]["line"], lambda i: graphemes[i]["rects"][0][0])
        their_rows = rows(lambda i: their_line[i], lambda i: min(r[0] for r in answer[i]))
        same_order = our_rows == their_rows
        order += same_order
        if not same_lines or not same_order:
            kinds[break_kind(our_rows, their_rows, graphemes, word) if not same_lines else "visual order"] += 1
            if shown < args.show:
                shown += 1
                print(f"paragraph {nth + 1}: {'breaks' if not same_lines else 'order'}")
                for a, b in zip(our_rows, their_rows):
                    if a != b:
                        print("   ours  ", "".join(word(graphemes[i]) for i in sorted(a)))
                        print("   theirs", "".join(word(graphemes[i]) for i in sorted(b)))
                        break
        for (a, b), rects in zip(ranges[nth], answer[len(graphemes):]):
            own = {}
            for g in graphemes[a:b + 1]:
                for left, right in g["rects"]:
                    own.setdefault(g["line"], []).append([left, right])
            own = {n: m for n, s in own.items() if (m := merged(s))}
            other = by_line(rects, args.line)
            # What hangs over the line's edge is cut off by us.
            other = {n: m for n, s in other.items() if (m := merged([[max(0, l), min(args.width, r)] for l, r in s]))}
            total += 1
            same = own.keys() == other.keys() and all(len(own[n]) == len(other[n]) for n in own)
            off = max((abs(x - y) for n in own for s, t in zip(own[n], other[n]) for x, y in zip(s, t)), default=0) if same else None
            ok = off is not None and off <= 1.0
            agree += ok
            within += off is not None and off <= 0.25
            if same_lines:
                on_same_breaks += 1
                agree_same += ok
                if not ok:
                    part = raw[graphemes[a]["start"]:graphemes[b]["end"]].decode()
                    kinds["other rectangles" if off is None else "edges off"] += 1
                    worst.append((nth + 1, part, off, own, other))
    count = len(paragraphs)
    print(f"{args.face} {args.size:g} px, width {args.width:g}, {what}: {count} paragraphs, {total} ranges")
    print(f"line breaks agree   {breaks}/{count}")
    print(f"visual order agrees {order}/{count}")
    print(f"rectangles agree to a pixel {agree}/{total} ({100 * agree / total:.1f} %), to a quarter {within}/{total}")
    print(f"  where the line breaks agree {agree_same}/{on_same_breaks} ({100 * agree_same / max(1, on_same_breaks):.1f} %)")
    print("kinds of difference:", dict(kinds))
    for nth, part, off, own, other in worst[:args.show]:
        print(f"  {nth} «{part}» off {off}\n     ours   {own}\n     theirs {other}")


if __name__ == "__main__":
    main()
