"""Addresses of the journal."""

from django.urls import path

from wurzelwerk.journal.views import keeping, marking, reading, sharing, writing

app_name = "journal"
urlpatterns = [
    path("journal", reading.journal, name="journal"),
    path("journal/new", writing.new, name="new"),
    path("journal/new/<str:public_id>", writing.draft, name="draft"),
    path("journal/search", reading.search, name="search"),
    path("journal/shared", reading.shared, name="shared"),
    path("journal/basket", keeping.basket, name="basket"),
    path("journal/export", keeping.export, name="export"),
    path("journal/passages/<str:public_id>/withdraw", marking.withdraw, name="withdraw"),
    path("journal/passages/<str:public_id>/restore", marking.restore_passage, name="restore_passage"),
    path("journal/<str:public_id>", reading.entry, name="entry"),
    path("journal/<str:public_id>/edit", writing.edit, name="edit"),
    path("journal/<str:public_id>/delete", keeping.delete, name="delete"),
    path("journal/<str:public_id>/restore", keeping.restore, name="restore"),
    path("journal/<str:public_id>/erase", keeping.erase, name="erase"),
    path("journal/<str:public_id>/versions", keeping.versions, name="versions"),
    path("journal/<str:public_id>/versions/<int:number>", keeping.version, name="version"),
    path("journal/<str:public_id>/versions/<int:number>/restore", keeping.restore_version, name="restore_version"),
    path("journal/<str:public_id>/mark", marking.mark, name="mark"),
    path("journal/<str:public_id>/mark/<str:competence_id>", marking.mark_as, name="mark_as"),
    path("journal/<str:public_id>/share", sharing.share, name="share"),
    path("journal/<str:public_id>/shares/<str:share_id>/stop", sharing.stop, name="stop"),
]
