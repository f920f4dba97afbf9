"""Cuts the two vendored fonts down to what almost every page needs: ASCII, German and our punctuation.

    pip install fonttools brotli && python tools/subset_fonts.py

Bricolage Grotesque is fixed at weight 660, Atkinson Hyperlegible Next keeps 400 to 600. All other characters come
from the unchanged files, which the browser fetches only when a page holds such a character. Both fonts are under the
SIL Open Font License without a reserved name, which allows this. fontTools is needed only here, so it is no
dependency of the project; run ``sha256sum`` into ``ui/vendor/SHA256SUMS`` afterwards.
"""

from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-not-found]

STATIC = Path(__file__).resolve().parent.parent / "src" / "wurzelwerk" / "ui" / "static" / "ui"
CHARACTERS = [
    *range(0x20, 0x7F),
    *(ord(character) for character in "\u00a0§\u00ad·ÄÖÜßäöüéè×«»–—‘’‚“”„…\u202f€\u2212"),
]
FEATURES = ["kern", "tnum"]
FONTS: dict[str, dict[str, int | tuple[int, int]]] = {
    "bricolage-grotesque": {"wght": 660},
    "atkinson-hyperlegible-next": {"wght": (400, 600)},
}


def cut(name: str, limits: dict[str, int | tuple[int, int]]) -> Path:
    """Write the small file of one font and return its path."""
    font = TTFont(STATIC / "vendor" / name / f"{name}-latin-wght-normal.woff2")
    options = subset.Options(layout_features=FEATURES, hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    small = instantiateVariableFont(font, limits)
    small.flavor = "woff2"
    target = STATIC / "fonts" / f"{name}-core.woff2"
    target.parent.mkdir(exist_ok=True)
    small.save(target)
    return target


def main() -> None:
    """Cut both fonts and say how large they are."""
    for name, limits in FONTS.items():
        path = cut(name, limits)
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
