"""Icons, bundles, vendored files, contrast of the palette."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from wurzelwerk.ui import bundles, icons

ROOM = Path(bundles.__file__).parent
TOKENS = (ROOM / "static/ui/css/tokens/tokens.css").read_text()
CONTRAST = (ROOM / "static/ui/css/tokens/contrast.css").read_text()
GROUNDS = ("nebel", "blatt", "senke")
TEXTS = ("tinte", "tinte-2", "tanne", "enzian", "bernstein", "hagebutte", "moos", "wasser")
TEXT_PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS[:2]),
    ("tinte", "senke"),
    ("tinte-2", "senke"),
    ("auf-tanne", "tanne"),
    ("auf-tanne", "hagebutte"),
    ("tinte", "tanne-ton"),
    ("tanne", "tanne-ton"),
    ("enzian", "enzian-ton"),
    ("bernstein", "bernstein-ton"),
    ("hagebutte", "hagebutte-ton"),
    ("moos", "moos-ton"),
    ("wasser", "wasser-ton"),
    *(("tinte", f"{tone}-ton") for tone in ("bernstein", "hagebutte", "moos", "wasser")),
    ("auf-flechte", "flechte"),
    ("auf-tief", "tanne-tief"),
    ("auf-tief-2", "tanne-tief"),
    ("flechte", "tanne-tief"),
]
CONTROL_PAIRS = [("linie", "nebel"), ("linie", "blatt"), ("tanne", "senke"), ("wasser", "senke"), ("serie-1", "blatt")]
HEAT_TEXT = {"stufe-0": "#16211D", "stufe-1": "#16211D", "stufe-2": "#16211D", "stufe-3": "#16211D"}


def palette(mode: int, *sheets: str) -> dict[str, str]:
    """Return the colours by name; mode 0 is light, 1 is dark."""
    colours: dict[str, str] = {}
    for sheet in sheets:
        for name, both, one in re.findall(r"--([\w-]+): (?:light-dark\(([^)]*)\)|(#\w+));", sheet.split("@media")[0]):
            colours[name] = both.split(", ")[mode] if both else one
    return colours


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(mode: int) -> None:
    colours = palette(mode, TOKENS)

    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_controls_can_be_seen(mode: int) -> None:
    colours = palette(mode, TOKENS)

    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in CONTROL_PAIRS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_high_contrast_is_at_least_seven(mode: int) -> None:
    colours = palette(mode, TOKENS, CONTRAST)

    pairs = [(text, ground) for text in (*TEXTS, "linie") for ground in GROUNDS]
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 7} == {}


def test_high_contrast_by_choice_and_by_system_are_the_same() -> None:
    chosen, _, asked = CONTRAST.partition("@media")

    assert re.findall(r"--[\w-]+: [^;]+;", chosen) == re.findall(r"--[\w-]+: [^;]+;", asked)


def test_figures_can_be_read_on_every_step_of_the_heat_scale() -> None:
    colours = palette(0, TOKENS)

    ratios = [contrast(colours[f"stufe-{step}"], "#16211D" if step < 4 else "#FFFFFF") for step in range(6)]
    assert [ratio >= 4.5 for ratio in ratios] == [True] * 6


def test_vendored_files_are_unchanged() -> None:
    lines = (ROOM / "vendor/SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    folders = [ROOM / "vendor", ROOM / "static/ui/vendor", ROOM / "static/ui/fonts"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]

    found = {
        path.relative_to(ROOM).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name not in {"SHA256SUMS", "README.md"}
    }
    assert found == listed


def test_every_vendored_package_has_its_licence() -> None:
    packages = [ROOM / "vendor/lucide", *(path for path in (ROOM / "static/ui/vendor").iterdir() if path.is_dir())]

    assert [path.name for path in packages if not (path / "LICENSE").exists()] == []


def test_sprite_holds_every_icon() -> None:
    symbols = re.findall(r'<symbol id="([\w-]+)"', icons.sprite())

    assert symbols == sorted(icons.names())


def test_unknown_icon_is_an_error() -> None:
    with pytest.raises(ValueError, match="unicorn"):
        icons.icon("unicorn")


def test_icon_is_hidden_from_screen_readers() -> None:
    assert icons.icon("eye", size=16, cls="turn") == (
        '<svg class="icon turn" width="16" height="16" aria-hidden="true"><use href="/static/ui/icons.svg#eye"/></svg>'
    )


def test_bundles_are_the_same_every_time() -> None:
    first = [make() for make in bundles.BUNDLES.values()]
    second = [make() for make in bundles.BUNDLES.values()]

    assert first == second


def test_styles_stand_in_their_layers() -> None:
    styles = bundles.styles()

    assert styles.startswith("@layer reset,tokens,base,layout,components,rooms,utilities;\n@layer reset{")
    assert "/*" not in styles
    assert styles.count("{") == styles.count("}")


def test_every_component_has_rules_for_forced_colours() -> None:
    drawn = {"prose", "person_menu"}  # made of text and other components alone
    sheets = (ROOM / "static/ui/css/components").glob("*.css")

    without = {sheet.stem for sheet in sheets if "forced-colors" not in sheet.read_text()}
    assert without == drawn


def test_every_token_in_use_exists() -> None:
    styles = bundles.styles()

    defined = set(re.findall(r"(--[\w-]+):", styles))
    assert set(re.findall(r"var\((--[\w-]+)", styles)) - defined == set()


def test_squeezing_keeps_what_means_something() -> None:
    css = bundles.squeeze_css("/* x */\n.a:hover {\n  color: red;\n  margin: calc(1px + 2px);\n}\n")
    script = bundles.squeeze_js("// x\nconst a = 1;\n\n  b(); // stays\n")

    assert css == ".a:hover{color:red;margin:calc(1px + 2px)}"
    assert script == "const a = 1;\nb(); // stays"


def test_finder_gives_bundles_instead_of_sources(settings: object) -> None:
    style, source = finders.find("ui/app.css"), finders.find("ui/css/base/base.css")

    assert isinstance(style, str)
    assert Path(style).read_text() == bundles.styles()
    assert (source, finders.find("ui/css/base/base.css", find_all=True)) == (None, [])
    assert finders.find("ui/app.js", find_all=True) == [str(bundles.folder() / "ui/app.js")]
    assert str(finders.find("ui/vendor/htmx/htmx.min.js")).endswith("vendor/htmx/htmx.min.js")


def test_collectstatic_collects_bundles_and_no_sources(tmp_path: Path, settings: object) -> None:
    settings.STATIC_ROOT = tmp_path / "static"  # type: ignore[attr-defined]

    call_command("collectstatic", interactive=False, verbosity=0)

    collected = {path.relative_to(tmp_path / "static").as_posix() for path in (tmp_path / "static").rglob("*")}
    assert {"ui/app.css", "ui/app.js", "ui/icons.svg"} <= collected
    assert [path for path in collected if path.startswith(("ui/css/", "ui/js/"))] == []


def test_a_room_may_not_invent_a_layer(tmp_path: Path) -> None:
    sheet = tmp_path / "css" / "own" / "x.css"

    with pytest.raises(ValueError, match="no layer"):
        bundles._layer_of("ui", sheet, tmp_path)  # noqa: SLF001 - reached only by a wrong folder
