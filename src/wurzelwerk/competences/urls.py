"""Addresses of the competences room."""

from django.urls import path

from wurzelwerk.competences.views import competence, contests, debt, evidence, frameworks, from_text, profile, roles

app_name = "competences"
urlpatterns = [
    path("profile", profile.profile, name="profile"),
    path("profile/add", profile.add, name="add"),
    path("profile/remove", profile.remove, name="remove"),
    path("profile/wish", profile.wish, name="wish"),
    path("profile/debt", debt.debt, name="debt"),
    path("profile/evidence", evidence.evidence_list, name="evidence"),
    path("profile/evidence.json", evidence.download, name="evidence_download"),
    path("profile/evidence/<str:public_id>/withdraw", evidence.withdraw, name="withdraw"),
    path("profile/evidence/<str:public_id>/restore", evidence.restore, name="restore"),
    path("profile/evidence/<str:public_id>/confirm", evidence.confirm, name="confirm"),
    path("profile/evidence/<str:public_id>/contest", contests.contest_evidence, name="contest_evidence"),
    path("contests/<str:public_id>", contests.contest, name="contest"),
    path("contests/<str:public_id>/drop", contests.drop_contest, name="drop_contest"),
    path("competences/from-text", from_text.from_text, name="from_text"),
    path("competences/<str:public_id>", competence.competence, name="competence"),
    path("competences/<str:public_id>/assess", competence.assess, name="assess"),
    path("competences/<str:public_id>/share", competence.share, name="share"),
    path("competences/<str:public_id>/unshare", competence.unshare, name="unshare"),
    path("frameworks", frameworks.frameworks, name="frameworks"),
    path("frameworks/import", frameworks.import_framework, name="import"),
    path("frameworks/<str:public_id>", frameworks.framework, name="framework"),
    path("roles", roles.roles, name="roles"),
    path("roles/<str:public_id>", roles.role, name="role"),
    path("roles/<str:public_id>/propose", roles.propose, name="propose"),
]
