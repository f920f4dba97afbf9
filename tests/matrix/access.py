"""Who may reach what: one row per URL, written by hand and read by people; a URL without a row turns the build red.

``anyone``      also without sign-in (the pages of signing in)
``everyone``    whoever is signed in; what they see of others is decided by the canaries
``own``         the person whose object it is; for all others it is not there
``members``     both people of the partnership it belongs to; for all others it is not there
``answering``   the person who asked and their manager, who answers
``glance``      the members, and to whom the matrix shows that it exists: learning and development, and the
                manager who was asked for time (as in this world)
an ``Item``     whom the visibility matrix lets see rows of this item, unshared
a ``Role``      those who hold it; others are refused, with a sentence or as if it were not there
"""

from wurzelwerk.kernel.matrix import Item
from wurzelwerk.people.choices import Role

ANYONE, EVERYONE, OWN, MEMBERS, GLANCE, ANSWERING = "anyone", "everyone", "own", "members", "glance", "answering"
Access = str | Item | Role | tuple[Role, ...]

DEVELOPING = Role.LEARNING_AND_DEVELOPMENT
ADMINISTERING = Role.ADMINISTRATOR
OVERSEEING = (Role.WORKS_COUNCIL, Role.DATA_PROTECTION)

ACCESS: dict[str, Access] = {}


def _rows(access: Access, *names: str) -> None:
    ACCESS.update(dict.fromkeys(names, access))


_rows(
    ANYONE,
    *("account_login", "account_reset_password", "account_reset_password_done", "account_reset_password_from_key"),
    *("account_access_code", "account_access_code_password"),
    *("account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn", "people:demo_sign_in"),
    *("ui:preferences", "ui:keys", "account_logout"),
)
_rows(
    EVERYONE,
    *("account_reauthenticate", "account_change_password", "account_set_password", "mfa_index", "mfa_reauthenticate"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"),
    *("mfa_edit_webauthn", "mfa_remove_webauthn", "usersessions_list"),
    *("people:directory", "people:me", "people:settings", "people:person"),
    *("privacy:matrix", "privacy:shares", "privacy:access_log", "privacy:my_data", "privacy:download"),
    *("privacy:sharing", "privacy:close", "privacy:close_all", "privacy:reopen"),
    *("lrs:statements", "lrs:download", "search:page", "search:commands"),
    *("notifications:inbox", "notifications:read_all", "notifications:unread"),
    *("competences:profile", "competences:add", "competences:remove", "competences:wish", "competences:evidence"),
    *("competences:evidence_download", "competences:competence", "competences:assess", "competences:share"),
    *("competences:unshare", "competences:debt", "competences:from_text"),
    *("catalogue:discover", "catalogue:opportunity", "catalogue:start", "catalogue:complete", "catalogue:reopen"),
    *("catalogue:enrol", "catalogue:cancel"),
    *("learning_time:account", "learning_time:agreement", "learning_time:agree", "journal:shared"),
    *("paths:board", "paths:weeks", "paths:goals", "paths:plan_create"),
)
_rows(
    OWN,
    *("people:job", "people:job_cancel", "people:job_retry", "privacy:revoke", "privacy:restore"),
    *("notifications:open", "notifications:delete", "notifications:restore"),
    *("competences:withdraw", "competences:restore", "competences:confirm", "competences:contest_evidence"),
    *("competences:contest", "competences:drop_contest"),
    *("learning_time:entry", "learning_time:remove", "learning_time:restore"),
    *("paths:drop", "paths:resume", "paths:step", "paths:move", "paths:complete"),
)
_rows(Item.PATH, "paths:goal")
_rows(
    DEVELOPING,
    *("catalogue:catalogue", "catalogue:create", "catalogue:edit", "catalogue:publish", "catalogue:add_session"),
    *("competences:frameworks", "competences:import", "competences:framework", "competences:roles"),
    *("competences:role", "competences:propose", "learning_time:agree_personally"),
)
_rows(
    ADMINISTERING,
    *("ui:gallery", "people:administration", "people:accounts", "people:account", "people:account_change"),
    *("people:access_letters", "people:access_letter", "people:role_grant", "people:role_revoke"),
    *("people:jobs", "people:sites", "people:units"),
    *("people:work_pattern", "people:work_pattern_new", "people:work_patterns"),
    *("people:import_list", "people:import_new", "people:import", "people:import_columns", "people:import_errors"),
    *("people:import_preview", "people:import_apply", "people:import_check", "people:import_scope"),
    *("people:import_stop", "people:import_resume", "people:import_undo", "people:import_discard"),
    *("people:import_template", "people:import_example", "people:import_units_example"),
)
_rows((ADMINISTERING, *OVERSEEING), "people:access_letter_release")
_rows(OVERSEEING, "people:oversight", "people:oversight_register", "people:oversight_verify")
_rows(
    EVERYONE,
    *("home:start", "journal:journal", "journal:new", "journal:draft", "journal:search", "journal:basket"),
    *("journal:export",),
    *("partnerships:board", "partnerships:hidden", "partnerships:show_again", "partnerships:ad_create"),
    *("partnerships:ad", "partnerships:ask", "partnerships:hide", "partnerships:requests", "partnerships:own"),
)
_rows(
    OWN,
    *("journal:entry", "journal:edit", "journal:delete", "journal:erase", "journal:restore", "journal:mark"),
    *("journal:mark_as", "journal:share", "journal:stop", "journal:version", "journal:versions"),
    *("journal:restore_version", "journal:withdraw", "journal:restore_passage"),
    *("partnerships:ad_edit", "partnerships:ad_pause", "partnerships:ad_resume", "partnerships:ad_withdraw"),
    *("partnerships:request_accept", "partnerships:request_decline", "partnerships:request_withdraw"),
)
_rows(
    MEMBERS,
    *("partnerships:confirm_preparation", "partnerships:own_terms"),
    *("partnerships:agreement", "partnerships:sign", "partnerships:sheet", "partnerships:package_create"),
    *("partnerships:meeting_create", "partnerships:calendar", "partnerships:notes", "partnerships:ask_for_time"),
    *("partnerships:stuck", "partnerships:closing", "partnerships:start_closing", "partnerships:resume_learning"),
    *("partnerships:meeting", "partnerships:meeting_edit", "partnerships:meeting_cancel"),
    *("partnerships:meeting_book", "partnerships:meeting_calendar"),
    *("partnerships:package_edit", "partnerships:package_done", "partnerships:package_reopen"),
    "partnerships:package_remove",
)
_rows(GLANCE, "partnerships:partnership")
_rows(ANSWERING, "partnerships:time_request")
_rows(DEVELOPING, "partnerships:overview")
