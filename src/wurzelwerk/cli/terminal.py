"""What the commands write to the terminal: answers to standard output, errors and bars to standard error."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

output = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Write an answer; square brackets in it are plain text."""
    output.print(text, markup=False)


def warn(text: str) -> None:
    """Write what needs attention but stops nothing."""
    errors.print(text, style="yellow", markup=False)


def complain(text: str) -> None:
    """Write why a command failed."""
    errors.print(text, style="bold red", markup=False)


def progress_bar() -> Progress:
    """Return a bar for work of known size, to be used as a context manager."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=errors,
        transient=not errors.is_terminal,
    )


def counting_bar() -> Progress:
    """Return a bar that also names how many rows are done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=errors,
        transient=not errors.is_terminal,
    )
