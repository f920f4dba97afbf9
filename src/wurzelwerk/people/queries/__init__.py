"""Reads about persons, and about the imports of the people file."""

from wurzelwerk.people.queries.persons import (
    MOST_WORDS,
    PAGE_SIZE,
    DirectoryRow,
    JobView,
    PersonPage,
    directory,
    directory_row,
    get_person_page,
    job_view,
    named,
    rows_of,
)

__all__ = [
    "MOST_WORDS",
    "PAGE_SIZE",
    "DirectoryRow",
    "JobView",
    "PersonPage",
    "directory",
    "directory_row",
    "get_person_page",
    "job_view",
    "named",
    "rows_of",
]
