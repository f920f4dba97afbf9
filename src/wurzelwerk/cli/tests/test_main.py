import argparse
from types import SimpleNamespace

import pytest

from wurzelwerk.cli import main as entry
from wurzelwerk.cli.commands import COMMANDS, Command
from wurzelwerk.cli.language import terminal_language
from wurzelwerk.cli.outcomes import CommandFailed, ExitCode
from wurzelwerk.kernel.verdict import Refused


def command_that(effect: Exception | int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``wurzelwerk manage`` end in ``effect``."""

    def execute(arguments: argparse.Namespace) -> int:
        if isinstance(effect, BaseException):
            raise effect
        return effect

    module = SimpleNamespace(add_arguments=lambda parser: None, execute=execute)
    monkeypatch.setattr(entry, "import_module", lambda name: module)


@pytest.mark.parametrize(
    "effect,code,message",
    [
        (0, 0, ""),
        (3, 3, ""),
        (CommandFailed("The ground is frozen."), 1, "The ground is frozen.\n"),
        (CommandFailed("Half of it.", ExitCode.PARTLY), 3, "Half of it.\n"),
        (Refused("Only gardeners may dig."), 1, "Only gardeners may dig.\n"),
        (KeyboardInterrupt(), 130, "Interrupted.\n"),
    ],
)
def test_a_command_ends_with_its_code_and_sentence(
    effect: Exception | int,
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command_that(effect, monkeypatch)

    assert entry.main(["manage"]) == code
    assert capsys.readouterr().err == message


@pytest.mark.parametrize("words", [[], ["frobnicate"], ["--language", "fr", "check"], ["run", "--port", "many"]])
def test_wrong_usage_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        entry.main(words)

    assert ended.value.code == ExitCode.USAGE
    assert "usage: wurzelwerk" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_in_both_languages(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    helps = []
    for chosen in ("en", "de"):
        with pytest.raises(SystemExit) as ended:
            entry.main(["--language", chosen, command.name, "--help"])
        assert ended.value.code == 0
        helps.append(capsys.readouterr().out)

    assert helps[0].startswith(f"usage: wurzelwerk {command.name}")
    assert helps[1].startswith(f"Aufruf: wurzelwerk {command.name}")


def test_errors_speak_german_when_the_terminal_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    command_that(KeyboardInterrupt(), monkeypatch)  # type: ignore[arg-type]

    entry.main(["manage"])

    assert capsys.readouterr().err == "Abgebrochen.\n"


@pytest.mark.parametrize(
    "environment,expected",
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE"}, "de"),
        ({"LANGUAGE": "en:de", "LANG": "de_DE"}, "en"),
        ({"LANGUAGE": "", "LANG": "de_DE"}, "de"),
    ],
)
def test_the_terminal_chooses_the_language(environment: dict[str, str], expected: str) -> None:
    assert terminal_language(environment) == expected


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        entry.main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Wurzelwerk 0.")
