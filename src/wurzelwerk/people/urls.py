"""Addresses of the people room; those of signing in keep allauth's names, which its pages refer to."""

from django.urls import include, path, re_path

from wurzelwerk.people.views import (
    access_letters,
    administration,
    importing,
    importing_steps,
    jobs,
    oversight,
    persons,
    signing_in,
)

CHANGE = r"^administration/persons/(?P<public_id>\w+)/(?P<change>deactivate|reactivate|sign-out)$"

IMPORT = "administration/people/import"
ONE = f"{IMPORT}/<str:public_id>"

imports = [
    path(IMPORT, importing.import_list, name="import_list"),
    path(f"{IMPORT}/new", importing.import_new, name="import_new"),
    path(f"{IMPORT}/template.csv", importing.import_file, {"which": "template"}, name="import_template"),
    path(f"{IMPORT}/example.csv", importing.import_file, {"which": "example"}, name="import_example"),
    path(f"{IMPORT}/units.csv", importing.import_file, {"which": "units"}, name="import_units_example"),
    path(ONE, importing.people_import, name="import"),
    path(f"{ONE}/columns", importing_steps.import_columns, name="import_columns"),
    path(f"{ONE}/errors", importing_steps.import_errors, name="import_errors"),
    path(f"{ONE}/preview", importing_steps.import_preview, name="import_preview"),
    path(f"{ONE}/apply", importing_steps.import_apply, name="import_apply"),
    path(f"{ONE}/check", importing_steps.import_check, name="import_check"),
    path(f"{ONE}/scope", importing_steps.import_scope, name="import_scope"),
    path(f"{ONE}/stop", importing.import_stop, name="import_stop"),
    path(f"{ONE}/resume", importing.import_resume, name="import_resume"),
    path(f"{ONE}/undo", importing.import_undo, name="import_undo"),
    path(f"{ONE}/discard", importing.import_discard, name="import_discard"),
]
people = [
    *imports,
    path("people", persons.directory, name="directory"),
    path("people/me", persons.me, name="me"),
    path("people/me/settings", persons.settings, name="settings"),
    path("people/<str:public_id>", persons.person, name="person"),
    path("jobs/<str:public_id>", jobs.job, name="job"),
    path("jobs/<str:public_id>/cancel", jobs.job_cancel, name="job_cancel"),
    path("jobs/<str:public_id>/retry", jobs.job_retry, name="job_retry"),
    path("administration", administration.start, name="administration"),
    path("administration/letters", access_letters.letters, name="access_letters"),
    path("administration/persons/<str:public_id>/letter", access_letters.letter, name="access_letter"),
    path("administration/persons/<str:public_id>/letter/release", access_letters.release, name="access_letter_release"),
    path("administration/persons", administration.persons, name="accounts"),
    path("administration/persons/<str:public_id>", administration.account, name="account"),
    path("administration/persons/<str:public_id>/roles", administration.role_grant, name="role_grant"),
    path("administration/persons/<str:public_id>/roles/<int:key>", administration.role_revoke, name="role_revoke"),
    re_path(CHANGE, administration.account_change, name="account_change"),
    path("administration/units", administration.units, name="units"),
    path("administration/sites", administration.sites, name="sites"),
    path("administration/work-patterns", administration.work_patterns, name="work_patterns"),
    path("administration/work-patterns/new", administration.work_pattern, name="work_pattern_new"),
    path("administration/work-patterns/<str:public_id>", administration.work_pattern, name="work_pattern"),
    path("administration/jobs", administration.jobs, name="jobs"),
    path("oversight", oversight.oversight, name="oversight"),
    path("oversight/register", oversight.register, name="oversight_register"),
    path("oversight/verify", oversight.verify, name="oversight_verify"),
    path("accounts/demo/<str:staff_number>", signing_in.demo_sign_in, name="demo_sign_in"),
]

urlpatterns = [
    path("accounts/", include("wurzelwerk.people.account_urls")),
    path("", include((people, "people"))),
]
