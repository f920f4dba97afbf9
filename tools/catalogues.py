"""Message catalogues: one per room, extracted from Python and Jinja2, compiled without the gettext tools.

    tools/catalogues.py update [ROOM ...]   adds new texts to the catalogues, drops those no longer used
    tools/catalogues.py compile             writes the .mo files that are out of date
    tools/catalogues.py check [ROOM ...]    fails when a text is missing, empty or breaks the house rules

Texts in the source are English. ``de`` is complete and says "du"; ``de_Formal`` holds only what changes with "Sie".
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tools.catalogue_rules import has_familiar_form, problems_of_formal, problems_of_text  # noqa: E402

PACKAGE = ROOT / "src" / "wurzelwerk"
DE, FORMAL = "de", "de_Formal"
LOCALES = (DE, FORMAL)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}
# The same as in ui.environment; tests/architecture compares them.
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    "newstyle_gettext": "true",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
SKIPPED_FOLDERS = {"tests", "migrations", "locale", "static", "vendor", "__pycache__"}

Key = tuple[str, str]


class RoomCatalog(Catalog):
    """A catalogue whose header never changes by itself: no dates, no tool versions, never fuzzy."""

    def __init__(self, locale: str | None = None) -> None:
        super().__init__(locale=locale, fuzzy=False, header_comment="")

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The few header lines gettext needs."""
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def rooms() -> list[str]:
    """Return the names of all rooms, in alphabetical order."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def po_path(room: str, locale: str) -> Path:
    """Return where the catalogue of ``room`` in ``locale`` lies."""
    return PACKAGE / room / "locale" / locale / "LC_MESSAGES" / "django.po"


def key_of(message: Message) -> Key:
    """Return what makes a message one: its context and its (singular) text."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def messages_of(catalog: Catalog | None) -> dict[Key, Message]:
    """Return the messages of ``catalog`` without its header, by key; nothing for None."""
    return {key_of(message): message for message in catalog or () if message.id}


def sources_of(folder: Path) -> Iterator[Path]:
    """Yield the Python files and templates of a room that may hold texts, in a stable order."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        is_template = path.suffix in TEMPLATE_SUFFIXES and "jinja2" in inside
        if (path.suffix == ".py" or is_template) and SKIPPED_FOLDERS.isdisjoint(inside):
            yield path


def extracted(folder: Path) -> Catalog:
    """Return a fresh extraction of all texts below ``folder``; a broken template raises its syntax error."""
    catalog = RoomCatalog()
    for path in sources_of(folder):
        is_python = path.suffix == ".py"
        method = "python" if is_python else "jinja2.ext:babel_extract"
        options = {} if is_python else TEMPLATE_OPTIONS
        where = path.relative_to(folder.parent).as_posix()
        with path.open("rb") as file:
            found = extract(method, file, KEYWORDS, ["Translators:"], options)
            for line, text, comments, context in found:
                catalog.add(text, locations=[(where, line)], auto_comments=comments, context=context)
    return catalog


def stored(room: str, locale: str) -> Catalog | None:
    """Return the catalogue in the repository, or None."""
    path = po_path(room, locale)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, charset="utf-8")


def write(catalog: Catalog, path: Path) -> bool:
    """Write ``catalog`` as text when that changes the file; an empty catalogue is removed."""
    if not messages_of(catalog):
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    content = draft.read_bytes().strip() + b"\n"
    draft.unlink()
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def merged(fresh: Catalog, old: Catalog | None, locale: str, keys: Iterable[Key]) -> Catalog:
    """Return a catalogue of ``keys`` as freshly extracted, with the translations ``old`` already had."""
    result, texts, known = RoomCatalog(locale), messages_of(fresh), messages_of(old)
    for key in keys:
        message, before = texts[key], known.get(key)
        same_form = before is not None and before.pluralizable == message.pluralizable
        result.add(
            message.id,
            string=before.string if before is not None and same_form else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before is not None else (),
            context=message.context,
        )
    return result


def update(room: str) -> None:
    """Bring both catalogues of ``room`` in line with its source and say what changed."""
    fresh = extracted(PACKAGE / room)
    texts = messages_of(fresh)
    before = messages_of(stored(room, DE))
    german = merged(fresh, stored(room, DE), DE, texts)
    familiar = {key for key, message in messages_of(german).items() if has_familiar_form(message)}
    kept = {key for key, message in messages_of(stored(room, FORMAL)).items() if is_translated(message)}
    formal = merged(fresh, stored(room, FORMAL), FORMAL, [key for key in texts if key in familiar | kept])
    changed = [write(german, po_path(room, DE)), write(formal, po_path(room, FORMAL))]
    entries = [*messages_of(german).values(), *messages_of(formal).values()]
    empty = [message for message in entries if not is_translated(message)]
    for key in before.keys() - texts.keys():
        print(f"{room}: dropped {key[1]!r}, was {before[key].string!r}")
    if any(changed) or empty:
        print(f"{room}: {len(texts)} texts, {len(empty)} without translation")


def is_translated(message: Message) -> bool:
    """Tell whether a message is translated in every form."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)


def compile_room(room: str) -> int:
    """Write the .mo files of ``room`` that are older than their source; return how many."""
    written = 0
    for locale in LOCALES:
        source = po_path(room, locale)
        target = source.with_suffix(".mo")
        if not source.exists():
            target.unlink(missing_ok=True)
            continue
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        catalog = merged(read := stored(room, locale) or RoomCatalog(), read, locale, messages_of(read))
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.replace(target)
        written += 1
    return written


def check(room: str) -> Iterator[str]:
    """Yield every problem of the catalogues of ``room``, as a sentence."""
    fresh = messages_of(extracted(PACKAGE / room))
    german, formal = messages_of(stored(room, DE)), messages_of(stored(room, FORMAL))
    for locale in LOCALES:
        if getattr(stored(room, locale), "fuzzy", False):
            yield f"{room}/{locale}: the header is marked fuzzy; Django would skip the whole catalogue"
    for key in sorted(fresh.keys() - german.keys()):
        yield f"{room}/{DE}: {key[1]!r} is missing; run tools/catalogues.py update {room}"
    for locale, messages in ((DE, german), (FORMAL, formal)):
        for key in sorted(messages.keys() - fresh.keys()):
            yield f"{room}/{locale}: {key[1]!r} is used nowhere; run tools/catalogues.py update {room}"
        for key in sorted(messages.keys() & fresh.keys()):
            in_template = any(not name.endswith(".py") for name, _ in fresh[key].locations)
            for problem in problems_of_text(messages[key], fresh[key].id, in_template=in_template):
                yield f"{room}/{locale}: {key[1]!r} {problem}"
    for problem in problems_of_formal(german, formal):
        yield f"{room}/{FORMAL}: {problem}"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; exit code 1 when ``check`` finds something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["update", "compile", "check"])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="rooms to look at; all when none is named")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.rooms) - set(rooms()):
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    wanted = chosen.rooms or rooms()
    if chosen.command == "update":
        for room in wanted:
            update(room)
        return 0
    if chosen.command == "compile":
        written = sum(compile_room(room) for room in wanted)
        print(f"{written} catalogues compiled")
        return 0
    problems = [problem for room in wanted for problem in check(room)]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems in the catalogues of {len(wanted)} rooms")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
