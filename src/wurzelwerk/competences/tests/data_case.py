"""CASE packages as JSON for tests: a small one in words of our own, and one as large as wanted."""

import json
from pathlib import Path
from typing import Any

Package = dict[str, Any]
BASE = "https://rahmen.example/ims/case/v1p0"
SIZES = {"groups": 3, "competences": 5, "occupations": 0, "relations": 0}


def node(identifier: str) -> dict[str, str]:
    """How an association or a criterion names what it points to."""
    return {"identifier": identifier, "uri": f"{BASE}/CFItems/{identifier}", "title": identifier}


def item(identifier: str, statement: str, **fields: Any) -> Package:
    """An item of the package."""
    return {
        "identifier": identifier,
        "uri": f"{BASE}/CFItems/{identifier}",
        "fullStatement": statement,
        "lastChangeDateTime": "2026-01-01T00:00:00+00:00",
        **fields,
    }


def below(child: str, parent: str, **fields: Any) -> Package:
    """The association that puts ``child`` below ``parent``."""
    return {
        "identifier": f"{child}-{parent}",
        "associationType": "isChildOf",
        "originNodeURI": node(child),
        "destinationNodeURI": node(parent),
        **fields,
    }


def package() -> Package:
    """Three groups, five competences, one rubric; in German."""
    return {
        "CFDocument": {
            "identifier": "rahmen",
            "uri": f"{BASE}/CFDocuments/rahmen",
            "title": "Rahmen der Werkstatt",
            "description": "Was in der Werkstatt zählt.",
            "creator": "Werkstatt Nord",
            "language": "de-DE",
            "version": "3.1",
            "licenseURI": {"identifier": "l", "uri": f"{BASE}/CFLicenses/l", "title": "CC BY 4.0"},
        },
        "CFItems": [
            item("arbeit", "Mit Menschen arbeiten", humanCodingScheme="A", CFItemType="Bereich"),
            item("gespraech", "Gespräche führen", humanCodingScheme="A.1"),
            item(
                "zuhoeren",
                "Hört zu, fragt nach und fasst zusammen, bevor geantwortet wird.",
                abbreviatedStatement="Zuhören",
                humanCodingScheme="A.1.1",
                conceptKeywords=["aktiv zuhören", "nachfragen"],
                notes="Auch am Telefon.",
            ),
            item("widersprechen", "Freundlich widersprechen", humanCodingScheme="A.1.2"),
            item("leer", "Kommt später", humanCodingScheme="B", CFItemType="Bereich"),
            item("messen", "Genau messen", CFItemType="Kompetenz", language="de"),
            item("schieblehre", "Den Messschieber ablesen", CFItemType="Fertigkeit"),
            item("werkstoffe", "Werkstoffe kennen", CFItemType="Wissen"),
        ],
        "CFAssociations": [
            below("arbeit", "rahmen"),
            below("gespraech", "arbeit"),
            below("zuhoeren", "gespraech", sequenceNumber=2),
            below("widersprechen", "gespraech", sequenceNumber=1),
            below("messen", "arbeit"),
            below("schieblehre", "messen"),
            {**below("messen", "elsewhere"), "associationType": "exactMatchOf"},
        ],
        "CFRubrics": [_rubric()],
    }


def _rubric() -> Package:
    return {
        "identifier": "rubrik",
        "CFRubricCriteria": [
            {
                "identifier": "k1",
                "CFItemURI": node("zuhoeren"),
                "CFRubricCriterionLevels": [
                    {"description": "Zeigt anderen, wie es geht.", "score": 4, "position": 1},
                    {"description": "Fragt immer nach.", "score": 3, "position": 2},
                    {"description": "Fragt manchmal nach.", "score": 2, "position": 3},
                    {"quality": "Lässt ausreden.", "score": 1, "position": 4},
                    {"description": "Noch nicht.", "score": 0, "position": 5},
                ],
            },
            {"identifier": "k2", "description": "Gilt für alles."},
        ],
    }


def write(path: Path, content: Package) -> Path:
    """Write a package with one entry per row: the document in row 2, item number n in row n + 3."""
    sections = ",\n".join(_section(name, value) for name, value in content.items())
    path.write_text(f"{{\n{sections}\n}}", encoding="utf-8")
    return path


def _section(name: str, value: object) -> str:
    if not isinstance(value, list):
        return f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
    rows = ",\n".join(json.dumps(one, ensure_ascii=False) for one in value)
    return f"{json.dumps(name)}: [\n{rows}\n]"


def large(path: Path, *, megabytes: int) -> int:
    """Write a package of this size and return its number of items, one group for every hundred."""
    words = "Den Vorgang prüfen und das Ergebnis mit allen Beteiligten besprechen. " * 12
    items: list[str] = []
    links: list[str] = []
    size = 0
    while size < megabytes << 20:
        number = len(items)
        items.append(json.dumps(item(f"i{number}", f"{number} {words}"), ensure_ascii=False))
        size += len(items[-1].encode())
        if number % 100:
            links.append(json.dumps(below(f"i{number}", f"i{number - number % 100}")))
            size += len(links[-1])
    document = '"CFDocument": {"identifier": "large", "title": "Large", "language": "de"}'
    parts = (document, f'"CFItems": [{",".join(items)}]', f'"CFAssociations": [{",".join(links)}]')
    path.write_text(f"{{{','.join(parts)}}}", encoding="utf-8")
    return len(items)
