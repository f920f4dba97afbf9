"""The database itself refuses to change a statement; deleting one (retention, erasure) stays possible."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER lrs_statement_append_only BEFORE UPDATE ON lrs_statement
BEGIN SELECT RAISE(ABORT, 'statements are appended only'); END;
"""
POSTGRESQL = """
CREATE FUNCTION lrs_statement_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'statements are appended only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER lrs_statement_append_only BEFORE UPDATE ON lrs_statement
FOR EACH ROW EXECUTE FUNCTION lrs_statement_refuse();
"""


def add_trigger(apps, schema_editor):
    """Create the trigger of this database."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop_trigger(apps, schema_editor):
    """Remove the trigger again."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER lrs_statement_append_only")
    else:
        schema_editor.execute("DROP TRIGGER lrs_statement_append_only ON lrs_statement")
        schema_editor.execute("DROP FUNCTION lrs_statement_refuse()")


class Migration(migrations.Migration):
    dependencies = [("lrs", "0001_initial")]

    operations = [migrations.RunPython(add_trigger, drop_trigger)]
