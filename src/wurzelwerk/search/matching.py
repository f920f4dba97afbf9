"""Finds and ranks documents in the database: FTS5 on SQLite, a GIN index on PostgreSQL.

Both answer in the same order of importance: titles equal to the typed text, titles that begin with
it, then by the weights of title, keywords, parts of compounds and body; equal ones by title.
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from wurzelwerk.search.analysis.reading import Group, Query
from wurzelwerk.search.analysis.words import Language
from wurzelwerk.search.models import VocabularyWord

_WEIGHTS: Final = (10.0, 5.0, 3.0, 1.0)
"""Of a word in the title, in the keywords, as part of a compound in either, and in the text."""
_LONG_PREFIX: Final = 4
"""Shorter beginnings are looked for in titles and keywords only: elsewhere they say nothing."""
_RANKED: Final = """
    WITH matched AS MATERIALIZED (
        SELECT d.source, d.object_key, d.title_folded,
            CASE WHEN d.title_folded IN (%s, %s) THEN 0
                 WHEN substr(d.title_folded, 1, %s) = %s OR substr(d.title_folded, 1, %s) = %s THEN 1
                 ELSE 2 END AS tier,
            {score} * d.weight AS score
        FROM {tables}
        WHERE {condition} {of_sources}
    ), objects AS (
        SELECT source, object_key, MIN(tier) AS tier, MIN(score) AS score, MIN(title_folded) AS title
        FROM matched GROUP BY source, object_key
    ), placed AS (
        SELECT source, object_key, score,
            ROW_NUMBER() OVER (PARTITION BY {share} ORDER BY tier, score, title, source, object_key) AS place,
            COUNT(*) OVER (PARTITION BY {share}) AS total
        FROM objects
    )
    SELECT source, object_key, -score, total FROM placed WHERE place > %s AND place <= %s ORDER BY {order}
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A found object, its score (higher is better) and how many objects were found with it."""

    source: str
    object_key: str
    score: float
    total: int


def ranked(
    query: Query, *, sources: Collection[str] | None, first: int, last: int, for_each_source: bool
) -> list[Ranked]:
    """Return the objects in places `first` (from 0) to `last` (excluded), best first.

    With `for_each_source` places and totals count within each source.
    """
    if query.is_empty or (sources is not None and not sources):
        return []
    dialect = in_sqlite if connection.vendor == "sqlite" else in_postgresql
    score, tables, condition, score_values, condition_values = dialect(query)
    german, english = query.title[Language.GERMAN], query.title[Language.ENGLISH]
    sql = _RANKED.format(
        score=score,
        tables=tables,
        condition=condition,
        of_sources=f"AND d.source IN ({', '.join(['%s'] * len(sources))})" if sources is not None else "",
        share="source" if for_each_source else "1",
        order="source, place" if for_each_source else "place",
    )
    values: list[Any] = [german, english, len(german), german, len(english), english]
    values += [*score_values, *condition_values, *(sources or ()), first, last]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Ranked(*row) for row in cursor.fetchall()]


Dialect = tuple[str, str, str, Sequence[Any], Sequence[Any]]
"""Score (lower is better), tables, condition; the values of the score and of the condition."""


def in_sqlite(query: Query) -> Dialect:
    """Return the query for FTS5."""
    operator = " AND " if query.needs_all else " OR "
    match = operator.join(f"({' OR '.join(_in_fts5(group))})" for group in query.groups)
    score = f"bm25(search_fts, {', '.join(map(str, _WEIGHTS))})"
    tables = "search_fts JOIN search_searchdocument d ON d.id = search_fts.rowid"
    return score, tables, "search_fts MATCH %s", (), (match,)


def _in_fts5(group: Group) -> Iterator[str]:
    yield from (f'"{token}"' for token in group.exact)
    for prefix in group.prefixes:
        named = "{title_tokens keyword_tokens} : " if len(prefix) < _LONG_PREFIX else ""
        yield f'{named}"{prefix}" *'
    yield from ("(" + " AND ".join(f'"{token}"' for token in tokens) + ")" for tokens in group.together)


def in_postgresql(query: Query) -> Dialect:
    """Return the query for a tsvector column."""
    operator = " & " if query.needs_all else " | "
    matches = [f"({' | '.join(_in_tsquery(group))})" for group in query.groups]
    least, *others = (weight / _WEIGHTS[0] for weight in reversed(_WEIGHTS))
    weights = f"'{{{', '.join(map(str, (least, *others)))}}}'"
    # The rank of PostgreSQL knows nothing of rare and common words, so each word brings its own weight.
    score = " + ".join(f"%s * ts_rank({weights}, d.vector, to_tsquery('simple', %s), 1)" for _ in matches)
    score_values = [value for pair in zip(_rareness(query), matches, strict=True) for value in pair]
    condition = "d.vector @@ to_tsquery('simple', %s)"
    return f"-({score})", "search_searchdocument d", condition, score_values, (operator.join(matches),)


def _in_tsquery(group: Group) -> Iterator[str]:
    yield from (f"'{token}'" for token in group.exact)
    yield from (f"'{prefix}':*{'AB' if len(prefix) < _LONG_PREFIX else ''}" for prefix in group.prefixes)
    yield from ("(" + " & ".join(f"'{token}'" for token in tokens) + ")" for tokens in group.together)


def _rareness(query: Query) -> list[float]:
    """Return a weight for each group, higher for words in few documents; one word needs none."""
    if len(query.groups) == 1:
        return [1.0]
    words = [group.folded for group in query.groups]
    rows = VocabularyWord.objects.filter(folded__in=words).values_list("folded", "documents")
    counts: dict[str, int] = {}
    for folded, documents in rows:
        counts[folded] = counts.get(folded, 0) + documents
    return [1 / math.log(math.e + counts.get(word, 0)) for word in words]
