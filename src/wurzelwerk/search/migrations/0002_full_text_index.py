"""The full-text index over the tokens of SearchDocument.

SQLite: an FTS5 table with external content, kept by triggers. A later migration that rebuilds the
table `search_searchdocument` drops these triggers and must run `create` of this file again.
PostgreSQL: a generated tsvector column with a GIN index.
"""

from django.db import migrations

COLUMNS = ("title_tokens", "keyword_tokens", "part_tokens", "body_tokens")
NAMES = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)

SQLITE_CREATE = (
    f"CREATE VIRTUAL TABLE search_fts USING fts5({NAMES}, content='search_searchdocument', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')",
    f"CREATE TRIGGER search_fts_insert AFTER INSERT ON search_searchdocument BEGIN "
    f"INSERT INTO search_fts(rowid, {NAMES}) VALUES (new.id, {NEW}); END",
    f"CREATE TRIGGER search_fts_delete AFTER DELETE ON search_searchdocument BEGIN "
    f"INSERT INTO search_fts(search_fts, rowid, {NAMES}) VALUES ('delete', old.id, {OLD}); END",
    f"CREATE TRIGGER search_fts_update AFTER UPDATE OF {NAMES} ON search_searchdocument BEGIN "
    f"INSERT INTO search_fts(search_fts, rowid, {NAMES}) VALUES ('delete', old.id, {OLD}); "
    f"INSERT INTO search_fts(rowid, {NAMES}) VALUES (new.id, {NEW}); END",
)
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS search_fts_insert",
    "DROP TRIGGER IF EXISTS search_fts_delete",
    "DROP TRIGGER IF EXISTS search_fts_update",
    "DROP TABLE IF EXISTS search_fts",
)
VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
    for column, weight in zip(COLUMNS, "ABCD", strict=True)
)
POSTGRESQL_CREATE = (
    f"ALTER TABLE search_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    "CREATE INDEX search_by_vector ON search_searchdocument USING gin (vector) WITH (fastupdate = off)",
)
POSTGRESQL_DROP = ("ALTER TABLE search_searchdocument DROP COLUMN IF EXISTS vector",)


def create(apps, schema_editor):
    """Create the index of this database."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_CREATE if is_sqlite else POSTGRESQL_CREATE:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    """Drop the index of this database."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_DROP if is_sqlite else POSTGRESQL_DROP:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Adds what Django's models cannot say."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
