"""Files in the official CSV layout of ESCO: written back from the compact data set, or generated in the same size."""

import csv
import gzip
import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

BASE = "http://data.europa.eu/esco"
LANGUAGES = ("de", "en")
MODIFIED = "2024-05-15T00:00:00.000Z"

COMPETENCES, OCCUPATIONS, RELATIONS, GROUPS = 13_939, 3_039, 129_004, 640

SKILL_COLUMNS = (
    *("conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "status"),
    *("modifiedDate", "scopeNote", "definition", "inScheme", "description"),
)
GROUP_COLUMNS = (
    *("conceptType", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "status", "modifiedDate"),
    *("scopeNote", "inScheme", "description", "code"),
)
OCCUPATION_COLUMNS = (
    *("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels", "status"),
    *("modifiedDate", "regulatedProfessionNote", "scopeNote", "definition", "inScheme", "description", "code"),
)
HIERARCHY_COLUMNS = (
    *(f"Level {level} {what}" for level in range(4) for what in ("URI", "preferred term")),
    *("Description", "Scope note", *(f"Level {level} code" for level in range(4))),
)
BROADER_COLUMNS = ("conceptType", "conceptUri", "conceptLabel", "broaderType", "broaderUri", "broaderLabel")
NEEDS_COLUMNS = ("occupationUri", "occupationLabel", "relationType", "skillType", "skillUri", "skillLabel")

Record = dict[str, str]


def compact_folder() -> Path | None:
    """The compact data set, where the environment names it."""
    named = os.environ.get("WURZELWERK_TEST_DATA")
    folder = Path(named) / "esco" if named else None
    return folder if folder and folder.is_dir() else None


def write_esco(folder: Path) -> None:
    """Write the whole classification in the official layout: the real one where it lies, else one of its size."""
    source = compact_folder()
    if source is None:
        write_official(folder, **generated())
        return
    write_official(
        folder,
        skills=list(_compact(source / "skills.csv.gz")),
        groups=list(_compact(source / "skill_groups.csv.gz")),
        occupations=list(_compact(source / "occupations.csv.gz")),
        broader=list(_compact(source / "skill_broader.csv.gz")),
        needs=list(_compact(source / "occupation_skill.csv.gz")),
    )


def _compact(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write_official(
    folder: Path,
    *,
    skills: Sequence[Record],
    groups: Sequence[Record],
    occupations: Sequence[Record],
    broader: Sequence[Record],
    needs: Iterable[Record],
    languages: Sequence[str] = LANGUAGES,
) -> None:
    """Write records of the compact form as the files of a download; one set per language."""
    folder.mkdir(parents=True, exist_ok=True)
    skill_types = {one["id"]: "knowledge" if one["skill_type"] == "knowledge" else "skill/competence" for one in skills}
    needs = list(needs)
    for language in languages:
        labels = {one["id"]: one[f"pref_{language}"] for one in (*skills, *groups)}
        _write(folder / f"skills_{language}.csv", SKILL_COLUMNS, (_skill(one, language, skill_types) for one in skills))
        _write(folder / f"skillGroups_{language}.csv", GROUP_COLUMNS, (_group(one, language) for one in groups))
        _write(
            folder / f"occupations_{language}.csv",
            OCCUPATION_COLUMNS,
            (_occupation(one, language) for one in occupations),
        )
        _write(
            folder / f"broaderRelationsSkillPillar_{language}.csv",
            BROADER_COLUMNS,
            (_broader(one, labels) for one in broader),
        )
        _write(folder / f"skillsHierarchy_{language}.csv", HIERARCHY_COLUMNS, _hierarchy(groups, broader, labels))
        _write(
            folder / f"occupationSkillRelations_{language}.csv",
            NEEDS_COLUMNS,
            (_need(one, skill_types) for one in needs),
        )


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="raise")
        writer.writeheader()
        writer.writerows(rows)


def uri(kind: str, key: str) -> str:
    """The address of a concept; groups of the ISCED fields stand in a scheme of their own."""
    if kind == "group" and key.isdigit():
        return f"{BASE}/isced-f/{key}"
    return f"{BASE}/{'occupation' if kind == 'occupation' else 'skill'}/{key}"


def _lines(joined: str) -> str:
    return "\n".join(part for part in joined.split(" | ") if part)


def _skill(one: Record, language: str, skill_types: Mapping[str, str]) -> Record:
    return {
        "conceptType": "KnowledgeSkillCompetence",
        "conceptUri": uri("skill", one["id"]),
        "skillType": skill_types[one["id"]],
        "reuseLevel": one["reuse_level"],
        "preferredLabel": one[f"pref_{language}"],
        "altLabels": _lines(one[f"alt_{language}"]),
        "status": "released",
        "modifiedDate": MODIFIED,
        "inScheme": f"{BASE}/concept-scheme/skills, {BASE}/concept-scheme/member-skills",
        "description": one[f"desc_{language}"],
    }


def _group(one: Record, language: str) -> Record:
    return {
        "conceptType": "SkillGroup",
        "conceptUri": uri("group", one["id"]),
        "preferredLabel": one[f"pref_{language}"],
        "status": "released",
        "modifiedDate": MODIFIED,
        "inScheme": f"{BASE}/concept-scheme/skills-hierarchy",
        "description": one[f"desc_{language}"],
        "code": one["code"],
    }


def _occupation(one: Record, language: str) -> Record:
    return {
        "conceptType": "Occupation",
        "conceptUri": uri("occupation", one["id"]),
        "iscoGroup": one["isco"],
        "preferredLabel": one[f"pref_{language}"],
        "altLabels": _lines(one[f"alt_{language}"]),
        "status": "released",
        "modifiedDate": MODIFIED,
        "inScheme": f"{BASE}/concept-scheme/occupations",
        "description": one[f"desc_{language}"],
        "code": one["code"],
    }


def _broader(one: Record, labels: Mapping[str, str]) -> Record:
    types = {"skill": "KnowledgeSkillCompetence", "group": "SkillGroup"}
    return {
        "conceptType": types[one["kind"]],
        "conceptUri": uri(one["kind"], one["id"]),
        "conceptLabel": labels[one["id"]],
        "broaderType": types[one["broader_kind"]],
        "broaderUri": uri(one["broader_kind"], one["broader_id"]),
        "broaderLabel": labels[one["broader_id"]],
    }


def _hierarchy(groups: Sequence[Record], broader: Sequence[Record], labels: Mapping[str, str]) -> Iterator[Record]:
    parents = {one["id"]: one["broader_id"] for one in broader if one["kind"] == "group"}
    codes = {one["id"]: one["code"] for one in groups}
    for one in groups:
        branch = [one["id"]]
        while branch[0] in parents and len(branch) < 5:
            branch.insert(0, parents[branch[0]])
        row: Record = {}
        for level, key in enumerate(branch[:4]):
            row |= {f"Level {level} URI": uri("group", key), f"Level {level} preferred term": labels[key]}
            row[f"Level {level} code"] = codes[key]
        yield row


def _need(one: Record, skill_types: Mapping[str, str]) -> Record:
    return {
        "occupationUri": uri("occupation", one["occupation_id"]),
        "relationType": {"e": "essential", "o": "optional"}[one["relation"]],
        "skillType": skill_types[one["skill_id"]],
        "skillUri": uri("skill", one["skill_id"]),
    }


def generated(
    *, competences: int = COMPETENCES, occupations: int = OCCUPATIONS, relations: int = RELATIONS, groups: int = GROUPS
) -> dict[str, Any]:
    """Records of the compact form with made-up words, always the same; small numbers make a small set."""
    chance = random.Random(2026)
    tree = [_made_group(number) for number in range(groups)]
    skills = [_made_skill(number, chance) for number in range(competences)]
    jobs = [_made_occupation(number, chance) for number in range(occupations)]
    broader = [
        _up("group", tree[number]["id"], tree[(number - 4) // 6]["id"]) for number in range(min(4, groups), groups)
    ]
    broader += [_up("skill", one["id"], chance.choice(tree)["id"]) for one in skills]
    pairs: dict[tuple[str, str], str] = {}
    while len(pairs) < relations:
        pairs[chance.choice(jobs)["id"], chance.choice(skills)["id"]] = chance.choice("eo")
    needs = [
        {"occupation_id": job, "skill_id": skill, "relation": relation} for (job, skill), relation in pairs.items()
    ]
    return {"skills": skills, "groups": tree, "occupations": jobs, "broader": broader, "needs": needs}


def _made_group(number: int) -> Record:
    code = "SKTL"[number] if number < 4 else f"S{number}"
    names = {"pref_de": f"Gruppe {number}", "pref_en": f"group {number}", "desc_de": "", "desc_en": ""}
    return {"id": f"g{number:05d}", "code": code, **names}


def _made_skill(number: int, chance: random.Random) -> Record:
    words_de, words_en = ("planen", "prüfen", "beraten", "messen"), ("plan", "check", "advise on", "measure")
    turn = number % 4
    return {
        "id": f"s{number:05d}",
        "skill_type": "knowledge" if chance.random() < 0.23 else "skill",
        "reuse_level": chance.choice(["transversal", "cross-sector", "sector-specific", "occupation-specific"]),
        "pref_de": f"Vorgang {number} {words_de[turn]}",
        "alt_de": "",
        "desc_de": f"Den Vorgang {number} {words_de[turn]} und das Ergebnis mit allen Beteiligten besprechen. " * 2,
        "pref_en": f"{words_en[turn]} process {number}",
        "alt_en": " | ".join(f"{words_en[turn]} process {number} ({part})" for part in "abcdef"),
        "desc_en": f"To {words_en[turn]} process {number} and talk about the outcome with everybody concerned. " * 2,
    }


def _made_occupation(number: int, chance: random.Random) -> Record:
    isco = f"{chance.randrange(1000, 9999)}"
    return {
        "id": f"o{number:05d}",
        "isco": isco,
        "code": f"{isco}.{number}",
        "pref_de": f"Fachkraft {number}",
        "alt_de": f"Spezialkraft {number} | Kraft {number}",
        "desc_de": f"Fachkräfte {number} erledigen, was ihr Name sagt.",
        "pref_en": f"specialist {number}",
        "alt_en": f"expert {number} | worker {number}",
        "desc_en": f"Specialists {number} do what their name says.",
    }


def _up(kind: str, key: str, broader: str) -> Record:
    return {"id": key, "kind": kind, "broader_id": broader, "broader_kind": "group"}
