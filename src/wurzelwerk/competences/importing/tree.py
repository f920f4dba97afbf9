"""The tree of a framework: circles in it, the parent of each group, the nearest group of each competence."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.importing.staging import Staging
from wurzelwerk.kernel.verdict import Refused

Edges = Mapping[str, list[str]]

# Codes of ESCO's groups by the part of a profile they belong to; the longest beginning decides.
ESCO_AREAS: Final = {
    "T2": Area.METHODICAL,
    "T3": Area.PERSONAL,
    "T4": Area.SOCIAL,
    "T6": Area.PERSONAL,
    "S1": Area.SOCIAL,
    "S1.9": Area.METHODICAL,
    "S1.10": Area.PERSONAL,
    "S1.11": Area.PROFESSIONAL,
    "S1.12": Area.PROFESSIONAL,
    "S1.13": Area.PROFESSIONAL,
    "S1.14": Area.PROFESSIONAL,
    "S1.15": Area.PROFESSIONAL,
    "S2": Area.METHODICAL,
    "S4": Area.METHODICAL,
}


@dataclass(frozen=True, slots=True)
class Circle:
    """A relation that closes a circle."""

    uri: str
    broader: str


def edges_of(relations: Iterable[tuple[str, str, int]]) -> Edges:
    """Return the broader concepts of each concept, in the order of their places."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for uri, broader, place in relations:
        found[uri].append((place, broader))
    return {uri: [broader for _place, broader in sorted(places)] for uri, places in found.items()}


def find_circle(edges: Edges) -> Circle | None:
    """Return a relation that leads back to where it came from, or None."""
    finished: set[str] = set()
    for start in edges:
        if start in finished:
            continue
        path: list[tuple[str, int]] = [(start, 0)]
        on_path = {start}
        while path:
            uri, turn = path[-1]
            above = edges.get(uri, [])
            if turn == len(above):
                path.pop()
                on_path.discard(uri)
                finished.add(uri)
                continue
            path[-1] = (uri, turn + 1)
            broader = above[turn]
            if broader in on_path:
                return Circle(uri, broader)
            if broader not in finished:
                path.append((broader, 0))
                on_path.add(broader)
    return None


def refuse_circle(staging: Staging, edges: Edges) -> None:
    """Raise ``Refused``, naming file and row, when the hierarchy leads back to where it came from."""
    circle = find_circle(edges)
    if circle is None:
        return
    name, number = staging.row_of_broader(circle.uri, circle.broader)
    known = {"name": name, "row": number, "uri": circle.uri, "broader": circle.broader}
    raise Refused(
        _("%(name)s, row %(row)d: the hierarchy runs in a circle: %(uri)s stands below %(broader)s and above it.")
        % known
    )


def parent_of(uri: str, edges: Edges, groups: AbstractSet[str]) -> str:
    """Return the group right above a group, or nothing for a root."""
    return next((broader for broader in edges.get(uri, []) if broader in groups), "")


def nearest_group(uri: str, edges: Edges, groups: AbstractSet[str]) -> str:
    """Return the group that a competence stands in, through broader competences where needed, or nothing."""
    waiting = deque([uri])
    seen = {uri}
    while waiting:
        above = edges.get(waiting.popleft(), [])
        group = next((broader for broader in above if broader in groups), "")
        if group:
            return group
        waiting.extend(broader for broader in above if broader not in seen)
        seen.update(above)
    return ""


def in_order_of_codes(codes: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each group (address → code) among all, so that S1.2 stands before S1.10."""

    def place(uri: str) -> tuple[list[tuple[int, str]], str]:
        parts = codes[uri].replace("-", ".").split(".")
        return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], uri

    return {uri: number for number, uri in enumerate(sorted(codes, key=place))}


def area_of_code(code: str, areas: Mapping[str, Area] = ESCO_AREAS) -> Area:
    """Return the part of a profile that a group belongs to, by the longest beginning of its code in ``areas``."""
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        area = areas.get(".".join(parts[:length]))
        if area is not None:
            return area
    return Area.PROFESSIONAL
