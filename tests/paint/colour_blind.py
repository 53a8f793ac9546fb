#!/usr/bin/env python3
"""Shows a screenshot as colour-blind people see it, and says how far the theme's colours stay apart.

    python3 tests/paint/colour_blind.py [SCREENSHOT OUTPUT_FOLDER]

The colours are read from src/ui/theme.rs. Each is seen through the matrices of Machado, Oliveira and
Fernandes (2009) at full severity, for protanopia, deuteranopia and tritanopia, in linear light. Distances
are CIE76 in Lab; about 2.3 is the least that is noticed side by side. Exit status 1 where two fills that
mean different things come closer than LEAST. No pair rests on colour alone (bars, badges and underlines
differ in shape); this is the second half of the promise.

With a screenshot, three pictures are written with ImageMagick's `convert`.
"""
import os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
THEME = os.path.join(HERE, "..", "..", "src", "ui", "theme.rs")
LEAST = 7.0

KINDS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
SEEN = {"full colour": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], **KINDS}

# Fills that mean different things and may stand side by side.
APART = [
    ("copied.kept", "paper"), ("reworded.kept", "paper"), ("furniture", "paper"),
    ("copied.kept", "copied.changed"), ("reworded.kept", "reworded.changed"),
    ("copied.kept", "reworded.kept"), ("copied.changed", "reworded.changed"),
    ("copied.kept", "furniture"), ("reworded.kept", "furniture"),
    ("search_hit", "copied.kept"), ("search_hit", "reworded.kept"), ("search_hit", "copied.changed"),
    ("search_hit", "reworded.changed"), ("search_hit", "paper"),
    ("copied.line", "copied.kept"), ("reworded.line", "reworded.kept"),
]


def themes():
    text = open(THEME, encoding="utf-8").read()
    found = {}
    for name in ("LIGHT", "DARK"):
        block = text[text.index(f"const {name}: Theme"):]
        block = block[:block.index("\n};")]
        colours, hue = {}, ""
        for line in block.splitlines():
            opened = re.match(r"\s*(copied|reworded): Hue \{", line)
            if opened:
                hue = opened.group(1) + "."
            if re.match(r"\s*\},", line):
                hue = ""
            rgb = re.match(r"\s*(\w+): Color32::from_rgb\((0x\w\w), (0x\w\w), (0x\w\w)\)", line)
            if rgb:
                colours[hue + rgb.group(1)] = [int(c, 16) / 255 for c in rgb.groups()[1:]]
        found[name.lower()] = colours
    return found


def linear(c):
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def lab(rgb, matrix):
    light = [linear(c) for c in rgb]
    r, g, b = (min(max(sum(m * l for m, l in zip(row, light)), 0.0), 1.0) for row in matrix)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    f = lambda t: t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
    return 116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))


def distance(x, y):
    return sum((a - b) ** 2 for a, b in zip(x, y)) ** 0.5


def picture(shot, folder):
    os.makedirs(folder, exist_ok=True)
    for kind, matrix in KINDS.items():
        flat = " ".join(str(c) for row in matrix for c in row)
        out = os.path.join(folder, f"{kind}.png")
        subprocess.run(["convert", shot, "-colorspace", "RGB", "-color-matrix", flat,
                        "-colorspace", "sRGB", out], check=True)
        print("wrote", out)


def main():
    if len(sys.argv) == 3:
        picture(sys.argv[1], sys.argv[2])
    worst = 0
    for theme, colours in themes().items():
        for kind, matrix in SEEN.items():
            far = [(distance(lab(colours[x], matrix), lab(colours[y], matrix)), x, y) for x, y in APART]
            close = [pair for pair in far if pair[0] < LEAST]
            worst += len(close)
            nearest = min(far)
            print(f"{theme:5} {kind:13} nearest {nearest[0]:5.1f}: {nearest[1]} and {nearest[2]}")
            for apart, x, y in close:
                print(f"      too close, {apart:.1f}: {x} and {y}")
    sys.exit(1 if worst else 0)


main()
