"""Recognises by what files hold which layout they are in: ESCO, O*NET or CASE; nobody has to choose."""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.importing.case import CaseFiles
from wurzelwerk.competences.importing.content import Source
from wurzelwerk.competences.importing.layout import is_named_by_esco
from wurzelwerk.competences.importing.onet import OnetFiles, is_named_by_onet
from wurzelwerk.competences.importing.reading import EscoFiles
from wurzelwerk.competences.importing.sources import SourceFile
from wurzelwerk.kernel.verdict import Refused

_BEGINNING: Final = 64 * 1024
_MOST_NAMES: Final = 3
_CASE_SECTION: Final = re.compile(rb'"CF(?:Document|Items|Associations|Rubrics|Definitions)"\s*:')
_ESCO_COLUMNS: Final = frozenset({"concepturi", "occupationuri", "level 0 uri"})
_ONET_COLUMNS: Final = frozenset({"o*net-soc code", "element id", "scale id"})

Layout = type[EscoFiles] | type[OnetFiles] | type[CaseFiles]


def recognise(files: Sequence[SourceFile]) -> Source:
    """Return the files in the layout they are in; what belongs to no layout is left alone.

    Raises ``Refused`` when there is none, or more than one.
    """
    found: dict[Layout, list[SourceFile]] = {}
    for file in files:
        layout = _layout_of(file)
        if layout is not None:
            found.setdefault(layout, []).append(file)
    if not found:
        names = ", ".join(file.name for file in files[:_MOST_NAMES]) or "–"
        raise Refused(
            _(
                "No framework was recognised in: %(names)s. These can be imported: the CSV files of ESCO, "
                "the text files of O*NET and a CASE package as JSON."
            )
            % {"names": names}
        )
    if len(found) > 1:
        parts = (f"{layout(members).layout}: {members[0].name}" for layout, members in found.items())
        raise Refused(
            _("These files come from several frameworks (%(parts)s). Please import one at a time.")
            % {"parts": "; ".join(parts)}
        )
    ((layout, members),) = found.items()
    return layout(members)


def _layout_of(file: SourceFile) -> Layout | None:
    """Return the layout by the beginning of the file, else (empty, damaged beginning) by its name."""
    with file.open() as raw:
        # Zero bytes stand between the characters of UTF-16: such a file is known here and refused when it is read.
        beginning = raw.read(_BEGINNING).replace(b"\0", b"")
    if file.name.lower().endswith(".json"):
        return CaseFiles if _CASE_SECTION.search(beginning) else None
    head = beginning.split(b"\n", 1)[0].decode("utf-8", "replace").lstrip("\ufeff").casefold()
    columns = {name.strip().strip('"') for name in re.split(r"[,;\t]", head)}
    if columns & _ESCO_COLUMNS or is_named_by_esco(file.name):
        return EscoFiles
    if columns & _ONET_COLUMNS or is_named_by_onet(file.name):
        return OnetFiles
    return None
