"""Addresses of the design system."""

from django.urls import path

from wurzelwerk.ui import views

app_name = "ui"
urlpatterns = [
    path("preferences", views.preferences_save, name="preferences"),
    path("keys", views.keys, name="keys"),
    path("gallery", views.gallery_page, name="gallery"),
]
