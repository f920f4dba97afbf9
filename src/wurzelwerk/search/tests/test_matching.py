import math

import pytest

from wurzelwerk.search.actions import index_documents
from wurzelwerk.search.analysis.reading import read_query, relaxed
from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.matching import in_postgresql, in_sqlite
from wurzelwerk.search.tests.factories import document

TERMS = Terms()


def test_in_sqlite_asks_for_every_word_in_one_of_its_forms() -> None:
    query = read_query("E-Mail Pläne pl", TERMS)

    *_, (match,) = in_sqlite(query)

    assert match == (
        '("email" OR ("e" AND "mail")) AND ("plane" OR "plan") AND ("pl" OR {title_tokens keyword_tokens} : "pl" *)'
    )


def test_in_sqlite_asks_for_any_word_when_relaxed() -> None:
    *_, (match,) = in_sqlite(relaxed(read_query("team planung", TERMS), {}))

    assert match == '("team") OR ("planung" OR "planung" *)'


@pytest.mark.django_db
def test_in_postgresql_weighs_rare_words_higher() -> None:
    index_documents("pages", [document("Team"), document("Team Planung")])

    _score, _tables, _condition, score_values, (match,) = in_postgresql(read_query("team E-Mail pl", TERMS))

    assert match == "('team') & ('email' | ('e' & 'mail')) & ('pl' | 'pl':*AB)"
    assert score_values == [
        1 / math.log(math.e + 2),
        "('team')",
        1.0,
        "('email' | ('e' & 'mail'))",
        1.0,
        "('pl' | 'pl':*AB)",
    ]


def test_in_postgresql_needs_no_weight_for_one_word() -> None:
    *_, score_values, condition_values = in_postgresql(read_query("planung ", TERMS))

    assert (score_values, condition_values) == ([1.0, "('planung')"], ("('planung')",))
