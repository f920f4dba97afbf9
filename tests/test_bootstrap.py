import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("sh", "dirname", "cksum", "cat", "sed", "rm", "find", "mkdir", "ln")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh copy of what the bootstrap reads, on a machine that has nothing but a shell."""
    folder = tmp_path / "project"
    (folder / "tools").mkdir(parents=True)
    (folder / "src/wurzelwerk").mkdir(parents=True)
    for name in ("tools/bootstrap", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    return folder


def install(project: Path, name: str, script: str) -> None:
    path = project.parent / "bin" / name
    path.write_text(f"#!{shutil.which('sh')}\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def bootstrap(project: Path, profile: str = "run") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [project / "tools/bootstrap", profile],
        env={"PATH": str(project.parent / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_python_is_named_with_the_line_to_install_it(project: Path) -> None:
    done = bootstrap(project)

    assert done.returncode == 1
    assert done.stderr == (
        "wurzelwerk: Python 3.11 or newer is missing. Install it with:\n"
        "    sudo apt-get install python3 python3-venv make\n"
    )


def test_an_old_python_does_not_count(project: Path) -> None:
    install(project, "python3", "exit 1")

    assert "Python 3.11 or newer is missing" in bootstrap(project).stderr


def test_a_missing_venv_module_is_named(project: Path) -> None:
    install(project, "make", "exit 0")
    install(project, "python3", f'case "$2" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"')

    done = bootstrap(project)

    assert done.returncode == 1
    assert done.stderr.endswith("    sudo apt-get install python3-venv\n")


@pytest.fixture
def installer(project: Path) -> Path:
    """An installer that notes what it is asked for, one line a call."""
    install(project, "make", "exit 0")
    make_python = f"mkdir -p .venv/bin; ln -sf {sys.executable} .venv/bin/python"
    install(project, "uv", f'echo "$@" >> calls; if [ "$1" = venv ]; then {make_python}; fi')
    install(project, "python3", f'exec {sys.executable} "$@"')
    return project / "calls"


def test_what_serves_for_development_serves_for_running(project: Path, installer: Path) -> None:
    bootstrap(project, "dev")
    bootstrap(project, "run")

    installing = installer.read_text().splitlines()[1:]
    assert len(installing) == 2
    assert installing[0].endswith("--require-hashes --requirement requirements.txt --requirement requirements-dev.txt")
    assert installing[1].endswith("--no-deps --no-build-isolation --editable .")


def test_what_is_ready_is_not_set_up_again(project: Path, installer: Path) -> None:
    first, second = bootstrap(project), bootstrap(project)
    calls_of_two = installer.read_text().splitlines()
    (project / "requirements.txt").write_text("")
    third = bootstrap(project)

    assert [done.returncode for done in (first, second, third)] == [0, 0, 0], first.stderr
    assert (first.stdout.count("Installing"), second.stdout) == (1, "")
    assert len(calls_of_two) == 3
    assert any("--require-hashes" in call for call in calls_of_two)
    assert len(installer.read_text().splitlines()) == 5
