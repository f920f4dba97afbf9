import django.db.models.deletion
import wurzelwerk.kernel.clock
import wurzelwerk.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('competences', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('is_internal', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='LearningOpportunity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('course', 'Course'), ('article', 'Article'), ('video', 'Video'), ('book', 'Book'), ('event', 'Event'), ('work_task', 'Work task'), ('mentoring', 'Mentoring'), ('partnership', 'Learning partnership'), ('link', 'External link')], max_length=20)),
                ('title_de', models.CharField(blank=True, max_length=200)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('description_de', models.TextField(blank=True)),
                ('description_en', models.TextField(blank=True)),
                ('task_de', models.TextField(blank=True)),
                ('task_en', models.TextField(blank=True)),
                ('reflection_de', models.TextField(blank=True)),
                ('reflection_en', models.TextField(blank=True)),
                ('minutes', models.PositiveIntegerField()),
                ('url', models.URLField(blank=True, max_length=500)),
                ('languages', models.JSONField(default=list)),
                ('is_published', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now, editable=False)),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.site')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='catalogue.provider')),
            ],
            options={
                'indexes': [models.Index(fields=['is_published', 'kind'], name='opportunity_by_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['course', 'article', 'video', 'book', 'event', 'work_task', 'mentoring', 'partnership', 'link'])), name='opportunity_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('title_de', ''), _negated=True), models.Q(('title_en', ''), _negated=True), _connector='OR'), name='opportunity_title_in_one_language'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='opportunity_takes_time')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('starts_at', models.DateTimeField(db_index=True)),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=160)),
                ('places', models.PositiveSmallIntegerField()),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='catalogue.learningopportunity')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enrolled_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='catalogue.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'session'), name='enrolment_once')],
            },
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to=settings.AUTH_USER_MODEL)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completions', to='catalogue.learningopportunity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'opportunity'), name='completion_once'), models.CheckConstraint(condition=models.Q(('completed_at', None), ('completed_at__gte', models.F('started_at')), _connector='OR'), name='completion_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_level', models.PositiveSmallIntegerField()),
                ('to_level', models.PositiveSmallIntegerField()),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='competences.competence')),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='catalogue.learningopportunity')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_level__gte', 0), ('from_level__lte', 4)), name='outcome_from_level_within'), models.CheckConstraint(condition=models.Q(('to_level__gte', 1), ('to_level__lte', 5)), name='outcome_to_level_within'), models.CheckConstraint(condition=models.Q(('to_level__gt', models.F('from_level'))), name='outcome_rises'), models.UniqueConstraint(fields=('opportunity', 'competence'), name='outcome_once')],
            },
        ),
    ]
