import django.db.models.deletion
import wurzelwerk.kernel.clock
import wurzelwerk.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('esco', 'ESCO classification'), ('own', 'own framework')], max_length=10)),
                ('name_de', models.CharField(blank=True, max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('description_de', models.TextField(blank=True)),
                ('description_en', models.TextField(blank=True)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('attribution_de', models.TextField(blank=True)),
                ('attribution_en', models.TextField(blank=True)),
                ('updated_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['esco', 'own'])), name='framework_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('name_de', ''), _negated=True), models.Q(('name_en', ''), _negated=True), _connector='OR'), name='framework_name_in_one_language')],
            },
        ),
        migrations.CreateModel(
            name='CompetenceGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('uri', models.CharField(max_length=300)),
                ('area', models.CharField(choices=[('professional', 'Professional'), ('methodical', 'Methodical'), ('social', 'Social'), ('personal', 'Personal')], default='professional', max_length=20)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('label_de', models.CharField(blank=True, max_length=300)),
                ('label_en', models.CharField(blank=True, max_length=300)),
                ('description_de', models.TextField(blank=True)),
                ('description_en', models.TextField(blank=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='competences.competencegroup')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='competences.framework')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('area__in', ['professional', 'methodical', 'social', 'personal'])), name='competencegroup_area_known'), models.CheckConstraint(condition=models.Q(models.Q(('label_de', ''), _negated=True), models.Q(('label_en', ''), _negated=True), _connector='OR'), name='competencegroup_label_in_one_language'), models.UniqueConstraint(fields=('framework', 'uri'), name='competencegroup_once')],
            },
        ),
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('uri', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('skill', 'skill'), ('knowledge', 'knowledge')], default='skill', max_length=12)),
                ('reuse_level', models.CharField(blank=True, max_length=30)),
                ('label_de', models.CharField(blank=True, max_length=300)),
                ('label_en', models.CharField(blank=True, max_length=300)),
                ('description_de', models.TextField(blank=True)),
                ('description_en', models.TextField(blank=True)),
                ('aliases_de', models.TextField(blank=True)),
                ('aliases_en', models.TextField(blank=True)),
                ('half_life_days', models.PositiveIntegerField(default=335)),
                ('position', models.PositiveIntegerField(default=0)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='competences', to='competences.competencegroup')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='competences.framework')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['skill', 'knowledge'])), name='competence_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('label_de', ''), _negated=True), models.Q(('label_en', ''), _negated=True), _connector='OR'), name='competence_label_in_one_language'), models.CheckConstraint(condition=models.Q(('half_life_days__gte', 1), ('half_life_days__lte', 36500)), name='competence_half_life_days_within'), models.UniqueConstraint(fields=('framework', 'uri'), name='competence_once')],
            },
        ),
        migrations.CreateModel(
            name='Occupation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('uri', models.CharField(max_length=300)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('isco_code', models.CharField(blank=True, max_length=10)),
                ('label_de', models.CharField(blank=True, max_length=300)),
                ('label_en', models.CharField(blank=True, max_length=300)),
                ('description_de', models.TextField(blank=True)),
                ('description_en', models.TextField(blank=True)),
                ('aliases_de', models.TextField(blank=True)),
                ('aliases_en', models.TextField(blank=True)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupations', to='competences.framework')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('label_de', ''), _negated=True), models.Q(('label_en', ''), _negated=True), _connector='OR'), name='occupation_label_in_one_language'), models.UniqueConstraint(fields=('framework', 'uri'), name='occupation_once')],
            },
        ),
        migrations.CreateModel(
            name='OccupationCompetence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('essential', 'essential'), ('optional', 'optional')], max_length=10)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupations', to='competences.competence')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='competences.occupation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('relation__in', ['essential', 'optional'])), name='occupationcompetence_relation_known'), models.UniqueConstraint(fields=('occupation', 'competence', 'relation'), name='occupationcompetence_once')],
            },
        ),
        migrations.CreateModel(
            name='ProficiencyLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('anchor_de', models.TextField(blank=True)),
                ('anchor_en', models.TextField(blank=True)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='competences.competence')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='proficiencylevel_level_within'), models.CheckConstraint(condition=models.Q(models.Q(('anchor_de', ''), _negated=True), models.Q(('anchor_en', ''), _negated=True), _connector='OR'), name='proficiencylevel_anchor_in_one_language'), models.UniqueConstraint(fields=('competence', 'level'), name='proficiencylevel_once')],
            },
        ),
        migrations.CreateModel(
            name='ProfileCompetence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='in_profiles', to='competences.competence')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile_competences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'competence'), name='profilecompetence_once')],
            },
        ),
        migrations.CreateModel(
            name='TargetProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('version', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
                ('saved_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('job_role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='target_profiles', to='people.jobrole')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='targetprofile_version_counted'), models.UniqueConstraint(fields=('job_role', 'version'), name='targetprofile_version_once')],
            },
        ),
        migrations.CreateModel(
            name='TargetRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.FloatField()),
                ('weight', models.FloatField(default=1.0)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='competences.competence')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='competences.targetprofile')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__gt', 0), ('level__lte', 5)), name='targetrequirement_level_within'), models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 1)), name='targetrequirement_weight_within'), models.UniqueConstraint(fields=('profile', 'competence'), name='targetrequirement_once')],
            },
        ),
        migrations.CreateModel(
            name='WishedRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chosen_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('job_role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wished_by', to='people.jobrole')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='wished_role', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('source', models.CharField(choices=[('self', 'Self-assessment'), ('partner', 'Learning partner'), ('peer', 'Colleague'), ('mentor', 'Mentor'), ('lead', 'Manager'), ('test', 'Test'), ('work_sample', 'Work sample'), ('certificate', 'Certificate'), ('reflection', 'Reflection'), ('external', 'Statement from outside')], max_length=20)),
                ('level', models.FloatField()),
                ('observed_on', models.DateField()),
                ('given_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('summary', models.TextField(blank=True, max_length=1000)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('origin_kind', models.CharField(blank=True, max_length=40)),
                ('origin_key', models.CharField(blank=True, max_length=64)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='competences.competence')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='evidence_given', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'competence'], name='evidence_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['self', 'partner', 'peer', 'mentor', 'lead', 'test', 'work_sample', 'certificate', 'reflection', 'external'])), name='evidence_source_known'), models.CheckConstraint(condition=models.Q(('level__gte', 0), ('level__lte', 5)), name='evidence_level_within'), models.CheckConstraint(condition=models.Q(('confirmed_on', None), ('confirmed_on__gte', models.F('observed_on')), _connector='OR'), name='evidence_confirmed_later'), models.CheckConstraint(condition=models.Q(models.Q(('origin_key', ''), ('origin_kind', '')), models.Q(models.Q(('origin_kind', ''), _negated=True), models.Q(('origin_key', ''), _negated=True)), _connector='OR'), name='evidence_origin_complete'), models.UniqueConstraint(condition=models.Q(('given_by__isnull', False), ('withdrawn_at', None), models.Q(('origin_kind', ''), _negated=True)), fields=('person', 'competence', 'source', 'origin_kind', 'origin_key', 'given_by'), name='evidence_once_per_origin_and_giver'), models.UniqueConstraint(condition=models.Q(('given_by', None), ('withdrawn_at', None), models.Q(('origin_kind', ''), _negated=True)), fields=('person', 'competence', 'source', 'origin_kind', 'origin_key'), name='evidence_once_per_origin')],
            },
        ),
    ]
