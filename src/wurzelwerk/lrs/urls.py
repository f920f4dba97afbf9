"""Addresses of one's own statements."""

from django.urls import path

from wurzelwerk.lrs import views

app_name = "lrs"
urlpatterns = [
    path("statements", views.statements, name="statements"),
    path("statements/download", views.download, name="download"),
]
