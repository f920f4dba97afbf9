"""Addresses of the privacy room."""

from django.urls import path

from wurzelwerk.privacy.views import pages, sharing

app_name = "privacy"
urlpatterns = [
    path("privacy", pages.matrix, name="matrix"),
    path("privacy/shares", pages.shares, name="shares"),
    path("privacy/shares/close-all", sharing.close_all, name="close_all"),
    path("privacy/shares/reopen", sharing.reopen, name="reopen"),
    path("privacy/shares/<str:public_id>/revoke", sharing.revoke, name="revoke"),
    path("privacy/shares/<str:public_id>/restore", sharing.restore, name="restore"),
    path("privacy/share/<str:item>/<str:object_key>", sharing.sharing, name="sharing"),
    path("privacy/share/<str:item>/<str:object_key>/close", sharing.close, name="close"),
    path("privacy/access-log", pages.access_log, name="access_log"),
    path("privacy/my-data", pages.my_data, name="my_data"),
    path("privacy/my-data/download", pages.download, name="download"),
]
