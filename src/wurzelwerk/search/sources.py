"""What can be found: every room registers its sources in `apps.ready()`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.search.analysis.documents import Document
from wurzelwerk.search.analysis.highlights import Range


@dataclass(frozen=True, slots=True)
class Hit:
    """One found object. Higher scores are better; ranges are the matching words of title and summary.

    `other_name` is the keyword that answered when neither title nor summary shows why.
    """

    source: str
    object_key: str
    title: str
    summary: str
    url: str
    score: float
    title_ranges: tuple[Range, ...] = ()
    summary_ranges: tuple[Range, ...] = ()
    language: str = ""
    other_name: str = ""


LiveFind = Callable[[Any, str, int], Sequence[Hit]]
"""`find(viewer, text, limit)`: what this viewer may see, read from the tables themselves."""
AllDocuments = Callable[[], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A kind of things to find.

    An indexed source gives `documents`, all of them, to rebuild the index; a live source gives
    `find`. Personal data is never indexed: a live source reads it through `visible_to(viewer)`.
    """

    key: str
    label: Promise | str
    icon: str = "file-text"
    order: int = 50
    documents: AllDocuments | None = None
    find: LiveFind | None = None

    def __post_init__(self) -> None:
        """Raise ValueError unless the source is either indexed or live."""
        if (self.documents is None) == (self.find is None):
            raise ValueError(f"source {self.key!r} is either indexed (documents) or live (find)")


registered: Registry[SearchSource] = Registry()


def register(source: SearchSource) -> None:
    """Add a source; raises ValueError when the key is taken."""
    registered.register(source.key, source)


def in_order() -> tuple[SearchSource, ...]:
    """Return all sources in the order of the page."""
    return tuple(sorted(registered, key=lambda source: (source.order, source.key)))
