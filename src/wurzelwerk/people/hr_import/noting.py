"""Keeping what is wrong: enough of it to work through, and how much there is in all."""

from collections.abc import Sequence
from typing import Final

from wurzelwerk.people.hr_import.reading.problems import Problem
from wurzelwerk.people.models import ImportProblem, PeopleImport

MOST_KEPT: Final = 5_000

# Problems of the tree as a whole: no row can be left out to get rid of them.
OF_THE_TREE: Final = frozenset({"circular_units", "unknown_parent", "tree_too_deep"})


def note_problems(people_import: PeopleImport, problems: Sequence[Problem]) -> int:
    """Keep problems in the running transaction, as long as there are few; return how many there are."""
    room = MOST_KEPT - people_import.problem_count
    ImportProblem.objects.bulk_create(
        [
            ImportProblem(
                people_import=people_import,
                source=problem.source,
                row=problem.row,
                field=problem.field,
                code=problem.code,
                value=problem.value,
                params=problem.params,
                staff_number=problem.staff_number,
            )
            for problem in problems[: max(0, room)]
        ],
        ignore_conflicts=True,
    )
    return len(problems)
