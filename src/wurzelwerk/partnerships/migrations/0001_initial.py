import django.core.validators
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
            name='LearningPartnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('form', models.CharField(choices=[('tandem', 'Two people'), ('ring', 'Ring'), ('group', 'Group'), ('circle', 'Circle'), ('mentoring', 'Mentoring')], default='tandem', max_length=12)),
                ('scenario', models.CharField(choices=[('on_site', 'On site'), ('blended', 'Blended'), ('mutual_teaching', 'Tandem')], max_length=20)),
                ('phase', models.CharField(choices=[('preparation', 'Preparation'), ('planning', 'Planning'), ('learning', 'Learning and reflection'), ('closing', 'Closing'), ('closed', 'Closed'), ('ended', 'Ended early')], default='preparation', max_length=12)),
                ('created_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('started_on', models.DateField(blank=True, null=True)),
                ('planned_end_on', models.DateField(blank=True, null=True)),
                ('over_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ClosingStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goals_reached', models.CharField(choices=[('fully', 'Reached'), ('partly', 'Partly reached'), ('not_yet', 'Not reached yet')], max_length=12)),
                ('takeaway', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)])),
                ('thanks', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)])),
                ('said_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closing_statements', to='partnerships.learningpartnership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('goals_reached__in', ['fully', 'partly', 'not_yet'])), name='closingstatement_goals_reached_known'), models.UniqueConstraint(fields=('partnership', 'author'), name='closingstatement_once')],
            },
        ),
        migrations.CreateModel(
            name='LearningAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('scenario', models.CharField(choices=[('on_site', 'On site'), ('blended', 'Blended'), ('mutual_teaching', 'Tandem')], max_length=20)),
                ('weekly_minutes', models.PositiveSmallIntegerField()),
                ('rhythm_weeks', models.PositiveSmallIntegerField()),
                ('response_days', models.PositiveSmallIntegerField()),
                ('ends_on', models.DateField()),
                ('proposed_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='partnerships.learningpartnership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('scenario__in', ['on_site', 'blended', 'mutual_teaching'])), name='learningagreement_scenario_known'), models.CheckConstraint(condition=models.Q(('version__gte', 1), ('version__lte', 1000)), name='learningagreement_version_within'), models.CheckConstraint(condition=models.Q(('weekly_minutes__gte', 15), ('weekly_minutes__lte', 1200)), name='learningagreement_weekly_minutes_within'), models.CheckConstraint(condition=models.Q(('rhythm_weeks__gte', 1), ('rhythm_weeks__lte', 4)), name='learningagreement_rhythm_weeks_within'), models.CheckConstraint(condition=models.Q(('response_days__gte', 1), ('response_days__lte', 15)), name='learningagreement_response_days_within'), models.UniqueConstraint(fields=('partnership', 'version'), name='learningagreement_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField(default=60)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('topic', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Took place'), ('cancelled', 'Cancelled')], default='planned', max_length=12)),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('did', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(20000)])),
                ('was_hard', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(20000)])),
                ('next_steps', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(20000)])),
                ('version', models.PositiveIntegerField(default=0)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='partnerships.learningpartnership')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['partnership', 'starts_at'], name='meeting_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'held', 'cancelled'])), name='meeting_state_known'), models.CheckConstraint(condition=models.Q(('minutes__gte', 10), ('minutes__lte', 480)), name='meeting_minutes_within'), models.CheckConstraint(condition=models.Q(('written_by__isnull', True), ('written_at__isnull', False), _connector='OR'), name='meeting_written_with'), models.CheckConstraint(condition=models.Q(models.Q(('version', 0), ('written_at', None)), models.Q(('version__gt', 0), ('written_at__isnull', False)), _connector='OR'), name='meeting_version_counts_writings')],
            },
        ),
        migrations.CreateModel(
            name='PartnerAd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('form', models.CharField(choices=[('tandem', 'Two people'), ('ring', 'Ring'), ('group', 'Group'), ('circle', 'Circle'), ('mentoring', 'Mentoring')], default='tandem', max_length=12)),
                ('scenario', models.CharField(choices=[('on_site', 'On site'), ('blended', 'Blended'), ('mutual_teaching', 'Tandem')], default='mutual_teaching', max_length=20)),
                ('windows', models.JSONField(default=list)),
                ('hours_min', models.PositiveSmallIntegerField(default=1)),
                ('hours_max', models.PositiveSmallIntegerField(default=2)),
                ('weeks_min', models.PositiveSmallIntegerField(default=8)),
                ('weeks_max', models.PositiveSmallIntegerField(default=12)),
                ('rhythm_weeks', models.PositiveSmallIntegerField(default=1)),
                ('commitment', models.PositiveSmallIntegerField(default=3)),
                ('response_days', models.PositiveSmallIntegerField(default=3)),
                ('languages', models.JSONField(default=list)),
                ('is_on_site', models.BooleanField(default=True)),
                ('is_remote', models.BooleanField(default=True)),
                ('wants_other_team', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(600)])),
                ('capacity', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('published', 'Published'), ('paused', 'Paused'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='published', max_length=12)),
                ('created_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('changed_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('expires_on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partner_ads', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'expires_on'], name='partnerad_findable')],
                'constraints': [models.CheckConstraint(condition=models.Q(('form__in', ['tandem', 'ring', 'group', 'circle', 'mentoring'])), name='partnerad_form_known'), models.CheckConstraint(condition=models.Q(('scenario__in', ['on_site', 'blended', 'mutual_teaching'])), name='partnerad_scenario_known'), models.CheckConstraint(condition=models.Q(('state__in', ['published', 'paused', 'withdrawn', 'expired'])), name='partnerad_state_known'), models.CheckConstraint(condition=models.Q(('hours_min__gte', 1), ('hours_min__lte', 10)), name='partnerad_hours_min_within'), models.CheckConstraint(condition=models.Q(('hours_max__gte', 1), ('hours_max__lte', 20)), name='partnerad_hours_max_within'), models.CheckConstraint(condition=models.Q(('weeks_min__gte', 1), ('weeks_min__lte', 52)), name='partnerad_weeks_min_within'), models.CheckConstraint(condition=models.Q(('weeks_max__gte', 1), ('weeks_max__lte', 52)), name='partnerad_weeks_max_within'), models.CheckConstraint(condition=models.Q(('rhythm_weeks__gte', 1), ('rhythm_weeks__lte', 4)), name='partnerad_rhythm_weeks_within'), models.CheckConstraint(condition=models.Q(('commitment__gte', 1), ('commitment__lte', 5)), name='partnerad_commitment_within'), models.CheckConstraint(condition=models.Q(('response_days__gte', 1), ('response_days__lte', 15)), name='partnerad_response_days_within'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 5)), name='partnerad_capacity_within'), models.CheckConstraint(condition=models.Q(('hours_max__gte', models.F('hours_min'))), name='partnerad_hours_in_order'), models.CheckConstraint(condition=models.Q(('weeks_max__gte', models.F('weeks_min'))), name='partnerad_weeks_in_order'), models.CheckConstraint(condition=models.Q(('is_on_site', True), ('is_remote', True), _connector='OR'), name='partnerad_has_a_place'), models.UniqueConstraint(condition=models.Q(('state__in', ('published', 'paused'))), fields=('person', 'form'), name='partnerad_one_live')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('partner', 'Learning partner'), ('mentor', 'Mentor'), ('mentee', 'Mentee')], default='partner', max_length=12)),
                ('slot', models.PositiveSmallIntegerField(default=0)),
                ('joined_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('prepared_at', models.DateTimeField(blank=True, null=True)),
                ('weekly_minutes', models.PositiveSmallIntegerField(default=60)),
                ('rhythm_weeks', models.PositiveSmallIntegerField(default=1)),
                ('response_days', models.PositiveSmallIntegerField(default=3)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='partnerships.learningpartnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('ad', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='members', to='partnerships.partnerad')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'left_at'], name='member_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['partner', 'mentor', 'mentee'])), name='member_role_known'), models.CheckConstraint(condition=models.Q(('weekly_minutes__gte', 15), ('weekly_minutes__lte', 1200)), name='member_weekly_minutes_within'), models.CheckConstraint(condition=models.Q(('rhythm_weeks__gte', 1), ('rhythm_weeks__lte', 4)), name='member_rhythm_weeks_within'), models.CheckConstraint(condition=models.Q(('response_days__gte', 1), ('response_days__lte', 15)), name='member_response_days_within'), models.UniqueConstraint(fields=('partnership', 'person'), name='member_once'), models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('ad', 'slot'), name='member_one_per_place')],
            },
        ),
        migrations.CreateModel(
            name='AdWant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_level', models.PositiveSmallIntegerField()),
                ('to_level', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('priority', models.PositiveSmallIntegerField(default=2)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wanted_in_ads', to='competences.competence')),
                ('ad', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wants', to='partnerships.partnerad')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_level__gte', 0), ('from_level__lte', 4)), name='adwant_from_level_within'), models.CheckConstraint(condition=models.Q(('to_level__gte', 1), ('to_level__lte', 5)), name='adwant_to_level_within'), models.CheckConstraint(condition=models.Q(('priority__gte', 1), ('priority__lte', 3)), name='adwant_priority_within'), models.CheckConstraint(condition=models.Q(('to_level__gt', models.F('from_level'))), name='adwant_level_rises'), models.UniqueConstraint(fields=('ad', 'competence'), name='adwant_once')],
            },
        ),
        migrations.CreateModel(
            name='AdOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('teaching', models.CharField(choices=[('explain', 'explaining with examples'), ('show', 'showing it at work'), ('practise', 'practising together'), ('feedback', 'feedback on your work')], default='explain', max_length=12)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offered_in_ads', to='competences.competence')),
                ('ad', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='partnerships.partnerad')),
            ],
            options={
                'indexes': [models.Index(fields=['competence', 'level'], name='adoffer_by_competence')],
                'constraints': [models.CheckConstraint(condition=models.Q(('teaching__in', ['explain', 'show', 'practise', 'feedback'])), name='adoffer_teaching_known'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='adoffer_level_within'), models.UniqueConstraint(fields=('ad', 'competence'), name='adoffer_once')],
            },
        ),
        migrations.CreateModel(
            name='PartnerExclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('reason', models.CharField(choices=[('unsaid', 'I would rather not say'), ('topic', 'The topic does not fit'), ('time', 'The time does not fit'), ('person', 'I would rather learn with somebody else')], default='unsaid', max_length=12)),
                ('created_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('excluded', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partner_exclusions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['unsaid', 'topic', 'time', 'person'])), name='partnerexclusion_reason_known'), models.CheckConstraint(condition=models.Q(('excluded', models.F('person')), _negated=True), name='partnerexclusion_of_another'), models.UniqueConstraint(fields=('person', 'excluded'), name='partnerexclusion_once')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('pair', models.CharField(max_length=48)),
                ('message', models.TextField(validators=[django.core.validators.MaxLengthValidator(2000)])),
                ('answer', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)])),
                ('state', models.CharField(choices=[('pending', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='pending', max_length=12)),
                ('sent_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('due_on', models.DateField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests_received', to=settings.AUTH_USER_MODEL)),
                ('receiver_ad', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.partnerad')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests_sent', to=settings.AUTH_USER_MODEL)),
                ('sender_ad', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.partnerad')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_on'], name='partnershiprequest_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'accepted', 'declined', 'withdrawn', 'expired'])), name='partnershiprequest_state_known'), models.CheckConstraint(condition=models.Q(('sender', models.F('receiver')), _negated=True), name='partnershiprequest_to_another'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='partnershiprequest_answer_dated'), models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('pair',), name='partnershiprequest_one_pending')],
            },
        ),
        migrations.AddField(
            model_name='learningpartnership',
            name='request',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='partnership', to='partnerships.partnershiprequest'),
        ),
        migrations.CreateModel(
            name='SharedNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(20000)])),
                ('version', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('partnership', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='note', to='partnerships.learningpartnership')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('saved_by__isnull', True), ('saved_at__isnull', False), _connector='OR'), name='sharednote_saved_with')],
            },
        ),
        migrations.CreateModel(
            name='NoteVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField()),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='partnerships.sharednote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('note', 'version'), name='noteversion_once')],
            },
        ),
        migrations.CreateModel(
            name='TimeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('weekly_minutes', models.PositiveSmallIntegerField()),
                ('until', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('granted', 'Granted'), ('declined', 'Not possible now')], default='open', max_length=12)),
                ('asked_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('due_on', models.DateField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_requests', to='partnerships.learningpartnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'granted', 'declined'])), name='timerequest_state_known'), models.CheckConstraint(condition=models.Q(('weekly_minutes__gte', 15), ('weekly_minutes__lte', 1200)), name='timerequest_weekly_minutes_within'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='timerequest_answer_dated'), models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), ('answered_at__isnull', False), _connector='OR'), name='timerequest_answered_with'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('partnership', 'person'), name='timerequest_one_open')],
            },
        ),
        migrations.CreateModel(
            name='ClosingLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('seen', models.CharField(blank=True, max_length=500)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competences.competence')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='partnerships.closingstatement')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='closinglevel_level_within'), models.UniqueConstraint(fields=('statement', 'person', 'competence'), name='closinglevel_once')],
            },
        ),
        migrations.CreateModel(
            name='AgreementSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('has_talked', models.BooleanField(default=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='partnerships.learningagreement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'person'), name='agreementsignature_once')],
            },
        ),
        migrations.CreateModel(
            name='AgreementGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('competence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='competences.competence')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='partnerships.learningagreement')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 3)), name='agreementgoal_position_within'), models.UniqueConstraint(fields=('agreement', 'position'), name='agreementgoal_position_once')],
            },
        ),
        migrations.CreateModel(
            name='LearningPackage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wurzelwerk.kernel.ids.new_public_id, editable=False, max_length=24, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('description', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)])),
                ('if_then', models.CharField(blank=True, max_length=300)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done')], default='planned', max_length=12)),
                ('created_at', models.DateTimeField(default=wurzelwerk.kernel.clock.now)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='learning_packages', to='competences.competence')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packages', to='partnerships.learningpartnership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'done'])), name='learningpackage_state_known'), models.CheckConstraint(condition=models.Q(('teacher', models.F('learner')), _negated=True), name='learningpackage_for_another'), models.CheckConstraint(condition=models.Q(models.Q(('completed_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('completed_at', None)), _connector='OR'), name='learningpackage_done_dated')],
            },
        ),
        migrations.AddIndex(
            model_name='learningpartnership',
            index=models.Index(fields=['phase', 'over_at'], name='learningpartnership_by_phase'),
        ),
        migrations.AddConstraint(
            model_name='learningpartnership',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['tandem', 'ring', 'group', 'circle', 'mentoring'])), name='learningpartnership_form_known'),
        ),
        migrations.AddConstraint(
            model_name='learningpartnership',
            constraint=models.CheckConstraint(condition=models.Q(('scenario__in', ['on_site', 'blended', 'mutual_teaching'])), name='learningpartnership_scenario_known'),
        ),
        migrations.AddConstraint(
            model_name='learningpartnership',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['preparation', 'planning', 'learning', 'closing', 'closed', 'ended'])), name='learningpartnership_phase_known'),
        ),
        migrations.AddConstraint(
            model_name='learningpartnership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('over_at', None), ('phase__in', ('preparation', 'planning', 'learning', 'closing'))), models.Q(models.Q(('phase__in', ('preparation', 'planning', 'learning', 'closing')), _negated=True), ('over_at__isnull', False)), _connector='OR'), name='learningpartnership_over_dated'),
        ),
    ]
