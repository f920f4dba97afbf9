"""Folds constraints and indexes of a migration into the creation of their models.

    tools/fold_migrations.py [write|check]

Django writes them as steps of their own, and each step draws all related models anew: with about a hundred of them
the first start takes twice as long. The result is the same tables. Migrations written by hand (with data or SQL) are
left as they are.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter


def our_migrations() -> Iterator[Migration]:
    """Yield the migrations of all rooms, as they lie on the disk."""
    loader = MigrationLoader(None)
    for (label, _name), migration in sorted(loader.disk_migrations.items()):
        if apps.get_app_config(label).name.startswith("wurzelwerk."):
            yield migration


def fold(migration: Migration) -> int:
    """Move what can be moved into ``CreateModel`` and return how many steps that saves; changes ``migration``."""
    if any(isinstance(operation, RunPython | RunSQL) for operation in migration.operations):
        return 0
    created = {op.name_lower: op for op in migration.operations if isinstance(op, CreateModel)}
    for operation in migration.operations:
        if isinstance(operation, AddField):
            created.pop(operation.model_name_lower, None)  # completed later, so its constraints stay where they are
    kept: list[Operation] = []
    for operation in migration.operations:
        if isinstance(operation, AddConstraint | AddIndex) and operation.model_name_lower in created:
            moved = operation.constraint if isinstance(operation, AddConstraint) else operation.index
            options = created[operation.model_name_lower].options
            name = "constraints" if isinstance(operation, AddConstraint) else "indexes"
            options[name] = [*options.get(name, []), moved]
        else:
            kept.append(operation)
    saved = len(migration.operations) - len(kept)
    migration.operations = kept  # type: ignore[misc] # each migration has a list of its own
    return saved


def path_of(migration: Migration) -> Path:
    """Return the file of a migration."""
    return Path(str(import_module(migration.__module__).__file__))


def main() -> int:
    """Fold all migrations, or tell which could be; 1 when ``check`` finds one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", default="write", choices=["write", "check"])
    chosen = parser.parse_args().command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurzelwerk.config.settings")
    django.setup()
    foldable = [(migration, saved) for migration in our_migrations() if (saved := fold(migration))]
    for migration, saved in foldable:
        if chosen == "write":
            path_of(migration).write_text(MigrationWriter(migration, include_header=False).as_string())
        print(f"{migration.app_label}.{migration.name}: {saved} steps folded")
    return 1 if foldable and chosen == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
