import django.db.models.deletion
import wurzelwerk.kernel.clock
import wurzelwerk.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_cache'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PeopleImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('state', models.CharField(choices=[('uploaded', 'columns to be settled'), ('checking', 'being checked'), ('checked', 'checked, not yet applied'), ('applying', 'being applied'), ('applied', 'applied'), ('undoing', 'being taken back'), ('undone', 'taken back'), ('discarded', 'discarded')], default='uploaded', max_length=12)),
                ('file_name', models.CharField(max_length=200)),
                ('file_path', models.CharField(blank=True, max_length=500)),
                ('file_digest', models.CharField(blank=True, max_length=64)),
                ('units_file_name', models.CharField(blank=True, max_length=200)),
                ('units_file_path', models.CharField(blank=True, max_length=500)),
                ('is_complete', models.BooleanField(default=False)),
                ('leaves_out_errors', models.BooleanField(default=False)),
                ('settled', models.JSONField(default=dict)),
                ('position', models.JSONField(default=dict)),
                ('steps', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('problem_count', models.PositiveIntegerField(default=0)),
                ('turn', models.PositiveIntegerField(default=0)),
                ('is_writing', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('files_deleted_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kernel.job')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'discarded'])), name='peopleimport_state_known'), models.UniqueConstraint(condition=models.Q(('is_writing', True)), fields=('is_writing',), name='peopleimport_one_writes')],
            },
        ),
        migrations.CreateModel(
            name='ImportUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=160)),
                ('parent_code', models.CharField(blank=True, max_length=80)),
                ('path', models.TextField()),
                ('depth', models.PositiveSmallIntegerField()),
                ('is_new', models.BooleanField()),
                ('before', models.JSONField(default=dict)),
                ('people_import', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.peopleimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('people_import', 'code'), name='importunit_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('job_role', 'job role'), ('site', 'site'), ('work_pattern', 'working time pattern')], max_length=20)),
                ('code', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=160)),
                ('hours_per_week', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ('people_import', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.peopleimport')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['job_role', 'site', 'work_pattern'])), name='importterm_kind_known'), models.UniqueConstraint(fields=('people_import', 'kind', 'code'), name='importterm_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(default=0)),
                ('kind', models.CharField(choices=[('unsorted', 'not compared yet'), ('joiner', 'joins'), ('returner', 'comes back'), ('mover', 'moves'), ('changed', 'changes'), ('leaver', 'leaves')], max_length=10)),
                ('person_id', models.BigIntegerField(blank=True, null=True)),
                ('public_id', models.CharField(blank=True, db_default='', max_length=24)),
                ('staff_number', models.CharField(max_length=60)),
                ('given_name', models.CharField(blank=True, db_default='', max_length=80)),
                ('family_name', models.CharField(blank=True, db_default='', max_length=80)),
                ('email', models.CharField(blank=True, db_default='', max_length=254)),
                ('language', models.CharField(blank=True, db_default='', max_length=10)),
                ('entered_on', models.DateField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('unit_code', models.CharField(blank=True, db_default='', max_length=80)),
                ('job_role_code', models.CharField(blank=True, db_default='', max_length=80)),
                ('site_code', models.CharField(blank=True, db_default='', max_length=40)),
                ('work_pattern_code', models.CharField(blank=True, db_default='', max_length=60)),
                ('manager_number', models.CharField(blank=True, db_default='', max_length=60)),
                ('leads', models.BooleanField(db_default=False)),
                ('people_import', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.peopleimport')),
            ],
            options={
                'indexes': [models.Index(fields=['people_import', 'kind'], name='importrow_by_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['unsorted', 'joiner', 'returner', 'mover', 'changed', 'leaver'])), name='importrow_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='ImportProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('people', 'people file'), ('units', 'units file')], max_length=10)),
                ('row', models.PositiveIntegerField()),
                ('field', models.CharField(blank=True, max_length=40)),
                ('code', models.CharField(max_length=40)),
                ('value', models.CharField(blank=True, max_length=100)),
                ('params', models.JSONField(default=dict)),
                ('staff_number', models.CharField(blank=True, max_length=60)),
                ('people_import', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.peopleimport')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['people', 'units'])), name='importproblem_source_known'), models.UniqueConstraint(fields=('people_import', 'source', 'row', 'field', 'code'), name='importproblem_once_per_cell')],
            },
        ),
        migrations.CreateModel(
            name='ImportCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('people', 'people file'), ('units', 'units file')], max_length=10)),
                ('row', models.PositiveIntegerField()),
                ('field', models.CharField(max_length=40)),
                ('value', models.CharField(blank=True, max_length=2000)),
                ('people_import', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.peopleimport')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['people', 'units'])), name='importcorrection_source_known'), models.UniqueConstraint(fields=('people_import', 'source', 'row', 'field'), name='importcorrection_once_per_cell')],
            },
        ),
        migrations.CreateModel(
            name='ImportBefore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
                ('given_name', models.CharField(max_length=80)),
                ('family_name', models.CharField(max_length=80)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('language', models.CharField(max_length=10)),
                ('entered_on', models.DateField(null=True)),
                ('left_on', models.DateField(null=True)),
                ('is_active', models.BooleanField()),
                ('deactivated_at', models.DateTimeField(null=True)),
                ('changes_access', models.BooleanField()),
                ('has_employment', models.BooleanField()),
                ('unit_id', models.BigIntegerField(null=True)),
                ('job_role_id', models.BigIntegerField(null=True)),
                ('site_id', models.BigIntegerField(null=True)),
                ('manager_id', models.BigIntegerField(null=True)),
                ('work_pattern_id', models.BigIntegerField(null=True)),
                ('people_import', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.peopleimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('people_import', 'person_id'), name='importbefore_once_per_person')],
            },
        ),
    ]
