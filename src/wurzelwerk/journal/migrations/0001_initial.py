import django.db.models.deletion
import wurzelwerk.kernel.clock
import wurzelwerk.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('competences', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryCompetence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='competences.competence')),
            ],
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('written_on', models.DateField()),
                ('sealed', models.BinaryField()),
                ('key_id', models.CharField(db_index=True, max_length=16)),
                ('version', models.PositiveIntegerField(default=1)),
                ('editor_key', models.CharField(blank=True, max_length=24)),
                ('created_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('saved_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('competences', models.ManyToManyField(related_name='+', through='journal.EntryCompetence', to='competences.competence')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-written_on', '-id'], name='journalentry_by_day'), models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='journalentry_basket')],
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='journalentry_version_counted')],
            },
        ),
        migrations.CreateModel(
            name='EntryVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('key_id', models.CharField(db_index=True, max_length=16)),
                ('saved_at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='journal.journalentry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'number'), name='entryversion_once')],
            },
        ),
        migrations.AddField(
            model_name='entrycompetence',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='journal.journalentry'),
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('level', models.PositiveSmallIntegerField()),
                ('sealed', models.BinaryField()),
                ('key_id', models.CharField(db_index=True, max_length=16)),
                ('marked_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competences.competence')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='journal.journalentry')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='competences.evidence')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='passage_level_within')],
            },
        ),
        migrations.AddConstraint(
            model_name='entrycompetence',
            constraint=models.UniqueConstraint(fields=('entry', 'competence'), name='entrycompetence_once'),
        ),
    ]
