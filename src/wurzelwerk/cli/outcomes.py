"""How a command ends: the exit codes and the one error that carries a sentence for the terminal."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell is told; documented in docs/commands.md."""

    OK = 0
    FAILED = 1
    USAGE = 2
    PARTLY = 3
    INTERRUPTED = 130


class CommandFailed(Exception):  # noqa: N818 - reads as what it says: raise CommandFailed("...")
    """Ends a command with a sentence that says what is wrong and what to do."""

    def __init__(self, message: str, code: ExitCode = ExitCode.FAILED) -> None:
        """Keep the translated ``message`` and the exit ``code``."""
        super().__init__(message)
        self.code = code
