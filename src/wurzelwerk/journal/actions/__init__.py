"""Writes of this room: keyword-only, atomic, with ``by`` as the actor."""

from wurzelwerk.journal.actions.keeping import (
    delete_entry,
    empty_baskets,
    erase_entry,
    reseal_texts,
    restore_entry,
    restore_version,
)
from wurzelwerk.journal.actions.marking import mark_passage, restore_passage, withdraw_passage
from wurzelwerk.journal.actions.sharing import share_entry, stop_sharing
from wurzelwerk.journal.actions.writing import VersionConflict, update_entry, write_entry

__all__ = [
    "VersionConflict",
    "delete_entry",
    "empty_baskets",
    "erase_entry",
    "mark_passage",
    "reseal_texts",
    "restore_entry",
    "restore_passage",
    "restore_version",
    "share_entry",
    "stop_sharing",
    "update_entry",
    "withdraw_passage",
    "write_entry",
]
