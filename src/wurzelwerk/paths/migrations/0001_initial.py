import django.db.models.deletion
import wurzelwerk.kernel.clock
import wurzelwerk.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('competences', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='LearningGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('from_level', models.FloatField(blank=True, null=True)),
                ('target_level', models.PositiveSmallIntegerField()),
                ('minutes_per_week', models.PositiveIntegerField()),
                ('set_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('reached_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='learning_goals', to='competences.competence')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='learning_goals', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('target_level__gte', 1), ('target_level__lte', 5)), name='learninggoal_target_level_within'), models.UniqueConstraint(condition=models.Q(('dropped_at', None), ('reached_at', None)), fields=('person', 'competence'), name='learninggoal_open_once')],
            },
        ),
        migrations.CreateModel(
            name='PathStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('partner', 'Learning partnership'), ('opportunity', 'Learning opportunity'), ('work_task', 'Work task'), ('reflection', 'Reflection'), ('review', 'Looking back')], max_length=20)),
                ('state', models.CharField(choices=[('idea', 'Ideas'), ('planned', 'Planned'), ('doing', 'In progress'), ('applying', 'Using it at work'), ('reflected', 'Reflected')], default='planned', max_length=12)),
                ('from_level', models.PositiveSmallIntegerField()),
                ('to_level', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveIntegerField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('reason_key', models.CharField(max_length=30)),
                ('reason_values', models.JSONField(default=dict)),
                ('reflection_key', models.CharField(blank=True, max_length=24)),
                ('moved_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='paths.learninggoal')),
                ('opportunity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalogue.learningopportunity')),
            ],
            options={
                'ordering': ['goal', 'position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['partner', 'opportunity', 'work_task', 'reflection', 'review'])), name='pathstep_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['idea', 'planned', 'doing', 'applying', 'reflected'])), name='pathstep_state_known')],
            },
        ),
    ]
