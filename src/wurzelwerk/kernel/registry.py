"""A declared list that higher rooms fill, for a lower room that must reach their data."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by key, kept in the order of their registration; filled in ``apps.ready()``."""

    def __init__(self) -> None:
        """Start empty."""
        self._entries: dict[str, Entry] = {}

    def register(self, key: str, entry: Entry) -> None:
        """Add ``entry``; raises ``ValueError`` when another entry already has this key."""
        if self._entries.get(key, entry) != entry:
            message = f"{key!r} is registered twice"
            raise ValueError(message)
        self._entries[key] = entry

    def get(self, key: str) -> Entry:
        """Return the entry of ``key``; raises ``KeyError`` when there is none."""
        return self._entries[key]

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries in registration order."""
        return iter(self._entries.values())

    def __contains__(self, key: str) -> bool:
        """Tell whether something is registered under ``key``."""
        return key in self._entries

    def keys(self) -> tuple[str, ...]:
        """Return the registered keys."""
        return tuple(self._entries)
