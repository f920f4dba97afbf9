"""Addresses of the inbox."""

from django.urls import path

from wurzelwerk.notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox", views.inbox, name="inbox"),
    path("inbox/read", views.read_all, name="read_all"),
    path("inbox/unread", views.unread, name="unread"),
    path("inbox/<str:public_id>/open", views.open_notification, name="open"),
    path("inbox/<str:public_id>/delete", views.delete, name="delete"),
    path("inbox/<str:public_id>/restore", views.restore, name="restore"),
]
