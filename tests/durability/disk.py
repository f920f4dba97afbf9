"""A disk that may lose its power: what was synced stays, of the rest any part, torn between sectors of 512 bytes."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.durability.recording import Kind, Operation

SECTOR = 512
# How likely an unsynced sector reached the disk; one of these holds for a whole file at one power loss.
SHARES_KEPT = (0.0, 0.1, 0.5, 0.9, 1.0)


@dataclass
class File:
    """What is surely on the disk, and what was asked for since the last sync."""

    synced: bytearray = field(default_factory=bytearray)
    unsynced: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        """Bring everything to the disk."""
        for change in self.unsynced:
            _apply(self.synced, change)
        self.unsynced.clear()

    def after_power_loss(self, chance: random.Random) -> bytes:
        """Return what can be found afterwards."""
        content, share = bytearray(self.synced), chance.choice(SHARES_KEPT)
        for change in self.unsynced:
            for piece in _sectors(change):
                if chance.random() < share:
                    _apply(content, piece)
        return bytes(content)


class Disk:
    """Files by name. Creating and deleting is unsynced too, until the file of that name is synced next."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        """Start with files that are surely there."""
        self.states: dict[str, list[File | None]] = {
            name: [File(bytearray(content))] for name, content in contents.items()
        }

    def do(self, operation: Operation) -> None:
        """Take an operation in; the writer's own marks change nothing."""
        states = self.states.setdefault(operation.name, [None])
        if operation.kind is Kind.CREATE:
            states.append(File())
        elif operation.kind is Kind.DELETE:
            states.append(None)
        elif (file := states[-1]) is None:
            return
        elif operation.kind is Kind.SYNC:
            file.sync()
            states[:] = [file]
        else:
            file.unsynced.append(operation)

    def after_power_loss(self, chance: random.Random) -> dict[str, bytes]:
        """Return one of the contents that can be found afterwards, by name."""
        chosen = {name: chance.choice(states) for name, states in self.states.items()}
        return {name: file.after_power_loss(chance) for name, file in chosen.items() if file is not None}


def _apply(content: bytearray, change: Operation) -> None:
    """Write or truncate; a gap is filled with zeros."""
    if len(content) < change.number:
        content.extend(bytes(change.number - len(content)))
    if change.kind is Kind.TRUNCATE:
        del content[change.number :]
    else:
        content[change.number : change.number + len(change.content)] = change.content


def _sectors(change: Operation) -> Iterator[Operation]:
    """Divide a write where a sector ends."""
    if change.kind is Kind.TRUNCATE:
        yield change
        return
    start, end = change.number, change.number + len(change.content)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield Operation(Kind.WRITE, change.name, start, change.content[start - change.number : stop - change.number])
        start = stop
